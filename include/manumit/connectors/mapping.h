/*
 * Mappings: how the columns of a file become canonical fields. Known layouts are JSON
 * files (connectors/sources/x.json), recognised by their header; unknown ones are mapped
 * by header words (connectors/fields.json). A new source or header word needs no C.
 *
 * Keys of a source file (unknown ones are errors naming the nearest known):
 *   source, title, publisher, url, licence, cadence, note   text
 *   verified      true: the layout was read in a file of its publisher
 *   encoding      its name (optional): believed before a guess, not before a mark
 *   kind          suppliers | fees | inspections | findings | watchlist | edges | tenders
 * | reference use           of reference data (required there): what it is for, and what
 * reads it match         list of header cells that must all be present (folded
 * comparison); of reference data fewer than four must be the whole header no_header
 * {"columns": [names in order], "shape": {name: "digits" | [values]}}, in place of match:
 * files that begin with their data. A file is one when its first records have that many
 * cells, of that shape delimiter     "," ";" "\t" "|" (optional) date_order    "ymd" |
 * "dmy" | "mdy" (optional), decimal "." | "," (optional) columns       map header cell ->
 * field name, or list of field names, or "-" (ignore), or "drop" (names people) nulls
 * list of cells, as written, that mean nothing ("-0-", "..") required      list of header
 * cells without which a row is quarantined constants     map field name -> value for
 * every row join          map field name -> list of header cells joined by ", " fallback
 * map field name -> list of header cells, tried in order when it is empty values map
 * field name -> map of source value (folded) -> canonical value; the source value "*"
 * stands for every value that is not in the map, the canonical value "" for nothing
 * stated derive        list of {column, gt, violation}: when the number in the column is
 * above gt, the violation code is added to the row's violations; {column, values}: the
 * code that the map gives for the cell, or for each of its parts between ';' ("*" any
 * other); {column, as}: the cell itself, letters and digits only, behind that prefix
 * by_case       true: rows name no establishment, and belong to the inspection of the
 * same authority and case_id (of another file) derive_none   true: a row
 * for which no code was derived has outcome "none" stated by the source; false or absent:
 * it stays unknown row_if        map header cell -> "digits" | "filled": rows whose cell
 * is not so are preamble or totals rows (noted) row_only      map header cell -> {"use":
 * [values], "persons": [values]}: rows whose cell is none of "use" are noted and not
 * used; those of "persons" are natural persons, of whom nothing is kept ("*": all others)
 *   lists         list of header cells that hold several values, ';' between, each
 *                 quoted as a CSV cell where it holds ';' or quotes itself
 *   names         {"column": header cell, "grammar": "aka"}: the cell names entities
 *                 with their other names and subsidiaries, in the words of that grammar
 *                 of connectors/names.json. Each organisation becomes a record of its
 *                 own; vessels, regions and goods are noted
 *   items         JSON documents only: path of the list whose objects are the rows, such
 *                 as "data.items"; without it the list is found
 *   attach        JSON Lines only: list of {column, value, by, to, as, from, until}:
 *                 lines whose column is value belong to the lines whose "to" is among
 *                 their "by"; these get the columns "as:PATH", and as:from and as:until,
 *                 the earliest "from" and, if all such lines ended, the latest "until"
 *   ended_if      {"column": header cell, "values": [values], "on": header cell}: rows
 *                 whose cell is one of the values ended on the day in "on"; without a day
 *                 they are noted and not used
 *   natural_person_unless   header cell: rows whose identifier in it does not have 14
 *                 digits are natural persons: name and address are not kept
 *   rates         currency of the base of a table of exchange rates with a column a
 *                 currency: each such cell becomes a record of its own
 *   name_address  {"column": header cell, "forms": legal forms}: the cell holds name and
 *                 address; the name ends at the first comma that no legal form follows
 *   carry         list of header cells (8 at most): where a row leaves the first of them
 *                 empty, they are those of the row above, up to the first that it fills
 *   years_from    years of two digits are of the hundred years from this one; without it
 *                 they stay unknown. Needs date_order
 *   row_floor, stale_after_days   numbers
 *   fetch         how to get it: see manumit/connectors/fetch.h
 */
#ifndef MN_CONNECTORS_MAPPING_H
#define MN_CONNECTORS_MAPPING_H

#include "manumit/base/arena.h"
#include "manumit/base/diag.h"
#include "manumit/model/record.h"
#include "manumit/text/country.h"

struct mn_mappings; /* all known layouts and header words; immutable after load */

/* Reads DIR/fields.json, DIR/countries.json, DIR/names.json and every JSON file of
 * DIR/sources (in name order). */
const struct mn_mappings *mn_mappings_load(
    struct mn_arena *a, const char *dir, struct mn_err *err);
/* What the user says of all inputs of a command. */
struct mn_mappings_said {
	const char
	    *mapping; /* one more source file, NULL: none; it wins over the others */
	const char *encoding; /* name, NULL: detect */
};
/* The same mappings with what the user said, in the arena. */
const struct mn_mappings *mn_mappings_with(struct mn_arena *a,
    const struct mn_mappings *m, const struct mn_mappings_said *said, struct mn_err *err);
/* The same layouts and words (borrowed), for inputs whose files nobody trusts: what is
 * opened with them is parsed by a child process in a cage (base/sandbox.h) and gives the
 * same records, remarks and counts. */
const struct mn_mappings *mn_mappings_apart(
    struct mn_arena *a, const struct mn_mappings *m);
/* The same for inputs whose rows are read by so many threads, where their format allows
 * it; what they give is the same for any number. */
const struct mn_mappings *mn_mappings_jobs(
    struct mn_arena *a, const struct mn_mappings *m, uint32_t jobs);
const struct mn_countries *mn_mappings_countries(const struct mn_mappings *m);
/* Known layouts, for `check` and reports: i-th source id and title; false past the end.
 */
bool mn_mappings_source(
    const struct mn_mappings *m, size_t i, struct mn_str *source, struct mn_str *title);

#endif

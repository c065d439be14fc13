/*
 * Country names to ISO 3166-1 alpha-2 and back. Names come from ICU's locale data in some
 * twenty languages, plus an alias file (connectors/countries.json) for the spellings that
 * tables really have. "NA" is Namibia; an empty cell is unknown, never NA.
 * Thread rule: built once, then immutable and shared.
 */
#ifndef MN_TEXT_COUNTRY_H
#define MN_TEXT_COUNTRY_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

struct mn_countries;

/* Builds the table in the arena; alias_json: the content of the alias file (may be
 * empty), file: its name for errors. NULL and err when ICU's data or the file cannot be
 * read. */
const struct mn_countries *mn_countries_new(
    struct mn_arena *a, struct mn_str alias_json, const char *file, struct mn_err *err);
/* The alpha-2 code (two bytes, static or arena) of a name, alpha-2, alpha-3 or numeric-3
 * code in any case and with blanks around; empty when unknown. Never guesses. */
struct mn_str mn_country_find(const struct mn_countries *c, struct mn_str name);
/* The code of the one country that has a name of six letters or more within one letter
 * (changed, missing, added or swapped with its neighbour) of this one; empty when there
 * is none or several. For names that find does not know. */
struct mn_str mn_country_guess(const struct mn_countries *c, struct mn_str name);
/* Calls fn with every spelling known (folded words) and its alpha-2 code until it returns
 * false; returns whether it went through. Order: that of the table, the same every run.
 */
bool mn_country_each(const struct mn_countries *c,
    bool (*fn)(void *ctx, struct mn_str name, struct mn_str alpha2), void *ctx);
/* English short name of an alpha-2 code, or the code itself (also when c is NULL). */
struct mn_str mn_country_name(const struct mn_countries *c, struct mn_str alpha2);

#endif

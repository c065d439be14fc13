/* Private to the room: mappings as loaded. */
#ifndef MN_CONNECTORS_MAPPING_IMPL_H
#define MN_CONNECTORS_MAPPING_IMPL_H

#include "manumit/base/json.h"
#include "manumit/connectors/csv.h"
#include "manumit/connectors/mapping.h"
#include "manumit/text/decode.h"

#include "cell.h"
#include "fetch_impl.h"
#include "names.h"

#define MN_COLUMN_FIELDS 4 /* fields that one column may fill */

/* What a source says of one header cell. */
struct mn_map_column {
	struct mn_str name;   /* as written */
	struct mn_str header; /* folded */
	enum mn_field field[MN_COLUMN_FIELDS];
	uint32_t n_field;
	bool drop;        /* names people */
	bool digits_only; /* rows whose cell is not digits are preamble or totals */
	bool filled_only; /* the same of rows whose cell is empty */
	bool required;    /* a row without it says nothing: quarantined */
};

/* Of a file without a header: its columns in order, and what tells that it is one. */
struct mn_map_shape {
	uint32_t column;
	const struct mn_str *value; /* one of these, folded; n 0: digits */
	uint32_t n;
};
struct mn_map_headless {
	struct mn_str *cell; /* as written; NULL: the file has a header */
	uint32_t n_cell;
	const struct mn_map_shape *shape;
	uint32_t n_shape;
};

struct mn_map_pair {
	enum mn_field field;
	struct mn_str from, to; /* from: folded */
};

/* A violation code out of a cell: when its number is above a limit, by a table of its
 * values, or the cell itself behind a prefix. */
struct mn_map_derive {
	struct mn_str header, violation; /* violation: of above_e4, else empty */
	int64_t above_e4;
	const struct mn_map_pair *word; /* folded value ("" any other) -> code */
	uint32_t n_word;
	struct mn_str as; /* prefix */
};

struct mn_map_join {
	enum mn_field field;
	const struct mn_str *header;
	uint32_t n;
};

/* Rows that are used: those whose cell is one of `use`. */
struct mn_map_only {
	struct mn_str header;              /* folded */
	const struct mn_str *use, *person; /* folded */
	uint32_t n_use, n_person;
};

/* Lines whose `column` is `value` say something of the lines whose `to` is among their
 * `by`. Paths as written. */
struct mn_map_attach {
	struct mn_str column, value, by, to, as;
	struct mn_str from, until; /* optional */
};

struct mn_map_source {
	struct mn_str id, title, publisher, url, licence, cadence, use, note;
	enum mn_kind kind;
	bool said;                  /* by the user: it wins */
	const struct mn_str *match; /* folded */
	uint32_t n_match;
	char delimiter;                   /* 0: detect */
	const enum mn_encoding *encoding; /* NULL: detect */
	struct mn_cell_rules rules;
	const struct mn_map_column *column;
	uint32_t n_column;
	const struct mn_map_pair *constant, *value;
	uint32_t n_constant, n_value;
	const struct mn_map_join *join, *fallback;
	uint32_t n_join, n_fallback;
	const struct mn_map_derive *derive;
	uint32_t n_derive;
	bool derive_none, verified;
	bool by_case; /* rows name nobody: they belong to the inspection of that case */
	struct mn_str person_unless; /* folded header: 14 digits make a company */
	const struct mn_map_only *only;
	uint32_t n_only;
	const struct mn_str *list; /* folded headers of cells with several values */
	uint32_t n_list;
	const struct mn_map_attach *attach;
	uint32_t n_attach;
	struct mn_str ended_column, ended_on; /* folded headers */
	const struct mn_str *ended;           /* folded values */
	uint32_t n_ended;
	struct mn_str names_column; /* folded header of the cell with several names */
	struct mn_str grammar_id;
	const struct mn_grammar *grammar; /* NULL: none */
	struct mn_str rates; /* base of a table of exchange rates, or empty */
	struct mn_str items; /* path of the list of a JSON document, or empty: found */
	int64_t row_floor, stale_after_days;
	struct mn_map_fetch fetch;
	struct mn_str named_column; /* folded header of a cell "name, address" */
	const struct mn_str *form;  /* folded legal forms that stand behind a comma */
	uint32_t n_form;
	struct mn_str *carry; /* folded headers: empty cells below mean the one above */
	uint32_t n_carry;
	const struct mn_str *null; /* cells that mean nothing, as written */
	uint32_t n_null;
	struct mn_map_headless headless;
};

/* A header word of fields.json, sorted by (kind, folded word); kind MN_K_COUNT: any. */
struct mn_map_word {
	enum mn_kind kind;
	struct mn_str word;
	enum mn_field field;
};

struct mn_mappings {
	enum mn_encoding encoding; /* of all inputs, as the user said; MN_ENC_COUNT */
	const struct mn_countries *countries;
	const struct mn_map_source *source;
	uint32_t n_source;
	const struct mn_grammar *grammar;
	uint32_t n_grammar;
	const struct mn_map_word *word;
	uint32_t n_word;
	const struct mn_sheet_word *sheet_word; /* sheet_words.h */
	uint32_t n_sheet_word;
	bool apart;    /* files are parsed by a child process */
	uint32_t jobs; /* threads that read rows; 0: as 1 */
};

/* The field that a folded header cell means in a table of this kind, or MN_F_NONE. */
enum mn_field mn_map_word_field(
    const struct mn_mappings *m, enum mn_kind kind, struct mn_str folded);
void mn_map_words_sort(struct mn_map_word *word, uint32_t n, struct mn_arena scratch);
/* Adds the headers of the template's languages (headings.c). */
bool mn_headings_words(
    struct mn_mappings *m, struct mn_arena *a, const char *dir, struct mn_err *err);
/* The source whose match cells are all among the folded header cells (the most specific
 * one), or NULL. kind MN_K_COUNT: any. */
const struct mn_map_source *mn_map_recognise(const struct mn_mappings *m,
    enum mn_kind kind, const struct mn_str *header, uint32_t n);
/* Reads one source file. */
bool mn_map_source_read(
    struct mn_arena *a, const char *path, struct mn_map_source *out, struct mn_err *err);
/* The keys of mapping_keys.c, in the form of mapping_read.c. */
bool mn_map_read_nulls(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err);
bool mn_map_read_carry(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err);
bool mn_map_read_name_address(struct mn_arena *a, const char *file,
    const struct mn_json *v, struct mn_map_source *s, struct mn_err *err);
bool mn_map_read_years(const char *file, const struct mn_json *v, struct mn_map_source *s,
    struct mn_err *err);
/* The key "derive" (derive.c). */
bool mn_map_read_derive(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err);
bool mn_map_read_required(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err);
bool mn_map_read_headless(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err);
/* The source without a header in whose shape all of these records are, or NULL. */
const struct mn_map_source *mn_map_headless_find(const struct mn_mappings *m,
    enum mn_kind kind, const struct mn_csv_row *row, uint32_t n, struct mn_arena *a);
/* The layout of reference data that a header is of, or NULL. */
const struct mn_map_source *mn_map_recognise_reference(
    const struct mn_mappings *m, const struct mn_str *header, uint32_t n);
/* Folded copy in the arena. */
struct mn_str mn_map_fold(struct mn_arena *a, struct mn_str s);

#endif

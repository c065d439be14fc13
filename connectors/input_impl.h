/* Private to the room: an open input. */
#ifndef MN_CONNECTORS_INPUT_IMPL_H
#define MN_CONNECTORS_INPUT_IMPL_H

#include "manumit/connectors/csv.h"
#include "manumit/connectors/tables.h"
#include "manumit/connectors/input.h"

#include "mapping_impl.h"
#include "stream.h"
#include "unit.h"

#define MN_EARLY_ROWS 2 /* rows among which units stand, below a header */

/* Countries read and their codes: tables repeat a few for many rows. */
#define MN_COUNTRIES_SEEN 256
struct mn_country_seen {
	char text[45], code[2];
	uint8_t n;
};

struct mn_input_column {
	enum mn_field field[MN_COLUMN_FIELDS];
	uint32_t n_field;
	bool drop, digits_only, filled_only, required, person_key;
	bool list;    /* cells hold several values */
	bool names;   /* cells hold several names */
	char code[8]; /* of a survey: the column is about this code */
	const struct mn_map_only *only;
	struct mn_cell_rules rules; /* those of the input, and what its values told */
	struct mn_unit unit;        /* of its numbers, by the header */
	const char *reason;         /* why it is read so */
	enum mn_trust trust;
	struct mn_country_seen *seen; /* MN_COUNTRIES_SEEN of them */
};

struct mn_input_rate {
	uint32_t column;
	struct mn_str value;
};

struct mn_json_column {
	struct mn_str path;
	uint32_t at;
	uint32_t next; /* the one that came behind it last time: objects are alike */
};

struct mn_input {
	struct mn_input_info info;
	struct mn_str part; /* the table of the file that was asked for, or empty */
	const struct mn_mappings *mappings;
	const struct mn_map_source *source; /* NULL: by header words */
	struct mn_cell_rules rules;
	struct mn_diag *diag;
	struct mn_arena *arena;        /* life of the input */
	struct mn_arena row_root, row; /* life of a row */
	struct mn_stream stream;
	const struct mn_format *format;
	void *state;        /* of the format */
	size_t begin;       /* of delimited text: bytes before the first row */
	struct mn_csv *csv; /* of delimited text */
	bool wrapped;       /* of it: each line is one quoted cell that holds the cells */
	struct mn_input_column *column;
	struct mn_str *folded;    /* header cells, folded */
	const struct mn_str *sub; /* of a header of two rows: the lower cell, folded */
	const struct mn_heading *heading; /* what the header says beside its words */
	uint32_t n_column;
	int *derive_column;         /* per source->derive */
	struct mn_carried *carried; /* per source->carry; NULL: none yet */
	unsigned char secret[32];
	bool has_secret, open;
	bool reread; /* the header told another encoding: begin again */
	/* the row at hand */
	uint64_t line;
	const uint8_t *numeric; /* of a workbook: cells stored as numbers; or NULL */
	bool noted, had_nul, had_bad, had_note; /* had_note: the format made a remark */
	bool early;   /* one of the first MN_EARLY_ROWS rows of the file */
	bool emptied; /* the record to be filled has no values of the row before */
	/* JSON Lines */
	struct mn_json_column *json_column; /* by path; one more for the beginning */
	uint32_t n_json_column;
	struct mn_str *unknown; /* paths told as unused */
	uint32_t n_unknown;
	struct mn_attached *attached; /* values of lines that belong to others */
	uint32_t n_attached, cap_attached, attach_seq;
	size_t attach_bytes;
	struct mn_names names;      /* entities of the row */
	struct mn_input_rate *rate; /* or exchange rates of the row */
	uint32_t n_rate;
	uint32_t at_name;                          /* the next of them */
	struct mn_record common;                   /* what they share */
	char amount_currency[4], wage_currency[4]; /* said in cells of the row */
	uint32_t n_early;          /* rows cut so far, MN_EARLY_ROWS: or more */
	uint64_t other_table;      /* line on which another table begins, or 0 */
	uint64_t title_line;       /* looking for it: the row before has one cell only */
	uint64_t n_open;           /* records so far whose quote is never closed */
	enum mn_raw raw;           /* rows are given as they stand */
	struct mn_remote *remote;  /* the file is parsed by a child (remote.h), or NULL */
	struct mn_lots *lots;      /* its rows are read by threads (lots.h), or NULL */
	struct mn_wire_in *events; /* what they found in them */
};

/* A file to be opened, parsed in this process. */
struct mn_input_file {
	const char *path;
	int fd;        /* of mn_stream_file; taken over, also on failure */
	bool unhashed; /* somebody else hashes the file */
	enum mn_kind kind;
	uint64_t packed; /* bytes of the gzip file it was unpacked from, 0: none */
	char sha256[MN_HEX256_CHARS + 1]; /* of these */
	struct mn_str part;               /* the table of the file, or empty */
	bool list;            /* only lists the tables of the file, in info.table */
	enum mn_raw raw;      /* rows as they stand (raw_rows.c), or not */
	struct mn_str usual;  /* of these: the sheet, where `part` names none */
	struct mn_lots *lots; /* started already, for rows that can be read by threads */
};
/* By a child or here, as the mappings say; opens file.fd itself. */
struct mn_input *mn_input_open_file(struct mn_arena *a, const struct mn_mappings *m,
    struct mn_input_file file, struct mn_diag *diag, struct mn_err *err);
struct mn_input *mn_input_open_here(struct mn_arena *a, const struct mn_mappings *m,
    const struct mn_input_file *file, struct mn_diag *diag, struct mn_err *err);

/* Begins to read rows as they stand, of an input open as bytes (raw_rows.c). */
bool mn_raw_begin(
    struct mn_input *in, const struct mn_input_file *file, struct mn_err *err);
/* The next, its line in in->line: 1, 0 at the end, -1 err. */
int mn_raw_next(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err);
/* Is it read in lots? Then, instead of mn_input_next: the next events (lots.h). */
bool mn_input_in_lots(const struct mn_input *in);
int mn_input_lot(struct mn_input *in, struct mn_str *frame, struct mn_err *err);
/* Counts and reads a row: true, and the first of its records. */
bool mn_input_take_row(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);
/* Where the record at hand stands. */
mn_rid mn_input_rid(const struct mn_input *in, uint32_t src);
/* Lists the tables of the open workbook into info.table, each tried as `kind`. */
bool mn_input_list(struct mn_input *in, enum mn_kind kind, struct mn_err *err);
/* The country that a cell names, or empty; remembers those of the column. The code lives
 * as long as the reader, or until another takes its place: copy it to keep it beyond the
 * row. */
struct mn_str mn_input_country(struct mn_input *in, uint32_t column, struct mn_str s);
/* From now on the input is called FILE#PART; empty: as before. */
void mn_input_name_part(struct mn_input *in, struct mn_str part);

/* A row that may be the header. */
struct mn_head_row {
	struct mn_csv_row row; /* cells live as long as the input */
	uint64_t line;
	size_t end; /* for the format: where it goes on behind this row */
};
/* Finds the header among the first n rows of a file (at most MN_PREAMBLE_ROWS) and maps
 * it; *which: its number. The format then goes on behind it. Delimited text may have no
 * header, which its layout knows: then *which is MN_NO_HEADER_ROW, and the format begins
 * with the first row. */
#define MN_NO_HEADER_ROW UINT32_MAX
bool mn_input_header_rows(struct mn_input *in, const struct mn_head_row *r, uint32_t n,
    enum mn_kind kind, uint32_t *which, struct mn_err *err);
/* How well the best of these rows would do as the header, without taking it: 0 not at
 * all.
 */
uint64_t mn_input_header_fit(
    struct mn_input *in, const struct mn_head_row *r, uint32_t n, enum mn_kind kind);
/* The same for columns that are known already. */
bool mn_input_header_cells(struct mn_input *in, struct mn_str *cell, uint32_t n,
    enum mn_kind kind, struct mn_err *err);
/* Looks ahead at a bounded number of rows and decides by column what single cells cannot
 * tell: the order of day and month, day numbers, what NA means, which column of an empty
 * or meaningless header holds country codes. */
bool mn_input_look(struct mn_input *in, struct mn_err *err);
/* Remarks about the columns, when all is decided. */
void mn_input_tell_columns(struct mn_input *in);
/* Rows round the data: units under the header, totals, sources, the header again. */
bool mn_input_furniture(const struct mn_input *in, const struct mn_csv_row *row);
/* Is it a row of units, as it stands under a header? */
bool mn_input_units_row(const struct mn_csv_row *row);
/* The headings of a row of headers, and what its column i means. heading NULL: by the
 * words alone. */
struct mn_heading *mn_headings_read(
    struct mn_arena *a, const struct mn_csv_row *row, const struct mn_str *folded);
enum mn_field mn_heading_field(const struct mn_input *in, enum mn_kind kind,
    struct mn_str folded, const struct mn_str *sub, const struct mn_heading *heading,
    uint32_t i);
/* Does the column hold the numbers of the suppliers that another one names? */
bool mn_heading_numbered(const struct mn_input *in, uint32_t i);
/* Is it the header of a list of pairs of names, where `has` are the fields it maps? */
bool mn_heading_pair(const struct mn_str *folded, uint32_t n, const bool *has);
/* Units said above the header, which begins at row `before` and ends at row `end` of the
 * first n, and below it. */
void mn_input_units(struct mn_input *in, const struct mn_head_row *r, uint32_t n,
    uint32_t before, uint32_t end);
/* Reads a cell by the rules of its column, a number in its unit. */
struct mn_cell mn_input_cell(
    struct mn_input *in, uint32_t column, enum mn_field f, struct mn_str s);
/* Is the table one of rows under the header that was taken, out of the first n rows? */
bool mn_input_shape(
    struct mn_input *in, const struct mn_head_row *r, uint32_t n, struct mn_err *err);
/* Looking ahead: another table may begin in this row. */
void mn_input_see_table(struct mn_input *in, const struct mn_csv_row *row);
/* Joins the header of two rows: "Group / Sub" in cell, the fold of Sub in sub. False: the
 * two are no such header. */
bool mn_header_join(struct mn_arena *a, const struct mn_csv_row *top,
    const struct mn_csv_row *low, struct mn_csv_row *out, struct mn_str **sub);
/* A remark about the row at hand (line 0: about the file). */
void mn_input_remark(struct mn_input *in, uint64_t line, enum mn_code code,
    struct mn_str column, struct mn_str value, const char *detail);
/* The same about a column of the row at hand, which makes the row a noted one. */
void mn_input_note(struct mn_input *in, enum mn_code code, uint32_t column,
    struct mn_str value, const char *detail);
/* Parts the cell that holds name and address. */
void mn_input_name_address(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);
/* Fills the cells that the layout carries down from the row above. */
void mn_input_carry(struct mn_input *in, const struct mn_csv_row *row);
/* Adds the violation codes that the layout reads out of other columns. */
void mn_input_derive(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);
/* Cuts the cell with several names into entities; rec becomes the first organisation.
 * False: the cell names none, which is noted. */
bool mn_input_entities(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);
/* Cuts a row of exchange rates into its currencies; rec becomes the first. False: it has
 * none. Layouts without "rates": true, nothing happens. */
bool mn_input_rates(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);
/* Is it a column of such rates? */
bool mn_input_rate_column(const struct mn_input *in, uint32_t column);
bool mn_input_more_rates(struct mn_input *in, struct mn_record *rec);
/* The next record of the row at hand, when it names several entities. */
bool mn_input_more(struct mn_input *in, struct mn_record *rec);
bool mn_str_among(const struct mn_str *list, uint32_t n, struct mn_str s);
/* Is the row an example, furniture, a person, no organisation? Then it has its remark. */
bool mn_input_left_out(struct mn_input *in, const struct mn_csv_row *row);
/* Fills a record from the cells of a row. False: the row is not used, and counted. */
bool mn_input_row(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);

/* Remarks on the row at hand, and counts it as quarantined; false. */
bool mn_input_quarantine(struct mn_input *in, enum mn_code code, struct mn_str column,
    struct mn_str value, const char *detail);
/* Has the row what its layout and its kind want? Else it is quarantined, and false. */
bool mn_input_complete(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec);

#endif

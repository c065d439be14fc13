/*
 * An input file, from bytes to canonical records. Every row after the header that has a
 * non-blank cell is counted once as accepted, noted or quarantined:
 * rows = accepted + noted + quarantined holds at every moment. Accepted rows are used
 * without remark; noted rows carry a remark (whether they are used says the remark);
 * quarantined rows are not used. Later stages may move a row from accepted to noted.
 */
#ifndef MN_CONNECTORS_INPUT_H
#define MN_CONNECTORS_INPUT_H

#include "manumit/connectors/mapping.h"
#include "manumit/text/decode.h"

struct mn_input_count {
	const char *name; /* "releases" */
	uint64_t n;
};

#define MN_KIND_ANY MN_K_COUNT

/* A table of a file: see tables.h. */
struct mn_input_table {
	struct mn_str part; /* name of the sheet; empty: the file itself */
	bool hidden;        /* taken only when it is asked for by its name */
	enum mn_kind named; /* the kind that its name says, MN_KIND_ANY: none */
	/* Of sheets only, where there are several: as which it can be read (the kind its
	 * name says, where it can be), MN_KIND_ANY: as none, and why. */
	enum mn_kind kind;
	struct mn_str why;
	uint32_t mapped; /* columns with a meaning */
	bool layout;     /* a known one */
};

struct mn_input_info {
	struct mn_str file; /* as the user named it; "book.xlsx#Fees" of several sheets */
	struct mn_str part; /* the sheet, when the workbook has several; else empty */
	enum mn_kind kind;
	char sha256[MN_HEX256_CHARS + 1];
	uint64_t bytes; /* of the file as it lies there */
	bool packed;    /* by gzip */
	enum mn_encoding encoding;
	const struct mn_guess *guess; /* how sure that is, and why */
	struct mn_str sample; /* a cell with letters outside ASCII, as it was decoded */
	const char *format;   /* "JSON Lines" */
	char delimiter;       /* of delimited text; '{' of JSON; 0: none */
	const char *unit;     /* what the number of a row counts: "line", "record" */
	struct mn_str items;  /* of a JSON document: path of the list that is read */
	const struct mn_input_count *count; /* what a document holds beside rows */
	uint32_t n_count;
	uint64_t header_line; /* line of the header, 0: the layout has none */
	struct mn_str source; /* id of the known layout, or empty: by header words */
	struct mn_str source_title, source_licence, source_url;
	struct mn_str source_use; /* of reference data: what it is for */
	uint64_t
	    source_floor;     /* rows below which a file of it is cut short; 0: unknown */
	bool source_verified; /* the layout was read in a file of its publisher */
	const struct mn_str *header; /* header cells as written */
	const struct mn_column_why {
		enum mn_trust trust; /* of its meaning */
		const char *reason;  /* "header word"; NULL: not used */
		unsigned date_order; /* of a column of dates: enum mn_date_order */
	} * why;                     /* per column */
	const char *const *mapped; /* per column: field name(s), "" unused, "(dropped)" */
	uint32_t n_column;
	const struct mn_str
	    *field_column; /* per field: header cell it came from, or empty */
	uint64_t rows, accepted, noted, quarantined;
	const struct mn_input_table *table; /* of mn_tables_list only */
	uint32_t n_table;
};

struct mn_input;

/* Opens a file (or "-"), detects encoding, delimiter, header and layout. Issues about the
 * file and its columns go to diag. kind says what the user claims it is; for
 * MN_KIND_ANY (check) the kind is that of the known layout, or guessed from the header;
 * of a table nobody described it is "reference" without a layout, and its rows are noted.
 * NULL and err (severity SOURCE or RUN) when the file cannot be used. */
struct mn_input *mn_input_open(struct mn_arena *a, const struct mn_mappings *m,
    const char *path, enum mn_kind kind, struct mn_diag *diag, struct mn_err *err);
/* The same for one table of a file: the sheet of that name (case does not matter), empty:
 * the one that fits best. mn_input_open takes "FILE#SHEET" for it. */
struct mn_input *mn_input_open_part(struct mn_arena *a, const struct mn_mappings *m,
    const char *path, struct mn_str part, enum mn_kind kind, struct mn_diag *diag,
    struct mn_err *err);
/* Secret for worker references (32 bytes, borrowed): they become keyed hashes inside this
 * room. Without it rows lose their worker references. */
void mn_input_secret(struct mn_input *in, const unsigned char secret[32]);
/* The next usable record: 1 and a record (slices valid until the next call; rid holds
 * `src` and the line), 0 at the end, -1 err. *noted tells that a remark was emitted for
 * this row. Unusable rows are quarantined with their reason in diag and skipped. */
int mn_input_next(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err);
const struct mn_input_info *mn_input_info(const struct mn_input *in);
/* Appends how the columns are understood as a source file (mapping.h), to be edited.
 * False and err when a known layout reads the file: that is edited instead. */
bool mn_input_write_mapping(
    const struct mn_input_info *f, struct mn_buf *out, struct mn_err *err);
void mn_input_close(struct mn_input *in);

#endif

/* Private to the room: putting a statement together. */
#ifndef MN_REPORT_STATEMENT_BUILD_H
#define MN_REPORT_STATEMENT_BUILD_H

#include "manumit/report/messages.h"

#include "statement_data.h"

struct mn_st_build {
	struct mn_statement *s;
	const struct mn_st_data *d;
	struct mn_str requirement, output; /* at hand */
};

/* A text of the program or of a pack in the language of the statement. */
struct mn_str mn_st_word(const struct mn_st_build *b, const char *english);
/* What stands between a label and its value. */
struct mn_str mn_st_colon(const struct mn_statement *s);
/* A block of text; the format as printf's, in English and looked up. */
void mn_st_say(struct mn_st_build *b, enum mn_st_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* "label: value" as an item, and a row of the evidence index; from: the table of the
 * generation or the input that it was counted in. */
void mn_st_figure(struct mn_st_build *b, const char *label, const char *from,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* A table of rows by cols cells, filled by the caller; the first row is the header. */
struct mn_str *mn_st_table(
    struct mn_st_build *b, const char *caption, uint32_t rows, uint32_t cols);
/* Something is missing: said where it belongs, and counted. */
void mn_st_gap(struct mn_st_build *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Free text of the user's files, or that it was withheld: for files that programs read,
 * and for the pages. */
struct mn_str mn_st_own(struct mn_statement *s, struct mn_str text);
struct mn_str mn_st_shown(struct mn_st_build *b, struct mn_str text);

/* An output of that name: writes what the run knows; false: it knows nothing, and
 * *missing says what would tell it. */
bool mn_st_output(struct mn_st_build *b, struct mn_str name, const char **missing);

/* The columns of the UK registry: filled, to be confirmed, or a human's. */
void mn_st_registry(struct mn_st_build *b);

/* Renderers, a file each. */
bool mn_st_write_md(const struct mn_statement *s, const char *path, struct mn_err *err);
bool mn_st_write_html(const struct mn_statement *s, const char *path, struct mn_err *err);
bool mn_st_write_docx(const struct mn_statement *s, const char *path, struct mn_err *err);
bool mn_st_write_tracing(
    const struct mn_statement *s, const char *path, struct mn_err *err);
bool mn_st_write_registry_csv(
    const struct mn_statement *s, const char *path, struct mn_err *err);
bool mn_st_write_registry_json(
    const struct mn_statement *s, const char *path, struct mn_err *err);

#endif

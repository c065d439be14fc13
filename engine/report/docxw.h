/*
 * Private to the room: a small writer of Word documents (OOXML, ECMA-376), of paragraphs,
 * lists and tables. The same calls give the same bytes.
 */
#ifndef MN_REPORT_DOCXW_H
#define MN_REPORT_DOCXW_H

#include "manumit/base/file.h"

struct mn_docx {
	struct mn_buf body;
	struct mn_str language; /* of its text, "fr"; empty: British English */
};

struct mn_docx mn_docx_new(void);
void mn_docx_free(struct mn_docx *d);
/* style: of MN_DOCX_STYLES in docxw.c: "Title", "Heading1", "Heading2", "Law", "Item",
 * "Gap", "Note", or NULL. bold: words before the text, or NULL. */
void mn_docx_para(
    struct mn_docx *d, const char *style, const char *bold, struct mn_str text);
/* rows by cols cells, the first row the header. */
void mn_docx_table(
    struct mn_docx *d, const struct mn_str *cell, uint32_t rows, uint32_t cols);
bool mn_docx_write(struct mn_docx *d, const char *path, struct mn_err *err);

#endif

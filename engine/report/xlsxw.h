/*
 * Private to the room: writing a workbook row by row. Errors stick: after the first one
 * every call does nothing, and mn_xlsxw_commit reports it.
 *
 * Text is always text: a value that begins like a formula stays what it is. What XML
 * cannot hold becomes U+FFFD, and what a cell cannot hold is cut with a mark. The same
 * calls give the same bytes.
 */
#ifndef MN_REPORT_XLSX_H
#define MN_REPORT_XLSX_H

#include "cells.h"

struct mn_xlsxw;
struct mn_xlsxw_sheet;

struct mn_xlsxw_spec {
	const char *name; /* of the tab, up to 25 characters of ASCII */
	const struct mn_column *column;
	uint32_t n_column;
	uint32_t frozen; /* columns that stay while the others scroll */
	bool plain;      /* no header, no filter: a page to be read */
	bool example;    /* its rows are examples, in italics */
};

struct mn_xlsxw_opts {
	const char *title;
	int32_t created; /* the day that the file says it was made on */
	bool stream;   /* rows go to unlinked files beside the workbook, not to memory */
	uint32_t rows; /* of a sheet with its header, 0: as many as it can have */
	bool keep_synced; /* the commit waits for the disk */
	bool locked;      /* only places to write can be written in (no password) */
};

/* The file appears under its path at the commit. NULL and err when it cannot be made. */
struct mn_xlsxw *mn_xlsxw_open(
    const char *path, const struct mn_xlsxw_opts *o, struct mn_err *err);
/* The next tab. The spec has to live as long as the workbook. A sheet that is full goes
 * on in another tab, "NAME 2", with the same header. */
struct mn_xlsxw_sheet *mn_xlsxw_sheet(
    struct mn_xlsxw *x, const struct mn_xlsxw_spec *spec);
/* The next row; n <= n_column. */
void mn_xlsxw_row(struct mn_xlsxw_sheet *s, const struct mn_val *v, uint32_t n);
/* Closes, reads back what reached the disk, and renames. */
bool mn_xlsxw_commit(struct mn_xlsxw *x, struct mn_err *err);
void mn_xlsxw_abort(struct mn_xlsxw *x); /* NULL is fine */

/* ---- shared by the files of the wrapper ---- */

#define MN_XL_WRAPPED 1u
#define MN_XL_BOLD 2u
#define MN_XL_LARGE 4u
#define MN_XL_SHADED 8u /* a place to write */
#define MN_XL_HEADED 16u
#define MN_XL_BLUE 32u
#define MN_XL_RIGHT 64u
struct mn_xlsxw_look {
	const char *number; /* its format, NULL: as it is */
	unsigned flags;     /* MN_XL_ */
};
extern const struct mn_xlsxw_look MN_XLSXW_LOOK[MN_ST_COUNT];

#define MN_XLSXW_TONES 8
struct mn_xlsxw_tone {
	const char *word;
	uint32_t back, front;
};
extern const struct mn_xlsxw_tone MN_XLSXW_TONE[MN_XLSXW_TONES];

/* What a cell may hold of s, with a NUL behind it. */
void mn_xlsxw_clean(struct mn_str s, struct mn_buf *out);

/* Lines that a text takes in a column of that width; East Asian letters are wide. */
uint32_t mn_xlsxw_text_lines(struct mn_str s, uint32_t width);
/* Lines that a row takes, and characters of all columns together. */
uint32_t mn_xlsxw_lines(
    const struct mn_xlsxw_spec *s, const struct mn_val *v, uint32_t n);
uint32_t mn_xlsxw_width(const struct mn_xlsxw_spec *spec);

/* What the sheet of that number (from 1) must hold: bytes between <sheetData> and its
 * end; SIZE_MAX: not known. */
struct mn_xlsxw_part {
	uint64_t data_bytes;
};
/* The library does not say when a write to one of its own files failed. True when every
 * part of the archive is whole and the sheets have what was written. */
bool mn_xlsxw_check(const char *path, const char *name, const struct mn_xlsxw_part *part,
    uint32_t n, struct mn_err *err);

#endif

/* Workbooks of invented data, built part by part, and what reading them came to. */
#ifndef MN_TEST_XLSX_FIXTURE_H
#define MN_TEST_XLSX_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <zip.h>

#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"

#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct book {
	char path[64];
	zip_t *zip;
};

static inline void
book_begin(struct book *b)
{
	int code, fd;
	snprintf(b->path, sizeof b->path, "/tmp/mn-book-XXXXXX");
	fd = mkstemp(b->path);
	assert_true(fd >= 0);
	close(fd);
	b->zip = zip_open(b->path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	assert_non_null(b->zip);
}

/* text lives until book_end. */
static inline void
part_n(struct book *b, const char *name, const char *text, size_t n)
{
	zip_source_t *s = zip_source_buffer(b->zip, text, n, 0);
	assert_true(zip_file_add(b->zip, name, s, ZIP_FL_ENC_UTF_8) >= 0);
}

static inline void
part(struct book *b, const char *name, const char *text)
{
	part_n(b, name, text, strlen(text));
}

static inline void
book_end(struct book *b)
{
	assert_int_equal(zip_close(b->zip), 0);
}

/* One sheet, with strings and styles that may be NULL; `sheet` is its sheetData and what
 * follows it. */
static inline void
book_of(struct book *b, const char *sheet, const char *strings, const char *styles)
{
	static char body[1 << 18];
	book_begin(b);
	part(b, "xl/workbook.xml",
	    "<workbook><sheets><sheet name=\"Sheet1\"/></sheets></workbook>");
	snprintf(body, sizeof body, "<worksheet><sheetData>%s</worksheet>", sheet);
	part(b, "xl/worksheets/sheet1.xml", body);
	if (strings)
		part(b, "xl/sharedStrings.xml", strings);
	if (styles)
		part(b, "xl/styles.xml", styles);
	book_end(b);
}

/* ---- reading ---- */

struct got {
	struct mn_arena root, a;
	struct mn_buf text; /* "line:field=value,field=value;" of each record */
	struct mn_input_info info;
	struct mn_err err;
	bool opened, failed;
	uint64_t issues[MN_E_COUNT];
	char last[200]; /* value and detail of the last issue about a row */
};

static struct mn_arena map_root;
static const struct mn_mappings *mappings;

static inline int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	map_root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&map_root, MN_SOURCE_DIR "/connectors", &err);
	return mappings ? 0 : -1;
}

static inline int
teardown(void **state)
{
	(void)state;
	mn_arena_free(map_root);
	return 0;
}

static inline void
on_issue(void *ctx, const struct mn_issue *i)
{
	struct got *g = ctx;
	g->issues[i->code]++;
	if (i->row)
		snprintf(g->last, sizeof g->last, "%llu %.*s %.*s",
		    (unsigned long long)i->row, MN_FMT(i->column), MN_FMT(i->value));
}

static inline void
note_record(struct got *g, const struct mn_record *rec)
{
	const char *mark = "";
	mn_buf_fmt(&g->text, "%llu:", (unsigned long long)mn_rid_line(rec->rid));
	for (unsigned f = 0; f < MN_F_COUNT; f++) {
		if (rec->v[f].n == 0)
			continue;
		mn_buf_fmt(&g->text, "%s%s=%.*s", mark,
		    mn_field_def((enum mn_field)f)->name, MN_FMT(rec->v[f]));
		mark = ",";
	}
	mn_buf_byte(&g->text, ';');
}

/* Reads and removes the file. */
static inline struct got
read_part(const char *path, const char *sheet, enum mn_kind kind)
{
	struct got g = {.err = MN_ERR_NONE, .text = mn_buf_new(1u << 20)};
	struct mn_diag diag = {.emit = on_issue, .ctx = &g};
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more = 0;
	g.root = g.a = mn_arena_new((size_t)1 << 30, NULL);
	struct mn_input *in = mn_input_open_part(
	    &g.a, mappings, path, mn_str_c(sheet), kind, &diag, &g.err);
	g.opened = in != NULL;
	while (in && (more = mn_input_next(in, 1, &rec, &noted, &g.err)) == 1) {
		assert_true(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		note_record(&g, &rec);
	}
	g.failed = more < 0;
	if (in) {
		g.info = *mn_input_info(in);
		assert_int_equal(
		    g.info.rows, g.info.accepted + g.info.noted + g.info.quarantined);
		mn_input_close(in);
	}
	mn_buf_byte(&g.text, 0);
	return g;
}

static inline struct got
read_book(const struct book *b, enum mn_kind kind)
{
	struct got g = read_part(b->path, NULL, kind);
	unlink(b->path);
	return g;
}

static inline void
got_free(struct got *g)
{
	mn_buf_free(&g->text);
	mn_arena_free(g->root);
}

#define T(s) "<c t=\"inlineStr\"><is><t>" s "</t></is></c>"
#define N(v) "<c><v>" v "</v></c>"

#endif

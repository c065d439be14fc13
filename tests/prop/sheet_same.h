/*
 * A sheet read twice: as its bytes come, and with its first bytes coming apart, which
 * leaves all of it to the parser of XML. Both give the same rows and the same end.
 */
#ifndef MN_TEST_SHEET_SAME_H
#define MN_TEST_SHEET_SAME_H

#include <stdio.h>

#include "manumit/base/limits.h"

#include "../../connectors/sheet.h"

struct sheet_bytes {
	struct mn_str rest;
	size_t piece; /* bytes of the next piece at most, then of all others */
	size_t pieces;
};

static ssize_t
sheet_read(void *from, char *to, size_t n, struct mn_err *err)
{
	struct sheet_bytes *s = from;
	size_t take = n < s->piece ? n : s->piece;
	(void)err;
	take = take < s->rest.n ? take : s->rest.n;
	if (take)
		memcpy(to, s->rest.p, take);
	s->rest = mn_str_sub(s->rest, take, s->rest.n);
	s->piece = s->pieces;
	return (ssize_t)take;
}

static void
sheet_row(const struct mn_sheet_row *r, struct mn_buf *out)
{
	mn_buf_fmt(out, "%llu %u %u%u%u:", (unsigned long long)r->line, r->n_marked,
	    r->row.too_wide, r->too_long, r->disorder);
	for (uint32_t i = 0; i < r->row.n; i++) {
		mn_buf_fmt(out, " %u[", r->mark[i]);
		mn_buf_add(out, r->row.cell[i]);
		mn_buf_byte(out, ']');
	}
	mn_buf_byte(out, '\n');
}

/* All that reading a sheet gives, as text; the number of rows. */
static size_t
sheet_all(const struct mn_book *book, const struct mn_merges *merges, struct mn_str xml,
    size_t first, size_t pieces, struct mn_buf *out)
{
	struct mn_arena a = mn_arena_new((size_t)16 << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	struct sheet_bytes from = {xml, first, pieces};
	struct mn_sheet_row r;
	size_t rows = 0;
	int more = -1;
	struct mn_sheet *s =
	    mn_sheet_new(book, merges, sheet_read, &from, MN_S("sheet"), &err);
	while (s && (more = mn_sheet_next(s, &a, &r, &err)) == 1) {
		sheet_row(&r, out);
		rows++;
		a = root;
	}
	mn_buf_fmt(out, "%d %s", more, more < 0 ? err.msg : "");
	mn_sheet_free(s);
	mn_arena_free(root);
	return rows;
}

/* The rows, or -1: the two ways differ. */
static long
sheet_agree(const struct mn_book *book, const struct mn_merges *merges, struct mn_str xml,
    size_t pieces)
{
	struct mn_buf plain = mn_buf_new((size_t)64 << 20);
	struct mn_buf parsed = mn_buf_new((size_t)64 << 20);
	long rows = (long)sheet_all(book, merges, xml, pieces, pieces, &plain);
	sheet_all(book, merges, xml, 3, SIZE_MAX, &parsed);
	if (!mn_str_eq(mn_buf_str(&plain), mn_buf_str(&parsed))) {
		fprintf(stderr, "plain:\n%.*s\nparsed:\n%.*s\n",
		    MN_FMT(mn_str_sub(mn_buf_str(&plain), 0, 4000)),
		    MN_FMT(mn_str_sub(mn_buf_str(&parsed), 0, 4000)));
		rows = -1;
	}
	mn_buf_free(&plain);
	mn_buf_free(&parsed);
	return rows;
}

#endif

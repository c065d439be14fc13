/*
 * Tables of a web page, or of a page saved as a workbook, or of the XML that Excel of
 * 2003 wrote and many programs write still. Of its tables the one whose header fits best
 * is read, and with it all of the same header (a register often has one for each of its
 * lists): the heading above each is its column "_section".
 */
#include "manumit/base/limits.h"

#include "format.h"
#include "html_tables.h"

#define SECTION MN_S("_section")

struct page {
	struct mn_html_table *first;
	const struct mn_html_row *header; /* of the table that fits best */
	/* where reading stands */
	const struct mn_html_table *table;
	const struct mn_html_row *row;
	struct mn_str section;
	uint32_t width;
	uint64_t rows; /* read so far */
	bool by_row;   /* rows are told by their number, not by their line */
	bool book;     /* cells that are empty at the end of a row are left out */
};

static bool
begins(struct mn_str head)
{
	static const struct mn_str FIRST[] = {MN_S("!doctype html"), MN_S("html"),
	    MN_S("head"), MN_S("body"), MN_S("table"), MN_S("meta"), MN_S("div"),
	    MN_S("style"), MN_S("workbook"), MN_S("ss:workbook")};
	head = mn_str_trim(head);
	/* A saved page may begin with comments and declarations. */
	for (int i = 0; i < 8 && mn_str_starts(head, MN_S("<")); i++) {
		for (size_t k = 0; k < countof(FIRST); k++)
			if (mn_str_eq_ascii(mn_str_sub(head, 1, FIRST[k].n), FIRST[k]))
				return true;
		bool comment = mn_str_starts(head, MN_S("<!--"));
		size_t end = comment ? mn_str_find(head, MN_S("-->"))
				     : mn_str_find_byte(head, '>');
		if (end == SIZE_MAX || !(head.n > 1 && strchr("!?", head.p[1])))
			return false;
		head = mn_str_trim(mn_str_sub(head, end + (comment ? 3 : 1), head.n));
	}
	return false;
}

/* ---- choosing ---- */

/* The rows that may be the header, each with the column of sections behind. */
static uint32_t
head_rows(struct mn_input *in, const struct mn_html_table *t, struct mn_head_row *r)
{
	uint32_t n = 0;
	for (const struct mn_html_row *row = t->first; row && n < MN_PREAMBLE_ROWS;
	     row = row->next) {
		struct mn_str *cell = MN_NEW(in->arena, struct mn_str, row->n + 1);
		memcpy(cell, row->cell, row->n * sizeof *cell);
		cell[row->n] = SECTION;
		r[n++] = (struct mn_head_row){
		    .row = {.cell = cell, .n = row->n + 1}, .line = row->line};
	}
	return n;
}

static const struct mn_html_table *
best_table(struct mn_input *in, struct page *p, enum mn_kind kind)
{
	struct mn_head_row *r = MN_NEW(in->arena, struct mn_head_row, MN_PREAMBLE_ROWS);
	const struct mn_html_table *best = NULL;
	struct mn_arena keep = *in->arena;
	uint64_t most = 0;
	for (const struct mn_html_table *t = p->first; t; t = t->next) {
		uint32_t n = head_rows(in, t, r);
		uint64_t fit = n ? mn_input_header_fit(in, r, n, kind) : 0;
		/* Of tables that fit as well the one with more rows. */
		fit = fit ? (fit << 32) + t->n : 0;
		if (fit > most || !best) {
			best = t;
			most = fit;
		}
		*in->arena = keep;
	}
	return best;
}

static const struct mn_html_row *
row_at(const struct mn_html_table *t, uint32_t i)
{
	const struct mn_html_row *row = t->first;
	while (row && i--)
		row = row->next;
	return row;
}

/* Words of s that b has as well; "of" is none: "Entity Name" heads what "Name of Entity"
 * heads. *all: how many s has. */
static uint32_t
shared_words(struct mn_str s, struct mn_str b, uint32_t *all)
{
	uint32_t shared = 0;
	for (*all = 0; s.n;) {
		struct mn_str word = mn_str_cut(&s, ' '), rest = b;
		if (word.n == 0 || mn_str_eq_ascii(word, MN_S("of")))
			continue;
		bool there = false;
		while (rest.n && !there)
			there = mn_str_eq_ascii(word, mn_str_cut(&rest, ' '));
		shared += there;
		++*all;
	}
	return shared;
}

static bool
same_head(struct mn_str a, struct mn_str b)
{
	uint32_t of_a, of_b;
	if (mn_str_eq_ascii(a, b))
		return true;
	uint32_t n = shared_words(a, b, &of_a), m = shared_words(b, a, &of_b);
	return n && n == of_a && m == of_b;
}

static bool
same_cells(const struct mn_html_row *a, const struct mn_html_row *b)
{
	if (a->n != b->n)
		return false;
	for (uint32_t i = 0; i < a->n; i++)
		if (!same_head(a->cell[i], b->cell[i]))
			return false;
	return true;
}

/* The row behind the header of a table that has the same, or NULL. */
static const struct mn_html_row *
behind_header(const struct page *p, const struct mn_html_table *t)
{
	const struct mn_html_row *row = t->first;
	for (uint32_t i = 0; row && i < MN_PREAMBLE_ROWS; i++, row = row->next)
		if (row == p->header || same_cells(row, p->header))
			return row->next;
	return NULL;
}

static bool
has_header(const struct page *p, const struct mn_html_table *t)
{
	const struct mn_html_row *row = t->first;
	for (uint32_t i = 0; row && i < MN_PREAMBLE_ROWS; i++, row = row->next)
		if (row == p->header || same_cells(row, p->header))
			return true;
	return false;
}

static bool
again(struct mn_input *in, struct mn_err *err)
{
	struct page *p = in->state;
	(void)err;
	p->table = NULL;
	p->row = NULL;
	p->rows = 0;
	return true;
}

static void
tell_others(struct mn_input *in, const struct page *p)
{
	unsigned others = 0;
	for (const struct mn_html_table *t = p->first; t; t = t->next)
		others += t->n > 1 && !has_header(p, t);
	if (others)
		mn_input_remark(in, 0, MN_E_FILE_TABLES, MN_STR_NONE, MN_STR_NONE,
		    mn_arena_fmt(in->arena, "%u%c", others, 0).p);
}

/* ---- reading ---- */

/* The next row of all tables that are read. */
static const struct mn_html_row *
next_row(struct page *p)
{
	while (!p->row) {
		p->table = p->table ? p->table->next : p->first;
		if (!p->table)
			return NULL;
		p->section = p->table->section;
		p->row = behind_header(p, p->table);
	}
	const struct mn_html_row *row = p->row;
	p->row = row->next;
	return row;
}

/* Programs write pages on one line, and tables stand in cells of others: then a line is
 * not the place of one row, and rows are counted. */
static bool
lines_ascend(struct page *p)
{
	const struct mn_html_row *row;
	uint64_t before = 0;
	bool ascend = true;
	while ((row = next_row(p)) != NULL) {
		ascend = ascend && row->line > before;
		before = row->line;
	}
	p->table = NULL;
	p->row = NULL;
	return ascend;
}

static bool
whole_page(struct mn_input *in, struct mn_str *page, struct mn_err *err)
{
	if (!mn_stream_fill(&in->stream, MN_MAX_HTML + 1, err))
		return false;
	*page = mn_stream_text(&in->stream);
	return page->n <= MN_MAX_HTML ||
	       mn_fail(err, MN_E_FILE_LARGE, "%.*s: a page of more than %u MiB",
		   MN_FMT(in->info.file), MN_MAX_HTML >> 20);
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_head_row *r = MN_NEW(in->arena, struct mn_head_row, MN_PREAMBLE_ROWS);
	struct page *p = MN_NEW(in->arena, struct page, 1);
	struct mn_str text;
	uint32_t which;
	in->state = p;
	in->info.delimiter = '<';
	if (!whole_page(in, &text, err))
		return false;
	p->first = mn_html_tables(in->arena, text, in->stream.path, err);
	if (!p->first)
		return (err && err->code != MN_E_NONE)
			   ? false
			   : mn_fail(err, MN_E_FILE_HEADER,
				 "%.*s: a web page without a table",
				 MN_FMT(in->info.file));
	p->book = mn_str_find(mn_str_sub(text, 0, 1024), MN_S("Workbook")) != SIZE_MAX &&
		  mn_str_starts(mn_str_trim(text), MN_S("<?xml"));
	if (p->book)
		in->info.format = "Excel XML";
	const struct mn_html_table *best = best_table(in, p, kind);
	uint32_t n = head_rows(in, best, r);
	if (!mn_input_header_rows(in, r, n, kind, &which, err))
		return false;
	p->header = row_at(best, which);
	p->width = p->header->n;
	p->by_row = !lines_ascend(p);
	in->info.unit = p->by_row ? "row" : "line";
	tell_others(in, p);
	return true;
}

static int
record(struct mn_input *in, struct mn_csv_row *out, struct mn_err *err)
{
	struct page *p = in->state;
	const struct mn_html_row *row;
	(void)err;
	/* A row that is one cell over all columns is a heading inside the table. */
	while ((row = next_row(p)) && row->title && row->n >= p->width)
		p->section = row->cell[0];
	if (!row)
		return 0;
	in->row = in->row_root;
	in->line = p->by_row ? ++p->rows : row->line;
	uint32_t n = row->n > p->width ? row->n : p->width;
	out->cell = MN_NEW(&in->row, struct mn_str, n + 1);
	memcpy(out->cell, row->cell, row->n * sizeof *out->cell);
	out->too_wide = out->bad_quote = false;
	out->n = row->n;
	for (uint32_t i = row->n; p->book && i < p->width; i++)
		out->cell[out->n++] = MN_STR_NONE;
	/* Rows of another width keep it, so that it is noted. */
	if (row->n <= p->width) {
		out->cell[p->width] = p->section;
		out->n = out->n == p->width ? p->width + 1 : row->n;
	}
	return 1;
}

const struct mn_format mn_format_html = {
    .name = "HTML", .begins = begins, .header = header, .record = record, .again = again};

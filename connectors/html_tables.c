/*
 * Tables of a page. End tags of rows and cells may be missing, a table may stand in a
 * cell of another, and a cell may reach over rows and columns: what browsers make of that
 * is made here too.
 */
#include "manumit/base/limits.h"

#include "html_scan.h"
#include "html_tables.h"

#define COLUMNS (MN_MAX_COLUMNS - 1) /* one is left for the heading (html.c) */

struct span {
	struct mn_str text;
	uint32_t rows; /* how many more have it */
};

struct open_table {
	struct mn_html_table *table;
	struct mn_html_row *row; /* being filled, NULL: none */
	struct span *span;       /* by column, COLUMNS */
	struct mn_str *cell;     /* of the row, COLUMNS */
	struct mn_buf text;      /* of the cell */
	uint64_t rowspan, colspan;
	uint32_t most; /* cells of its widest row */
	bool in_cell, in_caption;
};

struct reader {
	struct mn_arena *a;
	struct mn_html_table *first, *last;
	struct open_table open[MN_HTML_NESTED];
	uint32_t depth, deeper; /* tables open; those beyond the limit */
	struct mn_buf heading;
	bool in_heading;
	struct mn_str section;
	uint64_t cells;
	bool book;       /* Excel's XML of 2003: rows, cells and sheets are called so */
	bool in_comment; /* of one of its cells */
	bool number;     /* the cell at hand is stored as a number */
};

/* ---- rows ---- */

static void
put_cell(struct open_table *t, struct mn_str text)
{
	if (t->row->n < COLUMNS)
		t->cell[t->row->n++] = text;
}

/* Cells of earlier rows that reach into this one. */
static void
put_spans(struct open_table *t)
{
	while (t->row->n < COLUMNS && t->span[t->row->n].rows) {
		struct span *s = &t->span[t->row->n];
		s->rows--;
		put_cell(t, s->text);
	}
}

static void
end_cell(struct reader *r, struct open_table *t)
{
	if (!t->in_cell)
		return;
	struct mn_str text = mn_str_trim(mn_buf_str(&t->text));
	size_t dot = r->number ? mn_str_find_byte(text, '.') : SIZE_MAX;
	/* A stored number has decimals, not thousands, behind its point: "12.345". */
	text = mn_arena_fmt(r->a, "%.*s%s", MN_FMT(text),
	    dot != SIZE_MAX && text.n == dot + 4 ? "0" : "");
	t->in_cell = r->number = false;
	put_spans(t);
	uint64_t left = COLUMNS - t->row->n;
	uint64_t columns = t->colspan > left ? left : t->colspan;
	for (uint64_t i = 0; i < columns; i++) {
		struct mn_str here = i ? MN_STR_NONE : text;
		if (t->rowspan > 1)
			t->span[t->row->n] =
			    (struct span){here, (uint32_t)t->rowspan - 1};
		put_cell(t, here);
	}
	t->row->title = t->row->n == columns && columns > 1 && text.n;
}

static void
end_row(struct reader *r, struct open_table *t)
{
	end_cell(r, t);
	struct mn_html_row *row = t->row;
	if (!row)
		return;
	put_spans(t);
	t->row = NULL;
	bool blank = true;
	for (uint32_t i = 0; i < row->n; i++)
		blank = blank && t->cell[i].n == 0;
	if (blank)
		return;
	row->cell = MN_NEW(r->a, struct mn_str, row->n);
	memcpy(row->cell, t->cell, row->n * sizeof *row->cell);
	r->cells += row->n;
	t->most = row->n > t->most ? row->n : t->most;
	if (t->table->last)
		t->table->last->next = row;
	else
		t->table->first = row;
	t->table->last = row;
	t->table->n++;
}

static void
begin_row(struct reader *r, struct open_table *t, uint64_t line)
{
	end_row(r, t);
	t->row = MN_NEW(r->a, struct mn_html_row, 1);
	t->row->line = line;
}

static void
begin_cell(struct reader *r, struct open_table *t, const struct mn_html_token *tag)
{
	uint64_t rows = mn_html_number(tag->attributes, MN_S("rowspan"));
	uint64_t columns = mn_html_number(tag->attributes, MN_S("colspan"));
	uint64_t at = 0;
	end_cell(r, t);
	if (!t->row)
		begin_row(r, t, tag->line);
	if (r->book) {
		rows = mn_html_number(tag->attributes, MN_S("ss:mergedown")) + 1;
		columns = mn_html_number(tag->attributes, MN_S("ss:mergeacross")) + 1;
		at = mn_html_number(tag->attributes, MN_S("ss:index"));
	}
	while (at > t->row->n + 1 && t->row->n < COLUMNS)
		put_cell(t, MN_STR_NONE);
	t->rowspan = rows < 1 ? 1 : rows > MN_HTML_ROWSPAN ? MN_HTML_ROWSPAN : rows;
	t->colspan = columns < 1 ? 1 : columns;
	t->in_cell = true;
	mn_buf_clear(&t->text);
}

/* ---- tables ---- */

static void
begin_table(struct reader *r, uint64_t line)
{
	if (r->depth == MN_HTML_NESTED) {
		r->deeper++;
		return;
	}
	struct open_table *t = &r->open[r->depth++];
	struct mn_html_table *table = MN_NEW(r->a, struct mn_html_table, 1);
	table->section = r->section;
	table->line = line;
	if (r->last)
		r->last->next = table;
	else
		r->first = table;
	r->last = table;
	mn_buf_clear(&t->text);
	*t = (struct open_table){.table = table, .text = t->text, .cell = t->cell};
	t->span = MN_NEW(r->a, struct span, COLUMNS);
	if (!t->cell)
		t->cell = MN_NEW(r->a, struct mn_str, COLUMNS);
	if (!t->text.max)
		t->text = mn_buf_new(4 * MN_MAX_CELL);
}

static void
end_table(struct reader *r)
{
	if (r->deeper) {
		r->deeper--;
		return;
	}
	if (r->depth == 0)
		return;
	end_row(r, &r->open[--r->depth]);
}

/* ---- tags ---- */

enum what { W_TABLE, W_ROW, W_CELL, W_GROUP, W_CAPTION, W_HEADING, W_BLOCK };

static const struct {
	struct mn_str name;
	enum what what;
} TAGS[] = {
    {MN_S("table"), W_TABLE},
    {MN_S("tr"), W_ROW},
    {MN_S("td"), W_CELL},
    {MN_S("th"), W_CELL},
    {MN_S("thead"), W_GROUP},
    {MN_S("tbody"), W_GROUP},
    {MN_S("tfoot"), W_GROUP},
    {MN_S("caption"), W_CAPTION},
    {MN_S("h1"), W_HEADING},
    {MN_S("h2"), W_HEADING},
    {MN_S("h3"), W_HEADING},
    {MN_S("h4"), W_HEADING},
    {MN_S("h5"), W_HEADING},
    {MN_S("h6"), W_HEADING},
    {MN_S("summary"), W_HEADING},
    {MN_S("legend"), W_HEADING},
    {MN_S("br"), W_BLOCK},
    {MN_S("p"), W_BLOCK},
    {MN_S("div"), W_BLOCK},
    {MN_S("li"), W_BLOCK},
    {MN_S("ul"), W_BLOCK},
    {MN_S("ol"), W_BLOCK},
    {MN_S("dt"), W_BLOCK},
    {MN_S("dd"), W_BLOCK},
    {MN_S("hr"), W_BLOCK},
};

static void
heading(struct reader *r, bool opens)
{
	if (r->in_heading && r->heading.n)
		r->section = mn_arena_str(r->a, mn_str_trim(mn_buf_str(&r->heading)));
	r->in_heading = opens;
	mn_buf_clear(&r->heading);
}

static void
caption(struct reader *r, struct open_table *t, bool opens)
{
	if (t->in_caption && !opens && t->text.n)
		t->table->section = mn_arena_str(r->a, mn_str_trim(mn_buf_str(&t->text)));
	if (opens)
		mn_buf_clear(&t->text);
	t->in_caption = opens && !t->in_cell;
}

/* ---- Excel's XML of 2003 ---- */

/* Names of its elements as those of a page. */
static struct mn_str
of_book(struct mn_str name)
{
	static const struct {
		struct mn_str book, page;
	} NAMES[] = {{MN_S("row"), MN_S("tr")}, {MN_S("cell"), MN_S("td")},
	    {MN_S("table"), MN_S("table")}};
	if (mn_str_starts(name, MN_S("ss:")))
		name = mn_str_sub(name, 3, name.n);
	for (size_t i = 0; i < countof(NAMES); i++)
		if (mn_str_eq_ascii(NAMES[i].book, name))
			return NAMES[i].page;
	return MN_STR_NONE;
}

/* The name of a sheet stands above its rows like a heading. */
static void
sheet_name(struct reader *r, struct mn_str attributes)
{
	size_t at = mn_str_find(attributes, MN_S("Name=\""));
	if (at == SIZE_MAX)
		return;
	struct mn_str name = mn_str_sub(attributes, at + 6, attributes.n);
	name = mn_str_sub(name, 0, mn_str_find_byte(name, '"'));
	mn_buf_clear(&r->heading);
	mn_html_decode(name, &r->heading);
	r->section = mn_arena_str(r->a, mn_str_trim(mn_buf_str(&r->heading)));
	mn_buf_clear(&r->heading);
}

/* What a page has no word for; false: it has. */
static bool
book_tag(struct reader *r, const struct mn_html_token *tag)
{
	struct mn_str name = tag->text;
	bool opens = tag->kind == MN_HTML_OPEN;
	if (mn_str_starts(name, MN_S("ss:")))
		name = mn_str_sub(name, 3, name.n);
	if (opens && mn_str_eq_ascii(name, MN_S("workbook")))
		r->book = true;
	else if (r->book && opens && mn_str_eq_ascii(name, MN_S("worksheet")))
		sheet_name(r, tag->attributes);
	else if (r->book && opens && mn_str_eq_ascii(name, MN_S("data")))
		r->number = mn_str_find(tag->attributes, MN_S("\"Number\"")) != SIZE_MAX;
	else if (r->book && mn_str_eq_ascii(name, MN_S("comment")))
		r->in_comment = opens && !mn_str_ends(tag->attributes, MN_S("/>"));
	else
		return false;
	return true;
}

/* Where text goes now, or NULL. */
static struct mn_buf *
sink(struct reader *r)
{
	struct open_table *t = r->depth ? &r->open[r->depth - 1] : NULL;
	if (r->deeper || r->in_comment)
		return NULL;
	if (t && (t->in_cell || t->in_caption))
		return &t->text;
	return r->in_heading ? &r->heading : NULL;
}

static void
in_table(struct reader *r, enum what what, const struct mn_html_token *tag)
{
	struct open_table *t = &r->open[r->depth - 1];
	bool opens = tag->kind == MN_HTML_OPEN;
	if (what == W_CAPTION) {
		caption(r, t, opens);
		return;
	}
	t->in_caption = false;
	if (what == W_CELL && opens)
		begin_cell(r, t, tag);
	else if (what == W_CELL)
		end_cell(r, t);
	else if (what == W_ROW && opens)
		begin_row(r, t, tag->line);
	else
		end_row(r, t);
}

static void
on_tag(struct reader *r, const struct mn_html_token *tag)
{
	bool opens = tag->kind == MN_HTML_OPEN;
	size_t i = 0;
	if (book_tag(r, tag))
		return;
	struct mn_str name = r->book ? of_book(tag->text) : tag->text;
	while (i < countof(TAGS) && !mn_str_eq_ascii(name, TAGS[i].name))
		i++;
	if (i == countof(TAGS))
		return;
	struct mn_buf *to = sink(r);
	if (to)
		mn_html_blank(to);
	if (TAGS[i].what == W_TABLE && opens)
		begin_table(r, tag->line);
	else if (TAGS[i].what == W_TABLE)
		end_table(r);
	else if (TAGS[i].what == W_HEADING &&
		 !(r->depth && r->open[r->depth - 1].in_cell))
		heading(r, opens);
	else if (TAGS[i].what < W_HEADING && r->depth && !r->deeper)
		in_table(r, TAGS[i].what, tag);
}

static void
read_page(struct reader *r, struct mn_str page)
{
	struct mn_html h = {.rest = page, .line = 1};
	for (;;) {
		struct mn_html_token t = mn_html_next(&h);
		struct mn_buf *to = t.kind == MN_HTML_TEXT ? sink(r) : NULL;
		if (to)
			mn_html_decode(t.text, to);
		if (t.kind == MN_HTML_OPEN || t.kind == MN_HTML_CLOSE)
			on_tag(r, &t);
		/* In XML an element may be opened and closed by one tag. */
		if (r->book && t.kind == MN_HTML_OPEN &&
		    mn_str_ends(t.attributes, MN_S("/>"))) {
			t.kind = MN_HTML_CLOSE;
			on_tag(r, &t);
		}
		if (t.kind == MN_HTML_END || r->cells > MN_HTML_CELLS)
			break;
	}
	while (r->depth)
		end_table(r);
}

struct mn_html_table *
mn_html_tables(
    struct mn_arena *a, struct mn_str page, const char *path, struct mn_err *err)
{
	struct reader *r = MN_NEW(a, struct reader, 1);
	r->a = a;
	r->heading = mn_buf_new(4096);
	read_page(r, page);
	for (uint32_t i = 0; i < MN_HTML_NESTED; i++)
		mn_buf_free(&r->open[i].text);
	mn_buf_free(&r->heading);
	if (r->cells <= MN_HTML_CELLS)
		return r->first;
	mn_fail(err, MN_E_FILE_LARGE, "%s: more than %u cells in its tables", path,
	    MN_HTML_CELLS);
	return NULL;
}

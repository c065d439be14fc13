/* The rows of a sheet, from the events of its XML. */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "sheet.h"

#define ACTIVE 64        /* merged ranges that may reach into one row from above */
#define LABEL_BYTES 1024 /* longer text is no label */
#define MOST_LINE 1048576

enum cell_type { T_NUMBER, T_SHARED, T_TEXT, T_BOOL, T_ERROR, T_DAY };

struct active {
	struct mn_merge m;
	size_t n;
	char label[LABEL_BYTES];
};

struct mn_sheet {
	const struct mn_book *book;
	struct mn_xml *xml;
	struct mn_str what;
	struct mn_arena *a; /* of the row at hand */
	bool in_data, in_row, in_cell, in_value, has_value, has_formula;
	unsigned phonetic;
	/* the cell */
	uint32_t column;
	enum cell_type type;
	struct mn_style style;
	struct mn_buf text, plain;
	/* the row */
	struct mn_str cell[MN_MAX_COLUMNS];
	uint8_t mark[MN_MAX_COLUMNS];
	uint32_t n, own, marked; /* cells; those with a value of their own; with a mark */
	uint64_t line;
	size_t bytes;
	bool too_wide, too_long, disorder;
	/* merged ranges */
	const struct mn_merges *merges;
	uint32_t next_merge, n_active;
	struct active active[ACTIVE];
};

/* ---- cells ---- */

static void
put(struct mn_sheet *s, struct mn_str text, enum mn_cell_mark mark)
{
	if (s->column >= MN_MAX_COLUMNS) {
		s->too_wide = s->too_wide || text.n;
		return;
	}
	if (s->bytes + text.n > MN_MAX_RECORD) {
		s->too_long = true;
		return;
	}
	s->bytes += text.n;
	for (; s->n <= s->column; s->n++) {
		s->cell[s->n] = MN_STR_NONE;
		s->mark[s->n] = MN_CELL_PLAIN;
	}
	s->cell[s->column] = text;
	s->mark[s->column] = (uint8_t)mark;
	s->own += mark || mn_str_trim(text).n;
	s->marked += mark != MN_CELL_PLAIN;
}

static void
put_copy(struct mn_sheet *s, struct mn_str text)
{
	if (s->bytes + text.n <= MN_MAX_RECORD && s->column < MN_MAX_COLUMNS)
		text = mn_arena_str(s->a, text);
	put(s, text, MN_CELL_PLAIN);
}

static void
put_shared(struct mn_sheet *s, struct mn_str index)
{
	uint64_t i;
	bool there = false;
	struct mn_str text = MN_STR_NONE;
	if (mn_str_u64(index, &i))
		text = mn_strings_at(&s->book->strings, i, &there);
	put(s, text, there ? MN_CELL_PLAIN : MN_CELL_LOST);
}

static void
put_day(struct mn_sheet *s, struct mn_str text)
{
	static const struct mn_str MIDNIGHT = MN_S("T00:00:00");
	size_t t = mn_str_find(text, MIDNIGHT);
	put_copy(s, mn_str_sub(text, 0, t));
}

static void
end_cell(struct mn_sheet *s)
{
	struct mn_str text = mn_str_trim(mn_buf_str(&s->text));
	bool coded = s->type == T_NUMBER || s->type == T_SHARED || s->type == T_BOOL;
	if (!coded || mn_utf8_valid(text) != text.n)
		text = mn_strings_plain(mn_buf_str(&s->text), &s->plain);
	char room[MN_NUMBER_ROOM];
	s->in_cell = s->in_value = false;
	if (!s->has_value) {
		if (s->has_formula)
			put(s, MN_STR_NONE, MN_CELL_UNSTORED);
	} else if (s->type == T_SHARED)
		put_shared(s, text);
	else if (s->type == T_ERROR)
		put(s, mn_arena_str(s->a, mn_utf8_cut(text, 64)), MN_CELL_ERROR);
	else if (s->type == T_BOOL)
		put(s, mn_xml_is(text, "1") ? MN_S("TRUE") : MN_S("FALSE"),
		    MN_CELL_PLAIN);
	else if (s->type == T_DAY)
		put_day(s, mn_str_trim(text));
	else if (s->type == T_TEXT)
		put_copy(s, text);
	else
		put_copy(s, mn_number_text(
				mn_str_trim(text), s->style, s->book->from_1904, room));
	s->column++;
}

/* The attributes of a cell are read in one pass: there are many cells. */
static void
start_cell(struct mn_sheet *s, mn_xml_atts atts)
{
	uint32_t row, column;
	uint64_t style;
	s->in_cell = true;
	s->has_value = s->has_formula = false;
	s->type = T_NUMBER;
	s->style = (struct mn_style){0};
	mn_buf_clear(&s->text);
	for (size_t i = 0; atts[i]; i += 2) {
		struct mn_str v = mn_str_c(atts[i + 1]);
		if (atts[i][0] == 0 || atts[i][1])
			continue;
		if (atts[i][0] == 'r' && mn_cell_name(&v, &column, &row))
			s->column = column;
		else if (atts[i][0] == 's' && mn_str_u64(v, &style) &&
			 style < s->book->n_style)
			s->style = s->book->style[style];
		else if (atts[i][0] == 't')
			s->type = mn_xml_is(v, "s")   ? T_SHARED
				  : mn_xml_is(v, "b") ? T_BOOL
				  : mn_xml_is(v, "e") ? T_ERROR
				  : mn_xml_is(v, "d") ? T_DAY
				  : mn_xml_is(v, "n") ? T_NUMBER
						      : T_TEXT;
	}
}

/* ---- merged ranges ---- */

static bool
has_own(const struct mn_sheet *s, uint32_t column)
{
	return column < s->n && (s->mark[column] || mn_str_trim(s->cell[column]).n);
}

/* Labels of ranges that began above. A row that has nothing of its own stays blank. */
static void
carry_labels(struct mn_sheet *s)
{
	uint32_t kept = 0;
	bool any = s->own > 0;
	for (uint32_t i = 0; i < s->n_active; i++) {
		struct active *x = &s->active[i];
		if (x->m.bottom < s->line)
			continue;
		if (any && !has_own(s, x->m.column)) {
			s->column = x->m.column;
			put(s, mn_arena_str(s->a, mn_str(x->label, x->n)),
			    MN_CELL_CARRIED);
		}
		if (kept != i)
			s->active[kept] = *x;
		kept++;
	}
	s->n_active = kept;
}

static void
begin_ranges(struct mn_sheet *s)
{
	const struct mn_merges *m = s->merges;
	for (; m && s->next_merge < m->n && m->v[s->next_merge].top <= s->line;
	     s->next_merge++) {
		const struct mn_merge *v = &m->v[s->next_merge];
		struct active *x = &s->active[s->n_active];
		if (v->top != s->line || !has_own(s, v->column) ||
		    s->mark[v->column] != MN_CELL_PLAIN ||
		    s->cell[v->column].n > LABEL_BYTES || s->n_active == ACTIVE)
			continue;
		x->m = *v;
		x->n = s->cell[v->column].n;
		memcpy(x->label, s->cell[v->column].p, x->n);
		s->n_active++;
	}
}

/* ---- rows ---- */

/* The number a row gives itself, while they grow; once they do not, rows are counted, so
 * that no two have one. */
static void
start_row(struct mn_sheet *s, mn_xml_atts atts)
{
	uint64_t r;
	struct mn_str name = mn_xml_att(atts, "r");
	bool named = name.n && mn_str_u64(name, &r);
	if (name.p && (!named || r <= s->line || r > MOST_LINE))
		s->disorder = true;
	s->line = named && !s->disorder ? r : s->line + 1;
	s->in_row = true;
	s->n = s->own = s->marked = s->column = 0;
	s->bytes = 0;
	s->too_wide = s->too_long = false;
}

static void
end_row(struct mn_sheet *s)
{
	s->in_row = false;
	if (!s->disorder) {
		carry_labels(s);
		begin_ranges(s);
	}
	if (s->own || s->too_long || s->too_wide)
		mn_xml_pause(s->xml);
}

static void
start(void *ctx, struct mn_str name, mn_xml_atts atts)
{
	struct mn_sheet *s = ctx;
	if (!s->in_data) {
		s->in_data = mn_xml_is(name, "sheetData");
	} else if (!s->in_row) {
		if (mn_xml_is(name, "row"))
			start_row(s, atts);
	} else if (!s->in_cell) {
		if (mn_xml_is(name, "c"))
			start_cell(s, atts);
	} else if (mn_xml_is(name, "v") || mn_xml_is(name, "t")) {
		s->in_value = s->phonetic == 0;
		s->has_value = s->has_value || s->in_value;
	} else if (mn_xml_is(name, "f")) {
		s->has_formula = true;
	} else if (mn_xml_is(name, "rPh")) {
		s->phonetic++;
	}
}

static void
end(void *ctx, struct mn_str name)
{
	struct mn_sheet *s = ctx;
	if (s->in_cell) {
		if (mn_xml_is(name, "c"))
			end_cell(s);
		else if (mn_xml_is(name, "rPh"))
			s->phonetic -= s->phonetic > 0;
		else
			s->in_value = false;
	} else if (s->in_row) {
		if (mn_xml_is(name, "row"))
			end_row(s);
	} else if (mn_xml_is(name, "sheetData"))
		s->in_data = false;
}

static void
text(void *ctx, struct mn_str t)
{
	struct mn_sheet *s = ctx;
	/* A cell is cut at MN_MAX_CELL with a note; some bytes more show that it has to.
	 */
	if (s->in_value && s->text.n <= MN_MAX_CELL)
		mn_buf_add(&s->text, mn_str_sub(t, 0, MN_MAX_CELL + 16 - s->text.n));
}

struct mn_sheet *
mn_sheet_new(const struct mn_book *book, const struct mn_merges *merges,
    mn_xml_read *read, void *from, struct mn_str what, struct mn_err *err)
{
	static const struct mn_xml_events EVENTS = {start, end, text};
	struct mn_sheet *s = mn_handle_new(sizeof *s);
	if (!s) {
		mn_fail(err, MN_E_NOMEM, "%.*s", MN_FMT(what));
		return NULL;
	}
	s->book = book;
	s->merges = merges;
	s->text = mn_buf_new(2 * MN_MAX_CELL);
	s->plain = mn_buf_new(4 * MN_MAX_CELL);
	s->xml = mn_xml_new(&EVENTS, s, read, from, what, err);
	if (s->xml)
		return s;
	mn_sheet_free(s);
	return NULL;
}

int
mn_sheet_next(
    struct mn_sheet *s, struct mn_arena *a, struct mn_sheet_row *out, struct mn_err *err)
{
	s->a = a;
	int more = mn_xml_run(s->xml, err);
	*out = (struct mn_sheet_row){
	    .row = {.cell = s->cell, .n = s->n, .too_wide = s->too_wide},
	    .mark = s->mark,
	    .n_marked = s->marked,
	    .line = s->line,
	    .too_long = s->too_long,
	    .disorder = s->disorder};
	return more;
}

void
mn_sheet_free(struct mn_sheet *s)
{
	if (!s)
		return;
	mn_xml_free(s->xml);
	mn_buf_free(&s->text);
	mn_buf_free(&s->plain);
	mn_handle_free(s);
}

/* The rows of a sheet, from the events of its XML. */
#include "manumit/text/utf8.h"

#include "sheet_impl.h"

#define MOST_LINE 1048576

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
		s->number[s->n] = false;
	}
	s->cell[s->column] = text;
	s->mark[s->column] = (uint8_t)mark;
	s->number[s->column] = s->type == T_NUMBER && mark == MN_CELL_PLAIN;
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

static struct mn_str
day(struct mn_str text)
{
	return mn_str_sub(text, 0, mn_str_find(text, MN_S("T00:00:00")));
}

static void
put_value(struct mn_sheet *s, struct mn_str raw, bool stays)
{
	struct mn_str text = mn_str_trim(raw);
	bool coded = s->type == T_NUMBER || s->type == T_SHARED || s->type == T_BOOL;
	if (!coded || mn_utf8_valid(text) != text.n)
		text = mn_strings_plain(raw, &s->plain);
	char room[MN_NUMBER_ROOM];
	if (s->type == T_SHARED) {
		put_shared(s, text);
		return;
	}
	if (s->type == T_ERROR) {
		put(s, mn_arena_str(s->a, mn_utf8_cut(text, 64)), MN_CELL_ERROR);
		return;
	}
	if (s->type == T_BOOL) {
		put(s, mn_xml_is(text, "1") ? MN_S("TRUE") : MN_S("FALSE"),
		    MN_CELL_PLAIN);
		return;
	}
	if (s->type == T_DAY)
		text = day(mn_str_trim(text));
	else if (s->type == T_NUMBER)
		text =
		    mn_number_text(mn_str_trim(text), s->style, s->book->from_1904, room);
	if (stays && text.p >= raw.p && text.p < raw.p + raw.n)
		put(s, text, MN_CELL_PLAIN);
	else
		put_copy(s, text);
}

void
mn_sheet_cell_end(struct mn_sheet *s, struct mn_str raw, bool stays)
{
	s->in_cell = s->in_value = false;
	if (s->has_value)
		put_value(s, raw, stays);
	else if (s->has_formula)
		put(s, MN_STR_NONE, MN_CELL_UNSTORED);
	s->column++;
}

void
mn_sheet_cell_begin(struct mn_sheet *s)
{
	s->in_cell = true;
	s->has_value = s->has_formula = false;
	s->type = T_NUMBER;
	s->style = (struct mn_style){0};
	mn_buf_clear(&s->text);
}

static enum mn_cell_type
type_of(struct mn_str v)
{
	return mn_xml_is(v, "s")   ? T_SHARED
	       : mn_xml_is(v, "b") ? T_BOOL
	       : mn_xml_is(v, "e") ? T_ERROR
	       : mn_xml_is(v, "d") ? T_DAY
	       : mn_xml_is(v, "n") ? T_NUMBER
				   : T_TEXT;
}

void
mn_sheet_cell_att(struct mn_sheet *s, char name, struct mn_str v)
{
	uint32_t row, column;
	uint64_t style;
	if (name == 'r' && mn_cell_name(&v, &column, &row))
		s->column = column;
	else if (name == 's' && mn_str_u64(v, &style) && style < s->book->n_style)
		s->style = s->book->style[style];
	else if (name == 't')
		s->type = type_of(v);
}

/* The attributes of a cell are read in one pass: there are many cells. */
static void
start_cell(struct mn_sheet *s, mn_xml_atts atts)
{
	mn_sheet_cell_begin(s);
	for (size_t i = 0; atts[i]; i += 2)
		if (atts[i][0] && !atts[i][1])
			mn_sheet_cell_att(s, atts[i][0], mn_str_c(atts[i + 1]));
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
		struct mn_sheet_active *x = &s->active[i];
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
		struct mn_sheet_active *x = &s->active[s->n_active];
		if (v->top != s->line || !has_own(s, v->column) ||
		    s->mark[v->column] != MN_CELL_PLAIN ||
		    s->cell[v->column].n > MN_SHEET_LABEL ||
		    s->n_active == MN_SHEET_ACTIVE)
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
void
mn_sheet_row_begin(struct mn_sheet *s, struct mn_str name)
{
	uint64_t r;
	bool named = name.n && mn_str_u64(name, &r);
	if (name.p && (!named || r <= s->line || r > MOST_LINE))
		s->disorder = true;
	s->line = named && !s->disorder ? r : s->line + 1;
	s->in_row = true;
	s->n = s->own = s->marked = s->column = 0;
	s->bytes = 0;
	s->too_wide = s->too_long = false;
}

void
mn_sheet_row_end(struct mn_sheet *s)
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
			mn_sheet_row_begin(s, mn_xml_att(atts, "r"));
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
			mn_sheet_cell_end(s, mn_buf_str(&s->text), false);
		else if (mn_xml_is(name, "rPh"))
			s->phonetic -= s->phonetic > 0;
		else
			s->in_value = false;
	} else if (s->in_row) {
		if (mn_xml_is(name, "row"))
			mn_sheet_row_end(s);
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
	static const struct mn_xml_events EVENTS = {
	    start, end, text, mn_sheet_plain, "sheetData", "</row>"};
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
	    .number = s->number,
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

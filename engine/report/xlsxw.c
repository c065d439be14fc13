/* Workbooks, by libxlsxwriter. */
#include <errno.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <xlsxwriter.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "xlsxw.h"

#define MAX_PARTS 4096 /* sheets, those that go on in another one included */
#define EPOCH 25569    /* 1970-01-01 as Excel counts days */
/* 1900-03-01: before, Excel counts a day that never was. */
#define FIRST_DAY (61 - EPOCH)
#define FEW_BYTES ((uint64_t)1 << 16)
#define LINE 15 /* points */

struct part {
	lxw_worksheet *ws;
	uint32_t links;
};

struct mn_xlsxw_sheet {
	struct mn_xlsxw *x;
	const struct mn_xlsxw_spec *spec;
	struct part *part; /* the one being written */
	uint32_t row;
	uint64_t bytes;
	unsigned n_part;
	struct mn_xlsxw_sheet *next;
};

struct mn_xlsxw {
	struct mn_arena root, a;
	const char *path, *dir;
	struct mn_xlsxw_opts o;
	lxw_workbook *wb;
	struct mn_out *out;
	struct mn_xlsxw_sheet *first, *last;
	struct part part[MAX_PARTS];
	uint32_t n_part;
	lxw_format *format[MN_ST_COUNT][2]; /* as it is; as an example */
	lxw_format *tone[MN_XLSXW_TONES];
	struct mn_buf text;
	struct mn_err err; /* the first failure */
};

/* ---- errors ---- */

static bool
disk_full(const struct mn_xlsxw *x, int number)
{
	struct statvfs v;
	return number == ENOSPC || (statvfs(x->dir, &v) == 0 &&
				       (uint64_t)v.f_bavail * v.f_frsize < FEW_BYTES);
}

static void
failed(struct mn_xlsxw *x, lxw_error e)
{
	int number = errno;
	if (x->err.code != MN_E_NONE)
		return;
	if (disk_full(x, number))
		mn_fail_errno(&x->err, ENOSPC, "write", x->path);
	else
		mn_fail(&x->err,
		    e == LXW_ERROR_MEMORY_MALLOC_FAILED ? MN_E_NOMEM : MN_E_IO, "%s: %s",
		    x->path, lxw_strerror(e));
}

static void
check(struct mn_xlsxw *x, lxw_error e)
{
	if (e != LXW_NO_ERROR)
		failed(x, e);
}

/* ---- formats ---- */

static lxw_format *
new_format(struct mn_xlsxw *x)
{
	lxw_format *f = workbook_add_format(x->wb);
	if (f)
		format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	else
		failed(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
	return f;
}

static lxw_format *
style_format(struct mn_xlsxw *x, unsigned style, bool example)
{
	unsigned flags = MN_XLSXW_LOOK[style].flags;
	lxw_format *f = new_format(x);
	if (!f)
		return NULL;
	if (MN_XLSXW_LOOK[style].number)
		format_set_num_format(f, MN_XLSXW_LOOK[style].number);
	if (flags & MN_XL_WRAPPED)
		format_set_text_wrap(f);
	if (flags & MN_XL_BOLD)
		format_set_bold(f);
	if (flags & MN_XL_RIGHT)
		format_set_align(f, LXW_ALIGN_RIGHT);
	else if (!MN_XLSXW_LOOK[style].number ||
		 strchr("@y", MN_XLSXW_LOOK[style].number[0])) {
		format_set_align(f, LXW_ALIGN_LEFT);
		format_set_indent(f, 1); /* text beside numbers */
	}
	if (flags & MN_XL_LARGE)
		format_set_font_size(f, 16);
	if (flags & MN_XL_SHADED)
		format_set_bg_color(f, 0xfff9e5);
	if ((flags & MN_XL_SHADED) && x->o.locked)
		format_set_unlocked(f);
	if (flags & MN_XL_HEADED)
		format_set_bg_color(f, 0xd9e1f2);
	if (flags & MN_XL_BLUE) {
		format_set_font_color(f, 0x0563c1);
		format_set_underline(f, LXW_UNDERLINE_SINGLE);
	}
	if (example) {
		format_set_italic(f);
		format_set_font_color(f, 0x666666);
	}
	return f;
}

static void
make_formats(struct mn_xlsxw *x)
{
	for (unsigned s = MN_ST_TEXT; s < MN_ST_COUNT; s++)
		for (unsigned example = 0; example < 2; example++)
			x->format[s][example] = style_format(x, s, example);
	for (size_t i = 0; i < MN_XLSXW_TONES; i++) {
		x->tone[i] = new_format(x);
		if (!x->tone[i])
			return;
		format_set_bg_color(x->tone[i], MN_XLSXW_TONE[i].back);
		format_set_font_color(x->tone[i], MN_XLSXW_TONE[i].front);
	}
}

static lxw_format *
format_of(struct mn_xlsxw_sheet *s, unsigned style, struct mn_str text)
{
	for (size_t i = 0; style == MN_ST_TONE && i < MN_XLSXW_TONES; i++)
		if (mn_str_eq(text, mn_str_c(MN_XLSXW_TONE[i].word)))
			return s->x->tone[i];
	return s->x->format[style][s->spec->example];
}

/* ---- opening ---- */

static const char *
directory(struct mn_arena *a, const char *path)
{
	struct mn_str s = mn_str_c(path);
	while (s.n && s.p[s.n - 1] != '/')
		s.n--;
	return s.n ? mn_arena_cstr(a, s) : ".";
}

static void
describe(struct mn_xlsxw *x)
{
	lxw_doc_properties p = {
	    .title = mn_arena_cstr(&x->a, mn_str_c(x->o.title)),
	    .author = mn_arena_cstr(&x->a, MN_S("manumit")),
	    .comments = mn_arena_cstr(
		&x->a, MN_S("Screening indications; they neither establish forced "
			    "labour nor its absence.")),
	    .created = (time_t)x->o.created * 86400 + 43200,
	};
	check(x, workbook_set_properties(x->wb, &p));
}

struct mn_xlsxw *
mn_xlsxw_open(const char *path, const struct mn_xlsxw_opts *o, struct mn_err *err)
{
	struct mn_xlsxw *x = mn_handle_new(sizeof *x);
	if (!x) {
		mn_fail(err, MN_E_NOMEM, "%s", path);
		return NULL;
	}
	x->root = x->a = mn_arena_new(64u << 20, NULL);
	x->text = mn_buf_new(8u << 20);
	x->o = *o;
	x->err = MN_ERR_NONE;
	if (x->o.rows == 0 || x->o.rows > MN_XLSX_ROWS)
		x->o.rows = MN_XLSX_ROWS;
	x->path = mn_arena_cstr(&x->a, mn_str_c(path));
	x->dir = directory(&x->a, path);
	x->out = mn_out_open(path, 0644, err);
	/* A part larger than 4 GiB needs ZIP64; MN_XLSX_PART keeps all of them below. */
	lxw_workbook_options w = {.constant_memory = o->stream,
	    .tmpdir = mn_arena_cstr(&x->a, mn_str_c(x->dir))};
	x->wb = x->out ? workbook_new_opt(mn_out_tmp(x->out), &w) : NULL;
	if (!x->wb) {
		if (x->out)
			mn_fail(err, MN_E_NOMEM, "%s", path);
		mn_xlsxw_abort(x);
		return NULL;
	}
	describe(x);
	make_formats(x);
	return x;
}

/* ---- sheets ---- */

/* The newest list of words has one, a range: without quotes it is a formula. (The call
 * that takes a formula forgets one of the two copies it makes, up to 1.1.4.) */
static void
unquote(lxw_worksheet *ws)
{
	lxw_data_val_obj *v = NULL, *each;
	STAILQ_FOREACH(each, ws->data_validations, list_pointers)
	v = each;
	size_t n = v ? strlen(v->value_formula) : 0;
	if (n < 2)
		return;
	memmove(v->value_formula, v->value_formula + 1, n - 2);
	v->value_formula[n - 2] = 0;
}

static void
drop_down(struct mn_xlsxw *x, lxw_worksheet *ws, uint32_t col, const struct mn_column *c)
{
	char *list[64] = {NULL};
	size_t n = 0;
	lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST,
	    .value_list = list,
	    .ignore_blank = LXW_VALIDATION_ON,
	    .show_input = LXW_VALIDATION_OFF,
	    .show_error = LXW_VALIDATION_ON,
	    .dropdown = LXW_VALIDATION_ON,
	    .error_type = c->strict ? LXW_VALIDATION_ERROR_TYPE_STOP
				    : LXW_VALIDATION_ERROR_TYPE_WARNING,
	    .error_title = mn_arena_cstr(&x->a, MN_S("Not in the list")),
	    .error_message = mn_arena_cstr(&x->a,
		c->strict ? MN_S("Choose one of the list, or leave it empty.")
			  : MN_S("The list has the words that are read. Others may "
				 "not be understood."))};
	bool is_range = c->choices[0] == '=';
	for (struct mn_str rest = mn_str_c(c->choices + is_range);
	     rest.p && n + 1 < countof(list);)
		list[n++] = mn_arena_cstr(&x->a, mn_str_cut(&rest, '|'));
	lxw_error e = worksheet_data_validation_range(
	    ws, 1, (lxw_col_t)col, x->o.rows - 1, (lxw_col_t)col, &v);
	check(x, e);
	if (is_range && e == LXW_NO_ERROR)
		unquote(ws);
}

static void
remark(struct mn_xlsxw *x, lxw_worksheet *ws, uint32_t col, const char *note)
{
	size_t n = strlen(note);
	lxw_comment_options o = {.width = 300, .height = (uint16_t)(36 + n / 42 * 16)};
	check(x, worksheet_write_comment_opt(ws, 0, (lxw_col_t)col, note, &o));
}

/* Printed across, with the header on every page; what would be too small to read on one
 * page goes on to the right, with its first columns again. */
static void
page(struct mn_xlsxw *x, lxw_worksheet *ws, const struct mn_xlsxw_spec *spec)
{
	worksheet_set_landscape(ws);
	if (x->o.locked)
		worksheet_protect(ws, NULL, NULL);
	worksheet_set_paper(ws, 9); /* A4 */
	if (spec->plain)
		worksheet_gridlines(ws, LXW_HIDE_ALL_GRIDLINES);
	else
		check(x, worksheet_repeat_rows(ws, 0, 0));
	worksheet_fit_to_pages(ws, (uint16_t)(1 + mn_xlsxw_width(spec) / 220), 0);
	if (spec->frozen)
		check(x, worksheet_repeat_columns(ws, 0, (lxw_col_t)(spec->frozen - 1)));
}

static bool
numeric(unsigned style)
{
	return style == MN_ST_INT || style == MN_ST_Q16 || style == MN_ST_MONEY ||
	       style == MN_ST_PERCENT || style == MN_ST_DECIMAL;
}

static void
head(struct mn_xlsxw *x, lxw_worksheet *ws, const struct mn_xlsxw_spec *spec)
{
	check(x, worksheet_set_row(ws, 0, 30, NULL));
	for (uint32_t i = 0; i < spec->n_column; i++) {
		const struct mn_column *c = &spec->column[i];
		check(x, worksheet_write_string(ws, 0, (lxw_col_t)i,
			     c->head ? c->head : c->key,
			     x->format[numeric(c->style) ? MN_ST_HEAD_NUMBER : MN_ST_HEAD]
				      [0]));
		if (c->note)
			remark(x, ws, i, c->note);
		if (c->choices)
			drop_down(x, ws, i, c);
	}
	worksheet_freeze_panes(ws, 1, (lxw_col_t)spec->frozen);
}

/* The first part of a sheet, or the one after a full one. */
static void
begin(struct mn_xlsxw_sheet *s)
{
	struct mn_xlsxw *x = s->x;
	const struct mn_xlsxw_spec *spec = s->spec;
	const char *name =
	    s->n_part++ ? mn_arena_fmt(&x->a, "%s %u%c", spec->name, s->n_part, 0).p
			: spec->name;
	s->row = 0;
	s->bytes = 0;
	if (x->n_part == MAX_PARTS) {
		mn_fail(
		    &x->err, MN_E_DATA, "%s: more than %d sheets", x->path, MAX_PARTS);
		return;
	}
	s->part = &x->part[x->n_part];
	s->part->ws = workbook_add_worksheet(x->wb, name);
	if (!s->part->ws) {
		failed(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	x->n_part++;
	page(x, s->part->ws, spec);
	for (uint32_t i = 0; i < spec->n_column; i++) {
		/* What is typed into an empty cell has the column's format; colours stay
		 * with rows. */
		enum mn_style style = spec->column[i].style;
		style = style == MN_ST_FILL       ? MN_ST_ID
			: style == MN_ST_FILL_DAY ? MN_ST_DAY
						  : style;
		check(x, worksheet_set_column(s->part->ws, (lxw_col_t)i, (lxw_col_t)i,
			     spec->column[i].width, x->format[style][0]));
	}
	if (!spec->plain) {
		head(x, s->part->ws, spec);
		s->row = 1;
	}
}

struct mn_xlsxw_sheet *
mn_xlsxw_sheet(struct mn_xlsxw *x, const struct mn_xlsxw_spec *spec)
{
	struct mn_xlsxw_sheet *s = MN_NEW(&x->a, struct mn_xlsxw_sheet, 1);
	s->x = x;
	s->spec = spec;
	if (x->last)
		x->last->next = s;
	else
		x->first = s;
	x->last = s;
	if (x->err.code == MN_E_NONE)
		begin(s);
	return s;
}

/* ---- rows ---- */

static const char *
clean(struct mn_xlsxw *x, struct mn_str s)
{
	mn_xlsxw_clean(s, &x->text);
	return x->text.p;
}

/* The library keeps links in memory, and Excel takes 65,530 of a sheet. */
static lxw_error
link_cell(struct mn_xlsxw_sheet *s, lxw_col_t col, struct mn_str target)
{
	if (s->part->links >= 65000)
		return worksheet_write_string(s->part->ws, s->row, col,
		    clean(s->x, target), s->x->format[MN_ST_TEXT][0]);
	s->part->links++;
	return worksheet_write_url(
	    s->part->ws, s->row, col, clean(s->x, target), s->x->format[MN_ST_LINK][0]);
}

static lxw_error
text_cell(struct mn_xlsxw_sheet *s, lxw_col_t col, unsigned style, struct mn_str text)
{
	if (style == MN_ST_LINK)
		return link_cell(s, col, text);
	/* Of a number that is none: no format of numbers. */
	return worksheet_write_string(s->part->ws, s->row, col, clean(s->x, text),
	    format_of(s, numeric(style) ? MN_ST_TEXT : style, text));
}

static lxw_error
day_cell(struct mn_xlsxw_sheet *s, lxw_col_t col, unsigned style, int64_t day)
{
	char iso[11];
	if (day < FIRST_DAY)
		return text_cell(s, col, MN_ST_TEXT, mn_day_print((int32_t)day, iso));
	return worksheet_write_number(s->part->ws, s->row, col, (double)(day + EPOCH),
	    format_of(s, style, MN_STR_NONE));
}

/* Four decimals of a Q16, as every other output prints them. */
static int64_t
ten_thousandths(int64_t q16)
{
	int64_t v = 0;
	char room[32];
	mn_str_decimal(mn_fx_print(q16, 4, room), 4, &v);
	return v;
}

static lxw_error
cell(struct mn_xlsxw_sheet *s, lxw_col_t col, const struct mn_val *v)
{
	unsigned style = v->style ? v->style : s->spec->column[col].style;
	lxw_worksheet *ws = s->part->ws;
	lxw_format *f = format_of(s, style, MN_STR_NONE);
	switch ((enum mn_val_kind)v->kind) {
	case MN_VAL_NONE:
		if (style == MN_ST_FILL || style == MN_ST_FILL_DAY)
			return worksheet_write_blank(ws, s->row, col, f);
		return LXW_NO_ERROR;
	case MN_VAL_TEXT:
		return text_cell(s, col, style, v->text);
	case MN_VAL_INT:
		return worksheet_write_number(ws, s->row, col, (double)v->n, f);
	case MN_VAL_Q16:
		return worksheet_write_number(
		    ws, s->row, col, (double)ten_thousandths(v->n) / 10000.0, f);
	case MN_VAL_E4:
		return worksheet_write_number(ws, s->row, col, (double)v->n / 10000.0, f);
	case MN_VAL_DAY:
		return day_cell(s, col, style, v->n);
	}
	return LXW_NO_ERROR;
}

/* Programs do not measure rows by themselves when they open the file; of long texts they
 * show the beginning. */
static void
set_height(struct mn_xlsxw_sheet *s, uint32_t lines, uint32_t most, uint32_t points)
{
	lines = lines > most ? most : lines;
	if (lines > 1 || points != LINE)
		check(s->x, worksheet_set_row(
				s->part->ws, s->row, (double)(points * lines), NULL));
}

/* A sentence over the width of the page. */
static void
lead(struct mn_xlsxw_sheet *s, const struct mn_val *v)
{
	set_height(s, mn_xlsxw_text_lines(v->text, mn_xlsxw_width(s->spec)), 20, LINE);
	check(s->x, worksheet_merge_range(s->part->ws, s->row, 0, s->row,
			(lxw_col_t)(s->spec->n_column - 1), clean(s->x, v->text),
			s->x->format[MN_ST_LEAD][0]));
}

static void
cells(struct mn_xlsxw_sheet *s, const struct mn_val *v, uint32_t n)
{
	bool title = n == 1 && v->style == MN_ST_TITLE;
	set_height(s, title ? 1 : mn_xlsxw_lines(s->spec, v, n), 6, title ? 26 : LINE);
	for (uint32_t i = 0; i < n && i < s->spec->n_column; i++) {
		check(s->x, cell(s, (lxw_col_t)i, &v[i]));
		s->bytes += v[i].text.n + 64;
	}
}

void
mn_xlsxw_row(struct mn_xlsxw_sheet *s, const struct mn_val *v, uint32_t n)
{
	struct mn_xlsxw *x = s->x;
	if (x->err.code == MN_E_NONE && (s->row == x->o.rows || s->bytes >= MN_XLSX_PART))
		begin(s);
	if (x->err.code != MN_E_NONE)
		return;
	if (n == 1 && v->style == MN_ST_LEAD)
		lead(s, v);
	else
		cells(s, v, n);
	s->row++;
}

/* ---- the end ---- */

/* The rows of a sheet are in a file of the library's by now; it is asked for errors that
 * the library ignores. */
static uint64_t
flushed(struct mn_xlsxw *x, lxw_worksheet *ws)
{
	if (!x->o.stream)
		return UINT64_MAX;
	lxw_worksheet_write_single_row(ws);
	errno = 0;
	if (fflush(ws->optimize_tmpfile) != 0 || ferror(ws->optimize_tmpfile)) {
		failed(x, LXW_ERROR_CREATING_TMPFILE);
		return UINT64_MAX;
	}
	return (uint64_t)ftello(ws->optimize_tmpfile);
}

static void
finish_sheets(struct mn_xlsxw *x, struct mn_xlsxw_part *part)
{
	for (uint32_t i = 0; i < x->n_part; i++)
		part[i].data_bytes = flushed(x, x->part[i].ws);
	for (struct mn_xlsxw_sheet *s = x->first; s; s = s->next)
		for (uint32_t i = 0; !s->spec->plain && i < x->n_part; i++) {
			lxw_worksheet *ws = x->part[i].ws;
			struct mn_str name = mn_str_c(ws->name),
				      own = mn_str_c(s->spec->name);
			bool mine = mn_str_starts(name, own) &&
				    (name.n == own.n || name.p[own.n] == ' ');
			uint32_t last =
			    &x->part[i] == s->part ? s->row - 1 : x->o.rows - 1;
			if (mine)
				check(x, worksheet_autofilter(ws, 0, 0, last,
					     (lxw_col_t)(s->spec->n_column - 1)));
		}
}

bool
mn_xlsxw_commit(struct mn_xlsxw *x, struct mn_err *err)
{
	struct mn_xlsxw_part *part = MN_NEW(&x->a, struct mn_xlsxw_part, x->n_part);
	if (x->err.code == MN_E_NONE)
		finish_sheets(x, part);
	if (x->err.code == MN_E_NONE) {
		errno = 0;
		lxw_workbook *wb = x->wb;
		x->wb = NULL;
		check(x, workbook_close(wb));
	}
	if (x->err.code == MN_E_NONE)
		mn_xlsxw_check(mn_out_tmp(x->out), x->path, part, x->n_part, &x->err);
	if (x->err.code != MN_E_NONE) {
		if (err)
			*err = x->err;
		mn_xlsxw_abort(x);
		return false;
	}
	bool good = mn_out_commit(x->out, !x->o.keep_synced, NULL, err);
	x->out = NULL;
	mn_xlsxw_abort(x);
	return good;
}

void
mn_xlsxw_abort(struct mn_xlsxw *x)
{
	if (!x)
		return;
	/* The library closes these files only when it writes the workbook. */
	for (uint32_t i = 0; x->wb && x->o.stream && i < x->n_part; i++)
		fclose(x->part[i].ws->optimize_tmpfile);
	if (x->wb)
		lxw_workbook_free(x->wb);
	mn_out_abort(x->out);
	mn_buf_free(&x->text);
	mn_arena_free(x->root);
	mn_handle_free(x);
}

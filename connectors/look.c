/*
 * Deciding by column. Single cells cannot tell whether 05/04/2024 is in April or May,
 * whether NA is Namibia, or whether 45321 is a day; their column can. A bounded number of
 * rows is read ahead without counting them, and reading then starts again.
 */
#include "manumit/base/limits.h"

#include "format.h"
#include "number.h"

struct column_look {
	uint32_t n, dmy, mdy, either, sure, serial, packed; /* of dates */
	uint32_t codes, names, na;                          /* of countries */
	uint32_t point, comma, point_either;                /* of numbers */
	uint32_t country_like; /* of a column without a meaning */
	bool mute;
};

static bool
is_date(const struct mn_input_column *c)
{
	return c->n_field && !c->drop && mn_field_def(c->field[0])->type == MN_T_DATE;
}

static bool
is_country(const struct mn_input_column *c)
{
	return c->n_field && !c->drop && mn_field_def(c->field[0])->type == MN_T_COUNTRY;
}

/* Places on the map have decimals, and three of them say nothing. */
static bool
is_number(const struct mn_input *in, const struct mn_input_column *c)
{
	enum mn_field f = c->n_field && !c->drop ? c->field[0] : MN_F_NONE;
	return !in->source && f != MN_F_NONE && f != MN_F_LAT && f != MN_F_LNG &&
	       mn_field_def(f)->type == MN_T_NUMBER;
}

/* A header that says nothing: then values may speak. */
static bool
is_mute(const struct mn_input *in, uint32_t i)
{
	static const struct mn_str MUTE[] = {MN_S("code"), MN_S("iso"), MN_S("iso2"),
	    MN_S("iso3"), MN_S("cc"), MN_S("iso_code"), MN_S("iso2_code"),
	    MN_S("iso3_code"), MN_S("ctry")};
	const struct mn_input_column *c = &in->column[i];
	bool mute = mn_str_starts(in->info.header[i], MN_S("(column "));
	for (size_t k = 0; k < countof(MUTE); k++)
		mute = mute || mn_str_eq(in->folded[i], MUTE[k]);
	return mute && !in->source && c->n_field == 0 && !c->drop;
}

/* ---- counting ---- */

static void
see_date(struct column_look *l, struct mn_str s)
{
	switch (mn_cell_date_shape(s)) {
	case MN_SHAPE_SURE:
		l->sure++;
		break;
	case MN_SHAPE_DMY:
		l->dmy++;
		break;
	case MN_SHAPE_MDY:
		l->mdy++;
		break;
	case MN_SHAPE_EITHER:
		l->either++;
		break;
	case MN_SHAPE_SERIAL:
		l->serial++;
		break;
	case MN_SHAPE_PACKED:
		l->packed++;
		break;
	case MN_SHAPE_NONE:
		break;
	}
}

static void
see_country(struct mn_input *in, uint32_t column, struct column_look *l, struct mn_str s)
{
	if (mn_str_eq_ascii(s, MN_S("na")))
		l->na++;
	else if (mn_input_country(in, column, s).n == 0)
		return;
	else if (s.n <= 3)
		l->codes++;
	else
		l->names++;
}

static void
see_number(struct mn_input *in, struct column_look *l, struct mn_str s)
{
	struct mn_number n;
	mn_number_read(s, false, &in->row, &n);
	if (n.text.n == 0)
		mn_number_read(s, true, &in->row, &n);
	enum mn_marks m = mn_number_marks(n.digits);
	l->point += m == MN_MARKS_POINT;
	l->comma += m == MN_MARKS_COMMA;
	l->point_either += m == MN_MARKS_POINT_EITHER;
}

static void
see_row(struct mn_input *in, struct column_look *look, const struct mn_csv_row *row)
{
	for (uint32_t i = 0; i < row->n && i < in->n_column; i++) {
		const struct mn_input_column *c = &in->column[i];
		struct mn_str s = mn_str_trim(row->cell[i]);
		if (s.n == 0 || (c->n_field && mn_cell_null(c->field[0], s)))
			continue;
		look[i].n++;
		if (is_date(c))
			see_date(&look[i], s);
		else if (is_country(c))
			see_country(in, i, &look[i], s);
		else if (is_number(in, c) && !(in->numeric && in->numeric[i]))
			see_number(in, &look[i], s);
		else if (look[i].mute && s.n <= 64)
			look[i].country_like +=
			    s.n > 1 && mn_country_find(in->rules.countries, s).n > 0;
	}
}

/* ---- deciding ---- */

/* One order is decided when some dates allow only it and (nearly) none only the other:
 * one in a hundred is a slip of the pen. */
static enum mn_date_order
order_of(const struct column_look *l)
{
	uint32_t numeric = l->dmy + l->mdy + l->either;
	if (l->dmy > 100 * l->mdy && l->dmy * 10 >= numeric)
		return MN_ORDER_DMY;
	if (l->mdy > 100 * l->dmy && l->mdy * 10 >= numeric)
		return MN_ORDER_MDY;
	return MN_ORDER_UNKNOWN;
}

static const char *
seen(struct mn_input *in, const char *what, uint32_t n, const struct column_look *l,
    bool all)
{
	return mn_arena_fmt(in->arena, "%s, by %u of %u values%s%c", what, n, l->n,
	    all ? "" : " of the rows looked at", 0)
	    .p;
}

static void
decide_dates(struct mn_input *in, uint32_t i, const struct column_look *l, bool all)
{
	struct mn_input_column *c = &in->column[i];
	const char *how = NULL;
	if (c->rules.order == MN_ORDER_UNKNOWN && l->either + l->dmy + l->mdy) {
		c->rules.order = order_of(l);
		if (c->rules.order == MN_ORDER_DMY)
			how = seen(in, "day before month", l->dmy, l, all);
		else if (c->rules.order == MN_ORDER_MDY)
			how = seen(in, "month before day", l->mdy, l, all);
		else if (l->either)
			mn_input_remark(in, 0, MN_E_COLUMN_DATES_EITHER,
			    in->info.header[i], MN_STR_NONE,
			    seen(in, "either way round", l->either, l, all));
	}
	if (how)
		mn_input_remark(
		    in, 0, MN_E_COLUMN_DATES, in->info.header[i], MN_STR_NONE, how);
	uint32_t dates = l->sure + l->dmy + l->mdy + l->either + l->serial;
	if (l->packed * 4 >= l->n * 3 && l->packed && dates == 0) {
		c->rules.order = MN_ORDER_YMD;
		mn_input_remark(in, 0, MN_E_COLUMN_DATES, in->info.header[i], MN_STR_NONE,
		    seen(in, "year, month and day in eight digits", l->packed, l, all));
	}
	if (l->serial && dates * 4 >= l->n * 3) {
		c->rules.serial = true;
		mn_input_remark(in, 0, MN_E_COLUMN_DATES, in->info.header[i], MN_STR_NONE,
		    seen(in, "Excel day numbers", l->serial, l, all));
	}
}

/* One in a hundred is a slip of the pen, as with dates. */
static void
decide_numbers(struct mn_input *in, uint32_t i, const struct column_look *l, bool all)
{
	struct mn_cell_rules *r = &in->column[i].rules;
	if (r->decimal_comma || l->point_either == 0)
		return;
	if (l->comma > 100 * l->point) {
		r->decimal_comma = true;
		mn_input_remark(in, 0, MN_E_COLUMN_DECIMAL, in->info.header[i],
		    MN_STR_NONE, seen(in, "a comma before decimals", l->comma, l, all));
	} else if (l->point <= 100 * l->comma) {
		r->point_either = true;
		mn_input_remark(in, 0, MN_E_COLUMN_DECIMAL_EITHER, in->info.header[i],
		    MN_STR_NONE, seen(in, "either way round", l->point_either, l, all));
	}
}

/* Namibia stands among codes; among names NA is "not available". */
static void
decide_na(struct mn_input *in, uint32_t i, const struct column_look *l)
{
	struct mn_input_column *c = &in->column[i];
	if (l->na == 0)
		return;
	c->rules.na_null = l->names > l->codes;
	mn_input_remark(in, 0, MN_E_COLUMN_NA, in->info.header[i], MN_STR_NONE,
	    c->rules.na_null ? "as not available: the column has names of countries"
			     : "as Namibia: the column has codes of countries");
}

static bool
has_field(const struct mn_input *in, enum mn_field f)
{
	for (uint32_t i = 0; i < in->n_column; i++)
		for (uint32_t k = 0; k < in->column[i].n_field; k++)
			if (in->column[i].field[k] == f)
				return true;
	return false;
}

static void
decide_mute(struct mn_input *in, const struct column_look *look)
{
	uint32_t found = UINT32_MAX;
	if (in->source || !mn_field_in(MN_F_COUNTRY, in->info.kind) ||
	    has_field(in, MN_F_COUNTRY))
		return;
	for (uint32_t i = 0; i < in->n_column; i++) {
		const struct column_look *l = &look[i];
		if (!l->mute || l->n < 5 || l->country_like * 10 < l->n * 9)
			continue;
		/* Two such columns: neither. */
		if (found != UINT32_MAX)
			return;
		found = i;
	}
	if (found == UINT32_MAX)
		return;
	struct mn_input_column *c = &in->column[found];
	c->field[c->n_field++] = MN_F_COUNTRY;
	c->trust = MN_TRUST_GUESS;
	c->reason = "values look like countries";
	((struct mn_str *)(uintptr_t)in->info.field_column)[MN_F_COUNTRY] =
	    in->info.header[found];
	mn_input_remark(in, 0, MN_E_COLUMN_GUESSED, in->info.header[found], MN_STR_NONE,
	    "its values are countries");
}

/* ---- reading ahead ---- */

static bool
needs_look(const struct mn_input *in)
{
	for (uint32_t i = 0; i < in->n_column; i++)
		if (is_date(&in->column[i]) || is_country(&in->column[i]) ||
		    is_number(in, &in->column[i]) || is_mute(in, i))
			return true;
	return false;
}

static bool
read_ahead(struct mn_input *in, struct column_look *look, bool *all, struct mn_err *err)
{
	struct mn_csv_row row;
	uint32_t rows = 0;
	int more = 1;
	uint32_t most = in->format->binary ? MN_LOOK_SHEET_ROWS : MN_LOOK_ROWS;
	while (rows < most && in->stream.consumed < in->begin + MN_LOOK_BYTES &&
	       (more = in->format->record(in, &row, err)) == 1) {
		see_row(in, look, &row);
		mn_input_see_table(in, &row);
		rows++;
	}
	*all = more == 0;
	return more >= 0 && in->format->again(in, err);
}

bool
mn_input_look(struct mn_input *in, struct mn_err *err)
{
	struct mn_diag mute = {.emit = NULL}, *diag = in->diag;
	struct mn_input_info counts = in->info;
	uint64_t n_open = in->n_open;
	bool all;
	if (!in->format->again || !needs_look(in))
		return true;
	struct column_look *look = MN_NEW(in->arena, struct column_look, in->n_column);
	for (uint32_t i = 0; i < in->n_column; i++)
		look[i].mute = is_mute(in, i);
	in->diag = &mute;
	bool good = read_ahead(in, look, &all, err);
	in->diag = diag;
	in->info = counts;
	in->n_open = n_open;
	if (!good)
		return false;
	for (uint32_t i = 0; i < in->n_column; i++) {
		if (is_date(&in->column[i]))
			decide_dates(in, i, &look[i], all);
		else if (is_country(&in->column[i]))
			decide_na(in, i, &look[i]);
		else if (is_number(in, &in->column[i]))
			decide_numbers(in, i, &look[i], all);
	}
	decide_mute(in, look);
	return true;
}

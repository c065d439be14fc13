/*
 * Rows that name several entities: each organisation becomes a record of its own, which
 * shares everything else with the row. Names of a subsidiary or a scope such as "and its
 * subsidiaries" are told in the reason, because the list means more than it names.
 */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "input_impl.h"
#include "multi.h"

_Static_assert(MN_MAX_NAMED <= MN_RID_PARTS, "a record number fits its position");

static void
merge(struct mn_input *in, struct mn_str *list, struct mn_str more)
{
	struct mn_multi m = mn_multi_split(more, &in->row);
	struct mn_buf b = mn_buf_new((size_t)1 << 17);
	mn_buf_add(&b, *list);
	for (uint32_t i = 0; i < m.n; i++)
		mn_multi_add(&b, m.item[i]);
	*list = mn_arena_str(&in->row, mn_buf_str(&b));
	mn_buf_free(&b);
}

static void
add_reason(
    struct mn_input *in, struct mn_record *rec, const char *what, struct mn_str text)
{
	struct mn_str had = rec->v[MN_F_REASON];
	rec->v[MN_F_REASON] = mn_arena_fmt(&in->row, "%.*s%s%s: %.*s", MN_FMT(had),
	    had.n ? "; " : "", what, MN_FMT(text));
}

/* "Nagoya, Japan": the country is the last part, when it is one. */
static void
set_place(struct mn_input *in, struct mn_record *rec, struct mn_str place)
{
	struct mn_str last = place, code;
	for (struct mn_str rest = place; rest.p;)
		last = mn_str_trim(mn_str_cut(&rest, ','));
	rec->v[MN_F_ADDRESS] = place;
	code = mn_country_find(in->rules.countries, last);
	if (code.n)
		rec->v[MN_F_COUNTRY] = code;
}

static void
fill(struct mn_input *in, const struct mn_named *e, struct mn_record *rec)
{
	*rec = in->common;
	rec->v[MN_F_NAME] = mn_utf8_cut(e->name, MN_MAX_NAME);
	merge(in, &rec->v[MN_F_ALIASES], e->aliases);
	merge(in, &rec->v[MN_F_FORMER_NAMES], e->former);
	merge(in, &rec->v[MN_F_WEAK_ALIASES], e->weak);
	if (e->place.n)
		set_place(in, rec, e->place);
	if (e->of.n)
		add_reason(in, rec, "named in the entry as a subsidiary of", e->of);
	if (e->scope.n)
		add_reason(in, rec, "the entry goes beyond this name", e->scope);
}

bool
mn_input_more(struct mn_input *in, struct mn_record *rec)
{
	while (in->at_name < in->names.n) {
		const struct mn_named *e = &in->names.e[in->at_name++];
		if (e->kind != MN_NAMED_ORGANISATION)
			continue;
		fill(in, e, rec);
		return true;
	}
	return mn_input_more_rates(in, rec); /* a row has either */
}

static uint32_t
names_column(const struct mn_input *in)
{
	uint32_t i = 0;
	while (i < in->n_column && !in->column[i].names)
		i++;
	return i;
}

bool
mn_input_entities(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	static const enum mn_code CODE[] = {MN_E_NONE, MN_E_ROW_KIND, MN_E_ROW_GOODS};
	uint32_t column = names_column(in);
	if (column >= row->n || column == in->n_column || !in->source->grammar)
		return true;
	in->names = mn_names_cut(in->source->grammar, row->cell[column], &in->row);
	if (in->names.cut)
		mn_input_note(in, MN_E_CELL_LONG, column, row->cell[column], NULL);
	for (uint32_t i = 0; i < in->names.n; i++)
		if (CODE[in->names.e[i].kind])
			mn_input_note(in, CODE[in->names.e[i].kind], column,
			    in->names.e[i].name, NULL);
	in->common = *rec;
	return in->names.n == 0 || mn_input_more(in, rec);
}

/* Violation codes of an inspection that stand in other columns than one of codes: amounts
 * above a limit, words of a publisher, paragraphs of a regulation. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "input_impl.h"

/* ---- the key "derive" of a source ---- */

static bool
read_words(struct mn_arena *a, const struct mn_json *v, struct mn_map_derive *d)
{
	size_t n = mn_json_count(v);
	struct mn_map_pair *word = MN_NEW(a, struct mn_map_pair, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct mn_str key, code;
		if (!mn_json_str(mn_json_member(v, i, &key), &code))
			return false;
		word[i] = (struct mn_map_pair){
		    MN_F_VIOLATION, mn_map_fold(a, key), mn_arena_str(a, code)};
	}
	d->word = word;
	d->n_word = (uint32_t)n;
	return n > 0;
}

static bool
read_one(struct mn_arena *a, const struct mn_json *row, struct mn_map_derive *d)
{
	struct mn_str column, text;
	int64_t above = 0;
	const struct mn_json *values = mn_json_get(row, "values");
	if (!mn_json_str(mn_json_get(row, "column"), &column))
		return false;
	*d = (struct mn_map_derive){.header = mn_map_fold(a, column)};
	if (values)
		return read_words(a, values, d);
	if (mn_json_str(mn_json_get(row, "as"), &text)) {
		d->as = mn_arena_str(a, text);
		return text.n > 0;
	}
	if (!mn_json_str(mn_json_get(row, "violation"), &text) ||
	    !mn_json_q16(mn_json_get(row, "gt"), &above))
		return false;
	d->violation = mn_arena_str(a, text);
	d->above_e4 = above * 10000 / MN_FX_ONE;
	return true;
}

bool
mn_map_read_derive(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err)
{
	size_t n = mn_json_count(v);
	struct mn_map_derive *d = MN_NEW(a, struct mn_map_derive, n + 1);
	for (size_t i = 0; i < n; i++)
		if (!read_one(a, mn_json_at(v, i), &d[i]))
			return mn_fail(err, MN_E_PACK_TYPE,
			    "%s: derive: a list of {column, gt, violation}, {column, "
			    "values} or {column, as} is wanted",
			    file);
	s->derive = d;
	s->n_derive = (uint32_t)n;
	return true;
}

/* ---- rows ---- */

static void
add(struct mn_input *in, struct mn_str *codes, struct mn_str code)
{
	if (code.n && codes->n + code.n < MN_MAX_CELL)
		*codes = mn_arena_fmt(&in->row, "%.*s%s%.*s", MN_FMT(*codes),
		    codes->n ? ";" : "", MN_FMT(code));
}

/* A cell may hold several words, ';' between. */
static void
by_words(struct mn_input *in, const struct mn_map_derive *d, struct mn_str cell,
    struct mn_str *codes)
{
	for (struct mn_str rest = cell; rest.p && rest.n;) {
		struct mn_str part = mn_str_trim(mn_str_cut(&rest, ';'));
		struct mn_str folded = mn_map_fold(&in->row, part), code = MN_STR_NONE;
		bool named = false;
		for (uint32_t i = 0; part.n && i < d->n_word && !named; i++) {
			named = d->word[i].from.n && mn_str_eq(d->word[i].from, folded);
			if (named || d->word[i].from.n == 0)
				code = d->word[i].to;
		}
		add(in, codes, code);
	}
}

/* "19100142 B03" is 19100142B03: blanks in it mean nothing. */
static void
itself(struct mn_input *in, const struct mn_map_derive *d, struct mn_str cell,
    struct mn_str *codes)
{
	char room[MN_MAX_VIOLATION];
	size_t n = 0;
	for (size_t i = 0; i < cell.n && n + d->as.n < sizeof room; i++) {
		char c = cell.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			room[n++] = c;
	}
	if (n)
		add(in, codes,
		    mn_arena_fmt(&in->row, "%.*s%.*s", MN_FMT(d->as), (int)n, room));
}

static bool
by_amount(struct mn_input *in, const struct mn_map_derive *d, struct mn_str cell,
    struct mn_str *codes)
{
	int64_t v;
	struct mn_cell c = mn_cell_read(MN_F_PENALTY, cell, &in->rules, &in->row);
	if (!mn_str_decimal(c.out, 4, &v) || v <= d->above_e4)
		return false;
	add(in, codes, d->violation);
	return true;
}

void
mn_input_derive(struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	const struct mn_map_source *s = in->source;
	struct mn_str codes = rec->v[MN_F_VIOLATION];
	bool found = false; /* an amount; words may be of what is only alleged */
	for (uint32_t i = 0; i < s->n_derive; i++) {
		const struct mn_map_derive *d = &s->derive[i];
		int column = in->derive_column[i];
		if (column < 0 || (uint32_t)column >= row->n)
			continue;
		struct mn_str cell = mn_str_trim(row->cell[column]);
		if (d->n_word)
			by_words(in, d, cell, &codes);
		else if (d->as.n)
			itself(in, d, cell, &codes);
		else
			found = by_amount(in, d, cell, &codes) || found;
	}
	rec->v[MN_F_VIOLATION] = codes;
	if (found && rec->v[MN_F_OUTCOME].n == 0)
		rec->v[MN_F_OUTCOME] = MN_S("violation");
	else if (s->derive_none && codes.n == 0 && rec->v[MN_F_OUTCOME].n == 0)
		rec->v[MN_F_OUTCOME] = MN_S("none");
}

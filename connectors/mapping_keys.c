/* Keys of a source about rows and files as a whole: what an empty cell looks like, which
 * cells a row must have, and files that have no header. */
#include "mapping_impl.h"

#define SHAPE_ROWS 3 /* records without which a shape is no proof */

static bool
want(struct mn_err *err, const char *file, const char *where, const char *type)
{
	return mn_fail(err, MN_E_PACK_TYPE, "%s: %s: %s is wanted", file, where, type);
}

static struct mn_str *
texts(struct mn_arena *a, const struct mn_json *v, bool folded, uint32_t *n)
{
	size_t count = mn_json_count(v);
	struct mn_str *list = MN_NEW(a, struct mn_str, count + 1), s;
	for (size_t i = 0; i < count; i++) {
		if (!mn_json_str(mn_json_at(v, i), &s))
			return NULL;
		list[i] = folded ? mn_map_fold(a, s) : mn_arena_str(a, s);
	}
	*n = (uint32_t)count;
	return list;
}

bool
mn_map_read_nulls(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err)
{
	s->null = texts(a, v, false, &s->n_null);
	return s->null || want(err, file, "nulls", "a list of texts");
}

bool
mn_map_read_carry(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err)
{
	s->carry = texts(a, v, true, &s->n_carry);
	return (s->carry && s->n_carry <= MN_MAX_CARRY) ||
	       want(err, file, "carry", "a list of at most 8 header cells");
}
_Static_assert(MN_MAX_CARRY == 8, "a message above names the number");

bool
mn_map_read_name_address(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err)
{
	struct mn_str column;
	s->form = texts(a, mn_json_get(v, "forms"), true, &s->n_form);
	if (!s->form || !mn_json_str(mn_json_get(v, "column"), &column))
		return want(err, file, "name_address", "{column, forms}");
	s->named_column = mn_map_fold(a, column);
	return true;
}

bool
mn_map_read_years(const char *file, const struct mn_json *v, struct mn_map_source *s,
    struct mn_err *err)
{
	int64_t year;
	if (!mn_json_int(v, &year) || year < 1900 || year > 2100)
		return want(err, file, "years_from", "a year 1900 to 2100");
	s->rules.years_from = (int)year;
	return true;
}

/* A column of the source by its folded header, or NULL. `columns` is read before. */
static struct mn_map_column *
column_of(struct mn_map_source *s, struct mn_str folded)
{
	for (uint32_t i = 0; i < s->n_column; i++)
		if (mn_str_eq(s->column[i].header, folded))
			return &((struct mn_map_column *)(uintptr_t)s->column)[i];
	return NULL;
}

bool
mn_map_read_required(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err)
{
	uint32_t n;
	const struct mn_str *list = texts(a, v, true, &n);
	if (!list)
		return want(err, file, "required", "a list of header cells");
	for (uint32_t i = 0; i < n; i++) {
		struct mn_map_column *c = column_of(s, list[i]);
		if (!c)
			return mn_fail(err, MN_E_PACK_REF,
			    "%s: required: \"columns\" has no \"%.*s\"", file,
			    MN_FMT(list[i]));
		c->required = true;
	}
	return true;
}

static bool
read_shape(struct mn_arena *a, const char *file, const struct mn_json *map,
    struct mn_map_headless *h, struct mn_err *err)
{
	static const char WANTED[] = "a map of columns to \"digits\" or a list of values";
	size_t n = mn_json_count(map);
	struct mn_map_shape *shape = MN_NEW(a, struct mn_map_shape, n + 1);
	struct mn_str key, rule;
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *v = mn_json_member(map, i, &key);
		uint32_t at = 0;
		while (at < h->n_cell && !mn_str_eq(h->cell[at], key))
			at++;
		if (at == h->n_cell)
			return mn_fail(err, MN_E_PACK_REF,
			    "%s: no_header: no column \"%.*s\"", file, MN_FMT(key));
		shape[i].column = at;
		if (mn_json_type(v) == MN_JSON_LIST)
			shape[i].value = texts(a, v, true, &shape[i].n);
		else if (!mn_json_str(v, &rule) || !mn_str_eq(rule, MN_S("digits")))
			return want(err, file, "no_header.shape", WANTED);
		if (mn_json_type(v) == MN_JSON_LIST && shape[i].n == 0)
			return want(err, file, "no_header.shape", WANTED);
	}
	h->shape = shape;
	h->n_shape = (uint32_t)n;
	return n > 0 || want(err, file, "no_header.shape", WANTED);
}

bool
mn_map_read_headless(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_source *s, struct mn_err *err)
{
	struct mn_map_headless *h = &s->headless;
	h->cell = texts(a, mn_json_get(v, "columns"), false, &h->n_cell);
	if (!h->cell || h->n_cell == 0)
		return want(err, file, "no_header.columns", "a list of texts");
	return read_shape(a, file, mn_json_get(v, "shape"), h, err);
}

static bool
among(const struct mn_map_shape *h, struct mn_str s, struct mn_arena *a)
{
	struct mn_str folded = mn_map_fold(a, s);
	for (uint32_t i = 0; i < h->n; i++)
		if (mn_str_eq(h->value[i], folded))
			return true;
	return false;
}

static bool
fits(const struct mn_map_headless *h, const struct mn_csv_row *row, struct mn_arena *a)
{
	if (row->n != h->n_cell)
		return false;
	for (uint32_t i = 0; i < h->n_shape; i++) {
		uint64_t n;
		struct mn_str s = mn_str_trim(row->cell[h->shape[i].column]);
		if (h->shape[i].n ? !among(&h->shape[i], s, a) : !mn_str_u64(s, &n))
			return false;
	}
	return true;
}

const struct mn_map_source *
mn_map_headless_find(const struct mn_mappings *m, enum mn_kind kind,
    const struct mn_csv_row *row, uint32_t n, struct mn_arena *a)
{
	for (uint32_t i = 0; i < m->n_source; i++) {
		const struct mn_map_source *s = &m->source[i];
		uint32_t good = 0;
		if (s->headless.n_cell == 0 || (kind != MN_K_COUNT && s->kind != kind))
			continue;
		while (good < n && fits(&s->headless, &row[good], a))
			good++;
		/* The last record peeked at may be Ctrl-Z or be cut off. */
		if (good + 1 >= n && good >= SHAPE_ROWS)
			return s;
	}
	return NULL;
}

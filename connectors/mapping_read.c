/* One source file: JSON to struct mn_map_source, every mistake named. */
#include "manumit/base/file.h"
#include "manumit/base/fx.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

#include "mapping_impl.h"

struct reading {
	struct mn_arena *a;
	const char *file;
	struct mn_map_source *s;
	struct mn_err *err;
};

static bool
want(struct reading *x, const char *where, const char *type)
{
	return mn_fail(
	    x->err, MN_E_PACK_TYPE, "%s: %s: %s is wanted", x->file, where, type);
}

static bool
field_of(struct reading *x, const char *where, struct mn_str name, enum mn_field *out)
{
	struct mn_str names[MN_F_COUNT];
	uint32_t n = 0;
	*out = mn_field_by_name(name);
	if (*out != MN_F_NONE && mn_field_in(*out, x->s->kind))
		return true;
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (mn_field_in((enum mn_field)f, x->s->kind))
			names[n++] = mn_str_c(mn_field_def((enum mn_field)f)->name);
	int at = mn_str_nearest(name, names, n);
	return mn_fail(x->err, MN_E_PACK_REF, "%s: %s: %s have no field \"%.*s\"%s%.*s",
	    x->file, where, mn_kind_name(x->s->kind), MN_FMT(name),
	    at < 0 ? "" : "; the nearest is ", at < 0 ? 0 : (int)names[at].n,
	    at < 0 ? "" : names[at].p);
}

static struct mn_str
copy(struct reading *x, struct mn_str s)
{
	return mn_arena_str(x->a, s);
}

/* ---- one function per key; v is never NULL ---- */

static bool
read_kind(struct reading *x, const struct mn_json *v)
{
	struct mn_str s;
	return (mn_json_str(v, &s) && mn_kind_by_name(s, &x->s->kind)) ||
	       want(x, "kind",
		   "suppliers, fees, inspections, findings, watchlist, tenders or "
		   "reference");
}

/* A list of texts, folded. */
static bool
read_folded(struct reading *x, const char *where, const struct mn_json *v,
    const struct mn_str **out, uint32_t *n)
{
	size_t count = mn_json_count(v);
	struct mn_str *list = MN_NEW(x->a, struct mn_str, count), s;
	for (size_t i = 0; i < count; i++) {
		if (!mn_json_str(mn_json_at(v, i), &s))
			return want(x, where, "a list of texts");
		list[i] = mn_map_fold(x->a, s);
	}
	*out = list;
	*n = (uint32_t)count;
	return true;
}

static bool
read_match(struct reading *x, const struct mn_json *v)
{
	return read_folded(x, "match", v, &x->s->match, &x->s->n_match) &&
	       (x->s->n_match > 0 || want(x, "match", "a list of header cells"));
}

static bool
read_multi(struct reading *x, const struct mn_json *v)
{
	return read_folded(x, "lists", v, &x->s->list, &x->s->n_list);
}

static bool
read_attach(struct reading *x, const struct mn_json *v)
{
	size_t n = mn_json_count(v);
	struct mn_map_attach *a = MN_NEW(x->a, struct mn_map_attach, n);
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *row = mn_json_at(v, i);
		const struct {
			const char *key;
			struct mn_str *to;
			bool required;
		} PARTS[] = {{"column", &a[i].column, true}, {"value", &a[i].value, true},
		    {"by", &a[i].by, true}, {"to", &a[i].to, true},
		    {"as", &a[i].as, true}, {"from", &a[i].from, false},
		    {"until", &a[i].until, false}};
		for (size_t k = 0; k < countof(PARTS); k++) {
			struct mn_str s;
			if (mn_json_str(mn_json_get(row, PARTS[k].key), &s))
				*PARTS[k].to = copy(x, s);
			else if (PARTS[k].required)
				return want(
				    x, "attach", "a list of {column, value, by, to, as}");
		}
	}
	x->s->attach = a;
	x->s->n_attach = (uint32_t)n;
	return true;
}

static bool
read_ended_if(struct reading *x, const struct mn_json *v)
{
	struct mn_str column, on;
	if (!mn_json_str(mn_json_get(v, "column"), &column) ||
	    !mn_json_str(mn_json_get(v, "on"), &on))
		return want(x, "ended_if", "{column, values, on}");
	x->s->ended_column = mn_map_fold(x->a, column);
	x->s->ended_on = mn_map_fold(x->a, on);
	return read_folded(
	    x, "ended_if.values", mn_json_get(v, "values"), &x->s->ended, &x->s->n_ended);
}

static bool
read_names(struct reading *x, const struct mn_json *v)
{
	struct mn_str column, grammar;
	if (!mn_json_str(mn_json_get(v, "column"), &column) ||
	    !mn_json_str(mn_json_get(v, "grammar"), &grammar))
		return want(x, "names", "{\"column\": header cell, \"grammar\": name}");
	x->s->names_column = mn_map_fold(x->a, column);
	x->s->grammar_id = copy(x, grammar);
	return true;
}

static bool
read_row_only(struct reading *x, const struct mn_json *v)
{
	size_t n = mn_json_count(v);
	struct mn_map_only *o = MN_NEW(x->a, struct mn_map_only, n);
	struct mn_str key;
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *rule = mn_json_member(v, i, &key);
		if (!rule)
			return want(x, "row_only", "a map of header cells");
		o[i].header = mn_map_fold(x->a, key);
		if (!read_folded(x, "row_only.use", mn_json_get(rule, "use"), &o[i].use,
			&o[i].n_use) ||
		    !read_folded(x, "row_only.persons", mn_json_get(rule, "persons"),
			&o[i].person, &o[i].n_person))
			return false;
		if (o[i].n_use == 0)
			return want(x, "row_only", "a list \"use\" of values");
	}
	x->s->only = o;
	x->s->n_only = (uint32_t)n;
	return true;
}

static bool
read_delimiter(struct reading *x, const struct mn_json *v)
{
	struct mn_str s;
	if (!mn_json_str(v, &s) || s.n != 1 || !strchr(",;\t|", s.p[0]))
		return want(x, "delimiter", "one of , ; TAB |");
	x->s->delimiter = s.p[0];
	return true;
}

static bool
read_encoding(struct reading *x, const struct mn_json *v)
{
	struct mn_str s;
	const char *nearest = NULL;
	enum mn_encoding *e = MN_NEW(x->a, enum mn_encoding, 1);
	if (!mn_json_str(v, &s))
		return want(x, "encoding", "the name of an encoding");
	x->s->encoding = e;
	return mn_encoding_find(s, e, &nearest) ||
	       mn_fail(x->err, MN_E_PACK_REF, "%s: encoding: \"%.*s\" is not known%s%s",
		   x->file, MN_FMT(s), nearest ? "; the nearest is " : "",
		   nearest ? nearest : "");
}

static bool
read_date_order(struct reading *x, const struct mn_json *v)
{
	static const struct mn_str ORDERS[] = {
	    MN_S(""), MN_S("ymd"), MN_S("dmy"), MN_S("mdy")};
	struct mn_str s;
	for (unsigned i = 1; mn_json_str(v, &s) && i < countof(ORDERS); i++)
		if (mn_str_eq(s, ORDERS[i])) {
			x->s->rules.order = (enum mn_date_order)i;
			return true;
		}
	return want(x, "date_order", "ymd, dmy or mdy");
}

static bool
read_decimal(struct reading *x, const struct mn_json *v)
{
	struct mn_str s;
	if (!mn_json_str(v, &s) || s.n != 1 || !strchr(".,", s.p[0]))
		return want(x, "decimal", "\".\" or \",\"");
	x->s->rules.decimal_comma = s.p[0] == ',';
	return true;
}

static bool
column_field(struct reading *x, struct mn_map_column *c, struct mn_str name)
{
	if (mn_str_eq(name, MN_S("-")))
		return true;
	if (mn_str_eq(name, MN_S("drop"))) {
		c->drop = true;
		return true;
	}
	if (c->n_field == MN_COLUMN_FIELDS)
		return want(x, "columns", "at most four fields a column");
	return field_of(x, "columns", name, &c->field[c->n_field++]);
}

static bool
read_columns(struct reading *x, const struct mn_json *v)
{
	size_t n = mn_json_count(v);
	struct mn_map_column *c = MN_NEW(x->a, struct mn_map_column, n);
	struct mn_str key, name;
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *to = mn_json_member(v, i, &key);
		c[i].name = copy(x, key);
		c[i].header = mn_map_fold(x->a, key);
		if (mn_json_str(to, &name)) {
			if (!column_field(x, &c[i], name))
				return false;
			continue;
		}
		if (mn_json_type(to) != MN_JSON_LIST)
			return want(x, "columns", "a field or a list of fields");
		for (size_t k = 0; k < mn_json_count(to); k++)
			if (!mn_json_str(mn_json_at(to, k), &name) ||
			    !column_field(x, &c[i], name))
				return x->err->code ? false
						    : want(x, "columns",
							  "a field or a list of fields");
	}
	x->s->column = c;
	x->s->n_column = (uint32_t)n;
	return true;
}

static bool
read_constants(struct reading *x, const struct mn_json *v)
{
	size_t n = mn_json_count(v);
	struct mn_map_pair *p = MN_NEW(x->a, struct mn_map_pair, n);
	struct mn_str key, value;
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *to = mn_json_member(v, i, &key);
		if (!mn_json_str(to, &value))
			return want(x, "constants", "text");
		if (!field_of(x, "constants", key, &p[i].field))
			return false;
		p[i].to = copy(x, value);
	}
	x->s->constant = p;
	x->s->n_constant = (uint32_t)n;
	return true;
}

static bool
read_values(struct reading *x, const struct mn_json *v)
{
	size_t total = 0, n = 0;
	struct mn_str key, from, to;
	for (size_t i = 0; i < mn_json_count(v); i++)
		total += mn_json_count(mn_json_member(v, i, &key));
	struct mn_map_pair *p = MN_NEW(x->a, struct mn_map_pair, total);
	for (size_t i = 0; i < mn_json_count(v); i++) {
		const struct mn_json *map = mn_json_member(v, i, &key);
		enum mn_field f;
		if (!field_of(x, "values", key, &f))
			return false;
		for (size_t k = 0; k < mn_json_count(map); k++) {
			if (!mn_json_str(mn_json_member(map, k, &from), &to))
				return want(x, "values", "text");
			p[n++] =
			    (struct mn_map_pair){f, mn_map_fold(x->a, from), copy(x, to)};
		}
	}
	x->s->value = p;
	x->s->n_value = (uint32_t)n;
	return true;
}

/* {field: [header cells]}, for join and fallback. */
static bool
read_lists(struct reading *x, const char *where, const struct mn_json *v,
    struct mn_map_join **out)
{
	size_t n = mn_json_count(v);
	struct mn_map_join *j = MN_NEW(x->a, struct mn_map_join, n);
	struct mn_str key, s;
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *list = mn_json_member(v, i, &key);
		struct mn_str *header = MN_NEW(x->a, struct mn_str, mn_json_count(list));
		if (!field_of(x, where, key, &j[i].field))
			return false;
		for (size_t k = 0; k < mn_json_count(list); k++) {
			if (!mn_json_str(mn_json_at(list, k), &s))
				return want(x, where, "a list of header cells");
			header[k] = mn_map_fold(x->a, s);
		}
		j[i].header = header;
		j[i].n = (uint32_t)mn_json_count(list);
	}
	*out = j;
	return true;
}

static bool
read_join(struct reading *x, const struct mn_json *v)
{
	struct mn_map_join *j;
	if (!read_lists(x, "join", v, &j))
		return false;
	x->s->join = j;
	x->s->n_join = (uint32_t)mn_json_count(v);
	return true;
}

static bool
read_fallback(struct reading *x, const struct mn_json *v)
{
	struct mn_map_join *j;
	if (!read_lists(x, "fallback", v, &j))
		return false;
	x->s->fallback = j;
	x->s->n_fallback = (uint32_t)mn_json_count(v);
	return true;
}

static bool
read_derive_none(struct reading *x, const struct mn_json *v)
{
	return mn_json_bool(v, &x->s->derive_none) ||
	       want(x, "derive_none", "true or false");
}

/* Needs `columns` first, which the table's order provides. */
static bool
read_row_if(struct reading *x, const struct mn_json *v)
{
	struct mn_str key, rule;
	for (size_t i = 0; i < mn_json_count(v); i++) {
		bool text = mn_json_str(mn_json_member(v, i, &key), &rule);
		bool digits = text && mn_str_eq(rule, MN_S("digits"));
		if (!digits && !(text && mn_str_eq(rule, MN_S("filled"))))
			return want(x, "row_if", "\"digits\" or \"filled\"");
		struct mn_str folded = mn_map_fold(x->a, key);
		for (uint32_t k = 0; k < x->s->n_column; k++) {
			struct mn_map_column *c =
			    &((struct mn_map_column *)(uintptr_t)x->s->column)[k];
			if (!mn_str_eq(c->header, folded))
				continue;
			c->digits_only = c->digits_only || digits;
			c->filled_only = c->filled_only || !digits;
		}
	}
	return true;
}

static bool
read_person(struct reading *x, const struct mn_json *v)
{
	struct mn_str s;
	if (!mn_json_str(v, &s))
		return want(x, "natural_person_unless", "a header cell");
	x->s->person_unless = mn_map_fold(x->a, s);
	return true;
}

#define TEXT_KEY(name) \
	static bool read_##name(struct reading *x, const struct mn_json *v) \
	{ \
		struct mn_str s; \
		if (!mn_json_str(v, &s)) \
			return want(x, #name, "text"); \
		x->s->name = copy(x, s); \
		return true; \
	}
#define INT_KEY(name) \
	static bool read_##name(struct reading *x, const struct mn_json *v) \
	{ \
		return mn_json_int(v, &x->s->name) || want(x, #name, "a whole number"); \
	}
TEXT_KEY(id)
TEXT_KEY(title)
TEXT_KEY(publisher)
TEXT_KEY(url)
TEXT_KEY(licence)
TEXT_KEY(cadence)
TEXT_KEY(use)
TEXT_KEY(note)
TEXT_KEY(items)
TEXT_KEY(rates)
INT_KEY(row_floor)
INT_KEY(stale_after_days)

/* Keys of mapping_keys.c. */
static bool
read_derive(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_derive(x->a, x->file, v, x->s, x->err);
}

static bool
read_by_case(struct reading *x, const struct mn_json *v)
{
	return mn_json_bool(v, &x->s->by_case) || want(x, "by_case", "true or false");
}

static bool
read_nulls(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_nulls(x->a, x->file, v, x->s, x->err);
}

static bool
read_carry(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_carry(x->a, x->file, v, x->s, x->err);
}

static bool
read_name_address(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_name_address(x->a, x->file, v, x->s, x->err);
}

static bool
read_years_from(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_years(x->file, v, x->s, x->err);
}

static bool
read_required(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_required(x->a, x->file, v, x->s, x->err);
}

static bool
read_no_header(struct reading *x, const struct mn_json *v)
{
	return mn_map_read_headless(x->a, x->file, v, x->s, x->err);
}

static bool
read_verified(struct reading *x, const struct mn_json *v)
{
	return mn_json_bool(v, &x->s->verified) || want(x, "verified", "true or false");
}

static bool
read_fetch(struct reading *x, const struct mn_json *v)
{
	return mn_fetch_read(x->a, x->file, v, &x->s->fetch, x->err);
}

static const struct {
	struct mn_str key;
	bool (*fn)(struct reading *x, const struct mn_json *v);
	bool required;
} KEYS[] = {
    {MN_S("source"), read_id, true},
    {MN_S("kind"), read_kind, true},
    {MN_S("title"), read_title, true},
    {MN_S("publisher"), read_publisher, false},
    {MN_S("url"), read_url, false},
    {MN_S("licence"), read_licence, true},
    {MN_S("cadence"), read_cadence, false},
    {MN_S("use"), read_use, false},
    {MN_S("note"), read_note, false},
    {MN_S("verified"), read_verified, false},
    {MN_S("match"), read_match, false},
    {MN_S("no_header"), read_no_header, false},
    {MN_S("delimiter"), read_delimiter, false},
    {MN_S("encoding"), read_encoding, false},
    {MN_S("date_order"), read_date_order, false},
    {MN_S("decimal"), read_decimal, false},
    {MN_S("columns"), read_columns, true},
    {MN_S("constants"), read_constants, false},
    {MN_S("values"), read_values, false},
    {MN_S("join"), read_join, false},
    {MN_S("fallback"), read_fallback, false},
    {MN_S("derive"), read_derive, false},
    {MN_S("derive_none"), read_derive_none, false},
    {MN_S("by_case"), read_by_case, false},
    {MN_S("carry"), read_carry, false},
    {MN_S("years_from"), read_years_from, false},
    {MN_S("name_address"), read_name_address, false},
    {MN_S("row_if"), read_row_if, false},
    {MN_S("row_only"), read_row_only, false},
    {MN_S("required"), read_required, false},
    {MN_S("nulls"), read_nulls, false},
    {MN_S("lists"), read_multi, false},
    {MN_S("names"), read_names, false},
    {MN_S("items"), read_items, false},
    {MN_S("rates"), read_rates, false},
    {MN_S("attach"), read_attach, false},
    {MN_S("ended_if"), read_ended_if, false},
    {MN_S("natural_person_unless"), read_person, false},
    {MN_S("row_floor"), read_row_floor, false},
    {MN_S("stale_after_days"), read_stale_after_days, false},
    {MN_S("fetch"), read_fetch, false},
};

static bool
known_keys(struct reading *x, const struct mn_json *root)
{
	struct mn_str names[countof(KEYS)], key;
	for (size_t i = 0; i < countof(KEYS); i++)
		names[i] = KEYS[i].key;
	for (size_t i = 0; i < mn_json_count(root); i++) {
		bool known = false;
		mn_json_member(root, i, &key);
		for (size_t k = 0; k < countof(KEYS); k++)
			known = known || mn_str_eq(key, KEYS[k].key);
		if (known)
			continue;
		int at = mn_str_nearest(key, names, countof(names));
		return mn_fail(x->err, MN_E_PACK_KEY, "%s: unknown key \"%.*s\"%s%.*s",
		    x->file, MN_FMT(key), at < 0 ? "" : "; the nearest is ",
		    at < 0 ? 0 : (int)names[at].n, at < 0 ? "" : names[at].p);
	}
	return true;
}

/* What no single key can tell. */
static bool
complete(struct reading *x)
{
	const struct mn_map_source *s = x->s;
	if (s->n_match == 0 && s->headless.n_cell == 0)
		return mn_fail(x->err, MN_E_PACK_MISSING,
		    "%s: key \"match\" (or \"no_header\") is missing", x->file);
	return s->kind != MN_K_REFERENCE || s->use.n ||
	       mn_fail(x->err, MN_E_PACK_MISSING,
		   "%s: key \"use\" is missing: reference data says what it is for",
		   x->file);
}

bool
mn_map_source_read(
    struct mn_arena *a, const char *path, struct mn_map_source *out, struct mn_err *err)
{
	struct reading x = {a, path, out, err};
	struct mn_str text;
	if (!mn_file_read(a, path, MN_MAX_PACK, &text, err))
		return false;
	struct mn_json *root = mn_json_parse(text, path, err);
	bool good = root && known_keys(&x, root);
	for (size_t i = 0; good && i < countof(KEYS); i++) {
		const struct mn_json *v = mn_json_get(root, KEYS[i].key.p);
		if (v)
			good = KEYS[i].fn(&x, v);
		else if (KEYS[i].required)
			good = mn_fail(err, MN_E_PACK_MISSING,
			    "%s: key \"%s\" is missing", path, KEYS[i].key.p);
	}
	mn_json_free(root);
	return good && complete(&x);
}

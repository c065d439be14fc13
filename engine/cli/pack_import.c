/*
 * manumit pack import: an index of countries that may not be shipped becomes a country
 * pack of the user's own. Which layouts are indices, and how their scale is read, is said
 * in connectors/indices.json.
 */
#include "manumit/base/file.h"
#include "manumit/base/fx.h"
#include "manumit/base/json.h"
#include "manumit/base/jsonw.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"

#include "lists.h"

#define MAX_TABLE (1u << 20) /* indices.json: some rows of a thousand bytes */
#define MAX_COUNTRIES 676    /* two letters */
#define SHOWN 20             /* remarks printed */
#define MAX_PARTS 8          /* factors of an index; the one known has five */

struct index_def {
	struct mn_str layout, sheet, pack, series, name, formula, licence, source;
	struct mn_str edition, missing;
	int64_t from[2], to[2], mid;
	int64_t year, stale_after_days;
	/* What the parts of a value make: with no weights, nothing is checked. */
	int64_t constant, weight[MAX_PARTS], within;
	uint32_t n_weight;
};

struct importing {
	struct mn_cli *c;
	const struct index_def *def;
	struct {
		struct mn_str code, raw;
		int64_t value_q16;
	} row[MAX_COUNTRIES];
	uint32_t n, without, remarks, checked;
	int64_t farthest; /* of the values from what their parts make */
};

/* ---- the table of indices ---- */

static struct mn_str
text(struct mn_cli *c, const struct mn_json *map, const char *key)
{
	struct mn_str s;
	return mn_json_str(mn_json_get(map, key), &s) ? mn_arena_str(&c->arena, s)
						      : MN_STR_NONE;
}

static void
ends(const struct mn_json *map, const char *key, int64_t out[2])
{
	const struct mn_json *list = mn_json_get(map, key);
	for (size_t i = 0; i < 2; i++)
		if (mn_json_count(list) != 2 ||
		    !mn_json_q16(mn_json_at(list, i), &out[i]))
			out[i] = 0;
}

static void
read_check(const struct mn_json *v, struct index_def *d)
{
	const struct mn_json *weights = v ? mn_json_get(v, "weights") : NULL;
	if (!weights)
		return;
	mn_json_q16(mn_json_get(v, "constant"), &d->constant);
	mn_json_q16(mn_json_get(v, "within"), &d->within);
	while (d->n_weight < mn_json_count(weights) && d->n_weight < MAX_PARTS &&
	       mn_json_q16(mn_json_at(weights, d->n_weight), &d->weight[d->n_weight]))
		d->n_weight++;
}

static struct index_def
read_def(struct mn_cli *c, const struct mn_json *v)
{
	struct index_def d = {.layout = text(c, v, "layout"),
	    .sheet = text(c, v, "sheet"),
	    .pack = text(c, v, "pack"),
	    .series = text(c, v, "series"),
	    .name = text(c, v, "name"),
	    .formula = text(c, v, "formula"),
	    .licence = text(c, v, "licence"),
	    .source = text(c, v, "source"),
	    .edition = text(c, v, "edition"),
	    .missing = text(c, v, "missing")};
	ends(v, "from", d.from);
	ends(v, "to", d.to);
	mn_json_q16(mn_json_get(v, "mid"), &d.mid);
	mn_json_int(mn_json_get(v, "year"), &d.year);
	mn_json_int(mn_json_get(v, "stale_after_days"), &d.stale_after_days);
	read_check(mn_json_get(v, "check"), &d);
	return d;
}

static bool
load_defs(struct mn_cli *c, struct index_def **out, uint32_t *n, struct mn_err *err)
{
	const char *path =
	    mn_arena_fmt(&c->arena, "%s/connectors/indices.json%c", mn_cli_share(c), 0).p;
	struct mn_str bytes;
	struct mn_json *root;
	if (!mn_file_read(&c->arena, path, MAX_TABLE, &bytes, err) ||
	    !(root = mn_json_parse(bytes, path, err)))
		return false;
	const struct mn_json *list = mn_json_get(root, "indices");
	*n = (uint32_t)mn_json_count(list);
	*out = MN_NEW(&c->arena, struct index_def, *n + 1);
	for (uint32_t i = 0; i < *n; i++)
		(*out)[i] = read_def(c, mn_json_at(list, i));
	mn_json_free(root);
	for (uint32_t i = 0; i < *n; i++)
		if ((*out)[i].from[0] == (*out)[i].from[1] || (*out)[i].series.n == 0)
			return mn_fail(err, MN_E_PACK_RANGE,
			    "%s: indices[%u]: series, and the two ends of from, are "
			    "wanted",
			    path, i);
	return true;
}

/* ---- the user's table ---- */

static void
remark(void *ctx, const struct mn_issue *i)
{
	struct importing *x = ctx;
	/* What is told of the whole file is no matter of a country. */
	if (i->row == 0 || x->remarks++ >= SHOWN)
		return;
	fprintf(stderr, "  row %llu, %.*s: %s: \"%.*s\"\n", (unsigned long long)i->row,
	    MN_FMT(i->column), mn_code_text(i->code),
	    MN_FMT(mn_str_sub(i->value, 0, 60)));
}

/* Is the value what its parts make? Rows that lack a part are not asked. */
static bool
parts_agree(
    struct importing *x, const struct mn_record *rec, int64_t v, struct mn_err *err)
{
	const struct index_def *d = x->def;
	struct mn_str rest = rec->v[MN_F_INDEX_PARTS];
	int64_t made = d->constant, part;
	uint32_t n = 0;
	while (rest.n && n < d->n_weight) {
		if (!mn_fx_parse(mn_str_trim(mn_str_cut(&rest, ',')), &part))
			return true;
		made += mn_fx_mul(d->weight[n++], part);
	}
	if (d->n_weight == 0 || n < d->n_weight || rest.n)
		return true;
	int64_t off = made > v ? made - v : v - made;
	char is[32], should[32];
	x->checked++;
	x->farthest = off > x->farthest ? off : x->farthest;
	return off <= d->within ||
	       mn_fail(err, MN_E_PACK_RANGE,
		   "%.*s: its value is %.*s, but its parts make %.*s: are the columns "
		   "those of this edition?",
		   MN_FMT(rec->v[MN_F_COUNTRY]), MN_FMT(mn_fx_print(v, 2, is)),
		   MN_FMT(mn_fx_print(made, 2, should)));
}

static bool
add(struct importing *x, const struct mn_record *rec, struct mn_err *err)
{
	const struct index_def *d = x->def;
	struct mn_str country = rec->v[MN_F_COUNTRY], raw = rec->v[MN_F_INDEX_VALUE];
	int64_t v;
	if (country.n == 0 || raw.n == 0 || !mn_fx_parse(raw, &v)) {
		x->without++;
		return true;
	}
	for (uint32_t i = 0; i < x->n; i++)
		if (mn_str_eq(x->row[i].code, country))
			return mn_fail(err, MN_E_PACK_DUP,
			    "%.*s has two rows; an index has one a country",
			    MN_FMT(country));
	if (!parts_agree(x, rec, v, err))
		return false;
	int64_t part = mn_fx_div(v - d->from[0], d->from[1] - d->from[0]);
	if (part < 0 || part > MN_FX_ONE || x->n == MAX_COUNTRIES)
		return mn_fail(err, MN_E_PACK_RANGE,
		    "%.*s: %.*s is outside the scale of this index: is it another "
		    "edition?",
		    MN_FMT(country), MN_FMT(raw));
	x->row[x->n].code = mn_arena_str(&x->c->arena, country);
	x->row[x->n].raw = mn_arena_str(&x->c->arena, raw);
	x->row[x->n++].value_q16 = d->to[0] + mn_fx_mul(part, d->to[1] - d->to[0]);
	return true;
}

static const struct index_def *
def_of(const struct index_def *defs, uint32_t n, struct mn_str layout)
{
	for (uint32_t i = 0; i < n; i++)
		if (mn_str_eq(defs[i].layout, layout))
			return &defs[i];
	return NULL;
}

/* Of a workbook the sheet that an index names, unless the user names one. */
static struct mn_input *
open_table(struct mn_cli *c, const struct mn_mappings *m, const struct index_def *defs,
    uint32_t n, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_str part;
	const char *path = mn_path_part(&c->arena, c->arg[1], &part);
	for (uint32_t i = 0; i < n && part.n == 0 && mn_path_is_workbook(path); i++) {
		struct mn_input *in = defs[i].sheet.n
					  ? mn_input_open_part(&c->arena, m, path,
						defs[i].sheet, MN_K_REFERENCE, diag, err)
					  : NULL;
		if (in)
			return in;
	}
	return mn_input_open(&c->arena, m, c->arg[1], MN_K_REFERENCE, diag, err);
}

static bool
read_table(struct importing *x, const struct mn_mappings *m, const struct index_def *defs,
    uint32_t n, struct mn_err *err)
{
	struct mn_diag diag = {.emit = remark, .ctx = x};
	struct mn_input *in = open_table(x->c, m, defs, n, &diag, err);
	struct mn_record rec;
	bool noted, good = true;
	int more = 0;
	if (!in)
		return false;
	x->def = def_of(defs, n, mn_input_info(in)->source);
	if (!x->def)
		good = mn_fail(err, MN_E_FILE_KIND,
		    "%s: no index of countries that is known here; a table with the "
		    "columns country and index_value (0 least, 1 most risk) is one",
		    x->c->arg[1]);
	while (good && (more = mn_input_next(in, 0, &rec, &noted, err)) == 1)
		good = add(x, &rec, err);
	mn_input_close(in);
	if (good && more == 0 && x->n == 0)
		return mn_fail(
		    err, MN_E_PACK_MISSING, "%s: no country with a value", x->c->arg[1]);
	return good && more == 0;
}

/* ---- the pack ---- */

static void
write_head(struct mn_jsonw *w, const struct index_def *d)
{
	mn_jsonw_str(w, "pack", d->pack);
	mn_jsonw_c(w, "kind", "context");
	mn_jsonw_c(w, "version", "1.0.0");
	mn_jsonw_str(w, "licence", d->licence);
	mn_jsonw_str(w, "source", d->source);
	mn_jsonw_c(w, "note",
	    "Made by manumit pack import; takes the place of the "
	    "series of countries that come along.");
	if (d->edition.n)
		mn_jsonw_str(w, "edition", d->edition);
	if (d->stale_after_days)
		mn_jsonw_int(w, "stale_after_days", d->stale_after_days);
	if (d->missing.n)
		mn_jsonw_str(w, "missing", d->missing);
	mn_jsonw_list(w, "country_series");
	mn_jsonw_map(w, NULL);
	mn_jsonw_str(w, "code", d->series);
	mn_jsonw_str(w, "name", d->name);
	mn_jsonw_str(w, "formula", d->formula);
	mn_jsonw_int(w, "weight", 1);
	mn_jsonw_q16(w, "lo", d->to[0], 4);
	mn_jsonw_q16(w, "mid", d->mid, 4);
	mn_jsonw_q16(w, "hi", d->to[1], 4);
	mn_jsonw_str(w, "source", d->source);
	mn_jsonw_bool(w, "verified", true);
	mn_jsonw_end_map(w);
	mn_jsonw_end_list(w);
}

static void
write_pack(const struct importing *x, struct mn_buf *b)
{
	const struct index_def *d = x->def;
	struct mn_jsonw w = mn_jsonw_buf(b, true);
	mn_jsonw_map(&w, NULL);
	write_head(&w, d);
	mn_jsonw_list(&w, "countries");
	for (uint32_t i = 0; i < x->n; i++) {
		mn_jsonw_map(&w, NULL);
		mn_jsonw_str(&w, "code", x->row[i].code);
		mn_jsonw_str(&w, "series", d->series);
		mn_jsonw_str(&w, "raw", x->row[i].raw);
		if (d->year)
			mn_jsonw_int(&w, "year", d->year);
		mn_jsonw_q16(&w, "value", x->row[i].value_q16, 4);
		mn_jsonw_str(&w, "source", d->source);
		mn_jsonw_bool(&w, "verified", true);
		mn_jsonw_end_map(&w);
	}
	mn_jsonw_end_list(&w);
	mn_jsonw_end_map(&w);
	mn_buf_byte(b, '\n');
}

static bool
save(struct mn_cli *c, const struct importing *x, struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(MN_MAX_PACK);
	struct mn_out *o = NULL;
	write_pack(x, &b);
	if (!c->force && mn_path_exists(c->output))
		mn_fail(err, MN_E_EXISTS, "%s", c->output);
	else
		o = mn_out_open(c->output, 0600, err);
	if (o)
		mn_out_write(o, mn_buf_str(&b));
	bool good = o && mn_out_commit(o, false, NULL, err);
	mn_buf_free(&b);
	return good;
}

int
mn_cli_pack_import(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct importing *x = MN_NEW(&c->arena, struct importing, 1);
	struct index_def *defs;
	uint32_t n;
	const struct mn_mappings *m = mn_cli_mappings(c, &err);
	x->c = c;
	if (!m || !load_defs(c, &defs, &n, &err) || !read_table(x, m, defs, n, &err) ||
	    !save(c, x, &err) || !mn_pack_check_file(c->arena, c->output, &err))
		return mn_cli_fail(&err);
	printf("%s: %u countries of %.*s; %u rows without a value stay unknown\n"
	       "licence: %.*s\n"
	       "use it: manumit screen ... --country-pack %s\n",
	    c->output, x->n, MN_FMT(x->def->name), x->without, MN_FMT(x->def->licence),
	    c->output);
	if (x->checked) {
		char far[32];
		printf("checked: %u values are what their parts make, within %.*s\n",
		    x->checked, MN_FMT(mn_fx_print(x->farthest, 3, far)));
	}
	return 0;
}

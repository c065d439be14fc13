/* manumit match NAME: the best entries with every reason, near misses too. */
#include "manumit/base/fx.h"
#include "manumit/resolve/reason.h"

#include "match.h"

struct one {
	struct mn_finder *finder;
	struct mn_profile query, right;
};

static void
heading(
    struct mn_matching *x, const struct one *o, const struct mn_match *m, uint32_t rank)
{
	const struct mn_listed l = mn_match_listed(x, x->reader, m);
	struct mn_buf *b = &x->out;
	char p[32];
	bool bare;
	enum mn_match_band band = mn_match_screen_band(&o->query, false, m->p_q16, &bare);
	mn_fx_print(m->p_q16, 4, p);
	mn_buf_fmt(b, "%u. %s %s   %.*s", rank, p,
	    band == MN_BAND_NONE ? "no match" : mn_match_band_name(band), MN_FMT(l.name));
	if (l.country.n)
		mn_buf_fmt(b, " (%.*s)", MN_FMT(l.country));
	mn_buf_fmt(b, "\n  listed    %.*s:%llu", MN_FMT(l.file),
	    (unsigned long long)mn_rid_line(m->ref));
	if (l.list.n)
		mn_buf_fmt(b, ", %.*s", MN_FMT(l.list));
	if (l.id.n)
		mn_buf_fmt(b, ", id %.*s", MN_FMT(l.id));
	if (m->kind != MN_ALIAS_NAME)
		mn_buf_fmt(b, "\n  %-9s %.*s", mn_alias_name(m->kind), MN_FMT(m->text));
	mn_buf_byte(b, '\n');
	if (bare)
		mn_buf_add(b, MN_S("  identify  a bare name is never more than possible: "
				   "find an address or an identifier first\n"));
}

static void
text(struct mn_matching *x, struct one *o, const struct mn_match *m, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		struct mn_verdict v;
		mn_find_explain(o->finder, &o->query, &m[i], &o->right, &v);
		heading(x, o, &m[i], i + 1);
		mn_reason_text(
		    &x->m.model, &o->query.party, &o->right.party, &v, &x->out);
	}
	if (n == 0)
		mn_buf_add(
		    &x->out, MN_S("no entry shares a telling word with this name\n"));
}

static void
json_match(
    struct mn_matching *x, struct one *o, const struct mn_match *m, struct mn_jsonw *w)
{
	const struct mn_listed l = mn_match_listed(x, x->reader, m);
	struct mn_verdict v;
	bool bare;
	enum mn_match_band band = mn_match_screen_band(&o->query, false, m->p_q16, &bare);
	mn_find_explain(o->finder, &o->query, m, &o->right, &v);
	mn_jsonw_map(w, NULL);
	mn_jsonw_str(w, "id", l.id);
	mn_jsonw_str(w, "name", l.name);
	mn_jsonw_str(w, "listed_as", m->text);
	mn_jsonw_c(w, "kind", mn_alias_name(m->kind));
	mn_jsonw_str(w, "country", l.country);
	mn_jsonw_str(w, "list", l.list);
	mn_jsonw_str(w, "file", l.file);
	mn_jsonw_int(w, "line", (int64_t)mn_rid_line(m->ref));
	mn_jsonw_c(w, "screening_band", mn_match_band_name(band));
	mn_jsonw_bool(w, "identify_first", bare);
	mn_reason_json(&x->m.model, &o->query.party, &o->right.party, &v, w);
	mn_jsonw_end_map(w);
}

static void
json(struct mn_matching *x, struct one *o, const char *name, const struct mn_match *m,
    uint32_t n)
{
	struct mn_jsonw w = mn_jsonw_buf(&x->out, true);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "name", name);
	mn_jsonw_list(&w, "matches");
	for (uint32_t i = 0; i < n; i++)
		json_match(x, o, &m[i], &w);
	mn_jsonw_end_list(&w);
	mn_jsonw_end_map(&w);
	mn_buf_byte(&x->out, '\n');
}

/* A country in any spelling that tables may use; *out empty: none was given. */
static bool
country_said(const struct mn_matching *x, struct mn_str *out)
{
	*out = MN_STR_NONE;
	if (!x->c->country)
		return true;
	*out = mn_country_find(mn_mappings_countries(x->maps), mn_str_c(x->c->country));
	if (out->n)
		return true;
	fprintf(stderr,
	    "manumit: unknown country: %s\n  what to do: give its name or its ISO 3166 "
	    "code\n",
	    x->c->country);
	return false;
}

int
mn_match_name(struct mn_matching *x, const char *name)
{
	struct mn_str country;
	if (!country_said(x, &country))
		return 64;
	const struct mn_match *m;
	struct mn_err err;
	struct one *o = MN_NEW(&x->c->arena, struct one, 1);
	o->finder = mn_finder_new(&x->list, &x->m, (uint32_t)x->c->top, &err);
	if (!o->finder)
		return mn_cli_fail(&err);
	mn_profile_read(&x->m, mn_str_c(name), country,
	    x->c->address ? mn_str_c(x->c->address) : MN_STR_NONE, &o->query);
	uint32_t n = mn_find(o->finder, &o->query, &m);
	if (x->c->json)
		json(x, o, name, m, n);
	else
		text(x, o, m, n);
	mn_finder_free(o->finder);
	return mn_match_flush(x, 0);
}

/* What stands behind an entity, for programs and for explain. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "behind.h"

/* ---- results.jsonl ---- */

static void
day(struct mn_jsonw *w, const char *key, int32_t d)
{
	char text[11];
	if (d != MN_DAY_NONE)
		mn_jsonw_str(w, key, mn_day_print(d, text));
}

static void
entity(struct mn_jsonw *w, struct mn_eid id, struct mn_str name, struct mn_str country)
{
	char hex[33];
	mn_eid_hex(id, hex);
	mn_jsonw_c(w, "id", hex);
	mn_jsonw_str(w, "name", name);
	mn_jsonw_str(w, "country", country);
}

static void
one_edge(struct mn_jsonw *w, const struct mn_report *r, const struct mn_path_edge *e)
{
	uint32_t src = mn_rid_src(e->edge.rid);
	mn_jsonw_map(w, NULL);
	entity(w, e->who, e->name, e->country);
	mn_jsonw_c(w, "kind", mn_edge_kind_name(e->edge.kind));
	if (e->back)
		mn_jsonw_bool(w, "against", true);
	if (e->tier)
		mn_jsonw_int(w, "tier", e->tier);
	if (e->edge.good.n)
		mn_jsonw_str(w, "good", e->edge.good);
	if (e->edge.share_q16 != MN_SHARE_UNKNOWN)
		mn_jsonw_q16(w, "share", e->edge.share_q16, 4);
	day(w, "since", e->edge.since);
	day(w, "until", e->edge.until);
	if (e->edge.match_q16 != MN_FX_ONE)
		mn_jsonw_q16(w, "match", e->edge.match_q16, 4);
	mn_jsonw_c(w, "stated_by", mn_edge_origin_name(e->edge.origin));
	if (e->edge.reference.n)
		mn_jsonw_str(w, "reference", e->edge.reference);
	if (e->edge.rid != MN_RID_NONE && src < r->n_source &&
	    mn_view_shows(r, MN_SHOW_INPUTS)) {
		mn_jsonw_str(w, "file", mn_source_base(&r->source[src]));
		mn_jsonw_int(w, "row", (int64_t)mn_rid_line(e->edge.rid));
	}
	mn_jsonw_end_map(w);
}

/* In words, and for programs. */
static void
path(struct mn_jsonw *w, const struct mn_report *r, const struct mn_path *p,
    struct mn_arena a)
{
	mn_jsonw_list(w, "path");
	for (uint32_t i = 0; i < p->n; i++)
		mn_jsonw_str(w, NULL, mn_path_edge_text(&p->edge[i], &a));
	mn_jsonw_end_list(w);
	mn_jsonw_list(w, "edges");
	for (uint32_t i = 0; i < p->n; i++)
		one_edge(w, r, &p->edge[i]);
	mn_jsonw_end_list(w);
}

static void
list_entry(struct mn_jsonw *w, const struct mn_report *r, const struct mn_gate_fact *f)
{
	uint32_t src = mn_rid_src(f->rid);
	if (f->list.n == 0)
		return;
	mn_jsonw_str(w, "list", f->list);
	mn_jsonw_str(w, "entry", f->entry);
	day(w, "listed_on", f->listed_day);
	mn_jsonw_str(w, "reason", f->reason);
	mn_jsonw_str(w, "citation", f->citation);
	if (src < r->n_source && mn_view_shows(r, MN_SHOW_INPUTS)) {
		mn_jsonw_str(w, "file", mn_source_base(&r->source[src]));
		mn_jsonw_int(w, "row", (int64_t)mn_rid_line(f->rid));
	}
}

void
mn_json_behind(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena a)
{
	const struct mn_view_behind *b = &v->behind;
	if (!mn_view_shows(r, MN_SHOW_PATHS))
		return;
	mn_jsonw_map(w, "exposure");
	mn_jsonw_q16(w, "value", b->exposure_q16, 4);
	mn_jsonw_int(w, "tiers_known", b->depth);
	mn_jsonw_list(w, "paths");
	for (uint32_t i = 0; i < b->n_path; i++) {
		const struct mn_path *p = &b->path[i];
		mn_jsonw_map(w, NULL);
		mn_jsonw_q16(w, "exposure", p->exposure_q16, 4);
		mn_jsonw_map(w, "source");
		entity(w, p->source, p->name, p->country);
		mn_jsonw_c(w, "band", mn_band_name(p->band));
		mn_jsonw_q16(w, "likelihood", p->p_q16, 4);
		mn_jsonw_end_map(w);
		path(w, r, p, a);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
	mn_jsonw_end_map(w);
}

bool
mn_json_behind_gate(struct mn_jsonw *w, const struct mn_report *r,
    const struct mn_view *v, uint32_t gate, struct mn_arena a)
{
	bool any = false;
	for (uint32_t i = 0; i < v->behind.n_gate; i++) {
		const struct mn_path_gate *g = &v->behind.gate[i];
		if (g->gate != gate)
			continue;
		any = true;
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "code", r->pack->gate[gate].code);
		mn_jsonw_c(w, "status", mn_gate_status_name(g->status));
		mn_jsonw_c(w, "basis", "supply graph");
		mn_jsonw_c(w, "at_its_end",
		    mn_gate_status_name(g->sure ? MN_GATE_HIT : MN_GATE_POSSIBLE));
		struct mn_str itself = mn_view_gate_why(r, v, gate, &a);
		if (itself.n)
			mn_jsonw_str(w, "itself", itself);
		list_entry(w, r, &g->fact);
		path(w, r, &g->path, a);
		mn_jsonw_end_map(w);
	}
	return any;
}

/* ---- explain ---- */

static struct mn_str
dec(int64_t q16, struct mn_arena *a)
{
	char room[32];
	return mn_arena_str(a, mn_fx_print(q16, 4, room));
}

static void
text_path(struct mn_buf *out, const struct mn_report *r, const struct mn_path *p,
    struct mn_arena *a)
{
	for (uint32_t i = 0; i < p->n; i++)
		mn_buf_fmt(out, "      %.*s; %.*s%s\n",
		    MN_FMT(mn_path_edge_text(&p->edge[i], a)),
		    MN_FMT(mn_view_cite(r, p->edge[i].edge.rid, MN_F_NONE, a)),
		    p->edge[i].edge.origin == MN_EDGE_PARENT    ? ", its parent"
		    : p->edge[i].edge.origin == MN_EDGE_ADDRESS ? ", its address"
								: "");
}

void
mn_text_behind(struct mn_buf *out, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_view_behind *b = &v->behind;
	if (b->n_path == 0)
		return;
	mn_buf_fmt(out,
	    "\nBehind it, along the supply graph: exposure %.*s\n"
	    "  beside its own likelihood, never added to it; the band ignores it\n",
	    MN_FMT(dec(b->exposure_q16, a)));
	for (uint32_t i = 0; i < b->n_path; i++) {
		const struct mn_path *p = &b->path[i];
		mn_buf_fmt(out, "    %s %.*s: %.*s, %s, likelihood %.*s\n",
		    i ? "next" : "best", MN_FMT(dec(p->exposure_q16, a)), MN_FMT(p->name),
		    mn_band_name(p->band), MN_FMT(dec(p->p_q16, a)));
		text_path(out, r, p, a);
	}
}

static void
text_listing(struct mn_buf *out, const struct mn_report *r, const struct mn_gate_fact *f,
    struct mn_arena *a)
{
	char text[11];
	bool dated = f->listed_day != MN_DAY_NONE;
	mn_buf_fmt(out, "      %s%s%s%.*s%s%.*s\n",
	    !dated         ? ""
	    : f->own_field ? "checked "
			   : "listed ",
	    dated ? mn_day_print(f->listed_day, text).p : "", dated ? "; " : "",
	    MN_FMT(mn_view_cite(r, f->rid, mn_gate_field(f), a)),
	    f->citation.n ? "; " : "", MN_FMT(f->citation));
}

void
mn_text_behind_gate(struct mn_buf *out, const struct mn_report *r,
    const struct mn_view *v, uint32_t gate, struct mn_arena *a)
{
	for (uint32_t i = 0; i < v->behind.n_gate; i++) {
		const struct mn_path_gate *g = &v->behind.gate[i];
		if (g->gate != gate)
			continue;
		mn_buf_fmt(out, "    %s: %.*s%s%s%.*s\n", mn_gate_status_name(g->status),
		    MN_FMT(g->path.n ? g->path.name : MN_S("somebody behind it")),
		    g->sure ? " is listed" : " may be meant, which waits for a person",
		    g->fact.list.n ? ": " : "", MN_FMT(g->fact.list));
		if (g->path.n)
			text_listing(out, r, &g->fact, a);
		text_path(out, r, &g->path, a);
	}
}

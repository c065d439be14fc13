/* Paths of the supply graph: read step by step, and in words. */
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "manumit/model/codec.h"
#include "manumit/report/view.h"

/* ---- rows ---- */

static struct mn_str
key_of(struct mn_eid id, char room[16])
{
	struct mn_buf b = {room, 0, 16, 16, false};
	mn_put_eid(&b, id);
	return mn_buf_str(&b);
}

/* 1 what stands behind it, 0 nothing, -1 err. */
static int
exposure_of(const struct mn_report *r, struct mn_eid id, struct mn_exposure *out,
    struct mn_err *err)
{
	char room[16];
	struct mn_str body;
	if (!r->has_behind)
		return 0;
	int found =
	    mn_reader_get(r->reader, MN_TAB_EXPO, key_of(id, room), &body, NULL, err);
	if (found < 1)
		return found;
	return mn_exposure_decode(id, body, out, err) ? 1 : -1;
}

static bool
read_edge(const struct mn_report *r, struct mn_eid who, const struct mn_step *s,
    struct mn_edge *out, struct mn_err *err)
{
	char room[64];
	struct mn_buf key = {room, 0, sizeof room, sizeof room, false};
	struct mn_str body, pos;
	mn_step_key(who, s, &key);
	int found =
	    mn_reader_get(r->reader, MN_TAB_EDGE, mn_buf_str(&key), &body, &pos, err);
	if (found == 0)
		return mn_fail(err, MN_E_STORE, "an edge of a path is missing");
	return found == 1 && mn_edge_decode(mn_buf_str(&key), body, pos, out, err);
}

static bool
read_name(const struct mn_report *r, struct mn_eid id, struct mn_arena *a,
    struct mn_str *name, struct mn_str *country, struct mn_err *err)
{
	char room[16];
	struct mn_str body, pos;
	struct mn_entity e;
	int found =
	    mn_reader_get(r->reader, MN_TAB_ENT, key_of(id, room), &body, &pos, err);
	if (found == 0)
		return mn_fail(err, MN_E_STORE, "an entity of a path is missing");
	if (found < 0 || !mn_entity_decode(id, body, pos, a, &e, err))
		return false;
	*name = e.rec.v[MN_F_NAME];
	*country = e.rec.v[MN_F_COUNTRY];
	return true;
}

static bool
read_card(const struct mn_report *r, struct mn_path *p, struct mn_err *err)
{
	char room[16];
	struct mn_str body;
	struct mn_card c;
	int found = mn_reader_get(
	    r->reader, MN_TAB_CARD, key_of(p->source, room), &body, NULL, err);
	if (found == 0)
		return mn_fail(err, MN_E_STORE, "a card of a path is missing");
	if (found < 0 || !mn_card_decode(p->source, body, &c, err))
		return false;
	p->band = c.band;
	p->p_q16 = c.p_q16;
	p->state_imposed = c.state_imposed;
	return true;
}

/* ---- paths ---- */

/* What is followed: a source, or a gate to its source. */
struct trail {
	struct mn_eid source;
	int gate; /* -1: an exposure */
	uint8_t status;
};

static const struct mn_step *
next_step(const struct mn_exposure *x, const struct trail *t)
{
	for (unsigned i = 0; t->gate < 0 && i < x->n; i++)
		if (mn_eid_cmp(x->of[i].source, t->source) == 0)
			return &x->of[i].step;
	for (unsigned i = 0; t->gate >= 0 && i < x->n_behind; i++)
		if (x->behind[i].gate == t->gate && x->behind[i].status == t->status &&
		    mn_eid_cmp(x->behind[i].source, t->source) == 0)
			return &x->behind[i].step;
	return NULL;
}

/* Each entity on the way says the next step towards the source. Where the depth was cut
 * off, what it says may lead on further than the entity's own row knew: so it ends. */
static bool
follow(const struct mn_report *r, struct mn_eid who, const struct trail *t,
    struct mn_arena *a, struct mn_path *out, struct mn_err *err)
{
	struct mn_path_edge *e = MN_NEW(a, struct mn_path_edge, 2 * MN_EXPO_DEPTH);
	unsigned tier = 0;
	*out = (struct mn_path){.edge = e, .source = t->source};
	while (mn_eid_cmp(who, t->source) != 0 && out->n < 2 * MN_EXPO_DEPTH) {
		struct mn_exposure x;
		int found = exposure_of(r, who, &x, err);
		const struct mn_step *s = found == 1 ? next_step(&x, t) : NULL;
		if (!s)
			return found < 0 ? false
					 : mn_fail(err, MN_E_STORE,
					       "a path of the supply graph breaks off");
		struct mn_path_edge *to = &e[out->n++];
		if (!read_edge(r, who, s, &to->edge, err) ||
		    !read_name(r, s->next, a, &to->name, &to->country, err))
			return false;
		bool supply = s->kind == MN_EDGE_SUPPLIES && !s->back;
		tier += supply ? s->span : 0;
		to->who = who = s->next;
		to->back = s->back;
		to->tier = supply ? tier : 0;
	}
	if (out->n == 0)
		return mn_fail(err, MN_E_STORE, "a path of the supply graph is empty");
	out->name = e[out->n - 1].name;
	out->country = e[out->n - 1].country;
	return read_card(r, out, err);
}

static bool
load_paths(const struct mn_report *r, const struct mn_exposure *x, uint32_t most,
    struct mn_arena *a, struct mn_view_behind *out, struct mn_err *err)
{
	for (unsigned i = 0; i < x->n && out->n_path < most; i++) {
		struct trail t = {x->of[i].source, -1, 0};
		struct mn_path *p = &out->path[out->n_path++];
		if (!follow(r, x->who, &t, a, p, err))
			return false;
		p->exposure_q16 = mn_exposure_q16(x->of[i].cost_q16);
	}
	return true;
}

/* The fact that makes the gate at the far end what it is. */
static bool
read_fact(const struct mn_report *r, struct mn_path_gate *g, struct mn_err *err)
{
	char room[32];
	struct mn_buf from = {room, 0, sizeof room, sizeof room, false};
	struct mn_str key, body, pos;
	mn_put_eid(&from, g->path.source);
	mn_put_u8(&from, g->gate);
	struct mn_scan *scan =
	    mn_scan_open(r->reader, MN_TAB_GATE, mn_buf_str(&from), err);
	int more = scan ? 1 : -1;
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1 &&
	       mn_str_starts(key, mn_buf_str(&from))) {
		struct mn_gate_fact f;
		if (!mn_gate_decode(key, body, pos, &f, err)) {
			more = -1;
		} else if (f.status == (g->sure ? MN_GATE_HIT : MN_GATE_POSSIBLE)) {
			g->fact = f;
			break;
		}
	}
	mn_scan_close(scan);
	return more >= 0;
}

/* A name that nobody confirmed is not passed on to those who may not see such. */
static bool
is_told(const struct mn_report *r, const struct mn_behind *b)
{
	return (b->status == MN_GATE_UPSTREAM && b->sure) ||
	       mn_view_shows(r, MN_SHOW_POSSIBLE_MATCHES);
}

static bool
load_gates(const struct mn_report *r, const struct mn_exposure *x, struct mn_arena *a,
    struct mn_view_behind *out, struct mn_err *err)
{
	struct mn_path_gate *g = MN_NEW(a, struct mn_path_gate, x->n_behind + 1u);
	out->gate = g;
	for (unsigned i = 0; i < x->n_behind; i++) {
		const struct mn_behind *b = &x->behind[i];
		struct trail t = {b->source, b->gate, b->status};
		if (!is_told(r, b))
			continue;
		struct mn_path_gate *to = &g[out->n_gate++];
		to->gate = b->gate;
		to->status = b->status;
		to->sure = b->sure;
		if (mn_view_shows(r, MN_SHOW_PATHS) &&
		    !(follow(r, x->who, &t, a, &to->path, err) && read_fact(r, to, err)))
			return false;
	}
	return true;
}

/* The card as it is stored knows of no edge; the view's copy does. */
static void
raise(const struct mn_report *r, const struct mn_exposure *x, struct mn_card *c)
{
	for (unsigned i = 0; i < x->n_behind; i++) {
		const struct mn_behind *b = &x->behind[i];
		if (b->gate >= c->n_gate || !is_told(r, b))
			continue;
		if (c->gate[b->gate] < b->status)
			c->gate[b->gate] = b->status;
		if (c->action < MN_ACT_ENHANCED)
			c->action = MN_ACT_ENHANCED;
	}
}

static void
summary(const struct mn_report *r, const struct mn_exposure *x, struct mn_view *v)
{
	raise(r, x, &v->card);
	if (!mn_view_shows(r, MN_SHOW_PATHS))
		return;
	v->behind.depth = x->depth;
	v->behind.exposure_q16 = x->n ? mn_exposure_q16(x->of[0].cost_q16) : 0;
}

bool
mn_view_raise(const struct mn_report *r, struct mn_view *v, struct mn_err *err)
{
	struct mn_exposure x;
	int found = exposure_of(r, v->card.who, &x, err);
	if (found == 1)
		summary(r, &x, v);
	return found >= 0;
}

bool
mn_view_behind(const struct mn_report *r, bool runners_up, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err)
{
	struct mn_exposure x;
	int found = exposure_of(r, v->card.who, &x, err);
	if (found < 1)
		return found == 0;
	summary(r, &x, v);
	uint32_t most = runners_up ? MN_BEHIND_PATHS : 1;
	if (!mn_view_shows(r, MN_SHOW_PATHS))
		most = 0;
	return load_paths(r, &x, most, a, &v->behind, err) &&
	       load_gates(r, &x, a, &v->behind, err);
}

/* ---- all of them ---- */

/* Counts were made from cards. */
static bool
count_one(struct mn_report *r, const struct mn_exposure *x, struct mn_err *err)
{
	char room[16];
	struct mn_str body;
	struct mn_card was, now;
	if (x->n_behind == 0)
		return true;
	if (mn_reader_get(
		r->reader, MN_TAB_CARD, key_of(x->who, room), &body, NULL, err) != 1 ||
	    !mn_card_decode(x->who, body, &was, err))
		return false;
	now = was;
	raise(r, x, &now);
	for (uint32_t i = 0; i < was.n_gate; i++) {
		r->gates[i][was.gate[i]]--;
		r->gates[i][now.gate[i]]++;
	}
	return true;
}

static bool
is_cover(struct mn_eid id)
{
	return id.hi == UINT64_MAX && id.lo == UINT64_MAX;
}

bool
mn_behind_count(struct mn_report *r, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_EXPO, MN_STR_NONE, err);
	struct mn_str key, body;
	struct mn_exposure x;
	int more = -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1) {
		struct mn_get g = mn_get(key);
		struct mn_eid id = mn_get_eid(&g);
		if (is_cover(id))
			continue;
		r->has_behind = true;
		if (!mn_exposure_decode(id, body, &x, err) || !count_one(r, &x, err)) {
			more = -1;
			break;
		}
	}
	mn_scan_close(scan);
	return more == 0;
}

int
mn_behind_cover(const struct mn_report *r, struct mn_cover *out, struct mn_err *err)
{
	char room[16];
	struct mn_str body;
	struct mn_eid all = {UINT64_MAX, UINT64_MAX};
	int found =
	    mn_reader_get(r->reader, MN_TAB_EXPO, key_of(all, room), &body, NULL, err);
	if (found == 1 && !mn_cover_decode(body, out, err))
		return -1;
	return found < 1 ? found : out->edges > 0;
}

/* ---- in words ---- */

/* By kind: with the edge, and against it. */
static const char *const WORDS[MN_EDGE_KINDS][2] = {
    [MN_EDGE_SUPPLIES] = {"from", "supplied to"},
    [MN_EDGE_OWNS] = {"owned by", "owner of"},
    [MN_EDGE_CONTROLS] = {"controlled by", "controls"},
    [MN_EDGE_RECRUITS_FOR] = {"workers recruited by", "recruits for"},
    [MN_EDGE_SAME_SITE] = {"same address as", "same address as"},
};

static struct mn_str
share(const struct mn_edge *e, struct mn_arena *a)
{
	char room[32];
	if (e->share_q16 == MN_SHARE_UNKNOWN)
		return MN_STR_NONE;
	return mn_arena_fmt(a, " (%s %%%s)", mn_fx_print(e->share_q16 * 100, 0, room).p,
	    e->kind == MN_EDGE_SUPPLIES ? " of it" : "");
}

struct mn_str
mn_path_edge_text(const struct mn_path_edge *e, struct mn_arena *a)
{
	const char *words =
	    WORDS[e->edge.kind < MN_EDGE_KINDS ? e->edge.kind : 0][e->back ? 1 : 0];
	bool supply = e->tier > 0;
	struct mn_str head =
	    supply ? mn_arena_fmt(a, "tier %u: %.*s%s", e->tier,
			 MN_FMT(e->edge.good.n ? e->edge.good : MN_S("goods")),
			 e->edge.good.n ? " " : " ")
		   : MN_STR_NONE;
	bool place = e->country.n > 0;
	return mn_arena_fmt(a, "%.*s%s %.*s%s%.*s%s%.*s", MN_FMT(head), words,
	    MN_FMT(e->name), place ? " (" : "", MN_FMT(e->country), place ? ")" : "",
	    MN_FMT(share(&e->edge, a)));
}

struct mn_str
mn_path_text(const struct mn_path *p, struct mn_arena *a)
{
	struct mn_str out = MN_STR_NONE;
	for (uint32_t i = 0; i < p->n; i++)
		out = mn_arena_fmt(a, "%.*s%s%.*s", MN_FMT(out), i ? "; " : "",
		    MN_FMT(mn_path_edge_text(&p->edge[i], a)));
	return out;
}

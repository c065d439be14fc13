/* Who may be visited, and what a visit is worth: all entities of the generation once. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"
#include "manumit/evidence/inherent.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "planning.h"

const char *const MN_LEFT_WHY[MN_LEFT_COUNT] = {MN_SAY("never to be scheduled"),
    MN_SAY("visited too short a time ago"), MN_SAY("out of season"),
    MN_SAY("moved by a person"), MN_SAY("bids only, and is nobody's supplier yet"),
    MN_SAY("known by a name alone, without any place")};

#define WORKERS_UNKNOWN 20 /* where neither the site nor its sector says */

/* ---- classes ---- */

struct mn_classes
mn_classes_new(struct mn_arena *a)
{
	struct mn_classes c = {.a = a, .cap = 64, .n_slot = 256};
	c.key = MN_NEW(a, struct mn_str, c.cap);
	c.name = MN_NEW(a, struct mn_str, c.cap);
	c.country = MN_NEW(a, struct mn_str, c.cap);
	c.slot = MN_NEW(a, uint32_t, c.n_slot);
	return c;
}

static uint32_t *
slot_of(struct mn_classes *c, struct mn_str key)
{
	uint64_t at = mn_hash64(key);
	while (c->slot[at % c->n_slot] &&
	       !mn_str_eq(c->key[c->slot[at % c->n_slot] - 1], key))
		at++;
	return &c->slot[at % c->n_slot];
}

static void
grow(struct mn_classes *c)
{
	struct mn_str **list[] = {&c->key, &c->name, &c->country};
	for (size_t i = 0; i < countof(list); i++) {
		struct mn_str *v = MN_NEW(c->a, struct mn_str, 2 * (size_t)c->cap);
		memcpy(v, *list[i], c->n * sizeof *v);
		*list[i] = v;
	}
	c->cap *= 2;
	c->n_slot = 4 * c->cap;
	c->slot = MN_NEW(c->a, uint32_t, c->n_slot);
	for (uint32_t i = 0; i < c->n; i++)
		*slot_of(c, c->key[i]) = i + 1;
}

uint32_t
mn_classes_of(
    struct mn_classes *c, struct mn_str country, struct mn_str name, struct mn_str shown)
{
	char room[512];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	mn_buf_add(&b, country);
	mn_buf_byte(&b, '|');
	mn_fold_words(name, &b);
	uint32_t *slot = slot_of(c, mn_buf_str(&b));
	if (*slot)
		return *slot - 1;
	if (c->n == c->cap) {
		grow(c);
		slot = slot_of(c, mn_buf_str(&b));
	}
	c->key[c->n] = mn_arena_str(c->a, mn_buf_str(&b));
	c->name[c->n] = mn_arena_str(c->a, shown);
	c->country[c->n] = mn_arena_str(c->a, country);
	*slot = ++c->n;
	return c->n - 1;
}

/* ---- what is known of visits and complaints ---- */

struct walk {
	struct mn_planning *x;
	struct mn_scan *card, *ent, *ev;
	struct mn_str ev_key, ev_body, ev_pos; /* the row at hand */
	int ev_more;
	int grievance; /* source class, -1: none */
	struct mn_arena root;
};

static bool
next_evidence(struct walk *w, struct mn_err *err)
{
	w->ev_more = mn_scan_next(w->ev, &w->ev_key, &w->ev_body, &w->ev_pos, err);
	return w->ev_more >= 0;
}

/* Did somebody go there? Claims of workers and decisions on applications are no visits:
 * their days would send the inspectors elsewhere, and stand on a field sheet. */
static bool
is_visit(const struct mn_pack *p, const struct mn_evidence *e)
{
	struct mn_str rest = e->pack_row;
	if (e->kind != MN_K_INSPECTIONS || e->event_day == MN_DAY_NONE ||
	    mn_pack_workers_voice(p, e->source_class))
		return false;
	mn_str_cut(&rest, '/');
	struct mn_str code = mn_str_cut(&rest, ':');
	for (uint32_t i = 0; i < p->n_authority; i++)
		if (mn_str_eq(p->authority[i].code, code))
			return p->authority[i].acts_on.n == 0 ||
			       mn_str_eq(p->authority[i].acts_on, MN_S("inspections"));
	return true;
}

/* Rows of this entity: the day of the last inspection, and whether a complaint of workers
 * stands. Entities and evidence come in one order. */
static bool
evidence(
    struct walk *w, struct mn_str eid, int32_t *last, bool *complaint, struct mn_err *err)
{
	struct mn_evidence e;
	*last = MN_DAY_NONE;
	*complaint = false;
	while (w->ev_more == 1 && mn_str_cmp(mn_str_sub(w->ev_key, 0, eid.n), eid) <= 0) {
		if (!mn_evidence_decode(w->ev_key, w->ev_body, w->ev_pos, &e, err))
			return false;
		bool mine = mn_str_starts(w->ev_key, eid);
		if (mine && is_visit(w->x->r.pack, &e) && e.event_day > *last)
			*last = e.event_day;
		if (mine && (int)e.source_class == w->grievance &&
		    e.direction == MN_ADVERSE && e.status <= MN_STATUS_UNKNOWN)
			*complaint = true;
		if (!next_evidence(w, err))
			return false;
	}
	return true;
}

/* ---- who is left out ---- */

static bool
is_never(const struct mn_planning *x, struct mn_eid id)
{
	for (uint32_t i = 0; i < x->n_never; i++)
		if (mn_eid_cmp(x->never[i], id) == 0)
			return true;
	return false;
}

static bool
is_out(const struct mn_planning *x, struct mn_eid id)
{
	bool out = false;
	for (uint32_t i = 0; i < x->n_moved; i++) {
		out = out || mn_eid_cmp(x->moved[i].out, id) == 0;
		if (x->moved[i].swap && mn_eid_cmp(x->moved[i].in, id) == 0)
			out = false;
	}
	return out;
}

static bool
is_in(const struct mn_planning *x, struct mn_eid id)
{
	for (uint32_t i = 0; i < x->n_moved; i++)
		if (x->moved[i].swap && mn_eid_cmp(x->moved[i].in, id) == 0)
			return !is_out(x, id);
	return false;
}

static bool
in_months(const struct mn_season *s, uint32_t month)
{
	return s->from <= s->to ? month >= s->from && month <= s->to
				: month >= s->from || month <= s->to;
}

/* Where no row names the sector it has no season. */
static bool
out_of_season(struct mn_planning *x, const struct mn_entity *e, struct mn_str region)
{
	struct mn_buf sector = mn_buf_new(1u << 17), where = mn_buf_new(1u << 17);
	int year, month, day;
	bool named = false, in = false;
	if (x->n_season == 0)
		return false;
	mn_day_civil(x->month, &year, &month, &day);
	mn_fold_words(e->rec.v[MN_F_SECTOR], &sector);
	mn_buf_byte(&sector, ' ');
	mn_fold_words(e->rec.v[MN_F_PRODUCT], &sector);
	mn_fold_words(region, &where);
	for (uint32_t i = 0; i < x->n_season; i++) {
		const struct mn_season *s = &x->season[i];
		if (mn_str_find(mn_buf_str(&sector), s->sector) == SIZE_MAX ||
		    (s->region.n && !mn_str_eq(s->region, mn_buf_str(&where))))
			continue;
		named = true;
		in = in || in_months(s, (uint32_t)month);
	}
	mn_buf_free(&sector);
	mn_buf_free(&where);
	return named && !in;
}

/* Whom only a ledger or a case names, without a country, nobody can be sent to. */
static bool
has_place(const struct mn_entity *e)
{
	static const enum mn_field F[] = {
	    MN_F_ADDRESS, MN_F_CITY, MN_F_REGION, MN_F_COUNTRY};
	for (size_t i = 0; i < countof(F); i++)
		if (e->rec.v[F[i]].n)
			return true;
	return false;
}

/* MN_LEFT_COUNT: it may be visited. A complaint comes before a cool-down. */
static enum mn_left_out
left_out(struct mn_planning *x, const struct mn_entity *e, struct mn_str region,
    int32_t last, bool complaint)
{
	if (mn_entity_role(e) == MN_ROLE_BIDDER)
		return MN_LEFT_ROLE;
	if (is_never(x, e->id))
		return MN_LEFT_NEVER;
	if (!has_place(e))
		return MN_LEFT_PLACE;
	if (is_out(x, e->id))
		return MN_LEFT_MOVED;
	if (out_of_season(x, e, region))
		return MN_LEFT_SEASON;
	if (!complaint && last != MN_DAY_NONE &&
	    x->month - last < (int32_t)x->o->cool_down)
		return MN_LEFT_COOL_DOWN;
	return MN_LEFT_COUNT;
}

/* ---- sites ---- */

static struct mn_plan_site *
new_site(struct mn_planning *x, struct mn_place **place)
{
	if (x->n_site == x->cap_site) {
		uint32_t cap = x->cap_site ? 2 * x->cap_site : 1024;
		struct mn_plan_site *s = MN_NEW(x->a, struct mn_plan_site, cap);
		struct mn_place *p = MN_NEW(x->a, struct mn_place, cap);
		if (x->n_site) {
			memcpy(s, x->site, x->n_site * sizeof *s);
			memcpy(p, x->place, x->n_site * sizeof *p);
		}
		x->site = s;
		x->place = p;
		x->cap_site = cap;
	}
	*place = &x->place[x->n_site];
	return &x->site[x->n_site++];
}

static struct mn_str
region_name(struct mn_planning *x, const struct mn_entity *e)
{
	struct mn_str region = e->rec.v[MN_F_REGION];
	return region.n ? region
			: mn_country_name(x->o->countries, e->rec.v[MN_F_COUNTRY]);
}

static void
add(struct mn_planning *x, const struct mn_entity *e, const struct mn_card *card,
    int32_t last, bool complaint, struct mn_arena scratch)
{
	struct mn_inherent in;
	struct mn_place *place;
	struct mn_str region = region_name(x, e), country = e->rec.v[MN_F_COUNTRY];
	struct mn_str sector = e->rec.v[MN_F_SECTOR];
	uint32_t r = mn_classes_of(
	    &x->region, country, region, region.n ? region : MN_S("not stated"));
	uint32_t s = mn_classes_of(
	    &x->sector, MN_STR_NONE, sector, sector.n ? sector : MN_S("not stated"));
	enum mn_left_out why = left_out(x, e, region, last, complaint);
	x->v->sites++;
	if (why < MN_LEFT_COUNT) {
		x->v->left[why]++;
		return;
	}
	mn_inherent_of(x->r.pack, e, x->memo, &scratch, &in);
	struct mn_plan_site *site = new_site(x, &place);
	int64_t workers = in.workers >= 0 ? in.workers : in.sector_workers;
	*place = (struct mn_place){
	    .last_visit = last, .workers = in.workers, .assumed = in.workers < 0};
	workers = workers >= 0 ? workers : WORKERS_UNKNOWN;
	uint32_t days = mn_plan_days(workers);
	int64_t each = mn_fx_mul(card->severity_q16, card->p_q16);
	*site = (struct mn_plan_site){.id = e->id,
	    .class_of = {r, s, mn_plan_size(in.workers)},
	    .value = each * mn_plan_reached(workers, days),
	    .cost = days,
	    .complaint = complaint,
	    .wanted = is_in(x, e->id)};
	if (x->o->visits) { /* a visit is a visit: what counts is what a day reaches */
		site->value /= days;
		site->cost = 1;
	}
}

/* One entity: 1, 0 at the end, -1 err. */
static int
one(struct walk *w, struct mn_err *err)
{
	struct mn_str key, body, pos, card_key, card_body;
	struct mn_arena scratch = w->root;
	struct mn_entity e;
	struct mn_card card;
	int32_t last;
	bool complaint;
	int more = mn_scan_next(w->card, &card_key, &card_body, NULL, err);
	if (more != 1)
		return more;
	struct mn_get g = mn_get(card_key);
	struct mn_eid id = mn_get_eid(&g);
	if (!mn_card_decode(id, card_body, &card, err))
		return -1;
	do
		more = mn_scan_next(w->ent, &key, &body, &pos, err);
	while (more == 1 && mn_str_cmp(key, card_key) < 0);
	if (more == 0 || (more == 1 && !mn_str_eq(key, card_key)))
		mn_fail(err, MN_E_STORE, "a card without its entity");
	if (more != 1 || !mn_str_eq(key, card_key) ||
	    !mn_entity_decode(id, body, pos, &scratch, &e, err) ||
	    !evidence(w, key, &last, &complaint, err))
		return -1;
	add(w->x, &e, &card, last, complaint, scratch);
	return 1;
}

static int
source_class(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_source_class; i++)
		if (mn_str_eq(p->source_class[i].code, code))
			return (int)i;
	return -1;
}

bool
mn_planning_sites(struct mn_planning *x, struct mn_err *err)
{
	struct walk w = {.x = x,
	    .grievance = source_class(x->r.pack, MN_S("grievance")),
	    .root = mn_arena_new((size_t)64 << 20, x->a->oom)};
	x->region = mn_classes_new(x->a);
	x->sector = mn_classes_new(x->a);
	x->memo = MN_NEW(x->a, struct mn_inherent_memo, 1);
	w.card = mn_scan_open(x->r.reader, MN_TAB_CARD, MN_STR_NONE, err);
	w.ent = w.card ? mn_scan_open(x->r.reader, MN_TAB_ENT, MN_STR_NONE, err) : NULL;
	w.ev = w.ent ? mn_scan_open(x->r.reader, MN_TAB_EV, MN_STR_NONE, err) : NULL;
	int more = w.ev && next_evidence(&w, err) ? 1 : -1;
	while (more == 1)
		more = one(&w, err);
	mn_scan_close(w.card);
	mn_scan_close(w.ent);
	mn_scan_close(w.ev);
	mn_arena_free(w.root);
	return more == 0;
}

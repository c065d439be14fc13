/* Counting for a statement. */
#include "manumit/base/clock.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/report/messages.h"

#include "statement_data.h"

const char *const MN_ST_OUR_GROUP[MN_ST_OUR_GROUPS] = {MN_SAY("tier unknown"),
    MN_SAY("tier 1"), MN_SAY("tier 2"),
    MN_SAY("tier 3 and below"), [MN_ST_COUNTRY_UNKNOWN] = MN_SAY("country unknown"),
    [MN_ST_SECTOR_UNKNOWN] = MN_SAY("sector unknown")};

struct counting {
	const struct mn_report *r;
	struct mn_st_data *d;
	struct mn_arena *a; /* what is kept */
	struct mn_arena scratch;
	int year;
	struct mn_err *err;
	bool good;
};

/* 0 this year, 1 the one before, -1 another. */
static int
which_year(const struct counting *x, int32_t day)
{
	char text[11];
	int64_t year;
	if (day == MN_DAY_NONE ||
	    !mn_str_i64(mn_str_sub(mn_day_print(day, text), 0, 4), &year))
		return -1;
	return year == x->year ? 0 : year == x->year - 1 ? 1 : -1;
}

/* ---- groups ---- */

static struct mn_st_group *
group(struct counting *x, struct mn_st_groups *g, struct mn_str name, struct mn_str more)
{
	for (uint32_t i = 0; i < g->n; i++)
		if (mn_str_eq(g->v[i].name, name) && mn_str_eq(g->v[i].more, more))
			return &g->v[i];
	/* What does not fit is told as the last group. */
	if (g->n == MN_ST_GROUPS)
		return &g->v[MN_ST_GROUPS - 1];
	g->v[g->n] = (struct mn_st_group){
	    .name = mn_arena_str(x->a, name), .more = mn_arena_str(x->a, more)};
	return &g->v[g->n++];
}

static struct mn_st_money *
money(struct mn_st_money *v, uint32_t *n, struct mn_str currency)
{
	for (uint32_t i = 0; i < *n; i++)
		if (mn_str_eq(mn_str_c(v[i].currency), currency))
			return &v[i];
	if (*n == MN_ST_CURRENCIES || currency.n != 3)
		return NULL;
	memcpy(v[*n].currency, currency.p, 3);
	return &v[(*n)++];
}

static void
add(int64_t *sum, int64_t e4)
{
	if (e4 > 0 && __builtin_add_overflow(*sum, e4, sum))
		*sum = INT64_MAX;
}

static unsigned
tier_of(const struct mn_record *rec)
{
	int64_t tier;
	if (!mn_record_count(rec, MN_F_TIER, &tier) || tier < 1)
		return 0;
	return tier > 3 ? 3 : (unsigned)tier;
}

/* Half of the scale; the tables say so. */
static bool
is_high(const struct mn_card *c)
{
	return c->h_q16[1] >= 65536 / 2;
}

static void
add_to(struct mn_st_group *g, const struct mn_view *v)
{
	int64_t share;
	g->n++;
	g->seen += v->card.n_evidence > 0;
	g->high += is_high(&v->card);
	g->open += v->card.n_adverse > 0;
	g->migrants += (mn_record_q16(&v->ent.rec, MN_F_MIGRANT_SHARE, &share) ||
			   mn_record_count(&v->ent.rec, MN_F_MIGRANT_WORKERS, &share)) &&
		       share > 0;
	g->women += mn_record_q16(&v->ent.rec, MN_F_WOMEN_SHARE, &share) && share > 32768;
	g->tier[tier_of(&v->ent.rec)]++;
	g->weight_q16 += v->card.priority_q16;
}

static struct mn_str
sector_name(const struct mn_report *r, struct mn_str row)
{
	struct mn_str code = row;
	mn_str_cut(&code, '/');
	for (uint32_t i = 0; i < r->pack->n_sector; i++)
		if (mn_str_eq(r->pack->sector[i].code, code))
			return r->pack->sector[i].name;
	return row.n ? row : mn_str_c(MN_ST_OUR_GROUP[MN_ST_SECTOR_UNKNOWN]);
}

static void
add_spend(struct counting *x, const struct mn_view *v)
{
	int64_t e4;
	const struct mn_record *rec = &v->ent.rec;
	if (!mn_record_e4(rec, MN_F_SPEND, &e4))
		return;
	struct mn_st_money *m = money(x->d->spend, &x->d->n_spend, rec->v[MN_F_CURRENCY]);
	x->d->spend_known++;
	if (!m)
		return;
	m->n++;
	add(&m->all_e4, e4);
	if (v->card.n_evidence > 0)
		add(&m->seen_e4, e4);
}

/* ---- findings ---- */

static void
one_finding(struct counting *x, const struct mn_evidence *e, uint32_t had[3])
{
	if (e->direction != MN_ADVERSE || e->indicator >= MN_INDICATORS)
		return;
	unsigned k = e->status == MN_WORKER_VERIFIED   ? 2
		     : e->status == MN_CLOSED_ON_CLAIM ? 1
						       : 0;
	int year = which_year(x, e->event_day);
	had[k] |= 1u << e->indicator;
	x->d->findings_open += k == 0;
	x->d->findings_late += k == 0 && e->event_day != MN_DAY_NONE &&
			       e->event_day < x->r->as_of - MN_ST_LATE;
	if (year >= 0)
		x->d->findings_year[year]++;
}

static void
findings(struct counting *x, const struct mn_view *v)
{
	uint64_t *to[] = {x->d->open, x->d->claimed, x->d->verified};
	uint32_t had[3] = {0}; /* bits by indicator: open, claimed, verified */
	for (uint32_t i = 0; i < v->n_ev; i++)
		one_finding(x, &v->ev[i], had);
	for (size_t k = 0; k < countof(to); k++)
		for (unsigned i = 0; i < MN_INDICATORS; i++)
			to[k][i] += had[k] >> i & 1u;
	x->d->with_open += had[0] != 0;
}

/* ---- entities ---- */

static bool
one_entity(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct counting *x = ctx;
	struct mn_arena a = x->scratch;
	struct mn_view v;
	(void)place;
	x->good = mn_view_load(x->r, card->who, false, &a, &v, x->err);
	if (!x->good)
		return false;
	/* It is published: a supplier alone in its country would read of a complaint in a
	 * number of 1. */
	mn_view_for_hearing(x->r, &a, &v);
	findings(x, &v);
	struct mn_str country =
	    v.ent.rec.v[MN_F_COUNTRY].n
		? mn_country_name(x->r->countries, v.ent.rec.v[MN_F_COUNTRY])
		: mn_str_c(MN_ST_OUR_GROUP[MN_ST_COUNTRY_UNKNOWN]);
	struct mn_str sector = sector_name(x->r, v.inherent.row[1]);
	struct mn_st_data *d = x->d;
	d->entities++;
	d->seen += v.card.n_evidence > 0;
	d->unknown += v.card.band == MN_UNKNOWN;
	d->role[mn_entity_role(&v.ent) % 5]++;
	add_to(group(x, &d->tier, mn_str_c(MN_ST_OUR_GROUP[tier_of(&v.ent.rec)]),
		   MN_STR_NONE),
	    &v);
	add_to(group(x, &d->country, country, MN_STR_NONE), &v);
	add_to(group(x, &d->sector, sector, MN_STR_NONE), &v);
	add_to(group(x, &d->pair, country, sector), &v);
	add_spend(x, &v);
	return true;
}

/* ---- what was done ---- */

static int
year_of(const struct counting *x, const struct mn_record *rec, enum mn_field f)
{
	int32_t day;
	return mn_record_day(rec, f, &day) ? which_year(x, day) : -1;
}

static void
activity(struct counting *x, const struct mn_record *rec)
{
	int kind = mn_record_choice(rec, MN_F_ACTIVITY);
	int year = year_of(x, rec, MN_F_DATE);
	if (kind < 0 || kind > 5 || year < 0)
		return;
	x->d->activity[kind][year]++;
	x->d->offsite[year] += mn_record_bool(rec, MN_F_OFFSITE) == 1;
	if (kind == 0) {
		x->d->audits_unannounced[year] +=
		    mn_record_bool(rec, MN_F_ANNOUNCED) == 0;
		x->d->audits_announced[year] += mn_record_bool(rec, MN_F_ANNOUNCED) == 1;
	}
}

static void
training(struct counting *x, const struct mn_record *rec)
{
	int64_t people;
	int year = year_of(x, rec, MN_F_DATE);
	int whom = mn_record_choice(rec, MN_F_TRAINED);
	if (year < 0 || !mn_record_count(rec, MN_F_PEOPLE, &people))
		return;
	x->d->sessions[year]++;
	x->d->people[year] += (uint64_t)(people < INT32_MAX ? people : INT32_MAX);
	if (year == 0 && whom >= 0 && whom < 5)
		x->d->trained[whom]++;
}

static void
debt(struct counting *x, const struct mn_done *d)
{
	struct mn_ledger_row l = mn_ledger_of_record(x->r, d);
	struct mn_st_money *m = money(x->d->remedy, &x->d->n_remedy, l.currency);
	x->d->debts++;
	x->d->settled += l.settled;
	x->d->overdue += l.overdue;
	if (l.workers_paid > 0 && l.workers_paid < INT32_MAX)
		x->d->workers_paid += (uint64_t)l.workers_paid;
	if (!m)
		return;
	m->n++;
	m->workers += l.workers > 0 && l.workers < INT32_MAX ? (uint64_t)l.workers : 0;
	add(&m->owed_e4, l.owed_known ? l.owed_e4 : 0);
	add(&m->paid_e4, l.paid_known ? l.paid_e4 : 0);
}

static void
profile(struct counting *x, const struct mn_record *rec)
{
	int64_t year, before;
	if (!mn_record_count(rec, MN_F_YEAR, &year))
		year = x->year;
	if (year > x->year)
		return;
	if (x->d->profile && mn_record_count(&x->d->own, MN_F_YEAR, &before) &&
	    before >= year)
		return;
	x->d->profile = true;
	x->d->own = (struct mn_record){.kind = rec->kind, .rid = rec->rid};
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		x->d->own.v[f] = mn_arena_str(x->a, rec->v[f]);
}

static void
one_deed(void *ctx, const struct mn_done *d)
{
	struct counting *x = ctx;
	const struct mn_record *rec = &d->rec;
	if (rec->kind == MN_K_ACTIVITIES)
		activity(x, rec);
	else if (rec->kind == MN_K_TRAINING)
		training(x, rec);
	else if (rec->kind == MN_K_REMEDIATION)
		debt(x, d);
	else if (rec->kind == MN_K_PROFILE)
		profile(x, rec);
	if (rec->kind != MN_K_ACTIONS)
		return;
	int year = year_of(x, rec, MN_F_DONE_ON);
	if (mn_str_starts(rec->v[MN_F_ACTION_ID], MN_S(MN_ST_ASKED))) {
		x->d->asked++;
		x->d->replied += mn_plan_state_of(x->r, rec) == MN_PLAN_DONE;
		return;
	}
	x->d->actions++;
	x->d->plan[mn_plan_state_of(x->r, rec)]++;
	if (year >= 0)
		x->d->done_year[year]++;
}

/* ---- all ---- */

static int
by_weight(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_st_group *a = pa, *b = pb;
	(void)ctx;
	if (a->weight_q16 != b->weight_q16)
		return a->weight_q16 > b->weight_q16 ? -1 : 1;
	int c = mn_str_cmp(a->name, b->name);
	return c ? c : mn_str_cmp(a->more, b->more);
}

static int
by_number(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_st_group *a = pa, *b = pb;
	(void)ctx;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	int c = mn_str_cmp(a->name, b->name);
	return c ? c : mn_str_cmp(a->more, b->more);
}

static int
by_text(const void *pa, const void *pb, const void *ctx)
{
	(void)ctx;
	return mn_str_cmp(((const struct mn_st_group *)pa)->name,
	    ((const struct mn_st_group *)pb)->name);
}

bool
mn_st_count(const struct mn_report *r, int year, struct mn_arena *a,
    struct mn_st_data *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL);
	struct counting x = {.r = r,
	    .d = out,
	    .a = a,
	    .scratch = root,
	    .year = year,
	    .err = err,
	    .good = true};
	*out = (struct mn_st_data){0};
	struct mn_st_groups *g[] = {&out->tier, &out->country, &out->sector, &out->pair};
	for (size_t i = 0; i < countof(g); i++)
		g[i]->v = MN_NEW(a, struct mn_st_group, MN_ST_GROUPS);
	bool good = mn_view_rank(r, 'N', one_entity, &x, err) && x.good &&
		    mn_done_each_last(x.r, one_deed, &x, x.err);
	mn_sort(out->tier.v, out->tier.n, sizeof *out->tier.v, by_text, NULL, *a);
	mn_sort(out->country.v, out->country.n, sizeof *out->tier.v, by_number, NULL, *a);
	mn_sort(out->sector.v, out->sector.n, sizeof *out->tier.v, by_number, NULL, *a);
	mn_sort(out->pair.v, out->pair.n, sizeof *out->tier.v, by_weight, NULL, *a);
	mn_arena_free(root);
	return good;
}

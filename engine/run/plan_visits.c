/* What the pages say of each visit: who goes, what for, in which language, and why. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/text/fold.h"
#include "manumit/text/language.h"

#include "planning.h"

/* ---- languages ---- */

static bool
has_word(struct mn_str list, struct mn_str word)
{
	for (struct mn_str rest = list; rest.p && rest.n;)
		if (mn_str_eq_ascii(mn_str_trim(mn_str_cut(&rest, ';')), word))
			return true;
	return false;
}

static void
add_language(struct mn_arena *a, struct mn_str country, struct mn_str *list)
{
	char room[MN_LANGUAGE_ROOM];
	struct mn_str l = mn_country_language(country, room);
	if (l.n && !has_word(*list, l))
		*list = mn_arena_fmt(
		    a, "%.*s%s%.*s", MN_FMT(*list), list->n ? "; " : "", MN_FMT(l));
}

/* Of the country, of the countries that the site itself names, and of those from where
 * a ledger has so many workers that anybody may know: a sheet is read at the gate, where
 * the language of three workers says who spoke. */
static struct mn_str
languages(const struct mn_planning *x, const struct mn_view *v)
{
	struct mn_str out = MN_STR_NONE;
	int64_t least = mn_pack_min_cell(x->r.pack, MN_AUD_PUBLIC);
	add_language(x->a, v->ent.rec.v[MN_F_COUNTRY], &out);
	for (struct mn_str rest = v->ent.rec.v[MN_F_WORKERS_FROM]; rest.p && rest.n;)
		add_language(x->a, mn_str_trim(mn_str_cut(&rest, ';')), &out);
	for (uint32_t i = 0; i < v->n_fee; i++)
		if ((int64_t)v->fee[i].workers >= least)
			add_language(x->a, mn_str_c(v->fee[i].origin), &out);
	return out;
}

static bool
speaks(const struct mn_inspector *c, struct mn_str language)
{
	for (struct mn_str rest = c->languages; rest.p && rest.n;) {
		char room[MN_LANGUAGE_ROOM];
		struct mn_str one = mn_str_trim(mn_str_cut(&rest, ';'));
		if (mn_str_eq_ascii(mn_language_name(one, room), language))
			return true;
	}
	return false;
}

/* ---- who goes ---- */

/* Languages of the list that the crew speaks, and whether its base is the town or region
 * of the site: who suits best. */
static uint32_t
suits(const struct mn_inspector *c, const struct mn_view *v, struct mn_str list)
{
	uint32_t n = 0;
	for (struct mn_str rest = list; rest.p && rest.n;)
		n += 4 * speaks(c, mn_str_trim(mn_str_cut(&rest, ';')));
	n += c->base.n && (mn_str_eq_ascii(c->base, v->ent.rec.v[MN_F_CITY]) ||
			      mn_str_eq_ascii(c->base, v->ent.rec.v[MN_F_REGION]));
	return n;
}

struct sending {
	struct mn_planning *x;
	uint32_t *left; /* region * n_crew + crew: days that the plan gives */
};

/* The crew with days left in the region that suits best; those with enough for all of it
 * before others. */
static uint32_t
best_crew(const struct sending *s, uint32_t region, uint32_t want,
    const struct mn_view *v, struct mn_str list)
{
	uint32_t best = UINT32_MAX, most = 0;
	for (uint32_t c = 0; c < s->x->in.n_crew; c++) {
		uint32_t left = s->left[(size_t)region * s->x->in.n_crew + c];
		uint32_t worth = 1 + 2 * suits(&s->x->crew[c], v, list) + (left >= want);
		if (left && worth > most) {
			best = c;
			most = worth;
		}
	}
	return best;
}

static struct mn_str
goes(const struct mn_planning *x, const struct mn_messages *m, uint32_t crew,
    uint32_t days)
{
	return mn_message_say(x->a, m, days == 1 ? "%.*s (%u day)" : "%.*s (%u days)",
	    MN_FMT(x->crew[crew].name), days);
}

static struct mn_str
joined(struct mn_arena *a, struct mn_str list, struct mn_str one)
{
	return mn_arena_fmt(
	    a, "%.*s%s%.*s", MN_FMT(list), list.n ? ", " : "", MN_FMT(one));
}

static struct mn_str
send(struct sending *s, const struct mn_plan_site *site, const struct mn_view *v,
    struct mn_visit *out)
{
	struct mn_arena *a = s->x->a;
	struct mn_str who = MN_STR_NONE, said = MN_STR_NONE;
	uint32_t region = site->class_of[MN_PLAN_REGION], want = site->cost;
	out->interpreter = out->languages;
	while (want) {
		uint32_t c = best_crew(s, region, want, v, out->languages);
		if (c == UINT32_MAX)
			break;
		uint32_t *left = &s->left[(size_t)region * s->x->in.n_crew + c];
		uint32_t n = *left < want ? *left : want;
		struct mn_str missing = MN_STR_NONE;
		*left -= n;
		want -= n;
		who = joined(a, who, goes(s->x, NULL, c, n));
		said = joined(a, said, goes(s->x, s->x->r.messages, c, n));
		for (struct mn_str rest = out->interpreter; rest.p && rest.n;) {
			struct mn_str one = mn_str_trim(mn_str_cut(&rest, ';'));
			if (!speaks(&s->x->crew[c], one))
				missing = mn_arena_fmt(a, "%.*s%s%.*s", MN_FMT(missing),
				    missing.n ? "; " : "", MN_FMT(one));
		}
		out->interpreter = missing;
	}
	out->said.crew = said;
	return who;
}

/* ---- why ---- */

static struct mn_str
class_name(const struct mn_planning *x, unsigned dim, uint32_t class)
{
	if (dim == MN_PLAN_SIZE)
		return mn_str_c(MN_PLAN_SIZE_NAME[class]);
	return dim == MN_PLAN_REGION ? x->region.name[class] : x->sector.name[class];
}

static struct mn_str
last_visit(
    const struct mn_planning *x, const struct mn_messages *m, const struct mn_place *p)
{
	char day[11];
	return p->last_visit == MN_DAY_NONE
		   ? mn_message(m, mn_str_c(MN_SAY("no visit is on record")))
		   : mn_message_say(
			 x->a, m, "last visit %s", mn_day_print(p->last_visit, day).p);
}

static const struct mn_moved *
moved_in(const struct mn_planning *x, struct mn_eid id)
{
	for (uint32_t i = x->n_moved; i-- > 0;)
		if (x->moved[i].swap && mn_eid_cmp(x->moved[i].in, id) == 0)
			return &x->moved[i];
	return NULL;
}

static struct mn_str
worth(const struct mn_planning *x, const struct mn_messages *m,
    const struct mn_plan_pick *p, const struct mn_view *v)
{
	char likely[32], severe[32];
	const struct mn_place *place = &x->place[p->site];
	int64_t workers = place->workers;
	int64_t usual = v->inherent.sector_workers >= 0 ? v->inherent.sector_workers : 20;
	return mn_message_say(x->a, m,
	    workers < 0 ? "likelihood %s, severity %s, workers not stated, reckoned with "
			  "%lld: number %u of %u by what a day reaches; %.*s"
			: "likelihood %s, severity %s, %lld workers: number %u of %u by "
			  "what a day reaches; %.*s",
	    mn_fx_print(v->card.p_q16, 2, likely).p,
	    mn_fx_print(v->card.severity_q16, 2, severe).p,
	    (long long)(workers < 0 ? usual : workers), p->rank, x->n_site,
	    MN_FMT(last_visit(x, m, place)));
}

/* As a sentence of its own. */
static struct mn_str
alone(struct mn_arena *a, struct mn_str s)
{
	char first = s.p[0] >= 'a' && s.p[0] <= 'z' ? (char)(s.p[0] - 'a' + 'A') : s.p[0];
	return mn_arena_fmt(a, "%c%.*s.", first, MN_FMT(mn_str_sub(s, 1, s.n)));
}

static struct mn_str
reason(const struct mn_planning *x, const struct mn_messages *m,
    const struct mn_plan_pick *p, const struct mn_view *v)
{
	static const char *const DIM[] = {
	    MN_SAY("region"), MN_SAY("sector"), MN_SAY("size class")};
	const struct mn_plan_site *site = &x->site[p->site];
	const struct mn_moved *in = moved_in(x, site->id);
	if (site->wanted && in)
		return mn_message_say(
		    x->a, m, "Put in by %.*s: %.*s.", MN_FMT(in->by), MN_FMT(in->reason));
	if (p->stratum == MN_PLAN_RANDOM)
		return mn_message_say(x->a, m,
		    "Drawn by lot (seed %llu) from %u sites, so that the plan can be "
		    "measured; that says nothing about the employer.",
		    (unsigned long long)x->o->seed, x->out.drawn_from);
	struct mn_str w = worth(x, m, p, v);
	if (p->stratum == MN_PLAN_RESERVE)
		return mn_message_say(x->a, m,
		    "A complaint stands; complaints have days of their own (%.*s).",
		    MN_FMT(w));
	if (p->dim < MN_PLAN_DIMS)
		return mn_message_say(x->a, m,
		    "Keeps the least number of visits in the %s %.*s, of which it is the "
		    "best left (%.*s).",
		    mn_message(m, mn_str_c(DIM[p->dim])).p,
		    MN_FMT(class_name(x, p->dim, site->class_of[p->dim])), MN_FMT(w));
	return alone(x->a, w);
}

/* The indicators with evidence, the strongest first; without any all are open. */
static struct mn_str
look_for(
    const struct mn_planning *x, const struct mn_messages *m, const struct mn_view *v)
{
	struct mn_str out = MN_STR_NONE;
	bool told[MN_INDICATORS] = {false};
	for (unsigned n = 0; n < 3; n++) {
		int best = -1;
		for (int i = 0; i < MN_INDICATORS; i++)
			if (!told[i] && v->card.ind[i].s_q16 > 0 &&
			    (best < 0 || v->card.ind[i].s_q16 > v->card.ind[best].s_q16))
				best = i;
		if (best < 0)
			break;
		told[best] = true;
		out = mn_arena_fmt(x->a, "%.*s%s%.*s", MN_FMT(out), out.n ? "; " : "",
		    MN_FMT(mn_message(m, x->r.pack->indicator[best].name)));
	}
	return out.n ? out
		     : mn_message(m, mn_str_c(MN_SAY("all eleven indicators: nothing is "
						     "known yet")));
}

/* ---- all of it ---- */

static struct mn_str
place_of(const struct mn_planning *x, const struct mn_view *v)
{
	static const enum mn_field F[] = {MN_F_ADDRESS, MN_F_CITY, MN_F_REGION};
	struct mn_str out = MN_STR_NONE;
	for (size_t i = 0; i < countof(F); i++) {
		struct mn_str s = v->ent.rec.v[F[i]];
		if (s.n)
			out = mn_arena_fmt(x->a, "%.*s%s%.*s", MN_FMT(out),
			    out.n ? ", " : "", MN_FMT(s));
	}
	struct mn_str c = mn_country_name(x->o->countries, v->ent.rec.v[MN_F_COUNTRY]);
	return mn_arena_fmt(
	    x->a, "%.*s%s%.*s", MN_FMT(out), out.n && c.n ? ", " : "", MN_FMT(c));
}

static void
describe(struct sending *s, const struct mn_plan_pick *p, const struct mn_view *v,
    struct mn_visit *out)
{
	struct mn_planning *x = s->x;
	const struct mn_plan_site *site = &x->site[p->site];
	const struct mn_record *rec = &v->ent.rec;
	const struct mn_place *place = &x->place[p->site];
	char slug[80];
	out->who = site->id;
	out->stratum = p->stratum;
	out->band = v->card.band;
	out->workers = place->workers;
	out->days =
	    mn_plan_days(place->workers >= 0               ? place->workers
			 : v->inherent.sector_workers >= 0 ? v->inherent.sector_workers
							   : 20);
	out->last_visit = place->last_visit;
	out->p_q16 = v->card.p_q16;
	out->severity_q16 = v->card.severity_q16;
	out->id = mn_arena_str(x->a, rec->v[MN_F_ID]);
	out->name = mn_arena_str(x->a, rec->v[MN_F_NAME]);
	out->address = mn_arena_str(x->a, rec->v[MN_F_ADDRESS]);
	out->country = mn_arena_str(x->a, rec->v[MN_F_COUNTRY]);
	out->place = place_of(x, v);
	out->region = class_name(x, MN_PLAN_REGION, site->class_of[MN_PLAN_REGION]);
	out->sector = class_name(x, MN_PLAN_SECTOR, site->class_of[MN_PLAN_SECTOR]);
	out->size = class_name(x, MN_PLAN_SIZE, site->class_of[MN_PLAN_SIZE]);
	out->languages = languages(x, v);
	if (!x->o->visits)
		out->crew = send(s, site, v, out);
	out->reason = reason(x, NULL, p, v);
	out->look_for = look_for(x, NULL, v);
	out->said.reason = reason(x, x->r.messages, p, v);
	out->said.look_for = look_for(x, x->r.messages, v);
	out->sheet =
	    mn_arena_fmt(x->a, "%.*s.html", MN_FMT(mn_entity_slug(&v->ent, slug)));
}

static void
count_classes(struct mn_planning *x)
{
	struct mn_visits *v = x->v;
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++) {
		uint32_t n = x->in.n_class[d];
		struct mn_visit_class *c = MN_NEW(x->a, struct mn_visit_class, n + 1);
		for (uint32_t i = 0; i < n; i++) {
			c[i].name = class_name(x, d, i);
			c[i].least = x->out.least[d][i];
		}
		for (uint32_t i = 0; i < x->n_site; i++)
			c[x->site[i].class_of[d]].sites++;
		for (uint32_t i = 0; i < x->out.n_pick; i++) {
			const struct mn_plan_pick *p = &x->out.pick[i];
			struct mn_visit_class *k = &c[x->site[p->site].class_of[d]];
			k->visits++;
			k->days += v->visit[i].days;
			k->by_stratum[p->stratum] += v->visit[i].days;
		}
		v->of[d] = c;
		v->n_of[d] = n;
	}
}

static void
count_crews(struct mn_planning *x)
{
	struct mn_visit_crew *c = MN_NEW(x->a, struct mn_visit_crew, x->n_crew + 1);
	uint32_t n_region = x->in.n_class[MN_PLAN_REGION];
	for (uint32_t i = 0; i < x->n_crew; i++) {
		c[i] = (struct mn_visit_crew){.name = x->crew[i].name,
		    .base = x->crew[i].base,
		    .languages = x->crew[i].languages,
		    .days = x->crew[i].days,
		    .open = x->out.spent[(size_t)n_region * x->in.n_crew + i]};
		for (uint32_t r = 0; r < n_region; r++)
			c[i].used += x->out.spent[(size_t)r * x->in.n_crew + i];
	}
	x->v->crew = c;
	x->v->n_crew = x->n_crew;
}

bool
mn_planning_visits(struct mn_planning *x, struct mn_err *err)
{
	struct mn_visits *v = x->v;
	size_t cells = (size_t)x->in.n_class[MN_PLAN_REGION] * x->in.n_crew;
	struct sending s = {.x = x, .left = MN_NEW(x->a, uint32_t, cells + 1)};
	struct mn_visit *visit = MN_NEW(x->a, struct mn_visit, x->out.n_pick + 1);
	struct mn_arena root = mn_arena_new((size_t)1 << 30, x->a->oom);
	bool good = true;
	memcpy(s.left, x->out.spent, cells * sizeof *s.left);
	for (uint32_t i = 0; good && i < x->out.n_pick; i++) {
		struct mn_arena scratch = root;
		struct mn_view view;
		const struct mn_plan_pick *p = &x->out.pick[i];
		good =
		    mn_view_load(&x->r, x->site[p->site].id, false, &scratch, &view, err);
		if (!good)
			break;
		visit[i].rank = i + 1;
		describe(&s, p, &view, &visit[i]);
	}
	mn_arena_free(root);
	v->visit = visit;
	v->n = x->out.n_pick;
	if (good) {
		count_classes(x);
		count_crews(x);
	}
	return good;
}

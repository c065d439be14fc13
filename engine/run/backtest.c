/* From a generation to trials: what was known on its day, and what came after it. */
#include "manumit/base/clock.h"
#include "manumit/base/sort.h"
#include "manumit/evidence/inspection.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/resolve.h"
#include "manumit/run/backtest.h"

#include "planning.h"

const char *const MN_SELECTION_NAME[MN_BACKTEST_SELECTIONS] = {
    "complaint", "programmed", "ranked", "random", "referral", "reserve", "not stated"};

const char *const MN_BACKTEST_SITES_NAME[MN_BT_SITES] = {"inspected", "known", "all"};

enum { SEL_RANDOM = 3, SEL_NONE = 6 };
enum result { R_VIOLATION, R_NONE, R_UNKNOWN }; /* by_site sorts by it */

struct visit {
	struct mn_eid who;
	int32_t day;
	uint8_t result, selection;
	bool later, claim;
	uint32_t authority;
};

struct testing {
	struct mn_report r;
	struct mn_arena *a;
	struct mn_backtest_view *v;
	const struct mn_countries *countries;
	struct visit *visit;
	uint32_t n, cap;
	struct mn_trial *trial;
	uint32_t n_trial;
	struct mn_classes class[MN_TRIAL_DIMS];
};

/* ---- visits ---- */

static const uint8_t RESULT[] = {[MN_FOUND_UNSTATED] = R_UNKNOWN,
    [MN_FOUND_UNDECIDED] = R_UNKNOWN,
    [MN_FOUND_NONE] = R_NONE,
    [MN_FOUND_VIOLATION] = R_VIOLATION};

static void
push(struct testing *x, struct visit v)
{
	if (x->n == x->cap) {
		uint32_t cap = x->cap ? 2 * x->cap : 1024;
		struct visit *w = MN_NEW(x->a, struct visit, cap);
		if (x->n)
			memcpy(w, x->visit, x->n * sizeof *w);
		x->visit = w;
		x->cap = cap;
	}
	x->visit[x->n++] = v;
}

/* A case that was open on the day is neither before nor after it. */
static bool
one_visit(struct testing *x, const struct mn_record *rec, struct mn_arena scratch,
    struct mn_err *err)
{
	struct mn_join join;
	int32_t first, last;
	bool opened = mn_record_day(rec, MN_F_OPENED, &first);
	if (!mn_record_day(rec, MN_F_CLOSED, &last))
		last = opened ? first : MN_DAY_NONE;
	if (!opened)
		first = last;
	bool later = first != MN_DAY_NONE && first > x->v->split;
	if (first == MN_DAY_NONE || (!later && last > x->v->split))
		return true;
	struct mn_inspection_says says = mn_inspection_says(x->r.pack, rec);
	if (says.acts_on == MN_ACTS_DECISIONS || says.acts_on == MN_ACTS_REGISTER) {
		x->v->no_visit++;
		return true;
	}
	if (!mn_join_row(x->r.reader, x->r.pack, rec, scratch, &join, err))
		return false;
	struct visit v = {.who = join.who,
	    .day = first,
	    .result = RESULT[says.found],
	    .claim = says.acts_on == MN_ACTS_CLAIMS,
	    .later = later};
	int selection = mn_record_choice(rec, MN_F_SELECTION);
	v.selection = (uint8_t)(selection < 0 ? SEL_NONE : selection);
	if (join.n != 1 || join.match_q16 < x->r.pack->k.attach_m) {
		x->v->unjoined += later;
		return true;
	}
	v.authority = mn_classes_of(&x->class[MN_TD_AUTHORITY], MN_STR_NONE,
	    rec -> v[MN_F_AUTHORITY],
	    rec -> v[MN_F_AUTHORITY].n ? rec->v[MN_F_AUTHORITY] : MN_S("not stated"));
	push(x, v);
	return true;
}

static bool
read_visits(struct testing *x, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(x->r.reader, MN_TAB_REC, MN_STR_NONE, err);
	struct mn_arena root = mn_arena_new((size_t)64 << 20, x->a->oom);
	struct mn_str key, body;
	struct mn_record rec;
	int more = -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1) {
		struct mn_get g = mn_get(key);
		if (!mn_record_decode(body, mn_get_u64(&g), &rec, err) ||
		    (rec.kind == MN_K_INSPECTIONS && !one_visit(x, &rec, root, err))) {
			more = -1;
			break;
		}
	}
	mn_scan_close(scan);
	mn_arena_free(root);
	return more == 0;
}

/* ---- trials ---- */

static int
by_site(const void *a, const void *b, const void *ctx)
{
	const struct visit *x = a, *y = b;
	(void)ctx;
	int c = mn_eid_cmp(x->who, y->who);
	if (c == 0)
		c = (x->day > y->day) - (x->day < y->day);
	return c ? c : (int)x->result - (int)y->result;
}

/* The classes and the likelihood of the site. */
static bool
describe(
    struct testing *x, struct mn_trial *t, struct mn_arena scratch, struct mn_err *err)
{
	char room[16];
	struct mn_buf key = {room, 0, 16, 16, false};
	struct mn_str body, region, sector;
	struct mn_card card;
	struct mn_view view;
	int64_t workers;
	mn_put_eid(&key, t->id);
	if (mn_reader_get(x->r.reader, MN_TAB_CARD, mn_buf_str(&key), &body, NULL, err) !=
	    1)
		return mn_fail(err, MN_E_STORE, "an entity without a card");
	if (!mn_card_decode(t->id, body, &card, err) ||
	    !mn_view_brief(&x->r, &card, &scratch, &view, err))
		return false;
	const struct mn_record *rec = &view.ent.rec;
	region = rec->v[MN_F_REGION];
	region = region.n ? region : mn_country_name(x->countries, rec->v[MN_F_COUNTRY]);
	sector = rec->v[MN_F_SECTOR];
	t->p_q16 = card.p_q16;
	t->class_of[MN_TD_SECTOR] = mn_classes_of(&x->class[MN_TD_SECTOR], MN_STR_NONE,
	    sector, sector.n ? sector : MN_S("not stated"));
	t->class_of[MN_TD_REGION] = mn_classes_of(&x->class[MN_TD_REGION],
	    rec -> v[MN_F_COUNTRY], region, region.n ? region : MN_S("not stated"));
	t->class_of[MN_TD_SIZE] =
	    mn_plan_size(mn_record_count(rec, MN_F_WORKERS, &workers) ? workers : -1);
	return true;
}

/* All visits to one site; true: it is a trial. */
static bool
one_site(struct testing *x, struct mn_eid id, const struct visit *v, uint32_t n,
    struct mn_trial *t)
{
	bool tried = false;
	/* Of a site without visits no authority is known. */
	uint32_t none = n ? v->authority
			  : mn_classes_of(&x->class[MN_TD_AUTHORITY], MN_STR_NONE,
				MN_STR_NONE, MN_S("not stated"));
	*t = (struct mn_trial){.id = id, .last_violation = MN_DAY_NONE};
	t->class_of[MN_TD_AUTHORITY] = none;
	for (uint32_t i = 0; i < n; i++) {
		if (!v[i].later) {
			x->v->before++;
			if (v[i].result == R_VIOLATION)
				t->last_violation = v[i].day;
			continue;
		}
		x->v->later++;
		x->v->claims += v[i].claim;
		x->v->selection[v[i].selection]++;
		if (v[i].day > x->v->last_day)
			x->v->last_day = v[i].day;
		x->v->no_result += v[i].result == R_UNKNOWN;
		if (v[i].result == R_UNKNOWN)
			continue;
		if (!tried)
			t->class_of[MN_TD_AUTHORITY] = v[i].authority;
		tried = true;
		t->hit = t->hit || v[i].result == R_VIOLATION;
		t->random = t->random || v[i].selection == SEL_RANDOM;
	}
	return tried;
}

/* The visits to a site, which come in the order of sites; *at: behind those before. */
static uint32_t
visits_of(const struct testing *x, struct mn_eid id, uint32_t *at)
{
	uint32_t n = 0;
	while (*at < x->n && mn_eid_cmp(x->visit[*at].who, id) < 0)
		++*at;
	while (*at + n < x->n && mn_eid_cmp(x->visit[*at + n].who, id) == 0)
		n++;
	return n;
}

static bool
make_trials(struct testing *x, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)64 << 20, x->a->oom);
	struct mn_scan *scan = mn_scan_open(x->r.reader, MN_TAB_CARD, MN_STR_NONE, err);
	struct mn_str key;
	uint32_t at = 0;
	int more = -1;
	mn_sort(x->visit, x->n, sizeof *x->visit, by_site, NULL, *x->a);
	x->trial = MN_NEW(x->a, struct mn_trial, x->r.entities + 1);
	while (scan && (more = mn_scan_next(scan, &key, NULL, NULL, err)) == 1) {
		struct mn_get g = mn_get(key);
		struct mn_trial *t = &x->trial[x->n_trial];
		struct mn_eid id = mn_get_eid(&g);
		uint32_t n = visits_of(x, id, &at);
		bool tried = one_site(x, id, x->visit + at, n, t);
		bool known = n > 0 && !x->visit[at].later; /* the first of them */
		if ((x->v->which == MN_BT_INSPECTED && !tried) ||
		    (x->v->which == MN_BT_KNOWN && !known))
			continue;
		if (!describe(x, t, root, err)) {
			more = -1;
			break;
		}
		x->n_trial++;
	}
	mn_scan_close(scan);
	mn_arena_free(root);
	return more == 0;
}

static bool
enough(const struct testing *x, struct mn_err *err)
{
	uint32_t hits = 0;
	for (uint32_t i = 0; i < x->n_trial; i++)
		hits += x->trial[i].hit;
	char day[11];
	const char *split = mn_day_print(x->v->split, day).p;
	if (x->n_trial < 20 && x->v->no_visit)
		return mn_fail(err, MN_E_DATA,
		    "%u sites are there to be measured after %s; fewer than 20 measure "
		    "nothing, and %llu rows are decisions on applications or entries of "
		    "a register: nobody went there",
		    x->n_trial, split, (unsigned long long)x->v->no_visit);
	if (x->n_trial < 20)
		return mn_fail(err, MN_E_DATA,
		    "%u sites are there to be measured after %s (--sites %s); fewer than "
		    "20 "
		    "measure nothing",
		    x->n_trial, split, MN_BACKTEST_SITES_NAME[x->v->which]);
	if (hits == 0)
		return mn_fail(err, MN_E_DATA,
		    "of none of the %u sites measured after %s (--sites %s) a violation "
		    "is stated: nothing can be told apart",
		    x->n_trial, split, MN_BACKTEST_SITES_NAME[x->v->which]);
	if (hits == x->n_trial)
		return mn_fail(err, MN_E_DATA,
		    "all %u sites measured after %s have the same result (a violation): "
		    "nothing can be told apart; of records that hold violators only, "
		    "--sites known measures who was found again",
		    x->n_trial, split);
	return true;
}

static bool
test(struct testing *x, struct mn_err *err)
{
	char run[11], asked[11];
	if (x->v->split != MN_DAY_NONE && x->v->split != x->r.as_of)
		return mn_fail(err, MN_E_DATA,
		    "the current run is as of %s; screen the same files with --as-of %s "
		    "first, so that nothing later is known",
		    mn_day_print(x->r.as_of, run).p, mn_day_print(x->v->split, asked).p);
	x->v->split = x->r.as_of;
	x->v->last_day = x->r.as_of;
	x->v->sites = x->r.entities;
	for (unsigned d = 0; d < MN_TRIAL_DIMS; d++)
		x->class[d] = mn_classes_new(x->a);
	if (!read_visits(x, err) || !make_trials(x, err) || !enough(x, err))
		return false;
	for (unsigned d = 0; d < MN_TRIAL_DIMS; d++) {
		x->v->class_name[d] = x->class[d].name;
		x->v->n_class[d] = x->class[d].n;
	}
	struct mn_str *size = MN_NEW(x->a, struct mn_str, MN_PLAN_SIZES);
	for (unsigned i = 0; i < MN_PLAN_SIZES; i++)
		size[i] = mn_str_c(MN_PLAN_SIZE_NAME[i]);
	x->v->class_name[MN_TD_SIZE] = size;
	x->v->n_class[MN_TD_SIZE] = MN_PLAN_SIZES;
	mn_backtest_make(
	    x->trial, x->n_trial, x->v->n_class, x->v->seed, x->a, &x->v->result);
	return true;
}

bool
mn_run_backtest(const char *dir, int32_t split, enum mn_backtest_sites which,
    uint64_t seed, const struct mn_countries *countries, struct mn_arena *a,
    struct mn_backtest_view *out, struct mn_err *err)
{
	struct testing x = {.a = a, .v = out, .countries = countries};
	*out = (struct mn_backtest_view){.split = split, .which = which, .seed = seed};
	struct mn_gen *g = mn_run_open(dir, 0, err);
	if (!g)
		return false;
	bool good = mn_report_open(&x.r, g, countries, a, err);
	if (good) {
		good = test(&x, err);
		mn_report_close(&x.r);
	}
	mn_gen_close(g);
	return good;
}

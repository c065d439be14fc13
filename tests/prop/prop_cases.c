/*
 * Cases that a generator writes, in the words of the .case files: suppliers, findings and
 * inspections as rows of input. What must hold whatever the rows say is tried by changing
 * lines of them. A case that fails is printed, to be put into a .case file.
 */
#include "../unit/packs.h"

#include "../unit/case_run.h"

#include "rng.h"

#define CASES 1500
#define MOST 12 /* lines of a case, and room for one more of each kind of change */

struct made {
	struct case_line line[MOST + 4];
	unsigned n;
	struct mn_arena a; /* of its lines */
};

static struct mn_arena root, lines, results, scratch;
static const struct mn_pack *pack;

static int
setup(void **state)
{
	(void)state;
	lines = root = mn_arena_new((size_t)1 << 30, NULL);
	pack = shipped_packs(&lines);
	results = mn_arena_new(64u << 20, NULL);
	scratch = mn_arena_new(64u << 20, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(scratch);
	mn_arena_free(results);
	mn_arena_free(root);
	return 0;
}

/* ---- the generator ---- */

#define PICK(r, ...) \
	((const char *const[]){__VA_ARGS__})[below( \
	    r, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))]

static const char *
any_date(struct rng *r, struct mn_arena *a)
{
	return mn_arena_fmt(a, "20%02u-%02u-%02u%c", 18 + below(r, 9), 1 + below(r, 10),
	    1 + below(r, 28), 0)
	    .p;
}

static void
put(struct made *m, struct mn_str text)
{
	m->line[m->n++] = (struct case_line){text, m->n + 1};
}

static struct mn_str
any_supplier(struct rng *r, struct mn_arena *a)
{
	return mn_arena_fmt(a, "supplier %s %s %s %s %s",
	    PICK(r, "country=NO", "country=BD", "country=MY",
		"country=CN region=Xinjiang", "name=X"),
	    PICK(r, "sector=software", "sector=garments", "sector=fishing", "name=X"),
	    PICK(r, "workers=12", "workers=800", "name=X"),
	    PICK(r, "migrant_share=0.1", "migrant_share=0.9", "name=X"),
	    PICK(r, "agency_share=0", "agency_share=0.5", "name=X"));
}

/* The life of a finding, as a user may tell it. */
static const char *
any_life(struct rng *r, struct mn_arena *a)
{
	const char *closed = mn_arena_fmt(a, "closed_on=%s%c", any_date(r, a), 0).p;
	const char *by = PICK(r, "verified_by=union", "verified_by=auditor",
	    "verified_by=workers", "verified_by=\"somebody else\"", "");
	switch (below(r, 6)) {
	case 0:
	case 1:
		return "status=open";
	case 2:
		return "status=unknown";
	case 3:
		return mn_arena_fmt(
		    a, "status=closed_on_claim %s%c", chance(r, 80) ? closed : "", 0)
		    .p;
	case 4:
		return mn_arena_fmt(a, "status=worker_verified %s %s%c", closed, by, 0).p;
	default:
		return chance(r, 50) ? mn_arena_fmt(a, "%s %s%c", closed, by, 0).p : "";
	}
}

static const char *
any_class(struct rng *r)
{
	return PICK(r, "court", "inspectorate announced=no", "inspectorate", "union",
	    "offsite_interviews", "worker_survey n_asked=50", "worker_survey n_asked=9",
	    "grievance", "ngo_media", "audit", "audit announced=no offsite=yes",
	    "audit_announced paid_by=supplier", "self_assessment", "rumour");
}

static struct mn_str
any_finding(struct rng *r, struct mn_arena *a)
{
	bool clear = chance(r, 40);
	return mn_arena_fmt(a,
	    "finding indicator=%s%s source_class=%s date=%s %s %s %s %s",
	    PICK(
		r, "I01", "I03", "I05", "I07", "I07", "I08", "I09", "I11", "unspecified"),
	    clear ? " direction=clear" : "", any_class(r), any_date(r, a),
	    clear ? ""
		  : PICK(r, "strength=S", "strength=S", "strength=M", "strength=W", ""),
	    clear ? "" : any_life(r, a),
	    PICK(r, "root=A", "root=B", "reference=C", "reference=D", ""),
	    PICK(r, "match=0.6", "match=0.4", "imposed_by=private", "", "", "", "", ""));
}

static struct mn_str
any_inspection(struct rng *r, struct mn_arena *a)
{
	return mn_arena_fmt(a,
	    "inspection authority=%s case_id=%u closed=%s announced=%s %s",
	    PICK(r, "X", "\"US WHD\""), below(r, 3), any_date(r, a), PICK(r, "yes", "no"),
	    PICK(r, "outcome=none access=full", "violation=PASSPORT_HELD status=open",
		"violation=SAFETY;EXCESSIVE_HOURS", "outcome=pending",
		"minors=1 status=open"));
}

/* A good case to be low, a case of findings, or a little of both. */
static void
any_case(struct rng *r, struct made *m)
{
	unsigned n = below(r, MOST - 2);
	m->n = 0;
	m->a = lines;
	put(m, any_supplier(r, &m->a));
	if (chance(r, 25))
		put(m, mn_arena_fmt(&m->a,
			   "finding indicator=all direction=clear "
			   "source_class=offsite_interviews date=2026-10-01"));
	for (unsigned i = 0; i < n; i++)
		put(m, chance(r, 75) ? any_finding(r, &m->a) : any_inspection(r, &m->a));
}

/* ---- running ---- */

static void
run(const struct made *m, struct case_run *x)
{
	struct case_text text = {.id = MN_S("GEN"), .file = MN_S("generated"), .line = 0};
	struct mn_arena a = results;
	text.part[CASE_FACTS] = (struct case_line *)m->line;
	text.n[CASE_FACTS] = m->n;
	run_case(x, &text, pack, &a, scratch);
	x->text = NULL;
}

static void
show(const char *what, const struct made *m)
{
	print_error("%s\n\ncase X generated\nfacts\n", what);
	for (unsigned i = 0; i < m->n; i++)
		print_error("  %.*s\n", MN_FMT(m->line[i].text));
}

#define holds(cond, m) \
	do { \
		if (!(cond)) { \
			show(#cond, m); \
			fail(); \
		} \
	} while (0)

static struct made
without(const struct made *m, unsigned line)
{
	struct made less = *m;
	memmove(less.line + line, less.line + line + 1,
	    (less.n - line - 1) * sizeof *less.line);
	less.n--;
	return less;
}

static bool
says(const struct made *m, unsigned line, const char *words)
{
	return mn_str_find(m->line[line].text, mn_str_c(words)) != SIZE_MAX;
}

static struct mn_str
swapped(struct made *m, unsigned line, const char *from, const char *to)
{
	struct mn_str text = m->line[line].text;
	size_t at = mn_str_find(text, mn_str_c(from));
	if (at == SIZE_MAX)
		return text;
	return mn_arena_fmt(&m->a, "%.*s%s%.*s", MN_FMT(mn_str_sub(text, 0, at)), to,
	    MN_FMT(mn_str_sub(text, at + strlen(from), text.n)));
}

typedef void principle(struct rng *r, struct made *m, const struct case_run *x);

static void
for_all(principle *p, uint64_t seed)
{
	static struct case_run x;
	struct rng r = {seed};
	struct made m;
	for (int i = 0; i < CASES; i++) {
		any_case(&r, &m);
		run(&m, &x);
		p(&r, &m, &x);
	}
}

static struct case_run y; /* of the changed case */

/* ---- the principles ---- */

/* 1. Unknown is never low: what the supplier says less of never narrows the interval, and
 * low is said of nobody of whom no check tells. */
static void
unknown_is_never_low(struct rng *r, struct made *m, const struct case_run *x)
{
	static const char *const SAID[] = {"country=NO", "country=BD", "country=MY",
	    "migrant_share=0.1", "migrant_share=0.9", "agency_share=0.5"};
	struct made less = *m;
	const char *said = SAID[below(r, countof(SAID))];
	bool clear = false;
	for (unsigned i = 1; i < m->n; i++)
		clear = clear || says(m, i, "clear") || says(m, i, "outcome=none");
	holds(clear || x->card.band != MN_LOW, m);
	if (!says(m, 0, said))
		return;
	less.line[0].text = swapped(&less, 0, said, "name=X");
	run(&less, &y);
	/* A service is a good that is known: its sector stays. */
	holds(y.card.low_q16 <= x->card.low_q16, m);
	holds(y.card.high_q16 >= x->card.high_q16, m);
}

/* 3. Gates stand beside the score. */
static void
gates_stand_beside(struct rng *r, struct made *m, const struct case_run *x)
{
	struct made more = *m;
	put(&more,
	    mn_arena_fmt(&more.a, "gate %s=%s", PICK(r, "G-WRO", "G-UFLPA", "G-OWN"),
		PICK(r, "hit", "possible", "ended", "upstream")));
	run(&more, &y);
	holds(y.card.p_q16 == x->card.p_q16 && y.card.low_q16 == x->card.low_q16 &&
		  y.card.high_q16 == x->card.high_q16 && y.card.band == x->card.band,
	    &more);
	holds(y.card.action >= x->card.action, &more);
}

/* 4. Every number is the sum of its parts. */
static void
sums_are_exact(struct rng *r, struct made *m, const struct case_run *x)
{
	int64_t s = x->card.base_s_q16;
	(void)r;
	for (unsigned i = 0; i < x->n_ev; i++)
		s += x->row[i].s_q16;
	holds(s == x->card.s_q16, m);
}

/* 5. Context alone is at most elevated, and the country alone moves h by half at most. */
static void
context_convicts_nobody(struct rng *r, struct made *m, const struct case_run *x)
{
	struct made bare = *m;
	(void)r;
	bare.n = 1;
	run(&bare, &y);
	holds(y.card.band <= MN_ELEVATED, &bare);
	holds(y.inherent.known[0] == x->inherent.known[0], &bare);
	int64_t country = mn_fx_mul(pack->channel[0].weight_q16, pack->channel[0].hi_q16);
	holds(country <= MN_FX_ONE / 2, &bare);
}

/* 6. No laundering: while an open strong or medium finding stands, clear lines move
 * nothing; and where the state imposes it they never do. */
static void
nothing_is_laundered(struct rng *r, struct made *m, const struct case_run *x)
{
	struct made more = *m;
	bool state = says(m, 0, "Xinjiang");
	(void)r;
	put(&more, mn_arena_fmt(&more.a, "finding indicator=all direction=clear "
					 "source_class=union date=2026-10-20"));
	run(&more, &y);
	holds(y.card.p_q16 <= x->card.p_q16, &more);
	holds(!x->card.open_strong || y.card.band == x->card.band, &more);
	holds(!x->card.open_strong || y.card.p_q16 == x->card.p_q16, &more);
	holds(!state || y.card.p_q16 == x->card.p_q16, &more);
	holds(!state || y.card.band != MN_LOW, &more);
}

static bool
is_adverse(const struct case_run *x, unsigned line)
{
	bool any = false;
	for (unsigned i = 0; i < x->n_ev; i++) {
		if (mn_rid_line(x->ev[i].rid) != line)
			continue;
		any = true;
		if (x->ev[i].direction != MN_ADVERSE)
			return false;
	}
	return any;
}

/* 7a. Without an adverse line nothing rises; without a clear one nothing falls. */
static void
lines_only_add(struct rng *r, struct made *m, const struct case_run *x)
{
	unsigned line = below(r, m->n);
	if (line == 0 || !x->n_ev)
		return;
	struct made less = without(m, line);
	run(&less, &y);
	if (is_adverse(x, m->line[line].no)) {
		holds(y.card.p_q16 <= x->card.p_q16, m);
		holds(y.card.low_q16 <= x->card.low_q16, m);
		holds(y.card.high_q16 <= x->card.high_q16, m);
		holds(y.card.band <= x->card.band, m);
	} else if (says(m, line, "direction=clear")) {
		holds(y.card.p_q16 >= x->card.p_q16, m);
		holds(y.card.high_q16 >= x->card.high_q16, m);
		holds(y.card.band >= x->card.band, m);
	}
}

/* 7b. In another order the same card. */
static void
order_says_nothing(struct rng *r, struct made *m, const struct case_run *x)
{
	struct made other = *m;
	for (unsigned i = other.n; i > 1; i--) {
		unsigned k = below(r, i);
		struct mn_str t = other.line[i - 1].text;
		other.line[i - 1].text = other.line[k].text;
		other.line[k].text = t;
	}
	run(&other, &y);
	holds(y.card.p_q16 == x->card.p_q16 && y.card.band == x->card.band &&
		  y.card.low_q16 == x->card.low_q16 &&
		  y.card.high_q16 == x->card.high_q16 &&
		  y.card.severity_q16 == x->card.severity_q16 &&
		  y.card.action == x->card.action && y.card.floor == x->card.floor,
	    m);
}

/* 7c. The same source told again counts once. */
static void
told_again_counts_once(struct rng *r, struct made *m, const struct case_run *x)
{
	unsigned line = below(r, m->n);
	struct made more = *m;
	if (!says(m, line, "root="))
		return;
	put(&more, mn_arena_fmt(&more.a, "%.*s description=\"told again\"",
		       MN_FMT(m->line[line].text)));
	run(&more, &y);
	holds(y.card.p_q16 == x->card.p_q16 && y.card.band == x->card.band &&
		  y.card.low_q16 == x->card.low_q16 &&
		  y.card.high_q16 == x->card.high_q16,
	    &more);
}

/* ---- the life of a finding ---- */

/* Open, then closed on claim, then verified by workers: each step weighs less, and an
 * auditor's word is no step. */
static void
closing_never_raises(struct rng *r, struct made *m, const struct case_run *x)
{
	static const char *const STEP[] = {"status=open",
	    "status=closed_on_claim closed_on=2026-03-01",
	    "status=worker_verified closed_on=2026-03-01 verified_by=auditor",
	    "status=worker_verified closed_on=2026-03-01 verified_by=union"};
	unsigned line = 1 + below(r, m->n);
	int64_t p[countof(STEP)];
	(void)x;
	if (line >= m->n || !says(m, line, "status=open") || !says(m, line, "finding"))
		return;
	for (size_t i = 0; i < countof(STEP); i++) {
		struct made then = *m;
		then.line[line].text = swapped(&then, line, STEP[0], STEP[i]);
		run(&then, &y);
		p[i] = y.card.p_q16;
	}
	holds(p[0] >= p[1] && p[1] == p[2] && p[2] >= p[3], m);
}

/* A check that was announced, or paid for by whom it checks, never clears more. */
static void
a_weaker_check_never_clears_more(struct rng *r, struct made *m, const struct case_run *x)
{
	static const char *const CHECK[][2] = {{"announced=no", "announced=yes"},
	    {"offsite=yes", "offsite=no"}, {"n_asked=50", "n_asked=5"},
	    {"source_class=audit ", "source_class=audit "
				    "paid_by=factory "}};
	size_t k = below(r, countof(CHECK));
	unsigned line = below(r, m->n);
	struct made weak = *m;
	if (!says(m, line, "direction=clear") && !says(m, line, "outcome=none"))
		return;
	weak.line[line].text = swapped(&weak, line, CHECK[k][0], CHECK[k][1]);
	run(&weak, &y);
	holds(y.card.p_q16 >= x->card.p_q16, &weak);
	holds(y.card.band >= x->card.band, &weak);
}

/* What the supplier answers, and how findings met, is told and not scored. */
static void
words_move_nothing(struct rng *r, struct made *m, const struct case_run *x)
{
	struct made more = *m;
	(void)r;
	for (unsigned i = 1; i < m->n; i++)
		if (says(m, i, "finding"))
			more.line[i].text = mn_arena_fmt(&more.a,
			    "%.*s supplier_response=\"not so\" cooccurrence=worker",
			    MN_FMT(m->line[i].text));
	run(&more, &y);
	holds(y.card.p_q16 == x->card.p_q16 && y.card.band == x->card.band &&
		  y.card.action == x->card.action,
	    m);
}

#define PRINCIPLE(name) \
	static void test_##name(void **state) \
	{ \
		(void)state; \
		for_all(name, __LINE__); \
	}
PRINCIPLE(unknown_is_never_low)
PRINCIPLE(gates_stand_beside)
PRINCIPLE(sums_are_exact)
PRINCIPLE(context_convicts_nobody)
PRINCIPLE(nothing_is_laundered)
PRINCIPLE(lines_only_add)
PRINCIPLE(order_says_nothing)
PRINCIPLE(told_again_counts_once)
PRINCIPLE(closing_never_raises)
PRINCIPLE(a_weaker_check_never_clears_more)
PRINCIPLE(words_move_nothing)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_unknown_is_never_low),
	    cmocka_unit_test(test_gates_stand_beside),
	    cmocka_unit_test(test_sums_are_exact),
	    cmocka_unit_test(test_context_convicts_nobody),
	    cmocka_unit_test(test_nothing_is_laundered),
	    cmocka_unit_test(test_lines_only_add),
	    cmocka_unit_test(test_order_says_nothing),
	    cmocka_unit_test(test_told_again_counts_once),
	    cmocka_unit_test(test_closing_never_raises),
	    cmocka_unit_test(test_a_weaker_check_never_clears_more),
	    cmocka_unit_test(test_words_move_nothing),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

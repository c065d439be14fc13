/*
 * The named outputs that requirements of laws are filled from. Each says only what was
 * counted; what was not recorded is a gap and no sentence.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "coarse.h"
#include "statement_build.h"

/* Rows of a table of groups; what is beyond is told as a number. */
#define SHOWN 12

static unsigned long long
u(uint64_t n)
{
	return n;
}

static unsigned
percent(uint64_t part, uint64_t all)
{
	return all ? (unsigned)((part * 200 + all) / (2 * all)) : 0;
}

/* Numbers of people below what the public may see are not told. */
static struct mn_str
people(struct mn_st_build *b, uint64_t n)
{
	int64_t least = mn_pack_min_cell(b->s->r->pack, MN_AUD_PUBLIC);
	if (n == 0)
		return MN_S("0");
	return (int64_t)n < least ? mn_message_say(b->s->a, b->s->r->messages,
					"fewer than %lld", (long long)least)
				  : mn_arena_fmt(b->s->a, "%llu", u(n));
}

static bool
is_told(const struct mn_st_build *b, const struct mn_st_money *m)
{
	int64_t least = mn_pack_min_cell(b->s->r->pack, MN_AUD_PUBLIC);
	return (int64_t)m->workers >= least && m->workers <= INT32_MAX;
}

/* ---- who we are ---- */

static bool
structure(struct mn_st_build *b)
{
	static const struct {
		enum mn_field field;
		const char *label;
	} TOLD[] = {{MN_F_NAME, MN_SAY("Name")}, {MN_F_COUNTRY, MN_SAY("Country")},
	    {MN_F_YEAR, MN_SAY("Year")}, {MN_F_TURNOVER, MN_SAY("Turnover")},
	    {MN_F_CURRENCY, MN_SAY("Currency of the turnover")},
	    {MN_F_EMPLOYEES, MN_SAY("Employees")},
	    {MN_F_IMPORTS_INTO, MN_SAY("Imports into")},
	    {MN_F_SELLS_IN, MN_SAY("Sells in")},
	    {MN_F_BUYS_PUBLICLY_IN, MN_SAY("Buys publicly in")}};
	const struct mn_st_data *d = b->d;
	if (!d->profile)
		return false;
	for (size_t i = 0; i < countof(TOLD); i++) {
		struct mn_str v = d->own.v[TOLD[i].field];
		if (TOLD[i].field == MN_F_NAME)
			v = mn_st_shown(b, v);
		if (v.n)
			mn_st_figure(b, TOLD[i].label, "profile", "%.*s", MN_FMT(v));
	}
	return true;
}

/* Of a country or sector its name; of those unknown, and of tiers, our word. */
static struct mn_str
group_name(const struct mn_st_build *b, struct mn_str name)
{
	for (size_t i = 0; i < MN_ST_OUR_GROUPS; i++)
		if (mn_str_eq(name, mn_str_c(MN_ST_OUR_GROUP[i])))
			return mn_st_word(b, MN_ST_OUR_GROUP[i]);
	return name;
}

static void
groups(struct mn_st_build *b, const char *caption, const char *head,
    const struct mn_st_groups *g)
{
	uint32_t shown = g->n < SHOWN ? g->n : SHOWN;
	struct mn_str *cell = mn_st_table(b, caption, shown + 1, 5);
	cell[0] = mn_st_word(b, head);
	cell[1] = mn_st_word(b, "Suppliers and sites");
	cell[2] = mn_st_word(b, "With any evidence");
	cell[3] = mn_st_word(b, "Inherent risk 0.5 or more, of 1");
	cell[4] = mn_st_word(b, "With findings that weigh");
	for (uint32_t i = 0; i < shown; i++) {
		const struct mn_st_group *x = &g->v[i];
		struct mn_str *row = cell + 5 * (i + 1);
		row[0] = group_name(b, x->name);
		row[1] = mn_arena_fmt(b->s->a, "%llu", u(x->n));
		row[2] = mn_arena_fmt(
		    b->s->a, "%llu (%u %%)", u(x->seen), percent(x->seen, x->n));
		row[3] = mn_arena_fmt(b->s->a, "%llu", u(x->high));
		row[4] = mn_arena_fmt(b->s->a, "%llu", u(x->open));
	}
	if (g->n > shown)
		mn_st_say(b, MN_ST_NOTE, "and %u more, see results.csv of the report.",
		    g->n - shown);
}

static bool
coverage(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	if (d->entities == 0)
		return false;
	mn_st_figure(
	    b, "Suppliers, sites and recruiters screened", "ent", "%llu", u(d->entities));
	mn_st_figure(b, "Of these with any evidence beyond lists", "card", "%llu (%u %%)",
	    u(d->seen), percent(d->seen, d->entities));
	groups(b, MN_SAY("By tier"), MN_SAY("Tier"), &d->tier);
	groups(b, MN_SAY("By country"), MN_SAY("Country"), &d->country);
	for (uint32_t i = 0; i < d->n_spend; i++) {
		const struct mn_st_money *m = &d->spend[i];
		mn_st_figure(b, "Share of the yearly spend on those with any evidence",
		    "suppliers: spend", "%s: %u %% (of %llu suppliers with a spend)",
		    m->currency,
		    percent((uint64_t)m->seen_e4 / 10000, (uint64_t)m->all_e4 / 10000),
		    u(m->n));
	}
	if (d->spend_known < d->entities)
		mn_st_gap(b,
		    "The spend on %llu of %llu is not in the supplier list (column "
		    "spend).",
		    u(d->entities - d->spend_known), u(d->entities));
	if (d->tier.n && mn_str_eq(d->tier.v[d->tier.n - 1].name, MN_S("tier unknown")))
		mn_st_gap(b,
		    "Of %llu the tier is not in the supplier list (column tier).",
		    u(d->tier.v[d->tier.n - 1].n));
	return true;
}

/* ---- risks ---- */

static bool
inherent(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	uint32_t shown = d->pair.n < 5 ? d->pair.n : 5;
	if (d->entities == 0)
		return false;
	groups(b, MN_SAY("Inherent risk by sector"), MN_SAY("Sector"), &d->sector);
	struct mn_str *cell =
	    mn_st_table(b, "Where severity by likelihood adds up to most", shown + 1, 4);
	cell[0] = mn_st_word(b, "Country");
	cell[1] = mn_st_word(b, "Sector");
	cell[2] = mn_st_word(b, "Suppliers and sites");
	cell[3] = mn_st_word(b, "With findings that weigh");
	for (uint32_t i = 0; i < shown; i++) {
		const struct mn_st_group *x = &d->pair.v[i];
		cell[4 * (i + 1)] = group_name(b, x->name);
		cell[4 * (i + 1) + 1] = group_name(b, x->more);
		cell[4 * (i + 1) + 2] = mn_arena_fmt(b->s->a, "%llu", u(x->n));
		cell[4 * (i + 1) + 3] = mn_arena_fmt(b->s->a, "%llu", u(x->open));
	}
	mn_st_say(b, MN_ST_NOTE,
	    "Inherent risk is what country, sector, good, workforce and recruitment say "
	    "before any finding. It convicts nobody.");
	return true;
}

static bool
findings(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	uint32_t n = 0, at = 1;
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		n += d->open[i] || d->claimed[i] || d->verified[i];
	if (n == 0)
		return false;
	mn_st_figure(
	    b, "Suppliers and sites with an open finding", "ev", "%llu", u(d->with_open));
	struct mn_str *cell = mn_st_table(
	    b, "Suppliers and sites by ILO indicator of forced labour", n + 1, 4);
	cell[0] = mn_st_word(b, "Indicator");
	cell[1] = mn_st_word(b, "Open, or status unknown");
	cell[2] = mn_st_word(b, "Closed on a claim");
	cell[3] = mn_st_word(b, "Remedy verified by workers");
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		if (!d->open[i] && !d->claimed[i] && !d->verified[i])
			continue;
		struct mn_str *row = cell + 4 * at++;
		row[0] = mn_message(b->s->r->messages, b->s->r->pack->indicator[i].name);
		row[1] = mn_arena_fmt(b->s->a, "%llu", u(d->open[i]));
		row[2] = mn_arena_fmt(b->s->a, "%llu", u(d->claimed[i]));
		row[3] = mn_arena_fmt(b->s->a, "%llu", u(d->verified[i]));
	}
	mn_st_say(b, MN_ST_NOTE,
	    "A finding is an indication by a source. It neither establishes forced "
	    "labour nor its absence. What workers said (interviews, complaints, claims) "
	    "is in no count here: once published, a small number tells where somebody "
	    "spoke.");
	return true;
}

static bool
completeness(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	if (d->entities == 0)
		return false;
	mn_st_figure(b, "Of whom too little is known to say anything", "card: band",
	    "%llu (%u %%)", u(d->unknown), percent(d->unknown, d->entities));
	mn_st_figure(b, "Nobody looked beyond lists", "card", "%llu (%u %%)",
	    u(d->entities - d->seen), percent(d->entities - d->seen, d->entities));
	mn_st_say(b, MN_ST_NOTE, "Unknown is not low.");
	return true;
}

static bool
gates(struct mn_st_build *b)
{
	enum { COLUMNS = 7 };
	static const unsigned COL[COLUMNS - 1] = {MN_GATE_HIT, MN_GATE_UPSTREAM,
	    MN_GATE_POSSIBLE, MN_GATE_ENDED, MN_GATE_NO_MATCH, MN_GATE_NOT_CHECKED};
	const struct mn_report *r = b->s->r;
	if (b->d->entities == 0 || r->pack->n_gate == 0)
		return false;
	struct mn_str *cell =
	    mn_st_table(b, "Lists and registers: suppliers and sites by status",
		r->pack->n_gate + 1, COLUMNS);
	cell[0] = mn_st_word(b, "Gate");
	for (size_t k = 0; k < countof(COL); k++)
		cell[k + 1] = mn_st_word(b, mn_gate_status_name(COL[k]));
	for (uint32_t i = 0; i < r->pack->n_gate; i++) {
		cell[COLUMNS * (i + 1)] = mn_message(r->messages, r->pack->gate[i].name);
		for (size_t k = 0; k < countof(COL); k++)
			cell[COLUMNS * (i + 1) + k + 1] =
			    mn_arena_fmt(b->s->a, "%llu", u(r->gates[i][COL[k]]));
	}
	mn_st_say(b, MN_ST_NOTE,
	    "A possible match is a name that resembles one on a list until a person has "
	    "confirmed it. No match is no clearance.");
	return true;
}

/* ---- what was done ---- */

static bool
activities(struct mn_st_build *b)
{
	static const char *const NAME[] = {MN_SAY("Audits"), MN_SAY("Visits"),
	    MN_SAY("Interviews with workers"), MN_SAY("Engagement"),
	    MN_SAY("Grievance work"), MN_SAY("Other")};
	const struct mn_st_data *d = b->d;
	uint64_t n = 0;
	for (size_t i = 0; i < countof(NAME); i++)
		n += d->activity[i][0] + d->activity[i][1];
	if (n == 0)
		return false;
	for (size_t i = 0; i < countof(NAME); i++)
		if (d->activity[i][0] || d->activity[i][1])
			mn_st_figure(b, NAME[i], "activities", "%llu (%d: %llu)",
			    u(d->activity[i][0]), b->s->year - 1, u(d->activity[i][1]));
	if (d->activity[0][0])
		mn_st_figure(b, "Of the audits", "activities: announced",
		    "%llu unannounced, %llu announced, %llu not said",
		    u(d->audits_unannounced[0]), u(d->audits_announced[0]),
		    u(d->activity[0][0] - d->audits_unannounced[0] -
			d->audits_announced[0]));
	if (d->offsite[0])
		mn_st_figure(b, "With workers heard off site", "activities: offsite",
		    "%llu", u(d->offsite[0]));
	return true;
}

static bool
actions(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	if (d->actions == 0)
		return false;
	mn_st_figure(b, "Corrective actions recorded", "actions", "%llu", u(d->actions));
	for (unsigned s = 0; s < MN_PLAN_STATES; s++)
		if (d->plan[s])
			mn_st_figure(b, mn_plan_state_name(s), "actions: status", "%llu",
			    u(d->plan[s]));
	return true;
}

/* In steps of more than two workers' mean, and of few workers not at all: the sum owed to
 * one is what that one paid. */
static void
money(struct mn_st_build *b, const struct mn_st_money *m)
{
	int64_t least = mn_pack_min_cell(b->s->r->pack, MN_AUD_PUBLIC);
	struct mn_str c = mn_str_c(m->currency);
	if (!is_told(b, m)) {
		mn_st_figure(b, "Paid of what is owed", "remediation: paid, owed",
		    "%s: not told, for fewer than %lld workers, or how many is not "
		    "recorded",
		    m->currency, (long long)least);
		return;
	}
	int64_t step = mn_coarse_step(m->owed_e4, (uint32_t)m->workers);
	mn_st_figure(b, "Paid of what is owed, rounded", "remediation: paid, owed",
	    "%.*s of %.*s",
	    MN_FMT(
		mn_ledger_money(mn_coarse_money(m->paid_e4, step), MN_STR_NONE, b->s->a)),
	    MN_FMT(mn_ledger_money(mn_coarse_money(m->owed_e4, step), c, b->s->a)));
}

static bool
remediation(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	if (d->debts == 0)
		return false;
	mn_st_figure(b, "Debts to workers recorded", "remediation",
	    "%llu, of which %llu settled and %llu overdue", u(d->debts), u(d->settled),
	    u(d->overdue));
	for (uint32_t i = 0; i < d->n_remedy; i++)
		money(b, &d->remedy[i]);
	mn_st_figure(b, "Workers who were paid", "remediation: workers_paid", "%.*s",
	    MN_FMT(people(b, d->workers_paid)));
	return true;
}

static bool
training(struct mn_st_build *b)
{
	static const char *const WHOM[] = {MN_SAY("own staff"), MN_SAY("suppliers"),
	    MN_SAY("recruiters"), MN_SAY("workers"), MN_SAY("others")};
	const struct mn_st_data *d = b->d;
	if (d->sessions[0] + d->sessions[1] == 0)
		return false;
	mn_st_figure(b, "Trainings", "training", "%llu (%d: %llu)", u(d->sessions[0]),
	    b->s->year - 1, u(d->sessions[1]));
	mn_st_figure(b, "People trained", "training: people", "%.*s (%d: %.*s)",
	    MN_FMT(people(b, d->people[0])), b->s->year - 1,
	    MN_FMT(people(b, d->people[1])));
	for (size_t i = 0; i < countof(WHOM); i++)
		if (d->trained[i])
			mn_st_figure(b, "Trainings of", "training: trained",
			    "%.*s%.*s%llu", MN_FMT(mn_st_word(b, WHOM[i])),
			    MN_FMT(mn_st_colon(b->s)), u(d->trained[i]));
	return true;
}

/* ---- does it work ---- */

static bool
effectiveness(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	if (d->entities == 0)
		return false;
	int last = b->s->year - 1;
	mn_st_figure(b, "Unannounced audits", "activities: announced", "%llu (%d: %llu)",
	    u(d->audits_unannounced[0]), last, u(d->audits_unannounced[1]));
	mn_st_figure(b, "Findings dated in the year", "ev", "%llu (%d: %llu)",
	    u(d->findings_year[0]), last, u(d->findings_year[1]));
	mn_st_figure(b, "Findings open for more than 90 days", "ev", "%llu of %llu open",
	    u(d->findings_late), u(d->findings_open));
	mn_st_figure(b, "Actions done in the year", "actions: done_on", "%llu (%d: %llu)",
	    u(d->done_year[0]), last, u(d->done_year[1]));
	mn_st_figure(b, "Actions overdue", "actions: due", "%llu of %llu",
	    u(d->plan[MN_PLAN_OVERDUE]), u(d->actions));
	for (uint32_t i = 0; i < d->n_remedy; i++)
		if (is_told(b, &d->remedy[i]))
			mn_st_figure(b, "Share paid of what is owed to workers",
			    "remediation: paid, owed", "%s: %u %%", d->remedy[i].currency,
			    percent((uint64_t)d->remedy[i].paid_e4 / 10000,
				(uint64_t)d->remedy[i].owed_e4 / 10000));
	if (d->activity[0][0] + d->activity[0][1] == 0)
		mn_st_gap(b, "No audit is recorded in either year, so a 0 says nothing: "
			     "give --activities, or record them.");
	if (d->asked)
		mn_st_figure(b, "Suppliers asked, and replied", "actions: ASK-",
		    "%llu asked, %llu replied (%u %%)", u(d->asked), u(d->replied),
		    percent(d->replied, d->asked));
	else
		mn_st_gap(b, "Whether suppliers answered what they were asked is not "
			     "recorded: manumit ask, answers and record do.");
	return true;
}

static void
list(struct mn_st_build *b, const struct mn_source *s)
{
	struct mn_str name = mn_st_shown(b, mn_source_base(s));
	if (s->edition.n)
		mn_st_figure(b, "List", "source", "%.*s, %llu rows, edition of %.*s",
		    MN_FMT(name), u(s->accepted), MN_FMT(s->edition));
	else
		mn_st_figure(
		    b, "List", "source", "%.*s, %llu rows", MN_FMT(name), u(s->accepted));
}

/* Lists by their name and edition. Of the user's own tables only what they are: a file is
 * called after a hotline, and its rows are as many as the complaints. */
static void
inputs(struct mn_st_build *b)
{
	const struct mn_report *r = b->s->r;
	uint64_t told = 0;
	struct mn_str own = MN_STR_NONE;
	for (uint32_t i = 0; i < r->n_source; i++) {
		const struct mn_source *s = &r->source[i];
		if (s->kind == MN_K_WATCHLIST) {
			list(b, s);
			continue;
		}
		if (!(told >> s->kind & 1))
			own = mn_arena_fmt(b->s->a, "%.*s%s%.*s", MN_FMT(own),
			    own.n ? ", " : "",
			    MN_FMT(mn_st_word(b, mn_kind_name(s->kind))));
		told |= (uint64_t)1 << s->kind;
	}
	if (own.n)
		mn_st_figure(b, "Own tables", "source", "%.*s", MN_FMT(own));
}

static bool
method(struct mn_st_build *b)
{
	const struct mn_report *r = b->s->r;
	char day[11];
	mn_st_figure(b, "Screened with", "manifest.json",
	    "manumit %s, as of %s, digest %.16s", r->version,
	    mn_day_print(r->as_of, day).p, r->digest);
	inputs(b);
	mn_st_say(b, MN_ST_NOTE,
	    "Eleven ILO indicators, with sources weighed by who heard whom; weights are "
	    "design values of the program and no published rule.");
	return true;
}

static bool
tracing(struct mn_st_build *b)
{
	const struct mn_st_data *d = b->d;
	uint64_t deeper = 0;
	if (d->entities == 0)
		return false;
	for (uint32_t i = 0; i < d->country.n; i++)
		deeper += d->country.v[i].tier[2] + d->country.v[i].tier[3];
	b->s->traces = true;
	mn_st_figure(
	    b, "Suppliers and sites in tracing.csv", "ent", "%llu", u(d->entities));
	mn_st_figure(
	    b, "Of these beyond the first tier", "suppliers: tier", "%llu", u(deeper));
	mn_st_gap(b, "Who supplies whom is not recorded, so the chain from raw material "
		     "to good cannot be drawn: each row stands alone.");
	return true;
}

/* Nobody records it: a table would be guessed. */
static bool
lost_income(struct mn_st_build *b)
{
	(void)b;
	return false;
}

static const struct {
	struct mn_str name;
	const char *title;
	bool (*fn)(struct mn_st_build *b);
	const char *missing;
} OUTPUTS[] = {
    {MN_S("structure"), MN_SAY("Organisation"), structure,
	MN_SAY(
	    "name, country, turnover and employees: give --profile FILE, or record it")},
    {MN_S("coverage"), MN_SAY("Supply chain and how much of it was looked at"), coverage,
	MN_SAY("no supplier was screened")},
    {MN_S("inherent"), MN_SAY("Where the risk is"), inherent,
	MN_SAY("no supplier was screened")},
    {MN_S("findings"), MN_SAY("What was found"), findings,
	MN_SAY("no finding on an ILO indicator is in the files of this run. That is no "
	       "statement that there is none: say what was looked at")},
    {MN_S("completeness"), MN_SAY("What is not known"), completeness,
	MN_SAY("no supplier was screened")},
    {MN_S("gates"), MN_SAY("Lists and registers"), gates,
	MN_SAY("no supplier was screened")},
    {MN_S("activities"), MN_SAY("Audits, visits and engagement"), activities,
	MN_SAY("audits, visits, interviews, engagement: nothing was recorded for this "
	       "year or "
	       "the last; give --activities FILE, or manumit record FILE")},
    {MN_S("actions"), MN_SAY("Corrective actions"), actions,
	MN_SAY(
	    "corrective actions: nothing was recorded; give --actions FILE, or manumit "
	    "record FILE")},
    {MN_S("remediation"), MN_SAY("Remedy for workers"), remediation,
	MN_SAY("what is owed and was paid to workers: nothing was recorded; give "
	       "--remediation FILE, or manumit record FILE")},
    {MN_S("training"), MN_SAY("Training"), training,
	MN_SAY(
	    "training: nothing was recorded for this year or the last; give --training "
	    "FILE, or manumit record FILE")},
    {MN_S("effectiveness"), MN_SAY("Indicators of effect"), effectiveness,
	MN_SAY("no supplier was screened")},
    {MN_S("method"), MN_SAY("Method and sources"), method, ""},
    {MN_S("tracing"), MN_SAY("Products, suppliers and sites"), tracing,
	MN_SAY("no supplier was screened")},
    {MN_S("lost_income"), MN_SAY("Lost income"), lost_income,
	MN_SAY("measures for families that lost income are in no table of this program")},
};

bool
mn_st_output(struct mn_st_build *b, struct mn_str name, const char **missing)
{
	for (size_t i = 0; i < countof(OUTPUTS); i++) {
		if (!mn_str_eq(OUTPUTS[i].name, name))
			continue;
		b->output = name;
		uint32_t before = b->s->n_block;
		mn_st_say(b, MN_ST_PART, "%.*s", MN_FMT(mn_st_word(b, OUTPUTS[i].title)));
		if (OUTPUTS[i].fn(b))
			return true;
		b->s->n_block = before;
		*missing = OUTPUTS[i].missing;
		return false;
	}
	*missing = MN_SAY("this program has no output of that name");
	return false;
}

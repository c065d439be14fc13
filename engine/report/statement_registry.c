/*
 * The columns of the UK modern slavery statement registry, in its order and with its
 * words (published source code of the registry, April 2021; ranges of turnover as seen
 * in its files). What a run cannot know stays empty and is a human's.
 */
#include <stdio.h>

#include "manumit/base/fx.h"
#include "manumit/base/jsonw.h"
#include "manumit/report/csvw.h"

#include "statement_build.h"

#define LINE "\r\n" /* between values of one cell, as the registry prints them */
#define RISKS 3

/* X(column): all of them, in order. */
#define REGISTRY(X) \
	X(StatementYear) \
	X(OrganisationName) \
	X(Address) \
	X(SectorType) \
	X(CompanyNumber) \
	X(LastUpdated) \
	X(GroupSubmission) \
	X(ParentName) \
	X(StatementURL) \
	X(EmailAddressNoURL) \
	X(StatementSummaryURL) \
	X(StatementStartDate) \
	X(StatementEndDate) \
	X(ApprovingPerson) \
	X(DateApproved) \
	X(StatementIncludesOrgStructure) \
	X(NoOrgStructureReason) \
	X(StatementIncludesPolicies) \
	X(NoPoliciesReason) \
	X(StatementIncludesRisksAssessment) \
	X(NoRiskAssessmentReason) \
	X(StatementIncludesDueDiligence) \
	X(NoDueDiligenceReason) \
	X(StatementIncludesTraining) \
	X(NoTrainingReason) \
	X(StatementIncludesGoals) \
	X(NoGoalsReason) \
	X(OrganisationSectors) \
	X(OtherOrganisationSector) \
	X(Turnover) \
	X(YearsProducingStatements) \
	X(Policies) \
	X(OtherPolicies) \
	X(NoPolicies) \
	X(Training) \
	X(OtherTraining) \
	X(NoTraining) \
	X(WorkingConditionsEngagement) \
	X(NoEngagement) \
	X(SocialAudits) \
	X(NoSocialAudits) \
	X(GrievanceMechanisms) \
	X(NoGrievanceMechanisms) \
	X(OtherMonitoring) \
	X(NoRisks) \
	X(Risk1) \
	X(Risk1Area) \
	X(Risk1SupplyChainTier) \
	X(Risk1GroupAffected) \
	X(Risk1OtherGroupAffected) \
	X(Risk1Location) \
	X(Risk1Mitigation) \
	X(Risk2) \
	X(Risk2Area) \
	X(Risk2SupplyChainTier) \
	X(Risk2GroupAffected) \
	X(Risk2OtherGroupAffected) \
	X(Risk2Location) \
	X(Risk2Mitigation) \
	X(Risk3) \
	X(Risk3Area) \
	X(Risk3SupplyChainTier) \
	X(Risk3GroupAffected) \
	X(Risk3OtherGroupAffected) \
	X(Risk3Location) \
	X(Risk3Mitigation) \
	X(ILOIndicatorsInStatement) \
	X(NoILOIndicatorsInStatement) \
	X(ILOIndicatorsActions) \
	X(ILOIndicatorsNoActions) \
	X(DemonstrateProgress)

enum {
#define MN_X(c) C_##c,
	REGISTRY(MN_X)
#undef MN_X
	    COLUMNS
};
static const char *const NAME[] = {
#define MN_X(c) #c,
    REGISTRY(MN_X)
#undef MN_X
};

/* Columns of a risk stand in one order. */
enum { RISK, AREA, TIER, GROUP, OTHER_GROUP, LOCATION, MITIGATION, RISK_COLUMNS };

struct filling {
	struct mn_st_build *b;
	struct mn_st_cell *cell;
};

static void
put(struct filling *x, unsigned column, struct mn_str value, const char *state)
{
	if (value.n == 0)
		return;
	x->cell[column].value = value;
	x->cell[column].state = state;
}

/* Several values of one cell. */
struct several {
	struct mn_buf b;
};

static void
more(struct several *s, const char *value)
{
	mn_buf_fmt(&s->b, "%s%s", s->b.n ? LINE : "", value);
}

static void
put_several(struct filling *x, unsigned column, struct several *s, const char *state)
{
	put(x, column, mn_arena_str(x->b->s->a, mn_buf_str(&s->b)), state);
	mn_buf_free(&s->b);
}

static void
organisation(struct filling *x)
{
	static const struct {
		int64_t below; /* millions of pounds */
		const char *text;
	} TURNOVER[] = {{36, "Under £36 million"}, {60, "£36 million to £60 million"},
	    {100, "£60 million to £100 million"}, {500, "£100 million to £500 million"},
	    {INT64_MAX, "Over £500 million"}};
	const struct mn_st_data *d = x->b->d;
	int64_t e4;
	put(x, C_StatementYear, mn_arena_fmt(x->b->s->a, "%d", x->b->s->year),
	    MN_SAY("confirm"));
	if (!d->profile)
		return;
	put(x, C_OrganisationName, mn_st_own(x->b->s, d->own.v[MN_F_NAME]),
	    MN_SAY("filled"));
	if (!mn_str_eq(d->own.v[MN_F_CURRENCY], MN_S("GBP")) ||
	    !mn_record_e4(&d->own, MN_F_TURNOVER, &e4) || e4 < 0)
		return;
	size_t i = 0;
	while (e4 / 10000 / 1000000 >= TURNOVER[i].below)
		i++;
	put(x, C_Turnover, mn_str_c(TURNOVER[i].text), "filled");
}

static void
diligence(struct filling *x)
{
	const struct mn_st_data *d = x->b->d;
	struct several s = {mn_buf_new(4096)}, engaged = {mn_buf_new(4096)};
	if (d->audits_announced[0])
		more(&s, "Announced audit");
	if (d->audits_unannounced[0])
		more(&s, "Unannounced audit");
	put_several(x, C_SocialAudits, &s, "confirm");
	if (d->activity[3][0])
		more(&engaged, "Your suppliers");
	if (d->activity[2][0])
		more(&engaged, "Workers within your supply chain");
	put_several(x, C_WorkingConditionsEngagement, &engaged, "confirm");
	struct several trained = {mn_buf_new(4096)};
	if (d->trained[1])
		more(&trained, "Your suppliers");
	if (d->trained[2] + d->trained[3] + d->trained[4])
		more(&trained, "Other");
	put_several(x, C_Training, &trained, "confirm");
}

/* One country and sector: what was counted, in the registry's words. */
static void
risk(struct filling *x, unsigned column, const struct mn_st_group *g)
{
	static const char *const TIERS[] = {"Don't know", "Tier 1 suppliers",
	    "Tier 2 suppliers", "Tier 3 suppliers and below"};
	struct several tier = {mn_buf_new(4096)}, group = {mn_buf_new(4096)};
	struct mn_arena *a = x->b->s->a;
	put(x, column + RISK,
	    mn_arena_fmt(a,
		"%.*s in %.*s (suppliers and sites screened: %llu; of inherent risk "
		"0.5 or more, of 1: %llu; with findings that weigh: %llu)",
		MN_FMT(g->more), MN_FMT(g->name), (unsigned long long)g->n,
		(unsigned long long)g->high, (unsigned long long)g->open),
	    "confirm");
	put(x, column + AREA, MN_S("Within your supply chains"), "confirm");
	for (unsigned t = 1; t < 4; t++)
		if (g->tier[t])
			more(&tier, TIERS[t]);
	if (tier.b.n == 0)
		more(&tier, TIERS[0]);
	put_several(x, column + TIER, &tier, "filled");
	if (g->women)
		more(&group, "Women");
	if (g->migrants)
		more(&group, "Migrants");
	put_several(x, column + GROUP, &group, "confirm");
	if (!mn_str_eq(g->name, MN_S("country unknown")))
		put(x, column + LOCATION, g->name, "filled");
}

static void
indicators(struct filling *x)
{
	const struct mn_st_data *d = x->b->d;
	struct several s = {mn_buf_new(65536)};
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		if (d->open[i] || d->claimed[i] || d->verified[i])
			mn_buf_fmt(&s.b, "%s%.*s", s.b.n ? LINE : "",
			    MN_FMT(x->b->s->r->pack->indicator[i].name));
	put_several(x, C_ILOIndicatorsInStatement, &s, "confirm");
	if (d->workers_paid || d->settled)
		put(x, C_ILOIndicatorsActions,
		    MN_S("Financial remediation, including repayment of recruitment "
			 "fees"),
		    "confirm");
}

static const unsigned FIRST[RISKS] = {C_Risk1, C_Risk2, C_Risk3};

static void
tell(struct mn_st_build *b)
{
	uint32_t n = 0, human = 0;
	struct mn_statement *s = b->s;
	for (uint32_t i = 0; i < s->n_cell; i++) {
		n += s->cell[i].value.n > 0;
		human += s->cell[i].value.n == 0;
	}
	mn_st_say(b, MN_ST_HEAD, "Statement registry");
	mn_st_say(b, MN_ST_TEXT,
	    "registry.csv and registry.json have the %u columns of the registry. %u are "
	    "filled from this run.",
	    s->n_cell, n);
	struct mn_str *cell = mn_st_table(b, "What the run fills in", n + 1, 3);
	cell[0] = mn_st_word(b, "Column");
	cell[1] = mn_st_word(b, "Value");
	cell[2] = mn_st_word(b, "State");
	for (uint32_t i = 0; i < s->n_cell; i++) {
		if (s->cell[i].value.n == 0)
			continue;
		cell += 3;
		cell[0] = mn_str_c(s->cell[i].column);
		cell[1] = s->cell[i].value;
		cell[2] = mn_st_word(b, s->cell[i].state);
	}
	mn_st_gap(b,
	    "%u columns are empty: a human fills them in, and confirms each of "
	    "those marked so.",
	    human);
}

void
mn_st_registry(struct mn_st_build *b)
{
	struct mn_statement *s = b->s;
	struct filling x = {b, MN_NEW(s->a, struct mn_st_cell, COLUMNS)};
	s->cell = x.cell;
	s->n_cell = COLUMNS;
	for (unsigned i = 0; i < COLUMNS; i++)
		x.cell[i] = (struct mn_st_cell){NAME[i], MN_STR_NONE, "human"};
	organisation(&x);
	diligence(&x);
	for (unsigned i = 0; i < RISKS && i < b->d->pair.n; i++)
		if (b->d->pair.v[i].weight_q16 > 0)
			risk(&x, FIRST[i], &b->d->pair.v[i]);
	indicators(&x);
	b->requirement = MN_S("registry");
	tell(b);
}

bool
mn_st_write_registry_csv(
    const struct mn_statement *s, const char *path, struct mn_err *err)
{
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	for (uint32_t i = 0; i < s->n_cell; i++)
		mn_csvw_cell(o, mn_str_c(s->cell[i].column), i == 0);
	mn_out_c(o, "\n");
	for (uint32_t i = 0; i < s->n_cell; i++)
		mn_csvw_cell(o, s->cell[i].value, i == 0);
	mn_out_c(o, "\n");
	return mn_out_commit(o, true, NULL, err);
}

bool
mn_st_write_registry_json(
    const struct mn_statement *s, const char *path, struct mn_err *err)
{
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	struct mn_jsonw w = mn_jsonw_out(o, true);
	mn_jsonw_map(&w, NULL);
	for (uint32_t i = 0; i < s->n_cell; i++) {
		const struct mn_st_cell *c = &s->cell[i];
		mn_jsonw_map(&w, c->column);
		if (c->value.n)
			mn_jsonw_str(&w, "value", c->value);
		else
			mn_jsonw_null(&w, "value");
		mn_jsonw_c(&w, "state", c->state);
		mn_jsonw_end_map(&w);
	}
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	return mn_out_commit(o, true, NULL, err);
}

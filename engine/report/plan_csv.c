/* plan.csv and plan.xlsx: one row a visit. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "manumit/report/messages.h"

#include "plan_table.h"
#include "xlsxw.h"

const char *const MN_STRATUM_NAME[MN_PLAN_STRATA] = {
    MN_SAY("ranked"), MN_SAY("random"), MN_SAY("reserve")};

const struct mn_column MN_PLAN_COLUMN[MN_PC_COUNT] = {
#define MN_X(key, head, style, width, note) \
	[MN_PC_##key] = {#key, head, MN_ST_##style, width, note, NULL, false},
    MN_PLAN_COLUMNS(MN_X)
#undef MN_X
};

void
mn_visit_row(const struct mn_visit *v, struct mn_val out[MN_PC_COUNT])
{
	memset(out, 0, MN_PC_COUNT * sizeof *out);
	out[MN_PC_rank] = mn_val_num(MN_VAL_INT, v->rank);
	out[MN_PC_id] = mn_val_text(v->id);
	out[MN_PC_name] = mn_val_text(v->name);
	out[MN_PC_address] = mn_val_text(v->place);
	out[MN_PC_region] = mn_val_text(v->region);
	out[MN_PC_sector] = mn_val_text(v->sector);
	if (v->workers >= 0)
		out[MN_PC_workers] = mn_val_num(MN_VAL_INT, v->workers);
	out[MN_PC_last_visit] = mn_val_day(v->last_visit);
	out[MN_PC_days] = mn_val_num(MN_VAL_INT, v->days);
	out[MN_PC_languages] = mn_val_text(v->languages);
	out[MN_PC_stratum] = mn_val_c(MN_STRATUM_NAME[v->stratum]);
	out[MN_PC_reason] = mn_val_text(v->reason);
	out[MN_PC_look_for] = mn_val_text(v->look_for);
	out[MN_PC_inspectors] = mn_val_text(v->crew);
	out[MN_PC_interpreter] = mn_val_text(v->interpreter);
	out[MN_PC_size] = mn_val_text(v->size);
	out[MN_PC_severity] = mn_val_num(MN_VAL_Q16, v->severity_q16);
	out[MN_PC_likelihood] = mn_val_num(MN_VAL_Q16, v->p_q16);
}

static const char *
in_dir(struct mn_arena *a, const char *dir, const char *name)
{
	return mn_arena_fmt(a, "%s/%s%c", dir, name, 0).p;
}

bool
mn_visits_csv(const struct mn_visits *v, const char *dir, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 16, NULL), root = a;
	struct mn_out *o = mn_out_open(in_dir(&a, dir, "plan.csv"), 0644, err);
	mn_arena_free(root);
	if (!o)
		return false;
	mn_csvw_head(o, MN_PLAN_COLUMN, MN_PC_COUNT);
	for (uint32_t i = 0; i < v->n; i++) {
		struct mn_val row[MN_PC_COUNT];
		mn_visit_row(&v->visit[i], row);
		mn_csvw_row(o, row, MN_PC_COUNT);
	}
	return mn_out_commit(o, true, NULL, err);
}

/* ---- the workbook ---- */

static const struct mn_column CLASS_COLUMN[] = {
    {"dimension", "Dimension", MN_ST_TEXT, 12, NULL, NULL, false},
    {"class", "Class", MN_ST_TEXT, 34, NULL, NULL, false},
    {"sites", "Sites", MN_ST_INT, 9, "That may be visited", NULL, false},
    {"visits", "Visits", MN_ST_INT, 9, NULL, NULL, false},
    {"least", "Least", MN_ST_INT, 9, "Ranked visits at least", NULL, false},
    {"days", "Days", MN_ST_INT, 9, NULL, NULL, false},
    {"ranked_days", "Ranked days", MN_ST_INT, 12, NULL, NULL, false},
    {"random_days", "Random days", MN_ST_INT, 12, NULL, NULL, false},
    {"reserve_days", "Reserve days", MN_ST_INT, 12, NULL, NULL, false}};

static void
class_rows(struct mn_xlsxw_sheet *s, const struct mn_visits *v)
{
	static const char *const DIM[] = {"region", "sector", "size"};
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		for (uint32_t i = 0; i < v->n_of[d]; i++) {
			const struct mn_visit_class *c = &v->of[d][i];
			if (c->visits == 0 && c->sites == 0)
				continue;
			struct mn_val row[] = {mn_val_c(DIM[d]), mn_val_text(c->name),
			    mn_val_num(MN_VAL_INT, c->sites),
			    mn_val_num(MN_VAL_INT, c->visits),
			    mn_val_num(MN_VAL_INT, c->least),
			    mn_val_num(MN_VAL_INT, c->days),
			    mn_val_num(MN_VAL_INT, c->by_stratum[MN_PLAN_RANKED]),
			    mn_val_num(MN_VAL_INT, c->by_stratum[MN_PLAN_RANDOM]),
			    mn_val_num(MN_VAL_INT, c->by_stratum[MN_PLAN_RESERVE])};
			mn_xlsxw_row(s, row, countof(row));
		}
}

static const struct mn_column RECORD_COLUMN[] = {
    {"entity", "entity", MN_ST_ID, 12, NULL, NULL, false},
    {"entity_name", "entity_name", MN_ST_TEXT, 34, NULL, NULL, false},
    {"country", "country", MN_ST_ID, 8, NULL, NULL, false},
    {"visited_on", "visited_on", MN_ST_FILL_DAY, 14, "Day of the visit", NULL, false},
    {"access", "access", MN_ST_FILL, 12, NULL, "full|partial|denied", true},
    {"workers_seen", "workers_seen", MN_ST_FILL, 14, NULL, NULL, false},
    {"interviewed_privately", "interviewed_privately", MN_ST_FILL, 20,
	"Workers heard where nobody could listen", NULL, false},
    {"outcome", "outcome", MN_ST_FILL, 12, NULL, "violation|none|pending", true},
    {"violations", "violations", MN_ST_FILL, 24,
	"Codes of the violation table, ';' between", NULL, false},
    {"referred", "referred", MN_ST_FILL, 12, "Workers referred to protection, a number",
	NULL, false},
    {"selection", "selection", MN_ST_TEXT, 12, "Leave it as it is", NULL, false}};

/* To be filled in after the visits, for `manumit record`. */
static void
record_rows(struct mn_xlsxw_sheet *s, const struct mn_visits *v)
{
	for (uint32_t i = 0; i < v->n; i++) {
		struct mn_val row[countof(RECORD_COLUMN)] = {mn_val_text(v->visit[i].id),
		    mn_val_text(v->visit[i].name), mn_val_text(v->visit[i].country)};
		row[countof(row) - 1] = mn_val_c(MN_STRATUM_NAME[v->visit[i].stratum]);
		mn_xlsxw_row(s, row, countof(row));
	}
}

bool
mn_visits_xlsx(const struct mn_report *r, const struct mn_visits *v, const char *dir,
    struct mn_err *err)
{
	static const struct mn_xlsxw_spec PLAN = {
	    "Plan", MN_PLAN_COLUMN, MN_PC_COUNT, 3, false, false};
	static const struct mn_xlsxw_spec CLASSES = {
	    "Coverage", CLASS_COLUMN, countof(CLASS_COLUMN), 2, false, false};
	static const struct mn_xlsxw_spec RECORD = {
	    "Inspections", RECORD_COLUMN, countof(RECORD_COLUMN), 2, false, false};
	struct mn_arena a = mn_arena_new(1u << 16, NULL), root = a;
	struct mn_xlsxw_opts o = {
	    .title = "Plan of visits", .created = r->as_of, .stream = true};
	struct mn_xlsxw *x = mn_xlsxw_open(in_dir(&a, dir, "plan.xlsx"), &o, err);
	mn_arena_free(root);
	if (!x)
		return false;
	struct mn_xlsxw_sheet *s = mn_xlsxw_sheet(x, &PLAN);
	for (uint32_t i = 0; i < v->n; i++) {
		struct mn_val row[MN_PC_COUNT];
		mn_visit_row(&v->visit[i], row);
		mn_xlsxw_row(s, row, MN_PC_COUNT);
	}
	class_rows(mn_xlsxw_sheet(x, &CLASSES), v);
	record_rows(mn_xlsxw_sheet(x, &RECORD), v);
	return mn_xlsxw_commit(x, err);
}

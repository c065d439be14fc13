/* results.jsonl: what is to be done, what is owed to workers, and what was done. */
#include "manumit/base/clock.h"

#include "remedy.h"
#include "results_remedy.h"

static void
day(struct mn_jsonw *w, const char *key, int32_t d)
{
	char text[11];
	if (d != MN_DAY_NONE)
		mn_jsonw_str(w, key, mn_day_print(d, text));
}

static void
text(struct mn_jsonw *w, const char *key, struct mn_str s)
{
	if (s.n)
		mn_jsonw_str(w, key, s);
}

/* Where the last entry stands, its day, and how many there were. */
static void
citation(struct mn_jsonw *w, const struct mn_report *r, const struct mn_done *d)
{
	uint32_t src = mn_rid_src(d->rec.rid);
	day(w, "recorded_on", d->day);
	mn_jsonw_int(w, "entries", (int64_t)d->rank + 1);
	if (d->contested)
		mn_jsonw_bool(w, "contested", true);
	if (src < r->n_source && mn_view_shows(r, MN_SHOW_INPUTS)) {
		mn_jsonw_str(w, "file", mn_source_base(&r->source[src]));
		mn_jsonw_int(w, "row", (int64_t)mn_rid_line(d->rec.rid));
	}
}

/* Proposals of which nothing was recorded are told by their code only: the words are the
 * packs', and a portfolio has many. */
static void
plan(struct mn_jsonw *w, const struct mn_report *r, const struct mn_plan_row *p,
    uint32_t n)
{
	static const enum mn_field SAID[] = {MN_F_OWNER, MN_F_DUE, MN_F_DONE_ON,
	    MN_F_VERIFY_HOW, MN_F_VERIFIED_BY, MN_F_VERIFIED_ON, MN_F_NOTE};
	mn_jsonw_list(w, "plan");
	for (uint32_t i = 0; i < n; i++) {
		mn_jsonw_map(w, NULL);
		text(w, "id", p[i].id);
		text(w, "about", p[i].about);
		mn_jsonw_c(w, "state", mn_plan_state_name(p[i].state));
		if (p[i].last) {
			text(w, "action", p[i].action);
			for (size_t k = 0; k < countof(SAID); k++)
				text(w, mn_field_def(SAID[k])->name,
				    mn_plan_field(&p[i], SAID[k]));
			citation(w, r, p[i].last);
		}
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static void
debt(struct mn_jsonw *w, const struct mn_report *r, const struct mn_ledger_row *l,
    struct mn_arena *a)
{
	mn_jsonw_map(w, NULL);
	text(w, "about", l->about);
	text(w, "recruiter", l->recruiter);
	text(w, "origin", l->origin);
	text(w, "destination", l->destination);
	mn_jsonw_str(w, "currency", l->currency);
	mn_jsonw_bool(w, "suppressed", !l->shown);
	if (l->shown) {
		if (l->owed_known)
			mn_jsonw_str(
			    w, "owed", mn_ledger_money(l->owed_e4, MN_STR_NONE, a));
		if (l->paid_known)
			mn_jsonw_str(
			    w, "paid", mn_ledger_money(l->paid_e4, MN_STR_NONE, a));
		if (l->by_fees_e4 >= 0)
			mn_jsonw_str(w, "by_fee_ledger",
			    mn_ledger_money(l->by_fees_e4, MN_STR_NONE, a));
		if (l->workers >= 0)
			mn_jsonw_int(w, "workers", l->workers);
	}
	day(w, "due", l->due);
	mn_jsonw_bool(w, "overdue", l->overdue);
	mn_jsonw_bool(w, "settled", l->settled);
	text(w, "verified_by", l->verified_by);
	if (l->verified_by.n)
		mn_jsonw_bool(w, "verified", l->verified);
	day(w, "verified_on", l->verified_on);
	if (l->last)
		citation(w, r, l->last);
	mn_jsonw_end_map(w);
}

static void
deed(struct mn_jsonw *w, const struct mn_report *r, const struct mn_done *d)
{
	static const enum mn_field SAID[] = {MN_F_DATE, MN_F_ACTIVITY, MN_F_TOPIC,
	    MN_F_TRAINED, MN_F_DONE_BY, MN_F_ABOUT, MN_F_DESCRIPTION, MN_F_REFERENCE,
	    MN_F_NOTE};
	int64_t people;
	mn_jsonw_map(w, NULL);
	mn_jsonw_c(w, "table", mn_kind_name(d->rec.kind));
	for (size_t k = 0; k < countof(SAID); k++)
		text(w, mn_field_def(SAID[k])->name, d->rec.v[SAID[k]]);
	if (mn_record_count(&d->rec, MN_F_PEOPLE, &people) &&
	    people >= mn_view_min_cell(r))
		mn_jsonw_int(w, "people", people);
	citation(w, r, d);
	mn_jsonw_end_map(w);
}

static void
done(struct mn_jsonw *w, const struct mn_report *r, const struct mn_done *d, uint32_t n)
{
	mn_jsonw_list(w, "done");
	for (uint32_t i = 0; i < n; i++)
		if (mn_done_told(r, &d[i]))
			deed(w, r, &d[i]);
	mn_jsonw_end_list(w);
}

void
mn_json_remedy(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_plan_row *p;
	const struct mn_ledger_row *l;
	uint32_t n = mn_plan_of(r, v, a, &p);
	plan(w, r, p, n);
	n = mn_ledger_of(r, v, a, &l);
	mn_jsonw_list(w, "remedy");
	for (uint32_t i = 0; i < n; i++)
		debt(w, r, &l[i], a);
	mn_jsonw_end_list(w);
	done(w, r, v->done, v->n_done);
}

static void
markets(struct mn_jsonw *w, const char *key, struct mn_str codes)
{
	if (codes.n == 0)
		return;
	mn_jsonw_list(w, key);
	for (struct mn_str rest = codes; rest.p && rest.n;) {
		struct mn_str one = mn_str_cut(&rest, ';');
		if (!mn_str_eq(one, MN_S("NONE")))
			mn_jsonw_str(w, NULL, one);
	}
	mn_jsonw_end_list(w);
}

void
mn_json_user(struct mn_jsonw *w, const struct mn_report *r, struct mn_arena *a)
{
	if (r->profile.any) {
		mn_jsonw_map(w, "profile");
		markets(w, "imports_into", r->profile.imports);
		markets(w, "sells_in", r->profile.sells);
		markets(w, "buys_publicly_in", r->profile.buys);
		markets(w, "sells_publicly_in", r->profile.supplies);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_map(w, "effects");
	for (uint32_t i = 0; i < r->pack->n_gate; i++)
		mn_jsonw_str_k(w, r->pack->gate[i].code, mn_view_effect(r, i, a));
	mn_jsonw_end_map(w);
	done(w, r, r->own, r->n_own);
}

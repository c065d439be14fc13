/* Why, and what then: the plan of an entity in `manumit explain`. */
#include "explain.h"
#include "remedy.h"

/* What was recorded of an action, as the tables call it. */
static const struct {
	enum mn_field field;
	const char *words;
} SAID[] = {
    {MN_F_OWNER, "owner"},
    {MN_F_DUE, "due"},
    {MN_F_DONE_ON, "done on"},
    {MN_F_VERIFY_HOW, "to be verified by"},
    {MN_F_VERIFIED_BY, "said to be verified by"},
    {MN_F_VERIFIED_ON, "on"},
    {MN_F_NOTE, "note"},
};

static void
recorded(struct mn_buf *out, const struct mn_report *r, const struct mn_plan_row *p,
    struct mn_arena *a)
{
	for (size_t i = 0; i < countof(SAID); i++) {
		struct mn_str said = mn_plan_field(p, SAID[i].field);
		if (said.n)
			mn_buf_fmt(out, ", %s %.*s", SAID[i].words, MN_FMT(said));
	}
	if (mn_plan_field(p, MN_F_VERIFIED_BY).n && p->state != MN_PLAN_VERIFIED)
		mn_buf_fmt(out, " (not by workers)");
	mn_buf_fmt(
	    out, "; %.*s", MN_FMT(mn_view_cite(r, p->last->rec.rid, MN_F_NONE, a)));
}

static void
text_row(struct mn_buf *out, const struct mn_report *r, const struct mn_plan_row *p,
    struct mn_arena *a)
{
	mn_buf_fmt(out, "  %.*s%s%.*s\n      %s", MN_FMT(p->id), p->id.n ? ": " : "",
	    MN_FMT(p->action), mn_plan_state_name(p->state));
	if (p->within_days && mn_plan_field(p, MN_F_DUE).n == 0)
		mn_buf_fmt(out, ", within %lld day%s", (long long)p->within_days,
		    p->within_days == 1 ? "" : "s");
	if (p->last)
		recorded(out, r, p, a);
	if (p->verify.n && mn_plan_field(p, MN_F_VERIFY_HOW).n == 0)
		mn_buf_fmt(out, "; workers verify it: %.*s", MN_FMT(p->verify));
	mn_buf_byte(out, '\n');
}

void
mn_text_plan(struct mn_buf *out, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_plan_row *p;
	uint32_t n = mn_plan_of(r, v, a, &p);
	mn_buf_fmt(out, "\nActions, in the order to be done\n");
	if (n == 0)
		mn_buf_fmt(out, "  none is proposed and none was recorded\n");
	for (uint32_t i = 0; i < n; i++)
		text_row(out, r, &p[i], a);
}

void
mn_json_whole_plan(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_plan_row *p;
	uint32_t n = mn_plan_of(r, v, a, &p);
	mn_jsonw_list(w, "plan");
	for (uint32_t i = 0; i < n; i++) {
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "id", p[i].id);
		mn_jsonw_c(w, "kind", p[i].kind);
		mn_jsonw_str(w, "about", p[i].about);
		mn_jsonw_str(w, "action", p[i].action);
		mn_jsonw_c(w, "state", mn_plan_state_name(p[i].state));
		if (p[i].within_days)
			mn_jsonw_int(w, "within_days", p[i].within_days);
		for (size_t k = 0; p[i].last && k < countof(SAID); k++) {
			struct mn_str said = mn_plan_field(&p[i], SAID[k].field);
			if (said.n)
				mn_jsonw_str(w, mn_field_def(SAID[k].field)->name, said);
		}
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

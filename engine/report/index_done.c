/* The portfolio page: what was done in all, and what is overdue. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"

#include "copy.h"
#include "html.h"
#include "remedy.h"

#define OVERDUE 100   /* told with their entity; dossiers and results.jsonl have all */
#define CURRENCIES 64 /* of which sums are added up */

struct sum {
	char currency[4];
	int64_t owed_e4, paid_e4;
};

struct counting {
	struct mn_out *o;
	const struct mn_report *r;
	struct mn_arena scratch;
	uint64_t actions[MN_PLAN_STATES], activities, debts, debts_overdue, people;
	struct sum sum[CURRENCIES];
	uint32_t n_sum;
	uint32_t n_overdue;
	uint64_t more;
	struct mn_err *err;
};

/* ---- counting ---- */

static void
add_sum(struct counting *x, const struct mn_ledger_row *l)
{
	uint32_t i = 0;
	if (!l->shown || l->currency.n != 3 || l->owed_e4 > INT64_MAX / 4 ||
	    l->paid_e4 > INT64_MAX / 4)
		return;
	while (i < x->n_sum && !mn_str_eq(mn_str_c(x->sum[i].currency), l->currency))
		i++;
	if (i == CURRENCIES)
		return;
	struct sum *s = &x->sum[i];
	if (i == x->n_sum) {
		x->n_sum++;
		*s = (struct sum){.owed_e4 = 0};
		memcpy(s->currency, l->currency.p, 3);
	}
	/* A sum that does not fit stays at what fits: nobody owes that much. */
	if (__builtin_add_overflow(s->owed_e4, l->owed_e4, &s->owed_e4))
		s->owed_e4 = INT64_MAX;
	if (__builtin_add_overflow(s->paid_e4, l->paid_e4, &s->paid_e4))
		s->paid_e4 = INT64_MAX;
}

static bool
entity_of(struct counting *x, struct mn_eid who, struct mn_arena *a, struct mn_entity *e,
    struct mn_card *card)
{
	char room[16];
	struct mn_buf key = {room, 0, sizeof room, sizeof room, false};
	struct mn_str body, pos, stored;
	mn_put_eid(&key, who);
	return mn_reader_get(x->r->reader, MN_TAB_ENT, mn_buf_str(&key), &body, &pos,
		   x->err) == 1 &&
	       mn_entity_decode(who, body, pos, a, e, x->err) &&
	       mn_reader_get(x->r->reader, MN_TAB_CARD, mn_buf_str(&key), &stored, NULL,
		   x->err) == 1 &&
	       mn_card_decode(who, stored, card, x->err);
}

static void
overdue(struct counting *x, const struct mn_done *d, struct mn_str what)
{
	struct mn_arena a = x->scratch;
	struct mn_entity e;
	struct mn_card card;
	const struct mn_str *v = d->rec.v;
	if (!entity_of(x, d->who, &a, &e, &card))
		return;
	if (x->n_overdue == OVERDUE) {
		x->more++;
		return;
	}
	x->n_overdue++;
	char slug[80];
	bool link = mn_report_has_dossier(x->r, &card);
	mn_html(x->o, "<tr><th scope=\"row\">");
	if (link)
		mn_out_fmt(
		    x->o, "<a href=\"entity/%s.html\">", mn_entity_slug(&e, slug).p);
	mn_html_name(x->o, e.rec.v[MN_F_NAME]);
	mn_html(x->o, link ? "</a></th>" : "</th>");
	mn_html_el(x->o, "td", what);
	mn_html_el(x->o, "td", v[MN_F_OWNER]);
	mn_html_el(x->o, "td", v[MN_F_DUE]);
	mn_html(x->o, "</tr>\n");
}

static void
count_action(struct counting *x, const struct mn_done *d)
{
	enum mn_plan_state s = mn_plan_state_of(x->r, &d->rec);
	const struct mn_str *v = d->rec.v;
	x->actions[s]++;
	if (s == MN_PLAN_OVERDUE)
		overdue(x, d, v[MN_F_ACTION].n ? v[MN_F_ACTION] : v[MN_F_ACTION_ID]);
}

static void
count_debt(struct counting *x, const struct mn_done *d)
{
	struct mn_ledger_row l = mn_ledger_of_record(x->r, d);
	x->debts++;
	x->debts_overdue += l.overdue;
	add_sum(x, &l);
	if (l.overdue && l.shown)
		overdue(x, d, MN_S("remedy owed to workers"));
}

static void
count(void *ctx, const struct mn_done *row)
{
	struct counting *x = ctx;
	int64_t n;
	const struct mn_arena before = x->scratch;
	struct mn_done told = *row, *d = &told;
	if (mn_view_redact_done(x->r, d, 1, &x->scratch) == 0)
		return;
	if (d->rec.kind == MN_K_ACTIONS)
		count_action(x, d);
	else if (d->rec.kind == MN_K_REMEDIATION)
		count_debt(x, d);
	else if (mn_done_told(x->r, d) && d->rec.kind == MN_K_ACTIVITIES)
		x->activities++;
	else if (d->rec.kind == MN_K_TRAINING &&
		 mn_record_count(&d->rec, MN_F_PEOPLE, &n) && n < INT32_MAX)
		x->people += (uint64_t)n;
	x->scratch = before;
}

/* ---- telling ---- */

static void
totals(struct counting *x)
{
	struct mn_out *o = x->o;
	uint64_t n = 0;
	for (unsigned s = 0; s < MN_PLAN_STATES; s++)
		n += x->actions[s];
	mn_html_say(o, "<ul><li>%llu action%s recorded", (unsigned long long)n,
	    n == 1 ? "" : "s");
	for (unsigned s = 0, any = 0; s < MN_PLAN_STATES; s++)
		if (x->actions[s])
			mn_out_fmt(o, "%s%s %llu", any++ ? ", " : ": ",
			    mn_html_word(o, mn_plan_state_name(s)),
			    (unsigned long long)x->actions[s]);
	mn_html_say(o, "</li><li>remedy owed to workers: %llu recorded, %llu overdue",
	    (unsigned long long)x->debts, (unsigned long long)x->debts_overdue);
	for (uint32_t i = 0; i < x->n_sum; i++) {
		struct mn_arena a = x->scratch;
		struct mn_str c = mn_str_c(x->sum[i].currency);
		mn_html(o, "; paid ");
		mn_html_text(o, mn_ledger_money(x->sum[i].paid_e4, MN_STR_NONE, &a));
		mn_html(o, " of ");
		mn_html_text(o, mn_ledger_money(x->sum[i].owed_e4, c, &a));
	}
	mn_html_say(o,
	    "</li><li>%llu visits, audits and other activities; %llu people trained"
	    "</li></ul>\n",
	    (unsigned long long)x->activities, (unsigned long long)x->people);
}

bool
mn_html_index_done(struct mn_out *o, const struct mn_report *r, struct mn_err *err)
{
	uint64_t n;
	struct mn_arena root = mn_arena_new(16u << 20, NULL);
	struct counting x = {.o = o, .r = r, .scratch = root, .err = err};
	bool good = mn_gen_count(r->gen, MN_TAB_DONE, &n, err);
	if (good && n) {
		mn_html(o,
		    "<h2>What was done</h2>\n<div "
		    "class=\"table\" tabindex=\"0\"><table><caption>Overdue: "
		    "due before the day of this report, and not done or paid as far as "
		    "was "
		    "recorded.</caption><thead><tr><th scope=\"col\">Entity</th><th "
		    "scope=\"col\">What</th><th scope=\"col\">Owner</th><th "
		    "scope=\"col\">Due</th></tr></thead><tbody>\n");
		good = mn_done_each_last(x.r, count, &x, x.err);
		mn_html(
		    o, x.n_overdue ? "" : "<tr><td colspan=\"4\">nothing</td></tr>\n");
		mn_html(o, "</tbody></table></div>\n");
		if (x.more)
			mn_html_say(o, "<p>and %llu more, see results.jsonl.</p>\n",
			    (unsigned long long)x.more);
		totals(&x);
		mn_html_done(o, r, r->own, r->n_own, &x.scratch);
	}
	mn_arena_free(root);
	return good;
}

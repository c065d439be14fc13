/* A backtest in words and in JSON. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/jsonw.h"
#include "manumit/report/backtest.h"

#define LEAST_RANDOM 30 /* visits drawn by lot below which they tell next to nothing */
#define ROWS 12         /* of a table of classes, the largest */

static const char *const DIM[] = {"authority", "sector", "size", "region"};

static bool
biased(const struct mn_backtest_view *v)
{
	return v->result.random_n < LEAST_RANDOM && v->result.random_n < v->result.n;
}

/* ---- words ---- */

static void
percent(struct mn_buf *b, int64_t e4)
{
	int64_t tenths = (e4 + 5) / 10;
	mn_buf_fmt(b, "%lld.%lld %%", (long long)(tenths / 10), (long long)(tenths % 10));
}

static void
with_interval(struct mn_buf *b, const struct mn_share *s)
{
	percent(b, s->e4);
	mn_buf_add(b, MN_S(" ("));
	percent(b, s->low_e4);
	mn_buf_add(b, MN_S(" to "));
	percent(b, s->high_e4);
	mn_buf_add(b, MN_S(")"));
}

static void
top(const struct mn_backtest_view *v, struct mn_buf *b)
{
	static const char *const OF[] = {
	    " with a result after it", " known before it", ", all of the run"};
	char split[11], last[11];
	const struct mn_backtest *t = &v->result;
	mn_buf_fmt(b,
	    "as of     %s: %llu sites; %llu visits before it, %llu after it up to %s\n",
	    mn_day_print(v->split, split).p, (unsigned long long)v->sites,
	    (unsigned long long)v->before, (unsigned long long)v->later,
	    mn_day_print(v->last_day, last).p);
	mn_buf_fmt(b,
	    "measured  %u sites%s (%llu visits without a stated "
	    "result, %llu of nobody in the run)\nviolation ",
	    t->n, OF[v->which], (unsigned long long)v->no_result,
	    (unsigned long long)v->unjoined);
	with_interval(b, &t->base);
	mn_buf_fmt(b, " of them: what chance finds\n");
}

static void
orders(const struct mn_backtest *t, struct mn_buf *b)
{
	mn_buf_add(
	    b, MN_S("\nfirst k   violations found       lift over chance   over last "
		    "violators first\n"));
	for (uint32_t i = 0; i < t->n_at; i++) {
		const struct mn_at_k *x = &t->at[i];
		mn_buf_fmt(b, "  %-6u  ", x->k);
		with_interval(b, &x->precision);
		mn_buf_fmt(b, "   %lld.%02lld   %lld.%02lld (",
		    (long long)(x->lift_e2 / 100), (long long)(x->lift_e2 % 100),
		    (long long)(x->lift_last_e2 / 100),
		    (long long)(x->lift_last_e2 % 100));
		percent(b, x->last_e4);
		mn_buf_add(b, MN_S(")\n"));
	}
}

static void
calibration(const struct mn_backtest *t, struct mn_buf *b)
{
	char from[32], to[32];
	mn_buf_add(b, MN_S("\nlikelihood     sites   said      found\n"));
	for (unsigned i = 0; i < MN_BACKTEST_BINS; i++) {
		const struct mn_bin *x = &t->bin[i];
		if (x->n == 0)
			continue;
		mn_buf_fmt(b, "  %s-%s  %6u   ", mn_fx_print(x->from_q16, 2, from).p,
		    mn_fx_print(x->to_q16, 2, to).p, x->n);
		percent(b, x->mean_e4);
		mn_buf_add(b, MN_S("   "));
		percent(b, x->seen_e4);
		mn_buf_byte(b, '\n');
	}
	mn_buf_fmt(b,
	    "Brier     0.%04lld (0.%04lld to 0.%04lld); saying always the share found "
	    "gives 0.%04lld\n",
	    (long long)t->brier.e4, (long long)t->brier.low_e4,
	    (long long)t->brier.high_e4, (long long)t->brier_base_e4);
}

/* The largest classes first; a small table, so a plain search does. */
static uint32_t
next_class(const struct mn_group *g, uint32_t n, const bool *told)
{
	uint32_t best = n;
	for (uint32_t i = 0; i < n; i++)
		if (!told[i] && g[i].n && (best == n || g[i].n > g[best].n))
			best = i;
	return best;
}

static void
fairness(const struct mn_backtest_view *v, unsigned d, struct mn_buf *b)
{
	const struct mn_group *g = v->result.group[d];
	uint32_t n = v->n_class[d], more = 0;
	struct mn_arena root = mn_arena_new((size_t)n + 4096, NULL), a = root;
	bool *told = MN_NEW(&a, bool, n + 1);
	mn_buf_fmt(b,
	    "\nby %-20s sites  violators  likelihood  in the top %u %%  of the "
	    "violators\n",
	    DIM[d], MN_BACKTEST_TOP);
	for (unsigned i = 0; i < ROWS; i++) {
		uint32_t c = next_class(g, n, told);
		if (c == n)
			break;
		told[c] = true;
		mn_buf_fmt(b, "  %-20.*s %6u  ",
		    MN_FMT(mn_str_sub(v->class_name[d][c], 0, 20)), g[c].n);
		percent(b, (int64_t)g[c].hits * 10000 / g[c].n);
		mn_buf_add(b, MN_S("  "));
		percent(b, g[c].mean_e4);
		mn_buf_add(b, MN_S("  "));
		percent(b, (int64_t)g[c].flagged * 10000 / g[c].n);
		mn_buf_add(b, MN_S("  "));
		percent(
		    b, g[c].hits ? (int64_t)g[c].flagged_hits * 10000 / g[c].hits : 0);
		mn_buf_byte(b, '\n');
	}
	for (uint32_t i = 0; i < n; i++)
		more += !told[i] && g[i].n;
	if (more)
		mn_buf_fmt(b, "  ... and %u smaller (--json has all)\n", more);
	mn_arena_free(root);
}

static void
no_inspections(const struct mn_backtest_view *v, struct mn_buf *b)
{
	if (v->claims)
		mn_buf_fmt(b,
		    "%llu of %llu rows after the day are claims of workers: nobody went "
		    "there, and who complains is not who is wronged.\n",
		    (unsigned long long)v->claims, (unsigned long long)v->later);
	if (v->no_visit)
		mn_buf_fmt(b,
		    "%llu rows are decisions on applications or entries of a register: "
		    "not used.\n",
		    (unsigned long long)v->no_visit);
}

static void
caveats(const struct mn_backtest_view *v, struct mn_buf *b)
{
	const struct mn_backtest *t = &v->result;
	mn_buf_add(b, MN_S("\nwhy sites were visited:"));
	for (unsigned i = 0; i < MN_BACKTEST_SELECTIONS; i++)
		if (v->selection[i])
			mn_buf_fmt(b, " %s %llu", MN_SELECTION_NAME[i],
			    (unsigned long long)v->selection[i]);
	mn_buf_byte(b, '\n');
	if (t->random_n) {
		mn_buf_fmt(b,
		    "of the %u violators among %u sites drawn by lot, in the top %u %%: ",
		    t->random_hits, t->random_n, MN_BACKTEST_TOP);
		with_interval(b, &t->random_recall);
		mn_buf_byte(b, '\n');
	}
	no_inspections(v, b);
	if (v->which == MN_BT_KNOWN)
		mn_buf_add(b,
		    MN_S("Measured were the sites visited before the day: one without a "
			 "violation found later counts as without, visited again or "
			 "not.\n"));
	if (v->which == MN_BT_ALL)
		mn_buf_add(
		    b, MN_S("All sites of the run were measured: one without a violation "
			    "found "
			    "later counts as without, visited or not. If the list of "
			    "sites was "
			    "made from the same records, sites are in it because of what "
			    "came "
			    "later, and the figures mean nothing: use --sites known.\n"));
	if (biased(v))
		mn_buf_fmt(b,
		    "SELECTION-BIASED: %u of %u sites were drawn by lot. The figures "
		    "hold "
		    "among those who were inspected, for reasons of their own; what "
		    "would "
		    "have been found elsewhere, nobody knows. Plan with "
		    "--random-share.\n",
		    t->random_n, t->n);
	mn_buf_add(b,
	    MN_S("A violation here is any that an inspection states, most of them short "
		 "of "
		 "forced labour, which the likelihood is about; so calibration shows a "
		 "difference of subject too. Inputs without days (supplier rows, lists) "
		 "may be later than the day.\n"));
}

/* ---- JSON ---- */

static void
json_share(struct mn_jsonw *w, const char *key, const struct mn_share *s)
{
	mn_jsonw_map(w, key);
	mn_jsonw_decimal(w, "value", s->e4, 4);
	mn_jsonw_list(w, "interval");
	mn_jsonw_decimal(w, NULL, s->low_e4, 4);
	mn_jsonw_decimal(w, NULL, s->high_e4, 4);
	mn_jsonw_end_list(w);
	mn_jsonw_end_map(w);
}

static void
json_orders(struct mn_jsonw *w, const struct mn_backtest *t)
{
	mn_jsonw_list(w, "at");
	for (uint32_t i = 0; i < t->n_at; i++) {
		const struct mn_at_k *x = &t->at[i];
		mn_jsonw_map(w, NULL);
		mn_jsonw_int(w, "k", x->k);
		mn_jsonw_int(w, "violators", x->hits);
		json_share(w, "precision", &x->precision);
		mn_jsonw_decimal(w, "lift_over_random", x->lift_e2, 2);
		mn_jsonw_decimal(w, "precision_last_violators", x->last_e4, 4);
		mn_jsonw_decimal(w, "lift_over_last_violators", x->lift_last_e2, 2);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
	mn_jsonw_list(w, "calibration");
	for (unsigned i = 0; i < MN_BACKTEST_BINS; i++) {
		const struct mn_bin *x = &t->bin[i];
		mn_jsonw_map(w, NULL);
		mn_jsonw_q16(w, "from", x->from_q16, 2);
		mn_jsonw_q16(w, "to", x->to_q16, 2);
		mn_jsonw_int(w, "sites", x->n);
		mn_jsonw_decimal(w, "said", x->mean_e4, 4);
		mn_jsonw_decimal(w, "found", x->seen_e4, 4);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static void
json_groups(struct mn_jsonw *w, const struct mn_backtest_view *v)
{
	mn_jsonw_map(w, "groups");
	for (unsigned d = 0; d < MN_TRIAL_DIMS; d++) {
		mn_jsonw_list(w, DIM[d]);
		for (uint32_t c = 0; c < v->n_class[d]; c++) {
			const struct mn_group *g = &v->result.group[d][c];
			if (g->n == 0)
				continue;
			mn_jsonw_map(w, NULL);
			mn_jsonw_str(w, "class", v->class_name[d][c]);
			mn_jsonw_int(w, "sites", g->n);
			mn_jsonw_int(w, "violators", g->hits);
			mn_jsonw_decimal(w, "likelihood", g->mean_e4, 4);
			mn_jsonw_int(w, "flagged", g->flagged);
			mn_jsonw_int(w, "flagged_violators", g->flagged_hits);
			mn_jsonw_end_map(w);
		}
		mn_jsonw_end_list(w);
	}
	mn_jsonw_end_map(w);
}

static void
as_json(const struct mn_backtest_view *v, struct mn_buf *out)
{
	char day[11];
	const struct mn_backtest *t = &v->result;
	struct mn_jsonw w = mn_jsonw_buf(out, true);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_str(&w, "split", mn_day_print(v->split, day));
	mn_jsonw_str(&w, "last_day", mn_day_print(v->last_day, day));
	mn_jsonw_int(&w, "sites", (int64_t)v->sites);
	mn_jsonw_int(&w, "visits_before", (int64_t)v->before);
	mn_jsonw_int(&w, "visits_after", (int64_t)v->later);
	mn_jsonw_int(&w, "without_result", (int64_t)v->no_result);
	mn_jsonw_int(&w, "of_nobody", (int64_t)v->unjoined);
	mn_jsonw_int(&w, "claims_after", (int64_t)v->claims);
	mn_jsonw_int(&w, "no_visits", (int64_t)v->no_visit);
	mn_jsonw_int(&w, "measured", t->n);
	mn_jsonw_c(&w, "which", MN_BACKTEST_SITES_NAME[v->which]);
	json_share(&w, "base_rate", &t->base);
	json_share(&w, "brier", &t->brier);
	mn_jsonw_decimal(&w, "brier_of_base_rate", t->brier_base_e4, 4);
	json_orders(&w, t);
	mn_jsonw_map(&w, "selection");
	for (unsigned i = 0; i < MN_BACKTEST_SELECTIONS; i++)
		mn_jsonw_int(&w, MN_SELECTION_NAME[i], (int64_t)v->selection[i]);
	mn_jsonw_end_map(&w);
	mn_jsonw_int(&w, "random_sites", t->random_n);
	mn_jsonw_int(&w, "random_violators", t->random_hits);
	if (t->random_hits)
		json_share(&w, "random_recall", &t->random_recall);
	else
		mn_jsonw_null(&w, "random_recall");
	mn_jsonw_bool(&w, "selection_biased", biased(v));
	json_groups(&w, v);
	mn_jsonw_int(&w, "seed", (int64_t)v->seed);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
}

void
mn_report_backtest(const struct mn_backtest_view *v, bool json, struct mn_buf *out)
{
	if (json) {
		as_json(v, out);
		return;
	}
	top(v, out);
	orders(&v->result, out);
	calibration(&v->result, out);
	for (unsigned d = 0; d < MN_TRIAL_DIMS; d++)
		fairness(v, d, out);
	caveats(v, out);
}

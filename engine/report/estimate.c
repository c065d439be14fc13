/* An estimate in words and in JSON. */
#include <math.h>
#include <stdio.h>

#include "manumit/base/jsonw.h"
#include "manumit/report/estimate.h"

static const char *const HOW[] = {"given", "stepwise", "aic"};
static const char *const STATUS[] = {"an estimate exists and is identifiable",
    "no maximum likelihood estimate exists", "the parameters are not identifiable",
    "no maximum likelihood estimate exists, and the parameters are not identifiable"};

/* What has to hold for the number to mean something; printed with every estimate. */
static const char *const ASSUMES[] = {
    "The population is closed: nobody enters or leaves while the lists are kept.",
    "Every case is matched across the lists without error, neither missed nor taken for "
    "another.",
    "On each list, everybody is as likely to be recorded as everybody else, apart from "
    "the pairs in the model.",
    "Lists depend on each other only where the model has their pair; no effect of three "
    "lists is fitted.",
    "Cases on a list meet one definition, that of the population estimated."};
#define USE \
	"An annex of statistics about a population, never about an employer or a " \
	"person: " \
	"no score, band or plan uses it."

static struct mn_str
pair_name(const struct mn_overlaps *o, const uint8_t pair[2], char room[200])
{
	int n =
	    snprintf(room, 200, "%.*s:%.*s", MN_FMT(mn_str_sub(o->list[pair[0]], 0, 90)),
		MN_FMT(mn_str_sub(o->list[pair[1]], 0, 90)));
	return mn_str(room, n < 0 ? 0 : (size_t)n);
}

/* "main" or the pairs with commas between. */
static void
model_name(const struct mn_overlaps *o, const struct mn_mse_result *r, struct mn_buf *b)
{
	char room[200];
	if (r->model.n_pair == 0)
		mn_buf_add(b, MN_S("main"));
	for (uint32_t k = 0; k < r->model.n_pair; k++) {
		mn_buf_add(b, k ? MN_S(",") : MN_STR_NONE);
		mn_buf_add(b, pair_name(o, r->model.pair[k], room));
	}
}

/* ---- JSON ---- */

static void
number(struct mn_jsonw *w, const char *key, double v, unsigned digits)
{
	int64_t scale = 1;
	for (unsigned i = 0; i < digits; i++)
		scale *= 10;
	if (fabs(v) < 9e17 / (double)scale)
		mn_jsonw_decimal(w, key, llround(v * (double)scale), digits);
	else
		mn_jsonw_null(w, key);
}

static void
range(struct mn_jsonw *w, const char *key, const double v[2])
{
	mn_jsonw_list(w, key);
	number(w, NULL, v[0], 1);
	number(w, NULL, v[1], 1);
	mn_jsonw_end_list(w);
}

static void
json_estimate(
    struct mn_jsonw *w, const struct mn_overlaps *o, const struct mn_mse_result *r)
{
	char room[200];
	number(w, "alpha", r->alpha, 6);
	number(w, "alpha_se", r->se, 6);
	mn_jsonw_map(w, "coefficients");
	for (uint32_t i = 0; i < o->n_list; i++) {
		snprintf(room, sizeof room, "%.*s", MN_FMT(o->list[i]));
		number(w, room, r->beta[i], 6);
	}
	for (uint32_t k = 0; k < r->model.n_pair; k++) {
		pair_name(o, r->model.pair[k], room);
		if (r->sparse[k])
			mn_jsonw_null(w, room);
		else
			number(w, room, r->gamma[k], 6);
	}
	mn_jsonw_end_map(w);
	number(w, "deviance", r->deviance, 4);
	mn_jsonw_int(w, "df", r->df);
	number(w, "aic", r->aic, 4);
	number(w, "hidden", r->hidden, 1);
	number(w, "total", r->total, 1);
	range(w, "ci", r->has_profile ? r->profile : r->wald);
	mn_jsonw_c(w, "ci_kind", r->has_profile ? "profile" : "wald");
	range(w, "ci_wald", r->wald);
	if (r->has_profile)
		range(w, "ci_profile", r->profile);
	else
		mn_jsonw_null(w, "ci_profile");
}

static void
as_json(const struct mn_overlaps *o, enum mn_mse_how how, const struct mn_mse_result *r,
    struct mn_buf *out)
{
	static const char *const NONE[] = {
	    "alpha", "deviance", "df", "aic", "hidden", "total", "ci", "ci_kind"};
	struct mn_jsonw w = mn_jsonw_buf(out, true);
	struct mn_buf name = mn_buf_new(1u << 16);
	char room[200];
	model_name(o, r, &name);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_int(&w, "lists", o->n_list);
	mn_jsonw_int(&w, "observed", (int64_t)r->observed);
	mn_jsonw_str(&w, "model", mn_buf_str(&name));
	mn_jsonw_c(&w, "chosen_by", HOW[how]);
	mn_jsonw_int(&w, "status", r->status);
	mn_jsonw_c(&w, "status_text", STATUS[r->status]);
	mn_jsonw_list(&w, "sparse_pairs");
	for (uint32_t k = 0; k < r->model.n_pair; k++)
		if (r->sparse[k])
			mn_jsonw_str(&w, NULL, pair_name(o, r->model.pair[k], room));
	mn_jsonw_end_list(&w);
	if (r->status == MN_MSE_OK)
		json_estimate(&w, o, r);
	for (size_t i = 0; r->status != MN_MSE_OK && i < countof(NONE); i++)
		mn_jsonw_null(&w, NONE[i]);
	mn_jsonw_list(&w, "assumptions");
	for (size_t i = 0; i < countof(ASSUMES); i++)
		mn_jsonw_c(&w, NULL, ASSUMES[i]);
	mn_jsonw_end_list(&w);
	mn_jsonw_c(&w, "use", USE);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	mn_buf_free(&name);
}

/* ---- words ---- */

static void
text_estimate(
    const struct mn_overlaps *o, const struct mn_mse_result *r, struct mn_buf *b)
{
	char room[200];
	mn_buf_fmt(b, "hidden    %.1f\ntotal     %.1f\n", r->hidden, r->total);
	if (r->has_profile)
		mn_buf_fmt(b, "95%%       %.1f to %.1f (profile likelihood)\n",
		    r->profile[0], r->profile[1]);
	else
		mn_buf_fmt(b, "95%%       no bound by profile likelihood within reach\n");
	mn_buf_fmt(b, "          %.1f to %.1f (Wald, on the logarithm)\n", r->wald[0],
	    r->wald[1]);
	mn_buf_fmt(b, "fit       deviance %.4f on %u degrees of freedom, AIC %.4f\n",
	    r->deviance, r->df, r->aic);
	mn_buf_fmt(b, "alpha     %.6f (s.e. %.6f)\n", r->alpha, r->se);
	for (uint32_t i = 0; i < o->n_list; i++)
		mn_buf_fmt(b, "  %-16.*s %10.6f\n", MN_FMT(o->list[i]), r->beta[i]);
	for (uint32_t k = 0; k < r->model.n_pair; k++) {
		struct mn_str name = pair_name(o, r->model.pair[k], room);
		if (r->sparse[k])
			mn_buf_fmt(b,
			    "  %-16.*s the two never overlap: minus infinity, their "
			    "histories are left out\n",
			    MN_FMT(name));
		else
			mn_buf_fmt(b, "  %-16.*s %10.6f\n", MN_FMT(name), r->gamma[k]);
	}
}

static void
as_text(const struct mn_overlaps *o, enum mn_mse_how how, const struct mn_mse_result *r,
    struct mn_buf *b)
{
	mn_buf_fmt(b, "observed  %llu cases on %u lists\nmodel     ",
	    (unsigned long long)r->observed, o->n_list);
	model_name(o, r, b);
	mn_buf_fmt(b, " (%s)\nstatus    %u: %s\n",
	    how == MN_MSE_GIVEN      ? "as given"
	    : how == MN_MSE_STEPWISE ? "pairs added by the smallest p while p < 0.02"
				     : "pairs added while one lowers AIC",
	    (unsigned)r->status, STATUS[r->status]);
	if (r->status == MN_MSE_OK)
		text_estimate(o, r, b);
	else
		mn_buf_add(b,
		    MN_S("No estimate is given. Choose a model with fewer pairs, or join "
			 "lists that hardly overlap.\n"));
	mn_buf_add(b, MN_S("\nThis holds only if:\n"));
	for (size_t i = 0; i < countof(ASSUMES); i++)
		mn_buf_fmt(b, "- %s\n", ASSUMES[i]);
	mn_buf_add(b, MN_S(USE "\n"));
}

void
mn_report_estimate(const struct mn_overlaps *o, enum mn_mse_how how,
    const struct mn_mse_result *r, bool json, struct mn_buf *out)
{
	if (json)
		as_json(o, how, r, out);
	else
		as_text(o, how, r, out);
}

/* The outputs of a report, one row each, rendered in this order. */
#include "pages.h"
#include "tender.h"

static const struct {
	const char *name;
	int needs; /* enum mn_shown; -1: every audience has it */
	bool (*fn)(const struct mn_report *r, const char *dir, struct mn_err *err);
} OUTPUTS[] = {
    {"entity/*.html", -1, mn_report_dossiers},
    {"index.html", MN_SHOW_PORTFOLIO, mn_report_index},
    {"results.jsonl", MN_SHOW_PORTFOLIO, mn_report_results},
    {"results.csv", MN_SHOW_PORTFOLIO, mn_report_results_csv},
    {"results.xlsx", MN_SHOW_PORTFOLIO, mn_report_results_xlsx},
    {"review.csv", MN_SHOW_WORKINGS, mn_report_review},
    {"manifest.json", -1, mn_report_manifest},
    {"lot", MN_SHOW_PORTFOLIO, mn_report_tender}, /* and its index.html */
    {"list", MN_SHOW_PORTFOLIO, mn_report_pages}, /* where index.html shows not all */
};

/* What else lies in the folder of a report, written by the run. */
static const char *const BESIDE[] = {
    "entity", "issues.csv", "store", "diff.txt", "diff.jsonl", "diff.csv"};

bool
mn_report_has(struct mn_str name)
{
	for (size_t i = 0; i < countof(OUTPUTS); i++)
		if (mn_str_eq(name, mn_str_c(OUTPUTS[i].name)))
			return true;
	for (size_t i = 0; i < countof(BESIDE); i++)
		if (mn_str_eq(name, mn_str_c(BESIDE[i])))
			return true;
	return false;
}

/* A run about lots has an index of them in the place of the portfolio. */
static bool
is_due(const struct mn_report *r, size_t i)
{
	int needs = OUTPUTS[i].needs;
	if (OUTPUTS[i].fn == (r->tender ? mn_report_index : mn_report_tender))
		return false;
	return needs < 0 || mn_view_shows(r, (enum mn_shown)needs);
}

bool
mn_report_render(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	for (size_t i = 0; i < countof(OUTPUTS); i++)
		if (is_due(r, i) && !OUTPUTS[i].fn(r, dir, err))
			return false;
	return true;
}

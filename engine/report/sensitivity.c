/* The annex on sensitivity: whose band hangs on which constant. */
#include "annex.h"
#include "html.h"

#define CONSTANTS 8 /* flips told of one entity on its page; the record has them all */

struct tally {
	uint64_t up, down;
};

/* Flips of all entities, by variant. */
static void
count(const struct mn_report *r, struct tally t[static MN_MAX_VARIANTS])
{
	struct mn_err ignored = MN_ERR_NONE;
	struct mn_scan *scan =
	    mn_scan_open(r->reader, MN_TAB_SENS, MN_STR_NONE, &ignored);
	struct mn_str key, body;
	struct mn_flips f;
	while (scan && mn_scan_next(scan, &key, &body, NULL, &ignored) == 1 &&
	       mn_flips_decode(body, r->n_variant, &f, &ignored))
		for (uint32_t i = 0; i < f.n; i++) {
			t[f.v[i].variant].up += f.v[i].band > f.band;
			t[f.v[i].variant].down += f.v[i].band < f.band;
		}
	mn_scan_close(scan);
}

static bool
flips_of(const struct mn_report *r, struct mn_eid who, struct mn_flips *out)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_err ignored = MN_ERR_NONE;
	struct mn_str body;
	mn_put_eid(&key, who);
	return mn_reader_get(r->reader, MN_TAB_SENS, mn_buf_str(&key), &body, NULL,
		   &ignored) == 1 &&
	       mn_flips_decode(body, r->n_variant, out, &ignored);
}

void
mn_html_sensitivity(struct mn_out *o, const struct mn_report *r)
{
	const struct mn_variant *v = r->variant;
	struct tally t[MN_MAX_VARIANTS] = {{0}};
	bool any = false;
	if (r->n_variant == 0)
		return;
	count(r, t);
	mn_html(o,
	    "<h3>Annex: what hangs on which constant</h3>\n<p>Each constant of the "
	    "method a quarter smaller and a quarter larger, one at a time: how many "
	    "entities would have another band. Those that are not named change "
	    "nobody's.</p>\n<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
	    "scope=\"col\">Constant</th><th scope=\"col\" class=\"n\">Times</th><th "
	    "scope=\"col\" class=\"n\">Higher band</th><th scope=\"col\" "
	    "class=\"n\">Lower band</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < r->n_variant; i++) {
		if (t[i].up + t[i].down == 0)
			continue;
		any = true;
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_text(o, v[i].constant);
		mn_out_fmt(o,
		    "</th><td class=\"n\">%s</td><td class=\"n\">%llu</td><td "
		    "class=\"n\">%llu</td></tr>\n",
		    mn_variant_factor(&v[i]), (unsigned long long)t[i].up,
		    (unsigned long long)t[i].down);
	}
	if (!any)
		mn_html(o, "<tr><td colspan=\"4\">none changes a band</td></tr>\n");
	mn_html(o, "</tbody></table></div>\n");
}

void
mn_json_sensitivity(struct mn_jsonw *w, const struct mn_report *r)
{
	const struct mn_variant *v = r->variant;
	struct tally t[MN_MAX_VARIANTS] = {{0}};
	if (r->n_variant == 0)
		return;
	count(r, t);
	mn_jsonw_list(w, "sensitivity");
	for (uint32_t i = 0; i < r->n_variant; i++) {
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "constant", v[i].constant);
		mn_jsonw_c(w, "factor", mn_variant_factor(&v[i]));
		mn_jsonw_int(w, "entities", (int64_t)(t[i].up + t[i].down));
		mn_jsonw_int(w, "up", (int64_t)t[i].up);
		mn_jsonw_int(w, "down", (int64_t)t[i].down);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

void
mn_html_sensitivity_of(
    struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	const struct mn_variant *x = r->variant;
	struct mn_flips f = {0};
	if (r->n_variant == 0)
		return;
	mn_html(o, "<h3>Annex: constants on which this band hangs</h3>\n");
	if (!flips_of(r, v->ent.id, &f) || f.n == 0) {
		mn_html(o, "<p>No constant of the method, a quarter smaller or a quarter "
			   "larger, changes the band.</p>\n");
		return;
	}
	mn_html(o,
	    "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
	    "scope=\"col\">Constant</th><th scope=\"col\" class=\"n\">Times</th><th "
	    "scope=\"col\">Band then</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < f.n && i < CONSTANTS; i++) {
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_text(o, x[f.v[i].variant].constant);
		mn_out_fmt(o, "</th><td class=\"n\">%s</td><td>%s</td></tr>\n",
		    mn_variant_factor(&x[f.v[i].variant]),
		    mn_html_word(o, mn_band_name(f.v[i].band)));
	}
	mn_html(o, "</tbody></table></div>\n");
	if (f.n > CONSTANTS)
		mn_html_fmt(o, "and %u more, see results.jsonl.", f.n - CONSTANTS);
}

void
mn_json_sensitivity_of(
    struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v)
{
	const struct mn_variant *x = r->variant;
	struct mn_flips f = {0};
	if (r->n_variant == 0)
		return;
	mn_jsonw_list(w, "sensitivity");
	flips_of(r, v->ent.id, &f);
	for (uint32_t i = 0; i < f.n; i++) {
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "constant", x[f.v[i].variant].constant);
		mn_jsonw_c(w, "factor", mn_variant_factor(&x[f.v[i].variant]));
		mn_jsonw_c(w, "band", mn_band_name(f.v[i].band));
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

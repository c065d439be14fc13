/* Who was taken for whom: in the dossier, in explain and in results.jsonl. */
#include "manumit/base/fx.h"

#include "alike.h"
#include "html.h"

static uint32_t
count(const struct mn_view *v, bool refused)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n_alike; i++)
		n += v->alike[i].refused == refused;
	return n;
}

/* The position that is not the entity's own for what was kept apart. */
static mn_rid
place(const struct mn_alike *x)
{
	return x->refused ? x->other_rid : x->rid;
}

/* ---- HTML ---- */

static void
html_rows(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    bool refused, struct mn_arena *a)
{
	char p[32];
	mn_html(o, "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Row</th><th "
		   "scope=\"col\">Likeness</th><th scope=\"col\">Why</th></tr></thead>"
		   "<tbody>\n");
	for (uint32_t i = 0; i < v->n_alike; i++) {
		const struct mn_alike *x = &v->alike[i];
		if (x->refused != refused)
			continue;
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_name(o, v->alike_row[i].name);
		if (v->alike_row[i].id.n) {
			mn_html(o, " <span class=\"soft\">");
			mn_html_text(o, v->alike_row[i].id);
			mn_html(o, "</span>");
		}
		mn_html(o, " <span class=\"cite\">");
		mn_html_text(o, mn_view_cite(r, place(x), MN_F_NONE, a));
		mn_out_fmt(
		    o, "</span></th><td>%s</td><td>", mn_fx_print(x->p_q16, 2, p).p);
		mn_html_text(o, x->reason);
		mn_html(o, "</td></tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

void
mn_html_alike(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	uint32_t members = count(v, false);
	if (members) {
		mn_html(o, "<h3>Rows taken for one entity</h3>\n<p>Everything below is "
			   "said of these rows together. If one of them is somebody "
			   "else, so may be a finding.</p>\n");
		html_rows(o, r, v, false, a);
		if (v->ent.n_member > members)
			mn_html_fmt(o, "And %u rows more.", v->ent.n_member - members);
	}
	if (count(v, true)) {
		mn_html(o, "<h3>Not united although alike</h3>\n<p>Rows of other "
			   "entities that resemble this one. If one is the same firm, "
			   "its findings and list entries belong here too.</p>\n");
		html_rows(o, r, v, true, a);
	}
}

/* ---- text ---- */

static void
text_rows(struct mn_buf *out, const struct mn_report *r, const struct mn_view *v,
    bool refused, struct mn_arena *a)
{
	char p[32];
	for (uint32_t i = 0; i < v->n_alike; i++) {
		const struct mn_alike *x = &v->alike[i];
		struct mn_str id = v->alike_row[i].id;
		if (x->refused != refused)
			continue;
		mn_buf_fmt(out, "  %.*s \"%.*s\"%s%.*s, P %s: %.*s%s\n",
		    MN_FMT(mn_view_cite(r, place(x), MN_F_NONE, a)),
		    MN_FMT(v->alike_row[i].name), id.n ? ", yours " : "", MN_FMT(id),
		    mn_fx_print(x->p_q16, 4, p).p, MN_FMT(x->reason),
		    x->standing == MN_ALIKE_OPEN ? " (waits in review.csv)" : "");
	}
}

void
mn_text_alike(struct mn_buf *out, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	uint32_t members = count(v, false);
	if (members) {
		mn_buf_fmt(out, "\nRows taken for one entity\n");
		text_rows(out, r, v, false, a);
		if (v->ent.n_member > members)
			mn_buf_fmt(
			    out, "  and %u rows more\n", v->ent.n_member - members);
	}
	if (count(v, true)) {
		mn_buf_fmt(out, "\nNot united although alike\n");
		text_rows(out, r, v, true, a);
	}
}

/* ---- JSON ---- */

static bool
said(const struct mn_view *v, uint32_t n)
{
	if (mn_str_eq(v->ent.rec.v[MN_F_ID], v->alike_row[n].id))
		return true;
	for (uint32_t i = 0; i < n; i++)
		if (!v->alike[i].refused &&
		    mn_str_eq(v->alike_row[i].id, v->alike_row[n].id))
			return true;
	return false;
}

void
mn_json_source_ids(struct mn_jsonw *w, const struct mn_view *v)
{
	mn_jsonw_list(w, "source_ids");
	if (v->ent.rec.v[MN_F_ID].n)
		mn_jsonw_str(w, NULL, v->ent.rec.v[MN_F_ID]);
	for (uint32_t i = 0; i < v->n_alike; i++)
		if (!v->alike[i].refused && v->alike_row[i].id.n && !said(v, i))
			mn_jsonw_str(w, NULL, v->alike_row[i].id);
	mn_jsonw_end_list(w);
}

static void
json_row(
    struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v, uint32_t i)
{
	const struct mn_alike *x = &v->alike[i];
	uint32_t src = mn_rid_src(place(x));
	char hex[33];
	mn_jsonw_map(w, NULL);
	if (x->refused) {
		mn_eid_hex(x->other, hex);
		mn_jsonw_c(w, "id", hex);
	}
	mn_jsonw_str(w, "source_id", v->alike_row[i].id);
	mn_jsonw_str(w, "name", v->alike_row[i].name);
	mn_jsonw_str(
	    w, "file", src < r->n_source ? mn_source_base(&r->source[src]) : MN_STR_NONE);
	mn_jsonw_int(w, "row", (int64_t)mn_rid_line(place(x)));
	mn_jsonw_q16(w, "probability", x->p_q16, 4);
	mn_jsonw_str(w, "reason", x->reason);
	mn_jsonw_end_map(w);
}

void
mn_json_alike(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v)
{
	for (unsigned refused = 0; refused < 2; refused++) {
		mn_jsonw_list(w, refused ? "refused" : "members");
		for (uint32_t i = 0; i < v->n_alike; i++)
			if (v->alike[i].refused == (refused == 1))
				json_row(w, r, v, i);
		mn_jsonw_end_list(w);
	}
}

/* The sheet Supply paths of results.xlsx: one row an edge of a path. */
#include "manumit/base/fx.h"

#include "behind.h"

#define COLUMN(key, head, style, width, note) \
	{ \
#key, head, MN_ST_##style, width, note, NULL, false \
	}

static const struct mn_column PATH[] = {COLUMN(id, "Your id", ID, 12, NULL),
    COLUMN(name, "Name", WRAP, 32, NULL), COLUMN(country, "Country", ID, 9, NULL),
    COLUMN(band, "Band", TONE, 10, NULL),
    COLUMN(about, "About", TEXT, 14,
	"exposure: what stands behind it, the best path and runners-up. A gate code: the "
	"way to a list entry, undecayed."),
    COLUMN(path, "Path", INT, 6, "Rows of one path have one number."),
    COLUMN(exposure, "Exposure", Q16, 10,
	"Beside the likelihood of the entity itself, never part of it."),
    COLUMN(status, "Status", TONE, 11, NULL), COLUMN(step, "Step", INT, 6, NULL),
    COLUMN(edge, "Edge", WRAP, 60, "From the entity outwards."),
    COLUMN(kind, "Kind", TEXT, 13, NULL), COLUMN(tier, "Tier", INT, 6, NULL),
    COLUMN(good, "Good", WRAP, 22, NULL), COLUMN(share, "Share", PERCENT, 8, NULL),
    COLUMN(leads_to, "Leads to", WRAP, 32, NULL),
    COLUMN(leads_to_country, "Its country", ID, 9, NULL),
    COLUMN(list, "List at its end", WRAP, 26, NULL),
    COLUMN(since, "Since", DAY, 12, NULL),
    COLUMN(stated_by, "Stated by", TEXT, 10,
	"row: a row of edges. parent, address: derived from supplier rows."),
    COLUMN(reference, "Reference", WRAP, 26, NULL), COLUMN(file, "File", TEXT, 20, NULL),
    COLUMN(line, "Line", INT, 8, NULL)};

const struct mn_xlsxw_spec MN_SHEET_PATHS_SPEC = {
    "Supply paths", PATH, countof(PATH), 2, false, false};

struct rows {
	const struct mn_sheets *s;
	const struct mn_view *v;
	struct mn_arena *a;
	int64_t number;
};

static void
source(const struct mn_report *r, mn_rid rid, struct mn_val *file)
{
	uint32_t src = mn_rid_src(rid);
	if (rid == MN_RID_NONE || src >= r->n_source || !mn_view_shows(r, MN_SHOW_INPUTS))
		return;
	file[0] = mn_val_text(mn_source_base(&r->source[src]));
	file[1] = mn_val_num(MN_VAL_INT, (int64_t)mn_rid_line(rid));
}

/* Of a gate; or, without one, of an exposure. */
static void
path(struct rows *x, const struct mn_path *p, const struct mn_path_gate *g)
{
	const struct mn_record *rec = &x->v->ent.rec;
	const struct mn_report *r = x->s->r;
	x->number++;
	for (uint32_t i = 0; i < p->n; i++) {
		const struct mn_path_edge *e = &p->edge[i];
		const struct mn_edge *d = &e->edge;
		struct mn_val v[countof(PATH)] = {mn_val_text(rec->v[MN_F_ID]),
		    mn_val_text(rec->v[MN_F_NAME]), mn_val_text(rec->v[MN_F_COUNTRY]),
		    mn_val_c(mn_band_name(x->v->card.band)),
		    g ? mn_val_text(r->pack->gate[g->gate].code) : mn_val_c("exposure"),
		    mn_val_num(MN_VAL_INT, x->number),
		    g ? (struct mn_val){0} : mn_val_num(MN_VAL_Q16, p->exposure_q16),
		    g ? mn_val_c(mn_gate_status_name(g->status)) : (struct mn_val){0},
		    mn_val_num(MN_VAL_INT, (int64_t)i + 1),
		    mn_val_text(mn_path_edge_text(e, x->a)),
		    mn_val_c(mn_edge_kind_name(d->kind)),
		    e->tier ? mn_val_num(MN_VAL_INT, e->tier) : (struct mn_val){0},
		    mn_val_text(d->good),
		    d->share_q16 == MN_SHARE_UNKNOWN
			? (struct mn_val){0}
			: mn_val_num(MN_VAL_Q16, d->share_q16),
		    mn_val_text(e->name), mn_val_text(e->country),
		    g && i + 1 == p->n ? mn_val_text(g->fact.list) : (struct mn_val){0},
		    mn_val_day(d->since), mn_val_c(mn_edge_origin_name(d->origin)),
		    mn_val_text(d->reference)};
		source(r, d->rid, &v[countof(v) - 2]);
		mn_xlsxw_row(x->s->at[MN_SHEET_PATHS], v, countof(v));
	}
}

void
mn_sheet_paths(const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a)
{
	struct rows x = {s, v, a, 0};
	for (uint32_t i = 0; i < v->behind.n_gate; i++)
		path(&x, &v->behind.gate[i].path, &v->behind.gate[i]);
	for (uint32_t i = 0; i < v->behind.n_path; i++)
		path(&x, &v->behind.path[i], NULL);
}

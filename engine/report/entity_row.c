/* One row an entity, for results.csv and the sheet Entities. */
#include "manumit/base/fx.h"

#include "sheets.h"

const struct mn_column MN_ENTITY_COLUMN[MN_EC_COUNT] = {
#define MN_X(key, head, style, width, note) \
	[MN_EC_##key] = {#key, head, MN_ST_##style, width, note, NULL, false},
    MN_ENTITY_COLUMNS(MN_X)
#undef MN_X
};

/* The reason in words: the strongest indicator, a floor. */
static struct mn_str
because(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a)
{
	const struct mn_card *c = &v->card;
	unsigned n, best = mn_view_strongest(c, &n);
	if (best == MN_INDICATORS)
		return mn_view_no_weight(r, v, a);
	struct mn_str name = r->pack->indicator[best].name;
	const char *floor =
	    c->floor ? " (open strong finding of a court or inspectorate)" : "";
	return n > 1 ? mn_arena_fmt(a, "%.*s and %u more%s", MN_FMT(name), n - 1, floor)
		     : mn_arena_fmt(a, "%.*s%s", MN_FMT(name), floor);
}

/* "G-WRO possible; G-LISTA hit": the gates that say something. */
static struct mn_str
gates(const struct mn_report *r, const struct mn_card *c, struct mn_arena *a)
{
	struct mn_str out = MN_STR_NONE;
	for (uint32_t i = 0; i < c->n_gate && i < r->pack->n_gate; i++)
		if (c->gate[i] >= MN_GATE_ENDED)
			out = mn_arena_fmt(a, "%.*s%s%.*s %s", MN_FMT(out),
			    out.n ? "; " : "", MN_FMT(r->pack->gate[i].code),
			    mn_gate_status_name(c->gate[i]));
	return out;
}

static void
from_card(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a,
    struct mn_val *out)
{
	const struct mn_card *c = &v->card;
	char list = mn_card_list(c);
	out[MN_EC_band] = mn_val_c(mn_band_name(c->band));
	out[MN_EC_list] = mn_val_c(list == 'A' ? "act" : list == 'Q' ? "ask first" : "");
	out[MN_EC_next_step] = mn_val_c(mn_action_name(c->action));
	out[MN_EC_because] = mn_val_text(because(r, v, a));
	out[MN_EC_gates] = mn_val_text(gates(r, c, a));
	out[MN_EC_likelihood] = mn_val_num(MN_VAL_Q16, c->p_q16);
	out[MN_EC_interval_low] = mn_val_num(MN_VAL_Q16, c->low_q16);
	out[MN_EC_interval_high] = mn_val_num(MN_VAL_Q16, c->high_q16);
	out[MN_EC_completeness] = mn_val_num(MN_VAL_Q16, c->c_all_q16);
	out[MN_EC_severity] = mn_val_num(MN_VAL_Q16, c->severity_q16);
	out[MN_EC_priority] = mn_val_num(MN_VAL_Q16, c->priority_q16);
	out[MN_EC_statements] = mn_val_num(MN_VAL_INT, c->n_evidence);
}

/* A number where the cell is one, else what it says. */
static struct mn_val
number(const struct mn_record *rec, enum mn_field f, bool whole)
{
	int64_t e4;
	if (!mn_record_e4(rec, f, &e4) || (whole && e4 % 10000))
		return mn_val_text(rec->v[f]);
	return whole ? mn_val_num(MN_VAL_INT, e4 / 10000) : mn_val_num(MN_VAL_E4, e4);
}

void
mn_entity_values(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a,
    struct mn_val out[MN_EC_COUNT])
{
	static const struct {
		enum mn_entity_column to;
		enum mn_field from;
	} COPIED[] = {{MN_EC_id, MN_F_ID}, {MN_EC_name, MN_F_NAME},
	    {MN_EC_country, MN_F_COUNTRY}, {MN_EC_currency, MN_F_CURRENCY},
	    {MN_EC_sector, MN_F_SECTOR}, {MN_EC_product, MN_F_PRODUCT},
	    {MN_EC_native_name, MN_F_NATIVE_NAME}};
	const struct mn_record *rec = &v->ent.rec;
	char slug[80], hex[33];
	for (size_t i = 0; i < countof(COPIED); i++)
		out[COPIED[i].to] = mn_val_text(rec->v[COPIED[i].from]);
	mn_eid_hex(v->ent.id, hex);
	from_card(r, v, a, out);
	out[MN_EC_role] = mn_val_c(mn_role_name(mn_entity_role(&v->ent)));
	out[MN_EC_spend] = number(rec, MN_F_SPEND, false);
	out[MN_EC_tier] = number(rec, MN_F_TIER, true);
	out[MN_EC_rows] = mn_val_num(MN_VAL_INT, v->ent.n_member);
	out[MN_EC_dossier] = (struct mn_val){0};
	if (mn_report_has_dossier(r, &v->card))
		out[MN_EC_dossier] = mn_val_text(
		    mn_arena_fmt(a, "entity/%s.html", mn_entity_slug(&v->ent, slug).p));
	out[MN_EC_exposure] = out[MN_EC_tiers_known] = (struct mn_val){0};
	if (r->has_behind && mn_view_shows(r, MN_SHOW_PATHS)) {
		out[MN_EC_exposure] = mn_val_num(MN_VAL_Q16, v->behind.exposure_q16);
		out[MN_EC_tiers_known] = mn_val_num(MN_VAL_INT, v->behind.depth);
	}
	out[MN_EC_entity_id] = mn_val_text(mn_arena_str(a, mn_str(hex, 32)));
}

/* ---- all of them ---- */

struct walk {
	const struct mn_report *r;
	bool (*detail)(const struct mn_report *r, const struct mn_card *card);
	bool (*fn)(void *ctx, const struct mn_view *v, struct mn_arena *a);
	void *ctx;
	char list;
	struct mn_arena root;
	struct mn_err *err;
	bool good;
};

static bool
one(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct walk *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	(void)place;
	if (x->list == 'N' && mn_card_list(card))
		return true;
	x->good = (x->detail && x->detail(x->r, card)
			  ? mn_view_load(x->r, card->who, false, &a, &v, x->err)
			  : mn_view_brief(x->r, card, &a, &v, x->err)) &&
		  x->fn(x->ctx, &v, &a);
	return x->good;
}

bool
mn_entities_each(const struct mn_report *r,
    bool (*detail)(const struct mn_report *r, const struct mn_card *card),
    bool (*fn)(void *ctx, const struct mn_view *v, struct mn_arena *a), void *ctx,
    struct mn_err *err)
{
	struct walk x = {.r = r,
	    .detail = detail,
	    .fn = fn,
	    .ctx = ctx,
	    .root = mn_arena_new((size_t)1 << 32, NULL),
	    .err = err,
	    .good = true};
	for (const char *list = "AQN"; *list && x.good; list++) {
		x.list = *list;
		x.good = mn_view_rank(r, *list, one, &x, err) && x.good;
	}
	mn_arena_free(x.root);
	return x.good;
}

/* ---- results.csv ---- */

struct file {
	const struct mn_report *r;
	struct mn_out *o;
};

static bool
line(void *ctx, const struct mn_view *v, struct mn_arena *a)
{
	struct file *f = ctx;
	struct mn_val val[MN_EC_COUNT];
	mn_entity_values(f->r, v, a, val);
	mn_csvw_row(f->o, val, MN_EC_COUNT);
	return true;
}

bool
mn_report_results_csv(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct file f = {.r = r,
	    .o = mn_out_open(mn_arena_fmt(&a, "%s/results.csv%c", dir, 0).p, 0644, err)};
	mn_arena_free(root);
	if (!f.o)
		return false;
	mn_csvw_head(f.o, MN_ENTITY_COLUMN, MN_EC_COUNT);
	if (mn_entities_each(r, NULL, line, &f, err))
		return mn_out_commit(f.o, true, NULL, err);
	mn_out_abort(f.o);
	return false;
}

/* Does a row say enough to be kept? What it lacks is told, and it is quarantined. */
#include "input_impl.h"

bool
mn_input_quarantine(struct mn_input *in, enum mn_code code, struct mn_str column,
    struct mn_str value, const char *detail)
{
	mn_input_remark(in, in->line, code, column, value, detail);
	in->info.quarantined++;
	return false;
}

static bool
has_entity(const struct mn_record *rec)
{
	return rec->v[MN_F_ENTITY].n || rec->v[MN_F_ENTITY_NAME].n ||
	       rec->v[MN_F_LEI].n || rec->v[MN_F_OS_ID].n || rec->v[MN_F_TAX_ID].n;
}

/* Cells that the layout says a row must have. */
static bool
has_required(struct mn_input *in, const struct mn_csv_row *row)
{
	if (!in->source)
		return true; /* only layouts say so */
	for (uint32_t i = 0; i < in->n_column; i++)
		if (in->column[i].required &&
		    (i >= row->n || mn_str_trim(row->cell[i]).n == 0))
			return mn_input_quarantine(in, MN_E_CELL_REQUIRED,
			    in->info.header[i], MN_STR_NONE,
			    "the layout of this source wants it");
	return true;
}

/* An edge with one end leads nowhere. */
static bool
has_ends(struct mn_input *in, const struct mn_record *rec)
{
	bool from = rec->v[MN_F_FROM].n || rec->v[MN_F_FROM_NAME].n;
	bool to = rec->v[MN_F_TO].n || rec->v[MN_F_TO_NAME].n;
	return (from && to) ||
	       mn_input_quarantine(in, MN_E_CELL_REQUIRED,
		   in->info.field_column[from ? MN_F_TO : MN_F_FROM], MN_STR_NONE,
		   from ? "to: whom it supplies, owns or recruits for"
			: "from: who supplies, owns or recruits");
}

/* A lot for which nobody bid has a row all the same, and a page. A total of the bids,
 * which has one cell, is none. */
static bool
is_lot_alone(const struct mn_record *rec)
{
	const struct mn_str *v = rec->v;
	return rec->kind == MN_K_TENDERS && v[MN_F_LOT].n &&
	       (v[MN_F_LOT_TITLE].n || v[MN_F_CPV].n);
}

/* The fields without which a row of this kind says nothing. */
static bool
says_something(struct mn_input *in, struct mn_record *rec)
{
	if (rec->kind == MN_K_REFERENCE)
		return true;
	bool supplier = rec->kind == MN_K_SUPPLIERS;
	bool list = rec->kind == MN_K_WATCHLIST || rec->kind == MN_K_TENDERS;
	if (rec->v[MN_F_NAME].n == 0)
		rec->v[MN_F_NAME] = rec->v[MN_F_NATIVE_NAME];
	if ((supplier || rec->kind == MN_K_PROFILE) && rec->v[MN_F_NAME].n == 0)
		return mn_input_quarantine(in, MN_E_ROW_NAME,
		    in->info.field_column[MN_F_NAME], MN_STR_NONE, NULL);
	bool anonymous = rec->v[MN_F_NAME].n == 0 && rec->v[MN_F_LEI].n == 0 &&
			 rec->v[MN_F_TAX_ID].n == 0;
	if (anonymous && is_lot_alone(rec)) {
		rec->v[MN_F_BID_ROLE] = MN_S("buyer");
		return true;
	}
	if (list && anonymous)
		return mn_input_quarantine(in, MN_E_ROW_NAME,
		    in->info.field_column[MN_F_NAME], MN_STR_NONE, NULL);
	if (rec->kind == MN_K_CATEGORIES && rec->v[MN_F_CATEGORY].n == 0)
		return mn_input_quarantine(in, MN_E_CELL_REQUIRED,
		    in->info.field_column[MN_F_CATEGORY], MN_STR_NONE, "category");
	if (rec->kind == MN_K_OWN_CODES && rec->v[MN_F_OWN_CODE].n == 0)
		return mn_input_quarantine(in, MN_E_CELL_REQUIRED,
		    in->info.field_column[MN_F_OWN_CODE], MN_STR_NONE, "own_code");
	if (rec->kind == MN_K_EDGES)
		return has_ends(in, rec);
	if (supplier || list || rec->kind == MN_K_CATEGORIES ||
	    rec->kind == MN_K_OWN_CODES)
		return true;
	/* Training may be of one's own people, and the profile is of oneself. */
	bool by_case = in->source && in->source->by_case && rec->v[MN_F_CASE_ID].n > 0;
	if (!has_entity(rec) && !by_case && rec->kind != MN_K_TRAINING &&
	    rec->kind != MN_K_PROFILE)
		return mn_input_quarantine(in, MN_E_CELL_REQUIRED,
		    in->info.field_column[MN_F_ENTITY], MN_STR_NONE,
		    "whom the row is about");
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if ((mn_field_def((enum mn_field)f)->flags & MN_FF_REQ) &&
		    mn_field_in((enum mn_field)f, rec->kind) && rec->v[f].n == 0)
			return mn_input_quarantine(in, MN_E_CELL_REQUIRED,
			    in->info.field_column[f], MN_STR_NONE,
			    mn_field_def((enum mn_field)f)->name);
	return true;
}

bool
mn_input_complete(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	return has_required(in, row) && says_something(in, rec);
}

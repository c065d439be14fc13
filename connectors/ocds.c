/*
 * The format: release packages, record packages, releases and records alone, lists of
 * them, one a line or one after another. A row is one organisation in one role in one lot
 * (tenders), or one organisation that bids or supplies (suppliers).
 */
#include "manumit/base/limits.h"

#include "ocds.h"

#define LIFE_BYTES ((size_t)512 << 20)    /* addresses: the table of processes */
#define RELEASE_BYTES ((size_t)512 << 20) /* addresses; pages are touched as needed */

/* ---- which files ---- */

/* The list of releases or records nearest to the top, the longest of them. */
static const struct mn_json_list *
best_list(const struct mn_json_lists *l)
{
	const struct mn_json_list *best = NULL;
	for (uint32_t i = 0; i < l->n; i++) {
		const struct mn_json_list *o = &l->list[i];
		if (o->ocds && (!best || o->level < best->level ||
				   (o->level == best->level && o->n > best->n)))
			best = o;
	}
	return best;
}

static bool
begins(struct mn_str head)
{
	struct mn_json_lists l;
	head = mn_str_trim(head);
	if (head.n == 0 || (head.p[0] != '{' && head.p[0] != '['))
		return false;
	struct mn_arena a = mn_arena_new((size_t)1 << 20, NULL);
	struct mn_arena scratch = a;
	mn_json_survey_text(head, &l, &scratch);
	bool found = best_list(&l) != NULL;
	mn_arena_free(a);
	return found;
}

/* ---- the header ---- */

/* Columns are mapped by the names of their fields, then shown with their paths. */
static bool
map_columns(struct mn_ocds *x, struct mn_err *err)
{
	struct mn_input *in = x->in;
	uint32_t n;
	const struct mn_ocds_column *c = mn_ocds_columns(x, &n);
	struct mn_str *cell = MN_NEW(in->arena, struct mn_str, n);
	struct mn_str *from = MN_NEW(in->arena, struct mn_str, MN_F_COUNT);
	for (uint32_t i = 0; i < n; i++)
		cell[i] = mn_str_c(mn_field_def(c[i].field)->name);
	if (!mn_input_header_cells(
		in, cell, n, x->suppliers ? MN_K_SUPPLIERS : MN_K_TENDERS, err))
		return false;
	for (uint32_t i = 0; i < n; i++)
		from[c[i].field] = cell[i] = mn_str_c(c[i].path);
	in->info.field_column = from;
	return true;
}

static struct mn_ocds *
new_state(struct mn_input *in, enum mn_kind kind)
{
	static const char *const COUNTED[] = {
	    "releases", "organisations", "lots", "items", "awards"};
	struct mn_ocds *x = MN_NEW(in->arena, struct mn_ocds, 1);
	in->state = x;
	x->in = in;
	x->suppliers = kind == MN_K_SUPPLIERS;
	x->root = mn_arena_new(RELEASE_BYTES, in->arena->oom);
	x->life_root = x->life = mn_arena_new(LIFE_BYTES, in->arena->oom);
	for (size_t i = 0; i < countof(COUNTED); i++)
		x->count[i].name = COUNTED[i];
	in->info.count = x->count;
	in->info.n_count = countof(COUNTED);
	in->info.delimiter = '{';
	in->info.unit = "record";
	return x;
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_json_lists *l = MN_NEW(in->arena, struct mn_json_lists, 1);
	if (kind != MN_K_SUPPLIERS && kind != MN_K_TENDERS && kind != MN_KIND_ANY)
		return mn_fail(err, MN_E_FILE_JSON,
		    "%.*s: holds tenders (Open Contracting data), which cannot be read "
		    "as %s",
		    MN_FMT(in->info.file), mn_kind_name(kind));
	if (!mn_json_survey(&in->stream, l, in->arena, err) ||
	    !mn_stream_rewind(&in->stream, err))
		return false;
	const struct mn_json_list *best = best_list(l);
	struct mn_ocds *x = new_state(in, kind);
	if (!best)
		return mn_fail(err, MN_E_FILE_JSON, "%.*s: no releases or records",
		    MN_FMT(in->info.file));
	in->info.items = best->path.n ? best->path : MN_S("(the document itself)");
	return map_columns(x, err) && mn_ocds_survey(x, best->path, err);
}

/* ---- releases ---- */

bool
mn_ocds_content(struct mn_view v)
{
	static const char *const PARTS[] = {
	    "parties", "tender", "awards", "contracts", "buyer", "bids"};
	for (size_t i = 0; i < countof(PARTS); i++)
		if (mn_view_get(v, PARTS[i]))
			return true;
	return false;
}

/* The release to read: compiled, else merged from releases, else the object itself; it
 * may be one member down, in files that teach or that wrap a record. */
static struct mn_view
release_of(struct mn_ocds *x, struct mn_view v, bool *links)
{
	struct mn_view compiled = mn_view_map(x, v, "compiledRelease");
	struct mn_view record = mn_view_map(x, v, "record");
	*links = false;
	if (compiled.n && mn_json_type(compiled.v[0]) == MN_JSON_MAP)
		return compiled;
	if (mn_view_get(v, "releases")) {
		struct mn_view m = mn_ocds_record(x, v);
		*links = m.n == 0 && !mn_ocds_content(v);
		if (m.n)
			return m;
	}
	if (!mn_ocds_content(v) && record.n)
		return mn_view_map(x, record, "compiledRelease");
	return v;
}

static void
quarantine(struct mn_ocds *x, enum mn_code code, const char *detail)
{
	x->rows++;
	x->in->info.rows++;
	x->in->info.quarantined++;
	x->in->line = x->rows;
	mn_input_remark(x->in, x->rows, code, MN_STR_NONE, MN_STR_NONE, detail);
}

/* What an item gives to be read: false: nothing, or nothing yet. */
static bool
an_item(struct mn_ocds *x)
{
	bool links;
	if (x->items.why[0])
		mn_input_remark(x->in, 0, MN_E_ROW_JSON_TWICE, MN_STR_NONE, MN_STR_NONE,
		    x->items.why);
	enum mn_ocds_step step = mn_ocds_gather(x);
	if (step != MN_OCDS_ALONE)
		return step == MN_OCDS_WHOLE;
	x->release = release_of(x, mn_view_one(x, x->doc, x->items.pointer), &links);
	if (links)
		quarantine(x, MN_E_OCDS_LINKS, x->items.why);
	return !links;
}

/* The next release with rows: 1, 0 at the end, -1 err. */
static int
next_release(struct mn_ocds *x, struct mn_err *err)
{
	for (;;) {
		enum mn_item item = MN_ITEM_END;
		mn_ocds_forget(x);
		mn_json_free(x->doc);
		x->doc = NULL;
		x->a = x->root = mn_arena_reset(x->root, x->a);
		x->told = 0;
		x->n_row = x->at_row = 0;
		if (!x->ended)
			item =
			    mn_items_next(&x->items, MN_MAX_RELEASE, &x->a, &x->doc, err);
		x->ended = item == MN_ITEM_END;
		if (item == MN_ITEM_ERR)
			return -1;
		if (x->ended && !mn_ocds_rest(x))
			return 0;
		if (item == MN_ITEM_BAD)
			quarantine(x,
			    x->items.too_long ? MN_E_ROW_LONG : MN_E_ROW_JSON_VALUE,
			    x->items.why);
		if (item == MN_ITEM_BAD || (item == MN_ITEM && !an_item(x)))
			continue;
		mn_ocds_read(x);
		if (x->n_row)
			return 1;
		mn_ocds_remark(
		    x, MN_E_OCDS_NONE, x->release.path, "", "nothing to screen");
	}
}

/* ---- rows ---- */

/* What was remarked on an organisation is told with its first row. */
static void
tell(struct mn_ocds *x, struct mn_org *o)
{
	for (const struct mn_ocds_note *n = o->notes.first; n; n = n->next) {
		x->in->had_note = true;
		mn_input_remark(
		    x->in, x->in->line, n->code, n->key, MN_STR_NONE, n->detail.p);
	}
	o->notes = (struct mn_ocds_notes){NULL, NULL};
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_ocds *x = in->state;
	uint32_t n;
	const struct mn_ocds_column *c = mn_ocds_columns(x, &n);
	if (x->at_row == x->n_row) {
		int more = next_release(x, err);
		if (more != 1)
			return more;
	}
	const struct mn_ocds_row *r = &x->row[x->at_row++];
	in->row = in->row_root;
	in->line = ++x->rows;
	struct mn_org *o = &x->org[r->claim->org];
	mn_org_finish(x, o);
	tell(x, o);
	*row = (struct mn_csv_row){.n = n, .cell = MN_NEW(&in->row, struct mn_str, n)};
	for (uint32_t i = 0; i < n; i++)
		row->cell[i] = c[i].cell(x, r);
	return 1;
}

static void
close_ocds(struct mn_input *in)
{
	struct mn_ocds *x = in->state;
	if (!x)
		return;
	mn_ocds_merge_close(x);
	mn_json_free(x->doc);
	mn_arena_free(x->root);
	mn_arena_free(x->life_root);
}

const struct mn_format mn_format_ocds = {.name = "Open Contracting data",
    .begins = begins,
    .header = header,
    .record = next_record,
    .close = close_ocds};

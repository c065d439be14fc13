/*
 * Stage ingest: files to canonical records. Rows of fees and surveys carry pseudonyms, so
 * they go to spools of files without a name instead of the store and are gone when the
 * run ends.
 */
#include <stdio.h>

#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "categories.h"
#include "own_codes.h"
#include "recorded.h"
#include "recruiters.h"
#include "stages.h"
#include "tenders.h"

struct ingest {
	struct mn_run *r;
	struct mn_load *rec;
	struct mn_buf key, body;
	struct mn_categories categories;
	struct mn_recruiters recruiters;
	uint64_t rates; /* of the file at hand */
	struct mn_own_codes codes;
	struct mn_arena scratch; /* of a row */
};

/* Rows of whom workers told, in a copy for somebody who may not hear them. */
static bool
is_unheard(const struct mn_run *r, const struct mn_record *rec)
{
	if (mn_audience_shows(r->o->audience, MN_SHOW_WORKERS_VOICE))
		return false;
	int of = mn_pack_source_class(r->pack, rec->v[MN_F_SOURCE_CLASS]);
	return rec->kind == MN_K_SURVEY || mn_pack_workers_voice(r->pack, of);
}

/* Why a site was chosen tells who complained: a copy has it nowhere, for its keys and its
 * digest are made of what rows say. */
static const struct mn_record *
hushed(const struct mn_run *r, const struct mn_record *rec, struct mn_record *room)
{
	if (rec->v[MN_F_SELECTION].n == 0 ||
	    mn_audience_shows(r->o->audience, MN_SHOW_SMALL_SITE_DATES))
		return rec;
	*room = *rec;
	room->v[MN_F_SELECTION] = MN_STR_NONE;
	return room;
}

static void
encode(struct ingest *x, const struct mn_record *rec)
{
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->body);
	mn_put_u64(&x->key, rec->rid);
	if (rec->kind == MN_K_FEES)
		mn_buf_byte(&x->body, 0);
	mn_record_encode(rec, &x->body);
}

/* A fee row goes to the spool; whom it names as recruiter or agent is an entity. */
static bool
put_fee(struct ingest *x, const struct mn_record *rec, struct mn_err *err)
{
	struct mn_record named[1 + MN_MAX_AGENT_TIERS];
	uint32_t n = mn_recruiters_of(&x->recruiters, rec, named);
	for (uint32_t i = 0; i < n; i++) {
		encode(x, &named[i]);
		if (!mn_load_put(x->rec, mn_buf_str(&x->key), mn_buf_str(&x->body),
			MN_STR_NONE, err))
			return false;
	}
	encode(x, rec);
	return mn_xsort_add(x->r->fees, mn_buf_str(&x->key), mn_buf_str(&x->body), err);
}

/* A row of a tender: whom it names as suppliers, and the row itself. */
static bool
put_tender(struct ingest *x, const struct mn_record *row, struct mn_err *err)
{
	struct mn_record named[MN_TENDER_PARTS];
	struct mn_arena a = x->scratch;
	uint32_t n = mn_tenders_of(x->r->pack, row, named, &a);
	bool good = true;
	for (uint32_t i = 0; good && i < n; i++) {
		encode(x, &named[i]);
		good = mn_load_put(
		    x->rec, mn_buf_str(&x->key), mn_buf_str(&x->body), MN_STR_NONE, err);
	}
	return good;
}

static bool
put_record(struct ingest *x, const struct mn_record *rec, struct mn_err *err)
{
	if (is_unheard(x->r, rec))
		return true;
	if (rec->kind == MN_K_TENDERS)
		return put_tender(x, rec, err);
	if (rec->kind == MN_K_FEES)
		return put_fee(x, rec, err);
	struct mn_record room;
	encode(x, hushed(x->r, rec, &room));
	if (rec->kind == MN_K_SURVEY)
		return mn_xsort_add(
		    x->r->surveys, mn_buf_str(&x->key), mn_buf_str(&x->body), err);
	return mn_load_put(
	    x->rec, mn_buf_str(&x->key), mn_buf_str(&x->body), MN_STR_NONE, err);
}

static bool
put_recorded(void *ctx, const struct mn_record *rec, struct mn_err *err)
{
	return put_record(ctx, rec, err);
}

static struct mn_str
keep(struct mn_run *r, struct mn_str s)
{
	return mn_arena_str(&r->arena, s);
}

/* What citations and the manifest need to remember of an input. */
static void
describe(struct mn_run *r, uint32_t src, const struct mn_input_info *info)
{
	struct mn_source *s = &r->source[src];
	*s = (struct mn_source){
	    .src = src,
	    .kind = info->kind,
	    .file = keep(r, info->file),
	    .part = keep(r, info->part),
	    .sha256 = keep(r, mn_str_c(info->sha256)),
	    .encoding = mn_str_c(mn_encoding_name(info->encoding)),
	    .delimiter = keep(r, mn_str(&info->delimiter, info->delimiter != 0)),
	    .bytes = info->bytes,
	    .header_line = info->header_line,
	    .layout = keep(r, info->source),
	    .title = keep(r, info->source_title),
	    .licence = keep(r, info->source_licence),
	    .url = keep(r, info->source_url),
	};
	for (size_t f = 0; f < MN_F_COUNT; f++)
		s->column[f] = keep(r, info->field_column[f]);
	const struct mn_shipped *list = r->shipped[src];
	if (!list)
		return;
	s->title = list->title;
	s->licence = list->licence;
	s->url = list->url;
	s->edition = list->edition;
	s->missing = list->missing;
	s->stale_after_days = (uint64_t)list->stale_after_days;
}

/* Tells of a list that came along; false: a file of the user takes its place. */
static bool
is_used(struct mn_run *r, const struct mn_shipped *list)
{
	struct mn_run_result *result = r->result;
	struct mn_run_list *told = &result->list[result->n_list++];
	struct mn_source s = {.edition = list->edition,
	    .stale_after_days = (uint64_t)list->stale_after_days};
	*told = (struct mn_run_list){0};
	snprintf(told->file, sizeof told->file, "%.*s", MN_FMT(list->file));
	snprintf(told->edition, sizeof told->edition, "%.*s", MN_FMT(list->edition));
	mn_source_age(&s, r->o->as_of, &told->days, &told->stale);
	for (uint32_t i = 0; i < r->n_own; i++)
		told->replaced =
		    told->replaced ||
		    mn_shipped_replaced(list, r->source[i].layout, r->source[i].rows);
	return !told->replaced;
}

/* Lists that came along and are not replaced move up behind the user's files. */
static void
drop_replaced(struct mn_run *r)
{
	struct mn_run_input *in = MN_NEW(&r->arena, struct mn_run_input, r->n_input);
	uint32_t n = r->n_own;
	memcpy(in, r->input, r->n_input * sizeof *in);
	for (uint32_t i = r->n_own; i < r->n_input; i++)
		if (is_used(r, r->shipped[i])) {
			in[n] = in[i];
			r->shipped[n++] = r->shipped[i];
		}
	r->input = in;
	r->n_input = n;
}

/* Adds a gate code to the list of those a watchlist feeds. */
static void
feed(struct mn_run *r, struct mn_source *s, struct mn_str gate)
{
	for (struct mn_str rest = s->gates; rest.p && rest.n;)
		if (mn_str_eq(mn_str_cut(&rest, ';'), gate))
			return;
	s->gates = s->gates.n ? mn_arena_fmt(&r->arena, "%.*s;%.*s", MN_FMT(s->gates),
				    MN_FMT(gate))
			      : keep(r, gate);
}

static void
remark_on(struct ingest *x, uint32_t src, const struct mn_record *rec, enum mn_code code,
    enum mn_field f, struct mn_str detail)
{
	const struct mn_source *s = &x->r->source[src];
	struct mn_issue issue = {.code = code,
	    .file = s->file,
	    .row = mn_rid_line(rec->rid),
	    .column = s->column[f],
	    .value = rec->v[f],
	    .detail = detail};
	mn_issues_add(&x->r->issues, src, &issue);
}

static void
remark(struct ingest *x, uint32_t src, const struct mn_record *rec, enum mn_code code)
{
	remark_on(x, src, rec, code, MN_F_CATEGORY, MN_STR_NONE);
}

/* A row of a table of categories is no record: suppliers take over what it says. */
static bool
is_category(struct ingest *x, uint32_t src, const struct mn_record *rec)
{
	if (rec->kind != MN_K_CATEGORIES)
		return false;
	if (!mn_categories_add(&x->categories, rec))
		remark(x, src, rec, MN_E_CATEGORY_TWICE);
	return true;
}

static void
remark_indicator(struct ingest *x, uint32_t src, const struct mn_record *rec)
{
	struct mn_str near = mn_own_codes_nearest(&x->codes, rec->v[MN_F_INDICATOR]);
	struct mn_buf b = mn_buf_new(4096);
	if (near.n)
		mn_buf_fmt(&b, "the nearest known is %.*s", MN_FMT(near));
	remark_on(x, src, rec, MN_E_INDICATOR, MN_F_INDICATOR, mn_buf_str(&b));
	mn_buf_free(&b);
}

/* Nor is a row of a table of codes: findings take over what it says. */
static bool
is_own_code(struct ingest *x, uint32_t src, struct mn_record *rec)
{
	if (rec->kind != MN_K_OWN_CODES)
		return false;
	enum mn_code code = mn_own_codes_add(&x->codes, rec);
	if (code == MN_E_INDICATOR)
		remark_indicator(x, src, rec);
	else if (code != MN_E_NONE)
		remark_on(x, src, rec, code, MN_F_OWN_CODE, MN_STR_NONE);
	return true;
}

/* False: a finding whose code nobody knows, quarantined with the nearest known one. */
static bool
is_understood(struct ingest *x, uint32_t src, struct mn_record *rec)
{
	if (rec->kind != MN_K_FINDINGS || mn_own_codes_apply(&x->codes, rec))
		return true;
	remark_indicator(x, src, rec);
	return false;
}

static void
take_over(struct ingest *x, uint32_t src, struct mn_record *rec)
{
	if (x->categories.any && rec->kind == MN_K_SUPPLIERS && rec->v[MN_F_CATEGORY].n &&
	    !mn_categories_apply(&x->categories, rec))
		remark(x, src, rec, MN_E_CATEGORY);
}

/* Tables of facts are no records: of exchange rates the run keeps what it needs. */
static bool
is_reference(struct ingest *x, const struct mn_record *rec)
{
	if (rec->kind != MN_K_REFERENCE)
		return false;
	x->rates += mn_rates_add(&x->r->rates, rec);
	return true;
}

static bool
read_rows(struct ingest *x, struct mn_input *in, uint32_t src, struct mn_err *err)
{
	struct mn_record rec;
	bool noted;
	int more;
	while ((more = mn_input_next(in, src, &rec, &noted, err)) == 1) {
		if (is_category(x, src, &rec) || is_own_code(x, src, &rec) ||
		    is_reference(x, &rec) || !is_understood(x, src, &rec))
			continue;
		take_over(x, src, &rec);
		if (!put_record(x, &rec, err))
			return false;
		if (rec.kind == MN_K_WATCHLIST)
			feed(x->r, &x->r->source[src],
			    rec.v[MN_F_GATE].n ? rec.v[MN_F_GATE] : MN_S("G-OWN"));
	}
	return more == 0;
}

/* An old list is used when the user says so, and the report says that it is old. */
static void
say_stale(struct mn_run *r, const struct mn_run_input *input)
{
	char detail[64];
	if (input->stale_days <= 0)
		return;
	snprintf(detail, sizeof detail, "%lld days old", (long long)input->stale_days);
	struct mn_issue i = {.code = MN_E_FILE_STALE,
	    .file = mn_str_c(input->path),
	    .detail = mn_str_c(detail)};
	mn_diag_emit(&r->issues.diag, &i);
}

/* No match in it is no check: gates are told its age as that of an edition. */
static void
date_stale(struct mn_run *r, const struct mn_run_input *input, struct mn_source *s)
{
	char day[11];
	if (input->stale_days <= 0 || s->edition.n)
		return;
	s->edition = keep(r, mn_day_print(r->o->as_of - (int32_t)input->stale_days, day));
	s->stale_after_days = (uint64_t)input->stale_limit;
}

/* What a citation of such a field names: the column that led to it. */
static void
cite_categories(struct ingest *x, struct mn_source *s)
{
	enum mn_field f;
	struct mn_str from = s->column[MN_F_CATEGORY];
	if (!x->categories.any || s->kind != MN_K_SUPPLIERS || from.n == 0)
		return;
	for (size_t i = 0; (f = mn_categories_field(i)) != MN_F_NONE; i++)
		if (s->column[f].n == 0)
			s->column[f] = mn_arena_fmt(&x->r->arena,
			    "%.*s, by the table of categories", MN_FMT(from));
}

/* A bidder has its sector from the codes of the lot. */
static void
cite_tenders(struct ingest *x, struct mn_source *s)
{
	static const enum mn_field FROM[] = {
	    MN_F_ITEMS, MN_F_LOT_TITLE, MN_F_TENDER_TITLE};
	if (s->kind != MN_K_TENDERS)
		return;
	if (s->column[MN_F_CPV].n)
		s->column[MN_F_SECTOR] = mn_arena_fmt(&x->r->arena,
		    "%.*s, by the table of CPV codes", MN_FMT(s->column[MN_F_CPV]));
	s->column[MN_F_ORIGIN_COUNTRY] = s->column[MN_F_MAKES_AT_COUNTRY];
	s->column[MN_F_PRODUCT] = s->column[MN_F_SECTOR];
	for (size_t i = countof(FROM); i-- > 0;)
		if (s->column[FROM[i]].n)
			s->column[MN_F_PRODUCT] = s->column[FROM[i]];
}

static bool
read_file(struct ingest *x, uint32_t src, struct mn_err *err)
{
	struct mn_run *r = x->r;
	const struct mn_run_input *input = &r->input[src];
	struct mn_arena a = mn_arena_new((size_t)1 << 32, NULL), root = a;
	r->issues.src = src;
	if (mn_field_in(MN_F_WORKER, input->kind))
		mn_no_core_dumps();
	struct mn_input *in = input->part.n
				  ? mn_input_open_part(&a, r->mappings, input->path,
					input->part, input->kind, &r->issues.diag, err)
				  : mn_input_open(&a, r->mappings, input->path,
					input->kind, &r->issues.diag, err);
	if (!in) {
		mn_arena_free(root);
		return false;
	}
	say_stale(r, input);
	mn_input_secret(in, r->secret);
	describe(r, src, mn_input_info(in));
	date_stale(r, input, &r->source[src]);
	cite_categories(x, &r->source[src]);
	cite_tenders(x, &r->source[src]);
	x->rates = 0;
	bool good = read_rows(x, in, src, err);
	if (good && r->source[src].kind == MN_K_REFERENCE && x->rates == 0)
		good = mn_fail(err, MN_E_DATA,
		    "%.*s: no row is a dated exchange rate: date, currency, rate and the "
		    "currency of its base are wanted",
		    MN_FMT(r->source[src].file));
	r->source[src].rows = mn_input_info(in)->rows;
	r->source[src].gates = keep(r, r->source[src].gates);
	mn_input_close(in);
	mn_arena_free(root);
	return good;
}

/* Sheets that nobody reads are said in the issues of their workbook. */
static void
tell_unused(struct mn_run *r, uint32_t src)
{
	struct mn_str path = mn_str_c(r->input[src].path);
	for (uint32_t i = 0; i < src; i++)
		if (mn_str_eq(mn_str_c(r->input[i].path), path))
			return;
	for (uint32_t i = 0; i < r->o->n_unused; i++) {
		const struct mn_run_unused *u = &r->o->unused[i];
		struct mn_issue issue = {.code = MN_E_SHEET_UNUSED,
		    .file = path,
		    .value = u->part,
		    .detail = u->why};
		if (mn_str_eq(mn_str_c(u->path), path))
			mn_issues_add(&r->issues, src, &issue);
	}
}

/* Tables that rows of others take from. */
static bool
is_taken_from(enum mn_kind k)
{
	return k == MN_K_CATEGORIES || k == MN_K_OWN_CODES;
}

static bool
read_files(struct ingest *x, uint32_t from, uint32_t to, bool taken_from, uint64_t *rows,
    struct mn_err *err)
{
	struct mn_run *r = x->r;
	for (uint32_t i = from; i < to; i++) {
		enum mn_kind kind = r->input[i].kind;
		if (is_taken_from(kind) != taken_from)
			continue;
		x->categories.any = x->categories.any || kind == MN_K_CATEGORIES;
		if (!read_file(x, i, err))
			return false;
		tell_unused(r, i);
		*rows += r->source[i].rows;
	}
	return true;
}

/* Tables of categories and codes first, because others take from them; lists that come
 * along last, because a file of the user may take their place. */
static bool
read_all(struct ingest *x, uint64_t *rows, struct mn_err *err)
{
	struct mn_run *r = x->r;
	if (!read_files(x, 0, r->n_own, true, rows, err) ||
	    !read_files(x, 0, r->n_own, false, rows, err))
		return false;
	drop_replaced(r);
	return read_files(x, r->n_own, r->n_input, false, rows, err) &&
	       mn_recorded_read(r, put_recorded, x, rows, err);
}

bool
mn_run_ingest(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	struct ingest x = {.r = r, .key = mn_buf_new(64), .body = mn_buf_new(4u << 20)};
	x.rec = mn_load_begin(r->gen, MN_TAB_REC, err);
	x.categories = mn_categories_new();
	x.recruiters = mn_recruiters_new(r->pack);
	x.codes = mn_own_codes_new(r->pack);
	x.scratch = mn_arena_new(1u << 20, NULL);
	bool good = x.rec != NULL && read_all(&x, rows, err);
	good = good && mn_rates_finish(&r->rates, err) && mn_xsort_finish(r->fees, err) &&
	       mn_xsort_finish(r->surveys, err);
	if (good)
		good = mn_load_end(x.rec, err);
	else
		mn_load_abort(x.rec);
	mn_categories_free(&x.categories);
	mn_recruiters_free(&x.recruiters);
	mn_own_codes_free(&x.codes);
	mn_arena_free(x.scratch);
	mn_buf_free(&x.key);
	mn_buf_free(&x.body);
	memset(r->secret, 0, sizeof r->secret);
	return good;
}

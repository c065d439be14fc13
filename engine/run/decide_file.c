/*
 * A file of decisions: review.csv or the sheet Decisions of results.xlsx with its
 * decisions filled in, or a table of one's own, as CSV or workbook, with the columns
 * entity, candidate, decision, reason. The first mistake ends the
 * reading; nothing of such a file is recorded.
 */
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"
#include "manumit/text/fold.h"

#include "decide.h"

enum column {
	C_DECISION,
	C_REASON,
	C_EXPIRES,
	C_BY,
	C_ON,
	C_SUBJECT,
	C_ENTRY_KEY,
	C_PRINT,
	C_ENTITY,
	C_CANDIDATE,
	C_NAME,
	C_ENTRY,
	C_LIST,
	C_PAIR, /* "suppliers": entry_key is another supplier's handle */
	C_STATE,
	C_GATE,
	C_COUNTRY,
	C_ENTRY_COUNTRY,
	C_PROBABILITY,
	C_COUNT
};
static const char *const COLUMNS[C_COUNT] = {"decision", "reason", "expires",
    "decided_by", "decided_on", "subject", "entry_key", "entry_print", "entity",
    "candidate", "name", "entry", "list", "pair", "state", "gate", "country",
    "entry_country", "probability"};

struct reading {
	struct mn_deciding *x;
	struct mn_str file;
	uint64_t line;        /* on which the record at hand begins */
	uint32_t at[C_COUNT]; /* column, UINT32_MAX: not there */
	const struct mn_csv_row *row;
	unsigned above; /* rows in which the header must be */
};

static struct mn_str
cell(const struct reading *r, enum column c)
{
	return r->at[c] < r->row->n ? mn_str_trim(r->row->cell[r->at[c]]) : MN_STR_NONE;
}

/* Says where, what, and what to do. */
static bool
mistake(const struct reading *r, enum column c, const char *advice, struct mn_err *err)
{
	return mn_fail(err, MN_E_DATA, "%.*s:%llu: column %s: \"%.*s\": %s",
	    MN_FMT(r->file), (unsigned long long)r->line, COLUMNS[c],
	    MN_FMT(mn_str_sub(cell(r, c), 0, 60)), advice);
}

static bool
day_cell(const struct reading *r, enum column c, int32_t *day, struct mn_err *err)
{
	struct mn_str s = cell(r, c);
	if (s.n == 0 || mn_day_parse_iso(s, day))
		return true;
	return mistake(r, c, "write the day as YYYY-MM-DD", err);
}

static bool
key_cell(const struct reading *r, enum column c, struct mn_key *key, struct mn_err *err)
{
	return mn_key_from_hex(cell(r, c), key) ||
	       mistake(r, c,
		   "not the 32 hex digits of review.csv; take the row from there", err);
}

static struct mn_str
kept(const struct reading *r, enum column c, struct mn_str otherwise)
{
	struct mn_str s = cell(r, c);
	return s.n ? mn_arena_str(r->x->a, s) : otherwise;
}

/* The pair by its content, where the row has it; else by its names. */
static bool
pair(const struct reading *r, struct mn_decision *d, struct mn_err *err)
{
	if (cell(r, C_SUBJECT).n == 0 && cell(r, C_ENTRY_KEY).n == 0) {
		if (cell(r, C_ENTITY).n == 0)
			return mistake(r, C_SUBJECT,
			    "no pair to decide: a licence as entered is corrected in the "
			    "supplier list",
			    err);
		return mn_deciding_pair(r->x, cell(r, C_ENTITY), cell(r, C_CANDIDATE),
			   d->same, d, err) ||
		       mistake(r, C_CANDIDATE, mn_arena_cstr(r->x->a, mn_str_c(err->msg)),
			   err);
	}
	d->kind = MN_PAIR_LIST;
	d->subject_name = kept(r, C_NAME, MN_STR_NONE);
	d->entry_name = kept(r, C_ENTRY, MN_STR_NONE);
	d->list = kept(r, C_LIST, MN_STR_NONE);
	if (!key_cell(r, C_SUBJECT, &d->subject, err) ||
	    !key_cell(r, C_ENTRY_KEY, &d->entry, err))
		return false;
	if (!mn_str_eq_ascii(cell(r, C_PAIR), MN_S("suppliers")))
		return key_cell(r, C_PRINT, &d->print, err);
	mn_decision_pair_suppliers(d, d->subject, d->entry);
	return mn_key_cmp(d->subject, d->entry) != 0 ||
	       mistake(r, C_ENTRY_KEY, "a supplier is itself; name two", err);
}

static bool
in_bulk(const struct reading *r)
{
	const struct mn_bulk_row row = {cell(r, C_PAIR), cell(r, C_STATE),
	    cell(r, C_SUBJECT), cell(r, C_LIST), cell(r, C_GATE), cell(r, C_COUNTRY),
	    cell(r, C_ENTRY_COUNTRY), cell(r, C_PROBABILITY)};
	return mn_bulk_takes(&r->x->o->bulk, &row);
}

static bool
read_row(struct reading *r, struct mn_err *err)
{
	const struct mn_decide_opts *o = r->x->o;
	struct mn_str word = cell(r, C_DECISION);
	struct mn_decision d = {.on = o->on,
	    .expires = o->expires,
	    .by = kept(r, C_BY, o->by),
	    .why = kept(r, C_REASON, o->reason)};
	bool bulk = word.n == 0 && in_bulk(r);
	if (word.n == 0 && !bulk) {
		r->x->empty++;
		return true;
	}
	d.same = bulk ? o->same : mn_str_eq_ascii(word, MN_S("same"));
	if (!d.same && !bulk && !mn_str_eq_ascii(word, MN_S("different")))
		return mistake(
		    r, C_DECISION, "write same or different, or leave it empty", err);
	if (d.why.n == 0)
		return mistake(
		    r, C_REASON, "say why, or give --reason for all rows", err);
	if (!day_cell(r, C_EXPIRES, &d.expires, err) || !day_cell(r, C_ON, &d.on, err))
		return false;
	if (d.expires != MN_DAY_NONE && d.expires < d.on)
		return mistake(r, C_EXPIRES, "lies before the day of the decision", err);
	if (!pair(r, &d, err))
		return false;
	mn_deciding_add(r->x, d, r->line);
	r->x->bulk[r->x->n - 1] = bulk;
	r->x->n_bulk += bulk;
	return true;
}

static void
map_columns(struct reading *r)
{
	struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
	for (unsigned c = 0; c < C_COUNT; c++)
		r->at[c] = UINT32_MAX;
	for (uint32_t i = 0; i < r->row->n; i++) {
		mn_buf_clear(&b);
		mn_fold_key(r->row->cell[i], &b);
		for (unsigned c = 0; c < C_COUNT; c++)
			if (r->at[c] == UINT32_MAX &&
			    mn_str_eq(mn_buf_str(&b), mn_str_c(COLUMNS[c])))
				r->at[c] = i;
	}
	mn_buf_free(&b);
}

static bool
header(struct reading *r, struct mn_err *err)
{
	map_columns(r);
	bool keys = r->at[C_SUBJECT] != UINT32_MAX && r->at[C_ENTRY_KEY] != UINT32_MAX &&
		    r->at[C_PRINT] != UINT32_MAX;
	bool names = r->at[C_ENTITY] != UINT32_MAX && r->at[C_CANDIDATE] != UINT32_MAX;
	if (r->at[C_DECISION] != UINT32_MAX && (keys || names))
		return true;
	return mn_fail(err, MN_E_FILE_HEADER,
	    "%.*s: wants the columns of review.csv (subject, entry_key, entry_print, "
	    "decision, reason), or entity, candidate, decision, reason",
	    MN_FMT(r->file));
}

/* Above the header of a sheet titles may stand. */
static bool
read_rows(struct reading *r, struct mn_rows *rows, struct mn_err *err)
{
	struct mn_csv_row row;
	unsigned above = 0;
	bool headed = false;
	int more;
	r->row = &row;
	while ((more = mn_rows_next(rows, &row, &r->line, err)) == 1) {
		if (headed && !read_row(r, err))
			return false;
		if (!headed && !(headed = header(r, err)) && ++above == r->above)
			return false;
	}
	if (more == 0 && !headed && above == 0)
		return mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(r->file));
	return more == 0 && headed;
}

bool
mn_deciding_read(struct mn_deciding *x, const char *path, struct mn_err *err)
{
	struct reading r = {.x = x, .file = mn_str_c(path), .line = 1};
	struct mn_str part;
	path = mn_path_part(x->a, path, &part);
	r.above = mn_path_is_workbook(path) ? MN_PREAMBLE_ROWS : 1;
	struct mn_rows *rows = mn_rows_open(
	    x->a, x->o->mappings, path, part, MN_S("Decisions"), MN_RAW_TABLE, err);
	bool good = rows && read_rows(&r, rows, err);
	if (rows)
		mn_rows_close(rows);
	return good;
}

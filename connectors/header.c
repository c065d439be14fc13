/* The header of a file: where it is, what its cells mean. */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "input_impl.h"

struct candidate {
	uint64_t line;
	struct mn_csv_row row;
	struct mn_str *folded;
	struct mn_str *sub; /* of a header of two rows */
	const struct mn_heading *heading;
	bool joined;
	const struct mn_map_source *source;
	enum mn_kind kind;
	uint32_t mapped;
	uint32_t before; /* records above it */
	uint32_t end;    /* number of its last row */
	bool usable;     /* maps a field without which the table is useless */
};

/* Columns without a header are told by their number. */
static struct mn_str
column_name(struct mn_arena *a, uint32_t i)
{
	return mn_arena_fmt(a, "(column %u)", i + 1);
}

static struct mn_str *
fold_cells(struct mn_input *in, const struct mn_csv_row *row)
{
	struct mn_str *f = MN_NEW(in->arena, struct mn_str, row->n);
	for (uint32_t i = 0; i < row->n; i++)
		f[i] = mn_map_fold(in->arena, mn_str_trim(row->cell[i]).n
						  ? row->cell[i]
						  : column_name(in->arena, i));
	return f;
}

/* Fields without which a table of this kind says nothing. Joined tables need one way to
 * name the entity. */
static bool
sufficient(enum mn_kind kind, const bool *has)
{
	bool named = has[MN_F_ENTITY] || has[MN_F_ENTITY_NAME] || has[MN_F_LEI] ||
		     has[MN_F_OS_ID] || has[MN_F_TAX_ID];
	switch (kind) {
	case MN_K_SUPPLIERS:
		return has[MN_F_NAME] || has[MN_F_NATIVE_NAME];
	case MN_K_WATCHLIST:
		return has[MN_F_NAME];
	case MN_K_FEES:
		return named && has[MN_F_AMOUNT];
	case MN_K_FINDINGS:
		return named && has[MN_F_INDICATOR];
	case MN_K_INSPECTIONS:
		return named;
	case MN_K_SURVEY:
		return named && (has[MN_F_CODES] || has[MN_F_CODES_ASKED]);
	case MN_K_EDGES:
		return (has[MN_F_FROM] || has[MN_F_FROM_NAME]) &&
		       (has[MN_F_TO] || has[MN_F_TO_NAME]);
	case MN_K_TENDERS:
		return has[MN_F_NAME] &&
		       (has[MN_F_LOT] || has[MN_F_OCID] || has[MN_F_TENDER] ||
			   has[MN_F_TENDER_TITLE] || has[MN_F_BID_ROLE]);
	case MN_K_CATEGORIES:
		return has[MN_F_CATEGORY] &&
		       (has[MN_F_SECTOR] || has[MN_F_PRODUCT] || has[MN_F_HS] ||
			   has[MN_F_ORIGIN_COUNTRY]);
	case MN_K_ACTIVITIES:
		return named && has[MN_F_ACTIVITY];
	case MN_K_ACTIONS:
		return named && (has[MN_F_ACTION] || has[MN_F_ACTION_ID]);
	case MN_K_REMEDIATION:
		return named && (has[MN_F_OWED] || has[MN_F_PAID]);
	case MN_K_TRAINING:
		return has[MN_F_PEOPLE] && (has[MN_F_TOPIC] || has[MN_F_TRAINED]);
	case MN_K_PROFILE:
		return has[MN_F_NAME] &&
		       (has[MN_F_IMPORTS_INTO] || has[MN_F_SELLS_IN] ||
			   has[MN_F_BUYS_PUBLICLY_IN] || has[MN_F_SELLS_PUBLICLY_IN]);
	case MN_K_OWN_CODES:
		return has[MN_F_OWN_CODE] && has[MN_F_INDICATOR];
	case MN_K_REFERENCE: /* known by its layout only */
	case MN_K_COUNT:
		break;
	}
	return false;
}

/* "p02", "DR01", "i07": a column of a survey that is about one code. */
static bool
code_column(enum mn_kind kind, struct mn_str folded, char code[8])
{
	size_t letters = 0;
	if (kind != MN_K_SURVEY || folded.n < 3 || folded.n > 4)
		return false;
	while (letters < folded.n && folded.p[letters] >= 'a' && folded.p[letters] <= 'z')
		letters++;
	if (letters + 2 != folded.n)
		return false;
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		if (i >= letters && (c < '0' || c > '9'))
			return false;
		code[i] = i < letters ? (char)(c - 'a' + 'A') : c;
	}
	code[folded.n] = 0;
	return true;
}

static void
try_kind(struct mn_input *in, struct candidate *c, enum mn_kind kind)
{
	bool has[MN_F_COUNT + 1] = {false};
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->row.n; i++) {
		char code[8];
		enum mn_field f =
		    mn_heading_field(in, kind, c->folded[i], c->sub, c->heading, i);
		if (f == MN_F_NONE && code_column(kind, c->folded[i], code))
			f = MN_F_CODES;
		n += f != MN_F_NONE && !has[f];
		has[f] = true;
	}
	bool usable = sufficient(kind, has) && !mn_heading_pair(c->folded, c->row.n, has);
	if (usable > c->usable || (usable == c->usable && n > c->mapped)) {
		c->kind = kind;
		c->mapped = n;
		c->usable = usable;
	}
}

static void
assess(struct mn_input *in, struct candidate *c, enum mn_kind kind)
{
	c->folded = fold_cells(in, &c->row);
	c->kind = kind;
	c->source = mn_map_recognise(in->mappings, kind, c->folded, c->row.n);
	if (c->source) {
		c->kind = c->source->kind;
		c->mapped = c->row.n;
		c->usable = true;
		return;
	}
	c->heading = mn_headings_read(in->arena, &c->row, c->folded);
	for (unsigned k = 0; k < MN_K_REFERENCE; k++)
		if (kind == MN_K_COUNT || kind == k)
			try_kind(in, c, (enum mn_kind)k);
}

static bool
better(const struct candidate *a, const struct candidate *b)
{
	if (!!a->source != !!b->source)
		return a->source != NULL;
	if (a->usable != b->usable)
		return a->usable;
	return a->mapped > b->mapped;
}

/* What a table of each kind has to have, and one of any kind. */
static const char *const WANTED[MN_K_COUNT + 1] = {
    [MN_K_SUPPLIERS] = " it needs a column for the name (name, supplier, company ...)",
    [MN_K_FEES] = " it needs columns for the employer and the amount",
    [MN_K_INSPECTIONS] =
	" it needs a column that names the employer (entity, employer ...)",
    [MN_K_FINDINGS] = " it needs columns for the entity and the indicator",
    [MN_K_WATCHLIST] = " it needs a column for the name",
    [MN_K_CATEGORIES] =
	" it needs columns for the category and its sector, product, HS code or origin",
    [MN_K_ACTIVITIES] = " it needs columns for the entity and the activity",
    [MN_K_ACTIONS] = " it needs columns for the entity and the action",
    [MN_K_TRAINING] = " it needs columns for the people (a number) and the topic",
    [MN_K_REMEDIATION] = " it needs columns for the entity and what is owed or paid",
    [MN_K_PROFILE] = " it needs columns for the name and where you import, sell or buy",
    [MN_K_SURVEY] =
	" it needs columns for the employer and the codes of what workers reported",
    [MN_K_OWN_CODES] = " it needs columns for your code and the indicator it means",
    [MN_K_EDGES] = " it needs columns for both ends: from (who supplies) and to (whom)",
    [MN_K_TENDERS] = " it needs columns for the bidder and for the lot or tender",
    [MN_K_REFERENCE] = " it needs the columns of a known layout",
    [MN_K_COUNT] =
	"no column says whom its rows are about (name, supplier, employer ...)",
};

static bool
no_header(struct mn_input *in, const struct candidate *first, enum mn_kind kind,
    struct mn_err *err)
{
	struct mn_buf seen = mn_buf_new(4096);
	for (uint32_t i = 0; first && i < first->row.n && i < 8; i++)
		mn_buf_fmt(&seen, "%s%.*s", i ? ", " : "",
		    MN_FMT(mn_utf8_cut(first->row.cell[i], 24)));
	mn_fail(err, MN_E_FILE_HEADER, "%.*s: %s%s%s; found: %.*s", MN_FMT(in->info.file),
	    kind < MN_K_COUNT ? "as " : "", kind < MN_K_COUNT ? mn_kind_name(kind) : "",
	    WANTED[kind], MN_FMT(mn_buf_str(&seen)));
	mn_buf_free(&seen);
	return false;
}

static void
map_from_source(struct mn_input *in, uint32_t i)
{
	const struct mn_map_source *s = in->source;
	struct mn_input_column *c = &in->column[i];
	for (uint32_t k = 0; k < s->n_column; k++) {
		if (!mn_str_eq(s->column[k].header, in->folded[i]))
			continue;
		memcpy(c->field, s->column[k].field, sizeof c->field);
		c->n_field = s->column[k].n_field;
		c->drop = s->column[k].drop;
		c->digits_only = s->column[k].digits_only;
		c->filled_only = s->column[k].filled_only;
		c->required = s->column[k].required;
	}
	c->person_key = s->person_unless.n && mn_str_eq(s->person_unless, in->folded[i]);
	c->names = s->grammar && mn_str_eq(s->names_column, in->folded[i]);
	for (uint32_t k = 0; k < s->n_list; k++)
		c->list = c->list || mn_str_eq(s->list[k], in->folded[i]);
	for (uint32_t k = 0; k < s->n_only; k++)
		if (mn_str_eq(s->only[k].header, in->folded[i]))
			c->only = &s->only[k];
}

static void
map_from_words(struct mn_input *in, uint32_t i, bool *taken)
{
	enum mn_field f =
	    mn_heading_field(in, in->info.kind, in->folded[i], in->sub, in->heading, i);
	struct mn_input_column *c = &in->column[i];
	if ((f == MN_F_NAME || f == MN_F_ENTITY_NAME) && mn_heading_numbered(in, i))
		f = f == MN_F_NAME ? MN_F_ID : MN_F_ENTITY;
	if (f != MN_F_NONE && !mn_field_in(f, in->info.kind))
		f = MN_F_NONE;
	if (f == MN_F_NONE && code_column(in->info.kind, in->folded[i], c->code)) {
		c->field[c->n_field++] = MN_F_CODES;
		return;
	}
	if (f == MN_F_NONE)
		return;
	if (mn_field_def(f)->flags & MN_FF_DROP) {
		c->drop = true;
	} else if (taken[f] && mn_field_def(f)->type != MN_T_LIST) {
		mn_input_remark(in, 0, MN_E_COLUMN_TWICE, in->info.header[i], MN_STR_NONE,
		    mn_field_def(f)->name);
	} else {
		c->field[c->n_field++] = f;
		c->unit = in->heading[i].unit;
		taken[f] = true;
	}
}

/* What `check` prints of a column: its fields, or what became of it. */
static const char *
describe(struct mn_input *in, const struct mn_input_column *c)
{
	struct mn_str s = MN_S("");
	if (c->drop)
		return "(names people: dropped on arrival)";
	if (mn_input_rate_column(in, (uint32_t)(c - in->column)))
		return "rate of this currency";
	for (uint32_t k = 0; k < c->n_field; k++)
		s = mn_arena_fmt(in->arena, "%.*s%s%s", MN_FMT(s), k ? ", " : "",
		    mn_field_def(c->field[k])->name);
	return mn_arena_cstr(in->arena, s);
}

static void
map_columns(struct mn_input *in)
{
	bool taken[MN_F_COUNT] = {false};
	struct mn_str *field_column = MN_NEW(in->arena, struct mn_str, MN_F_COUNT);
	in->column = MN_NEW(in->arena, struct mn_input_column, in->n_column);
	for (uint32_t i = 0; i < in->n_column; i++) {
		struct mn_input_column *c = &in->column[i];
		if (in->source)
			map_from_source(in, i);
		else if (in->info.kind != MN_K_REFERENCE)
			map_from_words(in, i, taken);
		for (uint32_t k = 0; k < c->n_field; k++)
			if (field_column[c->field[k]].n == 0)
				field_column[c->field[k]] = in->info.header[i];
		c->rules = in->rules;
		c->trust = in->source && in->source->said ? MN_TRUST_SAID
			   : in->source                   ? MN_TRUST_CERTAIN
							  : MN_TRUST_LIKELY;
		c->reason = in->source && in->source->said ? "your mapping"
			    : in->source                   ? "known layout"
							   : "header word";
	}
	in->info.field_column = field_column;
}

void
mn_input_tell_columns(struct mn_input *in)
{
	const char **mapped = MN_NEW(in->arena, const char *, in->n_column);
	struct mn_column_why *why = MN_NEW(in->arena, struct mn_column_why, in->n_column);
	for (uint32_t i = 0; i < in->n_column; i++) {
		const struct mn_input_column *c = &in->column[i];
		struct mn_str header = in->info.header[i];
		if (c->drop)
			mn_input_remark(
			    in, 0, MN_E_COLUMN_DROPPED, header, MN_STR_NONE, NULL);
		else if (c->n_field == 0 && !in->source &&
			 in->info.kind != MN_K_REFERENCE &&
			 !mn_str_eq(header, MN_S("_section")))
			mn_input_remark(
			    in, 0, MN_E_COLUMN_UNUSED, header, MN_STR_NONE, NULL);
		mapped[i] = describe(in, c);
		if (c->drop || c->n_field || mn_input_rate_column(in, i))
			why[i] = (struct mn_column_why){c->trust, c->reason,
			    c->n_field && mn_field_def(c->field[0])->type == MN_T_DATE
				? c->rules.order
				: 0};
	}
	in->info.mapped = mapped;
	in->info.why = why;
}

static void
map_derived(struct mn_input *in)
{
	const struct mn_map_source *s = in->source;
	if (!s)
		return;
	in->derive_column = MN_NEW(in->arena, int, s->n_derive + 1);
	for (uint32_t d = 0; d < s->n_derive; d++) {
		in->derive_column[d] = -1;
		for (uint32_t i = 0; i < in->n_column; i++)
			if (mn_str_eq(in->folded[i], s->derive[d].header))
				in->derive_column[d] = (int)i;
	}
}

static struct mn_str *
name_blanks(struct mn_input *in, const struct mn_csv_row *row)
{
	for (uint32_t i = 0; i < row->n; i++)
		if (mn_str_trim(row->cell[i]).n == 0)
			row->cell[i] = column_name(in->arena, i);
	return row->cell;
}

static void
take_header(struct mn_input *in, const struct candidate *c)
{
	const struct mn_map_source *s = c->source;
	in->source = s;
	in->info.kind = c->kind;
	in->info.header_line = c->line;
	in->info.header = name_blanks(in, &c->row);
	in->info.n_column = in->n_column = c->row.n;
	in->folded = c->folded;
	in->sub = c->sub;
	in->heading = c->heading;
	if (s) {
		in->rules = s->rules;
		in->info.source = s->id;
		in->info.source_title = s->title;
		in->info.source_licence = s->licence;
		in->info.source_url = s->url;
		in->info.source_use = s->use;
		in->info.source_verified = s->verified;
		in->info.source_floor = s->row_floor > 0 ? (uint64_t)s->row_floor : 0;
	}
	in->rules.countries = mn_mappings_countries(in->mappings);
	if (c->before)
		mn_input_remark(in, 0, MN_E_ROW_TOTAL, MN_STR_NONE, MN_STR_NONE,
		    mn_arena_fmt(in->arena, "%u above the header%c", c->before, 0).p);
	map_columns(in);
	map_derived(in);
}

/* A layout that names its encoding is believed before a guess; but a file that is no
 * UTF-8 is none, whatever its publisher says: somebody saved it again. */
static bool
wants_encoding(struct mn_input *in, const struct mn_map_source *s)
{
	const struct mn_guess *g = &in->stream.guess;
	if (!s || !s->encoding || *s->encoding == g->encoding ||
	    *s->encoding == MN_ENC_UTF8 || g->trust < MN_TRUST_LIKELY || g->mixed)
		return false;
	in->stream.said = *s->encoding;
	return in->reread = true;
}

/* Files without a header begin with their data: nothing is skipped. */
static bool
headless(struct mn_input *in, const struct candidate *c, uint32_t n, enum mn_kind kind)
{
	struct mn_csv_row *row = MN_NEW(in->arena, struct mn_csv_row, n + 1);
	for (uint32_t i = 0; i < n; i++)
		row[i] = c[i].row;
	const struct mn_map_source *s =
	    mn_map_headless_find(in->mappings, kind, row, n, in->arena);
	if (!s)
		return false;
	struct candidate at = {.source = s, .kind = s->kind};
	at.row = (struct mn_csv_row){.cell = s->headless.cell, .n = s->headless.n_cell};
	at.folded = fold_cells(in, &at.row);
	take_header(in, &at);
	return true;
}

/* Says what the file is instead, and what its layout says that it is for. */
static bool
other_kind(const struct mn_input *in, const struct mn_map_source *s, enum mn_kind kind,
    struct mn_err *err)
{
	bool reference = s->kind == MN_K_REFERENCE;
	return mn_fail(err, MN_E_FILE_KIND,
	    "%.*s: wanted as %s, but it is %s: %.*s%s%.*s", MN_FMT(in->info.file),
	    mn_kind_name(kind), reference ? "reference data" : mn_kind_name(s->kind),
	    MN_FMT(s->title), s->use.n ? "; " : "", MN_FMT(s->use));
}

/* A file without a header whose layout is of another kind than is wanted. */
static bool
headless_other(struct mn_input *in, const struct candidate *c, uint32_t n,
    enum mn_kind kind, struct mn_err *err)
{
	struct mn_csv_row *row = MN_NEW(in->arena, struct mn_csv_row, n + 1);
	for (uint32_t i = 0; i < n; i++)
		row[i] = c[i].row;
	const struct mn_map_source *s =
	    mn_map_headless_find(in->mappings, MN_K_COUNT, row, n, in->arena);
	return s && s->kind != kind && !other_kind(in, s, kind, err);
}

/* Reference data passes for a table of the user by one column's name: it is refused. */
static bool
not_reference(struct mn_input *in, const struct candidate *c, uint32_t n,
    enum mn_kind kind, struct mn_err *err)
{
	for (uint32_t i = 0; i < n && kind != MN_K_COUNT; i++) {
		const struct mn_map_source *s =
		    mn_map_recognise_reference(in->mappings, c[i].folded, c[i].row.n);
		if (s && kind != MN_K_REFERENCE && !c[i].source)
			return other_kind(in, s, kind, err);
	}
	return true;
}

/* A table nobody described: to look at, with its widest record as the header. NULL: it is
 * no table. */
static const struct candidate *
unknown(struct mn_input *in, struct candidate *c, uint32_t n)
{
	struct candidate *widest = NULL;
	for (uint32_t i = 0; i < n; i++)
		if (!widest || c[i].row.n > widest->row.n)
			widest = &c[i];
	if (!widest || widest->row.n < 2)
		return NULL;
	widest->kind = MN_K_REFERENCE;
	mn_input_remark(in, 0, MN_E_FILE_UNKNOWN, MN_STR_NONE, MN_STR_NONE, NULL);
	take_header(in, widest);
	return widest;
}

static uint32_t
filled(const struct mn_csv_row *row)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < row->n; i++)
		n += mn_str_trim(row->cell[i]).n > 0;
	return n;
}

/* One cell that happens to be a header word makes no header of a row that stands
 * below another as wide: that one is the header, of columns that mean nothing
 * here. */
static bool
below_header(const struct candidate *c, const struct mn_head_row *r)
{
	if (c->source || c->joined || c->mapped > 1)
		return false;
	for (uint32_t i = 0; i < c->before; i++)
		if (filled(&r[i].row) > 1 && filled(&r[i].row) >= filled(&c->row))
			return true;
	return false;
}

/* c: room for 2 n candidates, the rows and then each row joined with the next. */
static const struct candidate *
best_candidate(struct mn_input *in, struct candidate *c, const struct mn_head_row *r,
    uint32_t n, enum mn_kind kind)
{
	const struct candidate *best = NULL;
	for (uint32_t i = 0; i < 2 * n; i++) {
		uint32_t row = i < n ? i : i - n;
		c[i] = (struct candidate){
		    .line = r[row].line, .row = r[row].row, .before = row, .end = row};
		if (i >= n) {
			if (row + 1 == n || !mn_header_join(in->arena, &r[row].row,
						&r[row + 1].row, &c[i].row, &c[i].sub))
				continue;
			c[i].joined = true;
			c[i].end = row + 1;
		}
		assess(in, &c[i], kind);
		if (below_header(&c[i], r))
			c[i].usable = false;
		if (!best || better(&c[i], best))
			best = &c[i];
	}
	return best && best->usable ? best : NULL;
}

uint64_t
mn_input_header_fit(
    struct mn_input *in, const struct mn_head_row *r, uint32_t n, enum mn_kind kind)
{
	struct candidate *c = MN_NEW(in->arena, struct candidate, 2 * n);
	const struct candidate *best = best_candidate(in, c, r, n, kind);
	return best ? (best->source ? 2 * MN_MAX_COLUMNS : 0) + best->mapped + 1 : 0;
}

bool
mn_input_header_rows(struct mn_input *in, const struct mn_head_row *r, uint32_t n,
    enum mn_kind kind, uint32_t *which, struct mn_err *err)
{
	struct candidate *c = MN_NEW(in->arena, struct candidate, 2 * n);
	const struct candidate *best = best_candidate(in, c, r, n, kind);
	*which = MN_NO_HEADER_ROW;
	if (in->csv && !(best && best->source) && headless(in, c, n, kind))
		return true;
	if (!not_reference(in, c, n, kind, err))
		return false;
	if (!best && kind != MN_K_COUNT && in->csv && headless_other(in, c, n, kind, err))
		return false;
	if (!best) {
		best = kind == MN_K_COUNT ? unknown(in, c, n) : NULL;
		if (!best)
			return no_header(in, n ? c : NULL, kind, err);
		*which = (uint32_t)(best - c);
		return true;
	}
	if (wants_encoding(in, best->source))
		return false;
	take_header(in, best);
	mn_input_units(in, r, n, best->before, best->end);
	*which = best->end;
	return mn_input_shape(in, r, n, err);
}

bool
mn_input_header_cells(struct mn_input *in, struct mn_str *cell, uint32_t n,
    enum mn_kind kind, struct mn_err *err)
{
	struct candidate c = {.row = {.cell = cell, .n = n}};
	assess(in, &c, kind);
	if (!not_reference(in, &c, 1, kind, err))
		return false;
	if (!c.usable) {
		if (kind == MN_K_COUNT && unknown(in, &c, 1))
			return true;
		return no_header(in, &c, kind, err);
	}
	take_header(in, &c);
	mn_input_units(in, NULL, 0, 0, 0);
	return true;
}

/* results.xlsx: the results for people who work in a spreadsheet. */
#include <stdio.h>

#include "manumit/base/limits.h"
#include "manumit/evidence/evidence.h"

#include "html.h"
#include "review.h"
#include "sheets.h"

/* ---- the first page ---- */

#define COLUMNS 9
static const struct mn_column PAGE[COLUMNS] = {
#define C(width) \
	{ \
		"", NULL, MN_ST_TEXT, width, NULL, NULL, false \
	}
    C(40), C(20), C(12), C(12), C(12), C(13), C(14), C(18), C(14)
#undef C
};
const struct mn_xlsxw_spec MN_SHEET_SUMMARY = {"Summary", PAGE, COLUMNS, 0, true, false};

static const char *const SHEETS[][2] = {
    {"Entities", "one row each; those to act on first, then those to ask first"},
    {"Evidence", "every statement, with its source, file and line"},
    {"Questions", "what to ask of whom, the most telling first"},
    {"Gates", "list entries met; a gate that met none is only counted on this page"},
    {"Supply paths", "what stands behind an entity, edge by edge"},
    {"Fees", "what workers paid for their recruitment, and what is to be repaid"},
    {"Actions", "what to do; fill in the shaded columns and give the file to manumit "
		"record"},
    {"Remediation", "what is owed and was paid to workers; read back as well"},
    {"Decisions", "what waits for a person: choose same or different, and say why"},
};

static void
row(struct mn_xlsxw_sheet *s, const struct mn_val *v, uint32_t n)
{
	mn_xlsxw_row(s, v, n);
}

static void
one(struct mn_xlsxw_sheet *s, enum mn_style style, const char *text)
{
	struct mn_val v = mn_val_styled(mn_val_c(text), style);
	mn_xlsxw_row(s, &v, 1);
}

static void
blank(struct mn_xlsxw_sheet *s)
{
	mn_xlsxw_row(s, NULL, 0);
}

/* numbers: a bit for each column that holds some. */
static void
heads(struct mn_xlsxw_sheet *s, const char *const *head, uint32_t n, uint32_t numbers)
{
	struct mn_val v[COLUMNS];
	for (uint32_t i = 0; i < n; i++)
		v[i] = mn_val_styled(
		    mn_val_c(head[i]), numbers >> i & 1 ? MN_ST_HEAD_NUMBER : MN_ST_HEAD);
	row(s, v, n);
}

static struct mn_val
count(uint64_t n)
{
	return mn_val_styled(mn_val_num(MN_VAL_INT, (int64_t)n), MN_ST_INT);
}

static struct mn_val
wrapped(struct mn_str s)
{
	return mn_val_styled(mn_val_text(s), MN_ST_WRAP);
}

static void
facts(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	char entities[24], least[24], whom[96];
	bool copy = r->audience != MN_AUD_INTERNAL;
	snprintf(whom, sizeof whom, "%s%s%s", mn_audience_name(r->audience),
	    copy ? ": a copy made for " : "", copy ? mn_audience_whom(r->audience) : "");
	snprintf(entities, sizeof entities, "%llu", (unsigned long long)r->entities);
	snprintf(least, sizeof least, "%lld", (long long)mn_view_min_cell(r));
	const struct {
		const char *what;
		struct mn_val value;
	} ROWS[] = {
	    {"As of", mn_val_styled(mn_val_day(r->as_of), MN_ST_DAY)},
	    {"Suppliers, sites and recruiters", mn_val_c(entities)},
	    {"Audience", mn_val_c(whom)},
	    {"Fewest workers shown", mn_val_c(least)},
	    {"Program", mn_val_c(r->version)},
	    {"Digest of the results", mn_val_c(r->digest)},
	};
	for (size_t i = 0; i < countof(ROWS); i++) {
		struct mn_val v[] = {mn_val_c(ROWS[i].what), ROWS[i].value};
		row(s, v, 2);
	}
	blank(s);
}

static void
bands(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	static const char *const HEAD[] = {"Band", "Entities"};
	one(s, MN_ST_SECTION, "Bands");
	heads(s, HEAD, 2, 0x2);
	for (unsigned b = MN_BANDS; b-- > 0;) {
		struct mn_val v[] = {mn_val_styled(mn_val_c(mn_band_name(b)), MN_ST_TONE),
		    count(r->bands[b])};
		row(s, v, 2);
	}
	blank(s);
}

/* Its name, and why it does not concern some or all. */
static struct mn_str
gate_name(const struct mn_report *r, uint32_t gate, struct mn_arena *a)
{
	const struct mn_p_gate *g = &r->pack->gate[gate];
	struct mn_str scope = r->gates[gate][MN_GATE_NOT_APPLICABLE]
				  ? mn_gate_scope(g, r->as_of, a)
				  : MN_STR_NONE;
	return mn_arena_fmt(
	    a, "%.*s%s%.*s", MN_FMT(g->name), scope.n ? ": " : "", MN_FMT(scope));
}

static void
gates(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	static const char *const HEAD[] = {"Legal gate: entities by status", "Code",
	    "hit", "possible", "upstream", "ended", "no match", "not checked",
	    "not applicable"};
	static const unsigned SHOWN[] = {MN_GATE_HIT, MN_GATE_POSSIBLE, MN_GATE_UPSTREAM,
	    MN_GATE_ENDED, MN_GATE_NO_MATCH, MN_GATE_NOT_CHECKED, MN_GATE_NOT_APPLICABLE};
	one(s, MN_ST_SECTION, "Legal gates");
	one(s, MN_ST_LEAD,
	    "Beside the band, never in it. A name alone is a possible match; only an "
	    "identifier or a person's decision states a hit. No match means that the "
	    "lists of this run hold nothing that resembles the entity; it is not a "
	    "clearance.");
	heads(s, HEAD, countof(HEAD), 0x1fc);
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	for (uint32_t i = 0; i < r->pack->n_gate; i++) {
		struct mn_val v[COLUMNS] = {
		    wrapped(gate_name(r, i, &a)), mn_val_text(r->pack->gate[i].code)};
		for (size_t k = 0; k < countof(SHOWN); k++)
			v[2 + k] = count(r->gates[i][SHOWN[k]]);
		row(s, v, COLUMNS);
	}
	mn_arena_free(root);
	blank(s);
}

static void
inputs(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	static const char *const HEAD[] = {"File", "Read as", "rows", "accepted", "noted",
	    "quarantined", "Encoding", "SHA-256"};
	if (!mn_view_shows(r, MN_SHOW_WORKINGS))
		return;
	one(s, MN_ST_SECTION, "What went in");
	one(s, MN_ST_LEAD,
	    "Every row is accepted, noted or quarantined; issues.csv says which and "
	    "why.");
	heads(s, HEAD, countof(HEAD), 0x3c);
	for (uint32_t i = 0; i < r->n_source; i++) {
		const struct mn_source *f = &r->source[i];
		struct mn_val v[COLUMNS] = {wrapped(mn_source_base(f)),
		    mn_val_c(mn_kind_name(f->kind)), count(f->rows), count(f->accepted),
		    count(f->noted), count(f->quarantined), mn_val_text(f->encoding),
		    mn_val_text(mn_str_sub(f->sha256, 0, 16))};
		row(s, v, COLUMNS);
	}
	blank(s);
}

static void
packs(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	static const char *const HEAD[] = {"Pack", "Version", "SHA-256", "", "Licence"};
	one(s, MN_ST_SECTION, "Indicator packs");
	heads(s, HEAD, countof(HEAD), 0);
	for (uint32_t i = 0; i < r->pack->n_file; i++) {
		const struct mn_pack_file *f = &r->pack->file[i];
		struct mn_val v[] = {mn_val_text(f->id), mn_val_text(f->version),
		    mn_val_text(mn_str(f->sha256, 16)), {0}, mn_val_text(f->licence)};
		row(s, v, countof(v));
	}
}

static void
contents(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	one(s, MN_ST_SECTION, "The sheets");
	for (size_t i = 0; i < countof(SHEETS); i++) {
		struct mn_val v[] = {mn_val_c(SHEETS[i][0]), mn_val_c(SHEETS[i][1])};
		row(s, v, 2);
	}
	if (r->entities > MN_XLSX_DETAIL)
		one(s, MN_ST_LEAD,
		    "This portfolio is large: Entities and Decisions are complete; "
		    "Evidence, Questions, Gates, Fees, Actions and Remediation have the "
		    "entities of the "
		    "portfolio page (index.html) only. results.jsonl has them of all.");
	blank(s);
}

void
mn_sheet_summary(struct mn_xlsxw_sheet *s, const struct mn_report *r)
{
	one(s, MN_ST_TITLE, "Supply-chain screening for forced-labour risk");
	one(s, MN_ST_LEAD, MN_HTML_LIMITS);
	one(s, MN_ST_LEAD,
	    "A finding is an indication, never a verdict. A band says how far the "
	    "evidence at hand points; unknown means that nobody has looked enough, which "
	    "is a reason to ask and never low.");
	blank(s);
	facts(s, r);
	contents(s, r);
	bands(s, r);
	gates(s, r);
	inputs(s, r);
	packs(s, r);
}

/* ---- the workbook ---- */

static bool
entity(void *ctx, const struct mn_view *v, struct mn_arena *a)
{
	mn_sheets_entity(ctx, v, a);
	return true;
}

bool
mn_report_results_xlsx(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_xlsxw_opts o = {
	    .title = "Supply-chain screening", .created = r->as_of, .stream = true};
	struct mn_xlsxw *x =
	    mn_xlsxw_open(mn_arena_fmt(&a, "%s/results.xlsx%c", dir, 0).p, &o, err);
	mn_arena_free(root);
	if (!x)
		return false;
	struct mn_sheets s = {.r = r};
	struct mn_xlsxw_sheet *first = mn_xlsxw_sheet(x, &MN_SHEET_SUMMARY);
	for (unsigned i = 0; i < MN_SHEET_COUNT; i++)
		s.at[i] = mn_xlsxw_sheet(x, MN_SHEET[i]);
	mn_sheet_summary(first, r);
	if (mn_entities_each(r, mn_sheets_detail, entity, &s, err) &&
	    (!mn_view_shows(r, MN_SHOW_WORKINGS) ||
		mn_review_each(r, mn_sheets_decision, &s, err)))
		return mn_xlsxw_commit(x, err);
	mn_xlsxw_abort(x);
	return false;
}

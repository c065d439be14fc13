/* The sheets of results.xlsx with rows of entities. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "behind.h"
#include "fee_view.h"
#include "review.h"
#include "sheets.h"

#define QUESTIONS 10 /* an entity, most useful first: an officer asks ten, not forty */

/* ---- columns ---- */

#define COLUMN(key, head, style, width, note) \
	{ \
#key, head, MN_ST_##style, width, note, NULL, false \
	}

/* Whom a row is about stands first on every sheet. */
#define WHO \
	COLUMN(id, "Your id", ID, 12, NULL), COLUMN(name, "Name", WRAP, 32, NULL), \
	    COLUMN(country, "Country", ID, 9, NULL), \
	    COLUMN(band, "Band", TONE, 10, NULL)
#define N_WHO 4

static const struct mn_column EVIDENCE[] = {WHO,
    COLUMN(indicator, "Indicator", TEXT, 11, NULL),
    COLUMN(indicator_name, "Name of the indicator", WRAP, 24, NULL),
    COLUMN(direction, "Says", TEXT, 14, "indication, or nothing found"),
    COLUMN(strength, "Strength", TEXT, 10, NULL),
    COLUMN(status, "Status", TEXT, 16,
	"closed on claim: somebody says so. worker verified: workers confirmed it."),
    COLUMN(date, "Date", DAY, 12, NULL), COLUMN(closed_on, "Closed on", DAY, 12, NULL),
    COLUMN(statement, "Statement", WRAP, 44, NULL),
    COLUMN(source, "Source", WRAP, 28, NULL),
    COLUMN(source_class, "Kind of source", WRAP, 24, NULL),
    COLUMN(imposed_by, "Imposed by", TEXT, 10, NULL),
    COLUMN(workers, "Workers concerned", INT, 12,
	"Small numbers are not shown: they could point at a person."),
    COLUMN(counted, "How it counts", WRAP, 30, NULL),
    COLUMN(share, "Share", Q16, 8,
	"Its share of what the likelihood is made of; shares add up."),
    COLUMN(file, "File", TEXT, 20, NULL), COLUMN(line, "Line", INT, 8, NULL),
    COLUMN(column, "Column", TEXT, 16, NULL),
    COLUMN(rows, "Rows", INT, 7, "Rows of the file that it sums up."),
    COLUMN(pack_row, "Read by", TEXT, 26, "The pack row that read it so."),
    COLUMN(about, "About the check", WRAP, 34,
	"How it was made, who paid, and whether workers confirmed a remedy."),
    COLUMN(supplier_response, "The supplier's answer", WRAP, 40, NULL)};

static const struct mn_column QUESTION[] = {WHO, COLUMN(order, "No.", INT, 6, NULL),
    COLUMN(question, "Question", WRAP, 70, NULL),
    COLUMN(whom, "Whom to ask", WRAP, 24,
	"Do not ask workers in the presence, or through the channels, of their "
	"employer."),
    COLUMN(code, "Code", TEXT, 12, NULL)};

static const struct mn_column GATE[] = {WHO, COLUMN(gate, "Gate", TEXT, 11, NULL),
    COLUMN(gate_name, "Name of the gate", WRAP, 30, NULL),
    COLUMN(status, "Status", TONE, 11,
	"A name alone is a possible match; only an identifier or a person's decision "
	"states a hit. No match is not a clearance."),
    COLUMN(basis, "Basis", TEXT, 16, NULL),
    COLUMN(probability, "P of the name", Q16, 9,
	"How alike the names are, where names were compared."),
    COLUMN(list, "List", WRAP, 26, NULL), COLUMN(entry, "Entry", WRAP, 32, NULL),
    COLUMN(listed_as, "Listed as", WRAP, 26, NULL),
    COLUMN(why, "Why alike", WRAP, 34, NULL),
    COLUMN(listed_on, "Listed on", DAY, 12, NULL),
    COLUMN(ended_on, "Ended on", DAY, 12, NULL),
    COLUMN(intervals, "All intervals", WRAP, 24, NULL),
    COLUMN(good, "Limited to", WRAP, 20, NULL), COLUMN(reason, "Ground", WRAP, 26, NULL),
    COLUMN(citation, "Citation", WRAP, 28, NULL),
    COLUMN(decision, "Decision", WRAP, 34, NULL),
    COLUMN(effect, "What it means for you", WRAP, 70, NULL),
    COLUMN(law, "Law", WRAP, 28, NULL), COLUMN(checked, "Pack row", TEXT, 16, NULL),
    COLUMN(file, "File", TEXT, 20, NULL), COLUMN(line, "Line", INT, 8, NULL)};

/* Read back by their names, so the names are those of review.csv. */
static const struct mn_column DECISION[MN_REVIEW_COLUMNS] = {
#define D(name, style, width) \
	[MN_R_##name] = {#name, NULL, MN_ST_##style, width, NULL, NULL, false}
    D(gate, TEXT, 10),
    D(status, TONE, 12),
    D(entity_id, ID, 12),
    D(source_id, ID, 12),
    D(name, WRAP, 30),
    D(country, ID, 9),
    D(list, WRAP, 24),
    D(entry, WRAP, 30),
    D(basis, TEXT, 14),
    D(listed_on, DAY, 12),
    D(file, TEXT, 16),
    D(row, INT, 7),
    D(question, WRAP, 34),
    D(probability, Q16, 11),
    D(listed_as, WRAP, 24),
    D(why, WRAP, 34),
    D(entry_country, ID, 9),
    D(pair, TEXT, 10),
    D(reason, FILL, 30),
    D(decided_by, FILL, 14),
    D(state, TEXT, 10),
    D(state_note, WRAP, 30),
    D(subject, ID, 12),
    D(entry_key, ID, 12),
    D(entry_print, ID, 12),
#undef D
    [MN_R_decision] = {"decision", NULL, MN_ST_FILL, 12,
	"same or different. Save the file and give it to: manumit decide --from",
	"same|different", true},
    [MN_R_expires] = {"expires", NULL, MN_ST_FILL_DAY, 12,
	"The last day the decision is in force; may stay empty.", NULL, false},
    [MN_R_decided_on] = {"decided_on", NULL, MN_ST_FILL_DAY, 12,
	"May stay empty: then the day on which it is read.", NULL, false},
};

#define SPEC(what, columns, frozen) \
	static const struct mn_xlsxw_spec what##_SPEC = { \
	    #what, columns, countof(columns), frozen, false, false}
SPEC(Entities, MN_ENTITY_COLUMN, 2);
SPEC(Evidence, EVIDENCE, 2);
SPEC(Questions, QUESTION, 2);
SPEC(Gates, GATE, 2);
SPEC(Decisions, DECISION, 0);
const struct mn_xlsxw_spec *const MN_SHEET[MN_SHEET_COUNT] = {
    [MN_SHEET_ENTITIES] = &Entities_SPEC,
    [MN_SHEET_EVIDENCE] = &Evidence_SPEC,
    [MN_SHEET_QUESTIONS] = &Questions_SPEC,
    [MN_SHEET_GATES] = &Gates_SPEC,
    [MN_SHEET_PATHS] = &MN_SHEET_PATHS_SPEC,
    [MN_SHEET_FEES] = &MN_SHEET_FEE_SPEC,
    [MN_SHEET_ACTIONS] = &MN_SHEET_ACTIONS_SPEC,
    [MN_SHEET_REMEDIATION] = &MN_SHEET_REMEDIATION_SPEC,
    [MN_SHEET_DECISIONS] = &Decisions_SPEC,
};

/* ---- rows ---- */

struct row {
	const struct mn_sheets *s;
	const struct mn_view *v;
	struct mn_arena *a;
};

/* Whom the row is about, into the first cells. */
static void
who(const struct row *x, struct mn_val *out)
{
	const struct mn_record *rec = &x->v->ent.rec;
	out[0] = mn_val_text(rec->v[MN_F_ID]);
	out[1] = mn_val_text(rec->v[MN_F_NAME]);
	out[2] = mn_val_text(rec->v[MN_F_COUNTRY]);
	out[3] = mn_val_c(mn_band_name(x->v->card.band));
}

static void
put(const struct row *x, enum mn_sheet sheet, const struct mn_val *v, uint32_t n)
{
	mn_xlsxw_row(x->s->at[sheet], v, n);
}

static void
cite(const struct mn_report *r, mn_rid rid, struct mn_val *file, struct mn_val *line)
{
	uint32_t src = mn_rid_src(rid);
	if (rid == MN_RID_NONE || src >= r->n_source || !mn_view_shows(r, MN_SHOW_INPUTS))
		return;
	*file = mn_val_text(mn_source_base(&r->source[src]));
	*line = mn_val_num(MN_VAL_INT, (int64_t)mn_rid_line(rid));
}

/* Few workers could be told apart. */
static struct mn_val
workers(const struct row *x, uint32_t n)
{
	int64_t least = mn_view_min_cell(x->s->r);
	if (n == 0)
		return (struct mn_val){0};
	if ((int64_t)n >= least)
		return mn_val_num(MN_VAL_INT, n);
	return mn_val_text(mn_arena_fmt(x->a, "fewer than %lld", (long long)least));
}

static void
evidence(const struct row *x, uint32_t k)
{
	const struct mn_report *r = x->s->r;
	const struct mn_evidence *e = &x->v->ev[k];
	const struct mn_row_score *s = &x->v->row[k];
	bool adverse = e->direction == MN_ADVERSE;
	struct mn_val v[countof(EVIDENCE)] = {0}, *c = v + N_WHO;
	who(x, v);
	*c++ = mn_val_c(mn_indicator_code(e->indicator));
	*c++ = e->indicator < MN_INDICATORS
		   ? mn_val_text(r->pack->indicator[e->indicator].name)
		   : mn_val_c("listed, not scored");
	*c++ = mn_val_c(adverse ? "indication" : "nothing found");
	*c++ = adverse ? mn_val_c(mn_strength_name(e->strength)) : (struct mn_val){0};
	*c++ = adverse ? mn_val_c(mn_status_name(e->status)) : (struct mn_val){0};
	*c++ = mn_val_day(e->event_day);
	*c++ = mn_val_day(adverse ? e->closed_day : MN_DAY_NONE);
	*c++ = mn_val_text(e->label);
	*c++ = mn_val_text(e->source);
	*c++ = mn_val_text(r->pack->source_class[e->source_class].name);
	*c++ = adverse && e->imposed_by != MN_IMPOSED_UNKNOWN
		   ? mn_val_c(mn_imposed_name(e->imposed_by))
		   : (struct mn_val){0};
	*c++ = workers(x, e->workers);
	*c++ = mn_val_c(mn_view_reason(r, e, s));
	*c++ = adverse ? mn_val_num(MN_VAL_Q16, s->s_q16) : (struct mn_val){0};
	cite(r, e->rid, c, c + 1);
	uint32_t src = mn_rid_src(e->rid);
	if (c->kind && e->field < MN_F_COUNT)
		c[2] = mn_val_text(r->source[src].column[e->field]);
	if (mn_view_rows(r, e))
		c[3] = mn_val_num(MN_VAL_INT, mn_view_rows(r, e));
	c[4] = mn_val_text(e->pack_row);
	c[5] = mn_val_text(mn_view_about(r, e, x->a));
	c[6] = mn_val_text(e->response);
	put(x, MN_SHEET_EVIDENCE, v, countof(v));
}

static void
questions(const struct row *x)
{
	const struct mn_p_question *q[QUESTIONS];
	size_t n = mn_view_questions(x->s->r, x->v, q, QUESTIONS);
	for (size_t i = 0; i < n; i++) {
		struct mn_val v[countof(QUESTION)] = {0}, *c = v + N_WHO;
		who(x, v);
		*c++ = mn_val_num(MN_VAL_INT, (int64_t)i + 1);
		*c++ = mn_val_text(q[i]->text);
		*c++ = mn_val_c(mn_view_whom(q[i]->ask));
		*c++ = mn_val_text(q[i]->code);
		put(x, MN_SHEET_QUESTIONS, v, countof(v));
	}
}

static struct mn_val
decided(const struct mn_gate_fact *g, struct mn_arena *a)
{
	char room[2048];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	mn_gate_decided_text(g, &b);
	return mn_val_text(mn_arena_str(a, mn_buf_str(&b)));
}

/* What agrees, and whether the good that the entry is limited to does. */
static struct mn_val
why(const struct mn_gate_fact *g, struct mn_arena *a)
{
	if (g->fits.n == 0)
		return mn_val_text(g->why);
	return mn_val_text(mn_arena_fmt(
	    a, "%.*s%s%.*s", MN_FMT(g->why), g->why.n ? "; " : "", MN_FMT(g->fits)));
}

/* One list entry met; g may be NULL: a gate whose status needs no list. */
static void
gate(const struct row *x, uint32_t i, const struct mn_gate_fact *g)
{
	const struct mn_p_gate *p = &x->s->r->pack->gate[i];
	struct mn_val v[countof(GATE)] = {0}, *c = v + N_WHO;
	unsigned status = g ? g->status : x->v->card.gate[i];
	who(x, v);
	*c++ = mn_val_text(p->code);
	*c++ = mn_val_text(p->name);
	*c++ = mn_val_c(mn_gate_status_name(status));
	if (g) {
		struct mn_val said[] = {mn_val_c(mn_basis_name(g->basis)),
		    g->p_q16 ? mn_val_num(MN_VAL_Q16, g->p_q16) : (struct mn_val){0},
		    mn_val_text(g->list), mn_val_text(g->entry),
		    mn_val_text(g->listed_as), why(g, x->a), mn_val_day(g->listed_day),
		    mn_val_day(g->ended_day), mn_val_text(g->history),
		    mn_val_text(g->good), mn_val_text(g->reason),
		    mn_val_text(g->citation), decided(g, x->a)};
		memcpy(c, said, sizeof said);
		cite(x->s->r, g->rid, &v[countof(v) - 2], &v[countof(v) - 1]);
	}
	c += 13;
	if (status >= MN_GATE_ENDED)
		*c = mn_val_text(mn_view_effect(x->s->r, i, x->a));
	c[1] = mn_val_text(p->law);
	c[2] = mn_val_c(p->prov.verified ? "" : "unverified source");
	put(x, MN_SHEET_GATES, v, countof(v));
}

static void
gates(const struct row *x)
{
	const struct mn_view *v = x->v;
	for (uint32_t i = 0; i < v->card.n_gate && i < x->s->r->pack->n_gate; i++) {
		bool met = false;
		for (uint32_t k = 0; k < v->n_gate; k++)
			if (v->gate[k].gate == i) {
				gate(x, i, &v->gate[k]);
				met |= !mn_gate_only_told(&v->gate[k]);
			}
		if (!met && v->card.gate[i] >= MN_GATE_ENDED)
			gate(x, i, NULL);
	}
}

bool
mn_sheets_detail(const struct mn_report *r, const struct mn_card *card)
{
	return r->entities <= MN_XLSX_DETAIL || mn_report_in_detail(r, card);
}

void
mn_sheets_entity(const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a)
{
	const struct row x = {s, v, a};
	struct mn_val val[MN_EC_COUNT];
	mn_entity_values(s->r, v, a, val);
	put(&x, MN_SHEET_ENTITIES, val, MN_EC_COUNT);
	if (!mn_sheets_detail(s->r, &v->card))
		return;
	for (uint32_t k = 0; k < v->n_ev; k++)
		evidence(&x, k);
	gates(&x);
	mn_sheet_paths(s, v, a);
	mn_sheet_fees(s, v, a);
	mn_sheets_remedy(s, v, a);
	questions(&x);
}

/* ---- decisions ---- */

/* A text of review.csv as what it is. */
static struct mn_val
typed(enum mn_style style, struct mn_str s)
{
	int32_t day;
	uint64_t n;
	int64_t q16;
	if ((style == MN_ST_DAY || style == MN_ST_FILL_DAY) && mn_day_parse_iso(s, &day))
		return mn_val_num(MN_VAL_DAY, day);
	if (style == MN_ST_INT && mn_str_u64(s, &n))
		return mn_val_num(MN_VAL_INT, (int64_t)n);
	if (style == MN_ST_Q16 && mn_fx_parse(s, &q16))
		return mn_val_num(MN_VAL_Q16, q16);
	return mn_val_text(s);
}

void
mn_sheets_decision(void *ctx, const struct mn_str *cell)
{
	const struct mn_sheets *s = ctx;
	struct mn_val v[MN_REVIEW_COLUMNS];
	for (unsigned c = 0; c < MN_REVIEW_COLUMNS; c++)
		v[c] = typed(DECISION[c].style, cell[c]);
	mn_xlsxw_row(s->at[MN_SHEET_DECISIONS], v, MN_REVIEW_COLUMNS);
}

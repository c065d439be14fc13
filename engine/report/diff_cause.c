/* Whose doing it is: rows that differ are given a cause, and applied cause by cause. */
#include "manumit/base/sort.h"

#include "diff_impl.h"

const char *
mn_cause_name(unsigned c)
{
	static const char *const NAME[MN_CAUSE_COUNT] = {
	    "time", "pack", "decision", "data", "input", "program"};
	return c < MN_CAUSE_COUNT ? NAME[c] : "";
}

/* ---- what differs at all ---- */

static bool
same_packs(const struct mn_pack *a, const struct mn_pack *b)
{
	if (a->n_file != b->n_file)
		return false;
	for (uint32_t i = 0; i < a->n_file; i++)
		if (memcmp(a->file[i].sha256, b->file[i].sha256, MN_HEX256_CHARS) != 0)
			return false;
	return true;
}

static bool
is_list(const struct mn_source *s)
{
	return s->kind == MN_K_WATCHLIST;
}

/* Is there a source of this kind of content in the other generation? */
static bool
has_source(const struct mn_report *r, const struct mn_source *s)
{
	for (uint32_t i = 0; i < r->n_source; i++)
		if (is_list(&r->source[i]) == is_list(s) &&
		    mn_str_eq(r->source[i].sha256, s->sha256) &&
		    mn_str_eq(r->source[i].part, s->part))
			return true;
	return false;
}

static bool
sources_differ(const struct mn_report *a, const struct mn_report *b, bool lists)
{
	for (uint32_t i = 0; i < a->n_source; i++)
		if (is_list(&a->source[i]) == lists && !has_source(b, &a->source[i]))
			return true;
	return false;
}

/* Decisions leave their trace in the facts that they are about. */
static bool
decisions_differ(const struct mn_report *a, const struct mn_report *b)
{
	for (int d = MN_DECIDED_NONE + 1; d < MN_DECIDED_COUNT; d++)
		if (a->decided[d] != b->decided[d])
			return true;
	return false;
}

static const int16_t *
map_classes(const struct mn_pack *was, const struct mn_pack *now, struct mn_arena *a)
{
	int16_t *to = MN_NEW(a, int16_t, was->n_source_class + 1);
	for (uint32_t i = 0; i < was->n_source_class; i++) {
		to[i] = -1;
		for (uint32_t k = 0; k < now->n_source_class; k++)
			if (mn_str_eq(
				was->source_class[i].code, now->source_class[k].code))
				to[i] = (int16_t)k;
	}
	return to;
}

void
mn_diff_begin(struct mn_diff *d, const struct mn_report *was, const struct mn_report *now,
    struct mn_arena *a)
{
	*d = (struct mn_diff){.was = was, .now = now};
	d->class_now = map_classes(was->pack, now->pack, a);
	d->differs[MN_CAUSE_TIME] = was->as_of != now->as_of;
	d->differs[MN_CAUSE_PACK] = !same_packs(was->pack, now->pack);
	d->differs[MN_CAUSE_DECISION] = decisions_differ(was, now);
	d->differs[MN_CAUSE_DATA] =
	    sources_differ(was, now, true) || sources_differ(now, was, true);
	d->differs[MN_CAUSE_INPUT] =
	    sources_differ(was, now, false) || sources_differ(now, was, false);
	d->differs[MN_CAUSE_PROGRAM] =
	    !mn_str_eq(mn_str_c(was->version), mn_str_c(now->version));
}

/* Of a row that one generation has and the other has not, or has otherwise: `r` has it.
 */
static enum mn_cause
cause_of(const struct mn_diff *d, const struct mn_report *r, mn_rid rid, bool decided)
{
	const struct mn_report *other = r == d->was ? d->now : d->was;
	uint32_t src = mn_rid_src(rid);
	if (decided)
		return MN_CAUSE_DECISION;
	if (rid != MN_RID_NONE && src < r->n_source &&
	    !has_source(other, &r->source[src]))
		return is_list(&r->source[src]) ? MN_CAUSE_DATA : MN_CAUSE_INPUT;
	/* The row itself is as it was: something else reads it otherwise. */
	static const uint8_t ORDER[] = {MN_CAUSE_PACK, MN_CAUSE_INPUT, MN_CAUSE_DATA,
	    MN_CAUSE_DECISION, MN_CAUSE_TIME};
	for (size_t i = 0; i < countof(ORDER); i++)
		if (d->differs[ORDER[i]])
			return ORDER[i];
	return MN_CAUSE_PROGRAM;
}

/* ---- gates ---- */

static const struct mn_gate_fact *
gate_fact(const struct mn_view *v, uint32_t gate, unsigned status)
{
	for (uint32_t i = 0; i < v->n_gate; i++)
		if (v->gate[i].gate == gate && v->gate[i].status == status)
			return &v->gate[i];
	return NULL;
}

static bool
decided_otherwise(const struct mn_view *was, const struct mn_view *now, uint32_t gate)
{
	uint32_t seen[2][MN_DECIDED_COUNT] = {{0}};
	for (uint32_t i = 0; i < was->n_gate; i++)
		seen[0][was->gate[i].decided] += was->gate[i].gate == gate;
	for (uint32_t i = 0; i < now->n_gate; i++)
		seen[1][now->gate[i].decided] += now->gate[i].gate == gate;
	seen[0][MN_DECIDED_NONE] = seen[1][MN_DECIDED_NONE];
	return memcmp(seen[0], seen[1], sizeof seen[0]) != 0;
}

/* A gate by its code: packs may have them in another order. */
static int
gate_was(const struct mn_diff *d, uint32_t gate)
{
	for (uint32_t i = 0; i < d->was->pack->n_gate; i++)
		if (mn_str_eq(d->was->pack->gate[i].code, d->now->pack->gate[gate].code))
			return (int)i;
	return -1;
}

static void
put_gates(const struct mn_diff *d, const struct mn_view *was, const struct mn_view *now,
    struct mn_arena *a, struct mn_diff_item *item, uint32_t *n)
{
	for (uint32_t i = 0; i < now->card.n_gate; i++) {
		int old = gate_was(d, i);
		unsigned before = old >= 0 ? was->card.gate[old] : MN_GATE_NOT_CHECKED,
			 after = now->card.gate[i];
		if (before == after)
			continue;
		const struct mn_gate_fact *f = gate_fact(now, i, after);
		const struct mn_report *r = d->now;
		if (!f && old >= 0) {
			f = gate_fact(was, (uint32_t)old, before);
			r = d->was;
		}
		bool decided =
		    old >= 0 && old == (int)i && decided_otherwise(was, now, i);
		item[(*n)++] = (struct mn_diff_item){.what = MN_DIFF_GATE,
		    .cause = (uint8_t)cause_of(d, r, f ? f->rid : MN_RID_NONE, decided),
		    .text = d->now->pack->gate[i].code,
		    .cite =
			f ? mn_view_cite(r, f->rid, mn_gate_field(f), a) : MN_STR_NONE,
		    .was = (uint8_t)before,
		    .now = (uint8_t)after};
	}
}

/* ---- evidence ---- */

struct row {
	const struct mn_evidence *was, *now; /* either may be NULL */
	enum mn_cause cause;                 /* MN_CAUSE_COUNT: it is the same */
	bool told;
};

static int
order(const struct mn_evidence *a, const struct mn_evidence *b)
{
	int c = (a->indicator > b->indicator) - (a->indicator < b->indicator);
	c = c ? c : (a->direction > b->direction) - (a->direction < b->direction);
	c = c ? c : mn_key_cmp(a->root, b->root);
	return c ? c : mn_key_cmp(a->key, b->key);
}

static bool
reads_the_same(
    const struct mn_diff *d, const struct mn_evidence *a, const struct mn_evidence *b)
{
	return a->strength == b->strength && a->status == b->status &&
	       d->class_now[a->source_class] == b->source_class &&
	       a->imposed_by == b->imposed_by && a->event_day == b->event_day &&
	       a->closed_day == b->closed_day && a->match_q16 == b->match_q16 &&
	       a->unannounced == b->unannounced && a->offsite == b->offsite &&
	       a->supplier_paid == b->supplier_paid && a->asked == b->asked &&
	       mn_str_eq(a->label, b->label);
}

/* Both in table order, so one pass pairs them. */
static uint32_t
pair_rows(const struct mn_diff *d, const struct mn_view *was, const struct mn_view *now,
    struct row *out)
{
	uint32_t i = 0, k = 0, n = 0;
	while (i < was->n_ev || k < now->n_ev) {
		int c = i == was->n_ev   ? 1
			: k == now->n_ev ? -1
					 : order(&was->ev[i], &now->ev[k]);
		struct row r = {.cause = MN_CAUSE_COUNT};
		if (c <= 0)
			r.was = &was->ev[i++];
		if (c >= 0)
			r.now = &now->ev[k++];
		if (!r.was || !r.now || !reads_the_same(d, r.was, r.now))
			r.cause = r.now ? cause_of(d, d->now, r.now->rid, false)
					: cause_of(d, d->was, r.was->rid, false);
		out[n++] = r;
	}
	return n;
}

static enum mn_diff_what
what_of(const struct row *r)
{
	return !r->was   ? MN_DIFF_EVIDENCE_NEW
	       : !r->now ? MN_DIFF_EVIDENCE_GONE
			 : MN_DIFF_EVIDENCE_CHANGED;
}

#define LOOK 64 /* rows ahead: a check's rows are one an indicator */

/* One check clears several indicators: one item, that names them all. */
static bool
goes_with(const struct row *a, const struct row *b)
{
	const struct mn_evidence *x = a->now ? a->now : a->was,
				 *y = b->now ? b->now : b->was;
	return a->cause == b->cause && what_of(a) == what_of(b) && x->rid == y->rid &&
	       x->direction == y->direction && x->strength == y->strength &&
	       x->status == y->status && mn_str_eq(x->label, y->label);
}

/* The codes of a row and of those that go with it, which then have been told. */
static struct mn_str
codes_of(struct row *row, uint32_t n_row, struct mn_arena *a)
{
	const struct mn_evidence *e = row->now ? row->now : row->was;
	struct mn_str codes = mn_str_c(mn_indicator_code(e->indicator));
	for (uint32_t k = 1; k < n_row && k < LOOK; k++) {
		if (row[k].told || row[k].cause == MN_CAUSE_COUNT ||
		    !goes_with(row, &row[k]))
			continue;
		e = row[k].now ? row[k].now : row[k].was;
		codes = mn_arena_fmt(
		    a, "%.*s, %s", MN_FMT(codes), mn_indicator_code(e->indicator));
		row[k].told = true;
	}
	return codes;
}

static void
put_rows(const struct mn_diff *d, struct row *row, uint32_t n_row, struct mn_arena *a,
    struct mn_diff_item *item, uint32_t *n)
{
	for (uint32_t i = 0; i < n_row; i++) {
		const struct row *r = &row[i];
		const struct mn_evidence *e = r->now ? r->now : r->was;
		if (r->told || r->cause == MN_CAUSE_COUNT)
			continue;
		struct mn_str codes = codes_of(&row[i], n_row - i, a);
		bool adverse = e->direction == MN_ADVERSE;
		item[(*n)++] = (struct mn_diff_item){.what = (uint8_t)what_of(r),
		    .cause = (uint8_t)r->cause,
		    .text = mn_arena_fmt(a, "%.*s %s%s%s%s%s: %.*s", MN_FMT(codes),
			mn_direction_name(e->direction), adverse ? " " : "",
			adverse ? mn_strength_name(e->strength) : "",
			adverse ? ", " : "", /* what is clear has no status */
			adverse ? mn_status_name(e->status) : "", MN_FMT(e->label)),
		    .cite = mn_view_cite(r->now ? d->now : d->was, e->rid, e->field, a)};
	}
}

/* The rows as they are once the causes up to `step` have had their effect. */
static size_t
rows_after(const struct mn_diff *d, const struct row *row, uint32_t n_row,
    enum mn_cause step, struct mn_evidence *out)
{
	size_t n = 0;
	for (uint32_t i = 0; i < n_row; i++) {
		bool applied = row[i].cause <= step;
		const struct mn_evidence *e = applied ? row[i].now : row[i].was;
		if (row[i].cause == MN_CAUSE_COUNT)
			e = step >= MN_CAUSE_PACK ? row[i].now : row[i].was;
		if (!e)
			continue;
		out[n] = *e;
		if (e == row[i].was && step >= MN_CAUSE_PACK) {
			if (d->class_now[e->source_class] < 0)
				continue; /* the pack knows no such source any more */
			out[n].source_class = (uint8_t)d->class_now[e->source_class];
		}
		n++;
	}
	return n;
}

static void
score_step(const struct mn_diff *d, const struct mn_view *was, const struct mn_view *now,
    enum mn_cause step, const struct mn_evidence *ev, size_t n_ev, struct mn_arena a,
    struct mn_diff_entity *out)
{
	struct mn_inherent inherent = was->inherent;
	const struct mn_pack *p = step >= MN_CAUSE_PACK ? d->now->pack : d->was->pack;
	if (step >= MN_CAUSE_INPUT)
		inherent = now->inherent;
	else if (step >= MN_CAUSE_PACK && d->differs[MN_CAUSE_PACK]) {
		mn_inherent_of(p, &was->ent, NULL, &a, &inherent);
		mn_inherent_age(p, d->now->as_of, &inherent);
	}
	struct mn_score_in in = {.pack = p,
	    .inherent = &inherent,
	    .ev = ev,
	    .n_ev = n_ev,
	    .as_of = d->now->as_of,
	    .gate = step >= MN_CAUSE_PACK ? now->card.gate : was->card.gate,
	    .who = now->ent.id};
	struct mn_card card;
	mn_score_entity(&in, &card, NULL, false, a);
	out->p_q16[step] = card.p_q16;
	out->band[step] = card.band;
}

void
mn_diff_entity(const struct mn_diff *d, const struct mn_view *was,
    const struct mn_view *now, struct mn_arena *a, struct mn_diff_entity *out)
{
	uint32_t most = was->n_ev + now->n_ev;
	struct row *row = MN_NEW(a, struct row, most + 1);
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, most + 1);
	struct mn_diff_item *item = MN_NEW(a, struct mn_diff_item, most + MN_MAX_GATES);
	uint32_t n_row = pair_rows(d, was, now, row);
	*out = (struct mn_diff_entity){MN_DIFF_CHANGED, was, now, .item = item};
	put_gates(d, was, now, a, item, &out->n_item);
	put_rows(d, row, n_row, a, item, &out->n_item);
	for (int s = 0; s < MN_CAUSE_PROGRAM; s++)
		score_step(d, was, now, (enum mn_cause)s, ev,
		    rows_after(d, row, n_row, (enum mn_cause)s, ev), *a, out);
	out->p_q16[MN_CAUSE_PROGRAM] = now->card.p_q16;
	out->band[MN_CAUSE_PROGRAM] = now->card.band;
}

/*
 * Findings of audits, surveys, unions, grievances, media and self-assessments, one row
 * one statement.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/text/fold.h"
#include "manumit/evidence/lens.h"
#include "manumit/text/utf8.h"

#include "make.h"

#define LABEL_BYTES 240     /* of a description kept: a line in a report */
#define RESPONSE_BYTES 1200 /* of an answer kept: a paragraph, the right to reply */

struct finding {
	const struct mn_ev_in *in;
	const struct mn_ev_sink *sink;
	struct mn_evidence e;
	const struct mn_p_lens_ind *code; /* of a lens, by which it names what it found */
};

static void
remark(const struct finding *x, enum mn_code code, enum mn_field f, struct mn_str detail)
{
	x->sink->note(x->sink->ctx, code, f, x->in->rec->v[f], detail);
}

static bool
folds_to(struct mn_str text, struct mn_str key)
{
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_key(text, &b);
	bool same = mn_str_eq(mn_buf_str(&b), key);
	mn_buf_free(&b);
	return same;
}

/* The class that the pack calls so ("announced audit"), up to its ':'; what is no name of
 * any stays what it is. */
static struct mn_str
class_named(const struct mn_pack *p, struct mn_str key)
{
	if (key.n == 0 || mn_pack_source_class(p, key) >= 0)
		return key;
	for (uint32_t i = 0; i < p->n_source_class; i++) {
		struct mn_str rest = p->source_class[i].name;
		if (folds_to(mn_str_cut(&rest, ':'), key))
			return p->source_class[i].code;
	}
	return key;
}

/* "audit" alone is announced unless the row says otherwise, and so is one that the two
 * columns tell differently: the reading that clears less. */
static void
read_class(struct finding *x)
{
	static const struct mn_str SURPRISE = {"audit_unannounced", 17};
	const struct mn_record *rec = x->in->rec;
	struct mn_str text = rec->v[MN_F_SOURCE_CLASS];
	int announced = mn_record_bool(rec, MN_F_ANNOUNCED);
	int64_t asked;
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_key(text, &b);
	struct mn_str code = class_named(x->in->pack, mn_buf_str(&b));
	bool told = mn_str_eq(code, MN_S("audit_announced"));
	if (mn_str_eq(code, MN_S("audit")))
		code = announced == 0 ? SURPRISE : MN_S("audit_announced");
	bool odd =
	    (told && announced == 0) || (mn_str_eq(code, SURPRISE) && announced == 1);
	if (odd) {
		remark(x, MN_E_CONTRADICTION, MN_F_ANNOUNCED,
		    MN_S("source_class and announced: read as announced"));
		code = MN_S("audit_announced");
	}
	if (!mn_record_count(rec, MN_F_N_ASKED, &asked))
		asked = 0;
	x->e.source_class = mn_make_class(x->in, x->sink, code, asked);
	x->e.unannounced = announced == 0 && !odd;
	mn_buf_free(&b);
}

/* What a lens says of its code, else medium. */
static uint8_t
usual(const struct mn_p_lens_ind *code)
{
	int s = code ? mn_pack_strength(code->adult) : MN_MEDIUM;
	return s > 0 ? (uint8_t)s : MN_MEDIUM;
}

static uint8_t
strength_of(const struct mn_record *rec, uint8_t unstated)
{
	static const uint8_t BY_CHOICE[] = {MN_STRONG, MN_MEDIUM, MN_WEAK};
	int c = mn_record_choice(rec, MN_F_STRENGTH);
	return c < 0 ? unstated : BY_CHOICE[c];
}

static uint32_t
count_of(const struct mn_record *rec, enum mn_field f)
{
	int64_t n;
	if (!mn_record_count(rec, f, &n))
		return 0;
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/* Workers who answered adversely, and nothing found: the workers are heard. */
static void
read_direction(struct finding *x)
{
	struct mn_evidence *e = &x->e;
	bool clear = mn_record_choice(x->in->rec, MN_F_DIRECTION) == 1;
	e->asked = count_of(x->in->rec, MN_F_N_ASKED);
	e->workers = count_of(x->in->rec, MN_F_N_ADVERSE);
	e->direction = clear && e->workers == 0 ? MN_CLEAR : MN_ADVERSE;
	if (clear && e->workers > 0)
		remark(x, MN_E_CONTRADICTION, MN_F_N_ADVERSE,
		    MN_S("clear, and yet workers answered adversely: read as a weak "
			 "indication"));
	if (e->asked > 0 && e->workers > e->asked) {
		remark(x, MN_E_CONTRADICTION, MN_F_N_ASKED,
		    MN_S(
			"fewer workers asked than answered adversely: n_asked not used"));
		e->asked = 0;
	}
	if (e->direction == MN_ADVERSE && (x->code || e->indicator != MN_INDICATOR_NONE))
		e->strength = strength_of(x->in->rec, clear ? MN_WEAK : usual(x->code));
}

static uint8_t
imposed_of(const struct mn_record *rec)
{
	int c = mn_record_choice(rec, MN_F_IMPOSED_BY);
	return c < 0 ? MN_IMPOSED_UNKNOWN : (uint8_t)c;
}

static uint8_t
cooccurrence_of(const struct mn_record *rec)
{
	static const uint8_t BY_CHOICE[] = {
	    MN_CO_WORKER, MN_CO_SITE_PERIOD, MN_CO_ENTITY};
	int c = mn_record_choice(rec, MN_F_COOCCURRENCE);
	return c < 0 ? MN_CO_ENTITY : BY_CHOICE[c];
}

/* Who paid matters only where nothing was found; words that name nobody are no payer. */
static void
read_payer(struct finding *x)
{
	struct mn_said_by by = mn_make_said_by(x->in->pack, x->in->rec->v[MN_F_PAID_BY]);
	x->e.supplier_paid = by.checked;
	if (by.unknown)
		remark(x, MN_E_CELL_VALUE, MN_F_PAID_BY,
		    MN_S("supplier, buyer, authority or the like is wanted"));
}

/* The indicator that it names, a code of a lens, or "unspecified" for what speaks of
 * none; false: nothing of these. */
static bool
named(struct finding *x)
{
	struct mn_str s = x->in->rec->v[MN_F_INDICATOR];
	uint32_t row;
	x->e.indicator = MN_INDICATOR_NONE;
	switch (mn_lens_find(x->in->pack, s, &row)) {
	case MN_LENS_ILO:
		x->e.indicator = (uint8_t)row;
		return true;
	case MN_LENS_IND:
		x->code = &x->in->pack->lens_ind[row];
		return true;
	case MN_LENS_ALL:
	case MN_LENS_NO_CODE:
		break;
	}
	return folds_to(s, MN_S("unspecified"));
}

static void
say(struct finding *x, struct mn_arena *scratch)
{
	const struct mn_record *rec = x->in->rec;
	struct mn_evidence *e = &x->e;
	const char *code = mn_indicator_code(e->indicator);
	struct mn_str d = rec->v[MN_F_DESCRIPTION];
	e->label = d.n       ? mn_utf8_cut(d, LABEL_BYTES)
		   : x->code ? x->code->label
		   : e->indicator < MN_INDICATORS
		       ? x->in->pack->indicator[e->indicator].name
		       : MN_S("a finding of no indicator");
	e->source = rec->v[MN_F_REFERENCE];
	e->response = mn_utf8_cut(rec->v[MN_F_SUPPLIER_RESPONSE], RESPONSE_BYTES);
	e->pack_row =
	    x->code ? mn_arena_fmt(scratch, "lens_indicators/%.*s", MN_FMT(x->code->code))
		    : mn_arena_fmt(scratch, "indicators/%s", code);
	if (rec->v[MN_F_OWN_CODE].n)
		e->pack_row = mn_arena_fmt(scratch, "codes/%.*s: %.*s",
		    MN_FMT(rec->v[MN_F_OWN_CODE]), MN_FMT(e->pack_row));
	e->field = MN_F_INDICATOR;
}

/* One statement on one indicator, or several where a lens's code speaks for several. */
static bool
add(struct finding *x, struct mn_err *err)
{
	struct mn_evidence *e = &x->e;
	struct mn_key row = e->key;
	if (!x->code || x->code->ilo11.n == 0)
		return x->sink->add(x->sink->ctx, e, err);
	for (uint32_t i = 0; i < x->code->ilo11.n; i++) {
		e->indicator = (uint8_t)mn_indicator_parse(x->code->ilo11.v[i]);
		e->key = mn_make_key(row, i);
		if (!x->sink->add(x->sink->ctx, e, err))
			return false;
	}
	return true;
}

bool
mn_evidence_of_finding(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err)
{
	const struct mn_record *rec = in->rec;
	struct finding x = {in, sink, mn_make_base(in), NULL};
	struct mn_evidence *e = &x.e;
	if (!named(&x)) {
		remark(&x, MN_E_INDICATOR, MN_F_INDICATOR, MN_STR_NONE);
		return true;
	}
	if (!mn_record_day(rec, MN_F_DATE, &e->event_day))
		e->event_day = MN_DAY_NONE;
	if (mn_make_future(in, sink, e->event_day, MN_F_DATE))
		return true;
	read_direction(&x);
	read_class(&x);
	e->status = MN_STATUS_UNKNOWN;
	if (e->direction == MN_ADVERSE)
		mn_make_status(in, sink, e);
	e->imposed_by = imposed_of(rec);
	e->cooccurrence = cooccurrence_of(rec);
	e->offsite = mn_record_bool(rec, MN_F_OFFSITE) == 1;
	read_payer(&x);
	e->root = mn_make_root(rec->v[MN_F_ROOT], MN_STR_NONE, rec->v[MN_F_REFERENCE], e);
	e->key = mn_record_key(rec, 0);
	say(&x, &scratch);
	return add(&x, err);
}

/* Findings of audits, surveys, unions, grievances and media, one row one statement. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "manumit/evidence/lens.h"

#include "make.h"

#define LABEL_BYTES 240 /* of a description kept: a line in a report */

/* "audit" alone is announced unless the row says otherwise: the weaker reading. */
static struct mn_str
class_code(const struct mn_record *rec, struct mn_buf *b)
{
	mn_buf_clear(b);
	mn_fold_key(rec->v[MN_F_SOURCE_CLASS], b);
	if (!mn_str_eq(mn_buf_str(b), MN_S("audit")))
		return mn_buf_str(b);
	return mn_record_bool(rec, MN_F_ANNOUNCED) == 0 ? MN_S("audit_unannounced")
							: MN_S("audit_announced");
}

/* As stated, else as the lens says of its code, else medium. */
static uint8_t
strength_of(const struct mn_record *rec, const struct mn_p_lens_ind *code)
{
	static const uint8_t BY_CHOICE[] = {MN_STRONG, MN_MEDIUM, MN_WEAK};
	int c = mn_record_choice(rec, MN_F_STRENGTH);
	int s = code ? mn_pack_strength(code->adult) : MN_MEDIUM;
	return c >= 0 ? BY_CHOICE[c] : s > 0 ? (uint8_t)s : MN_MEDIUM;
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

static void
read_days(const struct mn_record *rec, struct mn_evidence *e)
{
	if (!mn_record_day(rec, MN_F_DATE, &e->event_day))
		e->event_day = MN_DAY_NONE;
	if (!mn_record_day(rec, MN_F_CLOSED_ON, &e->closed_day))
		e->closed_day = MN_DAY_NONE;
}

static struct mn_str
label_of(const struct mn_ev_in *in, const struct mn_evidence *e,
    const struct mn_p_lens_ind *code)
{
	struct mn_str d = in->rec->v[MN_F_DESCRIPTION];
	if (d.n)
		return mn_utf8_cut(d, LABEL_BYTES);
	return code ? code->label : in->pack->indicator[e->indicator].name;
}

/* One statement on one indicator, or two where a lens's code speaks for two. */
static bool
each(const struct mn_ev_in *in, const struct mn_ev_sink *sink, struct mn_evidence *e,
    const struct mn_p_lens_ind *code, struct mn_arena *a, struct mn_err *err)
{
	struct mn_key row = e->key;
	if (!code) {
		e->label = label_of(in, e, NULL);
		e->pack_row = mn_arena_fmt(a, "indicators/I%02d", e->indicator + 1);
		return sink->add(sink->ctx, e, err);
	}
	e->label = label_of(in, e, code);
	e->pack_row = mn_arena_fmt(a, "lens_indicators/%.*s", MN_FMT(code->code));
	e->indicator = MN_INDICATOR_NONE;
	if (code->ilo11.n == 0)
		return sink->add(sink->ctx, e, err);
	for (uint32_t i = 0; i < code->ilo11.n; i++) {
		e->indicator = (uint8_t)mn_indicator_parse(code->ilo11.v[i]);
		e->key = mn_make_key(row, i);
		if (!sink->add(sink->ctx, e, err))
			return false;
	}
	return true;
}

/* The indicator that a finding names, or the code of a lens; false: neither. */
static bool
named(const struct mn_ev_in *in, struct mn_evidence *e, const struct mn_p_lens_ind **code)
{
	uint32_t row;
	*code = NULL;
	switch (mn_lens_find(in->pack, in->rec->v[MN_F_INDICATOR], &row)) {
	case MN_LENS_ILO:
		e->indicator = (uint8_t)row;
		return true;
	case MN_LENS_IND:
		*code = &in->pack->lens_ind[row];
		return true;
	case MN_LENS_ALL:
	case MN_LENS_NO_CODE:
		break;
	}
	return false;
}

bool
mn_evidence_of_finding(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err)
{
	const struct mn_record *rec = in->rec;
	struct mn_evidence e = mn_make_base(in);
	struct mn_buf b = mn_buf_new(4096);
	const struct mn_p_lens_ind *code;
	int64_t n;
	if (!named(in, &e, &code)) {
		sink->note(sink->ctx, MN_E_INDICATOR, MN_F_INDICATOR,
		    rec->v[MN_F_INDICATOR], MN_STR_NONE);
		mn_buf_free(&b);
		return true;
	}
	e.direction = mn_record_choice(rec, MN_F_DIRECTION) == 1 ? MN_CLEAR : MN_ADVERSE;
	e.strength = e.direction == MN_CLEAR ? MN_STRENGTH_NONE : strength_of(rec, code);
	if (!mn_record_count(rec, MN_F_N_ASKED, &n))
		n = 0;
	e.source_class = mn_make_class(in, sink, class_code(rec, &b), n);
	e.status = mn_make_status(rec);
	e.imposed_by = imposed_of(rec);
	e.cooccurrence = cooccurrence_of(rec);
	e.unannounced = mn_record_bool(rec, MN_F_ANNOUNCED) == 0;
	e.offsite = mn_record_bool(rec, MN_F_OFFSITE) == 1;
	mn_buf_clear(&b);
	mn_fold_key(rec->v[MN_F_PAID_BY], &b);
	e.supplier_paid = mn_str_eq(mn_buf_str(&b), MN_S("supplier"));
	mn_buf_free(&b);
	if (mn_record_count(rec, MN_F_N_ADVERSE, &n))
		e.workers = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
	read_days(rec, &e);
	if (mn_make_future(in, sink, e.event_day, MN_F_DATE))
		return true;
	e.root = mn_make_root(rec->v[MN_F_ROOT], MN_STR_NONE, rec->v[MN_F_REFERENCE], &e);
	e.key = mn_record_key(rec, 0);
	e.source = rec->v[MN_F_REFERENCE];
	e.field = MN_F_INDICATOR;
	return each(in, sink, &e, code, &scratch, err);
}

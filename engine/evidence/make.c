/* What findings, inspections and fee ledgers share when they become evidence. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"

#include "make.h"

struct mn_evidence
mn_make_base(const struct mn_ev_in *in)
{
	return (struct mn_evidence){
	    .who = in->who,
	    .indicator = MN_INDICATOR_NONE,
	    .kind = (uint8_t)in->rec->kind,
	    .imposed_by = MN_IMPOSED_UNKNOWN,
	    .event_day = MN_DAY_NONE,
	    .closed_day = MN_DAY_NONE,
	    .match_q16 = in->match_q16,
	    .rows = 1,
	    .rid = in->rec->rid,
	};
}

uint8_t
mn_make_class(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_str code, int64_t n_asked)
{
	int at = mn_pack_source_class(in->pack, code);
	if (at < 0) {
		sink->note(sink->ctx, MN_E_CELL_VALUE, MN_F_SOURCE_CLASS, code,
		    MN_S("source class not in the indicator pack; read as \"unstated\""));
		at = mn_pack_source_class(in->pack, MN_S("unstated"));
	}
	const struct mn_p_source_class *c = &in->pack->source_class[at < 0 ? 0 : at];
	if (c->else_class.n && n_asked < c->min_asked)
		at = mn_pack_source_class(in->pack, c->else_class);
	return (uint8_t)(at < 0 ? 0 : at);
}

struct mn_key
mn_make_root(struct mn_str root, struct mn_str authority_case, struct mn_str reference,
    const struct mn_evidence *e)
{
	if (root.n)
		return mn_hash128((struct mn_str[]){MN_S("root"), root}, 2);
	if (authority_case.n)
		return mn_hash128((struct mn_str[]){MN_S("case"), authority_case}, 2);
	if (reference.n)
		return mn_hash128((struct mn_str[]){MN_S("reference"), reference}, 2);
	char raw[24];
	struct mn_buf b = {raw, 0, sizeof raw, sizeof raw, false};
	mn_put_u8(&b, e->source_class);
	mn_put_eid(&b, e->who);
	mn_put_u32(&b, (uint32_t)e->event_day);
	return mn_hash128((struct mn_str[]){MN_S("derived"), mn_buf_str(&b)}, 2);
}

struct mn_key
mn_make_key(struct mn_key row, uint32_t n)
{
	return (struct mn_key){row.hi, row.lo + n};
}

bool
mn_make_future(const struct mn_ev_in *in, const struct mn_ev_sink *sink, int32_t day,
    enum mn_field f)
{
	if (day == MN_DAY_NONE || day <= in->as_of)
		return false;
	sink->note(sink->ctx, MN_E_FUTURE, f, in->rec->v[f], MN_STR_NONE);
	return true;
}

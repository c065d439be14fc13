/* Edges: names, sort key, stored form. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"
#include "manumit/model/edge.h"

#define VERSION 1

static const char *const KINDS[MN_EDGE_KINDS] = {
    "supplies", "owns", "controls", "recruits_for", "same_site"};
static const char *const ORIGINS[MN_EDGE_ORIGINS] = {"row", "parent", "address"};

const char *
mn_edge_kind_name(unsigned k)
{
	return k < MN_EDGE_KINDS ? KINDS[k] : "?";
}

const char *
mn_edge_origin_name(unsigned o)
{
	return o < MN_EDGE_ORIGINS ? ORIGINS[o] : "?";
}

bool
mn_edge_in_force(const struct mn_edge *e, int32_t as_of)
{
	return (e->since == MN_DAY_NONE || e->since <= as_of) &&
	       (e->until == MN_DAY_NONE || e->until >= as_of);
}

void
mn_edge_identify(struct mn_edge *e)
{
	char raw[64];
	struct mn_buf b = {raw, 0, sizeof raw, sizeof raw, false};
	mn_put_u8(&b, e->origin);
	mn_put_u8(&b, e->tier);
	mn_put_u32(&b, e->match_q16);
	mn_put_i64(&b, e->share_q16);
	mn_put_u32(&b, (uint32_t)e->since);
	mn_put_u32(&b, (uint32_t)e->until);
	struct mn_str part[] = {mn_buf_str(&b), e->good, e->reference};
	e->id = mn_hash128(part, countof(part)).hi & ~UINT64_C(0xffff);
}

void
mn_edge_sort_key(const struct mn_edge *e, struct mn_buf *out)
{
	mn_put_eid(out, e->to);
	mn_put_eid(out, e->from);
	mn_put_u8(out, e->kind);
	mn_put_u64(out, e->id);
}

void
mn_edge_encode(const struct mn_edge *e, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u8(body, e->origin);
	mn_put_u8(body, e->tier);
	mn_put_u32(body, e->match_q16);
	mn_put_i64(body, e->share_q16);
	mn_put_u32(body, (uint32_t)e->since);
	mn_put_u32(body, (uint32_t)e->until);
	mn_put_str(body, e->good);
	mn_put_str(body, e->reference);
	mn_put_u64(pos, e->rid);
}

bool
mn_edge_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_edge *out, struct mn_err *err)
{
	struct mn_get k = mn_get(sort_key), g = mn_get(body), p = mn_get(pos);
	*out = (struct mn_edge){.to = mn_get_eid(&k)};
	out->from = mn_get_eid(&k);
	out->kind = mn_get_u8(&k);
	out->id = mn_get_u64(&k);
	uint8_t version = mn_get_u8(&g);
	out->origin = mn_get_u8(&g);
	out->tier = mn_get_u8(&g);
	out->match_q16 = mn_get_u32(&g);
	out->share_q16 = mn_get_i64(&g);
	out->since = (int32_t)mn_get_u32(&g);
	out->until = (int32_t)mn_get_u32(&g);
	out->good = mn_get_str(&g);
	out->reference = mn_get_str(&g);
	out->rid = mn_get_u64(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    out->kind < MN_EDGE_KINDS && out->origin < MN_EDGE_ORIGINS &&
	    out->tier <= MN_EDGE_MAX_TIER && out->match_q16 <= 65536 &&
	    out->share_q16 >= MN_SHARE_UNKNOWN && out->share_q16 <= 65536 &&
	    (out->id & 0xffff) == 0)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged edge");
}

/* Gates: names, sort key, stored form. */
#include "manumit/model/codec.h"
#include "manumit/model/gate.h"

#define VERSION 1

static const char *const STATUSES[MN_GATE_STATUS_COUNT] = {
    [MN_GATE_NOT_APPLICABLE] = "not applicable",
    [MN_GATE_NOT_CHECKED] = "not checked",
    [MN_GATE_NO_MATCH] = "no match",
    [MN_GATE_ENDED] = "ended",
    [MN_GATE_UPSTREAM] = "upstream",
    [MN_GATE_POSSIBLE] = "possible",
    [MN_GATE_HIT] = "hit",
};
static const char *const BASES[] = {"none", "name", "name and country", "identifier"};

const char *
mn_gate_status_name(unsigned s)
{
	return s < MN_GATE_STATUS_COUNT ? STATUSES[s] : "?";
}

const char *
mn_basis_name(unsigned b)
{
	return b < countof(BASES) ? BASES[b] : "?";
}

void
mn_gate_sort_key(const struct mn_gate_fact *g, struct mn_buf *out)
{
	mn_put_eid(out, g->who);
	mn_put_u8(out, g->gate);
	mn_put_key(out, g->key);
}

void
mn_gate_encode(const struct mn_gate_fact *g, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u8(body, g->status);
	mn_put_u8(body, g->basis);
	mn_put_u32(body, (uint32_t)g->listed_day);
	mn_put_u32(body, (uint32_t)g->ended_day);
	mn_put_str(body, g->list);
	mn_put_str(body, g->entry);
	mn_put_str(body, g->history);
	mn_put_str(body, g->citation);
	mn_put_str(body, g->reason);
	mn_put_str(body, g->good);
	mn_put_u64(pos, g->rid);
}

bool
mn_gate_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_gate_fact *out, struct mn_err *err)
{
	struct mn_get k = mn_get(sort_key), g = mn_get(body), p = mn_get(pos);
	*out = (struct mn_gate_fact){.who = mn_get_eid(&k)};
	out->gate = mn_get_u8(&k);
	out->key = mn_get_key(&k);
	uint8_t version = mn_get_u8(&g);
	out->status = mn_get_u8(&g);
	out->basis = mn_get_u8(&g);
	out->listed_day = (int32_t)mn_get_u32(&g);
	out->ended_day = (int32_t)mn_get_u32(&g);
	out->list = mn_get_str(&g);
	out->entry = mn_get_str(&g);
	out->history = mn_get_str(&g);
	out->citation = mn_get_str(&g);
	out->reason = mn_get_str(&g);
	out->good = mn_get_str(&g);
	out->rid = mn_get_u64(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    out->gate < MN_MAX_GATES && out->status < MN_GATE_STATUS_COUNT &&
	    out->basis <= MN_BASIS_IDENTIFIER)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged gate row");
}

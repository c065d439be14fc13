/* Gates: names, sort key, stored form. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"
#include "manumit/model/gate.h"

#define VERSION 7

static const char *const STATUSES[MN_GATE_STATUS_COUNT] = {
    [MN_GATE_NOT_APPLICABLE] = "not applicable",
    [MN_GATE_NOT_CHECKED] = "not checked",
    [MN_GATE_NO_MATCH] = "no match",
    [MN_GATE_ENDED] = "ended",
    [MN_GATE_UPSTREAM] = "upstream",
    [MN_GATE_POSSIBLE] = "possible",
    [MN_GATE_HIT] = "hit",
};
static const char *const BASES[] = {
    [MN_BASIS_NONE] = "none",
    [MN_BASIS_ORDER] = "good and origin",
    [MN_BASIS_GOOD] = "good from the region",
    [MN_BASIS_SITE] = "site in the region",
    [MN_BASIS_PARENT] = "name of the parent",
    [MN_BASIS_SPELLING] = "similar name",
    [MN_BASIS_NAME] = "name",
    [MN_BASIS_NAME_COUNTRY] = "name and country",
    [MN_BASIS_DECISION] = "decision",
    [MN_BASIS_IDENTIFIER] = "identifier",
};
static const char *const DECIDED[MN_DECIDED_COUNT] = {
    "", "same", "different", "stale", "expired", "conflict"};

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

const char *
mn_fit_name(unsigned f)
{
	static const char *const FITS[MN_FIT_COUNT] = {"", "unknown", "fits", "differs"};
	return f < MN_FIT_COUNT ? FITS[f] : "?";
}

enum mn_field
mn_gate_field(const struct mn_gate_fact *g)
{
	return g->own_field ? (enum mn_field)(g->own_field - 1) : MN_F_NONE;
}

bool
mn_gate_only_told(const struct mn_gate_fact *g)
{
	return g->status == MN_GATE_NO_MATCH &&
	       (g->basis < MN_BASIS_DECISION || g->fit == MN_FIT_DIFFERS);
}

bool
mn_gate_decidable(const struct mn_gate_fact *g)
{
	return g->entry_key.hi != 0 || g->entry_key.lo != 0;
}

const char *
mn_decided_name(unsigned d)
{
	return d < MN_DECIDED_COUNT ? DECIDED[d] : "?";
}

void
mn_gate_decided_text(const struct mn_gate_fact *g, struct mn_buf *out)
{
	char on[11], until[11];
	const char *said = g->decided_same ? "same" : "different";
	mn_day_print(g->decided_day, on);
	mn_day_print(g->expires_day, until);
	switch (g->decided) {
	case MN_DECIDED_NONE:
		return;
	case MN_DECIDED_STALE:
		mn_buf_fmt(out, "stale: the listed entry changed since %s; ", on);
		break;
	case MN_DECIDED_EXPIRED:
		mn_buf_fmt(out, "expired on %s; ", until);
		break;
	case MN_DECIDED_CONFLICT:
		mn_buf_fmt(out, "conflict: %s; ",
		    g->basis == MN_BASIS_IDENTIFIER ? "an identifier says same"
						    : "decisions disagree");
		break;
	default:
		break;
	}
	mn_buf_fmt(out, "decided %s by %.*s on %s", said, MN_FMT(g->decided_by), on);
	if (g->expires_day != MN_DAY_NONE && g->decided != MN_DECIDED_EXPIRED)
		mn_buf_fmt(out, ", until %s", until);
	mn_buf_fmt(out, ": %.*s", MN_FMT(g->decided_why));
}

void
mn_gate_sort_key(const struct mn_gate_fact *g, struct mn_buf *out)
{
	mn_put_eid(out, g->who);
	mn_put_u8(out, g->gate);
	mn_put_key(out, g->key);
}

static void
put_decision(const struct mn_gate_fact *g, struct mn_buf *body)
{
	mn_put_key(body, g->subject);
	mn_put_key(body, g->entry_key);
	mn_put_key(body, g->entry_print);
	mn_put_str(body, g->entry_id);
	mn_put_u8(body, g->decided);
	if (g->decided == MN_DECIDED_NONE)
		return;
	mn_put_u8(body, g->decided_same);
	mn_put_u32(body, (uint32_t)g->decided_day);
	mn_put_u32(body, (uint32_t)g->expires_day);
	mn_put_str(body, g->decided_by);
	mn_put_str(body, g->decided_why);
}

static void
get_decision(struct mn_get *g, struct mn_gate_fact *out)
{
	out->subject = mn_get_key(g);
	out->entry_key = mn_get_key(g);
	out->entry_print = mn_get_key(g);
	out->entry_id = mn_get_str(g);
	out->decided = mn_get_u8(g);
	out->decided_day = out->expires_day = MN_DAY_NONE;
	if (out->decided == MN_DECIDED_NONE)
		return;
	out->decided_same = mn_get_u8(g) != 0;
	out->decided_day = (int32_t)mn_get_u32(g);
	out->expires_day = (int32_t)mn_get_u32(g);
	out->decided_by = mn_get_str(g);
	out->decided_why = mn_get_str(g);
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
	mn_put_u32(body, (uint32_t)g->p_q16);
	mn_put_str(body, g->listed_as);
	mn_put_str(body, g->why);
	mn_put_str(body, g->path);
	mn_put_u8(body, g->fit);
	mn_put_str(body, g->fits);
	mn_put_u8(body, g->own_field);
	put_decision(g, body);
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
	out->p_q16 = (int32_t)mn_get_u32(&g);
	out->listed_as = mn_get_str(&g);
	out->why = mn_get_str(&g);
	out->path = mn_get_str(&g);
	out->fit = mn_get_u8(&g);
	out->fits = mn_get_str(&g);
	out->own_field = mn_get_u8(&g);
	get_decision(&g, out);
	out->rid = mn_get_u64(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    out->gate < MN_MAX_GATES && out->status < MN_GATE_STATUS_COUNT &&
	    out->basis <= MN_BASIS_IDENTIFIER && out->own_field <= MN_F_COUNT &&
	    out->fit < MN_FIT_COUNT && out->decided < MN_DECIDED_COUNT)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged gate row");
}

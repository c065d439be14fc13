/* Evidence: names of its enumerations, sort key, stored form. */
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"
#include "manumit/model/evidence.h"

#define VERSION 3

static const char *const DIRECTIONS[] = {"adverse", "clear"};
static const char *const STRENGTHS[] = {"none", "weak", "medium", "strong"};
static const char *const STATUSES[] = {
    "open", "unknown", "closed on claim", "worker-verified"};
static const char *const IMPOSED[] = {"private", "state", "unknown"};
static const char *const COOCCURRENCE[] = {
    "same entity", "same site and period", "same worker"};
static const char *const SELECTIONS[MN_SELECTIONS] = {
    "not stated", "complaint", "programmed", "ranked", "random", "referral", "reserve"};
static const char *const INDICATORS[] = {"I01", "I02", "I03", "I04", "I05", "I06", "I07",
    "I08", "I09", "I10", "I11", "unspecified"};

const char *
mn_direction_name(unsigned d)
{
	return d < countof(DIRECTIONS) ? DIRECTIONS[d] : "?";
}

const char *
mn_strength_name(unsigned s)
{
	return s < countof(STRENGTHS) ? STRENGTHS[s] : "?";
}

const char *
mn_status_name(unsigned s)
{
	return s < countof(STATUSES) ? STATUSES[s] : "?";
}

const char *
mn_imposed_name(unsigned i)
{
	return i < countof(IMPOSED) ? IMPOSED[i] : "?";
}

const char *
mn_cooccurrence_name(unsigned c)
{
	return c < countof(COOCCURRENCE) ? COOCCURRENCE[c] : "?";
}

const char *
mn_selection_name(unsigned s)
{
	return s < countof(SELECTIONS) ? SELECTIONS[s] : "?";
}

const char *
mn_indicator_code(unsigned i)
{
	return INDICATORS[i < MN_INDICATOR_NONE ? i : MN_INDICATOR_NONE];
}

int
mn_indicator_parse(struct mn_str s)
{
	uint64_t n;
	if (s.n < 2 || s.n > 3 || (s.p[0] | 32) != 'i' ||
	    !mn_str_u64(mn_str_sub(s, 1, s.n), &n))
		return -1;
	return n >= 1 && n <= MN_INDICATORS ? (int)n - 1 : -1;
}

void
mn_evidence_sort_key(const struct mn_evidence *e, struct mn_buf *out)
{
	mn_put_eid(out, e->who);
	mn_put_u8(out, e->indicator);
	mn_put_u8(out, e->direction);
	mn_put_key(out, e->root);
	mn_put_key(out, e->key);
}

void
mn_evidence_encode(const struct mn_evidence *e, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u8(body, e->strength);
	mn_put_u8(body, e->source_class);
	mn_put_u8(body, e->status);
	mn_put_u8(body, e->imposed_by);
	mn_put_u8(body, e->cooccurrence);
	mn_put_u8(body, e->kind);
	mn_put_u8(body, e->selection);
	mn_put_u8(body, (uint8_t)(e->unannounced | e->offsite << 1 |
				  e->supplier_paid << 2 | e->said_verified << 3));
	mn_put_u32(body, (uint32_t)e->event_day);
	mn_put_u32(body, (uint32_t)e->closed_day);
	mn_put_u32(body, e->match_q16);
	mn_put_u32(body, e->workers);
	mn_put_u32(body, e->asked);
	mn_put_u32(body, e->rows);
	mn_put_str(body, e->label);
	mn_put_str(body, e->source);
	mn_put_str(body, e->pack_row);
	mn_put_str(body, e->verifier);
	mn_put_str(body, e->response);
	mn_put_u64(pos, e->rid);
	mn_put_u8(pos, e->field);
}

static bool
in_range(const struct mn_evidence *e, uint8_t flags)
{
	return e->indicator <= MN_INDICATOR_NONE && e->direction <= MN_CLEAR &&
	       e->strength <= MN_STRONG && e->status <= MN_WORKER_VERIFIED &&
	       e->imposed_by <= MN_IMPOSED_UNKNOWN && e->cooccurrence <= MN_CO_WORKER &&
	       e->kind < MN_K_COUNT && e->selection < MN_SELECTIONS && flags < 16 &&
	       e->match_q16 <= MN_FX_ONE && e->field <= MN_F_COUNT;
}

bool
mn_evidence_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_evidence *out, struct mn_err *err)
{
	struct mn_get k = mn_get(sort_key), g = mn_get(body), p = mn_get(pos);
	*out = (struct mn_evidence){.who = mn_get_eid(&k)};
	out->indicator = mn_get_u8(&k);
	out->direction = mn_get_u8(&k);
	out->root = mn_get_key(&k);
	out->key = mn_get_key(&k);
	uint8_t version = mn_get_u8(&g);
	out->strength = mn_get_u8(&g);
	out->source_class = mn_get_u8(&g);
	out->status = mn_get_u8(&g);
	out->imposed_by = mn_get_u8(&g);
	out->cooccurrence = mn_get_u8(&g);
	out->kind = mn_get_u8(&g);
	out->selection = mn_get_u8(&g);
	uint8_t flags = mn_get_u8(&g);
	out->unannounced = flags & 1;
	out->offsite = flags >> 1 & 1;
	out->supplier_paid = flags >> 2 & 1;
	out->said_verified = flags >> 3 & 1;
	out->event_day = (int32_t)mn_get_u32(&g);
	out->closed_day = (int32_t)mn_get_u32(&g);
	out->match_q16 = mn_get_u32(&g);
	out->workers = mn_get_u32(&g);
	out->asked = mn_get_u32(&g);
	out->rows = mn_get_u32(&g);
	out->label = mn_get_str(&g);
	out->source = mn_get_str(&g);
	out->pack_row = mn_get_str(&g);
	out->verifier = mn_get_str(&g);
	out->response = mn_get_str(&g);
	out->rid = mn_get_u64(&p);
	out->field = mn_get_u8(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    in_range(out, flags))
		return true;
	return mn_fail(err, MN_E_STORE, "damaged evidence row");
}

/* Entities: roles, page names, stored form. */
#include <stdio.h>

#include "manumit/model/codec.h"
#include "manumit/model/entity.h"

#define VERSION 1
#define SLUG_BYTES 64

static const char *const ROLES[] = {
    "supplier", "facility", "recruiter", "employer", "bidder"};

enum mn_role
mn_entity_role(const struct mn_entity *e)
{
	int c = mn_record_choice(&e->rec, MN_F_ROLE);
	return c < 0 ? MN_ROLE_SUPPLIER : (enum mn_role)c;
}

const char *
mn_role_name(enum mn_role r)
{
	return ROLES[r];
}

const char *
mn_role_measure(enum mn_role r)
{
	return ROLES[r == MN_ROLE_BIDDER ? MN_ROLE_SUPPLIER : r];
}

static bool
safe(struct mn_str s)
{
	if (s.n == 0 || s.n > SLUG_BYTES || s.p[0] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			(c >= 'a' && c <= 'z') ||
			(i > 0 && (c == '.' || c == '_' || c == '-'))))
			return false;
	}
	return true;
}

struct mn_str
mn_entity_slug(const struct mn_entity *e, char out[80])
{
	struct mn_str id = e->rec.v[MN_F_ID];
	char hex[33];
	mn_eid_hex(e->id, hex);
	if (safe(id))
		snprintf(out, 80, "%.*s-%.8s", MN_FMT(id), hex);
	else
		snprintf(out, 80, "%.16s", hex);
	return mn_str_c(out);
}

void
mn_entity_encode(const struct mn_entity *e, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u32(body, e->n_member);
	mn_record_encode(&e->rec, body);
	for (uint32_t i = 0; i < e->n_member; i++)
		mn_put_u64(pos, e->member[i]);
}

bool
mn_entity_decode(struct mn_eid id, struct mn_str body, struct mn_str pos,
    struct mn_arena *a, struct mn_entity *out, struct mn_err *err)
{
	struct mn_get g = mn_get(body), p = mn_get(pos);
	uint8_t version = mn_get_u8(&g);
	uint32_t n = mn_get_u32(&g);
	if (g.bad || version != VERSION || pos.n != 8 * (size_t)n)
		return mn_fail(err, MN_E_STORE, "damaged entity");
	mn_rid *member = MN_NEW(a, mn_rid, n);
	for (uint32_t i = 0; i < n; i++)
		member[i] = mn_get_u64(&p);
	out->id = id;
	out->member = member;
	out->n_member = n;
	return mn_record_decode(mn_str((const char *)g.p, (size_t)(g.end - g.p)),
	    n ? member[0] : MN_RID_NONE, &out->rec, err);
}

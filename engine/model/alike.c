/* Rows taken for one entity, or not: stored form. */
#include "manumit/base/fx.h"
#include "manumit/model/alike.h"
#include "manumit/model/codec.h"

#define VERSION 2

void
mn_alike_sort_key(const struct mn_alike *x, struct mn_buf *out)
{
	mn_put_eid(out, x->who);
	mn_put_u8(out, x->refused);
	mn_put_u32(out, x->order);
}

void
mn_alike_encode(const struct mn_alike *x, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u32(body, (uint32_t)x->p_q16);
	mn_put_u8(body, x->standing);
	mn_put_key(body, x->row);
	mn_put_eid(body, x->other);
	mn_put_key(body, x->other_row);
	mn_put_key(body, x->handle);
	mn_put_key(body, x->other_handle);
	mn_put_str(body, x->reason);
	mn_put_u64(pos, x->rid);
	mn_put_u64(pos, x->other_rid);
}

bool
mn_alike_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_alike *out, struct mn_err *err)
{
	struct mn_get k = mn_get(sort_key), g = mn_get(body), p = mn_get(pos);
	*out = (struct mn_alike){.who = mn_get_eid(&k)};
	uint8_t refused = mn_get_u8(&k);
	out->refused = refused == 1;
	out->order = mn_get_u32(&k);
	uint8_t version = mn_get_u8(&g);
	out->p_q16 = (int32_t)mn_get_u32(&g);
	out->standing = mn_get_u8(&g);
	out->row = mn_get_key(&g);
	out->other = mn_get_eid(&g);
	out->other_row = mn_get_key(&g);
	out->handle = mn_get_key(&g);
	out->other_handle = mn_get_key(&g);
	out->reason = mn_get_str(&g);
	out->rid = mn_get_u64(&p);
	out->other_rid = mn_get_u64(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    refused <= 1 && out->standing < MN_ALIKE_STANDINGS && out->p_q16 >= 0 &&
	    out->p_q16 <= MN_FX_ONE)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged row of the link table");
}

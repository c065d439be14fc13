/* Fee aggregates: sort key and stored form. */
#include "manumit/model/codec.h"
#include "manumit/model/fee.h"

#define VERSION 1

void
mn_fee_sort_key(
    const struct mn_fee_stat *f, struct mn_str recruiter_key, struct mn_buf *out)
{
	const char *const part[] = {f->origin, f->destination, f->currency};
	mn_put_eid(out, f->who);
	mn_buf_add(out, mn_str_sub(recruiter_key, 0, 200));
	for (size_t i = 0; i < countof(part); i++) {
		mn_buf_byte(out, 0);
		mn_buf_add(out, mn_str_c(part[i]));
	}
}

void
mn_fee_encode(const struct mn_fee_stat *f, struct mn_buf *body, struct mn_buf *pos)
{
	const uint32_t counts[] = {
	    f->workers, f->payers, f->assessable, f->rows, f->over1, f->over3, f->over6};
	const int64_t values[] = {f->median_q16, f->q1_q16, f->q3_q16, f->max_q16,
	    f->paid_e4, f->reimbursed_e4};
	mn_put_u8(body, VERSION);
	mn_put_str(body, f->recruiter);
	mn_put_str(body, mn_str_c(f->origin));
	mn_put_str(body, mn_str_c(f->destination));
	mn_put_str(body, mn_str_c(f->currency));
	for (size_t i = 0; i < countof(counts); i++)
		mn_put_u32(body, counts[i]);
	for (size_t i = 0; i < countof(values); i++)
		mn_put_i64(body, values[i]);
	mn_put_u64(pos, f->rid);
}

static void
get_code(struct mn_get *g, char *to, size_t size)
{
	struct mn_str s = mn_get_str(g);
	if (s.n >= size) {
		g->bad = true;
		return;
	}
	memset(to, 0, size);
	if (s.n)
		memcpy(to, s.p, s.n);
}

bool
mn_fee_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_fee_stat *out, struct mn_err *err)
{
	struct mn_get k = mn_get(mn_str_sub(sort_key, 0, 16)), g = mn_get(body),
		      p = mn_get(pos);
	*out = (struct mn_fee_stat){.who = mn_get_eid(&k)};
	uint32_t *const counts[] = {&out->workers, &out->payers, &out->assessable,
	    &out->rows, &out->over1, &out->over3, &out->over6};
	int64_t *const values[] = {&out->median_q16, &out->q1_q16, &out->q3_q16,
	    &out->max_q16, &out->paid_e4, &out->reimbursed_e4};
	uint8_t version = mn_get_u8(&g);
	out->recruiter = mn_get_str(&g);
	get_code(&g, out->origin, sizeof out->origin);
	get_code(&g, out->destination, sizeof out->destination);
	get_code(&g, out->currency, sizeof out->currency);
	for (size_t i = 0; i < countof(counts); i++)
		*counts[i] = mn_get_u32(&g);
	for (size_t i = 0; i < countof(values); i++)
		*values[i] = mn_get_i64(&g);
	out->rid = mn_get_u64(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged fee row");
}

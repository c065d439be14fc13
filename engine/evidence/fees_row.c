/* Sorted fee rows in their packed form. */
#include "manumit/model/codec.h"

#include "fees.h"

void
mn_fee_row_put(struct mn_buf *b, const struct mn_fee_row *r)
{
	const struct mn_fee_line *l = &r->line;
	const int64_t numbers[] = {l->amount_e4, l->back_e4, l->wage_e4, l->actual_e4,
	    l->principal_e4, l->apr_q16, l->contract_months};
	const char *const codes[] = {
	    l->currency, l->wage_currency, l->origin, l->destination};
	const struct mn_str texts[] = {
	    r->recruiter, r->recruiter_country, r->agents, r->source_class, r->root};
	mn_put_u64(b, l->rid);
	for (size_t i = 0; i < countof(numbers); i++)
		mn_put_i64(b, numbers[i]);
	mn_put_u32(b, (uint32_t)l->paid_day);
	mn_put_u32(b, (uint32_t)l->back_day);
	mn_put_u32(b, (uint32_t)l->category);
	mn_put_u8(b, l->borne);
	mn_put_u8(b, l->payer_unknown);
	mn_put_u8(b, (uint8_t)l->receipt);
	mn_put_u8(b, (uint8_t)l->may_leave);
	mn_put_u32(b, r->workers);
	mn_put_u32(b, r->match_q16);
	mn_put_u8(b, r->named_worker);
	for (size_t i = 0; i < countof(codes); i++)
		mn_put_str(b, mn_str_c(codes[i]));
	for (size_t i = 0; i < countof(texts); i++)
		mn_put_str(b, texts[i]);
}

static void
get_code(struct mn_get *g, char *to, size_t size)
{
	struct mn_str s = mn_get_str(g);
	memset(to, 0, size);
	if (s.n && s.n < size)
		memcpy(to, s.p, s.n);
}

struct mn_fee_row
mn_fee_row_get(struct mn_str value)
{
	struct mn_get g = mn_get(value);
	struct mn_fee_row r = {.line = {.rid = mn_get_u64(&g)}};
	struct mn_fee_line *l = &r.line;
	int64_t *const numbers[] = {&l->amount_e4, &l->back_e4, &l->wage_e4,
	    &l->actual_e4, &l->principal_e4, &l->apr_q16, &l->contract_months};
	struct mn_str *const texts[] = {
	    &r.recruiter, &r.recruiter_country, &r.agents, &r.source_class, &r.root};
	for (size_t i = 0; i < countof(numbers); i++)
		*numbers[i] = mn_get_i64(&g);
	l->paid_day = (int32_t)mn_get_u32(&g);
	l->back_day = (int32_t)mn_get_u32(&g);
	l->category = (int32_t)mn_get_u32(&g);
	l->borne = mn_get_u8(&g);
	l->payer_unknown = mn_get_u8(&g);
	l->receipt = (int8_t)mn_get_u8(&g);
	l->may_leave = (int8_t)mn_get_u8(&g);
	r.workers = mn_get_u32(&g);
	r.match_q16 = mn_get_u32(&g);
	r.named_worker = mn_get_u8(&g);
	get_code(&g, l->currency, sizeof l->currency);
	get_code(&g, l->wage_currency, sizeof l->wage_currency);
	get_code(&g, l->origin, sizeof l->origin);
	get_code(&g, l->destination, sizeof l->destination);
	for (size_t i = 0; i < countof(texts); i++)
		*texts[i] = mn_get_str(&g);
	return r;
}

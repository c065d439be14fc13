/* National caps: which of them a payment falls under, and whether it keeps them. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/fees.h"

enum { APPLIES_NOT, APPLIES, APPLIES_PERHAPS };

static bool
has(const struct mn_strs *list, struct mn_str code)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (mn_str_eq(list->v[i], code))
			return true;
	return false;
}

static bool
of_corridor(const struct mn_p_fee_cap *c, const struct mn_fee_line *l)
{
	bool origin = mn_str_eq(c->side, MN_S("origin"));
	struct mn_str here = mn_str_c(origin ? l->origin : l->destination);
	struct mn_str there = mn_str_c(origin ? l->destination : l->origin);
	return mn_str_eq(c->country, here) &&
	       (c->other.n == 0 || mn_str_eq(c->other, there));
}

/* Rules that ended on a day nobody knows, or were only proposed, bind nobody. A payment
 * without a day may have been made before or after a rule that has one. */
static int
on_day(const struct mn_p_fee_cap *c, int32_t day)
{
	int32_t from = MN_DAY_NONE, to = MN_DAY_NONE;
	bool begins = mn_day_parse_iso(c->from, &from),
	     ends = mn_day_parse_iso(c->to, &to);
	if (mn_str_eq(c->state, MN_S("proposed")) ||
	    (mn_str_eq(c->state, MN_S("superseded")) && !ends))
		return APPLIES_NOT;
	if (day == MN_DAY_NONE)
		return begins || ends ? APPLIES_PERHAPS : APPLIES;
	return (begins && day < from) || (ends && day > to) ? APPLIES_NOT : APPLIES;
}

/* Does the cap count payments of this kind? */
static int
of_kind(const struct mn_pack *p, const struct mn_p_fee_cap *c, int32_t category)
{
	if (category < 0)
		return c->includes.n || c->excludes.n ? APPLIES_PERHAPS : APPLIES;
	struct mn_str code = p->fee_category[category].code;
	if (has(&c->excludes, code) ||
	    mn_str_eq(p->fee_category[category].class, MN_S("finance")))
		return APPLIES_NOT;
	return c->includes.n == 0 || has(&c->includes, code) ? APPLIES : APPLIES_NOT;
}

static int
applies(
    const struct mn_pack *p, const struct mn_p_fee_cap *c, const struct mn_fee_line *l)
{
	if (!l->borne || l->amount_e4 <= 0 || !of_corridor(c, l))
		return APPLIES_NOT;
	int day = on_day(c, l->paid_day), kind = of_kind(p, c, l->category);
	if (day == APPLIES_NOT || kind == APPLIES_NOT)
		return APPLIES_NOT;
	return day == APPLIES_PERHAPS || kind == APPLIES_PERHAPS ? APPLIES_PERHAPS
								 : APPLIES;
}

struct sum {
	const struct mn_pack *p;
	const struct mn_rates *rates;
	const struct mn_fee_worker *w;
	int32_t days;
};

/* What the cap allows in all, in *currency; false: not said in money or months. */
static bool
allowed(const struct sum *x, const struct mn_p_fee_cap *c, int64_t *e4, char currency[4])
{
	__int128 v = (__int128)c->value_q16 * 10000 / MN_FX_ONE;
	memset(currency, 0, 4);
	if (c->only.n)
		return false;
	if (mn_str_eq(c->basis, MN_S("amount")) && c->currency.n == 3) {
		memcpy(currency, c->currency.p, 3);
	} else if (mn_str_eq(c->basis, MN_S("months_wage")) && x->w->wage_e4 > 0) {
		v = (__int128)c->value_q16 * x->w->wage_e4 / MN_FX_ONE;
		memcpy(currency, x->w->currency, 4);
	} else {
		return false;
	}
	*e4 = v > INT64_MAX ? INT64_MAX : (int64_t)v;
	return true;
}

/* Everything under the cap together: more than it allows is a breach even when a part
 * cannot be compared. */
static enum mn_cap_verdict
judge(const struct sum *x, const struct mn_p_fee_cap *c, const struct mn_fee_line *line,
    size_t n)
{
	int64_t most = 0, sum = 0, one;
	char currency[4];
	bool known = allowed(x, c, &most, currency), whole = known;
	for (size_t i = 0; i < n && known; i++) {
		int a = applies(x->p, c, &line[i]);
		if (a == APPLIES_NOT)
			continue;
		/* Where nothing is allowed, anything is too much in any currency. */
		one = line[i].amount_e4;
		if (a == APPLIES &&
		    (most == 0 ||
			mn_rates_convert(x->rates, line[i].amount_e4, line[i].currency,
			    currency, line[i].paid_day, x->days, &one))) {
			if (__builtin_add_overflow(sum, one, &sum))
				sum = INT64_MAX;
		} else {
			whole = false;
		}
	}
	if (known && sum > most)
		return MN_CAP_BREACH;
	return whole ? MN_CAP_WITHIN : MN_CAP_UNKNOWN;
}

static bool
is_cap(const struct mn_p_fee_cap *c, const struct mn_fee_line *l)
{
	return l->receipt == 1 && c->value_q16 > 0 && c->only.n == 0 &&
	       mn_str_eq(c->basis, MN_S("amount")) &&
	       mn_str_eq(c->currency, mn_str_c(l->currency)) &&
	       (__int128)l->amount_e4 * MN_FX_ONE == (__int128)c->value_q16 * 10000;
}

/* Rules of one country on one side are alternatives (by job, by way of hiring): a payment
 * breaks the law for sure when it breaks all that could be meant. The two countries of a
 * corridor both bind. */
static enum mn_cap_verdict
together(const struct mn_pack *p, const uint8_t *verdict, uint32_t caps,
    const struct mn_fee_line *l)
{
	enum mn_cap_verdict out = MN_CAP_NONE;
	static const struct mn_str SIDE[] = {MN_S("origin"), MN_S("destination")};
	for (size_t s = 0; s < countof(SIDE); s++) {
		unsigned n = 0, breaches = 0, within = 0;
		for (uint32_t i = 0; i < caps; i++) {
			const struct mn_p_fee_cap *c = &p->fee_cap[i];
			int a =
			    mn_str_eq(c->side, SIDE[s]) ? applies(p, c, l) : APPLIES_NOT;
			if (a == APPLIES_NOT)
				continue;
			n++;
			breaches += a == APPLIES && verdict[i] == MN_CAP_BREACH;
			within += a == APPLIES && verdict[i] == MN_CAP_WITHIN;
		}
		enum mn_cap_verdict side = n == 0          ? MN_CAP_NONE
					   : breaches == n ? MN_CAP_BREACH
					   : within == n   ? MN_CAP_WITHIN
							   : MN_CAP_UNKNOWN;
		out = side > out ? side : out;
	}
	return out;
}

void
mn_fee_caps(const struct mn_pack *p, const struct mn_rates *rates,
    const struct mn_fee_worker *w, struct mn_fee_line *line, size_t n)
{
	const struct sum x = {
	    p, rates, w, (int32_t)(mn_fee_constant(p, "rate_days") >> 16)};
	uint8_t verdict[MN_MAX_FEE_CAPS];
	bool met[MN_MAX_FEE_CAPS] = {false};
	uint32_t caps = p->n_fee_cap < MN_MAX_FEE_CAPS ? p->n_fee_cap : MN_MAX_FEE_CAPS;
	for (uint32_t c = 0; c < caps; c++) {
		for (size_t i = 0; i < n; i++) {
			bool on = applies(p, &p->fee_cap[c], &line[i]) != APPLIES_NOT;
			met[c] = met[c] || on;
			line[i].at_cap =
			    line[i].at_cap || (on && is_cap(&p->fee_cap[c], &line[i]));
		}
		verdict[c] =
		    met[c] ? (uint8_t)judge(&x, &p->fee_cap[c], line, n) : MN_CAP_NONE;
	}
	for (size_t i = 0; i < n; i++)
		line[i].cap = (uint8_t)together(p, verdict, caps, &line[i]);
}

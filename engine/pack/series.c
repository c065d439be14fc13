/*
 * Series of countries. They are one channel: weights that make one, bounds of the
 * channel, and no two that tell the same twice. How two go together is computed in
 * integers, so that every machine prints the same number.
 */
#include "manumit/base/fx.h"

#include "pack_impl.h"

/* Values are compared to 1/4096, so that sums of squares of all countries fit. */
#define BITS 4
/* Weights are given as decimals: a third and its like leave a little. */
#define WEIGHT_SLACK 64

static bool
fail_row(const struct mn_pbuild *b, enum mn_code code, unsigned section, uint32_t row,
    const char *key, const char *what, struct mn_err *err)
{
	struct mn_pplace at = mn_pplace_of(b, section, row, key);
	return mn_pfail(err, code, &at, "%s", what);
}

/* ---- how two series go together ---- */

static int64_t
root(int64_t v)
{
	int64_t r = 0;
	for (int64_t bit = INT64_C(1) << 30; bit > 0; bit >>= 1)
		if ((r + bit) * (r + bit) <= v)
			r += bit;
	return r;
}

/* Values of both series by country: alpha-2 as a number leads to its place. */
#define PLACES (26 * 26)

static int
place_of(struct mn_str alpha2)
{
	return (alpha2.p[0] - 'A') * 26 + (alpha2.p[1] - 'A');
}

static void
spread(const struct mn_pack *p, uint32_t series, int32_t *value)
{
	for (int i = 0; i < PLACES; i++)
		value[i] = -1;
	for (uint32_t i = 0; i < p->n_country; i++)
		if (mn_str_eq(p->country[i].series, p->country_series[series].code))
			value[place_of(p->country[i].code)] =
			    (int32_t)(p->country[i].value_q16 >> BITS);
}

static struct mn_series_pair
pair_of(const struct mn_pack *p, uint32_t a, uint32_t b)
{
	struct mn_series_pair out = {.a = a, .b = b};
	int32_t x[PLACES], y[PLACES];
	int64_t n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
	spread(p, a, x);
	spread(p, b, y);
	for (int i = 0; i < PLACES; i++) {
		if (x[i] < 0 || y[i] < 0)
			continue;
		n++;
		sx += x[i];
		sy += y[i];
		sxx += (int64_t)x[i] * x[i];
		syy += (int64_t)y[i] * y[i];
		sxy += (int64_t)x[i] * y[i];
	}
	int64_t deviation = root(n * sxx - sx * sx) * root(n * syy - sy * sy);
	out.n = (uint32_t)n;
	out.known = n >= MN_SERIES_COMMON && deviation > 0;
	if (out.known)
		out.r_q16 = (n * sxy - sx * sy) * MN_FX_ONE / deviation;
	return out;
}

uint32_t
mn_pack_series_pairs(const struct mn_pack *p, struct mn_series_pair *out, uint32_t max)
{
	uint32_t n = 0;
	for (uint32_t a = 0; a < p->n_country_series; a++)
		for (uint32_t b = a + 1; b < p->n_country_series && n < max; b++)
			out[n++] = pair_of(p, a, b);
	return n;
}

/* ---- rules ---- */

static bool
check_pairs(const struct mn_pbuild *b, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	int64_t most = mn_pack_context_rule(p, MN_S("series_refuse_r"));
	struct mn_series_pair pair[MN_MAX_SERIES * MN_MAX_SERIES];
	uint32_t n = mn_pack_series_pairs(p, pair, countof(pair));
	for (uint32_t i = 0; most > 0 && i < n; i++) {
		int64_t r = pair[i].r_q16 < 0 ? -pair[i].r_q16 : pair[i].r_q16;
		if (!pair[i].known || r <= most)
			continue;
		char is[32], may[32];
		struct mn_pplace at =
		    mn_pplace_of(b, MN_PSEC_country_series, pair[i].b, "code");
		return mn_pfail(err, MN_E_PACK_RANGE, &at,
		    "\"%.*s\" tells what \"%.*s\" tells: |r| %.*s over %u countries, at "
		    "most %.*s (series_refuse_r); leave one of them out",
		    MN_FMT(p->country_series[pair[i].b].code),
		    MN_FMT(p->country_series[pair[i].a].code),
		    MN_FMT(mn_fx_print(r, 3, is)), pair[i].n,
		    MN_FMT(mn_fx_print(most, 3, may)));
	}
	return true;
}

static bool
check_ends(const struct mn_pbuild *b, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	int64_t lo = 0, hi = 0, weight = 0;
	for (uint32_t i = 0; i < p->n_country_series; i++) {
		const struct mn_p_country_series *s = &p->country_series[i];
		if (s->lo_q16 > s->mid_q16 || s->mid_q16 > s->hi_q16)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_country_series, i,
			    "mid", "lo <= mid <= hi does not hold", err);
		weight += s->weight_q16;
		lo += mn_fx_mul(s->weight_q16, s->lo_q16);
		hi += mn_fx_mul(s->weight_q16, s->hi_q16);
	}
	uint32_t last = p->n_country_series - 1;
	if (weight < MN_FX_ONE - WEIGHT_SLACK || weight > MN_FX_ONE + WEIGHT_SLACK)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_country_series, last,
		    "weight", "the weights of all series together do not make 1", err);
	if (p->n_channel == MN_CHANNELS && (lo + WEIGHT_SLACK < p->channel[0].lo_q16 ||
					       hi - WEIGHT_SLACK > p->channel[0].hi_q16))
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_country_series, last, "lo",
		    "lo and hi of all series together reach beyond those of channel "
		    "country",
		    err);
	return true;
}

/* Making a series unknown for a country must never narrow the interval. */
static bool
check_country(const struct mn_pbuild *b, uint32_t i, struct mn_err *err)
{
	const struct mn_p_country *c = &b->p.country[i];
	for (uint32_t k = 0; k < b->p.n_country_series; k++) {
		const struct mn_p_country_series *s = &b->p.country_series[k];
		if (!mn_str_eq(s->code, c->series))
			continue;
		if (c->value_q16 >= s->lo_q16 && c->value_q16 <= s->hi_q16)
			return true;
		char v[32], lo[32], hi[32];
		struct mn_pplace at = mn_pplace_of(b, MN_PSEC_country, i, "value");
		return mn_pfail(err, MN_E_PACK_RANGE, &at,
		    "%.*s is not within lo %.*s and hi %.*s of series %.*s",
		    MN_FMT(mn_fx_print(c->value_q16, 4, v)),
		    MN_FMT(mn_fx_print(s->lo_q16, 4, lo)),
		    MN_FMT(mn_fx_print(s->hi_q16, 4, hi)), MN_FMT(s->code));
	}
	return true;
}

bool
mn_pseries_check(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	if (p->n_country_series == 0)
		return true;
	if (p->n_country_series > MN_MAX_SERIES)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_country_series, MN_MAX_SERIES,
		    NULL, "more than 8 series of countries", err);
	for (uint32_t i = 0; i < p->n_country; i++)
		if (!check_country(b, i, err))
			return false;
	return !whole || (check_ends(b, err) && check_pairs(b, err));
}
_Static_assert(MN_MAX_SERIES == 8, "a message above names the number");

bool
mn_pseries_alone(const struct mn_pbuild *b, uint32_t file, struct mn_err *err)
{
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		uint32_t n;
		mn_prows(&b->p, s, &n);
		if (s == MN_PSEC_country_series || s == MN_PSEC_country || n == 0)
			continue;
		const struct mn_prov *last = mn_prow(&b->p, s, n - 1);
		if (last->pack == file)
			return mn_fail(err, MN_E_PACK_KEY,
			    "%.*s: a pack with country_series holds nothing else, so "
			    "that another can take its place; put \"%s\" into a file of "
			    "its own",
			    MN_FMT(b->path[file]), mn_psection(s)->key);
	}
	return true;
}

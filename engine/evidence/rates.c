/* Dated exchange rates. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/evidence/rates.h"

#define SCALE 1000000000 /* rates keep nine decimals: 1 IDR is 0.000061 USD */

struct mn_rate {
	uint64_t key;    /* base, quote, day: see key_of */
	int64_t rate_e9; /* quote for one base; 0: two tables disagree */
};

struct mn_rates
mn_rates_new(void)
{
	return (struct mn_rates){.rows = mn_buf_new(MN_MAX_RATES_BYTES)};
}

void
mn_rates_free(struct mn_rates *r)
{
	mn_buf_free(&r->rows);
	r->n = 0;
}

static const struct mn_rate *
rows(const struct mn_rates *r)
{
	return (const struct mn_rate *)(const void *)r->rows.p;
}

/* Three letters as 15 bits, 0: no code. */
static uint64_t
code_of(const char *s)
{
	uint64_t v = 0;
	for (int i = 0; i < 3; i++) {
		if (s[i] < 'A' || s[i] > 'Z')
			return 0;
		v = v << 5 | (uint64_t)(s[i] - 'A' + 1);
	}
	return s[3] ? 0 : v;
}

/* Rates of one pair stand together, by day. */
static uint64_t
key_of(uint64_t base, uint64_t quote, int32_t day)
{
	return base << 47 | quote << 32 | ((uint32_t)day ^ 0x80000000u);
}

static uint64_t
code_in(const struct mn_record *rec, enum mn_field f)
{
	char text[4] = "";
	if (rec->v[f].n != 3)
		return 0;
	memcpy(text, rec->v[f].p, 3);
	return code_of(text);
}

bool
mn_rates_add(struct mn_rates *r, const struct mn_record *rec)
{
	struct mn_rate one = {0};
	int32_t day;
	uint64_t base = code_in(rec, MN_F_RATE_BASE), quote = code_in(rec, MN_F_CURRENCY);
	if (!base || !quote || base == quote || !mn_record_day(rec, MN_F_DATE, &day) ||
	    !mn_str_decimal(rec->v[MN_F_RATE], 9, &one.rate_e9) || one.rate_e9 <= 0)
		return false;
	one.key = key_of(base, quote, day);
	mn_buf_add(&r->rows, mn_str((const char *)&one, sizeof one));
	return !r->rows.failed;
}

static int
by_key(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_rate *a = pa, *b = pb;
	(void)ctx;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->rate_e9 > b->rate_e9) - (a->rate_e9 < b->rate_e9);
}

bool
mn_rates_finish(struct mn_rates *r, struct mn_err *err)
{
	size_t n = r->rows.n / sizeof(struct mn_rate), kept = 0;
	struct mn_rate *v = (struct mn_rate *)(void *)r->rows.p;
	if (r->rows.failed)
		return mn_fail(err, MN_E_DATA,
		    "the tables of exchange rates are larger than is read here: give "
		    "those of "
		    "the years and currencies in question");
	struct mn_arena scratch = mn_arena_new(n * sizeof *v + ((size_t)1 << 20), NULL);
	if (n)
		mn_sort(v, n, sizeof *v, by_key, NULL, scratch);
	mn_arena_free(scratch);
	for (size_t i = 0; i < n; i++) {
		if (kept && v[kept - 1].key == v[i].key) {
			if (v[kept - 1].rate_e9 != v[i].rate_e9)
				v[kept - 1].rate_e9 = 0;
			continue;
		}
		v[kept++] = v[i];
	}
	r->n = kept;
	return true;
}

/* Index of the first row with a key above `key`. */
static size_t
above(const struct mn_rates *r, uint64_t key)
{
	size_t lo = 0, hi = r->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (rows(r)[mid].key <= key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The rate of the day or of the nearest day before, 0: none. */
static int64_t
find(const struct mn_rates *r, uint64_t base, uint64_t quote, int32_t day, int32_t max)
{
	size_t at = above(r, key_of(base, quote, day));
	while (at-- > 0 && rows(r)[at].key >= key_of(base, quote, day - max))
		if (rows(r)[at].rate_e9)
			return rows(r)[at].rate_e9;
	return 0;
}

static bool
times(int64_t e4, int64_t num, int64_t den, int64_t *out)
{
	__int128 v = (__int128)e4 * num;
	v = (v < 0 ? v - den / 2 : v + den / 2) / den;
	*out = (int64_t)v;
	return den > 0 && v <= INT64_MAX && v >= -INT64_MAX;
}

/* By way of a base that has both; the first in the order of codes. */
static bool
cross(const struct mn_rates *r, int64_t e4, uint64_t from, uint64_t to, int32_t day,
    int32_t max, int64_t *out)
{
	for (size_t at = 0; at < r->n;) {
		uint64_t base = rows(r)[at].key >> 47;
		int64_t a = find(r, base, from, day, max);
		int64_t b = a ? find(r, base, to, day, max) : 0;
		if (b)
			return times(e4, b, a, out);
		at = above(r, key_of(base, 0x7fff, INT32_MAX));
	}
	return false;
}

bool
mn_rates_convert(const struct mn_rates *r, int64_t e4, const char *from, const char *to,
    int32_t day, int32_t max_days, int64_t *out_e4)
{
	uint64_t f = code_of(from), t = code_of(to);
	int64_t rate;
	*out_e4 = e4;
	if (f && f == t)
		return true;
	if (!f || !t || !r || r->n == 0 || day == MN_DAY_NONE)
		return false;
	if ((rate = find(r, f, t, day, max_days)) > 0)
		return times(e4, rate, SCALE, out_e4);
	if ((rate = find(r, t, f, day, max_days)) > 0)
		return times(e4, SCALE, rate, out_e4);
	return cross(r, e4, f, t, day, max_days, out_e4);
}

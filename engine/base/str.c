/* Borrowed byte strings. */
#include "manumit/base/str.h"

static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool
mn_str_eq_ascii(struct mn_str a, struct mn_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int
mn_str_cmp(struct mn_str a, struct mn_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool
mn_str_starts(struct mn_str s, struct mn_str prefix)
{
	return s.n >= prefix.n && mn_str_eq(mn_str(s.p, prefix.n), prefix);
}

bool
mn_str_ends(struct mn_str s, struct mn_str suffix)
{
	return s.n >= suffix.n &&
	       mn_str_eq(mn_str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

size_t
mn_str_find(struct mn_str s, struct mn_str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return SIZE_MAX;
	const char *at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

/* Blanks longer than a byte, as people paste them: U+00A0, U+3000, U+FEFF. */
static const struct mn_str WIDE_BLANKS[] = {
    {"\xc2\xa0", 2}, {"\xe3\x80\x80", 3}, {"\xef\xbb\xbf", 3}};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t
blank_at(struct mn_str s, bool end)
{
	if (s.n == 0)
		return 0;
	if (is_blank(end ? s.p[s.n - 1] : s.p[0]))
		return 1;
	for (size_t i = 0; i < countof(WIDE_BLANKS); i++)
		if (end ? mn_str_ends(s, WIDE_BLANKS[i])
			: mn_str_starts(s, WIDE_BLANKS[i]))
			return WIDE_BLANKS[i].n;
	return 0;
}

struct mn_str
mn_str_trim_slowly(struct mn_str s)
{
	for (size_t n; (n = blank_at(s, false)) > 0;)
		s = mn_str(s.p + n, s.n - n);
	for (size_t n; (n = blank_at(s, true)) > 0;)
		s.n -= n;
	return s;
}

struct mn_str
mn_str_cut(struct mn_str *rest, char c)
{
	struct mn_str all = *rest;
	size_t at = mn_str_find_byte(all, c);
	if (at == SIZE_MAX) {
		*rest = MN_STR_NONE;
		return all;
	}
	*rest = mn_str(all.p + at + 1, all.n - at - 1);
	return mn_str(all.p, at);
}

bool
mn_str_u64(struct mn_str s, uint64_t *out)
{
	uint64_t v = 0;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned d = (unsigned)(unsigned char)s.p[i] - '0';
		if (d > 9 || __builtin_mul_overflow(v, 10u, &v) ||
		    __builtin_add_overflow(v, d, &v))
			return false;
	}
	*out = v;
	return true;
}

bool
mn_str_i64(struct mn_str s, int64_t *out)
{
	uint64_t v;
	bool minus = s.n && s.p[0] == '-';
	if (!mn_str_u64(mn_str_sub(s, minus, s.n), &v) || v > (uint64_t)INT64_MAX + minus)
		return false;
	*out = minus ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

bool
mn_str_decimal(struct mn_str s, unsigned digits, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	struct mn_str frac = mn_str_sub(s, minus, s.n), whole = mn_str_cut(&frac, '.');
	bool up = false;
	int64_t v = 0;
	if ((whole.n == 0 && frac.n == 0) || (frac.p && frac.n == 0 && whole.n == 0))
		return false;
	for (size_t i = 0; i < whole.n + frac.n || i < whole.n + digits; i++) {
		int d = 0;
		if (i < whole.n)
			d = whole.p[i] - '0';
		else if (i - whole.n < frac.n)
			d = frac.p[i - whole.n] - '0';
		if (d < 0 || d > 9)
			return false;
		if (i >= whole.n + digits) {
			up = up || (i == whole.n + digits && d >= 5);
			continue;
		}
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, d, &v))
			return false;
	}
	if (up && __builtin_add_overflow(v, 1, &v))
		return false;
	*out = minus ? -v : v;
	return true;
}

#define DISTANCE_MAX 64

unsigned
mn_str_distance(struct mn_str a, struct mn_str b)
{
	unsigned row[3][DISTANCE_MAX + 1];
	if (a.n > DISTANCE_MAX || b.n > DISTANCE_MAX)
		return (unsigned)((a.n > b.n ? a.n - b.n : b.n - a.n) + 1);
	for (unsigned j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned *cur = row[i % 3], *one = row[(i + 2) % 3],
			 *two = row[(i + 1) % 3];
		cur[0] = i;
		for (unsigned j = 1; j <= b.n; j++) {
			unsigned same = a.p[i - 1] != b.p[j - 1], v = one[j - 1] + same;
			v = one[j] + 1 < v ? one[j] + 1 : v;
			v = cur[j - 1] + 1 < v ? cur[j - 1] + 1 : v;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] && two[j - 2] + 1 < v)
				v = two[j - 2] + 1;
			cur[j] = v;
		}
	}
	return row[a.n % 3][b.n];
}

int
mn_str_nearest(struct mn_str s, const struct mn_str *candidates, size_t n)
{
	unsigned best = (unsigned)(2 + s.n / 3);
	int at = -1;
	for (size_t i = 0; i < n; i++) {
		unsigned d = mn_str_distance(s, candidates[i]);
		if (d < best) {
			best = d;
			at = (int)i;
		}
	}
	return at;
}

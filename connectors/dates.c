/* Dates as people write them. What could be two days is no day. */
#include "manumit/base/clock.h"

#include "cell.h"

/* Three numbers and the separator between them; anything behind a blank or 'T' is a time
 * of day. */
static bool
three(struct mn_str s, uint64_t v[3], size_t width[3], char *sep)
{
	size_t part = 0, from = 0;
	for (size_t i = 0; i <= s.n && part < 3; i++) {
		bool end = i == s.n || s.p[i] < '0' || s.p[i] > '9';
		if (!end)
			continue;
		if (!mn_str_u64(mn_str_sub(s, from, i - from), &v[part]))
			return false;
		width[part++] = i - from;
		if (part == 3)
			return i == s.n || s.p[i] == ' ' || s.p[i] == 'T';
		if (i == s.n || (s.p[i] != '-' && s.p[i] != '/' && s.p[i] != '.'))
			return false;
		if (part == 1)
			*sep = s.p[i];
		else if (s.p[i] != *sep)
			return false;
		from = i + 1;
	}
	return false;
}

/* A two-digit year is not guessed. */
static int32_t
day(uint64_t y, size_t y_width, uint64_t m, uint64_t d)
{
	return y_width == 4 && m < 100 && d < 100 ? mn_day_from((int)y, (int)m, (int)d)
						  : MN_DAY_NONE;
}

int32_t
mn_cell_day(struct mn_str s, enum mn_date_order order, bool *ambiguous)
{
	uint64_t v[3];
	size_t w[3];
	char sep = 0;
	*ambiguous = false;
	if (!three(s, v, w, &sep))
		return MN_DAY_NONE;
	if (w[0] == 4)
		return day(v[0], w[0], v[1], v[2]);
	if (sep == '.' && order == MN_ORDER_UNKNOWN)
		order = MN_ORDER_DMY;
	if (order == MN_ORDER_DMY)
		return day(v[2], w[2], v[1], v[0]);
	if (order == MN_ORDER_MDY)
		return day(v[2], w[2], v[0], v[1]);
	if (v[0] > 12)
		return day(v[2], w[2], v[1], v[0]);
	if (v[1] > 12)
		return day(v[2], w[2], v[0], v[1]);
	*ambiguous = v[0] != v[1];
	return *ambiguous ? MN_DAY_NONE : day(v[2], w[2], v[0], v[1]);
}

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

int32_t
mn_cell_day_of(uint64_t y, uint64_t m, uint64_t d)
{
	/* The end of 2500 stands for "never" now and then. */
	bool buddhist = y >= 2456 && y <= 2600 && !(y == 2500 && m == 12 && d == 31);
	if (y > 9999 || m > 99 || d > 99)
		return MN_DAY_NONE;
	return mn_day_from((int)y - (buddhist ? 543 : 0), (int)m, (int)d);
}

/* A two-digit year is not guessed. */
static int32_t
day(uint64_t y, size_t y_width, uint64_t m, uint64_t d)
{
	return y_width == 4 ? mn_cell_day_of(y, m, d) : MN_DAY_NONE;
}

static int
month(struct mn_str word)
{
	static const struct mn_str MONTHS[] = {MN_S("january"), MN_S("february"),
	    MN_S("march"), MN_S("april"), MN_S("may"), MN_S("june"), MN_S("july"),
	    MN_S("august"), MN_S("september"), MN_S("october"), MN_S("november"),
	    MN_S("december")};
	bool sept = mn_str_eq_ascii(word, MN_S("sept"));
	for (size_t i = 0; i < countof(MONTHS); i++)
		if (mn_str_eq_ascii(word, MONTHS[i]) || (sept && i == 8) ||
		    mn_str_eq_ascii(word, mn_str_sub(MONTHS[i], 0, 3)))
			return (int)i + 1;
	return 0;
}

/* "June 21, 2022", "21 June 2022", "21-Jun-2022": a month in English words leaves no
 * doubt which number is the day. */
static int32_t
with_words(struct mn_str s)
{
	struct mn_str part[3];
	uint64_t y, d;
	size_t n = 0;
	for (size_t i = 0, from = 0; i <= s.n; i++) {
		if (i < s.n && !strchr(" ,-.", s.p[i]))
			continue;
		if (i > from && n == countof(part))
			return MN_DAY_NONE;
		if (i > from)
			part[n++] = mn_str_sub(s, from, i - from);
		from = i + 1;
	}
	if (n != 3 || !mn_str_u64(part[2], &y))
		return MN_DAY_NONE;
	int word = month(part[0]);
	struct mn_str number = word ? part[1] : part[0];
	word = word ? word : month(part[1]);
	return word && mn_str_u64(number, &d) ? day(y, part[2].n, (uint64_t)word, d)
					      : MN_DAY_NONE;
}

/* 20240229: only where the layout says that its days begin with the year, for elsewhere
 * eight digits are a number. */
static int32_t
packed(struct mn_str s)
{
	uint64_t n;
	if (s.n != 8 || !mn_str_u64(s, &n))
		return MN_DAY_NONE;
	return day(n / 10000, 4, n / 100 % 100, n % 100);
}

int32_t
mn_cell_serial(struct mn_str s)
{
	uint64_t n;
	size_t dot = mn_str_find_byte(s, '.');
	/* The part behind the point is the time of day. */
	struct mn_str whole = dot == SIZE_MAX ? s : mn_str_sub(s, 0, dot);
	if (whole.n != 5 || !mn_str_u64(whole, &n) || n < 20000 || n > 60000)
		return MN_DAY_NONE;
	for (size_t i = dot; dot != SIZE_MAX && ++i < s.n;)
		if (s.p[i] < '0' || s.p[i] > '9')
			return MN_DAY_NONE;
	return mn_day_from(1899, 12, 30) + (int32_t)n;
}

enum mn_date_shape
mn_cell_date_shape(struct mn_str s)
{
	bool ambiguous;
	uint64_t v[3];
	size_t w[3];
	char sep = 0, room[MN_PLAIN_DATE];
	s = mn_cell_plain_date(s, room);
	if (mn_cell_serial(s) != MN_DAY_NONE)
		return MN_SHAPE_SERIAL;
	if (packed(s) != MN_DAY_NONE && (s.p[0] == '1' || s.p[0] == '2'))
		return MN_SHAPE_PACKED;
	if (!three(s, v, w, &sep) || w[0] == 4 || sep == '.')
		return mn_cell_day(s, MN_ORDER_UNKNOWN, &ambiguous) != MN_DAY_NONE
			   ? MN_SHAPE_SURE
			   : MN_SHAPE_NONE;
	bool dmy = day(v[2], w[2], v[1], v[0]) != MN_DAY_NONE;
	bool mdy = day(v[2], w[2], v[0], v[1]) != MN_DAY_NONE;
	return dmy && mdy ? (v[0] == v[1] ? MN_SHAPE_SURE : MN_SHAPE_EITHER)
	       : dmy      ? MN_SHAPE_DMY
	       : mdy      ? MN_SHAPE_MDY
			  : MN_SHAPE_NONE;
}

int32_t
mn_cell_day(struct mn_str s, enum mn_date_order order, bool *ambiguous)
{
	uint64_t v[3];
	size_t w[3];
	char sep = 0, room[MN_PLAIN_DATE];
	*ambiguous = false;
	s = mn_cell_plain_date(s, room);
	if (order == MN_ORDER_YMD && s.n == 8 && packed(s) != MN_DAY_NONE)
		return packed(s);
	if (!three(s, v, w, &sep)) {
		int32_t found = with_words(s);
		return found != MN_DAY_NONE ? found : mn_cell_day_in_words(s);
	}
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

int32_t
mn_cell_short_day(struct mn_str s, enum mn_date_order order, int years_from)
{
	uint64_t v[3];
	size_t width[3];
	char sep = 0;
	unsigned y = order == MN_ORDER_YMD ? 0 : 2;
	if (order == MN_ORDER_UNKNOWN || !three(s, v, width, &sep) || width[y] != 2)
		return MN_DAY_NONE;
	int year = years_from - years_from % 100 + (int)v[y];
	if (year < years_from)
		year += 100;
	unsigned m = order == MN_ORDER_DMY || order == MN_ORDER_YMD ? 1 : 0;
	unsigned d = order == MN_ORDER_DMY ? 0 : order == MN_ORDER_MDY ? 1 : 2;
	return day((uint64_t)year, 4, v[m], v[d]);
}

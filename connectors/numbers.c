/*
 * Numbers of cells as text. A workbook stores a number as its nearest binary fraction
 * with up to 17 digits ("0.12000000000000001"); 15 of them mean something. Days are
 * counted, shares are fractions. All of it is done on the digits, so nothing is lost.
 */
#include <stdio.h>

#include "manumit/base/clock.h"

#include "book.h"

#define DIGITS 15 /* that a binary fraction holds */
#define MOST_DIGITS 64
#define MOST_POWER 100 /* beyond, a number is no amount and stays as it is written */

/* digit[0].digit[1]... x 10^power; no leading zero unless it is all there is. */
struct number {
	bool minus;
	char digit[MOST_DIGITS];
	int n, power;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
exponent(struct mn_str s, int *out)
{
	int64_t v;
	if (s.n && s.p[0] == '+')
		s = mn_str_sub(s, 1, s.n);
	if (!mn_str_i64(s, &v) || v < -MOST_POWER || v > MOST_POWER)
		return false;
	*out = (int)v;
	return true;
}

/* Digits past the room are zeros of the value's size: they count, but are not kept. */
static bool
parse(struct mn_str s, struct number *x)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
	bool point = false, any = false;
	int e = 0;
	*x = (struct number){.minus = s.n && s.p[0] == '-', .power = -1};
	for (; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++) {
		char c = s.p[i];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (!is_digit(c) || x->power > MOST_POWER)
			return false;
		any = true;
		if (x->n == 0 && c == '0') {
			x->power -= point;
			continue;
		}
		if (x->n < MOST_DIGITS)
			x->digit[x->n++] = c;
		x->power += !point;
	}
	if (i < s.n && !exponent(mn_str_sub(s, i + 1, s.n), &e))
		return false;
	x->power += e;
	if (x->n == 0) {
		x->digit[x->n++] = '0';
		x->power = 0;
		x->minus = false;
	}
	return any && x->power >= -MOST_POWER && x->power <= MOST_POWER;
}

/* To `keep` digits, half up, without zeros at the end. */
static void
round_to(struct number *x, int keep)
{
	if (x->n > keep) {
		bool up = x->digit[keep] >= '5';
		x->n = keep;
		int i = keep - 1;
		for (; up && i >= 0 && x->digit[i] == '9'; i--)
			x->digit[i] = '0';
		if (up && i >= 0) {
			x->digit[i]++;
		} else if (up) { /* 9.99 became 10.0 */
			x->digit[0] = '1';
			x->power++;
		}
	}
	while (x->n > 1 && x->digit[x->n - 1] == '0')
		x->n--;
}

static struct mn_str
print(const struct number *x, char room[MN_NUMBER_ROOM])
{
	size_t n = 0;
	int before = x->power < 0 ? 0 : x->power + 1; /* digits before the point */
	if (x->minus)
		room[n++] = '-';
	if (before == 0)
		room[n++] = '0';
	for (int i = 0; i < before; i++)
		room[n++] = i < x->n ? x->digit[i] : '0';
	if (before < x->n)
		room[n++] = '.';
	for (int i = -1; i > x->power; i--)
		room[n++] = '0';
	for (int i = before; i < x->n; i++)
		room[n++] = x->digit[i];
	return mn_str(room, n);
}

static bool
whole(struct mn_str s)
{
	size_t i = s.n && s.p[0] == '-', from = i;
	while (i < s.n && is_digit(s.p[i]))
		i++;
	return i == s.n && i > from;
}

/* ---- days and times ---- */

/* Day and second of the day of a count of days, to the nearest second. False: no day of
 * any calendar here. */
static bool
split_days(const struct number *x, int64_t *day, int64_t *second)
{
	int64_t e9 = 0; /* the fraction in 10^-9 days: 0.1 ms */
	*day = 0;
	if (x->minus || x->power > 7)
		return false;
	for (int i = 0, p = x->power; i < x->n && p > -10; i++, p--) {
		int d = x->digit[i] - '0';
		if (p >= 0)
			*day = *day * 10 + d;
		else {
			int64_t weight = 1;
			for (int k = 9 + p; k > 0; k--)
				weight *= 10;
			e9 += d * weight;
		}
	}
	for (int p = x->power - x->n; p >= 0; p--)
		*day *= 10;
	*second = (e9 * 86400 + 500000000) / 1000000000;
	*day += *second / 86400;
	*second %= 86400;
	return true;
}

static struct mn_str
print_clock(int64_t hours, int64_t second, char *to, size_t room)
{
	int n = snprintf(to, room, "%02lld:%02lld:%02lld", (long long)hours,
	    (long long)(second % 3600 / 60), (long long)(second % 60));
	return mn_str(to, (size_t)n);
}

/* Day 60 of the count from 1900 is a 29th of February that never was; it is printed, and
 * read as no day. */
static struct mn_str
print_day(
    int64_t count, int64_t second, bool clock, bool from_1904, char room[MN_NUMBER_ROOM])
{
	int32_t first = from_1904    ? mn_day_from(1904, 1, 1)
			: count < 60 ? mn_day_from(1899, 12, 31)
				     : mn_day_from(1899, 12, 30);
	size_t n = 10;
	if (count == 60 && !from_1904)
		memcpy(room, "1900-02-29", 11);
	else
		n = mn_day_print((int32_t)(first + count), room).n;
	if (!clock || second == 0)
		return mn_str(room, n);
	room[n++] = ' ';
	return mn_str(room, n + print_clock(second / 3600, second, room + n, 32).n);
}

static struct mn_str
days(struct mn_str text, const struct number *x, struct mn_style style, bool from_1904,
    char room[MN_NUMBER_ROOM])
{
	int64_t day, second;
	int64_t last = from_1904 ? 2957003 : 2958465; /* 9999-12-31 */
	if (!split_days(x, &day, &second) || day > last)
		return text;
	if (style.shows == MN_SHOWS_TIME && !style.clock) /* 27 hours are 27:00:00 */
		return print_clock(
		    day * 24 + second / 3600, second, room, MN_NUMBER_ROOM);
	if (day == 0 && !from_1904)
		return print_clock(second / 3600, second, room, MN_NUMBER_ROOM);
	/* A day shown as a time only is still a day; a day shown as one has no time. */
	return print_day(day, second, style.clock, from_1904, room);
}

/* ---- all of it ---- */

static struct mn_str
padded(struct mn_str s, uint8_t width, char room[MN_NUMBER_ROOM])
{
	size_t zeros = s.n < width ? width - s.n : 0;
	memset(room, '0', zeros);
	memcpy(room + zeros, s.p, s.n);
	return mn_str(room, zeros + s.n);
}

struct mn_str
mn_number_text(
    struct mn_str text, struct mn_style style, bool from_1904, char room[MN_NUMBER_ROOM])
{
	struct number x;
	bool plain = style.shows == MN_SHOWS_NUMBER;
	/* Whole numbers keep all their digits: they may be somebody's identifier. */
	if (plain && whole(text) && (text.p[0] != '0' || text.n == 1))
		return style.pad && text.n < MN_NUMBER_ROOM - 32 && text.p[0] != '-'
			   ? padded(text, style.pad, room)
			   : text;
	if (!parse(text, &x))
		return text;
	if (style.shows == MN_SHOWS_DAY || style.shows == MN_SHOWS_TIME)
		return days(text, &x, style, from_1904, room);
	if (style.shows == MN_SHOWS_PERCENT)
		x.power += 2;
	round_to(&x, DIGITS);
	if (x.n == 1 && x.digit[0] == '0')
		x.power = 0;
	struct mn_str out = print(&x, room);
	if (style.shows == MN_SHOWS_PERCENT)
		room[out.n++] = '%';
	return mn_str(room, out.n);
}

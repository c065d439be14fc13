/* Days and the clock: the only file that asks for the time. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "manumit/base/clock.h"

static bool
leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int
days_in_month(int y, int m)
{
	static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return m == 2 && leap(y) ? 29 : DAYS[m - 1];
}

/* Days before the first of January of year y >= 0, counted from year 0. */
static int32_t
days_before_year(int y)
{
	return 365 * y + (y + 3) / 4 - (y + 99) / 100 + (y + 399) / 400;
}

int32_t
mn_day_from(int year, int month, int day)
{
	if (year < 1600 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return MN_DAY_NONE;
	int32_t n = days_before_year(year) - days_before_year(1970) + day - 1;
	for (int m = 1; m < month; m++)
		n += days_in_month(year, m);
	return n;
}

void
mn_day_civil(int32_t day, int *year, int *month, int *mday)
{
	/* The calendar repeats every 400 years, so any int32_t day has a date. */
	int64_t n = (int64_t)day + days_before_year(1970);
	int64_t cycle = n >= 0 ? n / 146097 : -((146096 - n) / 146097);
	n -= cycle * 146097;
	int y = (int)(n / 366);
	while (days_before_year(y + 1) <= n)
		y++;
	int rest = (int)(n - days_before_year(y)), m = 1;
	while (rest >= days_in_month(y, m))
		rest -= days_in_month(y, m++);
	*year = y + (int)cycle * 400;
	*month = m;
	*mday = rest + 1;
}

struct mn_str
mn_day_print(int32_t day, char out[11])
{
	int y, m, d;
	out[0] = 0;
	if (day == MN_DAY_NONE)
		return mn_str(out, 0);
	mn_day_civil(day, &y, &m, &d);
	if (y < 0 || y > 9999)
		return mn_str(out, 0);
	const int part[8] = {
	    y / 1000, y / 100 % 10, y / 10 % 10, y % 10, m / 10, m % 10, d / 10, d % 10};
	for (int i = 0, at = 0; i < 8; i++) {
		out[at++] = (char)('0' + part[i]);
		if (i == 3 || i == 5)
			out[at++] = '-';
	}
	out[10] = 0;
	return mn_str(out, 10);
}

bool
mn_day_parse_iso(struct mn_str s, int32_t *out)
{
	uint64_t y, m, d;
	if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' ||
	    (s.n > 10 && s.p[10] != 'T' && s.p[10] != ' '))
		return false;
	if (!mn_str_u64(mn_str_sub(s, 0, 4), &y) ||
	    !mn_str_u64(mn_str_sub(s, 5, 2), &m) || !mn_str_u64(mn_str_sub(s, 8, 2), &d))
		return false;
	*out = mn_day_from((int)y, (int)m, (int)d);
	return *out != MN_DAY_NONE;
}

struct mn_when
mn_clock_now(void)
{
	int64_t now;
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	/* Beyond the year 9999 it is no date of ours. */
	if (!epoch || !mn_str_i64(mn_str_c(epoch), &now) || now > 253402300799 ||
	    now < -253402300799)
		now = (int64_t)time(NULL);
	int64_t day = now >= 0 ? now / 86400 : -((86399 - now) / 86400);
	return (struct mn_when){(int32_t)day, (uint32_t)(now - day * 86400)};
}

int32_t
mn_day_today(void)
{
	return mn_clock_now().day;
}

struct mn_str
mn_when_print(struct mn_when w, char out[21])
{
	char day[11];
	mn_day_print(w.day, day);
	int n = snprintf(out, 21, "%sT%02u:%02u:%02uZ", day, w.second / 3600 % 24,
	    w.second / 60 % 60, w.second % 60);
	return mn_str(out, n > 0 && n < 21 ? (size_t)n : 0);
}

static uint64_t
clock_us(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

uint64_t
mn_clock_us(void)
{
	return clock_us(CLOCK_MONOTONIC);
}

uint64_t
mn_clock_cpu_us(void)
{
	struct rusage u;
	uint64_t children = 0;
	if (getrusage(RUSAGE_CHILDREN, &u) == 0)
		children = (uint64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 +
			   (uint64_t)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
	return clock_us(CLOCK_PROCESS_CPUTIME_ID) + children;
}

bool
mn_clock_cpu_of(int pid, uint64_t *us)
{
	clockid_t id;
	struct timespec t;
	if (clock_getcpuclockid(pid, &id) != 0 || clock_gettime(id, &t) != 0)
		return false;
	*us = (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
	return true;
}

uint64_t
mn_peak_kib(void)
{
	struct rusage own, child;
	if (getrusage(RUSAGE_SELF, &own) != 0 || getrusage(RUSAGE_CHILDREN, &child) != 0)
		return 0;
	return (
	    uint64_t)(own.ru_maxrss > child.ru_maxrss ? own.ru_maxrss : child.ru_maxrss);
}

uint64_t
mn_anon_kib(void)
{
	char line[256];
	unsigned long long kib = 0;
	FILE *f = fopen("/proc/self/status", "re");
	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "RssAnon: %llu", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib;
}

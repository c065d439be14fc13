/*
 * Days and the clock. A day is a count since 1970-01-01 (proleptic Gregorian, no time
 * zone) in int32_t. The clock is read here only; everything else takes --as-of.
 */
#ifndef MN_BASE_CLOCK_H
#define MN_BASE_CLOCK_H

#include "manumit/base/str.h"

#define MN_DAY_NONE INT32_MIN /* unknown */

/* Days from a civil date; MN_DAY_NONE unless the date exists and 1600 <= year <= 9999. */
int32_t mn_day_from(int year, int month, int day);
void mn_day_civil(int32_t day, int *year, int *month, int *mday);
/* "2026-11-01"; "" for MN_DAY_NONE. out holds 11 bytes. Returns the text. */
struct mn_str mn_day_print(int32_t day, char out[11]);
/* Strict ISO 8601 "YYYY-MM-DD" (anything after a 'T' or a blank is ignored). */
bool mn_day_parse_iso(struct mn_str s, int32_t *out);
/* Today in UTC, or the day of SOURCE_DATE_EPOCH when that is set. */
int32_t mn_day_today(void);
/* A moment in UTC, to the second. */
struct mn_when {
	int32_t day;
	uint32_t second; /* of the day, below 86400 */
};
/* Now, or the moment of SOURCE_DATE_EPOCH when that is set: for the journal. */
struct mn_when mn_clock_now(void);
/* "2026-11-01T09:30:00Z"; out holds 21 bytes. Returns the text. */
struct mn_str mn_when_print(struct mn_when w, char out[21]);
/* Monotonic time, CPU time of the process and its children that ended, in microseconds;
 * peak resident set of it or any of them, in KiB: for metrics only, never in results. */
uint64_t mn_clock_us(void);
uint64_t mn_clock_cpu_us(void);
/* Processor time that a child has used so far; false: it is gone, or not ours. */
bool mn_clock_cpu_of(int pid, uint64_t *us);
uint64_t mn_peak_kib(void);
/* Anonymous resident memory of the process now, in KiB (0 where the system does not say).
 */
uint64_t mn_anon_kib(void);

#endif

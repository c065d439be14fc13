/*
 * Dated exchange rates, as tables of the user say them. Nothing is guessed: an amount is
 * converted by the rate of its day, or of the nearest day before it within a given number
 * of days, straight, inverted, or by way of one base that has both currencies; else it is
 * not converted. Where two tables name two rates for one day, that day has none.
 */
#ifndef MN_EVIDENCE_RATES_H
#define MN_EVIDENCE_RATES_H

#include "manumit/base/buf.h"
#include "manumit/model/record.h"

struct mn_rates {
	struct mn_buf rows; /* struct mn_rate */
	size_t n;           /* after mn_rates_finish */
};

struct mn_rates mn_rates_new(void);
void mn_rates_free(struct mn_rates *r);
/* A row of a table: date, currency, rate, rate_base. False when one of them is missing or
 * is not what it should be. */
bool mn_rates_add(struct mn_rates *r, const struct mn_record *rec);
/* Sorts; afterwards nothing is added. */
bool mn_rates_finish(struct mn_rates *r, struct mn_err *err);
/* e4 of `from` in `to`, by the rates of `day`. r may be NULL: only equal currencies. */
bool mn_rates_convert(const struct mn_rates *r, int64_t e4, const char *from,
    const char *to, int32_t day, int32_t max_days, int64_t *out_e4);

#endif

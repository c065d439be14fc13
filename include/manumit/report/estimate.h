/* What an estimate says, as text for people or as one JSON object. */
#ifndef MN_REPORT_ESTIMATE_H
#define MN_REPORT_ESTIMATE_H

#include "manumit/base/buf.h"
#include "manumit/score/estimate.h"

void mn_report_estimate(const struct mn_overlaps *o, enum mn_mse_how how,
    const struct mn_mse_result *r, bool json, struct mn_buf *out);

#endif

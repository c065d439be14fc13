/* What a backtest says, as text or as one JSON object. */
#ifndef MN_REPORT_BACKTEST_H
#define MN_REPORT_BACKTEST_H

#include "manumit/base/buf.h"
#include "manumit/score/backtest.h"

/* Which sites are measured. A record of violators only has no other results; a list of
 * sites made from it has sites that are there because of what came later. */
enum mn_backtest_sites {
	MN_BT_INSPECTED, /* with a result after the day */
	MN_BT_KNOWN,     /* visited before the day; no later violation counts as none */
	MN_BT_ALL,       /* of the run; no later violation counts as none */
	MN_BT_SITES
};
extern const char *const MN_BACKTEST_SITES_NAME[MN_BT_SITES];

#define MN_BACKTEST_SELECTIONS 7 /* those of the field, and not stated */
struct mn_backtest_view {
	struct mn_backtest result;
	int32_t split, last_day; /* last_day: of the visits that came after */
	uint64_t sites;          /* of the run */
	uint64_t later;          /* visits after the day, of sites of the run */
	uint64_t unjoined, no_result, before; /* visits not used, and why */
	uint64_t claims;   /* of the later ones: a worker complained, nobody went there */
	uint64_t no_visit; /* rows not used: decisions, entries of registers */
	uint64_t selection[MN_BACKTEST_SELECTIONS]; /* of the later ones */
	const struct mn_str *class_name[MN_TRIAL_DIMS];
	uint32_t n_class[MN_TRIAL_DIMS];
	uint64_t seed;
	enum mn_backtest_sites which;
};
extern const char *const MN_SELECTION_NAME[MN_BACKTEST_SELECTIONS];

void mn_report_backtest(const struct mn_backtest_view *v, bool json, struct mn_buf *out);

#endif

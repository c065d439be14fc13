/*
 * What a dossier rests on, as one archive to be handed to an auditor. It has what reports
 * have and no row of a ledger or an interview: these are cited by file and line.
 */
#ifndef MN_REPORT_EXPORT_H
#define MN_REPORT_EXPORT_H

#include "manumit/report/report.h"

struct mn_export_in {
	struct mn_eid who;
	struct mn_str journal;   /* records that concern it, as JSON Lines */
	struct mn_str decisions; /* what people decided about it, as JSON Lines */
	const char *work; /* an empty folder for what is rendered; stays as it is made */
};
/* Appends the archive to out; the same generation and journal give the same bytes. */
bool mn_report_export(const struct mn_report *r, const struct mn_export_in *in,
    struct mn_buf *out, struct mn_err *err);

#endif

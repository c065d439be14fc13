/*
 * Questions to suppliers: a workbook each, with what would narrow its interval most. Who
 * may not be contacted, because workers come first, is not asked.
 */
#ifndef MN_REPORT_QUESTIONNAIRE_H
#define MN_REPORT_QUESTIONNAIRE_H

#include "manumit/report/report.h"

struct mn_ask_opts {
	struct mn_str language; /* "en", "fr" ...: of indicators/ask.json */
	uint32_t top;           /* suppliers */
	int32_t due;
};
struct mn_ask_result {
	uint32_t asked, questions;
	uint32_t protected; /* not asked: protect workers first */
	bool unreviewed;    /* no native speaker has reviewed the language */
};

/* Writes SLUG.xlsx for each and asked.csv, a table of actions, into dir (which exists).
 * An unknown language is an error that names the known ones. */
bool mn_questionnaires(const struct mn_report *r, const struct mn_ask_opts *o,
    const char *dir, struct mn_ask_result *out, struct mn_err *err);

/* The words of a code in a language, else in English; never empty for known codes. */
struct mn_str mn_ask_phrase(
    const struct mn_pack *p, const char *code, struct mn_str language);

#endif

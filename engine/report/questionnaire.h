/* Private to the room: whom to ask what. */
#ifndef MN_REPORT_QUESTIONNAIRE_IMPL_H
#define MN_REPORT_QUESTIONNAIRE_IMPL_H

#include "manumit/report/questionnaire.h"

#define MN_ASK_ITEMS 12 /* questions of one workbook: what is answered in an hour */

struct mn_asked {
	struct mn_eid who;
	struct mn_str id, name, country;
	const struct mn_p_ask_item *item[MN_ASK_ITEMS]; /* most telling first */
	uint32_t n;
	int64_t worth_q16; /* what the answers narrow, by spend */
	char slug[80];
};

/* The first `top` of all by worth; *protected counts who must not be asked. */
bool mn_ask_whom(const struct mn_report *r, uint32_t top, struct mn_arena *a,
    struct mn_asked **out, uint32_t *n, uint32_t *protected, struct mn_err *err);

#endif

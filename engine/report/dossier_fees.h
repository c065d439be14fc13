/* Private to the room: parts of the dossier's section on fees. */
#ifndef MN_REPORT_DOSSIER_FEES_H
#define MN_REPORT_DOSSIER_FEES_H

#include "fee_view.h"

struct mn_fee_page {
	struct mn_out *o;
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_arena *a;
	int64_t least; /* workers that may be shown */
};

/* Months of wage, and the repayment due: of an employer by recruiter and corridor, or
 * (served) of a recruiter by employer. */
void mn_fee_cost_table(struct mn_fee_page *x, bool served);
void mn_fee_due_table(struct mn_fee_page *x, bool served);
/* Rows of a scope. */
uint32_t mn_fee_rows_of(const struct mn_view *v, enum mn_fee_scope scope);
/* The licence check as entered, and what workers paid by way of this recruiter. */
void mn_fee_licence(struct mn_fee_page *x);
void mn_fee_as_recruiter(struct mn_fee_page *x);
/* The national caps of the corridors. */
void mn_fee_caps_list(struct mn_fee_page *x);

#endif

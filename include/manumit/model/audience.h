/*
 * Who reads a report, and what of it that reader sees: one table. A report is internal
 * unless somebody says otherwise; the others are copies to be handed over.
 */
#ifndef MN_MODEL_AUDIENCE_H
#define MN_MODEL_AUDIENCE_H

#include "manumit/base/str.h"

enum mn_audience {
	MN_AUD_INTERNAL,     /* the buyer who runs the screening */
	MN_AUD_SUPPLIER,     /* the supplier, site or recruiter that a page is about */
	MN_AUD_PUBLIC,       /* anybody */
	MN_AUD_INSPECTORATE, /* a labour inspectorate or another authority */
	MN_AUDIENCES
};

/* X(WHAT, internal, supplier, public, inspectorate): who sees what. */
#define MN_AUDIENCE_POLICY(X) \
	/* statements of source classes in which workers were heard: surveys, \
	 * interviews, grievances, unions. Who may not see them gets bands without them, \
	 * because a band that nothing explains tells that somebody spoke. */ \
	X(WORKERS_VOICE, 1, 0, 0, 1) \
	/* statements about fewer workers than the audience's minimum */ \
	X(FEW_WORKERS, 1, 0, 0, 1) \
	/* days of events at small sites, and what led to a visit */ \
	X(SMALL_SITE_DATES, 1, 0, 0, 1) \
	/* anything about others: portfolio, lists, tables, links between pages */ \
	X(PORTFOLIO, 1, 0, 1, 1) \
	X(SPEND, 1, 0, 0, 0) \
	/* names, lines and hashes of the inputs, and what their rows say of them */ \
	X(INPUTS, 1, 0, 0, 1) \
	/* issues.csv, review.csv, the store, counts of rows: what the work was done \
	 * with \
	 */ \
	X(WORKINGS, 1, 0, 0, 0) \
	/* likelihoods, shares, what would change a band: a day can be worked out of \
	 * them \
	 */ \
	X(SCORES, 1, 0, 1, 1) \
	/* the proposed next step: "do not contact the employer" is not for the employer \
	 */ \
	X(NEXT_STEP, 1, 0, 1, 1) \
	/* names of list entries that nobody has confirmed to be the one */ \
	X(POSSIBLE_MATCHES, 1, 0, 0, 1) \
	/* who stands behind whom in the supply graph, by name, and how exposed that \
	 * makes: a page for one supplier must not tell of another */ \
	X(PATHS, 1, 0, 0, 1) \
	/* rows that were united, and others that are alike */ \
	X(ALIKE, 1, 0, 0, 0) \
	/* questions that somebody else than the supplier is to answer */ \
	X(QUESTIONS_TO_OTHERS, 1, 0, 0, 1) \
	/* fees by recruiter and corridor, repayment due: under the minimum cell */ \
	X(FEES, 1, 1, 1, 1) \
	/* what workers said under the lenses, as counts */ \
	X(LENSES, 1, 0, 0, 1) \
	/* corrective actions with owner and deadline; visits, calls, training */ \
	X(ACTIONS, 1, 1, 0, 1) \
	X(ACTIVITIES, 1, 0, 0, 1) \
	/* what is owed and was paid to workers: under the minimum cell */ \
	X(REMEDIATION, 1, 1, 1, 1) \
	/* the user's own remarks, and who of the user's people did it */ \
	X(REMARKS, 1, 0, 0, 0)

enum mn_shown {
#define MN_X(what, ...) MN_SHOW_##what,
	MN_AUDIENCE_POLICY(MN_X)
#undef MN_X
	    MN_SHOWN_COUNT
};

bool mn_audience_shows(enum mn_audience a, enum mn_shown what);
/* "internal", "supplier", "public", "inspectorate"; static. */
const char *mn_audience_name(enum mn_audience a);
/* Whom a copy is made for, in words: "the supplier, site or recruiter it is about". */
const char *mn_audience_whom(enum mn_audience a);
bool mn_audience_by_name(struct mn_str s, enum mn_audience *out);

#endif

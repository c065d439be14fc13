/*
 * Private to the room: lots of tenders, their bidders, and the page of each.
 */
#ifndef MN_REPORT_TENDER_H
#define MN_REPORT_TENDER_H

#include "manumit/report/report.h"

/* One row of a table of bidders, or of Open Contracting data. */
struct mn_tender_row {
	mn_rid rid;           /* of the row as it was kept */
	struct mn_key lot;    /* rows of one lot have one */
	struct mn_key tender; /* lots of one tender have one */
	struct mn_eid who;    /* the bidder; zero: a buyer */
	struct mn_eid site;   /* where it makes the goods; zero: itself, or unknown */
	bool numbered;        /* the row names a lot, not the tender as a whole */
};

struct mn_tender_lot {
	const struct mn_tender_row *row; /* in the order of the file */
	uint32_t n;
};

/* All lots in the order in which the files name them. A tender as a whole stands only
 * where it has bidders or no lot of it has. */
bool mn_tender_lots(const struct mn_report *r, struct mn_arena *a,
    struct mn_tender_lot **out, uint32_t *n, struct mn_err *err);

/* ---- one lot, read ---- */

enum { MN_TENDER_ROLES = 6 }; /* choices of field bid_role */

struct mn_tender_party {
	struct mn_view v;
	uint32_t roles;      /* bits by choice of bid_role */
	struct mn_str award; /* what it got in this lot; empty: nothing */
	bool site;           /* it is where `of` makes the goods */
	bool protect; /* by all that is known, also what workers said: workers first */
	const struct mn_tender_party *of;
	struct mn_str order; /* folded name */
};

struct mn_tender_page {
	const struct mn_report *r;
	struct mn_record lot; /* what the rows say of the lot: of each field the first */
	/* Bidders by name, each with its sites behind it. */
	const struct mn_tender_party *party;
	uint32_t n_party, n_bidder;
	struct mn_inherent about; /* context of what is bought, whoever makes it */
	char slug[80];            /* name of the page's file without .html */
};
/* Everything lives in the arena. */
bool mn_tender_load(const struct mn_report *r, const struct mn_tender_lot *lot,
    struct mn_arena *a, struct mn_tender_page *out, struct mn_err *err);
/* What the lot is called: "Lot 3: uniforms". */
struct mn_str mn_tender_title(const struct mn_tender_page *p, struct mn_arena *a);
/* Nothing but a name says who it is. */
bool mn_tender_bare(const struct mn_tender_party *party);

/* ---- risk characteristics ---- */

enum mn_risk { MN_RISK_UNKNOWN, MN_RISK_NO, MN_RISK_YES };
struct mn_risk_answer {
	enum mn_risk state;
	struct mn_str reason;
};
/* By a row of the pack's tender_risks. */
struct mn_risk_answer mn_tender_risk(const struct mn_tender_page *p,
    const struct mn_p_tender_risk *risk, struct mn_arena *a);

/* ---- pages ---- */

/* lot/SLUG.html and index.html; manifest.json is there already. */
bool mn_report_tender(const struct mn_report *r, const char *dir, struct mn_err *err);
void mn_html_lot(struct mn_out *o, const struct mn_tender_page *p, const char *manifest,
    struct mn_arena *a);
/* Section 2 of that page: the bidders by name, each with its sites. */
void mn_html_lot_parties(
    struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a);
/* A table row of the index for one lot. */
void mn_html_lot_row(
    struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a);

#endif

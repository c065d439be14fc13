/*
 * The canonical fields of every input, one row each. A field means the same in every
 * table that has it; `connectors/fields.json` lists the header words that map to it.
 *
 * X(ID, name, kinds, type, flags, choices, help)
 *   kinds    S suppliers, F fees, I inspections, A findings, W watchlist, C categories,
 *            K own codes;
 *            what was done: V activities (visits, audits), N actions, G training,
 *            M remediation (money), P the profile of the user;
 *            U survey, E edges (who supplies or owns whom), T tenders, R reference data:
 * known tables of which the engine reads nothing yet type     what normalising makes of
 * the cell (enum mn_field_type) flags    REQ the row is useless without it; WORKER a
 * reference to a worker: replaced by a keyed hash before anything is written; DROP names
 * people, never kept choices  for MN_T_CHOICE: canonical values separated by '|'
 */
#ifndef MN_MODEL_FIELD_H
#define MN_MODEL_FIELD_H

#include "manumit/base/str.h"

enum mn_kind {
	MN_K_SUPPLIERS,
	MN_K_FEES,
	MN_K_INSPECTIONS,
	MN_K_FINDINGS,
	MN_K_WATCHLIST,
	MN_K_CATEGORIES,  /* the user's purchasing groups: what suppliers of one make */
	MN_K_OWN_CODES,   /* the user's codes of findings: which indicator they mean */
	MN_K_ACTIVITIES,  /* visits, audits, interviews, engagement */
	MN_K_ACTIONS,     /* what is to be done about a finding, by whom, until when */
	MN_K_TRAINING,    /* who was trained: numbers, never names */
	MN_K_REMEDIATION, /* what is owed to workers, and what they got */
	MN_K_PROFILE,     /* who the user is: where it imports, sells, buys publicly */
	MN_K_SURVEY,      /* interviews of workers, one row a worker */
	MN_K_EDGES,       /* who supplies, owns, recruits for whom */
	MN_K_TENDERS,     /* bidders: one row a lot, organisation and role */
	MN_K_REFERENCE,   /* the last: kinds before it are tables that users fill in */
	MN_K_COUNT
};

#define MN_IN_S 1u
#define MN_IN_F 2u
#define MN_IN_I 4u
#define MN_IN_A 8u
#define MN_IN_W 16u
#define MN_IN_C 32u
#define MN_IN_K (1u << MN_K_OWN_CODES)
#define MN_IN_V (1u << MN_K_ACTIVITIES)
#define MN_IN_N (1u << MN_K_ACTIONS)
#define MN_IN_G (1u << MN_K_TRAINING)
#define MN_IN_M (1u << MN_K_REMEDIATION)
#define MN_IN_P (1u << MN_K_PROFILE)
#define MN_IN_U (1u << MN_K_SURVEY)
#define MN_IN_E (1u << MN_K_EDGES)
#define MN_IN_T (1u << MN_K_TENDERS)
#define MN_IN_R (1u << MN_K_REFERENCE)
/* Tables of what was done for an entity, and all of what was done. */
#define MN_IN_DONE_FOR (MN_IN_V | MN_IN_N | MN_IN_G | MN_IN_M)
#define MN_IN_DONE (MN_IN_DONE_FOR | MN_IN_P)
/* All but C and K, which tell nothing of entities. */
#define MN_IN_ALL (((1u << MN_K_COUNT) - 1) & ~(MN_IN_C | MN_IN_K))

/* A cell after normalising; the canonical text is UTF-8 without blanks at the ends. */
enum mn_field_type {
	MN_T_TEXT,      /* as it is */
	MN_T_ID,        /* as it is: an opaque identifier, leading zeros kept */
	MN_T_COUNTRY,   /* ISO 3166-1 alpha-2, upper case */
	MN_T_DATE,      /* YYYY-MM-DD */
	MN_T_NUMBER,    /* plain decimal, '.' and up to 4 decimals */
	MN_T_COUNT,     /* non-negative whole number */
	MN_T_SHARE,     /* 0..1 as plain decimal; "45%" and 45 become 0.45 */
	MN_T_BOOL,      /* yes | no */
	MN_T_CHOICE,    /* one of the choices */
	MN_T_CODES,     /* upper-case codes separated by ';' */
	MN_T_LIST,      /* texts separated by ';' */
	MN_T_CURRENCY,  /* ISO 4217, upper case */
	MN_T_LEI,       /* 20 characters, ISO 7064 check digits right */
	MN_T_OSID,      /* 15 characters, check symbol right */
	MN_T_INTERVALS, /* register intervals: "YYYY-MM-DD/YYYY-MM-DD;YYYY-MM-DD/" */
	MN_T_COUNTRIES  /* ISO 3166-1 alpha-2, upper case, separated by ';' */
};

#define MN_FF_REQ 1u
#define MN_FF_WORKER 2u
#define MN_FF_DROP 4u

#define MN_FIELDS(X) \
	X(ID, "id", MN_IN_S | MN_IN_W | MN_IN_T | MN_IN_R, MN_T_ID, 0, "", \
	    "the user's id of the entity") \
	X(NAME, "name", MN_IN_S | MN_IN_W | MN_IN_T | MN_IN_R | MN_IN_P, MN_T_TEXT, \
	    MN_FF_REQ, "", "name") \
	X(NATIVE_NAME, "native_name", MN_IN_S | MN_IN_W | MN_IN_T | MN_IN_R, MN_T_TEXT, \
	    0, "", "name in its own script") \
	X(ALIASES, "aliases", MN_IN_S | MN_IN_W | MN_IN_T | MN_IN_R, MN_T_LIST, 0, "", \
	    "other names, ';' between") \
	X(COUNTRY, "country", MN_IN_ALL & ~(MN_IN_F | MN_IN_E), MN_T_COUNTRY, 0, "", \
	    "country of the site or entity") \
	X(REGION, "region", MN_IN_S | MN_IN_T, MN_T_TEXT, 0, "", "state or province") \
	X(CITY, "city", MN_IN_S | MN_IN_T, MN_T_TEXT, 0, "", "town") \
	X(ADDRESS, "address", MN_IN_S | MN_IN_I | MN_IN_W | MN_IN_T | MN_IN_R, \
	    MN_T_TEXT, 0, "", "address") \
	X(LAT, "lat", MN_IN_S, MN_T_NUMBER, 0, "", "latitude") \
	X(LNG, "lng", MN_IN_S, MN_T_NUMBER, 0, "", "longitude") \
	X(SECTOR, "sector", MN_IN_S | MN_IN_I | MN_IN_C | MN_IN_R, MN_T_TEXT, 0, "", \
	    "sector, ISIC section or words") \
	X(PRODUCT, "product", MN_IN_S | MN_IN_C | MN_IN_R, MN_T_TEXT, 0, "", \
	    "what it makes or supplies") \
	X(HS, "hs", MN_IN_S | MN_IN_C | MN_IN_T, MN_T_ID, 0, "", \
	    "HS code of the product") \
	X(ORIGIN_COUNTRY, "origin_country", MN_IN_S | MN_IN_C, MN_T_COUNTRY, 0, "", \
	    "where the good is made") \
	X(CATEGORY, "category", MN_IN_S | MN_IN_C, MN_T_TEXT, 0, "", \
	    "the user's purchasing group") \
	X(WORKERS, "workers", MN_IN_S | MN_IN_F | MN_IN_T | MN_IN_R | MN_IN_M, \
	    MN_T_COUNT, 0, "", "number of workers") \
	X(MIGRANT_WORKERS, "migrant_workers", MN_IN_S, MN_T_COUNT, 0, "", \
	    "number of migrant workers") \
	X(MIGRANT_SHARE, "migrant_share", MN_IN_S, MN_T_SHARE, 0, "", \
	    "share of migrant workers") \
	X(AGENCY_SHARE, "agency_share", MN_IN_S, MN_T_SHARE, 0, "", \
	    "share of agency workers") \
	X(WOMEN_SHARE, "women_share", MN_IN_S, MN_T_SHARE, 0, "", "share of women") \
	X(ROLE, "role", MN_IN_S, MN_T_CHOICE, 0, \
	    "supplier|facility|recruiter|employer|bidder", "what it is") \
	X(PARENT, "parent", MN_IN_S | MN_IN_R, MN_T_TEXT, 0, "", "parent company") \
	X(OS_ID, "os_id", \
	    MN_IN_S | MN_IN_F | MN_IN_I | MN_IN_A | MN_IN_W | MN_IN_T | MN_IN_R | \
		MN_IN_U | MN_IN_DONE_FOR, \
	    MN_T_OSID, 0, "", "Open Supply Hub id") \
	X(LEI, "lei", \
	    MN_IN_S | MN_IN_F | MN_IN_I | MN_IN_A | MN_IN_W | MN_IN_T | MN_IN_R | \
		MN_IN_U | MN_IN_DONE_FOR, \
	    MN_T_LEI, 0, "", "legal entity identifier") \
	X(TAX_ID, "tax_id", \
	    MN_IN_S | MN_IN_I | MN_IN_A | MN_IN_W | MN_IN_T | MN_IN_R | MN_IN_U | \
		MN_IN_DONE_FOR, \
	    MN_T_ID, 0, "", "registration or tax number") \
	X(LICENCE_SCHEME, "licence_scheme", MN_IN_S | MN_IN_W, MN_T_TEXT, 0, "", \
	    "licensing scheme of a recruiter") \
	X(LICENCE_NO, "licence_no", MN_IN_S | MN_IN_W, MN_T_ID, 0, "", "licence number") \
	X(LICENCE_STATUS, "licence_status", MN_IN_S | MN_IN_W, MN_T_CHOICE, 0, \
	    "licensed|conditional|applied|revoked|refused|expired|none", \
	    "licence status as checked") \
	X(LICENCE_VALID_TO, "licence_valid_to", MN_IN_S | MN_IN_W, MN_T_DATE, 0, "", \
	    "licence valid to") \
	X(LICENCE_CHECKED_ON, "licence_checked_on", MN_IN_S, MN_T_DATE, 0, "", \
	    "day of the licence check") \
	X(LICENCE_CHECKED_BY, "licence_checked_by", MN_IN_S, MN_T_TEXT, 0, "", \
	    "who checked (a role, not a name)") \
	X(TIER, "tier", MN_IN_S | MN_IN_E, MN_T_COUNT, 0, "", \
	    "supply tier, 1 = direct; of an edge, that of its `from`") \
	X(SPEND, "spend", MN_IN_S, MN_T_NUMBER, 0, "", "yearly spend") \
	X(CURRENCY, "currency", \
	    MN_IN_S | MN_IN_F | MN_IN_I | MN_IN_T | MN_IN_R | MN_IN_M | MN_IN_P, \
	    MN_T_CURRENCY, 0, "", "ISO 4217") \
	/* joins from other tables to a supplier */ \
	X(ENTITY, "entity", MN_IN_F | MN_IN_I | MN_IN_A | MN_IN_U | MN_IN_DONE_FOR, \
	    MN_T_ID, 0, "", "id of the supplier meant") \
	X(ENTITY_NAME, "entity_name", \
	    MN_IN_F | MN_IN_I | MN_IN_A | MN_IN_U | MN_IN_DONE_FOR, MN_T_TEXT, 0, "", \
	    "its name") \
	X(ENTITY_COUNTRY, "entity_country", MN_IN_F, MN_T_COUNTRY, 0, "", "its country") \
	/* fees */ \
	X(RECRUITER, "recruiter", MN_IN_F | MN_IN_M, MN_T_TEXT, 0, "", \
	    "recruiter's name") \
	X(RECRUITER_LICENCE, "recruiter_licence", MN_IN_F, MN_T_ID, 0, "", \
	    "recruiter's licence number") \
	X(RECRUITER_COUNTRY, "recruiter_country", MN_IN_F, MN_T_COUNTRY, 0, "", \
	    "recruiter's country") \
	X(WORKER, "worker", MN_IN_F | MN_IN_U, MN_T_ID, MN_FF_WORKER, "", \
	    "opaque reference of a worker") \
	X(ORIGIN, "origin", MN_IN_F | MN_IN_M, MN_T_COUNTRY, 0, "", "corridor: from") \
	X(DESTINATION, "destination", MN_IN_F | MN_IN_M, MN_T_COUNTRY, 0, "", \
	    "corridor: to") \
	X(FEE_CATEGORY, "fee_category", MN_IN_F, MN_T_TEXT, 0, "", \
	    "kind of fee: ILO code or words") \
	X(DESCRIPTION, "description", MN_IN_F | MN_IN_A | MN_IN_V | MN_IN_K, MN_T_TEXT, \
	    0, "", "free words") \
	X(AMOUNT, "amount", MN_IN_F, MN_T_NUMBER, MN_FF_REQ, "", \
	    "amount paid, per worker") \
	X(PAID_BY, "paid_by", MN_IN_F | MN_IN_A, MN_T_TEXT, 0, "", \
	    "who paid: worker, employer, agency; of an audit: supplier, buyer") \
	X(PAID_ON, "paid_on", MN_IN_F, MN_T_DATE, 0, "", "day of payment") \
	X(RECEIPT, "receipt", MN_IN_F, MN_T_BOOL, 0, "", "was a receipt given") \
	X(REIMBURSED, "reimbursed", MN_IN_F, MN_T_NUMBER, 0, "", "amount given back") \
	X(REIMBURSED_ON, "reimbursed_on", MN_IN_F, MN_T_DATE, 0, "", \
	    "day it was given back") \
	X(WAGE, "wage", MN_IN_F, MN_T_NUMBER, 0, "", "contractual wage of this worker") \
	X(WAGE_CURRENCY, "wage_currency", MN_IN_F, MN_T_CURRENCY, 0, "", \
	    "its currency, default the fee's") \
	X(WAGE_PERIOD, "wage_period", MN_IN_F, MN_T_CHOICE, 0, \
	    "month|week|day|hour|year", "default month") \
	X(LOAN_APR, "loan_apr", MN_IN_F, MN_T_SHARE, 0, "", \
	    "yearly interest of the loan taken") \
	X(CONTRACT_MONTHS, "contract_months", MN_IN_F, MN_T_COUNT, 0, "", \
	    "length of the contract") \
	/* inspections */ \
	X(AUTHORITY, "authority", MN_IN_I, MN_T_TEXT, 0, "", "inspecting authority") \
	X(CASE_ID, "case_id", MN_IN_I | MN_IN_W, MN_T_ID, 0, "", \
	    "the authority's case number") \
	X(OPENED, "opened", MN_IN_I, MN_T_DATE, 0, "", "first day") \
	X(CLOSED, "closed", MN_IN_I, MN_T_DATE, 0, "", "last day of the findings") \
	X(SELECTION, "selection", MN_IN_I, MN_T_CHOICE, 0, \
	    "complaint|programmed|ranked|random|referral|reserve", \
	    "why this site was chosen") \
	X(ANNOUNCED, "announced", MN_IN_I | MN_IN_A | MN_IN_V, MN_T_BOOL, 0, "", \
	    "was the visit announced") \
	X(ACCESS, "access", MN_IN_I, MN_T_CHOICE, 0, "full|partial|denied", \
	    "access to the site") \
	X(WORKERS_SEEN, "workers_seen", MN_IN_I, MN_T_COUNT, 0, "", "workers seen") \
	X(INTERVIEWED_PRIVATELY, "interviewed_privately", MN_IN_I | MN_IN_V, MN_T_COUNT, \
	    0, "", "workers interviewed in private") \
	X(OUTCOME, "outcome", MN_IN_I, MN_T_CHOICE, 0, "violation|none|pending", \
	    "result") \
	X(VIOLATION, "violation", MN_IN_I, MN_T_CODES, 0, "", \
	    "codes of the violation table") \
	X(WORKERS_AFFECTED, "workers_affected", MN_IN_I, MN_T_COUNT, 0, "", \
	    "workers affected") \
	X(MINORS, "minors", MN_IN_I, MN_T_COUNT, 0, "", "minors found at work") \
	X(PENALTY, "penalty", MN_IN_I, MN_T_NUMBER, 0, "", "penalty assessed") \
	X(BACK_WAGES, "back_wages", MN_IN_I, MN_T_NUMBER, 0, "", "back wages") \
	/* findings */ \
	X(INDICATOR, "indicator", MN_IN_A | MN_IN_K, MN_T_ID, MN_FF_REQ, "", \
	    "ILO indicator I01 to I11, or a code of your own that a table of codes " \
	    "explains") \
	X(DIRECTION, "direction", MN_IN_A, MN_T_CHOICE, 0, "adverse|clear", \
	    "default adverse") \
	X(STRENGTH, "strength", MN_IN_A | MN_IN_K, MN_T_CHOICE, 0, "S|M|W", \
	    "strong, medium, weak; default M") \
	X(SOURCE_CLASS, "source_class", MN_IN_F | MN_IN_A | MN_IN_U, MN_T_ID, 0, "", \
	    "source class of the indicator pack") \
	X(DATE, "date", MN_IN_A | MN_IN_R | MN_IN_V | MN_IN_G | MN_IN_U, MN_T_DATE, 0, \
	    "", "day of the event or of the check") \
	X(STATUS, "status", MN_IN_I | MN_IN_A, MN_T_CHOICE, 0, \
	    "open|unknown|closed_on_claim|worker_verified", "default unknown") \
	X(CLOSED_ON, "closed_on", MN_IN_I | MN_IN_A, MN_T_DATE, 0, "", \
	    "day of the claim or proof") \
	X(VERIFIED_BY, "verified_by", MN_IN_I | MN_IN_A | MN_IN_N | MN_IN_M, MN_T_TEXT, \
	    0, "", "who verified (a body, not a person)") \
	X(IMPOSED_BY, "imposed_by", MN_IN_A, MN_T_CHOICE, 0, "private|state|unknown", \
	    "who imposes it") \
	X(COOCCURRENCE, "cooccurrence", MN_IN_A, MN_T_CHOICE, 0, \
	    "worker|site_period|entity", "level of co-occurrence") \
	X(OFFSITE, "offsite", MN_IN_A | MN_IN_V, MN_T_BOOL, 0, "", \
	    "were workers interviewed off site") \
	X(N_ASKED, "n_asked", MN_IN_A, MN_T_COUNT, 0, "", "workers asked") \
	X(N_ADVERSE, "n_adverse", MN_IN_A, MN_T_COUNT, 0, "", \
	    "workers who answered adversely") \
	X(SUPPLIER_RESPONSE, "supplier_response", MN_IN_A, MN_T_TEXT, 0, "", \
	    "the supplier's answer") \
	X(REFERENCE, "reference", MN_IN_A | MN_IN_V | MN_IN_E, MN_T_TEXT, 0, "", \
	    "report or case number") \
	X(ROOT, "root", MN_IN_F | MN_IN_I | MN_IN_A | MN_IN_U, MN_T_ID, 0, "", \
	    "original source, where several rows repeat one") \
	/* watchlists and registers */ \
	X(GATE, "gate", MN_IN_W, MN_T_ID, 0, "", \
	    "gate of the gates pack this list feeds") \
	X(LIST, "list", MN_IN_W, MN_T_TEXT, 0, "", "name of the list") \
	X(GOOD, "good", MN_IN_W | MN_IN_R | MN_IN_E, MN_T_TEXT, 0, "", \
	    "merchandise that the row is about") \
	X(LISTED_ON, "listed_on", MN_IN_W, MN_T_DATE, 0, "", "listed from") \
	X(ENDED_ON, "ended_on", MN_IN_W, MN_T_DATE, 0, "", "listed until") \
	X(INTERVALS, "intervals", MN_IN_W, MN_T_INTERVALS, 0, "", "listed intervals") \
	X(CITATION, "citation", MN_IN_W | MN_IN_R, MN_T_TEXT, 0, "", \
	    "publication of the entry") \
	X(REASON, "reason", MN_IN_W, MN_T_TEXT, 0, "", "ground stated by the list") \
	/* columns known to name people: recognised so that they can be dropped */ \
	X(PERSON, "person", MN_IN_ALL | MN_IN_C | MN_IN_K, MN_T_TEXT, MN_FF_DROP, "", \
	    "names a person: dropped on arrival") \
	/* later fields: a stored number never changes its meaning */ \
	X(FORMER_NAMES, "former_names", MN_IN_S | MN_IN_W | MN_IN_R, MN_T_LIST, 0, "", \
	    "names it had before, ';' between") \
	X(WEAK_ALIASES, "weak_aliases", MN_IN_W, MN_T_LIST, 0, "", \
	    "names that many could bear, ';' between") \
	X(IDENTIFIERS, "identifiers", MN_IN_W, MN_T_LIST, 0, "", \
	    "registration and tax numbers, ';' between") \
	X(OCID, "ocid", MN_IN_T, MN_T_ID, 0, "", "Open Contracting id of the process") \
	X(LOT, "lot", MN_IN_T, MN_T_ID, 0, "", "lot, empty: the whole tender") \
	X(LOT_TITLE, "lot_title", MN_IN_T, MN_T_TEXT, 0, "", "what the lot is about") \
	X(TENDER, "tender", MN_IN_T, MN_T_ID, 0, "", "number of the tender") \
	X(TENDER_TITLE, "tender_title", MN_IN_T, MN_T_TEXT, 0, "", \
	    "what the tender is about") \
	X(TENDER_STATUS, "tender_status", MN_IN_T, MN_T_TEXT, 0, "", \
	    "state of the tender, in the publisher's word") \
	X(PROCUREMENT_METHOD, "procurement_method", MN_IN_T, MN_T_TEXT, 0, "", \
	    "open, selective, limited, direct, or the publisher's word") \
	X(TENDER_FROM, "tender_from", MN_IN_T, MN_T_DATE, 0, "", \
	    "first day for bids, else the day of publication") \
	X(TENDER_UNTIL, "tender_until", MN_IN_T, MN_T_DATE, 0, "", "last day for bids") \
	X(BID_ROLE, "bid_role", MN_IN_T, MN_T_CHOICE, 0, \
	    "tenderer|supplier|lead|consortium|subcontractor|buyer", \
	    "part of the organisation in it; default tenderer") \
	X(ID_SCHEME, "id_scheme", MN_IN_T, MN_T_ID, 0, "", \
	    "register of its number (org-id.guide)") \
	X(AWARD, "award", MN_IN_T, MN_T_TEXT, 0, "", "awards it got, '; ' between") \
	X(AWARD_STATUS, "award_status", MN_IN_T, MN_T_TEXT, 0, "", \
	    "state of the award, in the publisher's word") \
	X(AWARD_DATE, "award_date", MN_IN_T, MN_T_DATE, 0, "", \
	    "day of the award, the last of several") \
	X(TENDER_AMOUNT, "tender_amount", MN_IN_T, MN_T_NUMBER, 0, "", \
	    "value of the awards, else of the bid, of the lot or tender") \
	X(CPV, "cpv", MN_IN_T, MN_T_CODES, 0, "", "CPV codes of the items") \
	X(UNSPSC, "unspsc", MN_IN_T, MN_T_CODES, 0, "", "UNSPSC codes of the items") \
	X(ITEMS, "items", MN_IN_T, MN_T_LIST, 0, "", "what is bought, ';' between") \
	X(DELIVERY_PLACE, "delivery_place", MN_IN_T, MN_T_TEXT, 0, "", \
	    "where it is delivered") \
	X(DELIVERY_COUNTRY, "delivery_country", MN_IN_T, MN_T_COUNTRY, 0, "", \
	    "country of delivery") \
	X(BUYER, "buyer", MN_IN_T, MN_T_TEXT, 0, "", "who buys") \
	X(MAKES_AT_NAME, "makes_at_name", MN_IN_T, MN_T_TEXT, 0, "", \
	    "site where the goods are made") \
	X(MAKES_AT_COUNTRY, "makes_at_country", MN_IN_T, MN_T_COUNTRY, 0, "", \
	    "country of that site") \
	X(AGENCY_USED, "agency_used", MN_IN_T, MN_T_BOOL, 0, "", \
	    "are workers hired through an agency") \
	X(SOURCE_PATH, "source_path", MN_IN_T, MN_T_ID, 0, "", \
	    "where in the document the organisation stands") \
	/* what was done */ \
	X(ACTIVITY, "activity", MN_IN_V, MN_T_CHOICE, MN_FF_REQ, \
	    "audit|visit|interviews|engagement|grievance|other", "what was done") \
	X(DONE_BY, "done_by", MN_IN_V | MN_IN_G, MN_T_TEXT, 0, "", \
	    "who did it (a role or an organisation, not a name)") \
	X(ABOUT, "about", MN_IN_V | MN_IN_N | MN_IN_M, MN_T_ID, 0, "", \
	    "the indicator I01 to I11 or the gate that it is about") \
	X(ACTION_ID, "action_id", MN_IN_N, MN_T_ID, 0, "", \
	    "code of the action, as in results.xlsx; empty: the action is known by its " \
	    "words") \
	X(ACTION, "action", MN_IN_N, MN_T_TEXT, 0, "", "what is to be done") \
	X(OWNER, "owner", MN_IN_N | MN_IN_M, MN_T_TEXT, 0, "", \
	    "who sees to it (a role or initials, not a name)") \
	X(DUE, "due", MN_IN_N | MN_IN_M, MN_T_DATE, 0, "", "day until which it is due") \
	X(ACTION_STATUS, "action_status", MN_IN_N, MN_T_CHOICE, 0, \
	    "open|in_progress|done|dropped", "state of the action") \
	X(DONE_ON, "done_on", MN_IN_N, MN_T_DATE, 0, "", "day it was done") \
	X(VERIFY_HOW, "verify_how", MN_IN_N, MN_T_TEXT, 0, "", \
	    "how workers verify that it was done") \
	X(VERIFIED_ON, "verified_on", MN_IN_N | MN_IN_M, MN_T_DATE, 0, "", \
	    "day it was verified") \
	X(OWED, "owed", MN_IN_M, MN_T_NUMBER, 0, "", \
	    "owed to workers in all, paid or not") \
	X(PAID, "paid", MN_IN_M, MN_T_NUMBER, 0, "", \
	    "paid to workers so far, all payments together") \
	X(WORKERS_PAID, "workers_paid", MN_IN_M, MN_T_COUNT, 0, "", \
	    "workers who were paid so far") \
	X(LAST_PAID_ON, "last_paid_on", MN_IN_M, MN_T_DATE, 0, "", \
	    "day of the last payment") \
	X(TOPIC, "topic", MN_IN_G, MN_T_TEXT, 0, "", "what the training was about") \
	X(TRAINED, "trained", MN_IN_G, MN_T_CHOICE, 0, \
	    "own_staff|suppliers|recruiters|workers|other", "who was trained") \
	X(PEOPLE, "people", MN_IN_G, MN_T_COUNT, MN_FF_REQ, "", \
	    "number of people trained, never their names") \
	X(HOURS, "hours", MN_IN_G, MN_T_NUMBER, 0, "", "hours of the training") \
	X(YEAR, "year", MN_IN_P, MN_T_COUNT, 0, "", \
	    "the year that the row describes, such as 2026") \
	X(TURNOVER, "turnover", MN_IN_P, MN_T_NUMBER, 0, "", "turnover of that year") \
	X(EMPLOYEES, "employees", MN_IN_P, MN_T_COUNT, 0, "", "your own employees") \
	X(IMPORTS_INTO, "imports_into", MN_IN_P, MN_T_CODES, 0, "", \
	    "countries into which you import (US;GB;EU), or none") \
	X(SELLS_IN, "sells_in", MN_IN_P, MN_T_CODES, 0, "", \
	    "countries in which you sell, or whose importers you sell to, or none") \
	X(BUYS_PUBLICLY_IN, "buys_publicly_in", MN_IN_P, MN_T_CODES, 0, "", \
	    "countries in which you buy as a public body, or none") \
	X(NOTE, "note", MN_IN_DONE, MN_T_TEXT, 0, "", "remark of your own") \
	X(RECORDED_ON, "recorded_on", MN_IN_DONE | MN_IN_I, MN_T_DATE, 0, "", \
	    "day as of which the row says so; of several rows about one thing the " \
	    "latest counts") \
	X(WAGE_ACTUAL, "wage_actual", MN_IN_F, MN_T_NUMBER, 0, "", \
	    "wage paid in fact, per wage_period") \
	X(LOAN_PRINCIPAL, "loan_principal", MN_IN_F, MN_T_NUMBER, 0, "", \
	    "amount borrowed to pay, in the fee's currency") \
	X(MAY_LEAVE, "may_leave", MN_IN_F, MN_T_BOOL, 0, "", \
	    "may the worker leave before the debt is repaid") \
	X(AGENTS, "agents", MN_IN_F, MN_T_LIST, 0, "", \
	    "agents below the recruiter, its own first, ';' between") \
	X(RATE, "rate", MN_IN_R, MN_T_NUMBER, 0, "", \
	    "units of the currency for one unit of the base") \
	X(RATE_BASE, "rate_base", MN_IN_R, MN_T_CURRENCY, 0, "", \
	    "the base currency of the rate") \
	/* surveys */ \
	X(CODES, "codes", MN_IN_U, MN_T_CODES, 0, "", \
	    "codes of what this worker reported, ';' between; or a column a code") \
	X(CODES_ASKED, "codes_asked", MN_IN_U, MN_T_CODES, 0, "", \
	    "codes this worker was asked about; SURVEY, DELPHI: all of that lens") \
	X(REFERENCE_PERIOD, "reference_period", MN_IN_U, MN_T_CHOICE, 0, \
	    "week|month|season|year|two_years|five_years|lifetime", \
	    "time that the answers are about") \
	X(AGE_GROUP, "age_group", MN_IN_U, MN_T_CHOICE, 0, "adult|child", \
	    "adult, or child: under 18") \
	X(SETTING, "setting", MN_IN_U, MN_T_CHOICE, 0, \
	    "off_site|on_site_private|remote|on_site_observed", \
	    "where the interview took place; observed: others could hear it") \
	/* codes of the user */ \
	X(OWN_CODE, "own_code", MN_IN_A | MN_IN_K, MN_T_ID, 0, "", \
	    "your own code of a finding") \
	X(SELLS_PUBLICLY_IN, "sells_publicly_in", MN_IN_P, MN_T_CODES, 0, "", \
	    "countries whose public bodies you supply, or none") \
	/* who works at a site, and how they were hired */ \
	X(YOUNG_SHARE, "young_share", MN_IN_S, MN_T_SHARE, 0, "", \
	    "share of workers under 18") \
	X(SEASONAL_SHARE, "seasonal_share", MN_IN_S, MN_T_SHARE, 0, "", \
	    "share of seasonal or temporary workers") \
	X(EMPLOYER_HOUSING, "employer_housing", MN_IN_S, MN_T_BOOL, 0, "", \
	    "does the employer house workers") \
	X(TIED_VISAS, "tied_visas", MN_IN_S, MN_T_BOOL, 0, "", \
	    "are migrants' visas or permits tied to the employer") \
	X(RECRUITER_USED, "recruiter_used", MN_IN_S, MN_T_BOOL, 0, "", \
	    "does a recruiter or agent hire workers for it") \
	X(AGENT_TIERS, "agent_tiers", MN_IN_S, MN_T_COUNT, 0, "", \
	    "tiers of agents below the recruiter, 0 none") \
	X(WORKERS_FROM, "workers_from", MN_IN_S, MN_T_COUNTRIES, 0, "", \
	    "countries that migrant workers come from, ';' between") \
	/* reference data that becomes a pack */ \
	X(INDEX_VALUE, "index_value", MN_IN_R, MN_T_NUMBER, 0, "", \
	    "value of a country in an index") \
	X(INDEX_PARTS, "index_parts", MN_IN_R, MN_T_TEXT, 0, "", \
	    "numbers that the value is made of, ', ' between") \
	X(LOOKED_AT, "looked_at", MN_IN_I, MN_T_CODES, 0, "", \
	    "indicators I01 to I11 that the inspection looked at, ';' between") \
	/* edges */ \
	X(FROM, "from", MN_IN_E, MN_T_ID, 0, "", \
	    "id, LEI, OS ID or number of who supplies, owns, recruits") \
	X(FROM_NAME, "from_name", MN_IN_E, MN_T_TEXT, 0, "", "its name") \
	X(FROM_COUNTRY, "from_country", MN_IN_E, MN_T_COUNTRY, 0, "", "its country") \
	X(TO, "to", MN_IN_E, MN_T_ID, 0, "", \
	    "id, LEI, OS ID or number of whom it supplies, owns, recruits for") \
	X(TO_NAME, "to_name", MN_IN_E, MN_T_TEXT, 0, "", "its name") \
	X(TO_COUNTRY, "to_country", MN_IN_E, MN_T_COUNTRY, 0, "", "its country") \
	X(EDGE_KIND, "kind", MN_IN_E, MN_T_CHOICE, 0, \
	    "supplies|owns|controls|recruits_for|same_site", "default supplies") \
	X(SHARE, "share", MN_IN_E, MN_T_SHARE, 0, "", "share that is supplied or owned") \
	X(SINCE, "since", MN_IN_E, MN_T_DATE, 0, "", "day from which it is so") \
	X(UNTIL, "until", MN_IN_E, MN_T_DATE, 0, "", "last day on which it was so") \
	/* of a visit that was planned */ \
	X(REFERRED, "referred", MN_IN_I, MN_T_COUNT, 0, "", \
	    "workers referred to protection")

/* Rows whose first cell begins so are examples: noted when read, and not used. */
#define MN_EXAMPLE "EXAMPLE-"

enum mn_field {
#define MN_X(id, name, kinds, type, flags, choices, help) MN_F_##id,
	MN_FIELDS(MN_X)
#undef MN_X
	    MN_F_COUNT
};
#define MN_F_NONE MN_F_COUNT

struct mn_field_def {
	const char *name;
	uint32_t kinds; /* MN_IN_* */
	enum mn_field_type type;
	uint32_t flags; /* MN_FF_* */
	const char *choices, *help;
};

/* The row of a field; f < MN_F_COUNT. Static. */
extern const struct mn_field_def mn_field_table[MN_F_COUNT];
static inline const struct mn_field_def *
mn_field_def(enum mn_field f)
{
	return &mn_field_table[f];
}

/* The field of that canonical name, or MN_F_NONE. */
enum mn_field mn_field_by_name(struct mn_str name);
static inline bool
mn_field_in(enum mn_field f, enum mn_kind k)
{
	return f < MN_F_COUNT && (mn_field_table[f].kinds >> k & 1u);
}

/* Is it a table of what was done: activities to profile? */
bool mn_kind_is_done(enum mn_kind k);
/* Does `manumit record` keep it: what was done, and inspections that were made? */
bool mn_kind_is_kept(enum mn_kind k);
/* "suppliers", "fees", "inspections", "findings", "watchlist", "categories",
 * "own_codes", "activities", "actions", "training", "remediation", "profile", "survey",
 * "tenders", "reference". */
const char *mn_kind_name(enum mn_kind k);
bool mn_kind_by_name(struct mn_str s, enum mn_kind *out);

#endif

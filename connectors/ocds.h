/*
 * Private to the room: Open Contracting data (OCDS 1.0 to 1.2), as far as a screening
 * needs it: who buys, who bids, who got an award, for what. Contact points are never
 * read.
 *
 * What stands where it should not is used when its meaning is plain, and told with its
 * JSON pointer: an object where a list is wanted, a number where a text is wanted.
 */
#ifndef MN_CONNECTORS_OCDS_H
#define MN_CONNECTORS_OCDS_H

#include "format.h"
#include "json_items.h"

/* ---- views: one object, as one or several releases have it ---- */

/* The same object in several releases of a process, the latest first: of each member the
 * latest that has it counts, null ends it (the standard's merging routine). n == 0:
 * absent. */
struct mn_view {
	const struct mn_json *const *v;
	uint32_t n;
	struct mn_str path; /* JSON pointer of the latest */
	uint32_t cap;       /* places of v; what is behind n is NULL until it is taken */
};

struct mn_ocds_note {
	struct mn_ocds_note *next;
	enum mn_code code;
	struct mn_str key, detail;
};
struct mn_ocds_notes {
	struct mn_ocds_note *first, *last;
};

/* ---- organisations ---- */

enum mn_bid_role { /* in the order of the choices of field bid_role */
	MN_BID_TENDERER,
	MN_BID_SUPPLIER,
	MN_BID_LEAD,
	MN_BID_CONSORTIUM,
	MN_BID_SUBCONTRACTOR,
	MN_BID_BUYER,
	MN_BID_COUNT
};

struct mn_org {
	struct mn_view v; /* the party, then references that say more */
	struct mn_str id, name, scheme, number;
	uint32_t roles;             /* bits of enum mn_bid_role, as the party says */
	bool silent;                /* a party that says no role at all */
	bool claimed;               /* it has a row */
	struct mn_ocds_notes notes; /* told with its first row */
	bool finished;
	/* once finished */
	struct mn_str legal_name, tax_id, lei, country, region, city, address;
};

/* ---- what is bought ---- */

struct mn_bought {
	bool read;
	struct mn_str cpv, unspsc, hs, items, place, country;
};
struct mn_lot {
	struct mn_str id, title;
	struct mn_view v;
	struct mn_bought bought;
};
struct mn_related {
	uint32_t lot, item;
};
struct mn_award {
	struct mn_view v, contract;
	struct mn_str id, status, date, amount, currency;
	struct mn_bought bought;
};

/* One organisation, one lot (0: the tender), one role. Grouped into rows. */
struct mn_claim {
	uint32_t org, role, lot, seq;
	uint32_t award;                 /* from 1; 0: none */
	struct mn_str amount, currency; /* of the bid */
};
struct mn_ocds_row {
	const struct mn_claim *claim;
	uint32_t n; /* claims from there on */
};

struct mn_ocds_key; /* entry of the table of names */
struct mn_ocds_name;
struct mn_ocds_process;
struct mn_ocds_kept;

struct mn_ocds {
	struct mn_input *in;
	struct mn_items items;
	bool suppliers;          /* rows are suppliers: one an organisation that bids */
	struct mn_arena root, a; /* life of a release */
	struct mn_arena life_root, life; /* of the input */
	/* ocds_merge.c: the processes of the file, those with several releases, what is
	 * kept of them */
	struct mn_ocds_name *name; /* a hash table */
	uint32_t n_name, cap_name;
	struct mn_ocds_process *process;
	uint32_t n_process, at_process;
	struct mn_ocds_kept *spare;
	size_t kept_bytes;
	struct mn_ocds_process *reading; /* whose texts are the release at hand */
	struct mn_json **docs;
	uint32_t n_doc;
	uint64_t lists; /* gathered so far */
	bool again;     /* told that some are read one by one */
	bool ended;     /* the file is read */
	uint64_t rows;  /* given so far: their number is the row's */
	struct mn_input_count count[5];
	/* the release at hand */
	struct mn_json *doc;
	struct mn_view release, tender, buyer;
	struct mn_str ocid, buyer_name;
	uint32_t told;               /* remarks */
	bool full;                   /* told that it has too many organisations or rows */
	struct mn_ocds_notes *notes; /* where remarks go; NULL: at once, about the file */
	struct mn_ocds_key *key;
	uint32_t n_key, cap_key;
	struct mn_org *org;
	uint32_t n_org, cap_org;
	struct mn_lot *lot; /* [0]: the tender as a whole */
	uint32_t n_lot, cap_lot;
	struct mn_award *award;
	uint32_t n_award;
	struct mn_view *item;
	uint32_t n_item;
	struct mn_related *related; /* by lot */
	uint32_t n_related, cap_related;
	struct mn_claim *claim;
	uint32_t n_claim, cap_claim;
	struct mn_ocds_row *row;
	uint32_t n_row, at_row;
};
enum { MN_N_RELEASES, MN_N_ORGS, MN_N_LOTS, MN_N_ITEMS, MN_N_AWARDS, MN_N_COUNT };

/* ocds_view.c */
struct mn_view mn_view_one(
    struct mn_ocds *x, const struct mn_json *v, struct mn_str path);
/* The view with v as the oldest that has anything to say. */
struct mn_view mn_view_with(
    struct mn_ocds *x, struct mn_view view, const struct mn_json *v);
const struct mn_json *mn_view_get(struct mn_view v, const char *key);
struct mn_view mn_view_map(struct mn_ocds *x, struct mn_view v, const char *key);
/* Objects of a list, those of several releases united by their id. */
uint32_t mn_view_list(
    struct mn_ocds *x, struct mn_view v, const char *key, struct mn_view **out);
struct mn_str mn_view_text(struct mn_ocds *x, struct mn_view v, const char *key);
/* The same of ids, which the standard lets be whole numbers. */
struct mn_str mn_view_id(struct mn_ocds *x, struct mn_view v, const char *key);
/* The day of a date and time. */
struct mn_str mn_view_day(struct mn_ocds *x, struct mn_view v, const char *key);
void mn_ocds_remark(struct mn_ocds *x, enum mn_code code, struct mn_str path,
    const char *key, const char *what);

/* ocds.c */
/* Has it what a release is read for? */
bool mn_ocds_content(struct mn_view v);

/* ocds_merge.c */
/* The releases that a record holds, as one; n == 0 when it has none, or only links. */
struct mn_view mn_ocds_record(struct mn_ocds *x, struct mn_view record);
/* Counts the releases of each process in the list, tells what will be merged, and goes
 * back to the beginning of the file and begins the items. */
bool mn_ocds_survey(struct mn_ocds *x, struct mn_str path, struct mn_err *err);
enum mn_ocds_step {
	MN_OCDS_ALONE, /* the item at hand is to be read as it is */
	MN_OCDS_LATER, /* it is kept until others of its process have come */
	MN_OCDS_WHOLE  /* it was the last: x->release is all of them */
};
enum mn_ocds_step mn_ocds_gather(struct mn_ocds *x);
/* At the end: the next process of which not all has come as x->release; false: none. */
bool mn_ocds_rest(struct mn_ocds *x);
/* The release at hand is through. */
void mn_ocds_forget(struct mn_ocds *x);
void mn_ocds_merge_close(struct mn_ocds *x);

/* ocds_code.c */
/* The role of a code of partyRole, or MN_BID_COUNT: none that is screened. */
enum mn_bid_role mn_bid_role_of(struct mn_str code);
const char *mn_bid_role_name(enum mn_bid_role r); /* MN_BID_COUNT: "" */
enum mn_id_kind { MN_ID_NONE, MN_ID_REGISTER, MN_ID_LEI, MN_ID_PERSON };
/* What numbers of this scheme identify; *country: of the register, or empty. */
enum mn_id_kind mn_id_scheme(struct mn_str scheme, struct mn_str *country);
bool mn_id_placeholder(struct mn_str number);
enum mn_goods_code { MN_GOODS_OTHER, MN_GOODS_CPV, MN_GOODS_UNSPSC, MN_GOODS_HS };
enum mn_goods_code mn_goods_scheme(struct mn_str scheme);

/* ocds_org.c */
void mn_ocds_parties(struct mn_ocds *x);
/* The organisation that a reference means, made when it is new; its index. */
uint32_t mn_ocds_org(struct mn_ocds *x, struct mn_view ref);
/* Tells once a release that some of it is not read. */
void mn_ocds_full(struct mn_ocds *x, struct mn_str path);
void mn_org_finish(struct mn_ocds *x, struct mn_org *o);
/* The table of names of a release: the number under a key, or UINT32_MAX. */
uint32_t mn_ocds_find(const struct mn_ocds *x, char space, struct mn_str key);
void mn_ocds_name(struct mn_ocds *x, char space, struct mn_str key, uint32_t at);

/* ocds_goods.c */
void mn_ocds_goods(struct mn_ocds *x);
/* What an award (from 1), else a lot, is about. */
const struct mn_bought *mn_ocds_bought(struct mn_ocds *x, uint32_t lot, uint32_t award);

/* ocds_columns.c */
struct mn_ocds_column {
	enum mn_field field;
	const char *path; /* where it comes from, for people */
	struct mn_str (*cell)(struct mn_ocds *x, const struct mn_ocds_row *r);
};
const struct mn_ocds_column *mn_ocds_columns(const struct mn_ocds *x, uint32_t *n);

/* ocds_rows.c */
/* The lot of this id, made when the tender does not list it; 0: no id. */
uint32_t mn_ocds_lot(struct mn_ocds *x, struct mn_str id, struct mn_view v);
/* Reads the release in x->release into rows. */
void mn_ocds_read(struct mn_ocds *x);

#endif

/*
 * A plan of visits as its renderers see it. plan.html, plan.csv and plan.xlsx are for the
 * planning office; field sheets go out with inspectors and name no rank, no stratum, no
 * likelihood and no complaint, because what is written on them is read at the gate.
 */
#ifndef MN_REPORT_PLAN_H
#define MN_REPORT_PLAN_H

#include "manumit/report/view.h"
#include "manumit/score/plan.h"

#define MN_FIELD_SIGNS 4 /* of an indicator; more do not fit a page of two sides */

struct mn_visit {
	struct mn_eid who;
	uint32_t rank; /* in the plan, from 1 */
	uint8_t stratum, band;
	uint32_t days;
	int64_t workers;    /* -1: not known */
	int32_t last_visit; /* MN_DAY_NONE: none known */
	int64_t p_q16, severity_q16;
	struct mn_str id, name, address, place; /* place: address with town and country */
	struct mn_str country, region, sector, size;
	struct mn_str crew;        /* who goes, with days */
	struct mn_str languages;   /* likely ones, ';' between */
	struct mn_str interpreter; /* of them, those nobody of the crew speaks */
	struct mn_str reason, look_for;
	struct {
		struct mn_str crew, reason, look_for;
	} said;              /* the same in the language of the page */
	struct mn_str sheet; /* file name of its field sheet */
};

/* One class of a dimension: what it has and what is planned there. */
struct mn_visit_class {
	struct mn_str name;
	uint32_t sites, visits, days, least;
	uint32_t by_stratum[MN_PLAN_STRATA]; /* days */
};

struct mn_visit_crew {
	struct mn_str name, base, languages;
	uint32_t days, used, open;
};

/* Why a site was not looked at. */
enum mn_left_out {
	MN_LEFT_NEVER,
	MN_LEFT_COOL_DOWN,
	MN_LEFT_SEASON,
	MN_LEFT_MOVED, /* swapped out or deferred by a person */
	MN_LEFT_ROLE,  /* bids only */
	MN_LEFT_PLACE, /* no row says where it is */
	MN_LEFT_COUNT
};
extern const char *const MN_LEFT_WHY[MN_LEFT_COUNT];

struct mn_visits {
	const struct mn_visit *visit;
	uint32_t n;
	bool by_visits; /* capacity is a number of visits, not of days */
	uint32_t units, used[MN_PLAN_STRATA], open, drawn_from;
	int64_t value, bound;
	bool optimal;
	uint32_t short_of, sites, left[MN_LEFT_COUNT];
	const struct mn_visit_class *of[MN_PLAN_DIMS];
	uint32_t n_of[MN_PLAN_DIMS];
	enum mn_plan_dim by; /* order of the page: MN_PLAN_DIMS: one list */
	const struct mn_visit_crew *crew;
	uint32_t n_crew;
	struct mn_str period; /* "2026-12" */
	uint64_t seed;
	uint32_t random_percent, reserve_percent, coverage_percent, cool_down;
	const struct mn_str *remark; /* sentences */
	uint32_t n_remark;
	const struct mn_str *change; /* swaps and deferrals in force, as sentences */
	uint32_t n_change;
};

/* Each into the directory, which exists: plan.html, plan.csv, plan.xlsx, field/. */
bool mn_report_visits(const struct mn_report *r, const struct mn_visits *v,
    const char *dir, struct mn_err *err);
bool mn_visits_csv(const struct mn_visits *v, const char *dir, struct mn_err *err);
bool mn_visits_xlsx(const struct mn_report *r, const struct mn_visits *v, const char *dir,
    struct mn_err *err);
bool mn_visits_page(const struct mn_report *r, const struct mn_visits *v, const char *dir,
    struct mn_err *err);
bool mn_visits_field(const struct mn_report *r, const struct mn_visits *v,
    const char *dir, struct mn_err *err);

#endif

/*
 * Private to the room: the fee aggregates of an entity, and which of them may be shown.
 */
#ifndef MN_REPORT_FEE_VIEW_H
#define MN_REPORT_FEE_VIEW_H

#include "manumit/model/withhold.h"

#include "html.h"

/* The rows of an entity, in the order of scopes. */
bool mn_fee_load(const struct mn_report *r, struct mn_eid who, struct mn_arena *a,
    struct mn_fee_stat **out, uint32_t *n, struct mn_err *err);

/* Of an employer's rows, least and n_least as mn_withhold wants them: which may be shown,
 * and a bit for each amount that may. */
bool *mn_fee_shown_of_employer(const struct mn_fee_stat *fee, uint32_t n,
    const int64_t *least, uint32_t n_least, struct mn_arena *a);
uint64_t *mn_fee_money_of_employer(const struct mn_fee_stat *fee, uint32_t n,
    const bool *shown, const int64_t *least, uint32_t n_least, struct mn_arena *a);
/* The same of a row about an employer that a recruiter served. */
bool mn_fee_served_shown(const struct mn_report *r, const struct mn_fee_stat *f,
    struct mn_arena a, bool *shown, uint64_t *money, struct mn_err *err);

/* For what has been found of employers; its buffers lie outside the arena. */
struct mn_fee_memo *mn_fee_memo_new(struct mn_arena *a);
void mn_fee_memo_free(struct mn_fee_memo *m);

/* Loads v->fee, v->fee_shown and v->fee_money. */
bool mn_view_fees(const struct mn_report *r, struct mn_eid who, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err);
/* The rows of v->fee of a scope, in order: the next after *at (begins at 0), or NULL. */
const struct mn_fee_stat *mn_fee_next(
    const struct mn_view *v, enum mn_fee_scope scope, uint32_t *at, bool *shown);
/* May the amount at this place of row i of v->fee be shown? */
bool mn_fee_amount_shown(const struct mn_view *v, uint32_t i, uint32_t place);
/* Walks the amounts of a row that may be shown; *at and *place begin at 0. */
bool mn_fee_amounts(const struct mn_view *v, const struct mn_fee_stat *f, size_t *at,
    uint32_t *place, struct mn_fee_money *m);
/* Of such an amount: may its part of a class be? */
bool mn_fee_class_shown(const struct mn_fee_money *m, unsigned class, int64_t least);
/* "NP to QA"; "?" for what is not said. */
struct mn_str mn_fee_corridor(const struct mn_fee_stat *f, struct mn_arena *a);
struct mn_str mn_fee_party(const struct mn_fee_stat *f);
/* "12345.60 NPR" */
struct mn_str mn_fee_amount(int64_t e4, const char *currency, struct mn_arena *a);
/* "entity", "recruiter", ... */
const char *mn_fee_scope_name(unsigned scope);
const char *mn_fee_measure_name(unsigned measure); /* for machines */
/* Months with one decimal, "never". */
struct mn_str mn_fee_months_text(int64_t q16, struct mn_arena *a);

/* The section of a dossier; nothing where there is nothing to say. */
void mn_html_fees(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
/* "fees": [...] of a record of results.jsonl. */
void mn_json_fees(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v);

#endif

/*
 * Facts from records, joined to entities and grouped by root source. Reads REC and the
 * fee spool, writes EV, FEE, GATE and DONE. Which code means which indicator, which class
 * is worth what, which months of wage mean which strength: all rows of packs.
 */
#ifndef MN_EVIDENCE_EVIDENCE_H
#define MN_EVIDENCE_EVIDENCE_H

#include "manumit/base/sort.h"
#include "manumit/evidence/inherent.h"
#include "manumit/evidence/rates.h"
#include "manumit/model/fee.h"
#include "manumit/model/source.h"
#include "manumit/resolve/decision.h"
#include "manumit/resolve/resolve.h"

struct mn_evidence_run {
	const struct mn_stage *stage;
	const struct mn_pack *pack;
	const struct mn_source *source; /* by src */
	uint32_t n_source;
	struct mn_xsort
	    *fees; /* finished spool: rid -> flag byte, record; freed by the caller */
	const struct mn_rates *rates; /* NULL: none */
	struct mn_xsort *surveys; /* the same of survey rows: rid -> record; NULL: none */
	const struct mn_decisions *decisions; /* NULL: none */
	enum mn_audience
	    audience; /* who may not hear a statement gets a card without it */
	uint8_t gate_fed[MN_MAX_GATES]; /* out: some list feeds this gate */
};

/* The stage as a whole. */
bool mn_stage_evidence(struct mn_evidence_run *run, struct mn_err *err);

/* ---- pure parts, for tests ---- */

/* Where evidence goes while it is made. */
struct mn_ev_sink {
	bool (*add)(void *ctx, const struct mn_evidence *e, struct mn_err *err);
	void *ctx;
	/* A remark about the row at hand. */
	void (*note)(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
	    struct mn_str detail);
};

struct mn_ev_in {
	const struct mn_pack *pack;
	const struct mn_record *rec;
	struct mn_eid who;
	uint32_t match_q16;
	int32_t as_of;
};
/* One finding row -> one evidence row (or a remark). */
bool mn_evidence_of_finding(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err);
/* One inspection row -> a row per violation code, or clear rows for what the authority
 * covers when it says that it looked and found nothing. */
bool mn_evidence_of_inspection(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err);

/* A list entry that surely means an entity -> one statement, where the violations pack
 * knows the list (a register that names no ground: one of no indicator). */
bool mn_evidence_of_entry(const struct mn_pack *p, const struct mn_gate_fact *f,
    const struct mn_ev_sink *sink, struct mn_err *err);

/* What a list row says of its own dates on the as-of day: MN_GATE_HIT listed now,
 * MN_GATE_ENDED no longer, MN_GATE_NOT_APPLICABLE not yet. Fills listed and ended day of
 * the newest interval that has begun. */
enum mn_gate_status mn_gate_dates(
    const struct mn_record *rec, int32_t as_of, int32_t *listed, int32_t *ended);
/* Applies to a fact what people decided about its pair, and returns the remark to make
 * about it, or MN_E_NONE. The fact has basis and status; `dates` is what its dates say.
 * "same" makes a match by name what its dates say; "different" makes it no match, kept to
 * be told. */
enum mn_code mn_gate_decide(struct mn_gate_fact *f, enum mn_gate_status dates,
    const struct mn_decisions *d, const struct mn_pair_keys *pair);
/* Is its law in force on the day? */
bool mn_gate_in_force(const struct mn_p_gate *g, int32_t as_of);
/* Why the gate does not concern the entity on that day, in words of its row ("applies
 * from 2027-12-14"); empty when it does. */
struct mn_str mn_gate_why_not(const struct mn_p_gate *g, const struct mn_entity *e,
    int32_t as_of, struct mn_arena *a);
/* Whom and when it concerns at all, in the same words; empty: everybody, always. */
struct mn_str mn_gate_scope(const struct mn_p_gate *g, int32_t as_of, struct mn_arena *a);
/* The licence gate of a recruiter, from the check that was entered with its own row:
 * false when nothing was entered. HIT where somebody looked and it is revoked, refused or
 * over; POSSIBLE where nobody looked since; NOT_CHECKED where "licensed" is only stated,
 * or was looked up too long ago. Not to be found in a register is POSSIBLE, never
 * "unlicensed". */
bool mn_gate_licence(const struct mn_pack *p, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a, struct mn_gate_fact *out);

/* What a row of a register of licences says of its holder: NO_MATCH (may act), HIT
 * (revoked, refused, over), POSSIBLE (applied). */
enum mn_gate_status mn_licence_listed(const struct mn_record *row, int32_t as_of);
/* Holds a fact about such a row against the licence number of the entity: one number is
 * an identifier, another one is told and not counted. */
void mn_licence_number(const struct mn_record *row, const struct mn_record *entity,
    enum mn_gate_status listed, struct mn_arena *a, struct mn_gate_fact *f);
/* What an audience may know of a statement: false, nothing of it; else it is made as
 * vague as it has to be. small: mn_pack_small_site of the entity. */
bool mn_evidence_tell(
    const struct mn_pack *p, enum mn_audience a, bool small, struct mn_evidence *e);

/* Who is meant by words such as "works council; auditor". */
struct mn_said_by {
	struct mn_str name; /* of the pack; empty: nobody, or nobody known */
	bool workers;       /* workers, or who speaks for them */
	bool checked;       /* the party that is checked */
	bool unknown;       /* some of the words mean nobody known */
};
struct mn_said_by mn_make_said_by(const struct mn_pack *p, struct mn_str text);

/* Cost in months of wage, Q16; -1 when the wage is unknown or not positive. */
int64_t mn_fee_months(int64_t net_e4, int64_t wage_month_e4);
/* A wage per period as a monthly wage: weeks 52/12, days 26, hours 208, years 1/12. */
int64_t mn_fee_monthly(int64_t wage_e4, int period_choice);
/* The band a cost falls in, or NULL when nothing was borne. */
const struct mn_p_fee_band *mn_fee_band(const struct mn_pack *p, int64_t months_q16);

#endif

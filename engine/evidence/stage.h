/* Private to the room: what the parts of stage evidence work on. */
#ifndef MN_EVIDENCE_STAGE_H
#define MN_EVIDENCE_STAGE_H

#include "cases.h"
#include "done.h"
#include "editions.h"
#include "places.h"

struct stage {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	struct mn_doing done;
	struct mn_xsort *ev, *gate;
	struct mn_cases cases;
	const struct mn_record *rec; /* the row at hand */
	struct mn_placing placing;
	const struct mn_editions *editions; /* NULL: no register has several */
	struct mn_places *places;
	struct mn_buf key, body, pos, value;
	struct mn_arena scratch;
	struct mn_arena lookup; /* scratch inside a visit, while `scratch` is lent out */
	struct mn_err *err;
};

/* Adds key, body and pos at hand to what is sorted; cleared before by mn_stage_clear. */
bool mn_stage_sorted(struct stage *x, struct mn_xsort *s, struct mn_err *err);
void mn_stage_clear(struct stage *x);
/* A remark about the row at hand; with no row at hand, none. */
void mn_stage_remark(struct stage *x, enum mn_code code, enum mn_field f,
    struct mn_str value, struct mn_str detail);
/* The two ends of a sink (evidence.h) whose context is the stage. */
bool mn_stage_say(void *ctx, const struct mn_evidence *e, struct mn_err *err);
void mn_stage_note(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail);
bool mn_stage_row(struct stage *x, mn_rid rid, struct mn_record *rec);

/* stage_gates.c: facts about gates, from the entry of a list at hand, from licence checks
 * entered with a recruiter, and from the places of an entity. */
bool mn_stage_entry(struct stage *x);
bool mn_stage_licence(struct stage *x, const struct mn_entity *e, struct mn_arena *a);
bool mn_stage_regions(struct stage *x, const struct mn_entity *e, struct mn_arena *a);

#endif

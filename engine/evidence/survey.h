/*
 * Private to the room: surveys of workers. Rows are sorted by (entity, survey, worker);
 * what one worker said is put together, judged under each lens, and counted; each survey
 * gives one statement an ILO indicator that was asked about (one root per survey), and
 * one aggregate a lens and age group. Nothing about a single worker leaves these files.
 */
#ifndef MN_EVIDENCE_SURVEY_H
#define MN_EVIDENCE_SURVEY_H

#include "manumit/evidence/lens.h"
#include "manumit/model/survey.h"

#include "make.h"

/* What is known of a worker, or of one row about it. */
struct mn_answer {
	struct mn_lens_set seen, asked;
	uint16_t ilo_seen, ilo_asked; /* codes that are ILO indicators themselves */
	uint8_t age;                  /* enum mn_age */
	uint8_t period;               /* choice of reference_period + 1, 0: not stated */
	bool private_talk;            /* off site, remote or on site in private */
	bool observed;                /* others could hear it: its silence says nothing */
	int32_t day;
	uint32_t match_q16;
	mn_rid rid;
	struct mn_str source_class, root; /* of the survey */
};
/* Reads a row; remarks go to the sink's note. False: it is not used. */
bool mn_answer_read(const struct mn_pack *p, const struct mn_lens_plan *plan,
    int32_t as_of, const struct mn_record *rec, const struct mn_ev_sink *sink,
    struct mn_answer *w);
/* By what rows are sorted: entity, survey, worker. */
void mn_answer_key(const struct mn_evidence_run *run, const struct mn_record *rec,
    struct mn_eid who, struct mn_buf *key);
void mn_answer_put(const struct mn_answer *w, struct mn_buf *b);
struct mn_answer mn_answer_get(struct mn_str value);
/* Adds to a what another row says of the same worker; the order does not matter. */
void mn_answer_unite(struct mn_answer *a, const struct mn_answer *b);

/* Reads the spool and adds one record per usable row to `sorted`. */
bool mn_survey_sort(struct mn_evidence_run *run, struct mn_reader *r,
    const struct mn_lens_plan *plan, struct mn_xsort *sorted, struct mn_err *err);
/* Where aggregates go, in the order of their sort keys. */
struct mn_lens_sink {
	bool (*add)(void *ctx, const struct mn_lens_stat *s, struct mn_err *err);
	void *ctx;
};
/* Walks the sorted rows: evidence to `ev`, aggregates to `lens`. */
bool mn_survey_reduce(struct mn_evidence_run *run, const struct mn_lens_plan *plan,
    struct mn_xsort *sorted, const struct mn_ev_sink *ev, const struct mn_lens_sink *lens,
    struct mn_err *err);

#endif

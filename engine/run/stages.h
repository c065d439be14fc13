/* Private to the room: the state of one run, and its stages. */
#ifndef MN_RUN_STAGES_H
#define MN_RUN_STAGES_H

#include "manumit/base/secret.h"
#include "manumit/connectors/input.h"
#include "manumit/evidence/evidence.h"
#include "manumit/run/run.h"

#include "issues.h"

/* Memory an external sort may keep before it spills: measured on 300 k fee rows, larger
 * values win nothing because one run fits already. */
#define MN_SORT_BYTES (64u << 20)

struct mn_entries;

struct mn_run {
	const struct mn_run_opts *o;
	struct mn_run_result *result;
	struct mn_arena arena; /* run lifetime */
	const struct mn_mappings *mappings;
	const struct mn_pack *pack;
	struct mn_gen *gen;
	const char *work_dir; /* spill files */
	const char *out_tmp;  /* directory being rendered */
	const char *data_dir;
	const struct mn_run_input *input; /* the user's, then the lists that come along */
	uint32_t n_input, n_own;          /* n_input: shrinks when a list is replaced */
	const struct mn_shipped **shipped; /* by input number; NULL: the user's */
	struct mn_source *source;
	struct mn_issues issues;
	unsigned char secret[MN_SECRET]; /* of workers' pseudonyms */
	char key_id[17];                 /* of a secret that is kept; empty: it is not */
	struct mn_xsort *fees;           /* spool of fee rows: rid -> flag, record */
	struct mn_xsort *surveys;        /* spool of survey rows: rid -> record */
	struct mn_rates rates;           /* of the tables given */
	struct mn_xsort *rank;           /* rows of RANK, from score to spread */
	struct mn_matcher matcher;       /* compares names; tables in the arena */
	struct mn_stage stage;
	struct mn_evidence_run evidence;
	char config_sha256[MN_HEX256_CHARS + 1];
	const struct mn_decisions *decisions;
	const struct mn_entries
	    *entries;                   /* of `manumit record`: the last of the inputs */
	struct mn_journal_head journal; /* as it was when the run began */
	bool *pack_is_new;              /* by pack file: not what the store held */
};

/* Packs, decisions, entries and the journal's head: what a run takes from the store's
 * state. */
bool mn_run_state(struct mn_run *r, struct mn_err *err);
/* Journals the run, its inputs and the packs that are new; before it is published. */
bool mn_run_journal(struct mn_run *r, struct mn_err *err);

/* Compares with the generation before, if there is one, into out_tmp. */
bool mn_run_compare(struct mn_run *r, const struct mn_report *now, struct mn_err *err);

/* A row of a list: A act, Q ask first, N all by name. */
bool mn_rank_add(struct mn_xsort *rank, char list, const struct mn_card *c,
    struct mn_str name, struct mn_err *err);

bool mn_run_ingest(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_index(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_resolve(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_match(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_evidence(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_edges(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_spread(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_score(struct mn_run *r, uint64_t *rows, struct mn_err *err);
bool mn_run_report(struct mn_run *r, uint64_t *rows, struct mn_err *err);

#endif

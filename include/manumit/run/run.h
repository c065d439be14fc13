/*
 * A run: inputs in, a published generation and a directory of reports out, or nothing.
 */
#ifndef MN_RUN_RUN_H
#define MN_RUN_RUN_H

#include "manumit/connectors/mapping.h"
#include "manumit/report/diff.h"
#include "manumit/report/report.h"
#include "manumit/run/inputs.h"
#include "manumit/run/shipped.h"
#include "manumit/store/journal.h"

struct mn_run_opts {
	const struct mn_run_input *input; /* suppliers first */
	uint32_t n_input;
	const struct mn_run_unused *unused; /* sheets beside them: named in issues.csv */
	uint32_t n_unused;
	const char *country_pack;  /* in place of the shipped series; NULL: those */
	const char *const *tailor; /* tailoring files, in their order */
	uint32_t n_tailor;
	bool sensitivity;             /* score again with each constant changed */
	bool tender;                  /* the report is about lots: tender.h of report */
	const char *out;              /* directory of the reports */
	const char *data_dir;         /* store; NULL: a private one under `out` */
	const char *share_dir;        /* holds indicators/ and connectors/ */
	struct mn_mappings_said said; /* of the inputs */
	int32_t as_of;
	struct mn_when now; /* of the journal */
	uint32_t jobs;      /* threads, at least 1; changes no byte */
	bool shipped;       /* use the lists that come along, see shipped.h */
	bool force;         /* replace an existing `out` */
	bool no_sandbox;    /* inputs are parsed in this process */
	bool stats;         /* times into the manifest; they are not reproducible */
	bool compare;       /* with a generation before: diff.txt, diff.jsonl, diff.csv */
	uint64_t compare_with;              /* which; 0, or one that is gone: the last */
	uint64_t generations;               /* how many the store keeps, 0: two */
	const struct mn_messages *messages; /* language of the pages; NULL: English */
	enum mn_audience audience; /* other than internal: a copy, see stages.h */
	/* File of the key of workers' pseudonyms, made if it is missing; NULL: one is
	 * drawn for this run and kept nowhere. */
	const char *worker_key;
	enum mn_band dossiers_from;
	bool dossiers_auto;
	/* Called when a stage begins (rows 0) and ends; may be NULL. */
	void (*progress)(void *ctx, const char *stage, uint64_t rows, bool done);
	void *progress_ctx;
};

#define MN_MAX_STAGES 12
#define MN_MAX_TOLD 3 /* rows and columns that a terminal names; issues.csv has all */

struct mn_run_result {
	uint64_t entities, generation;
	uint64_t bands[MN_BANDS];
	uint64_t
	    gates[MN_GATE_STATUS_COUNT]; /* entities by their strongest gate status */
	uint64_t upstream;               /* entities that a gate reaches along edges */
	uint64_t rows, accepted, noted, quarantined;
	uint64_t unjoined;   /* of the noted: rows that found no supplier, or several */
	struct mn_run_told { /* of the user's rows the first that are not used, and why */
		char row[160], why[240];
	} told[MN_MAX_TOLD];
	uint32_t n_told;
	char columns[200]; /* the first of the user's columns that are not used */
	uint32_t n_columns;
	char digest[MN_HEX256_CHARS + 1];
	enum mn_band worst;     /* highest band met */
	bool compared;          /* there was a generation before, and diff tells of it */
	uint64_t compared_with; /* that generation */
	struct mn_diff_counts diff;
	bool key_made; /* a new key lies where the options say */
	struct mn_stage_metric {
		const char *name;
		uint64_t rows, wall_us, cpu_us, peak_kib, anon_kib;
	} stage[MN_MAX_STAGES];
	uint32_t n_stage;
	struct mn_run_list { /* lists that came along */
		char file[64], edition[11];
		int64_t days;
		bool stale, replaced; /* replaced: a file of the user took its place */
	} list[MN_MAX_SHIPPED];
	uint32_t n_list;
};

/* Runs everything. On failure nothing is published: the store keeps its current
 * generation, `out` is untouched, and err says what to do. One run per process at a time.
 */
bool mn_run_screen(
    const struct mn_run_opts *o, struct mn_run_result *out, struct mn_err *err);

/* Opens the generation a directory holds: a data directory, or a report directory with
 * its private store. number 0: the current one. */
struct mn_gen *mn_run_open(const char *dir, uint64_t number, struct mn_err *err);

#endif

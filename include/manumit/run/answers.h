/*
 * What suppliers answered: their workbooks read back as facts, admissions, and who has
 * not replied. Tables come of it that a screening and `manumit record` take.
 */
#ifndef MN_RUN_ANSWERS_H
#define MN_RUN_ANSWERS_H

#include "manumit/base/diag.h"
#include "manumit/connectors/mapping.h"
#include "manumit/pack/pack.h"

struct mn_answers_opts {
	const char *const *file; /* questionnaires as they came back */
	uint32_t n_file;
	const char *asked; /* asked.csv of `manumit ask`, NULL: not given */
	const char *dir;   /* exists; takes the tables */
	const struct mn_mappings *mappings;
	const struct mn_pack *pack;
	int32_t as_of; /* the day of the answers */
	void (*tell)(void *ctx, const struct mn_issue *issue);
	void *ctx;
};

struct mn_answers_result {
	uint32_t files, facts, admissions, denials; /* denials: said to be in order */
	uint32_t unknown, empty, refused;           /* refused: not understood */
	uint32_t asked, replied, late;
};

/* Writes findings.csv and suppliers.csv, with `asked` also actions.csv and reminders.csv.
 * A file that holds no question of the packs is an error that names it. */
bool mn_answers(
    const struct mn_answers_opts *o, struct mn_answers_result *out, struct mn_err *err);

#endif

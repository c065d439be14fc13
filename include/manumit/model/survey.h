/*
 * What interviews of workers say under one lens about one entity: counts only. One row a
 * survey, lens and age group. No worker's reference, hashed or not, is in it.
 */
#ifndef MN_MODEL_SURVEY_H
#define MN_MODEL_SURVEY_H

#include "manumit/base/limits.h"
#include "manumit/model/record.h"

enum mn_age { MN_AGE_ADULT, MN_AGE_CHILD, MN_AGE_UNSTATED, MN_AGES };
const char *mn_age_name(unsigned age); /* "adult", "child", "not stated" */

struct mn_lens_stat {
	struct mn_eid who;
	struct mn_key survey;  /* which survey: its root, or employer and file */
	struct mn_str lens;    /* code of the pack's lens */
	uint8_t age;           /* enum mn_age; unstated is read as adult */
	uint32_t interviewed;  /* workers of that age in the survey */
	uint32_t assessable;   /* of them, asked about the lens, with what it needs */
	uint32_t private_talk; /* of the interviewed: off site, remote or in private */
	uint32_t pattern;      /* of the assessable: a case that the pack calls so */
	/* Of the assessable: by dimension and by case, in the order of the pack. */
	uint32_t n_dim, n_case;
	uint32_t dim[MN_LENS_DIMS], kase[MN_LENS_CASES];
	int32_t first_day, last_day; /* of the interviews; MN_DAY_NONE */
	struct mn_str period;        /* reference period, "several", or empty */
	mn_rid rid;                  /* first row of the survey */
};

/* who, survey, lens, age */
void mn_lens_stat_sort_key(const struct mn_lens_stat *s, struct mn_buf *out);
void mn_lens_stat_encode(
    const struct mn_lens_stat *s, struct mn_buf *body, struct mn_buf *pos);
/* Borrows from sort_key and body; validates. */
bool mn_lens_stat_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_lens_stat *out, struct mn_err *err);

#endif

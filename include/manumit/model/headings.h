/*
 * Headers and remarks of tables in a language other than English: what the template
 * writes, and what headers then mean when the table comes back. Data
 * (connectors/template), borrowed from whoever read it.
 */
#ifndef MN_MODEL_HEADINGS_H
#define MN_MODEL_HEADINGS_H

#include "manumit/model/field.h"

#define MN_HEADINGS_INTRO 6 /* sentences of the first page */

struct mn_headings {
	struct mn_str language; /* "fr" */
	struct mn_str name;     /* of the language, in it */
	bool reviewed;          /* by somebody whose language it is */
	struct mn_str intro[MN_HEADINGS_INTRO];
	uint32_t n_intro;
	struct mn_str type[MN_T_INTERVALS + 1]; /* how a value of the type is written */
	struct mn_str required, worker;
	struct mn_str head[MN_F_COUNT], remark[MN_F_COUNT];
};

#endif

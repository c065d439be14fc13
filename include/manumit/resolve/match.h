/*
 * What comparing names needs, opened together: the analyst (tables, frequencies) and the
 * fitted model. Thread rule: one matcher, one thread; the tables behind it are shared.
 */
#ifndef MN_RESOLVE_MATCH_H
#define MN_RESOLVE_MATCH_H

#include "manumit/base/ordered.h"
#include "manumit/resolve/pair.h"

struct mn_matcher {
	struct mn_analyst *analyst;
	struct mn_model model;
};

/* Reads DIR (connectors/names): tables, background, model.json. countries may be NULL.
 * False and err (file, line, reason) on failure. Tables live in the arena. */
bool mn_matcher_open(struct mn_matcher *m, struct mn_arena *a, const char *dir,
    const struct mn_countries *countries, struct mn_err *err);
void mn_matcher_close(struct mn_matcher *m);

/* Matchers for the threads of one job (base/ordered.h): the first is the one they were
 * made from, when there is one thread only. */
struct mn_crew {
	struct mn_matcher *of;
	uint32_t jobs;
	struct mn_matcher m[MN_MAX_JOBS];
};
bool mn_crew_open(
    struct mn_crew *c, struct mn_matcher *of, uint32_t jobs, struct mn_err *err);
/* After `of` counted a list: from now on its frequencies are everybody's. */
void mn_crew_follow(struct mn_crew *c);
void mn_crew_close(struct mn_crew *c); /* a zeroed crew is fine */

/* One record as the matcher sees it: its names' variants, country, address. */
struct mn_profile {
	struct mn_names names;
	struct mn_address address;
	struct mn_party party;
};
void mn_profile_read(struct mn_matcher *m, struct mn_str name, struct mn_str country,
    struct mn_str address, struct mn_profile *out);
/* The best verdict over both sides' variants; each party's name is set to the variant the
 * verdict belongs to. */
void mn_profile_compare(const struct mn_matcher *m, struct mn_profile *a,
    struct mn_profile *b, struct mn_verdict *out);

#endif

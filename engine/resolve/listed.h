/* Private to the room: the rows of MATCH, list entries and the entities they resemble. */
#ifndef MN_RESOLVE_LISTED_H
#define MN_RESOLVE_LISTED_H

#include "manumit/model/codec.h"

struct mn_matched {
	struct mn_eid who;
	int32_t p_q16;
	bool other; /* their identifiers differ */
	struct mn_str listed_as, why;
};

static inline void
mn_matched_put(struct mn_buf *b, const struct mn_matched *m)
{
	mn_put_eid(b, m->who);
	mn_put_u32(b, (uint32_t)m->p_q16);
	mn_put_u8(b, m->other);
	mn_put_str(b, m->listed_as);
	mn_put_str(b, m->why);
}

static inline struct mn_matched
mn_matched_get(struct mn_get *g)
{
	struct mn_matched m = {.who = mn_get_eid(g)};
	m.p_q16 = (int32_t)mn_get_u32(g);
	m.other = mn_get_u8(g) != 0;
	m.listed_as = mn_get_str(g);
	m.why = mn_get_str(g);
	return m;
}

#endif

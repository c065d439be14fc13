/* Private to the room: entities in the order of a list, rendered side by side. */
#ifndef MN_REPORT_MANY_H
#define MN_REPORT_MANY_H

#include "manumit/base/buf.h"
#include "manumit/report/view.h"

struct mn_many {
	char list; /* of mn_view_rank */
	/* In any thread, with a report of the thread's own: appends to out what is
	 * written of the entity. False and err stop everything. */
	bool (*render)(const void *ctx, const struct mn_report *r,
	    const struct mn_card *card, struct mn_arena a, struct mn_buf *out,
	    struct mn_err *err);
	/* In the caller's thread, in the order of the list: what was appended for some
	 * entities. NULL: nothing is. */
	void (*take)(void *ctx, struct mn_str bytes);
	void *ctx;
};

/* Renders every entity of the list with r->jobs threads; no byte depends on how many. */
bool mn_view_many(const struct mn_report *r, const struct mn_many *m, struct mn_err *err);

#endif

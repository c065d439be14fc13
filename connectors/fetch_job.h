/* Private to the room: a run of fetch, and one source of it. */
#ifndef MN_CONNECTORS_FETCH_JOB_H
#define MN_CONNECTORS_FETCH_JOB_H

#include "manumit/base/file.h"

#include "fetch_impl.h"
#include "http.h"
#include "mapping_impl.h"

struct mn_fetch {
	struct mn_fetch_opts o;
	struct mn_http *h;
	struct mn_lock lock;
	struct mn_arena root;
};

/* One source being fetched. Everything lives in `a`, which is forgotten afterwards. */
struct mn_fetch_job {
	struct mn_fetch *f;
	const struct mn_map_source *s;
	struct mn_arena *a;
	const char *path, *state_path, *part, *part_state, *url;
	struct mn_fetch_state before, now;
	struct mn_http_ask ask;
	int fd;
	bool fresh; /* the copy at hand is the one the state speaks of */
};

/* Where the source is: at its publisher's, or below the mirror. */
const char *mn_fetch_address(struct mn_fetch_job *j);
/* Fills j->ask: with a token, and with what the copy or the part at hand is known by. */
bool mn_fetch_prepare(struct mn_fetch_job *j, struct mn_err *err);

#endif

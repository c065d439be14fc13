/*
 * Private to the room: how long a parent waits for its parsing child. Processor time is
 * limited by base/sandbox.h; a child that takes none, because what has taken
 * it over sleeps or it waits for something that never comes, is ended here. Only time
 * spent waiting for the child counts: never that of whoever feeds a pipe, which is copied
 * to a file before there is a child.
 */
#ifndef MN_CONNECTORS_PATIENCE_H
#define MN_CONNECTORS_PATIENCE_H

#include "manumit/base/str.h"

struct mn_patience {
	int pid; /* of the child; 0: nobody's processor time is known */
	uint64_t still_us, most_us; /* the limits */
	uint64_t waited_us;         /* in all */
	uint64_t silent_us;         /* since a byte came or processor time was used */
	uint64_t cpu_us;            /* that it had used when last looked at */
	bool still, slow;           /* why it is over */
};

/* With the limits of limits.h for a child that may take so much processor time. fd: where
 * its bytes come from; reading there returns from time to time when it is a socket. */
struct mn_patience mn_patience_new(int pid, int fd, uint64_t cpu_seconds);
/* So much more time has passed in waiting, and a byte came or none. False: it is over. */
bool mn_patience_more(struct mn_patience *p, uint64_t us, bool heard);

#endif

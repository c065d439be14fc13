/* How long a parsing child is waited for. */
#include <sys/socket.h>
#include <sys/time.h>

#include "manumit/base/clock.h"
#include "manumit/base/limits.h"

#include "patience.h"

#define SECOND ((uint64_t)1000000)

struct mn_patience
mn_patience_new(int pid, int fd, uint64_t cpu_seconds)
{
	struct mn_patience p = {.pid = pid,
	    .still_us = MN_PARSER_STILL * SECOND,
	    .most_us = cpu_seconds * MN_PARSER_SHARE * SECOND};
	struct timeval look = {.tv_sec = MN_PARSER_STILL / 10};
	/* Without it (a pipe in a test) reading waits, which is what it did before. */
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &look, sizeof look);
	return p;
}

bool
mn_patience_more(struct mn_patience *p, uint64_t us, bool heard)
{
	uint64_t cpu = p->cpu_us;
	p->waited_us += us;
	p->silent_us = heard ? 0 : p->silent_us + us;
	if (!heard && p->pid && mn_clock_cpu_of(p->pid, &cpu) && cpu > p->cpu_us)
		p->silent_us = 0;
	p->cpu_us = cpu;
	p->still = p->silent_us >= p->still_us;
	p->slow = p->waited_us >= p->most_us;
	return !p->still && !p->slow;
}

/*
 * Work for several threads whose result does not show how many there were: units are
 * filled one after another (cut), worked on by any thread (map), and taken in the order
 *in which they were filled (commit). Cut and commit run in the caller's thread; only map
 * runs elsewhere, and sees nothing but its unit, its thread's own tool, and what nobody
 * writes. All concurrency of the program is in ordered.c.
 *
 *	while ((unit = mn_ordered_unit(o, err))) {
 *		if (!fill(unit)) break;
 *		mn_ordered_put(o);
 *	}
 *	good = mn_ordered_finish(o, err);
 *	mn_ordered_free(o);
 */
#ifndef MN_BASE_ORDERED_H
#define MN_BASE_ORDERED_H

#include "manumit/base/err.h"

#define MN_MAX_JOBS 64
#define MN_UNITS_PER_JOB 4 /* so that nobody waits for one slow unit */

struct mn_ordered_job {
	/* In any thread. tool: that of the thread. */
	void (*map)(void *tool, void *unit);
	/* In the caller's thread, in the order of putting. False stops everything. */
	bool (*commit)(void *ctx, void *unit, struct mn_err *err);
	void *ctx;
	uint32_t jobs;     /* threads, 1 to MN_MAX_JOBS; 1: no thread, the caller works */
	void *const *tool; /* one a job; NULL: none are needed */
	void *const *unit; /* what is filled, again and again */
	uint32_t n_unit;   /* at least 1; MN_UNITS_PER_JOB * jobs is good */
};

struct mn_ordered;
/* Starts the threads; job is copied, tools and units are borrowed. When the system gives
 * fewer threads, there are fewer. NULL and err without memory. */
struct mn_ordered *mn_ordered_new(const struct mn_ordered_job *job, struct mn_err *err);
/* The next unit to fill, as its last use left it; commits what is done, and waits when
 * all units are at work. NULL and err when a commit failed. */
void *mn_ordered_unit(struct mn_ordered *o, struct mn_err *err);
/* Hands the unit over that was asked for last. */
void mn_ordered_put(struct mn_ordered *o);
/* Waits for all units and commits them. A unit asked for but not put is dropped. */
bool mn_ordered_finish(struct mn_ordered *o, struct mn_err *err);
/* Ends the threads; what is not committed is dropped. NULL is fine. */
void mn_ordered_free(struct mn_ordered *o);

/* Tasks that have nothing to do with each other, each in one thread, jobs threads at
 * most; all are done when it returns. Short of memory or threads they run in turn. */
struct mn_task {
	void (*run)(void *ctx);
	void *ctx;
};
void mn_side_by_side(struct mn_task *task, uint32_t n, uint32_t jobs);

/* Processors that the system lets this process use, 1 to MN_MAX_JOBS. */
uint32_t mn_cpu_count(void);

#endif

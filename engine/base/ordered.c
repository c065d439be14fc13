/*
 * A ring of units between the caller and its threads. Each unit is in one state; the
 * caller moves `put` and `done`, threads move `taken`, all under one lock. Units are
 * large (tens of names), so the lock is taken rarely: measured, it costs nothing.
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include "manumit/base/arena.h"
#include "manumit/base/ordered.h"

enum state { FREE, READY, TAKEN, DONE };

struct worker {
	struct mn_ordered *o;
	void *tool;
	pthread_t thread;
};

struct mn_ordered {
	struct mn_ordered_job job;
	pthread_mutex_t lock;
	pthread_cond_t work, done; /* a unit is ready; a unit is done */
	enum state *state;
	uint64_t put, taken, committed; /* units so far; unit i lies at i % n_unit */
	bool stop, failed;
	uint32_t n_worker, n_begun;
	struct worker worker[MN_MAX_JOBS];
};

static void *
unit_of(const struct mn_ordered *o, uint64_t i)
{
	return o->job.unit[i % o->job.n_unit];
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct mn_ordered *o = w->o;
	pthread_mutex_lock(&o->lock);
	o->n_begun++;
	pthread_cond_signal(&o->done);
	for (;;) {
		while (!o->stop && o->taken == o->put)
			pthread_cond_wait(&o->work, &o->lock);
		if (o->stop)
			break;
		uint64_t i = o->taken++;
		o->state[i % o->job.n_unit] = TAKEN;
		pthread_mutex_unlock(&o->lock);
		o->job.map(w->tool, unit_of(o, i));
		pthread_mutex_lock(&o->lock);
		o->state[i % o->job.n_unit] = DONE;
		pthread_cond_signal(&o->done);
	}
	pthread_mutex_unlock(&o->lock);
	return NULL;
}

/* Signals are for the caller's thread. */
static void
start(struct mn_ordered *o)
{
	sigset_t all, old;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	for (uint32_t i = 0; o->job.jobs > 1 && i < o->job.jobs; i++) {
		struct worker *w = &o->worker[i];
		*w = (struct worker){.o = o, .tool = o->job.tool ? o->job.tool[i] : NULL};
		if (pthread_create(&w->thread, NULL, work, w) != 0)
			break;
		o->n_worker++;
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	/* A thread that begins makes system calls that a sandbox may soon refuse. */
	pthread_mutex_lock(&o->lock);
	while (o->n_begun < o->n_worker)
		pthread_cond_wait(&o->done, &o->lock);
	pthread_mutex_unlock(&o->lock);
}

struct mn_ordered *
mn_ordered_new(const struct mn_ordered_job *job, struct mn_err *err)
{
	struct mn_ordered *o = mn_handle_new(sizeof *o);
	enum state *state = mn_handle_new(job->n_unit * sizeof *state);
	if (!o || !state) {
		mn_handle_free(o);
		mn_handle_free(state);
		mn_fail(err, MN_E_NOMEM, "workers");
		return NULL;
	}
	o->job = *job;
	o->state = state;
	if (o->job.jobs > MN_MAX_JOBS)
		o->job.jobs = MN_MAX_JOBS;
	pthread_mutex_init(&o->lock, NULL);
	pthread_cond_init(&o->work, NULL);
	pthread_cond_init(&o->done, NULL);
	start(o);
	return o;
}

/* Commits the units that are done, in order; wait: for at least one, if any is out.
 * Called, and returns, with the lock held; committing does not hold it. */
static bool
commit(struct mn_ordered *o, bool wait, struct mn_err *err)
{
	while (o->committed < o->put) {
		enum state *s = &o->state[o->committed % o->job.n_unit];
		while (wait && *s != DONE)
			pthread_cond_wait(&o->done, &o->lock);
		if (*s != DONE)
			return true;
		wait = false;
		pthread_mutex_unlock(&o->lock);
		bool good = o->job.commit(o->job.ctx, unit_of(o, o->committed), err);
		pthread_mutex_lock(&o->lock);
		*s = FREE;
		o->committed++;
		if (!good) {
			o->failed = true;
			return false;
		}
	}
	return true;
}

void *
mn_ordered_unit(struct mn_ordered *o, struct mn_err *err)
{
	pthread_mutex_lock(&o->lock);
	bool full = o->put - o->committed == o->job.n_unit;
	bool good = !o->failed && commit(o, full, err);
	pthread_mutex_unlock(&o->lock);
	return good ? unit_of(o, o->put) : NULL;
}

void
mn_ordered_put(struct mn_ordered *o)
{
	if (o->n_worker == 0)
		o->job.map(o->job.tool ? o->job.tool[0] : NULL, unit_of(o, o->put));
	pthread_mutex_lock(&o->lock);
	o->state[o->put % o->job.n_unit] = o->n_worker ? READY : DONE;
	o->put++;
	pthread_cond_signal(&o->work);
	pthread_mutex_unlock(&o->lock);
}

bool
mn_ordered_finish(struct mn_ordered *o, struct mn_err *err)
{
	bool good = !o->failed;
	pthread_mutex_lock(&o->lock);
	while (good && o->committed < o->put)
		good = commit(o, true, err);
	pthread_mutex_unlock(&o->lock);
	return good;
}

void
mn_ordered_free(struct mn_ordered *o)
{
	if (!o)
		return;
	pthread_mutex_lock(&o->lock);
	o->stop = true;
	pthread_cond_broadcast(&o->work);
	pthread_mutex_unlock(&o->lock);
	for (uint32_t i = 0; i < o->n_worker; i++)
		pthread_join(o->worker[i].thread, NULL);
	pthread_mutex_destroy(&o->lock);
	pthread_cond_destroy(&o->work);
	pthread_cond_destroy(&o->done);
	mn_handle_free(o->state);
	mn_handle_free(o);
}

/* ---- tasks ---- */

#define TASKS 8 /* at once */

static void
run_task(void *tool, void *unit)
{
	const struct mn_task *task = *(struct mn_task *const *)unit;
	(void)tool;
	task->run(task->ctx);
}

static bool
task_done(void *ctx, void *unit, struct mn_err *err)
{
	(void)ctx;
	(void)unit;
	(void)err;
	return true;
}

void
mn_side_by_side(struct mn_task *task, uint32_t n, uint32_t jobs)
{
	struct mn_task *at[TASKS];
	void *unit[TASKS];
	struct mn_err never; /* tasks do not fail */
	uint32_t n_unit = n < TASKS ? n : TASKS;
	for (uint32_t i = 0; i < n_unit; i++)
		unit[i] = &at[i];
	struct mn_ordered_job job = {.map = run_task,
	    .commit = task_done,
	    .jobs = jobs < n_unit ? jobs : n_unit,
	    .unit = unit,
	    .n_unit = n_unit};
	struct mn_ordered *o = n ? mn_ordered_new(&job, &never) : NULL;
	for (uint32_t i = 0; i < n; i++) {
		if (!o) {
			task[i].run(task[i].ctx);
			continue;
		}
		struct mn_task **place = mn_ordered_unit(o, &never);
		*place = &task[i];
		mn_ordered_put(o);
	}
	if (o)
		mn_ordered_finish(o, &never);
	mn_ordered_free(o);
}

uint32_t
mn_cpu_count(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
	return n < 1 ? 1 : n > MN_MAX_JOBS ? MN_MAX_JOBS : (uint32_t)n;
}

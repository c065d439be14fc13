/* Units come back in order, whatever the number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <cmocka.h>

#include "manumit/base/ordered.h"

struct unit {
	uint64_t n, squared;
	uint32_t tool;
};

struct seen {
	uint64_t next, fail_at;
	bool in_order;
};

static void
square(void *tool, void *p)
{
	struct unit *u = p;
	/* Later units take less time, so that threads overtake each other. */
	volatile uint64_t busy = u->n % 7 ? 10 : 20000;
	while (busy)
		busy--;
	u->squared = u->n * u->n;
	u->tool = *(uint32_t *)tool;
}

static bool
take(void *ctx, void *p, struct mn_err *err)
{
	struct seen *s = ctx;
	struct unit *u = p;
	if (s->fail_at && u->n == s->fail_at)
		return mn_fail(err, MN_E_IO, "unit %llu", (unsigned long long)u->n);
	s->in_order = s->in_order && u->n == s->next && u->squared == u->n * u->n;
	s->next++;
	return true;
}

#define UNITS 12
static bool
run(uint32_t jobs, uint64_t n, struct seen *s, struct mn_err *err)
{
	struct unit unit[UNITS];
	void *units[UNITS], *tools[MN_MAX_JOBS], *u;
	uint32_t tool[MN_MAX_JOBS];
	for (uint32_t i = 0; i < UNITS; i++)
		units[i] = &unit[i];
	for (uint32_t i = 0; i < MN_MAX_JOBS; i++) {
		tool[i] = i;
		tools[i] = &tool[i];
	}
	struct mn_ordered *o = mn_ordered_new(
	    &(struct mn_ordered_job){square, take, s, jobs, tools, units, UNITS}, err);
	bool good = true;
	for (uint64_t i = 0; good && i < n; i++) {
		good = (u = mn_ordered_unit(o, err)) != NULL;
		if (!good)
			break;
		((struct unit *)u)->n = i;
		mn_ordered_put(o);
	}
	good = good && mn_ordered_finish(o, err);
	mn_ordered_free(o);
	return good;
}

static void
units_are_committed_in_order_by_any_number_of_threads(void **state)
{
	(void)state;
	static const uint32_t JOBS[] = {1, 2, 3, 7, MN_MAX_JOBS};
	static const uint64_t N[] = {0, 1, UNITS, 1000};
	struct mn_err err;
	for (size_t j = 0; j < countof(JOBS); j++)
		for (size_t n = 0; n < countof(N); n++) {
			struct seen s = {.in_order = true};
			assert_true(run(JOBS[j], N[n], &s, &err));
			assert_true(s.in_order);
			assert_int_equal(s.next, N[n]);
		}
}

static void
a_commit_that_fails_stops_the_work(void **state)
{
	(void)state;
	static const uint32_t JOBS[] = {1, 2, 7};
	for (size_t j = 0; j < countof(JOBS); j++) {
		struct mn_err err = MN_ERR_NONE;
		struct seen s = {.in_order = true, .fail_at = 40};
		assert_false(run(JOBS[j], 1000, &s, &err));
		assert_true(s.in_order);
		assert_int_equal(s.next, 40);
		assert_int_equal(err.code, MN_E_IO);
		assert_string_equal(err.msg, "unit 40");
	}
}

static void
there_is_at_least_one_processor(void **state)
{
	(void)state;
	assert_in_range(mn_cpu_count(), 1, MN_MAX_JOBS);
}

static void
add_one(void *ctx)
{
	++*(unsigned *)ctx;
}

static void
each_task_runs_once(void **state)
{
	(void)state;
	for (uint32_t jobs = 1; jobs < 6; jobs++)
		for (uint32_t n = 0; n < 20; n += 3) {
			unsigned ran[20] = {0};
			struct mn_task task[20];
			for (uint32_t i = 0; i < n; i++)
				task[i] = (struct mn_task){add_one, &ran[i]};
			mn_side_by_side(task, n, jobs);
			for (uint32_t i = 0; i < 20; i++)
				assert_int_equal(ran[i], i < n);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(units_are_committed_in_order_by_any_number_of_threads),
	    cmocka_unit_test(each_task_runs_once),
	    cmocka_unit_test(a_commit_that_fails_stops_the_work),
	    cmocka_unit_test(there_is_at_least_one_processor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Arenas: zeroed, aligned, bounded, copied by value for scratch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/arena.h"

struct out_of_memory {
	jmp_buf back;
	size_t asked;
};

static void
note_and_leave(void *ctx, size_t asked_bytes)
{
	struct out_of_memory *o = ctx;
	o->asked = asked_bytes;
	longjmp(o->back, 1);
}

static bool
all_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void
objects_are_aligned_and_apart(void **state)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	char *last = a.beg;
	(void)state;
	for (size_t align = 1; align <= 4096; align *= 2) {
		char *p = mn_arena_alloc(&a, 3, align, 5);
		assert_int_equal((uintptr_t)p % align, 0);
		assert_true(p >= last && all_zero(p, 15));
		memset(p, 0xff, 15);
		last = p + 15;
	}
	assert_non_null(mn_arena_alloc(&a, 8, 8, 0));
	mn_arena_free(root);
}

static void
reused_scratch_is_zero_again(void **state)
{
	static const size_t SIZES[] = {1, 100, 4096, 262143, 262144, 1000001};
	struct mn_arena root = mn_arena_new(4u << 20, NULL);
	(void)state;
	for (size_t i = 0; i < countof(SIZES); i++) {
		struct mn_arena scratch = root;
		char *before = mn_arena_alloc(&scratch, 1, 1, 7 + SIZES[i] + 9);
		memset(before, 0xa5, 7 + SIZES[i] + 9);
		scratch = root;
		mn_arena_alloc(&scratch, 1, 1, 7);
		char *p = mn_arena_alloc(&scratch, 1, 1, SIZES[i]);
		assert_true(all_zero(p, SIZES[i]));
		/* The neighbour is not touched. */
		assert_int_equal((unsigned char)p[SIZES[i]], 0xa5);
	}
	mn_arena_free(root);
}

static void
exhaustion_and_overflow_go_to_the_handler(void **state)
{
	static struct out_of_memory o;
	const struct mn_oom oom = {note_and_leave, &o};
	struct mn_arena root = mn_arena_new(1u << 20, &oom);
	static volatile int step;
	(void)state;
	step = 0;
	setjmp(o.back);
	struct mn_arena a = root;
	if (step == 0) {
		step = 1;
		mn_arena_alloc(&a, 1, 1, (1u << 20) + 1);
		fail();
	}
	if (step == 1) {
		assert_int_equal(o.asked, (1u << 20) + 1);
		step = 2;
		mn_arena_alloc(&a, SIZE_MAX / 2, 8, 3);
		fail();
	}
	if (step == 2) {
		assert_true(o.asked == SIZE_MAX);
		step = 3;
		mn_arena_alloc(&a, 1, 1, 1);
		/* The room is enough, but not with the padding. */
		mn_arena_alloc(&a, 1, 4096, (1u << 20) - 1);
		fail();
	}
	assert_int_equal(step, 3);
	assert_non_null(mn_arena_alloc(&a, 1, 4096, 1u << 20));
	mn_arena_free(root);
}

static void
absurd_reservations_fall_back(void **state)
{
	struct mn_arena least = mn_arena_new(0, NULL),
			most = mn_arena_new(SIZE_MAX, NULL);
	(void)state;
	assert_true(least.end - least.beg >= 1 << 20);
	assert_true(most.end - most.beg >= 1 << 20);
	*MN_NEW(&most, uint64_t, 1) = 1;
	mn_arena_free(least);
	mn_arena_free(most);
}

static void
a_reset_arena_starts_over(void **state)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	(void)state;
	char *p = mn_arena_alloc(&a, 1, 1, 10000);
	memset(p, 1, 10000);
	a = mn_arena_reset(root, a);
	assert_ptr_equal(a.beg, root.beg);
	assert_true(all_zero(p, 10000));
	assert_ptr_equal(mn_arena_alloc(&a, 1, 1, 10000), p);
	mn_arena_free(root);
}

static void
copies_end_in_nul_and_keep_embedded_ones(void **state)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	(void)state;
	struct mn_str s = mn_arena_str(&a, MN_S("a\0b"));
	assert_true(mn_str_eq(s, MN_S("a\0b")));
	assert_non_null(mn_arena_str(&a, MN_STR_NONE).p);
	assert_memory_equal(mn_arena_cstr(&a, MN_S("a\0b")), "a\0b", 4);
	s = mn_arena_fmt(&a, "%s-%0300d", "x", 7);
	assert_int_equal(s.n, 302);
	assert_int_equal(s.p[301], '7');
	mn_arena_free(root);
}

static void
handles_are_zeroed(void **state)
{
	char *h = mn_handle_new(100);
	(void)state;
	assert_true(h && all_zero(h, 100));
	mn_handle_free(h);
	mn_handle_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(objects_are_aligned_and_apart),
	    cmocka_unit_test(reused_scratch_is_zero_again),
	    cmocka_unit_test(exhaustion_and_overflow_go_to_the_handler),
	    cmocka_unit_test(absurd_reservations_fall_back),
	    cmocka_unit_test(a_reset_arena_starts_over),
	    cmocka_unit_test(copies_end_in_nul_and_keep_embedded_ones),
	    cmocka_unit_test(handles_are_zeroed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

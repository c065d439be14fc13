/* The template in other languages: what it writes as a header means its field when the
 * table comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../connectors/mapping_impl.h"
#include "manumit/connectors/headings.h"

static struct mn_arena root, a;
static const struct mn_mappings *mappings;
static const struct mn_headings *all;
static uint32_t n_all;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = a = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&a, MN_SOURCE_DIR "/connectors", &err);
	all = mn_headings_all(&a, MN_SOURCE_DIR "/connectors", &n_all, &err);
	return mappings && all ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static bool
in_template(enum mn_field f, enum mn_kind k)
{
	return mn_field_in(f, k) && !(mn_field_def(f)->flags & MN_FF_DROP);
}

static void
each_header_means_its_field(void **state)
{
	unsigned wrong = 0;
	(void)state;
	assert_true(n_all >= 4);
	for (uint32_t i = 0; i < n_all; i++)
		for (unsigned k = 0; k < MN_K_TENDERS; k++)
			for (unsigned f = 0; f < MN_F_COUNT; f++) {
				if (!in_template((enum mn_field)f, (enum mn_kind)k))
					continue;
				struct mn_str head = all[i].head[f];
				enum mn_field means = mn_map_word_field(
				    mappings, (enum mn_kind)k, mn_map_fold(&a, head));
				if (head.n && means == f)
					continue;
				wrong++;
				print_error("%.*s %s: %s: \"%.*s\" means %s\n",
				    MN_FMT(all[i].language),
				    mn_kind_name((enum mn_kind)k), mn_field_def(f)->name,
				    MN_FMT(head),
				    means < MN_F_COUNT ? mn_field_def(means)->name
						       : "nothing");
			}
	assert_int_equal(wrong, 0);
}

static void
nobody_claims_a_review(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < n_all; i++) {
		assert_false(all[i].reviewed);
		assert_true(all[i].n_intro > 0);
	}
}

static void
an_unknown_language_names_those_there_are(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	assert_null(mn_headings_load(&a, MN_SOURCE_DIR "/connectors", "xx", &err));
	assert_int_equal(err.code, MN_E_USAGE);
	assert_non_null(strstr(err.msg, "es, fr, pt, zh"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_header_means_its_field),
	    cmocka_unit_test(nobody_claims_a_review),
	    cmocka_unit_test(an_unknown_language_names_those_there_are),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

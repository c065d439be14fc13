/* manifest.json, read back. */
#include "gen_fixture.h"
#include "schema.h"

static struct mn_json *
render(struct gen_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	gf_ok(mn_report_manifest(&f->r, f->dir, &err), err);
	struct mn_json *m = mn_json_parse(gen_fix_read(f, "manifest.json"), "m", &err);
	gf_ok(m, err);
	return m;
}

static int64_t
number(const struct mn_json *map, const char *key)
{
	int64_t n = -1;
	assert_true(mn_json_int(mn_json_get(map, key), &n));
	return n;
}

static void
is_text(const struct mn_json *map, const char *key, const char *want)
{
	struct mn_str s;
	assert_true(mn_json_str(mn_json_get(map, key), &s));
	assert_true(mn_str_eq(s, mn_str_c(want)));
}

static void
it_keeps_the_shipped_schema(void **state)
{
	struct mn_json *m = render(*state), *schema = schema_load("manifest");
	schema_assert(schema, m);
	mn_json_free(schema);
	mn_json_free(m);
}

static void
it_says_what_was_run(void **state)
{
	struct gen_fix *f = *state;
	struct mn_json *m = render(f);
	is_text(m, "program", "manumit");
	is_text(m, "version", "9.9.9");
	is_text(m, "as_of", GF_AS_OF);
	is_text(m, "digest", f->r.digest);
	is_text(m, "config_sha256", f->r.config_sha256);
	assert_int_equal(number(m, "generation"), 1);
	assert_int_equal(number(m, "entities"), 3);
	const struct mn_json *packs = mn_json_get(m, "packs");
	assert_int_equal(mn_json_count(packs), f->r.pack->n_file);
	is_text(mn_json_at(packs, 0), "sha256", f->r.pack->file[0].sha256);
	mn_json_free(m);
}

static void
rows_add_up_for_every_input(void **state)
{
	struct mn_json *m = render(*state);
	const struct mn_json *inputs = mn_json_get(m, "inputs");
	assert_int_equal(mn_json_count(inputs), 4);
	for (size_t i = 0; i < 4; i++) {
		const struct mn_json *in = mn_json_at(inputs, i);
		assert_int_equal(number(in, "rows"), number(in, "accepted") +
							 number(in, "noted") +
							 number(in, "quarantined"));
	}
	/* The directory of the user's machine is no part of a report. */
	is_text(mn_json_at(inputs, 0), "file", "suppliers.csv");
	is_text(mn_json_at(inputs, 3), "kind", "watchlist");
	mn_json_free(m);
}

static void
bands_and_gates_are_counted(void **state)
{
	struct mn_json *m = render(*state);
	int64_t all = 0;
	for (unsigned b = 0; b < MN_BANDS; b++)
		all += number(mn_json_get(m, "bands"), mn_band_name(b));
	assert_int_equal(all, 3);
	const struct mn_json *own = mn_json_get(mn_json_get(m, "gates"), "G-OWN");
	assert_int_equal(number(own, "possible"), 1);
	assert_int_equal(number(own, "not checked"), 2);
	assert_int_equal(number(own, "hit"), 0);
	mn_json_free(m);
}

static void
stages_have_rows_and_no_times(void **state)
{
	struct mn_json *m = render(*state);
	const struct mn_json *one = mn_json_at(mn_json_get(m, "stages"), 0);
	is_text(one, "name", "ingest");
	assert_int_equal(number(one, "rows"), 16);
	assert_null(mn_json_get(one, "seconds"));
	assert_null(mn_json_get(one, "cpu_seconds"));
	mn_json_free(m);
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(it_keeps_the_shipped_schema),
	    TEST(it_says_what_was_run),
	    TEST(rows_add_up_for_every_input),
	    TEST(bands_and_gates_are_counted),
	    TEST(stages_have_rows_and_no_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

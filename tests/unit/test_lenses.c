/* What reports say of lenses: counts, what is left out of them, and for whom. */
#include "packs.h"
#include "schema.h"

#include "../../engine/report/lenses.h"
#include "manumit/base/clock.h"

struct fix {
	struct mn_arena root;
	const struct mn_pack *p;
	struct mn_pack exact; /* p, with the internal report as it is counted */
	struct mn_json *schema;
};

static int
setup(void **state)
{
	static struct fix f;
	struct mn_arena a = f.root = mn_arena_new(64u << 20, NULL);
	f.p = shipped_packs(&a);
	f.exact = *f.p;
	f.exact.k.round_internal = 1 << 16;
	f.schema = schema_load("results");
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fix *f = *state;
	mn_json_free(f->schema);
	mn_arena_free(f->root);
	return 0;
}

static struct mn_lens_stat
pattern_of(uint32_t of, uint32_t both, uint32_t one_side)
{
	return (struct mn_lens_stat){.lens = MN_S("survey"),
	    .interviewed = of,
	    .assessable = of,
	    .private_talk = of,
	    .pattern = both,
	    .n_dim = 3,
	    .n_case = 4,
	    .dim = {0, both, 0},
	    .kase = {both, 0, one_side, of - both - one_side},
	    .first_day = MN_DAY_NONE,
	    .last_day = MN_DAY_NONE,
	    .period = MN_S("year")};
}

/* The lenses of an entity with these rows as JSON, held against the schema. */
static const char *
json(const struct fix *f, const struct mn_lens_stat *s, uint32_t n, enum mn_audience to)
{
	static char text[8192];
	struct mn_report r = {.pack = &f->exact, .audience = to};
	struct mn_view v = {.lens = s, .n_lens = n};
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf b = mn_buf_new(sizeof text);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	mn_jsonw_map(&w, NULL);
	struct mn_arena scratch = mn_arena_new(1u << 20, NULL);
	mn_json_lenses(&w, &r, &v, &scratch);
	mn_arena_free(scratch);
	mn_jsonw_end_map(&w);
	assert_false(w.bad);
	snprintf(text, sizeof text, "%.*s", MN_FMT(mn_buf_str(&b)));
	struct mn_json *root = mn_json_parse(mn_buf_str(&b), "lenses", &err);
	assert_non_null(root);
	const struct mn_json *entity =
	    mn_json_get(mn_json_get(f->schema, "$defs"), "entity");
	const struct mn_json *lenses =
	    mn_json_get(mn_json_get(entity, "properties"), "lenses");
	struct schema_at x = {.root = f->schema};
	if (!schema_holds(&x, lenses, mn_json_get(root, "lenses"), "$"))
		fail_msg("schema: %s", x.fault);
	mn_json_free(root);
	mn_buf_free(&b);
	return text;
}

static void
has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("%s is not in %s", part, text);
}

static void
counts_are_said(void **state)
{
	struct mn_lens_stat s = pattern_of(40, 12, 8);
	const char *t = json(*state, &s, 1, MN_AUD_INTERNAL);
	has(t, "\"interviewed\":40,\"assessable\":40,\"pattern\":12");
	has(t, "\"dimensions\":{\"UR\":0,\"WL\":12,\"IL\":0}");
	has(t, "\"cases\":{\"both\":12,\"both-weaker\":0,\"one-side\":8,\"neither\":20}");
	has(t, "\"delphi\":\"not assessable: needs answers per worker\"");
}

static void
small_cells_and_what_they_leave_over_are_not(void **state)
{
	struct mn_lens_stat s = pattern_of(40, 3, 10);
	const char *t = json(*state, &s, 1, MN_AUD_INTERNAL);
	has(t, "\"pattern\":null");
	has(t, "\"dimensions\":{\"UR\":0,\"WL\":null,\"IL\":0}");
	/* 27 and 10 would leave three over. */
	has(t, "\"cases\":{\"both\":null,\"both-weaker\":0,\"one-side\":null,");
	s = pattern_of(4, 0, 0);
	has(json(*state, &s, 1, MN_AUD_INTERNAL), "\"interviewed\":null");
}

static void
all_of_them_is_not_said_unless_it_is_nothing(void **state)
{
	struct mn_lens_stat s = pattern_of(40, 40, 0);
	has(json(*state, &s, 1, MN_AUD_INTERNAL), "\"pattern\":null");
	s = pattern_of(40, 0, 0);
	has(json(*state, &s, 1, MN_AUD_INTERNAL),
	    "\"cases\":{\"both\":0,\"both-weaker\":0,\"one-side\":0,\"neither\":40}");
}

static void
the_public_minimum_is_larger(void **state)
{
	struct mn_lens_stat s = pattern_of(40, 8, 12);
	has(json(*state, &s, 1, MN_AUD_INTERNAL), "\"pattern\":8");
	has(json(*state, &s, 1, MN_AUD_PUBLIC), "\"pattern\":null");
	s = pattern_of(10, 0, 0);
	has(json(*state, &s, 1, MN_AUD_PUBLIC), "\"interviewed\":null");
}

/* Every count that is said leaves both parts large, whatever the numbers. */
static void
nothing_said_is_small(void **state)
{
	const struct fix *f = *state;
	struct mn_lens_reader r = {f->p, {5}, 1, mn_arena_new(1u << 20, NULL)};
	for (uint32_t of = 0; of <= 30; of++)
		for (uint32_t both = 0; both <= of; both++)
			for (uint32_t one = 0; one + both <= of; one++) {
				struct mn_lens_stat s = pattern_of(of, both, one);
				struct mn_lens_cells c;
				uint32_t hidden = 0, workers = 0;
				mn_lens_cells(&r, &s, 1, 0, &c);
				assert_true(!c.pattern || both == 0 ||
					    (both >= 5 && of - both >= 5));
				for (uint32_t i = 0; i < s.n_case; i++) {
					assert_true(!c.kase[i] || c.group);
					hidden += !c.kase[i];
					workers += c.kase[i] ? 0 : s.kase[i];
				}
				assert_true(hidden == 0 || hidden == s.n_case ||
					    !c.assessable ||
					    (hidden > 1 && workers >= 5));
			}
	mn_arena_free(r.scratch);
}

/* Three of forty could not be judged: with both numbers they would be known, and the
 * cases add up to the second. */
static void
few_who_are_left_over_are_not_said(void **state)
{
	struct mn_lens_stat s = pattern_of(37, 12, 8);
	s.interviewed = s.private_talk = 40;
	const char *t = json(*state, &s, 1, MN_AUD_INTERNAL);
	has(t, "\"interviewed\":null,\"assessable\":37,\"pattern\":12");
	s.interviewed = s.private_talk = 50;
	has(json(*state, &s, 1, MN_AUD_INTERNAL), "\"interviewed\":50,\"assessable\":37");
}

/* One of two lenses tells how many were asked: what the other withholds for it stays
 * withheld. */
static void
two_lenses_are_one_table(void **state)
{
	struct mn_lens_stat s[2] = {pattern_of(40, 12, 8), pattern_of(37, 12, 8)};
	s[1].lens = MN_S("delphi");
	s[1].interviewed = s[1].private_talk = 40;
	s[1].n_dim = s[1].n_case = 0;
	const char *t = json(*state, s, 2, MN_AUD_INTERNAL);
	assert_null(strstr(t, "\"interviewed\":40"));
}

static void
two_nights_cannot_be_subtracted(void **state)
{
	struct fix *f = *state;
	struct mn_lens_stat s = pattern_of(41, 12, 8);
	f->exact.k.round_internal = f->p->k.round_internal;
	has(json(f, &s, 1, MN_AUD_INTERNAL),
	    "\"interviewed\":45,\"assessable\":45,\"pattern\":15");
	s = pattern_of(42, 13, 8); /* a worker more, of whom both sides are true */
	has(json(f, &s, 1, MN_AUD_INTERNAL),
	    "\"interviewed\":45,\"assessable\":45,\"pattern\":15");
	f->exact.k.round_internal = 1 << 16;
}

static void
copies_have_counts_in_steps(void **state)
{
	struct mn_lens_stat s = pattern_of(41, 12, 8);
	const char *t = json(*state, &s, 1, MN_AUD_INSPECTORATE);
	has(t, "\"interviewed\":45,\"assessable\":45,\"pattern\":15");
	has(t, "\"dimensions\":{\"UR\":0,\"WL\":15,\"IL\":0}");
	/* One worker more does not show. */
	s = pattern_of(42, 13, 8);
	has(json(*state, &s, 1, MN_AUD_INSPECTORATE),
	    "\"interviewed\":45,\"assessable\":45,\"pattern\":15");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts_are_said),
	    cmocka_unit_test(small_cells_and_what_they_leave_over_are_not),
	    cmocka_unit_test(all_of_them_is_not_said_unless_it_is_nothing),
	    cmocka_unit_test(the_public_minimum_is_larger),
	    cmocka_unit_test(nothing_said_is_small),
	    cmocka_unit_test(few_who_are_left_over_are_not_said),
	    cmocka_unit_test(two_lenses_are_one_table),
	    cmocka_unit_test(two_nights_cannot_be_subtracted),
	    cmocka_unit_test(copies_have_counts_in_steps),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* Compiled lists: what is found and how, what an alias is worth, and that a damaged image
 * is refused or at least read within its bounds. */
#include <time.h>

#include "../../engine/resolve/list_image.h"
#include "match_fixture.h"

struct listing {
	struct match_fix *f;
	struct mn_list_build *b;
	struct mn_str image;
	struct mn_list list;
	struct mn_finder *finder;
	const struct mn_match *match;
	uint32_t n;
};

static void
begin(struct listing *l, struct match_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	*l = (struct listing){.f = f};
	l->b = mn_list_build_new(&f->m, NULL, &err);
	mf_ok(l->b, err);
}

static void
entry(struct listing *l, uint64_t ref, const char *country, const char *address)
{
	mn_list_build_entry(l->b, ref, mf_str(country), mf_str(address));
}

static void
name(struct listing *l, enum mn_alias kind, const char *text)
{
	mn_list_build_name(l->b, kind, mn_str_c(text));
}

static void
finish(struct listing *l, uint32_t max)
{
	struct mn_err err = MN_ERR_NONE;
	l->image = mn_list_build_finish(l->b);
	mf_ok(mn_list_open(l->image, &l->list, &err), err);
	l->finder = mn_finder_new(&l->list, &l->f->m, max, &err);
	mf_ok(l->finder, err);
}

static void
end(struct listing *l)
{
	mn_finder_free(l->finder);
	mn_list_build_free(l->b);
}

/* Looks up; the first match or NULL. */
static const struct mn_match *
find(struct listing *l, const char *query)
{
	mn_profile_read(&l->f->m, mn_str_c(query), MN_STR_NONE, MN_STR_NONE, &l->f->left);
	l->n = mn_find(l->finder, &l->f->left, &l->match);
	return l->n ? &l->match[0] : NULL;
}

static const char *const NAMES[] = {"Velmora Textile Co., Ltd.",
    "Nordhalvik Shipping A/S", "Kestrelmoor Oil and Gas Company", "Van der Thistle B.V.",
    "Quandry Machine Works, Plant No. 2", "Pellworth Hosiery International Trading",
    "Велморский завод", "บริษัท วิลโมรัก จำกัด", "شركة درانكلت المحدودة",
    "新疆塔伊纺织有限公司", "Brightwell Seafood Processing", "Hotan Larkspur Gloves"};

static void
shipped_names(struct listing *l, struct match_fix *f)
{
	begin(l, f);
	for (size_t i = 0; i < countof(NAMES); i++) {
		entry(l, 100 + i, NULL, NULL);
		name(l, MN_ALIAS_NAME, NAMES[i]);
	}
	finish(l, 5);
}

static void
names_are_found_however_they_are_written(void **state)
{
	static const struct {
		const char *query;
		unsigned entry;
		int32_t p;
	} CASE[] = {{"VELMORA TEXTILE", 0, P(.85)}, {"Velmorra Tekstil", 0, P(.70)},
	    {"Vel Mora Textile", 0, P(.85)}, {"Nordhalvik Shipping", 1, P(.85)},
	    {"Nord Halvik Shipping", 1, P(.85)}, {"KOG Company", 2, P(.15)},
	    {"Vanderthistle", 3, P(.70)}, {"Quandry Machine Works Plant 2", 4, P(.85)},
	    {"Quandri Machine Works Plant II", 4, P(.50)},
	    {"Velmorskiy Zavod", 6, P(.85)}, {"Wilmorak", 7, P(.85)},
	    {"Drankelt Company", 8, P(.50)}, {"Xinjiang Tayi Textile", 9, P(.85)},
	    {"新疆塔伊纺织", 9, P(.85)}, {"Brightwell Sea Food Processing", 10, P(.70)},
	    {"Larkspur Gloves Hotan", 11, P(.85)}};
	struct listing l;
	shipped_names(&l, *state);
	assert_int_equal(l.list.n_entry, countof(NAMES));
	for (size_t i = 0; i < countof(CASE); i++) {
		const struct mn_match *m = find(&l, CASE[i].query);
		if (!m || m->entry != CASE[i].entry || m->p_q16 < CASE[i].p)
			fail_msg("\"%s\": entry %d, P %d", CASE[i].query,
			    m ? (int)m->entry : -1, m ? m->p_q16 : 0);
		assert_int_equal(m->ref, 100 + CASE[i].entry);
		assert_true(mn_str_eq(m->text, mn_str_c(NAMES[CASE[i].entry])));
	}
	end(&l);
}

static void
a_look_up_says_what_comparing_says(void **state)
{
	struct match_fix *f = *state;
	struct listing l;
	shipped_names(&l, f);
	for (size_t i = 0; i < countof(NAMES); i++) {
		const struct mn_match *m = find(&l, NAMES[i]);
		struct mn_profile right;
		struct mn_verdict v;
		assert_non_null(m);
		assert_int_equal(m->entry, i);
		/* Given the same frequencies, the list adds nothing and loses nothing. */
		assert_int_equal(m->p_q16, mf_p(f, NAMES[i], NAMES[i]));
		mn_profile_read(
		    &f->m, mn_str_c(NAMES[i]), MN_STR_NONE, MN_STR_NONE, &f->left);
		mn_find_explain(l.finder, &f->left, m, &right, &v);
		assert_int_equal(v.p_q16, m->p_q16);
		assert_int_equal(v.rules, m->rules);
		assert_int_equal(v.align.n, right.party.name->n);
	}
	end(&l);
}

/* A query of several names is looked up by each; a listed name of one word is found in a
 * longer one though others share more. */
static void
part_of_a_query_may_be_the_listed_name(void **state)
{
	struct listing l;
	begin(&l, *state);
	entry(&l, 1, NULL, NULL);
	name(&l, MN_ALIAS_NAME, "Sedgor");
	entry(&l, 2, NULL, NULL);
	name(&l, MN_ALIAS_NAME, "Sedgor Quanlin Textile Trading Group");
	for (uint64_t i = 3; i < 40; i++) {
		entry(&l, i, NULL, NULL);
		name(&l, MN_ALIAS_NAME, "Orzan Provel Textile");
	}
	entry(&l, 40, NULL, NULL);
	name(&l, MN_ALIAS_NAME, "Velsta Ltd");
	finish(&l, 48);
	find(&l, "Sedgor Quanlin Textile Trading");
	assert_true(l.n >= 2);
	assert_int_equal(l.match[0].ref, 2);
	assert_int_equal(l.match[1].ref, 1);
	const struct mn_match *m = find(&l, "Orzan Provel Textile (Velsta Ltd)");
	uint32_t at = 0;
	while (at < l.n && m[at].ref != 40)
		at++;
	assert_true(at < l.n && m[at].p_q16 >= P(.85));
	end(&l);
}

static void
what_is_not_listed_is_no_match(void **state)
{
	static const char *const QUERY[] = {"Oakhurst Publishing", "Trading Company",
	    "Textile Co., Ltd.", "International Trading", "", "???", "Co., Ltd.", "Hotan",
	    "Plant No. 2", "\xff\xfe"};
	struct listing l;
	shipped_names(&l, *state);
	for (size_t i = 0; i < countof(QUERY); i++) {
		const struct mn_match *m = find(&l, QUERY[i]);
		if (m && m->p_q16 >= P(.30))
			fail_msg("\"%s\" is found: %.*s, P %d", QUERY[i], MN_FMT(m->text),
			    m->p_q16);
	}
	end(&l);
}

/* ---- entries with several names ---- */

static void
kinds_of_names_have_their_worth(void **state)
{
	struct listing l;
	begin(&l, *state);
	static const char *const WORD[MN_ALIAS_COUNT] = {
	    "Velmora", "Kestrelmoor", "Brightwell", "Nordhalvik"};
	for (unsigned k = 0; k < MN_ALIAS_COUNT; k++) {
		entry(&l, 10 + k, NULL, NULL);
		name(&l, (enum mn_alias)k, WORD[k]);
	}
	finish(&l, 5);
	int32_t full = find(&l, WORD[MN_ALIAS_NAME])->p_q16;
	assert_true(full >= P(.85));
	assert_int_equal(l.match[0].rules, 0);
	assert_int_equal(find(&l, WORD[MN_ALIAS_OTHER])->p_q16, full);
	assert_int_equal(l.match[0].kind, MN_ALIAS_OTHER);
	assert_int_equal(find(&l, WORD[MN_ALIAS_FORMER])->p_q16, mn_fx_mul(full, P(.95)));
	assert_true(l.match[0].rules & 1u << MN_RULE_FORMER);
	assert_int_equal(find(&l, WORD[MN_ALIAS_WEAK])->p_q16, P(.60));
	assert_true(l.match[0].rules & 1u << MN_RULE_WEAK);
	end(&l);
}

static void
an_entry_comes_once_with_its_best_name(void **state)
{
	struct listing l;
	begin(&l, *state);
	entry(&l, 1, NULL, NULL);
	name(&l, MN_ALIAS_WEAK, "Velmora Quandry");
	name(&l, MN_ALIAS_FORMER, "Velmora Quandry");
	name(&l, MN_ALIAS_NAME, "Velmora Quandry Textile");
	name(&l, MN_ALIAS_OTHER, "Velmora Quandry");
	finish(&l, 5);
	const struct mn_match *m = find(&l, "Velmora Quandry");
	assert_non_null(m);
	assert_int_equal(l.n, 1);
	assert_int_equal(m->kind, MN_ALIAS_OTHER);
	assert_true(m->p_q16 >= P(.85));
	end(&l);
}

static void
matches_fall_by_p_then_ref_and_stop_at_max(void **state)
{
	struct listing l;
	static const uint64_t REF[] = {90, 10, 50, 30, 70, 20, 60, 40};
	begin(&l, *state);
	for (size_t i = 0; i < countof(REF); i++) {
		entry(&l, REF[i], NULL, NULL);
		name(&l, MN_ALIAS_NAME,
		    i % 2 ? "Velmora Quandry" : "Velmora Quandry Textile");
	}
	finish(&l, 6);
	assert_non_null(find(&l, "Velmora Quandry"));
	assert_int_equal(l.n, 6);
	for (uint32_t i = 0; i + 1 < l.n; i++) {
		const struct mn_match *a = &l.match[i], *b = &l.match[i + 1];
		assert_true(
		    a->p_q16 > b->p_q16 || (a->p_q16 == b->p_q16 && a->ref < b->ref));
	}
	assert_int_equal(l.match[0].ref, 10);
	end(&l);
}

static void
country_and_address_of_an_entry_count(void **state)
{
	struct match_fix *f = *state;
	struct listing l;
	begin(&l, f);
	entry(&l, 1, "bd", "Plot 12, Mirpur Road, Dhaka");
	name(&l, MN_ALIAS_NAME, "Velmora Quandry");
	entry(&l, 2, "IN", NULL);
	name(&l, MN_ALIAS_NAME, "Velmora Quandry");
	finish(&l, 5);
	mn_profile_read(&f->m, MN_S("Velmora Quandry"), MN_S("BD"),
	    MN_S("Plot 12 Mirpur Rd Dhaka"), &f->left);
	l.n = mn_find(l.finder, &f->left, &l.match);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.match[0].ref, 1);
	assert_true(l.match[0].p_q16 >= P(.98));
	assert_true(l.match[1].p_q16 < P(.60));
	assert_true(l.match[1].rules & 1u << MN_RULE_COUNTRY);
	end(&l);
}

/* ---- odd lists ---- */

static void
an_empty_list_finds_nothing(void **state)
{
	for (int with_entry = 0; with_entry < 2; with_entry++) {
		struct listing l;
		begin(&l, *state);
		if (with_entry) {
			entry(&l, 1, NULL, NULL);
			name(&l, MN_ALIAS_NAME, "");
			name(&l, MN_ALIAS_NAME, "...");
		}
		finish(&l, 5);
		assert_int_equal(l.list.n_name, 0);
		assert_null(find(&l, "Velmora Textile"));
		assert_null(find(&l, ""));
		end(&l);
	}
}

static void
names_without_bounds_are_bounded(void **state)
{
	struct listing l;
	char *many = malloc(70000);
	assert_non_null(many);
	memset(many, 'v', 69999);
	many[69999] = 0;
	for (size_t i = 9; i < 69999; i += 10)
		many[i] = ' ';
	begin(&l, *state);
	entry(&l, 1, NULL, NULL);
	name(&l, MN_ALIAS_NAME, many);
	memset(many, 'w', 300);
	many[300] = 0;
	name(&l, MN_ALIAS_OTHER, many);
	name(&l, MN_ALIAS_OTHER, "Velmora");
	finish(&l, 5);
	assert_non_null(find(&l, "Velmora"));
	assert_true(l.match[0].p_q16 >= P(.85));
	assert_non_null(find(&l, many));
	end(&l);
	free(many);
}

#define EQUAL 200000u

/* However many entries have one name, a look-up is bounded work, and finds some. */
static void
a_list_of_equal_names_stays_bounded(void **state)
{
	struct listing l;
	begin(&l, *state);
	for (uint32_t i = 0; i < EQUAL; i++) {
		entry(&l, i, NULL, NULL);
		name(&l, MN_ALIAS_NAME, "Velmora Quandry");
	}
	entry(&l, EQUAL, NULL, NULL);
	name(&l, MN_ALIAS_NAME, "Velmora Larkspur");
	finish(&l, 5);
	assert_int_equal(l.list.n_name, EQUAL + 1);
	clock_t start = clock();
	for (int i = 0; i < 1000; i++)
		find(&l, "Velmora Quandry");
	/* 1 ms each under a sanitizer, microseconds without. */
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
	const struct mn_match *m = find(&l, "Velmora Larkspur");
	assert_non_null(m);
	assert_int_equal(m->ref, EQUAL);
	assert_true(m->p_q16 >= P(.85));
	m = find(&l, "Velmora Quandry");
	assert_non_null(m);
	assert_true(mn_str_eq(m->text, MN_S("Velmora Quandry")));
	end(&l);
}

/* A word that very many names have still finds the name that is nothing else. */
static void
a_name_is_found_among_thousands_that_begin_so(void **state)
{
	struct listing l;
	char longer[64];
	begin(&l, *state);
	for (uint32_t i = 0; i < 5000; i++) {
		snprintf(longer, sizeof longer, "Velmora Q%c%c%c%crin", 'a' + i % 26,
		    'a' + i / 26 % 26, 'a' + i % 7, 'a' + i % 11);
		entry(&l, i, NULL, NULL);
		name(&l, MN_ALIAS_NAME, longer);
	}
	entry(&l, 5000, NULL, NULL);
	name(&l, MN_ALIAS_NAME, "Velmora Ltd");
	finish(&l, 5);
	const struct mn_match *m = find(&l, "Velmora");
	assert_non_null(m);
	assert_int_equal(m->ref, 5000);
	end(&l);
}

/* Two Thai words may be romanised alike and sound different: the second is looked for by
 * its own sound, not by what the first met. */
static void
a_look_up_does_not_depend_on_those_before(void **state)
{
	static const char BEFORE[] = "ยิลยามาย", QUERY[] = "ญิลญามาญ";
	struct listing l;
	struct mn_err err = MN_ERR_NONE;
	begin(&l, *state);
	entry(&l, 1, NULL, NULL);
	name(&l, MN_ALIAS_NAME, "Nilnaman");
	finish(&l, 5);
	const struct mn_match *m = find(&l, QUERY);
	assert_non_null(m);
	int32_t fresh = m->p_q16;
	mn_finder_free(l.finder);
	l.finder = mn_finder_new(&l.list, &l.f->m, 5, &err);
	mf_ok(l.finder, err);
	find(&l, BEFORE);
	m = find(&l, QUERY);
	assert_non_null(m);
	assert_int_equal(m->p_q16, fresh);
	end(&l);
}

/* ---- images ---- */

static void
the_same_list_gives_the_same_bytes(void **state)
{
	struct match_fix one = {.root = {NULL, NULL, NULL}}, two = one;
	struct listing x, y;
	(void)state;
	/* Frequencies grow with each list: analysts of their own. */
	mf_open(&one);
	mf_open(&two);
	shipped_names(&x, &one);
	shipped_names(&y, &two);
	assert_int_equal(x.image.n, y.image.n);
	assert_memory_equal(x.image.p, y.image.p, x.image.n);
	end(&x);
	end(&y);
	mf_close(&one);
	mf_close(&two);
}

static void
an_image_is_written_and_read_again(void **state)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", path[64];
	struct listing l;
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = mn_arena_new(64u << 20, NULL), root = a;
	struct mn_str back;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/list", dir);
	shipped_names(&l, *state);
	mf_ok(mn_list_write(l.image, path, &err), err);
	mf_ok(mn_file_read(&a, path, 64u << 20, &back, &err), err);
	assert_int_equal(back.n, l.image.n);
	assert_memory_equal(back.p, l.image.p, back.n);
	assert_false(mn_list_write(l.image, "/nonexistent/list", &err));
	end(&l);
	mn_arena_free(root);
	assert_true(mn_dir_remove(dir, &err));
}

static void
an_image_of_other_tables_is_refused(void **state)
{
	struct listing l;
	struct mn_err err = MN_ERR_NONE;
	shipped_names(&l, *state);
	struct mn_lhead *h = (struct mn_lhead *)(void *)(uintptr_t)l.image.p;
	h->epoch[0] ^= 1;
	assert_true(mn_list_open(l.image, &l.list, &err));
	assert_null(mn_finder_new(&l.list, &l.f->m, 5, &err));
	assert_int_equal(err.code, MN_E_STORE);
	end(&l);
}

/* A copy that a sanitizer sees the end of. */
static char *
copy(struct mn_str image, size_t n)
{
	char *p = malloc(n ? n : 1);
	assert_non_null(p);
	memcpy(p, image.p, n);
	return p;
}

/* Opens a damaged copy; when it opens, looks names up. True when it opened. */
static bool
try_image(struct match_fix *f, char *p, size_t n)
{
	struct mn_list list;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_match *m;
	if (!mn_list_open(mn_str(p, n), &list, &err)) {
		assert_int_equal(err.code, MN_E_STORE);
		return false;
	}
	struct mn_finder *finder = mn_finder_new(&list, &f->m, 5, &err);
	if (!finder)
		assert_int_equal(err.code, MN_E_STORE);
	for (size_t i = 0; finder && i < countof(NAMES); i++) {
		mn_profile_read(
		    &f->m, mn_str_c(NAMES[i]), MN_S("cn"), MN_STR_NONE, &f->left);
		uint32_t found = mn_find(finder, &f->left, &m);
		for (uint32_t k = 0; k < found; k++) {
			assert_true(m[k].entry < list.n_entry);
			assert_true(m[k].p_q16 >= 0 && m[k].p_q16 <= P(1));
		}
	}
	mn_finder_free(finder);
	return true;
}

static void
a_cut_image_is_refused(void **state)
{
	struct listing l;
	shipped_names(&l, *state);
	for (size_t n = 0; n < l.image.n; n += n < 512 ? 1 : 97) {
		char *p = copy(l.image, n);
		assert_false(try_image(l.f, p, n));
		free(p);
	}
	end(&l);
}

static void
a_damaged_head_is_refused(void **state)
{
	static const uint64_t WRONG[] = {1, 4, UINT32_MAX, (uint64_t)UINT32_MAX + 1,
	    UINT64_MAX, UINT64_MAX - 7, (uint64_t)1 << 63, (uint64_t)1 << 61};
	struct listing l;
	shipped_names(&l, *state);
	for (unsigned s = 0; s < MN_LS_COUNT * 2; s++)
		for (size_t w = 0; w < countof(WRONG); w++) {
			char *p = copy(l.image, l.image.n);
			struct mn_lhead *h = (struct mn_lhead *)(void *)p;
			*(s % 2 ? &h->sec[s / 2].n : &h->sec[s / 2].at) = WRONG[w];
			/* Fewer words of text may still do; greater numbers never. */
			bool opened = try_image(l.f, p, l.image.n);
			assert_true(!opened || WRONG[w] <= 4);
			free(p);
		}
	for (size_t i = 0; i < sizeof((struct mn_lhead *)NULL)->magic; i++) {
		char *p = copy(l.image, l.image.n);
		p[i] ^= 1;
		assert_false(try_image(l.f, p, l.image.n));
		free(p);
	}
	end(&l);
}

static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

#define FLIPS 3000

/* One to four bytes of the sections changed: refused, or read within bounds. */
static void
damaged_bytes_stay_within_bounds(void **state)
{
	struct listing l;
	uint64_t r = 7;
	unsigned refused = 0;
	shipped_names(&l, *state);
	char *p = copy(l.image, l.image.n);
	const struct mn_lhead *h = (const void *)l.image.p;
	for (unsigned i = 0; i < FLIPS; i++) {
		size_t at[4], n = 1 + next(&r) % 4;
		for (size_t k = 0; k < n; k++) {
			/* The large tables are mostly empty: sections get equal turns. */
			unsigned s = (unsigned)(next(&r) % MN_LS_COUNT);
			size_t from = h->sec[s].at,
			       to = s + 1 < MN_LS_COUNT ? h->sec[s + 1].at : l.image.n;
			at[k] = from < to ? from + next(&r) % (to - from) : from - 1;
			p[at[k]] = (char)next(&r);
		}
		refused += !try_image(l.f, p, l.image.n);
		for (size_t k = 0; k < n; k++)
			p[at[k]] = l.image.p[at[k]];
	}
	assert_true(refused > FLIPS / 20 && refused < FLIPS);
	assert_true(try_image(l.f, p, l.image.n));
	free(p);
	end(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_are_found_however_they_are_written),
	    cmocka_unit_test(a_look_up_says_what_comparing_says),
	    cmocka_unit_test(part_of_a_query_may_be_the_listed_name),
	    cmocka_unit_test(what_is_not_listed_is_no_match),
	    cmocka_unit_test(kinds_of_names_have_their_worth),
	    cmocka_unit_test(an_entry_comes_once_with_its_best_name),
	    cmocka_unit_test(matches_fall_by_p_then_ref_and_stop_at_max),
	    cmocka_unit_test(country_and_address_of_an_entry_count),
	    cmocka_unit_test(an_empty_list_finds_nothing),
	    cmocka_unit_test(names_without_bounds_are_bounded),
	    cmocka_unit_test(the_same_list_gives_the_same_bytes),
	    cmocka_unit_test(an_image_is_written_and_read_again),
	    cmocka_unit_test(a_look_up_does_not_depend_on_those_before),
	    cmocka_unit_test(an_image_of_other_tables_is_refused),
	    cmocka_unit_test(a_cut_image_is_refused),
	    cmocka_unit_test(a_damaged_head_is_refused),
	    cmocka_unit_test(damaged_bytes_stay_within_bounds),
	    cmocka_unit_test(a_list_of_equal_names_stays_bounded),
	    cmocka_unit_test(a_name_is_found_among_thousands_that_begin_so),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

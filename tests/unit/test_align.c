/* Which words of two names meet, and how. */
#include "../../engine/resolve/similar.h"
#include "match_fixture.h"

/* "left=right (kind)" of every link in the order of the left name, '|' between. */
static const char *
links(struct match_fix *f, const char *a, const char *b)
{
	static char out[2048];
	struct mn_name *l = &f->left.names.name[0], *r = &f->right.names.name[0];
	struct mn_align al;
	size_t at = 0;
	mn_name_analyse(f->m.analyst, mn_str_c(a), MN_STR_NONE, l);
	mn_name_analyse(f->m.analyst, mn_str_c(b), MN_STR_NONE, r);
	mn_align(l, r, &al);
	out[0] = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		if (al.of_left[i] < 0 || al.link[al.of_left[i]].left != i)
			continue;
		const struct mn_link *k = &al.link[al.of_left[i]];
		at += (size_t)snprintf(out + at, sizeof out - at, "%s", at ? "|" : "");
		for (uint32_t t = k->left; t < k->left + k->n_left; t++)
			at += (size_t)snprintf(out + at, sizeof out - at, "%s%s",
			    t > k->left ? " " : "", l->tok[t].text);
		for (uint32_t t = k->right; t < k->right + k->n_right; t++)
			at += (size_t)snprintf(out + at, sizeof out - at, "%s%s",
			    t > k->right ? " " : "=", r->tok[t].text);
		at += (size_t)snprintf(
		    out + at, sizeof out - at, " (%s)", mn_link_kind_name(k->kind));
	}
	return out;
}

static void
each_kind_of_link(void **state)
{
	static const struct {
		const char *a, *b, *links;
	} CASE[] = {
	    {"Velmora", "VELMORA", "velmora=velmora (exact)"},
	    {"Velmora Textile", "Velmora Tekstil",
		"velmora=velmora (exact)|textile=tekstil (concept)"},
	    {"Velmora", "Velmorra", "velmora=velmorra (spelling)"},
	    {"Velmora", "Vlemora", "velmora=vlemora (spelling)"},
	    {"Quandry", "Quandrys", "quandry=quandrys (spelling)"},
	    {"Kaladeno", "Kaledinu", "kaladeno=kaledinu (sound)"},
	    {"Drankelt", "درانكلت", "drankelt=dranklt (cross-script)"},
	    {"Vel Mora", "Velmora", "vel mora=velmora (joined)"},
	    {"Velmora", "Vel Mora", "velmora=vel mora (joined)"},
	    {"van der Bilt", "Vanderbilt", "van der bilt=vanderbilt (joined)"},
	    {"Velm", "Velmoranda", "velm=velmoranda (abbreviation)"},
	    {"Velmora Kestrel Quandry", "VKQ", "velmora kestrel quandry=vkq (initials)"},
	    {"VKQ", "Velmora Kestrel Quandry", "vkq=velmora kestrel quandry (initials)"},
	    /* A number or a word of another script is no part of a word. */
	    {"Velmoretronics 3", "Velmoretronics 3",
		"velmoretronics=velmoretronics (exact)|3=3 (exact)"},
	    {"รักลินดู Unit 3", "Oskhal Unit 3", "unit=unit (exact)|3=3 (exact)"},
	    {"дунхол велпелтис", "Drubritis", ""},
	    {"Velmora", "Quandry", ""},
	    {"Textile", "Chemical", ""},
	    {"Hotan", "Kashgar", ""},
	    {"Velmora 6", "Velmora 8", "velmora=velmora (exact)"},
	};
	for (size_t i = 0; i < countof(CASE); i++) {
		const char *got = links(*state, CASE[i].a, CASE[i].b);
		if (strcmp(got, CASE[i].links) != 0)
			fail_msg("\"%s\" \"%s\": %s, wanted %s", CASE[i].a, CASE[i].b,
			    got, CASE[i].links);
	}
}

static void
every_word_meets_at_most_one(void **state)
{
	struct match_fix *f = *state;
	static const char *const PAIR[][2] = {
	    {"Velmora Velmorra Velmor", "Velmorra Velmora"},
	    {"Vel Mora Velmora", "Velmora Vel Mora"}, {"a a a a", "a a"},
	    {"Velmora Kestrel Quandry VKQ", "VKQ Velmora Kestrel Quandry"}};
	for (size_t i = 0; i < countof(PAIR); i++) {
		struct mn_name *l = &f->left.names.name[0], *r = &f->right.names.name[0];
		struct mn_align al;
		uint8_t left[MN_NAME_TOKENS] = {0}, right[MN_NAME_TOKENS] = {0};
		links(f, PAIR[i][0], PAIR[i][1]);
		mn_align(l, r, &al);
		for (uint32_t k = 0; k < al.n; k++) {
			for (uint32_t t = 0; t < al.link[k].n_left; t++)
				assert_int_equal(left[al.link[k].left + t]++, 0);
			for (uint32_t t = 0; t < al.link[k].n_right; t++)
				assert_int_equal(right[al.link[k].right + t]++, 0);
		}
		for (uint32_t t = 0; t < MN_NAME_TOKENS; t++) {
			assert_int_equal(left[t], al.of_left[t] >= 0);
			assert_int_equal(right[t], al.of_right[t] >= 0);
		}
	}
}

/* ---- edit distance ---- */

/* The table, cell by cell: optimal string alignment. */
static uint32_t
slow_edit(const char *a, size_t na, const char *b, size_t nb)
{
	uint32_t d[64][64];
	for (size_t i = 0; i <= na; i++)
		for (size_t j = 0; j <= nb; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = (uint32_t)(i + j);
				continue;
			}
			uint32_t c = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			if (d[i - 1][j] + 1 < c)
				c = d[i - 1][j] + 1;
			if (d[i][j - 1] + 1 < c)
				c = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < c)
				c = d[i - 2][j - 2] + 1;
			d[i][j] = c;
		}
	return d[na][nb];
}

static void
edit_distance_is_what_the_table_says(void **state)
{
	uint64_t r = 3;
	char a[MN_TOKEN_BYTES], b[MN_TOKEN_BYTES];
	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t n[2];
		for (int s = 0; s < 2; s++) {
			char *w = s ? b : a;
			r = r * 6364136223846793005u + 1442695040888963407u;
			n[s] = (r >> 33) % (i % 50 ? 9 : MN_TOKEN_BYTES + 1);
			for (size_t k = 0; k < n[s]; k++) {
				r = r * 6364136223846793005u + 1442695040888963407u;
				w[k] = "abcz19"[(r >> 33) % (i % 2 ? 3 : 6)];
			}
		}
		uint32_t slow = slow_edit(a, n[0], b, n[1]);
		assert_int_equal(mn_edit(mn_str(a, n[0]), mn_str(b, n[1])), slow);
		assert_int_equal(mn_edit(mn_str(b, n[1]), mn_str(a, n[0])), slow);
		/* What spares comparisons must never spare a near pair. */
		assert_true(mn_edit_least(mn_letters(mn_str(a, n[0])),
				mn_letters(mn_str(b, n[1]))) <= slow);
	}
}

static void
kinds_have_names(void **state)
{
	(void)state;
	for (unsigned k = 0; k < MN_LINK_KIND_COUNT; k++)
		for (unsigned j = 0; j < k; j++)
			assert_string_not_equal(
			    mn_link_kind_name(k), mn_link_kind_name(j));
	assert_string_equal(mn_link_kind_name(MN_LINK_KIND_COUNT), "?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_kind_of_link),
	    cmocka_unit_test(every_word_meets_at_most_one),
	    cmocka_unit_test(edit_distance_is_what_the_table_says),
	    cmocka_unit_test(kinds_have_names),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

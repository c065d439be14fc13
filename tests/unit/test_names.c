/* Cells with several names, in the grammars of the lists; every name is invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../connectors/names.h"
#include "manumit/base/file.h"
#include "manumit/base/limits.h"

static struct mn_arena root, arena;
static const struct mn_grammar *grammar;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	uint32_t n;
	const char *file = MN_SOURCE_DIR "/connectors/names.json";
	(void)state;
	root = arena = mn_arena_new((size_t)64 << 20, NULL);
	assert_true(mn_file_read(&arena, file, MN_MAX_PACK, &text, &err));
	struct mn_json *json = mn_json_parse(text, file, &err);
	if (!json || !mn_grammars_read(&arena, json, file, &grammar, &n, &err))
		fail_msg("%s", err.msg);
	mn_json_free(json);
	assert_int_equal(n, 1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static void
print_list(struct mn_buf *b, const char *label, struct mn_str list)
{
	if (list.n)
		mn_buf_fmt(b, " %s{%.*s}", label, MN_FMT(list));
}

/* "Name also{a;b} former{c} ... / Next name" */
static void
cut_is(const char *cell, const char *want)
{
	static const char *const KINDS[] = {"", " vessel", " goods"};
	struct mn_arena a = arena;
	struct mn_buf b = mn_buf_new(1u << 16);
	struct mn_names m = mn_names_cut(grammar, mn_str_c(cell), &a);
	for (uint32_t i = 0; i < m.n; i++) {
		mn_buf_fmt(&b, "%s%.*s%s", i ? " / " : "", MN_FMT(m.e[i].name),
		    KINDS[m.e[i].kind]);
		print_list(&b, "also", m.e[i].aliases);
		print_list(&b, "former", m.e[i].former);
		print_list(&b, "weak", m.e[i].weak);
		print_list(&b, "at", m.e[i].place);
		print_list(&b, "scope", m.e[i].scope);
		print_list(&b, "of", m.e[i].of);
	}
	mn_buf_byte(&b, 0);
	assert_string_equal(b.p ? b.p : "", want);
	mn_buf_free(&b);
}

static void
a_plain_name_stays_as_it_is(void **state)
{
	static const char *const NAMES[] = {"Ash Mills Co., Ltd.", "Ash (Elm) Co., Ltd",
	    "Ash Cotton and Linen Co., Ltd.", "No. 4 Ash Training Center (ATC)",
	    "Oak Birch Farming, Trade, and Industry Co., Ltd.", "Ash S.A. de C.V.",
	    "Former Glory Textiles", "Oak County Cereals, Oils and Foods Co., Ltd.",
	    "State Works, Oak City, Elm, Mexico", "Aka Mills", "A", ")(",
	    "Ash \"Oak\" Co."};
	(void)state;
	for (size_t i = 0; i < countof(NAMES); i++)
		cut_is(NAMES[i], i == 11 ? "" : NAMES[i]);
	cut_is("", "");
	cut_is(" , ;", "");
}

static void
other_names_in_brackets(void **state)
{
	(void)state;
	cut_is("Ash Co., Ltd. (also known as Elm Co., Ltd.; Oak; and Fir Yarn Co., Ltd.)",
	    "Ash Co., Ltd. also{Elm Co., Ltd.;Oak;Fir Yarn Co., Ltd.}");
	cut_is("Ash Co., Ltd., (also known as Elm Co., Ltd)",
	    "Ash Co., Ltd. also{Elm Co., Ltd}");
	cut_is("Ash Co. (also known as Elm; and formerly known as Oak Co., Ltd.)",
	    "Ash Co. also{Elm} former{Oak Co., Ltd.}");
	cut_is("Ash (also known as AS; and Aesh Co. Ltd., and formerly known as Oak Co., "
	       "Ltd.; Oak Two Co., Ltd.; and Oak Three Co., Ltd.)",
	    "Ash also{AS;Aesh Co. Ltd.} former{Oak Co., Ltd.;Oak Two Co., Ltd.;Oak Three "
	    "Co., Ltd.}");
	cut_is("Ash (Oak) Co., Ltd (including one alias: Elm (Oak) Co.) and subsidiaries",
	    "Ash (Oak) Co., Ltd also{Elm (Oak) Co.} scope{and subsidiaries}");
	cut_is("Ash Co. (including two aliases: Aesh Ash and Aesh Dyed Yarn)",
	    "Ash Co. also{Aesh Ash;Aesh Dyed Yarn}");
	cut_is("Ash Co. (and two aliases: Aesh Ash; and Aesh Dyed Yarn)",
	    "Ash Co. also{Aesh Ash;Aesh Dyed Yarn}");
	cut_is("Ash Co. (including one alias: Aesh Cotton and Linen)",
	    "Ash Co. also{Aesh Cotton and Linen}");
	cut_is("Ash (also known as Elm) Co., Ltd.", "Ash Co., Ltd. also{Elm}");
	cut_is("Ash (f/k/a Elm) and Oak Ltd. (a.k.a. \xe2\x80\x9c"
	       "Fir\xe2\x80\x9d)",
	    "Ash former{Elm} / Oak Ltd. also{Fir}");
}

static void
chains_and_lists(void **state)
{
	(void)state;
	cut_is("Ash Works, a/k/a Golden Elm (Jin) Factory, a/k/a Oak No. 1 Prison",
	    "Ash Works also{Golden Elm (Jin) Factory;Oak No. 1 Prison}");
	cut_is("Ash Works (or Aesh), a/k/a Elm; Oak Company",
	    "Ash Works (or Aesh) also{Elm} / Oak Company");
	cut_is("Oak Prison; Ash Kogyo Co., Ltd.", "Oak Prison / Ash Kogyo Co., Ltd.");
	cut_is("Ash Co., Ltd. and Oak Trade and Business Co., Ltd.",
	    "Ash Co., Ltd. / Oak Trade and Business Co., Ltd.");
	cut_is("Ash Pvt., Elm Carpet Pvt., Ltd., Oak Carpet, and K.K. Fir Carpet; "
	       "Kathmandu.",
	    "Ash Pvt. / Elm Carpet Pvt., Ltd. / Oak Carpet / K.K. Fir Carpet "
	    "at{Kathmandu.}");
	cut_is("Ash Sdn Bhd, Elm (M) Sdn Bhd, and Oak (M) Sdn Bhd (collectively, Ash "
	       "Group)",
	    "Ash Sdn Bhd weak{Ash Group} / Elm (M) Sdn Bhd weak{Ash Group} / Oak (M) Sdn "
	    "Bhd weak{Ash Group}");
	cut_is(
	    "Ash Tree Farm, Oak County Tea Co., Ltd.; Elm Tea Co., Ltd. (of Fir, Japan)",
	    "Ash Tree Farm, Oak County Tea Co., Ltd. weak{Ash Tree Farm;Oak County Tea "
	    "Co., Ltd.} / Elm Tea Co., Ltd. at{Fir, Japan}");
	cut_is("(1) Ash Mills; (2) Oak Mills; and (3) Elm Mills",
	    "Ash Mills / Oak Mills / Elm Mills");
	cut_is("(1) Ash Mills, (2) Oak Mills", "Ash Mills / Oak Mills");
}

static void
subsidiaries_are_entities_or_widen_the_entry(void **state)
{
	(void)state;
	cut_is("Ash Group and its Subsidiaries", "Ash Group scope{and its Subsidiaries}");
	cut_is("Ash Holdings Berhad and its subsidiaries and joint ventures",
	    "Ash Holdings Berhad scope{and its subsidiaries and joint ventures}");
	cut_is("Ash Plantation, its subsidiaries, and joint ventures",
	    "Ash Plantation scope{its subsidiaries and joint ventures}");
	cut_is("Ash S.A. de C.V. and Elm S.A. de C.V. and their subsidiaries",
	    "Ash S.A. de C.V. scope{and their subsidiaries} / Elm S.A. de C.V. "
	    "scope{and their subsidiaries}");
	cut_is("Ash Corporation and its two Oak-based subsidiaries, which include Elm "
	       "Co., Ltd., and G&G Fir Co., Ltd.",
	    "Ash Corporation / Elm Co., Ltd. of{Ash Corporation} / G&G Fir Co., Ltd. "
	    "of{Ash Corporation}");
	cut_is("Ash Company, Limited and its two subsidiaries from China, Elm (Oak) Co. "
	       "Limited and Fir (HK) Limited.",
	    "Ash Company, Limited / Elm (Oak) Co. Limited of{Ash Company, Limited} / "
	    "Fir (HK) Limited. of{Ash Company, Limited}");
	cut_is(
	    "Ash Bhd. and its wholly owned subsidiaries (Ash Glove, Elm Sdn. Bhd., and "
	    "Oak Bhd.)",
	    "Ash Bhd. / Ash Glove of{Ash Bhd.} / Elm Sdn. Bhd. of{Ash Bhd.} / Oak Bhd. "
	    "of{Ash Bhd.}");
	cut_is("Ash Co., Ltd. and its subsidiary Elm Oak Co. Ltd.",
	    "Ash Co., Ltd. / Elm Oak Co. Ltd. of{Ash Co., Ltd.}");
}

static void
vessels_regions_and_goods(void **state)
{
	(void)state;
	cut_is("Fishing Vessel: Ash Star No. 7", "Fishing Vessel: Ash Star No. 7 vessel");
	cut_is("Fishing Vessels owned by Ash Ocean Co. Ltd.",
	    "Ash Ocean Co. Ltd. scope{Fishing Vessels owned by}");
	cut_is("All Ashland cotton or products produced with Ashland cotton",
	    "All Ashland cotton or products produced with Ashland cotton goods");
	cut_is("Ash Autonomous Region (AAR)", "Ash Autonomous Region (AAR) goods");
}

static void
a_long_cell_is_cut_and_says_so(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_arena a = arena;
	(void)state;
	for (int i = 0; i < MN_MAX_NAMED + 5; i++)
		mn_buf_fmt(&b, "Ash %d; ", i);
	struct mn_names m = mn_names_cut(grammar, mn_buf_str(&b), &a);
	assert_int_equal(m.n, MN_MAX_NAMED);
	assert_true(m.cut);
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_plain_name_stays_as_it_is),
	    cmocka_unit_test(other_names_in_brackets),
	    cmocka_unit_test(chains_and_lists),
	    cmocka_unit_test(subsidiaries_are_entities_or_widen_the_entry),
	    cmocka_unit_test(vessels_regions_and_goods),
	    cmocka_unit_test(a_long_cell_is_cut_and_says_so),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

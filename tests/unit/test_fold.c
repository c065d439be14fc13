/* Folding: spellings that are one, spellings that stay two, and idempotence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

typedef void fold_fn(struct mn_str s, struct mn_buf *out);

static void
folds(fold_fn *fold, const char *from, const char *want)
{
	struct mn_buf once = mn_buf_new(1u << 16), twice = mn_buf_new(1u << 16);
	fold(mn_str_c(from), &once);
	if (!mn_str_eq(mn_buf_str(&once), mn_str_c(want)))
		fail_msg("\"%s\" became \"%.*s\", not \"%s\"", from,
		    MN_FMT(mn_buf_str(&once)), want);
	fold(mn_buf_str(&once), &twice);
	assert_true(mn_str_eq(mn_buf_str(&once), mn_buf_str(&twice)));
	mn_buf_free(&once);
	mn_buf_free(&twice);
}

static void
words_lose_case_marks_and_punctuation(void **state)
{
	(void)state;
	folds(mn_fold_words, "", "");
	folds(mn_fold_words, "  Foo--BAR, baz! ", "foo bar baz");
	folds(
	    mn_fold_words, "Șanghaï Ｔｅｘｔｉｌｅ ﬁber №5", "sanghai textile fiber no5");
	folds(mn_fold_words, "Straße Łódź Øre ÆØÅ", "strasse lodz ore aeoa");
	folds(mn_fold_words, "Bosphorluna Denim Yıkama A.Ş.",
	    "bosphorluna denim yikama a s");
	folds(mn_fold_words, "İSTANBUL", "istanbul");
	folds(mn_fold_words, "Đường Việt", "duong viet");
	folds(mn_fold_words, "ΑΘΉΝΑ", "αθηνα");
	folds(mn_fold_words, "云雀灯笼棉纺有限公司", "云雀灯笼棉纺有限公司");
	folds(mn_fold_words, "zero\xe2\x80\x8bwidth", "zerowidth");
}

static void
marks_of_other_scripts_stay(void **state)
{
	(void)state;
	folds(mn_fold_words, "মেঘলতা", "মেঘলতা");
	folds(mn_fold_words, "กรุงเทพ ที่", "กรุงเทพ ที่");
	folds(mn_fold_words, "が", "が");
}

static void
keys_join_words(void **state)
{
	(void)state;
	folds(mn_fold_key, "Número de Trabajadores", "numero_de_trabajadores");
	folds(mn_fold_key, " Total Workers (2023) ", "total_workers_2023");
	folds(mn_fold_key, "Factory_Name", "factory_name");
}

static void
names_unify_legal_forms_at_the_end_only(void **state)
{
	(void)state;
	folds(mn_fold_name, "The Acme Company Limited", "acme co ltd");
	folds(mn_fold_name, "Acme Co., Ltd.", "acme co ltd");
	folds(mn_fold_name, "Vasantika Loomcraft Private Limited",
	    "vasantika loomcraft pvt ltd");
	folds(
	    mn_fold_name, "Vasantika Loomcraft Pvt. Ltd.", "vasantika loomcraft pvt ltd");
	folds(mn_fold_name, "Limited Brands Incorporated", "limited brands inc");
	folds(mn_fold_name, "Smith & Sons + Co", "smith and sons and co");
	folds(mn_fold_name, "Exemplo S.A.", "exemplo sa");
	folds(mn_fold_name, "Ejemplo S.A. de C.V.", "ejemplo sa de cv");
	folds(mn_fold_name, "Yıkama A.Ş.", "yikama as");
	folds(mn_fold_name, "J.Smith", "j smith");
	folds(mn_fold_name, "Acme GmbH", "acme gmbh");
	folds(mn_fold_name, "Acme LLC", "acme llc");
	folds(mn_fold_name, "The The", "the");
}

static void
ids_keep_letters_and_digits(void **state)
{
	(void)state;
	folds(mn_fold_id, "99.000.001/0001-01", "99000001000101");
	folds(mn_fold_id, " gb 00-42a ", "GB0042A");
	folds(mn_fold_id, "ＡＢ１２", "AB12");
}

/* Pseudo-random text of many scripts: folding twice is folding once, and always UTF-8. */
static void
folding_is_idempotent_on_any_text(void **state)
{
	static const struct {
		uint32_t from, to;
	} RANGE[] = {{0x20, 0x7e}, {0xa0, 0x24f}, {0x2b0, 0x36f}, {0x370, 0x52f},
	    {0x600, 0x6ff}, {0x900, 0x97f}, {0xe00, 0xe7f}, {0x1e00, 0x1fff},
	    {0x2000, 0x218f}, {0x3040, 0x30ff}, {0xac00, 0xad00}, {0xfb00, 0xfdff},
	    {0xff00, 0xffef}, {0x1d400, 0x1d7ff}};
	static fold_fn *const FOLDS[] = {
	    mn_fold_words, mn_fold_key, mn_fold_name, mn_fold_id};
	uint64_t seed = 42;
	(void)state;
	for (int round = 0; round < 4000; round++) {
		char text[256];
		size_t n = 0;
		for (int i = 0; i < 40; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			uint32_t r = (uint32_t)(seed >> 33) % countof(RANGE);
			uint32_t c =
			    RANGE[r].from +
			    (uint32_t)(seed >> 40) % (RANGE[r].to - RANGE[r].from + 1);
			if (c < 0x80) {
				text[n++] = (char)c;
			} else if (c < 0x800) {
				text[n++] = (char)(0xc0 | c >> 6);
				text[n++] = (char)(0x80 | (c & 0x3f));
			} else if (c < 0x10000) {
				text[n++] = (char)(0xe0 | c >> 12);
				text[n++] = (char)(0x80 | (c >> 6 & 0x3f));
				text[n++] = (char)(0x80 | (c & 0x3f));
			} else {
				text[n++] = (char)(0xf0 | c >> 18);
				text[n++] = (char)(0x80 | (c >> 12 & 0x3f));
				text[n++] = (char)(0x80 | (c >> 6 & 0x3f));
				text[n++] = (char)(0x80 | (c & 0x3f));
			}
		}
		for (size_t f = 0; f < countof(FOLDS); f++) {
			struct mn_buf once = mn_buf_new(1u << 16),
				      twice = mn_buf_new(1u << 16);
			FOLDS[f](mn_str(text, n), &once);
			FOLDS[f](mn_buf_str(&once), &twice);
			if (!mn_str_eq(mn_buf_str(&once), mn_buf_str(&twice)))
				fail_msg("round %d fold %zu: \"%.*s\" -> \"%.*s\"", round,
				    f, MN_FMT(mn_buf_str(&once)),
				    MN_FMT(mn_buf_str(&twice)));
			assert_int_equal(mn_utf8_valid(mn_buf_str(&once)), once.n);
			mn_buf_free(&once);
			mn_buf_free(&twice);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_lose_case_marks_and_punctuation),
	    cmocka_unit_test(marks_of_other_scripts_stay),
	    cmocka_unit_test(keys_join_words),
	    cmocka_unit_test(names_unify_legal_forms_at_the_end_only),
	    cmocka_unit_test(ids_keep_letters_and_digits),
	    cmocka_unit_test(folding_is_idempotent_on_any_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

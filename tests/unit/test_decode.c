/* Encodings: what a file is taken for, and what becomes of its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/text/decode.h"

static enum mn_encoding
sniffed(struct mn_str s, size_t piece, bool *binary)
{
	struct mn_sniff sniff;
	mn_sniff_init(&sniff);
	for (size_t i = 0; i < s.n; i += piece)
		mn_sniff_add(&sniff, mn_str_sub(s, i, piece));
	struct mn_guess guess;
	mn_sniff_end(&sniff, &guess);
	*binary = guess.binary;
	return guess.encoding;
}

static void
encodings_are_named_however_the_file_is_cut(void **state)
{
	static const struct {
		struct mn_str s;
		enum mn_encoding want;
	} CASES[] = {
	    {{"name,country\n", 13}, MN_ENC_UTF8},
	    {{"Yıkama A.Ş.,Türkiye\n", 23}, MN_ENC_UTF8},
	    {{"\xef\xbb\xbfname\n", 8}, MN_ENC_UTF8_BOM},
	    {{"S\xe3o Jos\xe9,BR\n", 12}, MN_ENC_CP1252},
	    {{"\xff\xfen\0a\0\n\0", 8}, MN_ENC_UTF16LE},
	    {{"\xfe\xff\0n\0a\0\n", 8}, MN_ENC_UTF16BE},
	    {{"n\0a\0m\0e\0\n\0", 10}, MN_ENC_UTF16LE},
	    {{"\0n\0a\0m\0e\0\n", 10}, MN_ENC_UTF16BE},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++)
		for (size_t piece = 1; piece <= CASES[i].s.n; piece++) {
			bool binary;
			assert_int_equal(
			    sniffed(CASES[i].s, piece, &binary), CASES[i].want);
			assert_false(binary);
		}
}

static void
what_is_no_text_is_called_binary(void **state)
{
	static const struct mn_str CASES[] = {{"PK\x03\x04rest of a workbook", 22},
	    {"%PDF-1.7\n", 9}, {"\xd0\xcf\x11\xe0 old workbook", 17},
	    {"\x01\x02\x03\x04 much control", 17}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		bool binary;
		sniffed(CASES[i], 5, &binary);
		assert_true(binary);
	}
}

static void
decodes(enum mn_encoding e, struct mn_str in, struct mn_str want, uint64_t bad)
{
	for (size_t piece = 1; piece <= in.n; piece++) {
		struct mn_err err = MN_ERR_NONE;
		struct mn_decoder *d = mn_decoder_new(e, &err);
		struct mn_buf out = mn_buf_new(4096);
		assert_non_null(d);
		for (size_t i = 0; i < in.n; i += piece)
			mn_decoder_add(
			    d, mn_str_sub(in, i, piece), i + piece >= in.n, &out);
		assert_true(mn_str_eq(mn_buf_str(&out), want));
		assert_int_equal(mn_decoder_bad(d), bad);
		mn_decoder_free(d);
		mn_buf_free(&out);
	}
}

static void
bytes_become_utf8_however_they_arrive(void **state)
{
	(void)state;
	decodes(MN_ENC_UTF8, MN_S("caf\xc3\xa9 \xf0\x9f\x98\x80"),
	    MN_S("caf\xc3\xa9 \xf0\x9f\x98\x80"), 0);
	decodes(MN_ENC_UTF8_BOM, MN_S("\xef\xbb\xbfid"), MN_S("id"), 0);
	decodes(MN_ENC_UTF8,
	    MN_S("a\xff"
		 "b\xe4\xb8"),
	    MN_S("a\xef\xbf\xbd"
		 "b\xef\xbf\xbd\xef\xbf\xbd"),
	    3);
	decodes(MN_ENC_CP1252, MN_S("S\xe3o \x80 \x81"),
	    MN_S("S\xc3\xa3o \xe2\x82\xac \xef\xbf\xbd"), 1);
	decodes(MN_ENC_UTF16LE, mn_str("\xff\xfei\0\xe9\0=\xd8\0\xde", 10),
	    MN_S("i\xc3\xa9\xf0\x9f\x98\x80"), 0);
	decodes(MN_ENC_UTF16BE, mn_str("\xfe\xff\0i\0\xe9\xd8=\xde\0", 10),
	    MN_S("i\xc3\xa9\xf0\x9f\x98\x80"), 0);
}

static void
a_surrogate_pair_survives_the_rounds_of_a_long_piece(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf in = mn_buf_new(1u << 20), out = mn_buf_new(1u << 20);
	(void)state;
	mn_buf_add(&in, mn_str("x\0", 2)); /* odd: pairs straddle every even buffer */
	for (int i = 0; i < 5000; i++)
		mn_buf_add(&in, mn_str("=\xd8\0\xde", 4));
	struct mn_decoder *d = mn_decoder_new(MN_ENC_UTF16LE, &err);
	mn_decoder_add(d, mn_buf_str(&in), true, &out);
	assert_int_equal(out.n, 1 + 5000 * 4);
	assert_int_equal(mn_decoder_bad(d), 0);
	for (size_t i = 1; i < out.n; i += 4)
		assert_memory_equal(out.p + i, "\xf0\x9f\x98\x80", 4);
	mn_decoder_free(d);
	mn_buf_free(&in);
	mn_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(encodings_are_named_however_the_file_is_cut),
	    cmocka_unit_test(what_is_no_text_is_called_binary),
	    cmocka_unit_test(bytes_become_utf8_however_they_arrive),
	    cmocka_unit_test(a_surrogate_pair_survives_the_rounds_of_a_long_piece),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The strings that cells share, read without a parser and by it, are the same: a comment
 * too long for plain strings to be looked for behind it makes the parser read all.
 */
#include <fcntl.h>

#include "../../connectors/book.h"
#include "../unit/xlsx_fixture.h"

#include "rng.h"

#define PARTS 500

static void
add_string(struct rng *r, struct mn_buf *b)
{
	static const char *const WHOLE[] = {"<si/>", "<si></si>", "<si><t/></si>",
	    "<si><r><t>a</t></r><r><t>b</t></r></si>", "<!-- <si><t>no</t></si> -->",
	    "<si><t>a</t><rPh sb='0' eb='1'><t>b</t></rPh></si>",
	    "<si><t>a</t><t>b</t></si>", "<x:si><x:t>c</x:t></x:si>", "\n", " ", "\r\n",
	    "<si> <t>d</t></si>", "<si><t>d</t> </si>", "<t>e</t>",
	    "<si><si><t>f</t></si></si>"};
	static const char *const PIECES[] = {"Ash", " ", "&amp;", "&lt;", "\n",
	    "\xc3\xa9", "\xe4\xb8\xad", "_x000D_", "Elm Textile Co., Ltd.", "0",
	    "&gt;&apos;"};
	static const char *const ODD[] = {"&#10;", "]]>", ">", "\xef\xbf\xbe", "\x02",
	    "<![CDATA[</si>]]>", "&unknown;", "\xff", "<b/>", "</si>", "<"};
	if (chance(r, 15)) {
		mn_buf_add(b, mn_str_c(WHOLE[below(r, countof(WHOLE))]));
		return;
	}
	mn_buf_add(b, MN_S("<si><t"));
	if (chance(r, 30))
		mn_buf_add(b, MN_S(" xml:space=\"preserve\""));
	mn_buf_byte(b, '>');
	while (chance(r, 70))
		mn_buf_add(b, mn_str_c(PIECES[below(r, countof(PIECES))]));
	if (chance(r, 2))
		mn_buf_add(b, mn_str_c(ODD[below(r, countof(ODD))]));
	mn_buf_add(b, MN_S("</t></si>"));
}

/* All strings of a part, with 0x1e behind each, and how reading them ended. */
static void
all_strings(const struct mn_buf *xml, struct mn_buf *out)
{
	struct mn_arena a = mn_arena_new((size_t)16 << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_book book;
	struct book b;
	bool there;
	book_begin(&b);
	part(&b, "xl/workbook.xml",
	    "<workbook><sheets><sheet name=\"Sheet1\"/></sheets></workbook>");
	part(&b, "xl/worksheets/sheet1.xml", "<worksheet/>");
	part_n(&b, "xl/sharedStrings.xml", xml->p, xml->n);
	book_end(&b);
	int fd = open(b.path, O_RDONLY);
	assert_true(mn_book_open(&a, fd, MN_S("book"), &book, &err));
	bool good = mn_strings_read(&book, &err);
	for (uint64_t i = 0; i < book.strings.n; i++) {
		mn_buf_add(out, mn_strings_at(&book.strings, i, &there));
		mn_buf_byte(out, 0x1e);
	}
	mn_buf_fmt(out, "%d %s", good, good ? "" : err.msg);
	mn_book_close(&book);
	close(fd);
	unlink(b.path);
	mn_arena_free(root);
}

static void
strings_are_read_alike(void **state)
{
	struct rng r = {8};
	struct mn_buf text = mn_buf_new(1u << 20), parsed = mn_buf_new(1u << 20),
		      a = mn_buf_new(1u << 20), b = mn_buf_new(1u << 20);
	unsigned whole = 0;
	(void)state;
	for (int i = 0; i < PARTS; i++) {
		mn_buf_clear(&text);
		mn_buf_clear(&parsed);
		mn_buf_clear(&a);
		mn_buf_clear(&b);
		mn_buf_add(&text, MN_S("<sst count='3'>"));
		while (chance(&r, 95))
			add_string(&r, &text);
		mn_buf_add(&text, MN_S("</sst>"));
		if (chance(&r, 10))
			text.n = below(&r, (unsigned)text.n);
		mn_buf_fmt(&parsed, "<!--%70000s-->", "");
		mn_buf_add(&parsed, mn_buf_str(&text));
		all_strings(&text, &a);
		all_strings(&parsed, &b);
		if (!mn_str_eq(mn_buf_str(&a), mn_buf_str(&b)))
			fail_msg("read in two ways: %.*s\n%.*s\n%.*s",
			    MN_FMT(mn_buf_str(&text)), MN_FMT(mn_buf_str(&a)),
			    MN_FMT(mn_buf_str(&b)));
		whole += a.p[a.n - 2] == '1';
	}
	assert_true(whole > PARTS / 4);
	mn_buf_free(&text);
	mn_buf_free(&parsed);
	mn_buf_free(&a);
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(strings_are_read_alike)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

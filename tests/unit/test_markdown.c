/* Pages as Markdown: what becomes of each element, that a name cannot become a mark, and
 * whole dossiers. All companies are invented. */
#include "../../engine/report/html.h"
#include "gen_fixture.h"

static struct mn_buf
told(const char *html)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_markdown(mn_str_c(html), &b);
	assert_false(b.failed);
	mn_buf_byte(&b, '\0');
	return b;
}

static void
becomes(const char *html, const char *want)
{
	struct mn_buf b = told(html);
	assert_string_equal(b.p, want);
	mn_buf_free(&b);
}

static void
elements_become_marks(void **state)
{
	(void)state;
	becomes("<head><title>x</title></head><nav>y</nav><h1><bdi>Heron "
		"Mills</bdi></h1>\n<p>One <strong>two </strong>three<br>four</p><p></p>",
	    "# Heron Mills\n\nOne **two** three\\\nfour\n");
	becomes(
	    "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol start=\"4\"><li>d</li>"
	    "<li>e</li></ol>",
	    "- a\n- b\n   - c\n\n4. d\n5. e\n");
	becomes("<div class=\"facts\"><div><b>Role</b>site</div><div><b>Tier</b>1</div>"
		"</div><p>after</p>",
	    "- **Role**: site\n- **Tier**: 1\n\nafter\n");
	becomes("<p>before</p><svg><title>no</title><text>no</text></svg><p class=\"soft "
		"legend\">no</p><p>after <a href=\"../x.html\">here</a>, <a "
		"href=\"https://example.org/\">there</a></p>",
	    "before\n\nafter here, [there](https://example.org/)\n");
}

static void
tables_keep_rows_and_cells(void **state)
{
	(void)state;
	becomes(
	    "<div class=\"table\"><table><caption>of two</caption><thead><tr><th>A</th>"
	    "<th>B</th></tr></thead><tbody>\n<tr><th>1. one<br><span>more</span></th>"
	    "<td><p>x</p><p>y</p></td></tr>\n<tr><td "
	    "colspan=\"2\">wide</td></tr><tr><td></td><td><ol><li>p</li><li>q</li>"
	    "</ol></td></tr></tbody></table></div>",
	    "*of two*\n\n| A | B |\n| --- | --- |\n| 1. one<br>more | x<br>y |\n| wide | "
	    " |\n|  | "
	    "p<br>q |\n");
}

static void
a_name_is_no_mark(void **state)
{
	(void)state;
	becomes("<p># one</p><p>1. two</p><p>- three</p><p>12 four</p>",
	    "\\# one\n\n1\\. two\n\n\\- three\n\n12 four\n");
	becomes("<p><bdi>*A* [b](c) `d` _e_ | &lt;script&gt; &amp;lt; &quot;f&quot; "
		"g&#39;s \\</bdi></p>",
	    "\\*A\\* \\[b\\](c) \\`d\\` \\_e\\_ \\| &lt;script&gt; &amp;lt; \"f\" g's "
	    "\\\\\n");
	/* From right to left, apart from what stands beside it. */
	becomes("<p><bdi>\u05e9\u05e7\u05d3</bdi> (x)</p>",
	    "\u2068\u05e9\u05e7\u05d3\u2069 (x)\n");
}

static void
broken_markup_ends(void **state)
{
	(void)state;
	becomes("</p></p><p>a<", "a\n");
	becomes("<p>a</p><b", "a\n");
	becomes("", "\n");
}

static uint32_t
bars(struct mn_str line)
{
	uint32_t n = 0;
	for (size_t i = 0; i < line.n; i++)
		n += line.p[i] == '|' && (i == 0 || line.p[i - 1] != '\\');
	return n;
}

/* Headings in the order of the page, rows of one table of one width, and of markup
 * nothing but breaks in cells. */
static void
dossiers_are_told_whole(void **state)
{
	struct gen_fix *f = *state;
	const struct mn_eid all[] = {GF_A, GF_B, GF_C};
	for (size_t i = 0; i < countof(all); i++) {
		struct mn_err err = MN_ERR_NONE;
		struct mn_buf b = mn_buf_new(1u << 22);
		gf_ok(mn_report_markdown(&f->r, all[i], &b, &err), err);
		struct mn_str rest = mn_buf_str(&b);
		uint32_t headings = 0, tables = 0, width = 0;
		while (rest.n) {
			struct mn_str line = mn_str_cut(&rest, '\n');
			headings += mn_str_starts(line, MN_S("## "));
			if (!mn_str_starts(line, MN_S("|"))) {
				width = 0;
				assert_int_equal(mn_str_find_byte(line, '<'), SIZE_MAX);
				continue;
			}
			tables += width == 0;
			width = width ? width : bars(line);
			assert_int_equal(bars(line), width);
		}
		assert_true(headings >= 8 && tables >= 2);
		assert_true(gf_has(mn_buf_str(&b), "# "));
		mn_buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(elements_become_marks),
	    cmocka_unit_test(tables_keep_rows_and_cells),
	    cmocka_unit_test(a_name_is_no_mark),
	    cmocka_unit_test(broken_markup_ends),
	    cmocka_unit_test_setup_teardown(
		dossiers_are_told_whole, gen_fix_setup, gen_fix_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A statement as Markdown and as a page. */
#include "html.h"
#include "statement_build.h"

/* ---- Markdown ---- */

/* Marks of Markdown in a value stay what they are; a line end is a blank. */
static void
md_text(struct mn_out *o, struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\r')
			continue;
		if (c == '\n') {
			mn_out_c(o, "; ");
			continue;
		}
		if (strchr("\\`*_[]<>|#", c) && c)
			mn_out_c(o, "\\");
		mn_out_write(o, mn_str(&s.p[i], 1));
	}
}

static void
md_table(struct mn_out *o, const struct mn_st_block *x, struct mn_str colon)
{
	mn_out_c(o, "\n");
	md_text(o, x->text);
	size_t n = colon.n;
	while (n && colon.p[n - 1] == ' ')
		n--;
	mn_out_write(o, mn_str_sub(colon, 0, n));
	mn_out_c(o, "\n\n");
	for (uint32_t i = 0; i < x->rows; i++) {
		mn_out_c(o, "|");
		for (uint32_t k = 0; k < x->cols; k++) {
			mn_out_c(o, " ");
			md_text(o, x->cell[i * x->cols + k]);
			mn_out_c(o, " |");
		}
		mn_out_c(o, "\n");
		for (uint32_t k = 0; i == 0 && k < x->cols; k++)
			mn_out_c(o, k ? "---|" : "|---|");
		mn_out_c(o, i == 0 ? "\n" : "");
	}
	mn_out_c(o, "\n");
}

bool
mn_st_write_md(const struct mn_statement *s, const char *path, struct mn_err *err)
{
	static const char *const BEFORE[] = {[MN_ST_TITLE] = "# ",
	    [MN_ST_HEAD] = "\n## ",
	    [MN_ST_PART] = "\n### ",
	    [MN_ST_LAW] = "\n*",
	    [MN_ST_TEXT] = "\n",
	    [MN_ST_ITEM] = "- ",
	    [MN_ST_GAP] = "\n> **",
	    [MN_ST_NOTE] = "\n"};
	static const char *const AFTER[] = {[MN_ST_TITLE] = "\n\n",
	    [MN_ST_HEAD] = "\n",
	    [MN_ST_PART] = "\n\n",
	    [MN_ST_LAW] = "*\n",
	    [MN_ST_TEXT] = "\n\n",
	    [MN_ST_ITEM] = "\n",
	    [MN_ST_GAP] = "\n\n",
	    [MN_ST_NOTE] = "\n\n"};
	const struct mn_str gap = MN_S(MN_SAY("GAP"));
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	for (uint32_t i = 0; i < s->n_block; i++) {
		const struct mn_st_block *x = &s->block[i];
		if (x->kind == MN_ST_TABLE) {
			md_table(o, x, mn_st_colon(s));
			continue;
		}
		mn_out_c(o, BEFORE[x->kind]);
		if (x->kind == MN_ST_GAP) {
			mn_out_write(o, mn_message(s->r->messages, gap));
			mn_out_c(o, "** ");
		}
		md_text(o, x->text);
		mn_out_c(o, AFTER[x->kind]);
	}
	return mn_out_commit(o, true, NULL, err);
}

/* ---- HTML ---- */

static const char STYLE[] =
    ".gap{border-left:5px solid var(--high);background:var(--high-bg);color:var(--ink);"
    "padding:.5rem .8rem;margin:.5rem 0;max-width:none}"
    ".gap b{color:var(--high)}.law{font-style:italic;color:var(--soft);max-width:none}"
    "h3{margin-top:.9rem}main p,main ul{max-width:none}"
    "@page{size:A4;margin:16mm}@media print{.gap{break-inside:avoid}}\n";

static void
html_lines(struct mn_out *o, struct mn_str s)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			mn_buf_byte(&b, s.p[i]);
	mn_html_lines(o, mn_buf_str(&b));
	mn_buf_free(&b);
}

static void
html_table(struct mn_out *o, const struct mn_st_block *x)
{
	mn_html(o, "<div class=\"table\" tabindex=\"0\"><table><caption>");
	mn_html_text(o, x->text);
	mn_html(o, "</caption><thead><tr>");
	for (uint32_t k = 0; k < x->cols; k++)
		mn_html_el(o, "th scope=\"col\"", x->cell[k]);
	mn_html(o, "</tr></thead><tbody>\n");
	for (uint32_t i = 1; i < x->rows; i++) {
		mn_html(o, "<tr>");
		for (uint32_t k = 0; k < x->cols; k++) {
			mn_html(o, k ? "<td>" : "<th scope=\"row\">");
			html_lines(o, x->cell[i * x->cols + k]);
			mn_html(o, k ? "</td>" : "</th>");
		}
		mn_html(o, "</tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
html_block(struct mn_out *o, const struct mn_st_block *x, bool translated)
{
	static const struct {
		const char *before, *after;
	} TAGS[] = {[MN_ST_TITLE] = {"<header><h1>", "</h1></header>\n<main>\n"},
	    [MN_ST_HEAD] = {"<h2>", "</h2>\n"},
	    [MN_ST_PART] = {"<h3>", "</h3>\n"},
	    [MN_ST_LAW] = {"<p class=\"law\">", "</p>\n"},
	    [MN_ST_TEXT] = {"<p>", "</p>\n"},
	    [MN_ST_ITEM] = {"<li>", "</li>\n"},
	    [MN_ST_GAP] = {"<p class=\"gap\"><b>Gap.</b> ", "</p>\n"},
	    [MN_ST_NOTE] = {"<p class=\"soft\">", "</p>\n"}};
	if (x->kind == MN_ST_TABLE) {
		html_table(o, x);
		return;
	}
	if (x->kind == MN_ST_LAW && translated)
		mn_html(o, "<p class=\"law\" lang=\"en\">");
	else
		mn_html(o, TAGS[x->kind].before);
	mn_html_text(o, x->text);
	mn_html(o, TAGS[x->kind].after);
}

bool
mn_st_write_html(const struct mn_statement *s, const char *path, struct mn_err *err)
{
	struct mn_out *o = mn_html_open(s->r, path, err);
	bool list = false;
	if (!o)
		return false;
	mn_html_begin_styled(o, s->block[0].text, STYLE);
	for (uint32_t i = 0; i < s->n_block; i++) {
		bool item = s->block[i].kind == MN_ST_ITEM;
		if (item != list)
			mn_html(o, item ? "<ul>\n" : "</ul>\n");
		list = item;
		html_block(o, &s->block[i], s->r->messages != NULL);
	}
	mn_html(o, list ? "</ul>\n</main>\n" : "</main>\n");
	mn_html_end(o, s->r);
	return mn_out_commit(o, true, NULL, err);
}

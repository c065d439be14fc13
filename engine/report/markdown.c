/*
 * A dossier as Markdown (CommonMark with the tables of GitHub's dialect): for tickets,
 * wikis and notes. It is the page itself, told element by element by one table, so it
 * says neither more nor less. Markup comes from this room's literals and is well-formed;
 * text is escaped there and stays escaped here, where a name could be taken for a mark.
 */
#include "html.h"

enum act {
	PLAIN, /* its marks alone, where they are */
	BLOCK, /* stands apart, a blank line around it */
	SKIP,  /* it and what is in it are for a browser */
	BREAK,
	LIST,
	ITEM,
	TABLE,
	ROW,
	CELL,
	FACTS, /* divisions in it are items */
	NAME,  /* its direction is its own */
	LINK
};

static const struct mark {
	const char *tag, *is; /* is: a word of its class, or NULL */
	enum act act;
	const char *open, *close;
} MARKS[] = {
    {"head", NULL, SKIP, "", ""},
    {"nav", NULL, SKIP, "", ""},
    {"svg", NULL, SKIP, "", ""},
    {"script", NULL, SKIP, "", ""},
    {"h1", NULL, BLOCK, "# ", ""},
    {"h2", NULL, BLOCK, "## ", ""},
    {"h3", NULL, BLOCK, "### ", ""},
    {"p", "legend", SKIP, "", ""}, /* of a picture */
    {"p", NULL, BLOCK, "", ""},
    {"header", NULL, BLOCK, "", ""},
    {"main", NULL, BLOCK, "", ""},
    {"footer", NULL, BLOCK, "---\n\n", ""},
    {"div", "facts", FACTS, "", ""},
    {"div", NULL, BLOCK, "", ""},
    {"dl", NULL, BLOCK, "", ""},
    {"dt", NULL, BLOCK, "**", "**"},
    {"dd", NULL, BLOCK, "", ""},
    {"details", NULL, BLOCK, "", ""},
    {"summary", NULL, BLOCK, "**", "**"},
    {"caption", NULL, BLOCK, "*", "*"},
    {"strong", NULL, PLAIN, "**", "**"},
    {"b", NULL, PLAIN, "**", "**: "},
    {"em", NULL, PLAIN, "*", "*"},
    {"code", NULL, PLAIN, "", ""}, /* what is in it is escaped like all text */
    {"span", "band", PLAIN, "**", "**"},
    {"span", "mark", PLAIN, "\\[", "\\]"},
    {"span", "cite", PLAIN, "(", ")"},
    {"bdi", NULL, NAME, "", ""},
    {"br", NULL, BREAK, "", ""},
    {"ul", NULL, LIST, "", ""},
    {"ol", NULL, LIST, "", ""},
    {"li", NULL, ITEM, "", ""},
    {"table", NULL, TABLE, "", ""},
    {"tr", NULL, ROW, "", ""},
    {"th", NULL, CELL, "", ""},
    {"td", NULL, CELL, "", ""},
    {"a", NULL, LINK, "", ""},
};
static const char *const VOID[] = {"br", "meta", "link", "input", "hr", "img"};

enum { OPEN = 64, LISTS = 8 };

struct writing {
	struct mn_buf *out;
	const struct mark *open[OPEN]; /* NULL: an element without a row */
	uint32_t depth, skipped;       /* elements open; of them those within a SKIP */
	uint32_t list;                 /* lists open */
	uint64_t item[LISTS];          /* number of the next item; 0: a bullet */
	uint32_t facts;                /* depth at which facts opened; 0: none */
	uint32_t cells;                /* of the row so far */
	int64_t span;                  /* columns of the cell that is open */
	bool table, cell, ruled; /* within; ruled: the line below the header is there */
	struct mn_str href;      /* of the link that is open; empty: none outside */
};

/* ---- lines ---- */

static bool
ends(const struct mn_buf *b, const char *with)
{
	return mn_str_ends(mn_buf_str(b), mn_str_c(with));
}

static void
trim(struct mn_buf *b)
{
	while (b->n && (b->p[b->n - 1] == ' ' || b->p[b->n - 1] == '\n'))
		b->n--;
}

/* What follows stands apart; in a cell, where lines are not possible, on a new one of it.
 */
static void
apart(struct writing *w, const char *lines)
{
	if (w->cell) {
		if (!ends(w->out, "| ") && !ends(w->out, "<br>"))
			mn_buf_add(w->out, MN_S("<br>"));
		return;
	}
	trim(w->out);
	if (w->out->n)
		mn_buf_add(w->out, mn_str_c(lines));
}

static bool
at_start(const struct writing *w)
{
	return w->out->n == 0 || ends(w->out, "\n") || ends(w->out, "\n- ") ||
	       (w->cell && (ends(w->out, "| ") || ends(w->out, "<br>")));
}

/* ---- text ---- */

static bool
right_to_left(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xd6 && (unsigned char)s.p[i] <= 0xdf)
			return true;
	return false;
}

/* How many bytes stand before what would make a line a heading, an item, a rule or a
 * quotation; SIZE_MAX: it is none. */
static size_t
before_mark(struct mn_str s)
{
	size_t digits = 0;
	if (s.n && strchr("#+-=~", s.p[0]))
		return 0;
	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	return digits && digits < s.n && strchr(".)", s.p[digits]) ? digits : SIZE_MAX;
}

/* Quotes are no marks of Markdown; what could begin a tag or an entity stays escaped. */
static char
next_char(struct mn_str s, size_t *i)
{
	static const struct {
		struct mn_str entity;
		char c;
	} QUOTES[] = {{{"&quot;", 6}, '"'}, {{"&#39;", 5}, '\''}};
	for (size_t k = 0; k < countof(QUOTES); k++)
		if (mn_str_starts(mn_str_sub(s, *i, s.n), QUOTES[k].entity)) {
			*i += QUOTES[k].entity.n;
			return QUOTES[k].c;
		}
	char c = s.p[(*i)++];
	return c == '\n' || c == '\t' ? ' ' : c;
}

static void
text(struct writing *w, struct mn_str s)
{
	struct mn_buf *b = w->out;
	if (w->table && !w->cell && mn_str_trim(s).n == 0)
		return; /* between rows */
	for (size_t i = 0, mark = SIZE_MAX; i < s.n;) {
		bool start = at_start(w);
		if (start && !w->cell) {
			mark = before_mark(mn_str_sub(s, i, s.n));
			mark += mark == SIZE_MAX ? 0 : i;
		}
		bool escape = i == mark || strchr("\\`*_[]|", s.p[i]) != NULL;
		char c = next_char(s, &i);
		if (c == ' ' && (start || ends(b, " ")))
			continue;
		if (escape)
			mn_buf_byte(b, '\\');
		mn_buf_byte(b, c);
	}
}

/* ---- elements ---- */

static void
rule(struct writing *w)
{
	mn_buf_byte(w->out, '|');
	for (uint32_t i = 0; i < w->cells; i++)
		mn_buf_add(w->out, MN_S(" --- |"));
	mn_buf_byte(w->out, '\n');
	w->ruled = true;
}

static void
item(struct writing *w)
{
	uint64_t *n = w->list && w->list <= LISTS ? &w->item[w->list - 1] : NULL;
	if (w->cell || !ends(w->out, "\n"))
		apart(w, "\n");
	if (w->cell)
		return;
	for (uint32_t i = 1; i < w->list; i++)
		mn_buf_add(w->out, MN_S("   "));
	if (n && *n)
		mn_buf_fmt(w->out, "%llu. ", (unsigned long long)(*n)++);
	else
		mn_buf_add(w->out, MN_S("- "));
}

/* The value of an attribute in a tag; empty: it has none. */
static struct mn_str
attribute(struct mn_str tag, const char *name)
{
	size_t at = mn_str_find(tag, mn_str_c(name));
	if (at == SIZE_MAX)
		return MN_STR_NONE;
	struct mn_str v = mn_str_sub(tag, at + strlen(name), tag.n);
	return mn_str_sub(v, 0, mn_str_find_byte(v, '"'));
}

static void
list_begins(struct writing *w, const struct mark *m, struct mn_str tag)
{
	int64_t from = 1;
	apart(w, w->list ? "\n" : "\n\n");
	mn_str_i64(attribute(tag, " start=\""), &from);
	if (w->list++ < LISTS)
		w->item[w->list - 1] = m->tag[0] == 'o' ? (uint64_t)from : 0;
}

static void
begin(struct writing *w, const struct mark *m, struct mn_str tag)
{
	switch (m->act) {
	case BLOCK:
		if (w->facts && strcmp(m->tag, "div") == 0)
			item(w);
		else if (!(w->list &&
			     !w->cell)) /* a paragraph of an item goes on in it */
			apart(w, "\n\n");
		break;
	case FACTS:
		w->facts = w->depth + 1;
		apart(w, "\n\n");
		break;
	case BREAK:
		w->out->n -= ends(w->out, " ");
		mn_buf_add(w->out, w->cell ? MN_S("<br>") : MN_S("\\\n"));
		break;
	case LIST:
		list_begins(w, m, tag);
		break;
	case ITEM:
		item(w);
		break;
	case TABLE:
		apart(w, "\n\n");
		w->table = true;
		w->ruled = false;
		break;
	case ROW:
		if (!w->ruled || !ends(w->out, "\n"))
			apart(w, w->ruled ? "\n" : "\n\n");
		w->cells = 0;
		break;
	case CELL:
		mn_buf_add(w->out, w->cells++ ? MN_S(" ") : MN_S("| "));
		w->cell = true;
		w->span = 1;
		mn_str_i64(attribute(tag, " colspan=\""), &w->span);
		break;
	case LINK:
		w->href = attribute(tag, " href=\"");
		if (!mn_str_starts(w->href, MN_S("https://")))
			w->href = MN_STR_NONE; /* a file beside the page */
		mn_buf_add(w->out, w->href.n ? MN_S("[") : MN_STR_NONE);
		break;
	default:
		break;
	}
	mn_buf_add(w->out, mn_str_c(m->open));
}

/* A mark closes behind a word, not behind a blank, and not around nothing. */
static void
close_mark(struct writing *w, const struct mark *m)
{
	size_t open = strlen(m->open);
	bool blank = ends(w->out, " ") && m->close[0];
	if (blank)
		w->out->n--;
	if (m->act != BLOCK && open && ends(w->out, m->open))
		w->out->n -= open;
	else
		mn_buf_add(w->out, mn_str_c(m->close));
	if (blank)
		mn_buf_byte(w->out, ' ');
}

static void
end(struct writing *w, const struct mark *m)
{
	close_mark(w, m);
	switch (m->act) {
	case FACTS:
		w->facts = 0;
		break;
	case LIST:
		w->list -= w->list > 0;
		break;
	case TABLE:
		w->table = false;
		break;
	case ROW:
		mn_buf_byte(w->out, '\n');
		if (!w->ruled)
			rule(w);
		break;
	case CELL:
		while (ends(w->out, "<br>"))
			w->out->n -= 4;
		mn_buf_add(w->out, MN_S(" |"));
		for (; w->span > 1; w->span--, w->cells++)
			mn_buf_add(w->out, MN_S("  |"));
		w->cell = false;
		break;
	case LINK:
		if (w->href.n)
			mn_buf_fmt(w->out, "](%.*s)", MN_FMT(w->href));
		break;
	case BLOCK:
		if (!w->facts && !w->list)
			apart(w, "\n\n");
		break;
	default:
		break;
	}
}

/* ---- the page ---- */

static struct mn_str
name_of(struct mn_str tag)
{
	size_t from = tag.n > 1 && tag.p[1] == '/' ? 2 : 1, n = from;
	while (n < tag.n && !strchr(" \n>/", tag.p[n]))
		n++;
	return mn_str_sub(tag, from, n - from);
}

static const struct mark *
mark_of(struct mn_str tag)
{
	struct mn_str name = name_of(tag), is = attribute(tag, " class=\"");
	for (size_t i = 0; i < countof(MARKS); i++)
		if (mn_str_eq(name, mn_str_c(MARKS[i].tag)) &&
		    (!MARKS[i].is || mn_str_find(is, mn_str_c(MARKS[i].is)) != SIZE_MAX))
			return &MARKS[i];
	return NULL;
}

static bool
is_void(struct mn_str tag)
{
	for (size_t i = 0; i < countof(VOID); i++)
		if (mn_str_eq(name_of(tag), mn_str_c(VOID[i])))
			return true;
	return tag.n > 1 && (tag.p[1] == '!' || tag.p[tag.n - 2] == '/');
}

static void
element(struct writing *w, struct mn_str tag)
{
	if (tag.n < 3 || tag.p[tag.n - 1] != '>')
		return; /* cut off */
	const struct mark *m = mark_of(tag);
	if (is_void(tag)) {
		if (m && !w->skipped)
			begin(w, m, tag);
		return;
	}
	if (tag.p[1] != '/') {
		if (w->skipped || (m && m->act == SKIP))
			w->skipped++;
		else if (m)
			begin(w, m, tag);
		if (w->depth++ < OPEN)
			w->open[w->depth - 1] = m;
		return;
	}
	if (w->depth == 0 || --w->depth >= OPEN)
		return;
	if (w->skipped)
		w->skipped--;
	else if (w->open[w->depth])
		end(w, w->open[w->depth]);
}

static void
words(struct writing *w, struct mn_str s)
{
	const struct mark *m =
	    w->depth && w->depth <= OPEN ? w->open[w->depth - 1] : NULL;
	bool turn = m && m->act == NAME && right_to_left(s);
	mn_buf_add(w->out, turn ? MN_S("\xe2\x81\xa8") : MN_STR_NONE); /* U+2068 */
	text(w, s);
	mn_buf_add(w->out, turn ? MN_S("\xe2\x81\xa9") : MN_STR_NONE); /* U+2069 */
}

void
mn_markdown(struct mn_str html, struct mn_buf *out)
{
	struct writing w = {.out = out};
	while (html.n && !out->failed) {
		size_t n = mn_str_find_byte(html, html.p[0] == '<' ? '>' : '<');
		n += html.p[0] == '<' && n != SIZE_MAX;
		struct mn_str piece = mn_str_sub(html, 0, n); /* all, where none is */
		html = mn_str_sub(html, piece.n, html.n);
		if (piece.p[0] == '<')
			element(&w, piece);
		else if (!w.skipped)
			words(&w, piece);
	}
	trim(out);
	mn_buf_byte(out, '\n');
}

bool
mn_report_markdown(
    const struct mn_report *r, struct mn_eid id, struct mn_buf *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 32, NULL), a = root;
	struct mn_view v;
	struct mn_buf page;
	bool good = mn_view_load(r, id, true, &a, &v, err);
	struct mn_out *o = good ? mn_html_open(r, NULL, err) : NULL;
	if (o) {
		mn_html_dossier(o, r, &v, &a);
		good = mn_out_take(o, &page, err);
		if (good) {
			mn_markdown(mn_buf_str(&page), out);
			mn_buf_free(&page);
		}
	}
	mn_arena_free(root);
	return o && good &&
	       (!out->failed || mn_fail(err, MN_E_NOMEM, "the dossier is too long"));
}

/*
 * The paths of the supply graph as one tree: the entity at the top, each edge a line
 * below, what several paths share drawn once. Downwards, because names are long. Integers
 * only; colours are those of the page, light and dark.
 */
#include "manumit/base/fx.h"
#include "manumit/text/utf8.h"

#include "behind.h"

/* A letter is some 7 units wide; what is said of the far end needs room for 44. */
enum { ROWS = 64, ROW = 26, STEP = 22, LEFT = 14, WIDTH = 960, LETTERS = 128, TAIL = 44 };

struct node {
	const struct mn_path_edge *edge;
	int parent; /* -1: the entity itself */
	int depth;
	const struct mn_path *end; /* the path that ends here; NULL: none */
	const struct mn_path_gate *gate;
};

struct tree {
	struct node node[ROWS];
	int n;
	bool cut;
};

static int
child(struct tree *t, int parent, int depth, const struct mn_path_edge *e)
{
	for (int i = 0; i < t->n; i++)
		if (t->node[i].parent == parent && t->node[i].edge->back == e->back &&
		    t->node[i].edge->edge.id == e->edge.id &&
		    mn_eid_cmp(t->node[i].edge->who, e->who) == 0)
			return i;
	if (t->n == ROWS) {
		t->cut = true;
		return -2;
	}
	t->node[t->n] = (struct node){.edge = e, .parent = parent, .depth = depth};
	return t->n++;
}

static struct node *
grow(struct tree *t, const struct mn_path *p)
{
	int at = -1;
	for (uint32_t i = 0; i < p->n; i++) {
		at = child(t, at, (int)i + 1, &p->edge[i]);
		if (at < -1)
			return NULL;
	}
	return at < 0 ? NULL : &t->node[at];
}

/* Rows in the order of a table of contents. */
static int
order(const struct tree *t, int parent, int *row, int next)
{
	for (int i = 0; i < t->n; i++)
		if (t->node[i].parent == parent) {
			row[i] = next++;
			next = order(t, i, row, next);
		}
	return next;
}

static void
label(
    struct mn_out *o, const struct mn_report *r, const struct node *n, struct mn_arena a)
{
	int room = LETTERS - 3 * n->depth - (n->end || n->gate ? TAIL : 0);
	struct mn_str text = mn_path_edge_text(n->edge, &a);
	struct mn_str cut = mn_utf8_cut(text, (size_t)(room < TAIL ? TAIL : room));
	char p[32];
	mn_html_text(o, cut);
	if (cut.n < text.n)
		mn_html(o, "…");
	if (!n->end && !n->gate)
		return;
	mn_html(o, "<tspan class=\"soft\"> — ");
	if (n->gate) {
		mn_html_text(o, r->pack->gate[n->gate->gate].code);
		mn_html_c(o, n->gate->sure ? " hit" : " possible");
		mn_html(o, n->end ? "; " : "");
	}
	if (n->end)
		mn_html_say(o, "%s, exposure %s",
		    mn_html_word(o, mn_band_name(n->end->band)),
		    mn_fx_print(n->end->exposure_q16, 2, p).p);
	mn_html(o, "</tspan>");
}

static void
draw(struct mn_out *o, const struct mn_report *r, const struct tree *t, const int *row,
    int i, struct mn_arena a)
{
	const struct node *n = &t->node[i];
	int x = LEFT + n->depth * STEP, y = (row[i] + 1) * ROW + ROW / 2;
	int px = x - STEP,
	    py = n->parent < 0 ? ROW / 2 : (row[n->parent] + 1) * ROW + ROW / 2;
	mn_out_fmt(o,
	    "<polyline class=\"edge\" points=\"%d,%d %d,%d %d,%d\"/><circle "
	    "class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>",
	    px, py + 6, px, y, x - 6, y,
	    n->gate  ? "f-severe"
	    : n->end ? "f-unknown"
		     : "range",
	    x, y, n->gate || n->end ? 6 : 4);
	mn_out_fmt(o, "<text x=\"%d\" y=\"%d\">", x + 12, y + 5);
	label(o, r, n, a);
	mn_html(o, "</text>");
}

/* Whoever does not see it hears it whole. */
static void
in_words(struct mn_out *o, const struct mn_view *v, struct mn_arena a)
{
	const struct mn_view_behind *b = &v->behind;
	mn_html(o, "<title>paths of the supply graph</title><desc>");
	for (uint32_t i = 0; i < b->n_path; i++) {
		mn_html_text(o, mn_path_text(&b->path[i], &a));
		mn_html(o, ". ");
	}
	for (uint32_t i = 0; i < b->n_gate; i++) {
		mn_html_text(o, mn_path_text(&b->gate[i].path, &a));
		mn_html(o, ". ");
	}
	mn_html(o, "</desc>");
}

void
mn_svg_paths(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_view_behind *b = &v->behind;
	struct tree *t = MN_NEW(a, struct tree, 1);
	int row[ROWS] = {0};
	for (uint32_t i = 0; i < b->n_gate; i++) {
		struct node *n = grow(t, &b->gate[i].path);
		if (n)
			n->gate = &b->gate[i];
	}
	for (uint32_t i = 0; i < b->n_path; i++) {
		struct node *n = grow(t, &b->path[i]);
		if (n)
			n->end = &b->path[i];
	}
	int high = (order(t, -1, row, 0) + 1) * ROW + 4;
	mn_out_fmt(o,
	    "<svg role=\"img\" class=\"paths\" width=\"%d\" height=\"%d\" viewBox=\"0 0 "
	    "%d %d\">",
	    WIDTH, high, WIDTH, high);
	in_words(o, v, *a);
	mn_out_fmt(o,
	    "<circle class=\"tick\" cx=\"%d\" cy=\"%d\" r=\"6\"/><text x=\"%d\" "
	    "y=\"%d\">",
	    LEFT, ROW / 2, LEFT + 12, ROW / 2 + 5);
	mn_html_text(o, mn_utf8_cut(v->ent.rec.v[MN_F_NAME], LETTERS));
	mn_html(o, "</text>");
	for (int i = 0; i < t->n; i++)
		draw(o, r, t, row, i, *a);
	mn_html(o, "</svg>\n");
	if (t->cut)
		mn_html(o, "<p class=\"soft\">Not all paths are drawn; the table has "
			   "them.</p>\n");
}

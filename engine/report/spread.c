/* Entities by country and by sector: counting, a picture of it, and the same in a table.
 */
#include <stdio.h>

#include "manumit/base/sort.h"
#include "manumit/text/utf8.h"

#include "pages.h"

enum { SHOWN = 12, LEFT = 250, BAR = 400, WIDTH = 900, ROW = 24 };

/* ---- counting ---- */

static struct mn_spread_group *
group_of(struct mn_spread_of *of, struct mn_str key, struct mn_arena *kept, bool *fresh)
{
	uint32_t at = (uint32_t)mn_hash64(key) % (2 * MN_SPREAD_GROUPS);
	*fresh = false;
	for (; of->slot[at]; at = (at + 1) % (2 * MN_SPREAD_GROUPS))
		if (mn_str_eq(of->group[of->slot[at] - 1].key, key))
			return &of->group[of->slot[at] - 1];
	if (of->n == MN_SPREAD_GROUPS)
		return &of->group[0];
	struct mn_spread_group *g = &of->group[of->n++];
	of->slot[at] = (uint16_t)of->n;
	g->key = mn_arena_str(kept, key);
	*fresh = true;
	return g;
}

static bool
is_code(struct mn_str s)
{
	return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' &&
	       s.p[1] <= 'Z';
}

/* The first group is that of nobody knows what, so that there is always one. */
static void
first_unknown(struct mn_spread_of *of, const char *words, struct mn_arena *kept)
{
	bool fresh;
	if (of->n == 0)
		group_of(of, MN_STR_NONE, kept, &fresh)->name = mn_str_c(words);
}

struct mn_spread_group *
mn_spread_country(struct mn_spread *s, const struct mn_report *r, struct mn_str code,
    struct mn_arena *kept)
{
	bool fresh;
	first_unknown(&s->country, "country unknown", kept);
	struct mn_spread_group *g =
	    group_of(&s->country, is_code(code) ? code : MN_STR_NONE, kept, &fresh);
	if (fresh)
		g->name = mn_arena_str(kept, mn_country_name(r->countries, code));
	return g;
}

static struct mn_spread_group *
sector_of(struct mn_spread *s, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *kept, struct mn_arena *scratch)
{
	bool fresh;
	struct mn_str name = mn_view_sector(r, &v->ent, scratch);
	first_unknown(&s->sector, "sector unknown", kept);
	struct mn_spread_group *g = group_of(&s->sector, name, kept, &fresh);
	if (fresh)
		g->name = g->key;
	return g;
}

void
mn_spread_add(struct mn_spread *s, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *kept, struct mn_arena *scratch)
{
	struct mn_spread_group *of[] = {
	    mn_spread_country(s, r, v->ent.rec.v[MN_F_COUNTRY], kept),
	    sector_of(s, r, v, kept, scratch)};
	for (size_t i = 0; i < countof(of); i++) {
		of[i]->n++;
		of[i]->bands[v->card.band]++;
	}
}

static uint64_t
upper(const struct mn_spread_group *g)
{
	return g->bands[MN_SEVERE] + g->bands[MN_HIGH] + g->bands[MN_ELEVATED];
}

static int
by_weight(const void *a, const void *b, const void *ctx)
{
	const struct mn_spread_group *x = a, *y = b;
	(void)ctx;
	if (upper(x) != upper(y))
		return upper(x) > upper(y) ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return mn_str_cmp(x->name, y->name);
}

/* The places by hash are those of before: nothing is added from here on. */
void
mn_spread_order(struct mn_spread_of *of, struct mn_arena scratch)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < of->n; i++)
		if (of->group[i].n)
			of->group[n++] = of->group[i];
	of->n = n;
	mn_sort(of->group, n, sizeof *of->group, by_weight, NULL, scratch);
}

/* ---- the picture ---- */

static void
in_words(struct mn_out *o, const struct mn_spread_group *g)
{
	mn_html_text(o, g->name);
	mn_html_fmt(o, ": %llu", (unsigned long long)g->n);
	for (unsigned b = MN_BANDS; b-- > 0;)
		if (g->bands[b])
			mn_html_fmt(o, ", %s %llu", mn_band_name(b),
			    (unsigned long long)g->bands[b]);
	mn_html(o, ". ");
}

static void
bar(struct mn_out *o, const struct mn_spread_group *g, uint64_t most, int row)
{
	int y = row * ROW, x = LEFT;
	mn_out_fmt(o, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 8, y + 16);
	struct mn_str cut = mn_utf8_cut(g->name, 32);
	mn_html_text(o, cut);
	mn_html(o, cut.n < g->name.n ? "…</text>" : "</text>");
	for (unsigned b = MN_BANDS; b-- > 0;) {
		int w = most ? (int)(g->bands[b] * BAR / most) : 0;
		if (most == 0 || g->bands[b] == 0)
			continue;
		w = w < 2 ? 2 : w; /* one of a hundred thousand is still seen */
		mn_out_fmt(o,
		    "<rect class=\"f-%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\"/>",
		    mn_band_name(b), x, y + 4, w);
		x += w;
	}
	mn_out_fmt(o, "<text class=\"soft\" x=\"%d\" y=\"%d\">%llu", x + 8, y + 16,
	    (unsigned long long)g->n);
	if (upper(g))
		mn_html_say(o, ", %llu elevated or above", (unsigned long long)upper(g));
	mn_html(o, "</text>");
}

static void
legend(struct mn_out *o, int row)
{
	int x = LEFT;
	for (unsigned b = MN_BANDS; b-- > 0; x += 90)
		mn_out_fmt(o,
		    "<rect class=\"f-%s\" x=\"%d\" y=\"%d\" width=\"12\" "
		    "height=\"12\"/><text class=\"soft\" x=\"%d\" y=\"%d\">%s</text>",
		    mn_band_name(b), x, row * ROW + 8, x + 17, row * ROW + 18,
		    mn_band_name(b));
}

/* Those that have no bar of their own, as one. */
static struct mn_spread_group
others(const struct mn_spread_of *of, char words[48])
{
	struct mn_spread_group g = {.n = 0};
	for (uint32_t i = SHOWN; i < of->n; i++) {
		g.n += of->group[i].n;
		for (unsigned b = 0; b < MN_BANDS; b++)
			g.bands[b] += of->group[i].bands[b];
	}
	snprintf(words, 48, "%u others", of->n - SHOWN);
	g.name = mn_str_c(words);
	return g;
}

void
mn_svg_spread(struct mn_out *o, const struct mn_spread_of *of, const char *title)
{
	char words[48];
	uint32_t n = of->n > SHOWN + 1 ? SHOWN : of->n;
	struct mn_spread_group rest = {.n = 0};
	uint64_t most = 1;
	if (n < of->n)
		rest = others(of, words);
	for (uint32_t i = 0; i < n; i++)
		most = of->group[i].n > most ? of->group[i].n : most;
	int rows = (int)n + (rest.n > 0), high = (rows + 1) * ROW;
	mn_out_fmt(o,
	    "<svg role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">"
	    "<title>%s</title><desc>",
	    WIDTH, high, WIDTH, high, mn_html_word(o, title));
	for (uint32_t i = 0; i < n; i++)
		in_words(o, &of->group[i]);
	if (rest.n)
		in_words(o, &rest);
	mn_html(o, "</desc>");
	for (uint32_t i = 0; i < n; i++)
		bar(o, &of->group[i], most, (int)i);
	if (rest.n)
		bar(o, &rest, 0, (int)n); /* in words: its bar would dwarf the others */
	legend(o, rows);
	mn_html(o, "</svg>\n");
}

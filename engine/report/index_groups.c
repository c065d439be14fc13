/* A register of employers has many that are ranked alike: how many stand on the same
 * context, so that one knows where to begin and what a place on the list rests on. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "html.h"

#define GROUPS \
	4096 /* contexts told apart; sectors by countries of a register: hundreds */
#define SHOWN 30

struct group {
	struct mn_str words;
	uint64_t hash, n, from; /* from: first place on the list */
	int64_t h_q16, severity_q16;
};

struct grouping {
	const struct mn_report *r;
	struct mn_arena kept, root;
	struct group *group;
	uint32_t *slot; /* open addressing by hash: number of a group + 1 */
	uint32_t n;
	uint64_t others, all;
	struct mn_err *err;
	bool good;
};

static struct group *
find(struct grouping *x, struct mn_str words)
{
	uint64_t hash = mn_hash64(words);
	uint32_t at = (uint32_t)hash % (2 * GROUPS);
	while (x->slot[at] && (x->group[x->slot[at] - 1].hash != hash ||
				  !mn_str_eq(x->group[x->slot[at] - 1].words, words)))
		at = (at + 1) % (2 * GROUPS);
	if (x->slot[at])
		return &x->group[x->slot[at] - 1];
	if (x->n == GROUPS)
		return NULL;
	x->slot[at] = ++x->n;
	struct group *g = &x->group[x->n - 1];
	g->words = mn_arena_str(&x->kept, words);
	g->hash = hash;
	return g;
}

static bool
add(void *ctx, uint64_t place, const struct mn_card *c)
{
	struct grouping *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	x->all++;
	x->good = mn_view_brief(x->r, c, &a, &v, x->err);
	if (!x->good)
		return false;
	struct group *g = find(x, mn_view_context(x->r, &v.ent, &a));
	if (!g) {
		x->others++;
		return true;
	}
	if (g->n++ == 0) {
		g->from = place + 1;
		g->h_q16 = c->h_q16[1];
	}
	if (c->severity_q16 > g->severity_q16)
		g->severity_q16 = c->severity_q16;
	return true;
}

static void
write(struct mn_out *o, const struct grouping *x)
{
	char h[32], s[32];
	uint64_t told = 0;
	mn_html(o,
	    "<h3>On what they are ranked</h3>\n<p>Nothing is known of them but their "
	    "context, so those of one context stand together, by severity and then by "
	    "name. A row is a context, in the order of the list.</p>\n<div "
	    "class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" "
	    "class=\"n\">From "
	    "place</th><th scope=\"col\" class=\"n\">How many</th><th "
	    "scope=\"col\">Context</th><th scope=\"col\" class=\"n\">Inherent "
	    "risk</th><th scope=\"col\" class=\"n\">Severity</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < x->n && i < SHOWN; i++) {
		const struct group *g = &x->group[i];
		told += g->n;
		mn_out_fmt(o,
		    "<tr><td class=\"n\">%llu</td><td class=\"n\">%llu</td><td>",
		    (unsigned long long)g->from, (unsigned long long)g->n);
		mn_html_text(o, g->words);
		mn_out_fmt(o,
		    "</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
		    mn_fx_print(g->h_q16, 2, h).p, mn_fx_print(g->severity_q16, 2, s).p);
	}
	mn_html(o, "</tbody></table></div>\n");
	if (x->all == told)
		return;
	mn_html(o, "<p>");
	mn_html_fmt(o, "%llu more are of %u%s%s other contexts.",
	    (unsigned long long)(x->all - told), x->n - SHOWN, x->others ? " " : "",
	    x->others ? mn_html_word(o, MN_SAY("or more")) : "");
	mn_html(o, "</p>\n");
}

bool
mn_html_index_groups(struct mn_out *o, const struct mn_report *r, struct mn_err *err)
{
	struct grouping x = {.r = r, .err = err, .good = true};
	struct mn_arena kept = mn_arena_new(64u << 20, NULL);
	x.kept = kept;
	x.root = mn_arena_new(64u << 20, NULL);
	x.group = MN_NEW(&x.kept, struct group, GROUPS);
	x.slot = MN_NEW(&x.kept, uint32_t, 2 * GROUPS);
	bool good = mn_view_rank(r, 'Q', add, &x, err) && x.good;
	if (good)
		write(o, &x);
	mn_arena_free(kept);
	mn_arena_free(x.root);
	return good;
}

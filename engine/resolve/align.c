/*
 * Alignment of two names: candidates are pairs of tokens and runs of tokens written as
 * one word; the best are taken first, each token once; initials come last.
 */
#include "manumit/base/fx.h"

#include "similar.h"
#include "skeleton.h"

#define Q(x) ((int32_t)MN_Q16(x))
#define CANDIDATES 128
#define RUN_MAX 4

struct candidate {
	struct mn_link link;
	int32_t score;
};

struct aligning {
	const struct mn_name *a, *b;
	bool chinese;
	struct candidate c[CANDIDATES];
	uint32_t n;
};

static const char *const KIND_NAME[MN_LINK_KIND_COUNT] = {"exact", "concept", "spelling",
    "sound", "cross-script", "joined", "abbreviation", "initials"};

const char *
mn_link_kind_name(unsigned k)
{
	return k < MN_LINK_KIND_COUNT ? KIND_NAME[k] : "?";
}

static int32_t
weight(const struct mn_name *n, uint32_t from, uint32_t count)
{
	int32_t w = 0;
	for (uint32_t i = from; i < from + count; i++)
		w += n->tok[i].w_q16;
	return w;
}

static int32_t
least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static void
propose(struct aligning *g, struct mn_link l)
{
	int32_t wa = weight(g->a, l.left, l.n_left),
		wb = weight(g->b, l.right, l.n_right);
	if (g->n == CANDIDATES)
		return;
	l.w_q16 = least(wa, wb);
	g->c[g->n++] =
	    (struct candidate){l, (int32_t)mn_fx_mul(l.sim_q16, least(Q(1), wa + wb))};
}

static void
single_tokens(struct aligning *g)
{
	for (uint32_t i = 0; i < g->a->n; i++)
		for (uint32_t j = 0; j < g->b->n; j++) {
			uint8_t kind = MN_LINK_EXACT;
			int32_t s =
			    mn_similar(&g->a->tok[i], &g->b->tok[j], g->chinese, &kind);
			if (s > 0)
				propose(g, (struct mn_link){
					       (uint8_t)i, 1, (uint8_t)j, 1, kind, s, 0});
		}
}

/* ---- runs written as one word ---- */

struct run {
	char text[MN_TOKEN_BYTES + 1];
	struct mn_token t;
};

/* A run has syllables when all of its words have. */
static void
add_syllables(struct mn_token *run, const struct mn_token *t)
{
	uint32_t n = run->n == 0 ? t->n_syl : run->n_syl ? run->n_syl + t->n_syl : 0u;
	if (t->n_syl == 0 || n > MN_SYLLABLES)
		n = 0;
	for (uint32_t i = 0; n && i < t->n_syl; i++)
		run->syl[n - t->n_syl + i] = (uint8_t)(run->n + t->syl[i]);
	run->n_syl = (uint8_t)n;
}

static bool
add_to_run(struct run *r, const struct mn_token *t)
{
	/* No word has digits in it, and a run that is nearly a word must not lose one. */
	if (t->cls == MN_W_LEGAL || t->cls == MN_W_NUMBER || t->cls == MN_W_UNIT ||
	    t->script != r->t.script || r->t.n + t->n > MN_TOKEN_BYTES)
		return false;
	memcpy(r->text + r->t.n, t->text, t->n);
	add_syllables(&r->t, t);
	r->t.letters |= t->letters;
	r->t.pinyin = (r->t.n == 0 || r->t.pinyin) && (t->pinyin || t->cls == MN_W_PLACE);
	r->t.n = (uint8_t)(r->t.n + t->n);
	for (uint32_t k = 0; k < t->n_skel && r->t.n_skel < MN_SKELETON; k++)
		if (r->t.n_skel == 0 || r->t.skel[r->t.n_skel - 1] != t->skel[k])
			r->t.skel[r->t.n_skel++] = t->skel[k];
	return true;
}

#define SYLLABLES_LEAST 3 /* of a run: two are a brand of their own */

static int32_t
joined_sim(const struct run *r, const struct mn_token *whole)
{
	struct mn_str x = mn_token_text(&r->t), y = mn_token_text(whole);
	uint32_t longer = x.n > y.n ? (uint32_t)x.n : (uint32_t)y.n;
	uint32_t apart = (uint32_t)(x.n > y.n ? x.n - y.n : y.n - x.n);
	bool syllables = whole->pinyin && r->t.n_syl >= SYLLABLES_LEAST;
	if (apart == 0 && r->t.letters == whole->letters && mn_str_eq(x, y))
		return Q(1);
	if (mn_same_alphabet(&r->t, whole)) {
		int32_t syl = syllables ? mn_syllables_alike(&r->t, whole) : 0;
		if (syl)
			return syl;
		if (longer < 6 || apart * 20 > longer * 3 ||
		    mn_edit_least(r->t.letters, whole->letters) * 20 > longer * 3)
			return 0;
		int32_t s = Q(1) - (int32_t)((uint32_t)Q(1) * mn_edit(x, y) / longer);
		return s >= Q(.85) ? s : 0;
	}
	uint32_t m = r->t.n_skel > whole->n_skel ? r->t.n_skel : whole->n_skel;
	if (m < 4 || whole->cls != MN_W_BRAND ||
	    (mn_is_lettered(r->t.script, whole->script) &&
		mn_edit(x, y) * 20 > longer * 9))
		return 0;
	uint32_t d =
	    mn_skeleton_distance(r->t.skel, r->t.n_skel, whole->skel, whole->n_skel);
	return d * 5 <= m ? Q(.85) : 0;
}

/* What the single tokens of a name are like that runs are compared with. */
struct singles {
	uint32_t longest;
	uint32_t scripts; /* bits */
	bool pinyin;
};

static struct singles
singles_of(const struct mn_name *y)
{
	struct singles s = {0, 0, false};
	for (uint32_t j = 0; j < y->n; j++) {
		const struct mn_token *t = &y->tok[j];
		s.longest = t->n > s.longest ? t->n : s.longest;
		s.scripts |= 1u << t->script;
		s.pinyin = s.pinyin || t->pinyin;
	}
	return s;
}

#define SYLLABLE_BYTES 6 /* zhuang */

/* No single token can be what so long a run is, nor a longer one (joined_sim). */
static bool
too_long(const struct mn_token *run, const struct singles *y)
{
	uint32_t apart = run->n > y->longest ? run->n - y->longest : 0;
	return y->scripts == 1u << run->script && apart * 20 > run->n * 3u &&
	       (!y->pinyin || apart > SYLLABLE_BYTES);
}

/* Runs of x beginning at i against the single tokens of y. */
static void
runs_from(struct aligning *g, const struct mn_name *x, const struct mn_name *y,
    const struct singles *of_y, uint32_t i, bool swapped)
{
	struct run r;
	memset(&r.t, 0, sizeof r.t);
	r.t.text = r.text;
	r.t.script = x->tok[i].script;
	for (uint32_t n = 1; n <= RUN_MAX && i + n <= x->n; n++) {
		if (!add_to_run(&r, &x->tok[i + n - 1]))
			return;
		if (too_long(&r.t, of_y))
			return;
		if (n == 1)
			continue;
		for (uint32_t j = 0; j < y->n; j++) {
			const struct mn_token *t = &y->tok[j];
			if (t->cls == MN_W_STOP || t->cls == MN_W_NUMBER || t->n < 3)
				continue;
			int32_t s = joined_sim(&r, t);
			if (s == 0)
				continue;
			struct mn_link l = {
			    (uint8_t)i, (uint8_t)n, (uint8_t)j, 1, MN_LINK_JOINED, s, 0};
			if (swapped)
				l = (struct mn_link){(uint8_t)j, 1, (uint8_t)i,
				    (uint8_t)n, MN_LINK_JOINED, l.sim_q16, 0};
			propose(g, l);
		}
	}
}

static void
runs(struct aligning *g)
{
	struct singles of_a = singles_of(g->a), of_b = singles_of(g->b);
	for (uint32_t i = 0; i + 1 < g->a->n; i++)
		runs_from(g, g->a, g->b, &of_b, i, false);
	for (uint32_t i = 0; i + 1 < g->b->n; i++)
		runs_from(g, g->b, g->a, &of_a, i, true);
}

/* ---- choosing ---- */

static bool
is_free(const int8_t *of, uint32_t from, uint32_t n)
{
	for (uint32_t i = from; i < from + n; i++)
		if (of[i] >= 0)
			return false;
	return true;
}

static void
take(struct mn_align *out, struct mn_link l)
{
	for (uint32_t i = 0; i < l.n_left; i++)
		out->of_left[l.left + i] = (int8_t)out->n;
	for (uint32_t i = 0; i < l.n_right; i++)
		out->of_right[l.right + i] = (int8_t)out->n;
	out->link[out->n++] = l;
}

/* A total order that does not depend on which name is left: score, then evenness of
 * position, then the earlier tokens. */
static int64_t
rank(const struct candidate *c)
{
	int32_t apart = (int32_t)c->link.left - (int32_t)c->link.right;
	int32_t sum = c->link.left + c->link.right;
	return ((int64_t)c->score << 16) - (apart < 0 ? -apart : apart) * 256 - sum;
}

static void
choose(struct aligning *g, struct mn_align *out)
{
	for (;;) {
		const struct candidate *best = NULL;
		for (uint32_t i = 0; i < g->n; i++) {
			const struct mn_link *l = &g->c[i].link;
			if ((!best || rank(&g->c[i]) > rank(best)) &&
			    is_free(out->of_left, l->left, l->n_left) &&
			    is_free(out->of_right, l->right, l->n_right))
				best = &g->c[i];
		}
		if (!best || out->n == MN_NAME_TOKENS)
			return;
		take(out, best->link);
	}
}

/* ---- initials ---- */

static bool
may_abbreviate(const struct mn_token *t)
{
	return t->cls != MN_W_NUMBER && t->cls != MN_W_STOP && t->n > 0;
}

/* How many free tokens of x from i on spell t, or 0. */
static uint32_t
spells(const struct mn_name *x, const int8_t *of, uint32_t i, const struct mn_token *t)
{
	uint32_t letters = 0, at = i;
	for (; at < x->n && letters < t->n; at++) {
		const struct mn_token *w = &x->tok[at];
		if (w->cls == MN_W_STOP)
			continue;
		if (of[at] >= 0 || !may_abbreviate(w) || w->text[0] != t->text[letters])
			return 0;
		letters++;
	}
	return letters == t->n ? at - i : 0;
}

static void
initials(
    const struct mn_name *x, const struct mn_name *y, struct mn_align *out, bool swapped)
{
	int8_t *of_x = swapped ? out->of_right : out->of_left;
	int8_t *of_y = swapped ? out->of_left : out->of_right;
	for (uint32_t j = 0; j < y->n; j++) {
		const struct mn_token *t = &y->tok[j];
		if (of_y[j] >= 0 || t->cls != MN_W_BRAND || t->n < 2 || t->n > 7)
			continue;
		for (uint32_t i = 0; i < x->n; i++) {
			uint32_t n = spells(x, of_x, i, t);
			if (n < 2 || out->n == MN_NAME_TOKENS)
				continue;
			struct mn_link l = {(uint8_t)i, (uint8_t)n, (uint8_t)j, 1,
			    MN_LINK_INITIALS, t->n >= 3 ? Q(.80) : Q(.40), 0};
			l.w_q16 = least(weight(x, i, n), t->w_q16);
			if (swapped)
				l = (struct mn_link){(uint8_t)j, 1, (uint8_t)i,
				    (uint8_t)n, l.kind, l.sim_q16, l.w_q16};
			take(out, l);
			break;
		}
	}
}

void
mn_align(const struct mn_name *a, const struct mn_name *b, struct mn_align *out)
{
	struct aligning g;
	g.a = a;
	g.b = b;
	g.n = 0;
	g.chinese = a->chinese && b->chinese;
	out->n = 0;
	memset(out->of_left, -1, sizeof out->of_left);
	memset(out->of_right, -1, sizeof out->of_right);
	single_tokens(&g);
	runs(&g);
	choose(&g, out);
	initials(a, b, out, false);
	initials(b, a, out, true);
}

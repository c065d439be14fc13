/*
 * Looking a name up. Every word of the query names posting lists (list_gather.c); the
 * names with the greatest share of the weight that agrees are compared in full.
 */
#include "manumit/base/fx.h"

#include "analyst.h"
#include "list_finder.h"
#include "similar.h"

#define Q(x) ((int32_t)MN_Q16(x))
#define COMPARED_LEAST 12 /* names compared in full; more when more are wanted */

/* How many names may stand under a key that is followed: a word of more says little, and
 * a list of a million equal names must stay bounded work. Who wants few is shown the same
 * first names with a third of the work (tests/bench/names: a sixth of the time). */
#define POSTS_LEAST 1000u
#define POSTS_SHARE 250u
#define POSTS_LEAST_FEW 300u
#define POSTS_SHARE_FEW 800u

struct candidate {
	int32_t share; /* of the weight of both names, Q16 */
	uint32_t name;
};

static void
sections(struct mn_finder *f, struct mn_str image)
{
	const struct mn_lhead *h = (const void *)image.p;
	f->text = mn_list_section(image, MN_LS_TEXT);
	f->token = mn_list_section(image, MN_LS_TOKEN);
	f->name = mn_list_section(image, MN_LS_NAME);
	f->use = mn_list_section(image, MN_LS_USE);
	f->entry = mn_list_section(image, MN_LS_ENTRY);
	f->addr = mn_list_section(image, MN_LS_ADDR);
	f->key = mn_list_section(image, MN_LS_KEY);
	f->post = mn_list_section(image, MN_LS_POST);
	f->bucket = mn_list_section(image, MN_LS_BUCKET);
	f->near = mn_list_section(image, MN_LS_NEAR);
	f->n_key = h->sec[MN_LS_KEY].n;
	f->n_bucket = h->sec[MN_LS_BUCKET].n - 1;
}

/* Words name rows of the tables: an image of other tables would reach outside them. */
static bool
of_these_tables(const struct mn_list *l, const struct mn_matcher *m)
{
	const struct mn_ltoken *t = mn_list_section(l->image, MN_LS_TOKEN);
	uint32_t rows = mn_analyst_lexicon(m->analyst)->n_row;
	for (uint32_t i = 0; i < l->n_token; i++)
		if (t[i].row >= rows)
			return false;
	return mn_list_is_of(l, m);
}

struct mn_finder *
mn_finder_new(
    const struct mn_list *l, const struct mn_matcher *m, uint32_t max, struct mn_err *err)
{
	if (!of_these_tables(l, m)) {
		mn_fail(
		    err, MN_E_STORE, "compiled list: made with other tables of names");
		return NULL;
	}
	struct mn_finder *f = mn_handle_new(sizeof *f);
	if (!f) {
		mn_fail(err, MN_E_NOMEM, "finder");
		return NULL;
	}
	f->l = l;
	f->m = m;
	f->max = max < CANDIDATES ? max : CANDIDATES;
	f->compared = f->max > COMPARED_LEAST ? f->max : COMPARED_LEAST;
	f->root =
	    mn_arena_new((size_t)l->n_name * (sizeof(struct sum) + sizeof(uint32_t)) +
			     MEMO * sizeof(struct memo) + (1u << 20),
		m->analyst->oom);
	mn_arena_large_pages(f->root);
	struct mn_arena a = f->root;
	f->sum = MN_NEW(&a, struct sum, l->n_name);
	f->touched = MN_NEW(&a, uint32_t, l->n_name);
	f->memo = MN_NEW(&a, struct memo, MEMO);
	bool few = f->max <= COMPARED_LEAST;
	f->max_posts = l->n_name / (few ? POSTS_SHARE_FEW : POSTS_SHARE);
	if (f->max_posts < (few ? POSTS_LEAST_FEW : POSTS_LEAST))
		f->max_posts = few ? POSTS_LEAST_FEW : POSTS_LEAST;
	sections(f, l->image);
	return f;
}

void
mn_finder_free(struct mn_finder *f)
{
	if (f)
		mn_arena_free(f->root);
	mn_handle_free(f);
}

/* ---- choosing ---- */

static bool
before(const struct candidate *a, const struct candidate *b)
{
	return a->share != b->share ? a->share > b->share : a->name < b->name;
}

#define FIRST_FEW 64 /* the same for who wants few */
#define FIRST 128    /* names by the words followed, before all are looked at */

/* Most names that are touched share one word, and are dropped unread where they are many.
 * Where they are few they are not: one word may be all of a listed name. */
#define FEW 1024

/* Keeps the best `max` of what is offered, best first. */
static uint32_t
offer(struct candidate *out, uint32_t n, uint32_t max, struct candidate c)
{
	if (n == max && !before(&c, &out[n - 1]))
		return n;
	uint32_t at = 0, end = n < max ? n++ : n - 1;
	for (uint32_t past = end; at < past;) {
		uint32_t middle = (at + past) / 2;
		if (before(&c, &out[middle]))
			past = middle;
		else
			at = middle + 1;
	}
	memmove(out + at + 1, out + at, (end - at) * sizeof *out);
	out[at] = c;
	return n;
}

static int32_t
share(const struct mn_finder *f, uint32_t name, int64_t w, int32_t w_query)
{
	int64_t w_name = f->name[name].w_q16, both = w_query + w_name;
	int64_t s = both ? (w << 17) / both : 0;
	s = s < 2 * Q(1) ? s : 2 * Q(1);
	if (f->max <= COMPARED_LEAST)
		return (int32_t)s;
	/* Who wants many is shown a short name that is found whole in a long one. A rare
	 * word of the query may be near a common one, so no more is found than there is.
	 */
	int64_t least = w_query < w_name ? w_query : w_name;
	int64_t found = w < least ? w : least;
	s = both ? (found << 17) / both : 0;
	int64_t inside = least ? (found << 15) * 3 / 2 / least : 0;
	return (int32_t)(inside > s ? inside : s);
}

/* Keeps the names with at least this sum, in their order; returns how many. */
static uint32_t
keep_heavy(struct mn_finder *f, int32_t least)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < f->n_touched; i++) {
		uint32_t name = f->touched[i];
		if (i + 2 * MN_AHEAD < f->n_touched)
			__builtin_prefetch(&f->sum[f->touched[i + 2 * MN_AHEAD]]);
		f->touched[n] = name;
		n += f->sum[name].w >= least;
	}
	return n;
}

/* The least sum with which a name may still have this share, however light it is: most
 * names need not be looked at then. */
static int32_t
least_sum(const struct mn_finder *f, int32_t of_share, int32_t w_query, int32_t least)
{
	if (f->max > COMPARED_LEAST) /* a short name may be found whole */
		return least;
	int64_t w = ((int64_t)of_share * w_query) >> 17;
	return w > least ? (int32_t)w : least;
}

static bool
has_token(const struct mn_finder *f, const struct mn_lname *l, uint64_t id)
{
	for (uint32_t k = 0; k < l->n; k++)
		if (f->token[f->use[l->use + k] / 2].id == id)
			return true;
	return false;
}

/* The weight of frequent words that a name has too, each word of the query once. */
static int32_t
frequent_words(const struct mn_finder *f, uint32_t name)
{
	const struct mn_lname *l = &f->name[name];
	int32_t w = 0, best = 0;
	for (uint32_t i = 0; i < f->n_often; i++) {
		const struct often *o = &f->often[i];
		if (i > 0 && o->word != o[-1].word)
			best = 0;
		if (o->w > best && !(f->sum[name].words >> o->word & 1) &&
		    has_token(f, l, o->id)) {
			w += o->w - best;
			best = o->w;
		}
	}
	return w;
}

/* The words of many names lie all over the image: asked for first, then read. */
static void
fetch_words(const struct mn_finder *f, const struct candidate *c, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		__builtin_prefetch(&f->use[f->name[c[i].name].use]);
	for (uint32_t i = 0; i < n; i++) {
		const struct mn_lname *l = &f->name[c[i].name];
		for (uint32_t k = 0; k < l->n; k++)
			__builtin_prefetch(&f->token[f->use[l->use + k] / 2]);
	}
}

static uint32_t
choose(struct mn_finder *f, int32_t w_query, struct candidate out[CANDIDATES])
{
	struct candidate first[FIRST];
	uint32_t n_first = 0, n = 0;
	uint32_t wide = f->max > COMPARED_LEAST ? FIRST : FIRST_FEW;
	int32_t part = f->max > COMPARED_LEAST ? 4 : 3;
	int32_t least = f->n_touched > FEW ? f->most / part : 0;
	uint32_t likely = keep_heavy(f, least);
	for (uint32_t i = 0; i < likely; i++) {
		uint32_t name = f->touched[i];
		if (i + MN_AHEAD < likely)
			__builtin_prefetch(&f->name[f->touched[i + MN_AHEAD]].w_q16);
		if (f->sum[name].w < least)
			continue;
		struct candidate c = {share(f, name, f->sum[name].w, w_query), name};
		n_first = offer(first, n_first, wide, c);
		if (n_first == wide)
			least = least_sum(f, first[wide - 1].share, w_query, least);
	}
	fetch_words(f, first, n_first);
	for (uint32_t i = 0; i < n_first; i++) {
		uint32_t name = first[i].name;
		int64_t w = f->sum[name].w + frequent_words(f, name);
		n = offer(out, n, f->compared,
		    (struct candidate){share(f, name, w, w_query), name});
	}
	return n;
}

static void
expand(struct mn_finder *f, uint32_t number, struct mn_profile *p)
{
	const struct mn_lname *l = &f->name[number];
	const struct mn_lentry *e = &f->entry[l->entry];
	struct mn_name *n = &p->names.name[0];
	n->n = l->n;
	n->legal = l->legal;
	n->chinese = l->flags & MN_LN_CHINESE;
	n->all_generic = l->flags & MN_LN_ALL_GENERIC;
	n->cut = l->flags & MN_LN_CUT;
	n->script = l->script;
	for (uint32_t i = 0; i < l->n; i++) {
		uint32_t use = f->use[l->use + i];
		n->tok[i] = mn_list_token(&f->token[use / 2], f->text);
		n->tok[i].unit = use & 1;
	}
	p->names.n = 1;
	p->party = (struct mn_party){.name = n};
	memcpy(p->party.country, e->country, sizeof p->party.country);
	if (e->addr == MN_LIST_NO_ADDR)
		return;
	const uint64_t *v = &f->addr[e->addr];
	p->address.n_word = (uint32_t)(*v >> 32);
	p->address.n_number = (uint32_t)*v++;
	memcpy(p->address.word, v, p->address.n_word * sizeof *v);
	memcpy(p->address.number, v + p->address.n_word, p->address.n_number * sizeof *v);
	p->party.address = &p->address;
}

/* ---- matches ---- */

static const char *const ALIAS[MN_ALIAS_COUNT] = {
    "name", "alias", "former name", "weak alias"};

const char *
mn_alias_name(unsigned kind)
{
	return kind < MN_ALIAS_COUNT ? ALIAS[kind] : "?";
}

/* What a name is to its entry has a say (matching.md, rule 4). */
static void
weaken(struct mn_match *m)
{
	if (m->kind < MN_ALIAS_FORMER)
		return;
	m->p_q16 = (int32_t)mn_fx_mul(m->p_q16, Q(.95));
	m->rules |= 1u << (m->kind == MN_ALIAS_WEAK ? MN_RULE_WEAK : MN_RULE_FORMER);
	if (m->kind == MN_ALIAS_WEAK && m->p_q16 > Q(.60))
		m->p_q16 = Q(.60);
}

static bool
better(const struct mn_match *a, const struct mn_match *b)
{
	if (a->p_q16 != b->p_q16)
		return a->p_q16 > b->p_q16;
	if (a->ref != b->ref)
		return a->ref < b->ref;
	return a->name < b->name;
}

/* Keeps the best name of each entry, sorted. */
static uint32_t
keep(struct mn_finder *f, uint32_t n, const struct mn_match *m)
{
	uint32_t at = 0;
	while (at < n && f->best[at].entry != m->entry)
		at++;
	if (at < n && !better(m, &f->best[at]))
		return n;
	if (at == n && n < CANDIDATES)
		n++;
	else if (at == n)
		return n;
	for (; at > 0 && better(m, &f->best[at - 1]); at--)
		f->best[at] = f->best[at - 1];
	f->best[at] = *m;
	return n;
}

static void
judge(struct mn_finder *f, struct mn_profile *query, uint32_t number, struct mn_match *m)
{
	const struct mn_lname *l = &f->name[number];
	struct mn_verdict v;
	expand(f, number, &f->right);
	mn_profile_compare(f->m, query, &f->right, &v);
	*m = (struct mn_match){.entry = l->entry,
	    .name = number,
	    .ref = f->entry[l->entry].ref,
	    .kind = l->kind,
	    .text = mn_str(f->text + l->raw, l->n_raw),
	    .p_q16 = v.p_q16,
	    .rules = v.rules};
	weaken(m);
}

/* Candidates with less than this part of the best one's share are not compared once a few
 * were: who wants many gets more of them. Measured with tests/match/retrieve.c. */
#define SHARE_PART Q(.66)
#define SHARE_PART_MANY Q(.40)
#define SHARE_FLOOR Q(.45) /* of 1,000 below, 5 have P >= .30 and one P >= .50 */
#define SHARE_FLOOR_MANY Q(.20)
#define ALWAYS 3 /* compared in any case, so that near misses can be explained */
#define ALWAYS_MANY 6

/* Names in Han of which the surest match is less than this are looked for by characters
 * too. */
#define HAN_SURE Q(.85)
#define HAN_COMPARED 8

static bool
is_compared(const struct candidate *c, uint32_t n, uint32_t name)
{
	for (uint32_t i = 0; i < n; i++)
		if (c[i].name == name)
			return true;
	return false;
}

static uint32_t
find_han(struct mn_finder *f, struct mn_profile *query, const struct mn_name *q,
    const struct candidate *done, uint32_t n_done, uint32_t n)
{
	struct candidate c[HAN_COMPARED];
	uint32_t n_c = 0;
	mn_finder_gather_han(f, q);
	for (uint32_t i = 0; i < f->n_touched; i++) {
		uint32_t name = f->touched[i];
		n_c =
		    offer(c, n_c, HAN_COMPARED, (struct candidate){f->sum[name].w, name});
	}
	for (uint32_t i = 0; i < n_c; i++) {
		struct mn_match m;
		if (is_compared(done, n_done, c[i].name))
			continue;
		judge(f, query, c[i].name, &m);
		n = keep(f, n, &m);
	}
	return n;
}

/* Looks one of the query's names up and keeps what it finds. */
static uint32_t
find_name(struct mn_finder *f, struct mn_profile *query, uint32_t variant, uint32_t n)
{
	struct candidate c[CANDIDATES];
	const struct mn_name *q = &query->names.name[variant];
	bool many = f->max > COMPARED_LEAST;
	int32_t w = 0, part = many ? SHARE_PART_MANY : SHARE_PART,
		floor = many ? SHARE_FLOOR_MANY : SHARE_FLOOR;
	uint32_t always = many ? ALWAYS_MANY : ALWAYS;
	mn_finder_gather(f, q, query->party.address);
	for (uint32_t i = 0; i < q->n; i++)
		w += q->tok[i].w_q16;
	uint32_t n_c = choose(f, w, c);
	uint32_t i = 0;
	for (; i < n_c; i++) {
		struct mn_match m;
		if (i >= always &&
		    (c[i].share < mn_fx_mul(c[0].share, part) || c[i].share < floor))
			break;
		judge(f, query, c[i].name, &m);
		n = keep(f, n, &m);
	}
	if (q->n_han > 0 && (n == 0 || f->best[0].p_q16 < HAN_SURE))
		n = find_han(f, query, q, c, i, n);
	return n;
}

uint32_t
mn_find(struct mn_finder *f, struct mn_profile *query, const struct mn_match **out)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < query->names.n; i++)
		n = find_name(f, query, i, n);
	*out = f->best;
	return n < f->max ? n : f->max;
}

void
mn_find_explain(struct mn_finder *f, struct mn_profile *query, const struct mn_match *m,
    struct mn_profile *right, struct mn_verdict *v)
{
	expand(f, m->name, right);
	mn_profile_compare(f->m, query, right, v);
	v->p_q16 = m->p_q16;
	v->rules = m->rules;
}

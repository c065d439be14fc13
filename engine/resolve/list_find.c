/*
 * Looking a name up. Every word of the query names posting lists (its own, those of near
 * words, of words run together, of initials); each name under them gathers the weight
 * that agrees. The names with the greatest share are compared in full.
 */
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"

#include "list_image.h"
#include "similar.h"
#include "skeleton.h"

#define Q(x) ((int32_t)MN_Q16(x))
#define CANDIDATES 48
#define COMPARED_LEAST 16 /* names compared in full; more when more are wanted */

#define NEAR_LEAST Q(.35)
#define SIMILAR 24 /* near words followed per word of the query */

/* How many names may stand under a key that is followed: a word of more says little, and
 * a list of a million equal names must stay bounded work. */
#define POSTS_LEAST 1000u
#define POSTS_SHARE 250u

struct near {
	uint64_t id;
	int32_t sim;
};

struct memo { /* near words of a word met before */
	uint64_t key;
	uint32_t n;
	struct near near[SIMILAR];
};
#define MEMO 16384u

struct sum {
	uint32_t stamp;
	uint32_t word; /* of the query that gave last, and what it gave: a word counts
			  once, by what it is nearest to */
	int32_t last, w;
};

struct candidate {
	int32_t share; /* of the weight of both names, Q16 */
	uint32_t name;
};

struct mn_finder {
	const struct mn_list *l;
	const struct mn_matcher *m;
	const struct mn_ltoken *token;
	const struct mn_lname *name;
	const struct mn_lentry *entry;
	const uint32_t *use, *post, *bucket;
	const uint64_t *addr;
	const struct mn_lkey *key;
	const struct mn_lnear *near;
	const char *text;
	uint64_t n_key, n_bucket;
	uint32_t max_posts, max, compared, stamp;
	struct mn_arena root;
	struct sum *sum;   /* per name of the list */
	uint32_t *touched; /* names with a sum of this look-up */
	uint32_t n_touched;
	struct memo *memo;
	const struct mn_name *query;
	bool frequent[MN_NAME_TOKENS]; /* words of the query that were not followed */
	struct mn_profile right;
	struct mn_match best[CANDIDATES];
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
	const struct mn_lhead *h = (const void *)l->image.p;
	const struct mn_ltoken *t = mn_list_section(l->image, MN_LS_TOKEN);
	uint32_t rows = mn_analyst_lexicon(m->analyst)->n_row;
	for (uint32_t i = 0; i < l->n_token; i++)
		if (t[i].row >= rows)
			return false;
	return memcmp(h->epoch, mn_analyst_epoch(m->analyst), sizeof h->epoch) == 0;
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
		NULL);
	struct mn_arena a = f->root;
	f->sum = MN_NEW(&a, struct sum, l->n_name);
	f->touched = MN_NEW(&a, uint32_t, l->n_name);
	f->memo = MN_NEW(&a, struct memo, MEMO);
	f->max_posts = l->n_name / POSTS_SHARE;
	if (f->max_posts < POSTS_LEAST)
		f->max_posts = POSTS_LEAST;
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

/* ---- near words ---- */

static void
add_near(struct memo *m, uint64_t id, int32_t sim)
{
	uint32_t at = 0;
	while (at < m->n && m->near[at].id != id)
		at++;
	if (at < m->n) {
		if (m->near[at].sim < sim)
			m->near[at].sim = sim;
		return;
	}
	if (at < SIMILAR) {
		m->near[m->n++] = (struct near){id, sim};
		return;
	}
	/* Full: the least gives way. */
	for (uint32_t k = at = 0; k < SIMILAR; k++)
		if (m->near[k].sim < m->near[at].sim)
			at = k;
	if (m->near[at].sim < sim)
		m->near[at] = (struct near){id, sim};
}

/* Whether a word may be spelled like t or be the beginning of it, or t of it; words of
 * other scripts are compared by sound. */
static bool
may_resemble(const struct mn_lnear *e, const struct mn_token *t)
{
	uint32_t longer = e->n > t->n ? e->n : t->n;
	uint32_t only_short =
	    e->n > t->n ? t->letters & ~e->letters : e->letters & ~t->letters;
	bool begins =
	    only_short == 0 && e->first[0] == t->text[0] && e->first[1] == t->text[1];
	return e->script != t->script || begins ||
	       mn_edit_least(e->letters, t->letters) * 100 <= longer * 36;
}

static void
consider(struct mn_finder *f, struct memo *m, const struct mn_token *t, uint32_t number)
{
	const struct mn_ltoken *l = &f->token[number];
	uint8_t kind;
	if (l->id == t->id)
		return;
	struct mn_token other = mn_list_token(l, f->text);
	int32_t sim = mn_similar(t, &other, f->query->chinese, &kind);
	if (sim >= NEAR_LEAST)
		add_near(m, l->id, sim);
}

#define NEAR_MOST 1024   /* words looked at for one word of the query */
#define BUCKET_SCAN 4096 /* words that are glanced at under one key */
#define BUCKET_MOST \
	128 /* words looked at under one key: the rest shares a common stump */

/* Buckets and words lie all over the image, and waiting for them one after the other was
 * half of a look-up: so all of one kind are asked for first, then read. */
static uint32_t
near_candidates(struct mn_finder *f, const struct mn_token *t, uint32_t out[NEAR_MOST])
{
	uint64_t key[MN_NEAR_KEYS];
	uint32_t bucket[MN_NEAR_KEYS], n = mn_list_near_keys(t, true, key), found = 0;
	for (uint32_t k = 0; k < n; k++) {
		bucket[k] = (uint32_t)(key[k] % f->n_bucket);
		__builtin_prefetch(&f->bucket[bucket[k]]);
	}
	for (uint32_t k = 0; k < n; k++)
		__builtin_prefetch(&f->near[f->bucket[bucket[k]]]);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t from = f->bucket[bucket[k]], end = f->bucket[bucket[k] + 1];
		uint32_t check = (uint32_t)(key[k] >> 32), most = BUCKET_MOST;
		end = end - from > BUCKET_SCAN ? from + BUCKET_SCAN : end;
		for (uint32_t i = from; i < end && most > 0 && found < NEAR_MOST; i++) {
			const struct mn_lnear *e = &f->near[i];
			if (e->check != check || (found && out[found - 1] == e->token) ||
			    !may_resemble(e, t))
				continue;
			__builtin_prefetch(&f->token[e->token]);
			out[found++] = e->token;
			most--;
		}
	}
	return found;
}

static void
fill_memo(struct mn_finder *f, struct memo *m, const struct mn_token *t)
{
	uint32_t number[NEAR_MOST], n = near_candidates(f, t, number);
	for (uint32_t i = 0; i < n; i++)
		__builtin_prefetch(f->text + f->token[number[i]].text);
	for (uint32_t i = 0; i < n; i++)
		consider(f, m, t, number[i]);
}

static const struct memo *
near_words(struct mn_finder *f, const struct mn_token *t)
{
	uint64_t kind = (uint64_t)t->cls << 16 | (uint64_t)t->script << 8 |
			(uint64_t)f->query->chinese << 1 | 1;
	/* Words romanised alike may sound different: Thai has letters for that. */
	uint64_t sound = mn_hash64(mn_str((const char *)t->skel, t->n_skel));
	uint64_t key = mn_hash64(mn_token_text(t)) + (kind ^ sound) * 0x9e3779b97f4a7c15u;
	struct memo *m = &f->memo[key % MEMO];
	if (m->key == key)
		return m;
	m->key = key;
	m->n = 0;
	if (mn_list_has_near(t) && f->n_bucket)
		fill_memo(f, m, t);
	return m;
}

/* ---- gathering ---- */

#define AHEAD 8 /* postings: their sums are asked for this early */

/* True: the key is so frequent that it was not followed, or only its first names were
 * (partly). */
static bool
gather_names(struct mn_finder *f, uint64_t hash, uint32_t word, int32_t w, bool partly)
{
	uint64_t at = hash >> 1;
	const struct mn_lkey *k;
	while ((k = &f->key[at & (f->n_key - 1)])->hash && k->hash != hash)
		at++;
	bool frequent = k->hash && k->n > f->max_posts;
	if (!k->hash || (frequent && !partly))
		return frequent;
	for (uint32_t i = 0; i < k->n && i < f->max_posts; i++) {
		uint32_t name = f->post[k->post + i];
		if (i + AHEAD < k->n)
			__builtin_prefetch(&f->sum[f->post[k->post + i + AHEAD]]);
		struct sum *s = &f->sum[name];
		if (s->stamp != f->stamp) {
			*s = (struct sum){f->stamp, word, 0, 0};
			f->touched[f->n_touched++] = name;
		}
		int32_t had = s->word == word ? s->last : 0;
		s->word = word;
		s->last = w > had ? w : had;
		s->w += s->last - had;
	}
	return frequent;
}

static bool
gather(struct mn_finder *f, uint64_t hash, uint32_t word, int32_t w)
{
	return gather_names(f, hash, word, w, false);
}

/* Two frequent words of the query, or its only one. Where even these are frequent they
 * are a brand that many entries have: some of them are better than none. */
static void
gather_pair(struct mn_finder *f, uint64_t hash, uint32_t slot, uint32_t from, uint32_t to)
{
	const struct mn_token *a = &f->query->tok[from], *b = &f->query->tok[to];
	if (f->frequent[from] && f->frequent[to])
		gather_names(f, hash, slot, a->w_q16 + (from == to ? 0 : b->w_q16),
		    a->cls == MN_W_BRAND || b->cls == MN_W_BRAND);
}

/* Words of the query run together, or their initials, may be one word of the list; two
 * frequent words are looked for as a pair. */
static void
gather_run(
    void *ctx, enum mn_list_kind kind, struct mn_str text, uint32_t from, uint32_t n)
{
	struct mn_finder *f = ctx;
	const struct mn_token *t = f->query->tok;
	uint32_t slot = MN_NAME_TOKENS + (from * 4 + n) * MN_LK_KINDS + kind,
		 last = from + n - 1;
	int32_t w = 0;
	if (kind == MN_LK_SOUND)
		return; /* a Latin query and a list of another script: rare, left out */
	if (kind == MN_LK_PAIR) {
		gather_pair(f, mn_list_key(kind, text), slot, from, last);
		return;
	}
	for (uint32_t i = from; i <= last; i++)
		w += t[i].w_q16;
	/* Initials are often another word: they open the door and no more. */
	gather(
	    f, mn_list_key(MN_LK_WORD, text), slot, kind == MN_LK_INITIALS ? w / 3 : w);
}

#define INITIALS_LEAST 3
#define INITIALS_MOST 7

/* A word of the query may be words of the list run together, or their initials. */
static void
gather_word(struct mn_finder *f, const struct mn_token *t, uint32_t i)
{
	struct mn_str text = mn_token_text(t);
	f->frequent[i] = gather(f, t->id, i, t->w_q16);
	if (t->cls == MN_W_NUMBER)
		return;
	gather(f, mn_list_key(MN_LK_JOINED, text), i, t->w_q16);
	if (t->cls == MN_W_BRAND && t->n >= INITIALS_LEAST && t->n <= INITIALS_MOST)
		gather(f, mn_list_key(MN_LK_INITIALS, text), i, t->w_q16);
	uint64_t sound[MN_SKELETON + 1];
	uint32_t n = mn_list_sounds(t, sound);
	for (uint32_t k = 0; k < n; k++)
		gather(f, sound[k], i, t->w_q16 / 2);
}

/* A short word run together with the next in one of the names only: AL ZAROONI, ALZROONI.
 * The run, or what follows the article, is looked for among words spelled nearly so. */
static void
gather_made_up(struct mn_finder *f, struct mn_str text, uint32_t slot, int32_t w)
{
	struct mn_token t = {.text = text.p,
	    .n = (uint8_t)text.n,
	    .cls = MN_W_BRAND,
	    .script = MN_SCRIPT_LATIN,
	    .n_base = (uint8_t)text.n,
	    .letters = mn_letters(text),
	    .id = mn_list_key(MN_LK_WORD, text)};
	t.n_skel = mn_skeleton(text, t.skel);
	gather(f, t.id, slot, w);
	const struct memo *m = near_words(f, &t);
	for (uint32_t k = 0; k < m->n; k++)
		gather(f, m->near[k].id, slot, (int32_t)mn_fx_mul(m->near[k].sim, w));
}

#define SHORT_WORD 3
#define RUN_LEAST 6

static void
gather_short_words(struct mn_finder *f, const struct mn_name *q)
{
	static const char *const ARTICLE[] = {"al", "el", "ul"};
	char text[MN_TOKEN_BYTES];
	for (uint32_t i = 0; i < q->n; i++) {
		const struct mn_token *t = &q->tok[i], *u = i + 1 < q->n ? t + 1 : NULL;
		uint32_t slot = 1000 + i;
		if (t->script != MN_SCRIPT_LATIN || t->cls != MN_W_BRAND)
			continue;
		for (size_t k = 0; t->n > RUN_LEAST && k < countof(ARTICLE); k++)
			if (memcmp(t->text, ARTICLE[k], 2) == 0)
				gather_made_up(
				    f, mn_str(t->text + 2, t->n - 2u), slot, t->w_q16);
		if (!u || u->cls != MN_W_BRAND || u->script != MN_SCRIPT_LATIN ||
		    (t->n > SHORT_WORD && u->n > SHORT_WORD) || t->n + u->n < RUN_LEAST ||
		    t->n + u->n > MN_TOKEN_BYTES)
			continue;
		memcpy(text, t->text, t->n);
		memcpy(text + t->n, u->text, u->n);
		gather_made_up(
		    f, mn_str(text, (size_t)t->n + u->n), slot, t->w_q16 + u->w_q16);
	}
}

/* Names at the same number of the same street are looked at, whatever they are. */
#define ADDRESS_WEIGHT Q(.60)

static void
gather_address(struct mn_finder *f, const struct mn_address *a)
{
	uint64_t key[MN_ADDR_KEYS];
	uint32_t n = a ? mn_list_address_keys(a, key) : 0;
	for (uint32_t i = 0; i < n; i++)
		gather(f, key[i], UINT32_MAX, ADDRESS_WEIGHT);
}

static void
gather_all(struct mn_finder *f, const struct mn_name *q, const struct mn_address *address)
{
	f->query = q;
	f->n_touched = 0;
	if (++f->stamp == 0) { /* wrapped: no old stamp may look new */
		memset(f->sum, 0, (size_t)f->l->n_name * sizeof *f->sum);
		f->stamp = 1;
	}
	for (uint32_t i = 0; i < q->n; i++) {
		const struct mn_token *t = &q->tok[i];
		f->frequent[i] = false;
		if (t->w_q16 == 0)
			continue;
		gather_word(f, t, i);
		const struct memo *m = near_words(f, t);
		for (uint32_t k = 0; k < m->n; k++)
			gather(f, m->near[k].id, i,
			    (int32_t)mn_fx_mul(m->near[k].sim, t->w_q16));
	}
	mn_list_runs(q, gather_run, f);
	gather_short_words(f, q);
	gather_address(f, address);
}

/* ---- choosing ---- */

static bool
before(const struct candidate *a, const struct candidate *b)
{
	return a->share != b->share ? a->share > b->share : a->name < b->name;
}

#define FIRST_FEW 48 /* the same for who wants few */
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
	uint32_t at = n < max ? n++ : n - 1;
	for (; at > 0 && before(&c, &out[at - 1]); at--)
		out[at] = out[at - 1];
	out[at] = c;
	return n;
}

static int32_t
share(const struct mn_finder *f, uint32_t name, int64_t w, int32_t w_query)
{
	int64_t w_name = f->name[name].w_q16, both = w_query + w_name;
	int64_t s = both ? (w << 17) / both : 0;
	if (f->max <= COMPARED_LEAST)
		return (int32_t)(s > 2 * Q(1) ? 2 * Q(1) : s);
	/* Who wants many is shown a short name that is found whole in a long one. */
	int64_t least = w_query < w_name ? w_query : w_name;
	int64_t inside = least ? (w << 15) * 3 / 2 / least : 0;
	s = inside > s ? inside : s;
	return (int32_t)(s > 2 * Q(1) ? 2 * Q(1) : s);
}

/* The weight of frequent words that a name has too. */
static int32_t
frequent_words(const struct mn_finder *f, uint32_t name)
{
	const struct mn_lname *l = &f->name[name];
	int32_t w = 0;
	for (uint32_t i = 0; i < f->query->n; i++) {
		bool found = false;
		for (uint32_t k = 0; f->frequent[i] && !found && k < l->n; k++)
			found =
			    f->token[f->use[l->use + k] / 2].id == f->query->tok[i].id;
		w += found ? f->query->tok[i].w_q16 : 0;
	}
	return w;
}

static uint32_t
choose(struct mn_finder *f, int32_t w_query, struct candidate out[CANDIDATES])
{
	struct candidate first[FIRST];
	uint32_t n_first = 0, n = 0;
	uint32_t wide = f->max > COMPARED_LEAST ? FIRST : FIRST_FEW;
	int32_t part = f->max > COMPARED_LEAST ? 4 : 3;
	int32_t most = 0;
	for (uint32_t i = 0; i < f->n_touched; i++)
		if (f->sum[f->touched[i]].w > most)
			most = f->sum[f->touched[i]].w;
	for (uint32_t i = 0; i < f->n_touched; i++) {
		uint32_t name = f->touched[i];
		if (i + AHEAD < f->n_touched)
			__builtin_prefetch(&f->name[f->touched[i + AHEAD]]);
		if (f->n_touched > FEW && f->sum[name].w < most / part)
			continue;
		struct candidate c = {share(f, name, f->sum[name].w, w_query), name};
		n_first = offer(first, n_first, wide, c);
	}
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
 * were: who wants many gets more of them. Measured with tests/match/retrieve. */
#define SHARE_PART Q(.60)
#define SHARE_PART_MANY Q(.40)
#define SHARE_FLOOR Q(.20)
#define ALWAYS 6 /* compared in any case, so that near misses can be explained */

/* Looks one of the query's names up and keeps what it finds. */
static uint32_t
find_name(struct mn_finder *f, struct mn_profile *query, uint32_t variant, uint32_t n)
{
	struct candidate c[CANDIDATES];
	const struct mn_name *q = &query->names.name[variant];
	int32_t w = 0, part = f->max > COMPARED_LEAST ? SHARE_PART_MANY : SHARE_PART;
	gather_all(f, q, query->party.address);
	for (uint32_t i = 0; i < q->n; i++)
		w += q->tok[i].w_q16;
	uint32_t n_c = choose(f, w, c);
	for (uint32_t i = 0; i < n_c; i++) {
		struct mn_match m;
		if (i >= ALWAYS && (c[i].share < mn_fx_mul(c[0].share, part) ||
				       c[i].share < SHARE_FLOOR))
			break;
		judge(f, query, c[i].name, &m);
		n = keep(f, n, &m);
	}
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

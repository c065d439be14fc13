/*
 * Gathering the names that a query may mean: under its own words, near words, words run
 * together, initials, pairs of frequent words, the sound of words of another script, and
 * the address.
 */
#include "manumit/base/fx.h"

#include "list_finder.h"
#include "similar.h"
#include "skeleton.h"

#define Q(x) ((int32_t)MN_Q16(x))
#define NEAR_LEAST Q(.35)

#define RUN_LEAST 6 /* letters of words run together that may be spelled nearly so */

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

/* Whether a word may be similar to t at all, from what stands beside its key (mn_similar
 * decides). A word begins the other, or is spelled like it: as many edits as letters that
 * only one has, or as the lengths differ. Words of other scripts are compared by sound,
 * and by their letters too where the script has letters. */
static bool
may_resemble(const struct mn_lnear *e, const struct mn_token *t)
{
	uint32_t longer = e->n > t->n ? e->n : t->n, apart = 2 * longer - e->n - t->n;
	uint32_t edits = mn_edit_least(t->letters, e->letters);
	edits = apart > edits ? apart : edits;
	if (e->script != t->script)
		return edits * 100 <= longer * 45 ||
		       !mn_is_lettered(t->script, e->script);
	uint32_t only_short =
	    e->n > t->n ? t->letters & ~e->letters : e->letters & ~t->letters;
	return edits * 100 <= longer * 36 ||
	       (only_short == 0 && e->first[0] == t->text[0] &&
		   e->first[1] == t->text[1]);
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

#define NEAR_LINE (64 / sizeof(struct mn_lnear)) /* of a cache line */

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
	for (uint32_t k = 0; k < n; k++) {
		const struct mn_lnear *first = &f->near[f->bucket[bucket[k]]];
		__builtin_prefetch(first);
		__builtin_prefetch(first + NEAR_LINE);
	}
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

/* All that similarity looks at: words that are written alike may sound different (Thai
 * has letters for that), or be cut into other syllables. */
static uint64_t
memo_key(const struct mn_finder *f, const struct mn_token *t)
{
	char all[MN_TOKEN_BYTES + MN_SKELETON + MN_SYLLABLES + 16];
	size_t n = 0;
	const char kind[] = {(char)t->cls, (char)t->script, (char)t->n, (char)t->n_base,
	    (char)t->n_skel, (char)t->n_syl, (char)(f->query->chinese * 2 + t->pinyin)};
	memcpy(all, kind, sizeof kind);
	n += sizeof kind;
	memcpy(all + n, &t->row, sizeof t->row);
	n += sizeof t->row;
	memcpy(all + n, t->text, t->n);
	n += t->n;
	memcpy(all + n, t->skel, t->n_skel);
	n += t->n_skel;
	memcpy(all + n, t->syl, t->n_syl);
	return mn_hash64(mn_str(all, n + t->n_syl)) | 1;
}

static const struct memo *
near_words(struct mn_finder *f, const struct mn_token *t)
{
	uint64_t key = memo_key(f, t);
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

static const struct mn_lkey *
find_key(const struct mn_finder *f, uint64_t hash)
{
	const struct mn_lkey *k;
	uint64_t at = hash >> 1;
	while ((k = &f->key[at & (f->n_key - 1)])->hash && k->hash != hash)
		at++;
	return k;
}

/* What gives: a word of the query or a run of its words, and what it weighs. */
struct giver {
	uint16_t what, words; /* a number of its own; bits of the words it is made of */
	int32_t w;
};

/* A run gives for those of its words that have not given yet. */
static int32_t
not_given(const struct mn_finder *f, const struct sum *s, struct giver g)
{
	int64_t rest = 0, all = 0;
	if (!(s->words & g.words))
		return g.w;
	for (uint32_t set = g.words; set; set &= set - 1) {
		uint32_t i = (uint32_t)__builtin_ctz(set);
		all += f->query->tok[i].w_q16;
		rest += s->words >> i & 1 ? 0 : f->query->tok[i].w_q16;
	}
	return all ? (int32_t)(g.w * rest / all) : 0;
}

static void
give(struct mn_finder *f, uint32_t name, struct giver g)
{
	struct sum *s = &f->sum[name];
	if (s->stamp != f->stamp) {
		*s = (struct sum){.stamp = f->stamp, .what = g.what};
		f->touched[f->n_touched++] = name;
	}
	if (s->what == g.what) {
		s->w += g.w > s->last ? g.w - s->last : 0;
		s->last = g.w > s->last ? g.w : s->last;
	} else {
		s->what = g.what;
		s->last = not_given(f, s, g);
		s->w += s->last;
	}
	s->words |= g.words;
	f->most = s->w > f->most ? s->w : f->most;
}

/* True: the key is so frequent that it was not followed, or only its first names were
 * (partly). */
static bool
gather_names(struct mn_finder *f, uint64_t hash, struct giver g, bool partly)
{
	const struct mn_lkey *k = find_key(f, hash);
	bool frequent = k->hash && k->n > f->max_posts;
	if (!k->hash || (frequent && !partly))
		return frequent;
	const uint32_t *post = f->post + k->post;
	uint32_t n = k->n < f->max_posts ? k->n : f->max_posts;
	for (uint32_t i = 0; i < n && i < MN_AHEAD; i++)
		__builtin_prefetch(&f->sum[post[i]]);
	for (uint32_t i = 0; i < n; i++) {
		if (i + MN_AHEAD < n)
			__builtin_prefetch(&f->sum[post[i + MN_AHEAD]]);
		give(f, post[i], g);
	}
	return frequent;
}

static bool
gather(struct mn_finder *f, uint64_t hash, struct giver g)
{
	return gather_names(f, hash, g, false);
}

/* A word of the list that is the query's i-th word, or near it. */
static bool
gather_token(struct mn_finder *f, uint64_t id, uint32_t i, int32_t w)
{
	struct giver g = {(uint16_t)i, (uint16_t)(1u << i), w};
	bool frequent = gather(f, id, g);
	if (frequent && f->n_often < OFTEN)
		f->often[f->n_often++] = (struct often){id, i, w};
	return frequent;
}

/* Two frequent words of the query, or its only one. Where even these are frequent they
 * are a brand that many entries have: some of them are better than none. */
static void
gather_pair(struct mn_finder *f, uint64_t hash, uint32_t slot, uint32_t from, uint32_t to)
{
	const struct mn_token *a = &f->query->tok[from], *b = &f->query->tok[to];
	if (f->frequent[from] && f->frequent[to])
		gather_names(f, hash,
		    (struct giver){(uint16_t)slot, (uint16_t)(1u << from | 1u << to),
			a->w_q16 + (from == to ? 0 : b->w_q16)},
		    a->cls == MN_W_BRAND || b->cls == MN_W_BRAND);
}

static struct giver
run_of(uint32_t what, uint32_t from, uint32_t n, int32_t w)
{
	return (struct giver){(uint16_t)what, (uint16_t)(((1u << n) - 1) << from), w};
}

#define JOINED_ALIKE Q(.80)

/* A run is one word of the list, or one that is spelled nearly so: a blank is set anew
 * and a letter lost, or written by another romanisation. */
static void
gather_joined(struct mn_finder *f, struct mn_str text, struct giver g)
{
	gather(f, mn_list_key(MN_LK_WORD, text), g);
	if (text.n < RUN_LEAST)
		return;
	uint64_t key = mn_list_folded_key(text);
	uint32_t at = f->bucket[key % f->n_bucket],
		 end = f->bucket[key % f->n_bucket + 1];
	int32_t w = g.w;
	end = end - at > BUCKET_MOST ? at + BUCKET_MOST : end;
	for (; at < end; at++) {
		const struct mn_ltoken *t = &f->token[f->near[at].token];
		if (f->near[at].check != (uint32_t)(key >> 32))
			continue;
		struct mn_str word = mn_str(f->text + t->text, t->n);
		size_t longer = word.n > text.n ? word.n : text.n;
		int32_t sim =
		    Q(1) - (int32_t)((uint32_t)Q(1) * mn_edit(text, word) / longer);
		g.w = (int32_t)mn_fx_mul(sim, w);
		if (sim >= JOINED_ALIKE && sim < Q(1))
			gather(f, t->id, g);
	}
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
	if (kind == MN_LK_INITIALS)
		gather(f, mn_list_key(MN_LK_WORD, text),
		    (struct giver){(uint16_t)slot, 0, w / 3});
	else
		gather_joined(f, text, run_of(slot, from, n, w));
}

#define INITIALS_LEAST 3
#define INITIALS_MOST 7

/* A word of the query may be words of the list run together, or their initials. */
static void
gather_word(struct mn_finder *f, const struct mn_token *t, uint32_t i)
{
	struct mn_str text = mn_token_text(t);
	f->frequent[i] = gather_token(f, t->id, i, t->w_q16);
	if (t->cls == MN_W_NUMBER)
		return;
	struct giver g = run_of(i, i, 1, t->w_q16);
	gather(f, mn_list_key(MN_LK_JOINED, text), g);
	g.w = t->w_q16 / 2;
	if (t->cls == MN_W_BRAND && t->n >= INITIALS_LEAST && t->n <= INITIALS_MOST)
		gather(f, mn_list_key(MN_LK_INITIALS, text), g);
	uint64_t sound[MN_SKELETON + 1];
	uint32_t n = mn_list_sounds(t, sound);
	for (uint32_t k = 0; k < n; k++)
		gather(f, sound[k], g);
}

/* A short word run together with the next in one of the names only: AL ZAROONI, ALZROONI.
 * The run, or what follows the article, is looked for among words spelled nearly so. */
static void
gather_made_up(struct mn_finder *f, struct mn_str text, struct giver g)
{
	struct mn_token t = {.text = text.p,
	    .n = (uint8_t)text.n,
	    .cls = MN_W_BRAND,
	    .script = MN_SCRIPT_LATIN,
	    .n_base = (uint8_t)text.n,
	    .letters = mn_letters(text),
	    .id = mn_list_key(MN_LK_WORD, text)};
	t.n_skel = mn_skeleton(text, t.skel);
	int32_t w = g.w;
	gather(f, t.id, g);
	const struct memo *m = near_words(f, &t);
	for (uint32_t k = 0; k < m->n; k++) {
		g.w = (int32_t)mn_fx_mul(m->near[k].sim, w);
		gather(f, m->near[k].id, g);
	}
}

#define SHORT_WORD 3

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
				gather_made_up(f, mn_str(t->text + 2, t->n - 2u),
				    run_of(slot, i, 1, t->w_q16));
		if (!u || u->cls != MN_W_BRAND || u->script != MN_SCRIPT_LATIN ||
		    (t->n > SHORT_WORD && u->n > SHORT_WORD) || t->n + u->n < RUN_LEAST ||
		    t->n + u->n > MN_TOKEN_BYTES)
			continue;
		memcpy(text, t->text, t->n);
		memcpy(text + t->n, u->text, u->n);
		gather_made_up(f, mn_str(text, (size_t)t->n + u->n),
		    run_of(slot, i, 2, t->w_q16 + u->w_q16));
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
		gather(f, key[i], (struct giver){UINT16_MAX, 0, ADDRESS_WEIGHT});
}

/* Where the near words' names stand is asked for before any of it is read. */
static void
expect(const struct mn_finder *f, const struct memo *m)
{
	for (uint32_t k = 0; k < m->n; k++)
		__builtin_prefetch(&f->key[(m->near[k].id >> 1) & (f->n_key - 1)]);
	for (uint32_t k = 0; k < m->n; k++)
		__builtin_prefetch(&f->post[find_key(f, m->near[k].id)->post]);
}

static void
begin(struct mn_finder *f, const struct mn_name *q)
{
	f->query = q;
	f->n_touched = 0;
	f->most = 0;
	if (++f->stamp == 0) { /* wrapped: no old stamp may look new */
		memset(f->sum, 0, (size_t)f->l->n_name * sizeof *f->sum);
		f->stamp = 1;
	}
}

void
mn_finder_gather_han(struct mn_finder *f, const struct mn_name *q)
{
	uint64_t gram[MN_GRAMS];
	uint32_t n = mn_list_grams(q, gram);
	begin(f, q);
	for (uint32_t i = 0; i < n; i++) {
		const struct mn_lkey *k = find_key(f, gram[i]);
		/* Rare in proportion to the logarithm; frequent ones are not followed. */
		if (k->hash && k->n)
			gather(f, gram[i],
			    (struct giver){(uint16_t)i, 0,
				32 - __builtin_clz(f->l->n_name / k->n + 1)});
	}
}

void
mn_finder_gather(
    struct mn_finder *f, const struct mn_name *q, const struct mn_address *address)
{
	begin(f, q);
	f->n_often = 0;
	for (uint32_t i = 0; i < q->n; i++) {
		const struct mn_token *t = &q->tok[i];
		f->frequent[i] = false;
		if (t->w_q16 == 0)
			continue;
		const struct memo *m = near_words(f, t);
		expect(f, m);
		gather_word(f, t, i);
		for (uint32_t k = 0; k < m->n; k++)
			gather_token(f, m->near[k].id, i,
			    (int32_t)mn_fx_mul(m->near[k].sim, t->w_q16));
	}
	mn_list_runs(q, gather_run, f);
	gather_short_words(f, q);
	gather_address(f, address);
}

/*
 * Compiling a list. Names are analysed as they come; when all are there, words are
 * weighed by the frequencies of the whole list, and every array is filled by counting, in
 * the order of names and words, so that the same list gives the same bytes.
 */
#include "analyst.h"
#include "list_batch.h"
#include "list_near.h"
#include "similar.h"

/* A growing array: an arena of its own, so its elements stay together. */
struct pile {
	struct mn_arena root, a;
	size_t n;
};

struct post { /* name under a key, in order of arrival */
	uint64_t key;
	uint32_t name;
};

struct mn_list_build {
	struct mn_matcher *m;
	struct pile text, token, name, use, entry, addr, post;
	struct pile image;
	uint32_t *slot; /* token number + 1 by its content */
	uint32_t mask;
	struct pile slots;
	struct mn_batch *batch; /* of names on their way here */
	uint32_t jobs;          /* threads */
	uint64_t counted;
	uint64_t addr_key[MN_ADDR_KEYS]; /* of the entry at hand */
	uint32_t n_addr_key;
};

#define PILE_BYTES ((size_t)1 << 35)

static void *
push(struct pile *p, size_t size, size_t align, size_t count)
{
	void *at = mn_arena_alloc(&p->a, size, align, count);
	p->n += count;
	return at;
}
#define PUSH(p, T, n) ((T *)push((p), sizeof(T), _Alignof(T), (n)))
#define BASE(p, T) ((T *)(void *)(p).root.beg)

static struct pile
new_pile(const struct mn_oom *oom)
{
	struct mn_arena a = mn_arena_new(PILE_BYTES, oom);
	return (struct pile){a, a, 0};
}

static void
new_slots(struct mn_list_build *b, uint32_t mask)
{
	b->mask = mask;
	b->slots = new_pile(b->m->analyst->oom);
	b->slot = PUSH(&b->slots, uint32_t, (size_t)mask + 1);
}

struct mn_list_build *
mn_list_build_new(struct mn_matcher *m, struct mn_crew *crew, struct mn_err *err)
{
	struct mn_list_build *b = mn_handle_new(sizeof *b);
	if (!b) {
		mn_fail(err, MN_E_NOMEM, "list");
		return NULL;
	}
	b->m = m;
	b->jobs = crew ? crew->jobs : 1;
	b->text = new_pile(b->m->analyst->oom);
	b->token = new_pile(b->m->analyst->oom);
	b->name = new_pile(b->m->analyst->oom);
	b->use = new_pile(b->m->analyst->oom);
	b->entry = new_pile(b->m->analyst->oom);
	b->addr = new_pile(b->m->analyst->oom);
	b->post = new_pile(b->m->analyst->oom);
	b->image = new_pile(b->m->analyst->oom);
	mn_arena_large_pages(b->image.root);
	new_slots(b, (1u << 16) - 1);
	b->batch = mn_batch_new(b, m, crew, err);
	if (b->batch)
		return b;
	mn_list_build_free(b);
	return NULL;
}

void
mn_list_build_free(struct mn_list_build *b)
{
	if (!b)
		return;
	mn_batch_free(b->batch);
	struct pile *p[] = {&b->text, &b->token, &b->name, &b->use, &b->entry, &b->addr,
	    &b->post, &b->image, &b->slots};
	for (size_t i = 0; i < countof(p); i++)
		mn_arena_free(p[i]->root);
	mn_handle_free(b);
}

/* ---- gathering ---- */

static uint32_t
add_text(struct mn_list_build *b, struct mn_str s)
{
	uint32_t at = (uint32_t)b->text.n;
	if (s.n)
		memcpy(PUSH(&b->text, char, s.n), s.p, s.n);
	return at;
}

static uint64_t
content(const struct mn_token *t)
{
	uint64_t kind = (uint64_t)t->cls << 8 | t->script;
	return mn_hash64(mn_token_text(t)) ^ kind * 0x9e3779b97f4a7c15u ^ t->row;
}

static bool
is_token(
    const struct mn_list_build *b, const struct mn_ltoken *l, const struct mn_token *t)
{
	return l->id == t->id && l->cls == t->cls && l->script == t->script &&
	       l->row == t->row && l->n == t->n && l->legal == t->legal &&
	       l->n_skel == t->n_skel && memcmp(l->skel, t->skel, t->n_skel) == 0 &&
	       memcmp(BASE(b->text, char) + l->text, t->text, t->n) == 0;
}

struct mn_token
mn_list_token(const struct mn_ltoken *l, const char *text)
{
	struct mn_token t = {.text = text + l->text,
	    .n = l->n,
	    .cls = l->cls,
	    .script = l->script,
	    .legal = l->legal,
	    .pinyin = l->cls == MN_W_BRAND && l->n_syl > 0,
	    .n_syl = l->n_syl,
	    .n_base = l->n_base,
	    .n_skel = l->n_skel,
	    .row = l->row,
	    .w_q16 = l->w_q16,
	    .letters = l->letters,
	    .id = l->id};
	memcpy(t.skel, l->skel, sizeof t.skel);
	memcpy(t.syl, l->syl, sizeof t.syl);
	return t;
}

static void
grow_slots(struct mn_list_build *b)
{
	const struct mn_ltoken *l = BASE(b->token, struct mn_ltoken);
	mn_arena_free(b->slots.root);
	new_slots(b, b->mask * 2 + 1);
	for (uint32_t i = 0; i < b->token.n; i++) {
		struct mn_token t = mn_list_token(&l[i], BASE(b->text, char));
		uint64_t at = content(&t);
		while (b->slot[at & b->mask])
			at++;
		b->slot[at & b->mask] = i + 1;
	}
}

static uint32_t
token_number(struct mn_list_build *b, const struct mn_token *t)
{
	uint64_t at = content(t);
	for (; b->slot[at & b->mask]; at++) {
		uint32_t i = b->slot[at & b->mask] - 1;
		if (is_token(b, &BASE(b->token, struct mn_ltoken)[i], t))
			return i;
	}
	uint32_t number = (uint32_t)b->token.n;
	struct mn_ltoken *l = PUSH(&b->token, struct mn_ltoken, 1);
	*l = (struct mn_ltoken){.id = t->id,
	    .row = t->row,
	    .letters = t->letters,
	    .n = t->n,
	    .cls = t->cls,
	    .script = t->script,
	    .legal = t->legal,
	    .n_syl = t->n_syl,
	    .n_base = t->n_base,
	    .n_skel = t->n_skel};
	memcpy(l->skel, t->skel, t->n_skel);
	memcpy(l->syl, t->syl, t->n_syl);
	l->text = add_text(b, mn_token_text(t));
	b->slot[at & b->mask] = number + 1;
	if (b->token.n * 2 > b->mask)
		grow_slots(b);
	return number;
}

void
mn_list_add_entry(struct mn_list_build *b, uint64_t ref, const char country[4],
    const struct mn_address *a)
{
	struct mn_lentry *e = PUSH(&b->entry, struct mn_lentry, 1);
	*e = (struct mn_lentry){.ref = ref, .addr = MN_LIST_NO_ADDR};
	memcpy(e->country, country, sizeof e->country);
	b->n_addr_key = mn_list_address_keys(a, b->addr_key);
	if (a->n_word + a->n_number == 0)
		return;
	e->addr = (uint32_t)b->addr.n;
	uint64_t *v = PUSH(&b->addr, uint64_t, 1 + a->n_word + a->n_number);
	*v++ = (uint64_t)a->n_word << 32 | a->n_number;
	memcpy(v, a->word, a->n_word * sizeof *v);
	memcpy(v + a->n_word, a->number, a->n_number * sizeof *v);
}

static void
add_post(struct mn_list_build *b, uint64_t key)
{
	*PUSH(&b->post, struct post, 1) = (struct post){key, (uint32_t)b->name.n - 1};
}

static void
add_run(void *ctx, enum mn_list_kind kind, struct mn_str text, uint32_t from, uint32_t n)
{
	(void)from;
	(void)n;
	add_post(ctx, mn_list_key(kind, text));
}

/* Words that say where to look: legal forms and function words do not. */
static bool
is_indexed(const struct mn_token *t)
{
	return t->w_q16 > 0;
}

static void
add_name(struct mn_list_build *b, enum mn_alias kind, uint32_t raw, uint32_t n_raw,
    const struct mn_name *n)
{
	struct mn_lname *l = PUSH(&b->name, struct mn_lname, 1);
	*l = (struct mn_lname){.use = (uint32_t)b->use.n,
	    .entry = (uint32_t)b->entry.n - 1,
	    .raw = raw,
	    .n_raw = (uint16_t)n_raw,
	    .n = (uint8_t)n->n,
	    .legal = n->legal,
	    .script = n->script,
	    .kind = (uint8_t)kind,
	    .flags = (uint8_t)((n->chinese ? MN_LN_CHINESE : 0) |
			       (n->all_generic ? MN_LN_ALL_GENERIC : 0) |
			       (n->cut ? MN_LN_CUT : 0))};
	for (uint32_t i = 0; i < n->n; i++) {
		const struct mn_token *t = &n->tok[i];
		*PUSH(&b->use, uint32_t, 1) = token_number(b, t) * 2 + t->unit;
		if (is_indexed(t))
			add_post(b, t->id);
	}
	mn_list_runs(n, add_run, b);
	uint64_t gram[MN_GRAMS];
	uint32_t n_gram = mn_list_grams(n, gram);
	for (uint32_t i = 0; i < n_gram; i++)
		add_post(b, gram[i]);
	for (uint32_t i = 0; i < b->n_addr_key; i++)
		add_post(b, b->addr_key[i]);
}

/* Counts a name's words, for the frequencies of this list. */
static void
count(struct mn_list_build *b, const struct mn_name *n)
{
	b->counted++;
	for (uint32_t i = 0; i < n->n; i++) {
		bool again = n->tok[i].cls == MN_W_NUMBER;
		for (uint32_t k = 0; k < i; k++)
			again = again || n->tok[k].id == n->tok[i].id;
		if (!again)
			BASE(b->token, struct mn_ltoken)
		[token_number(b, &n->tok[i])].df++;
	}
}

void
mn_list_add_name(struct mn_list_build *b, enum mn_alias kind, struct mn_str name,
    const struct mn_names *n)
{
	if (n->name[0].n == 0)
		return;
	name = mn_str_sub(name, 0, UINT16_MAX);
	uint32_t raw = add_text(b, name);
	for (uint32_t i = 0; i < n->n; i++)
		if (n->name[i].n)
			add_name(b, kind, raw, (uint32_t)name.n, &n->name[i]);
	count(b, &n->name[0]);
}

void
mn_list_build_entry(
    struct mn_list_build *b, uint64_t ref, struct mn_str country, struct mn_str address)
{
	mn_batch_entry(b->batch, ref, country, address);
}

void
mn_list_build_name(struct mn_list_build *b, enum mn_alias kind, struct mn_str name)
{
	mn_batch_name(b->batch, kind, name);
}

void
mn_list_build_rest(struct mn_list_build *b)
{
	mn_batch_finish(b->batch);
}

/* ---- compiling ---- */

static void
weigh(struct mn_list_build *b)
{
	struct mn_ltoken *l = BASE(b->token, struct mn_ltoken);
	for (size_t i = 0; i < b->token.n; i++)
		if (l[i].df)
			mn_freq_add(b->m->analyst, l[i].id, l[i].df);
	mn_freq_names(b->m->analyst, b->counted);
	struct mn_lname *name = BASE(b->name, struct mn_lname);
	const uint32_t *use = BASE(b->use, uint32_t);
	for (size_t i = 0; i < b->token.n; i++) {
		struct mn_token t = mn_list_token(&l[i], BASE(b->text, char));
		l[i].w_q16 = mn_freq_weight(b->m->analyst, &t);
	}
	for (size_t i = 0; i < b->name.n; i++)
		for (uint32_t k = 0; k < name[i].n; k++)
			name[i].w_q16 += l[use[name[i].use + k] / 2].w_q16;
}

static void *
section(struct mn_list_build *b, enum mn_list_section s, size_t n, size_t size)
{
	size_t at = (b->image.n + MN_LIST_ALIGN - 1) & ~(size_t)(MN_LIST_ALIGN - 1);
	push(&b->image, 1, 1, at - b->image.n + n * size);
	struct mn_lhead *h = (struct mn_lhead *)(void *)b->image.root.beg;
	h->sec[s].at = at;
	h->sec[s].n = n;
	return b->image.root.beg + at;
}

static void *
copy_section(
    struct mn_list_build *b, enum mn_list_section s, const struct pile *p, size_t size)
{
	void *to = section(b, s, p->n, size);
	if (p->n)
		memcpy(to, p->root.beg, p->n * size);
	return to;
}

/* A pile that the image has taken over gives its memory back: at 10^6 names that is a
 * third of the whole. */
static void
drop(struct pile *p)
{
	p->a = mn_arena_reset(p->root, p->a);
}

static struct mn_lkey *
key_slot(struct mn_lkey *key, uint64_t mask, uint64_t hash)
{
	uint64_t at = hash >> 1;
	while (key[at & mask].hash && key[at & mask].hash != hash)
		at++;
	return &key[at & mask];
}

static uint64_t
table_size(uint64_t n)
{
	uint64_t size = 16;
	while (size < n * 2)
		size *= 2;
	return size;
}

/* Tables larger than the caches are waited for at each step, unless the memory is told
 * some steps ahead what will be asked for. */
#define AHEAD 16

static void
ask_ahead(
    const struct mn_list_build *b, const struct mn_lkey *key, uint64_t mask, size_t i)
{
	const struct post *post = BASE(b->post, struct post);
	if (i + AHEAD < b->post.n)
		__builtin_prefetch(&key[post[i + AHEAD].key >> 1 & mask], 1);
}

/* The keys, each with the number of its postings. Most keys have several, so a table for
 * as many keys as postings would be four times as large: it doubles, and is begun anew,
 * when two thirds of it are used. */
static struct mn_lkey *
count_keys(struct mn_list_build *b)
{
	const struct post *post = BASE(b->post, struct post);
	uint64_t size = table_size(b->post.n / 16), used = 0;
	struct mn_lkey *key = section(b, MN_LS_KEY, size, sizeof *key);
	for (size_t i = 0; i < b->post.n; i++) {
		ask_ahead(b, key, size - 1, i);
		struct mn_lkey *k = key_slot(key, size - 1, post[i].key);
		used += k->hash == 0;
		if (used * 3 > size * 2) {
			push(&b->image, 1, 1, size * sizeof *key);
			memset(key, 0, size * sizeof *key);
			size *= 2;
			used = 0;
			i = SIZE_MAX; /* and so from the first */
			continue;
		}
		k->hash = post[i].key;
		k->n++;
	}
	struct mn_lhead *h = (struct mn_lhead *)(void *)b->image.root.beg;
	h->sec[MN_LS_KEY].n = size;
	return key;
}

/* The names under each key: counted, placed, filled in the order of names. A name stands
 * once under a key, though two of its words may have it. */
static void
compile_keys(struct mn_list_build *b)
{
	const struct post *post = BASE(b->post, struct post);
	uint64_t at = 0;
	struct mn_lkey *key = count_keys(b);
	const struct mn_lhead *h = (const void *)b->image.root.beg;
	uint64_t size = h->sec[MN_LS_KEY].n;
	for (uint64_t i = 0; i < size; i++) {
		key[i].post = (uint32_t)at;
		at += key[i].n;
		key[i].n = 0;
	}
	uint32_t *to = section(b, MN_LS_POST, at, sizeof *to);
	for (size_t i = 0; i < b->post.n; i++) {
		ask_ahead(b, key, size - 1, i);
		struct mn_lkey *k = key_slot(key, size - 1, post[i].key);
		uint32_t *p = to + k->post;
		if (k->n == 0 || p[k->n - 1] != post[i].name)
			p[k->n++] = post[i].name;
	}
}

/* ---- what is near a word, counted beside the keys ---- */

#define PARTS 8 /* of the buckets, filled side by side */

struct near_part {
	const struct mn_near_words *words;
	struct mn_lnear *near;
	uint32_t from, to;
};

struct near_job {
	struct mn_near_words words;
	struct pile begin, found;
};

static void
keys_task(void *ctx)
{
	compile_keys(ctx);
}

static void
near_task(void *ctx)
{
	struct near_job *n = ctx;
	mn_near_count(&n->words, &n->found.a);
}

static void
fill_task(void *ctx)
{
	const struct near_part *p = ctx;
	mn_near_fill(p->words, p->from, p->to, p->near);
}

static void
fill_near(struct mn_list_build *b, const struct mn_near_words *w)
{
	struct near_part part[PARTS];
	struct mn_task task[PARTS];
	struct mn_lnear *near = section(b, MN_LS_NEAR, w->all, sizeof *near);
	uint64_t n_bucket = (uint64_t)w->mask + 1;
	uint32_t n = b->jobs < PARTS ? b->jobs : PARTS;
	for (uint32_t i = 0; i < n; i++) {
		part[i] = (struct near_part){w, near, (uint32_t)(n_bucket * i / n),
		    (uint32_t)(n_bucket * (i + 1) / n)};
		task[i] = (struct mn_task){fill_task, &part[i]};
	}
	mn_side_by_side(task, n, b->jobs);
}

/* Both wait for memory more than they compute, and neither needs the other. */
static void
compile_keys_and_near(struct mn_list_build *b)
{
	uint64_t n_bucket = table_size(b->token.n * 4);
	struct near_job n = {.words = {.token = BASE(b->token, struct mn_ltoken),
				 .text = BASE(b->text, char),
				 .n = (uint32_t)b->token.n,
				 .mask = (uint32_t)(n_bucket - 1),
				 .jobs = b->jobs > 1 ? b->jobs - 1 : 1},
	    .begin = new_pile(b->m->analyst->oom),
	    .found = new_pile(b->m->analyst->oom)};
	n.words.begin = PUSH(&n.begin, uint32_t, n_bucket + 1);
	struct mn_task task[] = {{keys_task, b}, {near_task, &n}};
	mn_side_by_side(task, countof(task), b->jobs);
	drop(&b->post);
	n.words.begin = copy_section(b, MN_LS_BUCKET, &n.begin, sizeof(uint32_t));
	mn_arena_free(n.begin.root);
	fill_near(b, &n.words);
	mn_arena_free(n.found.root);
}

struct mn_str
mn_list_build_finish(struct mn_list_build *b)
{
	mn_batch_finish(b->batch);
	struct mn_lhead *h = (struct mn_lhead *)push(&b->image, sizeof *h, 8, 1);
	b->image.n = sizeof *h;
	memcpy(h->magic, MN_LIST_MAGIC, sizeof h->magic);
	h->counted = b->counted;
	memcpy(h->epoch, mn_analyst_epoch(b->m->analyst), sizeof h->epoch);
	weigh(b);
	copy_section(b, MN_LS_TEXT, &b->text, 1);
	copy_section(b, MN_LS_TOKEN, &b->token, sizeof(struct mn_ltoken));
	copy_section(b, MN_LS_NAME, &b->name, sizeof(struct mn_lname));
	copy_section(b, MN_LS_USE, &b->use, sizeof(uint32_t));
	copy_section(b, MN_LS_ENTRY, &b->entry, sizeof(struct mn_lentry));
	copy_section(b, MN_LS_ADDR, &b->addr, sizeof(uint64_t));
	struct pile *done[] = {&b->name, &b->use, &b->entry, &b->addr};
	for (size_t i = 0; i < countof(done); i++)
		drop(done[i]);
	compile_keys_and_near(b);
	drop(&b->token);
	drop(&b->text);
	return mn_str(b->image.root.beg, b->image.n);
}

/* Blocking keys of names that are alike without being equal. */
#include "blocks.h"
#include "similar.h"
#include "skeleton.h"

#define LEAST_WORD 3     /* letters; a shorter word is shared by too many */
#define LEAST_SKELETON 3 /* consonants, for the same reason (matching.md 5) */
#define FIRST_LETTERS 3
#define REST_BYTES 64 /* of the name: enough to bring like names together */

struct key_list {
	struct mn_block_key *out;
	size_t n;
	struct mn_arena *a;
	const struct mn_lexicon *x;
	struct mn_str country;
	char rest[REST_BYTES];
	size_t n_rest;
};

static void
add(struct key_list *l, char type, struct mn_str word)
{
	struct mn_str key = mn_arena_fmt(l->a, "%c%.*s|%.*s|%.*s", type, MN_FMT(word),
	    MN_FMT(l->country), (int)l->n_rest, l->rest);
	for (size_t i = 0; i < l->n; i++)
		if (mn_str_eq(l->out[i].key, key))
			return;
	if (l->n < MN_MAX_ALIKE_KEYS)
		l->out[l->n++].key = key;
}

/* Words of one concept or place are one word, in whatever language. */
static struct mn_str
word_of(const struct mn_lexicon *x, const struct mn_token *t)
{
	bool named = t->row && (t->cls == MN_W_INDUSTRY || t->cls == MN_W_GENERIC ||
				   t->cls == MN_W_PLACE);
	return named ? mn_str_sub(x->row[t->row].id, 0, MN_TOKEN_BYTES)
		     : mn_token_text(t);
}

static bool
tells(const struct mn_token *t)
{
	return t->cls == MN_W_BRAND || t->cls == MN_W_INDUSTRY ||
	       t->cls == MN_W_GENERIC || t->cls == MN_W_PLACE;
}

/* The telling words of a name, the rarest first, those that weigh the same by place. */
static uint32_t
by_weight(const struct mn_name *n, bool brands, const struct mn_token *out[])
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < n->n; i++) {
		const struct mn_token *t = &n->tok[i];
		if (!tells(t) || (t->cls == MN_W_BRAND) != brands || t->n < LEAST_WORD)
			continue;
		uint32_t at = count++;
		for (; at > 0 && out[at - 1]->w_q16 < t->w_q16; at--)
			out[at] = out[at - 1];
		out[at] = t;
	}
	return count;
}

/* Two words that are not brands, in byte order: "cotton+dhaka". One alone says nothing.
 */
static void
add_pair(struct key_list *l, const struct mn_name *n)
{
	const struct mn_token *t[MN_NAME_TOKENS];
	char text[2 * MN_TOKEN_BYTES + 2];
	struct mn_buf b = {text, 0, sizeof text, sizeof text, false};
	if (by_weight(n, false, t) < 2)
		return;
	struct mn_str one = word_of(l->x, t[0]), two = word_of(l->x, t[1]);
	bool swap = mn_str_cmp(one, two) > 0;
	mn_buf_add(&b, swap ? two : one);
	mn_buf_byte(&b, '+');
	mn_buf_add(&b, swap ? one : two);
	add(l, 'T', mn_buf_str(&b));
}

/* Each position of a skeleton is a set; its lowest class stands for it. */
static void
add_skeleton(struct key_list *l, const struct mn_name *n)
{
	static const char CLASS[] = "KSTPFLMN";
	char text[4 * MN_SKELETON];
	uint32_t count = 0;
	for (uint32_t i = 0; i < n->n; i++) {
		const struct mn_token *t = &n->tok[i];
		for (uint32_t k = 0; t->cls == MN_W_BRAND && k < t->n_skel; k++)
			if (count < sizeof text && t->skel[k])
				text[count++] = CLASS[__builtin_ctz(t->skel[k])];
	}
	if (count >= LEAST_SKELETON)
		add(l, 'S', mn_str(text, count));
}

static void
add_first(struct key_list *l, const struct mn_name *n)
{
	char text[FIRST_LETTERS + 1 + MN_TOKEN_BYTES];
	struct mn_buf b = {text, 0, sizeof text, sizeof text, false};
	uint32_t i = 0, k;
	while (i < n->n && n->tok[i].cls != MN_W_BRAND)
		i++;
	for (k = i + 1; k < n->n && !tells(&n->tok[k]);)
		k++;
	if (k >= n->n || n->tok[i].n < FIRST_LETTERS)
		return;
	mn_buf_add(&b, mn_str(n->tok[i].text, FIRST_LETTERS));
	mn_buf_byte(&b, '+');
	/* A slip in both brand words is still found by their beginnings. */
	if (n->tok[k].cls == MN_W_BRAND)
		mn_buf_add(&b, mn_str_sub(mn_token_text(&n->tok[k]), 0, FIRST_LETTERS));
	else
		mn_buf_add(&b, word_of(l->x, &n->tok[k]));
	add(l, 'F', mn_buf_str(&b));
}

static void
write_rest(struct key_list *l, const struct mn_name *n)
{
	struct mn_buf b = {l->rest, 0, sizeof l->rest, sizeof l->rest, false};
	for (uint32_t i = 0; i < n->n; i++) {
		if (!tells(&n->tok[i]))
			continue;
		struct mn_str w = word_of(l->x, &n->tok[i]);
		mn_buf_add(&b, mn_str_sub(w, 0, b.max - b.n));
	}
	l->n_rest = b.n;
}

size_t
mn_block_alike(const struct mn_lexicon *x, const struct mn_name *n, struct mn_str country,
    struct mn_block_key out[MN_MAX_ALIKE_KEYS], struct mn_arena *a)
{
	struct key_list l = {.out = out, .a = a, .x = x, .country = country};
	const struct mn_token *t[MN_NAME_TOKENS];
	uint32_t brands = by_weight(n, true, t);
	write_rest(&l, n);
	for (uint32_t k = 0; k < brands && k < 2; k++)
		add(&l, 'T', mn_token_text(t[k]));
	if (n->all_generic)
		add_pair(&l, n);
	add_skeleton(&l, n);
	add_first(&l, n);
	return l.n;
}

bool
mn_block_split(struct mn_str key, struct mn_block_parts *out)
{
	struct mn_str rest = key;
	if (key.n == 0 || !strchr(MN_ALIKE_TYPES, key.p[0]))
		return false;
	out->bucket = mn_str_cut(&rest, '|');
	out->country = mn_str_cut(&rest, '|');
	return rest.p != NULL;
}

/*
 * Pairs of rows within the buckets of the KEY table, scored. A bucket is self-contained;
 * a pair that meets in several buckets is scored once, or again with the same outcome.
 */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/reason.h"

#include "blocks.h"
#include "dedup.h"

#define LEAST_P ((int32_t)MN_Q16(.70)) /* matching.md 6 */
#define SEEN_BITS 20
/* Verdicts that say what two alike names are instead of one. */
#define BARS \
	(1u << MN_RULE_UNIT | 1u << MN_RULE_PLACE | 1u << MN_RULE_GENERIC | \
	    1u << MN_RULE_COMMON | 1u << MN_RULE_GROUP | 1u << MN_RULE_OTHER_ID)

struct place_in_bucket {
	uint32_t row;
	uint16_t country;
};

/* A profile ready for use, and whose it is. */
struct slot {
	struct mn_profile profile;
	uint32_t row, number;
	bool used;
};

struct search {
	struct mn_dedup *d;
	struct place_in_bucket *row; /* of the bucket at hand */
	uint32_t n, n_nowhere;       /* the first ones state no country */
	struct mn_buf bucket, last;  /* its text; the key of its last row */
	struct slot *slot;           /* direct-mapped by row */
	uint64_t *seen;              /* pairs, direct-mapped: 8 MiB spare most repeats */
	/* The last verdict: a bucket of equal rows asks for it over and over. */
	uint32_t left, right;
	struct mn_edge verdict;
	struct mn_buf reason;
};

/* More than the window; a miss unpacks the row again, which costs a tenth of a pair. */
#define SLOTS 64

static struct slot *
profile(struct search *s, uint32_t row, const struct slot *keep, struct mn_err *err)
{
	struct slot *t = &s->slot[row % SLOTS];
	if (t->used && t->row == row)
		return t;
	if (t == keep) /* the other side of the pair stays */
		t = &s->slot[SLOTS];
	t->row = row;
	t->number = mn_rows_profile(s->d->rows, row, &t->profile, err);
	t->used = t->number > 0 && t != &s->slot[SLOTS];
	return t->number ? t : NULL;
}

static bool
addresses_agree(const struct slot *a, const struct slot *b, const struct mn_verdict *v)
{
	const int32_t *f = v->f_q16;
	bool numbers = a->profile.address.n_number && b->profile.address.n_number;
	return f[MN_FT_ADDR_POS] >= MN_Q16(.5) &&
	       (!numbers || f[MN_FT_ADDR_NUM] >= MN_Q16(.5));
}

/* Brand words that agree less than this are two words: Dorizanta is not Dorimirta (.67),
 * nor is Bako short for Bakomu (.72); Zandorhal may be Zandermal (.78). */
#define A_SLIP ((int32_t)MN_Q16(.75))
#define A_PLURAL ((int32_t)MN_Q16(.95))

static bool
brands_differ(
    const struct mn_party *a, const struct mn_party *b, const struct mn_verdict *v)
{
	for (uint32_t i = 0; i < v->align.n; i++) {
		const struct mn_link *l = &v->align.link[i];
		const struct mn_token *x = &a->name->tok[l->left];
		const struct mn_token *y = &b->name->tok[l->right];
		bool same = l->kind == MN_LINK_JOINED || l->sim_q16 >= A_PLURAL;
		if (x->cls != MN_W_BRAND && y->cls != MN_W_BRAND)
			continue;
		if (l->sim_q16 < A_SLIP ||
		    (!same && (x->n < MN_WORD_TO_SLIP || y->n < MN_WORD_TO_SLIP)))
			return true;
	}
	return false;
}

/* Words that say who is meant, and have nothing on the other side. What only says
 * "company" or "group" does not count. */
static bool
says_more(const struct mn_name *n, const int8_t *of)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (of[i] < 0 && n->tok[i].w_q16 > 0 && n->tok[i].cls != MN_W_GENERIC)
			return true;
	return false;
}

static void
judge(struct search *s, struct slot *a, struct slot *b)
{
	struct mn_verdict v;
	struct mn_edge *e = &s->verdict;
	mn_profile_compare(s->d->st->matcher, &a->profile, &b->profile, &v);
	mn_buf_clear(&s->reason);
	s->left = a->number;
	s->right = b->number;
	*e = (struct mn_edge){.p_q16 = v.p_q16};
	/* A sister unit is worth a line in the dossier whatever else differs. */
	bool unit = v.rules >> MN_RULE_UNIT & 1;
	bool left = says_more(a->profile.party.name, v.align.of_left);
	bool right = says_more(b->profile.party.name, v.align.of_right);
	if (v.p_q16 == 0 || (!unit && mn_logistic(v.z_q16) < LEAST_P))
		return;
	if (!unit &&
	    ((left && right) || brands_differ(&a->profile.party, &b->profile.party, &v)))
		return;
	e->barred = v.p_q16 < LEAST_P || (v.rules & BARS) != 0;
	e->same_country = v.f_q16[MN_FT_CTRY_EQ] > 0;
	e->same_address = addresses_agree(a, b, &v);
	e->left_over = left || right || v.f_q16[MN_FT_ALLGEN];
	mn_reason_short(&a->profile.party, &b->profile.party, &v, &s->reason);
	e->reason = mn_buf_str(&s->reason);
}

static bool
seen_before(struct search *s, uint32_t a, uint32_t b)
{
	uint64_t pair = (uint64_t)a << 32 | b;
	uint64_t *at = &s->seen[(pair * 0x9e3779b97f4a7c15u) >> (64 - SEEN_BITS)];
	if (*at == pair)
		return true;
	*at = pair;
	return false;
}

static bool
try_pair(struct search *s, uint32_t a, uint32_t b, struct mn_err *err)
{
	struct mn_cluster *c = s->d->c;
	int order = mn_key_cmp(c->content[a], c->content[b]);
	if (order > 0 || (order == 0 && a > b)) {
		uint32_t t = a;
		a = b;
		b = t;
	}
	if (mn_cluster_root(c, a) == mn_cluster_root(c, b) || seen_before(s, a, b))
		return true;
	int near = mn_rows_near(s->d->rows, a, b, err);
	if (near < 1)
		return near == 0;
	struct slot *left = profile(s, a, NULL, err);
	struct slot *right = left ? profile(s, b, left, err) : NULL;
	if (!right)
		return false;
	if (s->left != left->number || s->right != right->number)
		judge(s, left, right);
	if (s->verdict.reason.n == 0)
		return true;
	struct mn_rows *rows = s->d->rows;
	if (!mn_rows_state(rows, a, &left->profile, err) ||
	    !mn_rows_state(rows, b, &right->profile, err))
		return false;
	struct mn_edge e = s->verdict;
	e.a = a;
	e.b = b;
	e.same_address = e.same_address && mn_rows_facts(rows, a)->address &&
			 mn_rows_facts(rows, b)->address;
	return mn_edge_put(s->d, s->d->edge, &e, err);
}

/* Every row meets its neighbours of the same country, and rows that state none. */
static bool
search_bucket(struct search *s, struct mn_err *err)
{
	uint32_t window = s->n ? MN_BLOCK_PAIRS / s->n : 0, first = 0;
	window = window > MN_BLOCK_WINDOW ? MN_BLOCK_WINDOW : window < 1 ? 1 : window;
	uint32_t nowhere = s->n_nowhere < window ? s->n_nowhere : window;
	for (uint32_t i = 0; i < s->n; i++) {
		if (s->row[i].country != s->row[first].country)
			first = i;
		uint32_t from = i - first > window ? i - window : first;
		for (uint32_t k = from; k < i; k++)
			if (!try_pair(s, s->row[k].row, s->row[i].row, err))
				return false;
		for (uint32_t k = 0; k < nowhere && s->row[i].country; k++)
			if (!try_pair(s, s->row[k].row, s->row[i].row, err))
				return false;
	}
	return true;
}

static void
begin_bucket(struct search *s, struct mn_str text)
{
	mn_buf_clear(&s->bucket);
	mn_buf_add(&s->bucket, text);
	mn_buf_clear(&s->last);
	s->n = s->n_nowhere = 0;
}

/* One row of KEY. Rows of one entity with the same words stand for each other. */
static bool
visit(struct search *s, struct mn_str whole, struct mn_err *err)
{
	struct mn_block_parts part;
	struct mn_str key = mn_str_sub(whole, 0, whole.n - 25);
	struct mn_get g = mn_get(mn_str_sub(whole, whole.n - 8, 8));
	uint32_t row = mn_cluster_row(s->d->c, mn_get_u64(&g));
	if (row == UINT32_MAX || !mn_block_split(key, &part))
		return true;
	if (!mn_str_eq(part.bucket, mn_buf_str(&s->bucket))) {
		if (!search_bucket(s, err))
			return false;
		begin_bucket(s, part.bucket);
	}
	if (s->n && mn_str_eq(key, mn_buf_str(&s->last)) &&
	    mn_cluster_root(s->d->c, row) ==
		mn_cluster_root(s->d->c, s->row[s->n - 1].row))
		return true;
	mn_buf_clear(&s->last);
	mn_buf_add(&s->last, key);
	uint16_t country = part.country.n == 2
			       ? (uint16_t)((unsigned)(uint8_t)part.country.p[0] << 8 |
					    (uint8_t)part.country.p[1])
			       : 0;
	s->n_nowhere += country == 0;
	s->row[s->n++] = (struct place_in_bucket){row, country};
	return true;
}

static bool
search_type(struct search *s, char type, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(s->d->r, MN_TAB_KEY, mn_str(&type, 1), err);
	struct mn_str k;
	int more = scan ? 1 : -1;
	bool good = scan != NULL;
	begin_bucket(s, MN_STR_NONE);
	while (good && (more = mn_scan_next(scan, &k, NULL, NULL, err)) == 1 &&
	       k.n > 26 && k.p[0] == type)
		good = visit(s, k, err);
	mn_scan_close(scan);
	return good && more >= 0 && search_bucket(s, err);
}

/* What people keep apart is told with its likeness, however small: whether the two meet
 * in a bucket says nothing about why they are two. */
static bool
add_decided(struct search *s, const struct mn_apart *x, struct mn_err *err)
{
	struct mn_cluster *c = s->d->c;
	bool in_order = mn_key_cmp(c->content[x->a], c->content[x->b]) <= 0;
	struct mn_edge e = {
	    .a = in_order ? x->a : x->b, .b = in_order ? x->b : x->a, .barred = true};
	struct mn_verdict v;
	struct slot *left = profile(s, e.a, NULL, err);
	struct slot *right = left ? profile(s, e.b, left, err) : NULL;
	if (!right)
		return false;
	mn_profile_compare(s->d->st->matcher, &left->profile, &right->profile, &v);
	mn_buf_clear(&s->reason);
	mn_reason_short(&left->profile.party, &right->profile.party, &v, &s->reason);
	e.p_q16 = v.p_q16;
	e.reason = mn_buf_str(&s->reason);
	s->left = s->right = 0; /* the room of the last verdict is taken */
	return mn_edge_put(s->d, s->d->edge, &e, err);
}

bool
mn_dedup_pairs(struct mn_dedup *d, struct mn_err *err)
{
	struct mn_arena scratch = mn_arena_new((size_t)1 << 34, NULL), root = scratch;
	struct search s = {.d = d,
	    .row = MN_NEW(&scratch, struct place_in_bucket, d->c->n + 1),
	    .slot = MN_NEW(&scratch, struct slot, SLOTS + 1),
	    .seen = MN_NEW(&scratch, uint64_t, (size_t)1 << SEEN_BITS),
	    .bucket = mn_buf_new(4096),
	    .last = mn_buf_new(4096),
	    .reason = mn_buf_new(1u << 14)};
	bool good = true;
	for (const char *type = MN_ALIKE_TYPES; good && *type; type++)
		good = search_type(&s, *type, err);
	for (size_t i = 0; good && i < d->c->n_apart; i++)
		good = add_decided(&s, &d->c->apart[i], err);
	mn_buf_free(&s.bucket);
	mn_buf_free(&s.last);
	mn_buf_free(&s.reason);
	mn_arena_free(root);
	return good && mn_xsort_finish(d->edge, err);
}

/*
 * What people decided of two rows. Decisions name rows by content, so they outlive
 * positions and entities. Rows with one content are one row said twice: they are united
 * first, so that a decision about one binds all of them.
 */
#include "manumit/base/sort.h"

#include "cluster.h"

struct by_content {
	struct mn_key content;
	uint32_t row;
};

static int
compare(const void *pa, const void *pb, const void *ctx)
{
	const struct by_content *a = pa, *b = pb;
	(void)ctx;
	int c = mn_key_cmp(a->content, b->content);
	return c ? c : (a->row > b->row) - (a->row < b->row);
}

static struct by_content *
sorted(const struct mn_cluster *c, struct mn_arena *a)
{
	struct by_content *list = MN_NEW(a, struct by_content, c->n);
	for (uint32_t i = 0; i < c->n; i++)
		list[i] = (struct by_content){c->content[i], i};
	mn_sort(list, c->n, sizeof *list, compare, NULL, *a);
	return list;
}

/* The first row with a content, its twins united with it; UINT32_MAX: none. */
static uint32_t
row_of(struct mn_cluster *c, const struct by_content *list, struct mn_key content)
{
	uint64_t lo = 0, hi = c->n;
	while (lo < hi) {
		uint64_t mid = lo + (hi - lo) / 2;
		if (mn_key_cmp(list[mid].content, content) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == c->n || mn_key_cmp(list[lo].content, content) != 0)
		return UINT32_MAX;
	uint32_t first = list[lo].row;
	for (uint64_t i = lo + 1; i < c->n; i++) {
		if (mn_key_cmp(list[i].content, content) != 0)
			break;
		uint32_t a = mn_cluster_root(c, first);
		uint32_t b = mn_cluster_root(c, list[i].row);
		if (a != b)
			mn_cluster_merge(c, a, b);
	}
	return first;
}

static uint32_t *
next_of(struct mn_cluster *c, uint32_t end)
{
	return &c->apart[end / 2].next[end & 1];
}

/* Two rings with the successors of one end each exchanged are one ring. */
static void
join_rings(struct mn_cluster *c, uint32_t a, uint32_t b)
{
	uint32_t t = *next_of(c, a);
	*next_of(c, a) = *next_of(c, b);
	*next_of(c, b) = t;
}

void
mn_decided_splice(struct mn_cluster *c, uint32_t a, uint32_t b)
{
	if (c->ring[a] && c->ring[b])
		join_rings(c, c->ring[a] - 1, c->ring[b] - 1);
	else if (c->ring[b])
		c->ring[a] = c->ring[b];
}

/* An end alone is a ring of one; it joins that of its row's root. */
static void
add_end(struct mn_cluster *c, uint32_t end, uint32_t row)
{
	uint32_t root = mn_cluster_root(c, row);
	*next_of(c, end) = end;
	if (c->ring[root])
		join_rings(c, c->ring[root] - 1, end);
	else
		c->ring[root] = end + 1;
}

void
mn_decided_apart(const struct mn_stage *st, struct mn_cluster *c, struct mn_arena *a)
{
	if (st->n_decided == 0)
		return;
	c->apart = MN_NEW(a, struct mn_apart, st->n_decided);
	struct mn_arena scratch = *a;
	const struct by_content *list = sorted(c, &scratch);
	for (size_t i = 0; i < st->n_decided; i++) {
		const struct mn_decided_pair *d = &st->decided[i];
		if (d->one)
			continue;
		uint32_t left = row_of(c, list, d->a), right = row_of(c, list, d->b);
		if (left == UINT32_MAX || right == UINT32_MAX || left == right)
			continue;
		uint32_t end = 2 * (uint32_t)c->n_apart;
		c->apart[c->n_apart++] = (struct mn_apart){.a = left,
		    .b = right,
		    .reason = d->reason.n ? d->reason
					  : MN_S("a person decided that they are two")};
		add_end(c, end, left);
		add_end(c, end + 1, right);
	}
}

/* Two decisions that lead, by way of a third row, to the opposite of each other: apart
 * wins. The remark goes to the row whose content comes second. */
static void
at_odds(const struct mn_stage *st, const struct mn_cluster *c, uint32_t a, uint32_t b,
    struct mn_str reason)
{
	uint32_t second = mn_key_cmp(c->content[a], c->content[b]) <= 0 ? b : a;
	st->note(st->ctx, c->rid[second], MN_E_DECISION_CONFLICT, MN_STR_NONE,
	    MN_STR_NONE, reason);
}

void
mn_decided_one(const struct mn_stage *st, struct mn_cluster *c, struct mn_arena *a)
{
	if (st->n_decided == 0)
		return;
	c->same = MN_NEW(a, struct mn_str, c->n);
	struct mn_arena scratch = *a;
	const struct by_content *list = sorted(c, &scratch);
	for (size_t i = 0; i < st->n_decided; i++) {
		const struct mn_decided_pair *d = &st->decided[i];
		if (!d->one)
			continue;
		uint32_t left = row_of(c, list, d->a), right = row_of(c, list, d->b);
		if (left == UINT32_MAX || right == UINT32_MAX)
			continue;
		if (!mn_cluster_unite(c, MN_BY_DECISION, left, right))
			at_odds(st, c, left, right, d->reason);
		else
			c->same[left] = c->same[right] =
			    d->reason.n ? d->reason
					: MN_S("a person decided that they are one");
	}
}

const struct mn_apart *
mn_decided_against(struct mn_cluster *c, uint32_t a, uint32_t b)
{
	const struct mn_apart *first = NULL;
	if (!c->ring[a] || !c->ring[b])
		return NULL;
	uint32_t begin = c->ring[a] - 1, end = begin;
	do {
		const struct mn_apart *x = &c->apart[end / 2];
		uint32_t other = mn_cluster_root(c, end & 1 ? x->a : x->b);
		if (other == b && (!first || x < first))
			first = x;
		end = *next_of(c, end);
	} while (end != begin);
	return first;
}

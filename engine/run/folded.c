/* Texts by number: open addressing over twice as many slots. */
#include "manumit/base/hash.h"
#include "manumit/text/fold.h"

#include "folded.h"

struct mn_folded
mn_folded_new(uint32_t most)
{
	struct mn_folded m = {.root = mn_arena_new((size_t)1 << 30, NULL), .most = most};
	m.a = m.root;
	m.text = MN_NEW(&m.a, struct mn_str, most);
	m.slot = MN_NEW(&m.a, uint32_t, 2 * (size_t)most);
	return m;
}

/* The slot of a text that is folded, or the free one where it belongs. */
static uint32_t
slot_of(const struct mn_folded *m, struct mn_str folded)
{
	uint32_t slots = 2 * m->most, i = (uint32_t)(mn_hash64(folded) % slots);
	while (m->slot[i] && !mn_str_eq(m->text[m->slot[i] - 1], folded))
		i = (i + 1) % slots;
	return i;
}

int64_t
mn_folded_find(const struct mn_folded *m, struct mn_str text)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(text, &b);
	uint32_t at = m->slot[slot_of(m, mn_buf_str(&b))];
	mn_buf_free(&b);
	return (int64_t)at - 1;
}

int64_t
mn_folded_add(struct mn_folded *m, struct mn_str text, bool *fresh)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(text, &b);
	uint32_t i = slot_of(m, mn_buf_str(&b));
	*fresh = m->slot[i] == 0 && m->n < m->most;
	if (*fresh) {
		m->text[m->n++] = mn_arena_str(&m->a, mn_buf_str(&b));
		m->slot[i] = m->n;
	}
	int64_t at = (int64_t)m->slot[i] - 1;
	mn_buf_free(&b);
	return at;
}

void
mn_folded_free(struct mn_folded *m)
{
	mn_arena_free(m->root);
}

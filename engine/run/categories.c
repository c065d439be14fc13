/* Purchasing groups: what a supplier of a group makes and where it usually comes from. */
#include "manumit/text/fold.h"

#include "categories.h"

#define SLOTS (2u * MN_MAX_CATEGORIES)

static const enum mn_field TAKEN[] = {
    MN_F_SECTOR, MN_F_PRODUCT, MN_F_HS, MN_F_ORIGIN_COUNTRY};

struct mn_categories
mn_categories_new(void)
{
	struct mn_categories c = {.root = mn_arena_new((size_t)1 << 30, NULL)};
	c.a = c.root;
	c.v = MN_NEW(&c.a, struct mn_category, MN_MAX_CATEGORIES);
	c.slot = MN_NEW(&c.a, uint32_t, SLOTS);
	return c;
}

/* The slot of a name, or the free one where it belongs. */
static uint32_t
slot_of(const struct mn_categories *c, struct mn_str name)
{
	uint32_t i = (uint32_t)(mn_hash64(name) % SLOTS);
	while (c->slot[i] && !mn_str_eq(c->v[c->slot[i] - 1].name, name))
		i = (i + 1) % SLOTS;
	return i;
}

bool
mn_categories_add(struct mn_categories *c, const struct mn_record *rec)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(rec->v[MN_F_CATEGORY], &b);
	uint32_t i = slot_of(c, mn_buf_str(&b));
	bool fresh = c->slot[i] == 0 && c->n < MN_MAX_CATEGORIES;
	if (fresh) {
		struct mn_category *v = &c->v[c->n++];
		v->name = mn_arena_str(&c->a, mn_buf_str(&b));
		for (size_t k = 0; k < countof(TAKEN); k++)
			v->rec.v[TAKEN[k]] = mn_arena_str(&c->a, rec->v[TAKEN[k]]);
		c->slot[i] = c->n;
	}
	mn_buf_free(&b);
	return fresh;
}

bool
mn_categories_apply(const struct mn_categories *c, struct mn_record *rec)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(rec->v[MN_F_CATEGORY], &b);
	uint32_t at = c->slot[slot_of(c, mn_buf_str(&b))];
	mn_buf_free(&b);
	for (size_t k = 0; at && k < countof(TAKEN); k++)
		if (rec->v[TAKEN[k]].n == 0)
			rec->v[TAKEN[k]] = c->v[at - 1].rec.v[TAKEN[k]];
	return at != 0;
}

enum mn_field
mn_categories_field(size_t i)
{
	return i < countof(TAKEN) ? TAKEN[i] : MN_F_NONE;
}

void
mn_categories_free(struct mn_categories *c)
{
	mn_arena_free(c->root);
}

/* Purchasing groups: what a supplier of a group makes and where it usually comes from. */
#include "categories.h"

static const enum mn_field TAKEN[] = {
    MN_F_SECTOR, MN_F_PRODUCT, MN_F_HS, MN_F_ORIGIN_COUNTRY};

struct mn_categories
mn_categories_new(void)
{
	struct mn_categories c = {.name = mn_folded_new(MN_MAX_CATEGORIES)};
	c.v = MN_NEW(&c.name.a, struct mn_record, MN_MAX_CATEGORIES);
	return c;
}

bool
mn_categories_add(struct mn_categories *c, const struct mn_record *rec)
{
	bool fresh;
	int64_t at = mn_folded_add(&c->name, rec->v[MN_F_CATEGORY], &fresh);
	for (size_t k = 0; fresh && k < countof(TAKEN); k++)
		c->v[at].v[TAKEN[k]] = mn_arena_str(&c->name.a, rec->v[TAKEN[k]]);
	return fresh;
}

bool
mn_categories_apply(const struct mn_categories *c, struct mn_record *rec)
{
	int64_t at = mn_folded_find(&c->name, rec->v[MN_F_CATEGORY]);
	for (size_t k = 0; at >= 0 && k < countof(TAKEN); k++)
		if (rec->v[TAKEN[k]].n == 0)
			rec->v[TAKEN[k]] = c->v[at].v[TAKEN[k]];
	return at >= 0;
}

enum mn_field
mn_categories_field(size_t i)
{
	return i < countof(TAKEN) ? TAKEN[i] : MN_F_NONE;
}

void
mn_categories_free(struct mn_categories *c)
{
	mn_folded_free(&c->name);
}

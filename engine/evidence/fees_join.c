/* Recruiters and agents of ledgers as entities: each name is looked up once. */
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"

#include "fees.h"

/* Slots of what was asked before; a name whose slot is taken is asked for again. */
#define SLOTS 16384

struct mn_fee_joins {
	struct join_slot {
		struct mn_key key; /* of name and country; zero: free */
		struct mn_fee_who who;
	} slot[SLOTS];
};

struct mn_fee_joins *
mn_fee_joins_new(void)
{
	return mn_handle_new(sizeof(struct mn_fee_joins));
}

void
mn_fee_joins_free(struct mn_fee_joins *j)
{
	mn_handle_free(j);
}

bool
mn_fee_join(struct mn_fee_employer *x, struct mn_str fold, struct mn_str name,
    struct mn_str country, struct mn_fee_who *out, struct mn_err *err)
{
	struct mn_str part[2] = {fold, country};
	struct mn_key key = mn_hash128(part, 2);
	struct join_slot *s = x->joins ? &x->joins->slot[key.lo % SLOTS] : NULL;
	struct mn_record rec = {.kind = MN_K_FEES, .rid = MN_RID_NONE};
	struct mn_join join;
	*out = (struct mn_fee_who){0};
	if (name.n == 0)
		return true;
	if (s && mn_key_cmp(s->key, key) == 0) {
		*out = s->who;
		return true;
	}
	rec.v[MN_F_ENTITY_NAME] = name;
	rec.v[MN_F_ENTITY_COUNTRY] = country;
	if (!mn_join_row(x->r, x->run->pack, &rec, x->a, &join, err))
		return false;
	if (join.n == 1 && join.match_q16 >= x->run->pack->k.attach_m)
		*out = (struct mn_fee_who){join.who, join.match_q16};
	if (s)
		*s = (struct join_slot){key, *out};
	return true;
}

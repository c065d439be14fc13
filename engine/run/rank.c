/* Rows of RANK: the lists A act, Q ask first, N all by name. Two stages write them, so
 * one place makes their keys. */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "stages.h"

#define MAX_ORDER 256 /* of a key, between list and entity */
#define KEY_ROOM (1 + MAX_ORDER + 16)

/* The larger first; equal ones by what evidence there is, by how grave it would be, then
 * by name, so that no place on a list is an accident. */
static void
put_order(struct mn_buf *b, char list, const struct mn_card *c)
{
	if (list == 'N')
		return;
	mn_put_u64(
	    b, UINT64_MAX - (uint64_t)(list == 'A' ? c->priority_q16 : c->ask_q16));
	mn_put_u64(b, UINT64_MAX - (uint64_t)c->p_q16);
	mn_put_u64(b, UINT64_MAX - (uint64_t)c->severity_q16);
}

bool
mn_rank_add(struct mn_xsort *rank, char list, const struct mn_card *c, struct mn_str name,
    struct mn_err *err)
{
	char raw[KEY_ROOM];
	struct mn_buf order = mn_buf_new(MN_MAX_RECORD),
		      key = {raw, 0, sizeof raw, sizeof raw, false};
	put_order(&order, list, c);
	mn_fold_name(name, &order);
	mn_buf_byte(&order, 0);
	mn_buf_byte(&key, list);
	mn_buf_add(&key, mn_str_sub(mn_buf_str(&order), 0, MAX_ORDER));
	mn_put_eid(&key, c->who);
	bool good = mn_xsort_add(rank, mn_buf_str(&key), MN_STR_NONE, err);
	mn_buf_free(&order);
	return good;
}

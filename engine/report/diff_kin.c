/*
 * Rows that are one entity in one generation and two in another. An entity has its id
 * from its rows, so it may vanish under one and go on under another, be united with
 * others, or be split off: none of that is gone, or new. What both generations share is
 * the user's own id of a row; where it gives none, the name.
 */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "diff_impl.h"

/* The entities of `r` that carry a key; 0 none, -1 err. */
static int
carriers(const struct mn_report *r, struct mn_str key, struct mn_eid *out, uint32_t most,
    struct mn_err *err)
{
	struct mn_str eids;
	int found = mn_reader_get(r->reader, MN_TAB_JOIN, key, &eids, NULL, err);
	if (found != 1)
		return found;
	uint32_t n = (uint32_t)(eids.n / 16);
	for (uint32_t i = 0; i < n && i < most; i++) {
		struct mn_get g = mn_get(mn_str_sub(eids, 16 * (size_t)i, 16));
		out[i] = mn_get_eid(&g);
	}
	return (int)n;
}

static void
add(struct mn_kin *k, struct mn_eid id)
{
	uint32_t at = 0;
	while (at < k->n && mn_eid_cmp(k->eid[at], id) < 0)
		at++;
	if (k->n == MN_DIFF_KIN || (at < k->n && mn_eid_cmp(k->eid[at], id) == 0))
		return;
	memmove(&k->eid[at + 1], &k->eid[at], (k->n - at) * sizeof *k->eid);
	k->eid[at] = id;
	k->n++;
}

struct looking {
	const struct mn_report *home, *other;
	struct mn_kin *out;
	struct mn_err *err;
};

/* What several entities of one generation carry names none of them. */
static bool
by_key(struct looking *x, char type, struct mn_str text)
{
	char room[MN_MAX_KEY];
	struct mn_buf key = {room, 0, sizeof room, sizeof room, false};
	struct mn_eid own[1], kin[MN_DIFF_KIN];
	mn_buf_byte(&key, type);
	if (type == 'I')
		mn_buf_add(&key, text);
	else
		mn_fold_name(text, &key);
	if (key.failed || key.n < 2)
		return true;
	int here = carriers(x->home, mn_buf_str(&key), own, 1, x->err);
	int there = here == 1
			? carriers(x->other, mn_buf_str(&key), kin, MN_DIFF_KIN, x->err)
			: here;
	bool few = type == 'I' || there == 1;
	for (int i = 0; i < there && i < MN_DIFF_KIN && here == 1 && few; i++)
		add(x->out, kin[i]);
	return here >= 0 && there >= 0;
}

bool
mn_diff_kin(const struct mn_report *home, const struct mn_view *v,
    const struct mn_report *other, struct mn_kin *out, struct mn_err *err)
{
	struct looking x = {home, other, out, err};
	struct mn_str own = v->ent.rec.v[MN_F_ID];
	bool named = own.n > 0;
	*out = (struct mn_kin){.n = 0};
	if (own.n && !by_key(&x, 'I', own))
		return false;
	for (uint32_t i = 0; i < v->n_alike; i++) {
		struct mn_str id = v->alike_row[i].id;
		if (v->alike[i].refused || id.n == 0)
			continue;
		named = true;
		if (!by_key(&x, 'I', id))
			return false;
	}
	return named || by_key(&x, 'M', v->ent.rec.v[MN_F_NAME]);
}

int
mn_diff_has(const struct mn_report *r, struct mn_eid id, struct mn_err *err)
{
	char room[16];
	struct mn_buf key = {room, 0, sizeof room, sizeof room, false};
	mn_put_eid(&key, id);
	return mn_reader_get(r->reader, MN_TAB_CARD, mn_buf_str(&key), NULL, NULL, err);
}

/* The first kin that only its own generation has. */
static int
first_alone(const struct mn_kin *k, const struct mn_report *other, struct mn_eid *out,
    struct mn_err *err)
{
	for (uint32_t i = 0; i < k->n; i++) {
		int has = mn_diff_has(other, k->eid[i], err);
		if (has < 0)
			return -1;
		*out = k->eid[i];
		if (has == 0)
			return 1;
	}
	return 0;
}

/* Of entities that only one generation has, two go on as one another when each is the
 * first of the other's kin. */
bool
mn_diff_partner(const struct mn_report *home, const struct mn_view *v,
    const struct mn_report *other, struct mn_arena scratch, struct mn_kin *kin,
    struct mn_eid *out, bool *found, struct mn_err *err)
{
	struct mn_kin back;
	struct mn_view w;
	struct mn_eid mine;
	*found = false;
	if (!mn_diff_kin(home, v, other, kin, err))
		return false;
	int alone = first_alone(kin, home, out, err);
	if (alone < 1)
		return alone == 0;
	if (!mn_view_load(other, *out, false, &scratch, &w, err) ||
	    !mn_diff_kin(other, &w, home, &back, err))
		return false;
	alone = first_alone(&back, other, &mine, err);
	*found = alone == 1 && mn_eid_cmp(mine, v->ent.id) == 0;
	return alone >= 0;
}

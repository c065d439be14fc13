/* Codes of the user's own checklists: what a finding with such a code speaks of. */
#include "manumit/text/fold.h"

#include "manumit/evidence/lens.h"
#include "manumit/model/evidence.h"

#include "own_codes.h"

#define SLOTS (2u * MN_MAX_OWN_CODES)
#define UNSPECIFIED MN_S("unspecified")

struct mn_own_codes
mn_own_codes_new(const struct mn_pack *pack)
{
	struct mn_own_codes x = {
	    .pack = pack, .root = mn_arena_new((size_t)1 << 30, NULL)};
	x.a = x.root;
	x.v = MN_NEW(&x.a, struct mn_own_code, MN_MAX_OWN_CODES);
	x.slot = MN_NEW(&x.a, uint32_t, SLOTS);
	return x;
}

/* The slot of a code, or the free one where it belongs. */
static uint32_t
slot_of(const struct mn_own_codes *x, struct mn_str folded)
{
	uint32_t i = (uint32_t)(mn_hash64(folded) % SLOTS);
	while (x->slot[i] && !mn_str_eq(x->v[x->slot[i] - 1].folded, folded))
		i = (i + 1) % SLOTS;
	return i;
}

static const struct mn_own_code *
find(const struct mn_own_codes *x, struct mn_str code)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(code, &b);
	uint32_t at = x->slot[slot_of(x, mn_buf_str(&b))];
	mn_buf_free(&b);
	return at ? &x->v[at - 1] : NULL;
}

static bool
is_ilo(struct mn_str indicator)
{
	return mn_indicator_parse(indicator) >= 0 ||
	       mn_str_eq_ascii(indicator, UNSPECIFIED);
}

/* An indicator of a lens pack, which says itself what it speaks of. */
static bool
is_lens(const struct mn_own_codes *x, struct mn_str code)
{
	uint32_t row;
	return mn_lens_find(x->pack, code, &row) == MN_LENS_IND;
}

static void
put(struct mn_own_codes *x, struct mn_own_code *v, const struct mn_record *rec)
{
	v->code = mn_arena_str(&x->a, rec->v[MN_F_OWN_CODE]);
	v->indicator = mn_arena_str(&x->a, rec->v[MN_F_INDICATOR]);
	v->strength = mn_arena_str(&x->a, rec->v[MN_F_STRENGTH]);
	v->description = mn_arena_str(&x->a, rec->v[MN_F_DESCRIPTION]);
}

/* S, M, W, unstated. */
static size_t
rank(struct mn_str strength)
{
	static const char ORDER[] = "SMW";
	return strength.n ? mn_str_find_byte(mn_str(ORDER, 3), strength.p[0]) : 3;
}

/* Of rows that disagree one is taken by what they say and not by their order, so that
 * another order of the table changes no card: an indicator before none, then the
 * stronger, then the lower indicator. */
static bool
goes_before(const struct mn_record *rec, const struct mn_own_code *v)
{
	const struct mn_str *r = rec->v;
	size_t a = rank(r[MN_F_STRENGTH]), b = rank(v->strength);
	int by_indicator = mn_str_cmp(r[MN_F_INDICATOR], v->indicator);
	if ((r[MN_F_INDICATOR].n == 0) != (v->indicator.n == 0))
		return v->indicator.n == 0;
	if (a != b)
		return a < b;
	if (by_indicator != 0)
		return by_indicator < 0;
	return mn_str_cmp(r[MN_F_DESCRIPTION], v->description) < 0;
}

enum mn_code
mn_own_codes_add(struct mn_own_codes *x, const struct mn_record *rec)
{
	bool nothing = rec->v[MN_F_INDICATOR].n == 0;
	if (!nothing && !is_ilo(rec->v[MN_F_INDICATOR]) &&
	    !is_lens(x, rec->v[MN_F_INDICATOR]))
		return MN_E_INDICATOR;
	if (mn_indicator_parse(rec->v[MN_F_OWN_CODE]) >= 0)
		return MN_E_CODE_TAKEN;
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(rec->v[MN_F_OWN_CODE], &b);
	uint32_t slot = slot_of(x, mn_buf_str(&b)), at = x->slot[slot];
	bool fresh = at == 0 && x->n < MN_MAX_OWN_CODES;
	if (fresh) {
		struct mn_own_code *v = &x->v[x->n++];
		v->folded = mn_arena_str(&x->a, mn_buf_str(&b));
		put(x, v, rec);
		x->slot[slot] = x->n;
	} else if (at && goes_before(rec, &x->v[at - 1])) {
		put(x, &x->v[at - 1], rec);
	}
	mn_buf_free(&b);
	return !fresh ? MN_E_CODE_TWICE : nothing ? MN_E_CODE_NOTHING : MN_E_NONE;
}

bool
mn_own_codes_apply(const struct mn_own_codes *x, struct mn_record *rec)
{
	if (is_ilo(rec->v[MN_F_INDICATOR]))
		return true;
	const struct mn_own_code *c = find(x, rec->v[MN_F_INDICATOR]);
	if (!c)
		return is_lens(x, rec->v[MN_F_INDICATOR]);
	rec->v[MN_F_OWN_CODE] = c->code;
	rec->v[MN_F_INDICATOR] = c->indicator.n ? c->indicator : UNSPECIFIED;
	if (rec->v[MN_F_STRENGTH].n == 0)
		rec->v[MN_F_STRENGTH] = c->strength;
	if (rec->v[MN_F_DESCRIPTION].n == 0)
		rec->v[MN_F_DESCRIPTION] = c->description;
	return true;
}

struct mn_str
mn_own_codes_nearest(const struct mn_own_codes *x, struct mn_str code)
{
	struct mn_arena a = x->a;
	uint32_t n = 0;
	struct mn_str *v =
	    MN_NEW(&a, struct mn_str, x->n + MN_INDICATORS + x->pack->n_lens_ind);
	for (uint32_t i = 0; i < x->n; i++)
		v[n++] = x->v[i].code;
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		v[n++] = mn_str_c(mn_indicator_code(i));
	for (uint32_t i = 0; i < x->pack->n_lens_ind; i++)
		v[n++] = x->pack->lens_ind[i].code;
	int at = mn_str_nearest(code, v, n);
	return at < 0 ? MN_STR_NONE : v[at];
}

void
mn_own_codes_free(struct mn_own_codes *x)
{
	mn_arena_free(x->root);
}

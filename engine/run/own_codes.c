/* Codes of the user's own checklists: what a finding with such a code speaks of. */
#include "manumit/evidence/lens.h"
#include "manumit/model/evidence.h"
#include "manumit/text/fold.h"

#include "own_codes.h"

#define UNSPECIFIED MN_S("unspecified")

struct mn_own_codes
mn_own_codes_new(const struct mn_pack *pack)
{
	struct mn_own_codes x = {.pack = pack, .known = mn_folded_new(MN_MAX_OWN_CODES)};
	x.v = MN_NEW(&x.known.a, struct mn_own_code, MN_MAX_OWN_CODES);
	return x;
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

/* The code of the indicator that is called so in the pack, as the sheet codes of the
 * template has it; empty: none is. */
static struct mn_str
by_name(const struct mn_own_codes *x, struct mn_str name)
{
	char room[2][256];
	struct mn_buf key = {room[0], 0, sizeof room[0], sizeof room[0], false};
	mn_fold_key(name, &key);
	for (uint32_t i = 0; i < x->pack->n_indicator; i++) {
		struct mn_buf b = {room[1], 0, sizeof room[1], sizeof room[1], false};
		mn_fold_key(x->pack->indicator[i].name, &b);
		if (b.n > 0 && mn_str_eq(mn_buf_str(&b), mn_buf_str(&key)))
			return x->pack->indicator[i].code;
	}
	return MN_STR_NONE;
}

static void
put(struct mn_own_codes *x, struct mn_own_code *v, const struct mn_record *rec)
{
	v->code = mn_arena_str(&x->known.a, rec->v[MN_F_OWN_CODE]);
	v->indicator = mn_arena_str(&x->known.a, rec->v[MN_F_INDICATOR]);
	v->strength = mn_arena_str(&x->known.a, rec->v[MN_F_STRENGTH]);
	v->description = mn_arena_str(&x->known.a, rec->v[MN_F_DESCRIPTION]);
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
mn_own_codes_add(struct mn_own_codes *x, struct mn_record *rec)
{
	struct mn_str named = by_name(x, rec->v[MN_F_INDICATOR]);
	if (named.n)
		rec->v[MN_F_INDICATOR] = named;
	bool nothing = rec->v[MN_F_INDICATOR].n == 0;
	if (!nothing && !is_ilo(rec->v[MN_F_INDICATOR]) &&
	    !is_lens(x, rec->v[MN_F_INDICATOR]))
		return MN_E_INDICATOR;
	if (mn_indicator_parse(rec->v[MN_F_OWN_CODE]) >= 0)
		return MN_E_CODE_TAKEN;
	bool fresh;
	int64_t at = mn_folded_add(&x->known, rec->v[MN_F_OWN_CODE], &fresh);
	if (at >= 0 && (fresh || goes_before(rec, &x->v[at])))
		put(x, &x->v[at], rec);
	return !fresh ? MN_E_CODE_TWICE : nothing ? MN_E_CODE_NOTHING : MN_E_NONE;
}

bool
mn_own_codes_apply(const struct mn_own_codes *x, struct mn_record *rec)
{
	if (is_ilo(rec->v[MN_F_INDICATOR]))
		return true;
	int64_t at = mn_folded_find(&x->known, rec->v[MN_F_INDICATOR]);
	if (at < 0) {
		struct mn_str named = by_name(x, rec->v[MN_F_INDICATOR]);
		if (named.n)
			rec->v[MN_F_INDICATOR] = named;
		return named.n || is_lens(x, rec->v[MN_F_INDICATOR]);
	}
	const struct mn_own_code *c = &x->v[at];
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
	struct mn_arena a = x->known.a;
	uint32_t n = 0;
	struct mn_str *v = MN_NEW(&a, struct mn_str,
	    x->known.n + MN_INDICATORS + x->pack->n_indicator + x->pack->n_lens_ind);
	for (uint32_t i = 0; i < x->known.n; i++)
		v[n++] = x->v[i].code;
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		v[n++] = mn_str_c(mn_indicator_code(i));
	for (uint32_t i = 0; i < x->pack->n_indicator; i++)
		v[n++] = x->pack->indicator[i].name;
	for (uint32_t i = 0; i < x->pack->n_lens_ind; i++)
		v[n++] = x->pack->lens_ind[i].code;
	int at = mn_str_nearest(code, v, n);
	return at < 0 ? MN_STR_NONE : v[at];
}

void
mn_own_codes_free(struct mn_own_codes *x)
{
	mn_folded_free(&x->known);
}

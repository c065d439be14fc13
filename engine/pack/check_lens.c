/* Rules between the rows of lenses: what evaluating one worker's answers relies on. */
#include "pack_impl.h"

static bool
fail_row(const struct mn_pbuild *b, enum mn_code code, unsigned section, uint32_t row,
    const char *key, const char *what, struct mn_err *err)
{
	struct mn_pplace at = mn_pplace_of(b, section, row, key);
	return mn_pfail(err, code, &at, "%s", what);
}

static const struct mn_p_lens_dim *
find_dim(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_lens_dim; i++)
		if (mn_str_eq(p->lens_dim[i].code, code))
			return &p->lens_dim[i];
	return NULL;
}

/* A dimension that is there and of another lens; one that is not there is a dangling
 * reference and told elsewhere. */
static bool
is_foreign(const struct mn_pack *p, struct mn_str dimension, struct mn_str lens)
{
	const struct mn_p_lens_dim *d = find_dim(p, dimension);
	return d && !mn_str_eq(d->lens, lens);
}

static bool
check_indicators(const struct mn_pbuild *b, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	if (p->n_lens_ind > MN_LENS_INDICATORS)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_lens_ind, MN_LENS_INDICATORS,
		    NULL, "more than 512 indicators of lenses", err);
	for (uint32_t i = 0; i < p->n_lens_ind; i++) {
		const struct mn_p_lens_ind *x = &p->lens_ind[i];
		if (is_foreign(p, x->dimension, x->lens))
			return fail_row(b, MN_E_PACK_REF, MN_PSEC_lens_ind, i,
			    "dimension", "a dimension of another lens", err);
		if (is_foreign(p, x->only_with, x->lens))
			return fail_row(b, MN_E_PACK_REF, MN_PSEC_lens_ind, i,
			    "only_with", "a dimension of another lens", err);
		if (mn_pack_strength(x->adult) == 0 && mn_pack_strength(x->child) == 0)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_lens_ind, i, "child",
			    "none for adults and for children: nobody is asked", err);
	}
	return true;
}
_Static_assert(MN_LENS_INDICATORS == 512, "a message above names the number");

static bool
check_rules(const struct mn_pbuild *b, struct mn_err *err)
{
	for (uint32_t i = 0; i < b->p.n_lens_rule; i++) {
		const struct mn_p_lens_rule *r = &b->p.lens_rule[i];
		if (r->strong + r->medium + r->weak + r->medium_or_weak + r->involuntary +
			r->penalty ==
		    0)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_lens_rule, i, NULL,
			    "asks for nothing: every worker would meet it", err);
	}
	return true;
}

static bool
check_case(const struct mn_pbuild *b, uint32_t i, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	const struct mn_p_lens_case *c = &p->lens_case[i];
	const struct {
		const char *key;
		struct mn_strs list;
	} PARTS[] = {{"all", c->all}, {"any", c->any}, {"none", c->none}};
	for (size_t k = 0; k < countof(PARTS); k++)
		for (uint32_t n = 0; n < PARTS[k].list.n; n++)
			if (is_foreign(p, PARTS[k].list.v[n], c->lens))
				return fail_row(b, MN_E_PACK_REF, MN_PSEC_lens_case, i,
				    PARTS[k].key, "a dimension of another lens", err);
	for (uint32_t k = 0; k < i; k++)
		if (p->lens_case[k].order == c->order &&
		    mn_str_eq(p->lens_case[k].lens, c->lens))
			return fail_row(b, MN_E_PACK_DUP, MN_PSEC_lens_case, i, "order",
			    "another case of the lens has it too", err);
	return true;
}

/* Does every worker get a case? The last one asks for nothing, or nothing but what the
 * ones before leave. That cannot be told from one row, so it is enough that there is one.
 */
static bool
check_lens(const struct mn_pbuild *b, uint32_t i, bool whole, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	struct mn_str code = p->lens[i].code;
	uint32_t dims = 0, rules = 0, cases = 0;
	for (uint32_t k = 0; k < p->n_lens_dim; k++)
		dims += mn_str_eq(p->lens_dim[k].lens, code);
	for (uint32_t k = 0; k < p->n_lens_rule; k++)
		rules += mn_str_eq(p->lens_rule[k].lens, code);
	for (uint32_t k = 0; k < p->n_lens_case; k++)
		cases += mn_str_eq(p->lens_case[k].lens, code);
	if (dims > MN_LENS_DIMS || cases > MN_LENS_CASES)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_lens, i, "code",
		    "has more than 8 dimensions or 16 cases", err);
	if (whole && (dims == 0 || rules == 0 || cases == 0))
		return fail_row(b, MN_E_PACK_MISSING, MN_PSEC_lens, i, "code",
		    "a lens needs dimensions, rules and cases", err);
	return true;
}
_Static_assert(
    MN_LENS_DIMS == 8 && MN_LENS_CASES == 16, "a message above names the numbers");

static bool
check_bands(const struct mn_pbuild *b, struct mn_err *err)
{
	for (uint32_t i = 0; i < b->p.n_survey_band; i++) {
		int64_t before = i ? b->p.survey_band[i - 1].share_q16 : -1;
		if (b->p.survey_band[i].share_q16 <= before)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_survey_band, i,
			    "share", "not above the row before", err);
	}
	if (b->p.n_survey_band && b->p.survey_band[0].share_q16 != 0)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_survey_band, 0, "share",
		    "the first band begins at 0", err);
	return true;
}

bool
mn_plens_check(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	if (b->p.n_lens > MN_MAX_LENSES)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_lens, MN_MAX_LENSES, NULL,
		    "more than 8 lenses", err);
	for (uint32_t i = 0; i < b->p.n_lens; i++)
		if (!check_lens(b, i, whole, err))
			return false;
	for (uint32_t i = 0; i < b->p.n_lens_case; i++)
		if (!check_case(b, i, err))
			return false;
	return check_indicators(b, err) && check_rules(b, err) && check_bands(b, err);
}
_Static_assert(MN_MAX_LENSES == 8, "a message above names the number");

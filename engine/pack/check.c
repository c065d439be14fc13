/* Rules between rows: the spine, the channels' limits, and what else scoring relies on.
 */
#include "manumit/base/fx.h"

#include "refs.h"

static bool
fail_row(const struct mn_pbuild *b, enum mn_code code, unsigned section, uint32_t row,
    const char *key, const char *what, struct mn_err *err)
{
	struct mn_pplace at = mn_pplace_of(b, section, row, key);
	return mn_pfail(err, code, &at, "%s", what);
}

/* value is outside lo..hi of its channel. */
static bool
fail_limits(const struct mn_pbuild *b, unsigned section, uint32_t row, int64_t v,
    const struct mn_p_channel *c, struct mn_err *err)
{
	char value[32], lo[32], hi[32];
	struct mn_pplace at = mn_pplace_of(b, section, row, "value");
	return mn_pfail(err, MN_E_PACK_RANGE, &at,
	    "%.*s is not within lo %.*s and hi %.*s of channel %.*s",
	    MN_FMT(mn_fx_print(v, 4, value)), MN_FMT(mn_fx_print(c->lo_q16, 4, lo)),
	    MN_FMT(mn_fx_print(c->hi_q16, 4, hi)), MN_FMT(c->code));
}

/* ---- the spine: rows whose codes and order are fixed ---- */

static bool
check_spine(const struct mn_pbuild *b, unsigned section, uint32_t want,
    const char *(*code_of)(unsigned i), bool whole, struct mn_err *err)
{
	uint32_t n;
	mn_prows(&b->p, section, &n);
	const char *key = mn_psection(section)->key;
	for (uint32_t i = 0; i < n; i++) {
		/* Both row structs begin with prov and code. */
		const struct mn_p_indicator *row = mn_prow(&b->p, section, i);
		const char *code = i < want ? code_of(i) : "nothing more";
		struct mn_pplace at = mn_pplace_of(b, section, i, "code");
		if (i >= want || !mn_str_eq(row->code, mn_str_c(code)))
			return mn_pfail(err, MN_E_PACK_RANGE, &at,
			    "\"%.*s\" where %s was expected: %s are %s to %s, all and in "
			    "this order",
			    MN_FMT(mn_pexcerpt(row->code)), code, key, code_of(0),
			    code_of(want - 1));
	}
	if (n < want && (n > 0 || whole))
		return mn_pfail_absent(b, section, code_of(n), err);
	return true;
}
_Static_assert(
    offsetof(struct mn_p_indicator, code) == offsetof(struct mn_p_channel, code),
    "check_spine reads both");

static bool
check_indicators(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	return check_spine(
	    b, MN_PSEC_indicator, MN_INDICATORS, mn_indicator_code, whole, err);
}

/* S, M and W, the stronger worth more. */
static bool
check_strengths(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	const struct mn_p_strength *of[4] = {NULL};
	for (uint32_t i = 0; i < b->p.n_strength; i++)
		of[mn_pack_strength(b->p.strength[i].code)] = &b->p.strength[i];
	if (!whole && b->p.n_strength == 0)
		return true;
	static const char *const CODE[] = {"none", "W", "M", "S"};
	for (int s = MN_STRONG; s >= MN_WEAK; s--)
		if (!of[s])
			return mn_pfail_absent(b, MN_PSEC_strength, CODE[s], err);
	for (int s = MN_WEAK; s < MN_STRONG; s++)
		if (of[s]->nats_q16 >= of[s + 1]->nats_q16)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_strength,
			    (uint32_t)(of[s] - b->p.strength), "nats",
			    "not below that of the next stronger: W < M < S", err);
	return true;
}

/* ---- source classes ---- */

static const struct mn_p_source_class *
class_of(const struct mn_pack *p, struct mn_str code)
{
	int i = mn_pack_source_class(p, code);
	return i < 0 ? NULL : &p->source_class[i];
}

static const char *
class_fault(const struct mn_pack *p, const struct mn_p_source_class *c, const char **key)
{
	const struct mn_p_source_class *other = class_of(p, c->else_class);
	*key = "kappa";
	if ((c->q_clear_q16 == 0) != (c->kappa_q16 == 0 && c->kappa_better_q16 == 0))
		return "kappa and q_clear: both zero (its silence clears nothing) or "
		       "neither";
	*key = "q_clear_supplier_paid";
	if (c->q_clear_supplier_paid_q16 > c->q_clear_q16)
		return "above q_clear: being paid by the checked party makes no check "
		       "better";
	*key = "kappa_better";
	if (c->kappa_better_q16 != 0 && c->kappa_better_q16 < c->kappa_q16)
		return "below kappa";
	*key = "kappa_better_if";
	if ((c->kappa_better_if.n > 0) != (c->kappa_better_q16 > c->kappa_q16))
		return "name it exactly when kappa_better is above kappa";
	*key = "else_class";
	if ((c->else_class.n > 0) != (c->min_asked > 0))
		return "name it exactly when min_asked is above 0";
	if (other && other->min_asked >= c->min_asked)
		return "must name a class that asks for fewer workers";
	return NULL;
}

static bool
check_classes(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	const struct mn_pack *p = &b->p;
	if (whole && p->n_source_class == 0)
		return mn_pfail_absent(b, MN_PSEC_source_class, "", err);
	if (p->n_source_class > UINT8_MAX) /* evidence rows keep 8 bits for it */
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_source_class, UINT8_MAX, NULL,
		    "more than 255 source classes", err);
	for (uint32_t i = 0; i < p->n_source_class; i++) {
		const char *key, *fault = class_fault(p, &p->source_class[i], &key);
		if (fault)
			return fail_row(
			    b, MN_E_PACK_RANGE, MN_PSEC_source_class, i, key, fault, err);
	}
	return true;
}

/* ---- channels ---- */

/* Country context is a prior only: alone it gives h <= 0.5 (engine/score/README.md). */
static bool
check_channels(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	if (!check_spine(b, MN_PSEC_channel, MN_CHANNELS, mn_channel_code, whole, err))
		return false;
	for (uint32_t i = 0; i < b->p.n_channel; i++) {
		const struct mn_p_channel *c = &b->p.channel[i];
		if (c->lo_q16 > c->mid_q16 || c->mid_q16 > c->hi_q16)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_channel, i, "mid",
			    "lo <= mid <= hi does not hold", err);
		if (i == 0 && c->weight_q16 > MN_FX_ONE / 2)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_channel, i, "weight",
			    "the weight of channel country is at most 0.5", err);
	}
	return true;
}

static bool
within(const struct mn_p_channel *c, int64_t v)
{
	return v >= c->lo_q16 && v <= c->hi_q16;
}

static const struct mn_p_channel *
channel_by_level(const struct mn_pack *p, struct mn_str level)
{
	for (unsigned i = 0; i < MN_CHANNELS; i++) {
		struct mn_str code = mn_str_c(mn_channel_code(i));
		if (mn_str_starts(level, code) && level.n > code.n &&
		    level.p[code.n] == '_')
			return &p->channel[i];
	}
	return NULL;
}

/* A level named <channel>_... is a value of that channel. */
static bool
check_levels(const struct mn_pbuild *b, struct mn_err *err)
{
	for (uint32_t i = 0; i < b->p.n_level; i++) {
		const struct mn_p_level *l = &b->p.level[i];
		const struct mn_p_channel *c = channel_by_level(&b->p, l->code);
		if (!c)
			return fail_row(b, MN_E_PACK_REF, MN_PSEC_level, i, "code",
			    "a level's code begins with a channel and '_'", err);
		if (!within(c, l->value_q16))
			return fail_limits(b, MN_PSEC_level, i, l->value_q16, c, err);
	}
	return true;
}

/* What stands for an unknown part is in order, so that the interval holds its middle. */
static bool
check_parts(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	(void)whole;
	for (uint32_t i = 0; i < b->p.n_context_part; i++) {
		const struct mn_p_context_part *c = &b->p.context_part[i];
		if (c->lo_q16 > c->mid_q16 || c->mid_q16 > c->hi_q16)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_context_part, i,
			    "mid", "lo <= mid <= hi does not hold", err);
	}
	return true;
}

/* Making a known channel unknown must never narrow the interval. */
static bool
check_values(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	(void)whole;
	const struct mn_pack *p = &b->p;
	if (p->n_channel != MN_CHANNELS)
		return true;
	for (uint32_t i = 0; i < p->n_sector; i++)
		if (!within(&p->channel[1], p->sector[i].value_q16))
			return fail_limits(b, MN_PSEC_sector, i, p->sector[i].value_q16,
			    &p->channel[1], err);
	for (uint32_t i = 0; i < p->n_good; i++)
		if (!within(&p->channel[2], p->good[i].value_q16))
			return fail_limits(b, MN_PSEC_good, i, p->good[i].value_q16,
			    &p->channel[2], err);
	return check_levels(b, err);
}

/* ---- ladders and bounds ---- */

static bool
check_scope(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	if (b->p.n_scope == 0)
		return !whole || mn_pfail_absent(b, MN_PSEC_scope, "", err);
	for (uint32_t i = 0; i < b->p.n_scope; i++) {
		int64_t from = b->p.scope[i].workers_from;
		if (i == 0 ? from != 0 : from <= b->p.scope[i - 1].workers_from)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_scope, i,
			    "workers_from",
			    i == 0 ? "the first row begins with 0"
				   : "not above the row before",
			    err);
		if (i > 0 && b->p.scope[i].value_q16 < b->p.scope[i - 1].value_q16)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_scope, i, "value",
			    "more workers, smaller value", err);
	}
	return true;
}

static bool
check_fee_bands(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	(void)whole;
	for (uint32_t i = 1; i < b->p.n_fee_band; i++)
		if (b->p.fee_band[i].months_q16 <= b->p.fee_band[i - 1].months_q16)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_fee_band, i, "months",
			    "not above the row before", err);
	return true;
}

static bool
check_fee_caps(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	(void)whole;
	if (b->p.n_fee_cap > MN_MAX_FEE_CAPS)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_fee_cap, MN_MAX_FEE_CAPS,
		    NULL, "more than 512 caps", err);
	for (uint32_t i = 0; i < b->p.n_fee_cap; i++) {
		const struct mn_p_fee_cap *c = &b->p.fee_cap[i];
		bool money = !mn_str_eq(c->basis, MN_S("months_wage"));
		if (money && c->currency.n != 3)
			return fail_row(b, MN_E_PACK_MISSING, MN_PSEC_fee_cap, i,
			    "currency", "an amount of money needs its ISO 4217 code",
			    err);
		if (c->from.n && c->to.n && mn_str_cmp(c->from, c->to) > 0)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_fee_cap, i, "to",
			    "before from", err);
	}
	return true;
}
_Static_assert(MN_MAX_FEE_CAPS == 512, "a message above names the number");

static bool
has_word(const struct mn_strs *words, struct mn_str w)
{
	for (uint32_t i = 0; i < words->n; i++)
		if (mn_str_eq(words->v[i], w))
			return true;
	return false;
}

/* A word that means two parties would let one pass for the other. */
static bool
check_parties(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	(void)whole;
	const struct mn_p_party *p = b->p.party;
	for (uint32_t i = 0; i < b->p.n_party; i++) {
		if (p[i].worker_sourced && p[i].checked_party)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_party, i,
			    "checked_party", "workers are not the party checked", err);
		for (uint32_t k = 0; k < p[i].words.n; k++)
			for (uint32_t o = 0; o < i; o++)
				if (has_word(&p[o].words, p[i].words.v[k]))
					return fail_row(b, MN_E_PACK_DUP, MN_PSEC_party,
					    i, "words", "a word of another party", err);
	}
	return true;
}

static bool
check_bounds(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	if (whole && b->p.n_cell == 0)
		return mn_pfail_absent(b, MN_PSEC_cell, "", err);
	if (b->p.n_gate > MN_MAX_GATES)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_gate, MN_MAX_GATES, NULL,
		    "more than 16 gates", err);
	if (b->p.n_gate_region > MN_MAX_GATES)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_gate_region, MN_MAX_GATES,
		    NULL, "more than 16 regions", err);
	if (b->p.n_gate_good > MN_MAX_GATE_GOODS)
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_gate_good, MN_MAX_GATE_GOODS,
		    NULL, "more goods than gates can tell apart", err);
	if (b->p.n_floor >= UINT8_MAX) /* a card keeps 8 bits: row plus 1 */
		return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_floor, UINT8_MAX - 1, NULL,
		    "more than 254 floors", err);
	for (uint32_t i = 0; i < b->p.n_gate; i++) {
		const struct mn_p_gate *g = &b->p.gate[i];
		if (g->in_force_from.n && g->in_force_to.n &&
		    mn_str_cmp(g->in_force_from, g->in_force_to) > 0)
			return fail_row(b, MN_E_PACK_RANGE, MN_PSEC_gate, i,
			    "in_force_to", "before in_force_from", err);
	}
	return true;
}
_Static_assert(MN_MAX_GATES == 16, "a message above names the number");

static bool
check_files(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	(void)whole;
	for (uint32_t i = 1; i < b->p.n_file; i++)
		for (uint32_t k = 0; k < i; k++)
			if (mn_str_eq(b->p.file[i].id, b->p.file[k].id)) {
				struct mn_pplace at = {b->path[i], NULL, 0, "pack", -1};
				return mn_pfail(err, MN_E_PACK_DUP, &at,
				    "\"%.*s\" is there already: %.*s",
				    MN_FMT(b->p.file[i].id), MN_FMT(b->path[k]));
			}
	return true;
}

static bool (*const CHECKS[])(
    const struct mn_pbuild *b, bool whole, struct mn_err *err) = {
    check_files,
    mn_pparam_check,
    check_strengths,
    check_indicators,
    check_classes,
    check_channels,
    check_values,
    check_parts,
    mn_pseries_check,
    check_scope,
    check_fee_bands,
    check_fee_caps,
    check_parties,
    check_bounds,
    mn_plens_check,
};

bool
mn_pcheck(
    const struct mn_pbuild *b, bool whole, struct mn_arena scratch, struct mn_err *err)
{
	struct mn_pnames names;
	if (!mn_pnames_build(&names, b, &scratch, err) ||
	    !mn_pnames_refs(&names, whole, err))
		return false;
	for (size_t i = 0; i < countof(CHECKS); i++)
		if (!CHECKS[i](b, whole, err))
			return false;
	return !whole || mn_pnames_needed(&names, err);
}

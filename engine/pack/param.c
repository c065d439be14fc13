/* The scoring constants: the one list of names that C and the packs share. */
#include "manumit/base/fx.h"

#include "pack_impl.h"

#define K(member) offsetof(struct mn_pack, k.member)

/* Ranges are those in which the formulas of scoring keep their properties: shares and
 * likelihoods within 0..1, an interval that contains its middle, decay that does not
 * grow. */
static const struct param {
	const char *code;
	size_t at;
	int64_t min, max;
} PARAMS[] = {
    {"A", K(A), MN_Q16(-16), 0},
    {"B", K(B), 0, MN_Q16(16)},
    {"alpha", K(alpha), MN_Q16(-16), 0},
    {"delta", K(delta), 0, MN_Q16(8)},
    {"class_cap", K(class_cap), MN_Q16(1), MN_Q16(16)},
    {"unknown_halflife_factor", K(unknown_halflife_factor), MN_Q16(1), MN_Q16(16)},
    {"c_floor", K(c_floor), 0, MN_Q16(1)},
    {"swing", K(swing), 0, MN_Q16(1)},
    {"severe_p", K(severe_p), 0, MN_Q16(1)},
    {"high_p", K(high_p), 0, MN_Q16(1)},
    {"elevated_p", K(elevated_p), 0, MN_Q16(1)},
    {"low_high", K(low_high), 0, MN_Q16(1)},
    {"low_c_all", K(low_c_all), 0, MN_Q16(1)},
    {"s_level_q", K(s_level_q), 0, MN_Q16(1)},
    {"attach_m", K(attach_m), 0, MN_Q16(1)},
    {"match_name_country", K(match_name_country), 0, MN_Q16(1)},
    {"match_name", K(match_name), 0, MN_Q16(1)},
    {"unknown_spend", K(unknown_spend), 0, MN_Q16(1000000)},
    {"min_cell_public", K(min_cell_public), MN_Q16(1), MN_Q16(10000)},
    {"min_cell_internal", K(min_cell_internal), MN_Q16(1), MN_Q16(10000)},
    {"min_cell_supplier", K(min_cell_supplier), MN_Q16(1), MN_Q16(10000)},
    {"min_cell_inspectorate", K(min_cell_inspectorate), MN_Q16(1), MN_Q16(10000)},
    {"round_copies", K(round_copies), MN_Q16(1), MN_Q16(1000)},
    {"round_internal", K(round_internal), MN_Q16(1), MN_Q16(1000)},
    {"small_site", K(small_site), 0, MN_Q16(1000000)},
};

/* Bands must not overlap, and less sure or less public must not get more. */
static const struct {
	const char *less, *more;
} ORDER[] = {
    {"low_high", "elevated_p"},
    {"elevated_p", "high_p"},
    {"high_p", "severe_p"},
    {"match_name", "match_name_country"},
    {"min_cell_internal", "min_cell_public"},
    {"min_cell_internal", "min_cell_supplier"},
    {"min_cell_internal", "min_cell_inspectorate"},
};

static const struct param *
find_param(struct mn_str code)
{
	for (size_t i = 0; i < countof(PARAMS); i++)
		if (mn_str_eq(code, mn_str_c(PARAMS[i].code)))
			return &PARAMS[i];
	return NULL;
}

static const struct mn_p_param *
find_row(const struct mn_pack *p, const char *code)
{
	for (uint32_t i = 0; i < p->n_param; i++)
		if (mn_str_eq(p->param[i].code, mn_str_c(code)))
			return &p->param[i];
	return NULL;
}

static bool
check_row(const struct mn_pbuild *b, uint32_t i, struct mn_err *err)
{
	const struct mn_p_param *row = &b->p.param[i];
	const struct param *par = find_param(row->code);
	if (par) {
		char v[32], lo[32], hi[32];
		const struct mn_pfield f = {.shape = MN_PS_Q16};
		struct mn_pplace at = mn_pplace_of(b, MN_PSEC_param, i, "value");
		if (row->value_q16 >= par->min && row->value_q16 <= par->max)
			return true;
		return mn_pfail(err, MN_E_PACK_RANGE, &at,
		    "%s: %.*s is not within %.*s to %.*s", par->code,
		    MN_FMT(mn_pnumber_text(&f, row->value_q16, v)),
		    MN_FMT(mn_pnumber_text(&f, par->min, lo)),
		    MN_FMT(mn_pnumber_text(&f, par->max, hi)));
	}
	struct mn_str known[countof(PARAMS)];
	for (size_t k = 0; k < countof(PARAMS); k++)
		known[k] = mn_str_c(PARAMS[k].code);
	struct mn_pplace at = mn_pplace_of(b, MN_PSEC_param, i, "code");
	int near = mn_str_nearest(row->code, known, countof(known));
	return mn_pfail(err, MN_E_PACK_REF, &at, "\"%.*s\" is no scoring constant%s%s%s",
	    MN_FMT(mn_pexcerpt(row->code)), near < 0 ? "" : "; did you mean \"",
	    near < 0 ? "" : PARAMS[near].code, near < 0 ? "" : "\"?");
}

static bool
check_order(const struct mn_pbuild *b, struct mn_err *err)
{
	for (size_t i = 0; i < countof(ORDER); i++) {
		const struct mn_p_param *less = find_row(&b->p, ORDER[i].less);
		const struct mn_p_param *more = find_row(&b->p, ORDER[i].more);
		if (!less || !more || less->value_q16 <= more->value_q16)
			continue;
		struct mn_pplace at = mn_pplace_of(
		    b, MN_PSEC_param, (uint32_t)(less - b->p.param), "value");
		char v[32], w[32];
		return mn_pfail(err, MN_E_PACK_RANGE, &at, "%s %.*s is above %s %.*s",
		    ORDER[i].less, MN_FMT(mn_fx_print(less->value_q16, 4, v)),
		    ORDER[i].more, MN_FMT(mn_fx_print(more->value_q16, 4, w)));
	}
	return true;
}

bool
mn_pparam_check(const struct mn_pbuild *b, bool whole, struct mn_err *err)
{
	for (uint32_t i = 0; i < b->p.n_param; i++)
		if (!check_row(b, i, err))
			return false;
	for (size_t i = 0; whole && i < countof(PARAMS); i++)
		if (!find_row(&b->p, PARAMS[i].code))
			return mn_pfail_absent(b, MN_PSEC_param, PARAMS[i].code, err);
	return check_order(b, err);
}

void
mn_pparam_fill(struct mn_pack *p)
{
	for (size_t i = 0; i < countof(PARAMS); i++) {
		const struct mn_p_param *row = find_row(p, PARAMS[i].code);
		if (row)
			memcpy((char *)p + PARAMS[i].at, &row->value_q16,
			    sizeof row->value_q16);
	}
	for (uint32_t i = 0; i < p->n_strength; i++) {
		int s = mn_pack_strength(p->strength[i].code);
		if (s > 0)
			p->strength_q16[s] = p->strength[i].nats_q16;
	}
}

int64_t
mn_pack_min_cell(const struct mn_pack *p, enum mn_audience audience)
{
	const int64_t least[MN_AUDIENCES] = {[MN_AUD_INTERNAL] = p->k.min_cell_internal,
	    [MN_AUD_SUPPLIER] = p->k.min_cell_supplier,
	    [MN_AUD_PUBLIC] = p->k.min_cell_public,
	    [MN_AUD_INSPECTORATE] = p->k.min_cell_inspectorate};
	return least[audience] >> 16;
}

uint32_t
mn_pack_min_cells(
    const struct mn_pack *p, enum mn_audience audience, int64_t out[MN_AUDIENCES])
{
	int64_t own = mn_pack_min_cell(p, audience), last = 0;
	uint32_t n = 0;
	while (last < own) {
		int64_t next = own;
		for (unsigned a = 0; a < MN_AUDIENCES; a++) {
			int64_t least = mn_pack_min_cell(p, (enum mn_audience)a);
			next = least > last && least < next ? least : next;
		}
		out[n++] = last = next;
	}
	return n;
}

bool
mn_pack_workers_voice(const struct mn_pack *p, int source_class)
{
	return source_class >= 0 && (uint32_t)source_class < p->n_source_class &&
	       (p->source_class[source_class].worker_sourced ||
		   p->source_class[source_class].confidential);
}

bool
mn_pack_small_site(const struct mn_pack *p, const struct mn_record *entity)
{
	int64_t workers;
	return !mn_record_count(entity, MN_F_WORKERS, &workers) ||
	       workers <= p->k.small_site >> 16;
}

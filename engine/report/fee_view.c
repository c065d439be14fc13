/* Fee aggregates of an entity: loading, and what may be shown of them. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "coarse.h"
#include "fee_view.h"

bool
mn_fee_load(const struct mn_report *r, struct mn_eid who, struct mn_arena *a,
    struct mn_fee_stat **out, uint32_t *n, struct mn_err *err)
{
	char raw[16];
	struct mn_buf b = {raw, 0, sizeof raw, sizeof raw, false};
	mn_put_eid(&b, who);
	struct mn_str eid = mn_buf_str(&b), key, body, pos;
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_FEE, eid, err);
	uint32_t cap = 8;
	struct mn_fee_stat *list = MN_NEW(a, struct mn_fee_stat, cap);
	int more = scan ? 1 : -1;
	*n = 0;
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1 &&
	       mn_str_starts(key, eid) && *n < MN_MAX_EVIDENCE) {
		if (*n == cap) {
			struct mn_fee_stat *bigger =
			    MN_NEW(a, struct mn_fee_stat, 2 * (size_t)cap);
			memcpy(bigger, list, cap * sizeof *list);
			list = bigger;
			cap *= 2;
		}
		if (!mn_fee_decode(key, body, pos, &list[(*n)++], err))
			more = -1;
	}
	mn_scan_close(scan);
	*out = list;
	return more >= 0;
}

bool
mn_view_fees(const struct mn_report *r, struct mn_eid who, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err)
{
	struct mn_fee_stat *fee;
	uint32_t employer = 0;
	if (!mn_fee_load(r, who, a, &fee, &v->n_fee, err))
		return false;
	v->fee = fee;
	v->fee_shown = NULL;
	if (v->n_fee == 0)
		return true;
	/* In key order: those of the employer come first. */
	while (employer < v->n_fee && fee[employer].scope != MN_FEE_SERVED)
		employer++;
	/* Whom a recruiter serves besides is the affair of others. */
	if (!mn_view_shows(r, MN_SHOW_PORTFOLIO))
		v->n_fee = employer;
	int64_t least[MN_AUDIENCES];
	uint32_t n_least = mn_pack_min_cells(r->pack, r->audience, least);
	bool *shown = MN_NEW(a, bool, v->n_fee);
	uint64_t *money = MN_NEW(a, uint64_t, v->n_fee);
	struct mn_arena scratch = *a;
	const bool *of_rows =
	    mn_fee_shown_of_employer(fee, employer, least, n_least, &scratch);
	memcpy(shown, of_rows, employer * sizeof *shown);
	memcpy(money,
	    mn_fee_money_of_employer(fee, employer, of_rows, least, n_least, &scratch),
	    employer * sizeof *money);
	for (uint32_t i = employer; i < v->n_fee; i++)
		if (!mn_fee_served_shown(r, &fee[i], scratch, &shown[i], &money[i], err))
			return false;
	v->fee_shown = shown;
	v->fee_money = money;
	v->fee_exact = fee;
	if (!mn_view_coarse(r))
		return true;
	fee = MN_NEW(a, struct mn_fee_stat, v->n_fee + 1);
	memcpy(fee, v->fee, v->n_fee * sizeof *fee);
	for (uint32_t i = 0; i < v->n_fee; i++)
		mn_fee_coarsen(r, &fee[i], a);
	v->fee = fee;
	return true;
}

/* ---- words ---- */

const struct mn_fee_stat *
mn_fee_next(const struct mn_view *v, enum mn_fee_scope scope, uint32_t *at, bool *shown)
{
	while (*at < v->n_fee) {
		uint32_t i = (*at)++;
		if (v->fee[i].scope != scope)
			continue;
		*shown = v->fee_shown[i];
		return &v->fee[i];
	}
	return NULL;
}

bool
mn_fee_amount_shown(const struct mn_view *v, uint32_t i, uint32_t place)
{
	return place < 64 && (v->fee_money[i] >> place & 1);
}

bool
mn_fee_amounts(const struct mn_view *v, const struct mn_fee_stat *f, size_t *at,
    uint32_t *place, struct mn_fee_money *m)
{
	while (mn_fee_money_next(f, at, m))
		if (mn_fee_amount_shown(v, (uint32_t)(f - v->fee), (*place)++))
			return true;
	return false;
}

bool
mn_fee_class_shown(const struct mn_fee_money *m, unsigned class, int64_t least)
{
	int64_t n = m->class_workers[class], rest = (int64_t)m->payers - n;
	return n == 0 || (n >= least && (rest <= 0 || rest >= least));
}

struct mn_str
mn_fee_corridor(const struct mn_fee_stat *f, struct mn_arena *a)
{
	return mn_arena_fmt(a, "%s to %s", f->origin[0] ? f->origin : "?",
	    f->destination[0] ? f->destination : "?");
}

struct mn_str
mn_fee_party(const struct mn_fee_stat *f)
{
	return f->party.n ? f->party : MN_S("recruiter not named");
}

struct mn_str
mn_fee_amount(int64_t e4, const char *currency, struct mn_arena *a)
{
	return mn_arena_fmt(a, "%lld.%02lld %s", (long long)(e4 / 10000),
	    (long long)(e4 % 10000 / 100),
	    currency[0] ? currency : "(currency not stated)");
}

const char *
mn_fee_scope_name(unsigned scope)
{
	static const char *const NAME[] = {"", "entity", "recruiter", "corridor",
	    "recruiter_and_corridor", "employer_served"};
	return scope < countof(NAME) ? NAME[scope] : "";
}

const char *
mn_fee_measure_name(unsigned measure)
{
	static const char *const NAME[MN_FEE_MEASURES] = {
	    "cost_months", "net_months", "net_months_of_wage_paid", "months_to_clear"};
	return measure < MN_FEE_MEASURES ? NAME[measure] : "";
}

struct mn_str
mn_fee_months_text(int64_t q16, struct mn_arena *a)
{
	char text[32];
	if (q16 >= MN_FEE_NEVER << 16)
		return MN_S("never");
	return mn_arena_str(a, mn_fx_print(q16, 1, text));
}

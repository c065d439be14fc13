/* Fee aggregates of an entity: loading, and what may be shown of them. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "fee_view.h"

static bool
load(const struct mn_report *r, struct mn_eid who, struct mn_arena *a,
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

/* ---- what may be shown ---- */

/* People whom the numbers of a row are about. */
static uint32_t
people(const struct mn_fee_stat *f)
{
	return f->payers ? f->payers : f->workers;
}

static bool
one_corridor(const struct mn_fee_stat *a, const struct mn_fee_stat *b)
{
	return memcmp(a->origin, b->origin, sizeof a->origin) == 0 &&
	       memcmp(a->destination, b->destination, sizeof a->destination) == 0;
}

struct hiding {
	const struct mn_fee_stat *fee;
	uint32_t n;
	struct mn_small_sum *sum;
	uint32_t n_sum;
	struct mn_arena *a;
};

/* The sum of row `total` over rows from..to, or over those of them of its corridor. */
static void
add_sum(struct hiding *h, uint32_t total, uint32_t from, uint32_t to, bool corridor)
{
	uint32_t n = 0, *part;
	for (uint32_t i = from; i < to; i++)
		n += !corridor || one_corridor(&h->fee[total], &h->fee[i]);
	part = MN_NEW(h->a, uint32_t, n + 1);
	n = 0;
	for (uint32_t i = from; i < to; i++)
		if (!corridor || one_corridor(&h->fee[total], &h->fee[i]))
			part[n++] = i;
	h->sum[h->n_sum++] = (struct mn_small_sum){total, part, n};
}

static bool *
all_true(uint32_t n, struct mn_arena *a)
{
	bool *v = MN_NEW(a, bool, n + 1);
	for (uint32_t i = 0; i < n; i++)
		v[i] = true;
	return v;
}

/* An employer's rows: every margin is a sum of those by recruiter and corridor. They
 * stand in the order of scopes, those by recruiter in the order of recruiters. */
static bool *
shown_of_employer(
    const struct mn_fee_stat *fee, uint32_t n, int64_t least, struct mn_arena *a)
{
	bool *shown = all_true(n, a);
	struct mn_arena scratch = *a;
	uint32_t *workers = MN_NEW(&scratch, uint32_t, n + 1), begin[MN_FEE_SERVED + 1];
	struct hiding h = {
	    fee, n, MN_NEW(&scratch, struct mn_small_sum, n + 4), 0, &scratch};
	for (unsigned s = 0; s <= MN_FEE_SERVED; s++)
		for (begin[s] = 0; begin[s] < n && fee[begin[s]].scope < s;)
			begin[s]++;
	for (uint32_t i = 0; i < n; i++)
		workers[i] = people(&fee[i]);
	for (uint32_t i = begin[MN_FEE_ENTITY]; i < begin[MN_FEE_RECRUITER]; i++)
		for (unsigned s = MN_FEE_RECRUITER; s < MN_FEE_SERVED; s++)
			add_sum(&h, i, begin[s], begin[s + 1], false);
	uint32_t at = begin[MN_FEE_PAIR], end;
	for (uint32_t i = begin[MN_FEE_RECRUITER]; i < begin[MN_FEE_CORRIDOR]; i++) {
		for (end = at; end < begin[MN_FEE_SERVED] &&
			       mn_str_eq(fee[end].party_key, fee[i].party_key);)
			end++;
		add_sum(&h, i, at, end, false);
		at = end;
	}
	for (uint32_t i = begin[MN_FEE_CORRIDOR]; i < begin[MN_FEE_PAIR]; i++)
		add_sum(&h, i, begin[MN_FEE_PAIR], begin[MN_FEE_SERVED], true);
	mn_small_hide(workers, n, h.sum, h.n_sum, least, shown);
	return shown;
}

/* The place of a currency among a row's amounts, and who paid in it; -1: nobody. */
static int
place_of(const struct mn_fee_stat *f, const char *currency, uint32_t *payers)
{
	struct mn_fee_money m;
	int place = 0;
	*payers = 0;
	for (size_t at = 0; mn_fee_money_next(f, &at, &m); place++)
		if (memcmp(m.currency, currency, 4) == 0) {
			*payers = m.payers;
			return place;
		}
	return -1;
}

/* Amounts in one currency are a sum of those by recruiter and corridor, too. */
static void
show_currency(const struct mn_fee_stat *fee, uint32_t n, const bool *row, int64_t least,
    const char *currency, struct mn_arena a, uint64_t *mask)
{
	uint32_t *payers = MN_NEW(&a, uint32_t, n + 1),
		 *part = MN_NEW(&a, uint32_t, n + 1);
	struct mn_small_sum sum = {0, part, 0};
	bool *shown = all_true(n, &a);
	for (uint32_t i = 0; i < n; i++) {
		int place = place_of(&fee[i], currency, &payers[i]);
		bool whole = fee[i].scope == MN_FEE_ENTITY;
		shown[i] = row[i] && place >= 0 && place < 64;
		if (whole)
			sum.total = i;
		else if (fee[i].scope == MN_FEE_PAIR && place >= 0)
			part[sum.n++] = i;
	}
	mn_small_hide(payers, n, &sum, 1, least, shown);
	for (uint32_t i = 0; i < n; i++) {
		int place = place_of(&fee[i], currency, &payers[i]);
		/* Margins have no amounts of their own in any output. */
		bool told = fee[i].scope == MN_FEE_ENTITY || fee[i].scope == MN_FEE_PAIR;
		if (shown[i] && told && place >= 0)
			mask[i] |= (uint64_t)1 << place;
	}
}

static uint64_t *
money_of_employer(const struct mn_fee_stat *fee, uint32_t n, const bool *shown,
    int64_t least, struct mn_arena *a)
{
	uint64_t *mask = MN_NEW(a, uint64_t, n + 1);
	struct mn_fee_money m;
	if (n && fee[0].scope == MN_FEE_ENTITY)
		for (size_t at = 0; mn_fee_money_next(&fee[0], &at, &m);)
			show_currency(fee, n, shown, least, m.currency, *a, mask);
	return mask;
}

/* Of an agent, who has no row of his own at the employer. */
static uint64_t
money_of_few(const struct mn_fee_stat *f, int64_t least)
{
	struct mn_fee_money m;
	uint64_t mask = 0;
	unsigned place = 0;
	for (size_t at = 0; mn_fee_money_next(f, &at, &m) && place < 64; place++)
		if ((int64_t)m.payers >= least)
			mask |= (uint64_t)1 << place;
	return mask;
}

/* What a recruiter's card says of an employer must not give away what the employer's own
 * withholds: not where that row is withheld there, nor where the rest of a shown number
 * would be few people. */
static bool
served_shown(const struct mn_report *r, const struct mn_fee_stat *f, struct mn_arena a,
    bool *shown, uint64_t *money, struct mn_err *err)
{
	struct mn_fee_stat *fee;
	uint32_t n;
	int64_t least = mn_view_min_cell(r), own = people(f);
	if (!load(r, f->party_id, &a, &fee, &n, err))
		return false;
	const bool *there = shown_of_employer(fee, n, least, &a);
	const uint64_t *amounts = money_of_employer(fee, n, there, least, &a);
	*shown = own >= least;
	*money = money_of_few(f, least);
	for (uint32_t i = 0; i < n && *shown; i++) {
		int64_t rest = (int64_t)people(&fee[i]) - own;
		bool same = fee[i].scope == MN_FEE_PAIR &&
			    mn_eid_cmp(fee[i].party_id, f->who) == 0 &&
			    one_corridor(&fee[i], f);
		if (same ? !there[i] : there[i] && rest > 0 && rest < least)
			*shown = false;
		if (same)
			*money &= amounts[i];
	}
	if (!*shown)
		*money = 0;
	return true;
}

bool
mn_view_fees(const struct mn_report *r, struct mn_eid who, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err)
{
	struct mn_fee_stat *fee;
	uint32_t employer = 0;
	if (!load(r, who, a, &fee, &v->n_fee, err))
		return false;
	v->fee = fee;
	v->fee_shown = NULL;
	if (v->n_fee == 0)
		return true;
	/* In key order: those of the employer come first. */
	while (employer < v->n_fee && fee[employer].scope != MN_FEE_SERVED)
		employer++;
	int64_t least = mn_view_min_cell(r);
	bool *shown = MN_NEW(a, bool, v->n_fee);
	uint64_t *money = MN_NEW(a, uint64_t, v->n_fee);
	struct mn_arena scratch = *a;
	const bool *of_rows = shown_of_employer(fee, employer, least, &scratch);
	memcpy(shown, of_rows, employer * sizeof *shown);
	memcpy(money, money_of_employer(fee, employer, of_rows, least, &scratch),
	    employer * sizeof *money);
	for (uint32_t i = employer; i < v->n_fee; i++)
		if (!served_shown(r, &fee[i], scratch, &shown[i], &money[i], err))
			return false;
	v->fee_shown = shown;
	v->fee_money = money;
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
mn_fee_amounts(const struct mn_view *v, const struct mn_fee_stat *f, size_t *at,
    uint32_t *place, struct mn_fee_money *m)
{
	uint64_t mask = v->fee_money[f - v->fee];
	while (mn_fee_money_next(f, at, m)) {
		uint32_t i = (*place)++;
		if (i < 64 && (mask >> i & 1))
			return true;
	}
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

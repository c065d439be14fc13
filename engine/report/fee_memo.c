/*
 * What may be shown of a recruiter's row about an employer hangs on all rows of that
 * employer. With a recruiter a worker each would read and weigh them all again, so what
 * they come to is kept: per employer, the verdict on each pair of recruiter and corridor,
 * and the sizes of the rows that are shown. Employers with many rows stay, small ones
 * give way.
 */
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "fee_view.h"

#define SLOTS 4096u

struct verdict {
	struct mn_eid party;
	char origin[3], destination[3];
	bool there;
	uint32_t people;
	uint64_t amounts;
};

struct slot {
	struct mn_eid who;
	uint32_t n_pair, n_shown;
	struct mn_buf data; /* struct verdict by party, then sizes in ascending order */
	uint8_t audience;
	bool used;
};

struct mn_fee_memo {
	struct slot slot[SLOTS];
	size_t bytes;
};

struct mn_fee_memo *
mn_fee_memo_new(struct mn_arena *a)
{
	return MN_NEW(a, struct mn_fee_memo, 1);
}

void
mn_fee_memo_free(struct mn_fee_memo *m)
{
	for (size_t i = 0; m && i < SLOTS; i++)
		if (m->slot[i].used)
			mn_buf_free(&m->slot[i].data);
}

static int
by_party(const void *pa, const void *pb, const void *ctx)
{
	const struct verdict *a = pa, *b = pb;
	(void)ctx;
	int c = mn_eid_cmp(a->party, b->party);
	c = c ? c : memcmp(a->origin, b->origin, sizeof a->origin);
	c = c ? c : memcmp(a->destination, b->destination, sizeof a->destination);
	return c;
}

static int
by_size(const void *pa, const void *pb, const void *ctx)
{
	const uint32_t *a = pa, *b = pb;
	(void)ctx;
	return (*a > *b) - (*a < *b);
}

/* People whom the numbers of a row are about. */
static uint32_t
people(const struct mn_fee_stat *f)
{
	return f->payers ? f->payers : f->workers;
}

/* Reads the employer's rows and puts what they come to into a slot that is empty. */
static bool
weigh(const struct mn_report *r, struct mn_eid who, struct mn_arena a, struct slot *s,
    struct mn_err *err)
{
	struct mn_fee_stat *fee;
	uint32_t n;
	int64_t cell[MN_AUDIENCES];
	uint32_t n_cell = mn_pack_min_cells(r->pack, r->audience, cell);
	if (!mn_fee_load(r, who, &a, &fee, &n, err))
		return false;
	const bool *there = mn_fee_shown_of_employer(fee, n, cell, n_cell, &a);
	const uint64_t *amounts =
	    mn_fee_money_of_employer(fee, n, there, cell, n_cell, &a);
	struct verdict *pair = MN_NEW(&a, struct verdict, n + 1);
	uint32_t *size = MN_NEW(&a, uint32_t, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		if (there[i])
			size[s->n_shown++] = people(&fee[i]);
		if (fee[i].scope != MN_FEE_PAIR)
			continue;
		struct verdict *v = &pair[s->n_pair++];
		*v = (struct verdict){.party = fee[i].party_id,
		    .there = there[i],
		    .people = people(&fee[i]),
		    .amounts = amounts[i]};
		memcpy(v->origin, fee[i].origin, sizeof v->origin);
		memcpy(v->destination, fee[i].destination, sizeof v->destination);
	}
	mn_sort(pair, s->n_pair, sizeof *pair, by_party, NULL, a);
	mn_sort(size, s->n_shown, sizeof *size, by_size, NULL, a);
	s->who = who;
	s->audience = (uint8_t)r->audience;
	s->used = true;
	s->data = mn_buf_new(MN_FEE_MEMO_BYTES);
	mn_buf_add(&s->data, mn_str((const char *)pair, s->n_pair * sizeof *pair));
	mn_buf_add(&s->data, mn_str((const char *)size, s->n_shown * sizeof *size));
	return !s->data.failed || mn_fail(err, MN_E_NOMEM, "fee rows of one employer");
}

static uint32_t
rows(const struct slot *s)
{
	return s->used ? s->n_pair + s->n_shown : 0;
}

/* Keeps what was weighed, unless what lies there cost more. */
static struct slot *
keep(struct mn_fee_memo *m, struct slot *home, struct slot *fresh)
{
	size_t old = home->used ? home->data.n : 0;
	if (!m || rows(home) > rows(fresh) ||
	    m->bytes - old + fresh->data.n > MN_FEE_MEMO_BYTES)
		return fresh;
	if (home->used)
		mn_buf_free(&home->data);
	m->bytes = m->bytes - old + fresh->data.n;
	*home = *fresh;
	fresh->used = false;
	return home;
}

/* Rows of the ascending list that are below. */
static uint32_t
below(const uint32_t *size, uint32_t n, int64_t bound)
{
	uint32_t lo = 0, hi = n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if ((int64_t)size[mid] < bound)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static uint32_t
first_pair(const struct verdict *v, uint32_t n, const struct verdict *key)
{
	uint32_t lo = 0, hi = n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (by_party(&v[mid], key, NULL) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* What a recruiter's card says of an employer must not give away what the employer's own
 * withholds: not where that row is withheld there, nor where the rest of a shown number
 * would be few people. */
static bool
judge(const struct slot *s, const struct mn_fee_stat *f, int64_t least, uint64_t *money)
{
	const struct verdict *v = (const void *)s->data.p;
	const uint32_t *size = (const void *)(v + s->n_pair);
	int64_t own = people(f);
	struct verdict key = {.party = f->who};
	memcpy(key.origin, f->origin, sizeof key.origin);
	memcpy(key.destination, f->destination, sizeof key.destination);
	uint32_t few =
	    below(size, s->n_shown, own + least) - below(size, s->n_shown, own + 1);
	for (uint32_t i = first_pair(v, s->n_pair, &key);
	     i < s->n_pair && by_party(&v[i], &key, NULL) == 0; i++) {
		int64_t rest = (int64_t)v[i].people - own;
		if (!v[i].there)
			return false;
		few -= rest > 0 && rest < least; /* it is this row, not another */
		*money &= v[i].amounts;
	}
	return own >= least && few == 0;
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

bool
mn_fee_served_shown(const struct mn_report *r, const struct mn_fee_stat *f,
    struct mn_arena a, bool *shown, uint64_t *money, struct mn_err *err)
{
	int64_t least = mn_view_min_cell(r);
	struct slot none = {.used = false}, fresh = {.used = false};
	struct slot *home =
	    r->fee_memo ? &r->fee_memo->slot[(f->party_id.lo ^ f->party_id.hi) % SLOTS]
			: &none;
	const struct slot *s = home;
	if (!home->used || mn_eid_cmp(home->who, f->party_id) != 0 ||
	    home->audience != r->audience) {
		if (!weigh(r, f->party_id, a, &fresh, err)) {
			if (fresh.used)
				mn_buf_free(&fresh.data);
			return false;
		}
		s = keep(r->fee_memo, home, &fresh);
	}
	*money = money_of_few(f, least);
	*shown = judge(s, f, least, money);
	if (!*shown)
		*money = 0;
	if (fresh.used)
		mn_buf_free(&fresh.data);
	return true;
}

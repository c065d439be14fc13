/*
 * Gates of a case: what was compared, which entries of lists the entity met, and what its
 * own row says, through the functions that the evidence stage uses.
 *
 *   compared with=G-WRO,G-LISTA stale=G-UFLPA     lists that feed gates, fresh or too old
 *   listed gate=G-WRO basis=name decided=same good= country= intervals= ...
 */
#ifndef MN_TEST_CASE_GATE_H
#define MN_TEST_CASE_GATE_H

#include "case_file.h"

#include "manumit/evidence/evidence.h"
#include "manumit/evidence/orders.h"
#include "manumit/evidence/standing.h"

#define CASE_GATE_FACTS 48

struct case_gates {
	bool on;
	struct mn_gate_ground ground[MN_MAX_GATES];
	struct mn_str why[MN_MAX_GATES];
	struct mn_gate_fact fact[CASE_GATE_FACTS];
	unsigned n;
	struct {
		struct mn_record rec;
		struct mn_str gate, basis, decided;
	} listed[CASE_GATE_FACTS];
	unsigned n_listed;
};

CASE int
case_gate_of(const struct mn_pack *p, struct mn_str code)
{
	return mn_pack_gate(p, code);
}

/* False: no such gate. */
CASE bool
case_gates_compared(
    struct case_gates *g, const struct mn_pack *p, struct mn_str codes, bool stale)
{
	g->on = true;
	for (struct mn_str rest = codes; rest.p && rest.n;) {
		int gate = mn_pack_gate(p, mn_str_cut(&rest, ','));
		if (gate < 0)
			return false;
		g->ground[gate].lists = true;
		if (stale)
			g->ground[gate].stale = MN_S("the list is too old");
	}
	return true;
}

static void
case_gate_put(struct case_gates *g, const struct mn_gate_fact *f)
{
	if (g->n < CASE_GATE_FACTS)
		g->fact[g->n++] = *f;
}

static uint8_t
case_basis(struct mn_str s)
{
	for (unsigned b = 0; b <= MN_BASIS_IDENTIFIER; b++)
		if (case_is(s, mn_basis_name(b)))
			return (uint8_t)b;
	return MN_BASIS_NAME;
}

/* As entry_met of the stage does it: dates, basis, decision, number, limit. */
static void
case_gate_listed(struct case_gates *g, unsigned i, const struct mn_pack *p,
    const struct mn_goods *goods, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a)
{
	const struct mn_record *rec = &g->listed[i].rec;
	const struct mn_key subject = {1, 1}, entry = {2, 2}, print = {3, 3};
	struct mn_made made = {.origins = MN_STR_NONE};
	struct mn_str decided = g->listed[i].decided;
	struct mn_decision d = {.kind = MN_PAIR_LIST,
	    .same = case_is(decided, "same"),
	    .subject = subject,
	    .entry = entry,
	    .print = print,
	    .on = as_of,
	    .expires = MN_DAY_NONE};
	const struct mn_decisions all = {&d, decided.n ? 1 : 0, as_of};
	const struct mn_pair_keys pair = {&subject, &entry, 1, 1, print};
	struct mn_gate_fact f = {.gate = (uint8_t)mn_pack_gate(p, g->listed[i].gate),
	    .basis = case_basis(g->listed[i].basis),
	    .good = rec->v[MN_F_GOOD]};
	enum mn_gate_status dates =
	    mn_gate_dates(rec, as_of, &f.listed_day, &f.ended_day);
	if (p->gate[f.gate].licences && dates == MN_GATE_HIT)
		dates = mn_licence_listed(rec, as_of);
	f.status = (uint8_t)dates;
	if (dates == MN_GATE_HIT && f.basis != MN_BASIS_IDENTIFIER)
		f.status = MN_GATE_POSSIBLE;
	mn_gate_decide(&f, dates, &all, &pair);
	if (p->gate[f.gate].licences)
		mn_licence_number(rec, &e->rec, dates, a, &f);
	mn_made_add(goods, &e->rec, a, &made);
	mn_gate_limit(goods, rec, &made, a, &f);
	g->ground[f.gate].lists = true;
	case_gate_put(g, &f);
}

/* Fills the statuses. */
CASE void
case_gates_make(struct case_gates *g, const struct mn_pack *p, const struct mn_entity *e,
    int32_t as_of, struct mn_arena *a, uint8_t status[MN_MAX_GATES])
{
	const struct mn_goods *goods = mn_goods_new(p, a);
	const struct mn_regions *regions = mn_regions_new(p, a);
	struct mn_gate_fact found[MN_REGION_FACTS], order[MN_ORDER_FACTS], licence;
	struct mn_gate_ground packs[MN_MAX_GATES];
	mn_gate_grounds(p, NULL, 0, as_of, a, packs);
	for (unsigned i = 0; i < g->n_listed; i++)
		case_gate_listed(g, i, p, goods, e, as_of, a);
	size_t n = mn_regions_of(regions, &e->rec, as_of, a, found);
	size_t n_order = mn_orders_of(goods, p, &e->rec, found, n, as_of, a, order);
	for (size_t i = 0; i < n; i++)
		case_gate_put(g, &found[i]);
	for (size_t i = 0; i < n_order; i++)
		case_gate_put(g, &order[i]);
	if (mn_gate_licence(p, e, as_of, a, &licence))
		case_gate_put(g, &licence);
	for (uint32_t i = 0; i < p->n_gate; i++) {
		packs[i].lists = g->ground[i].lists;
		packs[i].stale = g->ground[i].stale;
		status[i] =
		    (uint8_t)mn_gate_standing(p, i, &packs[i], e, as_of, a, &g->why[i]);
	}
	for (unsigned i = 0; i < g->n; i++)
		status[g->fact[i].gate] =
		    mn_gate_raise(status[g->fact[i].gate], &g->fact[i]);
}

/* Does the gate say these words, in the reason of its status or in one of its facts? */
CASE bool
case_gate_says(const struct case_gates *g, int gate, struct mn_str words)
{
	if (mn_str_find(g->why[gate], words) != SIZE_MAX)
		return true;
	for (unsigned i = 0; i < g->n; i++) {
		const struct mn_gate_fact *f = &g->fact[i];
		const struct mn_str said[] = {
		    f->why, f->fits, f->reason, f->entry, mn_str_c(mn_fit_name(f->fit))};
		for (size_t k = 0; f->gate == gate && k < countof(said); k++)
			if (said[k].n && mn_str_find(said[k], words) != SIZE_MAX)
				return true;
	}
	return false;
}

#endif

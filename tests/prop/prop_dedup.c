/*
 * Properties of de-duplication over generated supplier lists: rows in another order, on
 * other lines, give the same entities and the same digest; no entity carries a
 * contradiction that a guard forbids. Deterministic: a fixed seed. Words are drawn from
 * few, with slips, so that chains, ties, twins and conflicts are common.
 */
#include "../unit/dedup_fixture.h"

#include "rng.h"

#define CASES 40
#define MOST 60 /* rows of a case */

static const char *const BRAND[] = {
    "Vellmore", "Quandry", "Nordhalvik", "Kestrelmoor", "Brightwell", "Thistlemere"};
static const char *const WORD[] = {"Textiles", "Garments", "Group", "Unit 1", "Unit 2",
    "Dhaka", "Chattogram", "Trading", ""};
static const char *const FORM[] = {"Ltd", "Limited", "Co., Ltd.", "GmbH", ""};
static const char *const COUNTRY[] = {"BD", "BD", "BD", "DE", ""};
static const char *const CITY[] = {"", "", "Dhaka", "Gazipur"};
static const char *const ADDRESS[] = {"", "Plot 12 Mirpur Road", "Plot 12, Mirpur Rd",
    "Plot 90 Mirpur Road", "House 4, Elm Street"};
static const char *const LEI[] = {"5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"};
#define PICK(list) (list[below(r, (unsigned)countof(list))])

/* A letter doubled, dropped, or swapped with the next one. */
static void
slip(struct rng *r, char *word)
{
	size_t n = strlen(word), at = 1 + below(r, (unsigned)n - 2);
	char c = word[at];
	switch (below(r, 3)) {
	case 0:
		memmove(word + at + 1, word + at, n - at + 1);
		break;
	case 1:
		memmove(word + at, word + at + 1, n - at);
		break;
	default:
		word[at] = word[at + 1];
		word[at + 1] = c;
	}
}

static struct mn_str
any_name(struct rng *r, struct mn_arena *a)
{
	char one[32], two[32];
	snprintf(one, sizeof one, "%s", PICK(BRAND));
	snprintf(two, sizeof two, "%s", chance(r, 60) ? PICK(BRAND) : "Larkspur");
	if (chance(r, 40))
		slip(r, one);
	if (chance(r, 20))
		slip(r, two);
	return mn_arena_fmt(a, "%s %s %s %s", one, two, PICK(WORD), PICK(FORM));
}

static struct mn_record
any_row(struct rng *r, struct mn_arena *a)
{
	struct mn_record rec = {.kind = MN_K_SUPPLIERS};
	rec.v[MN_F_NAME] = mn_str_trim(any_name(r, a));
	rec.v[MN_F_COUNTRY] = mn_str_c(PICK(COUNTRY));
	rec.v[MN_F_CITY] = mn_str_c(PICK(CITY));
	rec.v[MN_F_ADDRESS] = mn_str_c(PICK(ADDRESS));
	if (chance(r, 30))
		rec.v[MN_F_ID] = mn_arena_fmt(a, "S%u", below(r, 20));
	if (chance(r, 8))
		rec.v[MN_F_LEI] = mn_str_c(PICK(LEI));
	if (chance(r, 15))
		rec.v[MN_F_TAX_ID] = mn_arena_fmt(a, "9%u", below(r, 4));
	return rec;
}

struct outcome {
	char digest[MN_HEX256_CHARS + 1];
	uint64_t united, refused;
};

/* Runs rows in the order given; eid: by the number of the row in the case. */
static void
run(struct dedup_fix *f, const struct mn_record *row, const uint32_t *order, uint32_t n,
    uint32_t gap, struct mn_eid *eid, struct outcome *out)
{
	struct mn_err err = MN_ERR_NONE;
	dd_begin(f);
	for (uint32_t i = 0; i < n; i++) {
		dd_add(f, row[order[i]]);
		f->row[i].rid = mn_rid_make(gap > 1 && i > n / 2, 2 + i * gap);
	}
	dd_run(f);
	for (uint32_t i = 0; i < n; i++)
		eid[order[i]] = f->eid[i];
	dd_ok(mn_gen_digest(f->gen, out->digest, &err), err);
	out->united = f->noted[MN_E_MERGED_SPELLING];
	out->refused = f->noted[MN_E_REFUSED_UNION];
}

static uint32_t
any_rows(struct rng *r, struct mn_record *row, struct mn_arena *a)
{
	uint32_t n = 2 + below(r, MOST - 2);
	for (uint32_t i = 0; i < n; i++)
		row[i] = i && chance(r, 8) ? row[below(r, i)] : any_row(r, a);
	return n;
}

static void
shuffle(struct rng *r, uint32_t *order, uint32_t n)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = below(r, i), t = order[i - 1];
		order[i - 1] = order[k];
		order[k] = t;
	}
}

static void
order_says_nothing(void **state)
{
	struct dedup_fix *f = *state;
	struct rng r = {11};
	uint64_t united = 0, refused = 0;
	for (unsigned c = 0; c < CASES; c++) {
		struct mn_arena a = f->a;
		struct mn_record row[MOST];
		struct mn_eid one[MOST], two[MOST];
		struct outcome x, y;
		uint32_t order[MOST], n = any_rows(&r, row, &a);
		f->a = a;
		for (uint32_t i = 0; i < n; i++)
			order[i] = i;
		run(f, row, order, n, 1, one, &x);
		dd_end(f);
		shuffle(&r, order, n);
		run(f, row, order, n, 3, two, &y);
		dd_end(f);
		for (uint32_t i = 0; i < n; i++)
			if (mn_eid_cmp(one[i], two[i]) != 0)
				fail_msg("case %u: row %u \"%.*s\" is another entity", c,
				    i, MN_FMT(row[i].v[MN_F_NAME]));
		assert_string_equal(x.digest, y.digest);
		assert_int_equal(x.united, y.united);
		assert_int_equal(x.refused, y.refused);
		united += x.united;
		refused += x.refused;
	}
	/* The generator meets what it is for. */
	assert_true(united >= CASES / 2 && refused >= CASES / 2);
}

static bool
differ(const struct mn_record *a, const struct mn_record *b, enum mn_field f)
{
	return a->v[f].n && b->v[f].n && !mn_str_eq(a->v[f], b->v[f]);
}

/* Without identifiers that unite by themselves, nothing in one entity contradicts. */
static void
entities_are_free_of_contradictions(void **state)
{
	struct dedup_fix *f = *state;
	struct rng r = {12};
	for (unsigned c = 0; c < CASES; c++) {
		struct mn_arena a = f->a;
		struct mn_record row[MOST];
		struct mn_eid eid[MOST];
		struct outcome x;
		uint32_t order[MOST], n = any_rows(&r, row, &a);
		f->a = a;
		for (uint32_t i = 0; i < n; i++) {
			order[i] = i;
			row[i].v[MN_F_ID] = row[i].v[MN_F_TAX_ID] = MN_STR_NONE;
		}
		run(f, row, order, n, 1, eid, &x);
		dd_end(f);
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t k = 0; k < i; k++) {
				if (mn_eid_cmp(eid[i], eid[k]) != 0)
					continue;
				assert_false(differ(&row[i], &row[k], MN_F_LEI));
				if (!row[i].v[MN_F_LEI].n && !row[k].v[MN_F_LEI].n)
					assert_false(
					    differ(&row[i], &row[k], MN_F_COUNTRY));
			}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(order_says_nothing),
	    cmocka_unit_test(entities_are_free_of_contradictions),
	};
	return cmocka_run_group_tests(tests, dedup_setup, dedup_teardown);
}

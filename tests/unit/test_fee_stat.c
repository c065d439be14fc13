/* Fee aggregates as they are stored: whole, or refused. */
#include "packs.h"

#include "manumit/model/fee.h"

struct stored {
	struct mn_buf key, body, pos;
};

static struct mn_fee_money
money(const char *currency, int64_t owed)
{
	struct mn_fee_money m = {.payers = 7,
	    .owed_workers = 6,
	    .class_workers = {7, 0, 1, 2, 3},
	    .by_class_e4 = {10, 20, 30, 40, 50},
	    .paid_e4 = 100,
	    .back_e4 = 100 - owed,
	    .owed_e4 = owed};
	memcpy(m.currency, currency, 4);
	return m;
}

static struct stored
store(void)
{
	struct mn_buf amounts = mn_buf_new(4096);
	struct mn_fee_money a = money("NPR", 60), b = money("QAR", 0);
	mn_fee_money_add(&amounts, &a);
	mn_fee_money_add(&amounts, &b);
	struct mn_fee_stat f = {.who = {1, 2},
	    .scope = MN_FEE_PAIR,
	    .party = MN_S("Invented Recruiter"),
	    .party_id = {3, 4},
	    .origin = "NP",
	    .destination = "QA",
	    .workers = 9,
	    .payers = 7,
	    .over_cap = 5,
	    .condition = {1, 2, 3},
	    .dist = {[MN_FEE_NET] = {7, 6, 5, 4, 100, 200, 300}},
	    .n_money = 2,
	    .money = mn_buf_str(&amounts),
	    .rid = 77};
	struct stored s = {mn_buf_new(4096), mn_buf_new(4096), mn_buf_new(64)};
	mn_fee_sort_key(&f, MN_S("invented recruiter"), &s.key);
	mn_fee_encode(&f, &s.body, &s.pos);
	mn_buf_free(&amounts);
	return s;
}

static void
forget(struct stored *s)
{
	mn_buf_free(&s->key);
	mn_buf_free(&s->body);
	mn_buf_free(&s->pos);
}

static bool
read(const struct stored *s, size_t bytes, struct mn_fee_stat *f)
{
	struct mn_err err = MN_ERR_NONE;
	return mn_fee_decode(mn_buf_str(&s->key),
	    mn_str_sub(mn_buf_str(&s->body), 0, bytes), mn_buf_str(&s->pos), f, &err);
}

static void
what_was_stored_is_read(void **state)
{
	struct stored s = store();
	struct mn_fee_stat f;
	struct mn_fee_money m;
	size_t at = 0;
	(void)state;
	assert_true(read(&s, s.body.n, &f));
	assert_true(f.scope == MN_FEE_PAIR && f.workers == 9 && f.over_cap == 5);
	assert_true(mn_str_eq(f.party_key, MN_S("invented recruiter")));
	assert_string_equal(f.destination, "QA");
	assert_true(f.condition[2] == 3 && f.dist[MN_FEE_NET].q3_q16 == 300);
	/* What the ledger of repayments walks: owed by currency. */
	assert_true(mn_fee_money_next(&f, &at, &m));
	assert_string_equal(m.currency, "NPR");
	assert_true(m.owed_e4 == 60 && m.owed_workers == 6 && m.class_workers[4] == 3);
	assert_true(mn_fee_money_next(&f, &at, &m));
	assert_true(m.owed_e4 == 0);
	assert_false(mn_fee_money_next(&f, &at, &m));
	forget(&s);
}

static void
what_is_damaged_is_refused(void **state)
{
	struct stored s = store();
	struct mn_fee_stat f;
	(void)state;
	for (size_t n = 0; n < s.body.n; n++)
		assert_false(read(&s, n, &f));
	for (size_t i = 0; i < s.body.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			s.body.p[i] = (char)(s.body.p[i] ^ 1 << bit);
			size_t at = 0;
			struct mn_fee_money m;
			if (read(&s, s.body.n, &f))
				while (mn_fee_money_next(&f, &at, &m))
					continue;
			s.body.p[i] = (char)(s.body.p[i] ^ 1 << bit);
		}
	forget(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_stored_is_read),
	    cmocka_unit_test(what_is_damaged_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* results.jsonl, read back. */
#include "gen_fixture.h"
#include "schema.h"

#define MAX_LINES 8

struct lines {
	struct mn_json *v[MAX_LINES];
	size_t n;
	struct mn_str text;
};

static struct lines
render(struct gen_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	struct lines l = {0};
	gf_ok(mn_report_results(&f->r, f->dir, &err), err);
	l.text = gen_fix_read(f, "results.jsonl");
	for (struct mn_str rest = l.text; rest.n;) {
		assert_true(l.n < MAX_LINES);
		struct mn_str line = mn_str_cut(&rest, '\n');
		l.v[l.n] = mn_json_parse(line, "results.jsonl", &err);
		gf_ok(l.v[l.n], err);
		l.n++;
	}
	return l;
}

static void
forget(struct lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		mn_json_free(l->v[i]);
}

static const struct mn_json *
at(const struct mn_json *v, const char *a, const char *b)
{
	v = mn_json_get(v, a);
	return b ? mn_json_get(v, b) : v;
}

static void
is_text(const struct mn_json *v, const char *want)
{
	struct mn_str s;
	assert_true(mn_json_str(v, &s));
	if (!mn_str_eq(s, mn_str_c(want)))
		fail_msg("%.*s is not %s", MN_FMT(s), want);
}

static void
is_near(const struct mn_json *v, int64_t q16)
{
	int64_t got;
	assert_true(mn_json_q16(v, &got));
	assert_in_range(got - q16 + 4, 0, 8); /* four decimals: 65536 / 20000 */
}

static void
every_line_keeps_the_shipped_schema(void **state)
{
	struct lines l = render(*state);
	struct mn_json *schema = schema_load("results");
	assert_int_equal(l.n, 5);
	for (size_t i = 0; i < l.n; i++)
		schema_assert(schema, l.v[i]);
	mn_json_free(schema);
	forget(&l);
}

static void
a_finding_says_how_it_was_checked_and_answered(void **state)
{
	struct lines l = render(*state);
	static const char *const SAID[] = {"unannounced\":true", "offsite\":true",
	    "supplier_paid\":true", "supplier_response\":\"we do not think so\""};
	for (size_t i = 0; i < countof(SAID); i++)
		assert_true(mn_str_find(l.text, mn_str_c(SAID[i])) != SIZE_MAX);
	forget(&l);
}

static void
header_and_trailer_frame_the_records(void **state)
{
	struct gen_fix *f = *state;
	struct lines l = render(f);
	struct mn_sha256 h;
	char hex[MN_HEX256_CHARS + 1];
	int64_t n;
	struct mn_str before = l.text;
	is_text(at(l.v[0], "type", NULL), "header");
	is_text(at(l.v[0], "digest", NULL), f->r.digest);
	is_text(at(l.v[4], "type", NULL), "trailer");
	assert_true(mn_json_int(at(l.v[4], "entities", NULL), &n));
	assert_int_equal(n, 3);
	before.n = mn_str_find(l.text, MN_S("{\"type\":\"trailer\""));
	mn_sha256_init(&h);
	mn_sha256_add(&h, before);
	mn_sha256_hex(&h, hex);
	is_text(at(l.v[4], "sha256", NULL), hex);
	forget(&l);
}

static void
records_stand_in_the_order_of_names(void **state)
{
	struct lines l = render(*state);
	is_text(at(l.v[1], "name", NULL), "Amberfen Gloves Ltd");
	is_text(at(l.v[2], "name", NULL), "=Birchlea(1)");
	is_text(at(l.v[3], "name", NULL), GF_LONG);
	is_text(mn_json_at(at(l.v[1], "source_ids", NULL), 0), "S-1");
	assert_int_equal(mn_json_count(at(l.v[3], "source_ids", NULL)), 1);
	is_text(at(l.v[3], "country", NULL), "");
	forget(&l);
}

static void
rows_taken_for_one_are_listed(void **state)
{
	struct gen_fix *f = *state;
	struct lines l = render(f);
	const struct mn_json *members = at(l.v[3], "members", NULL);
	const struct mn_json *refused = at(l.v[3], "refused", NULL);
	char hex[33];
	int64_t row;
	assert_int_equal(mn_json_count(at(l.v[1], "members", NULL)), 0);
	assert_int_equal(mn_json_count(members), 2);
	is_text(mn_json_at(at(l.v[3], "source_ids", NULL), 0), "S-9");
	is_text(at(mn_json_at(members, 1), "source_id", NULL), "S-9");
	is_text(at(mn_json_at(members, 1), "name", NULL), "Cinderwald <Orchards>");
	is_text(at(mn_json_at(members, 1), "file", NULL), "suppliers.csv");
	is_near(at(mn_json_at(members, 1), "probability", NULL), MN_Q16(.875));
	assert_true(mn_json_int(at(mn_json_at(members, 1), "row", NULL), &row));
	assert_int_equal(row, 6);
	assert_int_equal(mn_json_count(refused), 1);
	mn_eid_hex(GF_B, hex);
	is_text(at(mn_json_at(refused, 0), "id", NULL), hex);
	is_text(at(mn_json_at(refused, 0), "source_id", NULL), "S-2");
	is_text(at(mn_json_at(refused, 0), "reason", NULL), "another town; birchlea");
	forget(&l);
}

static void
numbers_are_those_of_the_card(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct lines l = render(f);
	struct mn_view v;
	gf_ok(mn_view_load(&f->r, GF_A, false, &f->a, &v, &err), err);
	is_text(at(l.v[1], "band", NULL), mn_band_name(v.card.band));
	is_near(at(l.v[1], "likelihood", NULL), v.card.p_q16);
	is_near(mn_json_at(at(l.v[1], "interval", NULL), 0), v.card.low_q16);
	is_near(mn_json_at(at(l.v[1], "interval", NULL), 1), v.card.high_q16);
	is_near(at(l.v[1], "completeness", "all"), v.card.c_all_q16);
	is_near(at(l.v[1], "severity", NULL), v.card.severity_q16);
	is_near(at(l.v[1], "priority", NULL), v.card.priority_q16);
	forget(&l);
}

static void
an_indicator_has_its_own_likelihood(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct lines l = render(f);
	struct mn_view v;
	int64_t low, p, high;
	gf_ok(mn_view_load(&f->r, GF_A, false, &f->a, &v, &err), err);
	const struct mn_json *i07 = at(l.v[1], "indicators", "I07");
	is_text(at(i07, "state", NULL), "adverse");
	is_near(at(i07, "p", NULL), mn_fx_expm1n(v.card.ind[6].s_q16));
	assert_true(mn_json_q16(mn_json_at(at(i07, "interval", NULL), 0), &low));
	assert_true(mn_json_q16(at(i07, "p", NULL), &p));
	assert_true(mn_json_q16(mn_json_at(at(i07, "interval", NULL), 1), &high));
	assert_true(low < p && p < high);
	is_text(at(at(l.v[1], "indicators", "I03"), "state", NULL), "clear");
	is_text(at(at(l.v[1], "indicators", "I01"), "state", NULL), "unknown");
	is_near(at(at(l.v[1], "indicators", "I01"), "p", NULL), 0);
	forget(&l);
}

static void
contributions_cite_their_rows(void **state)
{
	struct lines l = render(*state);
	const struct mn_json *rows =
	    at(at(l.v[1], "indicators", "I07"), "contributions", NULL);
	const struct mn_json *first = mn_json_at(rows, 0), *second = mn_json_at(rows, 1);
	bool used;
	int64_t line;
	assert_int_equal(mn_json_count(rows), 3);
	is_text(at(first, "file", NULL), "findings.csv");
	is_text(at(first, "column", NULL), "Indicator");
	assert_true(mn_json_int(at(first, "row", NULL), &line));
	assert_int_equal(line, 2);
	assert_true(mn_json_bool(at(first, "used", NULL), &used) && used);
	/* The same root again counts for nothing. */
	assert_true(mn_json_bool(at(second, "used", NULL), &used) && !used);
	is_near(at(second, "share", NULL), 0);
	rows = at(at(l.v[1], "indicators", "unspecified"), "contributions", NULL);
	assert_int_equal(mn_json_count(rows), 1);
	is_near(at(mn_json_at(rows, 0), "share", NULL), 0);
	forget(&l);
}

static void
gates_are_all_there_and_persons_stay_unnamed(void **state)
{
	struct gen_fix *f = *state;
	struct lines l = render(f);
	const struct mn_json *gates = at(l.v[2], "gates", NULL);
	bool met = false;
	/* One more: an entry that is told and does not count leaves its gate a row. */
	assert_int_equal(mn_json_count(gates), f->r.pack->n_gate + 1);
	for (size_t i = 0; i < mn_json_count(gates); i++) {
		const struct mn_json *g = mn_json_at(gates, i);
		struct mn_str code;
		mn_json_str(at(g, "code", NULL), &code);
		if (!mn_str_eq(code, MN_S("G-OWN")))
			continue;
		met = true;
		is_text(at(g, "status", NULL), "possible");
		is_text(at(g, "basis", NULL), "name and country");
		is_text(at(g, "entry", NULL), "");
		is_text(at(g, "file", NULL), "list.csv");
		is_text(at(g, "citation", NULL), "Gazette 1");
		assert_int_equal(mn_json_count(at(g, "path", NULL)), 0);
	}
	assert_true(met);
	assert_int_equal(mn_json_count(at(l.v[2], "matches", NULL)), 1);
	forget(&l);
}

static const struct mn_json *
fee_of(const struct lines *l, size_t i)
{
	const struct mn_json *fees = at(l->v[1], "fees", NULL);
	assert_int_equal(mn_json_count(fees), 3);
	return mn_json_at(fees, i);
}

static void
small_groups_of_workers_are_withheld(void **state)
{
	struct lines l = render(*state);
	int64_t n;
	const struct mn_json *all = fee_of(&l, 0), *large = fee_of(&l, 1);
	const struct mn_json *small = fee_of(&l, 2);
	assert_true(mn_json_int(at(large, "workers", NULL), &n));
	assert_int_equal(n, 20);
	const struct mn_json *amount = mn_json_at(at(large, "amounts", NULL), 0);
	is_text(at(amount, "to_be_repaid", NULL), "1000.00");
	is_text(at(amount, "currency", NULL), "NPR");
	/* All of them paid: saying so would say it of each. */
	assert_int_equal(mn_json_type(at(large, "paid", NULL)), MN_JSON_NULL);
	assert_int_equal(mn_json_type(at(large, "assessable", NULL)), MN_JSON_NULL);
	is_near(at(large, "net_months", "median"), MN_Q16(2.5));
	is_text(at(small, "recruiter", NULL), "Small Corridor Agency");
	assert_null(at(small, "workers", NULL));
	assert_null(at(small, "amounts", NULL));
	assert_null(at(small, "net_months", NULL));
	/* The sum less the large group would be the small one. */
	assert_null(at(all, "workers", NULL));
	assert_null(at(all, "amounts", NULL));
	forget(&l);
}

static void
rendering_twice_gives_the_same_bytes(void **state)
{
	struct lines l = render(*state), again = render(*state);
	assert_true(mn_str_eq(l.text, again.text));
	forget(&l);
	forget(&again);
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(every_line_keeps_the_shipped_schema),
	    TEST(a_finding_says_how_it_was_checked_and_answered),
	    TEST(header_and_trailer_frame_the_records),
	    TEST(records_stand_in_the_order_of_names),
	    TEST(rows_taken_for_one_are_listed),
	    TEST(numbers_are_those_of_the_card),
	    TEST(an_indicator_has_its_own_likelihood),
	    TEST(contributions_cite_their_rows),
	    TEST(gates_are_all_there_and_persons_stay_unnamed),
	    TEST(small_groups_of_workers_are_withheld),
	    TEST(rendering_twice_gives_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

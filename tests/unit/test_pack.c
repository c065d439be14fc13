/* Packs that are right: what is read, that a store gives it back, and the look-ups. */
#include "pack_fix.h"

#ifndef MN_SOURCE_DIR
#define MN_SOURCE_DIR "."
#endif

static void
rows_hold_what_the_file_says(void **state)
{
	const struct mn_pack *p = fix_load(*state);
	assert_int_equal(p->n_file, 5);
	assert_text(p->file[0].id, "ilo");
	assert_text(p->file[0].file, "a-indicators.json");
	assert_text(p->file[0].note, "small");
	assert_text(p->file[3].kind, "violations");
	assert_int_equal(p->n_indicator, 11);
	assert_text(p->indicator[8].name, "Debt bondage");
	assert_int_equal(p->indicator[8].omega_q16, MN_FX_ONE);
	assert_int_equal(p->indicator[8].halflife_months, 24);
	assert_int_equal(p->indicator[8].irremediability_q16, MN_FX_ONE / 4);
	assert_true(p->indicator[8].prov.verified);
	assert_text(p->indicator[8].prov.source, "test");
	assert_int_equal(p->source_class[1].kappa_better_q16, MN_Q16(0.3));
	assert_text(p->source_class[1].kappa_better_if, "unannounced");
	assert_true(p->source_class[1].unannounced);
	assert_true(p->source_class[2].worker_sourced);
	assert_int_equal(p->source_class[2].min_asked, 30);
	assert_text(p->source_class[2].else_class, "survey_small");
	assert_int_equal(p->cell[1].halflife_months, 36);
	assert_int_equal(p->floor[0].classes.n, 2);
	assert_text(p->floor[0].classes.v[1], "inspectorate");
	assert_text(p->gate[0].countries.v[0], "BR");
	assert_false(p->gate[0].legal);
	assert_true(p->gate[0].natural_persons);
	assert_int_equal(p->gate[0].prov.pack, 1);
	assert_text(p->sector[0].words.v[1], "v\xe1\xba\xa3i");
	assert_int_equal(p->fee_band[1].months_q16, MN_Q16(6));
	assert_true(p->fee_category[0].employer_pays);
}

static void
constants_are_resolved(void **state)
{
	const struct mn_pack *p = fix_load(*state);
	assert_int_equal(p->k.A, MN_Q16(-4));
	assert_int_equal(p->k.B, MN_Q16(3.2));
	assert_int_equal(p->k.alpha, MN_Q16(-3.5));
	assert_int_equal(p->k.unknown_halflife_factor, MN_Q16(2));
	assert_int_equal(p->k.elevated_p, MN_Q16(0.12));
	assert_int_equal(p->k.min_cell_public, MN_Q16(11));
	assert_int_equal(p->k.min_cell_internal, MN_Q16(5));
	assert_int_equal(p->strength_q16[MN_STRENGTH_NONE], 0);
	assert_int_equal(p->strength_q16[MN_WEAK], MN_Q16(0.8));
	assert_int_equal(p->strength_q16[MN_MEDIUM], MN_Q16(2));
	assert_int_equal(p->strength_q16[MN_STRONG], MN_Q16(4));
}

static void
absent_optional_keys_are_empty(void **state)
{
	const struct mn_pack *p = fix_load(*state);
	assert_int_equal(p->source_class[0].q_clear_supplier_paid_q16, 0);
	assert_int_equal(p->source_class[0].else_class.n, 0);
	assert_false(p->source_class[0].worker_sourced);
	assert_int_equal(p->indicator[0].definition.n, 0);
	assert_int_equal(p->cell[0].halflife_months, 0);
	assert_int_equal(p->gate[0].in_force_to.n, 0);
	assert_int_equal(p->country[0].raw.n, 0);
	assert_int_equal(p->violation[0].statute.n, 0);
}

static void
hash_is_of_the_bytes_of_the_file(void **state)
{
	struct pack_fix *f = *state;
	const struct mn_pack *p = fix_load(f);
	char path[512], hex[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	struct mn_err err;
	snprintf(path, sizeof path, "%s/%s", f->dir, PACK_FILES[2].name);
	assert_true(mn_file_sha256(path, hex, &bytes, &err));
	assert_string_equal(p->file[2].sha256, hex);
}

static void
other_files_of_the_directory_are_let_be(void **state)
{
	struct pack_fix *f = *state;
	fix_write(f, "README.md", "x", 1);
	fix_write(f, ".hidden.json", "x", 1);
	assert_int_equal(fix_load(f)->n_file, 5);
}

static void
rows_of_several_files_follow_each_other(void **state)
{
	/* given a second violations pack that refers to the first one's authority */
	static const char MORE[] =
	    HEAD_OF("more", "violations") "\"violations\":[{\"authority\":\"US-WHD\","
					  "\"violation\":\"AA\",\"indicator\":\"I11\","
					  "\"strength\":\"W\",\"text\":\"overtime\"" SV
					  "]}";
	struct pack_fix *f = *state;
	fix_write(f, "z-more.json", MORE, sizeof MORE - 1);
	/* when all is loaded */
	const struct mn_pack *p = fix_load(f);
	/* then rows are sorted over both, each with its file */
	assert_int_equal(p->n_violation, 4);
	assert_text(p->violation[0].authority, "US-WHD");
	assert_text(p->violation[0].violation, "AA");
	assert_int_equal(p->violation[0].prov.pack, 5);
	assert_text(p->violation[1].violation, "CL");
	assert_int_equal(p->violation[1].prov.pack, 3);
}

static void
lookups(void **state)
{
	const struct mn_pack *p = fix_load(*state);
	assert_int_equal(mn_pack_source_class(p, MN_S("survey")), 2);
	assert_int_equal(mn_pack_source_class(p, MN_S("")), -1);
	assert_int_equal(mn_pack_gate(p, MN_S("G-OWN")), 0);
	assert_int_equal(mn_pack_gate(p, MN_S("G-NONE")), -1);
	static const char *const CODES[] = {"BD", "NO", "VN"};
	for (size_t i = 0; i < countof(CODES); i++)
		assert_ptr_equal(
		    mn_pack_country(p, MN_S("gov"), mn_str_c(CODES[i])), &p->country[i]);
	assert_null(mn_pack_country(p, MN_S("gov"), MN_S("AA")));
	assert_null(mn_pack_country(p, MN_S("other"), MN_S("BD")));
	const struct mn_p_authority *whd = &p->authority[0];
	assert_ptr_equal(mn_pack_authority(p, MN_S("US-WHD")), whd);
	assert_ptr_equal(mn_pack_authority(p, MN_S("us whd")), whd);
	assert_ptr_equal(mn_pack_authority(p, MN_S("wage and hour division")), whd);
	assert_null(mn_pack_authority(p, MN_S("us whd x")));
	assert_null(mn_pack_authority(p, MN_S("us")));
	assert_null(mn_pack_authority(p, MN_S("")));
}

static void
violations_fall_back_to_generic(void **state)
{
	const struct mn_pack *p = fix_load(*state);
	assert_text(mn_pack_violation(p, MN_S("US-WHD"), MN_S("MW"))->statute, "FLSA 6");
	assert_text(
	    mn_pack_violation(p, MN_S("US-WHD"), MN_S("WAGES"))->authority, "generic");
	assert_text(
	    mn_pack_violation(p, MN_S("nobody"), MN_S("WAGES"))->authority, "generic");
	assert_null(mn_pack_violation(p, MN_S("generic"), MN_S("MW")));
	assert_int_equal(mn_pack_strength(MN_S("none")), MN_STRENGTH_NONE);
	assert_int_equal(mn_pack_strength(MN_S("W")), MN_WEAK);
	assert_int_equal(mn_pack_strength(MN_S("S")), MN_STRONG);
	assert_int_equal(mn_pack_strength(MN_S("s")), -1);
	assert_int_equal(mn_pack_strength(MN_S("")), -1);
}

/* ---- stores ---- */

static void
assert_same_rows(const struct mn_pack *a, const struct mn_pack *b)
{
	struct mn_buf x = mn_buf_new(1u << 24), y = mn_buf_new(1u << 24);
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		uint32_t n, m;
		mn_prows(a, s, &n);
		mn_prows(b, s, &m);
		assert_int_equal(n, m);
		for (uint32_t i = 0; i < n; i++) {
			const struct mn_prov *p = mn_prow(a, s, i), *q = mn_prow(b, s, i);
			mn_buf_clear(&x);
			mn_buf_clear(&y);
			mn_prow_encode(mn_psection(s), p, &x);
			mn_prow_encode(mn_psection(s), q, &y);
			assert_int_equal(p->pack, q->pack);
			assert_true(mn_str_eq(mn_buf_str(&x), mn_buf_str(&y)));
		}
	}
	mn_buf_free(&x);
	mn_buf_free(&y);
}

static void
assert_same_pack(const struct mn_pack *a, const struct mn_pack *b)
{
	assert_int_equal(a->n_file, b->n_file);
	for (uint32_t i = 0; i < a->n_file; i++) {
		const struct mn_pack_file *p = &a->file[i], *q = &b->file[i];
		assert_true(mn_str_eq(p->id, q->id) && mn_str_eq(p->kind, q->kind) &&
			    mn_str_eq(p->version, q->version) &&
			    mn_str_eq(p->licence, q->licence) &&
			    mn_str_eq(p->source, q->source) &&
			    mn_str_eq(p->note, q->note) && mn_str_eq(p->file, q->file));
		assert_string_equal(p->sha256, q->sha256);
	}
	assert_same_rows(a, b);
	assert_memory_equal(&a->k, &b->k, sizeof a->k);
	assert_memory_equal(a->strength_q16, b->strength_q16, sizeof a->strength_q16);
}

static struct mn_gen *
store(struct pack_fix *f, const struct mn_pack *p, struct mn_err *err)
{
	struct mn_gen *g = mn_gen_create(f->data, err);
	if (!g || !mn_pack_store(p, g, err))
		fail_msg("%s", err->msg);
	return g;
}

static void
a_generation_gives_the_pack_back(void **state)
{
	/* given a pack stored in a generation */
	struct pack_fix *f = *state;
	const struct mn_pack *p = fix_load(f);
	struct mn_err err = MN_ERR_NONE;
	struct mn_gen *g = store(f, p, &err);
	/* when it is opened again and the generation closed */
	struct mn_reader *r = mn_reader_open(g, &err);
	assert_non_null(r);
	const struct mn_pack *q = mn_pack_open(&f->a, r, &err);
	if (!q)
		fail_msg("%s", err.msg);
	mn_reader_close(r);
	mn_gen_close(g);
	/* then every field is the same, and nothing points into the store */
	assert_same_pack(p, q);
	assert_text(q->gate[0].roles.v[1], "facility");
	assert_ptr_equal(mn_pack_country(q, MN_S("gov"), MN_S("NO")), &q->country[1]);
}

static void
the_same_pack_has_the_same_digest(void **state)
{
	struct pack_fix *f = *state;
	char hex[2][MN_HEX256_CHARS + 1];
	struct mn_err err = MN_ERR_NONE;
	for (int i = 0; i < 2; i++) {
		struct mn_gen *g = store(f, fix_load(f), &err);
		assert_true(mn_gen_digest(g, hex[i], &err));
		mn_gen_close(g);
	}
	assert_string_equal(hex[0], hex[1]);
}

static void
the_state_gives_the_pack_back(void **state)
{
	struct pack_fix *f = *state;
	const struct mn_pack *p = fix_load(f);
	struct mn_err err = MN_ERR_NONE;
	struct mn_state *s = mn_state_open(f->data, true, &err);
	assert_non_null(s);
	/* given a state without packs, then NOTFOUND */
	assert_null(mn_pack_open_state(&f->a, s, &err));
	assert_int_equal(err.code, MN_E_NOTFOUND);
	/* given the pack stored twice, then it is there once */
	for (int i = 0; i < 2; i++)
		if (!mn_pack_store_state(p, s, &err))
			fail_msg("%s", err.msg);
	const struct mn_pack *q = mn_pack_open_state(&f->a, s, &err);
	if (!q)
		fail_msg("%s", err.msg);
	mn_state_close(s);
	assert_same_pack(p, q);
}

/* ---- damage ---- */

struct stored {
	struct mn_str key[256], body[256];
	size_t n;
};

static void
read_stored(struct pack_fix *f, const struct mn_pack *p, struct stored *out)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_gen *g = store(f, p, &err);
	struct mn_reader *r = mn_reader_open(g, &err);
	struct mn_scan *scan = mn_scan_open(r, MN_TAB_PACK, MN_STR_NONE, &err);
	struct mn_str key, body;
	while (mn_scan_next(scan, &key, &body, NULL, &err) > 0) {
		assert_true(out->n < countof(out->key));
		out->key[out->n] = mn_arena_str(&f->a, key);
		out->body[out->n++] = mn_arena_str(&f->a, body);
	}
	mn_scan_close(scan);
	mn_reader_close(r);
	mn_gen_close(g);
}

/* Stores the rows with row `at` replaced (or left out, when body.p is NULL) and opens. */
static const struct mn_pack *
open_changed(struct pack_fix *f, const struct stored *rows, size_t at, struct mn_str body,
    struct mn_arena *a, struct mn_err *err)
{
	struct mn_gen *g = mn_gen_create(f->data, err);
	struct mn_load *l = mn_load_begin(g, MN_TAB_PACK, err);
	for (size_t i = 0; i < rows->n; i++)
		if (i != at || body.p)
			assert_true(mn_load_put(l, rows->key[i],
			    i == at ? body : rows->body[i], MN_STR_NONE, err));
	assert_true(mn_load_end(l, err));
	struct mn_reader *r = mn_reader_open(g, err);
	const struct mn_pack *p = mn_pack_open(a, r, err);
	mn_reader_close(r);
	mn_gen_close(g);
	return p;
}

static void
expect_damage(struct pack_fix *f, const struct stored *rows, size_t at,
    struct mn_str body, const char *what)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = f->a;
	if (open_changed(f, rows, at, body, &a, &err))
		fail_msg("row %zu: %s: accepted", at, what);
	if (err.code != MN_E_STORE)
		fail_msg(
		    "row %zu: %s: %s: %s", at, what, mn_code_name(err.code), err.msg);
}

static void
a_damaged_row_is_a_store_error(void **state)
{
	struct pack_fix *f = *state;
	static struct stored rows;
	rows.n = 0;
	read_stored(f, fix_load(f), &rows);
	assert_true(rows.n > 60);
	for (size_t i = 0; i < rows.n; i++) {
		struct mn_str body = rows.body[i];
		char *wrong = mn_arena_cstr(&f->a, body); /* one byte longer than body */
		expect_damage(f, &rows, i, mn_str(NULL, 0), "left out");
		expect_damage(f, &rows, i, mn_str_sub(body, 0, body.n - 1), "cut");
		expect_damage(f, &rows, i, mn_str(wrong, body.n + 1), "too long");
		wrong[0] = MN_PACK_FORMAT + 1;
		expect_damage(f, &rows, i, mn_str(wrong, body.n), "other version");
	}
}

static void
a_stored_value_out_of_range_is_a_store_error(void **state)
{
	/* given a stored row of a country whose value ends in the bytes of 0.15 */
	struct pack_fix *f = *state;
	static struct stored rows;
	rows.n = 0;
	read_stored(f, fix_load(f), &rows);
	size_t at = 0;
	char key[] = {'r', 'o', 'w', '|', MN_PSEC_country, 0, 0, 0, 1};
	while (at < rows.n && !mn_str_eq(rows.key[at], mn_str(key, sizeof key)))
		at++;
	assert_true(at < rows.n);
	char *wrong = mn_arena_cstr(&f->a, rows.body[at]);
	/* when it becomes more than 1 */
	wrong[rows.body[at].n - 4] = 1;
	/* then opening names the place */
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = f->a;
	assert_null(open_changed(f, &rows, at, mn_str(wrong, rows.body[at].n), &a, &err));
	assert_int_equal(err.code, MN_E_STORE);
	assert_non_null(strstr(err.msg, "countries[1].value"));
}

static void
an_empty_generation_has_no_pack(void **state)
{
	struct pack_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct stored none = {.n = 0};
	assert_null(open_changed(f, &none, 0, MN_STR_NONE, &f->a, &err));
	assert_int_equal(err.code, MN_E_STORE);
}

/* ---- showing ---- */

struct shown {
	size_t n;
	bool authority, strength, months, statute, absent;
};

static void
note_shown(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
    struct mn_str value)
{
	struct shown *s = ctx;
	s->n++;
	s->authority |= section.n == 0 && mn_str_eq(key, MN_S("pack")) &&
			mn_str_eq(value, MN_S("violations"));
	s->strength |= mn_str_eq(section, MN_S("violations")) &&
		       mn_str_eq(row, MN_S("US-WHD/MW")) &&
		       mn_str_eq(key, MN_S("strength")) && mn_str_eq(value, MN_S("W"));
	s->statute |=
	    mn_str_eq(key, MN_S("covers")) && mn_str_eq(value, MN_S("I08; I11"));
	s->absent |= value.n == 0;
	s->months |= mn_str_eq(row, MN_S("swing")) && mn_str_eq(key, MN_S("value")) &&
		     mn_str_eq(value, MN_S("0.25"));
}

static void
each_visits_the_rows_of_one_file(void **state)
{
	struct pack_fix *f = *state;
	const struct mn_pack *p = fix_load(f);
	struct shown v = {0}, ind = {0}, none = {0};
	mn_pack_each(p, 3, note_shown, &v, f->a);
	assert_true(v.authority && v.strength && v.statute);
	assert_false(v.months || v.absent);
	mn_pack_each(p, 0, note_shown, &ind, f->a);
	assert_true(ind.months);
	assert_false(ind.strength);
	mn_pack_each(p, p->n_file, note_shown, &none, f->a);
	assert_int_equal(none.n, 0);
}

/* ---- the packs that come with the program ---- */

static void
the_packs_of_this_project_load(void **state)
{
	struct pack_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_pack *p = mn_pack_load(&f->a, MN_SOURCE_DIR "/indicators", &err);
	if (!p)
		fail_msg("%s", err.msg);
	struct mn_gen *g = store(f, p, &err);
	struct mn_reader *r = mn_reader_open(g, &err);
	const struct mn_pack *q = mn_pack_open(&f->a, r, &err);
	if (!q)
		fail_msg("%s", err.msg);
	mn_reader_close(r);
	mn_gen_close(g);
	assert_same_pack(p, q);
	assert_non_null(mn_pack_country(p, MN_S("rule_of_law"), MN_S("BR")));
	assert_true(mn_pack_source_class(p, MN_S("inspectorate")) >= 0);
	assert_int_equal(p->k.A, MN_Q16(-4));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fix_setup, fix_teardown)
	const struct CMUnitTest tests[] = {
	    T(rows_hold_what_the_file_says),
	    T(constants_are_resolved),
	    T(absent_optional_keys_are_empty),
	    T(hash_is_of_the_bytes_of_the_file),
	    T(other_files_of_the_directory_are_let_be),
	    T(rows_of_several_files_follow_each_other),
	    T(lookups),
	    T(violations_fall_back_to_generic),
	    T(a_generation_gives_the_pack_back),
	    T(the_same_pack_has_the_same_digest),
	    T(the_state_gives_the_pack_back),
	    T(a_damaged_row_is_a_store_error),
	    T(a_stored_value_out_of_range_is_a_store_error),
	    T(an_empty_generation_has_no_pack),
	    T(each_visits_the_rows_of_one_file),
	    T(the_packs_of_this_project_load),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

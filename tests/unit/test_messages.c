/* Pages in other languages: lookup, and that every catalogue has each English text of the
 * pages and no other. `test_messages keys` prints them, for who translates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/base/sort.h"
#include "manumit/model/inspected.h"
#include "manumit/report/messages.h"
#include "manumit/report/plan.h"
#include "../../engine/report/remedy.h"

#include "packs.h"

#define LANGUAGES 4
#define W(text) \
	{ \
		text, sizeof(text) - 1 \
	}
static const char *const LANGUAGE[LANGUAGES] = {"fr", "es", "pt", "zh"};

/* ---- every text of the pages ---- */

struct texts {
	struct mn_arena a;
	struct mn_str v[4096];
	uint32_t n;
};

/* Names and codes, which are the same in every language or never shown. */
static const char *const CODES[] = {", sha256", "CPV", "LEI", "OS ID", "SHA-256",
    "amount_per_month", "amount_per_year", "class=\"n\"", "issues.csv", "manifest.json",
    "manumit record", "per_job_order", "results.csv", "results.jsonl", "results.xlsx",
    "review.csv"};

static bool
is_code(struct mn_str s)
{
	for (size_t i = 0; i < countof(CODES); i++)
		if (mn_str_eq(s, mn_str_c(CODES[i])))
			return true;
	return false;
}

static void
add(struct texts *t, struct mn_str text)
{
	struct mn_buf key = mn_buf_new(1u << 16);
	mn_message_key(text, &key);
	if (key.n && !is_code(mn_buf_str(&key))) {
		assert_true(t->n < countof(t->v));
		t->v[t->n++] = mn_arena_str(&t->a, mn_buf_str(&key));
	}
	mn_buf_free(&key);
}

static void
add_markup(struct texts *t, struct mn_str markup)
{
	struct mn_str piece;
	bool is_text;
	while (mn_message_cut(&markup, &piece, &is_text))
		if (is_text)
			add(t, piece);
}

/* One literal of C from its quote on; what follows it. */
static const char *
literal(const char *p, struct mn_buf *out)
{
	for (p++; *p && *p != '"'; p++) {
		if (*p != '\\') {
			mn_buf_byte(out, *p);
			continue;
		}
		p++;
		mn_buf_byte(out, *p == 'n' ? '\n' : *p == 't' ? '\t' : *p);
	}
	return *p ? p + 1 : p;
}

/* All literals between the parenthesis at p and the one that closes it, without those of
 * an argument that is no text; those side by side are one. */
static void
literals(struct texts *t, const char *p, bool markup, int but)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	int depth = 0, argument = 1;
	do {
		if (*p == '"') {
			p = literal(p, &b);
			continue;
		}
		if (b.n && !strchr(" \t\n", *p)) {
			if (markup)
				add_markup(t, mn_buf_str(&b));
			else if (argument != but)
				add(t, mn_buf_str(&b));
			mn_buf_clear(&b);
		}
		depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
		argument += *p == ',' && depth == 1;
		p++;
	} while (*p && depth > 0);
	mn_buf_free(&b);
}

static void
add_file(struct texts *t, const char *path)
{
	static const struct {
		const char *call;
		bool markup;
		int but; /* its argument that is none, from 1; 0: there is none */
	} CALLS[] = {{"mn_html(", true, 0}, {"mn_html_say(", true, 0},
	    {"mn_html_c(", false, 0}, {"mn_html_fmt(", false, 0},
	    {"mn_message_say(", false, 0}, {"mn_st_say(", false, 0},
	    {"mn_st_gap(", false, 0}, {"mn_st_word(", false, 0},
	    {"mn_st_table(", false, 0}, {"mn_st_figure(", false, 3},
	    {"MN_SAY(", false, 0}};
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	assert_true(mn_file_read(&t->a, path, 1u << 20, &text, &err));
	const char *source = mn_arena_cstr(&t->a, text);
	for (size_t i = 0; i < countof(CALLS); i++)
		for (const char *p = source; (p = strstr(p, CALLS[i].call)) != NULL;) {
			p += strlen(CALLS[i].call);
			literals(t, p - 1, CALLS[i].markup, CALLS[i].but);
		}
}

static void
add_sources(struct texts *t, const char *room)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str *name;
	size_t n;
	assert_true(mn_dir_list(&t->a, room, &name, &n, &err));
	for (size_t i = 0; i < n; i++)
		if (mn_str_ends(name[i], MN_S(".c")))
			add_file(t,
			    mn_arena_fmt(&t->a, "%s/%.*s%c", room, MN_FMT(name[i]), 0).p);
}

/* Words for the values of enumerations. */
static void
add_names(struct texts *t)
{
	struct mn_inspected x = {0};
	for (unsigned i = 0; i < 40; i++) {
		const char *name[] = {mn_band_name(i), mn_band_note_name(i),
		    mn_action_name(i),
		    i <= MN_ROLE_BIDDER ? mn_role_name((enum mn_role)i) : "",
		    mn_strength_name(i), mn_status_name(i), mn_selection_name(i),
		    mn_cooccurrence_name(i), mn_gate_status_name(i), mn_basis_name(i),
		    mn_acts_name(i), i < MN_K_COUNT ? mn_kind_name((enum mn_kind)i) : "",
		    i < MN_AUDIENCES ? mn_audience_name((enum mn_audience)i) : "",
		    i < MN_AUDIENCES ? mn_audience_whom((enum mn_audience)i) : "",
		    mn_plan_state_name(i)};
		for (size_t k = 0; k < countof(name); k++)
			add(t, mn_str_c(name[k]));
		for (unsigned s = 0; s < MN_ACTS_COUNT * MN_SELECTIONS; s++) {
			x.acts_on = (uint8_t)(s % MN_ACTS_COUNT);
			x.selection = (uint8_t)(s / MN_ACTS_COUNT);
			const char *why = mn_inspected_why_not(&x);
			add(t, mn_str_c(why ? why : ""));
		}
	}
}

static void
add_lenses(struct texts *t, const struct mn_pack *p)
{
	for (uint32_t i = 0; i < p->n_lens; i++) {
		add(t, p->lens[i].name);
		add(t, p->lens[i].note);
	}
	for (uint32_t i = 0; i < p->n_lens_dim; i++)
		add(t, p->lens_dim[i].name);
	for (uint32_t i = 0; i < p->n_lens_case; i++)
		add(t, p->lens_case[i].text);
}

/* Those of field sheets. */
static void
add_signs(struct texts *t, const struct mn_pack *p)
{
	unsigned told[MN_INDICATORS] = {0};
	for (uint32_t k = 0; k < p->n_sign; k++)
		for (unsigned i = 0; i < MN_INDICATORS; i++)
			if (mn_str_eq(p->sign[k].indicator, p->indicator[i].code) &&
			    told[i]++ < MN_FIELD_SIGNS)
				add(t, p->sign[k].text);
}

static void
add_packs(struct texts *t)
{
	const struct mn_pack *p = shipped_packs(&t->a);
	for (uint32_t i = 0; i < MN_INDICATORS; i++) {
		add(t, p->indicator[i].name);
		add(t, p->indicator[i].definition);
	}
	for (uint32_t i = 0; i < p->n_gate; i++)
		add(t, p->gate[i].name);
	for (uint32_t i = 0; i < MN_CHANNELS; i++)
		add(t, p->channel[i].name);
	for (uint32_t i = 0; i < p->n_source_class; i++)
		add(t, p->source_class[i].name);
	for (uint32_t i = 0; i < p->n_tender_risk; i++) {
		add(t, p->tender_risk[i].name);
		add(t, p->tender_risk[i].ask);
	}
	for (uint32_t i = 0; i < p->n_remedy; i++) {
		add(t, p->remedy[i].text);
		add(t, p->remedy[i].verify);
	}
	for (uint32_t i = 0; i < p->n_question; i++)
		add(t, p->question[i].text);
	for (uint32_t i = 0; i < p->n_fact; i++)
		add(t, p->fact[i].topic);
	add_lenses(t, p);
	add_signs(t, p);
	for (uint32_t i = 0; i < p->n_fee_condition; i++)
		add(t, p->fee_condition[i].text);
}

static int
by_text(const void *a, const void *b, const void *ctx)
{
	const struct mn_str *x = a, *y = b;
	(void)ctx;
	return mn_str_cmp(*x, *y);
}

static struct texts *
every_text(void)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL);
	struct texts *t = MN_NEW(&a, struct texts, 1);
	uint32_t n = 0;
	t->n = 0;
	t->a = a;
	add_sources(t, MN_SOURCE_DIR "/engine/report");
	add_sources(t, MN_SOURCE_DIR "/engine/run");
	add_names(t);
	add_packs(t);
	mn_sort(t->v, t->n, sizeof t->v[0], by_text, NULL, t->a);
	for (uint32_t i = 0; i < t->n; i++)
		if (n == 0 || !mn_str_eq(t->v[n - 1], t->v[i]))
			t->v[n++] = t->v[i];
	t->n = n;
	return t;
}

/* ---- tests ---- */

static const struct mn_messages *
load(struct mn_arena *a, const char *language)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_messages *m =
	    mn_messages_load(a, MN_SOURCE_DIR "/connectors", language, &err);
	if (!m)
		fail_msg("%s", err.msg);
	return m;
}

static void
each_catalogue_is_complete_and_has_nothing_else(void **state)
{
	(void)state;
	struct texts *t = every_text();
	unsigned bad = 0;
	for (size_t l = 0; l < LANGUAGES; l++) {
		const struct mn_messages *m = load(&t->a, LANGUAGE[l]);
		uint32_t i = 0, k = 0;
		while (i < t->n || k < m->n) {
			int c = i == t->n   ? 1
				: k == m->n ? -1
					    : mn_str_cmp(t->v[i], m->row[k].english);
			if (c != 0) {
				bad++;
				print_error("%s: %s \"%.*s\"\n", LANGUAGE[l],
				    c < 0 ? "lacks" : "nothing uses",
				    MN_FMT(c < 0 ? t->v[i] : m->row[k].english));
			}
			i += c <= 0;
			k += c >= 0;
		}
	}
	mn_arena_free(t->a);
	assert_int_equal(bad, 0);
}

static void
markup_keeps_its_tags_and_blanks(void **state)
{
	static const struct mn_message ROWS[] = {
	    {W("All of them"), W("Tous")}, {W("Gate"), W("Mesure")}, {W("to"), W("à")}};
	struct mn_messages m = {.row = ROWS, .n = countof(ROWS)};
	struct mn_buf b = mn_buf_new(1u << 12);
	(void)state;
	mn_message_markup(&m,
	    MN_S("Gate\"><b title=\"Gate\"> to </b><p class=\"Gate\">All\n  of "
		 "them</p>Gates<a href=\""),
	    &b);
	assert_true(mn_str_eq(mn_buf_str(&b),
	    MN_S("Mesure\"><b title=\"Mesure\"> à </b><p class=\"Gate\">Tous</p>Gates<a "
		 "href=\"")));
	mn_buf_free(&b);
}

static void
conversions_have_to_be_the_same(void **state)
{
	(void)state;
	assert_true(mn_message_fits(MN_S("%u of %.*s"), MN_S("%u sur %.*s")));
	assert_true(mn_message_fits(MN_S("%u row%s"), MN_S("%u 行%.0s")));
	assert_true(mn_message_fits(MN_S("100 %%"), MN_S("100 %%")));
	assert_false(mn_message_fits(MN_S("%u of %s"), MN_S("%s sur %u")));
	assert_false(mn_message_fits(MN_S("%u of it"), MN_S("de cela")));
	assert_false(mn_message_fits(MN_S("of it"), MN_S("%s")));
	assert_false(mn_message_fits(MN_S("%u"), MN_S("%n")));
	assert_false(mn_message_fits(MN_S("all"), MN_S("%n")));
}

static void
a_format_is_looked_up_and_keeps_its_ends(void **state)
{
	static const struct mn_message ROWS[] = {{W("%u of %s"), W("%u sur %s")}};
	struct mn_messages m = {.row = ROWS, .n = countof(ROWS)};
	struct mn_arena a = mn_arena_new(1u << 20, NULL);
	(void)state;
	assert_true(mn_str_eq(
	    mn_message_say(&a, &m, " %u of %s ", 2u, "five"), MN_S(" 2 sur five ")));
	assert_true(mn_str_eq(
	    mn_message_say(&a, NULL, "%u of %s", 2u, "five"), MN_S("2 of five")));
	assert_true(mn_str_eq(mn_message_say(&a, &m, "%u more", 2u), MN_S("2 more")));
	mn_arena_free(a);
}

static void
a_label_ends_as_the_language_has_it(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 24, NULL);
	(void)state;
	assert_true(mn_str_eq(load(&a, "fr")->colon, MN_S(" : ")));
	assert_true(mn_str_eq(load(&a, "es")->colon, MN_S(": ")));
	mn_arena_free(a);
}

static void
an_unknown_language_names_the_known(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL);
	static const char *const WRONG[] = {"xx", "../fr", "FR", ""};
	(void)state;
	for (size_t i = 0; i < countof(WRONG); i++) {
		struct mn_err err = MN_ERR_NONE;
		assert_null(
		    mn_messages_load(&a, MN_SOURCE_DIR "/connectors", WRONG[i], &err));
		assert_non_null(strstr(err.msg, "there are en, es, fr, pt, zh"));
	}
	mn_arena_free(a);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_catalogue_is_complete_and_has_nothing_else),
	    cmocka_unit_test(markup_keeps_its_tags_and_blanks),
	    cmocka_unit_test(conversions_have_to_be_the_same),
	    cmocka_unit_test(a_format_is_looked_up_and_keeps_its_ends),
	    cmocka_unit_test(a_label_ends_as_the_language_has_it),
	    cmocka_unit_test(an_unknown_language_names_the_known),
	};
	if (argc > 1 && strcmp(argv[1], "keys") == 0) {
		struct texts *t = every_text();
		for (uint32_t i = 0; i < t->n; i++)
			printf("%.*s\n", MN_FMT(t->v[i]));
		mn_arena_free(t->a);
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Statements of ownership (BODS 0.4). Every company, person and record is invented. */
#include "json_fixture.h"

#define ENDS FIELDS(MN_F_FROM_NAME, MN_F_TO_NAME, MN_F_EDGE_KIND, MN_F_SHARE)
#define STATE(lit, fields) read_text(MN_S(lit), MN_K_EDGES, fields)

#define ENTITY(record, name, more) \
	"{\"statementId\":\"s-" record "\",\"recordId\":\"" record \
	"\",\"recordType\":\"entity\",\"recordDetails\":{\"name\":\"" name "\"" more \
	"}}"
#define PERSON(record) \
	"{\"recordId\":\"" record \
	"\",\"recordType\":\"person\",\"recordDetails\":{\"names\":[{\"fullName\":" \
	"\"P-SECRET\"}]}}"
#define RELATION(record, day, status, from, to, interests) \
	"{\"statementId\":\"s-" record "\",\"statementDate\":\"" day \
	"\",\"recordId\":\"" record \
	"\",\"recordType\":\"relationship\",\"recordStatus\":\"" status \
	"\",\"recordDetails\":{\"subject\":" to ",\"interestedParty\":" from \
	",\"interests\":[" interests "]}}"
#define ASH ENTITY("a", "Ash Mills Ltd", "")
#define ELM ENTITY("e", "Elm Holding", ",\"jurisdiction\":{\"code\":\"GB-SCT\"}")
#define SHARES(share) "{\"type\":\"shareholding\",\"share\":{" share "}}"

static void
a_row_is_who_owns_whom(void **state)
{
	struct read *r = STATE("[" ASH "," ELM "," RELATION("r", "2026-01-01", "new",
				   "\"e\"", "\"a\"", SHARES("\"exact\":62.5")) "]",
	    FIELDS(MN_F_FROM_NAME, MN_F_FROM_COUNTRY, MN_F_TO_NAME, MN_F_EDGE_KIND,
		MN_F_SHARE, MN_F_REFERENCE));
	(void)state;
	assert_string_equal(r->rows.p, "Elm Holding|GB|Ash Mills Ltd|owns|0.6250|s-r\n");
	counts_are(r, 1, 0, 0);
	assert_int_equal(r->info.count[0].n, 2); /* entities */
	assert_int_equal(r->info.count[2].n, 1); /* relationships */
	end(r);
}

static void
one_a_line_is_the_same(void **state)
{
	struct read *r = read_text(
	    MN_S(RELATION("r", "2026-01-01", "new", "\"e\"", "\"a\"",
		SHARES("\"minimum\":25,\"maximum\":50")) "\n" ASH "\n" ELM "\n"),
	    MN_KIND_ANY, ENDS);
	(void)state;
	assert_int_equal(r->info.kind, MN_K_EDGES);
	assert_string_equal(r->rows.p, "Elm Holding|Ash Mills Ltd|owns|0.2500\n");
	end(r);
}

static void
of_persons_nothing_is_kept(void **state)
{
	struct read *r = STATE("[" ASH "," PERSON("p") "," RELATION("r", "2026-01-01",
				   "new", "\"p\"", "\"a\"", SHARES("\"exact\":80")) "]",
	    ENDS);
	(void)state;
	assert_string_equal(r->rows.p, "");
	assert_null(strstr(r->remarks.p, "SECRET"));
	counts_are(r, 0, 1, 0);
	end(r);
}

static void
the_latest_statement_of_a_record_counts(void **state)
{
	struct read *r =
	    STATE("[" ASH "," ELM "," RELATION("r", "2026-03-01", "updated", "\"e\"",
		      "\"a\"", SHARES("\"exact\":30")) "," RELATION("r", "2026-01-01",
		      "new", "\"e\"", "\"a\"", SHARES("\"exact\":70")) "]",
		ENDS);
	(void)state;
	assert_string_equal(r->rows.p, "Elm Holding|Ash Mills Ltd|owns|0.3000\n");
	counts_are(r, 1, 1, 0);
	end(r);
}

static void
a_closed_record_ends_on_its_day(void **state)
{
	struct read *r = STATE("[" ASH "," ELM "," RELATION("r", "2026-02-03", "closed",
				   "\"e\"", "\"a\"", SHARES("\"exact\":70")) "]",
	    FIELDS(MN_F_UNTIL));
	(void)state;
	assert_string_equal(r->rows.p, "2026-02-03\n");
	end(r);
}

static void
votes_and_boards_are_control(void **state)
{
	static const struct {
		const char *interests, *row;
	} CASES[] = {
	    {"{\"type\":\"votingRights\",\"share\":{\"exact\":51}}", "controls|0.5100\n"},
	    {"{\"type\":\"appointmentOfBoard\"}", "controls|\n"},
	    /* few votes are neither */
	    {"{\"type\":\"votingRights\",\"share\":{\"exact\":3}}", "owns|\n"},
	    /* few shares and the board: control; most of the shares: ownership */
	    {SHARES("\"exact\":10") ",{\"type\":\"appointmentOfBoard\"}", "controls|\n"},
	    {SHARES("\"exact\":90") ",{\"type\":\"appointmentOfBoard\"}",
		"owns|0.9000\n"},
	    {SHARES("\"exact\":120"), "owns|\n"},
	    {"", "owns|\n"},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_buf b = mn_buf_new(1u << 16);
		mn_buf_fmt(&b,
		    "[" ASH "," ELM
		    ",{\"recordId\":\"r\",\"recordType\":\"relationship\","
		    "\"recordDetails\":{\"subject\":\"a\",\"interestedParty\":\"e\","
		    "\"interests\":[%s]}}]",
		    CASES[i].interests);
		struct read *r = read_text(
		    mn_buf_str(&b), MN_K_EDGES, FIELDS(MN_F_EDGE_KIND, MN_F_SHARE));
		assert_string_equal(r->rows.p, CASES[i].row);
		end(r);
		mn_buf_free(&b);
	}
}

static void
an_end_that_nobody_tells_of_is_noted(void **state)
{
	struct read *r =
	    STATE("[" ASH "," RELATION("r", "2026-01-01", "new",
		      "{\"reason\":\"subjectUnableToConfirmOrIdentifyBeneficialOwner\"}",
		      "\"a\"", "") "," RELATION("q", "2026-01-01", "new", "\"a\"",
		      "\"zz\"", "") "]",
		ENDS);
	(void)state;
	assert_string_equal(r->rows.p, "");
	counts_are(r, 0, 2, 0);
	end(r);
}

static void
an_lei_or_a_number_names_an_end(void **state)
{
	struct read *r = STATE(
	    "[" ENTITY("a", "Ash",
		",\"identifiers\":[{\"id\":\"01234567\",\"scheme\":\"GB-COH\"}"
		"]") "," ENTITY("e", "Elm",
		",\"identifiers\":[{\"id\":\"7\",\"scheme\":\"GB-COH\"},{"
		"\"id\":"
		"\"9999ASHBROOKMILLS083\",\"scheme\":\"XI-LEI\"}]") "," RELATION("r",
		"2026-01-01", "new", "\"e\"", "\"a\"", "") "]",
	    FIELDS(MN_F_FROM, MN_F_TO));
	(void)state;
	assert_string_equal(r->rows.p, "9999ASHBROOKMILLS083|01234567\n");
	end(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_row_is_who_owns_whom),
	    cmocka_unit_test(one_a_line_is_the_same),
	    cmocka_unit_test(of_persons_nothing_is_kept),
	    cmocka_unit_test(the_latest_statement_of_a_record_counts),
	    cmocka_unit_test(a_closed_record_ends_on_its_day),
	    cmocka_unit_test(votes_and_boards_are_control),
	    cmocka_unit_test(an_end_that_nobody_tells_of_is_noted),
	    cmocka_unit_test(an_lei_or_a_number_names_an_end),
	};
	return cmocka_run_group_tests(tests, load_mappings, free_mappings);
}

/* Open Contracting data: who takes part, as what, for what; and the awkward packages.
 * Every company and process here is invented. */
#include "json_fixture.h"

#define PACK(releases) "{\"uri\":\"u\",\"version\":\"1.1\",\"releases\":[" releases "]}"
#define ROLES FIELDS(MN_F_LOT, MN_F_NAME, MN_F_BID_ROLE)
#define TENDERS(lit, fields) read_text(MN_S(lit), MN_K_TENDERS, fields)

static const char WHOLE[] = PACK(
    "{\"ocid\":\"ocds-x-1\",\"id\":\"1\",\"date\":\"2026-01-02T00:00:00Z\","
    "\"tag\":[\"award\"],\"parties\":["
    "{\"id\":\"GB-COH-01234567\",\"name\":\"Fennlake Ltd\",\"identifier\":{\"scheme\":"
    "\"GB-COH\",\"id\":\"01234567\",\"legalName\":\"Fennlake Limited\"},\"address\":"
    "{\"streetAddress\":\"1 Mill Lane\",\"locality\":\"Leeds\",\"postalCode\":\"LS1\","
    "\"countryName\":\"United Kingdom\"},\"contactPoint\":{\"name\":\"P-SECRET\","
    "\"email\":\"p-secret@x.test\"},\"roles\":[\"supplier\",\"tenderer\"]},"
    "{\"id\":\"2\",\"name\":\"Ostrel S.A.\",\"roles\":[\"tenderer\"]},"
    "{\"id\":\"3\",\"name\":\"Town of Hollin\",\"roles\":[\"buyer\"],\"contactPoint\":"
    "{\"name\":\"P-SECRET\"}},"
    "{\"id\":\"4\",\"name\":\"Bank of Hollin\",\"roles\":[\"payer\"]}],"
    "\"buyer\":{\"id\":\"3\",\"name\":\"Town of Hollin\"},"
    "\"tender\":{\"id\":\"t1\",\"title\":\"Uniforms\",\"status\":\"complete\","
    "\"procurementMethod\":\"open\",\"tenderPeriod\":{\"startDate\":"
    "\"2025-11-01T09:00:00+01:00\",\"endDate\":\"2025-12-01T00:00:00Z\"},"
    "\"lots\":[{\"id\":\"L1\",\"title\":\"Shirts\"},{\"id\":\"L2\",\"title\":\"Shoes\"}],"
    "\"items\":[{\"id\":1,\"relatedLot\":\"L1\",\"description\":\"Work shirts; blue\","
    "\"classification\":{\"scheme\":\"CPV\",\"id\":\"18110000-3\"},"
    "\"additionalClassifications\":[{\"scheme\":\"UNSPSC\",\"id\":\"53101602\"},"
    "{\"scheme\":\"HS\",\"id\":\"6105.10\"}],\"deliveryAddress\":{\"locality\":"
    "\"Hollin\",\"countryName\":\"Ireland\"}},"
    "{\"id\":2,\"relatedLot\":\"L2\",\"description\":\"Work shoes\"}],"
    "\"tenderers\":[{\"id\":\"2\",\"name\":\"Ostrel S.A.\"}]},"
    "\"bids\":{\"details\":[{\"id\":\"b1\",\"relatedLots\":[\"L1\",\"L2\"],\"tenderers\":"
    "[{\"id\":\"2\"}],\"value\":{\"amount\":12.5,\"currency\":\"EUR\"}}]},"
    "\"awards\":[{\"id\":\"a1\",\"status\":\"active\",\"date\":\"2026-01-01\",\"value\":"
    "{\"amount\":1000,\"currency\":\"GBP\"},\"relatedLots\":[\"L1\"],\"suppliers\":"
    "[{\"id\":\"GB-COH-01234567\",\"name\":\"Fennlake Ltd\"}]},"
    "{\"id\":\"a2\",\"status\":\"active\",\"date\":\"2026-01-03\",\"value\":{\"amount\":"
    "500.25,\"currency\":\"GBP\"},\"relatedLots\":[\"L1\"],\"suppliers\":"
    "[{\"id\":\"GB-COH-01234567\"}]}]}");

static void
a_row_is_an_organisation_in_a_role_in_a_lot(void **state)
{
	struct read *r = read_text(mn_str_c(WHOLE), MN_KIND_ANY, ROLES);
	(void)state;
	assert_int_equal(r->info.kind, MN_K_TENDERS);
	assert_string_equal(r->rows.p, "|Fennlake Ltd|tenderer\n"
				       "L1|Fennlake Ltd|supplier\n"
				       "L1|Ostrel S.A.|tenderer\n"
				       "L2|Ostrel S.A.|tenderer\n"
				       "|Town of Hollin|buyer\n");
	counts_are(r, 5, 0, 0);
	assert_int_equal(r->info.count[0].n, 1); /* releases */
	assert_int_equal(r->info.count[1].n, 4); /* organisations */
	assert_int_equal(r->info.count[2].n, 2); /* lots */
	assert_int_equal(r->info.count[3].n, 2); /* items */
	assert_int_equal(r->info.count[4].n, 2); /* awards */
	end(r);
}

static void
a_row_says_what_is_bought_and_awarded(void **state)
{
	struct read *r = read_text(mn_str_c(WHOLE), MN_K_TENDERS,
	    FIELDS(MN_F_BID_ROLE, MN_F_TENDER_AMOUNT, MN_F_CURRENCY, MN_F_AWARD,
		MN_F_AWARD_DATE, MN_F_CPV, MN_F_UNSPSC, MN_F_HS, MN_F_ITEMS,
		MN_F_DELIVERY_COUNTRY));
	(void)state;
	assert_non_null(strstr(r->rows.p,
	    "supplier|1500.25|GBP|a1; a2|2026-01-03|18110000|53101602|610510|"
	    "Work shirts, blue|IE\n"));
	assert_non_null(strstr(r->rows.p, "tenderer|12.5|EUR||||||Work shoes|\n"));
	end(r);
	r = read_text(mn_str_c(WHOLE), MN_K_TENDERS,
	    FIELDS(MN_F_ID, MN_F_TAX_ID, MN_F_ID_SCHEME, MN_F_COUNTRY, MN_F_CITY,
		MN_F_ADDRESS, MN_F_ALIASES, MN_F_BUYER, MN_F_TENDER_FROM,
		MN_F_TENDER_UNTIL, MN_F_LOT_TITLE, MN_F_SOURCE_PATH));
	assert_non_null(strstr(r->rows.p,
	    "GB-COH-01234567|01234567|GB-COH|GB|Leeds|1 Mill Lane, LS1|Fennlake Limited|"
	    "Town of Hollin|2025-11-01|2025-12-01|Shirts|/releases/0/parties/0\n"));
	end(r);
}

static void
contact_points_are_never_read(void **state)
{
	enum mn_field all[MN_F_COUNT + 1];
	(void)state;
	for (unsigned f = 0; f <= MN_F_COUNT; f++)
		all[f] = (enum mn_field)f;
	for (unsigned k = 0; k < 2; k++) {
		struct read *r =
		    read_text(mn_str_c(WHOLE), k ? MN_K_TENDERS : MN_K_SUPPLIERS, all);
		assert_null(strstr(r->rows.p, "SECRET"));
		assert_null(strstr(r->rows.p, "secret"));
		assert_null(strstr(r->remarks.p, "SECRET"));
		end(r);
	}
}

static void
bidders_are_supplier_rows(void **state)
{
	struct read *r = read_text(mn_str_c(WHOLE), MN_K_SUPPLIERS,
	    FIELDS(MN_F_NAME, MN_F_ROLE, MN_F_COUNTRY, MN_F_PRODUCT));
	(void)state;
	assert_string_equal(r->rows.p,
	    "Fennlake Ltd|supplier|GB|Work shirts, blue\n"
	    "Ostrel S.A.|bidder||Work shirts, blue;Work shoes\n");
	end(r);
	r = TENDERS(PACK("{\"ocid\":\"o\",\"awards\":[{\"id\":1,\"status\":"
			 "\"unsuccessful\",\"suppliers\":[{\"name\":\"Ash\"}]}]}"),
	    ROLES);
	assert_string_equal(r->rows.p, "|Ash|supplier\n");
	end(r);
	r = read_text(
	    MN_S(PACK("{\"ocid\":\"o\",\"awards\":[{\"id\":1,\"status\":"
		      "\"unsuccessful\",\"suppliers\":[{\"name\":\"Ash\"}]}]}")),
	    MN_K_SUPPLIERS, FIELDS(MN_F_NAME, MN_F_ROLE));
	assert_string_equal(r->rows.p, "Ash|bidder\n");
	end(r);
}

#define ONE \
	"{\"ocid\":\"o\",\"tender\":{\"id\":\"t\",\"tenderers\":[{\"name\":\"Ash\"}]}}"
#define TWO \
	"{\"ocid\":\"p\",\"tender\":{\"id\":\"u\",\"tenderers\":[{\"name\":\"Elm\"}]}}"

static void
every_packing_is_read(void **state)
{
	static const char *const CASES[] = {
	    PACK(ONE "," TWO),
	    "[" ONE "," TWO "]",
	    ONE "\n" TWO "\n",
	    "\n" ONE TWO,
	    "[{\"releases\":[" ONE "]},{\"releases\":[" TWO "]}]",
	    "{\"releases\":[" ONE "]}\n{\"releases\":[" TWO "]}\n",
	    "{\"version\":\"1.1\",\"records\":[{\"ocid\":\"o\",\"compiledRelease\":" ONE
	    ",\"releases\":[{\"url\":\"u\"}]},{\"ocid\":\"p\",\"compiledRelease\":" TWO
	    "}]}",
	    "{\"results\":{\"releases\":[" ONE "," TWO "]}}",
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct read *r = read_text(mn_str_c(CASES[i]), MN_KIND_ANY, ROLES);
		if (!r->good)
			fail_msg("%zu: %s", i, r->err.msg);
		assert_string_equal(r->info.format, "Open Contracting data");
		if (strcmp(r->rows.p, "|Ash|tenderer\n|Elm|tenderer\n") != 0)
			fail_msg("%zu: %s", i, r->rows.p);
		end(r);
	}
	struct read *alone = read_text(MN_S(ONE), MN_KIND_ANY, ROLES);
	assert_string_equal(alone->rows.p, "|Ash|tenderer\n");
	end(alone);
	alone = read_text(MN_S("{\"meta\":{},\"ocid\":\"o\",\"record\":{\"releases\":[],"
			       "\"compiledRelease\":" ONE "}}"),
	    MN_KIND_ANY, ROLES);
	assert_string_equal(alone->rows.p, "|Ash|tenderer\n");
	end(alone);
}

static void
releases_of_a_record_are_merged(void **state)
{
	struct read *r = TENDERS(
	    "{\"records\":[{\"ocid\":\"o\",\"releases\":["
	    "{\"ocid\":\"o\",\"date\":\"2026-02-01\",\"parties\":[{\"id\":\"1\",\"name\":"
	    "\"Ash New\",\"roles\":[\"supplier\"]}],\"tender\":{\"title\":\"New\","
	    "\"status\":null},\"awards\":[{\"id\":\"a\",\"status\":\"active\"}]},"
	    "{\"ocid\":\"o\",\"date\":\"2026-01-01\",\"parties\":[{\"id\":\"1\",\"name\":"
	    "\"Ash "
	    "Old\",\"address\":{\"countryName\":\"France\"}},{\"id\":\"2\",\"name\":"
	    "\"Elm\",\"roles\":[\"tenderer\"]}],\"tender\":{\"id\":\"t\",\"title\":"
	    "\"Old\","
	    "\"status\":\"active\"},\"awards\":[{\"id\":\"a\",\"status\":\"pending\","
	    "\"suppliers\":[{\"id\":\"1\"}]}]}]}]}",
	    FIELDS(MN_F_NAME, MN_F_COUNTRY, MN_F_TENDER, MN_F_TENDER_TITLE,
		MN_F_TENDER_STATUS, MN_F_AWARD_STATUS));
	(void)state;
	assert_string_equal(r->rows.p, "Ash New|FR|t|New||active\nElm||t|New||\n");
	end(r);
	r = TENDERS("{\"records\":[{\"ocid\":\"o\",\"releases\":[{\"url\":\"u\",\"date\":"
		    "\"2026-01-01\"}]}]}",
	    NAMES);
	counts_are(r, 0, 0, 1);
	has_remark(r, "OCDS_LINKS");
	end(r);
}

#define ASH(date, rest) \
	"{\"ocid\":\"o\",\"date\":\"" date "\",\"parties\":[{\"id\":\"1\",\"name\":" \
	"\"Ash\",\"roles\":[\"supplier\"]}]" rest "}"

/* The same three, whatever their order and packing. */
static void
releases_of_a_process_are_one(void **state)
{
	static const char first[] =
	    "{\"ocid\":\"o\",\"date\":\"2026-01-01T23:30:00-05:00\",\"parties\":["
	    "{\"id\":\"1\",\"name\":\"Ash\",\"address\":{\"countryName\":\"France\"}},"
	    "{\"id\":2,\"name\":\"Elm\",\"roles\":[\"tenderer\"]}],"
	    "\"tender\":{\"id\":\"t\",\"title\":\"Old\",\"status\":\"active\"}}";
	static const char second[] =
	    "{\"ocid\":\"o\",\"date\":\"2026-01-02T05:00:00+01:00\",\"tender\":{"
	    "\"title\":\"Older\",\"status\":\"planned\"}}";
	static const char third[] =
	    "{\"ocid\":\"o\",\"date\":\"2026-03-01\",\"parties\":[{\"id\":\"1\","
	    "\"roles\":[\"supplier\"]}],\"tender\":{\"status\":null},\"awards\":[{"
	    "\"id\":\"a\",\"status\":\"active\",\"suppliers\":[{\"id\":\"1\"}]}]}";
	const char *const one[] = {first, second, third};
	static const int ORDER[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
	(void)state;
	for (size_t i = 0; i < 2 * countof(ORDER); i++) {
		const int *o = ORDER[i % countof(ORDER)];
		bool lines = i >= countof(ORDER);
		struct mn_buf b = mn_buf_new(1u << 16);
		mn_buf_fmt(&b, lines ? "%s\n%s\n%s\n%s" : "{\"releases\":[%s,%s,%s,%s]}",
		    one[o[0]], TWO, one[o[1]], one[o[2]]);
		struct read *r = read_text(mn_buf_str(&b), MN_K_TENDERS,
		    FIELDS(MN_F_NAME, MN_F_BID_ROLE, MN_F_COUNTRY, MN_F_TENDER,
			MN_F_TENDER_TITLE, MN_F_TENDER_STATUS, MN_F_AWARD));
		assert_string_equal(r->rows.p, "Elm|tenderer||u|||\n"
					       "Ash|supplier|FR|t|Old||a\n"
					       "Elm|tenderer||t|Old||\n");
		has_remark(r, "OCDS_MERGED  3 releases are read as 1 process: ");
		counts_are(r, 3, 0, 0);
		assert_int_equal(r->info.count[0].n, 4); /* releases */
		end(r);
		mn_buf_free(&b);
	}
}

static void
lists_are_merged_as_the_standard_says(void **state)
{
	struct read *r = TENDERS(
	    PACK(
		"{\"ocid\":\"o\",\"date\":\"2026-01-01\",\"tender\":{\"items\":[{\"id\":"
		"\"i\",\"additionalClassifications\":[{\"scheme\":\"HS\",\"id\":"
		"\"610510\"}]}]},\"awards\":[{\"id\":\"a1\",\"value\":{\"amount\":5},"
		"\"suppliers\":[{\"id\":\"1\",\"name\":\"Ash\"},{\"name\":\"Fir\"}]}]},"
		"{\"ocid\":\"o\",\"date\":\"2026-02-01\",\"tender\":{\"items\":[{\"id\":"
		"\"i\",\"additionalClassifications\":[{\"scheme\":\"HS\",\"id\":"
		"\"640399\"}]}]},\"awards\":[{\"id\":\"a2\",\"suppliers\":[{\"id\":\"2\","
		"\"name\":\"Elm\"}]},{\"id\":\"a1\",\"suppliers\":[{\"name\":\"Fir\"},"
		"{\"name\":\"Oak\"}]}]}"),
	    FIELDS(MN_F_NAME, MN_F_AWARD, MN_F_TENDER_AMOUNT, MN_F_HS));
	(void)state;
	/* An object without an id is added, unless it says the same; codes are replaced.
	 */
	assert_non_null(strstr(r->rows.p, "Fir|a1|5|640399\n"));
	assert_non_null(strstr(r->rows.p, "Oak|a1|5|640399\n"));
	assert_null(strstr(r->rows.p, "610510"));
	assert_int_equal(r->info.rows, 4);
	end(r);
}

static void
what_cannot_be_merged_is_told(void **state)
{
	struct read *r = TENDERS(
	    PACK(ASH("2026-01-01", "") "," ASH("soon", "") ",{\"ocid\":\"o\",,}"), ROLES);
	(void)state;
	assert_string_equal(r->rows.p, "|Ash|supplier\n");
	has_remark(
	    r, "/releases/1/date: no date and time: the release counts as the oldest");
	counts_are(r, 1, 0, 1);
	end(r);
	/* One is damaged: what has come is read at the end. */
	r = TENDERS(ASH("2026-01-01", "") "\n{\"ocid\":\"o\",\"date\":}\n" ASH(
			"2026-01-02", "") "\n",
	    ROLES);
	assert_string_equal(r->rows.p, "|Ash|supplier\n");
	counts_are(r, 1, 0, 1);
	end(r);
}

static void
what_stands_wrong_is_used_and_told(void **state)
{
	static const struct {
		const char *text, *rows, *remark;
	} CASES[] = {
	    {PACK("{\"ocid\":\"o\",\"parties\":[{\"name\":\"Ash\",\"roles\":["
		  "\"tenderer\"],"
		  "\"identifier\":{\"scheme\":\"GB-COH\",\"id\":1234567}}]}"),
		"|Ash|tenderer\n",
		"/releases/0/parties/0/identifier/id: a number where a text is expected"},
	    {PACK("{\"ocid\":\"o\",\"awards\":{\"id\":\"a\",\"suppliers\":{\"name\":"
		  "\"Ash\"}}}"),
		"|Ash|supplier\n",
		"/releases/0/awards: an object where a list is wanted"},
	    {PACK("{\"ocid\":\"o\",\"buyer\":\"Town of Hollin\"}"),
		"|Town of Hollin|buyer\n",
		"/releases/0/buyer: a text where an organisation is wanted"},
	    {PACK("{\"ocid\":\"o\",\"tender\":[{\"id\":\"t\",\"tenderers\":[{\"name\":"
		  "\"Ash\"}]}]}"),
		"|Ash|tenderer\n",
		"/releases/0/tender: a list where an object is wanted: its first"},
	    {PACK("{\"ocid\":\"o\",\"parties\":[{\"id\":\"1\",\"name\":\"Ash\",\"roles\":"
		  "\"tenderer\"}]}"),
		"|Ash|tenderer\n",
		"/releases/0/parties/0/roles: a text where a list is wanted"},
	    {PACK("{\"ocid\":\"o\",\"parties\":[{\"id\":\"1\",\"name\":\"Ash\",\"roles\":"
		  "[\"tenderer\"]},{\"id\":\"1\",\"name\":\"Elm\",\"roles\":["
		  "\"supplier\"]}]"
		  ",\"awards\":[{\"suppliers\":[{\"id\":\"1\"}]}]}"),
		"|Ash|tenderer\n|Ash|supplier\n|Elm|supplier\n",
		"/releases/0/parties/1/id: another party has this id"},
	    {PACK("{\"ocid\":\"o\",\"parties\":[null,{\"name\":\"Ash\",\"address\":"
		  "{\"streetAddress\":\"2 High Street, Town, United Kingdom, AB1 2CD\","
		  "\"countryName\":\"\"},\"roles\":[\"tenderer\"]}],\"tender\":null}"),
		"|Ash|tenderer\n", "the country is taken from the street address"},
	    {PACK("{\"ocid\":\"o\",\"parties\":[{\"name\":\"Ash\",\"roles\":["
		  "\"supplier\"],"
		  "\"identifier\":{\"scheme\":\"BR-CPF\",\"id\":\"11144477735\"}}]}"),
		"|Ash|supplier\n", "number of a natural person: not kept"},
	    {PACK("{\"ocid\":\"o\",\"parties\":[{\"name\":\"Ash\"},{\"name\":\"Elm\","
		  "\"roles\":[\"payer\"]}]}"),
		"|Ash|\n", "/releases/0/parties/0/roles: no role is stated"},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct read *r = read_text(mn_str_c(CASES[i].text), MN_K_TENDERS, ROLES);
		assert_true(r->good);
		assert_string_equal(r->rows.p, CASES[i].rows);
		has_remark(r, CASES[i].remark);
		end(r);
	}
}

static void
who_has_no_name_is_quarantined(void **state)
{
	struct read *r = TENDERS(PACK("{\"ocid\":\"o\",\"tender\":{\"tenderers\":[{},{},"
				      "{\"name\":\"Ash\"}]}}"),
	    ROLES);
	(void)state;
	assert_string_equal(r->rows.p, "|Ash|tenderer\n");
	counts_are(r, 1, 0, 2);
	end(r);
}

static void
a_process_without_organisations_is_told(void **state)
{
	struct read *r = TENDERS(PACK("{\"ocid\":\"o\",\"planning\":{}}"), ROLES);
	(void)state;
	assert_true(r->good);
	has_remark(r, "OCDS_NONE  /releases/0: ");
	end(r);
}

static void
references_without_parties_are_one_organisation(void **state)
{
	struct read *r = TENDERS(
	    PACK("{\"ocid\":\"o\",\"tender\":{\"tenderers\":[{\"name\":\"Ash Ltd\","
		 "\"identifier\":{\"scheme\":\"UA-EDR\",\"id\":\"40133709\"}}]},"
		 "\"contracts\":"
		 "[{\"awardID\":\"a\",\"suppliers\":[{\"name\":\"ASH LTD.\",\"address\":"
		 "{\"countryName\":\"Ukraine\"}}]}],\"awards\":[{\"id\":\"a\",\"value\":"
		 "{\"amount\":7,\"currency\":\"UAH\"}}]}"),
	    FIELDS(
		MN_F_NAME, MN_F_BID_ROLE, MN_F_TAX_ID, MN_F_COUNTRY, MN_F_TENDER_AMOUNT));
	(void)state;
	assert_string_equal(r->rows.p, "Ash Ltd|tenderer|40133709|UA|\n"
				       "Ash Ltd|supplier|40133709|UA|7\n");
	end(r);
}

static void
damage_costs_its_release(void **state)
{
	struct read *r = TENDERS(PACK(ONE ",{\"ocid\":NaN}," TWO), ROLES);
	(void)state;
	assert_string_equal(r->rows.p, "|Ash|tenderer\n|Elm|tenderer\n");
	counts_are(r, 2, 0, 1);
	end(r);
	r = TENDERS(ONE "\n{\"ocid\":\"broken\n" TWO "\n", ROLES);
	assert_string_equal(r->rows.p, "|Ash|tenderer\n|Elm|tenderer\n");
	counts_are(r, 2, 0, 1);
	end(r);
	r = TENDERS("{\"releases\":[" ONE "," TWO, ROLES);
	assert_string_equal(r->rows.p, "|Ash|tenderer\n|Elm|tenderer\n");
	counts_are(r, 2, 0, 1);
	end(r);
}

/* As records are published whose id stands behind all versions. */
static void
an_id_at_the_end_tells_the_format(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	(void)state;
	mn_buf_add(&b, MN_S("{\"versionedRelease\":{\"planning\":{\"documents\":["));
	while (b.n < 300000)
		mn_buf_add(
		    &b, MN_S("{\"title\":[{\"releaseID\":\"r\",\"value\":\"x\"}]},"));
	mn_buf_add(
	    &b, MN_S("{}]}},\"compiledRelease\":{\"ocid\":\"o\",\"tender\":{\"id\":"
		     "\"t\",\"tenderers\":[{\"name\":\"Ash\"}]}}}"));
	struct read *r = read_text(mn_buf_str(&b), MN_K_TENDERS, ROLES);
	assert_true(r->good);
	assert_string_equal(r->rows.p, "|Ash|tenderer\n");
	end(r);
	mn_buf_free(&b);
}

static void
bidders_as_a_table(void **state)
{
	struct read *r =
	    read_text(MN_S("lot,bidder,company_no,country,address,role,makes_at_name,"
			   "makes_at_country,cpv,workers,agency_used\n"
			   "1,Ash Ltd,01234567,UK,1 Mill Lane,lead,Elm "
			   "Works,Vietnam,18110000-3,12,yes\n"
			   "1,,,,,,,,,,\n"
			   "2,Fir Ltd,,,,boss,,,,,\n"),
		MN_KIND_ANY,
		FIELDS(MN_F_LOT, MN_F_NAME, MN_F_TAX_ID, MN_F_COUNTRY, MN_F_BID_ROLE,
		    MN_F_MAKES_AT_NAME, MN_F_MAKES_AT_COUNTRY, MN_F_CPV, MN_F_WORKERS,
		    MN_F_AGENCY_USED));
	(void)state;
	assert_int_equal(r->info.kind, MN_K_TENDERS);
	assert_string_equal(r->rows.p,
	    "1|Ash Ltd|01234567|GB|lead|Elm Works|VN|18110000-3|12|yes\n"
	    "2|Fir Ltd||||||||\n");
	counts_are(r, 1, 1, 1);
	end(r);
}

static void
it_is_no_table_of_fees(void **state)
{
	struct read *r = read_text(MN_S(PACK(ONE)), MN_K_FEES, NAMES);
	(void)state;
	assert_false(r->opened);
	assert_int_equal(r->err.code, MN_E_FILE_JSON);
	end(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_row_is_an_organisation_in_a_role_in_a_lot),
	    cmocka_unit_test(a_row_says_what_is_bought_and_awarded),
	    cmocka_unit_test(contact_points_are_never_read),
	    cmocka_unit_test(bidders_are_supplier_rows),
	    cmocka_unit_test(every_packing_is_read),
	    cmocka_unit_test(releases_of_a_record_are_merged),
	    cmocka_unit_test(releases_of_a_process_are_one),
	    cmocka_unit_test(lists_are_merged_as_the_standard_says),
	    cmocka_unit_test(what_cannot_be_merged_is_told),
	    cmocka_unit_test(what_stands_wrong_is_used_and_told),
	    cmocka_unit_test(who_has_no_name_is_quarantined),
	    cmocka_unit_test(a_process_without_organisations_is_told),
	    cmocka_unit_test(references_without_parties_are_one_organisation),
	    cmocka_unit_test(damage_costs_its_release),
	    cmocka_unit_test(an_id_at_the_end_tells_the_format),
	    cmocka_unit_test(bidders_as_a_table),
	    cmocka_unit_test(it_is_no_table_of_fees),
	};
	return cmocka_run_group_tests(tests, load_mappings, free_mappings);
}

/* Lists in the layouts of their publishers; every name is invented. */
#include "list_fixture.h"

static void
every_kind_of_name_of_a_plain_list_is_read(void **state)
{
	(void)state;
	struct list *l = LIST(
	    "Name,Also known as,AKA,Formerly known as,Weak alias,Native name,Country,"
	    "Registration numbers\n"
	    "Ashbrook Mills Ltd,Ashbrook; ABM,Ash Brook;ABM,Birch Mills,Mills,"
	    "\xd0\x90\xd1\x88,GB,00012345; 12\n");
	list_is(l, "", 1, 0,
	    "name=Ashbrook Mills Ltd|native_name=\xd0\x90\xd1\x88|"
	    "aliases=Ashbrook;ABM;Ash Brook|country=GB|former_names=Birch Mills|"
	    "weak_aliases=Mills|identifiers=00012345;12\n");
	list_free(l);
}

#define TARGETS \
	"\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\"," \
	"\"addresses\",\"identifiers\",\"sanctions\",\"phones\",\"emails\"," \
	"\"program_ids\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n"
#define TARGET(schema, name, aliases, countries, addresses, ids, sanctions, dataset) \
	"\"x-1\",\"" schema "\",\"" name "\",\"" aliases "\",\"\",\"" countries \
	"\",\"" addresses "\",\"" ids "\",\"" sanctions "\",\"\",\"\",\"\",\"" dataset \
	"\",\"\",\"\",\"\"\n"

static void
targets_give_organisations_with_all_their_values(void **state)
{
	(void)state;
	struct list *l = LIST(TARGETS TARGET("Company", "Ashbrook Mills",
	    "Ash \"\"Brook\"\";\"\"\"\"\"\"Brook; Ash\"\"\"\" OOO\"\";ABM", "gb;gb",
	    "1 Mill Lane, York;\"\"2 Mill Lane; rear\"\"", "11;22",
	    "\"\"held papers,\nreported\"\"",
	    "US CBP Withhold Release Orders and Findings"));
	list_is(l, "opensanctions-targets", 1, 0,
	    "name=Ashbrook Mills|aliases=Ash \"Brook\";\"Brook, Ash\" OOO;ABM|"
	    "country=GB|address=1 Mill Lane, York; 2 Mill Lane; rear|"
	    "reason=held papers,\nreported|identifiers=11;22\n");
	list_free(l);
}

static void
persons_and_vessels_are_no_organisations(void **state)
{
	(void)state;
	struct list *l = LIST(TARGETS TARGET(
	    "Person", "Invented Person", "I. Person", "", "", "773000000000", "", "X")
		TARGET("Vessel", "ASHBROOK STAR", "", "gb", "", "IMO0000000", "", "X")
		    TARGET("LegalEntity", "Birch", "", "gb;de", "", "", "\"\"\"\"", "X"));
	list_is(l, "opensanctions-targets", 0, 3, "name=Birch\n");
	mn_buf_byte(&l->remarks, 0);
	assert_non_null(strstr(l->remarks.p,
	    "2 PERSONAL (masked)|3 ROW_KIND Vessel|4 CELL_COUNTRIES gb;de|"));
	assert_null(strstr(l->remarks.p, "Invented"));
	list_free(l);
}

static void
entities_of_one_cell_are_records_of_one_row(void **state)
{
	(void)state;
	struct list *l =
	    LIST("order_id,type,country,entity,merchandise,status,effective_date,"
		 "modified_date,source\n"
		 "O-1,WRO,CN,\"Ash Works, a/k/a Elm Works; Oak Tea Co., Ltd. (of Fir, "
		 "Japan)\",Tea,active,1995-04-27,,x\n"
		 "O-2,WRO,MY,\"Ash Bhd. and its two subsidiaries (Elm Sdn. Bhd., and Oak "
		 "Bhd.)\",Gloves,modified,2021-10-21,2023-09-18,x\n"
		 "O-3,Finding,MX,Ash Group and its Subsidiaries,Soda,partially "
		 "active,2016-03-29,2020-01-01,x\n");
	list_is(l, "us-cbp-orders-table", 3, 0,
	    "name=Ash Works|aliases=Elm Works|country=CN|good=Tea|listed_on=1995-04-27|"
	    "reason=WRO, active\n"
	    "name=Oak Tea Co., Ltd.|country=JP|address=Fir, Japan|good=Tea|"
	    "listed_on=1995-04-27|reason=WRO, active\n"
	    "name=Ash Bhd.|country=MY|good=Gloves|listed_on=2021-10-21|"
	    "ended_on=2023-09-18|reason=WRO, modified\n"
	    "name=Elm Sdn. Bhd.|country=MY|good=Gloves|listed_on=2021-10-21|"
	    "ended_on=2023-09-18|reason=WRO, modified; named in the entry as a "
	    "subsidiary "
	    "of: Ash Bhd.\n"
	    "name=Oak Bhd.|country=MY|good=Gloves|listed_on=2021-10-21|"
	    "ended_on=2023-09-18|reason=WRO, modified; named in the entry as a "
	    "subsidiary "
	    "of: Ash Bhd.\n"
	    "name=Ash Group|country=MX|good=Soda|listed_on=2016-03-29|reason=Finding, "
	    "partially active; the entry goes beyond this name: and its Subsidiaries\n");
	list_free(l);
}

static void
orders_without_an_organisation_are_noted(void **state)
{
	(void)state;
	struct list *l = LIST(
	    "Calendar Year,Country,Country Code,Entity,Merchandise,Industry,WRO/Finding,"
	    "Status,Effective Date,Press Release,Remarks\n"
	    "2021,Fishing Vessels,,Fishing Vessel: Ash Star,Seafood,,WRO,Active,"
	    "08/04/2021,,\n"
	    "2021,China,CN,Ash Autonomous Region,Cotton,,WRO,Active,1/13/2021,,\n"
	    "2020,Malaysia,MY,Ash Plantation,Palm oil,,WRO,Inactive,12/30/2020,,\n"
	    "2022,Malaysia,MY,Ash Glove,Gloves,,WRO,Active,01/28/2022,,\n");
	list_is(l, "us-cbp-orders", 1, 3,
	    "name=Ash Glove|country=MY|good=Gloves|listed_on=2022-01-28|reason=WRO, "
	    "Active\n");
	assert_int_equal(l->diag.count[MN_E_ROW_KIND], 1);
	assert_int_equal(l->diag.count[MN_E_ROW_GOODS], 1);
	assert_int_equal(l->diag.count[MN_E_ROW_ENDED], 1);
	list_free(l);
}

static void
the_entity_list_has_aliases_and_former_names(void **state)
{
	(void)state;
	struct list *l = LIST("Name of Entity,Effective Date\n"
			      "\"Ash Co., Ltd. (also known as Elm; and formerly known as "
			      "Oak Co., Ltd.)\",\"January 15, 2025\"\n");
	list_is(l, "us-uflpa", 1, 0,
	    "name=Ash Co., Ltd.|aliases=Elm|country=CN|listed_on=2025-01-15|"
	    "former_names=Oak Co., Ltd.\n");
	list_free(l);
}

#define ENTITY(id, schema, target, properties) \
	"{\"id\":\"" id "\",\"caption\":\"" id "\",\"schema\":\"" schema \
	"\",\"properties\":{" properties "},\"datasets\":[\"us_dhs_uflpa\"]," \
	"\"target\":" target "}\n"

static void
entities_of_json_lines_have_their_sanctions_and_addresses(void **state)
{
	(void)state;
	struct list *l = LIST(ENTITY("s-1", "Sanction", "false",
	    "\"entity\":[\"Ash\",\"Oak\"],\"startDate\":[\"2022-06-21\"],"
	    "\"endDate\":[\"2024-01-01\"],\"reason\":[\"held papers; moved\"]")
		ENTITY("Ash", "Company", "true",
		    "\"name\":[\"Ash\",\"OOO \\\"Ash; Elm\\\"\"],\"alias\":[\"AS\"],"
		    "\"weakAlias\":[\"A\"],\"previousName\":[\"Fir\"],"
		    "\"country\":[\"cn\",\"hk\"],\"jurisdiction\":[\"cn\"],"
		    "\"addressEntity\":[\"a-1\"],\"taxNumber\":[\"12\"],"
		    "\"uscCode\":[\"12\",\"34\"],\"topics\":[\"sanction\"]")
		    ENTITY("Oak", "Organization", "true", "\"name\":[\"Oak\"]") ENTITY(
			"s-2", "Sanction", "false",
			"\"entity\":[\"Ash\"],\"startDate\":[\"2020-01-01\"]")
			ENTITY("a-1", "Address", "false", "\"full\":[\"1 Mill Lane\"]"));
	list_is(l, "opensanctions-ftm", 5, 0,
	    "name=Ash|aliases=Ash;OOO \"Ash, Elm\";AS|country=CN|address=1 Mill Lane|"
	    "listed_on=2020-01-01|reason=held papers; moved, sanction|former_names=Fir|"
	    "weak_aliases=A|identifiers=12;34\n"
	    "name=Oak|aliases=Oak|listed_on=2022-06-21|ended_on=2024-01-01|"
	    "reason=held papers; moved\n");
	assert_int_equal(l->rows, 5);
	list_free(l);
}

static void
lines_that_are_no_listed_organisation(void **state)
{
	(void)state;
	struct list *l = LIST(ENTITY("Invented Person", "Person", "true", "")
		ENTITY("Star", "Vessel", "true", "") ENTITY("Elm", "Company", "false",
		    "") "{\"id\":1,\n[2]\n\n{\"id\":1,\"id\":2}\n" ENTITY("Oak",
		    "PublicBody", "true", "\"a\":{\"b\":[null,1.5,true]}"));
	assert_int_equal(l->quarantined, 3);
	l->quarantined = 0;
	list_is(l, "opensanctions-ftm", 1, 3, "name=Oak\n");
	mn_buf_byte(&l->remarks, 0);
	assert_non_null(strstr(l->remarks.p,
	    "1 PERSONAL (masked)|2 ROW_KIND Vessel|3 ROW_KIND false|4 ROW_JSON |5 "
	    "ROW_JSON |7 ROW_JSON |"));
	assert_null(strstr(l->remarks.p, "Invented"));
	list_free(l);
}

static void
json_lines_of_unknown_layout_go_by_their_keys(void **state)
{
	(void)state;
	struct list *l = LIST("{\"name\":\"Ash\",\"country\":\"GB\",\"aka\":[\"A; "
			      "B\",\"C\"]}\r\n{\"name\":\"Oak\",\"later\":1}");
	list_is(l, "", 2, 0, "name=Ash|aliases=A, B;C|country=GB\nname=Oak\n");
	list_free(l);
}

static void
a_long_line_costs_itself_only(void **state)
{
	struct mn_buf b = mn_buf_new(8u << 20);
	(void)state;
	mn_buf_add(&b, MN_S("{\"name\":\"Ash\"}\n{\"name\":\""));
	for (int i = 0; i < 3 << 20; i++)
		mn_buf_byte(&b, 'x');
	mn_buf_add(&b, MN_S("\"}\n{\"name\":\"Oak\"}\n"));
	struct list *l = list_of(mn_buf_str(&b));
	assert_int_equal(l->quarantined, 1);
	assert_int_equal(l->diag.count[MN_E_ROW_LONG], 1);
	l->quarantined = 0;
	list_is(l, "", 2, 0, "name=Ash\nname=Oak\n");
	list_free(l);
	mn_buf_free(&b);
}

static void
rows_with_a_date_of_birth_are_persons(void **state)
{
	(void)state;
	struct list *l =
	    LIST("Debarred Party Full Name and Alias,Date of Birth,Notice,Notice Date\n"
		 "\"Person, Invented (a.k.a. Invented)\",\"May, 1900\",1 FR 1,7/18/1988\n"
		 "\"Ash Trading Company, Inc. (a.k.a. ATCO, Inc.)\",,1 FR 1,3/5/2002\n");
	list_is(l, "us-itar-debarred", 1, 1,
	    "name=Ash Trading Company, Inc.|aliases=ATCO, Inc.|listed_on=2002-03-05\n");
	mn_buf_byte(&l->remarks, 0);
	assert_non_null(strstr(l->remarks.p, "2 PERSONAL (masked)|"));
	assert_null(strstr(l->remarks.p, "1900"));
	list_free(l);
}

/* 111.222.333 with its check digits is nobody's. */
static void
tax_numbers_of_persons_are_not_kept(void **state)
{
	(void)state;
	struct list *l = LIST("name,country,tax_id,identifiers\n"
			      "Ash,BR,111.222.333-96,11.222.333/0001-81;111.222.333-96\n"
			      "Oak,DE,111.222.333-96,\n");
	list_is(l, "", 1, 1,
	    "name=Ash|country=BR|identifiers=11.222.333/0001-81\n"
	    "name=Oak|country=DE|tax_id=111.222.333-96\n");
	mn_buf_byte(&l->remarks, 0);
	assert_non_null(strstr(l->remarks.p, "2 PERSONAL (masked)|2 PERSONAL (masked)|"));
	list_free(l);
}

static void
types_and_several_values_of_the_screening_list(void **state)
{
	(void)state;
	struct list *l =
	    LIST("source,entity_number,type,programs,name,addresses,"
		 "federal_register_notice,start_date,end_date,alt_names\n"
		 "EL,1,,X,Ash OOO,\"1 Lane, RU; 2 Lane, RU\",F 1,2018-04-30,,AS; "
		 "Ash LLC\n"
		 "SDN,2,Individual,X,Invented Person,,F 1,,,I. Person\n"
		 "SDN,3,Vessel,X,Star,,F 1,,,\n");
	list_is(l, "us-csl", 1, 2,
	    "name=Ash OOO|aliases=AS;Ash LLC|address=1 Lane, RU; 2 Lane, RU|"
	    "listed_on=2018-04-30|reason=X\n");
	list_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_of_name_of_a_plain_list_is_read),
	    cmocka_unit_test(targets_give_organisations_with_all_their_values),
	    cmocka_unit_test(persons_and_vessels_are_no_organisations),
	    cmocka_unit_test(entities_of_one_cell_are_records_of_one_row),
	    cmocka_unit_test(orders_without_an_organisation_are_noted),
	    cmocka_unit_test(the_entity_list_has_aliases_and_former_names),
	    cmocka_unit_test(entities_of_json_lines_have_their_sanctions_and_addresses),
	    cmocka_unit_test(lines_that_are_no_listed_organisation),
	    cmocka_unit_test(json_lines_of_unknown_layout_go_by_their_keys),
	    cmocka_unit_test(a_long_line_costs_itself_only),
	    cmocka_unit_test(rows_with_a_date_of_birth_are_persons),
	    cmocka_unit_test(tax_numbers_of_persons_are_not_kept),
	    cmocka_unit_test(types_and_several_values_of_the_screening_list),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

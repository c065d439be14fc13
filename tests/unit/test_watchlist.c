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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_of_name_of_a_plain_list_is_read),
	    cmocka_unit_test(targets_give_organisations_with_all_their_values),
	    cmocka_unit_test(persons_and_vessels_are_no_organisations),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

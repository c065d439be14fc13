/* The examples of the template, and its first page. */
#include "manumit/base/clock.h"

#include "template_words.h"

/* ---- examples; the firm, the authority and the list are invented ---- */

#define FIRM "Marigold Lane Garments (invented)"
struct example {
	const char *kind; /* by name: kinds come and go */
	enum mn_field field;
	const char *text;
};
#define E(kind, field, text) \
	{ \
#kind, MN_F_##field, text \
	}
static const struct example EXAMPLES[] = {
    E(suppliers, ID, MN_EXAMPLE "0001"),
    E(suppliers, NAME, FIRM),
    E(suppliers, COUNTRY, "BD"),
    E(suppliers, CITY, "Exampletown"),
    E(suppliers, ADDRESS, "Plot 12, Example Road"),
    E(suppliers, SECTOR, "garments"),
    E(suppliers, PRODUCT, "shirts"),
    E(suppliers, ROLE, "facility"),
    E(suppliers, HS, "6205"),
    E(suppliers, ORIGIN_COUNTRY, "BD"),
    E(suppliers, WORKERS, "640"),
    E(suppliers, MIGRANT_SHARE, "0.12"),
    E(suppliers, WOMEN_SHARE, "0.7"),
    E(suppliers, TIER, "1"),
    E(suppliers, SPEND, "250000"),
    E(suppliers, CURRENCY, "USD"),
    E(fees, ENTITY, MN_EXAMPLE "0001"),
    E(fees, ENTITY_NAME, FIRM),
    E(fees, ENTITY_COUNTRY, "BD"),
    E(fees, WORKER, "w-01"),
    E(fees, DESCRIPTION, "service charge"),
    E(fees, AMOUNT, "1200.5"),
    E(fees, CURRENCY, "USD"),
    E(fees, PAID_BY, "worker"),
    E(fees, PAID_ON, "2026-01-15"),
    E(fees, WAGE, "310"),
    E(fees, WAGE_PERIOD, "month"),
    E(fees, RECEIPT, "no"),
    E(inspections, ENTITY, MN_EXAMPLE "0001"),
    E(inspections, ENTITY_NAME, FIRM),
    E(inspections, COUNTRY, "BD"),
    E(inspections, AUTHORITY, "Labour Inspectorate (invented)"),
    E(inspections, CASE_ID, "0042/2026"),
    E(inspections, OPENED, "2026-03-02"),
    E(inspections, CLOSED, "2026-03-04"),
    E(inspections, OUTCOME, "violation"),
    E(inspections, VIOLATION, "PASSPORT_HELD"),
    E(inspections, STATUS, "open"),
    E(inspections, ANNOUNCED, "no"),
    E(inspections, WORKERS_SEEN, "120"),
    E(findings, ENTITY, MN_EXAMPLE "0001"),
    E(findings, ENTITY_NAME, FIRM),
    E(findings, COUNTRY, "BD"),
    E(findings, INDICATOR, "I03"),
    E(findings, DIRECTION, "adverse"),
    E(findings, STRENGTH, "M"),
    E(findings, SOURCE_CLASS, "ngo_media"),
    E(findings, DATE, "2026-05-20"),
    E(findings, STATUS, "open"),
    E(findings, DESCRIPTION, "dormitory locked at night"),
    E(findings, REFERENCE, "Report A"),
    E(watchlist, ID, MN_EXAMPLE "X-1"),
    E(watchlist, NAME, FIRM),
    E(watchlist, COUNTRY, "BD"),
    E(watchlist, GATE, "G-OWN"),
    E(watchlist, LIST, "Own list of the buyer (invented)"),
    E(watchlist, LISTED_ON, "2026-02-01"),
    E(watchlist, REASON, "a question is open"),
    E(edges, FROM, MN_EXAMPLE "0002"),
    E(edges, FROM_NAME, "Tallow Brook Spinning (invented)"),
    E(edges, FROM_COUNTRY, "IN"),
    E(edges, EDGE_KIND, "supplies"),
    E(edges, TO, MN_EXAMPLE "0001"),
    E(edges, TO_NAME, FIRM),
    E(edges, TO_COUNTRY, "BD"),
    E(edges, GOOD, "cotton yarn"),
    E(edges, TIER, "2"),
    E(edges, SHARE, "0.6"),
    E(edges, SINCE, "2025-01-01"),
    E(edges, REFERENCE, "Supplier's list of 2026-01"),
    E(categories, CATEGORY, MN_EXAMPLE "Shirts"),
    E(categories, PRODUCT, "shirts"),
    E(categories, SECTOR, "garments"),
    E(categories, HS, "6205"),
    E(categories, ORIGIN_COUNTRY, "BD"),
    E(activities, ENTITY, MN_EXAMPLE "0001"),
    E(activities, ENTITY_NAME, FIRM),
    E(activities, COUNTRY, "BD"),
    E(activities, DATE, "2026-06-10"),
    E(activities, ACTIVITY, "interviews"),
    E(activities, DONE_BY, "workers' centre (invented)"),
    E(activities, ABOUT, "I03"),
    E(activities, DESCRIPTION, "the gate is open at night again"),
    E(activities, OFFSITE, "yes"),
    E(activities, INTERVIEWED_PRIVATELY, "24"),
    E(actions, ENTITY, MN_EXAMPLE "0001"),
    E(actions, ENTITY_NAME, FIRM),
    E(actions, COUNTRY, "BD"),
    E(actions, ABOUT, "I03"),
    E(actions, ACTION, "take the lock off the dormitory gate"),
    E(actions, OWNER, "supplier, site manager"),
    E(actions, DUE, "2026-06-01"),
    E(actions, ACTION_STATUS, "done"),
    E(actions, DONE_ON, "2026-05-28"),
    E(actions, VERIFY_HOW, "interviews off site"),
    E(actions, VERIFIED_BY, "workers' centre"),
    E(actions, VERIFIED_ON, "2026-06-10"),
    E(training, ENTITY, MN_EXAMPLE "0001"),
    E(training, ENTITY_NAME, FIRM),
    E(training, COUNTRY, "BD"),
    E(training, DATE, "2026-04-15"),
    E(training, TOPIC, "fair recruitment"),
    E(training, TRAINED, "suppliers"),
    E(training, PEOPLE, "14"),
    E(training, HOURS, "3"),
    E(remediation, ENTITY, MN_EXAMPLE "0001"),
    E(remediation, ENTITY_NAME, FIRM),
    E(remediation, COUNTRY, "BD"),
    E(remediation, ABOUT, "I09"),
    E(remediation, RECRUITER, "Bluefinch Manpower (invented)"),
    E(remediation, ORIGIN, "NP"),
    E(remediation, DESTINATION, "BD"),
    E(remediation, OWED, "48000"),
    E(remediation, PAID, "12000"),
    E(remediation, CURRENCY, "USD"),
    E(remediation, WORKERS, "40"),
    E(remediation, WORKERS_PAID, "10"),
    E(remediation, DUE, "2026-12-31"),
    E(profile, NAME, MN_EXAMPLE "Your company"),
    E(profile, COUNTRY, "DE"),
    E(profile, YEAR, "2026"),
    E(profile, IMPORTS_INTO, "DE;US"),
    E(profile, SELLS_IN, "DE;FR"),
    E(profile, BUYS_PUBLICLY_IN, "none"),
    E(profile, SELLS_PUBLICLY_IN, "none"),
    E(survey, ENTITY, MN_EXAMPLE "0001"),
    E(survey, ENTITY_NAME, FIRM),
    E(survey, COUNTRY, "BD"),
    E(survey, WORKER, "R-17"),
    E(survey, DATE, "2026-05-12"),
    E(survey, REFERENCE_PERIOD, "year"),
    E(survey, AGE_GROUP, "adult"),
    E(survey, SETTING, "off_site"),
    E(survey, CODES, "P02;W03"),
    E(survey, CODES_ASKED, "SURVEY"),
    E(own_codes, OWN_CODE, MN_EXAMPLE "PP-7"),
    E(own_codes, INDICATOR, "I07"),
    E(own_codes, STRENGTH, "S"),
    E(own_codes, DESCRIPTION, "passports are kept in the office"),
    E(tenders, LOT, MN_EXAMPLE "1"),
    E(tenders, NAME, FIRM),
    E(tenders, COUNTRY, "BD"),
    E(tenders, BID_ROLE, "tenderer"),
    E(tenders, MAKES_AT_COUNTRY, "BD"),
    E(tenders, CPV, "18110000"),
    E(tenders, WORKERS, "450"),
    E(tenders, AGENCY_USED, "no"),
};
#undef E

struct mn_val
mn_template_example(enum mn_kind k, enum mn_field f)
{
	int32_t day;
	int64_t e4;
	for (size_t i = 0; i < countof(EXAMPLES); i++) {
		struct mn_str text = mn_str_c(EXAMPLES[i].text);
		if (strcmp(EXAMPLES[i].kind, mn_kind_name(k)) != 0 ||
		    EXAMPLES[i].field != f)
			continue;
		enum mn_field_type type = mn_field_def(f)->type;
		bool number =
		    type == MN_T_NUMBER || type == MN_T_COUNT || type == MN_T_SHARE;
		if (type == MN_T_DATE && mn_day_parse_iso(text, &day))
			return mn_val_day(day);
		if (number && mn_str_decimal(text, 4, &e4))
			return mn_val_num(MN_VAL_E4, e4);
		return mn_val_text(text);
	}
	return (struct mn_val){0};
}

/* ---- the first page ---- */

static const struct {
	const char *kind, *text;
} WHAT[] = {
    {"suppliers", "Whom you buy from: suppliers, sites, recruiters. The only sheet "
		  "that is needed; name and country are enough to begin with."},
    {"fees", "What workers, employers and agencies paid for recruitment, one row a "
	     "payment."},
    {"inspections", "Labour inspections, one row an inspection."},
    {"findings", "Findings of audits, surveys, unions, courts and media, one row a "
		 "finding; also what was looked at and not found (direction: clear)."},
    {"watchlist", "Lists of your own: whom you block, watch or allow. Public lists "
		  "are read as they are published and need not be copied here."},
    {"survey", "Interviews of workers, one row a worker: codes of what was reported and "
	       "what was asked (indicators/lens-*.json, or I01 to I11). Reports count "
	       "workers and leave small numbers out."},
    {"edges", "Who supplies whom beyond your own orders, who owns whom, who recruits "
	      "for whom: what stands behind a supplier is found along these rows."},
    {"categories",
	"Your purchasing groups: what a supplier of the group makes, where it says "
	"nothing itself."},
    {"activities", "Visits, audits, interviews and engagement of yours, one row each."},
    {"actions", "What is to be done, by whom and until when; done, and verified by "
		"workers. The sheet Actions of results.xlsx has the proposed ones."},
    {"training", "Who was trained about forced labour: numbers, never names."},
    {"remediation", "What is owed to workers, what they were paid so far, until when, "
		    "and who verified it."},
    {"profile", "Who you are: where you import, sell and buy publicly. Reports then say "
		"what a legal gate means for you."},
    {"own_codes", "Codes of your own checklists: which indicator each means, and how "
		  "strongly. Findings may then give your code."},
};

static const char *
what(enum mn_kind k)
{
	for (size_t i = 0; i < countof(WHAT); i++)
		if (strcmp(WHAT[i].kind, mn_kind_name(k)) == 0)
			return WHAT[i].text;
	return "";
}

static const char *const RULES[] = {
    "Fill in what you know and leave the rest empty. Empty means unknown, never low "
    "risk.",
    "The first row below each header is an example in italics. Write over it or delete "
    "it: rows whose first cell begins with EXAMPLE- are noted and not used.",
    "The remark on each header says what the column means. Columns may be moved, deleted "
    "or left empty; do not rename them.",
    "Rows of other sheets belong to a supplier by `entity`, its id on "
    "the sheet suppliers, or by its name and country.",
    "What is filled in on activities, actions, training, remediation and profile can be "
    "kept with `manumit record`: later rows about one thing supersede earlier ones, and "
    "all are kept. Owners and verifiers are roles or organisations, not persons' names.",
    "Never enter names of workers. A reference to a worker is replaced by a keyed hash "
    "when it is read, and small groups of workers are not shown in reports.",
    "Ids and codes are text: leading zeros stay. Days are real dates. A share is a "
    "percentage.",
    "Results are screening indications; they neither establish forced labour nor its "
    "absence.",
};

static const struct mn_column PAGE[] = {{"", NULL, MN_ST_TEXT, 20, NULL, NULL, false},
    {"", NULL, MN_ST_WRAP, 100, NULL, NULL, false}};
static const struct mn_xlsxw_spec HOW_TO = {
    "how to", PAGE, countof(PAGE), 0, true, false};

static void
say(struct mn_xlsxw_sheet *s, enum mn_style style, const char *text)
{
	struct mn_val v = mn_val_styled(mn_val_c(text), style);
	mn_xlsxw_row(s, &v, 1);
}

void
mn_template_page(struct mn_xlsxw *x, const struct mn_headings *words)
{
	struct mn_xlsxw_sheet *s = mn_xlsxw_sheet(x, &HOW_TO);
	say(s, MN_ST_TITLE, "Supply-chain screening: what you know");
	mn_xlsxw_row(s, NULL, 0);
	for (uint32_t i = 0; words && i < words->n_intro; i++) {
		struct mn_val v = mn_val_styled(mn_val_text(words->intro[i]), MN_ST_LEAD);
		mn_xlsxw_row(s, &v, 1);
	}
	if (words)
		mn_xlsxw_row(s, NULL, 0);
	for (size_t i = 0; i < countof(RULES); i++)
		say(s, MN_ST_LEAD, RULES[i]);
	mn_xlsxw_row(s, NULL, 0);
	say(s, MN_ST_SECTION, "The sheets");
	for (unsigned k = 0; k < MN_K_TENDERS; k++) {
		struct mn_val v[] = {mn_val_c(mn_kind_name((enum mn_kind)k)),
		    mn_val_c(what((enum mn_kind)k))};
		mn_xlsxw_row(s, v, 2);
	}
	struct mn_val v[] = {mn_val_c("codes"),
	    mn_val_c("What may be chosen, with its meaning. It is not read.")};
	mn_xlsxw_row(s, v, 2);
}

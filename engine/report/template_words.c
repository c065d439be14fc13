/* The examples of the template, and its first page. */
#include "manumit/base/clock.h"

#include "template_words.h"

/* ---- examples; the firm, the authority and the list are invented ---- */

#define FIRM "Marigold Lane Garments (invented)"
struct example {
	enum mn_kind kind;
	enum mn_field field;
	const char *text;
};
#define E(kind, field, text) \
	{ \
		MN_K_##kind, MN_F_##field, text \
	}
static const struct example EXAMPLES[] = {
    E(SUPPLIERS, ID, MN_EXAMPLE "0001"),
    E(SUPPLIERS, NAME, FIRM),
    E(SUPPLIERS, COUNTRY, "BD"),
    E(SUPPLIERS, CITY, "Exampletown"),
    E(SUPPLIERS, ADDRESS, "Plot 12, Example Road"),
    E(SUPPLIERS, SECTOR, "garments"),
    E(SUPPLIERS, PRODUCT, "shirts"),
    E(SUPPLIERS, ROLE, "facility"),
    E(SUPPLIERS, HS, "0620"),
    E(SUPPLIERS, ORIGIN_COUNTRY, "BD"),
    E(SUPPLIERS, WORKERS, "640"),
    E(SUPPLIERS, MIGRANT_SHARE, "0.12"),
    E(SUPPLIERS, WOMEN_SHARE, "0.7"),
    E(SUPPLIERS, TIER, "1"),
    E(SUPPLIERS, SPEND, "250000"),
    E(SUPPLIERS, CURRENCY, "USD"),
    E(FEES, ENTITY, MN_EXAMPLE "0001"),
    E(FEES, ENTITY_NAME, FIRM),
    E(FEES, ENTITY_COUNTRY, "BD"),
    E(FEES, WORKER, "w-01"),
    E(FEES, DESCRIPTION, "service charge"),
    E(FEES, AMOUNT, "1200.5"),
    E(FEES, CURRENCY, "USD"),
    E(FEES, PAID_BY, "worker"),
    E(FEES, PAID_ON, "2026-01-15"),
    E(FEES, WAGE, "310"),
    E(FEES, WAGE_PERIOD, "month"),
    E(FEES, RECEIPT, "no"),
    E(INSPECTIONS, ENTITY, MN_EXAMPLE "0001"),
    E(INSPECTIONS, ENTITY_NAME, FIRM),
    E(INSPECTIONS, COUNTRY, "BD"),
    E(INSPECTIONS, AUTHORITY, "Labour Inspectorate (invented)"),
    E(INSPECTIONS, CASE_ID, "0042/2026"),
    E(INSPECTIONS, OPENED, "2026-03-02"),
    E(INSPECTIONS, CLOSED, "2026-03-04"),
    E(INSPECTIONS, OUTCOME, "violation"),
    E(INSPECTIONS, VIOLATION, "PASSPORT_HELD"),
    E(INSPECTIONS, STATUS, "open"),
    E(INSPECTIONS, ANNOUNCED, "no"),
    E(INSPECTIONS, WORKERS_SEEN, "120"),
    E(FINDINGS, ENTITY, MN_EXAMPLE "0001"),
    E(FINDINGS, ENTITY_NAME, FIRM),
    E(FINDINGS, COUNTRY, "BD"),
    E(FINDINGS, INDICATOR, "I03"),
    E(FINDINGS, DIRECTION, "adverse"),
    E(FINDINGS, STRENGTH, "M"),
    E(FINDINGS, SOURCE_CLASS, "ngo_media"),
    E(FINDINGS, DATE, "2026-05-20"),
    E(FINDINGS, STATUS, "open"),
    E(FINDINGS, DESCRIPTION, "dormitory locked at night"),
    E(FINDINGS, REFERENCE, "Report A"),
    E(WATCHLIST, ID, MN_EXAMPLE "X-1"),
    E(WATCHLIST, NAME, FIRM),
    E(WATCHLIST, COUNTRY, "BD"),
    E(WATCHLIST, GATE, "G-OWN"),
    E(WATCHLIST, LIST, "Own list of the buyer (invented)"),
    E(WATCHLIST, LISTED_ON, "2026-02-01"),
    E(WATCHLIST, REASON, "a question is open"),
};
#undef E

struct mn_val
mn_template_example(enum mn_kind k, enum mn_field f)
{
	int32_t day;
	int64_t e4;
	for (size_t i = 0; i < countof(EXAMPLES); i++) {
		struct mn_str text = mn_str_c(EXAMPLES[i].text);
		if (EXAMPLES[i].kind != k || EXAMPLES[i].field != f)
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

static const char *const WHAT[MN_K_COUNT] = {
    [MN_K_SUPPLIERS] = "Whom you buy from: suppliers, sites, recruiters. The only sheet "
		       "that is needed; name and country are enough to begin with.",
    [MN_K_FEES] = "What workers, employers and agencies paid for recruitment, one row a "
		  "payment.",
    [MN_K_INSPECTIONS] = "Labour inspections, one row an inspection.",
    [MN_K_FINDINGS] =
	"Findings of audits, surveys, unions, courts and media, one row a "
	"finding; also what was looked at and not found (direction: clear).",
    [MN_K_WATCHLIST] = "Lists of your own: whom you block, watch or allow. Public lists "
		       "are read as they are published and need not be copied here.",
};

static const char *const RULES[] = {
    "Fill in what you know and leave the rest empty. Empty means unknown, never low "
    "risk.",
    "The first row below each header is an example in italics. Write over it or delete "
    "it: rows whose first cell begins with EXAMPLE- are noted and not used.",
    "The remark on each header says what the column means. Columns may be moved, deleted "
    "or left empty; do not rename them.",
    "Rows of fees, inspections and findings belong to a supplier by `entity`, its id on "
    "the sheet suppliers, or by its name and country.",
    "Never enter names of workers. A reference to a worker is replaced by a keyed hash "
    "when it is read, and small groups of workers are not shown in reports.",
    "Ids and codes are text: leading zeros stay. Days are real dates. A share is a "
    "percentage.",
    "Results are screening indications; they neither establish forced labour nor its "
    "absence.",
};

static const struct mn_column PAGE[] = {{"", NULL, MN_ST_TEXT, 20, NULL, NULL, false},
    {"", NULL, MN_ST_WRAP, 100, NULL, NULL, false}};
static const struct mn_xlsx_spec HOW_TO = {"how to", PAGE, countof(PAGE), 0, true, false};

static void
say(struct mn_xlsx_sheet *s, enum mn_style style, const char *text)
{
	struct mn_val v = mn_val_styled(mn_val_c(text), style);
	mn_xlsx_row(s, &v, 1);
}

void
mn_template_page(struct mn_xlsx *x)
{
	struct mn_xlsx_sheet *s = mn_xlsx_sheet(x, &HOW_TO);
	say(s, MN_ST_TITLE, "Supply-chain screening: what you know");
	mn_xlsx_row(s, NULL, 0);
	for (size_t i = 0; i < countof(RULES); i++)
		say(s, MN_ST_LEAD, RULES[i]);
	mn_xlsx_row(s, NULL, 0);
	say(s, MN_ST_SECTION, "The sheets");
	for (unsigned k = 0; k < MN_K_COUNT; k++) {
		struct mn_val v[] = {
		    mn_val_c(mn_kind_name((enum mn_kind)k)), mn_val_c(WHAT[k])};
		mn_xlsx_row(s, v, 2);
	}
	struct mn_val v[] = {mn_val_c("codes"),
	    mn_val_c("What may be chosen, with its meaning. It is not read.")};
	mn_xlsx_row(s, v, 2);
}

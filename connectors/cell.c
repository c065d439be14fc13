/* Canonical text of cells: numbers, shares, codes, identifiers, choices. */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/text/fold.h"
#include "manumit/text/ident.h"
#include "manumit/text/utf8.h"

#include "cell.h"
#include "number.h"

#define FINE(text) ((struct mn_cell){.out = (text)})
#define REMARK(c, d) ((struct mn_cell){.code = (c), .detail = (d)})

/* ---- numbers ---- */

static bool
is_percent(struct mn_str s)
{
	return mn_str_ends(s, MN_S("%")) || mn_str_ends(s, MN_S("٪")) ||
	       mn_str_ends(s, MN_S("％"));
}

static struct mn_cell
read_number(struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	struct mn_number n;
	struct mn_cell c;
	mn_number_read(s, r->decimal_comma, a, &n);
	if (n.text.n == 0)
		return REMARK(MN_E_CELL_NUMBER, NULL);
	if (is_percent(s))
		return REMARK(MN_E_CELL_NUMBER, "a share, where a number is wanted");
	if (r->point_either && mn_number_marks(n.digits) == MN_MARKS_POINT_EITHER)
		return REMARK(MN_E_CELL_NUMBER, "thousands or decimals?");
	c = FINE(MN_STR_NONE);
	mn_str_set(&c.out, n.text);
	memcpy(c.currency, n.currency, sizeof c.currency);
	c.scaled = n.digits.n == 0;
	return c;
}

static struct mn_cell
read_count(struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	int64_t e4;
	struct mn_number n;
	mn_number_read(s, r->decimal_comma, a, &n);
	struct mn_str bare = n.digits;
	/* Most are plain digits, which are given back as they are (number.h). */
	if (n.text.p == s.p && s.p[0] != '0' && s.n <= 12 &&
	    mn_str_find_byte(s, '.') == SIZE_MAX)
		return FINE(s);
	size_t dot = bare.n ? mn_str_find_byte(bare, '.') : SIZE_MAX;
	/* A count has no decimals, so "1.200" is twelve hundred in any country; only
	 * noughts may follow a mark ("347.0", what scripts make of 347). */
	bool thousands = dot != SIZE_MAX && bare.n - dot == 4 && bare.p[0] != '0' &&
			 mn_str_find_byte(bare, ',') == SIZE_MAX;
	if (thousands)
		mn_number_read(s, true, a, &n);
	if (is_percent(s))
		return REMARK(MN_E_CELL_NUMBER, "a share, where a number is wanted");
	if (n.text.n == 0 || !mn_str_decimal(n.text, 4, &e4) || e4 < 0 || e4 % 10000)
		return REMARK(MN_E_CELL_NUMBER, "a whole number is wanted, not a range");
	long long v = e4 / 10000;
	return FINE(mn_arena_fmt(a, "%lld", v));
}

/* 45%, 45 and 0.45 are one share; 1 is all of them. */
static struct mn_cell
read_share(struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	bool percent = is_percent(s);
	struct mn_number n;
	int64_t e4;
	mn_number_read(s, r->decimal_comma, a, &n);
	if (n.text.n == 0 || !mn_str_decimal(n.text, 4, &e4) || e4 < 0 || e4 > 1000000)
		return REMARK(MN_E_CELL_NUMBER, "a share between 0 and 100 % is wanted");
	if (percent || e4 > 10000)
		e4 = (e4 + 50) / 100;
	char text[] = {(char)('0' + e4 / 10000), '.', (char)('0' + e4 / 1000 % 10),
	    (char)('0' + e4 / 100 % 10), (char)('0' + e4 / 10 % 10),
	    (char)('0' + e4 % 10)};
	return FINE(mn_arena_str(a, mn_str(text, sizeof text)));
}

/* ---- words ---- */

static struct mn_cell
read_bool(struct mn_str s)
{
	static const struct mn_str YES[] = {MN_S("yes"), MN_S("y"), MN_S("true"),
	    MN_S("t"), MN_S("1"), MN_S("oui"), MN_S("si"), MN_S("sim"), MN_S("ja"),
	    MN_S("evet"), MN_S("co")};
	static const struct mn_str NO[] = {MN_S("no"), MN_S("n"), MN_S("false"),
	    MN_S("f"), MN_S("0"), MN_S("non"), MN_S("nao"), MN_S("nein"), MN_S("nej"),
	    MN_S("hayir"), MN_S("khong")};
	char room[256];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	mn_fold_words(s, &b);
	for (size_t i = 0; i < countof(YES); i++)
		if (mn_str_eq(mn_buf_str(&b), YES[i]))
			return FINE(MN_S("yes"));
	for (size_t i = 0; i < countof(NO); i++)
		if (mn_str_eq(mn_buf_str(&b), NO[i]))
			return FINE(MN_S("no"));
	return REMARK(MN_E_CELL_VALUE, "yes or no is wanted");
}

/* Other words for a choice. Strength not by first letter: a finding that is "slight" or
 * "small" is not S; and the grades of audits ("major") are no strengths. Who writes
 * "closed" claims that it is. */
static const struct {
	enum mn_field field;
	const char *word, *choice;
} SPELLED[] = {
    {MN_F_STRENGTH, "strong", "S"},
    {MN_F_STRENGTH, "medium", "M"},
    {MN_F_STRENGTH, "weak", "W"},
    {MN_F_STATUS, "closed", "closed_on_claim"},
    {MN_F_STATUS, "resolved", "closed_on_claim"},
    {MN_F_STATUS, "corrected", "closed_on_claim"},
    {MN_F_STATUS, "remediated", "closed_on_claim"},
    {MN_F_STATUS, "completed", "closed_on_claim"},
    {MN_F_STATUS, "verified", "worker_verified"},
    {MN_F_STATUS, "closed_and_verified", "worker_verified"},
    {MN_F_STATUS, "verified_closed", "worker_verified"},
    {MN_F_STATUS, "in_progress", "open"},
    {MN_F_STATUS, "ongoing", "open"},
    {MN_F_STATUS, "not_closed", "open"},
    {MN_F_IMPOSED_BY, "government", "state"},
    {MN_F_IMPOSED_BY, "authorities", "state"},
    {MN_F_IMPOSED_BY, "employer", "private"},
    {MN_F_LICENCE_STATUS, "lapsed", "expired"},
    {MN_F_LICENCE_STATUS, "not_renewed", "expired"},
    {MN_F_LICENCE_STATUS, "withdrawn", "revoked"},
    {MN_F_LICENCE_STATUS, "cancelled", "revoked"},
    {MN_F_LICENCE_STATUS, "canceled", "revoked"},
    {MN_F_LICENCE_STATUS, "rejected", "refused"},
    {MN_F_LICENCE_STATUS, "valid", "licensed"},
    {MN_F_LICENCE_STATUS, "active", "licensed"},
    {MN_F_LICENCE_STATUS, "with_conditions", "conditional"},
    {MN_F_COOCCURRENCE, "same_worker", "worker"},
    {MN_F_COOCCURRENCE, "same_site_and_period", "site_period"},
    {MN_F_COOCCURRENCE, "same_site_period", "site_period"},
    {MN_F_COOCCURRENCE, "same_entity", "entity"},
    {MN_F_BID_ROLE, "bidder", "tenderer"},
    {MN_F_BID_ROLE, "sole_bidder", "tenderer"},
    {MN_F_BID_ROLE, "lead_member", "lead"},
    {MN_F_BID_ROLE, "lead_partner", "lead"},
    {MN_F_BID_ROLE, "lead_bidder", "lead"},
    {MN_F_BID_ROLE, "lead_tenderer", "lead"},
    {MN_F_BID_ROLE, "consortium_lead", "lead"},
    {MN_F_BID_ROLE, "consortium_leader", "lead"},
    {MN_F_BID_ROLE, "lead_of_a_consortium", "lead"},
    {MN_F_BID_ROLE, "consortium_member", "consortium"},
    {MN_F_BID_ROLE, "consortium_partner", "consortium"},
    {MN_F_BID_ROLE, "member_of_a_consortium", "consortium"},
    {MN_F_BID_ROLE, "member", "consortium"},
    {MN_F_BID_ROLE, "joint_venture_partner", "consortium"},
    {MN_F_BID_ROLE, "sub_contractor", "subcontractor"},
    {MN_F_BID_ROLE, "proposed_subcontractor", "subcontractor"},
    {MN_F_BID_ROLE, "contracting_authority", "buyer"},
    {MN_F_ACTIVITY, "meeting", "engagement"},
    {MN_F_ACTIVITY, "call", "engagement"},
    {MN_F_ACTIVITY, "correspondence", "engagement"},
    {MN_F_ACTIVITY, "reply", "engagement"},
    {MN_F_TRAINED, "staff", "own_staff"},
    {MN_F_TRAINED, "employees", "own_staff"},
};

static struct mn_cell
read_choice(enum mn_field f, struct mn_str s, struct mn_arena *a)
{
	const char *choices = mn_field_def(f)->choices;
	char room[512];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	mn_fold_key(s, &b);
	for (struct mn_str rest = mn_str_c(choices); rest.p;) {
		struct mn_str c = mn_str_cut(&rest, '|');
		if (mn_str_eq_ascii(c, mn_buf_str(&b)))
			return FINE(c);
	}
	for (size_t i = 0; i < countof(SPELLED); i++)
		if (SPELLED[i].field == f &&
		    mn_str_eq(mn_str_c(SPELLED[i].word), mn_buf_str(&b)))
			return FINE(mn_str_c(SPELLED[i].choice));
	return REMARK(
	    MN_E_CELL_VALUE, mn_arena_fmt(a, "one of %s is wanted%c", choices, 0).p);
}

static struct mn_cell
read_country(struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	struct mn_str code = mn_country_find(r->countries, s);
	if (code.n)
		return FINE(code);
	code = mn_country_guess(r->countries, s);
	if (code.n == 0)
		return REMARK(MN_E_CELL_COUNTRY, NULL);
	struct mn_str read = mn_country_name(r->countries, code);
	return (struct mn_cell){.out = code,
	    .code = MN_E_CELL_TYPO,
	    .detail = mn_arena_fmt(a, "read as %.*s%c", MN_FMT(read), 0).p};
}

static struct mn_cell
read_currency(struct mn_str s, struct mn_arena *a)
{
	char up[3];
	if (s.n != 3)
		return REMARK(MN_E_CELL_VALUE, "an ISO 4217 code is wanted");
	for (size_t i = 0; i < 3; i++) {
		up[i] = (char)(s.p[i] & ~32);
		if (up[i] < 'A' || up[i] > 'Z')
			return REMARK(MN_E_CELL_VALUE, "an ISO 4217 code is wanted");
	}
	return FINE(mn_arena_str(a, mn_str(up, 3)));
}

/* Lists and codes come with ';', '|' or ',' between; they leave with ';'. */
static struct mn_cell
read_list(struct mn_str s, bool codes, struct mn_arena *a)
{
	char mark = mn_str_find_byte(s, ';') != SIZE_MAX   ? ';'
		    : mn_str_find_byte(s, '|') != SIZE_MAX ? '|'
		    : codes                                ? ','
							   : ';';
	char *out = mn_arena_alloc(a, 1, 1, s.n + 1);
	size_t n = 0;
	for (struct mn_str rest = s; rest.p;) {
		struct mn_str item = mn_str_trim(mn_str_cut(&rest, mark));
		if (item.n == 0)
			continue;
		if (n)
			out[n++] = ';';
		for (size_t i = 0; i < item.n; i++) {
			char c = item.p[i];
			out[n++] = (char)(codes && c >= 'a' && c <= 'z' ? c - 32
					  : codes && c == ' '           ? '_'
									: c);
		}
	}
	return FINE(mn_str(out, n));
}

#define COUNTRIES_MOST 512 /* in a cell: twice as many as there are */

/* Countries with ';', '|' or ',' between; what is none of them is told and left out. */
static struct mn_cell
read_countries(struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	struct mn_cell all = FINE(MN_STR_NONE);
	char *text = mn_arena_alloc(a, 1, 1, (size_t)3 * COUNTRIES_MOST);
	size_t n = 0, items = 0;
	struct mn_str list = read_list(s, false, a).out;
	if (mn_str_find_byte(list, ';') == SIZE_MAX &&
	    mn_country_find(r->countries, list).n == 0)
		list = read_list(s, true, a).out; /* "Nepal, India" */
	for (struct mn_str rest = list; rest.n;) {
		struct mn_cell one;
		if (items++ == COUNTRIES_MOST) {
			all.code = MN_E_CELL_LONG;
			all.detail = NULL;
			break;
		}
		one = read_country(mn_str_cut(&rest, ';'), r, a);
		if (one.code) {
			all.code = one.code;
			all.detail = one.detail;
		}
		if (one.out.n != 2)
			continue;
		if (n)
			text[n++] = ';';
		memcpy(text + n, one.out.p, 2);
		n += 2;
	}
	all.out = mn_str(text, n);
	return all;
}

/* ---- identifiers ---- */

static struct mn_str
id_of(struct mn_str s, struct mn_arena *a)
{
	struct mn_buf b = mn_buf_new(MN_MAX_CELL);
	mn_fold_id(s, &b);
	struct mn_str id = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return id;
}

static struct mn_cell
read_checked(
    enum mn_ident_scheme scheme, enum mn_code code, struct mn_str s, struct mn_arena *a)
{
	struct mn_str id = id_of(s, a);
	return mn_ident_valid(scheme, id) ? FINE(id) : REMARK(code, NULL);
}

/* ---- dates ---- */

/* Fields of what is to come or to end: lists write 2099 for "for good". */
static bool
may_lie_ahead(enum mn_field f)
{
	return f == MN_F_ENDED_ON || f == MN_F_LICENCE_VALID_TO || f == MN_F_DUE ||
	       f == MN_F_UNTIL || f == MN_F_TENDER_UNTIL;
}

/* Years of other calendars (2079 of Nepal's, 1403 of Iran's) are no years of ours. */
static bool
of_our_calendar(enum mn_field f, int32_t day)
{
	return day >= mn_day_from(1800, 1, 1) &&
	       (day < mn_day_from(2060, 1, 1) || day >= mn_day_from(2098, 1, 1) ||
		   may_lie_ahead(f));
}

static struct mn_cell
read_date(
    enum mn_field f, struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	bool ambiguous;
	char text[11];
	int32_t day = mn_cell_day(s, r->order, &ambiguous);
	if (day == MN_DAY_NONE && r->years_from)
		day = mn_cell_short_day(s, r->order, r->years_from);
	if (day == MN_DAY_NONE && r->serial)
		day = mn_cell_serial(s);
	if (day == MN_DAY_NONE)
		return REMARK(MN_E_CELL_DATE,
		    ambiguous ? "day and month could be either way round" : NULL);
	if (!r->years_from && !of_our_calendar(f, day))
		return REMARK(MN_E_CELL_DATE,
		    "a year of another calendar? Give the day of the Gregorian one");
	return FINE(mn_arena_str(a, mn_day_print(day, text)));
}

/* "05/04/2024 a 10/05/2024, 09/04/2025" or ISO "from/to;from/": from/to joined by ';'. */
static struct mn_cell
read_intervals(struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	enum mn_date_order order = r->order ? r->order : MN_ORDER_DMY;
	char mark = mn_str_find_byte(s, ';') != SIZE_MAX ? ';' : ',';
	char text[11];
	struct mn_buf b = mn_buf_new(4096);
	bool ambiguous, good = true;
	for (struct mn_str rest = s; rest.p && good;) {
		struct mn_str to = mn_str_trim(mn_str_cut(&rest, mark)), from = to;
		size_t word = mn_str_find(to, MN_S(" a "));
		bool iso = to.n >= 11 && to.p[4] == '-';
		if (to.n == 0)
			continue;
		if (iso)
			from = mn_str_cut(&to, '/');
		else if (word != SIZE_MAX) {
			from = mn_str_sub(to, 0, word);
			to = mn_str_sub(to, word + 3, to.n);
		} else
			to = MN_STR_NONE;
		int32_t d = mn_cell_day(mn_str_trim(from), order, &ambiguous);
		good = d != MN_DAY_NONE;
		mn_buf_fmt(&b, "%s%s/", b.n ? ";" : "", mn_day_print(d, text).p);
		if (good && mn_str_trim(to).n) {
			d = mn_cell_day(mn_str_trim(to), order, &ambiguous);
			good = d != MN_DAY_NONE;
			mn_buf_add(&b, mn_day_print(d, text));
		}
	}
	struct mn_str out = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return good ? FINE(out)
		    : REMARK(MN_E_CELL_DATE, "an interval of dates is wanted");
}

/* ---- free text ---- */

/* Fields in which people write freely, and those whose own numbers may be long: of these
 * only what says that it is a person's counts. An action is not free: it names sums,
 * which look like numbers of telephones. */
enum { FREE = 1, HALF_FREE };
static const uint8_t WRITTEN[MN_F_COUNT] = {
    [MN_F_DESCRIPTION] = FREE,
    [MN_F_SUPPLIER_RESPONSE] = FREE,
    [MN_F_NOTE] = FREE,
    [MN_F_OWNER] = FREE,
    [MN_F_DONE_BY] = FREE,
    [MN_F_VERIFY_HOW] = FREE,
    [MN_F_VERIFIED_BY] = FREE,
    [MN_F_ACTION] = HALF_FREE,
    [MN_F_REFERENCE] = HALF_FREE,
    [MN_F_FEE_CATEGORY] = HALF_FREE,
    [MN_F_TOPIC] = HALF_FREE,
    [MN_F_ABOUT] = HALF_FREE,
    [MN_F_REASON] = HALF_FREE,
};

static struct mn_cell
read_text(enum mn_field f, struct mn_str s, struct mn_arena *a)
{
	if ((WRITTEN[f] == FREE && mn_cell_personal(s)) ||
	    (WRITTEN[f] == HALF_FREE && mn_cell_identifies(s)))
		return (struct mn_cell){.out = MN_S("(redacted)"), .code = MN_E_PERSONAL};
	if (s.n <= MN_MAX_CELL)
		return FINE(s);
	return (struct mn_cell){
	    .out = mn_arena_str(a, mn_utf8_cut(s, MN_MAX_CELL)), .code = MN_E_CELL_LONG};
}

/* Apart, because what it needs on the stack costs more than passing a text on. */
__attribute__((noinline)) static struct mn_cell
read_typed(
    enum mn_field f, struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	switch (mn_field_def(f)->type) {
	case MN_T_COUNTRY:
		return read_country(s, r, a);
	case MN_T_DATE:
		return read_date(f, s, r, a);
	case MN_T_NUMBER:
		return read_number(s, r, a);
	case MN_T_COUNT:
		return read_count(s, r, a);
	case MN_T_SHARE:
		return read_share(s, r, a);
	case MN_T_BOOL:
		return read_bool(s);
	case MN_T_CHOICE:
		return read_choice(f, s, a);
	case MN_T_CODES:
		return read_list(s, true, a);
	case MN_T_LIST:
		return read_list(s, false, a);
	case MN_T_CURRENCY:
		return read_currency(s, a);
	case MN_T_LEI:
		return read_checked(MN_IDENT_LEI, MN_E_CELL_LEI, s, a);
	case MN_T_OSID:
		return read_checked(MN_IDENT_OSID, MN_E_CELL_OSID, s, a);
	case MN_T_INTERVALS:
		return read_intervals(s, r, a);
	case MN_T_COUNTRIES:
		return read_countries(s, r, a);
	case MN_T_TEXT:
	case MN_T_ID:
		break;
	}
	return read_text(f, s, a);
}

struct mn_cell
mn_cell_read(
    enum mn_field f, struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a)
{
	enum mn_field_type type = mn_field_def(f)->type;
	if (type == MN_T_TEXT || type == MN_T_ID)
		return read_text(f, s, a);
	struct mn_cell c = read_typed(f, s, r, a);
	if (c.code == MN_E_NONE)
		return c;
	/* Marks that nobody sees stand round what is copied from pages. */
	struct mn_str seen = mn_cell_visible(s, a);
	return seen.n && seen.n < s.n ? read_typed(f, seen, r, a) : c;
}

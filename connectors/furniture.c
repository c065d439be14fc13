/* Rows that are no data: units and counts under the header, the header again, totals and
 * sources below. They are noted, never guessed from a name alone. */
#include "manumit/base/clock.h"
#include "manumit/text/fold.h"

#include "input_impl.h"

#define LONGEST 64 /* bytes of a word for a total */

/* Folded. */
static const struct mn_str TOTALS[] = {MN_S("total"), MN_S("totals"), MN_S("grand total"),
    MN_S("sum total"), MN_S("sub total"), MN_S("subtotal"), MN_S("sum"),
    MN_S("total general"), MN_S("total geral"), MN_S("total generale"), MN_S("totale"),
    MN_S("totale generale"), MN_S("totaal"), MN_S("eindtotaal"), MN_S("totaux"),
    MN_S("summe"), MN_S("gesamt"), MN_S("gesamtsumme"), MN_S("gesamtergebnis"),
    MN_S("insgesamt"), MN_S("zwischensumme"), MN_S("somme"), MN_S("suma"),
    MN_S("suma total"), MN_S("soma"), MN_S("razem"), MN_S("ogolem"), MN_S("lacznie"),
    MN_S("celkem"), MN_S("spolu"), MN_S("osszesen"), MN_S("ukupno"), MN_S("skupaj"),
    MN_S("kokku"), MN_S("kopa"), MN_S("viso"), MN_S("summa"), MN_S("yhteensa"),
    MN_S("i alt"), MN_S("totalt"), MN_S("toplam"), MN_S("genel toplam"),
    MN_S("ara toplam"), MN_S("jumlah"), MN_S("total keseluruhan"), MN_S("tong"),
    MN_S("tong cong"), MN_S("итого"), MN_S("всего"), MN_S("разом"), MN_S("усього"),
    MN_S("общо"), MN_S("συνολο"), MN_S("合计"), MN_S("总计"), MN_S("小计"), MN_S("合計"),
    MN_S("総計"), MN_S("小計"), MN_S("總計"), MN_S("합계"), MN_S("총계"), MN_S("소계"),
    MN_S("รวม"), MN_S("รวมทั้งหมด"), MN_S("المجموع"), MN_S("الاجمالي"), MN_S("الإجمالي"),
    MN_S("סהכ"), MN_S("סה כ"), MN_S("योग"), MN_S("कुल"), MN_S("कुल योग"), MN_S("মোট"),
    MN_S("সর্বমোট")};

/* Words of which no name is made: "Subtotal Germany". */
static const struct mn_str SUBTOTALS[] = {MN_S("subtotal "), MN_S("sub total "),
    MN_S("grand total "), MN_S("zwischensumme "), MN_S("sous total ")};

/* Folded; with a country they are the total of its rows, in pivot tables. */
static const struct mn_str OF_A_GROUP[] = {
    MN_S("total"), MN_S("ergebnis"), MN_S("totaal"), MN_S("subtotal"), MN_S("totale")};

/* Regions that head or sum up groups of suppliers. */
static const struct mn_str REGIONS[] = {MN_S("africa"), MN_S("asia"), MN_S("europe"),
    MN_S("america"), MN_S("americas"), MN_S("north america"), MN_S("south america"),
    MN_S("latin america"), MN_S("oceania"), MN_S("emea"), MN_S("apac"), MN_S("latam"),
    MN_S("mena"), MN_S("asia pacific"), MN_S("middle east"), MN_S("europa"),
    MN_S("asien"), MN_S("afrika"), MN_S("amerika"), MN_S("asie"), MN_S("afrique"),
    MN_S("amerique")};

/* First words of a line that says the page. */
static const struct mn_str PAGES[] = {MN_S("page"), MN_S("seite"), MN_S("pagina"),
    MN_S("strona"), MN_S("sayfa"), MN_S("стр"), MN_S("страница"), MN_S("trang"),
    MN_S("halaman"), MN_S("side"), MN_S("sida"), MN_S("strana"), MN_S("ページ"),
    MN_S("หน้า"), MN_S("صفحة")};

/* First words of a line below a table; a colon follows. */
static const struct mn_str FOOTERS[] = {MN_S("source"), MN_S("sources"), MN_S("note"),
    MN_S("notes"), MN_S("last updated"), MN_S("last update"), MN_S("updated"),
    MN_S("data from database"), MN_S("generated"), MN_S("exported"), MN_S("report date"),
    MN_S("printed"), MN_S("prepared"), MN_S("disclaimer"), MN_S("quelle"), MN_S("stand"),
    MN_S("fuente"), MN_S("nota"), MN_S("fonte"), MN_S("bron"), MN_S("zrodlo"),
    MN_S("kaynak"), MN_S("источник"), MN_S("примечание"), MN_S("来源"), MN_S("资料来源"),
    MN_S("注"), MN_S("備考"), MN_S("出典"), MN_S("출처")};

/* What a cell under a header says of its column. */
static const struct mn_str UNITS[] = {MN_S("%"), MN_S("text"), MN_S("string"),
    MN_S("number"), MN_S("integer"), MN_S("date"), MN_S("required"), MN_S("optional"),
    MN_S("mandatory"), MN_S("yyyy-mm-dd"), MN_S("dd/mm/yyyy"), MN_S("mm/dd/yyyy"),
    MN_S("dd-mm-yyyy"), MN_S("usd"), MN_S("eur"), MN_S("kg"), MN_S("persons"),
    MN_S("headcount")};

static bool
among(const struct mn_str *list, size_t n, struct mn_str s)
{
	for (size_t i = 0; i < n; i++)
		if (mn_str_eq_ascii(list[i], s))
			return true;
	return false;
}

static struct mn_str
cell(const struct mn_csv_row *row, uint32_t i)
{
	return i < row->n ? mn_str_trim(row->cell[i]) : MN_STR_NONE;
}

/* Digits, marks, signs of currencies: what stands beside a total. */
static bool
like_number(struct mn_str s)
{
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		digits += c >= '0' && c <= '9';
		if (((c | 32) >= 'a' && (c | 32) <= 'z'))
			return false;
	}
	return digits > 0 || s.n <= 1;
}

static bool
like_currency(struct mn_str s)
{
	bool code = s.n == 3;
	for (size_t i = 0; code && i < s.n; i++)
		code = s.p[i] >= 'A' && s.p[i] <= 'Z';
	return code;
}

static bool
begins_subtotal(struct mn_str words)
{
	for (size_t i = 0; i < countof(SUBTOTALS); i++)
		if (mn_str_starts(words, SUBTOTALS[i]))
			return true;
	return false;
}

/* A country or region in this cell is none of a supplier: the column of countries is
 * empty, or it is the cell, beside sums. */
static bool
names_no_country(
    const struct mn_input *in, const struct mn_csv_row *row, uint32_t first, bool sums)
{
	for (uint32_t i = 0; i < in->n_column; i++) {
		const struct mn_input_column *c = &in->column[i];
		if (c->n_field && !c->drop &&
		    mn_field_def(c->field[0])->type == MN_T_COUNTRY)
			return i == first ? sums : cell(row, i).n == 0;
	}
	return false;
}

static bool
is_group(const struct mn_input *in, struct mn_str words)
{
	return among(REGIONS, countof(REGIONS), words) ||
	       (words.n > 3 && mn_country_find(in->rules.countries, words).n);
}

/* "Bangladesh Total", "Total Europe" */
static bool
is_group_total(const struct mn_input *in, struct mn_str words)
{
	struct mn_str rest = words, first = mn_str_cut(&rest, ' ');
	if (among(OF_A_GROUP, countof(OF_A_GROUP), first))
		return rest.n && is_group(in, rest);
	size_t at = words.n;
	while (at > 0 && words.p[at - 1] != ' ')
		at--;
	return at > 1 &&
	       among(OF_A_GROUP, countof(OF_A_GROUP), mn_str_sub(words, at, words.n)) &&
	       is_group(in, mn_str_sub(words, 0, at - 1));
}

static bool
is_total(const struct mn_input *in, const struct mn_csv_row *row, uint32_t first)
{
	char room[2 * LONGEST];
	struct mn_str s = cell(row, first);
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	if (s.n > LONGEST)
		return false;
	uint32_t others = 0;
	for (uint32_t i = first + 1; i < row->n; i++) {
		others += cell(row, i).n > 0;
		if (cell(row, i).n && !like_number(cell(row, i)) &&
		    !like_currency(cell(row, i)))
			return false;
	}
	/* SAP marks its sums so. */
	if (others && (mn_str_eq(s, MN_S("*")) || mn_str_eq(s, MN_S("**"))))
		return true;
	mn_fold_words(s, &b);
	struct mn_str words = mn_buf_str(&b);
	/* "Total 2023", "Total: 14" */
	while (words.n && ((words.p[words.n - 1] >= '0' && words.p[words.n - 1] <= '9') ||
			      words.p[words.n - 1] == ' '))
		words.n--;
	if (b.failed || words.n == 0)
		return false;
	if (among(TOTALS, countof(TOTALS), words) || begins_subtotal(words))
		return true;
	return !in->source && names_no_country(in, row, first, others > 0) &&
	       (is_group_total(in, words) || (others == 0 && is_group(in, words)));
}

/* "-----", "+====+====+": lines drawn with signs, in what programs print as text. */
static bool
is_rule(const struct mn_csv_row *row)
{
	size_t longest = 0;
	for (uint32_t i = 0; i < row->n; i++) {
		struct mn_str s = cell(row, i);
		for (size_t k = 0; k < s.n; k++)
			if (!strchr("-=_+:*~| ", s.p[k]))
				return false;
		longest = s.n > longest ? s.n : longest;
	}
	return longest >= 3;
}

/* "Page 1 of 2", "(2 rows)", "27.11.2024  List of suppliers" */
static bool
is_printed(struct mn_str s)
{
	char room[2 * LONGEST];
	bool ambiguous;
	uint64_t v;
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	if (mn_cell_day(s, MN_ORDER_DMY, &ambiguous) != MN_DAY_NONE)
		return true;
	mn_fold_words(mn_str_sub(s, 0, LONGEST), &b);
	struct mn_str rest = mn_buf_str(&b), word = mn_str_cut(&rest, ' ');
	if (b.failed)
		return false;
	struct mn_str second = mn_str_cut(&rest, ' ');
	if (among(PAGES, countof(PAGES), word))
		return mn_str_u64(second, &v);
	return mn_str_u64(word, &v) &&
	       (mn_str_eq(second, MN_S("rows")) || mn_str_eq(second, MN_S("row"))) &&
	       (rest.n == 0 || mn_str_starts(rest, MN_S("affected")) ||
		   mn_str_starts(rest, MN_S("in set")) ||
		   mn_str_starts(rest, MN_S("selected")));
}

/* "(1) | (2) | (3)": columns numbered below their header, as official tables do. */
static bool
is_numbering(const struct mn_csv_row *row)
{
	uint64_t v, n = 0;
	for (uint32_t i = 0; i < row->n; i++) {
		struct mn_str s = cell(row, i);
		if (s.n > 2 && (s.p[0] == '(' || s.p[0] == '['))
			s = mn_str_sub(s, 1, s.n - 2);
		if (s.n == 0)
			continue;
		if (!mn_str_u64(s, &v) || v != n + 1)
			return false;
		n++;
	}
	return n >= 3;
}

static bool
is_footer(struct mn_str s)
{
	char room[2 * LONGEST];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	size_t colon = mn_str_find_byte(s, ':');
	if (colon == SIZE_MAX && mn_str_find(s, MN_S("：")) != SIZE_MAX)
		colon = mn_str_find(s, MN_S("："));
	if (mn_str_starts(s, MN_S("©")) || mn_str_starts(s, MN_S("* ")) ||
	    mn_str_starts(s, MN_S("# ")))
		return true;
	if (colon > LONGEST)
		return false;
	mn_fold_words(mn_str_sub(s, 0, colon), &b);
	return !b.failed && among(FOOTERS, countof(FOOTERS), mn_buf_str(&b));
}

/* "(in USD)", "[kg]", "n=123", "#org+name" */
static bool
like_unit(struct mn_str s)
{
	char end = s.p[s.n - 1];
	if ((s.p[0] == '(' && end == ')') || (s.p[0] == '[' && end == ']'))
		return true;
	if (s.p[0] == '#' && s.n > 2 && s.p[1] >= 'a' && s.p[1] <= 'z')
		return true;
	if ((s.p[0] | 32) == 'n' && s.n > 2 && (s.p[1] == '=' || s.p[2] == '='))
		return true;
	return among(UNITS, countof(UNITS), s);
}

bool
mn_input_units_row(const struct mn_csv_row *row)
{
	uint32_t n = 0, numbers = 0;
	for (uint32_t i = 0; i < row->n; i++) {
		struct mn_str s = cell(row, i);
		if (s.n == 0)
			continue;
		/* "(1,200)" is a negative amount. */
		bool number = like_number(s);
		if (!number && !like_unit(s))
			return false;
		numbers += number;
		n++;
	}
	return n > numbers;
}

static bool
is_header(const struct mn_input *in, const struct mn_csv_row *row)
{
	uint32_t same = 0;
	for (uint32_t i = 0; i < row->n; i++) {
		struct mn_str s = cell(row, i);
		if (s.n == 0)
			continue;
		if (i >= in->n_column || !mn_str_eq(s, mn_str_trim(in->info.header[i])))
			return false;
		same++;
	}
	return same > 1;
}

bool
mn_input_furniture(const struct mn_input *in, const struct mn_csv_row *row)
{
	uint32_t filled = 0, first = 0;
	for (uint32_t i = 0; i < row->n && filled < 2; i++)
		if (cell(row, i).n) {
			first = filled ? first : i;
			filled++;
		}
	if (filled == 0)
		return false;
	if (in->early && (mn_input_units_row(row) || is_numbering(row)))
		return true;
	if (filled == 1 && in->n_column >= 3 && is_footer(cell(row, first)))
		return true;
	if (filled == 1 && in->n_column >= 2 && !in->source &&
	    is_printed(cell(row, first)))
		return true;
	return is_header(in, row) || is_total(in, row, first) || is_rule(row);
}

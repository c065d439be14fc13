/*
 * Days in the words and signs of many languages, made plain: "15 déc. 2024", "ngày 15
 * tháng 12 năm 2024", "2024年12月15日", "令和6年12月15日", "١٥/١٢/٢٠٢٤". Only what is
 * tried after all else failed comes here.
 */
#include "manumit/base/clock.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "cell.h"
#include "number.h"

#define TEXT_MOST 80 /* bytes of a date: longer is a sentence */

/* Folded, January first, by language; a word of two months is in none ("listopad" is
 * November in Polish, October in Croatian). '_': no word. */
static const char *const MONTHS[] = {
    "january february march april may june july august september october november "
    "december",
    "jan feb mar apr may jun jul aug sep oct nov dec", "_ _ _ _ _ _ _ _ sept _ _ _",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
    "decembre",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "_ fev _ _ mai _ _ _ _ out _ dez",
    "gener febrer marc _ maig juny juliol agost "
    "setembre _ _ desembre",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janner feber maerz _ _ _ _ _ _ okt _ dez",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
    "novembre dicembre",
    "gen _ _ _ mag giu lug _ _ ott _ _",
    "januari februari maart april mei juni juli augustus september oktober november "
    "december",
    "_ _ mrt _ _ _ _ _ _ okt _ _",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika _ "
    "grudnia",
    "styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik _ "
    "grudzien",
    "sty lut _ kwi _ cze lip sie wrz paz _ gru", "_ _ mars _ maj _ _ augusti _ _ _ _",
    "_ _ marts _ _ _ _ _ _ _ _ desember",
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu "
    "lokakuu marraskuu joulukuu",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta "
    "elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu "
    "prosince",
    "leden unor brezen duben kveten cerven cervenec srpen _ rijen _ prosinec",
    "januara februara _ aprila _ juna jula augusta septembra oktobra novembra decembra",
    "januar februar marcius aprilis majus junius julius augusztus szeptember oktober _ _",
    "ianuarie februarie martie aprilie _ iunie iulie _ septembrie octombrie noiembrie "
    "decembrie",
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "januari februari maret april mei juni juli agustus september oktober november "
    "desember",
    "_ februari mac _ _ jun julai ogos _ _ _ disember",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель маи июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр маи июн июл авг сен окт ноя дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада "
    "грудня",
    "януари февруари март април маи юни юли _ септември октомври ноември декември",
    "ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου "
    "σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου",
    "ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม "
    "พฤศจิกายน ธันวาคม",
    "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "جانفي فيفري _ افريل ماي جوان جويلية اوت _ اكتوبر _ _",
    "_ _ _ ابريل _ يونيه يوليه اغسطس _ _ _ _",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר "
    "בדצמבר",
    "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর "
    "ডিসেম্বর"};

/* Between the parts of a date. */
static const char BETWEEN[] =
    " de of del d den der le the the g goda г года р року ngay thang nam ทท al dne a kl ";

/* First years of eras, less one. */
static const struct {
	struct mn_str name;
	int before;
} ERAS[] = {{MN_S("令和"), 2018}, {MN_S("平成"), 1988}, {MN_S("昭和"), 1925},
    {MN_S("民國"), 1911}, {MN_S("民国"), 1911}};

/* ---- plain signs ---- */

static bool
invisible(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0xfeff || c == 0x61c;
}

struct mn_str
mn_cell_visible(struct mn_str s, struct mn_arena *a)
{
	char *out = mn_arena_alloc(a, 1, 1, s.n + 1);
	size_t n = 0;
	for (struct mn_str rest = s; rest.n;) {
		struct mn_str at = rest;
		if (invisible(mn_utf8_next(&rest)))
			continue;
		memcpy(out + n, at.p, at.n - rest.n);
		n += at.n - rest.n;
	}
	return mn_str_trim(mn_str(out, n));
}

/* Digits of any script as ASCII, years, months and days of Han and Hangul as marks. */
static struct mn_str
plain_signs(struct mn_str s, char room[static 2 * TEXT_MOST])
{
	size_t n = 0;
	uint32_t before = 0;
	while (s.n && n + 8 < 2 * TEXT_MOST) {
		struct mn_str at = s;
		uint32_t c = mn_utf8_next(&s);
		char d = mn_number_digit(c);
		if (d) {
			room[n++] = d;
		} else if (c == 0x5e74 || c == 0x6708 || c == 0xb144 || c == 0xc6d4) {
			room[n++] = '-'; /* 年 月 년 월 */
			s = mn_str_trim(s);
		} else if (c == 0x65e5 || c == 0xc77c) {
			room[n++] = ' '; /* 日 일 */
		} else if (c == 0x5143 && n > 0) {
			room[n++] = '1'; /* 元: the first year */
		} else if (c == 0xa0 || c == 0x202f || c == 0x3000 || c == 0x2009) {
			room[n++] = ' ';
		} else if (c == 0xff0f) {
			room[n++] = '/';
		} else if (c == 0x2010 || c == 0x2011 || c == 0x2013) {
			room[n++] = '-';
		} else if (invisible(c) ||
			   (c == '.' && before > 0xe00 && before < 0xe80)) {
			continue; /* Thai puts points into its short months */
		} else {
			memcpy(room + n, at.p, at.n - s.n);
			n += at.n - s.n;
		}
		before = c;
	}
	return s.n ? MN_STR_NONE : mn_str_trim(mn_str(room, n));
}

/* ---- words ---- */

static unsigned
month_of(struct mn_str word)
{
	for (size_t i = 0; i < countof(MONTHS); i++) {
		unsigned m = 1;
		for (struct mn_str rest = mn_str_c(MONTHS[i]); rest.p; m++)
			if (mn_str_eq(mn_str_cut(&rest, ' '), word))
				return m;
	}
	return 0;
}

static bool
between(struct mn_str word)
{
	char text[24];
	if (word.n + 2 > sizeof text)
		return false;
	text[0] = ' ';
	memcpy(text + 1, word.p, word.n);
	text[word.n + 1] = ' ';
	return mn_str_find(mn_str_c(BETWEEN), mn_str(text, word.n + 2)) != SIZE_MAX;
}

/* "1er", "2nd", "3º": the digits. */
static bool
number_of(struct mn_str word, uint64_t *v, size_t *width)
{
	static const struct mn_str ORDINALS[] = {MN_S(""), MN_S("er"), MN_S("st"),
	    MN_S("nd"), MN_S("rd"), MN_S("th"), MN_S("o"), MN_S("a"), MN_S("eme")};
	size_t n = 0;
	while (n < word.n && word.p[n] >= '0' && word.p[n] <= '9')
		n++;
	for (size_t i = 0; n && i < countof(ORDINALS); i++)
		if (mn_str_eq(mn_str_sub(word, n, word.n), ORDINALS[i])) {
			*width = n;
			return mn_str_u64(mn_str_sub(word, 0, n), v);
		}
	return false;
}

/* What may stand behind a date: a time of day. */
static bool
is_time(struct mn_str rest, bool colon)
{
	static const struct mn_str WORDS[] = {
	    MN_S("am"), MN_S("pm"), MN_S("gmt"), MN_S("utc"), MN_S("h"), MN_S("uhr")};
	uint64_t v;
	while (rest.n) {
		struct mn_str word = mn_str_cut(&rest, ' ');
		bool known =
		    between(word) || (colon && word.n <= 2 && mn_str_u64(word, &v));
		for (size_t i = 0; colon && i < countof(WORDS); i++)
			known = known || mn_str_eq(WORDS[i], word);
		if (!known)
			return false;
	}
	return true;
}

/* A month in words, a day and a year of four digits. One word before the first of them is
 * the day of the week. */
static int32_t
by_words(struct mn_str folded, bool colon)
{
	uint64_t number[2], v;
	size_t width[2], n = 0, w, words = 0;
	unsigned month = 0;
	struct mn_str rest = folded;
	while (rest.n && (n < 2 || !month)) {
		struct mn_str word = mn_str_cut(&rest, ' ');
		unsigned m = month ? 0 : month_of(word);
		if (m) {
			month = m;
		} else if (number_of(word, &v, &w)) {
			if (n == 2)
				return MN_DAY_NONE;
			number[n] = v;
			width[n++] = w;
		} else if (!between(word) && (n || month || ++words > 1)) {
			return MN_DAY_NONE;
		}
	}
	if (n != 2 || !month || (width[0] == 4) == (width[1] == 4) ||
	    !is_time(rest, colon))
		return MN_DAY_NONE;
	size_t y = width[0] == 4 ? 0 : 1;
	return mn_cell_day_of(number[y], month, number[1 - y]);
}

/* "ngày 15 tháng 12 năm 2024" */
static int32_t
by_vietnamese(struct mn_str folded)
{
	static const struct mn_str WORDS[] = {MN_S("ngay"), MN_S("thang"), MN_S("nam")};
	uint64_t v[3];
	for (size_t i = 0; i < 3; i++)
		if (!mn_str_eq(mn_str_cut(&folded, ' '), WORDS[i]) ||
		    !mn_str_u64(mn_str_cut(&folded, ' '), &v[i]))
			return MN_DAY_NONE;
	return folded.n == 0 ? mn_cell_day_of(v[2], v[1], v[0]) : MN_DAY_NONE;
}

/* "令和6-12-15", "R6.12.15" */
static int32_t
by_era(struct mn_str s)
{
	static const struct {
		char letter;
		int before;
	} LETTERS[] = {{'R', 2018}, {'H', 1988}, {'S', 1925}};
	int before = 0;
	for (size_t i = 0; i < countof(ERAS); i++)
		if (mn_str_starts(s, ERAS[i].name)) {
			before = ERAS[i].before;
			s = mn_str_trim(mn_str_sub(s, ERAS[i].name.n, s.n));
		}
	for (size_t i = 0; !before && s.n && i < countof(LETTERS); i++)
		if (s.p[0] == LETTERS[i].letter) {
			before = LETTERS[i].before;
			s = mn_str_sub(s, 1, s.n);
		}
	uint64_t v[3];
	char mark = mn_str_find_byte(s, '-') != SIZE_MAX ? '-' : '.';
	for (size_t i = 0; i < 3; i++)
		if (!before || !mn_str_u64(mn_str_cut(&s, mark), &v[i]) || v[i] > 99)
			return MN_DAY_NONE;
	return s.n == 0 ? mn_cell_day_of((uint64_t)before + v[0], v[1], v[2])
			: MN_DAY_NONE;
}

struct mn_str
mn_cell_plain_date(struct mn_str s, char room[static MN_PLAIN_DATE])
{
	size_t i = 0;
	while (i < s.n && (unsigned char)s.p[i] < 0x80)
		i++;
	if (i == s.n || s.n > TEXT_MOST)
		return s;
	return plain_signs(s, room);
}

int32_t
mn_cell_day_in_words(struct mn_str s)
{
	char room[4 * TEXT_MOST];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	if (s.n > 2 * TEXT_MOST)
		return MN_DAY_NONE;
	int32_t day = by_era(s);
	if (day != MN_DAY_NONE)
		return day;
	mn_fold_words(s, &b);
	if (b.failed)
		return MN_DAY_NONE;
	day = by_words(mn_buf_str(&b), mn_str_find_byte(s, ':') != SIZE_MAX);
	return day != MN_DAY_NONE ? day : by_vietnamese(mn_buf_str(&b));
}

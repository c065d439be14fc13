/* Encodings told by their letters. The texts are of invented companies; iconv makes the
 * bytes, so that the test does not believe the converters it tests. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/text/decode.h"

static struct mn_str
encoded(const char *text, const char *charset, char *room, size_t n)
{
	iconv_t c = iconv_open(charset, "UTF-8");
	char *in = (char *)(uintptr_t)text, *out = room;
	size_t left = strlen(text), free_ = n;
	assert_true(c != (iconv_t)-1);
	if (iconv(c, &in, &left, &out, &free_) == (size_t)-1)
		fail_msg("%s cannot be written in %s", in, charset);
	iconv_close(c);
	return mn_str(room, n - free_);
}

static struct mn_guess
guessed(struct mn_str bytes)
{
	struct mn_sniff s;
	struct mn_guess g;
	mn_sniff_init(&s);
	mn_sniff_add(&s, bytes);
	mn_sniff_end(&s, &g);
	return g;
}

static const struct {
	const char *charset;
	enum mn_encoding want;
	const char *text;
} LANGUAGES[] = {
    {"CP1252", MN_ENC_CP1252,
	"nom,pays\nSociété des Hérons,France\nAteliers Crécelle,Côte d’Ivoire\nForêt "
	"Bleue "
	"Désirée,Sénégal\n"},
    {"CP1252", MN_ENC_CP1252,
	"nome,país\nConfecções São João,Brasil\nCerâmica Irmãos Garça,Brasil\n"},
    {"CP1252", MN_ENC_CP1252,
	"Name;Land\nMüller Reiherwerk GmbH;Österreich\nGroße Mühle KG;Dänemark\n"},
    {"CP1252", MN_ENC_CP1252,
	"navn;land\nRørdrum Måge A/S;Færøerne\nÆblegården;Sverige\nBlåmejse Ø;Norge\n"},
    {"CP1252", MN_ENC_CP1252, "name,country\nCafe Caf\u00e9 Heron,Spain\n"},
    {"CP1250", MN_ENC_CP1250,
	"nazwa,kraj\nŁabędź Żółty Sp. z o.o.,Polska\nSpółdzielnia Gęś i Żuraw,Łódź\n"},
    {"CP1250", MN_ENC_CP1250,
	"název;země\nVolavčí řeka s.r.o.;Česko\nČáp a Žluva výroba;Slovensko\nŠedý "
	"řemeslník;Ústí\n"},
    {"CP1250", MN_ENC_CP1250,
	"név;ország\nGém Gyár Kőszegi Üzem Kft.;Magyarország\nHűvös Erdő Zrt.;Győr\n"},
    {"ISO-8859-2", MN_ENC_ISO2,
	"nazwa,kraj\nŁabędź Żółty Sp. z o.o.,Polska\nSpółdzielnia Gęś i Żuraw,Łódź\n"
	"Świerk i Sąsiad,Śląsk\n"},
    {"CP1254", MN_ENC_CP1254,
	"ad,ülke\nBalıkçıl Giyim San. ve Tic. A.Ş.,Türkiye\nGüneş İplik Dış "
	"Ticaret,İstanbul\nÇağlayan Boyahane,Bursa\n"},
    {"CP1257", MN_ENC_CP1257,
	"nosaukums,valsts\nGārnis Kokapstrāde,Latvija\nŽubīte un Dēli SIA,Rīga\nĶekavas "
	"Šūšana,Jūrmala\n"},
    {"CP1251", MN_ENC_CP1251,
	"название,страна\nООО Серая Цапля,Россия\nЗавод Тростник,Беларусь\n"},
    {"CP1251", MN_ENC_CP1251,
	"назва,країна\nТОВ Сіра Чапля,Україна\nФабрика Очерет і Їжак,Київ\n"},
    {"KOI8-R", MN_ENC_KOI8R,
	"название,страна\nООО Серая Цапля,Россия\nЗавод Тростник,Беларусь\n"},
    {"CP866", MN_ENC_CP866,
	"название,страна\nООО Серая Цапля,Россия\nЗавод Тростник,Беларусь\n"},
    {"CP1253", MN_ENC_CP1253,
	"όνομα,χώρα\nΕρωδιός Κλωστοϋφαντουργία ΑΕ,Ελλάδα\nΜύλοι Καλαμιάς,Κύπρος\n"},
    {"CP1255", MN_ENC_CP1255, "שם,מדינה\nאנפה אפורה בעמ,ישראל\nמפעלי הקנה,ישראל\n"},
    {"CP1256", MN_ENC_CP1256,
	"الاسم,البلد\nشركة مالك الحزين للمنسوجات,الأردن\nمصانع القصب المحدودة,مصر\n"},
    {"CP874", MN_ENC_CP874, "ชื่อ,ประเทศ\nบริษัท นกกระสา จำกัด,ไทย\nโรงงานต้นอ้อ,ประเทศไทย\n"},
    {"GB18030", MN_ENC_GB18030,
	"名称,国家\n苍鹭纺织有限公司,中国\n芦苇电子科技股份有限公司,中国\n"},
    {"GB18030", MN_ENC_GB18030, "name,country\nHeron 苍鹭,China\nReed 芦苇公司,China\n"},
    {"BIG5", MN_ENC_BIG5,
	"名稱,國家\n蒼鷺紡織有限公司,台灣\n蘆葦電子股份有限公司,香港\n"},
    {"CP932", MN_ENC_CP932,
	"名称,国\n株式会社アオサギ製作所,日本\nよしきり工業株式会社,東京都\n"},
    {"EUC-JP", MN_ENC_EUCJP,
	"名称,国\n株式会社アオサギ製作所,日本\nよしきり工業株式会社,東京都\n"},
    {"CP949", MN_ENC_EUCKR,
	"이름,국가\n왜가리섬유 주식회사,대한민국\n갈대전자 주식회사,서울\n"},
    {"CP1258", MN_ENC_CP1258,
	"t\u00ean,n\u01b0\u01a1\u0301c\nC\u00f4ng ty Di\u00ea\u0323c "
	"X\u00e1m,Vi\u00ea\u0323t "
	"Nam\nX\u01b0\u01a1\u0309ng May Lau S\u00e2\u0323y,\u0110\u00f4\u0300ng Nai\n"},
};

static void
each_language_is_told_by_its_letters(void **state)
{
	char room[1024];
	(void)state;
	for (size_t i = 0; i < countof(LANGUAGES); i++) {
		struct mn_guess g = guessed(
		    encoded(LANGUAGES[i].text, LANGUAGES[i].charset, room, sizeof room));
		if (g.encoding != LANGUAGES[i].want)
			fail_msg("%s read as %s (%s): %s", LANGUAGES[i].charset,
			    mn_encoding_name(g.encoding), g.why, LANGUAGES[i].text);
		assert_false(g.binary || g.mixed);
	}
}

static void
few_letters_are_windows_1252_and_a_guess(void **state)
{
	struct mn_guess g = guessed(MN_S("name\nS\xe3o Jos\xe9\n"));
	(void)state;
	assert_int_equal(g.encoding, MN_ENC_CP1252);
	assert_int_equal(g.trust, MN_TRUST_GUESS);
}

static void
a_page_says_its_encoding(void **state)
{
	struct mn_guess g = guessed(MN_S(
	    "<html><meta charset=\"iso-8859-2\"><table><tr><td>caf\xe9 r\xe1no</table>"));
	(void)state;
	assert_int_equal(g.encoding, MN_ENC_ISO2);
	assert_string_equal(g.why, "the file says so");
}

static void
stray_latin_bytes_do_not_spoil_utf8(void **state)
{
	struct mn_guess g =
	    guessed(MN_S("name\nCaf\xc3\xa9 Un\nCaf\xc3\xa9 Deux\nJos\xc3\xa9\n"
			 "Br\xc3\xbcgge\nS\xe3o\n"));
	(void)state;
	assert_int_equal(g.encoding, MN_ENC_UTF8);
	assert_true(g.mixed);
	assert_int_equal(g.trust, MN_TRUST_LIKELY);
}

static void
utf16_of_other_scripts_needs_no_mark(void **state)
{
	char room[512];
	struct mn_guess g = guessed(
	    encoded("名称,国家\n苍鹭纺织有限公司,中国\n", "UTF-16LE", room, sizeof room));
	(void)state;
	assert_int_equal(g.encoding, MN_ENC_UTF16LE);
	assert_int_equal(g.trust, MN_TRUST_LIKELY);
}

static void
names_of_encodings_are_found_as_people_write_them(void **state)
{
	static const struct {
		struct mn_str name;
		enum mn_encoding want;
	} CASES[] = {{MN_S("utf-8"), MN_ENC_UTF8}, {MN_S("UTF8"), MN_ENC_UTF8},
	    {MN_S("latin1"), MN_ENC_CP1252}, {MN_S("ISO-8859-1"), MN_ENC_CP1252},
	    {MN_S("Windows-1251"), MN_ENC_CP1251}, {MN_S("cp932"), MN_ENC_CP932},
	    {MN_S("GBK"), MN_ENC_GB18030}, {MN_S("tis-620"), MN_ENC_CP874}};
	enum mn_encoding e;
	const char *nearest = NULL;
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		assert_true(mn_encoding_find(CASES[i].name, &e, &nearest));
		assert_int_equal(e, CASES[i].want);
	}
	assert_false(mn_encoding_find(MN_S("windows-1259"), &e, &nearest));
	assert_non_null(nearest);
}

static void
every_encoding_has_a_converter(void **state)
{
	(void)state;
	for (unsigned e = 0; e < MN_ENC_COUNT; e++) {
		struct mn_err err = MN_ERR_NONE;
		struct mn_decoder *d = mn_decoder_new((enum mn_encoding)e, &err);
		if (!d)
			fail_msg("%s", err.msg);
		mn_decoder_free(d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_language_is_told_by_its_letters),
	    cmocka_unit_test(few_letters_are_windows_1252_and_a_guess),
	    cmocka_unit_test(a_page_says_its_encoding),
	    cmocka_unit_test(stray_latin_bytes_do_not_spoil_utf8),
	    cmocka_unit_test(utf16_of_other_scripts_needs_no_mark),
	    cmocka_unit_test(names_of_encodings_are_found_as_people_write_them),
	    cmocka_unit_test(every_encoding_has_a_converter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

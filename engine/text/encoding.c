/* The encodings that are read, by name. */
#include "manumit/base/str.h"

#include "encoding.h"

/* ICU's own names where the common one is ambiguous there. */
static const struct mn_encoding_row ENCODING[MN_ENC_COUNT] = {
    [MN_ENC_UTF8] = {"UTF-8", NULL, "", false},
    [MN_ENC_UTF8_BOM] = {"UTF-8 with BOM", NULL, "utf8bom utf8sig", false},
    [MN_ENC_UTF16LE] = {"UTF-16LE", "UTF-16LE", "utf16 unicode ucs2", false},
    [MN_ENC_UTF16BE] = {"UTF-16BE", "UTF-16BE", "", false},
    [MN_ENC_CP1252] = {"windows-1252", "ibm-5348_P100-1997",
	"cp1252 latin1 iso88591 ansi western usascii ascii", true},
    [MN_ENC_CP1250] = {"windows-1250", "windows-1250", "cp1250", true},
    [MN_ENC_CP1251] = {"windows-1251", "windows-1251", "cp1251", true},
    [MN_ENC_CP1253] = {"windows-1253", "windows-1253", "cp1253", true},
    [MN_ENC_CP1254] = {"windows-1254", "windows-1254", "cp1254 iso88599 latin5", true},
    [MN_ENC_CP1255] = {"windows-1255", "windows-1255", "cp1255", true},
    [MN_ENC_CP1256] = {"windows-1256", "windows-1256", "cp1256", true},
    [MN_ENC_CP1257] = {"windows-1257", "windows-1257", "cp1257", true},
    [MN_ENC_CP1258] = {"windows-1258", "windows-1258", "cp1258", true},
    [MN_ENC_CP874] = {"windows-874", "windows-874", "cp874 tis620 iso885911", true},
    [MN_ENC_KOI8R] = {"KOI8-R", "KOI8-R", "koi8", true},
    [MN_ENC_KOI8U] = {"KOI8-U", "KOI8-U", "", true},
    [MN_ENC_CP437] = {"IBM437", "ibm-437", "cp437 dos", true},
    [MN_ENC_CP850] = {"IBM850", "ibm-850", "cp850", true},
    [MN_ENC_CP852] = {"IBM852", "ibm-852", "cp852", true},
    [MN_ENC_CP866] = {"IBM866", "ibm-866", "cp866", true},
    [MN_ENC_MACROMAN] = {"macintosh", "macintosh", "mac macroman xmacroman", true},
    [MN_ENC_ISO2] = {"ISO-8859-2", "ISO-8859-2", "latin2", true},
    [MN_ENC_ISO3] = {"ISO-8859-3", "ISO-8859-3", "latin3", true},
    [MN_ENC_ISO4] = {"ISO-8859-4", "ISO-8859-4", "latin4", true},
    [MN_ENC_ISO5] = {"ISO-8859-5", "ISO-8859-5", "", true},
    [MN_ENC_ISO6] = {"ISO-8859-6", "ISO-8859-6", "", true},
    [MN_ENC_ISO7] = {"ISO-8859-7", "ISO-8859-7", "", true},
    [MN_ENC_ISO8] = {"ISO-8859-8", "ISO-8859-8", "", true},
    [MN_ENC_ISO10] = {"ISO-8859-10", "ISO-8859-10", "latin6", true},
    [MN_ENC_ISO13] = {"ISO-8859-13", "ISO-8859-13", "", true},
    [MN_ENC_ISO14] = {"ISO-8859-14", "ISO-8859-14", "", true},
    [MN_ENC_ISO15] = {"ISO-8859-15", "ISO-8859-15", "latin9", true},
    [MN_ENC_GB18030] = {"GB18030", "GB18030", "gbk gb2312 cp936 windows936 euccn", false},
    [MN_ENC_BIG5] = {"Big5", "windows-950", "cp950 big5hkscs windows950", false},
    [MN_ENC_CP932] = {"Shift_JIS", "ibm-943_P15A-2003",
	"cp932 sjis windows31j ms932 mskanji", false},
    [MN_ENC_EUCJP] = {"EUC-JP", "EUC-JP", "ujis", false},
    [MN_ENC_EUCKR] = {"EUC-KR", "windows-949", "cp949 uhc windows949 ksc5601", false},
    [MN_ENC_ISO2022JP] = {"ISO-2022-JP", "ISO-2022-JP", "jis", false},
};

const struct mn_encoding_row *
mn_encoding_row(enum mn_encoding e)
{
	return &ENCODING[e < MN_ENC_COUNT ? e : MN_ENC_UTF8];
}

const char *
mn_encoding_name(enum mn_encoding e)
{
	return e < MN_ENC_COUNT ? ENCODING[e].name : "unknown";
}

const char *
mn_trust_name(enum mn_trust t)
{
	static const char *const NAMES[] = {"given", "certain", "likely", "a guess"};
	return NAMES[t];
}

/* Lower case, without '-', '_', blanks. */
static struct mn_str
bare(struct mn_str s, char room[32])
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < 32; i++) {
		char c = s.p[i];
		if (c == '-' || c == '_' || c == ' ')
			continue;
		room[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return mn_str(room, n);
}

static bool
among(struct mn_str words, struct mn_str word)
{
	while (words.p)
		if (mn_str_eq(mn_str_cut(&words, ' '), word))
			return true;
	return false;
}

bool
mn_encoding_find(struct mn_str name, enum mn_encoding *out, const char **nearest)
{
	char room[32], other[32];
	struct mn_str want = bare(name, room), names[MN_ENC_COUNT];
	for (unsigned i = 0; i < MN_ENC_COUNT; i++) {
		names[i] = mn_str_c(ENCODING[i].name);
		if (!mn_str_eq(bare(names[i], other), want) &&
		    !(want.n && among(mn_str_c(ENCODING[i].others), want)))
			continue;
		*out = (enum mn_encoding)i;
		return true;
	}
	int at = mn_str_nearest(name, names, MN_ENC_COUNT);
	*nearest = at < 0 ? NULL : names[at].p;
	return false;
}

uint32_t
mn_cp1252_char(unsigned char c)
{
	static const uint16_t HIGH[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026,
	    0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d,
	    0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
	return c >= 0x80 && c < 0xa0 ? HIGH[c - 0x80] : c;
}

size_t
mn_utf8_wanted(unsigned char c)
{
	return c < 0xc2 || c > 0xf4 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

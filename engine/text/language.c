/* Languages of countries. */
#include <stdio.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "manumit/text/language.h"

static struct mn_str
name_of(const char *locale, char room[MN_LANGUAGE_ROOM])
{
	UChar wide[MN_LANGUAGE_ROOM];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0,
		wide_n = uloc_getDisplayLanguage(locale, "en", wide, countof(wide), &e);
	if (U_FAILURE(e) || e == U_USING_DEFAULT_WARNING)
		return MN_STR_NONE;
	u_strToUTF8(room, MN_LANGUAGE_ROOM, &n, wide, wide_n, &e);
	return U_FAILURE(e) || n >= MN_LANGUAGE_ROOM ? MN_STR_NONE
						     : mn_str(room, (size_t)n);
}

struct mn_str
mn_country_language(struct mn_str alpha2, char room[MN_LANGUAGE_ROOM])
{
	char from[16], full[ULOC_FULLNAME_CAPACITY];
	UErrorCode e = U_ZERO_ERROR;
	if (alpha2.n != 2)
		return MN_STR_NONE;
	snprintf(from, sizeof from, "und_%.2s", alpha2.p);
	int32_t n = uloc_addLikelySubtags(from, full, sizeof full, &e);
	if (U_FAILURE(e) || n <= 3 || memcmp(full, "und", 3) == 0)
		return MN_STR_NONE;
	return name_of(full, room);
}

struct mn_str
mn_language_name(struct mn_str s, char room[MN_LANGUAGE_ROOM])
{
	char code[4];
	if (s.n != 2 && s.n != 3)
		return s;
	for (size_t i = 0; i < s.n; i++)
		code[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
	code[s.n] = 0;
	struct mn_str name = name_of(code, room);
	return name.n ? name : s;
}

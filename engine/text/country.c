/*
 * Country names: ICU's locale data in the languages of the tables we meet, with the alias
 * file on top. Names of two countries in two languages are nobody's.
 */
#include <unicode/udisplaycontext.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/uregion.h>
#include <unicode/ustring.h>

#include "manumit/base/hash.h"
#include "manumit/base/json.h"
#include "manumit/text/country.h"
#include "manumit/text/fold.h"

#define CODES_MAX 300
/* 253 codes x 24 languages x 2 lengths, a third of them distinct, load under a half. */
#define SLOTS 16384u
#define FULL (SLOTS / 4 * 3)
#define NAME_BYTES 256
#define NOBODY UINT16_MAX

static const char *const LANGUAGES[] = {"en", "fr", "es", "pt", "de", "it", "nl", "pl",
    "tr", "vi", "id", "ms", "zh", "zh_Hant", "ja", "ko", "th", "ar", "ru", "uk", "bn",
    "hi", "sv", "da"};

enum rank { BY_LANGUAGE, BY_ENGLISH, BY_CODE, BY_ALIAS };

struct slot {
	struct mn_str key; /* folded; p NULL: free */
	uint16_t code;     /* index, NOBODY: ambiguous */
	uint8_t rank;
};

struct mn_countries {
	struct slot slot[SLOTS];
	char alpha2[CODES_MAX][3];
	struct mn_str english[CODES_MAX];
	uint32_t n_code, n_slot;
};

/* The slot of a key: taken, or the free one where it belongs. */
static const struct slot *
find_slot(const struct mn_countries *c, struct mn_str key)
{
	uint64_t at = mn_hash64(key);
	for (;; at++) {
		const struct slot *s = &c->slot[at % SLOTS];
		if (!s->key.p || mn_str_eq(s->key, key))
			return s;
	}
}

static int
code_index(const struct mn_countries *c, struct mn_str alpha2)
{
	for (uint32_t i = 0; alpha2.n == 2 && i < c->n_code; i++)
		if (memcmp(c->alpha2[i], alpha2.p, 2) == 0)
			return (int)i;
	return -1;
}

/* A stronger rank replaces; of equal rank two countries make the name ambiguous. */
static bool
add_key(struct mn_countries *c, struct mn_arena *a, struct mn_str key, uint32_t code,
    enum rank rank)
{
	struct slot *s = &c->slot[find_slot(c, key) - c->slot];
	if (key.n == 0)
		return true;
	if (!s->key.p) {
		if (c->n_slot >= FULL)
			return false;
		c->n_slot++;
		*s = (struct slot){mn_arena_str(a, key), (uint16_t)code, (uint8_t)rank};
	} else if (rank > s->rank) {
		s->code = (uint16_t)code;
		s->rank = (uint8_t)rank;
	} else if (rank == s->rank && s->code != code) {
		s->code = NOBODY;
	}
	return true;
}

static bool
add_name(struct mn_countries *c, struct mn_arena *a, struct mn_str name, uint32_t code,
    enum rank rank)
{
	char room[4096];
	struct mn_buf key = {.p = room, .cap = sizeof room, .max = sizeof room};
	mn_fold_name(name, &key);
	struct mn_str k = mn_buf_str(&key);
	/* Short forms such as BK or R.-U. are too short to be trusted in a foreign
	 * tongue. */
	return (rank == BY_LANGUAGE && k.n <= 3 && (k.n == 0 || k.p[0] >= 'a')) ||
	       add_key(c, a, k, code, rank);
}

static struct mn_str
display_name(const ULocaleDisplayNames *d, const char *alpha2, char out[NAME_BYTES])
{
	UChar name[NAME_BYTES / 4];
	int32_t n = 0;
	UErrorCode st = U_ZERO_ERROR;
	int32_t units =
	    uldn_regionDisplayName(d, alpha2, name, (int32_t)countof(name), &st);
	if (U_SUCCESS(st))
		u_strToUTF8(out, NAME_BYTES, &n, name, units, &st);
	return U_SUCCESS(st) ? mn_str(out, (size_t)n) : MN_STR_NONE;
}

/* full: the names of the language in full; those of a country whose short name is none of
 * its own are known already. */
static bool
add_names(struct mn_countries *c, struct mn_arena *a, const char *locale,
    UDisplayContext length, struct mn_str full[CODES_MAX], struct mn_arena *scratch,
    struct mn_err *err)
{
	UErrorCode st = U_ZERO_ERROR;
	bool english = strcmp(locale, "en") == 0;
	ULocaleDisplayNames *d = uldn_openForContext(locale, &length, 1, &st);
	if (U_FAILURE(st))
		return mn_fail(err, MN_E_CONFIG, "country names of ICU for %s: %s",
		    locale, u_errorName(st));
	bool good = true;
	for (uint32_t i = 0; good && i < c->n_code; i++) {
		char text[NAME_BYTES];
		struct mn_str name = display_name(d, c->alpha2[i], text);
		if (mn_str_eq(name, full[i]))
			continue;
		if (english && length == UDISPCTX_LENGTH_FULL)
			c->english[i] = mn_arena_str(a, name);
		full[i] = mn_arena_str(scratch, name);
		good = add_name(c, a, name, i, english ? BY_ENGLISH : BY_LANGUAGE);
	}
	uldn_close(d);
	return good || mn_fail(err, MN_E_BUG, "country table full at %s", locale);
}

static bool
add_language(
    struct mn_countries *c, struct mn_arena *a, const char *locale, struct mn_err *err)
{
	struct mn_str full[CODES_MAX] = {{0}};
	struct mn_arena scratch = mn_arena_new(CODES_MAX * NAME_BYTES, a->oom),
			top = scratch;
	bool good = add_names(c, a, locale, UDISPCTX_LENGTH_FULL, full, &scratch, err) &&
		    add_names(c, a, locale, UDISPCTX_LENGTH_SHORT, full, &scratch, err);
	mn_arena_free(top);
	return good;
}

static void
add_codes(struct mn_countries *c, struct mn_arena *a)
{
	for (const char *const *p = uloc_getISOCountries(); *p && c->n_code < CODES_MAX;
	     p++) {
		char locale[8] = {'_', (*p)[0], (*p)[1], '\0'};
		char lower[3] = {(char)((*p)[0] | 32), (char)((*p)[1] | 32), '\0'};
		UErrorCode st = U_ZERO_ERROR;
		struct mn_str three = mn_str_c(uloc_getISO3Country(locale));
		/* EA and IC are reserved codes of islands, not countries. */
		if (three.n != 3 || strcmp(*p, "EA") == 0 || strcmp(*p, "IC") == 0)
			continue;
		uint32_t at = c->n_code++;
		memcpy(c->alpha2[at], *p, 2);
		add_key(c, a, mn_str(lower, 2), at, BY_CODE);
		add_name(c, a, three, at, BY_CODE);
		const URegion *r = uregion_getRegionFromCode(*p, &st);
		int32_t number = U_SUCCESS(st) ? uregion_getNumericCode(r) : 0;
		if (number > 0)
			add_key(c, a, mn_arena_fmt(a, "%03d", (int)number), at, BY_CODE);
	}
}

/* {"aliases": {"GB": ["UK", ...], ...}} and a note. */
static bool
add_aliases(struct mn_countries *c, struct mn_arena *a, const struct mn_json *root,
    const char *file, struct mn_err *err)
{
	struct mn_str key, name;
	const struct mn_json *map = mn_json_get(root, "aliases"), *list;
	for (size_t i = 0; mn_json_member(root, i, &key); i++)
		if (!mn_str_eq(key, MN_S("aliases")) && !mn_str_eq(key, MN_S("note")))
			return mn_fail(err, MN_E_PACK_KEY,
			    "%s: \"%.*s\": known keys are note, aliases", file,
			    MN_FMT(key));
	if (mn_json_type(map) != MN_JSON_MAP)
		return mn_fail(err, MN_E_PACK_MISSING,
		    "%s: \"aliases\": a map of country code to names", file);
	for (size_t i = 0; (list = mn_json_member(map, i, &key)); i++) {
		int code = code_index(c, key);
		if (code < 0)
			return mn_fail(err, MN_E_PACK_REF,
			    "%s: \"%.*s\" is no ISO 3166-1 alpha-2 code", file,
			    MN_FMT(key));
		for (size_t k = 0; k < mn_json_count(list); k++) {
			if (!mn_json_str(mn_json_at(list, k), &name))
				return mn_fail(err, MN_E_PACK_TYPE,
				    "%s: \"%.*s\": a list of names", file, MN_FMT(key));
			if (!add_name(c, a, name, (uint32_t)code, BY_ALIAS))
				return mn_fail(
				    err, MN_E_PACK_RANGE, "%s: too many names", file);
		}
	}
	return true;
}

const struct mn_countries *
mn_countries_new(
    struct mn_arena *a, struct mn_str alias_json, const char *file, struct mn_err *err)
{
	struct mn_countries *c = MN_NEW(a, struct mn_countries, 1);
	add_codes(c, a);
	for (size_t i = 0; i < countof(LANGUAGES); i++)
		if (!add_language(c, a, LANGUAGES[i], err))
			return NULL;
	if (mn_str_trim(alias_json).n == 0)
		return c;
	struct mn_json *root = mn_json_parse(alias_json, file, err);
	bool good = root && add_aliases(c, a, root, file, err);
	mn_json_free(root);
	return good ? c : NULL;
}

struct mn_str
mn_country_find(const struct mn_countries *c, struct mn_str name)
{
	char room[NAME_BYTES];
	struct mn_buf fixed = {.p = room, .cap = sizeof room, .max = sizeof room};
	name = mn_str_trim(name);
	/* A country's name in any language is shorter; a longer cell is something else.
	 */
	if (name.n == 0 || name.n > NAME_BYTES - 32)
		return MN_STR_NONE;
	mn_fold_name(name, &fixed);
	const struct slot *s = fixed.failed ? NULL : find_slot(c, mn_buf_str(&fixed));
	if (!s || !s->key.p || s->code == NOBODY)
		return MN_STR_NONE;
	return mn_str(c->alpha2[s->code], 2);
}

/* Is b one letter from a? Bytes, so a letter outside ASCII is found only when one of its
 * bytes differs; that is enough for a guess. */
static bool
one_off(struct mn_str a, struct mn_str b)
{
	size_t i = 0, tail = 0, least = a.n < b.n ? a.n : b.n;
	while (i < least && a.p[i] == b.p[i])
		i++;
	while (tail < least - i && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
		tail++;
	size_t x = a.n - i - tail, y = b.n - i - tail;
	if (x <= 1 && y <= 1)
		return true;
	return x == 2 && y == 2 && a.p[i] == b.p[i + 1] && a.p[i + 1] == b.p[i];
}

#define GUESS_LEAST 6

struct mn_str
mn_country_guess(const struct mn_countries *c, struct mn_str name)
{
	char room[NAME_BYTES];
	struct mn_buf fixed = {.p = room, .cap = sizeof room, .max = sizeof room};
	name = mn_str_trim(name);
	if (name.n < GUESS_LEAST - 1 || name.n > 64)
		return MN_STR_NONE;
	mn_fold_name(name, &fixed);
	struct mn_str key = mn_buf_str(&fixed);
	int found = -1;
	for (uint32_t i = 0; i < SLOTS && !fixed.failed; i++) {
		const struct slot *s = &c->slot[i];
		if (!s->key.p || s->key.n + 1 < key.n || s->key.n > key.n + 1 ||
		    s->rank == BY_CODE || !one_off(s->key, key))
			continue;
		/* A short name as near makes the long one doubtful. */
		if (s->code == NOBODY || s->key.n < GUESS_LEAST ||
		    (found >= 0 && found != s->code))
			return MN_STR_NONE;
		found = s->code;
	}
	return found < 0 ? MN_STR_NONE : mn_str(c->alpha2[found], 2);
}

bool
mn_country_each(const struct mn_countries *c,
    bool (*fn)(void *ctx, struct mn_str name, struct mn_str alpha2), void *ctx)
{
	for (uint32_t i = 0; i < SLOTS; i++) {
		const struct slot *s = &c->slot[i];
		if (s->key.p && s->code != NOBODY && s->rank != BY_CODE &&
		    !fn(ctx, s->key, mn_str(c->alpha2[s->code], 2)))
			return false;
	}
	return true;
}

struct mn_str
mn_country_name(const struct mn_countries *c, struct mn_str alpha2)
{
	int i = c ? code_index(c, alpha2) : -1;
	return i < 0 ? alpha2 : c->english[i];
}

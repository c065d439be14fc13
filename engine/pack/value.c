/* One value against its own rule. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "pack_impl.h"

static bool
is_text(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
			return false;
	return true;
}

static bool
is_code(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] >= 0x7F || s.p[i] == '"')
			return false;
	return s.n >= 1 && s.n <= 64;
}

static bool
is_country(struct mn_str s)
{
	return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' &&
	       s.p[1] <= 'Z';
}

static bool
is_day(struct mn_str s)
{
	int32_t day;
	return s.n == 10 && mn_day_parse_iso(s, &day);
}

/* What ASCII can tell: text is folded in the room that knows Unicode, and packs carry the
 * result so that compiling needs none of it. */
static bool
is_folded(struct mn_str s)
{
	bool blank = true; /* no blank may follow: at the beginning, after a blank */
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter =
		    c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!letter && (c != ' ' || blank))
			return false;
		blank = c == ' ';
	}
	return !blank;
}

static bool
is_upper(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == ';')
			return false;
	return s.n >= 1 && s.n <= 128 && is_text(s);
}

static bool
is_isic(struct mn_str s)
{
	if (s.n == 1 && s.p[0] >= 'A' && s.p[0] <= 'V')
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n >= 1 && s.n <= 4;
}

static bool
is_digits(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n >= 1 && s.n <= 10;
}

static const struct {
	bool (*ok)(struct mn_str s);
	const char *what;
} RULES[MN_PR_COUNT] = {
    [MN_PR_TEXT] = {is_text, "text without control characters"},
    [MN_PR_CODE] = {is_code,
	"a code of 1 to 64 printable ASCII characters without blanks"},
    [MN_PR_COUNTRY] = {is_country, "two capital letters (ISO 3166-1 alpha-2)"},
    [MN_PR_DAY] = {is_day, "a day YYYY-MM-DD"},
    [MN_PR_FOLDED] = {is_folded, "folded words: lower case, no marks, single spaces"},
    [MN_PR_UPPER] = {is_upper, "a code in upper case without ';'"},
    [MN_PR_ISIC] = {is_isic, "an ISIC section letter or up to four digits"},
    [MN_PR_DIGITS] = {is_digits, "one to ten digits"},
};

static bool
check_choice(const struct mn_pfield *f, struct mn_str s, const struct mn_pplace *at,
    struct mn_err *err)
{
	if (!f->words || f->refs || mn_pwords_have(f->words, s))
		return true;
	struct mn_str have[16];
	size_t n = mn_pwords_add(f->words, have, 0, countof(have));
	int near = mn_str_nearest(s, have, n);
	if (near >= 0)
		return mn_pfail(err, MN_E_PACK_RANGE, at,
		    "\"%.*s\" is not a choice; did you mean \"%.*s\"? (%s)",
		    MN_FMT(mn_pexcerpt(s)), MN_FMT(have[near]), f->words);
	return mn_pfail(err, MN_E_PACK_RANGE, at,
	    "\"%.*s\" is not a choice; choose from %s", MN_FMT(mn_pexcerpt(s)), f->words);
}

static bool
check_str(const struct mn_pfield *f, struct mn_str s, const struct mn_pplace *at,
    struct mn_err *err)
{
	if (s.n > MN_MAX_CELL)
		return mn_pfail(
		    err, MN_E_PACK_RANGE, at, "%zu bytes, at most %u", s.n, MN_MAX_CELL);
	if (!RULES[f->rule].ok(s))
		return mn_pfail(err, MN_E_PACK_RANGE, at, "\"%.*s\" is not %s",
		    MN_FMT(mn_pexcerpt(s)), RULES[f->rule].what);
	return check_choice(f, s, at, err);
}

static bool
check_strs(
    const struct mn_pfield *f, struct mn_strs l, struct mn_pplace at, struct mn_err *err)
{
	if (l.n == 0 && (f->flags & MN_PF_REQ))
		return mn_pfail(
		    err, MN_E_PACK_MISSING, &at, "the list must not be empty");
	for (uint32_t i = 0; i < l.n; i++) {
		at.item = i;
		if (l.v[i].n == 0)
			return mn_pfail(
			    err, MN_E_PACK_RANGE, &at, "\"\": an item must not be empty");
		if (!check_str(f, l.v[i], &at, err))
			return false;
	}
	return true;
}

static bool
check_number(
    const struct mn_pfield *f, int64_t v, const struct mn_pplace *at, struct mn_err *err)
{
	if (v >= f->min && v <= f->max)
		return true;
	char value[32], min[32], max[32];
	return mn_pfail(err, MN_E_PACK_RANGE, at, "%.*s is not within %.*s to %.*s",
	    MN_FMT(mn_pnumber_text(f, v, value)), MN_FMT(mn_pnumber_text(f, f->min, min)),
	    MN_FMT(mn_pnumber_text(f, f->max, max)));
}

static bool
check_field(const struct mn_pfield *f, const void *row, const struct mn_pplace *at,
    struct mn_err *err)
{
	switch ((enum mn_pshape)f->shape) {
	case MN_PS_STR: {
		struct mn_str s = mn_pget_str(row, f);
		if (s.n > 0)
			return check_str(f, s, at, err);
		return !(f->flags & MN_PF_REQ) || mn_pfail(err, MN_E_PACK_MISSING, at,
						      "\"\": the text must not be empty");
	}
	case MN_PS_STRS:
		return check_strs(f, mn_pget_strs(row, f), *at, err);
	case MN_PS_Q16:
	case MN_PS_INT:
		return check_number(f, mn_pget_i64(row, f), at, err);
	case MN_PS_BOOL:
		break;
	}
	return true;
}

bool
mn_pvalue_check(const struct mn_psec *s, const void *row, const struct mn_pplace *at,
    struct mn_err *err)
{
	for (size_t i = 0; i < mn_pfields(s); i++) {
		struct mn_pplace here = *at;
		here.key = mn_pfield(s, i)->key;
		if (!check_field(mn_pfield(s, i), row, &here, err))
			return false;
	}
	return true;
}

/*
 * Names made of invented syllables in several scripts, and slips of them; deterministic.
 */
#ifndef MN_TEST_MATCH_NAMES_H
#define MN_TEST_MATCH_NAMES_H

#include "../unit/match_fixture.h"

#include "rng.h"

#define PICK(list) (list[below(r, (unsigned)countof(list))])

/* ---- names ---- */

#define NAME_BYTES 512

struct text {
	char p[NAME_BYTES];
	size_t n;
};

static void
add(struct text *t, const char *s)
{
	size_t n = strlen(s);
	assert_true(t->n + n < sizeof t->p);
	memcpy(t->p + t->n, s, n + 1);
	t->n += n;
}

static const char *const LATIN[] = {"vel", "mor", "quan", "dri", "kes", "trel", "nord",
    "hal", "vik", "bri", "wel", "this", "tle", "mar", "pel", "worth", "zan", "do", "ru",
    "lep", "fen", "gor", "sed", "hol", "tym", "ard", "osk", "ula", "ber", "cin", "dun",
    "fox", "gram", "jor", "kul", "lin", "nep", "por", "sta", "wex"};
static const char *const CYRILLIC[] = {"вел", "мор", "кест", "дру", "нор", "хал", "вик",
    "бри", "тис", "пел", "зан", "лем", "фен", "гор", "сед"};
static const char *const THAI[] = {
    "วิล", "โม", "รัก", "นา", "ลิน", "กา", "ดู", "พา", "ซา", "ทอ"};
static const char *const ARABIC[] = {
    "فيل", "مور", "درا", "نك", "لت", "بيل", "ورث", "زان"};
static const char *const HAN[] = {
    "塔", "伊", "维", "莫", "拉", "泰", "诺", "贝", "尔", "卡"};
static const char *const WORD[] = {"Textile", "Tekstil", "Garments", "Chemical",
    "Trading", "International", "Group", "Foods", "Electronics", "Mills", "Factory",
    "завод", "纺织", "Unit 2", "Unit 3", "Plant No. 4", "III"};
static const char *const PLACE[] = {
    "Dhaka", "Hotan", "Kashgar", "Xinjiang", "Shanghai", "Bursa", "Karachi"};
static const char *const FORM[] = {"Ltd", "Limited", "Co., Ltd.", "GmbH", "S.A. de C.V.",
    "B.V.", "(Pvt) Ltd", "A/S", "LLC", "Inc."};
static const char *const COUNTRY[] = {"BD", "CN", "IN", ""};

/* A brand word of two to four syllables; Latin: at least five letters. */
static void
brand(struct rng *r, struct text *t, bool latin_only)
{
	unsigned script = latin_only || chance(r, 80) ? 0 : 1 + below(r, 4);
	unsigned n = 2 + below(r, 2);
	size_t from = t->n;
	for (unsigned i = 0; i < n || (script == 0 && t->n - from < 5); i++)
		add(t, script == 0   ? PICK(LATIN)
		       : script == 1 ? PICK(CYRILLIC)
		       : script == 2 ? PICK(THAI)
		       : script == 3 ? PICK(ARABIC)
				     : PICK(HAN));
}

/* The words of a name without a legal form, parted by single blanks. */
static void
body(struct rng *r, struct text *t, bool latin_only)
{
	t->n = 0;
	if (chance(r, 20)) {
		add(t, PICK(PLACE));
		add(t, " ");
	}
	brand(r, t, latin_only);
	if (chance(r, 40)) {
		add(t, " ");
		brand(r, t, latin_only);
	}
	for (unsigned k = below(r, 3); k > 0; k--) {
		add(t, " ");
		add(t, PICK(WORD));
	}
}

static void
any_name(struct rng *r, struct text *t)
{
	body(r, t, false);
	if (chance(r, 60)) {
		add(t, " ");
		add(t, PICK(FORM));
	}
	if (chance(r, 8)) {
		add(t, " (");
		brand(r, t, true);
		add(t, " Ltd)");
	}
}

/* ---- slips ---- */

static void
slip_letter(struct rng *r, struct text *t)
{
	size_t at = below(r, (unsigned)t->n);
	for (size_t i = 0; i + 1 < t->n; i++, at = (at + 1) % (t->n - 1)) {
		char *c = &t->p[at];
		if (c[0] < 'a' || c[0] > 'z' || c[1] < 'a' || c[1] > 'z')
			continue;
		if (chance(r, 33)) {
			c[0] = (char)('a' + below(r, 26));
		} else if (chance(r, 50)) {
			char first = c[0];
			c[0] = c[1];
			c[1] = first;
		} else {
			memmove(c, c + 1, t->n - at);
			t->n--;
		}
		return;
	}
}

static void
slip(struct rng *r, const struct text *from, struct text *t)
{
	*t = *from;
	char *blank = strchr(t->p, ' ');
	switch (below(r, 6)) {
	case 0:
	case 1:
		slip_letter(r, t);
		break;
	case 2:
		add(t, " ");
		add(t, PICK(WORD));
		break;
	case 3:
		add(t, " ");
		add(t, PICK(FORM));
		break;
	case 4: /* two words run together */
		if (blank) {
			memmove(blank, blank + 1, strlen(blank));
			t->n--;
		}
		break;
	default:
		if (blank) { /* the last word is left out */
			*strrchr(t->p, ' ') = 0;
			t->n = strlen(t->p);
		}
	}
}

/* Half of the pairs are slips of one name, the rest share at most a word. */
static void
any_pair(struct rng *r, struct text *a, struct text *b)
{
	any_name(r, a);
	if (chance(r, 50))
		slip(r, a, b);
	else
		any_name(r, b);
	if (chance(r, 20)) {
		struct text once = *b;
		slip(r, &once, b);
	}
}

#endif

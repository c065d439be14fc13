/*
 * Analysis of a name: units become tokens with class, weight and skeleton. The order of
 * rules: phrases of the tables, numbers, single words, stems, places; what is left is a
 * brand.
 */
#include <stdio.h>

#include "manumit/base/file.h"
#include "manumit/text/utf8.h"

#include "analyst.h"
#include "similar.h"
#include "skeleton.h"

struct naming {
	struct mn_analyst *s;
	struct units u;
	struct mn_name *out;
	size_t used; /* bytes of out->text */
};

/* ---- numbers ---- */

static const char *const CARDINAL[] = {"one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
static const char *const ORDINAL[] = {"first", "second", "third", "fourth", "fifth",
    "sixth", "seventh", "eighth", "ninth", "tenth"};
static const char *const TENS[] = {
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
static const char *const ROMAN[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii",
    "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};

/* The place of a word in a list, from 1; 0: not there. */
static uint32_t
listed(const char *const *list, size_t n, struct mn_str w)
{
	for (size_t i = 0; i < n; i++)
		if (w.n && list[i][0] == w.p[0] && mn_str_eq(w, mn_str_c(list[i])))
			return (uint32_t)i + 1;
	return 0;
}
#define LISTED(list, w) listed((list), countof(list), (w))

static uint32_t
number_word(struct mn_str w)
{
	uint32_t n = LISTED(CARDINAL, w);
	return n ? n : LISTED(ORDINAL, w);
}

static uint32_t
roman(struct mn_str w)
{
	return LISTED(ROMAN, w);
}

/* ---- looking words up ---- */

/* Units i .. i+n-1 joined by blanks. */
static struct mn_str
phrase(const struct naming *k, uint32_t i, uint32_t n, char *out, size_t room)
{
	size_t used = 0;
	for (uint32_t j = i; j < i + n; j++) {
		struct mn_str w = k->u.u[j].native;
		if (used + w.n + 1 > room)
			return MN_STR_NONE;
		if (used)
			out[used++] = ' ';
		memcpy(out + used, w.p, w.n);
		used += w.n;
	}
	return mn_str(out, used);
}

static bool
legal_at(const struct naming *k, uint32_t i)
{
	const struct mn_lexicon *x = k->s->lex;
	const struct mn_lex_slot *s = mn_lexicon_find(x, k->u.u[i].native);
	return s && s->word && x->row[s->word].cls == MN_W_LEGAL;
}

/* Short abbreviations of legal forms are words of many languages: they count only at the
 * ends of a name, next to other legal forms. */
static bool
at_an_end(const struct naming *k, uint32_t i, uint32_t n)
{
	bool head = true, tail = true;
	for (uint32_t j = 0; j < i; j++)
		head = head && legal_at(k, j);
	for (uint32_t j = i + n; j < k->u.n; j++)
		tail = tail && (legal_at(k, j) || k->u.u[j].bracket);
	return head || tail;
}

/* The longest phrase of the tables at i: its row and how many units, or 0. */
static uint32_t
longest_phrase(const struct naming *k, uint32_t i, uint32_t *n)
{
	const struct mn_lexicon *x = k->s->lex;
	const struct mn_lex_slot *first = mn_lexicon_find(x, k->u.u[i].native);
	char text[512];
	uint32_t max = first ? first->max_words : 0;
	if (max > k->u.n - i)
		max = k->u.n - i;
	for (*n = max; *n >= 2; --*n) {
		struct mn_str key = phrase(k, i, *n, text, sizeof text);
		const struct mn_lex_slot *s = key.n ? mn_lexicon_find(x, key) : NULL;
		if (s && (s->place || s->word))
			return s->place ? s->place : s->word;
	}
	return 0;
}

/* al-, lil- and wal- stand before Arabic nouns. */
static const char *const ARTICLE[] = {"وال", "لل", "ال", "بال"};

static const struct mn_lex_slot *
find_word(const struct mn_lexicon *x, const struct unit *u)
{
	const struct mn_lex_slot *s = mn_lexicon_find(x, u->native);
	if (s && (s->word || s->place))
		return s;
	for (size_t i = 0; u->script == MN_SCRIPT_ARABIC && i < countof(ARTICLE); i++) {
		struct mn_str a = mn_str_c(ARTICLE[i]);
		if (!mn_str_starts(u->native, a) || u->native.n < a.n + 4)
			continue;
		s = mn_lexicon_find(x, mn_str_sub(u->native, a.n, u->native.n));
		if (s && (s->word || s->place))
			return s;
	}
	return NULL;
}

static uint32_t
single_word(const struct naming *k, uint32_t i)
{
	const struct mn_lexicon *x = k->s->lex;
	const struct unit *u = &k->u.u[i];
	const struct mn_lex_slot *s = find_word(x, u);
	uint32_t row = s ? s->word : 0;
	if (row && x->row[row].cls == MN_W_LEGAL && u->native.n <= 3 &&
	    !at_an_end(k, i, 1))
		row = 0;
	if (row && x->row[row].cls == MN_W_UNIT)
		return row;
	if (!row && u->script != MN_SCRIPT_HAN)
		row = mn_lexicon_stem(x, u->native);
	if (!row && s)
		row = s->place;
	return row;
}

/* ---- tokens ---- */

static struct mn_token *
new_token(struct naming *k, struct mn_str text, uint8_t cls, uint8_t script, uint32_t row)
{
	struct mn_name *o = k->out;
	text = mn_str_sub(text, 0, MN_TOKEN_BYTES);
	if (o->n == MN_NAME_TOKENS || k->used + text.n + 1 > sizeof o->text) {
		o->cut = true;
		return NULL;
	}
	struct mn_token *t = &o->tok[o->n++];
	memset(t, 0, sizeof *t);
	if (text.n)
		memcpy(o->text + k->used, text.p, text.n);
	t->text = o->text + k->used;
	o->text[k->used + text.n] = 0;
	k->used += text.n + 1;
	t->n = t->n_base = (uint8_t)text.n;
	t->letters = mn_letters(mn_token_text(t));
	t->cls = cls;
	t->script = script;
	t->row = row;
	if (row)
		t->legal = k->s->lex->row[row].legal;
	return t;
}

static void
add_number(struct naming *k, uint64_t value)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%llu", (unsigned long long)value);
	new_token(k, mn_str(text, (size_t)n), MN_W_NUMBER, MN_SCRIPT_NONE, 0);
}

static void
add_digits(struct naming *k, struct mn_str digits)
{
	while (digits.n > 1 && digits.p[0] == '0')
		digits = mn_str_sub(digits, 1, digits.n);
	new_token(k, digits, MN_W_NUMBER, MN_SCRIPT_NONE, 0);
}

/* Adjectives made of the names of towns and rivers: Tutayevskiy is the one of Tutayev. */
static const char *const ADJECTIVE[] = {"skiy", "skii", "skij", "skyi", "sky", "ski",
    "skaya", "skaia", "skoye", "skoe", "skogo", "skoy", "skoi", "skikh", "skie", "skiye"};
#define BASE_LETTERS 4

static size_t
adjective_ending(struct mn_str w)
{
	if (w.n < 7 || !memchr(w.p + w.n - 6, 's', 6))
		return 0;
	for (size_t i = 0; i < countof(ADJECTIVE); i++) {
		struct mn_str e = mn_str_c(ADJECTIVE[i]);
		if (mn_str_ends(w, e) && w.n >= e.n + BASE_LETTERS)
			return e.n;
	}
	return 0;
}

/* Romanised words as English lists spell them: the Thai carrier of vowels is not a letter
 * of its own, and Russian -tsiya is -tion. */
static void
respell(enum mn_script script, struct mn_buf *b)
{
	size_t n = 0;
	if (script == MN_SCRIPT_THAI) {
		for (size_t i = 0; i < b->n; i++)
			if (b->p[i] != 'x')
				b->p[n++] = b->p[i];
		b->n = n ? n : b->n;
	}
	struct mn_str tsiya = MN_S("tsiya");
	if (script != MN_SCRIPT_CYRILLIC || !mn_str_ends(mn_buf_str(b), tsiya))
		return;
	b->n -= tsiya.n;
	mn_buf_add(b, MN_S("tion"));
}

struct syllables {
	uint8_t n,
	    end[MN_SYLLABLES]; /* none when there are more, or one has no reading */
	bool many;
};

/* Han is read one character, and so one syllable, at a time. */
static void
add_characters(struct naming *k, struct mn_str word, struct syllables *y)
{
	struct mn_buf *b = &k->s->scratch;
	while (word.n) {
		struct mn_str at = word;
		size_t from = b->n;
		mn_utf8_next(&word);
		mn_roman_word(k->s->roman, MN_SCRIPT_HAN, mn_str(at.p, at.n - word.n), b);
		y->many = y->many || y->n == MN_SYLLABLES || b->n == from ||
			  b->n > MN_TOKEN_BYTES;
		if (!y->many)
			y->end[y->n++] = (uint8_t)b->n;
	}
	y->n = y->many ? 0 : y->n;
}

static bool
is_ascii(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] > 127)
			return false;
	return true;
}

/* A token for units i .. i+n-1: its text is their romanised form. */
static void
add_units(struct naming *k, uint32_t i, uint32_t n, uint8_t cls, uint32_t row)
{
	struct mn_buf *b = &k->s->scratch;
	struct syllables syl = {.n = 0};
	mn_buf_clear(b);
	for (uint32_t j = i; j < i + n; j++) {
		const struct unit *u = &k->u.u[j];
		bool plain = u->script == MN_SCRIPT_LATIN || u->script == MN_SCRIPT_NONE;
		/* A Latin word may carry a mark of another script, and then is not. */
		if (plain && is_ascii(u->native))
			mn_buf_add(b, u->native);
		else if (u->script == MN_SCRIPT_HAN)
			add_characters(k, u->native, &syl);
		else
			mn_roman_word(
			    k->s->roman, (enum mn_script)u->script, u->native, b);
	}
	const struct unit *u = &k->u.u[i];
	respell((enum mn_script)u->script, b);
	struct mn_token *t = new_token(k, mn_buf_str(b), cls, u->script, row);
	if (!t)
		return;
	struct mn_str text = mn_str(t->text, t->n);
	t->n_skel = u->script == MN_SCRIPT_THAI && n == 1
			? mn_skeleton_thai(u->native, t->skel)
			: mn_skeleton(text, t->skel);
	bool chinese = memcmp(k->s->lex->row[row].country, "cn", 3) == 0;
	t->n_syl = syl.n;
	memcpy(t->syl, syl.end, sizeof t->syl);
	if (u->script != MN_SCRIPT_HAN && (cls == MN_W_BRAND || chinese))
		t->n_syl = (uint8_t)mn_pinyin_cut(text, t->syl);
	t->pinyin = cls == MN_W_BRAND && t->n_syl > 0;
	t->n_base = (uint8_t)(t->n - adjective_ending(text));
}

/* Han is also kept character by character: one wrong character can hide all words of a
 * name that are written without blanks. */
static void
keep_han(struct naming *k, uint32_t i)
{
	const struct unit *u = &k->u.u[i];
	struct mn_str rest = u->native;
	const struct mn_lex_row *row = k->s->lex->row;
	if (u->script != MN_SCRIPT_HAN || legal_at(k, i) ||
	    (u->gloss && row[u->gloss->row[0]].cls == MN_W_LEGAL))
		return;
	while (rest.n && k->out->n_han < MN_NAME_HAN)
		k->out->han[k->out->n_han++] = (uint16_t)mn_utf8_next(&rest);
}

static void
add_row(struct naming *k, uint32_t i, uint32_t n, uint32_t row)
{
	add_units(k, i, n, k->s->lex->row[row].cls, row);
}

static void
add_gloss(struct naming *k, uint32_t i)
{
	const struct mn_gloss *g = k->u.u[i].gloss;
	if (g->number)
		add_number(k, (uint64_t)g->number);
	for (size_t j = 0; j < MN_GLOSS_MAX && g->row[j]; j++) {
		const struct mn_lex_row *r = &k->s->lex->row[g->row[j]];
		uint8_t script = k->u.u[i].script;
		struct mn_token *t = new_token(k, r->id, r->cls,
		    script == MN_SCRIPT_CYRILLIC ? MN_SCRIPT_LATIN : script, g->row[j]);
		if (t)
			t->n_skel = mn_skeleton(mn_str(t->text, t->n), t->skel);
	}
}

/* ---- classification ---- */

static bool
number_follows(const struct naming *k, uint32_t i)
{
	if (i + 1 >= k->u.n)
		return false;
	struct mn_str w = k->u.u[i + 1].native;
	return k->u.u[i + 1].script == MN_SCRIPT_NONE || roman(w) || number_word(w);
}

/* "(P)" before Ltd is private, "(M)" is Malaysia; the f of "(F6)" is factory. */
static bool
bracket_letter(struct naming *k, uint32_t i)
{
	const struct unit *u = &k->u.u[i];
	bool glued = i + 1 < k->u.n && k->u.u[i + 1].glued &&
		     k->u.u[i + 1].script == MN_SCRIPT_NONE;
	if (u->native.n != 1 || u->script != MN_SCRIPT_LATIN)
		return false;
	if (glued && strchr("fu", u->native.p[0])) {
		add_units(k, i, 1, MN_W_UNIT, 0);
		return true;
	}
	if (!u->bracket || glued)
		return false;
	if (u->native.p[0] == 'p') {
		add_units(k, i, 1, MN_W_LEGAL, 0);
		if (k->out->n)
			k->out->tok[k->out->n - 1].legal = MN_LEGAL_PRIVATE;
		return true;
	}
	const struct mn_lex_slot *s =
	    u->native.p[0] == 'm' ? mn_lexicon_find(k->s->lex, MN_S("malaysia")) : NULL;
	if (s && s->place)
		add_row(k, i, 1, s->place);
	return s && s->place;
}

/* Tens and ones written as two words make one number: forty-four. */
static uint32_t
tens(const struct naming *k, uint32_t i, uint32_t *took)
{
	uint32_t t = LISTED(TENS, k->u.u[i].native);
	uint32_t one = i + 1 < k->u.n ? number_word(k->u.u[i + 1].native) : 0;
	if (t == 0 || one == 0 || one > 9)
		return t > 1 ? (t + 1) * 10 : 0;
	*took = 2;
	return (t + 1) * 10 + one;
}

/* Roman numerals and number words. A name may begin with an ordinal (First Bank) but not
 * with another number word; a single roman letter counts only right before the legal
 * forms or after a word for unit; initials with dots never do. */
static uint32_t
spelled_number(const struct naming *k, uint32_t i, uint32_t *took)
{
	struct mn_str w = k->u.u[i].native;
	uint32_t n = number_word(w), r = k->u.u[i].dotted ? 0 : roman(w);
	bool after_unit = k->out->n && k->out->tok[k->out->n - 1].cls == MN_W_UNIT;
	if (k->u.u[i].script != MN_SCRIPT_LATIN)
		return 0;
	if (i == 0)
		return LISTED(ORDINAL, w);
	if (r && w.n == 1 && !after_unit) {
		for (uint32_t j = i + 1; j < k->u.n; j++)
			if (!legal_at(k, j))
				return 0;
		return legal_at(k, i - 1) ? 0 : r;
	}
	uint32_t t = tens(k, i, took);
	return t ? t : n ? n : r;
}

/* Words for a place of work that count units when a number follows: plant 2. */
static const char *const UNIT_BEFORE[] = {"plant", "factory", "line", "unit", "no", "nr",
    "division", "prison", "mill", "branch", "works", "shed", "block"};

static bool
counts_units(const struct naming *k, uint32_t i)
{
	for (size_t w = 0; w < countof(UNIT_BEFORE); w++)
		if (k->u.u[i].native.p[0] == UNIT_BEFORE[w][0] &&
		    mn_str_eq(k->u.u[i].native, mn_str_c(UNIT_BEFORE[w])))
			return number_follows(k, i);
	return false;
}

static bool
ordinal_ending(const struct naming *k, uint32_t i)
{
	static const char *const END[] = {"st", "nd", "rd", "th"};
	bool after = i > 0 && k->u.u[i].glued && k->u.u[i - 1].script == MN_SCRIPT_NONE;
	for (size_t e = 0; after && e < countof(END); e++)
		if (mn_str_eq(k->u.u[i].native, mn_str_c(END[e])))
			return true;
	return false;
}

/* Letters spelled out one after the other make one word. */
static uint32_t
add_latin(struct naming *k, uint32_t i)
{
	char text[16];
	uint32_t n = 0;
	while (i + n < k->u.n && k->u.u[i + n].latin && n < sizeof text) {
		text[n] = k->u.u[i + n].latin;
		n++;
	}
	struct mn_token *t =
	    new_token(k, mn_str(text, n), MN_W_BRAND, MN_SCRIPT_LATIN, 0);
	if (t)
		t->n_skel = mn_skeleton(mn_str(t->text, t->n), t->skel);
	return n;
}

/* Classifies the unit at i; returns how many units it took. */
static uint32_t
classify(struct naming *k, uint32_t i)
{
	const struct unit *u = &k->u.u[i];
	uint32_t n = 1, row, number;
	if (u->latin)
		return add_latin(k, i);
	if (u->gloss) {
		add_gloss(k, i);
		return 1;
	}
	if (u->script == MN_SCRIPT_NONE) {
		add_digits(k, u->native);
		return 1;
	}
	if (ordinal_ending(k, i) || bracket_letter(k, i))
		return 1;
	if ((row = longest_phrase(k, i, &n)) > 0) {
		add_row(k, i, n, row);
		return n;
	}
	n = 1;
	if ((number = spelled_number(k, i, &n)) > 0)
		add_number(k, number);
	else if (counts_units(k, i))
		add_units(k, i, 1, MN_W_UNIT, 0);
	else if ((row = single_word(k, i)) > 0)
		add_row(k, i, 1, row);
	else
		add_units(k, i, 1, MN_W_BRAND, 0);
	return n;
}

/* ---- the name as a whole ---- */

uint64_t
mn_token_id(const struct mn_lexicon *x, const struct mn_token *t)
{
	char key[MN_TOKEN_BYTES + 2];
	bool named = t->row && (t->cls == MN_W_INDUSTRY || t->cls == MN_W_GENERIC ||
				   t->cls == MN_W_PLACE);
	struct mn_str text = named ? x->row[t->row].id : mn_str(t->text, t->n);
	size_t n = 0;
	if (named)
		key[n++] = t->cls == MN_W_PLACE ? '@' : '=';
	text = mn_str_sub(text, 0, MN_TOKEN_BYTES);
	memcpy(key + n, text.p, text.n);
	return mn_hash64(mn_str(key, n + text.n)) | 1;
}

/* The same word again says nothing new: aliases repeat the short name in brackets. A
 * brand doubled on the spot is one: Lei Lei is Leilei. */
static void
drop_repeats(struct mn_name *o)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < o->n; i++) {
		bool again = false;
		for (uint32_t k = 0; k < n; k++)
			again = again || (o->tok[k].id == o->tok[i].id &&
					     o->tok[k].cls == o->tok[i].cls &&
					     (k + 1 < n || o->tok[i].cls != MN_W_BRAND));
		if (!again || o->tok[i].cls == MN_W_NUMBER)
			o->tok[n++] = o->tok[i];
	}
	o->n = n;
}

/* A name made of legal forms and unit words only still has to be called something. */
static void
name_the_nameless(struct mn_name *o)
{
	bool some = false;
	for (uint32_t i = 0; i < o->n; i++)
		some = some ||
		       (o->tok[i].cls != MN_W_LEGAL && o->tok[i].cls != MN_W_UNIT &&
			   o->tok[i].cls != MN_W_STOP && o->tok[i].cls != MN_W_NUMBER);
	for (uint32_t i = 0; !some && i < o->n; i++)
		if (o->tok[i].cls != MN_W_NUMBER && o->tok[i].n >= 4)
			o->tok[i].cls = MN_W_GENERIC;
}

static void
sum_up(struct naming *k, bool chinese_country)
{
	struct mn_name *o = k->out;
	uint32_t letters[MN_SCRIPT_COUNT] = {0}, best = 0;
	o->legal = 0;
	o->all_generic = true;
	o->chinese = chinese_country;
	for (uint32_t i = 0; i < k->u.n; i++) {
		letters[k->u.u[i].script] += (uint32_t)k->u.u[i].native.n;
		o->chinese = o->chinese || k->u.u[i].script == MN_SCRIPT_HAN;
	}
	for (uint32_t i = 1; i < MN_SCRIPT_COUNT; i++)
		if (letters[i] > best) {
			best = letters[i];
			o->script = (uint8_t)i;
		}
	for (uint32_t i = 0; i < o->n; i++) {
		struct mn_token *t = &o->tok[i];
		o->legal |= t->legal;
		if (t->cls == MN_W_BRAND)
			o->all_generic = false;
		if (t->cls == MN_W_PLACE && t->row &&
		    memcmp(k->s->lex->row[t->row].country, "cn", 3) == 0)
			o->chinese = true;
		t->unit =
		    t->cls == MN_W_NUMBER && i > 0 && o->tok[i - 1].cls == MN_W_UNIT;
	}
}

void
mn_name_analyse(
    struct mn_analyst *s, struct mn_str name, struct mn_str country, struct mn_name *out)
{
	struct naming k;
	k.s = s;
	k.out = out;
	k.used = 0;
	out->n = 0;
	out->cut = false;
	out->script = MN_SCRIPT_NONE;
	mn_units(s, name, &k.u);
	out->n_han = 0;
	for (uint32_t i = 0; i < k.u.n; i++)
		keep_han(&k, i);
	for (uint32_t i = 0; i < k.u.n;)
		i += classify(&k, i);
	name_the_nameless(out);
	for (uint32_t i = 0; i < out->n; i++)
		out->tok[i].id = mn_token_id(s->lex, &out->tok[i]);
	drop_repeats(out);
	sum_up(&k, mn_str_eq_ascii(country, MN_S("cn")));
	out->cut = out->cut || k.u.split.cut;
	mn_name_weigh(s, out);
}

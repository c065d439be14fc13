/*
 * Words of scripts that write no blanks: longest match against the lexicon; what no table
 * knows stays together as one unit.
 */
#include "manumit/text/utf8.h"

#include "analyst.h"

static bool
spaceless(uint8_t script)
{
	return script == MN_SCRIPT_HAN || script == MN_SCRIPT_THAI ||
	       script == MN_SCRIPT_KANA || script == MN_SCRIPT_HANGUL;
}

static struct unit *
add_unit(struct units *o, const struct mn_word *w, struct mn_str native)
{
	if (o->n == UNITS_MAX)
		return NULL;
	struct unit *u = &o->u[o->n++];
	*u = (struct unit){.native = native,
	    .script = w->script,
	    .bracket = w->bracket,
	    .glued = w->glued,
	    .dotted = w->dotted};
	return u;
}

static size_t
char_bytes(struct mn_str s)
{
	struct mn_str rest = s;
	mn_utf8_next(&rest);
	return s.n - rest.n;
}

/* The longest word of the lexicon at the beginning of s, at least two characters. */
static const struct mn_lex_slot *
longest(const struct mn_lexicon *x, struct mn_str s, uint8_t script)
{
	size_t max = x->longest[script], least = char_bytes(s) + 1;
	for (size_t n = s.n < max ? s.n : max; n >= least; n--) {
		if (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			continue;
		const struct mn_lex_slot *slot = mn_lexicon_find(x, mn_str(s.p, n));
		if (slot && (slot->word || slot->place || slot->gloss))
			return slot;
	}
	return NULL;
}

/* Thai words that are spelled-out English letters: all of s, or nothing. */
static size_t
letters(const struct mn_lexicon *x, struct mn_str s, char out[16], size_t n)
{
	if (s.n == 0)
		return n;
	if (n == 15)
		return 0;
	for (size_t pass = 0; pass < x->n_letter; pass++) {
		if (!mn_str_starts(s, x->letter[pass]))
			continue;
		out[n] = x->letter_of[pass];
		size_t all =
		    letters(x, mn_str_sub(s, x->letter[pass].n, s.n), out, n + 1);
		if (all)
			return all;
	}
	return 0;
}

static bool
add_letters(const struct mn_lexicon *x, struct units *o, const struct mn_word *w,
    struct mn_str run)
{
	char spelled[16];
	size_t n = letters(x, run, spelled, 0);
	for (size_t i = 0; i < n; i++) {
		struct unit *u = add_unit(o, w, run);
		if (u)
			u->latin = spelled[i];
	}
	return n > 0;
}

static const char *const MARKERS[] = {"市", "省", "县", "区", "州", "镇", "乡"};

/* After a place: the word for city, province or county is part of it. */
static struct mn_str
drop_marker(const struct units *o, uint32_t first, struct mn_str run)
{
	for (size_t i = 0; i < countof(MARKERS); i++) {
		struct mn_str m = mn_str_c(MARKERS[i]);
		if (o->n > first && o->u[o->n - 1].known && mn_str_starts(run, m))
			return mn_str_sub(run, m.n, run.n);
	}
	return run;
}

/* Characters between two known words. One character alone is looked up too: factory at
 * the end of a name, a number before it. */
static void
flush(struct mn_analyst *s, struct units *o, const struct mn_word *w, uint32_t first,
    struct mn_str run)
{
	if (w->script == MN_SCRIPT_HAN)
		run = drop_marker(o, first, run);
	if (run.n == 0 || (w->script == MN_SCRIPT_THAI && add_letters(s->lex, o, w, run)))
		return;
	const struct mn_lex_slot *slot =
	    char_bytes(run) == run.n ? mn_lexicon_find(s->lex, run) : NULL;
	struct unit *u = add_unit(o, w, run);
	if (u && slot && slot->gloss)
		u->gloss = &s->lex->gloss[slot->gloss - 1];
	if (u && slot)
		u->known = slot->word || slot->place || slot->gloss;
}

static void
segment(
    struct mn_analyst *s, struct units *o, const struct mn_word *w, struct mn_str text)
{
	uint32_t first = o->n;
	size_t from = 0, at = 0;
	while (at < text.n) {
		struct mn_str rest = mn_str_sub(text, at, text.n);
		const struct mn_lex_slot *slot = longest(s->lex, rest, w->script);
		if (!slot) {
			at += char_bytes(rest);
			continue;
		}
		flush(s, o, w, first, mn_str_sub(text, from, at - from));
		struct unit *u = add_unit(o, w, mn_str(text.p + at, slot->key.n));
		if (u) {
			u->known = true;
			/* A place or a concept is more telling than a gloss. */
			if (slot->gloss && !slot->word && !slot->place)
				u->gloss = &s->lex->gloss[slot->gloss - 1];
		}
		at += slot->key.n;
		from = at;
	}
	flush(s, o, w, first, mn_str_sub(text, from, at - from));
}

/* A word between blanks; acronyms of the tables stand for other words. */
static void
add_acronym(
    struct mn_analyst *s, struct units *o, const struct mn_word *w, struct mn_str text)
{
	const struct mn_lex_slot *slot = mn_lexicon_find(s->lex, text);
	struct unit *u = add_unit(o, w, text);
	if (u && slot && slot->gloss && !slot->word && !slot->place)
		u->gloss = &s->lex->gloss[slot->gloss - 1];
}

/* Han is read in simplified characters. */
static struct mn_str
simplified(struct mn_analyst *s, struct units *o, struct mn_str text)
{
	mn_buf_clear(&s->scratch);
	mn_roman_simplify(s->roman, text, &s->scratch);
	struct mn_str t = mn_buf_str(&s->scratch);
	if (o->used + t.n > sizeof o->simple)
		return text;
	char *at = o->simple + o->used;
	memcpy(at, t.p, t.n);
	o->used += t.n;
	return mn_str(at, t.n);
}

void
mn_units(struct mn_analyst *s, struct mn_str name, struct units *o)
{
	o->n = 0;
	o->used = 0;
	mn_split_name(name, &o->split);
	for (uint32_t i = 0; i < o->split.n; i++) {
		const struct mn_word *w = &o->split.word[i];
		struct mn_str text = mn_split_word(&o->split, i);
		if (w->script == MN_SCRIPT_HAN)
			text = simplified(s, o, text);
		if (spaceless(w->script))
			segment(s, o, w, text);
		else
			add_acronym(s, o, w, text);
	}
}

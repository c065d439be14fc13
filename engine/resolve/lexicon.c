/* The words of names: a hash table filled from the tables under connectors/names/. */
#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/resolve/lexicon.h"

#define ROWS_MAX (1u << 17)
#define GLOSS_ROWS 8192u
#define SLOT_BITS 18 /* 262,144: the tables fill about a quarter */
#define FIELDS_MAX 8

struct loading {
	struct mn_lexicon *x;
	struct mn_arena *a;
	struct mn_roman *roman;
	const char *file;
	uint64_t line;
	struct mn_err *err;
};

static const char *const CLASS_NAME[MN_W_COUNT] = {"brand", "legal form", "industry",
    "generic", "place", "number", "unit", "function word"};

const char *
mn_word_class_name(unsigned c)
{
	return c < MN_W_COUNT ? CLASS_NAME[c] : "?";
}

static bool
bad(struct loading *l, struct mn_str value, const char *reason)
{
	return mn_fail(l->err, MN_E_CONFIG, "%s:%llu: '%.*s': %s", l->file,
	    (unsigned long long)l->line, MN_FMT(mn_str_sub(value, 0, 60)), reason);
}

/* ---- the table ---- */

static struct mn_lex_slot *
probe(const struct mn_lexicon *x, struct mn_str key, uint64_t hash)
{
	for (uint64_t at = hash;; at++) {
		struct mn_lex_slot *s = &x->slot[at & x->mask];
		if (!s->key.p || (s->hash == hash && mn_str_eq(s->key, key)))
			return s;
	}
}

/* ---- words that are in no table ---- */

#define SEEN_BITS 20 /* 128 KiB, a bit in sixteen set */
#define BEGIN_BITS 16
#define STEM_LEAST 3

static bool
is_set(const uint64_t *bits, uint64_t at)
{
	return bits[at / 64] >> at % 64 & 1;
}

static void
set(uint64_t *bits, uint64_t at)
{
	bits[at / 64] |= (uint64_t)1 << at % 64;
}

static uint64_t
seen_at(uint64_t hash)
{
	return hash >> (64 - SEEN_BITS);
}

static uint64_t
begin_at(struct mn_str key)
{
	const unsigned char *p = (const unsigned char *)key.p;
	uint32_t first = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
	return first * 2654435761u >> (32 - BEGIN_BITS);
}

const struct mn_lex_slot *
mn_lexicon_find(const struct mn_lexicon *x, struct mn_str key)
{
	uint64_t hash = mn_hash64(key);
	if (!is_set(x->seen, seen_at(hash)))
		return NULL;
	const struct mn_lex_slot *s = probe(x, key, hash);
	return s->key.p ? s : NULL;
}

/* Endings of inflected words. A longer rest behind a stem makes another word: Novikombank
 * is not "new", Radiofizika is not "radio". Cyrillic, and as BGN writes it. */
static const char *const ENDING[] = {"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие",
    "ого", "его", "ому", "ему", "ых", "их", "ым", "им", "ую", "ость", "ости", "ение",
    "ения", "ание", "ания", "ция", "ции", "ство", "ства", "yy", "iy", "oy", "aya", "oye",
    "eye", "yye", "iye", "ogo", "ego", "ykh", "ikh", "ost", "osti", "eniya", "aniya",
    "tsiya", "tsii", "stvo", "stva", "oe", "ij", "yi", "aia"};
#define REST_CHARS 4 /* any rest so short is an ending */

static bool
inflects(struct mn_str word, struct mn_str rest)
{
	size_t chars = 0;
	for (size_t i = 0; i < rest.n; i++)
		chars += ((unsigned char)rest.p[i] & 0xc0) != 0x80;
	for (size_t e = 0; chars > REST_CHARS && e < countof(ENDING); e++)
		if (mn_str_ends(word, mn_str_c(ENDING[e])))
			return true;
	return chars <= REST_CHARS;
}

uint32_t
mn_lexicon_stem(const struct mn_lexicon *x, struct mn_str word)
{
	if (word.n < STEM_LEAST || !is_set(x->stem_begins, begin_at(word)))
		return 0;
	for (size_t n = word.n < 31 ? word.n : 31; n >= STEM_LEAST; n--) {
		if (!(x->stem_bytes >> n & 1))
			continue;
		const struct mn_lex_slot *s = mn_lexicon_find(x, mn_str_sub(word, 0, n));
		if (s && s->stem && inflects(word, mn_str_sub(word, n, word.n)))
			return s->stem;
	}
	return 0;
}

static struct mn_lex_slot *
slot_of(struct loading *l, struct mn_str key)
{
	uint64_t hash = mn_hash64(key);
	struct mn_lex_slot *s = probe(l->x, key, hash);
	if (s->key.p)
		return s;
	if (l->x->n_slot > l->x->mask / 4 * 3) {
		bad(l, key, "too many words in the name tables");
		return NULL;
	}
	l->x->n_slot++;
	s->key = mn_arena_str(l->a, key);
	s->hash = hash;
	set(l->x->seen, seen_at(hash));
	return s;
}

/* ---- one spelling ---- */

/* The words of a spelling joined by blanks, as names are split too. */
static struct mn_str
key_of(struct loading *l, struct mn_str text, struct mn_split *s, bool romanised)
{
	struct mn_buf b = mn_buf_new(MN_SPLIT_BYTES * 4);
	mn_split_name(text, s);
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			mn_buf_byte(&b, ' ');
		struct mn_str w = mn_split_word(s, i);
		if (romanised)
			mn_roman_word(l->roman, (enum mn_script)s->word[i].script, w, &b);
		else if (s->word[i].script == MN_SCRIPT_HAN)
			mn_roman_simplify(l->roman, w, &b);
		else
			mn_buf_add(&b, w);
	}
	struct mn_str key = mn_arena_str(l->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return key;
}

/* Longer phrases are looked for only after words that begin one. */
static bool
first_word(struct loading *l, struct mn_str key, size_t words)
{
	struct mn_str rest = key, first = mn_str_cut(&rest, ' ');
	struct mn_lex_slot *s = slot_of(l, first);
	if (s && s->max_words < words)
		s->max_words = (uint8_t)(words < 8 ? words : 8);
	return s != NULL;
}

static void
measure(struct mn_lexicon *x, const struct mn_split *s, struct mn_str key)
{
	uint8_t *longest = &x->longest[s->word[0].script];
	if (s->n == 1 && key.n > *longest)
		*longest = (uint8_t)(key.n < 120 ? key.n : 120);
}

/* The first table that claims a word keeps it, so the order of files is the precedence;
 * a place beside a concept is kept too, because a name decides which one is meant. */
static bool
claim(struct loading *l, struct mn_str key, uint32_t row, bool stem)
{
	struct mn_lex_slot *s = slot_of(l, key);
	if (!s)
		return false;
	uint32_t *to = stem                               ? &s->stem
		       : l->x->row[row].cls == MN_W_PLACE ? &s->place
							  : &s->word;
	if (*to == 0)
		*to = row;
	if (stem && key.n >= STEM_LEAST && key.n < 32) {
		l->x->stem_bytes |= 1u << key.n;
		set(l->x->stem_begins, begin_at(key));
	}
	return true;
}

static bool
add_spelling(struct loading *l, struct mn_str text, uint32_t row)
{
	struct mn_split s;
	bool stem = mn_str_ends(text, MN_S("*"));
	struct mn_str key = key_of(l, text, &s, false);
	if (key.n == 0 || s.n == 0)
		return bad(l, text, "no letters in it");
	measure(l->x, &s, key);
	if (!claim(l, key, row, stem) || !first_word(l, key, s.n))
		return false;
	/* Lists in Latin script spell Russian words as BGN does. */
	if (s.word[0].script != MN_SCRIPT_CYRILLIC)
		return true;
	key = key_of(l, text, &s, true);
	return key.n < 4 || (claim(l, key, row, stem) && first_word(l, key, s.n));
}

static bool
add_spellings(struct loading *l, struct mn_str list, uint32_t row)
{
	while (list.p && list.n) {
		struct mn_str v = mn_str_trim(mn_str_cut(&list, ';'));
		if (v.n && !add_spelling(l, v, row))
			return false;
	}
	return true;
}

static uint32_t
new_row(struct loading *l, struct mn_lex_row row)
{
	if (l->x->n_row == ROWS_MAX) {
		bad(l, row.id, "too many rows in the name tables");
		return 0;
	}
	l->x->row[l->x->n_row] = row;
	return l->x->n_row++;
}

/* ---- the files ---- */

static const struct {
	const char *name;
	uint8_t bit;
} LEGAL[] = {{"any", 0}, {"llc", MN_LEGAL_LLC}, {"jsc", MN_LEGAL_JSC},
    {"private", MN_LEGAL_PRIVATE}, {"sole", MN_LEGAL_SOLE}, {"coop", MN_LEGAL_COOP},
    {"state", MN_LEGAL_STATE}};

static int
legal_bit(struct mn_str name)
{
	for (size_t i = 0; i < countof(LEGAL); i++)
		if (mn_str_eq(name, mn_str_c(LEGAL[i].name)))
			return LEGAL[i].bit;
	return -1;
}

static bool
legal_line(struct loading *l, struct mn_str *f, size_t n)
{
	int bit = legal_bit(f[0]);
	if (n != 3 || bit < 0)
		return bad(l, f[0],
		    "wanted class|countries|variants, class one of any, llc, jsc, "
		    "private, sole, coop, state");
	uint32_t row = new_row(l, (struct mn_lex_row){.id = mn_arena_str(l->a, f[0]),
				      .cls = MN_W_LEGAL,
				      .legal = (uint8_t)bit});
	return row && add_spellings(l, f[2], row);
}

static bool
concept_line(struct loading *l, struct mn_str *f, size_t n)
{
	static const char CODE[] = "IGUS";
	static const uint8_t CLASS[] = {
	    MN_W_INDUSTRY, MN_W_GENERIC, MN_W_UNIT, MN_W_STOP};
	const char *at = n == 3 && f[1].n == 1 ? strchr(CODE, f[1].p[0]) : NULL;
	if (!at || !*at)
		return bad(l, f[0], "wanted id|class|variants, class one of I, G, U, S");
	uint32_t row = new_row(l,
	    (struct mn_lex_row){.id = mn_arena_str(l->a, f[0]), .cls = CLASS[at - CODE]});
	/* The id is found by glosses; it need not be a spelling. */
	struct mn_lex_slot *s =
	    row ? slot_of(l, mn_arena_fmt(l->a, "=%.*s", MN_FMT(f[0]))) : NULL;
	if (!s)
		return false;
	s->word = row;
	return add_spellings(l, f[2], row);
}

static bool
place_line(struct loading *l, struct mn_str *f, size_t n)
{
	if (n != 5 || (f[3].n != 0 && f[3].n != 2))
		return bad(l, f[0], "wanted id|kind|parent|country|variants");
	struct mn_lex_row row = {.id = mn_arena_str(l->a, f[0]),
	    .cls = MN_W_PLACE,
	    .up = mn_arena_str(l->a, f[2])};
	memcpy(row.country, f[3].p, f[3].n);
	uint32_t at = new_row(l, row);
	struct mn_lex_slot *s =
	    at ? slot_of(l, mn_arena_fmt(l->a, "@%.*s", MN_FMT(f[0]))) : NULL;
	if (!s)
		return false;
	if (s->place)
		return bad(l, f[0], "this id is used already");
	s->place = at;
	return add_spellings(l, f[4], at);
}

/* One word of a gloss: "#3", "L:llc", a concept's id or one of its spellings. */
static bool
gloss_word(struct loading *l, struct mn_str w, struct mn_gloss *g, size_t *n)
{
	uint64_t number;
	if (w.n > 1 && w.p[0] == '#' && mn_str_u64(mn_str_sub(w, 1, w.n), &number) &&
	    number < 1000) {
		g->number = (int32_t)number;
		return true;
	}
	const struct mn_lex_slot *s = NULL;
	uint32_t row = 0;
	if (mn_str_starts(w, MN_S("L:"))) {
		int bit = legal_bit(mn_str_sub(w, 2, w.n));
		row = bit < 0 ? 0
			      : new_row(l, (struct mn_lex_row){.id = MN_S("legal"),
					       .cls = MN_W_LEGAL,
					       .legal = (uint8_t)bit});
	} else {
		s = mn_lexicon_find(l->x, mn_arena_fmt(l->a, "=%.*s", MN_FMT(w)));
		if (!s)
			s = mn_lexicon_find(l->x, w);
		row = s ? s->word : 0;
	}
	/* A word no table knows gets a row of its own, so that two glosses still meet. */
	if (row == 0) {
		row = new_row(l, (struct mn_lex_row){
				     .id = mn_arena_str(l->a, w), .cls = MN_W_INDUSTRY});
		if (!row || !add_spelling(l, w, row))
			return false;
	}
	if (*n < MN_GLOSS_MAX)
		g->row[(*n)++] = row;
	return true;
}

static bool
gloss_line(struct loading *l, struct mn_str *f, size_t n)
{
	struct mn_gloss g = {.number = 0};
	struct mn_split s;
	size_t words = 0;
	if (n != 2)
		return bad(l, f[0], "wanted word|gloss");
	for (struct mn_str rest = f[1]; rest.p && rest.n;) {
		struct mn_str w = mn_str_cut(&rest, ' ');
		if (w.n && !gloss_word(l, w, &g, &words))
			return false;
	}
	struct mn_str key = key_of(l, f[0], &s, false);
	struct mn_lex_slot *slot = key.n ? slot_of(l, key) : NULL;
	if (!slot || l->x->n_gloss == GLOSS_ROWS)
		return bad(l, f[0], "no word, or too many of them");
	measure(l->x, &s, key);
	if (slot->gloss == 0) {
		l->x->gloss[l->x->n_gloss++] = g;
		slot->gloss = l->x->n_gloss;
	}
	return true;
}

static bool
letter_line(struct loading *l, struct mn_str *f, size_t n)
{
	struct mn_split s;
	if (n != 2 || f[0].n != 1)
		return bad(l, f[0], "wanted letter|spellings");
	for (struct mn_str rest = f[1]; rest.p && rest.n;) {
		struct mn_str key =
		    key_of(l, mn_str_trim(mn_str_cut(&rest, ';')), &s, false);
		if (l->x->n_letter == countof(l->x->letter) || key.n == 0)
			return bad(l, f[0], "too many spellings, or an empty one");
		l->x->letter_of[l->x->n_letter] = f[0].p[0];
		l->x->letter[l->x->n_letter++] = key;
	}
	return true;
}

/* Words of addresses: "~variant" leads to the usual form. */
static bool
address_line(struct loading *l, struct mn_str *f, size_t n)
{
	if (n != 2)
		return bad(l, f[0], "wanted canonical|variants");
	uint32_t row = new_row(
	    l, (struct mn_lex_row){.id = mn_arena_str(l->a, f[0]), .cls = MN_W_STOP});
	for (struct mn_str rest = f[1]; row && rest.p && rest.n;) {
		struct mn_str w = mn_str_trim(mn_str_cut(&rest, ';'));
		struct mn_lex_slot *s =
		    slot_of(l, mn_arena_fmt(l->a, "~%.*s", MN_FMT(w)));
		if (!s)
			return false;
		s->word = row;
	}
	return row != 0;
}

static bool
read_table(struct loading *l, const char *dir, const char *name,
    bool (*line)(struct loading *l, struct mn_str *f, size_t n))
{
	struct mn_str text;
	l->file = mn_arena_fmt(l->a, "%s/%s%c", dir, name, 0).p;
	l->line = 0;
	if (!mn_file_read(l->a, l->file, MN_MAX_PACK, &text, l->err))
		return false;
	while (text.p && text.n) {
		struct mn_str row = mn_str_trim(mn_str_cut(&text, '\n')), f[FIELDS_MAX];
		size_t n = 0;
		l->line++;
		if (row.n == 0 || row.p[0] == '#')
			continue;
		while (row.p && n < FIELDS_MAX)
			f[n++] = mn_str_trim(mn_str_cut(&row, '|'));
		if (!line(l, f, n))
			return false;
	}
	return true;
}

static void
link_parents(struct loading *l)
{
	for (uint32_t i = 1; i < l->x->n_row; i++) {
		struct mn_lex_row *r = &l->x->row[i];
		if (r->up.n == 0)
			continue;
		const struct mn_lex_slot *s =
		    mn_lexicon_find(l->x, mn_arena_fmt(l->a, "@%.*s", MN_FMT(r->up)));
		r->parent = s ? s->place : 0;
	}
}

/* What comparing asks of a row for every pair, said once. */
static void
mark_rows(struct mn_lexicon *x)
{
	struct mn_str country = MN_S("country:");
	for (uint32_t i = 0; i < x->n_row; i++) {
		struct mn_lex_row *r = &x->row[i];
		r->nation = mn_str_starts(r->id, country) ||
			    mn_str_starts(x->row[r->parent].id, country);
		r->group =
		    r->cls == MN_W_GENERIC && (mn_str_eq(r->id, MN_S("group")) ||
						  mn_str_eq(r->id, MN_S("holding")));
	}
}

/* Names of countries are places; codes and names of three letters are not. */
static bool
add_country(void *ctx, struct mn_str name, struct mn_str alpha2)
{
	struct loading *l = ctx;
	struct mn_str id = mn_arena_fmt(l->a, "@country:%.*s", MN_FMT(alpha2));
	struct mn_lex_slot *s = slot_of(l, id);
	if (!s || name.n < 4)
		return s != NULL;
	if (s->place == 0) {
		struct mn_lex_row row = {
		    .id = mn_str_sub(id, 1, id.n), .cls = MN_W_PLACE};
		row.country[0] = (char)(alpha2.p[0] | 0x20);
		row.country[1] = (char)(alpha2.p[1] | 0x20);
		s->place = new_row(l, row);
	}
	return s->place && add_spelling(l, name, s->place);
}

const struct mn_lexicon *
mn_lexicon_load(struct mn_arena *a, const char *dir, const struct mn_countries *countries,
    struct mn_roman *roman, struct mn_err *err)
{
	struct mn_lexicon *x = MN_NEW(a, struct mn_lexicon, 1);
	struct loading l = {x, a, roman, "countries", 0, err};
	x->mask = (1u << SLOT_BITS) - 1;
	x->slot = MN_NEW(a, struct mn_lex_slot, (size_t)x->mask + 1);
	x->seen = MN_NEW(a, uint64_t, (1u << SEEN_BITS) / 64);
	x->stem_begins = MN_NEW(a, uint64_t, (1u << BEGIN_BITS) / 64);
	x->row = MN_NEW(a, struct mn_lex_row, ROWS_MAX);
	x->gloss = MN_NEW(a, struct mn_gloss, GLOSS_ROWS);
	x->n_row = 1;
	if (!read_table(&l, dir, "legal.txt", legal_line) ||
	    !read_table(&l, dir, "concepts.txt", concept_line) ||
	    !read_table(&l, dir, "places.txt", place_line) ||
	    !read_table(&l, dir, "han.txt", gloss_line) ||
	    !read_table(&l, dir, "acronyms.txt", gloss_line) ||
	    !read_table(&l, dir, "letters.txt", letter_line) ||
	    !read_table(&l, dir, "address.txt", address_line))
		return NULL;
	l.file = "countries";
	if (countries && !mn_country_each(countries, add_country, &l))
		return NULL;
	link_parents(&l);
	mark_rows(x);
	return x;
}

/*
 * Gates by place. A word counts as a whole word (where the script has blanks), the
 * longest of several, and not when the name of a street follows. The first of region,
 * city and address that names a place of the country decides: who states another province
 * in the region is not in the listed one, whatever its street is called.
 */
#include "manumit/base/clock.h"
#include "manumit/base/sort.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/regions.h"
#include "manumit/text/fold.h"

#include "words.h"

enum what { NAME, PLACE, PLACE_IN, ELSEWHERE, WHATS };

struct word {
	struct mn_str text;
	uint8_t row, what;
};

struct mn_regions {
	const struct mn_pack *p;
	const struct word *word; /* by first byte, the longer first */
	uint32_t from[257];
};

/* ---- the words ---- */

static int
by_first_byte(const void *pa, const void *pb, const void *ctx)
{
	const struct word *a = pa, *b = pb;
	(void)ctx;
	int c = (unsigned char)a->text.p[0] - (unsigned char)b->text.p[0];
	c = c ? c : (a->text.n < b->text.n) - (a->text.n > b->text.n);
	c = c ? c : mn_str_cmp(a->text, b->text);
	c = c ? c : a->row - b->row;
	return c ? c : a->what - b->what;
}

static uint32_t
add_words(struct word *to, uint32_t n, struct mn_strs l, uint32_t row, enum what what)
{
	for (uint32_t i = 0; i < l.n; i++)
		if (l.v[i].n)
			to[n++] = (struct word){l.v[i], (uint8_t)row, (uint8_t)what};
	return n;
}

const struct mn_regions *
mn_regions_new(const struct mn_pack *p, struct mn_arena *a)
{
	struct mn_regions *x = MN_NEW(a, struct mn_regions, 1);
	size_t room = 0;
	uint32_t n = 0;
	for (uint32_t i = 0; i < p->n_gate_region; i++) {
		const struct mn_p_gate_region *g = &p->gate_region[i];
		room += (size_t)g->words.n + g->places.n + g->places_in_country.n +
			g->elsewhere.n;
	}
	struct word *w = MN_NEW(a, struct word, room + 1);
	for (uint32_t i = 0; i < p->n_gate_region; i++) {
		const struct mn_p_gate_region *g = &p->gate_region[i];
		n = add_words(w, n, g->words, i, NAME);
		n = add_words(w, n, g->places, i, PLACE);
		n = add_words(w, n, g->places_in_country, i, PLACE_IN);
		n = add_words(w, n, g->elsewhere, i, ELSEWHERE);
	}
	mn_sort(w, n, sizeof *w, by_first_byte, NULL, *a);
	x->p = p;
	x->word = w;
	for (uint32_t i = 0, b = 0; b <= 256; b++) {
		while (i < n && (unsigned char)w[i].text.p[0] < b)
			i++;
		x->from[b] = i;
	}
	return x;
}

/* ---- one text ---- */

/* The word stands at `at`, whole. */
static bool
stands(struct mn_str s, size_t at, struct mn_str word)
{
	size_t end = at + word.n;
	return mn_str_starts(mn_str_sub(s, at, s.n), word) &&
	       (end == s.n || s.p[end] == ' ' || mn_unspaced(word, 0));
}

static bool
follows(struct mn_str s, size_t end, struct mn_strs words)
{
	size_t at = end + (end < s.n && s.p[end] == ' ');
	for (uint32_t i = 0; i < words.n; i++)
		if (stands(s, at, words.v[i]))
			return true;
	return false;
}

static bool
precedes(struct mn_str s, size_t beg, struct mn_strs words)
{
	size_t end = beg - (beg > 0 && s.p[beg - 1] == ' ');
	for (uint32_t i = 0; i < words.n; i++)
		if (words.v[i].n <= end && mn_word_begins(s, end - words.v[i].n) &&
		    mn_str_eq(
			mn_str_sub(s, end - words.v[i].n, words.v[i].n), words.v[i]))
			return true;
	return false;
}

static const struct word *
longest(const struct mn_regions *x, uint32_t row, struct mn_str s, size_t at)
{
	unsigned char b = (unsigned char)s.p[at];
	for (uint32_t i = x->from[b]; i < x->from[b + 1]; i++)
		if (x->word[i].row == row && stands(s, at, x->word[i].text))
			return &x->word[i];
	return NULL;
}

/* What one text says of one region. */
struct said {
	uint32_t n[WHATS];
	uint32_t put_off;    /* words of a street, or denied */
	struct mn_str words; /* that count, quoted */
	struct mn_str off;   /* that do not */
	struct mn_str other; /* the first of elsewhere */
};

/* More are not told: who reads them knows by then. */
#define TOLD_BYTES 200

static void
tell(struct mn_str *list, struct mn_str word, struct mn_arena *a)
{
	struct mn_str quoted = mn_arena_fmt(a, "\"%.*s\"", MN_FMT(word));
	if (list->n > TOLD_BYTES || mn_str_find(*list, quoted) != SIZE_MAX)
		return;
	*list = mn_arena_fmt(
	    a, "%.*s%s%.*s", MN_FMT(*list), list->n ? ", " : "", MN_FMT(quoted));
}

struct reading {
	const struct mn_regions *x;
	const struct mn_p_gate_region *g;
	uint32_t row;
	bool good;       /* a product, not a place of a site */
	bool in_country; /* the record says that it is of the region's country */
	struct mn_arena *a;
};

/* Streets make a place another; a denial makes a good another. */
static bool
is_off(const struct reading *r, struct mn_str s, size_t beg, size_t end)
{
	if (!r->good)
		return follows(s, end, r->g->streets);
	return precedes(s, beg, r->g->denied_before) ||
	       follows(s, end, r->g->denied_after);
}

static void
read_word(const struct reading *r, struct mn_str s, size_t at, const struct word *w,
    struct said *out)
{
	bool in_region = w->what != ELSEWHERE;
	if (w->what == PLACE_IN && !r->in_country)
		return;
	if (is_off(r, s, at, at + w->text.n)) {
		out->put_off += in_region;
		if (in_region)
			tell(&out->off, w->text, r->a);
		return;
	}
	out->n[w->what]++;
	if (in_region)
		tell(&out->words, w->text, r->a);
	else if (out->other.n == 0)
		out->other = w->text;
}

static struct mn_str
folded(struct mn_str text, struct mn_arena *a)
{
	if (text.n == 0)
		return MN_STR_NONE;
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_words(text, &b);
	struct mn_str s = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

static struct said
read_text(const struct reading *r, struct mn_str text)
{
	struct said out = {.put_off = 0};
	struct mn_str s = folded(text, r->a);
	for (size_t at = 0; at < s.n;) {
		const struct word *w =
		    mn_word_begins(s, at) ? longest(r->x, r->row, s, at) : NULL;
		if (w)
			read_word(r, s, at, w, &out);
		at += w ? w->text.n : 1;
	}
	return out;
}

/* ---- one record ---- */

static uint32_t
of_region(const struct said *s)
{
	return s->n[NAME] + s->n[PLACE] + s->n[PLACE_IN];
}

/* The name of the region outweighs another place beside it; a town does not. */
static bool
states(const struct said *s)
{
	return s->n[NAME] > 0 || (of_region(s) > 0 && s->n[ELSEWHERE] == 0);
}

struct found {
	enum mn_gate_status status; /* NOT_APPLICABLE: nothing was said */
	enum mn_field field;
	struct mn_str words, why;
};

static const char *
field_name(enum mn_field f)
{
	return mn_field_def(f)->name;
}

static struct found
possible(enum mn_field f, const struct said *s, struct mn_arena *a)
{
	return (struct found){MN_GATE_POSSIBLE, f, s->words,
	    mn_arena_fmt(a, "%s names %.*s", field_name(f), MN_FMT(s->words))};
}

/* Told, and does not count, because ... */
static struct found
told(enum mn_field f, struct mn_str words, struct mn_arena *a, struct mn_str because)
{
	return (struct found){MN_GATE_NO_MATCH, f, words,
	    mn_arena_fmt(
		a, "%s names %.*s, %.*s", field_name(f), MN_FMT(words), MN_FMT(because))};
}

static const enum mn_field PLACES[] = {MN_F_REGION, MN_F_CITY, MN_F_ADDRESS};
static const enum mn_field GOODS[] = {MN_F_PRODUCT, MN_F_CATEGORY};

static struct found
site(const struct reading *r, const struct mn_record *rec)
{
	struct found none = {.status = MN_GATE_NOT_APPLICABLE}, out = none;
	enum mn_field other_field = MN_F_NONE;
	struct mn_str other = MN_STR_NONE;
	for (size_t i = 0; i < countof(PLACES); i++) {
		enum mn_field f = PLACES[i];
		struct said s = read_text(r, rec->v[f]);
		if (states(&s) && other.n == 0)
			return possible(f, &s, r->a);
		if (s.other.n && other.n == 0) {
			other = s.other;
			other_field = f;
		}
		if (out.status != none.status)
			continue;
		if (of_region(&s))
			out = told(f, s.words, r->a,
			    mn_arena_fmt(r->a, "but %s names \"%.*s\"",
				field_name(other_field), MN_FMT(other)));
		else if (s.put_off)
			out = told(
			    f, s.off, r->a, MN_S("as the name of a street or house"));
	}
	return out;
}

static struct found
good(const struct reading *r, const struct mn_record *rec)
{
	struct found out = {.status = MN_GATE_NOT_APPLICABLE};
	for (size_t i = 0; i < countof(GOODS); i++) {
		enum mn_field f = GOODS[i];
		struct said s = read_text(r, rec->v[f]);
		if (of_region(&s))
			return possible(f, &s, r->a);
		if (s.put_off && out.status == MN_GATE_NOT_APPLICABLE)
			out = told(f, s.off, r->a, MN_S("and says that it is not of it"));
	}
	return out;
}

/* ---- facts ---- */

/* By all that was read, so that two sites with one word are two. */
static struct mn_key
key_of(const struct mn_gate_fact *f, const struct mn_record *rec)
{
	static const enum mn_field READ[] = {
	    MN_F_REGION, MN_F_CITY, MN_F_ADDRESS, MN_F_PRODUCT, MN_F_CATEGORY};
	char raw[2] = {(char)f->basis, (char)f->status};
	struct mn_str part[4 + countof(READ)] = {
	    MN_S("gate region"), f->entry_id, mn_str(raw, 2), f->why};
	bool site = f->basis == MN_BASIS_SITE;
	for (size_t i = 0; i < countof(READ); i++)
		part[4 + i] =
		    (i < countof(PLACES)) == site ? rec->v[READ[i]] : MN_STR_NONE;
	return mn_hash128(part, countof(part));
}

static struct mn_gate_fact
fact(const struct reading *r, const struct mn_record *rec, int gate,
    const struct found *found)
{
	const struct mn_p_gate_region *g = r->g;
	struct mn_gate_fact f = {.gate = (uint8_t)gate,
	    .status = (uint8_t)found->status,
	    .basis = r->good ? MN_BASIS_GOOD : MN_BASIS_SITE,
	    .listed_day = MN_DAY_NONE,
	    .ended_day = MN_DAY_NONE,
	    .decided_day = MN_DAY_NONE,
	    .expires_day = MN_DAY_NONE,
	    .list = r->good ? MN_S("the product in the supplier's own row")
			    : MN_S("the place in the supplier's own row"),
	    .entry = g->name,
	    .entry_id = g->code,
	    .listed_as = found->words,
	    .why = found->why,
	    .reason = g->law,
	    .citation = g->citation,
	    .own_field = (uint8_t)(found->field + 1),
	    .rid = rec->rid};
	f.key = key_of(&f, rec);
	return f;
}

static bool
any(const struct mn_record *rec, const enum mn_field *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rec->v[f[i]].n)
			return true;
	return false;
}

static bool
site_concerns(const struct mn_p_gate_region *g, const struct mn_record *rec)
{
	struct mn_str cc = rec->v[MN_F_COUNTRY];
	return (cc.n == 0 || mn_str_eq(cc, g->country)) &&
	       any(rec, PLACES, countof(PLACES));
}

bool
mn_regions_concern(const struct mn_regions *x, const struct mn_record *rec)
{
	for (uint32_t i = 0; i < x->p->n_gate_region; i++)
		if (site_concerns(&x->p->gate_region[i], rec))
			return true;
	return x->p->n_gate_region > 0 && any(rec, GOODS, countof(GOODS));
}

size_t
mn_regions_of(const struct mn_regions *x, const struct mn_record *rec, int32_t as_of,
    struct mn_arena *a, struct mn_gate_fact out[MN_REGION_FACTS])
{
	size_t n = 0;
	for (uint32_t i = 0; i < x->p->n_gate_region && i < MN_MAX_GATES; i++) {
		const struct mn_p_gate_region *g = &x->p->gate_region[i];
		int gate = mn_pack_gate(x->p, g->gate);
		if (gate < 0 || !mn_gate_in_force(&x->p->gate[gate], as_of))
			continue;
		bool here = mn_str_eq(rec->v[MN_F_COUNTRY], g->country);
		bool made = mn_str_eq(rec->v[MN_F_ORIGIN_COUNTRY], g->country);
		struct reading of_site = {x, g, i, false, here, a};
		struct reading of_good = {x, g, i, true, here || made, a};
		struct found s = {.status = MN_GATE_NOT_APPLICABLE};
		if (site_concerns(g, rec))
			s = site(&of_site, rec);
		if (s.status != MN_GATE_NOT_APPLICABLE)
			out[n++] = fact(&of_site, rec, gate, &s);
		s = good(&of_good, rec);
		if (s.status != MN_GATE_NOT_APPLICABLE)
			out[n++] = fact(&of_good, rec, gate, &s);
	}
	return n;
}

bool
mn_regions_word(struct mn_str text, struct mn_strs words, struct mn_arena scratch)
{
	struct mn_str s = folded(text, &scratch);
	for (size_t at = 0; at < s.n; at++)
		for (uint32_t i = 0; mn_word_begins(s, at) && i < words.n; i++)
			if (stands(s, at, words.v[i]))
				return true;
	return false;
}

/* Two sites of one company are decided on one by one, so what is said of the place is
 * part of the id. */
void
mn_regions_entry(const struct mn_gate_fact *f, const struct mn_record *rec,
    struct mn_arena *a, struct mn_record *out)
{
	bool site = f->basis == MN_BASIS_SITE;
	const struct mn_str *v = rec->v;
	struct mn_str said =
	    site ? mn_arena_fmt(a, "%.*s, %.*s, %.*s", MN_FMT(v[MN_F_ADDRESS]),
		       MN_FMT(v[MN_F_CITY]), MN_FMT(v[MN_F_REGION]))
		 : mn_arena_fmt(a, "%.*s, %.*s", MN_FMT(v[MN_F_PRODUCT]),
		       MN_FMT(v[MN_F_CATEGORY]));
	char hex[33];
	struct mn_str words = folded(said, a);
	mn_key_hex(mn_hash128(&words, 1), hex);
	mn_record_clear(out);
	out->kind = MN_K_WATCHLIST;
	out->rid = rec->rid;
	out->v[MN_F_ID] = mn_arena_fmt(a, "%.*s %s", MN_FMT(f->entry_id), hex);
	out->v[MN_F_NAME] = f->entry;
	out->v[MN_F_LIST] = f->list;
	out->v[site ? MN_F_ADDRESS : MN_F_GOOD] = said;
}

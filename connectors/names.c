/*
 * Cells that hold several names, cut at the marker words of a grammar. The cell is read
 * once from left to right; a segment runs from one marker (or the beginning) to the next,
 * to the bracket that closes round it, or to a ';' between entities.
 */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "multi.h"
#include "names.h"

#define LIST_MOST ((size_t)1 << 16)
#define TIDY_ROUNDS 64 /* layers of signs taken off; more are noise or an attack */
#define JOINER_BYTES 16
#define WEAK_WORDS 3 /* of a part that may be a name of its own */

struct cutter {
	const struct mn_grammar *g;
	struct mn_arena *a;
	struct mn_str cell;
	struct mn_token *w;
	uint32_t n;
	struct mn_names *out;
	/* the segment at hand */
	enum mn_mark mark;
	uint32_t from;  /* its first word */
	uint16_t base;  /* brackets open round it */
	uint32_t count; /* how many names its marker announced, 0: not said */
	struct mn_str marker;
	uint32_t groups; /* MN_MARK_WEAK so far */
	bool joined;     /* it goes on with a name after a bracket */
};

/* ---- tidying ---- */

static size_t
closing(struct mn_str s)
{
	int open = 0;
	for (size_t i = 0; i < s.n; i++) {
		open +=
		    (s.p[i] == '(' || s.p[i] == '[') - (s.p[i] == ')' || s.p[i] == ']');
		if (open == 0)
			return i;
	}
	return SIZE_MAX;
}

/* Brackets that do not belong to the text, and a pair round all of it. */
static struct mn_str
without_brackets(struct mn_str s)
{
	int open = 0;
	if (s.n && (s.p[0] == '(' || s.p[0] == '[')) {
		size_t end = closing(s);
		if (end == SIZE_MAX)
			return mn_str_sub(s, 1, s.n);
		if (end == s.n - 1)
			return mn_str_sub(s, 1, s.n - 2);
	}
	for (size_t i = 0; i < s.n; i++) {
		open +=
		    (s.p[i] == '(' || s.p[i] == '[') - (s.p[i] == ')' || s.p[i] == ']');
		if (open < 0)
			return i == 0         ? mn_str_sub(s, 1, s.n)
			       : i + 1 == s.n ? mn_str_sub(s, 0, i)
					      : s;
	}
	if (s.n && (s.p[s.n - 1] == '(' || s.p[s.n - 1] == '['))
		s.n--;
	return s;
}

/* Quotation marks round all of the text. */
static struct mn_str
without_quotes(struct mn_str s)
{
	static const struct mn_str PAIR[][2] = {{MN_S("\""), MN_S("\"")},
	    {MN_S("'"), MN_S("'")}, {MN_S("\xe2\x80\x9c"), MN_S("\xe2\x80\x9d")},
	    {MN_S("\xe2\x80\x98"), MN_S("\xe2\x80\x99")}};
	for (size_t i = 0; i < countof(PAIR); i++)
		if (s.n > PAIR[i][0].n + PAIR[i][1].n && mn_str_starts(s, PAIR[i][0]) &&
		    mn_str_ends(s, PAIR[i][1]))
			return mn_str_sub(
			    s, PAIR[i][0].n, s.n - PAIR[i][0].n - PAIR[i][1].n);
	return s;
}

static struct mn_str
without_signs(struct mn_str s)
{
	s = mn_str_trim(s);
	while (s.n && strchr(",;:", s.p[0]))
		s = mn_str_trim(mn_str_sub(s, 1, s.n));
	while (s.n && strchr(",;:", s.p[s.n - 1]))
		s = mn_str_trim(mn_str_sub(s, 0, s.n - 1));
	return s;
}

static bool
is_joiner(const struct cutter *x, struct mn_str word)
{
	return word.n <= JOINER_BYTES &&
	       mn_words_have(&x->g->joiners, mn_token_fold(word, x->a));
}

/* "and" at either end, and the number of a numbered list: "(2)" at the beginning. */
static struct mn_str
without_joiners(const struct cutter *x, struct mn_str s, bool *joined)
{
	size_t blank = mn_str_find_byte(s, ' '), last = s.n;
	while (last > 0 && s.p[last - 1] != ' ')
		last--;
	if (blank == SIZE_MAX)
		return s;
	struct mn_str head = mn_str_sub(s, 0, blank), tail = mn_str_sub(s, last, s.n);
	uint64_t number;
	if (is_joiner(x, head)) {
		*joined = true;
		return mn_str_sub(s, blank, s.n);
	}
	if (head.n > 2 && head.p[0] == '(' && head.p[head.n - 1] == ')' &&
	    mn_str_u64(mn_str_sub(head, 1, head.n - 2), &number))
		return mn_str_sub(s, blank, s.n);
	if (is_joiner(x, tail))
		return mn_str_sub(s, 0, last);
	return s;
}

/* What is left of a piece of text when everything that only separates is taken off. */
static struct mn_str
tidy(const struct cutter *x, struct mn_str s, bool *joined)
{
	size_t before = SIZE_MAX;
	for (int round = 0; s.n < before && round < TIDY_ROUNDS; round++) {
		before = s.n;
		s = without_signs(s);
		s = without_joiners(x, s, joined);
		s = without_quotes(without_brackets(without_signs(s)));
	}
	return s;
}

/* ---- lists of names ---- */

struct pieces {
	uint32_t *at; /* words at which pieces begin */
	uint32_t n;
};

static bool
between(const struct mn_token *w, uint32_t i, bool comma_only)
{
	return w[i].low == 0 && (comma_only ? w[i].comma : w[i].semi);
}

static bool
numbered(const struct mn_token *w, uint32_t i, uint32_t n)
{
	uint64_t v;
	return w[i].open && w[i].depth == 1 && i + 1 < n && w[i + 1].low == 0 &&
	       mn_str_u64(w[i].fold, &v);
}

/* Where names may be parted: at a comma that does not part a name from its legal form, at
 * an "and" behind a legal form. `joiners`: at every "and". */
static bool
may_part(const struct cutter *x, const struct mn_token *w, uint32_t i, bool joiners)
{
	bool comma = between(w, i, true) && !mn_words_have(&x->g->forms, w[i].fold);
	bool joiner = w[i].depth == 0 && mn_words_have(&x->g->joiners, w[i].fold) &&
		      (joiners || mn_words_have(&x->g->forms, w[i - 1].fold));
	bool joined = mn_words_have(&x->g->joiners, w[i - 1].fold);
	return (comma || joiner) && !(comma && joined);
}

static uint32_t
ends_in_form(const struct cutter *x, const struct mn_token *w, uint32_t from, uint32_t to)
{
	while (to > from && mn_words_have(&x->g->joiners, w[to - 1].fold))
		to--;
	return to > from && mn_words_have(&x->g->forms, w[to - 1].fold);
}

/* How a text parts into names, by the surest sign it has: semicolons, numbers, legal
 * forms of at least two names, the number that the marker announced. */
static void
part(const struct cutter *x, const struct mn_token *w, uint32_t n, struct pieces *p)
{
	uint32_t forms = 0, last = 0;
	p->n = 1;
	for (uint32_t i = 1; i < n; i++)
		if (between(w, i, false) || numbered(w, i, n))
			p->at[p->n++] = i;
	if (p->n > 1)
		return;
	for (uint32_t i = 1; i < n; i++) {
		if (!may_part(x, w, i, false))
			continue;
		forms += ends_in_form(x, w, last, i);
		p->at[p->n++] = last = i;
	}
	if (forms + ends_in_form(x, w, last, n) >= 2)
		return;
	p->n = 1;
	for (uint32_t i = 1; i < n && x->count > 1; i++)
		if (may_part(x, w, i, true))
			p->at[p->n++] = i;
	if (p->n != x->count)
		p->n = 1;
}

static struct mn_str
piece(struct mn_str text, const struct mn_token *w, uint32_t n, const struct pieces *p,
    uint32_t i)
{
	size_t from = i == 0 ? 0 : w[p->at[i] - 1].at + w[p->at[i] - 1].n;
	size_t to = i + 1 < p->n && p->at[i + 1] < n ? w[p->at[i + 1]].at : text.n;
	return mn_str_sub(text, from, to - from);
}

/* The names of a text, tidied; text itself is one when nothing parts it. */
static struct mn_multi
names_of(const struct cutter *x, struct mn_str text)
{
	struct mn_token *w;
	uint32_t n = mn_tokens(text, x->a, &w), k = 0;
	struct pieces p = {MN_NEW(x->a, uint32_t, (size_t)n + 1), 1};
	bool joined;
	part(x, w, n, &p);
	struct mn_str *out = MN_NEW(x->a, struct mn_str, p.n);
	for (uint32_t i = 0; i < p.n; i++) {
		struct mn_str s = tidy(x, piece(text, w, n, &p, i), &joined);
		if (s.n)
			out[k++] = s;
	}
	return (struct mn_multi){out, k};
}

/* ---- entities ---- */

static struct mn_named *
last_entity(struct cutter *x)
{
	return x->out->n ? &x->out->e[x->out->n - 1] : NULL;
}

static void
add_to(struct cutter *x, struct mn_str *list, const struct mn_multi *m)
{
	struct mn_buf b = mn_buf_new(LIST_MOST);
	mn_buf_add(&b, *list);
	for (uint32_t i = 0; i < m->n; i++)
		mn_multi_add(&b, m->item[i]);
	*list = mn_arena_str(x->a, mn_buf_str(&b));
	mn_buf_free(&b);
}

/* A vessel, or what is no organisation at all; the owner's name is left of "vessels owned
 * by", which is told. */
static void
set_kind(struct cutter *x, struct mn_named *e)
{
	struct mn_token *w;
	uint32_t count, n = mn_tokens(e->name, x->a, &w);
	uint32_t owner = n ? mn_grammar_match(x->g, MN_MARK_OWNER, w, 0, n, &count) : 0;
	if (owner && owner < n) {
		e->scope = mn_str_sub(e->name, 0, w[owner - 1].at + w[owner - 1].n);
		e->name = mn_str_sub(e->name, w[owner].at, e->name.n);
		return;
	}
	if (n && mn_grammar_match(x->g, MN_MARK_VESSEL, w, 0, n, &count))
		e->kind = MN_NAMED_VESSEL;
	for (uint32_t i = 0; i < n; i++)
		if (mn_grammar_match(x->g, MN_MARK_GOODS, w, i, n, &count))
			e->kind = MN_NAMED_GOODS;
}

/* "Ash Tree Farm, Birch Tea Trading Co., Ltd." may be one name or two: it stays one, and
 * its parts become weak aliases where each has the length of a name. */
static void
add_weak_parts(struct cutter *x, struct mn_named *e)
{
	struct mn_token *w;
	uint32_t n = mn_tokens(e->name, x->a, &w), cut = 0, cuts = 0;
	bool joined;
	for (uint32_t i = 1; i < n; i++) {
		if (mn_words_have(&x->g->joiners, w[i].fold))
			return;
		if (may_part(x, w, i, false)) {
			cut = i;
			cuts++;
		}
	}
	if (cuts != 1 || cut < WEAK_WORDS || n - cut < WEAK_WORDS ||
	    !ends_in_form(x, w, cut, n))
		return;
	struct mn_str half[] = {tidy(x, mn_str_sub(e->name, 0, w[cut].at), &joined),
	    mn_str_sub(e->name, w[cut].at, e->name.n)};
	add_to(x, &e->weak, &(struct mn_multi){half, countof(half)});
}

static void
add_entity(struct cutter *x, struct mn_str name, struct mn_str of)
{
	struct mn_named *before = last_entity(x);
	if (before && name.n < MN_MAX_NAME &&
	    mn_words_have(&x->g->towns, mn_token_fold(name, x->a))) {
		before->place = name;
		return;
	}
	if (x->out->n == MN_MAX_NAMED) {
		x->out->cut = true;
		return;
	}
	struct mn_named *e = &x->out->e[x->out->n++];
	*e = (struct mn_named){.name = name, .of = of};
	set_kind(x, e);
	add_weak_parts(x, e);
}

static void
add_names(struct cutter *x, struct mn_str text, struct mn_str of)
{
	struct mn_multi m = names_of(x, text);
	for (uint32_t i = 0; i < m.n; i++)
		add_entity(x, m.item[i], of);
}

/* Text after a bracket goes on with the name before it ("Ash (also known as Elm) Co."),
 * unless an "and" begins another. */
static void
main_names(struct cutter *x, struct mn_str text, bool joiner)
{
	struct mn_named *e = last_entity(x);
	if (x->joined && e && !joiner)
		e->name = mn_arena_fmt(x->a, "%.*s %.*s", MN_FMT(e->name), MN_FMT(text));
	else
		add_names(x, text, MN_STR_NONE);
}

static void
other_names(struct cutter *x, struct mn_str text)
{
	struct mn_named *e = last_entity(x);
	struct mn_multi m = names_of(x, text);
	if (!e)
		return;
	if (x->mark == MN_MARK_ALSO)
		add_to(x, &e->aliases, &m);
	if (x->mark == MN_MARK_FORMER)
		add_to(x, &e->former, &m);
	if (x->mark != MN_MARK_WEAK)
		return;
	if (++x->groups > MN_NAME_GROUPS)
		x->out->cut = true;
	for (uint32_t k = 0; x->groups <= MN_NAME_GROUPS && k < x->out->n; k++)
		add_to(x, &x->out->e[k].weak, &m);
}

/* Without the words that lead from "its two subsidiaries" to their names. */
static struct mn_str
after_lead(struct cutter *x, struct mn_str text)
{
	struct mn_token *w;
	uint32_t count, at = 0, n = mn_tokens(text, x->a, &w);
	while (at < n) {
		uint32_t lead = mn_grammar_match(x->g, MN_MARK_LEAD, w, at, n, &count);
		uint32_t comma = at + 1;
		at += lead;
		if (lead)
			continue;
		if (!mn_grammar_match(x->g, MN_MARK_FILLER, w, at, n, &count))
			break;
		while (comma < n && !w[comma].comma)
			comma++;
		if (comma == n)
			break;
		at = comma;
	}
	return at < n ? mn_str_sub(text, w[at].at, text.n) : MN_STR_NONE;
}

static void
parts(struct cutter *x, struct mn_str text)
{
	struct mn_named *e = last_entity(x);
	struct mn_str of = e && e->of.n ? e->of : e ? e->name : MN_STR_NONE;
	text = after_lead(x, text);
	if (text.n) {
		add_names(x, text, of);
		return;
	}
	for (uint32_t i = 0; i < x->out->n; i++) {
		struct mn_str *scope = &x->out->e[i].scope;
		if (scope->n < MN_NAME_SCOPE)
			*scope = mn_arena_fmt(x->a, "%.*s%s%.*s", MN_FMT(*scope),
			    scope->n ? " " : "", MN_FMT(x->marker));
	}
}

/* ---- segments ---- */

/* Ends the segment before word `to` and gives it to whom it belongs. */
static void
flush(struct cutter *x, uint32_t to)
{
	size_t from = x->from ? x->w[x->from - 1].at + x->w[x->from - 1].n : 0;
	size_t end = to < x->n ? x->w[to].at : x->cell.n;
	bool joiner = false;
	struct mn_str text = tidy(x, mn_str_sub(x->cell, from, end - from), &joiner);
	struct mn_named *e = last_entity(x);
	if (x->mark == MN_MARK_PARTS)
		parts(x, text);
	else if (text.n == 0)
		return;
	else if (x->mark == MN_MARK_NAME)
		main_names(x, text, joiner);
	else if (x->mark == MN_MARK_PLACE && e)
		e->place = text;
	else
		other_names(x, text);
}

static void
begin(struct cutter *x, enum mn_mark mark, uint32_t from, uint16_t base, bool joined)
{
	x->mark = mark;
	x->from = from;
	x->base = base;
	x->joined = joined;
	x->count = 0;
}

/* Markers that begin a segment, in the order in which they are tried. */
static const enum mn_mark SEGMENTS[] = {
    MN_MARK_FORMER, MN_MARK_ALSO, MN_MARK_WEAK, MN_MARK_PARTS, MN_MARK_PLACE};

/* A marker at word i: ends the segment before it and begins its own. 0: there is none,
 * or no name it could belong to. */
static uint32_t
take_marker(struct cutter *x, uint32_t i)
{
	uint32_t best = 0, count = 0, v;
	enum mn_mark mark = MN_MARK_NAME;
	if (i == 0)
		return 0;
	for (size_t k = 0; k < countof(SEGMENTS); k++) {
		uint32_t took = mn_grammar_match(x->g, SEGMENTS[k], x->w, i, x->n, &v);
		if (took > best) {
			best = took;
			mark = SEGMENTS[k];
			count = v;
		}
	}
	if (best == 0)
		return 0;
	flush(x, i);
	if (x->out->n == 0)
		return 0;
	begin(x, mark, i + best, x->w[i].depth, false);
	x->count = count;
	x->marker = mn_str_sub(x->cell, x->w[i].at,
	    x->w[i + best - 1].at + x->w[i + best - 1].n - x->w[i].at);
	return best;
}

struct mn_names
mn_names_cut(const struct mn_grammar *g, struct mn_str cell, struct mn_arena *a)
{
	struct mn_names out = {.e = MN_NEW(a, struct mn_named, MN_MAX_NAMED)};
	struct cutter x = {
	    .g = g, .a = a, .cell = mn_utf8_cut(cell, MN_NAME_BYTES), .out = &out};
	x.n = mn_tokens(x.cell, a, &x.w);
	out.cut = x.n == MN_NAME_WORDS || x.cell.n < cell.n;
	for (uint32_t i = 0; i < x.n;) {
		uint32_t took = take_marker(&x, i);
		if (took) {
			i += took;
			continue;
		}
		bool closed = i > x.from && x.base > 0 && x.w[i].low < x.base;
		bool next = x.w[i].semi && x.w[i].low == 0 && i > x.from;
		if (closed || next) {
			flush(&x, i);
			begin(&x, MN_MARK_NAME, i, x.w[i].low, closed && !next);
		}
		i++;
	}
	if (x.n)
		flush(&x, x.n);
	return out;
}

/* Marker words: reading them, finding them. */
#include "names.h"

static const struct {
	struct mn_str key;
	enum mn_mark mark;
} MARKS[] = {
    {MN_S("also"), MN_MARK_ALSO},
    {MN_S("former"), MN_MARK_FORMER},
    {MN_S("weak"), MN_MARK_WEAK},
    {MN_S("parts"), MN_MARK_PARTS},
    {MN_S("place"), MN_MARK_PLACE},
    {MN_S("lead"), MN_MARK_LEAD},
    {MN_S("filler"), MN_MARK_FILLER},
    {MN_S("vessel"), MN_MARK_VESSEL},
    {MN_S("owner"), MN_MARK_OWNER},
    {MN_S("goods"), MN_MARK_GOODS},
};

struct mn_str
mn_token_fold(struct mn_str word, struct mn_arena *a)
{
	char *out = mn_arena_alloc(a, 1, 1, word.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80))
			out[n++] = c;
	}
	return mn_str(out, n);
}

/* ---- words ---- */

/* Bytes of a sign or blank at the beginning of s, 0: a letter. */
static size_t
sign(struct mn_str s)
{
	if (s.n >= 2 && s.p[0] == '\xc2' && s.p[1] == '\xa0')
		return 2;
	return strchr(" \t\r\n,;:()[]\"", s.p[0]) && s.p[0] ? 1 : 0;
}

/* What one sign changes for the word that follows. */
static void
take_sign(struct mn_token *next, char c)
{
	if (c == '(' || c == '[')
		next->depth = (uint16_t)(next->depth + (next->depth < UINT16_MAX));
	else if (c == ')' || c == ']')
		next->depth = (uint16_t)(next->depth - (next->depth > 0));
	if (next->depth < next->low) {
		next->low = next->depth;
		next->semi = next->comma = false;
	}
	if (next->depth == next->low) {
		next->semi = next->semi || c == ';';
		next->comma = next->comma || c == ',';
	}
	next->open = c == '(' || c == '[' || (next->open && c == ' ');
}

uint32_t
mn_tokens(struct mn_str text, struct mn_arena *a, struct mn_token **out)
{
	struct mn_token next = {0};
	uint32_t n = 0, most = 1;
	for (size_t i = 0; i < text.n && most < MN_NAME_WORDS; i++)
		most += sign(mn_str_sub(text, i, text.n)) > 0;
	struct mn_token *w = MN_NEW(a, struct mn_token, most);
	for (size_t i = 0; i < text.n && n < most;) {
		size_t k = sign(mn_str_sub(text, i, text.n));
		if (k) {
			take_sign(&next, text.p[i]);
			i += k;
			continue;
		}
		next.at = i;
		while (i < text.n && sign(mn_str_sub(text, i, text.n)) == 0)
			i++;
		next.n = i - next.at;
		next.fold = mn_token_fold(mn_str_sub(text, next.at, next.n), a);
		w[n++] = next;
		next = (struct mn_token){.depth = next.depth, .low = next.depth};
	}
	*out = w;
	return n;
}

/* ---- patterns ---- */

bool
mn_words_have(const struct mn_words *list, struct mn_str fold)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (mn_str_eq(list->word[i], fold))
			return true;
	return false;
}

static uint32_t
number_of(const struct mn_grammar *g, struct mn_str fold)
{
	uint64_t v;
	for (uint32_t i = 0; i < g->numbers.n; i++)
		if (mn_str_eq(g->numbers.word[i], fold))
			return i + 1;
	return mn_str_u64(fold, &v) && v <= MN_MAX_NAMED ? (uint32_t)v : 0;
}

/* Words that the pattern takes from its p-th word on; 0 when it does not fit. A '*' takes
 * as few as it can and crosses no bracket or semicolon. Recursion: once a pattern word.
 */
static uint32_t
fits(const struct mn_grammar *g, const struct mn_pattern *pat, uint32_t p,
    const struct mn_token *w, uint32_t n, uint32_t *count)
{
	if (p == pat->n)
		return 1;
	if (pat->word[p].n) {
		if (n == 0 || !mn_str_eq(pat->word[p], w[0].fold) ||
		    (p > 0 && (w[0].open || w[0].semi || w[0].low < w[0].depth)))
			return 0;
		uint32_t more = fits(g, pat, p + 1, w + 1, n - 1, count);
		return more ? more + 1 : 0;
	}
	for (uint32_t skip = 0; skip <= MN_STAR_WORDS && skip <= n; skip++) {
		uint32_t more = fits(g, pat, p + 1, w + skip, n - skip, count);
		for (uint32_t i = 0; more && i < skip; i++) {
			uint32_t v = number_of(g, w[i].fold);
			*count = v ? v : *count;
		}
		if (more)
			return more + skip;
		if (skip < n && (w[skip].open || w[skip].semi))
			break;
	}
	return 0;
}

uint32_t
mn_grammar_match(const struct mn_grammar *g, enum mn_mark mark, const struct mn_token *w,
    uint32_t at, uint32_t n, uint32_t *count)
{
	uint32_t best = 0;
	*count = 0;
	for (uint32_t i = 0; i < g->n_pattern; i++) {
		const struct mn_pattern *p = &g->pattern[i];
		uint32_t v = 0;
		if (p->mark != mark || (p->bracket && !w[at].open))
			continue;
		uint32_t took = fits(g, p, 0, w + at, n - at, &v);
		if (took > best + 1) {
			best = took - 1;
			*count = v;
		}
	}
	return best;
}

/* ---- reading ---- */

struct reading {
	struct mn_arena *a;
	const char *file;
	struct mn_err *err;
};

static bool
want(struct reading *x, struct mn_str grammar, struct mn_str key)
{
	return mn_fail(x->err, MN_E_PACK_TYPE, "%s: %.*s.%.*s: a list of words is wanted",
	    x->file, MN_FMT(grammar), MN_FMT(key));
}

static bool
read_pattern(
    struct reading *x, struct mn_str text, enum mn_mark mark, struct mn_pattern *out)
{
	struct mn_str *word = MN_NEW(x->a, struct mn_str, text.n + 1);
	*out = (struct mn_pattern){.mark = mark, .word = word};
	out->bracket = mn_str_starts(text, MN_S("("));
	for (struct mn_str rest = text; rest.p;) {
		struct mn_str w = mn_str_cut(&rest, ' ');
		struct mn_str fold = mn_token_fold(w, x->a);
		if (fold.n || mn_str_eq(w, MN_S("*")))
			word[out->n++] = fold;
	}
	return out->n > 0 && word[0].n > 0;
}

static bool
read_words(struct reading *x, const struct mn_json *list, struct mn_words *out)
{
	struct mn_str s;
	size_t n = mn_json_count(list);
	struct mn_str *word = MN_NEW(x->a, struct mn_str, n);
	for (size_t i = 0; i < n; i++) {
		if (!mn_json_str(mn_json_at(list, i), &s))
			return false;
		word[i] = mn_token_fold(s, x->a);
	}
	*out = (struct mn_words){word, (uint32_t)n};
	return true;
}

/* One key of a grammar: a list of words, or of patterns of one mark. */
static bool
read_key(struct reading *x, struct mn_grammar *g, struct mn_pattern *pattern,
    struct mn_str key, const struct mn_json *list)
{
	struct mn_words *words = mn_str_eq(key, MN_S("forms"))     ? &g->forms
				 : mn_str_eq(key, MN_S("joiners")) ? &g->joiners
				 : mn_str_eq(key, MN_S("numbers")) ? &g->numbers
				 : mn_str_eq(key, MN_S("towns"))   ? &g->towns
								   : NULL;
	struct mn_str s;
	if (words)
		return read_words(x, list, words) || want(x, g->id, key);
	for (size_t m = 0; m < countof(MARKS); m++) {
		if (!mn_str_eq(MARKS[m].key, key))
			continue;
		for (size_t i = 0; i < mn_json_count(list); i++)
			if (!mn_json_str(mn_json_at(list, i), &s) ||
			    !read_pattern(x, s, MARKS[m].mark, &pattern[g->n_pattern++]))
				return want(x, g->id, key);
		return true;
	}
	return mn_fail(x->err, MN_E_PACK_KEY, "%s: %.*s: unknown key \"%.*s\"", x->file,
	    MN_FMT(g->id), MN_FMT(key));
}

static bool
read_grammar(struct reading *x, const struct mn_json *map, struct mn_grammar *g)
{
	size_t total = 0;
	struct mn_str key;
	for (size_t i = 0; i < mn_json_count(map); i++)
		total += mn_json_count(mn_json_member(map, i, &key));
	struct mn_pattern *pattern = MN_NEW(x->a, struct mn_pattern, total);
	g->pattern = pattern;
	for (size_t i = 0; i < mn_json_count(map); i++) {
		const struct mn_json *list = mn_json_member(map, i, &key);
		if (!list || !read_key(x, g, pattern, key, list))
			return x->err->code ? false : want(x, g->id, MN_S("?"));
	}
	return true;
}

bool
mn_grammars_read(struct mn_arena *a, const struct mn_json *root, const char *file,
    const struct mn_grammar **out, uint32_t *n, struct mn_err *err)
{
	struct reading x = {a, file, err};
	struct mn_grammar *g = MN_NEW(a, struct mn_grammar, mn_json_count(root));
	struct mn_str key;
	*out = g;
	*n = 0;
	for (size_t i = 0; i < mn_json_count(root); i++) {
		const struct mn_json *map = mn_json_member(root, i, &key);
		if (mn_str_eq(key, MN_S("note")))
			continue;
		g[*n].id = mn_arena_str(a, key);
		if (!read_grammar(&x, map, &g[*n]))
			return false;
		(*n)++;
	}
	return true;
}

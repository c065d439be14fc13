/* Words of ledgers: which ILO category a cost is of, and who paid it. */
#include "manumit/base/sort.h"
#include "manumit/evidence/fees.h"
#include "manumit/text/fold.h"

/* What was asked before: ledgers repeat a handful of words. Longer texts are looked up
 * each time. */
#define MEMO 256
#define MEMO_BYTES 60

struct word {
	struct mn_str text;
	int32_t row; /* category, or payer row */
};

struct memo {
	char text[MEMO_BYTES];
	uint8_t n; /* 0: free */
	int32_t row;
};

struct mn_fee_words {
	const struct mn_pack *p;
	const struct word *word, *payer; /* sorted by text */
	size_t n_word, n_payer;
	struct memo *memo;
};

static int
by_text(const void *pa, const void *pb, const void *ctx)
{
	const struct word *a = pa, *b = pb;
	(void)ctx;
	int c = mn_str_cmp(a->text, b->text);
	return c ? c : (a->row > b->row) - (a->row < b->row);
}

static int
category_row(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_fee_category; i++)
		if (mn_str_eq_ascii(p->fee_category[i].code, code))
			return (int)i;
	return -1;
}

const struct mn_fee_words *
mn_fee_words_new(const struct mn_pack *p, struct mn_arena *a)
{
	struct mn_fee_words *w = MN_NEW(a, struct mn_fee_words, 1);
	size_t words = 1, payers = 1;
	for (uint32_t i = 0; i < p->n_fee_word; i++)
		words += p->fee_word[i].words.n;
	for (uint32_t i = 0; i < p->n_payer; i++)
		payers += p->payer[i].words.n;
	struct word *word = MN_NEW(a, struct word, words);
	struct word *payer = MN_NEW(a, struct word, payers);
	for (uint32_t i = 0; i < p->n_fee_word; i++)
		for (uint32_t k = 0; k < p->fee_word[i].words.n; k++)
			word[w->n_word++] = (struct word){p->fee_word[i].words.v[k],
			    category_row(p, p->fee_word[i].category)};
	for (uint32_t i = 0; i < p->n_payer; i++)
		for (uint32_t k = 0; k < p->payer[i].words.n; k++)
			payer[w->n_payer++] =
			    (struct word){p->payer[i].words.v[k], (int32_t)i};
	mn_sort(word, w->n_word, sizeof *word, by_text, NULL, *a);
	mn_sort(payer, w->n_payer, sizeof *payer, by_text, NULL, *a);
	w->p = p;
	w->word = word;
	w->payer = payer;
	w->memo = MN_NEW(a, struct memo, MEMO);
	return w;
}

static int
look(const struct word *list, size_t n, struct mn_str text)
{
	size_t lo = 0, hi = n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (mn_str_cmp(list[mid].text, text) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && mn_str_eq(list[lo].text, text) ? list[lo].row : -1;
}

static bool
blank_at(struct mn_str s, size_t i)
{
	return i >= s.n || s.p[i] == ' ';
}

/* Scripts with blanks between words; those of East Asia have none. */
static bool
spaced(struct mn_str word)
{
	return word.n && (unsigned char)word.p[0] < 0xe2;
}

/* Does the word stand in the text, not as a part of another one? Scripts without blanks
 * have no word ends to look at. */
static bool
stands_in(struct mn_str text, struct mn_str word)
{
	for (size_t i = 0; word.n && i + word.n <= text.n; i++) {
		if (memcmp(text.p + i, word.p, word.n) != 0)
			continue;
		if (!spaced(word) ||
		    ((i == 0 || text.p[i - 1] == ' ') && blank_at(text, i + word.n)))
			return true;
	}
	return false;
}

/* A word within a text may mean something else there: "setting up the account" is no
 * bribe. So a part of a text never makes an amount interest, and makes it illegitimate
 * only when it is a phrase. */
static bool
may_be_part(const struct mn_fee_words *w, const struct word *x)
{
	struct mn_str class = x->row < 0 ? MN_STR_NONE : w->p->fee_category[x->row].class;
	if (mn_str_eq(class, MN_S("illegitimate")))
		return !spaced(x->text) || mn_str_find_byte(x->text, ' ') < x->text.n;
	return !mn_str_eq(class, MN_S("finance"));
}

/* The longest word of the table within the text; of two as long the first by code. */
static int
longest(const struct mn_fee_words *w, struct mn_str text)
{
	size_t best = 0;
	int row = -1;
	for (size_t i = 0; i < w->n_word; i++) {
		const struct word *x = &w->word[i];
		bool better = x->text.n > best || (x->text.n == best && x->row < row);
		if (better && may_be_part(w, x) && stands_in(text, x->text)) {
			best = x->text.n;
			row = x->row;
		}
	}
	return row;
}

static struct memo *
slot(const struct mn_fee_words *w, struct mn_str text)
{
	uint32_t at = (uint32_t)text.n;
	for (size_t i = 0; i < text.n; i++)
		at = at * 31 + (unsigned char)text.p[i];
	return &w->memo[at % MEMO];
}

int
mn_fee_category(const struct mn_fee_words *w, struct mn_str text, struct mn_buf *fold)
{
	struct memo *m = text.n && text.n < MEMO_BYTES ? slot(w, text) : NULL;
	if (m && m->n && mn_str_eq(mn_str(m->text, m->n), text))
		return m->row;
	int row = category_row(w->p, text);
	mn_buf_clear(fold);
	mn_fold_words(text, fold);
	if (row < 0)
		row = look(w->word, w->n_word, mn_buf_str(fold));
	if (row < 0)
		row = longest(w, mn_buf_str(fold));
	if (m) {
		memcpy(m->text, text.p, text.n);
		m->n = (uint8_t)text.n;
		m->row = row;
	}
	return row;
}

char
mn_fee_payer(const struct mn_fee_words *w, struct mn_str text, struct mn_buf *fold)
{
	mn_buf_clear(fold);
	mn_fold_words(text, fold);
	int row = look(w->payer, w->n_payer, mn_buf_str(fold));
	return row < 0 ? 0 : w->p->payer[row].payer.p[0];
}

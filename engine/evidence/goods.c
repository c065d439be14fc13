/*
 * Goods by words. A word counts as a whole word, in the singular or a plural in s or es,
 * the longest of several ("rubber glove" before "rubber"); "non cotton" and "cotton free"
 * say nothing of cotton.
 */
#include "manumit/base/sort.h"
#include "manumit/evidence/goods.h"
#include "manumit/text/fold.h"

#include "words.h"

struct word {
	struct mn_str text;
	uint32_t row;
};

struct mn_goods {
	const struct mn_pack *p;
	const struct word *word; /* by first byte, the longer first */
	uint32_t from[257];
	/* By row: itself and what it is within; what these may be made of. */
	uint64_t (*within)[MN_GOODS_WORDS], (*holds)[MN_GOODS_WORDS];
};

/* ---- sets of rows ---- */

static void
put(uint64_t *set, uint32_t row)
{
	set[row / 64] |= UINT64_C(1) << row % 64;
}

static bool
has(const uint64_t *set, uint32_t row)
{
	return (set[row / 64] >> row % 64 & 1) != 0;
}

static bool
unite(uint64_t *to, const uint64_t *more)
{
	bool grown = false;
	for (unsigned i = 0; i < MN_GOODS_WORDS; i++) {
		grown |= (more[i] & ~to[i]) != 0;
		to[i] |= more[i];
	}
	return grown;
}

static bool
meet(const uint64_t *a, const uint64_t *b)
{
	for (unsigned i = 0; i < MN_GOODS_WORDS; i++)
		if (a[i] & b[i])
			return true;
	return false;
}

static bool
is_empty(const uint64_t *set)
{
	return !meet(set, set);
}

/* ---- the table ---- */

static int
by_first_byte(const void *pa, const void *pb, const void *ctx)
{
	const struct word *a = pa, *b = pb;
	(void)ctx;
	int c = (unsigned char)a->text.p[0] - (unsigned char)b->text.p[0];
	c = c ? c : (a->text.n < b->text.n) - (a->text.n > b->text.n);
	c = c ? c : mn_str_cmp(a->text, b->text);
	return c ? c : (a->row > b->row) - (a->row < b->row);
}

static int
row_of(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_gate_good; i++)
		if (mn_str_eq(p->gate_good[i].code, code))
			return (int)i;
	return -1;
}

static void
put_codes(const struct mn_pack *p, struct mn_strs codes, uint64_t *to)
{
	for (uint32_t k = 0; k < codes.n; k++) {
		int row = row_of(p, codes.v[k]);
		if (row >= 0)
			put(to, (uint32_t)row);
	}
}

/* Each pass takes in what was reached in the one before; rows that are within each other
 * end it too, because nothing is new. */
static void
close_within(struct mn_goods *x)
{
	uint32_t n = x->p->n_gate_good;
	for (uint32_t i = 0; i < n; i++) {
		put(x->within[i], i);
		put_codes(x->p, x->p->gate_good[i].within, x->within[i]);
	}
	for (bool grown = true; grown;) {
		grown = false;
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t k = 0; k < n; k++)
				if (has(x->within[i], k))
					grown |= unite(x->within[i], x->within[k]);
	}
}

static void
take_holds(struct mn_goods *x)
{
	for (uint32_t i = 0; i < x->p->n_gate_good; i++)
		for (uint32_t k = 0; k < x->p->n_gate_good; k++)
			if (has(x->within[i], k))
				put_codes(x->p, x->p->gate_good[k].holds, x->holds[i]);
}

static void
index_words(struct mn_goods *x, struct mn_arena *a)
{
	const struct mn_pack *p = x->p;
	size_t room = 1;
	uint32_t n = 0;
	for (uint32_t i = 0; i < p->n_gate_good; i++)
		room += p->gate_good[i].words.n;
	struct word *w = MN_NEW(a, struct word, room);
	for (uint32_t i = 0; i < p->n_gate_good; i++)
		for (uint32_t k = 0; k < p->gate_good[i].words.n; k++)
			if (p->gate_good[i].words.v[k].n)
				w[n++] = (struct word){p->gate_good[i].words.v[k], i};
	mn_sort(w, n, sizeof *w, by_first_byte, NULL, *a);
	x->word = w;
	for (uint32_t i = 0, b = 0; b <= 256; b++) {
		while (i < n && (unsigned char)w[i].text.p[0] < b)
			i++;
		x->from[b] = i;
	}
}

const struct mn_goods *
mn_goods_new(const struct mn_pack *p, struct mn_arena *a)
{
	struct mn_goods *x = MN_NEW(a, struct mn_goods, 1);
	size_t n = p->n_gate_good + 1;
	x->p = p;
	x->within = (void *)MN_NEW(a, uint64_t, n * MN_GOODS_WORDS);
	x->holds = (void *)MN_NEW(a, uint64_t, n * MN_GOODS_WORDS);
	close_within(x);
	take_holds(x);
	index_words(x, a);
	return x;
}

/* ---- one text ---- */

/* Bytes of the word at `at`, whole, with its plural; 0: it does not stand there. */
static size_t
stands(struct mn_str s, size_t at, struct mn_str word)
{
	static const struct mn_str ENDS[] = {MN_S(""), MN_S("s"), MN_S("es")};
	if (!mn_str_starts(mn_str_sub(s, at, s.n), word))
		return 0;
	if (mn_unspaced(word, 0))
		return word.n;
	for (size_t i = 0; i < countof(ENDS); i++) {
		size_t end = at + word.n + ENDS[i].n;
		if (mn_str_starts(mn_str_sub(s, at + word.n, s.n), ENDS[i]) &&
		    (end == s.n || s.p[end] == ' '))
			return word.n + ENDS[i].n;
	}
	return 0;
}

static const struct word *
longest(const struct mn_goods *x, struct mn_str s, size_t at, size_t *bytes)
{
	unsigned char b = (unsigned char)s.p[at];
	for (uint32_t i = x->from[b]; i < x->from[b + 1]; i++)
		if ((*bytes = stands(s, at, x->word[i].text)) > 0)
			return &x->word[i];
	return NULL;
}

static bool
denied(struct mn_str s, size_t beg, size_t end)
{
	static const struct mn_str BEFORE[] = {
	    MN_S("non "), MN_S("not "), MN_S("no "), MN_S("without ")};
	for (size_t i = 0; i < countof(BEFORE); i++)
		if (beg >= BEFORE[i].n && mn_word_begins(s, beg - BEFORE[i].n) &&
		    mn_str_eq(mn_str_sub(s, beg - BEFORE[i].n, BEFORE[i].n), BEFORE[i]))
			return true;
	return mn_str_eq(mn_str_sub(s, end, 5), MN_S(" free"));
}

/* More are not told: who reads them knows by then. */
#define TOLD_BYTES 120

static void
tell(struct mn_str *list, struct mn_str word, struct mn_arena *a)
{
	struct mn_str quoted = mn_arena_fmt(a, "\"%.*s\"", MN_FMT(word));
	if (list->n < TOLD_BYTES && mn_str_find(*list, quoted) == SIZE_MAX)
		*list = mn_arena_fmt(
		    a, "%.*s%s%.*s", MN_FMT(*list), list->n ? ", " : "", MN_FMT(quoted));
}

/* Shorter words say too little to tell goods by. */
#define REST_BYTES 4

static size_t
word_end(struct mn_str s, size_t at)
{
	while (at < s.n && s.p[at] != ' ')
		at++;
	return at;
}

/* A word that no row has: in the singular, so that two texts meet in it. */
static size_t
keep_rest(struct mn_str s, size_t at, struct mn_arena *a, struct mn_goods_said *to)
{
	size_t end = word_end(s, at);
	struct mn_str w = mn_str_sub(s, at, end - at);
	if (w.n > REST_BYTES && w.p[w.n - 1] == 's')
		w.n--;
	if (w.n >= REST_BYTES && !mn_unspaced(w, 0))
		to->rest = mn_arena_fmt(a, "%.*s%.*s\n", MN_FMT(to->rest), MN_FMT(w));
	return mn_unspaced(s, at) ? at + 1 : end;
}

static struct mn_str
folded(struct mn_str text, struct mn_arena *a)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_words(text, &b);
	struct mn_str s = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

static void
take(const struct mn_goods *x, uint32_t row, struct mn_goods_said *to)
{
	const struct mn_p_gate_good *g = &x->p->gate_good[row];
	if (g->all)
		to->all = true;
	else if (!g->stop)
		put(to->set, row);
}

void
mn_goods_text(const struct mn_goods *x, struct mn_str text, struct mn_arena *a,
    struct mn_goods_said *to)
{
	struct mn_str s = text.n ? folded(text, a) : MN_STR_NONE;
	for (size_t at = 0, bytes; at < s.n;) {
		if (!mn_word_begins(s, at) || s.p[at] == ' ') {
			at++;
			continue;
		}
		const struct word *w = longest(x, s, at, &bytes);
		if (!w) {
			at = keep_rest(s, at, a, to);
			continue;
		}
		bool counts = !denied(s, at, at + bytes);
		if (counts)
			take(x, w->row, to);
		if (counts && !x->p->gate_good[w->row].stop)
			tell(&to->words, mn_str_sub(s, at, bytes), a);
		at += bytes;
	}
}

void
mn_goods_hs(const struct mn_goods *x, struct mn_str hs, struct mn_goods_said *to)
{
	char room[16];
	size_t n = 0;
	for (size_t i = 0; i < hs.n && n < sizeof room; i++)
		if (hs.p[i] >= '0' && hs.p[i] <= '9')
			room[n++] = hs.p[i];
		else if (hs.p[i] != '.' && hs.p[i] != ' ')
			return;
	for (uint32_t i = 0; i < x->p->n_gate_good; i++)
		for (uint32_t k = 0; k < x->p->gate_good[i].hs.n; k++)
			if (mn_str_starts(mn_str(room, n), x->p->gate_good[i].hs.v[k]))
				take(x, i, to);
}

void
mn_goods_record(const struct mn_goods *x, const struct mn_record *rec, struct mn_arena *a,
    struct mn_goods_said *to)
{
	struct mn_str hs = rec->v[MN_F_HS];
	mn_goods_text(x, rec->v[MN_F_PRODUCT], a, to);
	mn_goods_text(x, rec->v[MN_F_CATEGORY], a, to);
	for (struct mn_str rest = hs; rest.p && rest.n;)
		mn_goods_hs(x, mn_str_trim(mn_str_cut(&rest, ';')), to);
	if (hs.n)
		tell(&to->words, mn_arena_fmt(a, "HS %.*s", MN_FMT(hs)), a);
}

void
mn_goods_code(const struct mn_goods *x, struct mn_str code, struct mn_goods_said *to)
{
	int row = row_of(x->p, code);
	if (row >= 0)
		take(x, (uint32_t)row, to);
}

bool
mn_goods_any(const struct mn_goods_said *s)
{
	return s->all || !is_empty(s->set) || s->rest.n > 0;
}

/* ---- two texts ---- */

static bool
share_word(const struct mn_goods_said *a, const struct mn_goods_said *b)
{
	for (struct mn_str ra = a->rest; ra.p && ra.n;) {
		struct mn_str w = mn_str_cut(&ra, '\n');
		for (struct mn_str rb = b->rest; w.n && rb.p && rb.n;)
			if (mn_str_eq(mn_str_cut(&rb, '\n'), w))
				return true;
	}
	return false;
}

static void
reach(const struct mn_goods *x, const uint64_t *set, uint64_t (*by)[MN_GOODS_WORDS],
    uint64_t *out)
{
	for (uint32_t i = 0; i < x->p->n_gate_good; i++)
		if (has(set, i))
			unite(out, by[i]);
}

enum mn_fit
mn_goods_fit(const struct mn_goods *x, const struct mn_goods_said *order,
    const struct mn_goods_said *made)
{
	uint64_t wider_made[MN_GOODS_WORDS] = {0}, wider_order[MN_GOODS_WORDS] = {0},
		 of[MN_GOODS_WORDS] = {0};
	reach(x, made->set, x->within, wider_made);
	reach(x, order->set, x->within, wider_order);
	reach(x, made->set, x->holds, of);
	if (order->all || meet(order->set, wider_made) || share_word(order, made))
		return MN_FIT_FITS;
	if (made->all || is_empty(order->set) || is_empty(made->set) ||
	    meet(wider_order, made->set) || meet(of, order->set))
		return MN_FIT_UNKNOWN;
	return MN_FIT_DIFFERS;
}

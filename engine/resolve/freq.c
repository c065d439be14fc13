/*
 * How frequent tokens are: a background file and the loaded lists. Weights follow from
 * idf(t) = ln((N+1)/(df+1)) / ln(N+1), computed in integers: the base of the logarithm
 * cancels, so log2 by squaring does.
 */
#include "manumit/base/file.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "analyst.h"

#define BITS_START 17

/* log2(v) in Q16, v >= 1. */
static int64_t
log2_q16(uint64_t v)
{
	unsigned whole = 63u - (unsigned)__builtin_clzll(v);
	uint64_t m = whole > 31 ? v >> (whole - 31) : v << (31 - whole); /* Q31, [1,2) */
	int64_t frac = 0;
	for (int bit = 15; bit >= 0; bit--) {
		m = (m * m) >> 31;
		if (m >> 32) {
			frac |= 1 << bit;
			m >>= 1;
		}
	}
	return ((int64_t)whole << 16) + frac;
}

static struct freq_slot *
find(const struct mn_freq *f, uint64_t id)
{
	for (uint64_t at = id;; at++) {
		struct freq_slot *s = &f->slot[at & f->mask];
		if (s->id == 0 || s->id == id)
			return s;
	}
}

static void
grow(struct mn_freq *f)
{
	struct mn_freq old = *f;
	f->mask = old.mask * 2 + 1;
	f->slot = MN_NEW(f->a, struct freq_slot, f->mask + 1);
	for (uint64_t i = 0; i <= old.mask; i++)
		if (old.slot[i].id)
			*find(f, old.slot[i].id) = old.slot[i];
}

static void
add(struct mn_freq *f, uint64_t id, uint32_t df)
{
	if (f->used * 3 > f->mask * 2)
		grow(f);
	struct freq_slot *s = find(f, id);
	if (s->id == 0)
		f->used++;
	s->id = id;
	s->df += df;
}

static void
set_names(struct mn_freq *f, uint64_t names)
{
	f->names = names;
	f->log_n1 = log2_q16(names + 1);
}

uint32_t
mn_freq_df(const struct mn_analyst *s, uint64_t id)
{
	return id ? find(&s->freq, id)->df : 0;
}

int32_t
mn_freq_idf(const struct mn_freq *f, uint64_t id)
{
	uint64_t df = find(f, id)->df;
	if (df > f->names)
		df = f->names;
	if (f->log_n1 == 0)
		return MN_FX_ONE;
	return (int32_t)mn_fx_div(f->log_n1 - log2_q16(df + 1), f->log_n1);
}

void
mn_freq_count(struct mn_analyst *s, const struct mn_name *n)
{
	for (uint32_t i = 0; i < n->n; i++) {
		bool again = false;
		for (uint32_t k = 0; k < i; k++)
			again = again || n->tok[k].id == n->tok[i].id;
		if (!again && n->tok[i].cls != MN_W_NUMBER)
			add(&s->freq, n->tok[i].id, 1);
	}
	set_names(&s->freq, s->freq.names + 1);
}

void
mn_freq_add(struct mn_analyst *s, uint64_t id, uint32_t df)
{
	if (id)
		add(&s->freq, id, df);
}

void
mn_freq_names(struct mn_analyst *s, uint64_t n)
{
	set_names(&s->freq, s->freq.names + n);
}

/* token <tab> df; "=id" is a concept, "@id" a place. */
static bool
read_line(struct mn_analyst *s, struct mn_str line)
{
	uint64_t df;
	struct mn_str token = mn_str_cut(&line, '\t');
	if (token.n == 0 || !line.p || !mn_str_u64(line, &df) || df > UINT32_MAX)
		return false;
	add(&s->freq, mn_hash64(token) | 1, (uint32_t)df);
	return true;
}

bool
mn_freq_read(struct mn_analyst *s, const char *path, struct mn_err *err)
{
	struct mn_str text, names = MN_S("# names ");
	uint64_t line_no = 0, n;
	s->freq.a = &s->own;
	s->freq.mask = (1u << BITS_START) - 1;
	s->freq.slot = MN_NEW(&s->own, struct freq_slot, s->freq.mask + 1);
	if (!mn_file_read(&s->own, path, MN_MAX_PACK, &text, err))
		return false;
	while (text.p && text.n) {
		struct mn_str line = mn_str_trim(mn_str_cut(&text, '\n'));
		line_no++;
		if (mn_str_starts(line, names) &&
		    mn_str_u64(mn_str_sub(line, names.n, line.n), &n) && n < UINT32_MAX)
			set_names(&s->freq, n);
		else if (line.n && line.p[0] != '#' && !read_line(s, line))
			return mn_fail(err, MN_E_CONFIG,
			    "%s:%llu: wanted token <tab> count", path,
			    (unsigned long long)line_no);
	}
	return true;
}

/* ---- weights (matching.md N5 made integers) ---- */

static int32_t
clamp(int64_t v, int64_t lo, int64_t hi)
{
	return (int32_t)(v < lo ? lo : v > hi ? hi : v);
}

int32_t
mn_freq_weight(const struct mn_analyst *s, const struct mn_token *t)
{
	int32_t idf = mn_freq_idf(&s->freq, t->id);
	switch (t->cls) {
	case MN_W_BRAND:
		if (t->n == 1)
			return (int32_t)MN_Q16(.25);
		return idf > MN_Q16(.30) ? idf : (int32_t)MN_Q16(.30);
	case MN_W_INDUSTRY:
	case MN_W_GENERIC:
		return clamp(mn_fx_mul(idf, MN_Q16(.45)), MN_Q16(.12), MN_Q16(.35));
	case MN_W_PLACE:
		return clamp(mn_fx_mul(idf, MN_Q16(.60)), MN_Q16(.15), MN_Q16(.45));
	case MN_W_NUMBER:
		return (int32_t)MN_Q16(.35);
	default:
		return 0;
	}
}

void
mn_name_weigh(const struct mn_analyst *s, struct mn_name *n)
{
	for (uint32_t i = 0; i < n->n; i++)
		n->tok[i].w_q16 = mn_freq_weight(s, &n->tok[i]);
}

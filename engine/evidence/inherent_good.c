/*
 * The channel good: what is made, and where. A good is recognised by its HS code and by
 * its name in several languages, and scored where it is made: the country of origin, or
 * of a facility, which makes it, its own. Where the seller is registered says nothing.
 */
#include "inherent_impl.h"

/* Goods that a text or code names, by name: a good's other names and codes hold for every
 * country it is listed for. A text names few. */
enum { MOST_NAMED = 24 };
struct named {
	struct mn_str good[MOST_NAMED];
	uint32_t n;
};

static bool
is_named(const struct named *x, struct mn_str good)
{
	for (uint32_t i = 0; i < x->n; i++)
		if (mn_str_eq(x->good[i], good))
			return true;
	return false;
}

static void
name(struct named *x, struct mn_str good)
{
	if (x->n < MOST_NAMED && !is_named(x, good))
		x->good[x->n++] = good;
}

static bool
begins_with(struct mn_str hs, const struct mn_strs *codes)
{
	for (uint32_t k = 0; k < codes->n; k++)
		if (mn_str_starts(hs, codes->v[k]))
			return true;
	return false;
}

static void
find_names(const struct mn_pack *p, struct mn_str text, struct mn_str hs, struct named *x)
{
	for (uint32_t i = 0; hs.n && i < p->n_good_code; i++)
		if (begins_with(hs, &p->good_code[i].hs))
			name(x, p->good_code[i].good);
	for (uint32_t i = 0; text.n && i < p->n_good_word; i++)
		if (mn_has_any(text, &p->good_word[i].words))
			name(x, p->good_word[i].good);
}

/* "5201.00", "5201 00" and "520100" are one code. */
static struct mn_str
hs_digits(struct mn_inherent_of *c)
{
	struct mn_str hs = c->rec->v[MN_F_HS];
	char *out = MN_NEW(c->a, char, hs.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < hs.n; i++)
		if (hs.p[i] >= '0' && hs.p[i] <= '9')
			out[n++] = hs.p[i];
	/* Spreadsheets drop the nought of chapters 1 to 9; whole codes have 4, 6, 8 or
	 * 10 digits. */
	if (n % 2 == 1) {
		memmove(out + 1, out, n);
		out[0] = '0';
		n++;
	}
	return mn_str(out, n);
}

/* Rows of the goods table: of this good made here, and of this good at all; -1 none. */
static void
find_good(
    struct mn_inherent_of *c, struct mn_str origin, struct mn_str hs, int32_t row[2])
{
	struct mn_str text = mn_inherent_folded(c, MN_F_PRODUCT);
	struct named named = {.n = 0};
	row[0] = row[1] = -1;
	find_names(c->p, text, hs, &named);
	for (uint32_t i = 0; i < c->p->n_good; i++) {
		const struct mn_p_good *g = &c->p->good[i];
		if (!is_named(&named, g->good) && !mn_has_words(text, g->good) &&
		    !mn_has_any(text, &g->words))
			continue;
		row[1] = row[1] < 0 ? (int32_t)i : row[1];
		if (mn_str_eq(g->country, origin) &&
		    (row[0] < 0 || g->value_q16 > c->p->good[row[0]].value_q16))
			row[0] = (int32_t)i;
	}
}

static void
rows_of(struct mn_inherent_of *c, struct mn_str origin, int32_t row[2])
{
	bool known;
	struct mn_str hs = hs_digits(c);
	struct mn_str text =
	    mn_arena_fmt(c->a, "%.*s|%.*s", MN_FMT(c->rec->v[MN_F_PRODUCT]), MN_FMT(hs));
	struct mn_memo_slot *slot = mn_inherent_remember(c, 'g', origin, text, &known);
	if (known) {
		memcpy(row, slot->row, sizeof slot->row);
		return;
	}
	find_good(c, origin, hs, row);
	if (slot)
		memcpy(slot->row, row, sizeof slot->row);
}

/* Where the good is made, and the column that says so. */
static struct mn_str
made_in(const struct mn_inherent_of *c)
{
	struct mn_str origin = c->rec->v[MN_F_ORIGIN_COUNTRY];
	return origin.n == 0 && c->out->role == MN_ROLE_FACILITY ? c->rec->v[MN_F_COUNTRY]
								 : origin;
}

/* A product that the lists know from other countries only has the channel's low value;
 * one that they do not know at all stays unknown. */
void
mn_inherent_good(struct mn_inherent_of *c)
{
	struct mn_str origin = made_in(c);
	bool described = c->rec->v[MN_F_PRODUCT].n > 0;
	enum mn_field f = described ? MN_F_PRODUCT : MN_F_HS;
	int32_t row[2];
	if (origin.n == 0 || c->rec->v[f].n == 0)
		return;
	rows_of(c, origin, row);
	if (row[0] >= 0) {
		const struct mn_p_good *g = &c->p->good[row[0]];
		mn_channel_set(c, MN_CH_GOOD, g->value_q16, f,
		    mn_arena_fmt(
			c->a, "goods/%.*s:%.*s", MN_FMT(g->country), MN_FMT(g->good)));
		mn_channel_whole(c, MN_CH_GOOD, g->prov.pack);
	} else if (row[1] >= 0) {
		const struct mn_p_good *g = &c->p->good[row[1]];
		mn_channel_set(c, MN_CH_GOOD, c->p->channel[MN_CH_GOOD].lo_q16, f,
		    mn_arena_fmt(c->a, "goods/%.*s (not listed for this country)",
			MN_FMT(g->good)));
		mn_channel_whole(c, MN_CH_GOOD, g->prov.pack);
	}
}

/* Features of an aligned pair, Q16 (matching.md section 4). One pass over each side. */
#include "manumit/base/fx.h"

#include "similar.h"
#include "skeleton.h"

#define Q(x) ((int32_t)MN_Q16(x))
#define CORE_BYTES 256

static const struct {
	const char *name, *words;
	int sign;
} FEATURE[MN_FT_COUNT] = {
#define MN_X(id, name, sign, words) {name, words, sign},
    MN_FEATURES(MN_X)
#undef MN_X
};

const char *
mn_feature_name(unsigned f)
{
	return f < MN_FT_COUNT ? FEATURE[f].name : "?";
}

const char *
mn_feature_words(unsigned f)
{
	return f < MN_FT_COUNT ? FEATURE[f].words : "?";
}

int
mn_feature_sign(unsigned f)
{
	return f < MN_FT_COUNT ? FEATURE[f].sign : 0;
}

/* What one side contributes. */
struct side {
	int64_t w, s;     /* weight; weight that agrees */
	int64_t ub, ug;   /* brand and industry weight left over */
	int64_t own;      /* of the most telling brand word left over */
	uint32_t brands;  /* brand tokens */
	int first_brand;  /* its index, -1: none */
	uint32_t numbers; /* number tokens */
	uint32_t places;  /* places that are not the country of either record */
	uint32_t industries;
	char core[CORE_BYTES]; /* brand words joined; all words when there are none */
	uint32_t n_core;
	uint8_t skel[64];
	uint32_t n_skel;
};

static bool
is_generic(uint8_t cls)
{
	return cls == MN_W_INDUSTRY || cls == MN_W_GENERIC;
}

/* The name of a record's own country in a name says nothing about the site. */
static bool
own_country(const struct mn_lexicon *x, uint32_t row, const struct mn_party *p)
{
	const struct mn_lex_row *r = &x->row[row];
	return r->nation && p->country[0] && memcmp(r->country, p->country, 2) == 0;
}

static bool
counts_as_place(const struct mn_lexicon *x, const struct mn_token *t,
    const struct mn_party *a, const struct mn_party *b)
{
	return t->cls == MN_W_PLACE && !own_country(x, t->row, a) &&
	       !own_country(x, t->row, b);
}

static void
add_core(struct side *s, const struct mn_token *t)
{
	if (s->n_core + t->n > CORE_BYTES)
		return;
	memcpy(s->core + s->n_core, t->text, t->n);
	s->n_core += t->n;
	for (uint32_t k = 0; k < t->n_skel && s->n_skel < countof(s->skel); k++)
		s->skel[s->n_skel++] = t->skel[k];
}

/* ---- parts ---- */

static int64_t
ratio(int64_t part, int64_t whole)
{
	return whole > 0 ? mn_fx_div(part, whole) : 0;
}

static int64_t
greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void
add_token(struct side *s, const struct mn_token *t, int32_t sim)
{
	s->w += t->w_q16;
	s->s += mn_fx_mul(sim, t->w_q16);
	if (sim == 0 && t->cls == MN_W_BRAND) {
		s->ub += t->w_q16;
		s->own = greater(s->own, t->w_q16);
	}
	if (sim == 0 && is_generic(t->cls))
		s->ug += t->w_q16;
	s->numbers += t->cls == MN_W_NUMBER;
	s->industries += t->cls == MN_W_INDUSTRY;
}

static void
read_side(const struct mn_lexicon *x, const struct mn_party *p, const struct mn_party *q,
    const struct mn_align *al, const int8_t *of, struct side *s)
{
	s->w = s->s = s->ub = s->ug = s->own = 0;
	s->brands = s->numbers = s->places = s->industries = s->n_core = s->n_skel = 0;
	s->first_brand = -1;
	for (uint32_t i = 0; i < p->name->n; i++) {
		const struct mn_token *t = &p->name->tok[i];
		add_token(s, t, of[i] < 0 ? 0 : al->link[of[i]].sim_q16);
		s->places += counts_as_place(x, t, p, q);
		if (t->cls != MN_W_BRAND)
			continue;
		s->brands++;
		if (s->first_brand < 0)
			s->first_brand = (int)i;
		add_core(s, t);
	}
	for (uint32_t i = 0; s->brands == 0 && i < p->name->n; i++)
		if (p->name->tok[i].w_q16 > 0)
			add_core(s, &p->name->tok[i]);
}

/* Links: evidence, brand agreement, order, initials, scripts. Returns the weight of the
 * most telling brand words that agree. */
static int64_t
link_features(const struct mn_party *a, const struct mn_party *b,
    const struct mn_align *al, int32_t *f)
{
	int64_t evid = 0, sum = 0, weight = 0, cross = 0, best = 0;
	int last = -1;
	bool inverted = false;
	for (uint32_t i = 0; i < al->n; i++) {
		const struct mn_link *l = &al->link[i];
		bool brand = a->name->tok[l->left].cls == MN_W_BRAND ||
			     b->name->tok[l->right].cls == MN_W_BRAND;
		int64_t s = l->sim_q16;
		evid += brand ? mn_fx_mul(mn_fx_mul(s, s), l->w_q16)
			      : mn_fx_mul(s, l->w_q16) / 2;
		if (l->kind == MN_LINK_INITIALS)
			f[MN_FT_INITIAL] = Q(1);
		if (!brand)
			continue;
		sum += mn_fx_mul(s, l->w_q16);
		weight += l->w_q16;
		best = greater(best, mn_fx_mul(s, l->w_q16));
		if (l->kind == MN_LINK_CROSS_SCRIPT)
			cross += l->w_q16;
	}
	/* In the order of the left name the right words should ascend. */
	for (uint32_t i = 0; i < a->name->n; i++) {
		if (al->of_left[i] < 0 || a->name->tok[i].cls != MN_W_BRAND)
			continue;
		int right = al->link[al->of_left[i]].right;
		inverted = inverted || right < last;
		last = right;
	}
	f[MN_FT_EVID] = (int32_t)lesser(evid, 2 * Q(1));
	f[MN_FT_BRANDSIM] = (int32_t)ratio(sum, weight);
	f[MN_FT_CROSS] = (int32_t)ratio(cross, weight);
	f[MN_FT_INV] = inverted ? Q(1) : 0;
	return best;
}

static bool
shares(const struct mn_name *a, const struct mn_name *b, uint8_t cls)
{
	for (uint32_t i = 0; i < a->n; i++)
		for (uint32_t j = 0; j < b->n; j++)
			if (a->tok[i].cls == cls && a->tok[i].id == b->tok[j].id)
				return true;
	return false;
}

/* Every number of a is one of b's. */
static bool
numbers_within(const struct mn_name *a, const struct mn_name *b)
{
	for (uint32_t i = 0; i < a->n; i++) {
		bool found = a->tok[i].cls != MN_W_NUMBER;
		for (uint32_t j = 0; j < b->n && !found; j++)
			found =
			    b->tok[j].cls == MN_W_NUMBER && b->tok[j].id == a->tok[i].id;
		if (!found)
			return false;
	}
	return true;
}

static bool
holds(const struct mn_lexicon *x, uint32_t outer, uint32_t inner)
{
	for (int depth = 0; inner && depth < 8; depth++) {
		if (inner == outer)
			return true;
		inner = x->row[inner].parent;
	}
	return false;
}

/* Two places that may be one: the same, one inside the other, or a country and what lies
 * in it. */
static bool
compatible(const struct mn_lexicon *x, uint32_t p, uint32_t q)
{
	const struct mn_lex_row *a = &x->row[p], *b = &x->row[q];
	bool country = a->nation || b->nation;
	return holds(x, p, q) || holds(x, q, p) ||
	       (country && a->country[0] && memcmp(a->country, b->country, 2) == 0);
}

static bool
places_meet(const struct mn_lexicon *x, const struct mn_party *a,
    const struct mn_party *b, const struct mn_align *al)
{
	for (uint32_t i = 0; i < a->name->n; i++) {
		const struct mn_token *t = &a->name->tok[i];
		if (!counts_as_place(x, t, a, b))
			continue;
		if (al->of_left[i] >= 0)
			return true;
		for (uint32_t j = 0; j < b->name->n; j++) {
			const struct mn_token *u = &b->name->tok[j];
			if (counts_as_place(x, u, a, b) &&
			    (al->of_right[j] >= 0 || compatible(x, t->row, u->row)))
				return true;
		}
	}
	return false;
}

/* ---- whole names ---- */

/* Dice of letter pairs; words of one script only. */
static int64_t
bigram_dice(const char *a, uint32_t na, const char *b, uint32_t nb)
{
	uint16_t seen[26 * 26] = {0};
	uint32_t both = 0, n = 0;
	for (uint32_t i = 0; i + 1 < na; i++) {
		unsigned p = (unsigned)(a[i] - 'a'), q = (unsigned)(a[i + 1] - 'a');
		n++;
		if (p < 26 && q < 26)
			seen[p * 26 + q]++;
	}
	for (uint32_t i = 0; i + 1 < nb; i++) {
		unsigned p = (unsigned)(b[i] - 'a'), q = (unsigned)(b[i + 1] - 'a');
		n++;
		if (p < 26 && q < 26 && seen[p * 26 + q]) {
			seen[p * 26 + q]--;
			both++;
		}
	}
	return n ? mn_fx_div(2 * (int64_t)both, n) : 0;
}

static int64_t
spelled_alike(const struct side *a, const struct side *b)
{
	uint32_t na = a->n_core, nb = b->n_core, longer = na > nb ? na : nb;
	if (longer == 0)
		return 0;
	int64_t dice = bigram_dice(a->core, na, b->core, nb), edit = 0;
	if (na <= MN_TOKEN_BYTES && nb <= MN_TOKEN_BYTES)
		edit = Q(1) - (int64_t)Q(1) *
				  mn_edit(mn_str(a->core, na), mn_str(b->core, nb)) /
				  longer;
	return greater(dice, edit);
}

static int64_t
sounds_alike(const struct side *a, const struct side *b)
{
	uint32_t na = a->n_skel < MN_SKELETON ? a->n_skel : MN_SKELETON;
	uint32_t nb = b->n_skel < MN_SKELETON ? b->n_skel : MN_SKELETON;
	uint32_t longer = na > nb ? na : nb;
	if (longer == 0)
		return 0;
	return Q(1) -
	       (int64_t)Q(1) * mn_skeleton_distance(a->skel, na, b->skel, nb) / longer;
}

/* ---- addresses ---- */

static uint32_t
common(const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
	uint32_t n = 0, i = 0, j = 0;
	while (i < na && j < nb) {
		if (a[i] == b[j])
			n++;
		if (a[i] <= b[j])
			i++;
		else
			j++;
	}
	/* Advancing both on equality is done by the next step: sets hold no repeats. */
	return n;
}

static void
address_features(
    const struct mn_address *a, const struct mn_address *b, int64_t dice, int32_t *f)
{
	if (!a || !b || a->n_word + a->n_number == 0 || b->n_word + b->n_number == 0)
		return;
	int64_t words = lesser(a->n_word, b->n_word);
	int64_t numbers = lesser(a->n_number, b->n_number);
	int64_t j = ratio(common(a->word, a->n_word, b->word, b->n_word), words);
	int64_t n =
	    ratio(common(a->number, a->n_number, b->number, b->n_number), numbers);
	/* Two firms in one building are not one firm: the names have a say. */
	int64_t scale = lesser(Q(1), mn_fx_mul(Q(1.6), dice));
	if (words > 0) {
		f[MN_FT_ADDR_POS] =
		    (int32_t)mn_fx_mul(greater(0, (j - Q(.4)) * 5 / 3), scale);
		f[MN_FT_ADDR_DIS] = j < Q(.3) ? Q(1) : 0;
	}
	f[MN_FT_ADDR_NUM] = (int32_t)mn_fx_mul(n, scale);
	f[MN_FT_ADDR_NUMDIS] = numbers > 0 && n == 0 ? Q(1) : 0;
}

static void
country_features(const struct mn_party *a, const struct mn_party *b, int32_t *f)
{
	if (!a->country[0] || !b->country[0])
		return;
	bool same = memcmp(a->country, b->country, 2) == 0;
	f[same ? MN_FT_CTRY_EQ : MN_FT_CTRY_DIS] = Q(1);
}

static bool
names_a_group(const struct mn_lexicon *x, const struct mn_name *n)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (n->tok[i].cls == MN_W_GENERIC && x->row[n->tok[i].row].group)
			return true;
	return false;
}

static void
conflict_features(const struct mn_lexicon *x, const struct mn_party *a,
    const struct mn_party *b, const struct mn_align *al, const struct side *l,
    const struct side *r, int32_t *f)
{
	bool numbers = l->numbers && r->numbers && !numbers_within(a->name, b->name) &&
		       !numbers_within(b->name, a->name);
	bool places = l->places && r->places && !places_meet(x, a, b, al);
	bool legal =
	    a->name->legal && b->name->legal && !(a->name->legal & b->name->legal);
	bool industry =
	    l->industries && r->industries && !shares(a->name, b->name, MN_W_INDUSTRY);
	f[MN_FT_GRPONE] =
	    names_a_group(x, a->name) != names_a_group(x, b->name) ? Q(1) : 0;
	f[MN_FT_NUMCONF] = numbers ? Q(1) : 0;
	f[MN_FT_NUMONE] = !l->numbers != !r->numbers ? Q(1) : 0;
	f[MN_FT_PLCONF] = places ? Q(1) : 0;
	f[MN_FT_PLONE] = !l->places != !r->places ? Q(1) : 0;
	f[MN_FT_LEGCONF] = legal ? Q(1) : 0;
	f[MN_FT_GENCONF] = industry ? Q(1) : 0;
	f[MN_FT_ALLGEN] = !l->brands || !r->brands ? Q(1) : 0;
	f[MN_FT_SHORT] = l->n_core <= 4 || r->n_core <= 4 ? Q(1) : 0;
}

static void
product(int32_t *f, enum mn_feature to, enum mn_feature a, enum mn_feature b)
{
	f[to] = (int32_t)mn_fx_mul(f[a], f[b]);
}

void
mn_features(const struct mn_lexicon *x, const struct mn_party *a,
    const struct mn_party *b, const struct mn_align *al, int32_t f[MN_FT_COUNT])
{
	struct side l, r;
	memset(f, 0, MN_FT_COUNT * sizeof f[0]);
	read_side(x, a, b, al, al->of_left, &l);
	read_side(x, b, a, al, al->of_right, &r);
	if (l.w == 0 || r.w == 0)
		return;
	int64_t dice = ratio(l.s + r.s, l.w + r.w);
	int64_t cover_l = ratio(l.s, l.w), cover_r = ratio(r.s, r.w);
	f[MN_FT_DICE] = (int32_t)dice;
	f[MN_FT_COVER] = (int32_t)greater(cover_l, cover_r);
	f[MN_FT_STRICT] = dice > Q(.985) ? Q(1) : 0;
	f[MN_FT_UB_MIN] = (int32_t)lesser(l.ub, r.ub);
	f[MN_FT_UB_MAX] = (int32_t)greater(l.ub, r.ub);
	f[MN_FT_UG_MIN] = (int32_t)lesser(l.ug, r.ug);
	f[MN_FT_UG_MAX] = (int32_t)greater(l.ug, r.ug);
	f[MN_FT_GENDIFF] = l.ug && r.ug ? Q(1) : 0;
	f[MN_FT_ONESIDED] = (cover_l > Q(.985)) != (cover_r > Q(.985)) ? Q(1) : 0;
	int64_t best = link_features(a, b, al, f), own = lesser(l.own, r.own);
	f[MN_FT_OWN] = own > 0 && own >= best ? (int32_t)own : 0;
	if (l.first_brand >= 0 && r.first_brand >= 0) {
		int8_t to = al->of_left[l.first_brand];
		if (to >= 0 && to == al->of_right[r.first_brand])
			f[MN_FT_FIRSTB] = al->link[to].sim_q16;
	}
	f[MN_FT_SKEL] = (int32_t)sounds_alike(&l, &r);
	f[MN_FT_NGRAM] = (int32_t)spelled_alike(&l, &r);
	conflict_features(x, a, b, al, &l, &r, f);
	country_features(a, b, f);
	address_features(a->address, b->address, dice, f);
	product(f, MN_FT_DICE2, MN_FT_DICE, MN_FT_DICE);
	product(f, MN_FT_DICE_EVID, MN_FT_DICE, MN_FT_EVID);
	product(f, MN_FT_DICE_NUMCONF, MN_FT_DICE, MN_FT_NUMCONF);
	product(f, MN_FT_DICE_NUMONE, MN_FT_DICE, MN_FT_NUMONE);
	product(f, MN_FT_DICE_PLCONF, MN_FT_DICE, MN_FT_PLCONF);
	product(f, MN_FT_DICE_UB_MIN, MN_FT_DICE, MN_FT_UB_MIN);
	product(f, MN_FT_STRICT_CTRY, MN_FT_STRICT, MN_FT_CTRY_DIS);
	product(f, MN_FT_FIRSTB_GEN, MN_FT_FIRSTB, MN_FT_GENCONF);
	product(f, MN_FT_ALLGEN_DICE, MN_FT_ALLGEN, MN_FT_DICE);
}

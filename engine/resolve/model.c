/* The probability of a pair, and the rules above it. */
#include "manumit/base/file.h"
#include "manumit/base/fx.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

#include "similar.h"

#define Q(x) ((int32_t)MN_Q16(x))
#define LOG2E Q(1.4426950408889634)

/* ---- the weights ---- */

static int
feature_index(struct mn_str name)
{
	struct mn_str names[MN_FT_COUNT];
	for (unsigned i = 0; i < MN_FT_COUNT; i++) {
		names[i] = mn_str_c(mn_feature_name(i));
		if (mn_str_eq(names[i], name))
			return (int)i;
	}
	return -1;
}

/* Weights and features of up to 2 stay far inside 32 bits. */
#define WEIGHT_MOST (64 * (int64_t)MN_FX_ONE)

static bool
read_weight(struct mn_model *m, struct mn_str name, const struct mn_json *v,
    const char *path, struct mn_err *err)
{
	int64_t w;
	int f = feature_index(name);
	if (f < 0)
		return mn_fail(err, MN_E_PACK_KEY, "%s: weights: \"%.*s\" is no feature",
		    path, MN_FMT(name));
	if (!mn_json_q16(v, &w) || w > WEIGHT_MOST || w < -WEIGHT_MOST)
		return mn_fail(err, MN_E_PACK_TYPE,
		    "%s: weights: \"%.*s\": a number from -64 to 64", path, MN_FMT(name));
	if (w * mn_feature_sign((unsigned)f) < 0)
		return mn_fail(err, MN_E_PACK_RANGE,
		    "%s: weights: \"%.*s\" has the wrong sign: more agreement would "
		    "lower "
		    "P",
		    path, MN_FMT(name));
	m->w_q16[f] = (int32_t)w;
	return true;
}

static bool
read_model(
    const struct mn_json *root, const char *path, struct mn_model *m, struct mn_err *err)
{
	const struct mn_json *weights = mn_json_get(root, "weights"), *v;
	struct mn_str name;
	int64_t bias;
	if (!mn_json_q16(mn_json_get(root, "bias"), &bias) || bias > WEIGHT_MOST ||
	    bias < -WEIGHT_MOST || mn_json_type(weights) != MN_JSON_MAP)
		return mn_fail(err, MN_E_PACK_MISSING,
		    "%s: wanted \"bias\": a number from -64 to 64 and \"weights\": a map",
		    path);
	m->bias_q16 = (int32_t)bias;
	for (size_t i = 0; (v = mn_json_member(weights, i, &name)); i++)
		if (!read_weight(m, name, v, path, err))
			return false;
	return true;
}

bool
mn_model_load(
    struct mn_arena *a, const char *path, struct mn_model *out, struct mn_err *err)
{
	struct mn_str text;
	*out = (struct mn_model){0};
	if (!mn_file_read(a, path, MN_MAX_PACK, &text, err))
		return false;
	struct mn_json *root = mn_json_parse(text, path, err);
	bool good = root && read_model(root, path, out, err);
	mn_json_free(root);
	return good;
}

/* ---- probability ---- */

/* What a difference of countries may take off at most: lists often name the country of
 * an office, not of registration. */
#define COUNTRY_LEAST (-4 * (int64_t)MN_FX_ONE)

int64_t
mn_model_z(const struct mn_model *m, const int32_t f[MN_FT_COUNT])
{
	int64_t z = m->bias_q16, country = 0;
	for (unsigned i = 0; i < MN_FT_COUNT; i++) {
		int64_t part = mn_fx_mul(m->w_q16[i], f[i]);
		if (i == MN_FT_CTRY_DIS || i == MN_FT_STRICT_CTRY)
			country += part;
		else
			z += part;
	}
	return z + (country < COUNTRY_LEAST ? COUNTRY_LEAST : country);
}

int32_t
mn_logistic(int64_t z)
{
	int64_t size = z < 0 ? -z : z;
	int64_t e = mn_fx_exp2n(mn_fx_mul(size, LOG2E)); /* e^-|z| */
	int64_t low = mn_fx_div(e, Q(1) + e);
	return (int32_t)(z < 0 ? low : Q(1) - low);
}

enum mn_match_band
mn_match_band(int32_t p)
{
	if (p >= Q(.85))
		return MN_BAND_STRONG;
	if (p >= Q(.50))
		return MN_BAND_PROBABLE;
	return p >= Q(.30) ? MN_BAND_POSSIBLE : MN_BAND_NONE;
}

const char *
mn_match_band_name(unsigned b)
{
	static const char *const NAME[] = {"-", "possible", "probable", "strong"};
	return b < countof(NAME) ? NAME[b] : "?";
}

/* ---- rules ---- */

static const char *const RULE_WORDS[MN_RULE_COUNT] = {
#define MN_X(id, words) words,
    MN_MATCH_RULES(MN_X)
#undef MN_X
};

const char *
mn_match_rule_words(unsigned r)
{
	return r < MN_RULE_COUNT ? RULE_WORDS[r] : "?";
}

/* A cap keeps the order of what it presses down: the last .02 below it stand for the
 * rest. */
static void
cap(struct mn_verdict *v, enum mn_match_rule rule, int32_t at)
{
	int32_t base = at - Q(.02);
	if (v->p_q16 <= base)
		return;
	v->p_q16 = base + (int32_t)((int64_t)(v->p_q16 - base) * Q(.02) / (Q(1) - base));
	v->rules |= 1u << rule;
}

/* The one brand word of a name, or NULL when there are more or none. */
static const struct mn_token *
only_brand(const struct mn_name *n)
{
	const struct mn_token *one = NULL;
	for (uint32_t i = 0; i < n->n; i++) {
		if (n->tok[i].cls != MN_W_BRAND)
			continue;
		if (one)
			return NULL;
		one = &n->tok[i];
	}
	return one;
}

#define SHORT_BRAND 5
#define COMMON_DF 50

static bool
rests_on_common_brand(
    const struct mn_analyst *s, const struct mn_name *a, const struct mn_name *b)
{
	const struct mn_token *x = only_brand(a), *y = only_brand(b);
	const struct mn_token *t = x && (!y || x->n <= y->n) ? x : y;
	return t && (t->n < SHORT_BRAND || mn_freq_df(s, t->id) > COMMON_DF);
}

static bool
support(const int32_t *f)
{
	return f[MN_FT_CTRY_EQ] || f[MN_FT_ADDR_POS] || f[MN_FT_ADDR_NUM];
}

static void
apply_rules(const struct mn_analyst *s, const struct mn_party *a,
    const struct mn_party *b, struct mn_verdict *v)
{
	const int32_t *f = v->f_q16;
	if (f[MN_FT_DICE] == 0) {
		/* What sounds alike keeps its order, far below any band. */
		bool alike = f[MN_FT_SKEL] || f[MN_FT_NGRAM];
		v->p_q16 = alike ? v->p_q16 / 24 : 0;
		v->rules |= 1u << MN_RULE_NOTHING;
		return;
	}
	if (f[MN_FT_NUMCONF])
		cap(v, MN_RULE_UNIT, Q(.45));
	if (f[MN_FT_PLCONF])
		cap(v, MN_RULE_PLACE, Q(.49));
	if (f[MN_FT_ALLGEN] && !(f[MN_FT_CTRY_EQ] && f[MN_FT_STRICT]))
		cap(v, MN_RULE_GENERIC, Q(.40));
	if (!support(f) && !f[MN_FT_ALLGEN] && !f[MN_FT_STRICT] &&
	    rests_on_common_brand(s, a->name, b->name))
		cap(v, MN_RULE_COMMON, Q(.60));
	/* A place or a trade in common, and a name of its own on either side. */
	if (f[MN_FT_BRANDSIM] == 0 && f[MN_FT_UB_MAX] > 0)
		cap(v, MN_RULE_GENERIC, Q(.29));
	if (f[MN_FT_OWN])
		cap(v, MN_RULE_OWN, Q(.30));
	if (f[MN_FT_GRPONE] && v->p_q16 >= Q(.30)) {
		v->rules |= 1u << MN_RULE_GROUP;
		cap(v, MN_RULE_GROUP, Q(.70));
	}
	if (f[MN_FT_STRICT_CTRY])
		v->rules |= 1u << MN_RULE_COUNTRY;
}

void
mn_party_country(struct mn_party *p, struct mn_str country)
{
	memset(p->country, 0, sizeof p->country);
	if (country.n != 2)
		return;
	for (size_t i = 0; i < 2; i++)
		p->country[i] = (char)(country.p[i] | 0x20);
}

/* A total order of names, so that a pair is always compared the same way round. */
static int
by_tokens(const struct mn_name *a, const struct mn_name *b)
{
	for (uint32_t i = 0; i < a->n && i < b->n; i++) {
		int c = mn_str_cmp(mn_token_text(&a->tok[i]), mn_token_text(&b->tok[i]));
		if (c)
			return c;
		if (a->tok[i].id != b->tok[i].id)
			return a->tok[i].id < b->tok[i].id ? -1 : 1;
	}
	return (a->n > b->n) - (a->n < b->n);
}

static void
swap_sides(struct mn_align *al)
{
	for (uint32_t i = 0; i < al->n; i++) {
		struct mn_link *l = &al->link[i], t = *l;
		l->left = t.right;
		l->n_left = t.n_right;
		l->right = t.left;
		l->n_right = t.n_left;
	}
	for (uint32_t i = 0; i < MN_NAME_TOKENS; i++) {
		int8_t t = al->of_left[i];
		al->of_left[i] = al->of_right[i];
		al->of_right[i] = t;
	}
}

void
mn_pair_compare(const struct mn_analyst *s, const struct mn_model *m,
    const struct mn_party *a, const struct mn_party *b, struct mn_verdict *out)
{
	bool swapped = by_tokens(a->name, b->name) > 0;
	const struct mn_party *l = swapped ? b : a, *r = swapped ? a : b;
	out->rules = 0;
	mn_align(l->name, r->name, &out->align);
	mn_features(mn_analyst_lexicon(s), l, r, &out->align, out->f_q16);
	out->z_q16 = mn_model_z(m, out->f_q16);
	out->p_q16 = mn_logistic(out->z_q16);
	apply_rules(s, l, r, out);
	if (swapped)
		swap_sides(&out->align);
}

void
mn_pair_best(const struct mn_analyst *s, const struct mn_model *m, struct mn_party *a,
    const struct mn_names *na, struct mn_party *b, const struct mn_names *nb,
    struct mn_verdict *out)
{
	const struct mn_name *best_a = NULL, *best_b = NULL;
	struct mn_verdict v;
	for (uint32_t i = 0; i < na->n; i++)
		for (uint32_t j = 0; j < nb->n; j++) {
			a->name = &na->name[i];
			b->name = &nb->name[j];
			mn_pair_compare(s, m, a, b, best_a ? &v : out);
			if (best_a &&
			    (v.p_q16 < out->p_q16 ||
				(v.p_q16 == out->p_q16 && v.z_q16 <= out->z_q16)))
				continue;
			if (best_a)
				*out = v;
			best_a = a->name;
			best_b = b->name;
		}
	a->name = best_a;
	b->name = best_b;
}

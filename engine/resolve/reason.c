/* Reasons of a verdict, as text and as JSON, from one walk over the same struct. */
#include "manumit/base/fx.h"
#include "manumit/resolve/reason.h"

#include "similar.h"

static void
words(const struct mn_name *n, uint32_t from, uint32_t count, struct mn_buf *out)
{
	for (uint32_t i = from; i < from + count; i++) {
		if (i > from)
			mn_buf_byte(out, ' ');
		mn_buf_add(out, mn_token_text(&n->tok[i]));
	}
}

/* Links stand in the order of the left name, whatever order they were taken in. */
static uint32_t
ordered_links(const struct mn_align *al, uint8_t order[MN_NAME_TOKENS])
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < MN_NAME_TOKENS && n < al->n; i++)
		for (uint32_t k = 0; k < al->n; k++)
			if (al->link[k].left == i && al->link[k].n_left)
				order[n++] = (uint8_t)k;
	return n;
}

/* Words that carry weight and found nothing on the other side. */
static bool
is_left_over(const struct mn_name *n, const int8_t *of, uint32_t i)
{
	return of[i] < 0 && n->tok[i].w_q16 > 0;
}

/* Parts of the line are parted; what stands before `from` is the caller's. */
static void
part(struct mn_buf *out, size_t from)
{
	if (out->n > from)
		mn_buf_add(out, MN_S("; "));
}

static void
left_over(const struct mn_name *n, const int8_t *of, const char *side, size_t from,
    struct mn_buf *out)
{
	bool any = false;
	for (uint32_t i = 0; i < n->n; i++) {
		if (!is_left_over(n, of, i))
			continue;
		if (!any) {
			part(out, from);
			mn_buf_fmt(out, "only %s:", side);
		}
		mn_buf_fmt(out, " %.*s", MN_FMT(mn_token_text(&n->tok[i])));
		any = true;
	}
}

static void
agreeing(const struct mn_party *a, const struct mn_party *b, const struct mn_verdict *v,
    struct mn_buf *out)
{
	uint8_t order[MN_NAME_TOKENS];
	uint32_t n = ordered_links(&v->align, order);
	for (uint32_t k = 0; k < n; k++) {
		const struct mn_link *l = &v->align.link[order[k]];
		mn_buf_add(out, k ? MN_S(", ") : MN_STR_NONE);
		words(a->name, l->left, l->n_left, out);
		if (l->kind == MN_LINK_EXACT)
			continue;
		mn_buf_byte(out, '=');
		words(b->name, l->right, l->n_right, out);
		mn_buf_fmt(out, " (%s)", mn_link_kind_name(l->kind));
	}
}

void
mn_reason_short(const struct mn_party *a, const struct mn_party *b,
    const struct mn_verdict *v, struct mn_buf *out)
{
	size_t from = out->n;
	for (unsigned r = 0; r < MN_RULE_COUNT; r++) {
		if (!(v->rules >> r & 1))
			continue;
		part(out, from);
		mn_buf_fmt(out, "%s", mn_match_rule_words(r));
	}
	if (v->align.n) {
		part(out, from);
		agreeing(a, b, v, out);
	}
	left_over(a->name, v->align.of_left, "left", from, out);
	left_over(b->name, v->align.of_right, "right", from, out);
}

/* What the limit on countries gives back, so that the parts add up to the sum. */
static int64_t
country_limit(const struct mn_model *m, const struct mn_verdict *v)
{
	int64_t sum = m->bias_q16;
	for (unsigned f = 0; f < MN_FT_COUNT; f++)
		sum += mn_fx_mul(m->w_q16[f], v->f_q16[f]);
	return v->z_q16 - sum;
}

/* ---- text ---- */

static void
decimal(int64_t q16, struct mn_buf *out)
{
	char text[32];
	mn_fx_print(q16, 3, text);
	mn_buf_fmt(out, "%s", text);
}

static void
text_links(const struct mn_party *a, const struct mn_party *b, const struct mn_verdict *v,
    struct mn_buf *out)
{
	uint8_t order[MN_NAME_TOKENS];
	uint32_t n = ordered_links(&v->align, order);
	for (uint32_t k = 0; k < n; k++) {
		const struct mn_link *l = &v->align.link[order[k]];
		mn_buf_add(out, MN_S("  agrees    "));
		words(a->name, l->left, l->n_left, out);
		mn_buf_add(out, MN_S(" = "));
		words(b->name, l->right, l->n_right, out);
		mn_buf_fmt(out, "   %s, %s, similarity ", mn_link_kind_name(l->kind),
		    mn_word_class_name(a->name->tok[l->left].cls));
		decimal(l->sim_q16, out);
		mn_buf_add(out, MN_S(", weight "));
		decimal(l->w_q16, out);
		mn_buf_byte(out, '\n');
	}
}

static void
text_left_over(
    const struct mn_name *n, const int8_t *of, const char *side, struct mn_buf *out)
{
	for (uint32_t i = 0; i < n->n; i++) {
		if (!is_left_over(n, of, i))
			continue;
		mn_buf_fmt(out, "  left over %.*s   %s, %s, weight ",
		    MN_FMT(mn_token_text(&n->tok[i])), side,
		    mn_word_class_name(n->tok[i].cls));
		decimal(n->tok[i].w_q16, out);
		mn_buf_byte(out, '\n');
	}
}

static void
text_contributions(
    const struct mn_model *m, const struct mn_verdict *v, struct mn_buf *out)
{
	mn_buf_add(out, MN_S("  z         "));
	decimal(m->bias_q16, out);
	mn_buf_add(out, MN_S(" to begin with\n"));
	for (unsigned f = 0; f < MN_FT_COUNT; f++) {
		int64_t part = mn_fx_mul(m->w_q16[f], v->f_q16[f]);
		if (part == 0)
			continue;
		mn_buf_add(out, part > 0 ? MN_S("           +") : MN_S("           "));
		decimal(part, out);
		mn_buf_fmt(out, " %s (%s ", mn_feature_words(f), mn_feature_name(f));
		decimal(v->f_q16[f], out);
		mn_buf_add(out, MN_S(" x "));
		decimal(m->w_q16[f], out);
		mn_buf_add(out, MN_S(")\n"));
	}
	int64_t limit = country_limit(m, v);
	if (limit) {
		mn_buf_add(out, MN_S("           +"));
		decimal(limit, out);
		mn_buf_add(out, MN_S(" countries count no more than -4 in all\n"));
	}
	mn_buf_add(out, MN_S("  sum       "));
	decimal(v->z_q16, out);
	mn_buf_byte(out, '\n');
}

void
mn_reason_text(const struct mn_model *m, const struct mn_party *a,
    const struct mn_party *b, const struct mn_verdict *v, struct mn_buf *out)
{
	text_links(a, b, v, out);
	text_left_over(a->name, v->align.of_left, "only on the left", out);
	text_left_over(b->name, v->align.of_right, "only on the right", out);
	text_contributions(m, v, out);
	for (unsigned r = 0; r < MN_RULE_COUNT; r++)
		if (v->rules >> r & 1)
			mn_buf_fmt(out, "  rule      %s\n", mn_match_rule_words(r));
	mn_buf_add(out, MN_S("  P         "));
	decimal(v->p_q16, out);
	/* Where a match is screened, what identifies the company has a say too. */
	mn_buf_fmt(out, ", %s by itself\n", mn_match_band_name(mn_match_band(v->p_q16)));
}

/* ---- JSON ---- */

static void
json_words(struct mn_jsonw *w, const char *key, const struct mn_name *n, uint32_t from,
    uint32_t count)
{
	char room[4 * (MN_TOKEN_BYTES + 1)];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	words(n, from, count, &b);
	mn_jsonw_str(w, key, mn_buf_str(&b));
}

static void
json_links(struct mn_jsonw *w, const struct mn_party *a, const struct mn_party *b,
    const struct mn_verdict *v)
{
	uint8_t order[MN_NAME_TOKENS];
	uint32_t n = ordered_links(&v->align, order);
	mn_jsonw_list(w, "tokens");
	for (uint32_t k = 0; k < n; k++) {
		const struct mn_link *l = &v->align.link[order[k]];
		mn_jsonw_map(w, NULL);
		json_words(w, "left", a->name, l->left, l->n_left);
		json_words(w, "right", b->name, l->right, l->n_right);
		mn_jsonw_c(w, "kind", mn_link_kind_name(l->kind));
		mn_jsonw_c(w, "class", mn_word_class_name(a->name->tok[l->left].cls));
		mn_jsonw_q16(w, "similarity", l->sim_q16, 4);
		mn_jsonw_q16(w, "weight", l->w_q16, 4);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static void
json_left_over(
    struct mn_jsonw *w, const struct mn_name *n, const int8_t *of, const char *side)
{
	for (uint32_t i = 0; i < n->n; i++) {
		if (!is_left_over(n, of, i))
			continue;
		mn_jsonw_map(w, NULL);
		mn_jsonw_c(w, "side", side);
		mn_jsonw_str(w, "token", mn_token_text(&n->tok[i]));
		mn_jsonw_c(w, "class", mn_word_class_name(n->tok[i].cls));
		mn_jsonw_q16(w, "weight", n->tok[i].w_q16, 4);
		mn_jsonw_end_map(w);
	}
}

static void
json_contributions(
    struct mn_jsonw *w, const struct mn_model *m, const struct mn_verdict *v)
{
	mn_jsonw_list(w, "contributions");
	for (unsigned f = 0; f < MN_FT_COUNT; f++) {
		int64_t part = mn_fx_mul(m->w_q16[f], v->f_q16[f]);
		if (part == 0)
			continue;
		mn_jsonw_map(w, NULL);
		mn_jsonw_c(w, "feature", mn_feature_name(f));
		mn_jsonw_q16(w, "value", v->f_q16[f], 4);
		mn_jsonw_q16(w, "weight", m->w_q16[f], 4);
		mn_jsonw_q16(w, "z", part, 4);
		mn_jsonw_end_map(w);
	}
	if (country_limit(m, v)) {
		mn_jsonw_map(w, NULL);
		mn_jsonw_c(w, "feature", "country_limit");
		mn_jsonw_q16(w, "z", country_limit(m, v), 4);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

void
mn_reason_json(const struct mn_model *m, const struct mn_party *a,
    const struct mn_party *b, const struct mn_verdict *v, struct mn_jsonw *w)
{
	mn_jsonw_q16(w, "probability", v->p_q16, 4);
	mn_jsonw_c(w, "band", mn_match_band_name(mn_match_band(v->p_q16)));
	json_links(w, a, b, v);
	mn_jsonw_list(w, "left_over");
	json_left_over(w, a->name, v->align.of_left, "left");
	json_left_over(w, b->name, v->align.of_right, "right");
	mn_jsonw_end_list(w);
	mn_jsonw_q16(w, "bias", m->bias_q16, 4);
	json_contributions(w, m, v);
	mn_jsonw_q16(w, "sum", v->z_q16, 4);
	mn_jsonw_list(w, "rules");
	for (unsigned r = 0; r < MN_RULE_COUNT; r++)
		if (v->rules >> r & 1)
			mn_jsonw_c(w, NULL, mn_match_rule_words(r));
	mn_jsonw_end_list(w);
}

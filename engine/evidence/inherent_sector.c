/*
 * The channel sector: codes of the classifications that lists carry, then words. A code
 * is read by the name of its scheme where the text has it ("NAICS 315210"), else by its
 * shape: eight digits are CPV, six NAICS, five UK SIC or NACE, up to four ISIC.
 */
#include "inherent_impl.h"

static bool
is_digit(struct mn_str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* A section letter alone, or a division number at the beginning, with or without its
 * section letter ("14", "1410", "C14"). */
static bool
is_isic(struct mn_str isic, struct mn_str text)
{
	if (isic.n == 1 && (unsigned char)isic.p[0] >= 'A')
		return text.n == 1 && (text.p[0] | 32) == (isic.p[0] | 32);
	if (text.n > 1 && !is_digit(text, 0) && is_digit(text, 1))
		text = mn_str_sub(text, 1, text.n);
	return is_digit(text, 0) && mn_str_starts(text, isic);
}

static const struct mn_p_sector *
by_isic(const struct mn_pack *p, struct mn_str text)
{
	for (uint32_t i = 0; i < p->n_sector; i++)
		for (uint32_t k = 0; k < p->sector[i].isic.n; k++)
			if (is_isic(p->sector[i].isic.v[k], text))
				return &p->sector[i];
	return NULL;
}

static const struct mn_p_sector *
by_code(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_sector; i++)
		if (mn_str_eq(p->sector[i].code, code))
			return &p->sector[i];
	return NULL;
}

/* The longest beginning of the code that the scheme has. */
static const struct mn_p_sector *
by_scheme(const struct mn_pack *p, struct mn_str scheme, struct mn_str digits)
{
	const struct mn_p_sector_code *best = NULL;
	size_t longest = 0;
	for (uint32_t i = 0; i < p->n_sector_code; i++) {
		const struct mn_p_sector_code *c = &p->sector_code[i];
		for (uint32_t k = 0; mn_str_eq(c->scheme, scheme) && k < c->codes.n; k++)
			if (c->codes.v[k].n > longest &&
			    mn_str_starts(digits, c->codes.v[k])) {
				best = c;
				longest = c->codes.v[k].n;
			}
	}
	return best ? by_code(p, best->sector) : NULL;
}

/* Words by which texts name a scheme; isic stands for what shares its divisions. "sic"
 * alone is read by its length: US codes have four digits, British ones five. */
static const struct {
	struct mn_str word, scheme;
	size_t digits; /* 0: any number */
} SCHEMES[] = {
    {MN_S("naics"), MN_S("naics"), 0},
    {MN_S("cpv"), MN_S("cpv"), 0},
    {MN_S("us sic"), MN_S("us_sic"), 0},
    {MN_S("uk sic"), MN_S("isic"), 0},
    {MN_S("isic"), MN_S("isic"), 0},
    {MN_S("nace"), MN_S("isic"), 0},
    {MN_S("cnae"), MN_S("isic"), 0},
    {MN_S("ciiu"), MN_S("isic"), 0},
    {MN_S("sic"), MN_S("us_sic"), 4},
    {MN_S("sic"), MN_S("isic"), 5},
};

/* The digits of the first code in a text, without points: "14.11" is 1411, and of CPV the
 * check digit is left out; `alone`: there is nothing else. */
static struct mn_str
digits_of(struct mn_inherent_of *c, struct mn_str text, bool *alone)
{
	size_t beg = 0, end;
	while (beg < text.n && !is_digit(text, beg))
		beg++;
	struct mn_buf b = mn_buf_new(64);
	for (end = beg; end < text.n && mn_buf_str(&b).n < 10; end++) {
		if (is_digit(text, end))
			mn_buf_byte(&b, text.p[end]);
		else if (text.p[end] != '.' || !is_digit(text, end + 1))
			break;
	}
	struct mn_str s = mn_arena_str(c->a, mn_buf_str(&b));
	mn_buf_free(&b);
	*alone = beg == 0 && (end == text.n || (s.n == 8 && text.p[end] == '-'));
	return s;
}

static const struct mn_p_sector *
by_number(struct mn_inherent_of *c, struct mn_str raw, struct mn_str folded)
{
	bool alone;
	struct mn_str digits = digits_of(c, raw, &alone);
	if (digits.n == 0)
		return NULL;
	for (size_t i = 0; i < countof(SCHEMES); i++) {
		if (!mn_has_words(folded, SCHEMES[i].word) ||
		    (SCHEMES[i].digits && SCHEMES[i].digits != digits.n))
			continue;
		return mn_str_eq(SCHEMES[i].scheme, MN_S("isic"))
			   ? by_isic(c->p, digits)
			   : by_scheme(c->p, SCHEMES[i].scheme, digits);
	}
	if (!alone)
		return NULL;
	if (digits.n == 8)
		return by_scheme(c->p, MN_S("cpv"), digits);
	if (digits.n == 6)
		return by_scheme(c->p, MN_S("naics"), digits);
	return by_isic(c->p, digits);
}

/* Of the phrases of several words that the text holds the first, of those that begin
 * there the longest: "retail sale of leather goods" is trade, whatever is sold. */
struct phrase {
	const struct mn_p_sector *sector;
	size_t at, n;
};

static void
look_for(const struct mn_p_sector *s, const struct mn_strs *words, struct mn_str text,
    struct phrase *best)
{
	for (uint32_t k = 0; k < words->n; k++) {
		struct mn_str w = words->v[k];
		size_t end = 0;
		if (mn_str_find_byte(w, ' ') != SIZE_MAX)
			end = mn_behind_words(text, w, 0);
		size_t at = end - w.n;
		if (end &&
		    (!best->sector || at < best->at || (at == best->at && w.n > best->n)))
			*best = (struct phrase){s, at, w.n};
	}
}

static const struct mn_p_sector *
by_phrase(const struct mn_pack *p, struct mn_str text)
{
	struct phrase best = {NULL, 0, 0};
	for (uint32_t i = 0; i < p->n_sector; i++)
		look_for(&p->sector[i], &p->sector[i].words, text, &best);
	for (uint32_t k = 0; k < p->n_sector_word; k++)
		look_for(by_code(p, p->sector_word[k].sector), &p->sector_word[k].words,
		    text, &best);
	return best.sector;
}

/* The first row one of whose words the text holds. The pack orders its rows from the
 * specific to the general, so "garment manufacturing" is apparel. */
static const struct mn_p_sector *
by_words(const struct mn_pack *p, struct mn_str text, bool all)
{
	for (uint32_t i = 0; i < p->n_sector; i++) {
		if (mn_has_any(text, &p->sector[i].words))
			return &p->sector[i];
		for (uint32_t k = 0; all && k < p->n_sector_word; k++)
			if (mn_str_eq(p->sector_word[k].sector, p->sector[i].code) &&
			    mn_has_any(text, &p->sector_word[k].words))
				return &p->sector[i];
	}
	return NULL;
}

/* Numbers and the further words are of texts that name a sector. What a product is called
 * may hold such words without being that: sound recorders are no recording studio. */
static const struct mn_p_sector *
find_sector(struct mn_inherent_of *c, enum mn_field f)
{
	struct mn_str folded = mn_inherent_folded(c, f);
	const struct mn_p_sector *s = NULL;
	bool names = f == MN_F_SECTOR;
	if (names)
		s = by_number(c, c->rec->v[f], folded);
	if (!s)
		s = by_isic(c->p, folded);
	if (!s && names)
		s = by_phrase(c->p, folded);
	return s ? s : by_words(c->p, folded, names);
}

static const struct mn_p_sector *
sector_of(struct mn_inherent_of *c, enum mn_field f)
{
	const struct mn_p_sector *s;
	bool known;
	struct mn_memo_slot *slot = mn_inherent_remember(
	    c, f == MN_F_SECTOR ? 's' : 'p', MN_STR_NONE, c->rec->v[f], &known);
	if (known)
		return slot->row[0] < 0 ? NULL : &c->p->sector[slot->row[0]];
	s = find_sector(c, f);
	if (slot && s)
		slot->row[0] = (int32_t)(s - c->p->sector);
	return s;
}

void
mn_inherent_sector(struct mn_inherent_of *c)
{
	static const enum mn_field FROM[] = {MN_F_SECTOR, MN_F_PRODUCT, MN_F_CATEGORY};
	for (size_t i = 0; i < countof(FROM); i++) {
		const struct mn_p_sector *s = NULL;
		if (c->rec->v[FROM[i]].n)
			s = sector_of(c, FROM[i]);
		if (!s)
			continue;
		mn_channel_set(c, MN_CH_SECTOR, s->value_q16, FROM[i],
		    mn_arena_fmt(c->a, "sectors/%.*s", MN_FMT(s->code)));
		mn_channel_whole(c, MN_CH_SECTOR, s->prov.pack);
		c->out->sector_workers = s->workers;
		c->out->sector_severity_q16 = s->severity_q16;
		if (s->service)
			mn_channel_set(c, MN_CH_GOOD, c->p->channel[MN_CH_GOOD].lo_q16,
			    FROM[i],
			    mn_arena_fmt(
				c->a, "sectors/%.*s (a service)", MN_FMT(s->code)));
		return;
	}
}

/* The five channels of inherent risk, read from an entity's own record. */
#include "manumit/base/fx.h"
#include "manumit/evidence/inherent.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

enum { COUNTRY, SECTOR, GOOD, WORKFORCE, RECRUITMENT };

struct ctx {
	const struct mn_pack *p;
	const struct mn_record *rec;
	struct mn_arena *a;
	struct mn_inherent *out;
};

static int64_t
level(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_level; i++)
		if (mn_str_eq(p->level[i].code, code))
			return p->level[i].value_q16;
	return 0;
}

static int64_t
clamp_one(int64_t x)
{
	return x < 0 ? 0 : x > MN_FX_ONE ? MN_FX_ONE : x;
}

static void
set(struct ctx *c, int channel, int64_t x_q16, enum mn_field f, struct mn_str row)
{
	c->out->known[channel] = true;
	c->out->x_q16[channel] = clamp_one(x_q16);
	c->out->field[channel] = (uint8_t)f;
	c->out->row[channel] = row;
}

/* Folded text of a field, in the arena. */
static struct mn_str
folded(struct ctx *c, enum mn_field f)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_words(c->rec->v[f], &b);
	struct mn_str s = mn_arena_str(c->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

/* Does the text contain the words, as whole words? Words without blanks round them (Han)
 * are looked for anywhere. */
static bool
has_words(struct mn_str text, struct mn_str words)
{
	if (words.n == 0)
		return false;
	bool ascii = (unsigned char)words.p[0] < 0x80;
	for (size_t from = 0; from + words.n <= text.n;) {
		size_t at = mn_str_find(mn_str_sub(text, from, text.n), words);
		if (at == SIZE_MAX)
			return false;
		size_t beg = from + at, end = beg + words.n;
		if (!ascii || ((beg == 0 || text.p[beg - 1] == ' ') &&
				  (end == text.n || text.p[end] == ' ')))
			return true;
		from = beg + 1;
	}
	return false;
}

static void
country_channel(struct ctx *c)
{
	struct mn_str cc = c->rec->v[MN_F_COUNTRY];
	const struct mn_p_country *row = cc.n ? mn_pack_country(c->p, cc) : NULL;
	if (row)
		set(c, COUNTRY, row->value_q16, MN_F_COUNTRY,
		    mn_arena_fmt(c->a, "countries/%.*s", MN_FMT(row->code)));
}

static bool
is_isic(struct mn_str isic, struct mn_str text)
{
	/* A section letter alone, or a division number at the beginning. */
	if (isic.n == 1 && (unsigned char)isic.p[0] >= 'A')
		return text.n == 1 && (text.p[0] | 32) == (isic.p[0] | 32);
	return mn_str_starts(text, isic) && text.p[0] >= '0' && text.p[0] <= '9';
}

/* The sector row with the longest word that the text holds; ISIC codes win. */
static const struct mn_p_sector *
find_sector(const struct mn_pack *p, struct mn_str text)
{
	const struct mn_p_sector *best = NULL;
	size_t best_n = 0;
	for (uint32_t i = 0; i < p->n_sector; i++) {
		const struct mn_p_sector *s = &p->sector[i];
		for (uint32_t k = 0; k < s->isic.n; k++)
			if (is_isic(s->isic.v[k], text))
				return s;
		for (uint32_t k = 0; k < s->words.n; k++)
			if (s->words.v[k].n > best_n && has_words(text, s->words.v[k])) {
				best = s;
				best_n = s->words.v[k].n;
			}
	}
	return best;
}

static void
sector_channel(struct ctx *c)
{
	static const enum mn_field FROM[] = {MN_F_SECTOR, MN_F_PRODUCT, MN_F_CATEGORY};
	for (size_t i = 0; i < countof(FROM); i++) {
		const struct mn_p_sector *s = NULL;
		if (c->rec->v[FROM[i]].n)
			s = find_sector(c->p, folded(c, FROM[i]));
		if (!s)
			continue;
		set(c, SECTOR, s->value_q16, FROM[i],
		    mn_arena_fmt(c->a, "sectors/%.*s", MN_FMT(s->code)));
		c->out->sector_workers = s->workers;
		c->out->sector_severity_q16 = s->severity_q16;
		return;
	}
}

static bool
names_good(const struct mn_p_good *g, struct mn_str text)
{
	if (has_words(text, g->good))
		return true;
	for (uint32_t k = 0; k < g->words.n; k++)
		if (has_words(text, g->words.v[k]))
			return true;
	return false;
}

/* The good is scored where it is made. A product that the lists know from other countries
 * only has the channel's low value; one that they do not know at all stays unknown. */
static void
good_channel(struct ctx *c)
{
	struct mn_str origin = c->rec->v[MN_F_ORIGIN_COUNTRY];
	if (origin.n == 0 || c->rec->v[MN_F_PRODUCT].n == 0)
		return;
	struct mn_str text = folded(c, MN_F_PRODUCT);
	const struct mn_p_good *here = NULL, *elsewhere = NULL;
	for (uint32_t i = 0; i < c->p->n_good; i++) {
		const struct mn_p_good *g = &c->p->good[i];
		if (!names_good(g, text))
			continue;
		elsewhere = elsewhere ? elsewhere : g;
		if (mn_str_eq(g->country, origin) &&
		    (!here || g->value_q16 > here->value_q16))
			here = g;
	}
	if (here)
		set(c, GOOD, here->value_q16, MN_F_PRODUCT,
		    mn_arena_fmt(c->a, "goods/%.*s:%.*s", MN_FMT(here->country),
			MN_FMT(here->good)));
	else if (elsewhere)
		set(c, GOOD, c->p->channel[GOOD].lo_q16, MN_F_PRODUCT,
		    mn_arena_fmt(c->a, "goods/%.*s (not listed for this country)",
			MN_FMT(elsewhere->good)));
}

/* Share from the share column, else from a count over all workers. */
static bool
share(struct ctx *c, enum mn_field f, enum mn_field count, int64_t *out)
{
	int64_t n, all;
	if (mn_record_q16(c->rec, f, out))
		return true;
	if (count == MN_F_NONE || !mn_record_count(c->rec, count, &n) ||
	    !mn_record_count(c->rec, MN_F_WORKERS, &all) || all <= 0)
		return false;
	*out = clamp_one(mn_fx_div(n << 16, all << 16));
	return true;
}

/* Migrant share says most, and without it the channel stays unknown. */
static void
workforce_channel(struct ctx *c)
{
	int64_t migrant, other, x = level(c->p, MN_S("workforce_base"));
	if (!share(c, MN_F_MIGRANT_SHARE, MN_F_MIGRANT_WORKERS, &migrant))
		return;
	x += mn_fx_mul(level(c->p, MN_S("workforce_migrant")), migrant);
	if (share(c, MN_F_AGENCY_SHARE, MN_F_NONE, &other))
		x += mn_fx_mul(level(c->p, MN_S("workforce_agency")), other);
	if (share(c, MN_F_WOMEN_SHARE, MN_F_NONE, &other))
		x += mn_fx_mul(level(c->p, MN_S("workforce_women")), other);
	bool given = c->rec->v[MN_F_MIGRANT_SHARE].n > 0;
	set(c, WORKFORCE, x, given ? MN_F_MIGRANT_SHARE : MN_F_MIGRANT_WORKERS,
	    MN_S("levels/workforce_migrant"));
}

/* licence_status choices in field order -> level */
static const char *const LICENCE_LEVEL[] = {"recruitment_licensed",
    "recruitment_conditional", "recruitment_recruiter", "recruitment_unlicensed",
    "recruitment_unlicensed", "recruitment_unlicensed", "recruitment_unlicensed"};

/* How workers are recruited: known of a recruiter, and of an employer who states its
 * agency share. */
static void
recruitment_channel(struct ctx *c)
{
	int64_t agency;
	int licence = mn_record_choice(c->rec, MN_F_LICENCE_STATUS);
	const char *code = NULL;
	enum mn_field f = MN_F_ROLE;
	if (licence >= 0 && (size_t)licence < countof(LICENCE_LEVEL)) {
		code = LICENCE_LEVEL[licence];
		f = MN_F_LICENCE_STATUS;
	} else if (c->out->role == MN_ROLE_RECRUITER) {
		code = "recruitment_recruiter";
	} else if (mn_record_q16(c->rec, MN_F_AGENCY_SHARE, &agency)) {
		code = agency > 0 ? "recruitment_recruiter" : "recruitment_direct";
		f = MN_F_AGENCY_SHARE;
	}
	if (code)
		set(c, RECRUITMENT, level(c->p, mn_str_c(code)), f,
		    mn_arena_fmt(c->a, "levels/%s", code));
}

static void
state_setting(struct ctx *c)
{
	static const enum mn_field WHERE[] = {MN_F_REGION, MN_F_CITY, MN_F_ADDRESS};
	for (uint32_t i = 0; i < c->p->n_state; i++) {
		const struct mn_p_state *s = &c->p->state[i];
		if (!mn_str_eq(s->country, c->rec->v[MN_F_COUNTRY]))
			continue;
		bool hit = s->region.n == 0;
		for (size_t k = 0; !hit && k < countof(WHERE); k++)
			hit = c->rec->v[WHERE[k]].n &&
			      has_words(folded(c, WHERE[k]), s->region);
		if (!hit)
			continue;
		c->out->state_setting = true;
		c->out->state_row =
		    mn_arena_fmt(c->a, "state_imposed/%.*s", MN_FMT(s->code));
		return;
	}
}

void
mn_inherent_of(const struct mn_pack *p, const struct mn_entity *e, struct mn_arena *a,
    struct mn_inherent *out)
{
	struct ctx c = {p, &e->rec, a, out};
	*out = (struct mn_inherent){
	    .workers = -1,
	    .sector_workers = -1,
	    .sector_severity_q16 = -1,
	    .role = mn_entity_role(e),
	};
	for (int i = 0; i < MN_CHANNELS; i++)
		out->field[i] = MN_F_NONE;
	mn_record_count(&e->rec, MN_F_WORKERS, &out->workers);
	country_channel(&c);
	sector_channel(&c);
	good_channel(&c);
	workforce_channel(&c);
	recruitment_channel(&c);
	state_setting(&c);
}

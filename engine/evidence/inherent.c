/* The five channels of inherent risk, read from an entity's own record. */
#include "manumit/base/fx.h"
#include "manumit/evidence/inherent.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

enum { COUNTRY, SECTOR, GOOD, WORKFORCE, RECRUITMENT };

struct ctx {
	const struct mn_pack *p;
	const struct mn_record *rec;
	struct mn_inherent_memo *memo;
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
static size_t
behind_words(struct mn_str text, struct mn_str words, size_t from)
{
	if (words.n == 0)
		return 0;
	bool ascii = (unsigned char)words.p[0] < 0x80;
	while (from + words.n <= text.n) {
		size_t at = mn_str_find(mn_str_sub(text, from, text.n), words);
		if (at == SIZE_MAX)
			return 0;
		size_t beg = from + at, end = beg + words.n;
		if (!ascii || ((beg == 0 || text.p[beg - 1] == ' ') &&
				  (end == text.n || text.p[end] == ' ')))
			return end;
		from = beg + 1;
	}
	return 0;
}

static bool
has_words(struct mn_str text, struct mn_str words)
{
	return behind_words(text, words, 0) > 0;
}

/* Does a word for a street come next? Urumqi Road is in Shanghai. */
static bool
is_street(const struct mn_pack *p, struct mn_str country, struct mn_str rest)
{
	struct mn_str next =
	    rest.n && rest.p[0] == ' ' ? mn_str_sub(rest, 1, rest.n) : rest;
	for (uint32_t i = 0; i < p->n_gate_region; i++) {
		const struct mn_p_gate_region *g = &p->gate_region[i];
		for (uint32_t k = 0; mn_str_eq(g->country, country) && k < g->streets.n;
		     k++) {
			struct mn_str s = g->streets.v[k];
			bool ascii = (unsigned char)s.p[0] < 0x80;
			if (mn_str_starts(next, s) &&
			    (!ascii || next.n == s.n || next.p[s.n] == ' '))
				return true;
		}
	}
	return false;
}

static bool
has_place(const struct mn_pack *p, struct mn_str country, struct mn_str text,
    struct mn_str place)
{
	for (size_t end = 0; (end = behind_words(text, place, end));)
		if (!is_street(p, country, mn_str_sub(text, end, text.n)))
			return true;
	return false;
}

/* The memo's slot for a text, holding it or free to be filled; NULL: not to be kept. */
static struct mn_memo_slot *
remember(
    struct ctx *c, char channel, struct mn_str country, struct mn_str text, bool *known)
{
	char room[MN_MEMO_BYTES];
	size_t n = 1 + country.n + text.n;
	*known = false;
	if (!c->memo || n > sizeof room)
		return NULL;
	room[0] = channel;
	memcpy(room + 1, country.p ? country.p : "", country.n);
	memcpy(room + 1 + country.n, text.p, text.n);
	struct mn_memo_slot *s =
	    &c->memo->slot[mn_hash64(mn_str(room, n)) % MN_MEMO_SLOTS];
	*known = mn_str_eq(mn_str(s->text, s->n), mn_str(room, n));
	if (!*known) {
		memcpy(s->text, room, n);
		s->n = (uint32_t)n;
		s->row[0] = s->row[1] = -1;
	}
	return s;
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

/* ISIC codes first; then the first row one of whose words the text holds. The pack orders
 * its rows from the specific to the general, so "garment manufacturing" is apparel. */
static const struct mn_p_sector *
find_sector(const struct mn_pack *p, struct mn_str text)
{
	for (uint32_t i = 0; i < p->n_sector; i++)
		for (uint32_t k = 0; k < p->sector[i].isic.n; k++)
			if (is_isic(p->sector[i].isic.v[k], text))
				return &p->sector[i];
	for (uint32_t i = 0; i < p->n_sector; i++)
		for (uint32_t k = 0; k < p->sector[i].words.n; k++)
			if (has_words(text, p->sector[i].words.v[k]))
				return &p->sector[i];
	return NULL;
}

static const struct mn_p_sector *
sector_of(struct ctx *c, enum mn_field f)
{
	const struct mn_p_sector *s;
	bool known;
	struct mn_memo_slot *slot = remember(c, 's', MN_STR_NONE, c->rec->v[f], &known);
	if (known)
		return slot->row[0] < 0 ? NULL : &c->p->sector[slot->row[0]];
	s = find_sector(c->p, folded(c, f));
	if (slot && s)
		slot->row[0] = (int32_t)(s - c->p->sector);
	return s;
}

static void
sector_channel(struct ctx *c)
{
	static const enum mn_field FROM[] = {MN_F_SECTOR, MN_F_PRODUCT, MN_F_CATEGORY};
	for (size_t i = 0; i < countof(FROM); i++) {
		const struct mn_p_sector *s = NULL;
		if (c->rec->v[FROM[i]].n)
			s = sector_of(c, FROM[i]);
		if (!s)
			continue;
		set(c, SECTOR, s->value_q16, FROM[i],
		    mn_arena_fmt(c->a, "sectors/%.*s", MN_FMT(s->code)));
		c->out->sector_workers = s->workers;
		c->out->sector_severity_q16 = s->severity_q16;
		if (s->service)
			set(c, GOOD, c->p->channel[GOOD].lo_q16, FROM[i],
			    mn_arena_fmt(
				c->a, "sectors/%.*s (a service)", MN_FMT(s->code)));
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

/* Rows of the goods table: of this good made here, and of this good at all; -1 none. */
static void
find_good(struct ctx *c, struct mn_str origin, int32_t row[2])
{
	struct mn_str text = folded(c, MN_F_PRODUCT);
	row[0] = row[1] = -1;
	for (uint32_t i = 0; i < c->p->n_good; i++) {
		const struct mn_p_good *g = &c->p->good[i];
		if (!names_good(g, text))
			continue;
		row[1] = row[1] < 0 ? (int32_t)i : row[1];
		if (mn_str_eq(g->country, origin) &&
		    (row[0] < 0 || g->value_q16 > c->p->good[row[0]].value_q16))
			row[0] = (int32_t)i;
	}
}

/* The good is scored where it is made. A product that the lists know from other countries
 * only has the channel's low value; one that they do not know at all stays unknown. */
static void
good_channel(struct ctx *c)
{
	struct mn_str origin = c->rec->v[MN_F_ORIGIN_COUNTRY];
	int32_t row[2];
	bool known;
	if (origin.n == 0 || c->rec->v[MN_F_PRODUCT].n == 0)
		return;
	struct mn_memo_slot *slot =
	    remember(c, 'g', origin, c->rec->v[MN_F_PRODUCT], &known);
	if (!known)
		find_good(c, origin, row);
	if (slot && !known)
		memcpy(slot->row, row, sizeof row);
	if (known)
		memcpy(row, slot->row, sizeof row);
	if (row[0] >= 0) {
		const struct mn_p_good *g = &c->p->good[row[0]];
		set(c, GOOD, g->value_q16, MN_F_PRODUCT,
		    mn_arena_fmt(
			c->a, "goods/%.*s:%.*s", MN_FMT(g->country), MN_FMT(g->good)));
	} else if (row[1] >= 0) {
		set(c, GOOD, c->p->channel[GOOD].lo_q16, MN_F_PRODUCT,
		    mn_arena_fmt(c->a, "goods/%.*s (not listed for this country)",
			MN_FMT(c->p->good[row[1]].good)));
	}
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

/* Where the region or city of a row names another place, an address that sounds like
 * this one may be a street or a quarter of that name: a person has to look. */
static void
state_setting(struct ctx *c)
{
	static const enum mn_field WHERE[] = {MN_F_REGION, MN_F_CITY, MN_F_ADDRESS};
	const struct mn_str *v = c->rec->v;
	bool elsewhere = v[MN_F_REGION].n || v[MN_F_CITY].n;
	for (uint32_t i = 0; i < c->p->n_state; i++) {
		const struct mn_p_state *s = &c->p->state[i];
		if (!mn_str_eq(s->country, v[MN_F_COUNTRY]))
			continue;
		bool hit = s->region.n == 0, possible = false;
		for (size_t k = 0; !hit && k < countof(WHERE); k++) {
			hit = v[WHERE[k]].n &&
			      has_place(c->p, s->country, folded(c, WHERE[k]), s->region);
			possible = hit && WHERE[k] == MN_F_ADDRESS && elsewhere;
		}
		if (!hit || (possible && c->out->state_setting))
			continue;
		c->out->state_setting = true;
		c->out->state_possible = possible;
		c->out->state_row = mn_arena_fmt(c->a, "state_imposed/%.*s%s",
		    MN_FMT(s->code),
		    possible ? ", possible: the address sounds so, region or city do not"
			     : "");
		if (!possible)
			return;
	}
}

void
mn_inherent_of(const struct mn_pack *p, const struct mn_entity *e,
    struct mn_inherent_memo *memo, struct mn_arena *a, struct mn_inherent *out)
{
	struct ctx c = {p, &e->rec, memo, a, out};
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

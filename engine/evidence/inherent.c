/* The five channels of inherent risk, read from an entity's own record. */
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "inherent_impl.h"

static int64_t
within(int64_t x, int64_t lo, int64_t hi)
{
	return x < lo ? lo : x > hi ? hi : x;
}

void
mn_channel_set(struct mn_inherent_of *c, int channel, int64_t x_q16, enum mn_field f,
    struct mn_str row)
{
	const struct mn_p_channel *ch = &c->p->channel[channel];
	c->out->known[channel] = true;
	c->out->x_q16[channel] = within(x_q16, ch->lo_q16, ch->hi_q16);
	c->out->ends_q16[channel][0] = c->out->ends_q16[channel][1] = x_q16;
	c->out->field[channel] = (uint8_t)f;
	c->out->row[channel] = row;
}

void
mn_channel_ends(struct mn_inherent_of *c, int channel, int64_t lo_q16, int64_t hi_q16)
{
	const struct mn_p_channel *ch = &c->p->channel[channel];
	int64_t x = c->out->x_q16[channel];
	c->out->ends_q16[channel][0] = lo_q16;
	c->out->ends_q16[channel][1] = hi_q16;
	c->out->below_q16[channel] = x - within(lo_q16, ch->lo_q16, x);
	c->out->above_q16[channel] = within(hi_q16, x, ch->hi_q16) - x;
}

void
mn_channel_source(
    struct mn_inherent_of *c, int channel, const struct mn_channel_part *part)
{
	uint8_t *n = &c->out->n_source[channel];
	if (*n == MN_CHANNEL_SOURCES)
		return;
	c->out->source[channel][(*n)++] = (struct mn_channel_source){
	    .file = part->pack,
	    .weight_q16 = part->weight_q16,
	    .below_q16 = mn_fx_mul(part->weight_q16, part->value_q16 - part->lo_q16),
	    .above_q16 = mn_fx_mul(part->weight_q16, part->hi_q16 - part->value_q16),
	};
}

void
mn_channel_whole(struct mn_inherent_of *c, int channel, uint16_t pack)
{
	const struct mn_p_channel *ch = &c->p->channel[channel];
	mn_channel_source(c, channel,
	    &(struct mn_channel_part){
		pack, MN_FX_ONE, c->out->x_q16[channel], ch->lo_q16, ch->hi_q16});
}

struct mn_str
mn_inherent_folded(struct mn_inherent_of *c, enum mn_field f)
{
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_words(c->rec->v[f], &b);
	struct mn_str s = mn_arena_str(c->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

size_t
mn_behind_words(struct mn_str text, struct mn_str words, size_t from)
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

bool
mn_has_any(struct mn_str text, const struct mn_strs *words)
{
	for (uint32_t i = 0; i < words->n; i++)
		if (mn_has_words(text, words->v[i]))
			return true;
	return false;
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
	for (size_t end = 0; (end = mn_behind_words(text, place, end));)
		if (!is_street(p, country, mn_str_sub(text, end, text.n)))
			return true;
	return false;
}

struct mn_memo_slot *
mn_inherent_remember(struct mn_inherent_of *c, char channel, struct mn_str country,
    struct mn_str text, bool *known)
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

/* Where the region or city of a row names another place, an address that sounds like
 * this one may be a street or a quarter of that name: a person has to look. */
static void
state_setting(struct mn_inherent_of *c)
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
			      has_place(c->p, s->country, mn_inherent_folded(c, WHERE[k]),
				  s->region);
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
	struct mn_inherent_of c = {p, &e->rec, memo, a, out};
	*out = (struct mn_inherent){
	    .workers = -1,
	    .sector_workers = -1,
	    .sector_severity_q16 = -1,
	    .role = mn_entity_role(e),
	};
	for (int i = 0; i < MN_CHANNELS; i++)
		out->field[i] = MN_F_NONE;
	mn_record_count(&e->rec, MN_F_WORKERS, &out->workers);
	mn_inherent_country(&c);
	mn_inherent_sector(&c);
	mn_inherent_good(&c);
	mn_inherent_workforce(&c);
	mn_inherent_recruitment(&c);
	state_setting(&c);
}

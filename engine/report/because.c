/* On what an entity without evidence is ranked: where it is, its sector, what it makes,
 * and what of these nobody knows. */
#include <stdio.h>

#include "manumit/base/fx.h"
#include "manumit/report/view.h"

enum { COUNTRY, SECTOR, GOOD };

/* What stands behind "sectors/" or "goods/XX:", without a remark in brackets. */
static struct mn_str
row_code(struct mn_str row, char mark)
{
	size_t at = mn_str_find_byte(row, mark);
	struct mn_str code = mn_str_sub(row, at == SIZE_MAX ? 0 : at + 1, row.n);
	return mn_str_sub(code, 0, mn_str_find(code, MN_S(" (")));
}

static struct mn_str
sector_name(const struct mn_pack *p, struct mn_str row)
{
	struct mn_str code = row_code(row, '/');
	for (uint32_t i = 0; i < p->n_sector; i++)
		if (mn_str_eq(p->sector[i].code, code))
			return p->sector[i].name;
	return code;
}

/* "sector Fishing", "good shrimp", "place Norway"; empty: it says nothing more than that
 * it is known. */
static struct mn_str
channel_words(const struct mn_report *r, const struct mn_entity *e,
    const struct mn_inherent *in, unsigned c, struct mn_arena *a)
{
	struct mn_str row = in->row[c];
	if (c == COUNTRY)
		return mn_arena_fmt(a, "place %.*s",
		    MN_FMT(mn_country_name(r->countries, e->rec.v[MN_F_COUNTRY])));
	if (c == SECTOR)
		return mn_arena_fmt(a, "sector %.*s", MN_FMT(sector_name(r->pack, row)));
	if (c != GOOD)
		return r->pack->channel[c].name;
	if (mn_str_starts(row, MN_S("sectors/")))
		return MN_STR_NONE;
	bool listed = mn_str_find_byte(row, ':') != SIZE_MAX;
	return mn_arena_fmt(a, "good %.*s%s", MN_FMT(row_code(row, listed ? ':' : '/')),
	    listed ? "" : " (not listed for that country)");
}

static int64_t
weight(const struct mn_pack *p, const struct mn_inherent *in, unsigned c)
{
	return mn_fx_mul(p->channel[c].weight_q16, in->x_q16[c]);
}

/* Known channels, the one that says most first. */
static unsigned
by_weight(
    const struct mn_pack *p, const struct mn_inherent *in, unsigned out[MN_CHANNELS])
{
	unsigned n = 0;
	for (unsigned c = 0; c < MN_CHANNELS; c++) {
		if (!in->known[c])
			continue;
		unsigned at = n++;
		for (; at > 0 && weight(p, in, out[at - 1]) < weight(p, in, c); at--)
			out[at] = out[at - 1];
		out[at] = c;
	}
	return n;
}

unsigned
mn_view_strongest(const struct mn_card *c, unsigned *weighing)
{
	unsigned best = MN_INDICATORS;
	*weighing = 0;
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		int64_t s = c->ind[i].s_q16;
		*weighing += s > 0;
		if (s > 0 && (best == MN_INDICATORS || s > c->ind[best].s_q16))
			best = i;
	}
	return best;
}

struct mn_str
mn_view_no_weight(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a)
{
	struct mn_str context = mn_view_context(r, &v->ent, a);
	if (v->card.n_evidence == 0)
		return mn_arena_fmt(
		    a, "no evidence; context only: %.*s", MN_FMT(context));
	return mn_arena_fmt(a, "%u statement%s that weigh%s nothing; context: %.*s",
	    v->card.n_evidence, v->card.n_evidence > 1 ? "s" : "",
	    v->card.n_evidence > 1 ? "" : "s", MN_FMT(context));
}

struct mn_str
mn_view_context(const struct mn_report *r, const struct mn_entity *e, struct mn_arena *a)
{
	char room[1024];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	struct mn_inherent in;
	unsigned order[MN_CHANNELS], unknown = 0;
	mn_inherent_of(r->pack, e, r->memo, a, &in);
	unsigned n = by_weight(r->pack, &in, order);
	for (unsigned i = 0; i < n; i++) {
		struct mn_str s = channel_words(r, e, &in, order[i], a);
		if (s.n)
			mn_buf_fmt(&b, "%s%.*s", b.n ? ", " : "", MN_FMT(s));
	}
	for (unsigned c = 0; c < MN_CHANNELS; c++)
		if (!in.known[c])
			mn_buf_fmt(&b, "%s%s",
			    unknown++ ? ", "
			    : b.n     ? "; unknown: "
				      : "unknown: ",
			    mn_channel_code(c));
	if (in.workers < 0 && in.sector_workers >= 0)
		mn_buf_fmt(&b, "; workers unknown, %lld as usual in the sector",
		    (long long)in.sector_workers);
	else if (in.workers < 0)
		mn_buf_fmt(&b, "; workers unknown");
	return mn_arena_str(a, mn_buf_str(&b));
}

struct mn_str
mn_view_sector(const struct mn_report *r, const struct mn_entity *e, struct mn_arena *a)
{
	struct mn_inherent in;
	mn_inherent_of(r->pack, e, r->memo, a, &in);
	return in.known[SECTOR] ? sector_name(r->pack, in.row[SECTOR]) : MN_STR_NONE;
}

/* Orders about goods of a country, and entries that are limited to a good. */
#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/orders.h"

static bool
has_code(struct mn_str list, struct mn_str code)
{
	for (struct mn_str rest = list; rest.p && rest.n;)
		if (mn_str_eq(mn_str_cut(&rest, ';'), code))
			return true;
	return false;
}

/* ---- orders without a firm ---- */

/* Where the good is made: by its own column, else where the supplier stands. */
static struct mn_str
made_in(const struct mn_record *rec)
{
	struct mn_str origin = rec->v[MN_F_ORIGIN_COUNTRY];
	return origin.n ? origin : rec->v[MN_F_COUNTRY];
}

static bool
of_region(struct mn_str region, const struct mn_gate_fact *found, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (mn_str_eq(found[i].entry_id, region) &&
		    found[i].status == MN_GATE_POSSIBLE)
			return true;
	return false;
}

static bool
of_places(const struct mn_p_gate_order *o, const struct mn_record *rec, struct mn_arena a)
{
	static const enum mn_field PLACES[] = {
	    MN_F_REGION, MN_F_CITY, MN_F_ADDRESS, MN_F_PRODUCT, MN_F_CATEGORY};
	for (size_t i = 0; i < countof(PLACES); i++)
		if (rec->v[PLACES[i]].n &&
		    mn_regions_word(rec->v[PLACES[i]], o->places, a))
			return true;
	return o->places.n == 0;
}

/* Begun, and of the row's region and places? */
static bool
concerns(const struct mn_p_gate_order *o, const struct mn_record *rec,
    const struct mn_gate_fact *found, size_t n_found, int32_t as_of, struct mn_arena a)
{
	int32_t from;
	if (mn_day_parse_iso(o->from, &from) && as_of < from)
		return false;
	return (o->region.n == 0 || of_region(o->region, found, n_found)) &&
	       of_places(o, rec, a);
}

/* The field that says the good, for the citation. */
static enum mn_field
said_in(const struct mn_record *rec)
{
	static const enum mn_field GOODS[] = {MN_F_PRODUCT, MN_F_HS, MN_F_CATEGORY};
	for (size_t i = 0; i < countof(GOODS); i++)
		if (rec->v[GOODS[i]].n)
			return GOODS[i];
	return MN_F_PRODUCT;
}

static struct mn_key
key_of(const struct mn_gate_fact *f, const struct mn_record *rec)
{
	const struct mn_str part[] = {MN_S("gate order"), f->entry_id, f->why,
	    rec->v[MN_F_PRODUCT], rec->v[MN_F_CATEGORY], rec->v[MN_F_HS], made_in(rec)};
	return mn_hash128(part, countof(part));
}

static struct mn_str
why(const struct mn_p_gate_order *o, const struct mn_record *rec, struct mn_str words,
    bool over, struct mn_arena *a)
{
	bool origin = rec->v[MN_F_ORIGIN_COUNTRY].n > 0;
	return mn_arena_fmt(a, "the row names %.*s, %s %.*s%s%.*s%s%.*s", MN_FMT(words),
	    origin ? "made in" : "origin not stated, taken for the supplier's country",
	    MN_FMT(o->country), o->limits.n ? "; the order is limited: " : "",
	    MN_FMT(o->limits), over ? "; it was in force until " : "",
	    MN_FMT(over ? o->to : MN_STR_NONE));
}

static struct mn_gate_fact
fact(const struct mn_pack *p, const struct mn_p_gate_order *o, int gate,
    const struct mn_record *rec, struct mn_str words, int32_t as_of, struct mn_arena *a)
{
	struct mn_gate_fact f = {.gate = (uint8_t)gate,
	    .status = MN_GATE_POSSIBLE,
	    .basis = MN_BASIS_ORDER,
	    .listed_day = MN_DAY_NONE,
	    .ended_day = MN_DAY_NONE,
	    .decided_day = MN_DAY_NONE,
	    .expires_day = MN_DAY_NONE,
	    .list = MN_S("the product in the supplier's own row"),
	    .entry = o->name,
	    .entry_id = o->code,
	    .listed_as = words,
	    .reason = o->law,
	    .citation = o->citation,
	    .own_field = (uint8_t)(said_in(rec) + 1),
	    .rid = rec->rid};
	(void)p;
	mn_day_parse_iso(o->from, &f.listed_day);
	mn_day_parse_iso(o->to, &f.ended_day);
	bool over = f.ended_day != MN_DAY_NONE && f.ended_day < as_of;
	if (over)
		f.status = MN_GATE_NO_MATCH;
	f.why = why(o, rec, words, over, a);
	f.key = key_of(&f, rec);
	return f;
}

size_t
mn_orders_of(const struct mn_goods *x, const struct mn_pack *p,
    const struct mn_record *rec, const struct mn_gate_fact *found, size_t n_found,
    int32_t as_of, struct mn_arena *a, struct mn_gate_fact out[MN_ORDER_FACTS])
{
	struct mn_goods_said made = {.all = false};
	bool read = false;
	size_t n = 0;
	for (uint32_t i = 0; i < p->n_gate_order && n < MN_ORDER_FACTS; i++) {
		const struct mn_p_gate_order *o = &p->gate_order[i];
		struct mn_goods_said order = {.all = false};
		/* First, because most orders are of other countries. */
		if (!mn_str_eq(o->country, made_in(rec)))
			continue;
		int gate = mn_pack_gate(p, o->gate);
		if (gate < 0 || !mn_gate_in_force(&p->gate[gate], as_of) ||
		    !concerns(o, rec, found, n_found, as_of, *a))
			continue;
		if (!read)
			mn_goods_record(x, rec, a, &made);
		read = true;
		for (uint32_t k = 0; k < o->goods.n; k++)
			mn_goods_code(x, o->goods.v[k], &order);
		if (mn_goods_fit(x, &order, &made) == MN_FIT_FITS)
			out[n++] = fact(p, o, gate, rec, made.words, as_of, a);
	}
	return n;
}

/* ---- entries of a firm that are limited to a good ---- */

static void
add_code(struct mn_str *list, struct mn_str code, struct mn_arena *a)
{
	if (code.n && !has_code(*list, code))
		*list = mn_arena_fmt(
		    a, "%.*s%s%.*s", MN_FMT(*list), list->n ? ";" : "", MN_FMT(code));
}

void
mn_made_add(const struct mn_goods *x, const struct mn_record *rec, struct mn_arena *a,
    struct mn_made *to)
{
	mn_goods_record(x, rec, a, &to->goods);
	add_code(&to->origins, rec->v[MN_F_ORIGIN_COUNTRY], a);
	add_code(&to->countries, rec->v[MN_F_COUNTRY], a);
}

/* Where a thing is made decides; that a supplier stands elsewhere does not say where it
 * is made. */
static enum mn_fit
country_fit(struct mn_str listed, const struct mn_made *made)
{
	if (listed.n == 0 || has_code(made->origins, listed) ||
	    has_code(made->countries, listed))
		return MN_FIT_FITS;
	return made->origins.n ? MN_FIT_DIFFERS : MN_FIT_UNKNOWN;
}

static struct mn_str
good_text(
    enum mn_fit fit, struct mn_str good, const struct mn_made *made, struct mn_arena *a)
{
	if (fit == MN_FIT_FITS)
		return mn_arena_fmt(a, "the good fits: %.*s",
		    MN_FMT(made->goods.words.n ? made->goods.words : good));
	if (fit == MN_FIT_DIFFERS)
		return mn_arena_fmt(a,
		    "another good: %.*s, while the entry is about %.*s",
		    MN_FMT(made->goods.words), MN_FMT(good));
	if (mn_goods_any(&made->goods))
		return mn_arena_fmt(a,
		    "whether the good is meant cannot be told by its words; the entry is "
		    "about %.*s",
		    MN_FMT(good));
	return mn_arena_fmt(a,
	    "what it makes is not stated (product, hs); the entry is about %.*s",
	    MN_FMT(good));
}

static struct mn_str
country_text(enum mn_fit fit, struct mn_str country, const struct mn_made *made,
    struct mn_arena *a)
{
	if (fit == MN_FIT_DIFFERS)
		return mn_arena_fmt(a, "; made in %.*s, while the entry is of %.*s",
		    MN_FMT(made->origins), MN_FMT(country));
	if (fit == MN_FIT_UNKNOWN)
		return mn_arena_fmt(
		    a, "; whether it is made in %.*s is not stated", MN_FMT(country));
	return MN_STR_NONE;
}

void
mn_gate_limit(const struct mn_goods *x, const struct mn_record *entry,
    const struct mn_made *made, struct mn_arena *a, struct mn_gate_fact *f)
{
	struct mn_goods_said order = {.all = false};
	struct mn_str good = entry->v[MN_F_GOOD], country = entry->v[MN_F_COUNTRY];
	if (good.n == 0)
		return;
	mn_goods_text(x, good, a, &order);
	enum mn_fit by_good = mn_goods_fit(x, &order, &made->goods);
	enum mn_fit by_country = country_fit(country, made);
	f->fit = MN_FIT_FITS;
	if (by_good == MN_FIT_UNKNOWN || by_country == MN_FIT_UNKNOWN)
		f->fit = MN_FIT_UNKNOWN;
	if (by_good == MN_FIT_DIFFERS || by_country == MN_FIT_DIFFERS)
		f->fit = MN_FIT_DIFFERS;
	f->fits = mn_arena_fmt(a, "%.*s%.*s", MN_FMT(good_text(by_good, good, made, a)),
	    MN_FMT(country_text(by_country, country, made, a)));
	if (f->fit == MN_FIT_DIFFERS && f->status > MN_GATE_NO_MATCH)
		f->status = MN_GATE_NO_MATCH;
	/* Who decided "same" was asked about the good as well. */
	if (f->fit == MN_FIT_UNKNOWN && f->status == MN_GATE_HIT &&
	    f->decided != MN_DECIDED_SAME)
		f->status = MN_GATE_POSSIBLE;
}

/*
 * The six risk characteristics of a contract (UK procurement policy): present, not
 * present, or unknown, with the reason. Nothing said is unknown, never no.
 */
#include "manumit/base/fx.h"

#include "tender.h"

enum { COUNTRY, SECTOR, GOOD, WORKFORCE };

/* Lists of names in a reason are cut after so many. */
#define NAMED 4

struct asking {
	const struct mn_tender_page *p;
	const struct mn_p_tender_risk *risk;
	struct mn_arena *a;
	struct mn_buf said;
	uint32_t yes, unknown, named;
};

static void also(struct asking *x, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* One more part of the reason; beyond NAMED only counted. */
static void
also(struct asking *x, const char *fmt, ...)
{
	va_list ap;
	if (++x->named > NAMED)
		return;
	mn_buf_add(&x->said, x->said.n ? MN_S("; ") : MN_STR_NONE);
	va_start(ap, fmt);
	mn_buf_vfmt(&x->said, fmt, ap);
	va_end(ap);
}

static struct mn_risk_answer
answer(struct asking *x, enum mn_risk state)
{
	if (x->named > NAMED)
		mn_buf_fmt(&x->said, "; and %u more", x->named - NAMED);
	struct mn_risk_answer out = {state, mn_arena_str(x->a, mn_buf_str(&x->said))};
	mn_buf_free(&x->said);
	return out;
}

static struct mn_risk_answer
not_known(struct asking *x, const char *why)
{
	x->named = 0;
	mn_buf_clear(&x->said);
	also(x, "%s", why);
	return answer(x, MN_RISK_UNKNOWN);
}

static struct mn_str
name_of(const struct mn_tender_party *party)
{
	return party->v.ent.rec.v[MN_F_NAME];
}

static struct mn_str
country_of(const struct mn_tender_party *party)
{
	return party->v.ent.rec.v[MN_F_COUNTRY];
}

/* Was a party of this country met before? */
static bool
country_again(const struct mn_tender_page *p, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (mn_str_eq(country_of(&p->party[k]), country_of(&p->party[i])))
			return true;
	return false;
}

static struct mn_risk_answer
industry(struct asking *x)
{
	const struct mn_inherent *about = &x->p->about;
	const struct mn_pack *p = x->p->r->pack;
	const struct mn_p_cpv *cpv = mn_pack_cpv(p, x->p->lot.v[MN_F_CPV]);
	struct mn_str sector = about->row[SECTOR];
	if (!about->known[SECTOR])
		return not_known(x, "neither a CPV code nor the words of the lot name a "
				    "trade that the packs know");
	for (uint32_t i = 0; i < p->n_sector; i++)
		if (mn_str_ends(about->row[SECTOR], p->sector[i].code))
			sector = p->sector[i].name;
	bool yes = about->x_q16[SECTOR] >= x->risk->from_q16;
	also(x, "%s%.*s%s%.*s", cpv ? "CPV " : "", MN_FMT(cpv ? cpv->code : MN_STR_NONE),
	    cpv ? ": " : "by its words: ", MN_FMT(sector));
	char value[32];
	also(x, "risk of the trade %.*s of 1, counts from %s",
	    MN_FMT(mn_fx_print(about->x_q16[SECTOR], 2, value)),
	    mn_arena_cstr(x->a, mn_fx_print(x->risk->from_q16, 2, (char[32]){0})));
	return answer(x, yes ? MN_RISK_YES : MN_RISK_NO);
}

/* What a bidder says of agencies, or the make-up of the workforce that is known. */
static struct mn_risk_answer
workforce(struct asking *x)
{
	const struct mn_tender_page *p = x->p;
	for (uint32_t i = 0; i < p->n_party; i++) {
		const struct mn_view *v = &p->party[i].v;
		bool agency = mn_record_bool(&v->ent.rec, MN_F_AGENCY_USED) == 1;
		bool high = v->inherent.known[WORKFORCE] &&
			    v->inherent.x_q16[WORKFORCE] >= x->risk->from_q16;
		x->unknown += !v->inherent.known[WORKFORCE];
		if (agency)
			also(x, "%.*s hires through an agency",
			    MN_FMT(name_of(&p->party[i])));
		else if (high)
			also(x, "%.*s: make-up of its workforce",
			    MN_FMT(name_of(&p->party[i])));
	}
	if (x->named)
		return answer(x, MN_RISK_YES);
	if (p->n_party == 0 || x->unknown)
		return not_known(x, "nobody says what share are migrants or come "
				    "through agencies");
	also(x, "no agencies, and few workers who depend on others, by what is said");
	return answer(x, MN_RISK_NO);
}

static struct mn_risk_answer
location(struct asking *x)
{
	const struct mn_tender_page *p = x->p;
	for (uint32_t i = 0; i < p->n_party; i++) {
		const struct mn_inherent *h = &p->party[i].v.inherent;
		char value[32];
		x->unknown += !h->known[COUNTRY];
		if (h->known[COUNTRY] && h->x_q16[COUNTRY] >= x->risk->from_q16 &&
		    !country_again(p, i))
			also(x, "%.*s (%.*s of 1)",
			    MN_FMT(mn_country_name(
				p->r->countries, country_of(&p->party[i]))),
			    MN_FMT(mn_fx_print(h->x_q16[COUNTRY], 2, value)));
	}
	if (x->named)
		return answer(x, MN_RISK_YES);
	if (p->n_party == 0)
		return not_known(x, "no bidder is named");
	if (x->unknown)
		return not_known(x, "of some of those named no country is told");
	for (uint32_t i = 0; i < p->n_party; i++)
		if (!country_again(p, i))
			also(x, "%.*s",
			    MN_FMT(mn_country_name(
				p->r->countries, country_of(&p->party[i]))));
	return answer(x, MN_RISK_NO);
}

/* The newest rating of a fact "2025: Tier 3; 2024: ..."; empty: none. */
static struct mn_str
rating(const struct mn_pack *p, struct mn_str country)
{
	for (uint32_t i = 0; i < p->n_fact; i++)
		if (mn_str_eq(p->fact[i].country, country) &&
		    mn_str_find(p->fact[i].topic, MN_S("TIP Report")) != SIZE_MAX) {
			struct mn_str rest = p->fact[i].text;
			return mn_str_cut(&rest, ';');
		}
	return MN_STR_NONE;
}

static struct mn_risk_answer
context(struct asking *x)
{
	static const struct mn_str LOW[] = {MN_S("Tier 3"), MN_S("Watch List")};
	const struct mn_tender_page *p = x->p;
	for (uint32_t i = 0; i < p->n_party; i++) {
		struct mn_str told = rating(p->r->pack, country_of(&p->party[i]));
		struct mn_str where =
		    mn_country_name(p->r->countries, country_of(&p->party[i]));
		x->unknown += told.n == 0;
		if (p->party[i].v.inherent.state_setting)
			also(x, "%.*s: imposed by the state there",
			    MN_FMT(name_of(&p->party[i])));
		for (size_t k = 0; k < countof(LOW); k++)
			if (mn_str_find(told, LOW[k]) != SIZE_MAX && !country_again(p, i))
				also(x, "%.*s: US TIP Report %.*s", MN_FMT(where),
				    MN_FMT(told));
	}
	if (x->named)
		return answer(x, MN_RISK_YES);
	if (p->n_party == 0 || x->unknown)
		return not_known(x, p->n_party ? "of some of those named no country is "
						 "told, or no rating of it is known"
					       : "no bidder is named");
	also(x, "no state-imposed setting of the packs, and no low rating in the US "
		"TIP Report");
	return answer(x, MN_RISK_NO);
}

/* "garments from Bangladesh" of a row "goods/BD:garments". */
static struct mn_str
good_of(struct asking *x, struct mn_str row)
{
	struct mn_str rest = row;
	mn_str_cut(&rest, '/');
	struct mn_str country = mn_str_cut(&rest, ':');
	if (rest.n == 0)
		return row;
	return mn_arena_fmt(x->a, "%.*s from %.*s", MN_FMT(rest),
	    MN_FMT(mn_country_name(x->p->r->countries, country)));
}

static bool
good_again(const struct mn_tender_page *p, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (mn_str_eq(p->party[k].v.inherent.row[GOOD],
			p->party[i].v.inherent.row[GOOD]))
			return true;
	return false;
}

static struct mn_risk_answer
commodity(struct asking *x)
{
	const struct mn_tender_page *p = x->p;
	const struct mn_inherent *about = &p->about;
	if (about->known[GOOD]) {
		also(x, "a service: goods that are used in it are not looked at");
		return answer(x, MN_RISK_NO);
	}
	for (uint32_t i = 0; i < p->n_party; i++) {
		const struct mn_inherent *h = &p->party[i].v.inherent;
		x->unknown += !h->known[GOOD];
		bool high = h->known[GOOD] && h->x_q16[GOOD] >= x->risk->from_q16;
		if (high && !good_again(p, i))
			also(x, "%.*s: on a government's list of such goods",
			    MN_FMT(good_of(x, h->row[GOOD])));
	}
	if (x->named)
		return answer(x, MN_RISK_YES);
	if (p->n_party == 0 || x->unknown)
		return not_known(x, "the good, or the country where it is made, is not "
				    "told of everybody");
	also(x, "not listed for the countries where it is made; that is no clearance");
	return answer(x, MN_RISK_NO);
}

static struct mn_risk_answer
model(struct asking *x)
{
	static const struct {
		unsigned role;
		const char *text;
	} BETWEEN[] = {{3, "member of a consortium"}, {4, "subcontractor"}};
	const struct mn_tender_page *p = x->p;
	for (uint32_t i = 0; i < p->n_party; i++) {
		const struct mn_tender_party *y = &p->party[i];
		for (size_t k = 0; k < countof(BETWEEN); k++)
			if (y->roles >> BETWEEN[k].role & 1u)
				also(x, "%.*s: %s", MN_FMT(name_of(y)), BETWEEN[k].text);
		if (y->site)
			also(x, "%.*s makes at %.*s", MN_FMT(name_of(y->of)),
			    MN_FMT(name_of(y)));
		/* Who neither names a site nor is the only one says nothing of it. */
		x->unknown += !y->site && y->v.ent.rec.v[MN_F_ORIGIN_COUNTRY].n == 0;
	}
	if (x->named)
		return answer(x, MN_RISK_YES);
	if (p->n_party == 0 || x->unknown)
		return not_known(x, "nobody says who else does part of the work, or "
				    "where");
	also(x, "each bidder says that it makes it itself");
	return answer(x, MN_RISK_NO);
}

static const struct {
	struct mn_str code;
	struct mn_risk_answer (*fn)(struct asking *x);
} RULES[] = {{MN_S("industry"), industry}, {MN_S("workforce"), workforce},
    {MN_S("location"), location}, {MN_S("context"), context},
    {MN_S("commodity"), commodity}, {MN_S("model"), model}};

struct mn_risk_answer
mn_tender_risk(const struct mn_tender_page *p, const struct mn_p_tender_risk *risk,
    struct mn_arena *a)
{
	struct asking x = {.p = p, .risk = risk, .a = a, .said = mn_buf_new(1u << 16)};
	for (size_t i = 0; i < countof(RULES); i++)
		if (mn_str_eq(RULES[i].code, risk->code))
			return RULES[i].fn(&x);
	return not_known(&x, "this program has no rule for it");
}

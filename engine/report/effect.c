/* What a legal gate means for the user, by its profile; and what is asked about it. */
#include "manumit/report/view.h"

/* ---- the profile ---- */

/* Of rows of one name the newest year counts. */
static bool
is_newest(const struct mn_report *r, uint32_t i)
{
	int64_t year = 0, other = 0;
	const struct mn_record *rec = &r->own[i].rec;
	mn_record_count(rec, MN_F_YEAR, &year);
	for (uint32_t k = 0; k < r->n_own; k++) {
		const struct mn_record *o = &r->own[k].rec;
		if (k == i || o->kind != MN_K_PROFILE || !r->own[k].last ||
		    !mn_str_eq_ascii(o->v[MN_F_NAME], rec->v[MN_F_NAME]))
			continue;
		other = 0;
		mn_record_count(o, MN_F_YEAR, &other);
		if (other > year)
			return false;
	}
	return true;
}

static bool
has(struct mn_str codes, struct mn_str code)
{
	for (struct mn_str rest = codes; rest.p && rest.n;)
		if (mn_str_eq(mn_str_cut(&rest, ';'), code))
			return true;
	return false;
}

/* A country as its code, which a file of inputs may have in words. */
static struct mn_str
code_of(const struct mn_report *r, struct mn_str s)
{
	struct mn_str code =
	    r->countries ? mn_country_find(r->countries, s) : MN_STR_NONE;
	return code.n ? code : s;
}

/* Markets of one entity of the user's beside those of another; NONE only stays while
 * nobody has any. */
static void
unite(
    const struct mn_report *r, struct mn_str *to, struct mn_str more, struct mn_arena *a)
{
	for (struct mn_str rest = more; rest.p && rest.n;) {
		struct mn_str code = code_of(r, mn_str_cut(&rest, ';'));
		bool none = mn_str_eq(code, MN_S("NONE"));
		if (has(*to, code) || (none && to->n))
			continue;
		if (mn_str_eq(*to, MN_S("NONE")))
			*to = MN_STR_NONE;
		*to = mn_arena_fmt(
		    a, "%.*s%s%.*s", MN_FMT(*to), to->n ? ";" : "", MN_FMT(code));
	}
}

void
mn_view_profile(struct mn_report *r, struct mn_arena *a)
{
	r->profile = (struct mn_user_profile){.any = false};
	for (uint32_t i = 0; i < r->n_own; i++) {
		const struct mn_record *rec = &r->own[i].rec;
		if (rec->kind != MN_K_PROFILE || !r->own[i].last || !is_newest(r, i))
			continue;
		r->profile.any = true;
		unite(r, &r->profile.imports, rec->v[MN_F_IMPORTS_INTO], a);
		unite(r, &r->profile.sells, rec->v[MN_F_SELLS_IN], a);
		unite(r, &r->profile.buys, rec->v[MN_F_BUYS_PUBLICLY_IN], a);
		unite(r, &r->profile.supplies, rec->v[MN_F_SELLS_PUBLICLY_IN], a);
	}
}

/* ---- effects ---- */

enum concerned { NO, YES, UNKNOWN };

static enum concerned
concerns(const struct mn_report *r, const struct mn_p_gate *g, struct mn_str where)
{
	if (!r->profile.any || where.n == 0)
		return UNKNOWN;
	if (mn_str_eq(where, MN_S("NONE")))
		return NO;
	for (uint32_t i = 0; i < g->markets.n; i++)
		if (has(where, g->markets.v[i]))
			return YES;
	return g->markets.n == 0 ? YES : NO;
}

/* " into the United States"; nothing where the market is any. */
static struct mn_str
market(const struct mn_report *r, const struct mn_p_gate *g, const char *into,
    struct mn_arena *a)
{
	if (g->markets.n == 0)
		return MN_STR_NONE;
	struct mn_str name = mn_country_name(r->countries, g->markets.v[0]);
	if (mn_str_eq(g->markets.v[0], MN_S("EU")))
		name = MN_S("European Union");
	bool the = mn_str_starts(name, MN_S("United ")) ||
		   mn_str_starts(name, MN_S("European "));
	return mn_arena_fmt(a, " %s%s %.*s", into, the ? " the" : "", MN_FMT(name));
}

struct part {
	const char *maybe, *sure, *into; /* "If you import", "As an importer", "into" */
	struct mn_str text, where;
};

static void
say(const struct mn_report *r, const struct mn_p_gate *g, const struct part *p,
    struct mn_arena *a, struct mn_buf *b)
{
	enum concerned c = concerns(r, g, p->where);
	if (p->text.n == 0 || c == NO)
		return;
	mn_buf_fmt(b, "%s%s%.*s%s: %.*s", b->n ? "\n" : "", c == YES ? p->sure : p->maybe,
	    MN_FMT(market(r, g, p->into, a)),
	    c == UNKNOWN && r->profile.any ? " (your profile does not say)" : "",
	    MN_FMT(p->text));
}

struct mn_str
mn_view_effect(const struct mn_report *r, uint32_t gate, struct mn_arena *a)
{
	const struct mn_p_gate *g = &r->pack->gate[gate];
	const struct part PARTS[] = {
	    {"If you import", "As an importer", "into", g->effect_importer,
		r->profile.imports},
	    {"If you sell", "As a seller", "in", g->effect_seller, r->profile.sells},
	    {"If you sell to public bodies", "As a supplier of public bodies", "in",
		g->effect_supplier, r->profile.supplies},
	    {"If you buy as a public body", "As a public buyer", "in", g->effect_public,
		r->profile.buys},
	};
	struct mn_buf b = mn_buf_new(1u << 16);
	size_t said = 0;
	mn_buf_add(&b, g->effect);
	for (size_t i = 0; i < countof(PARTS); i++) {
		size_t before = b.n;
		say(r, g, &PARTS[i], a, &b);
		said += b.n > before;
	}
	if (b.n == 0)
		mn_buf_fmt(&b, "By your profile you neither import, sell, supply public "
			       "bodies nor buy publicly where this law reaches.");
	else if (!r->profile.any && said)
		mn_buf_fmt(&b, "\nWhich of these concerns you is not known: fill in the "
			       "sheet profile.");
	struct mn_str out = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return out;
}

/* ---- status and questions ---- */

/* What reaches it along the graph hides no gap: whether it was itself compared. */
static struct mn_str
itself(
    const struct mn_report *r, const struct mn_view *v, uint32_t gate, struct mn_arena *a)
{
	struct mn_str why;
	if (mn_gate_standing(r->pack, gate, &r->ground[gate], &v->ent, r->as_of, a,
		&why) != MN_GATE_NOT_CHECKED)
		return MN_STR_NONE;
	if (!mn_view_shows(r, MN_SHOW_INPUTS) || why.n == 0)
		why = MN_S("no list of the day was compared");
	return mn_arena_fmt(a, "itself not checked: %.*s", MN_FMT(why));
}

struct mn_str
mn_view_gate_why(
    const struct mn_report *r, const struct mn_view *v, uint32_t gate, struct mn_arena *a)
{
	struct mn_str why;
	unsigned status = v->card.gate[gate];
	if (status == MN_GATE_UPSTREAM)
		return itself(r, v, gate, a);
	if (status != MN_GATE_NOT_APPLICABLE && status != MN_GATE_NOT_CHECKED)
		return MN_STR_NONE;
	/* A fact that says so has its own reason: a licence that nobody looked up. */
	for (uint32_t i = 0; i < v->n_gate; i++)
		if (v->gate[i].gate == gate && v->gate[i].status == status)
			return MN_STR_NONE;
	mn_gate_standing(r->pack, gate, &r->ground[gate], &v->ent, r->as_of, a, &why);
	/* Which files there were is the user's own affair. */
	if (why.n && status == MN_GATE_NOT_CHECKED && !mn_view_shows(r, MN_SHOW_INPUTS))
		return MN_S("no list of the day was compared");
	return why;
}

struct mn_str
mn_view_gate_question(
    const struct mn_report *r, const struct mn_gate_fact *g, struct mn_arena *a)
{
	const struct mn_p_gate_region *of =
	    g->own_field ? mn_pack_gate_region(r->pack, g->entry_id) : NULL;
	const struct mn_p_gate_order *order =
	    g->own_field ? mn_pack_gate_order(r->pack, g->entry_id) : NULL;
	if (of)
		return g->basis == MN_BASIS_GOOD ? of->question_good : of->question_site;
	if (order)
		return order->question;
	if (g->basis == MN_BASIS_PARENT)
		return MN_S("Its parent has the name of this entry: does the entry mean "
			    "this supplier too, as a firm that it owns?");
	if (g->good.n)
		return mn_arena_fmt(a,
		    "%.*s The entry is limited to %.*s: same means this firm and this "
		    "good.",
		    MN_FMT(r->pack->gate[g->gate].question), MN_FMT(g->good));
	return r->pack->gate[g->gate].question;
}

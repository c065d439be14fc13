/* The organisations of a release: parties, and who is named elsewhere without being one.
 */
#include "manumit/base/limits.h"
#include "manumit/text/ident.h"

#include "ocds.h"

/* ---- the table of names of a release ---- */

struct mn_ocds_key {
	uint64_t hash;
	struct mn_str key; /* the space, then the key; p == NULL: free */
	uint32_t at;
};

static struct mn_ocds_key *
slot_of(struct mn_ocds_key *table, uint32_t cap, uint64_t hash, struct mn_str key)
{
	uint32_t i = (uint32_t)hash & (cap - 1);
	while (table[i].key.p && !(table[i].hash == hash && mn_str_eq(table[i].key, key)))
		i = (i + 1) & (cap - 1);
	return &table[i];
}

static void
grow(struct mn_ocds *x)
{
	uint32_t cap = x->cap_key ? 2 * x->cap_key : 256;
	struct mn_ocds_key *table = MN_NEW(&x->a, struct mn_ocds_key, cap);
	for (uint32_t i = 0; i < x->cap_key; i++)
		if (x->key[i].key.p)
			*slot_of(table, cap, x->key[i].hash, x->key[i].key) = x->key[i];
	x->key = table;
	x->cap_key = cap;
}

static struct mn_str
spaced(struct mn_arena *a, char space, struct mn_str key)
{
	char *p = mn_arena_alloc(a, 1, 1, key.n + 1);
	p[0] = space;
	if (key.n)
		memcpy(p + 1, key.p, key.n);
	return mn_str(p, key.n + 1);
}

uint32_t
mn_ocds_find(const struct mn_ocds *x, char space, struct mn_str key)
{
	struct mn_arena scratch = x->a;
	if (key.n == 0 || x->cap_key == 0)
		return UINT32_MAX;
	struct mn_str k = spaced(&scratch, space, key);
	struct mn_ocds_key *e = slot_of(x->key, x->cap_key, mn_hash64(k), k);
	return e->key.p ? e->at : UINT32_MAX;
}

void
mn_ocds_name(struct mn_ocds *x, char space, struct mn_str key, uint32_t at)
{
	if (key.n == 0)
		return;
	if (x->n_key * 2 >= x->cap_key)
		grow(x);
	struct mn_str k = spaced(&x->a, space, key);
	uint64_t hash = mn_hash64(k);
	struct mn_ocds_key *e = slot_of(x->key, x->cap_key, hash, k);
	if (e->key.p)
		return; /* the first stays */
	*e = (struct mn_ocds_key){hash, k, at};
	x->n_key++;
}

/* ---- reading one ---- */

/* What says which organisation it is. */
static struct mn_org
identify(struct mn_ocds *x, struct mn_view v)
{
	struct mn_org o = {.v = v};
	struct mn_str s;
	if (v.n && mn_json_str(v.v[0], &s)) {
		o.name = mn_str_trim(s);
		mn_ocds_remark(x, MN_E_JSON_SHAPE, v.path, "",
		    "a text where an organisation is wanted: used as its name");
		return o;
	}
	struct mn_view identifier = mn_view_map(x, v, "identifier");
	o.id = mn_view_id(x, v, "id");
	o.name = mn_view_text(x, v, "name");
	o.legal_name = mn_view_text(x, identifier, "legalName");
	o.scheme = mn_view_text(x, identifier, "scheme");
	o.number = mn_view_text(x, identifier, "id");
	if (mn_id_placeholder(o.number))
		o.number = MN_STR_NONE;
	if (o.name.n == 0)
		o.name = o.legal_name;
	return o;
}

static struct mn_str
identifier_key(struct mn_ocds *x, const struct mn_org *o)
{
	if (o->number.n == 0)
		return MN_STR_NONE;
	return mn_arena_fmt(&x->a, "%.*s\n%.*s", MN_FMT(o->scheme), MN_FMT(o->number));
}

/* The organisation that this is: by its id, else by its number, else by its name when no
 * id speaks against it. */
static uint32_t
same_as(struct mn_ocds *x, const struct mn_org *o)
{
	uint32_t at = mn_ocds_find(x, 'i', o->id);
	if (at == UINT32_MAX)
		at = mn_ocds_find(x, 'n', identifier_key(x, o));
	if (at != UINT32_MAX)
		return at;
	at = mn_ocds_find(x, 't', mn_map_fold(&x->a, o->name));
	if (at == UINT32_MAX)
		return at;
	const struct mn_org *other = &x->org[at];
	bool ids = o->id.n && other->id.n, numbers = o->number.n && other->number.n;
	return ids || numbers ? UINT32_MAX : at;
}

static void
splice(struct mn_ocds_notes *to, const struct mn_ocds_notes *from)
{
	if (!from->first)
		return;
	if (to->last)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
}

static void
enter(struct mn_ocds *x, const struct mn_org *o, uint32_t at)
{
	mn_ocds_name(x, 'i', o->id, at);
	mn_ocds_name(x, 'n', identifier_key(x, o), at);
	mn_ocds_name(x, 't', mn_map_fold(&x->a, o->name), at);
}

static uint32_t
add(struct mn_ocds *x, const struct mn_org *o)
{
	if (x->n_org == x->cap_org) {
		uint32_t cap = x->cap_org ? 2 * x->cap_org : 64;
		struct mn_org *more = MN_NEW(&x->a, struct mn_org, cap);
		if (x->n_org)
			memcpy(more, x->org, x->n_org * sizeof *more);
		x->org = more;
		x->cap_org = cap;
	}
	x->org[x->n_org] = *o;
	enter(x, o, x->n_org);
	return x->n_org++;
}

/* A reference may say what the party does not. */
static void
add_to(struct mn_ocds *x, uint32_t at, const struct mn_org *o)
{
	struct mn_org *org = &x->org[at];
	bool says_more = mn_view_get(o->v, "identifier") || mn_view_get(o->v, "address");
	if (says_more && org->v.n && org->v.n < 8 && !org->finished)
		org->v = mn_view_with(x, org->v, o->v.v[0]);
	if (org->number.n == 0) {
		org->scheme = o->scheme;
		org->number = o->number;
	}
	org->name = org->name.n ? org->name : o->name;
	org->legal_name = org->legal_name.n ? org->legal_name : o->legal_name;
	enter(x, o, at);
	splice(&org->notes, &o->notes);
}

void
mn_ocds_full(struct mn_ocds *x, struct mn_str path)
{
	if (!x->full)
		mn_ocds_remark(x, MN_E_JSON_SHAPE, path, "",
		    "too many organisations in one release: none from here on is read");
	x->full = true;
}

uint32_t
mn_ocds_org(struct mn_ocds *x, struct mn_view ref)
{
	struct mn_ocds_notes notes = {NULL, NULL}, *before = x->notes;
	x->notes = &notes;
	struct mn_org o = identify(x, ref);
	x->notes = before;
	o.notes = notes;
	uint32_t at = same_as(x, &o);
	if (at != UINT32_MAX) {
		add_to(x, at, &o);
		return at;
	}
	if (x->n_org < MN_OCDS_ORGS)
		return add(x, &o);
	mn_ocds_full(x, ref.path);
	return UINT32_MAX;
}

/* ---- parties ---- */

static uint32_t
roles_of(struct mn_ocds *x, struct mn_view party)
{
	const struct mn_json *m = mn_view_get(party, "roles");
	uint32_t roles = 0;
	struct mn_str s;
	if (mn_json_str(m, &s)) {
		mn_ocds_remark(x, MN_E_JSON_SHAPE, party.path, "roles",
		    "a text where a list is wanted: used as a list of one");
		roles |= 1u << mn_bid_role_of(s);
	}
	for (size_t i = 0; i < mn_json_count(m); i++)
		if (mn_json_str(mn_json_at(m, i), &s))
			roles |= 1u << mn_bid_role_of(s);
	return roles & ((1u << MN_BID_COUNT) - 1);
}

/* Two parties with one id and other names are two; references mean the first. */
static void
add_party(struct mn_ocds *x, struct mn_view v)
{
	struct mn_ocds_notes notes = {NULL, NULL};
	x->notes = &notes;
	struct mn_org o = identify(x, v);
	o.roles = roles_of(x, v);
	o.silent = o.roles == 0 && mn_json_count(mn_view_get(v, "roles")) == 0;
	uint32_t at = mn_ocds_find(x, 'i', o.id);
	bool same = at != UINT32_MAX && mn_str_eq(mn_map_fold(&x->a, o.name),
					    mn_map_fold(&x->a, x->org[at].name));
	if (at != UINT32_MAX && !same) {
		mn_ocds_remark(x, MN_E_JSON_SHAPE, v.path, "id",
		    "another party has this id: references to it mean the first");
		o.id = MN_STR_NONE;
	}
	x->notes = NULL;
	o.notes = notes;
	if (same) {
		x->org[at].roles |= o.roles;
		add_to(x, at, &o);
	} else if (x->n_org < MN_OCDS_ORGS) {
		add(x, &o);
	} else {
		mn_ocds_full(x, v.path);
	}
}

void
mn_ocds_parties(struct mn_ocds *x)
{
	struct mn_view *party;
	uint32_t n = mn_view_list(x, x->release, "parties", &party);
	for (uint32_t i = 0; i < n; i++)
		add_party(x, party[i]);
}

/* ---- all that a row needs ---- */

static void
take_number(struct mn_ocds *x, struct mn_org *o, struct mn_str scheme,
    struct mn_str number, struct mn_str path)
{
	struct mn_str country;
	enum mn_id_kind kind = mn_id_scheme(scheme, &country);
	if (number.n == 0)
		return;
	if (kind == MN_ID_PERSON) {
		mn_ocds_remark(x, MN_E_PERSONAL, path, "identifier",
		    "number of a natural person: not kept");
		if (mn_str_eq(o->number, number))
			o->number = o->id = MN_STR_NONE; /* the id is made of it */
		return;
	}
	if (kind == MN_ID_LEI && o->lei.n == 0)
		o->lei = number;
	if (kind == MN_ID_REGISTER && o->tax_id.n == 0) {
		o->tax_id = number;
		o->scheme = scheme;
		if (o->country.n == 0)
			o->country = country;
	}
}

static void
append(struct mn_ocds *x, struct mn_str *to, struct mn_str part)
{
	if (part.n == 0)
		return;
	*to = to->n ? mn_arena_fmt(&x->a, "%.*s, %.*s", MN_FMT(*to), MN_FMT(part)) : part;
}

/* The part of an address that is a country's name of several words, when no country is
 * given. Names of one word ("Georgia", "Peru") may be a town or a state, codes anything.
 */
static struct mn_str
country_in(struct mn_ocds *x, struct mn_str street)
{
	struct mn_str found = MN_STR_NONE;
	for (struct mn_str rest = street; rest.p;) {
		struct mn_str part = mn_str_trim(mn_str_cut(&rest, ','));
		if (mn_str_find_byte(part, ' ') != SIZE_MAX &&
		    mn_country_find(x->in->rules.countries, part).n)
			found = part;
	}
	return found;
}

static struct mn_str
part_of(struct mn_ocds *x, struct mn_view a, const char *key)
{
	struct mn_str s = mn_view_text(x, a, key);
	return mn_id_placeholder(s) ? MN_STR_NONE : s;
}

static void
read_address(struct mn_ocds *x, struct mn_org *o)
{
	struct mn_view a = mn_view_map(x, o->v, "address");
	o->city = part_of(x, a, "locality");
	o->region = part_of(x, a, "region");
	o->address = part_of(x, a, "streetAddress");
	struct mn_str street = o->address;
	append(x, &o->address, part_of(x, a, "postalCode"));
	o->country = mn_view_text(x, a, "country"); /* 1.2: the code */
	if (o->country.n == 0)
		o->country = part_of(x, a, "countryName");
	if (o->country.n || street.n == 0)
		return;
	o->country = country_in(x, street);
	if (o->country.n)
		mn_ocds_remark(x, MN_E_JSON_SHAPE, a.path, "countryName",
		    "empty: the country is taken from the street address");
}

void
mn_org_finish(struct mn_ocds *x, struct mn_org *o)
{
	struct mn_view *more;
	if (o->finished)
		return;
	o->finished = true;
	x->notes = &o->notes;
	read_address(x, o);
	take_number(x, o, o->scheme, o->number, o->v.path);
	uint32_t n = mn_view_list(x, o->v, "additionalIdentifiers", &more);
	for (uint32_t i = 0; i < n; i++) {
		struct mn_str number = mn_view_text(x, more[i], "id");
		if (!mn_id_placeholder(number))
			take_number(x, o, mn_view_text(x, more[i], "scheme"), number,
			    more[i].path);
	}
	x->notes = NULL;
}

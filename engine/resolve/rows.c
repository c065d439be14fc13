/* Supplier rows analysed once and kept packed. */
#include "manumit/model/codec.h"

#include "rows.h"
#include "similar.h"

#define NESTING 8 /* places within places: town, county, province, country */

struct packed_name {
	struct mn_token *tok; /* texts lie in the arena */
	uint8_t n, legal, script;
	bool chinese, all_generic, cut;
};

struct packed {
	struct mn_key key; /* of what the analysis depends on */
	struct packed *next;
	uint32_t number;
	/* The whole name only: what stands in brackets is a town as often as a short
	 * form, and two firms of one town are not one. */
	struct packed_name name;
	uint64_t *address; /* words, then numbers */
	uint8_t n_word, n_number;
	char country[3];
	bool plain;  /* all brand words are Latin */
	bool stated; /* facts are read: only rows with a like one need them */
	struct mn_row_facts facts;
};

struct mn_rows {
	struct mn_arena *a;
	struct mn_reader *r;
	struct mn_matcher *m;
	const mn_rid *rid;
	struct packed **of;   /* per row */
	struct packed **slot; /* by key, chained */
	uint64_t mask;
	uint32_t count;
	struct mn_name city;
	struct mn_profile room;
};

struct mn_rows *
mn_rows_new(struct mn_arena *a, struct mn_reader *r, struct mn_matcher *m,
    const mn_rid *rid, uint64_t n)
{
	struct mn_rows *s = MN_NEW(a, struct mn_rows, 1);
	for (s->mask = 1023; s->mask < n; s->mask = s->mask * 2 + 1)
		;
	s->a = a;
	s->r = r;
	s->m = m;
	s->rid = rid;
	s->of = MN_NEW(a, struct packed *, n);
	s->slot = MN_NEW(a, struct packed *, s->mask + 1);
	return s;
}

bool
mn_row_record(struct mn_reader *r, mn_rid rid, struct mn_record *out, struct mn_err *err)
{
	struct mn_str body;
	int found = mn_reader_row(r, rid, &body, err);
	if (found == 0)
		return mn_fail(
		    err, MN_E_STORE, "row %llx is missing", (unsigned long long)rid);
	return found == 1 && mn_record_decode(body, rid, out, err);
}

/* ---- facts ---- */

/* Numbers, each once, add up to one value whatever their order. */
static uint64_t
numbers_of(const struct mn_name *n)
{
	uint64_t sum = 0;
	for (uint32_t i = 0; i < n->n; i++) {
		bool again = n->tok[i].cls != MN_W_NUMBER;
		for (uint32_t k = 0; k < i; k++)
			again = again || n->tok[k].id == n->tok[i].id;
		sum += again ? 0 : n->tok[i].id;
	}
	return sum;
}

static bool
lies_in(const struct mn_lexicon *x, uint32_t inner, uint32_t outer)
{
	for (uint32_t i = 0; i < NESTING && inner; i++) {
		if (inner == outer)
			return true;
		inner = x->row[inner].parent;
	}
	return false;
}

/* The innermost place among a name's words; countries are compared elsewhere. */
static struct mn_place_fact
place_of(const struct mn_lexicon *x, const struct mn_name *n)
{
	struct mn_place_fact best = {0, 0};
	for (uint32_t i = 0; i < n->n; i++) {
		const struct mn_token *t = &n->tok[i];
		if (t->cls != MN_W_PLACE || !t->row ||
		    mn_str_starts(x->row[t->row].id, MN_S("country:")))
			continue;
		if (!best.row || lies_in(x, t->row, best.row))
			best = (struct mn_place_fact){t->id, t->row};
	}
	return best;
}

/* A town is a place of the tables or its words. */
static struct mn_place_fact
city_of(struct mn_rows *s, const struct mn_record *rec)
{
	const struct mn_lexicon *x = mn_analyst_lexicon(s->m->analyst);
	if (rec->v[MN_F_CITY].n == 0)
		return (struct mn_place_fact){0, 0};
	mn_name_analyse(s->m->analyst, rec->v[MN_F_CITY], rec->v[MN_F_COUNTRY], &s->city);
	struct mn_place_fact f = place_of(x, &s->city);
	for (uint32_t i = 0; f.row == 0 && i < s->city.n; i++)
		f.id += s->city.tok[i].id;
	return f;
}

bool
mn_places_differ(
    const struct mn_rows *s, const struct mn_place_fact *a, const struct mn_place_fact *b)
{
	const struct mn_lexicon *x = mn_analyst_lexicon(s->m->analyst);
	if (a->id == 0 || b->id == 0 || a->id == b->id)
		return false;
	return !(a->row && b->row &&
		 (lies_in(x, a->row, b->row) || lies_in(x, b->row, a->row)));
}

/* ---- packing ---- */

static void
pack_name(struct mn_arena *a, const struct mn_name *n, struct packed_name *out)
{
	*out = (struct packed_name){.n = (uint8_t)n->n,
	    .legal = n->legal,
	    .script = n->script,
	    .chinese = n->chinese,
	    .all_generic = n->all_generic,
	    .cut = n->cut};
	out->tok = MN_NEW(a, struct mn_token, n->n);
	for (uint32_t i = 0; i < n->n; i++) {
		out->tok[i] = n->tok[i];
		out->tok[i].text = mn_arena_str(a, mn_token_text(&n->tok[i])).p;
	}
}

static void
unpack_name(const struct packed_name *p, struct mn_name *out)
{
	memcpy(out->tok, p->tok, p->n * sizeof out->tok[0]);
	out->n = p->n;
	out->legal = p->legal;
	out->script = p->script;
	out->chinese = p->chinese;
	out->all_generic = p->all_generic;
	out->cut = p->cut;
}

static bool
is_plain(const struct mn_name *n)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (n->tok[i].cls == MN_W_BRAND && n->tok[i].script != MN_SCRIPT_LATIN)
			return false;
	return true;
}

static void
pack(struct mn_rows *s, struct packed *p, const struct mn_profile *f)
{
	const struct mn_address *ad = &f->address;
	bool stated = f->party.address != NULL;
	p->number = ++s->count;
	pack_name(s->a, &f->names.name[0], &p->name);
	p->plain = is_plain(&f->names.name[0]);
	p->n_word = (uint8_t)(stated ? ad->n_word : 0);
	p->n_number = (uint8_t)(stated ? ad->n_number : 0);
	p->address = MN_NEW(s->a, uint64_t, (size_t)p->n_word + p->n_number);
	for (uint32_t i = 0; i < p->n_word; i++)
		p->address[i] = ad->word[i];
	for (uint32_t i = 0; i < p->n_number; i++)
		p->address[p->n_word + i] = ad->number[i];
	memcpy(p->country, f->party.country, sizeof p->country);
}

static void
unpack(const struct packed *p, struct mn_profile *out)
{
	out->names.n = 1;
	unpack_name(&p->name, &out->names.name[0]);
	out->address.n_word = p->n_word;
	out->address.n_number = p->n_number;
	for (uint32_t i = 0; i < p->n_word; i++)
		out->address.word[i] = p->address[i];
	for (uint32_t i = 0; i < p->n_number; i++)
		out->address.number[i] = p->address[p->n_word + i];
	out->party = (struct mn_party){.name = &out->names.name[0],
	    .address = p->n_word + p->n_number ? &out->address : NULL};
	memcpy(out->party.country, p->country, sizeof out->party.country);
}

static struct packed *
analyse(struct mn_rows *s, const struct mn_record *rec, struct mn_profile *room)
{
	struct packed *p = MN_NEW(s->a, struct packed, 1);
	const struct mn_str *v = rec->v;
	struct mn_arena scratch = *s->a;
	struct mn_str address = mn_arena_fmt(
	    &scratch, "%.*s %.*s", MN_FMT(v[MN_F_ADDRESS]), MN_FMT(v[MN_F_CITY]));
	mn_profile_read(s->m, v[MN_F_NAME], v[MN_F_COUNTRY], mn_str_trim(address), room);
	pack(s, p, room);
	return p;
}

static struct packed *
find_or_analyse(struct mn_rows *s, const struct mn_record *rec, struct mn_profile *room)
{
	const struct mn_str part[] = {rec->v[MN_F_NAME], rec->v[MN_F_COUNTRY],
	    rec->v[MN_F_ADDRESS], rec->v[MN_F_CITY]};
	struct mn_key key = mn_hash128(part, countof(part));
	struct packed **at = &s->slot[key.lo & s->mask];
	while (*at && mn_key_cmp((*at)->key, key) != 0)
		at = &(*at)->next;
	if (!*at) {
		*at = analyse(s, rec, room);
		(*at)->key = key;
	}
	return *at;
}

static struct packed *
packed_of(struct mn_rows *s, uint32_t row, struct mn_err *err)
{
	struct mn_record rec;
	if (!s->of[row] && mn_row_record(s->r, s->rid[row], &rec, err))
		s->of[row] = find_or_analyse(s, &rec, &s->room);
	return s->of[row];
}

uint32_t
mn_rows_profile(
    struct mn_rows *s, uint32_t row, struct mn_profile *out, struct mn_err *err)
{
	const struct packed *p = packed_of(s, row, err);
	if (!p)
		return 0;
	unpack(p, out);
	return p->number;
}

/* Letters of the brand words that the other name does not have as they are. */
struct letters {
	int8_t n[26];
	uint32_t sum;
};

static bool
has_word(const struct packed_name *p, uint64_t id)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (p->tok[i].id == id)
			return true;
	return false;
}

static struct letters
own_letters(const struct packed_name *p, const struct packed_name *other)
{
	struct letters l = {.sum = 0};
	for (uint32_t i = 0; i < p->n; i++) {
		const struct mn_token *t = &p->tok[i];
		if (t->cls != MN_W_BRAND || has_word(other, t->id))
			continue;
		for (uint32_t k = 0; k < t->n; k++) {
			if (t->text[k] < 'a' || t->text[k] > 'z' || l.sum > 100)
				continue;
			l.n[t->text[k] - 'a']++;
			l.sum++;
		}
	}
	return l;
}

int
mn_rows_near(struct mn_rows *s, uint32_t a, uint32_t b, struct mn_err *err)
{
	const struct packed *x = packed_of(s, a, err);
	const struct packed *y = x ? packed_of(s, b, err) : NULL;
	if (!y)
		return -1;
	if (!x->plain || !y->plain)
		return 1;
	struct letters one = own_letters(&x->name, &y->name);
	struct letters two = own_letters(&y->name, &x->name);
	const struct letters *less = one.sum <= two.sum ? &one : &two;
	const struct letters *more = less == &one ? &two : &one;
	uint32_t missing = 0;
	for (size_t i = 0; i < countof(less->n); i++)
		missing +=
		    less->n[i] > more->n[i] ? (uint32_t)(less->n[i] - more->n[i]) : 0;
	return missing <= (less->sum < MN_WORD_TO_SLIP ? 0 : less->sum / 4);
}

bool
mn_rows_state(
    struct mn_rows *s, uint32_t row, const struct mn_profile *profile, struct mn_err *err)
{
	struct packed *p = s->of[row];
	const struct mn_lexicon *x = mn_analyst_lexicon(s->m->analyst);
	struct mn_record rec;
	if (p->stated)
		return true;
	if (!mn_row_record(s->r, s->rid[row], &rec, err))
		return false;
	p->facts.numbers = numbers_of(&profile->names.name[0]);
	p->facts.place = place_of(x, &profile->names.name[0]);
	p->facts.city = city_of(s, &rec);
	p->facts.address = rec.v[MN_F_ADDRESS].n > 0;
	p->stated = true;
	return true;
}

const struct mn_row_facts *
mn_rows_facts(const struct mn_rows *s, uint32_t row)
{
	return s->of[row] && s->of[row]->stated ? &s->of[row]->facts : NULL;
}

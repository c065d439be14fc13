/*
 * Joining rows of other tables to entities: identifiers first, then the user's id, then
 * name and country, then the name alone where the row names no country.
 */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/resolve.h"
#include "manumit/text/fold.h"

#include "keys.h"
#include "listed.h"

struct probe {
	struct mn_reader *r;
	struct mn_buf key;
	struct mn_str eids; /* 16 bytes each, borrowed from the store */
	struct mn_err *err;
};

/* Looks one blocking key up: the number of entities under it, or -1. */
static int
look(struct probe *p, char type, struct mn_str text, struct mn_str suffix,
    void (*fold)(struct mn_str, struct mn_buf *))
{
	p->eids = MN_STR_NONE;
	if (text.n == 0)
		return 0;
	struct mn_str key = mn_block_key_make(&p->key, type, text, suffix, fold);
	if (key.n == 0)
		return 0;
	int found = mn_reader_get(p->r, MN_TAB_JOIN, key, &p->eids, NULL, p->err);
	return found < 1 ? found : (int)(p->eids.n / 16);
}

static struct mn_eid
eid_at(struct mn_str eids, size_t i)
{
	struct mn_get g = mn_get(mn_str_sub(eids, 16 * i, 16));
	return mn_get_eid(&g);
}

/* When a way is tried: always, or only for rows that do or do not name a country. */
enum when { ALWAYS, WITH_COUNTRY, WITHOUT_COUNTRY };

/* One way to name an entity, tried in this order. A row that names a country does not
 * mean a namesake elsewhere, but may mean a supplier whose country is not known. */
struct way {
	char type;
	enum mn_field text;
	enum when when;
	bool country; /* the key carries the row's country */
	uint8_t basis;
	void (*fold)(struct mn_str, struct mn_buf *);
};

static const struct way WAYS[] = {
    {'L', MN_F_LEI, ALWAYS, false, MN_BASIS_IDENTIFIER, NULL},
    {'O', MN_F_OS_ID, ALWAYS, false, MN_BASIS_IDENTIFIER, NULL},
    {'R', MN_F_TAX_ID, ALWAYS, true, MN_BASIS_IDENTIFIER, mn_fold_id},
    {'I', MN_F_ENTITY, ALWAYS, false, MN_BASIS_IDENTIFIER, NULL},
    {'N', MN_F_ENTITY_NAME, WITH_COUNTRY, true, MN_BASIS_NAME_COUNTRY, mn_fold_name},
    {'n', MN_F_ENTITY_NAME, WITH_COUNTRY, true, MN_BASIS_NAME_COUNTRY, mn_fold_name},
    {'N', MN_F_ENTITY_NAME, WITH_COUNTRY, false, MN_BASIS_NAME, mn_fold_name},
    {'n', MN_F_ENTITY_NAME, WITH_COUNTRY, false, MN_BASIS_NAME, mn_fold_name},
    {'M', MN_F_ENTITY_NAME, WITHOUT_COUNTRY, false, MN_BASIS_NAME, mn_fold_name},
    {'m', MN_F_ENTITY_NAME, WITHOUT_COUNTRY, false, MN_BASIS_NAME, mn_fold_name},
};

/* A row that says only "entity" may mean its id or its name. */
static struct mn_str
text_of(const struct mn_record *rec, const struct way *w)
{
	if (w->text == MN_F_ENTITY_NAME && rec->v[MN_F_ENTITY_NAME].n == 0)
		return rec->v[MN_F_ENTITY];
	return rec->v[w->text];
}

static uint32_t
match_of(const struct mn_pack *p, uint8_t basis)
{
	if (basis == MN_BASIS_IDENTIFIER)
		return MN_FX_ONE;
	return (
	    uint32_t)(basis == MN_BASIS_NAME ? p->k.match_name : p->k.match_name_country);
}

bool
mn_join_row(struct mn_reader *r, const struct mn_pack *p, const struct mn_record *rec,
    struct mn_arena scratch, struct mn_join *out, struct mn_err *err)
{
	char room[MN_MAX_KEY + 64];
	struct mn_str country =
	    rec->v[rec->kind == MN_K_FEES ? MN_F_ENTITY_COUNTRY : MN_F_COUNTRY];
	struct probe pr = {
	    .r = r, .key = {room, 0, sizeof room, sizeof room, false}, .err = err};
	(void)scratch;
	*out = (struct mn_join){0};
	for (size_t i = 0; i < countof(WAYS) && out->n == 0; i++) {
		const struct way *w = &WAYS[i];
		if (w->when != ALWAYS && (w->when == WITH_COUNTRY) != (country.n > 0))
			continue;
		int n = look(&pr, w->type, text_of(rec, w),
		    w->country ? country : MN_STR_NONE, w->fold);
		if (n < 0)
			return false;
		out->n = (uint32_t)n;
		out->basis = w->basis;
	}
	if (out->n == 1) {
		out->who = eid_at(pr.eids, 0);
		out->match_q16 = match_of(p, out->basis);
	}
	return true;
}

/* The entities a list entry met, each with its best basis. */
struct met {
	struct mn_met one[MN_MAX_MET];
	uint32_t n;
};

static struct mn_met *
meet_one(struct met *m, struct mn_eid id, uint8_t basis)
{
	uint32_t at = 0;
	while (at < m->n && mn_eid_cmp(m->one[at].who, id) != 0)
		at++;
	if (at == MN_MAX_MET)
		return NULL;
	if (at == m->n)
		m->one[m->n++] = (struct mn_met){.who = id};
	if (m->one[at].basis < basis)
		m->one[at].basis = basis;
	return &m->one[at];
}

static void
meet(struct met *m, struct mn_str eids, enum mn_basis basis)
{
	for (size_t i = 0; i < eids.n / 16; i++)
		meet_one(m, eid_at(eids, i), (uint8_t)basis);
}

static bool
try_key(struct probe *p, struct met *m, char type, struct mn_str text,
    struct mn_str suffix, enum mn_basis basis)
{
	void (*fold)(struct mn_str, struct mn_buf *) = type == 'R' ? mn_fold_id
						       : strchr("NnMmP", type)
							   ? mn_fold_name
							   : NULL;
	if (look(p, type, text, suffix, fold) < 0)
		return false;
	meet(m, p->eids, basis);
	return true;
}

/* A registration number as it is written, and what in it names the organisation: two
 * branches have one root. */
static bool
try_number(struct probe *p, struct met *m, struct mn_str number, struct mn_str country)
{
	char room[MN_ROOT_BYTES];
	struct mn_str root = mn_block_root(number, country, room);
	return try_key(p, m, 'R', number, country, MN_BASIS_IDENTIFIER) &&
	       try_key(p, m, 'r', root, MN_STR_NONE, MN_BASIS_IDENTIFIER);
}

/* A parent is named without its country. */
static bool
try_parent(struct probe *p, struct met *m, struct mn_str name)
{
	return try_key(p, m, 'P', name, MN_STR_NONE, MN_BASIS_PARENT);
}

/* A name with its country meets suppliers of that country, and suppliers whose country is
 * not known; a name without a country meets every namesake. */
static bool
try_name(struct probe *p, struct met *m, struct mn_str name, struct mn_str country)
{
	if (country.n == 0)
		return try_key(p, m, 'M', name, MN_STR_NONE, MN_BASIS_NAME) &&
		       try_key(p, m, 'm', name, MN_STR_NONE, MN_BASIS_NAME);
	return try_key(p, m, 'N', name, country, MN_BASIS_NAME_COUNTRY) &&
	       try_key(p, m, 'n', name, country, MN_BASIS_NAME_COUNTRY) &&
	       try_key(p, m, 'N', name, MN_STR_NONE, MN_BASIS_NAME) &&
	       try_key(p, m, 'n', name, MN_STR_NONE, MN_BASIS_NAME);
}

/* Fields with names of the entry, ';' between those of one cell. */
static const enum mn_field NAMES[] = {
    MN_F_NAME, MN_F_NATIVE_NAME, MN_F_ALIASES, MN_F_FORMER_NAMES, MN_F_WEAK_ALIASES};

static bool
try_keys(struct probe *p, struct met *m, const struct mn_record *rec)
{
	struct mn_str country = rec->v[MN_F_COUNTRY];
	bool good =
	    try_key(p, m, 'L', rec->v[MN_F_LEI], MN_STR_NONE, MN_BASIS_IDENTIFIER) &&
	    try_key(p, m, 'O', rec->v[MN_F_OS_ID], MN_STR_NONE, MN_BASIS_IDENTIFIER) &&
	    try_number(p, m, rec->v[MN_F_TAX_ID], country);
	for (struct mn_str rest = rec->v[MN_F_IDENTIFIERS]; good && rest.p && rest.n;)
		good = try_number(p, m, mn_str_trim(mn_str_cut(&rest, ';')), country);
	for (size_t f = 0; f < countof(NAMES); f++)
		for (struct mn_str rest = rec->v[NAMES[f]]; good && rest.p && rest.n;) {
			struct mn_str name = mn_str_trim(mn_str_cut(&rest, ';'));
			good = try_name(p, m, name, country) && try_parent(p, m, name);
		}
	return good;
}

/* What stage match found for the row. */
static bool
add_matches(struct probe *p, struct met *m, mn_rid rid)
{
	char raw[8];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body;
	mn_put_u64(&key, rid);
	int found =
	    mn_reader_get(p->r, MN_TAB_MATCH, mn_buf_str(&key), &body, NULL, p->err);
	struct mn_get g = mn_get(found == 1 ? body : MN_STR_NONE);
	while (found == 1 && g.p < g.end) {
		struct mn_matched one = mn_matched_get(&g);
		struct mn_met *to = meet_one(m, one.who, MN_BASIS_SPELLING);
		if (g.bad)
			return mn_fail(p->err, MN_E_STORE, "damaged match row");
		if (to) {
			to->p_q16 = one.p_q16;
			to->other = one.other;
			to->listed_as = one.listed_as;
			to->why = one.why;
		}
	}
	return found >= 0;
}

bool
mn_join_entry(struct mn_reader *r, const struct mn_record *rec, struct mn_arena scratch,
    bool (*fn)(void *ctx, const struct mn_met *met), void *ctx, struct mn_err *err)
{
	char room[MN_MAX_KEY + 64];
	struct probe p = {
	    .r = r, .key = {room, 0, sizeof room, sizeof room, false}, .err = err};
	struct met *m = MN_NEW(&scratch, struct met, 1);
	bool good = try_keys(&p, m, rec) && add_matches(&p, m, rec->rid);
	for (uint32_t i = 0; good && i < m->n; i++)
		good = fn(ctx, &m->one[i]);
	return good;
}

/* What was done: which rows are about one thing, and their stored form. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"
#include "manumit/model/done.h"

#define VERSION 1

/* Fields that name the entity a row is about. */
static const enum mn_field NAMING[] = {
    MN_F_ENTITY, MN_F_LEI, MN_F_OS_ID, MN_F_TAX_ID, MN_F_ENTITY_NAME, MN_F_COUNTRY};

/* Fields that say what a row is about; rows that agree in them are one history. */
static const struct {
	enum mn_kind kind;
	enum mn_field field;
} KEYED[] = {
    {MN_K_ACTIVITIES, MN_F_DATE},
    {MN_K_ACTIVITIES, MN_F_ACTIVITY},
    {MN_K_ACTIVITIES, MN_F_ABOUT},
    {MN_K_ACTIVITIES, MN_F_REFERENCE},
    {MN_K_ACTIONS, MN_F_ACTION_ID},
    {MN_K_TRAINING, MN_F_DATE},
    {MN_K_TRAINING, MN_F_TOPIC},
    {MN_K_TRAINING, MN_F_TRAINED},
    {MN_K_TRAINING, MN_F_DONE_BY},
    {MN_K_REMEDIATION, MN_F_ABOUT},
    {MN_K_REMEDIATION, MN_F_RECRUITER},
    {MN_K_REMEDIATION, MN_F_ORIGIN},
    {MN_K_REMEDIATION, MN_F_DESTINATION},
    {MN_K_REMEDIATION, MN_F_CURRENCY},
    {MN_K_INSPECTIONS, MN_F_OPENED},
    {MN_K_INSPECTIONS, MN_F_AUTHORITY},
    {MN_K_INSPECTIONS, MN_F_CASE_ID},
    {MN_K_PROFILE, MN_F_NAME},
    {MN_K_PROFILE, MN_F_YEAR},
};

/* Days on which something happened; a due day may lie ahead. */
static const enum mn_field HAPPENED[] = {MN_F_DATE, MN_F_DONE_ON, MN_F_VERIFIED_ON,
    MN_F_LAST_PAID_ON, MN_F_OPENED, MN_F_CLOSED};

int32_t
mn_done_day(const struct mn_record *rec)
{
	int32_t day, newest = MN_DAY_NONE;
	if (mn_record_day(rec, MN_F_RECORDED_ON, &day))
		return day;
	for (size_t i = 0; i < countof(HAPPENED); i++)
		if (mn_record_day(rec, HAPPENED[i], &day) &&
		    (newest == MN_DAY_NONE || day > newest))
			newest = day;
	return newest;
}

enum mn_field
mn_done_ahead(const struct mn_record *rec, int32_t day)
{
	int32_t d;
	if (mn_record_day(rec, MN_F_RECORDED_ON, &d) && d > day)
		return MN_F_RECORDED_ON;
	for (size_t i = 0; i < countof(HAPPENED); i++)
		if (mn_record_day(rec, HAPPENED[i], &d) && d > day)
			return HAPPENED[i];
	return MN_F_NONE;
}

/* Words as they are compared here: ASCII case and runs of blanks make no difference. The
 * room of text folds more, but stands above this one. */
static struct mn_str
plain(struct mn_str s, struct mn_buf *b)
{
	size_t from = b->n;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (blank && b->n > from && b->p[b->n - 1] != ' ')
			mn_buf_byte(b, ' ');
		else if (!blank)
			mn_buf_byte(b, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	}
	return mn_str_trim(mn_str_sub(mn_buf_str(b), from, b->n));
}

/* The hash over several texts. Each is framed by mn_hash128; the buffer only folds. */
struct hashing {
	struct mn_key k;
};

static void
mix(struct hashing *h, struct mn_str name, struct mn_str s)
{
	char raw[16];
	struct mn_buf so_far = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_buf b = mn_buf_new(s.n + 1);
	mn_put_key(&so_far, h->k);
	h->k = mn_hash128((struct mn_str[]){mn_buf_str(&so_far), name, plain(s, &b)}, 3);
	mn_buf_free(&b);
}

static void
mix_field(struct hashing *h, const struct mn_record *rec, enum mn_field f)
{
	mix(h, mn_str_c(mn_field_def(f)->name), rec->v[f]);
}

static void
mix_kind(struct hashing *h, const struct mn_record *rec, const char *what)
{
	mix(h, mn_str_c(what), mn_str_c(mn_kind_name(rec->kind)));
}

struct mn_key
mn_done_handle(const struct mn_record *rec)
{
	struct hashing h = {{0, 0}};
	mix(&h, MN_S("handle"), MN_STR_NONE);
	for (size_t i = 0; i < countof(NAMING); i++) {
		if (rec->v[NAMING[i]].n == 0)
			continue;
		mix_field(&h, rec, NAMING[i]);
		/* A name is one with its country; the others name by themselves, a
		 * register's number too, for this purpose. */
		if (NAMING[i] == MN_F_ENTITY_NAME)
			mix_field(&h, rec, MN_F_COUNTRY);
		break;
	}
	return h.k;
}

struct mn_key
mn_done_thing(const struct mn_record *rec, struct mn_key who)
{
	struct hashing h = {who};
	mix_kind(&h, rec, "thing");
	for (size_t i = 0; i < countof(KEYED); i++)
		if (KEYED[i].kind == rec->kind)
			mix_field(&h, rec, KEYED[i].field);
	if (rec->kind == MN_K_ACTIONS && rec->v[MN_F_ACTION_ID].n == 0)
		mix_field(&h, rec, MN_F_ACTION);
	return h.k;
}

static bool
names_entity(enum mn_field f)
{
	for (size_t i = 0; i < countof(NAMING); i++)
		if (NAMING[i] == f)
			return true;
	return false;
}

/* The words of an action that has a code are those of a pack, and packs reword. */
static bool
is_said(const struct mn_record *rec, enum mn_field f)
{
	bool coded = rec->kind == MN_K_ACTIONS && rec->v[MN_F_ACTION_ID].n > 0;
	if (f == MN_F_RECORDED_ON || (coded && (f == MN_F_ACTION || f == MN_F_ABOUT)))
		return false;
	return !names_entity(f) || rec->kind == MN_K_PROFILE;
}

struct mn_key
mn_done_says(const struct mn_record *rec)
{
	struct hashing h = {{0, 0}};
	mix_kind(&h, rec, "says");
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (rec->v[f].n && is_said(rec, (enum mn_field)f))
			mix_field(&h, rec, (enum mn_field)f);
	return h.k;
}

static bool
any_of(const struct mn_record *rec, const enum mn_field *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rec->v[f[i]].n)
			return true;
	return false;
}

bool
mn_done_is_entry(const struct mn_record *rec)
{
	static const enum mn_field ACTION[] = {MN_F_OWNER, MN_F_DUE, MN_F_ACTION_STATUS,
	    MN_F_DONE_ON, MN_F_VERIFIED_BY, MN_F_VERIFIED_ON, MN_F_VERIFY_HOW, MN_F_NOTE};
	static const enum mn_field DEBT[] = {MN_F_OWED, MN_F_PAID, MN_F_WORKERS,
	    MN_F_WORKERS_PAID, MN_F_DUE, MN_F_OWNER, MN_F_LAST_PAID_ON, MN_F_VERIFIED_BY,
	    MN_F_VERIFIED_ON, MN_F_NOTE};
	/* A planned visit that has not taken place says nothing yet. */
	static const enum mn_field VISIT[] = {MN_F_OPENED, MN_F_CLOSED, MN_F_ACCESS,
	    MN_F_WORKERS_SEEN, MN_F_INTERVIEWED_PRIVATELY, MN_F_OUTCOME, MN_F_VIOLATION,
	    MN_F_REFERRED, MN_F_MINORS, MN_F_WORKERS_AFFECTED};
	if (rec->kind == MN_K_INSPECTIONS)
		return any_of(rec, VISIT, countof(VISIT));
	if (rec->kind == MN_K_REMEDIATION)
		return any_of(rec, DEBT, countof(DEBT));
	/* Proposed actions have a code; one without is the user's own. */
	return rec->kind != MN_K_ACTIONS || rec->v[MN_F_ACTION_ID].n == 0 ||
	       any_of(rec, ACTION, countof(ACTION));
}

void
mn_done_sort_key(const struct mn_done *d, struct mn_buf *out)
{
	mn_put_eid(out, d->who);
	mn_put_u8(out, (uint8_t)d->rec.kind);
	mn_put_key(out, d->thing);
	mn_put_u32(out, d->rank);
}

void
mn_done_encode(const struct mn_done *d, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u8(body, d->contested);
	mn_put_u32(body, (uint32_t)d->day);
	mn_record_encode(&d->rec, body);
	mn_put_u64(pos, d->rec.rid);
}

bool
mn_done_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_done *out, struct mn_err *err)
{
	struct mn_get k = mn_get(sort_key), g = mn_get(body), p = mn_get(pos);
	*out = (struct mn_done){.who = mn_get_eid(&k)};
	uint8_t kind = mn_get_u8(&k);
	out->thing = mn_get_key(&k);
	out->rank = mn_get_u32(&k);
	uint8_t version = mn_get_u8(&g), contested = mn_get_u8(&g);
	out->contested = contested == 1;
	out->day = (int32_t)mn_get_u32(&g);
	mn_rid rid = mn_get_u64(&p);
	struct mn_str rec = mn_str((const char *)g.p, (size_t)(g.end - g.p));
	if (!mn_get_done(&k) || g.bad || !mn_get_done(&p) || version != VERSION ||
	    contested > 1 || !mn_kind_is_done((enum mn_kind)kind))
		return mn_fail(err, MN_E_STORE, "damaged row of what was done");
	return mn_record_decode(rec, rid, &out->rec, err) &&
	       (out->rec.kind == (enum mn_kind)kind ||
		   mn_fail(err, MN_E_STORE, "damaged row of what was done"));
}

void
mn_done_mark_last(struct mn_done *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		v[i].last = i + 1 == n || mn_key_cmp(v[i].thing, v[i + 1].thing) != 0;
}

/* Reading a compiled pack back: everything is checked again, the store is input too. */
#include "pack_impl.h"

struct opening {
	struct mn_pbuild *b;
	bool fill; /* second pass: the arrays are there */
	uint32_t n_file, n[MN_PSEC_COUNT];
	uint32_t got_file, got[MN_PSEC_COUNT];
	char *rows[MN_PSEC_COUNT];
	uint64_t declared[MN_PACK_FILES]; /* rows of the file, counted down */
	struct mn_err *err;
	bool ok;
};

static bool
damaged(struct opening *o, const char *what)
{
	return mn_fail(o->err, MN_E_STORE, "compiled pack: %s", what);
}

static bool
is_sha256(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
			(s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.n == MN_HEX256_CHARS;
}

static bool
take_file(struct opening *o, uint16_t number, struct mn_str body)
{
	if (number != o->got_file || number >= MN_PACK_FILES)
		return damaged(o, "file rows are not numbered in order");
	o->got_file++;
	if (!o->fill)
		return true;
	struct mn_pack_file *f = &o->b->file[number];
	struct mn_get g = mn_get(mn_arena_str(o->b->a, body));
	if (mn_get_u8(&g) != MN_PACK_FORMAT)
		return damaged(o, "stored by another version of the program");
	o->declared[number] = mn_get_u32(&g);
	f->file = mn_get_str(&g);
	struct mn_str sha = mn_get_str(&g);
	if (!mn_prow_decode(mn_phead(), &g, o->b->a, f) || !mn_get_done(&g) ||
	    !is_sha256(sha))
		return damaged(o, "a file row is cut or too long");
	memcpy(f->sha256, sha.p, sha.n);
	o->b->path[number] = f->file;
	struct mn_pplace at = {f->file, NULL, 0, NULL, -1};
	return mn_pvalue_check(mn_phead(), f, &at, o->err);
}

static bool
decode_row(struct opening *o, unsigned section, uint32_t number, struct mn_str body)
{
	const struct mn_psec *s = mn_psection(section);
	struct mn_prov *prov =
	    (struct mn_prov *)(void *)(o->rows[section] + number * s->size);
	struct mn_get g = mn_get(mn_arena_str(o->b->a, body));
	if (mn_get_u8(&g) != MN_PACK_FORMAT)
		return damaged(o, "stored by another version of the program");
	uint16_t file = mn_get_u16(&g);
	if (!mn_prow_decode(s, &g, o->b->a, prov) || !mn_get_done(&g))
		return damaged(o, "a row is cut or too long");
	if (file >= o->n_file || o->declared[file] == 0)
		return damaged(o, "a row belongs to no file");
	prov->pack = file;
	o->declared[file]--;
	struct mn_str kind = o->b->file[file].kind;
	if (!mn_str_eq(mn_str_c(s->kind), MN_S("any")) &&
	    !mn_str_eq(mn_str_c(s->kind), kind))
		return damaged(o, "a row stands in a pack of another kind");
	struct mn_pplace at = {o->b->path[file], s->key, number, NULL, -1};
	return mn_pvalue_check(s, prov, &at, o->err);
}

static bool
take_row(struct opening *o, struct mn_get key, struct mn_str body)
{
	uint8_t section = mn_get_u8(&key);
	uint32_t number = mn_get_u32(&key);
	if (!mn_get_done(&key) || section >= MN_PSEC_COUNT)
		return damaged(o, "a key that is not one");
	if (number != o->got[section] || number >= MN_PACK_ROWS)
		return damaged(o, "rows are not numbered in order");
	o->got[section]++;
	return !o->fill || decode_row(o, section, number, body);
}

static bool
take(void *ctx, struct mn_str key, struct mn_str value)
{
	struct opening *o = ctx;
	if (mn_str_starts(key, MN_S(MN_PACK_KEY_FILE))) {
		struct mn_get g =
		    mn_get(mn_str_sub(key, sizeof MN_PACK_KEY_FILE - 1, key.n));
		uint16_t number = mn_get_u16(&g);
		o->ok = mn_get_done(&g) ? take_file(o, number, value)
					: damaged(o, "a key that is not one");
	} else if (mn_str_starts(key, MN_S(MN_PACK_KEY_ROW)))
		o->ok = take_row(
		    o, mn_get(mn_str_sub(key, sizeof MN_PACK_KEY_ROW - 1, key.n)), value);
	else
		o->ok = damaged(o, "a key that is not one");
	return o->ok;
}

static bool
take_state(void *ctx, struct mn_str key, struct mn_str value)
{
	return take(ctx, mn_str_sub(key, sizeof MN_PACK_PREFIX - 1, key.n), value);
}

/* Where the rows come from: one of the two. */
struct origin {
	struct mn_reader *reader;
	struct mn_state *state;
};

static bool
walk(const struct origin *from, struct opening *o)
{
	o->ok = true;
	if (from->state)
		return mn_state_each(
			   from->state, MN_S(MN_PACK_PREFIX), take_state, o, o->err) &&
		       o->ok;
	struct mn_scan *scan =
	    mn_scan_open(from->reader, MN_TAB_PACK, MN_STR_NONE, o->err);
	if (!scan)
		return false;
	struct mn_str key, value;
	int more;
	while ((more = mn_scan_next(scan, &key, &value, NULL, o->err)) > 0)
		if (!take(o, key, value))
			break;
	mn_scan_close(scan);
	return more >= 0 && o->ok;
}

/* Between the passes: arrays for what was counted. */
static void
make_room(struct opening *o)
{
	o->n_file = o->got_file;
	o->got_file = 0;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		const struct mn_psec *sec = mn_psection(s);
		o->n[s] = o->got[s];
		o->got[s] = 0;
		o->rows[s] = mn_arena_alloc(o->b->a, sec->size, sec->align, o->n[s]);
	}
	o->fill = true;
}

static bool
finish(struct opening *o)
{
	for (uint32_t i = 0; i < o->n_file; i++)
		if (o->declared[i] != 0)
			return damaged(o, "rows of a file are missing");
	o->b->p.n_file = o->n_file;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++)
		mn_prows_set(&o->b->p, s, o->rows[s], o->n[s]);
	return mn_pcheck(o->b, true, *o->b->a, o->err);
}

/* A pack rule broken by stored rows means that the store is damaged. */
static const struct mn_pack *
fail_open(struct mn_err *err)
{
	if (err && err->code >= MN_E_PACK_JSON && err->code <= MN_E_PACK_REF) {
		struct mn_err was = *err;
		mn_fail(err, MN_E_STORE, "compiled pack: %s", was.msg);
	}
	return NULL;
}

static const struct mn_pack *
open_pack(
    struct mn_arena *a, const struct origin *from, enum mn_code none, struct mn_err *err)
{
	struct mn_err own = MN_ERR_NONE;
	struct opening *o = MN_NEW(a, struct opening, 1);
	o->b = mn_pbuild_new(a);
	o->err = err ? err : &own;
	if (!walk(from, o))
		return fail_open(err);
	if (o->got_file == 0) {
		mn_fail(err, none, "no compiled pack in the store");
		return NULL;
	}
	make_room(o);
	if (!walk(from, o) || !finish(o))
		return fail_open(err);
	return mn_pseal(o->b);
}

const struct mn_pack *
mn_pack_open(struct mn_arena *a, struct mn_reader *r, struct mn_err *err)
{
	struct origin from = {.reader = r};
	return open_pack(a, &from, MN_E_STORE, err);
}

const struct mn_pack *
mn_pack_open_state(struct mn_arena *a, struct mn_state *s, struct mn_err *err)
{
	struct origin from = {.state = s};
	return open_pack(a, &from, MN_E_NOTFOUND, err);
}

/*
 * The compiled pack in LMDB. Keys: "file|" u16, then "row|" section u8, number u32; the
 * values begin with MN_PACK_FORMAT. A file's row carries how many section rows it
 * brought, so that a lost row is noticed. Reading checks everything again.
 */
#include "pack_impl.h"

/* Bytes of one stored row: no more than a whole pack file. */
#define ROW_MAX ((size_t)MN_MAX_PACK + 4096)

struct sink {
	bool (*put)(
	    struct sink *s, struct mn_str key, struct mn_str value, struct mn_err *err);
	struct mn_load *load;
	struct mn_arena *a;
	struct mn_str *keys, *values;
	size_t n;
};

static uint32_t
rows_of_file(const struct mn_pack *p, uint32_t file)
{
	uint32_t count = 0;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		uint32_t n;
		mn_prows(p, s, &n);
		for (uint32_t i = 0; i < n; i++) {
			const struct mn_prov *prov = mn_prow(p, s, i);
			count += prov->pack == file;
		}
	}
	return count;
}

static bool
put(struct sink *s, const struct mn_buf *key, const struct mn_buf *value,
    struct mn_err *err)
{
	if (key->failed || value->failed)
		return mn_fail(err, MN_E_BUG, "a pack row does not fit its buffer");
	return s->put(s, mn_buf_str(key), mn_buf_str(value), err);
}

static bool
put_file(const struct mn_pack *p, uint32_t i, struct mn_buf *key, struct mn_buf *value,
    struct sink *s, struct mn_err *err)
{
	mn_buf_clear(key);
	mn_buf_clear(value);
	mn_buf_add(key, MN_S(MN_PACK_KEY_FILE));
	mn_put_u16(key, (uint16_t)i);
	mn_put_u8(value, MN_PACK_FORMAT);
	mn_put_u32(value, rows_of_file(p, i));
	mn_put_str(value, p->file[i].file);
	mn_put_str(value, mn_str_c(p->file[i].sha256));
	mn_prow_encode(mn_phead(), &p->file[i], value);
	return put(s, key, value, err);
}

static bool
put_row(const struct mn_pack *p, unsigned section, uint32_t i, struct mn_buf *key,
    struct mn_buf *value, struct sink *s, struct mn_err *err)
{
	const struct mn_prov *prov = mn_prow(p, section, i);
	mn_buf_clear(key);
	mn_buf_clear(value);
	mn_buf_add(key, MN_S(MN_PACK_KEY_ROW));
	mn_put_u8(key, (uint8_t)section);
	mn_put_u32(key, i);
	mn_put_u8(value, MN_PACK_FORMAT);
	mn_put_u16(value, prov->pack);
	mn_prow_encode(mn_psection(section), prov, value);
	return put(s, key, value, err);
}

static bool
put_all(const struct mn_pack *p, struct sink *s, struct mn_err *err)
{
	struct mn_buf key = mn_buf_new(MN_MAX_KEY), value = mn_buf_new(ROW_MAX);
	bool ok = true;
	for (uint32_t i = 0; ok && i < p->n_file; i++)
		ok = put_file(p, i, &key, &value, s, err);
	for (unsigned section = 0; ok && section < MN_PSEC_COUNT; section++) {
		uint32_t n;
		mn_prows(p, section, &n);
		for (uint32_t i = 0; ok && i < n; i++)
			ok = put_row(p, section, i, &key, &value, s, err);
	}
	mn_buf_free(&key);
	mn_buf_free(&value);
	return ok;
}

static bool
to_load(struct sink *s, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	return mn_load_put(s->load, key, value, MN_STR_NONE, err);
}

bool
mn_pack_store(const struct mn_pack *p, struct mn_gen *g, struct mn_err *err)
{
	struct sink s = {.put = to_load, .load = mn_load_begin(g, MN_TAB_PACK, err)};
	if (!s.load)
		return false;
	if (!put_all(p, &s, err)) {
		mn_load_abort(s.load);
		return false;
	}
	return mn_load_end(s.load, err);
}

static bool
to_list(struct sink *s, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	(void)err;
	char *k = MN_NEW(s->a, char, sizeof MN_PACK_PREFIX - 1 + key.n);
	memcpy(k, MN_PACK_PREFIX, sizeof MN_PACK_PREFIX - 1);
	memcpy(k + sizeof MN_PACK_PREFIX - 1, key.p, key.n);
	s->keys[s->n] = mn_str(k, sizeof MN_PACK_PREFIX - 1 + key.n);
	s->values[s->n++] = mn_arena_str(s->a, value);
	return true;
}

bool
mn_pack_store_state(const struct mn_pack *p, struct mn_state *st, struct mn_err *err)
{
	size_t rows = p->n_file;
	for (unsigned section = 0; section < MN_PSEC_COUNT; section++) {
		uint32_t n;
		mn_prows(p, section, &n);
		rows += n;
	}
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct sink s = {
	    .put = to_list,
	    .a = &a,
	    .keys = MN_NEW(&a, struct mn_str, rows),
	    .values = MN_NEW(&a, struct mn_str, rows),
	};
	bool ok = put_all(p, &s, err) &&
		  mn_state_replace(st, MN_S(MN_PACK_PREFIX), s.keys, s.values, s.n, err);
	mn_arena_free(root);
	return ok;
}

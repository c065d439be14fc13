/*
 * Stage index: blocking keys of all supplier rows, sorted. The key of a row is followed
 * by its content key, so that everything built from the table is independent of where
 * rows stand in their files.
 */
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"

#include "blocks.h"

/* Keys of names that are alike; none without a matcher. */
static size_t
alike_keys(const struct mn_stage *st, const struct mn_record *rec,
    struct mn_block_key *out, struct mn_arena *scratch)
{
	struct mn_str country = rec->v[MN_F_COUNTRY];
	if (!st->matcher)
		return 0;
	struct mn_analyst *s = st->matcher->analyst;
	struct mn_name *name = MN_NEW(scratch, struct mn_name, 1);
	mn_name_analyse(s, rec->v[MN_F_NAME], country, name);
	return mn_block_alike(mn_analyst_lexicon(s), name, country, out, scratch);
}

/* A row that nothing names, "---" for example, is still the same row when it comes twice.
 */
static size_t
content_key(const struct mn_block_key *key, size_t n, struct mn_key content,
    struct mn_block_key *out, struct mn_arena *scratch)
{
	for (size_t i = 0; i < n; i++)
		if (strchr(MN_UNITING_TYPES, key[i].key.p[0]))
			return 0;
	out->key = mn_arena_fmt(scratch, "C%016llx%016llx",
	    (unsigned long long)content.hi, (unsigned long long)content.lo);
	return 1;
}

static bool
add_row(const struct mn_stage *st, struct mn_xsort *sort, const struct mn_record *rec,
    struct mn_buf *buf, struct mn_arena scratch, struct mn_err *err)
{
	struct mn_block_key key[MN_MAX_KEYS + MN_MAX_ALIKE_KEYS + 1];
	size_t n = mn_block_keys(rec, key, MN_MAX_KEYS, &scratch);
	struct mn_key content = mn_record_key(rec, 0);
	n += content_key(key, n, content, key + n, &scratch);
	n += alike_keys(st, rec, key + n, &scratch);
	for (size_t i = 0; i < n; i++) {
		mn_buf_clear(buf);
		mn_buf_add(buf, key[i].key);
		mn_buf_byte(buf, 0);
		mn_put_key(buf, content);
		mn_put_u64(buf, rec->rid);
		if (!mn_xsort_add(sort, mn_buf_str(buf), MN_STR_NONE, err))
			return false;
	}
	return true;
}

static bool
gather(const struct mn_stage *st, struct mn_reader *r, struct mn_xsort *sort,
    struct mn_err *err)
{
	struct mn_arena scratch = mn_arena_new(16u << 20, NULL);
	struct mn_buf buf = mn_buf_new(MN_MAX_RECORD);
	struct mn_scan *scan = mn_scan_open(r, MN_TAB_REC, MN_STR_NONE, err);
	struct mn_str k, body;
	int more = scan ? 1 : -1;
	bool good = scan != NULL;
	while (good && (more = mn_scan_next(scan, &k, &body, NULL, err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(k);
		good = mn_record_decode(body, mn_get_u64(&g), &rec, err);
		if (good && rec.kind == MN_K_SUPPLIERS)
			good = add_row(st, sort, &rec, &buf, scratch, err);
	}
	mn_scan_close(scan);
	mn_buf_free(&buf);
	mn_arena_free(scratch);
	return good && more == 0;
}

static bool
load(const struct mn_stage *st, struct mn_xsort *sort, struct mn_err *err)
{
	struct mn_load *l = mn_load_begin(st->gen, MN_TAB_KEY, err);
	struct mn_str key, value;
	int more = -1;
	if (!l)
		return false;
	while ((more = mn_xsort_next(sort, &key, &value, err)) == 1)
		if (!mn_load_put(l, key, MN_STR_NONE, MN_STR_NONE, err))
			break;
	if (more == 0)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

bool
mn_stage_index(const struct mn_stage *st, struct mn_err *err)
{
	struct mn_reader *r = mn_reader_open(st->gen, err);
	struct mn_xsort *sort =
	    r ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	bool good = sort && gather(st, r, sort, err) && mn_xsort_finish(sort, err) &&
		    load(st, sort, err);
	mn_xsort_free(sort);
	mn_reader_close(r);
	return good;
}

/*
 * Supplier rows through the stages index and resolve, on a generation of their own.
 * Shared by the unit test and the property test of de-duplication. All names invented.
 */
#ifndef MN_TEST_DEDUP_FIXTURE_H
#define MN_TEST_DEDUP_FIXTURE_H

#include <stdlib.h>
#include <unistd.h>

#include "packs.h"

#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/alike.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/resolve.h"

#define DD __attribute__((unused)) static
#define DD_ROWS 2048
#define DD_LINKS (DD_ROWS * 17)

struct dedup_fix {
	struct mn_arena root, a;
	struct mn_matcher matcher;
	char dir[128];
	struct mn_gen *gen;
	struct mn_reader *r;
	struct mn_record row[DD_ROWS];
	uint32_t n;
	struct mn_eid eid[DD_ROWS]; /* per row, after dd_run */
	struct mn_alike link[DD_LINKS];
	uint32_t n_link;
	uint64_t noted[MN_E_COUNT];
	struct mn_diag diag;
	struct mn_decided_pair decided[4];
	size_t n_decided;
};

#define dd_ok(condition, err) \
	do { \
		if (!(condition)) \
			fail_msg("%s: %s", #condition, (err).msg); \
	} while (0)

DD int
dedup_setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct dedup_fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	f->root = f->a = mn_arena_new((size_t)1 << 32, NULL);
	dd_ok(mn_matcher_open(
		  &f->matcher, &f->a, MN_SOURCE_DIR "/connectors/names", NULL, &err),
	    err);
	*state = f;
	return 0;
}

DD int
dedup_teardown(void **state)
{
	struct dedup_fix *f = *state;
	mn_matcher_close(&f->matcher);
	mn_arena_free(f->root);
	free(f);
	return 0;
}

/* Rows of the last run are gone. */
DD void
dd_begin(struct dedup_fix *f)
{
	const char *tmp = getenv("TMPDIR");
	struct mn_err err = MN_ERR_NONE;
	snprintf(f->dir, sizeof f->dir, "%s/manumit-dedup-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	f->gen = mn_gen_create(f->dir, &err);
	dd_ok(f->gen, err);
	f->n = f->n_link = 0;
	f->n_decided = 0;
	memset(f->noted, 0, sizeof f->noted);
}

DD void
dd_end(struct dedup_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	mn_reader_close(f->r);
	f->r = NULL;
	mn_gen_close(f->gen);
	dd_ok(mn_dir_remove(f->dir, &err), err);
}

/* A supplier row on the next line; returns its number. */
DD uint32_t
dd_add(struct dedup_fix *f, struct mn_record rec)
{
	assert_true(f->n < DD_ROWS);
	rec.rid = mn_rid_make(0, 2 + f->n);
	f->row[f->n] = rec;
	return f->n++;
}

DD uint32_t
dd_row(struct dedup_fix *f, const char *id, const char *name, const char *country,
    const char *city, const char *address)
{
	return dd_add(
	    f, make_record(MN_K_SUPPLIERS, MN_F_ID, id, MN_F_NAME, name, MN_F_COUNTRY,
		   country, MN_F_CITY, city, MN_F_ADDRESS, address, MN_F_NONE));
}

DD void
dd_note(void *ctx, mn_rid rid, enum mn_code code, struct mn_str column,
    struct mn_str value, struct mn_str detail)
{
	struct dedup_fix *f = ctx;
	(void)rid;
	(void)column;
	(void)value;
	(void)detail;
	f->noted[code]++;
}

DD void
dd_write(struct dedup_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_load *l = mn_load_begin(f->gen, MN_TAB_REC, &err);
	dd_ok(l, err);
	struct mn_buf key = mn_buf_new(8), body = mn_buf_new(MN_MAX_RECORD);
	for (uint32_t i = 0; i < f->n; i++) {
		mn_buf_clear(&key);
		mn_buf_clear(&body);
		mn_put_u64(&key, f->row[i].rid);
		mn_record_encode(&f->row[i], &body);
		dd_ok(mn_load_put(
			  l, mn_buf_str(&key), mn_buf_str(&body), MN_STR_NONE, &err),
		    err);
	}
	mn_buf_free(&key);
	mn_buf_free(&body);
	dd_ok(mn_load_end(l, &err), err);
}

DD void
dd_read(struct dedup_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str key, body, pos;
	f->r = mn_reader_open(f->gen, &err);
	dd_ok(f->r, err);
	struct mn_scan *scan = mn_scan_open(f->r, MN_TAB_OF, MN_STR_NONE, &err);
	for (uint32_t i = 0; mn_scan_next(scan, &key, &body, NULL, &err) == 1; i++) {
		struct mn_get g = mn_get(body);
		f->eid[i] = mn_get_eid(&g);
	}
	mn_scan_close(scan);
	scan = mn_scan_open(f->r, MN_TAB_LINK, MN_STR_NONE, &err);
	while (mn_scan_next(scan, &key, &body, &pos, &err) == 1) {
		assert_true(f->n_link < DD_LINKS);
		dd_ok(mn_alike_decode(key, body, pos, &f->link[f->n_link++], &err), err);
	}
	mn_scan_close(scan);
}

DD void
dd_run(struct dedup_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_stage st = {.gen = f->gen,
	    .work_dir = f->dir,
	    .sort_bytes = 1u << 22,
	    .diag = &f->diag,
	    .note = dd_note,
	    .ctx = f,
	    .matcher = &f->matcher,
	    .decided = f->decided,
	    .n_decided = f->n_decided};
	dd_write(f);
	dd_ok(mn_stage_index(&st, &err), err);
	dd_ok(mn_stage_resolve(&st, &err), err);
	dd_read(f);
}

DD bool
dd_same(const struct dedup_fix *f, uint32_t a, uint32_t b)
{
	return mn_eid_cmp(f->eid[a], f->eid[b]) == 0;
}

/* What is said of two rows kept apart; empty: nothing. */
DD struct mn_str
dd_refused(const struct dedup_fix *f, uint32_t a, uint32_t b)
{
	for (uint32_t i = 0; i < f->n_link; i++)
		if (f->link[i].refused && mn_eid_cmp(f->link[i].who, f->eid[a]) == 0 &&
		    mn_eid_cmp(f->link[i].other, f->eid[b]) == 0)
			return f->link[i].reason;
	return MN_STR_NONE;
}

#endif

/* Bytes read as an input file: counts, records and remarks as text that a test can
 * compare.
 */
#ifndef TEST_READ_FIXTURE_H
#define TEST_READ_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"

struct got {
	struct mn_arena root, a;
	struct mn_buf
	    records; /* the fields asked for, '|' between, ';' behind each row */
	struct mn_buf remarks; /* "CODE@line;" */
	struct mn_input_info info;
	struct mn_err err;
	bool opened, failed;
	uint64_t used;
};

static struct mn_arena map_root;
static const struct mn_mappings *mappings;

static inline int
read_setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	map_root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&map_root, MN_SOURCE_DIR "/connectors", &err);
	return mappings ? 0 : -1;
}

static inline int
read_teardown(void **state)
{
	(void)state;
	mn_arena_free(map_root);
	return 0;
}

static inline void
read_remark(void *ctx, const struct mn_issue *i)
{
	struct got *g = ctx;
	mn_buf_fmt(
	    &g->remarks, "%s@%llu;", mn_code_name(i->code), (unsigned long long)i->row);
}

static inline void
read_record(struct got *g, const struct mn_record *rec, const enum mn_field *f)
{
	g->used++;
	for (size_t k = 0; f[k] != MN_F_NONE && g->records.n < 60000; k++)
		mn_buf_fmt(&g->records, "%s%.*s", k ? "|" : "", MN_FMT(rec->v[f[k]]));
	mn_buf_byte(&g->records, ';');
}

/* fields end with MN_F_NONE. The caller ends with got_end. */
static inline struct got
got_path(const struct mn_mappings *m, const char *path, enum mn_kind kind,
    const enum mn_field *fields)
{
	struct got g = {.err = MN_ERR_NONE,
	    .records = mn_buf_new(1u << 17),
	    .remarks = mn_buf_new(1u << 17)};
	struct mn_diag diag = {.emit = read_remark, .ctx = &g};
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more = -1;
	g.root = g.a = mn_arena_new((size_t)1 << 30, NULL);
	struct mn_input *in = mn_input_open(&g.a, m, path, kind, &diag, &g.err);
	g.opened = in != NULL;
	while (in && (more = mn_input_next(in, 3, &rec, &noted, &g.err)) == 1) {
		const struct mn_input_info *i = mn_input_info(in);
		assert_int_equal(i->rows, i->accepted + i->noted + i->quarantined);
		assert_true(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		read_record(&g, &rec, fields);
	}
	g.failed = more < 0;
	if (in) {
		g.info = *mn_input_info(in);
		mn_input_close(in);
	}
	assert_int_equal(
	    g.info.rows, g.info.accepted + g.info.noted + g.info.quarantined);
	return g;
}

static inline struct got
got_bytes_with(const struct mn_mappings *m, struct mn_str bytes, enum mn_kind kind,
    const enum mn_field *fields)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", path[64];
	struct mn_err err = MN_ERR_NONE;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/in", dir);
	struct mn_out *o = mn_out_open(path, 0600, &err);
	assert_non_null(o);
	mn_out_write(o, bytes);
	assert_true(mn_out_commit(o, true, NULL, &err));
	struct got g = got_path(m, path, kind, fields);
	assert_true(mn_dir_remove(dir, &err));
	return g;
}

static inline struct got
got_bytes(struct mn_str bytes, enum mn_kind kind, const enum mn_field *fields)
{
	return got_bytes_with(mappings, bytes, kind, fields);
}

static inline void
got_end(struct got *g)
{
	mn_buf_free(&g->records);
	mn_buf_free(&g->remarks);
	mn_arena_free(g->root);
}

static inline void
got_records(const struct got *g, const char *want)
{
	if (!g->opened)
		fail_msg("not opened: %s: %s", mn_code_name(g->err.code), g->err.msg);
	if (!mn_str_eq(mn_buf_str(&g->records), mn_str_c(want)))
		fail_msg("\"%.*s\", not \"%s\"; remarks %.*s",
		    MN_FMT(mn_buf_str(&g->records)), want,
		    MN_FMT(mn_buf_str(&g->remarks)));
}

static inline bool
got_remark(const struct got *g, const char *remark)
{
	return mn_str_find(mn_buf_str(&g->remarks), mn_str_c(remark)) != SIZE_MAX;
}

#define FIELDS(...) ((const enum mn_field[]){__VA_ARGS__, MN_F_NONE})

#endif

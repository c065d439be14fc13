/*
 * What a JSON text comes to: its rows, the remarks on it, the counts. Companies in tests
 * are invented.
 */
#ifndef MN_TESTS_JSON_FIXTURE_H
#define MN_TESTS_JSON_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"

struct read {
	struct mn_arena root, a;
	struct mn_buf rows;    /* a line a row: the fields asked for, '|' between */
	struct mn_buf remarks; /* a line a remark: CODE value detail */
	struct mn_diag diag;
	struct mn_input_info info;
	struct mn_err err;
	bool opened, good;
};

static struct mn_arena map_root;
static const struct mn_mappings *mappings;

static inline int
load_mappings(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	map_root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&map_root, MN_SOURCE_DIR "/connectors", &err);
	return mappings ? 0 : -1;
}

static inline int
free_mappings(void **state)
{
	(void)state;
	mn_arena_free(map_root);
	return 0;
}

static inline void
on_remark(void *ctx, const struct mn_issue *i)
{
	struct read *r = ctx;
	if (i->code != MN_E_COLUMN_UNUSED)
		mn_buf_fmt(&r->remarks, "%s %.*s %.*s\n", mn_code_name(i->code),
		    MN_FMT(i->value), MN_FMT(i->detail));
}

/* Pages of addresses in use: an arena that is not given back is thousands of them. */
static inline long
pages_in_use(void)
{
	long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	assert_true(f && fscanf(f, "%ld", &pages) == 1);
	fclose(f);
	return pages;
}

/* The rows of a file as lines; fields ends with MN_F_NONE. */
static inline struct read *
read_file(const char *path, enum mn_kind kind, const enum mn_field *fields)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct read *r = MN_NEW(&a, struct read, 1);
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more = -1;
	*r = (struct read){.root = root,
	    .rows = mn_buf_new((size_t)64 << 20),
	    .remarks = mn_buf_new((size_t)64 << 20),
	    .err = MN_ERR_NONE};
	r->diag = (struct mn_diag){.emit = on_remark, .ctx = r};
	r->a = a;
	long before = pages_in_use();
	struct mn_input *in =
	    mn_input_open(&r->a, mappings, path, kind, &r->diag, &r->err);
	r->opened = in != NULL;
	while (in && (more = mn_input_next(in, 0, &rec, &noted, &r->err)) == 1) {
		assert_true(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		for (size_t i = 0; fields[i] != MN_F_NONE; i++)
			mn_buf_fmt(
			    &r->rows, "%s%.*s", i ? "|" : "", MN_FMT(rec.v[fields[i]]));
		mn_buf_byte(&r->rows, '\n');
	}
	r->good = more == 0;
	if (in) {
		r->info = *mn_input_info(in);
		assert_int_equal(
		    r->info.rows, r->info.accepted + r->info.noted + r->info.quarantined);
		mn_input_close(in);
	}
	assert_true(pages_in_use() - before < (48 << 20) / 4096);
	mn_buf_byte(&r->rows, 0);
	mn_buf_byte(&r->remarks, 0);
	return r;
}

static inline struct read *
read_text(struct mn_str text, enum mn_kind kind, const enum mn_field *fields)
{
	char path[] = "/tmp/mn-json-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.p, text.n), (ssize_t)text.n);
	close(fd);
	struct read *r = read_file(path, kind, fields);
	unlink(path);
	return r;
}

static inline void
end(struct read *r)
{
	mn_buf_free(&r->rows);
	mn_buf_free(&r->remarks);
	mn_arena_free(r->root);
}

#define FIELDS(...) ((const enum mn_field[]){__VA_ARGS__, MN_F_NONE})
#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)
#define READ(lit) read_text(MN_S(lit), MN_K_SUPPLIERS, NAMES)
#define has_remark(r, text) assert_non_null(strstr((r)->remarks.p, (text)))
#define counts_are(r, acc, note, quar) \
	do { \
		assert_int_equal((r)->info.accepted, acc); \
		assert_int_equal((r)->info.noted, note); \
		assert_int_equal((r)->info.quarantined, quar); \
	} while (0)

#endif

/*
 * Lists as files, read and printed: one line a record, "field=value" with '|' between, in
 * field order, leaving out the fields named in QUIET. All names are invented.
 */
#ifndef MN_TEST_LIST_FIXTURE_H
#define MN_TEST_LIST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/connectors/input.h"

static struct mn_arena map_root;
static const struct mn_mappings *mappings;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	map_root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&map_root, MN_SOURCE_DIR "/connectors", &err);
	if (!mappings)
		fail_msg("%s", err.msg);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(map_root);
	return 0;
}

struct list {
	struct mn_buf text;    /* records */
	struct mn_diag diag;   /* counts */
	struct mn_buf remarks; /* "line code value|" of each */
	uint64_t rows, accepted, noted, quarantined;
	char source[64];
	struct mn_err err;
};

static void
on_remark(void *ctx, const struct mn_issue *i)
{
	struct list *l = ctx;
	mn_buf_fmt(&l->remarks, "%llu %s %.*s|", (unsigned long long)i->row,
	    mn_code_name(i->code), MN_FMT(i->value));
}

static void
print_record(struct list *l, const struct mn_record *rec)
{
	static const enum mn_field QUIET[] = {
	    MN_F_ID, MN_F_GATE, MN_F_LIST, MN_F_CITATION};
	const char *mark = "";
	for (unsigned f = 0; f < MN_F_COUNT; f++) {
		bool quiet = rec->v[f].n == 0;
		for (size_t k = 0; k < countof(QUIET); k++)
			quiet = quiet || QUIET[k] == f;
		if (quiet)
			continue;
		mn_buf_fmt(&l->text, "%s%s=%.*s", mark,
		    mn_field_def((enum mn_field)f)->name, MN_FMT(rec->v[f]));
		mark = "|";
	}
	mn_buf_byte(&l->text, '\n');
}

static void
read_list(struct list *l, const char *path)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more;
	struct mn_input *in =
	    mn_input_open(&a, mappings, path, MN_K_WATCHLIST, &l->diag, &l->err);
	if (!in)
		fail_msg("%s", l->err.msg);
	while ((more = mn_input_next(in, 1, &rec, &noted, &l->err)) == 1) {
		/* Tables are loaded in this order: a position must not repeat. */
		assert_true(rec.rid > last);
		last = rec.rid;
		print_record(l, &rec);
	}
	assert_int_equal(more, 0);
	const struct mn_input_info *i = mn_input_info(in);
	assert_int_equal(i->rows, i->accepted + i->noted + i->quarantined);
	l->rows = i->rows;
	l->accepted = i->accepted;
	l->noted = i->noted;
	l->quarantined = i->quarantined;
	snprintf(l->source, sizeof l->source, "%.*s", MN_FMT(i->source));
	mn_input_close(in);
	mn_arena_free(root);
}

static struct list *
list_of(struct mn_str content)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", path[64];
	struct list *l = calloc(1, sizeof *l);
	assert_non_null(l);
	*l = (struct list){.text = mn_buf_new(1u << 20),
	    .remarks = mn_buf_new(1u << 20),
	    .diag = {.emit = on_remark, .ctx = l}};
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/list", dir);
	struct mn_out *o = mn_out_open(path, 0600, &l->err);
	assert_non_null(o);
	mn_out_write(o, content);
	assert_true(mn_out_commit(o, true, NULL, &l->err));
	read_list(l, path);
	assert_true(mn_dir_remove(dir, &l->err));
	return l;
}
#define LIST(lit) list_of(MN_S(lit))

static void
list_free(struct list *l)
{
	mn_buf_free(&l->text);
	mn_buf_free(&l->remarks);
	free(l);
}

static void
list_is(struct list *l, const char *source, uint64_t accepted, uint64_t noted,
    const char *records)
{
	assert_string_equal(l->source, source);
	mn_buf_byte(&l->text, 0);
	assert_string_equal(l->text.p, records);
	assert_int_equal(l->accepted, accepted);
	assert_int_equal(l->noted, noted);
	assert_int_equal(l->quarantined, 0);
}

#endif

/*
 * The reader of plain JSON (engine/base/json_plain.c) and the library agree: on generated
 * values, on the same ones damaged byte by byte, and on every line and file of the
 * corpora, cut and damaged too.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/base/file.h"

#include "json_same.h"
#include "rng.h"

#define VALUES 3000
#define DAMAGES 12

static void
blank(struct rng *r, struct mn_buf *b)
{
	static const char BLANKS[] = " \n\t\r";
	while (chance(r, 15))
		mn_buf_byte(b, BLANKS[below(r, 4)]);
}

static void
add_text(struct rng *r, struct mn_buf *b)
{
	static const char *const PIECES[] = {"a", "Ash Textile Co., Ltd.", "\\n", "\\\"",
	    "\\\\", "\\/", "\\u00fc", "\\u4e2d", "\\ud83d\\ude00", "\xc3\xa9",
	    "\xe4\xb8\xad\xe5\x9b\xbd", "\xf0\x9f\x98\x80", "{", "]", ",", ":", "\x7f",
	    "\\t", "\\b\\f\\r", "\\u0001", ";", "0123456789"};
	mn_buf_byte(b, '"');
	while (chance(r, 60))
		mn_buf_add(b, mn_str_c(PIECES[below(r, countof(PIECES))]));
	mn_buf_byte(b, '"');
}

static void
add_scalar(struct rng *r, struct mn_buf *b)
{
	static const char *const WORDS[] = {"null", "true", "false", "0", "-1", "-0",
	    "0.5", "-0.25", "1e5", "1E-7", "12345678901234567", "123456789012345678",
	    "-999999999999999999", "9223372036854775807", "1.7976931348623157e308",
	    "5e-324", "3.14159265358979", "100.0", "-0.0"};
	if (chance(r, 60))
		add_text(r, b);
	else
		mn_buf_add(b, mn_str_c(WORDS[below(r, countof(WORDS))]));
}

static void
add_value(struct rng *r, struct mn_buf *b, unsigned level)
{
	bool map = level == 0 || chance(r, 50);
	unsigned n = below(r, level ? 5 : 14);
	blank(r, b);
	if (level && (level > 18 || chance(r, 75))) {
		add_scalar(r, b);
		blank(r, b);
		return;
	}
	mn_buf_byte(b, map ? '{' : '[');
	for (unsigned i = 0; i < n; i++) {
		if (i)
			mn_buf_byte(b, ',');
		blank(r, b);
		if (map && chance(r, 80)) /* mostly each name once */
			mn_buf_fmt(b, "\"key %u\"", i * 7);
		else if (map)
			add_text(r, b);
		blank(r, b);
		if (map)
			mn_buf_byte(b, ':');
		add_value(r, b, level + 1);
	}
	mn_buf_byte(b, map ? '}' : ']');
	blank(r, b);
}

static void
need_agreement(struct mn_str text, unsigned plain[2])
{
	int agree = json_agree(text);
	if (agree < 0)
		fail_msg("the readers disagree: %.*s", MN_FMT(mn_str_sub(text, 0, 2000)));
	plain[agree]++;
}

/* Bytes that mean something, put, taken away or instead of others. */
static void
damage(struct rng *r, struct mn_buf *b)
{
	static const char BYTES[] = "\"\\{}[],:0-+.eEu \n\x00\x1f\x80\xc3\xed\xf4tfn";
	size_t at = b->n ? below(r, (unsigned)b->n) : 0;
	if (b->n == 0)
		return;
	switch (below(r, 4)) {
	case 0:
		b->n = at;
		break;
	case 1:
		memmove(b->p + at, b->p + at + 1, b->n - at - 1);
		b->n--;
		break;
	case 2:
		mn_buf_byte(b, 0);
		memmove(b->p + at + 1, b->p + at, b->n - at - 1);
		b->p[at] = BYTES[below(r, sizeof BYTES - 1)];
		break;
	default:
		b->p[at] = BYTES[below(r, sizeof BYTES - 1)];
	}
}

static void
damaged_too(struct rng *r, struct mn_str text, unsigned plain[2])
{
	struct mn_buf b = mn_buf_new(text.n + 64);
	for (int i = 0; i < DAMAGES; i++) {
		mn_buf_clear(&b);
		mn_buf_add(&b, text);
		for (unsigned k = 0; k <= below(r, 3); k++)
			damage(r, &b);
		need_agreement(mn_buf_str(&b), plain);
	}
	mn_buf_free(&b);
}

static void
generated_values_are_read_alike(void **state)
{
	struct rng r = {20261127};
	struct mn_buf b = mn_buf_new(1u << 20);
	unsigned whole[2] = {0}, broken[2] = {0};
	(void)state;
	for (int i = 0; i < VALUES; i++) {
		mn_buf_clear(&b);
		add_value(&r, &b, 0);
		need_agreement(mn_buf_str(&b), whole);
		damaged_too(&r, mn_buf_str(&b), broken);
	}
	/* Or nothing is shown. */
	assert_true(whole[1] > VALUES / 4);
	assert_true(broken[1] > VALUES / 4);
	mn_buf_free(&b);
}

static void
read_folder(const char *folder, unsigned plain[2])
{
	struct rng r = {7};
	DIR *d = opendir(folder);
	struct dirent *e;
	assert_non_null(d);
	while ((e = readdir(d))) {
		struct mn_arena a = mn_arena_new((size_t)64 << 20, NULL), root = a;
		struct mn_err err;
		struct mn_str text, rest;
		const char *path = mn_arena_fmt(&a, "%s/%s%c", folder, e->d_name, 0).p;
		if (e->d_name[0] != '.' &&
		    mn_file_read(&a, path, 16u << 20, &text, &err)) {
			need_agreement(text, plain);
			for (rest = text; rest.p;) {
				struct mn_str line = mn_str_cut(&rest, '\n');
				need_agreement(line, plain);
				if (line.n < 4096)
					damaged_too(&r, line, plain);
			}
		}
		mn_arena_free(root);
	}
	closedir(d);
}

static void
files_are_read_alike(void **state)
{
	unsigned plain[2] = {0};
	const char *more = getenv("MANUMIT_JSON_DIR");
	(void)state;
	read_folder("tests/fuzz/corpus/json", plain);
	read_folder("tests/fuzz/corpus/jsonl", plain);
	read_folder("tests/fuzz/corpus/ocds", plain);
	read_folder("connectors/sources", plain);
	read_folder("indicators", plain);
	if (more)
		read_folder(more, plain);
	assert_true(plain[1] > 100);
}

static void
limits_are_left_to_the_library(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 22);
	unsigned plain[2] = {0};
	(void)state;
	for (unsigned n = 15; n <= 18; n++) {
		mn_buf_clear(&b);
		for (unsigned i = 0; i < n; i++)
			mn_buf_add(&b, MN_S("["));
		for (unsigned i = 0; i < n; i++)
			mn_buf_add(&b, MN_S("]"));
		need_agreement(mn_buf_str(&b), plain);
	}
	for (unsigned n = 500; n < 520; n++) {
		mn_buf_clear(&b);
		for (unsigned i = 0; i < n; i++)
			mn_buf_fmt(&b, "%c\"k%u\":[%u]", i ? ',' : '{', i, i);
		mn_buf_byte(&b, '}');
		need_agreement(mn_buf_str(&b), plain);
	}
	assert_true(plain[0] && plain[1]);
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(generated_values_are_read_alike),
	    cmocka_unit_test(files_are_read_alike),
	    cmocka_unit_test(limits_are_left_to_the_library),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

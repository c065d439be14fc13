/*
 * Does what the program says keep a shipped schema? keeps SCHEMA FILE: each line of FILE,
 * or FILE as a whole when its first line is no value of its own, against
 * examples/schema/SCHEMA.schema.json. Prints the number of values, or the first fault.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../unit/schema.h"

static void
value(const struct mn_json *schema, struct mn_str text, const char *path, unsigned long n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_json *v = mn_json_parse(text, path, &err);
	struct schema_at x = {.root = schema};
	if (!v || !schema_holds(&x, schema, v, "$")) {
		fprintf(
		    stderr, "keeps: %s, value %lu: %s\n", path, n, v ? x.fault : err.msg);
		exit(1);
	}
	mn_json_free(v);
}

static unsigned long
lines(const struct mn_json *schema, struct mn_str text, const char *path)
{
	unsigned long n = 0;
	for (size_t at = 0, end; at < text.n; at = end + 1) {
		end = at + mn_str_find_byte(mn_str_sub(text, at, text.n), '\n');
		end = end < at ? text.n : end; /* the last line has no end */
		value(schema, mn_str_sub(text, at, end - at), path, ++n);
	}
	return n;
}

int
main(int argc, char **argv)
{
	struct mn_arena root = mn_arena_new(1u << 26, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	if (argc != 3) {
		fprintf(stderr, "keeps SCHEMA FILE\n");
		return 64;
	}
	struct mn_json *schema = schema_load(argv[1]);
	if (!mn_file_read(&a, argv[2], 1u << 25, &text, &err)) {
		fprintf(stderr, "keeps: %s\n", err.msg);
		return 66;
	}
	size_t first = mn_str_find_byte(text, '\n');
	bool whole = first == SIZE_MAX || first < 2 || text.p[first - 1] != '}';
	unsigned long n = 1;
	if (whole)
		value(schema, text, argv[2], 1);
	else
		n = lines(schema, text, argv[2]);
	printf("%lu\n", n);
	mn_json_free(schema);
	mn_arena_free(root);
	return n ? 0 : 1;
}

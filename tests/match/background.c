/*
 * Counts the tokens of company names: the background frequencies of the matcher.
 *
 *   background [--names DIR] [--least N] <NAMES.txt >background.tsv
 *
 * NAMES.txt: one name a line, UTF-8. Each token counts once a name; concepts are counted
 * as "=id", places as "@id". Tokens met in fewer than N names (default 3) are left out,
 * so that no rare name, of a person least of all, can be read from the file.
 */
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/file.h"
#include "manumit/base/sort.h"
#include "manumit/resolve/name.h"

#define TOKENS_MAX (1u << 22)

struct count {
	struct mn_str key;
	uint64_t n;
};

static struct mn_str
key_of(const struct mn_lexicon *x, const struct mn_token *t, struct mn_arena *a)
{
	bool named = t->row && (t->cls == MN_W_INDUSTRY || t->cls == MN_W_GENERIC ||
				   t->cls == MN_W_PLACE);
	if (named)
		return mn_arena_fmt(a, "%c%.*s", t->cls == MN_W_PLACE ? '@' : '=',
		    MN_FMT(x->row[t->row].id));
	return mn_arena_str(a, mn_str(t->text, t->n));
}

static int
by_key(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return mn_str_cmp(((const struct count *)a)->key, ((const struct count *)b)->key);
}

static size_t
add_name(const struct mn_lexicon *x, const struct mn_name *n, struct count *c,
    struct mn_arena *a)
{
	size_t added = 0;
	for (uint32_t i = 0; i < n->n; i++)
		if (n->tok[i].n && n->tok[i].cls != MN_W_NUMBER &&
		    n->tok[i].cls != MN_W_LEGAL && n->tok[i].cls != MN_W_STOP)
			c[added++] = (struct count){key_of(x, &n->tok[i], a), 1};
	return added;
}

int
main(int argc, char **argv)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 36, NULL);
	const char *dir = "connectors/names";
	uint64_t least = 3, names = 0;
	static char line[1 << 16];
	static struct mn_name name;
	struct mn_err err;
	struct mn_str aliases;
	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--names") == 0)
			dir = argv[i + 1];
		else if (strcmp(argv[i], "--least") == 0)
			least = (uint64_t)atoi(argv[i + 1]);
	}
	struct count *c = MN_NEW(&a, struct count, TOKENS_MAX);
	size_t n = 0, kept = 0;
	const struct mn_countries *countries =
	    mn_file_read(&a, "connectors/countries.json", 1u << 24, &aliases, &err)
		? mn_countries_new(&a, aliases, "countries.json", &err)
		: NULL;
	struct mn_analyst *s =
	    countries ? mn_analyst_new(&a, dir, countries, &err) : NULL;
	if (!s) {
		fprintf(stderr, "background: %s\n", err.msg);
		return 1;
	}
	while (fgets(line, sizeof line, stdin) && n + MN_NAME_TOKENS < TOKENS_MAX) {
		mn_name_analyse(s, mn_str_trim(mn_str_c(line)), MN_STR_NONE, &name);
		n += add_name(mn_analyst_lexicon(s), &name, c + n, &a);
		names += name.n > 0;
	}
	mn_sort(c, n, sizeof c[0], by_key, NULL, a);
	for (size_t i = 0; i < n; i++) {
		if (kept && mn_str_eq(c[kept - 1].key, c[i].key))
			c[kept - 1].n++;
		else
			c[kept++] = c[i];
	}
	printf("# How many of a large number of company names hold a token; made by "
	       "tests/match/background.\n# names %llu\n",
	    (unsigned long long)names);
	for (size_t i = 0; i < kept; i++)
		if (c[i].n >= least)
			printf(
			    "%.*s\t%llu\n", MN_FMT(c[i].key), (unsigned long long)c[i].n);
	mn_analyst_free(s);
	return 0;
}

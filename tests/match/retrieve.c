/*
 * How much of what the matcher would say yes to does looking names up find?
 *
 *   retrieve [--top N] PAIRS.tsv...        default 10
 *
 * PAIRS.tsv: as fit.c describes. The right-hand records of all files make one list, each
 * once. The left-hand name of every pair with label 1 is looked up in it; of the pairs
 * that score P >= .30, .50, .70 when they are compared directly, prints how many there
 * are and which share has its right-hand record among the N entries found.
 */
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/file.h"
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"
#include "manumit/resolve/list.h"

#define ROWS_MAX 200000
#define CELLS 9

enum { LEFT, LEFT_COUNTRY, RIGHT, RIGHT_COUNTRY, LABEL, LEFT_ADDRESS = 7, RIGHT_ADDRESS };

struct pair {
	struct mn_str cell[CELLS];
	uint32_t entry; /* of its right-hand record */
};

struct test {
	struct mn_arena a;
	struct mn_matcher m;
	struct mn_list list;
	struct mn_finder *finder;
	struct mn_profile left, right;
	struct pair *pair;
	size_t n;
};

static void
die(const struct mn_err *err)
{
	fprintf(stderr, "retrieve: %s\n", err->msg);
	exit(1);
}

static void
read_pairs(struct test *x, const char *path)
{
	struct mn_err err;
	struct mn_str text;
	if (!mn_file_read(&x->a, path, (size_t)1 << 30, &text, &err))
		die(&err);
	mn_str_cut(&text, '\n');
	while (text.n && x->n < ROWS_MAX) {
		struct mn_str line = mn_str_cut(&text, '\n');
		struct pair *p = &x->pair[x->n];
		for (size_t c = 0; c < CELLS; c++)
			p->cell[c] = mn_str_cut(&line, '\t');
		x->n += p->cell[RIGHT].n > 0;
	}
}

static int
by_right(const void *pa, const void *pb, const void *ctx)
{
	static const int CELL[] = {RIGHT, RIGHT_COUNTRY, RIGHT_ADDRESS};
	const struct pair *a = pa, *b = pb;
	(void)ctx;
	for (size_t i = 0; i < countof(CELL); i++) {
		int c = mn_str_cmp(a->cell[CELL[i]], b->cell[CELL[i]]);
		if (c)
			return c;
	}
	return 0;
}

static void
compile(struct test *x, uint32_t top)
{
	struct mn_err err;
	struct mn_list_build *b = mn_list_build_new(&x->m, NULL, &err);
	uint32_t entry = 0;
	if (!b)
		die(&err);
	mn_sort(x->pair, x->n, sizeof *x->pair, by_right, NULL, x->a);
	for (size_t i = 0; i < x->n; i++) {
		struct pair *p = &x->pair[i];
		if (i > 0 && by_right(p, p - 1, NULL) == 0) {
			p->entry = entry - 1;
			continue;
		}
		p->entry = entry++;
		mn_list_build_entry(
		    b, p->entry, p->cell[RIGHT_COUNTRY], p->cell[RIGHT_ADDRESS]);
		mn_list_build_name(b, MN_ALIAS_NAME, p->cell[RIGHT]);
	}
	if (!mn_list_open(mn_list_build_finish(b), &x->list, &err) ||
	    !(x->finder = mn_finder_new(&x->list, &x->m, top, &err)))
		die(&err);
}

static bool
is_found(struct test *x, const struct pair *p)
{
	const struct mn_match *m;
	uint32_t n = mn_find(x->finder, &x->left, &m);
	for (uint32_t i = 0; i < n; i++)
		if (m[i].ref == p->entry)
			return true;
	return false;
}

static void
measure(struct test *x)
{
	static const int64_t LEAST[] = {MN_Q16(.30), MN_Q16(.50), MN_Q16(.70)};
	uint32_t wanted[countof(LEAST)] = {0}, found[countof(LEAST)] = {0};
	for (size_t i = 0; i < x->n; i++) {
		const struct pair *p = &x->pair[i];
		const struct mn_str *c = p->cell;
		struct mn_verdict v;
		if (!mn_str_eq(c[LABEL], MN_S("1")))
			continue;
		mn_profile_read(
		    &x->m, c[LEFT], c[LEFT_COUNTRY], c[LEFT_ADDRESS], &x->left);
		mn_profile_read(
		    &x->m, c[RIGHT], c[RIGHT_COUNTRY], c[RIGHT_ADDRESS], &x->right);
		mn_profile_compare(&x->m, &x->left, &x->right, &v);
		bool yes = is_found(x, p);
		for (size_t t = 0; t < countof(LEAST); t++) {
			wanted[t] += v.p_q16 >= LEAST[t];
			found[t] += v.p_q16 >= LEAST[t] && yes;
		}
	}
	for (size_t t = 0; t < countof(LEAST); t++)
		printf("P >= .%d0: %u pairs, found %.4f\n",
		    (int)(LEAST[t] * 10 / MN_FX_ONE) +
			(LEAST[t] * 10 % MN_FX_ONE > 32768),
		    wanted[t], wanted[t] ? (double)found[t] / wanted[t] : 0.0);
}

int
main(int argc, char **argv)
{
	struct mn_err err;
	struct mn_str names;
	uint64_t top = 10;
	int at = 1;
	struct test x = {.a = mn_arena_new((size_t)1 << 36, NULL)};
	x.pair = MN_NEW(&x.a, struct pair, ROWS_MAX);
	if (argc > 2 && strcmp(argv[1], "--top") == 0) {
		mn_str_u64(mn_str_c(argv[2]), &top);
		at = 3;
	}
	if (at >= argc) {
		fprintf(stderr, "usage: retrieve [--top N] PAIRS.tsv...\n");
		return 64;
	}
	const struct mn_countries *c =
	    mn_file_read(&x.a, "connectors/countries.json", 1u << 24, &names, &err)
		? mn_countries_new(&x.a, names, "countries.json", &err)
		: NULL;
	if (!c || !mn_matcher_open(&x.m, &x.a, "connectors/names", c, &err))
		die(&err);
	for (; at < argc; at++)
		read_pairs(&x, argv[at]);
	compile(&x, (uint32_t)top);
	measure(&x);
	mn_finder_free(x.finder);
	mn_matcher_close(&x.m);
	mn_arena_free(x.a);
	return 0;
}

/*
 * Looking names up in a compiled list, on generated names.
 *
 *   names [LISTED] [QUERIES] [SEED]     default 200000 20000 1
 *
 * Listed names are made of invented brand words, words of trade, towns and legal forms in
 * proportions like those of supplier lists. Half of the queries are listed names with one
 * or two letters changed, words swapped, dropped or added; the other half are of firms
 * that are not listed. Prints the time to compile, look-ups per second and CPU second,
 * percentiles of one look-up, how often the right name came first, and false alerts.
 */
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"
#include "manumit/resolve/list.h"

struct rng {
	uint64_t s;
};

static uint32_t
below(struct rng *r, uint32_t n)
{
	r->s = r->s * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((r->s >> 33) % n);
}

static const char *const SYLLABLE[] = {"ka", "ro", "mi", "ten", "dal", "vor", "shan",
    "lu", "bre", "nor", "gal", "thi", "pel", "quin", "sar", "mo", "fen", "wick", "zan",
    "or", "bel", "dra", "hul", "jin", "ley", "mar", "nis", "ost", "pra", "rud", "sel",
    "tor", "ul", "ves", "wor", "yar", "chi", "gri", "stan", "plo"};
static const char *const TRADE[] = {"Textile", "Garments", "Foods", "Trading",
    "Electronics", "Industries", "Apparel", "Plastics", "Engineering", "Logistics",
    "Seafood", "Packaging", "Chemical", "Steel", "Furniture", "Export", "Mills", "Rubber",
    "Leather", "Toys"};
static const char *const TOWN[] = {"Dhaka", "Shanghai", "Istanbul", "Mumbai", "Guangzhou",
    "Hanoi", "Karachi", "Bangkok", "Jakarta", "Bursa"};
static const char *const FORM[] = {
    "Ltd", "Co., Ltd.", "Pvt. Ltd.", "S.A.", "LLC", "Inc.", "GmbH", "Sdn. Bhd."};
static const char *const COUNTRY[] = {"bd", "cn", "tr", "in", "vn", "pk", "th", "id"};

static size_t
brand(struct rng *r, char *out)
{
	size_t n = 0;
	for (uint32_t k = 3 + below(r, 2); k > 0; k--) {
		const char *s = SYLLABLE[below(r, countof(SYLLABLE))];
		memcpy(out + n, s, strlen(s));
		n += strlen(s);
	}
	out[0] = (char)(out[0] - 32);
	out[n] = 0;
	return n;
}

/* Name i of a family: the same for the same seed and number. */
static void
make(uint64_t seed, uint64_t i, char out[160], const char **country)
{
	struct rng r = {seed * 1000003 + i * 7919 + 17};
	char b[40], c[40] = "";
	below(&r, 2);
	brand(&r, b);
	if (below(&r, 3) == 0)
		brand(&r, c);
	const char *town = below(&r, 4) == 0 ? TOWN[below(&r, countof(TOWN))] : "";
	const char *two = below(&r, 3) == 0 ? TRADE[below(&r, countof(TRADE))] : "";
	*country = COUNTRY[below(&r, countof(COUNTRY))];
	snprintf(out, 160, "%s%s%s %s %s %s %s", town, *town ? " " : "", b, c,
	    TRADE[below(&r, countof(TRADE))], two, FORM[below(&r, countof(FORM))]);
}

/* One change of the kinds that lists and suppliers differ by. */
static void
change(struct rng *r, char *s)
{
	size_t n = strlen(s), at = 1 + below(r, (uint32_t)n - 2);
	switch (below(r, 4)) {
	case 0: /* two letters swapped */
		if (s[at] != ' ' && s[at - 1] != ' ') {
			char t = s[at];
			s[at] = s[at - 1];
			s[at - 1] = t;
		}
		break;
	case 1: /* a letter is another */
		if (s[at] != ' ')
			s[at] = (char)('a' + below(r, 26));
		break;
	case 2: /* a letter is missing */
		memmove(s + at, s + at + 1, n - at);
		break;
	default: /* a blank is missing */
		for (size_t i = 0; s[i]; i++)
			if (s[i] == ' ' && s[i + 1] != ' ') {
				memmove(s + i, s + i + 1, n - i);
				break;
			}
	}
}

struct run {
	struct mn_matcher m;
	struct mn_list list;
	struct mn_finder *finder;
	struct mn_profile q;
	uint64_t right, asked, alerts[2], others;
	uint32_t *us;
	struct rng r;
};

static void
ask(struct run *x, uint64_t seed, uint64_t number, bool listed)
{
	const struct mn_match *m;
	const char *country;
	char name[200];
	make(listed ? seed : seed + 1, number, name, &country);
	for (uint32_t k = listed ? 1 + below(&x->r, 2) : 0; k > 0; k--)
		change(&x->r, name);
	uint64_t from = mn_clock_us();
	mn_profile_read(&x->m, mn_str_c(name), mn_str_c(country), MN_STR_NONE, &x->q);
	uint32_t n = mn_find(x->finder, &x->q, &m);
	x->us[x->asked + x->others] = (uint32_t)(mn_clock_us() - from);
	if (listed) {
		x->asked++;
		x->right += n > 0 && m[0].ref == number;
		return;
	}
	x->others++;
	x->alerts[0] += n > 0 && m[0].p_q16 >= MN_Q16(.50);
	x->alerts[1] += n > 0 && m[0].p_q16 >= MN_Q16(.70);
}

static int
by_number(const void *a, const void *b, const void *ctx)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	(void)ctx;
	return (x > y) - (x < y);
}

static void
die(const struct mn_err *err)
{
	fprintf(stderr, "names: %s\n", err->msg);
	exit(2);
}

int
main(int argc, char **argv)
{
	uint64_t arg[3] = {200000, 20000, 1};
	struct mn_arena a = mn_arena_new((size_t)1 << 36, NULL);
	struct mn_err err;
	struct mn_str aliases;
	for (int i = 1; i < argc && i < 4; i++)
		mn_str_u64(mn_str_c(argv[i]), &arg[i - 1]);
	struct run *x = MN_NEW(&a, struct run, 1);
	const struct mn_countries *c =
	    mn_file_read(&a, "connectors/countries.json", 1u << 24, &aliases, &err)
		? mn_countries_new(&a, aliases, "countries.json", &err)
		: NULL;
	if (!c || !mn_matcher_open(&x->m, &a, "connectors/names", c, &err))
		die(&err);
	uint64_t wall = mn_clock_us(), cpu = mn_clock_cpu_us();
	struct mn_list_build *b = mn_list_build_new(&x->m, NULL, &err);
	for (uint64_t i = 0; i < arg[0]; i++) {
		const char *country;
		char name[200];
		make(arg[2], i, name, &country);
		mn_list_build_entry(b, i, mn_str_c(country), MN_STR_NONE);
		mn_list_build_name(b, MN_ALIAS_NAME, mn_str_c(name));
	}
	if (!mn_list_open(mn_list_build_finish(b), &x->list, &err) ||
	    !(x->finder = mn_finder_new(&x->list, &x->m, 5, &err)))
		die(&err);
	printf("compiled %u names, %u words, %.1f MiB in %.2f s (%.2f s cpu)\n",
	    x->list.n_name, x->list.n_token, (double)x->list.image.n / 1048576,
	    (double)(mn_clock_us() - wall) / 1e6,
	    (double)(mn_clock_cpu_us() - cpu) / 1e6);
	x->us = MN_NEW(&a, uint32_t, arg[1] + 1);
	x->r = (struct rng){arg[2] + 99};
	wall = mn_clock_us();
	cpu = mn_clock_cpu_us();
	for (uint64_t i = 0; i < arg[1]; i++)
		ask(x, arg[2], below(&x->r, (uint32_t)arg[0]), i % 2 == 0);
	double s = (double)(mn_clock_us() - wall) / 1e6;
	double u = (double)(mn_clock_cpu_us() - cpu) / 1e6;
	mn_sort(x->us, arg[1], sizeof *x->us, by_number, NULL, a);
	printf(
	    "%llu look-ups: %.0f a second, %.0f a CPU second; one takes %u us (p50), %u "
	    "us (p99)\n",
	    (unsigned long long)arg[1], (double)arg[1] / s, (double)arg[1] / u,
	    x->us[arg[1] / 2], x->us[arg[1] * 99 / 100]);
	printf("the right name first: %.3f; of names not listed, per 1,000: %.1f at P >= "
	       ".50, "
	       "%.1f at P >= .70\n",
	    (double)x->right / (double)x->asked,
	    1000 * (double)x->alerts[0] / (double)x->others,
	    1000 * (double)x->alerts[1] / (double)x->others);
	printf("peak memory %.0f MiB\n", (double)mn_peak_kib() / 1024);
	mn_finder_free(x->finder);
	mn_list_build_free(b);
	mn_matcher_close(&x->m);
	return 0;
}

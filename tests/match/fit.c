/*
 * Refits the weights of the name matcher on labelled pairs.
 *
 *   fit [--folds K] [--lambda L] [--cv DIR] [--out MODEL.json] PAIRS.tsv...
 *
 * PAIRS.tsv: left_name left_country right_name right_country label source note left_addr
 * right_addr script, tab separated, header line first. Prints average precision, best F1
 * and false alerts of predictions by a model that has not seen the pair (folds by the
 * left name): of all pairs, by script, by source. With --cv those probabilities are also
 * written to DIR/<file name>.p. Logistic regression with an L2 penalty and
 * sign constraints; a pair weighs 1/sqrt(pairs of its source), so that no source
 * dominates. Fitting uses floating point; what ships is rounded to four decimals and is
 * evaluated in integers.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/file.h"
#include "manumit/base/fx.h"
#include "manumit/base/json.h"
#include "manumit/resolve/pair.h"

#define ROWS_MAX 200000
#define SOURCES_MAX 256
#define CELLS 10

struct row {
	struct mn_str cell[CELLS];
	struct mn_names *name[2];
	struct mn_address *addr[2];
	double x[MN_FT_COUNT], weight, y;
	unsigned fold, source, file;
};

struct data {
	struct row *row;
	size_t n;
	struct mn_str source[SOURCES_MAX];
	size_t rows_of[SOURCES_MAX], n_source;
	struct mn_arena a;
	struct mn_analyst *analyst;
};

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "fit: %s: %s\n", what, why);
	exit(1);
}

static unsigned
source_of(struct data *d, struct mn_str cell)
{
	struct mn_str name = mn_str_cut(&cell, ':');
	for (unsigned i = 0; i < d->n_source; i++)
		if (mn_str_eq(d->source[i], name))
			return i;
	if (d->n_source == SOURCES_MAX)
		die("sources", "too many");
	d->source[d->n_source] = name;
	return (unsigned)d->n_source++;
}

static struct mn_party
party(const struct row *r, int side)
{
	struct mn_party p = {.name = &r->name[side]->name[0], .address = r->addr[side]};
	mn_party_country(&p, r->cell[side * 2 + 1]);
	return p;
}

static void
add_row(struct data *d, struct mn_str line, unsigned file, unsigned folds)
{
	struct row *r = &d->row[d->n++];
	for (size_t i = 0; i < CELLS; i++)
		r->cell[i] = line.p ? mn_str_cut(&line, '\t') : MN_STR_NONE;
	for (int side = 0; side < 2; side++) {
		r->name[side] = MN_NEW(&d->a, struct mn_names, 1);
		r->addr[side] = MN_NEW(&d->a, struct mn_address, 1);
		mn_names_analyse(
		    d->analyst, r->cell[side * 2], r->cell[side * 2 + 1], r->name[side]);
		mn_address_read(d->analyst, r->cell[7 + side], r->addr[side]);
	}
	r->y = mn_str_eq(r->cell[4], MN_S("1")) ? 1 : 0;
	r->fold = (unsigned)(mn_hash64(r->cell[0]) % folds);
	r->file = file;
	r->source = source_of(d, r->cell[5]);
	d->rows_of[r->source]++;
}

static void
read_pairs(struct data *d, const char *path, unsigned file, unsigned folds)
{
	struct mn_err err;
	struct mn_str text;
	if (!mn_file_read(&d->a, path, (size_t)1 << 30, &text, &err))
		die(path, err.msg);
	mn_str_cut(&text, '\n');
	while (text.p && text.n) {
		struct mn_str line = mn_str_cut(&text, '\n');
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n && d->n < ROWS_MAX)
			add_row(d, line, file, folds);
	}
}

/* ---- fitting: cyclic coordinate Newton steps with bounds ---- */

static double
sigmoid(double z)
{
	return z >= 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z));
}

static double
step(const struct data *d, const double *z, unsigned hold, int f, double w, double lambda)
{
	double g = f < 0 ? 0 : lambda * w, h = f < 0 ? 1e-9 : lambda;
	for (size_t i = 0; i < d->n; i++) {
		const struct row *r = &d->row[i];
		double x = f < 0 ? 1 : r->x[f];
		if (r->fold == hold || x == 0)
			continue;
		double p = sigmoid(z[i]);
		g += r->weight * (p - r->y) * x;
		h += r->weight * fmax(p * (1 - p), 1e-4) * x * x;
	}
	return w - g / h;
}

/* Features of each pair's best variant under the model. */
static void
choose_variants(struct data *d, const struct mn_model *m)
{
	for (size_t i = 0; i < d->n; i++) {
		struct row *r = &d->row[i];
		struct mn_verdict v;
		struct mn_party a = party(r, 0), b = party(r, 1);
		mn_pair_best(d->analyst, m, &a, r->name[0], &b, r->name[1], &v);
		for (unsigned f = 0; f < MN_FT_COUNT; f++)
			r->x[f] = v.f_q16[f] / 65536.0;
	}
}

static void
descend(const struct data *d, unsigned hold, double lambda, double *w, double *bias)
{
	double *z = calloc(d->n, sizeof *z);
	*bias = 0;
	memset(w, 0, MN_FT_COUNT * sizeof *w);
	for (int pass = 0; z && pass < 400; pass++) {
		double moved = 0;
		for (int f = -1; f < MN_FT_COUNT; f++) {
			double old = f < 0 ? *bias : w[f];
			double now = step(d, z, hold, f, old, lambda);
			if (f >= 0 && now * mn_feature_sign((unsigned)f) < 0)
				now = 0;
			double by = now - old;
			for (size_t i = 0; by != 0 && i < d->n; i++)
				z[i] += by * (f < 0 ? 1 : d->row[i].x[f]);
			*(f < 0 ? bias : &w[f]) = now;
			moved = fmax(moved, fabs(by));
		}
		if (moved < 1e-5)
			break;
	}
	free(z);
}

static struct mn_model
rounded(const double *w, double bias)
{
	struct mn_model m;
	char text[32];
	int64_t q;
	for (int f = -1; f < MN_FT_COUNT; f++) {
		snprintf(text, sizeof text, "%.4f", f < 0 ? bias : w[f]);
		mn_fx_parse(mn_str_c(text), &q);
		*(f < 0 ? &m.bias_q16 : &m.w_q16[f]) = (int32_t)q;
	}
	return m;
}

/* Twice: the first fit chooses the variants that the second is fitted on. */
static void
fit(struct data *d, unsigned hold, double lambda, double *w, double *bias)
{
	struct mn_model first = {.bias_q16 = -3 * MN_FX_ONE};
	first.w_q16[MN_FT_DICE] = 6 * MN_FX_ONE;
	choose_variants(d, &first);
	descend(d, hold, lambda, w, bias);
	first = rounded(w, *bias);
	choose_variants(d, &first);
	descend(d, hold, lambda, w, bias);
}

static void
write_model(const struct data *d, const char *path, const double *w, double bias)
{
	FILE *out = fopen(path, "w");
	if (!out)
		die(path, "cannot be written");
	fprintf(out,
	    "{\n  \"note\": \"Weights of the name matcher, fitted by "
	    "tests/match/fit on %zu labelled pairs of %zu sources.\",\n",
	    d->n, d->n_source);
	fprintf(out, "  \"bias\": %.4f,\n  \"weights\": {\n", bias);
	for (unsigned f = 0; f < MN_FT_COUNT; f++)
		fprintf(out, "    \"%s\": %.4f%s\n", mn_feature_name(f), w[f] + 0.0,
		    f + 1 < MN_FT_COUNT ? "," : "");
	fprintf(out, "  }\n}\n");
	if (fclose(out) != 0)
		die(path, "writing failed");
}

static void
predict(const struct data *d, unsigned fold, const struct mn_model *m, int32_t *p)
{
	for (size_t i = 0; i < d->n; i++) {
		struct mn_verdict v;
		if (d->row[i].fold != fold)
			continue;
		struct mn_party a = party(&d->row[i], 0), b = party(&d->row[i], 1);
		mn_pair_best(
		    d->analyst, m, &a, d->row[i].name[0], &b, d->row[i].name[1], &v);
		p[i] = v.p_q16;
	}
}

/* ---- figures, as of predictions on rows that were held out ---- */

struct scored {
	double p;
	bool y;
};

static int
by_p(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	return x->p != y->p ? (x->p < y->p ? 1 : -1) : 0;
}

/* Average precision and best F1; equal probabilities are taken together. */
static void
curve(struct scored *s, size_t n, double *ap, double *f1)
{
	size_t all = 0, hit = 0;
	double recall = 0;
	*ap = *f1 = 0;
	qsort(s, n, sizeof *s, by_p);
	for (size_t i = 0; i < n; i++)
		all += s[i].y;
	for (size_t i = 0, j; i < n && all; i = j) {
		for (j = i; j < n && s[j].p == s[i].p; j++)
			hit += s[j].y;
		double p = (double)hit / (double)j, r = (double)hit / (double)all;
		*ap += p * (r - recall);
		recall = r;
		if (hit && 2 * p * r / (p + r) > *f1)
			*f1 = 2 * p * r / (p + r);
	}
}

/* One line: of the rows whose cell `column` is `value`; all rows when it is -1. */
static void
figures(const struct data *d, const int32_t *p, int column, struct mn_str value)
{
	struct scored *s = calloc(d->n, sizeof *s);
	size_t n = 0, pos = 0, at[2] = {0, 0};
	double ap, f1;
	for (size_t i = 0; i < d->n; i++) {
		struct mn_str cell = column < 0 ? value : d->row[i].cell[column];
		struct mn_str head = mn_str_cut(&cell, ':');
		if (!mn_str_eq(head, value))
			continue;
		s[n++] = (struct scored){p[i] / 65536.0, d->row[i].y > 0};
		pos += d->row[i].y > 0;
		at[0] += d->row[i].y == 0 && p[i] >= MN_Q16(.50);
		at[1] += d->row[i].y == 0 && p[i] >= MN_Q16(.70);
	}
	curve(s, n, &ap, &f1);
	double neg = n > pos ? (double)(n - pos) : 1;
	printf("%-26.*s %5zu + %-5zu", MN_FMT(value), pos, n - pos);
	if (pos)
		printf("  AP %.3f  best F1 %.3f", ap, f1);
	printf("  false alerts per 1,000: %.1f at P >= .50, %.1f at P >= .70\n",
	    1000 * (double)at[0] / neg, 1000 * (double)at[1] / neg);
	free(s);
}

/* A line for each value of a column, in the order they are met. */
static void
figures_by(const struct data *d, const int32_t *p, int column)
{
	struct mn_str seen[SOURCES_MAX];
	size_t n = 0;
	for (size_t i = 0; i < d->n && n < SOURCES_MAX; i++) {
		struct mn_str cell = d->row[i].cell[column],
			      head = mn_str_cut(&cell, ':');
		size_t k = 0;
		while (k < n && !mn_str_eq(seen[k], head))
			k++;
		if (k == n && head.n) {
			seen[n++] = head;
			figures(d, p, column, head);
		}
	}
}

static void
cross_validate(struct data *d, unsigned folds, double lambda, const char *dir,
    char **file, unsigned n_file)
{
	int32_t *p = calloc(d->n, sizeof *p);
	double w[MN_FT_COUNT], bias;
	for (unsigned k = 0; p && k < folds; k++) {
		fit(d, k, lambda, w, &bias);
		struct mn_model m = rounded(w, bias);
		predict(d, k, &m, p);
	}
	for (unsigned f = 0; p && dir && f < n_file; f++) {
		const char *slash = strrchr(file[f], '/');
		char path[4096];
		snprintf(path, sizeof path, "%s/%s.p", dir, slash ? slash + 1 : file[f]);
		FILE *out = fopen(path, "w");
		if (!out)
			die(path, "cannot be written");
		for (size_t i = 0; i < d->n; i++)
			if (d->row[i].file == f)
				fprintf(out, "%.4f\n", p[i] / 65536.0);
		fclose(out);
	}
	figures(d, p, -1, MN_S("all pairs"));
	figures_by(d, p, 9);
	figures_by(d, p, 5);
	free(p);
}

int
main(int argc, char **argv)
{
	struct data d = {.a = mn_arena_new((size_t)1 << 36, NULL)};
	const char *cv = NULL, *out = NULL, *names = "connectors/names";
	unsigned folds = 5, n_file = 0;
	double lambda = .02, w[MN_FT_COUNT], bias;
	char *file[64];
	struct mn_err err;
	struct mn_str aliases;
	for (int i = 1; i < argc; i++) {
		struct mn_str o = mn_str_c(argv[i]);
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		bool option = mn_str_starts(o, MN_S("--"));
		if (option && !value)
			die(argv[i], "needs a value");
		if (mn_str_eq(o, MN_S("--folds")))
			folds = (unsigned)atoi(value);
		else if (mn_str_eq(o, MN_S("--lambda")))
			lambda = atof(value);
		else if (mn_str_eq(o, MN_S("--cv")))
			cv = value;
		else if (mn_str_eq(o, MN_S("--out")))
			out = value;
		else if (mn_str_eq(o, MN_S("--names")))
			names = value;
		else if (option || n_file == 64)
			die(argv[i], "unknown option, or too many files");
		else
			file[n_file++] = argv[i];
		i += option;
	}
	if (folds < 2 || n_file == 0)
		die("usage",
		    "fit [--folds K] [--lambda L] [--cv DIR] [--out FILE] PAIRS...");
	d.row = MN_NEW(&d.a, struct row, ROWS_MAX);
	if (!mn_file_read(&d.a, "connectors/countries.json", 1u << 24, &aliases, &err))
		die("countries", err.msg);
	const struct mn_countries *c =
	    mn_countries_new(&d.a, aliases, "countries.json", &err);
	d.analyst = c ? mn_analyst_new(&d.a, names, c, &err) : NULL;
	if (!d.analyst)
		die("tables", err.msg);
	for (unsigned f = 0; f < n_file; f++)
		read_pairs(&d, file[f], f, folds);
	for (size_t i = 0; i < d.n; i++)
		d.row[i].weight = 10 / sqrt((double)d.rows_of[d.row[i].source]);
	cross_validate(&d, folds, lambda, cv, file, n_file);
	fit(&d, folds, lambda, w, &bias);
	if (out)
		write_model(&d, out, w, bias);
	printf("bias %.3f", bias);
	for (unsigned f = 0; f < MN_FT_COUNT; f++)
		if (w[f] != 0)
			printf("  %s %.3f", mn_feature_name(f), w[f]);
	printf("\n");
	mn_analyst_free(d.analyst);
	return 0;
}

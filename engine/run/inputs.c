/*
 * Workbooks among the inputs: which of their sheets are read, as what. A sheet counts by
 * its name (connectors/sheets.json). A sheet of any name is taken only where the user
 * asked for its kind, so that nothing is scored that was not meant.
 */
#include <errno.h>

#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"
#include "manumit/run/inputs.h"

struct expanding {
	struct mn_run_inputs *to;
	struct mn_arena *a;
	const char *connectors;
	bool no_sandbox;
	const struct mn_mappings *m; /* NULL until a workbook is met */
	struct mn_run_input in;
	struct mn_err *err;
};

static bool
add(struct expanding *x, enum mn_kind kind, struct mn_str part)
{
	struct mn_run_inputs *to = x->to;
	struct mn_str path = mn_str_c(x->in.path);
	/* One sheet, however often it is named, is one input. */
	for (uint32_t i = 0; part.n && i < to->n; i++)
		if (to->v[i].kind == kind && mn_str_eq(to->v[i].part, part) &&
		    mn_str_eq(mn_str_c(to->v[i].path), path))
			return true;
	if (to->n == MN_MAX_SOURCES)
		return mn_fail(x->err, MN_E_USAGE, "more than %d tables", MN_MAX_SOURCES);
	to->v[to->n++] = (struct mn_run_input){.kind = kind,
	    .path = x->in.path,
	    .part = part,
	    .stale_days = x->in.stale_days,
	    .stale_limit = x->in.stale_limit};
	return true;
}

static void
leave_out(struct expanding *x, struct mn_str part, struct mn_str why)
{
	struct mn_run_inputs *to = x->to;
	if (to->n_unused < MN_MAX_SOURCES)
		to->unused[to->n_unused++] =
		    (struct mn_run_unused){x->in.path, part, why};
}

/* ---- one kind was asked for ---- */

static uint32_t
score(const struct mn_input_table *t, enum mn_kind kind)
{
	/* What its name says to be another table is not guessed to be this one. */
	if (t->hidden || t->kind != kind || (t->named != kind && t->named < MN_K_COUNT))
		return 0;
	return 1 + t->mapped + (t->layout ? MN_MAX_COLUMNS : 0) +
	       (t->named == kind ? 4 * MN_MAX_COLUMNS : 0);
}

static const struct mn_input_table *
best(const struct mn_input_tables *t, enum mn_kind kind)
{
	const struct mn_input_table *found = NULL;
	for (uint32_t i = 0; i < t->n; i++)
		if (score(&t->v[i], kind) > (found ? score(found, kind) : 0))
			found = &t->v[i];
	return found;
}

static bool
no_sheet(struct expanding *x, const struct mn_input_tables *t, enum mn_kind kind)
{
	return mn_fail(x->err, MN_E_FILE_HEADER,
	    "%s: none of its %u sheets can be read as %s; manumit check %s says why",
	    x->in.path, t->n, mn_kind_name(kind), x->in.path);
}

static bool
expand_kind(struct expanding *x, const struct mn_input_tables *t)
{
	const struct mn_input_table *one = best(t, x->in.kind);
	if (!one)
		return no_sheet(x, t, x->in.kind);
	for (uint32_t i = 0; i < t->n; i++)
		if (&t->v[i] != one)
			leave_out(x, t->v[i].part,
			    mn_arena_fmt(x->a, "\"%.*s\" is the sheet read as %s",
				MN_FMT(one->part), mn_kind_name(x->in.kind)));
	return add(x, x->in.kind, one->part);
}

/* ---- the whole workbook ---- */

static bool
by_its_name(const struct mn_input_table *t)
{
	return !t->hidden && t->named < MN_K_COUNT && t->kind == t->named;
}

static struct mn_str
why_unused(struct expanding *x, const struct mn_input_table *t)
{
	if (t->hidden)
		return MN_S("it is hidden");
	if (t->named < MN_K_COUNT)
		return mn_arena_fmt(x->a, "named as %s, but %.*s", mn_kind_name(t->named),
		    MN_FMT(t->why.n ? t->why : MN_S("its columns are of another table")));
	if (t->kind < MN_K_COUNT)
		return mn_arena_fmt(x->a,
		    "its name says of no kind of table that it is one; its columns are "
		    "those of %s",
		    mn_kind_name(t->kind));
	return t->why;
}

/* The sheet named as suppliers, or the best of those whose name says nothing. */
static bool
find_suppliers(struct expanding *x, const struct mn_input_tables *t, struct mn_str *part)
{
	struct mn_input_tables as;
	const struct mn_input_table *found = NULL;
	*part = MN_STR_NONE;
	for (uint32_t i = 0; i < t->n; i++) {
		if (t->v[i].named != MN_K_SUPPLIERS || t->v[i].hidden)
			continue;
		return by_its_name(&t->v[i]) ||
		       mn_fail(x->err, MN_E_FILE_HEADER, "%s, sheet \"%.*s\": %.*s",
			   x->in.path, MN_FMT(t->v[i].part), MN_FMT(t->v[i].why));
	}
	if (!mn_tables_list(x->a, x->m, x->in.path, MN_K_SUPPLIERS, &as, x->err))
		return false;
	for (uint32_t i = 0; i < as.n; i++)
		if (as.v[i].named == MN_K_COUNT &&
		    score(&as.v[i], MN_K_SUPPLIERS) >
			(found ? score(found, MN_K_SUPPLIERS) : 0))
			found = &as.v[i];
	if (!found)
		return no_sheet(x, t, MN_K_SUPPLIERS);
	*part = found->part;
	return true;
}

static bool
expand_book(struct expanding *x, const struct mn_input_tables *t)
{
	struct mn_str suppliers;
	if (!find_suppliers(x, t, &suppliers))
		return false;
	for (uint32_t i = 0; i < t->n; i++) {
		const struct mn_input_table *v = &t->v[i];
		bool found = suppliers.n && mn_str_eq(v->part, suppliers);
		if (!found && !by_its_name(v))
			leave_out(x, v->part, why_unused(x, v));
		else if (!add(x, found ? MN_K_SUPPLIERS : v->kind, v->part))
			return false;
	}
	return true;
}

static bool
load(struct expanding *x)
{
	x->m = mn_mappings_load(x->a, x->connectors, x->err);
	if (x->m && !x->no_sandbox)
		x->m = mn_mappings_apart(x->a, x->m);
	return x->m != NULL;
}

static bool
expand(struct expanding *x, const struct mn_run_input *in)
{
	struct mn_input_tables t;
	struct mn_str part;
	x->in = *in;
	x->in.path = mn_path_part(x->a, in->path, &part);
	if (part.n == 0)
		part = in->part;
	if (part.n || !mn_path_is_workbook(x->in.path))
		return add(x, in->kind, part);
	if (!x->m && !load(x))
		return false;
	if (!mn_tables_list(
		x->a, x->m, x->in.path, in->book ? MN_KIND_ANY : in->kind, &t, x->err))
		return false;
	if (t.n == 1)
		return add(x, in->kind, MN_STR_NONE);
	return in->book ? expand_book(x, &t) : expand_kind(x, &t);
}

/* Before anything is said of sheets: is every file there? */
static bool
is_there(struct expanding *x, const struct mn_run_input *in)
{
	struct mn_str part;
	const char *path = mn_path_part(x->a, in->path, &part);
	return mn_str_eq(mn_str_c(path), MN_S("-")) || mn_path_exists(path) ||
	       mn_fail_errno(x->err, ENOENT, "open", in->path);
}

/* Suppliers come first, for the rest keep their order. */
static void
suppliers_first(struct mn_run_inputs *to, struct mn_arena scratch)
{
	struct mn_run_input *v = MN_NEW(&scratch, struct mn_run_input, to->n);
	uint32_t n = 0;
	for (unsigned pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < to->n; i++)
			if ((to->v[i].kind == MN_K_SUPPLIERS) == (pass == 0))
				v[n++] = to->v[i];
	if (n)
		memcpy(to->v, v, n * sizeof *v);
}

bool
mn_run_inputs_expand(struct mn_arena *a, const char *share_dir, bool no_sandbox,
    const struct mn_run_input *in, uint32_t n, struct mn_run_inputs *out,
    struct mn_err *err)
{
	*out = (struct mn_run_inputs){.v = MN_NEW(a, struct mn_run_input, MN_MAX_SOURCES),
	    .unused = MN_NEW(a, struct mn_run_unused, MN_MAX_SOURCES)};
	struct expanding x = {.to = out,
	    .a = a,
	    .err = err,
	    .no_sandbox = no_sandbox,
	    .connectors = mn_arena_fmt(a, "%s/connectors%c", share_dir, 0).p};
	for (uint32_t i = 0; i < n; i++)
		if (!is_there(&x, &in[i]))
			return false;
	for (uint32_t i = 0; i < n; i++)
		if (!expand(&x, &in[i]))
			return false;
	suppliers_first(out, *a);
	return true;
}

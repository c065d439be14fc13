/* manumit match --names: the best list entries for each name of a file, as CSV. */
#include "manumit/base/fx.h"
#include "manumit/report/csvw.h"
#include "manumit/resolve/reason.h"

#include "match.h"

#define HEADER \
	"row,id,name,country,rank,probability,band,listed_id,listed_name,listed_as," \
	"kind," \
	"listed_country,list,file,line,reason\n"

#define ROWS 32 /* of a lot: some milliseconds' work */

/* A row of the file: what is asked, or what is to be said without asking. */
struct row {
	uint64_t line;
	struct mn_str id, name, country, address;
	bool identified;      /* has an identifier */
	enum mn_code refused; /* MN_E_NONE: ask */
};

struct lot {
	struct mn_arena root, a; /* of the texts */
	uint32_t n;
	struct row row[ROWS];
	struct mn_buf out;
};

/* What a thread works with. */
struct asking {
	const struct mn_matching *x;
	struct mn_matcher *m;
	struct mn_finder *finder;
	struct mn_reader *reader;
	struct mn_profile query, right;
	struct mn_buf reason;
};

struct all {
	struct mn_matching *x;
	struct mn_ordered *ordered;
	struct lot *lot; /* being filled */
	int status;
	uint32_t jobs, n_lot;
	struct asking asking[MN_MAX_JOBS];
	void *tools[MN_MAX_JOBS], *lots[MN_MAX_JOBS * MN_UNITS_PER_JOB];
};

/* ---- answering, in any thread ---- */

static void
number_cell(struct mn_buf *b, uint64_t v)
{
	mn_buf_fmt(b, ",%llu", (unsigned long long)v);
}

static void
asked(struct mn_buf *b, const struct row *r)
{
	mn_buf_fmt(b, "%llu", (unsigned long long)r->line);
	mn_csvw_cell_buf(b, r->id, false);
	mn_csvw_cell_buf(b, r->name, false);
	mn_csvw_cell_buf(b, r->country, false);
}

static void
reason(struct asking *a, const struct mn_match *m, bool bare)
{
	struct mn_verdict v;
	mn_buf_clear(&a->reason);
	if (bare)
		mn_buf_add(&a->reason, MN_S("identify first: a bare name; "));
	mn_find_explain(a->finder, &a->query, m, &a->right, &v);
	mn_reason_short(&a->query.party, &a->right.party, &v, &a->reason);
}

static void
answer(struct asking *a, struct mn_buf *b, const struct row *r, uint32_t rank,
    const struct mn_match *m)
{
	const struct mn_listed l = mn_match_listed(a->x, a->reader, m);
	char p[32];
	bool bare;
	enum mn_match_band band =
	    mn_match_screen_band(&a->query, r->identified, m->p_q16, &bare);
	asked(b, r);
	number_cell(b, rank);
	mn_fx_print(m->p_q16, 4, p);
	mn_buf_fmt(b, ",%s,%s", p, mn_match_band_name(band));
	mn_csvw_cell_buf(b, l.id, false);
	mn_csvw_cell_buf(b, l.name, false);
	mn_csvw_cell_buf(b, m->text, false);
	mn_csvw_cell_buf(b, mn_str_c(mn_alias_name(m->kind)), false);
	mn_csvw_cell_buf(b, l.country, false);
	mn_csvw_cell_buf(b, l.list, false);
	mn_csvw_cell_buf(b, l.file, false);
	number_cell(b, mn_rid_line(m->ref));
	reason(a, m, bare);
	mn_csvw_cell_buf(b, mn_buf_str(&a->reason), false);
	mn_buf_byte(b, '\n');
}

static void
ask(struct asking *a, struct mn_buf *b, const struct row *r)
{
	const struct mn_match *m;
	mn_profile_read(a->m, r->name, r->country, r->address, &a->query);
	uint32_t n = mn_find(a->finder, &a->query, &m);
	for (uint32_t i = 0; i < n; i++)
		answer(a, b, r, i + 1, &m[i]);
	if (n == 0) {
		asked(b, r);
		mn_buf_add(b, MN_S(",0,0.0000,-,,,,,,,,,no candidate\n"));
	}
}

/* A row that cannot be asked about still has its line. */
static void
not_asked(struct mn_buf *b, const struct row *r)
{
	char why[256];
	mn_buf_fmt(b, "%llu,,,,0,0.0000,-,,,,,,,,", (unsigned long long)r->line);
	snprintf(why, sizeof why, "not used: %s", mn_code_text(r->refused));
	mn_csvw_cell_buf(b, mn_str_c(why), false);
	mn_buf_byte(b, '\n');
}

static void
map(void *tool, void *unit)
{
	struct lot *l = unit;
	for (uint32_t i = 0; i < l->n; i++)
		if (l->row[i].refused)
			not_asked(&l->out, &l->row[i]);
		else
			ask(tool, &l->out, &l->row[i]);
}

/* ---- asking and printing, one row after another ---- */

static bool
commit(void *ctx, void *unit, struct mn_err *err)
{
	struct all *all = ctx;
	struct lot *l = unit;
	mn_buf_add(&all->x->out, mn_buf_str(&l->out));
	mn_buf_clear(&l->out);
	l->n = 0;
	l->a = l->root;
	all->status = mn_match_flush(all->x, 1u << 16);
	return all->status == 0 || mn_fail(err, MN_E_IO, "standard output");
}

/* NULL when printing failed. */
static struct row *
next_row(struct all *all)
{
	struct mn_err err;
	if (all->lot && all->lot->n == ROWS) {
		mn_ordered_put(all->ordered);
		all->lot = NULL;
	}
	if (!all->lot && all->ordered)
		all->lot = mn_ordered_unit(all->ordered, &err);
	struct row *r = all->lot ? &all->lot->row[all->lot->n++] : NULL;
	if (r)
		*r = (struct row){.line = 0};
	return r;
}

static void
refused(void *ctx, const struct mn_issue *i)
{
	struct row *r;
	if (i->row == 0 || mn_code_sev(i->code) != MN_ROW || !(r = next_row(ctx)))
		return;
	r->line = i->row;
	r->refused = i->code;
}

static void
question(struct all *all, const struct mn_record *rec)
{
	struct row *r = next_row(all);
	if (!r)
		return;
	struct mn_arena *a = &all->lot->a;
	r->line = mn_rid_line(rec->rid);
	r->id = mn_arena_str(a, rec->v[MN_F_ID]);
	r->name = mn_arena_str(a, rec->v[MN_F_NAME]);
	r->country = mn_arena_str(a, rec->v[MN_F_COUNTRY]);
	r->address = mn_arena_str(a, rec->v[MN_F_ADDRESS]);
	r->identified =
	    rec->v[MN_F_LEI].n || rec->v[MN_F_OS_ID].n || rec->v[MN_F_TAX_ID].n;
}

static int
ask_all(struct all *all, struct mn_input *in)
{
	struct mn_matching *x = all->x;
	struct mn_err err, late;
	struct mn_record rec;
	bool noted;
	int more = -1;
	mn_buf_add(&x->out, MN_S(HEADER));
	while (all->status == 0 && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1)
		question(all, &rec);
	if (all->status == 0 && all->lot && all->lot->n)
		mn_ordered_put(all->ordered);
	if (all->status == 0)
		mn_ordered_finish(all->ordered, &late);
	if (all->status == 0 && more < 0)
		return mn_cli_fail(&err);
	return all->status ? all->status : mn_match_flush(x, 0);
}

#define LOT_BYTES ((size_t)ROWS << 23) /* four cells of a row at most */

static bool
open_all(struct all *all, struct mn_err *err)
{
	struct mn_matching *x = all->x;
	struct mn_arena *a = &x->c->arena;
	all->jobs = x->crew.jobs;
	all->n_lot = all->jobs * MN_UNITS_PER_JOB;
	struct lot *lot = MN_NEW(a, struct lot, all->n_lot);
	for (uint32_t i = 0; i < all->n_lot; i++) {
		lot[i].root = lot[i].a = mn_arena_new(LOT_BYTES, a->oom);
		lot[i].out = mn_buf_new((size_t)1 << 30);
		all->lots[i] = &lot[i];
	}
	for (uint32_t i = 0; i < all->jobs; i++) {
		struct asking *t = &all->asking[i];
		*t = (struct asking){
		    .x = x, .m = &x->crew.m[i], .reason = mn_buf_new(1u << 20)};
		t->finder = mn_finder_new(&x->list, t->m, (uint32_t)x->c->top, err);
		t->reader = x->gen ? mn_reader_open(x->gen, err) : NULL;
		if (!t->finder || (x->gen && !t->reader))
			return false;
		all->tools[i] = t;
	}
	all->ordered = mn_ordered_new(&(struct mn_ordered_job){.map = map,
					  .commit = commit,
					  .ctx = all,
					  .jobs = all->jobs,
					  .tool = all->tools,
					  .unit = all->lots,
					  .n_unit = all->n_lot},
	    err);
	return all->ordered != NULL;
}

static void
close_all(struct all *all)
{
	mn_ordered_free(all->ordered);
	for (uint32_t i = 0; i < all->jobs; i++) {
		mn_finder_free(all->asking[i].finder);
		mn_reader_close(all->asking[i].reader);
		mn_buf_free(&all->asking[i].reason);
	}
	for (uint32_t i = 0; i < all->n_lot; i++) {
		struct lot *l = all->lots[i];
		mn_arena_free(l->root);
		mn_buf_free(&l->out);
	}
}

int
mn_match_names(struct mn_matching *x)
{
	struct mn_err err;
	struct all *all = MN_NEW(&x->c->arena, struct all, 1);
	struct mn_diag diag = {.emit = refused, .ctx = all};
	all->x = x;
	/* Before the threads, because reading a file may mean a process of its own. */
	struct mn_input *in =
	    mn_input_open(&x->text, x->maps, x->c->names, MN_K_SUPPLIERS, &diag, &err);
	int status = in && open_all(all, &err) ? ask_all(all, in) : mn_cli_fail(&err);
	close_all(all);
	if (in)
		mn_input_close(in);
	return status;
}

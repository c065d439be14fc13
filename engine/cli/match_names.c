/* manumit match --names: the best list entries for each name of a file, as CSV. */
#include "manumit/base/fx.h"
#include "manumit/report/csvw.h"
#include "manumit/resolve/reason.h"

#include "match.h"

#define HEADER \
	"row,id,name,country,rank,probability,band,listed_id,listed_name,listed_as," \
	"kind," \
	"listed_country,list,file,line,reason\n"

struct asking {
	struct mn_matching *x;
	struct mn_profile query, right;
	struct mn_buf reason;
};

static void
number_cell(struct mn_buf *b, uint64_t v)
{
	mn_buf_fmt(b, ",%llu", (unsigned long long)v);
}

static void
asked(struct mn_buf *b, const struct mn_record *rec)
{
	mn_buf_fmt(b, "%llu", (unsigned long long)mn_rid_line(rec->rid));
	mn_csvw_cell_buf(b, rec->v[MN_F_ID], false);
	mn_csvw_cell_buf(b, rec->v[MN_F_NAME], false);
	mn_csvw_cell_buf(b, rec->v[MN_F_COUNTRY], false);
}

static void
reason(struct asking *a, const struct mn_match *m, bool bare)
{
	struct mn_verdict v;
	mn_buf_clear(&a->reason);
	if (bare)
		mn_buf_add(&a->reason, MN_S("identify first: a bare name; "));
	mn_find_explain(a->x->finder, &a->query, m, &a->right, &v);
	mn_reason_short(&a->query.party, &a->right.party, &v, &a->reason);
}

static bool
has_identifier(const struct mn_record *rec)
{
	return rec->v[MN_F_LEI].n || rec->v[MN_F_OS_ID].n || rec->v[MN_F_TAX_ID].n;
}

static void
answer(struct asking *a, const struct mn_record *rec, uint32_t rank,
    const struct mn_match *m)
{
	struct mn_buf *b = &a->x->out;
	const struct mn_listed l = mn_match_listed(a->x, m);
	char p[32];
	bool bare;
	enum mn_match_band band =
	    mn_match_screen_band(&a->query, has_identifier(rec), m->p_q16, &bare);
	asked(b, rec);
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

static int
ask(struct asking *a, const struct mn_record *rec)
{
	const struct mn_match *m;
	mn_profile_read(&a->x->m, rec->v[MN_F_NAME], rec->v[MN_F_COUNTRY],
	    rec->v[MN_F_ADDRESS], &a->query);
	uint32_t n = mn_find(a->x->finder, &a->query, &m);
	for (uint32_t i = 0; i < n; i++)
		answer(a, rec, i + 1, &m[i]);
	if (n == 0) {
		asked(&a->x->out, rec);
		mn_buf_add(&a->x->out, MN_S(",0,0.0000,-,,,,,,,,,no candidate\n"));
	}
	return mn_match_flush(a->x, 1u << 16);
}

/* A row that cannot be asked about still has its line. */
static void
not_asked(void *ctx, const struct mn_issue *i)
{
	struct mn_matching *x = ctx;
	char why[256];
	if (i->row == 0 || mn_code_sev(i->code) != MN_ROW)
		return;
	mn_buf_fmt(&x->out, "%llu,,,,0,0.0000,-,,,,,,,,", (unsigned long long)i->row);
	snprintf(why, sizeof why, "not used: %s", mn_code_text(i->code));
	mn_csvw_cell_buf(&x->out, mn_str_c(why), false);
	mn_buf_byte(&x->out, '\n');
}

int
mn_match_names(struct mn_matching *x)
{
	struct mn_err err;
	struct mn_record rec;
	bool noted;
	int more = -1, status = 0;
	struct asking *a = MN_NEW(&x->c->arena, struct asking, 1);
	*a = (struct asking){.x = x, .reason = mn_buf_new(1u << 20)};
	struct mn_diag diag = {.emit = not_asked, .ctx = x};
	struct mn_input *in =
	    mn_input_open(&x->text, x->maps, x->c->names, MN_K_SUPPLIERS, &diag, &err);
	mn_buf_add(&x->out, MN_S(HEADER));
	while (
	    in && status == 0 && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1)
		status = ask(a, &rec);
	if (in)
		mn_input_close(in);
	mn_buf_free(&a->reason);
	if (status == 0 && more < 0)
		return mn_cli_fail(&err);
	return status ? status : mn_match_flush(x, 0);
}

/* Remarks about rows: one sorter, one file, one count. */
#include <stdio.h>

#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/report/csvw.h"
#include "manumit/text/utf8.h"

#include "issues.h"

static void
put_line(struct mn_buf *b, const struct mn_issue *i)
{
	char row[24];
	int n = snprintf(row, sizeof row, "%llu", (unsigned long long)i->row);
	struct mn_str file = i->file;
	for (size_t at; (at = mn_str_find_byte(file, '/')) != SIZE_MAX;)
		file = mn_str_sub(file, at + 1, file.n);
	mn_csvw_cell_buf(b, file, true);
	mn_csvw_cell_buf(b, i->row ? mn_str(row, (size_t)n) : MN_STR_NONE, false);
	mn_csvw_cell_buf(b, i->column, false);
	mn_csvw_cell_buf(b, mn_str_sub(i->value, 0, 200), false);
	mn_csvw_cell_buf(b, mn_str_c(mn_code_name(i->code)), false);
	mn_csvw_cell_buf(b, mn_str_c(mn_sev_name(mn_code_sev(i->code))), false);
	mn_buf_byte(b, ',');
	struct mn_buf text = mn_buf_new(4096);
	mn_buf_fmt(&text, "%s%s%.*s", mn_code_text(i->code), i->detail.n ? ": " : "",
	    MN_FMT(i->detail));
	mn_csvw_cell_buf(b, mn_buf_str(&text), true);
	mn_buf_free(&text);
	mn_csvw_cell_buf(b, mn_str_c(mn_code_fix(i->code)), false);
	mn_buf_byte(b, '\n');
}

void
mn_issues_add(struct mn_issues *x, uint32_t src, const struct mn_issue *issue)
{
	mn_buf_clear(&x->key);
	mn_put_u16(&x->key, (uint16_t)src);
	mn_put_u64(&x->key, issue->row);
	mn_put_u8(&x->key, (uint8_t)mn_code_sev(issue->code));
	mn_put_u16(&x->key, (uint16_t)issue->code);
	mn_buf_clear(&x->line);
	put_line(&x->line, issue);
	if (x->err.code == MN_E_NONE)
		mn_xsort_add(x->sort, mn_buf_str(&x->key), mn_buf_str(&x->line), &x->err);
}

static void
emit(void *ctx, const struct mn_issue *issue)
{
	struct mn_issues *x = ctx;
	mn_issues_add(x, x->src, issue);
}

bool
mn_issues_init(
    struct mn_issues *x, const char *work_dir, size_t bytes, struct mn_err *err)
{
	*x = (struct mn_issues){
	    .err = MN_ERR_NONE, .key = mn_buf_new(64), .line = mn_buf_new(MN_MAX_RECORD)};
	x->diag = (struct mn_diag){.emit = emit, .ctx = x};
	x->sort = mn_xsort_new(work_dir, bytes, err);
	return x->sort != NULL;
}

struct counting {
	uint32_t src;
	uint64_t row;
	unsigned worst;
	bool unjoined;
};

/* Adds the worst remark of one row to its file's counts. */
static void
count_row(struct mn_source *source, uint32_t n_source, const struct counting *c)
{
	if (c->src >= n_source || c->row <= source[c->src].header_line)
		return;
	source[c->src].unjoined += c->unjoined;
	if (c->worst >= MN_ROW)
		source[c->src].quarantined++;
	else if (c->worst == MN_NOTE)
		source[c->src].noted++;
}

/* ---- what a terminal names of them ---- */

enum { FILE_CELL, ROW_CELL, COLUMN_CELL, VALUE_CELL, MESSAGE_CELL = 6, FIX_CELL, CELLS };

/* The cells of a line as put_line wrote it. */
static void
cells_of(struct mn_str line, struct mn_buf *b, struct mn_str out[CELLS])
{
	size_t at[CELLS + 1] = {0}, n = 0;
	bool quoted = false;
	mn_buf_clear(b);
	for (size_t i = 0; i < line.n && n < CELLS; i++) {
		bool twice =
		    quoted && line.p[i] == '"' && i + 1 < line.n && line.p[i + 1] == '"';
		if (twice)
			mn_buf_byte(b, line.p[i++]);
		else if (line.p[i] == '"')
			quoted = !quoted;
		else if (!quoted && (line.p[i] == ',' || line.p[i] == '\n'))
			at[++n] = b->n;
		else /* a cell moves no cursor of a terminal */
			mn_buf_byte(b, (unsigned char)line.p[i] < 0x20 ? ' ' : line.p[i]);
	}
	struct mn_str all = mn_buf_str(b);
	for (size_t i = 0; i < CELLS; i++)
		out[i] = i < n ? mn_str_sub(all, at[i], at[i + 1] - at[i]) : MN_STR_NONE;
}

static void
tell_row(struct mn_run_result *r, const struct mn_str c[CELLS])
{
	struct mn_run_told *t = &r->told[r->n_told++];
	struct mn_str value = mn_utf8_cut(c[VALUE_CELL], 40);
	snprintf(t->row, sizeof t->row, "%.*s row %.*s%s%.*s%s%.*s%s",
	    MN_FMT(mn_utf8_cut(c[FILE_CELL], 60)), MN_FMT(c[ROW_CELL]),
	    c[COLUMN_CELL].n ? ", " : "", MN_FMT(mn_utf8_cut(c[COLUMN_CELL], 30)),
	    value.n ? " \"" : "", MN_FMT(value), value.n ? "\"" : "");
	snprintf(t->why, sizeof t->why, "%.*s; %.*s",
	    MN_FMT(mn_utf8_cut(c[MESSAGE_CELL], 80)),
	    MN_FMT(mn_utf8_cut(c[FIX_CELL], 150)));
}

static void
tell_column(struct mn_run_result *r, struct mn_str column)
{
	size_t n = strlen(r->columns);
	if (r->n_columns++ < MN_MAX_TOLD)
		snprintf(r->columns + n, sizeof r->columns - n, "%s%.*s", n ? ", " : "",
		    MN_FMT(mn_utf8_cut(column, 60)));
}

static void
tell(struct mn_issues *x, const struct counting *c, uint16_t code, unsigned sev,
    struct mn_str line, struct mn_run_result *r)
{
	struct mn_str cell[CELLS];
	bool row =
	    sev >= MN_ROW && c->row > 0 && c->worst < MN_ROW && r->n_told < MN_MAX_TOLD;
	if (!row && code != MN_E_COLUMN_UNUSED)
		return;
	cells_of(line, &x->line, cell);
	if (row)
		tell_row(r, cell);
	else
		tell_column(r, cell[COLUMN_CELL]);
}

static bool
write_all(struct mn_issues *x, struct mn_out *o, struct mn_source *source,
    uint32_t n_source, uint32_t n_own, struct mn_run_result *told, struct mn_err *err)
{
	struct mn_str key, line;
	struct counting c = {UINT32_MAX, 0, 0, false};
	struct mn_buf last = mn_buf_new(MN_MAX_RECORD);
	int more;
	mn_out_c(o, "file,row,column,value,code,severity,message,fix\n");
	while ((more = mn_xsort_next(x->sort, &key, &line, err)) == 1) {
		struct mn_get g = mn_get(key);
		uint32_t src = mn_get_u16(&g);
		uint64_t row = mn_get_u64(&g);
		unsigned sev = mn_get_u8(&g);
		if (src != c.src || row != c.row) {
			count_row(source, n_source, &c);
			c = (struct counting){src, row, 0, false};
		}
		uint16_t code = mn_get_u16(&g);
		if (src < n_own)
			tell(x, &c, code, sev, line, told);
		c.worst = sev > c.worst ? sev : c.worst;
		c.unjoined =
		    c.unjoined || code == MN_E_UNJOINED || code == MN_E_AMBIGUOUS;
		/* One row can earn a remark several times over, once a statement in it.
		 */
		if (last.n == 0 || !mn_str_eq(line, mn_buf_str(&last)))
			mn_out_write(o, line);
		mn_buf_clear(&last);
		mn_buf_add(&last, line);
	}
	mn_buf_free(&last);
	count_row(source, n_source, &c);
	for (uint32_t i = 0; i < n_source; i++)
		source[i].accepted =
		    source[i].rows - source[i].noted - source[i].quarantined;
	return more == 0;
}

bool
mn_issues_finish(struct mn_issues *x, const char *path, struct mn_source *source,
    uint32_t n_source, uint32_t n_own, struct mn_run_result *told, struct mn_err *err)
{
	if (x->err.code != MN_E_NONE) {
		*err = x->err;
		return false;
	}
	for (uint32_t i = 0; i < n_source; i++)
		source[i].accepted = source[i].noted = source[i].quarantined =
		    source[i].unjoined = 0;
	if (!mn_xsort_finish(x->sort, err))
		return false;
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	if (write_all(x, o, source, n_source, n_own, told, err))
		return mn_out_commit(o, true, NULL, err);
	mn_out_abort(o);
	return false;
}

void
mn_issues_free(struct mn_issues *x)
{
	mn_xsort_free(x->sort);
	mn_buf_free(&x->key);
	mn_buf_free(&x->line);
}

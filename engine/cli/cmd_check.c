/* manumit check: how a file is understood and which rows are not; scores nothing. */
#include "manumit/connectors/tables.h"

#include "cli.h"

#define SHOWN 20 /* remarks printed per file; the rest is counted */

struct check {
	struct mn_cli *c;
	struct mn_buf *out;
	struct mn_jsonw w;
	struct mn_buf remarks; /* text of the first remarks */
	struct mn_jsonw rw;
	uint64_t n;
	const char *place; /* "line" of a text, "row" of a sheet, "record" */
};

static void
remark(void *ctx, const struct mn_issue *i)
{
	struct check *x = ctx;
	x->n++;
	if (x->c->json) {
		mn_jsonw_map(&x->rw, NULL);
		mn_jsonw_int(&x->rw, "row", (int64_t)i->row);
		mn_jsonw_str(&x->rw, "column", i->column);
		mn_jsonw_str(&x->rw, "value", i->value);
		mn_jsonw_c(&x->rw, "code", mn_code_name(i->code));
		mn_jsonw_c(&x->rw, "severity", mn_sev_name(mn_code_sev(i->code)));
		mn_jsonw_c(&x->rw, "message", mn_code_text(i->code));
		mn_jsonw_str(&x->rw, "detail", i->detail);
		mn_jsonw_c(&x->rw, "fix", mn_code_fix(i->code));
		mn_jsonw_end_map(&x->rw);
		return;
	}
	if (x->n > SHOWN && !x->c->verbose)
		return;
	mn_buf_fmt(&x->remarks, "    ");
	if (i->row)
		mn_buf_fmt(&x->remarks, "%s %llu", x->place, (unsigned long long)i->row);
	else
		mn_buf_fmt(&x->remarks, "file");
	if (i->column.n)
		mn_buf_fmt(&x->remarks, ", column %.*s", MN_FMT(i->column));
	mn_buf_fmt(&x->remarks, ": %s", mn_code_text(i->code));
	if (i->value.n)
		mn_buf_fmt(
		    &x->remarks, ": \"%.*s\"", MN_FMT(mn_str_sub(i->value, 0, 60)));
	if (i->detail.n)
		mn_buf_fmt(&x->remarks, " (%.*s)", MN_FMT(i->detail));
	if (mn_code_fix(i->code)[0])
		mn_buf_fmt(&x->remarks, "; %s", mn_code_fix(i->code));
	mn_buf_fmt(&x->remarks, " [%s, %s]\n", mn_code_name(i->code),
	    mn_sev_name(mn_code_sev(i->code)));
}

static const char *
unpacked(const struct mn_input_info *f)
{
	return f->packed ? "unpacked, " : "";
}

static void
print_json_shape(struct mn_buf *b, const struct mn_input_info *f)
{
	mn_buf_fmt(
	    b, "  read as %s, %s%s", mn_kind_name(f->kind), unpacked(f), f->format);
	if (f->items.n)
		mn_buf_fmt(b, ", list %.*s", MN_FMT(f->items));
	mn_buf_fmt(b, "\n");
	for (uint32_t i = 0; i < f->n_count; i++)
		mn_buf_fmt(b, "%s%llu %s%s", i ? ", " : "  ",
		    (unsigned long long)f->count[i].n, f->count[i].name,
		    i + 1 == f->n_count ? "\n" : "");
}

static void
print_shape(struct mn_buf *b, const struct mn_input_info *f)
{
	mn_buf_fmt(
	    b, "  read as %s, %s%s, ", mn_kind_name(f->kind), unpacked(f), f->format);
	if (f->delimiter)
		mn_buf_fmt(b, "%s, delimiter %s, ", mn_encoding_name(f->encoding),
		    f->delimiter == '\t' ? "TAB" : (char[]){f->delimiter, 0});
	if (f->header_line)
		mn_buf_fmt(b, "header in %s %llu\n", f->delimiter ? "line" : "row",
		    (unsigned long long)f->header_line);
	else
		mn_buf_fmt(b, "no header: columns by their order\n");
}

static void
print_encoding(struct mn_buf *b, const struct mn_input_info *f)
{
	const struct mn_guess *g = f->guess;
	mn_buf_fmt(b, "  encoding %s (%s%s%s)", mn_encoding_name(f->encoding),
	    mn_trust_name(g->trust), g->why[0] ? ": " : "", g->why);
	if (f->sample.n)
		mn_buf_fmt(b, ", for example \"%.*s\"", MN_FMT(f->sample));
	mn_buf_fmt(b, "\n");
}

static void
print_column(struct mn_buf *b, const struct mn_input_info *f, uint32_t i)
{
	static const char *const ORDER[] = {
	    "", ", year month day", ", day month year", ", month day year"};
	const struct mn_column_why *why = &f->why[i];
	mn_buf_fmt(b, "    %-32.*s ", MN_FMT(f->header[i]));
	if (!f->mapped[i][0])
		mn_buf_fmt(b, "   (not used)\n");
	else
		mn_buf_fmt(b, "-> %-24s %s, %s%s\n", f->mapped[i], why->reason,
		    mn_trust_name(why->trust), ORDER[why->date_order]);
}

static void
print_text(struct check *x, const struct mn_input_info *f)
{
	struct mn_buf *b = x->out;
	mn_buf_fmt(b, "%.*s\n", MN_FMT(f->file));
	if (f->delimiter == '{')
		print_json_shape(b, f);
	else
		print_shape(b, f);
	if (f->delimiter)
		print_encoding(b, f);
	if (f->source.n)
		mn_buf_fmt(b, "  known layout %.*s: %.*s%s\n", MN_FMT(f->source),
		    MN_FMT(f->source_title),
		    f->source_verified ? "" : " (not verified: look at each column)");
	else if (f->kind == MN_K_REFERENCE)
		mn_buf_fmt(b, "  no known layout, and no column that tells what it is\n");
	else
		mn_buf_fmt(b, "  no known layout: columns mapped by their names\n");
	for (uint32_t i = 0; i < f->n_column; i++)
		print_column(b, f, i);
	if (f->source_use.n)
		mn_buf_fmt(b, "  for: %.*s\n", MN_FMT(f->source_use));
	mn_buf_fmt(b, "  %llu rows = %llu accepted + %llu noted + %llu quarantined\n",
	    (unsigned long long)f->rows, (unsigned long long)f->accepted,
	    (unsigned long long)f->noted, (unsigned long long)f->quarantined);
	if (f->rows < f->source_floor)
		mn_buf_fmt(b,
		    "  fewer rows than the %llu that the publisher's file has at least: "
		    "an "
		    "extract, or cut short\n",
		    (unsigned long long)f->source_floor);
	if (x->n)
		mn_buf_fmt(b, "  %llu remarks:\n", (unsigned long long)x->n);
	mn_buf_add(b, mn_buf_str(&x->remarks));
	if (x->n > SHOWN && !x->c->verbose)
		mn_buf_fmt(b, "    ... and %llu more (-v prints all)\n",
		    (unsigned long long)(x->n - SHOWN));
}

static void
print_json(struct check *x, const struct mn_input_info *f)
{
	struct mn_jsonw w = mn_jsonw_buf(x->out, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_str(&w, "file", f->file);
	mn_jsonw_str(&w, "part", f->part);
	mn_jsonw_c(&w, "format", f->format);
	mn_jsonw_c(&w, "kind", mn_kind_name(f->kind));
	mn_jsonw_c(&w, "sha256", f->sha256);
	mn_jsonw_int(&w, "bytes", (int64_t)f->bytes);
	mn_jsonw_c(&w, "encoding", mn_encoding_name(f->encoding));
	mn_jsonw_c(&w, "encoding_confidence", mn_trust_name(f->guess->trust));
	mn_jsonw_c(&w, "encoding_reason", f->guess->why);
	mn_jsonw_str(&w, "sample", f->sample);
	mn_jsonw_bool(&w, "gzip", f->packed);
	mn_jsonw_str(&w, "delimiter", mn_str(&f->delimiter, f->delimiter != 0));
	mn_jsonw_c(&w, "unit", f->unit);
	mn_jsonw_str(&w, "items", f->items);
	mn_jsonw_map(&w, "counts");
	for (uint32_t i = 0; i < f->n_count; i++)
		mn_jsonw_int(&w, f->count[i].name, (int64_t)f->count[i].n);
	mn_jsonw_end_map(&w);
	mn_jsonw_int(&w, "header_line", (int64_t)f->header_line);
	mn_jsonw_str(&w, "layout", f->source);
	mn_jsonw_str(&w, "use", f->source_use);
	mn_jsonw_bool(&w, "layout_verified", f->source_verified);
	mn_jsonw_list(&w, "columns");
	for (uint32_t i = 0; i < f->n_column; i++) {
		mn_jsonw_map(&w, NULL);
		mn_jsonw_str(&w, "header", f->header[i]);
		mn_jsonw_c(&w, "field", f->mapped[i]);
		mn_jsonw_c(&w, "reason", f->why[i].reason);
		mn_jsonw_c(&w, "confidence",
		    f->why[i].reason ? mn_trust_name(f->why[i].trust) : NULL);
		mn_jsonw_end_map(&w);
	}
	mn_jsonw_end_list(&w);
	mn_jsonw_int(&w, "rows", (int64_t)f->rows);
	mn_jsonw_int(&w, "accepted", (int64_t)f->accepted);
	mn_jsonw_int(&w, "noted", (int64_t)f->noted);
	mn_jsonw_int(&w, "quarantined", (int64_t)f->quarantined);
	mn_jsonw_bool(&w, "below_row_floor", f->rows < f->source_floor);
	mn_buf_add(x->out, MN_S(",\"remarks\":"));
	mn_buf_add(x->out, mn_buf_str(&x->remarks));
	mn_buf_add(x->out, MN_S("}\n"));
}

static bool
save_mapping(struct mn_cli *c, const struct mn_input *in, struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_out *o = NULL;
	if (!c->force && mn_path_exists(c->write_mapping))
		mn_fail(err, MN_E_EXISTS, "%s", c->write_mapping);
	else if (mn_input_write_mapping(mn_input_info(in), &b, err))
		o = mn_out_open(c->write_mapping, 0644, err);
	if (o)
		mn_out_write(o, mn_buf_str(&b));
	bool good = o && mn_out_commit(o, false, NULL, err);
	mn_buf_free(&b);
	return good;
}

static int
check_table(struct mn_cli *c, const struct mn_mappings *m, const char *path,
    struct mn_str part, enum mn_kind kind, struct mn_buf *out)
{
	struct mn_err err = MN_ERR_NONE;
	struct check x = {.c = c,
	    .out = out,
	    .remarks = mn_buf_new((size_t)1 << 30),
	    .place = part.n || mn_path_is_workbook(path) ? "row" : "line"};
	struct mn_diag diag = {.emit = remark, .ctx = &x};
	struct mn_arena a = mn_arena_new((size_t)1 << 32, c->arena.oom), root = a;
	struct mn_record rec;
	bool noted;
	int more = -1;
	x.rw = mn_jsonw_buf(&x.remarks, false);
	if (c->json)
		mn_jsonw_list(&x.rw, NULL);
	struct mn_input *in =
	    part.n ? mn_input_open_part(&a, m, path, part, kind, &diag, &err)
		   : mn_input_open(&a, m, path, kind, &diag, &err);
	if (in && strcmp(mn_input_info(in)->unit, "line") != 0)
		x.place = mn_input_info(in)->unit;
	while (in && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1)
		;
	if (c->json)
		mn_jsonw_end_list(&x.rw);
	if (more == 0 && c->write_mapping && !save_mapping(c, in, &err))
		more = -1;
	if (in && c->json)
		print_json(&x, mn_input_info(in));
	else if (in)
		print_text(&x, mn_input_info(in));
	if (in)
		mn_input_close(in);
	mn_buf_free(&x.remarks);
	mn_arena_free(root);
	return more == 0 ? 0 : mn_cli_fail(&err);
}

/* A sheet that is no table is said; JSON is about tables only. */
static void
no_table(const struct mn_cli *c, const char *path, const struct mn_input_table *t,
    struct mn_buf *out)
{
	if (!c->json)
		mn_buf_fmt(out, "%s#%.*s\n  not read: %s%.*s\n", path, MN_FMT(t->part),
		    t->hidden ? "a hidden sheet; name it to read it" : "",
		    MN_FMT(t->hidden ? MN_STR_NONE : t->why));
}

/* Every sheet of a workbook; any other file is one table. */
static int
check_file(
    struct mn_cli *c, const struct mn_mappings *m, const char *path, struct mn_buf *out)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_input_tables t;
	uint32_t read = 0;
	int worst = 0;
	if (!mn_tables_list(&c->arena, m, path, c->kind, &t, &err))
		return mn_cli_fail(&err);
	if (t.n == 1)
		return check_table(c, m, path, MN_STR_NONE, c->kind, out);
	for (uint32_t i = 0; i < t.n; i++) {
		if (t.v[i].hidden || t.v[i].kind == MN_KIND_ANY) {
			no_table(c, path, &t.v[i], out);
			continue;
		}
		int status = check_table(c, m, path, t.v[i].part, t.v[i].kind, out);
		worst = status ? status : worst;
		read++;
	}
	if (read)
		return worst;
	mn_fail(
	    &err, MN_E_FILE_HEADER, "%s: none of its %u sheets is a table", path, t.n);
	return mn_cli_fail(&err);
}

int
mn_cmd_check(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf out = mn_buf_new((size_t)1 << 31);
	const struct mn_mappings *m = mn_cli_mappings(c, &err);
	int worst = 0;
	if (!m)
		return mn_cli_fail(&err);
	if (c->n_arg == 0 || (c->write_mapping && c->n_arg > 1)) {
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	for (uint32_t i = 0; i < c->n_arg; i++) {
		int status = check_file(c, m, c->arg[i], &out);
		worst = status ? status : worst;
	}
	int printed = mn_cli_print(&out);
	mn_buf_free(&out);
	return worst ? worst : printed;
}

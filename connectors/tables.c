/* The tables of a file, and which sheet of a workbook is taken for which kind. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"

#include "sheet_words.h"
#include "unpack.h"
#include "xlsx.h"

/* ---- how well a sheet fits ---- */

static uint32_t
mapped_columns(const struct mn_input *in)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < in->n_column; i++)
		n += in->column[i].n_field > 0;
	return n;
}

/* A copy of the input tries the header, so that nothing of the attempt is left. */
static void
try_header(struct mn_input *in, struct mn_str name, const struct mn_head_row *r,
    uint32_t n, enum mn_kind kind, struct mn_fit *out)
{
	struct mn_diag quiet = {.emit = NULL};
	struct mn_input probe = *in;
	uint32_t which;
	out->kind = MN_K_COUNT;
	probe.diag = &quiet;
	probe.info.file = name;
	if (!mn_input_header_rows(&probe, r, n, kind, &which, &out->why))
		return;
	if (probe.info.kind == MN_K_REFERENCE && !probe.source) {
		mn_fail(&out->why, MN_E_FILE_HEADER, "no column is known");
		return;
	}
	out->kind = probe.info.kind;
	out->layout = probe.source != NULL;
	out->mapped = mapped_columns(&probe);
}

void
mn_xlsx_fit(struct mn_input *in, const struct mn_book_sheet *sheet, enum mn_kind kind,
    struct mn_fit *out)
{
	struct mn_arena had = *in->arena;
	struct mn_head_row r[MN_PREAMBLE_ROWS];
	uint32_t n;
	*out = (struct mn_fit){.kind = MN_K_COUNT,
	    .why = MN_ERR_NONE,
	    .named =
		mn_map_sheet_kind(in->mappings, mn_map_fold(in->arena, sheet->name))};
	enum mn_kind wanted = kind != MN_KIND_ANY ? kind : out->named;
	if (mn_xlsx_begin(in, sheet, &out->why) &&
	    mn_xlsx_head(in, in->arena, r, &n, &out->why)) {
		if (n == 0)
			mn_fail(&out->why, MN_E_FILE_EMPTY, "no row has a value");
		if (n)
			try_header(in, sheet->name, r, n, wanted, out);
		if (n && out->kind == MN_K_COUNT && wanted != kind)
			try_header(in, sheet->name, r, n, kind, out);
	}
	*in->arena = had;
}

/* By its name first, then a known layout, then how much of it has a meaning. */
static uint32_t
score(const struct mn_fit *f, enum mn_kind kind)
{
	bool other = kind != MN_KIND_ANY && f->named != kind && f->named < MN_K_COUNT;
	if (f->kind == MN_K_COUNT || other)
		return 0;
	return 1 + f->mapped + (f->layout ? MN_MAX_COLUMNS : 0) +
	       (f->named == kind && kind != MN_KIND_ANY ? 4 * MN_MAX_COLUMNS : 0);
}

static const struct mn_book_sheet *
best_sheet(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_book *b = &((struct mn_xlsx *)in->state)->book;
	const struct mn_book_sheet *best = NULL, *only = NULL;
	uint32_t most = 0, seen = 0;
	for (uint32_t i = 0; i < b->n_sheet; i++) {
		struct mn_fit fit;
		if (b->sheet[i].hidden || !b->sheet[i].entry)
			continue;
		only = &b->sheet[i];
		if (b->n_sheet == 1)
			return only;
		seen++;
		mn_xlsx_fit(in, &b->sheet[i], kind, &fit);
		if (score(&fit, kind) > most) {
			most = score(&fit, kind);
			best = &b->sheet[i];
		}
	}
	/* Whoever asks for any table is shown one that nobody described. */
	if (best || seen == 1 || (seen && kind == MN_KIND_ANY))
		return best ? best : only;
	mn_fail(err, MN_E_FILE_HEADER,
	    "%.*s: none of its %u visible sheets is a table%s%s", MN_FMT(in->info.file),
	    seen, kind == MN_KIND_ANY ? "" : " of ",
	    kind == MN_KIND_ANY ? "" : mn_kind_name(kind));
	return NULL;
}

static const struct mn_book_sheet *
sheet_named(const struct mn_book *b, struct mn_str name, struct mn_arena scratch)
{
	struct mn_str want = mn_map_fold(&scratch, name);
	for (uint32_t i = 0; i < b->n_sheet; i++)
		if (mn_str_eq(b->sheet[i].name, name))
			return &b->sheet[i];
	for (uint32_t i = 0; i < b->n_sheet; i++)
		if (mn_str_eq(mn_map_fold(&scratch, b->sheet[i].name), want))
			return &b->sheet[i];
	return NULL;
}

const struct mn_book_sheet *
mn_xlsx_choose(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	const struct mn_book *b = &((struct mn_xlsx *)in->state)->book;
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	if (in->part.n == 0) {
		mn_arena_free(root);
		return best_sheet(in, kind, err);
	}
	const struct mn_book_sheet *s = sheet_named(b, in->part, a);
	struct mn_buf names = mn_buf_new(200);
	for (uint32_t i = 0; !s && i < b->n_sheet; i++)
		mn_buf_fmt(&names, "%s%.*s", i ? ", " : "", MN_FMT(b->sheet[i].name));
	if (!s)
		mn_fail(err, MN_E_FILE_SHEET, "%.*s: \"%.*s\"; it has: %.*s",
		    MN_FMT(b->file), MN_FMT(in->part), MN_FMT(mn_buf_str(&names)));
	mn_buf_free(&names);
	mn_arena_free(root);
	return s;
}

/* ---- all tables of a file ---- */

static struct mn_str
reason(struct mn_arena *a, const struct mn_fit *f)
{
	return f->kind < MN_K_COUNT || f->why.code == MN_E_NONE
		   ? MN_STR_NONE
		   : mn_arena_fmt(a, "%s: %s", mn_code_text(f->why.code), f->why.msg);
}

bool
mn_input_list(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	if (in->format != &mn_format_xlsx)
		return mn_fail(
		    err, MN_E_FILE_SHEET, "%.*s is no workbook", MN_FMT(in->info.file));
	if (!mn_xlsx_open(in, err))
		return false;
	const struct mn_book *b = &((struct mn_xlsx *)in->state)->book;
	struct mn_input_table *t = MN_NEW(in->arena, struct mn_input_table, b->n_sheet);
	for (uint32_t i = 0; i < b->n_sheet; i++) {
		struct mn_fit f = {.named = MN_K_COUNT, .kind = MN_K_COUNT};
		if (b->n_sheet >
		    1) /* the only one is opened as it is, whatever it fits */
			mn_xlsx_fit(in, &b->sheet[i], kind, &f);
		t[i] = (struct mn_input_table){.part = b->sheet[i].name,
		    .hidden = b->sheet[i].hidden,
		    .named = f.named,
		    .kind = f.kind,
		    .mapped = f.mapped,
		    .layout = f.layout,
		    .why = reason(in->arena, &f)};
	}
	in->info.table = t;
	in->info.n_table = b->n_sheet;
	in->info.kind = MN_K_SUPPLIERS; /* of none, but a kind */
	in->info.field_column = MN_NEW(in->arena, struct mn_str, MN_F_COUNT);
	return true;
}

/* A pipe can be read once only, and is left for who opens it. */
bool
mn_path_is_workbook(const char *path)
{
	struct stat st;
	char head[MN_UNPACK_HEAD];
	if (mn_str_eq(mn_str_c(path), MN_S("-")) || stat(path, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return false;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, head, sizeof head) : 0;
	struct mn_str begin = mn_str(head, n > 0 ? (size_t)n : 0);
	bool is = mn_xlsx_is(begin) && !mn_zip_begins(begin);
	if (fd >= 0)
		close(fd);
	return is;
}

bool
mn_tables_list(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    enum mn_kind kind, struct mn_input_tables *out, struct mn_err *err)
{
	struct mn_diag quiet = {.emit = NULL};
	struct mn_input_file file = {.path = path, .kind = kind, .list = true};
	struct mn_input_table *one = MN_NEW(a, struct mn_input_table, 1);
	*one = (struct mn_input_table){.named = MN_K_COUNT, .kind = MN_K_COUNT};
	*out = (struct mn_input_tables){.v = one, .n = 1};
	if (!mn_path_is_workbook(path))
		return true;
	struct mn_input *in = mn_input_open_file(a, m, file, &quiet, err);
	if (!in)
		return false;
	*out = (struct mn_input_tables){
	    .v = in->info.table, .n = in->info.n_table, .workbook = true};
	mn_input_close(in);
	return true;
}

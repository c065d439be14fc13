/* From files to rows that can be recorded: tables and sheets, and remarks about rows. */
#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"
#include "manumit/connectors/tables.h"

#include "record.h"

struct reading {
	struct mn_recording *x;
	struct mn_str file;
	uint64_t header_line, refused_line; /* refused_line: the last row with a remark */
	bool rows;                          /* rows are being read, not the header */
};

/* Remarks that leave a row as it was meant. Anything else means that a cell was not
 * understood, and what is not understood is not kept for years. */
static const enum mn_code HARMLESS[] = {
    MN_E_ROW_TOTAL, MN_E_ROW_EXAMPLE, MN_E_ROW_SHORT, MN_E_ROW_ORDER, MN_E_CELL_TYPO};

static bool
harmless(enum mn_code code)
{
	for (size_t i = 0; i < countof(HARMLESS); i++)
		if (HARMLESS[i] == code)
			return true;
	return false;
}

/* "not a date: treated as unknown": here it is not treated at all. */
static struct mn_str
wrong(enum mn_code code)
{
	struct mn_str s = mn_str_c(mn_code_text(code));
	size_t treated = mn_str_find(s, MN_S(": treated"));
	size_t redacted = mn_str_find(s, MN_S(": redacted"));
	return mn_str_sub(s, 0, treated < redacted ? treated : redacted);
}

static void
remark(void *ctx, const struct mn_issue *i)
{
	struct reading *r = ctx;
	struct mn_arena *a = r->x->a;
	if (!r->rows || i->row <= r->header_line || harmless(i->code))
		return;
	const char *fix = i->code == MN_E_PERSONAL
			      ? "leave it out, or name a role or an organisation"
			      : mn_code_fix(i->code);
	struct mn_record_told t = {.file = r->file,
	    .line = i->row,
	    .column = mn_arena_str(a, i->column),
	    .value = mn_arena_str(a, i->value),
	    .why = mn_arena_fmt(a, "%.*s%s%.*s%s%s", MN_FMT(wrong(i->code)),
		i->detail.n ? ": " : "", MN_FMT(i->detail), fix[0] ? "; " : "", fix)};
	mn_recording_reject(r->x, t);
	r->refused_line = i->row;
}

static bool
read_rows(struct reading *r, struct mn_input *in, struct mn_err *err)
{
	struct mn_record rec;
	bool noted;
	int more;
	const struct mn_input_info *info = mn_input_info(in);
	r->rows = true;
	r->header_line = info->header_line;
	while ((more = mn_input_next(in, 0, &rec, &noted, err)) == 1)
		if ((!noted || r->refused_line != mn_rid_line(rec.rid)) &&
		    !mn_recording_row(r->x, &rec, r->file, info->field_column, err))
			return false;
	return more == 0;
}

static bool
read_table(struct mn_recording *x, const char *path, struct mn_str part,
    enum mn_kind kind, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct reading r = {.x = x};
	struct mn_diag diag = {.emit = remark, .ctx = &r};
	struct mn_input *in =
	    part.n ? mn_input_open_part(&a, x->o->mappings, path, part, kind, &diag, err)
		   : mn_input_open(&a, x->o->mappings, path, kind, &diag, err);
	bool good = in != NULL;
	if (good) {
		r.file = mn_arena_str(x->a, mn_input_info(in)->file);
		if (!mn_kind_is_kept(mn_input_info(in)->kind))
			good = mn_fail(err, MN_E_FILE_KIND,
			    "%.*s is read as %s; record keeps inspections that were "
			    "made, "
			    "activities, actions, training, remediation and profile (say "
			    "which with --kind)",
			    MN_FMT(r.file), mn_kind_name(mn_input_info(in)->kind));
		good = good && read_rows(&r, in, err);
		mn_input_close(in);
	}
	mn_arena_free(root);
	return good;
}

/* Of a workbook the sheets that their names say to be such tables: results.xlsx has one,
 * the template five. */
static bool
read_book(struct mn_recording *x, const char *path, struct mn_err *err)
{
	struct mn_input_tables t;
	uint32_t read = 0;
	if (!mn_tables_list(x->a, x->o->mappings, path, MN_KIND_ANY, &t, err))
		return false;
	for (uint32_t i = 0; i < t.n; i++) {
		const struct mn_input_table *v = &t.v[i];
		bool meant =
		    t.n == 1 || (!v->hidden && mn_kind_is_kept(v->named) &&
				    (x->o->kind == MN_K_COUNT || x->o->kind == v->named));
		if (!meant)
			continue;
		if (!read_table(x, path, t.n == 1 ? MN_STR_NONE : v->part,
			t.n == 1 ? x->o->kind : v->named, err))
			return false;
		read++;
	}
	return read > 0 || mn_fail(err, MN_E_FILE_HEADER,
			       "%s: no sheet is named after what record keeps: "
			       "inspections, activities, actions, training, remediation, "
			       "profile",
			       path);
}

bool
mn_recording_read(struct mn_recording *x, struct mn_err *err)
{
	for (uint32_t i = 0; i < x->o->n_file; i++) {
		struct mn_str part;
		const char *path = mn_path_part(x->a, x->o->file[i], &part);
		bool book = part.n == 0 && mn_path_is_workbook(path);
		if (!(book ? read_book(x, path, err)
			   : read_table(x, path, part, x->o->kind, err)))
			return false;
	}
	return true;
}

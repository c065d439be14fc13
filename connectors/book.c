/* Workbooks: which parts of the archive are its sheets, styles and strings. */
#include "manumit/base/limits.h"

#include "book.h"

#define RELATIONS 4096 /* kept of a workbook: sheets, links, printer settings */

enum relation_kind { R_OTHER, R_BOOK, R_SHEET, R_CHART, R_STRINGS, R_STYLES };

struct relation {
	struct mn_str id;
	const struct mn_entry *entry;
	enum relation_kind kind;
};

struct reading {
	struct mn_book *b;
	struct mn_arena *a;
	struct mn_xml *xml;
	struct mn_str folder; /* of the part that the relations are of */
	struct relation *relation;
	uint32_t n_relation;
	bool in_sheets;
	struct mn_buf plain;
};

static ssize_t
read_part(void *from, char *to, size_t n, struct mn_err *err)
{
	return mn_part_read(from, to, n, err);
}

bool
mn_book_part(const struct mn_book *b, const struct mn_entry *e,
    const struct mn_xml_events *ev, void *ctx, struct mn_xml **self, struct mn_err *err)
{
	struct mn_part p;
	struct mn_arena name = mn_arena_new(1u << 20, NULL), root = name;
	bool good = false;
	if (mn_part_open(&b->archive, e, &p, err)) {
		struct mn_str what = mn_arena_fmt(
		    &name, "%.*s: its part %.*s", MN_FMT(b->file), MN_FMT(e->name));
		*self = mn_xml_new(ev, ctx, read_part, &p, what, err);
		good = *self && mn_xml_run(*self, err) == 0;
		mn_xml_free(*self);
		*self = NULL;
		mn_part_close(&p);
	}
	mn_arena_free(root);
	return good;
}

/* ---- relations ---- */

static enum relation_kind
kind_of(struct mn_str type)
{
	static const struct {
		const char *word;
		enum relation_kind kind;
	} KINDS[] = {{"/officeDocument", R_BOOK}, {"/worksheet", R_SHEET},
	    {"/chartsheet", R_CHART}, {"/dialogsheet", R_CHART},
	    {"/xlMacrosheet", R_CHART}, {"/sharedStrings", R_STRINGS},
	    {"/styles", R_STYLES}};
	for (size_t i = 0; i < countof(KINDS); i++)
		if (mn_str_ends(type, mn_str_c(KINDS[i].word)))
			return KINDS[i].kind;
	return R_OTHER;
}

/* The entry that a target names: from the archive's top when it begins with '/', else
 * from the folder; "." and ".." are resolved. */
static const struct mn_entry *
resolve(struct reading *x, struct mn_str target)
{
	char path[MN_ZIP_NAME + 1];
	size_t n = 0;
	bool top = mn_str_starts(target, MN_S("/"));
	if (target.n + x->folder.n + 1 > MN_ZIP_NAME)
		return NULL;
	if (!top && x->folder.n) {
		memcpy(path, x->folder.p, x->folder.n);
		n = x->folder.n;
	}
	for (struct mn_str rest = target; rest.p;) {
		struct mn_str step = mn_str_cut(&rest, '/');
		if (step.n == 0 || mn_str_eq(step, MN_S(".")))
			continue;
		if (mn_str_eq(step, MN_S(".."))) {
			while (n > 0 && path[--n] != '/')
				;
			continue;
		}
		if (n)
			path[n++] = '/';
		memcpy(path + n, step.p, step.n);
		n += step.n;
	}
	return mn_archive_find(&x->b->archive, mn_str(path, n));
}

static void
relation(void *ctx, struct mn_str name, mn_xml_atts atts)
{
	struct reading *x = ctx;
	if (!mn_xml_is(name, "Relationship") || x->n_relation == RELATIONS ||
	    mn_xml_is(mn_xml_att(atts, "TargetMode"), "External"))
		return;
	x->relation[x->n_relation++] =
	    (struct relation){.id = mn_arena_str(x->a, mn_xml_att(atts, "Id")),
		.entry = resolve(x, mn_xml_att(atts, "Target")),
		.kind = kind_of(mn_xml_att(atts, "Type"))};
}

/* The relations of the part `name` ("": of the archive), in x->relation. */
static bool
read_relations(struct reading *x, struct mn_str name, struct mn_err *err)
{
	static const struct mn_xml_events EVENTS = {.start = relation};
	size_t slash = name.n;
	while (slash > 0 && name.p[slash - 1] != '/')
		slash--;
	x->folder = mn_str_sub(name, 0, slash ? slash - 1 : 0);
	x->n_relation = 0;
	struct mn_str path = mn_arena_fmt(x->a, "%.*s_rels/%.*s.rels",
	    MN_FMT(mn_str_sub(name, 0, slash)), MN_FMT(mn_str_sub(name, slash, name.n)));
	const struct mn_entry *e = mn_archive_find(&x->b->archive, path);
	return !e || mn_book_part(x->b, e, &EVENTS, x, &x->xml, err);
}

static const struct mn_entry *
related(const struct reading *x, enum relation_kind kind, const char *usual)
{
	for (uint32_t i = 0; i < x->n_relation; i++)
		if (x->relation[i].kind == kind && x->relation[i].entry)
			return x->relation[i].entry;
	return mn_archive_find(&x->b->archive, mn_str_c(usual));
}

/* ---- the workbook ---- */

static bool
yes(struct mn_str s)
{
	return mn_xml_is(s, "1") || mn_xml_is(s, "true");
}

static void
add_sheet(struct reading *x, mn_xml_atts atts)
{
	struct mn_book *b = x->b;
	if (b->n_sheet == MN_BOOK_SHEETS) {
		mn_xml_refuse(x->xml, MN_E_FILE_LIMIT, "it has more than 256 sheets");
		return;
	}
	struct mn_book_sheet *s = &b->sheet[b->n_sheet++];
	struct mn_str state = mn_xml_att(atts, "state"), id = mn_xml_att(atts, "id");
	struct mn_str name = mn_strings_plain(mn_xml_att(atts, "name"), &x->plain);
	*s = (struct mn_book_sheet){.name = mn_arena_str(x->a, mn_str_trim(name)),
	    .hidden = state.n && !mn_xml_is(state, "visible")};
	for (uint32_t i = 0; i < x->n_relation; i++) {
		if (!mn_str_eq(x->relation[i].id, id))
			continue;
		s->chart = x->relation[i].kind == R_CHART;
		s->entry = s->chart ? NULL : x->relation[i].entry;
		return;
	}
	struct mn_str usual = mn_arena_fmt(x->a, "xl/worksheets/sheet%u.xml", b->n_sheet);
	s->entry = mn_archive_find(&b->archive, usual);
}

static void
book_start(void *ctx, struct mn_str name, mn_xml_atts atts)
{
	struct reading *x = ctx;
	if (mn_xml_is(name, "workbookPr"))
		x->b->from_1904 = yes(mn_xml_att(atts, "date1904"));
	else if (mn_xml_is(name, "sheets"))
		x->in_sheets = true;
	else if (x->in_sheets && mn_xml_is(name, "sheet"))
		add_sheet(x, atts);
}

static void
book_end(void *ctx, struct mn_str name)
{
	struct reading *x = ctx;
	if (mn_xml_is(name, "sheets"))
		x->in_sheets = false;
}

/* What an archive is that is no workbook. */
static bool
no_book(const struct mn_book *b, struct mn_err *err)
{
	static const struct {
		const char *part, *what;
	} OTHERS[] = {{"xl/workbook.bin", "a binary workbook (.xlsb)"},
	    {"content.xml", "an OpenDocument file (.ods)"},
	    {"word/document.xml", "a text document (.docx)"},
	    {"Index/Document.iwa", "a Numbers file"}};
	for (size_t i = 0; i < countof(OTHERS); i++)
		if (mn_archive_find(&b->archive, mn_str_c(OTHERS[i].part)))
			return mn_fail(err, MN_E_FILE_XLS, "%.*s: %s", MN_FMT(b->file),
			    OTHERS[i].what);
	return mn_fail(err, MN_E_FILE_ZIP, "%.*s: an archive without a workbook in it",
	    MN_FMT(b->file));
}

static bool
read_book(struct reading *x, struct mn_err *err)
{
	static const struct mn_xml_events EVENTS = {.start = book_start, .end = book_end};
	struct mn_book *b = x->b;
	if (!read_relations(x, MN_S(""), err))
		return false;
	const struct mn_entry *book = related(x, R_BOOK, "xl/workbook.xml");
	if (!book || !mn_str_ends(book->name, MN_S(".xml")) ||
	    mn_str_ends(book->name, MN_S("document.xml")))
		return no_book(b, err);
	if (!read_relations(x, book->name, err) ||
	    !mn_book_part(b, book, &EVENTS, x, &x->xml, err))
		return false;
	const struct mn_entry *styles = related(x, R_STYLES, "xl/styles.xml");
	b->shared = related(x, R_STRINGS, "xl/sharedStrings.xml");
	if (b->n_sheet == 0)
		return mn_fail(
		    err, MN_E_FILE_DAMAGED, "%.*s: it lists no sheet", MN_FMT(b->file));
	return !styles || mn_styles_read(b, x->a, styles, err);
}

bool
mn_book_open(struct mn_arena *a, int fd, struct mn_str file, struct mn_book *out,
    struct mn_err *err)
{
	struct mn_arena scratch = mn_arena_new(64u << 20, NULL), root = scratch;
	*out = (struct mn_book){
	    .file = file, .sheet = MN_NEW(a, struct mn_book_sheet, MN_BOOK_SHEETS)};
	struct reading x = {.b = out,
	    .a = a,
	    .relation = MN_NEW(&scratch, struct relation, RELATIONS),
	    .plain = mn_buf_new(1u << 22)};
	bool good =
	    mn_archive_open(a, fd, file, &out->archive, err) && read_book(&x, err);
	mn_buf_free(&x.plain);
	mn_arena_free(root);
	if (!good)
		mn_book_close(out);
	return good;
}

void
mn_book_close(struct mn_book *b)
{
	mn_strings_free(&b->strings);
	mn_archive_close(&b->archive);
}

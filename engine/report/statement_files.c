/* The files of a statement. */
#include "manumit/base/limits.h"
#include "manumit/report/csvw.h"

#include "docxw.h"
#include "statement_build.h"

bool
mn_st_write_docx(const struct mn_statement *s, const char *path, struct mn_err *err)
{
	static const struct {
		const char *style, *bold;
	} AS[] = {[MN_ST_TITLE] = {"Title", NULL},
	    [MN_ST_HEAD] = {"Heading1", NULL},
	    [MN_ST_PART] = {"Heading2", NULL},
	    [MN_ST_LAW] = {"Law", NULL},
	    [MN_ST_TEXT] = {NULL, NULL},
	    [MN_ST_ITEM] = {"Item", "\xe2\x80\xa2 "},
	    [MN_ST_GAP] = {"Gap", MN_SAY("Gap. ")},
	    [MN_ST_NOTE] = {"Note", NULL}};
	struct mn_docx d = mn_docx_new();
	struct mn_buf bold = mn_buf_new(MN_MAX_MESSAGE + 8);
	if (s->r->messages)
		d.language = s->r->messages->language;
	for (uint32_t i = 0; i < s->n_block; i++) {
		const struct mn_st_block *x = &s->block[i];
		if (x->kind == MN_ST_TABLE) {
			mn_docx_para(&d, "Caption", NULL, x->text);
			mn_docx_table(&d, x->cell, x->rows, x->cols);
		} else {
			mn_buf_clear(&bold);
			if (AS[x->kind].bold)
				mn_message_text(
				    s->r->messages, mn_str_c(AS[x->kind].bold), &bold);
			mn_buf_byte(&bold, '\0');
			mn_docx_para(
			    &d, AS[x->kind].style, bold.n > 1 ? bold.p : NULL, x->text);
		}
	}
	bool good = mn_docx_write(&d, path, err);
	mn_docx_free(&d);
	mn_buf_free(&bold);
	return good;
}

static bool
write_index(const struct mn_statement *s, const char *path, struct mn_err *err)
{
	static const char *const HEAD[] = {
	    "requirement", "output", "figure", "value", "counted_in", "digest"};
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	for (size_t i = 0; i < countof(HEAD); i++)
		mn_csvw_cell(o, mn_str_c(HEAD[i]), i == 0);
	mn_out_c(o, "\n");
	for (uint32_t i = 0; i < s->n_figure; i++) {
		const struct mn_st_figure *f = &s->figure[i];
		const struct mn_str cell[] = {f->requirement, f->output, f->label,
		    f->value, f->from, mn_str_c(s->r->digest)};
		for (size_t k = 0; k < countof(cell); k++)
			mn_csvw_cell(o, cell[k], k == 0);
		mn_out_c(o, "\n");
	}
	return mn_out_commit(o, true, NULL, err);
}

/* ---- tracing ---- */

static const enum mn_field TRACED[] = {MN_F_ID, MN_F_NAME, MN_F_ROLE, MN_F_TIER,
    MN_F_COUNTRY, MN_F_REGION, MN_F_CITY, MN_F_ADDRESS, MN_F_PRODUCT, MN_F_HS,
    MN_F_ORIGIN_COUNTRY, MN_F_PARENT};

struct tracing {
	struct mn_statement *s;
	struct mn_out *o;
	struct mn_arena root;
	struct mn_err *err;
	bool good;
};

static bool
trace(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct tracing *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	(void)place;
	x->good = mn_view_brief(x->s->r, card, &a, &v, x->err);
	if (!x->good)
		return false;
	for (size_t i = 0; i < countof(TRACED); i++) {
		struct mn_str value = v.ent.rec.v[TRACED[i]];
		bool words = TRACED[i] == MN_F_PRODUCT || TRACED[i] == MN_F_ADDRESS;
		mn_csvw_cell(x->o, words ? mn_st_own(x->s, value) : value, i == 0);
	}
	mn_csvw_cell(x->o,
	    mn_view_cite(
		x->s->r, v.ent.n_member ? v.ent.member[0] : MN_RID_NONE, MN_F_NONE, &a),
	    false);
	mn_csvw_cell(x->o, MN_STR_NONE, false);
	mn_out_c(x->o, "\n");
	return true;
}

/* A row a supplier or site; the column of the document is a human's. */
bool
mn_st_write_tracing(const struct mn_statement *s, const char *path, struct mn_err *err)
{
	struct mn_statement counted = *s;
	struct tracing x = {.s = &counted, .err = err, .good = true};
	x.o = mn_out_open(path, 0644, err);
	if (!x.o)
		return false;
	x.root = mn_arena_new((size_t)1 << 30, NULL);
	for (size_t i = 0; i < countof(TRACED); i++)
		mn_csvw_cell(x.o, mn_str_c(mn_field_def(TRACED[i])->name), i == 0);
	mn_out_c(x.o, ",source,document\n");
	bool good = mn_view_rank(s->r, 'N', trace, &x, err) && x.good;
	mn_arena_free(x.root);
	if (good)
		return mn_out_commit(x.o, true, NULL, err);
	mn_out_abort(x.o);
	return false;
}

/* ---- all ---- */

enum only { ALWAYS, REGISTRY, TRACES };

static const struct {
	const char *name;
	bool (*fn)(const struct mn_statement *s, const char *path, struct mn_err *err);
	enum only only;
} FILES[] = {
    {"statement.md", mn_st_write_md, ALWAYS},
    {"statement.html", mn_st_write_html, ALWAYS},
    {"statement.docx", mn_st_write_docx, ALWAYS},
    {"evidence-index.csv", write_index, ALWAYS},
    {"registry.csv", mn_st_write_registry_csv, REGISTRY},
    {"registry.json", mn_st_write_registry_json, REGISTRY},
    {"tracing.csv", mn_st_write_tracing, TRACES},
};

bool
mn_statement_has(struct mn_str name)
{
	for (size_t i = 0; i < countof(FILES); i++)
		if (mn_str_eq(name, mn_str_c(FILES[i].name)))
			return true;
	return false;
}

bool
mn_statement_write(const struct mn_statement *s, const char *dir, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	bool good = true;
	for (size_t i = 0; good && i < countof(FILES); i++) {
		if ((FILES[i].only == REGISTRY && s->n_cell == 0) ||
		    (FILES[i].only == TRACES && !s->traces))
			continue;
		good = FILES[i].fn(
		    s, mn_arena_fmt(&a, "%s/%s%c", dir, FILES[i].name, 0).p, err);
	}
	mn_arena_free(root);
	return good;
}

/* The pack rows that a dossier rests on, found by the names that its statements carry. */
#include "manumit/base/jsonw.h"

#include "export.h"

/* Constants of the score: every entity rests on them. */
static const char *const WHOLE[] = {"parameters", "strengths", "channels"};

struct rows {
	const struct mn_report *r;
	struct mn_arena *a;
	struct mn_str *want; /* "section/row", or "section": all of it */
	uint32_t n, cap;
	uint32_t file;
	struct mn_jsonw w;
	struct mn_buf *out;
	struct mn_str section, row; /* the row that is open */
	bool open;
};

/* "goods/TH:fish" and "sectors/office (a service)" as the pack names them. */
static struct mn_str
plain(struct mn_arena *a, struct mn_str s)
{
	size_t note = mn_str_find(s, MN_S(" ("));
	char *p = mn_arena_cstr(a, mn_str_sub(s, 0, note == SIZE_MAX ? s.n : note));
	for (char *c = p; *c; c++)
		*c = *c == ':' ? '/' : *c;
	return mn_str_c(p);
}

static void
want(struct rows *x, struct mn_str name)
{
	if (name.n && x->n < x->cap)
		x->want[x->n++] = plain(x->a, name);
}

static void
want_of(struct rows *x, const char *section, struct mn_str code)
{
	want(x, mn_arena_fmt(x->a, "%s/%.*s", section, MN_FMT(code)));
}

static void
want_all(struct rows *x, const struct mn_view *v)
{
	const struct mn_pack *p = x->r->pack;
	for (size_t i = 0; i < countof(WHOLE); i++)
		want(x, mn_str_c(WHOLE[i]));
	for (uint32_t i = 0; i < v->n_ev; i++) {
		want(x, v->ev[i].pack_row);
		want_of(x, "source_classes", p->source_class[v->ev[i].source_class].code);
		if (v->ev[i].indicator < MN_INDICATORS)
			want_of(x, "indicators", p->indicator[v->ev[i].indicator].code);
	}
	for (unsigned c = 0; c < MN_CHANNELS; c++)
		if (v->inherent.known[c])
			want(x, v->inherent.row[c]);
	for (uint32_t i = 0; i < v->card.n_gate && i < p->n_gate; i++)
		if (v->card.gate[i] != MN_GATE_NOT_APPLICABLE)
			want_of(x, "gates", p->gate[i].code);
	for (uint32_t i = 0; i < v->n_gate; i++)
		if (v->gate[i].own_field) {
			want_of(x, "gate_regions", v->gate[i].entry_id);
			want_of(x, "gate_orders", v->gate[i].entry_id);
		}
	if (v->card.floor)
		want_of(x, "floors", p->floor[v->card.floor - 1].code);
}

static bool
wanted(const struct rows *x, struct mn_str section, struct mn_str row)
{
	for (uint32_t i = 0; i < x->n; i++) {
		struct mn_str rest = x->want[i], s = mn_str_cut(&rest, '/');
		if (mn_str_eq(s, section) && (!rest.p || mn_str_eq(rest, row)))
			return true;
	}
	return false;
}

static void
end_row(struct rows *x)
{
	if (x->open) {
		mn_jsonw_end_map(&x->w);
		mn_jsonw_end_map(&x->w);
		mn_jsonw_line(&x->w);
	}
	x->open = false;
}

static void
begin_row(struct rows *x)
{
	const struct mn_pack_file *f = &x->r->pack->file[x->file];
	mn_jsonw_map(&x->w, NULL);
	mn_jsonw_str(&x->w, "pack", f->id);
	mn_jsonw_str(&x->w, "version", f->version);
	mn_jsonw_c(&x->w, "pack_sha256", f->sha256);
	mn_jsonw_str(&x->w, "section", x->section);
	mn_jsonw_str(&x->w, "row", x->row);
	mn_jsonw_map(&x->w, "values");
	x->open = true;
}

static void
visit(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
    struct mn_str value)
{
	struct rows *x = ctx;
	if (section.n == 0) /* the head of the file; the manifest has it */
		return;
	/* A row begins with its source, and has a key once. */
	if (!mn_str_eq(section, x->section) || !mn_str_eq(row, x->row)) {
		end_row(x);
		x->section = section;
		x->row = mn_arena_str(x->a, row);
		if (wanted(x, section, row))
			begin_row(x);
	}
	if (x->open)
		mn_jsonw_str_k(&x->w, key, value);
}

void
mn_export_pack_rows(const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a, struct mn_buf *out)
{
	struct mn_arena names = mn_arena_new((size_t)1 << 28, NULL), root = names;
	struct rows x = {.r = r, .a = &names, .out = out};
	x.cap = (uint32_t)(countof(WHOLE) + 3 * (size_t)v->n_ev + 2 * (size_t)v->n_gate +
			   MN_CHANNELS + MN_MAX_GATES + 1);
	x.want = MN_NEW(a, struct mn_str, x.cap);
	x.w = mn_jsonw_buf(out, false);
	want_all(&x, v);
	for (x.file = 0; x.file < r->pack->n_file; x.file++) {
		x.section = x.row = MN_STR_NONE;
		mn_pack_each(r->pack, x.file, visit, &x, *a);
		end_row(&x);
	}
	mn_arena_free(root);
}

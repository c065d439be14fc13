/* The workbooks of questions, and the list of who was asked. */
#include "manumit/base/clock.h"
#include "manumit/report/csvw.h"

#include "questionnaire.h"
#include "xlsxw.h"

struct writing {
	const struct mn_report *r;
	const struct mn_ask_opts *o;
	struct mn_arena a;
};

struct mn_str
mn_ask_phrase(const struct mn_pack *p, const char *code, struct mn_str language)
{
	struct mn_str english = MN_STR_NONE;
	for (uint32_t i = 0; i < p->n_ask_phrase; i++) {
		const struct mn_p_ask_phrase *x = &p->ask_phrase[i];
		if (!mn_str_eq(x->code, mn_str_c(code)))
			continue;
		if (mn_str_eq(x->language, language))
			return x->text;
		if (mn_str_eq(x->language, MN_S("en")))
			english = x->text;
	}
	return english.n ? english : mn_str_c(code);
}

static struct mn_str
text_of(const struct mn_pack *p, struct mn_str item, struct mn_str language)
{
	struct mn_str english = item;
	for (uint32_t i = 0; i < p->n_ask_text; i++) {
		if (!mn_str_eq(p->ask_text[i].item, item))
			continue;
		if (mn_str_eq(p->ask_text[i].language, language))
			return p->ask_text[i].text;
		if (mn_str_eq(p->ask_text[i].language, MN_S("en")))
			english = p->ask_text[i].text;
	}
	return english;
}

/* Is there a text in it at all, and was every one reviewed? */
static bool
has_language(const struct mn_pack *p, struct mn_str language, bool *unreviewed)
{
	bool any = false;
	*unreviewed = false;
	for (uint32_t i = 0; i < p->n_ask_text; i++) {
		if (!mn_str_eq(p->ask_text[i].language, language))
			continue;
		any = true;
		*unreviewed = *unreviewed || !p->ask_text[i].prov.verified;
	}
	return any;
}

static bool
no_language(const struct mn_pack *p, struct mn_str language, struct mn_err *err)
{
	char known[100] = "";
	size_t n = 0;
	for (uint32_t i = 0; i < p->n_ask_text; i++) {
		struct mn_str l = p->ask_text[i].language;
		bool again = false;
		for (uint32_t k = 0; k < i && !again; k++)
			again = mn_str_eq(p->ask_text[k].language, l);
		if (again || n + l.n + 3 > sizeof known)
			continue;
		memcpy(known + n, n ? ", " : "", n ? 2 : 0);
		n += n ? 2 : 0;
		memcpy(known + n, l.p, l.n);
		n += l.n;
	}
	return mn_fail(err, MN_E_NOTFOUND,
	    p->n_ask_text ? "no questions in language \"%.*s\"; there are: %s"
			  : "this run was made without questions (\"%.*s\"%s): screen "
			    "again",
	    MN_FMT(mn_str_sub(language, 0, 20)), known);
}

/* ---- a workbook ---- */

#define COLUMNS 7

/* Heads are words of the table of findings, so that the sheets are read back as one. */
static const struct mn_column QUESTION[COLUMNS] = {
    {"entity", "id", MN_ST_ID, 14, NULL, NULL, false},
    {"entity_name", "supplier", MN_ST_TEXT, 30, NULL, NULL, false},
    {"country", NULL, MN_ST_ID, 10, NULL, NULL, false},
    {"indicator", "code", MN_ST_ID, 15, "The number of the question.", NULL, false},
    {"description", NULL, MN_ST_WRAP, 70, NULL, NULL, false},
    {"supplier_response", NULL, MN_ST_FILL, 22, NULL, NULL, false},
    {"reference", NULL, MN_ST_FILL, 36, NULL, NULL, false},
};

static const struct mn_column ONE[1] = {{"", NULL, MN_ST_TEXT, 100, NULL, NULL, false}};

static void
line(struct mn_xlsxw_sheet *s, struct mn_str text, enum mn_style style)
{
	struct mn_val v = mn_val_styled(mn_val_text(text), style);
	mn_xlsxw_row(s, &v, 1);
}

static void
first_page(struct writing *x, struct mn_xlsxw *b, const struct mn_asked *y)
{
	static const char *const SAID[] = {"intro", "how", "no_names"};
	static const struct mn_xlsxw_spec SPEC = {
	    .name = "Read me", .column = ONE, .n_column = 1, .plain = true};
	const struct mn_pack *p = x->r->pack;
	char day[11];
	struct mn_xlsxw_sheet *s = mn_xlsxw_sheet(b, &SPEC);
	line(s, mn_ask_phrase(p, "title", x->o->language), MN_ST_TITLE);
	line(s, y->name, MN_ST_TEXT);
	line(s,
	    mn_arena_fmt(&x->a, "%.*s %.*s",
		MN_FMT(mn_ask_phrase(p, "due", x->o->language)),
		MN_FMT(mn_day_print(x->o->due, day))),
	    MN_ST_TEXT);
	for (size_t i = 0; i < countof(SAID); i++)
		line(s, mn_ask_phrase(p, SAID[i], x->o->language), MN_ST_WRAP);
}

/* yes_no: questions to choose an answer for; else numbers and words. */
static void
sheet(struct writing *x, struct mn_xlsxw *b, const struct mn_asked *y, bool yes_no)
{
	static const char *const HEADS[] = {"question", "answer", "comment"};
	const struct mn_pack *p = x->r->pack;
	struct mn_column *c = MN_NEW(&x->a, struct mn_column, COLUMNS);
	struct mn_xlsxw_spec *spec = MN_NEW(&x->a, struct mn_xlsxw_spec, 1);
	struct mn_xlsxw_sheet *s = NULL;
	memcpy(c, QUESTION, sizeof QUESTION);
	for (size_t i = 0; i < countof(HEADS); i++)
		c[4 + i].head =
		    mn_arena_cstr(&x->a, mn_ask_phrase(p, HEADS[i], x->o->language));
	if (yes_no)
		c[5].choices = mn_arena_fmt(&x->a, "%.*s|%.*s|%.*s%c",
		    MN_FMT(mn_ask_phrase(p, "yes", x->o->language)),
		    MN_FMT(mn_ask_phrase(p, "no", x->o->language)),
		    MN_FMT(mn_ask_phrase(p, "not_known", x->o->language)), 0)
				   .p;
	*spec = (struct mn_xlsxw_spec){.name = yes_no ? "Questions" : "Numbers",
	    .column = c,
	    .n_column = COLUMNS,
	    .frozen = 5};
	for (uint32_t i = 0; i < y->n; i++) {
		const struct mn_p_ask_item *item = y->item[i];
		if (mn_str_eq(item->answer, MN_S("yes_no")) != yes_no)
			continue;
		struct mn_val v[COLUMNS] = {mn_val_text(y->id), mn_val_text(y->name),
		    mn_val_text(y->country), mn_val_text(item->code),
		    mn_val_text(text_of(p, item->code, x->o->language))};
		s = s ? s : mn_xlsxw_sheet(b, spec);
		mn_xlsxw_row(s, v, COLUMNS);
	}
}

static bool
workbook(struct writing *x, const struct mn_asked *y, const char *dir, struct mn_err *err)
{
	struct mn_arena before = x->a;
	struct mn_xlsxw_opts o = {
	    .title = "Questions to a supplier", .created = x->r->as_of, .locked = true};
	struct mn_xlsxw *b = mn_xlsxw_open(
	    mn_arena_fmt(&x->a, "%s/%s.xlsx%c", dir, y->slug, 0).p, &o, err);
	if (!b)
		return false;
	first_page(x, b, y);
	sheet(x, b, y, true);
	sheet(x, b, y, false);
	bool good = mn_xlsxw_commit(b, err);
	x->a = before;
	return good;
}

/* ---- who was asked: a table of actions, so that it can be recorded ---- */

static bool
register_asked(struct writing *x, const struct mn_asked *v, uint32_t n, const char *dir,
    struct mn_err *err)
{
	static const char *const HEAD[] = {"entity", "entity_name", "country",
	    "action_id", "action", "owner", "due", "action_status", "note",
	    "recorded_on"};
	char as_of[11], due[11];
	struct mn_str today = mn_day_print(x->r->as_of, as_of);
	struct mn_out *o =
	    mn_out_open(mn_arena_fmt(&x->a, "%s/asked.csv%c", dir, 0).p, 0644, err);
	if (!o)
		return false;
	for (size_t i = 0; i < countof(HEAD); i++)
		mn_csvw_cell(o, mn_str_c(HEAD[i]), i == 0);
	mn_out_c(o, "\n");
	for (uint32_t i = 0; i < n; i++) {
		struct mn_str cell[] = {v[i].id, v[i].name, v[i].country,
		    mn_arena_fmt(&x->a, "ASK-%.*s", MN_FMT(today)),
		    mn_arena_fmt(&x->a, "answer %u questions asked on %.*s", v[i].n,
			MN_FMT(today)),
		    MN_S("supplier"), mn_day_print(x->o->due, due), MN_S("open"),
		    mn_arena_fmt(&x->a, "%s.xlsx", v[i].slug), today};
		for (size_t k = 0; k < countof(cell); k++)
			mn_csvw_cell(o, cell[k], k == 0);
		mn_out_c(o, "\n");
	}
	return mn_out_commit(o, true, NULL, err);
}

bool
mn_questionnaires(const struct mn_report *r, const struct mn_ask_opts *o, const char *dir,
    struct mn_ask_result *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 32, NULL);
	struct writing x = {.r = r, .o = o, .a = root};
	struct mn_asked *v = NULL;
	uint32_t n = 0;
	*out = (struct mn_ask_result){0};
	bool good = has_language(r->pack, o->language, &out->unreviewed) ||
		    no_language(r->pack, o->language, err);
	good = good && mn_ask_whom(r, o->top, &x.a, &v, &n, &out->protected, err);
	for (uint32_t i = 0; good && i < n; i++) {
		good = workbook(&x, &v[i], dir, err);
		out->questions += v[i].n;
	}
	good = good && register_asked(&x, v, n, dir, err);
	out->asked = n;
	mn_arena_free(root);
	return good;
}

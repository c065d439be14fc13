/* From a law and a generation to blocks of text: requirement by requirement. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "statement_build.h"

#define WITHHELD MN_SAY("[withheld: it looks like personal data]")

static struct mn_st_block *
add(struct mn_st_build *b, enum mn_st_kind kind)
{
	struct mn_statement *s = b->s;
	if (s->n_block == s->cap_block) {
		uint32_t cap = s->cap_block ? 2 * s->cap_block : 256;
		struct mn_st_block *more = MN_NEW(s->a, struct mn_st_block, cap);
		if (s->n_block)
			memcpy(more, s->block, s->n_block * sizeof *more);
		s->block = more;
		s->cap_block = cap;
	}
	s->block[s->n_block] = (struct mn_st_block){.kind = kind};
	return &s->block[s->n_block++];
}

struct mn_str
mn_st_word(const struct mn_st_build *b, const char *english)
{
	return mn_message(b->s->r->messages, mn_str_c(english));
}

struct mn_str
mn_st_colon(const struct mn_statement *s)
{
	return s->r->messages ? s->r->messages->colon : MN_S(": ");
}

static struct mn_str
print(struct mn_st_build *b, const char *fmt, va_list ap)
{
	struct mn_buf buf = mn_buf_new(1u << 20);
	mn_message_vfmt(b->s->r->messages, &buf, fmt, ap);
	struct mn_str out = mn_arena_str(b->s->a, mn_buf_str(&buf));
	mn_buf_free(&buf);
	return out;
}

void
mn_st_say(struct mn_st_build *b, enum mn_st_kind kind, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add(b, kind)->text = print(b, fmt, ap);
	va_end(ap);
}

void
mn_st_gap(struct mn_st_build *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add(b, MN_ST_GAP)->text = print(b, fmt, ap);
	va_end(ap);
	b->s->gaps++;
}

void
mn_st_figure(
    struct mn_st_build *b, const char *label, const char *from, const char *fmt, ...)
{
	struct mn_statement *s = b->s;
	va_list ap;
	va_start(ap, fmt);
	struct mn_str value = print(b, fmt, ap);
	va_end(ap);
	struct mn_str said = mn_st_word(b, label);
	mn_st_say(b, MN_ST_ITEM, "%.*s%.*s%.*s", MN_FMT(said), MN_FMT(mn_st_colon(s)),
	    MN_FMT(value));
	if (s->n_figure == s->cap_figure) {
		uint32_t cap = s->cap_figure ? 2 * s->cap_figure : 64;
		struct mn_st_figure *more = MN_NEW(s->a, struct mn_st_figure, cap);
		if (s->n_figure)
			memcpy(more, s->figure, s->n_figure * sizeof *more);
		s->figure = more;
		s->cap_figure = cap;
	}
	s->figure[s->n_figure++] =
	    (struct mn_st_figure){b->requirement, b->output, said, value, mn_str_c(from)};
}

struct mn_str *
mn_st_table(struct mn_st_build *b, const char *caption, uint32_t rows, uint32_t cols)
{
	struct mn_st_block *x = add(b, MN_ST_TABLE);
	x->text = mn_st_word(b, caption);
	x->rows = rows;
	x->cols = cols;
	x->cell = MN_NEW(b->s->a, struct mn_str, (size_t)rows * cols);
	return x->cell;
}

struct mn_str
mn_st_own(struct mn_statement *s, struct mn_str text)
{
	if (text.n == 0 || !s->personal || !s->personal(text))
		return text;
	s->withheld++;
	return MN_S(WITHHELD);
}

struct mn_str
mn_st_shown(struct mn_st_build *b, struct mn_str text)
{
	struct mn_str own = mn_st_own(b->s, text);
	return own.p == text.p ? own : mn_st_word(b, WITHHELD);
}

/* ---- the frame ---- */

/* What the law asks is told as its pack has it; a translation is to be read by somebody
 * whose language it is before it is published. */
static void
translated(struct mn_st_build *b)
{
	const struct mn_messages *m = b->s->r->messages;
	if (!m)
		return;
	mn_st_say(b, MN_ST_NOTE,
	    "What the law asks, names of countries and sectors, and the words of the "
	    "registry are in English.");
	b->requirement = MN_S("translation");
	if (!m->reviewed)
		mn_st_gap(b, "%.*s", MN_FMT(m->unreviewed));
}

static void
front(struct mn_st_build *b)
{
	const struct mn_p_law *l = b->s->law;
	struct mn_str name =
	    mn_st_shown(b, b->d->profile ? b->d->own.v[MN_F_NAME] : MN_STR_NONE);
	mn_st_say(b, MN_ST_TITLE, "%.*s%sStatement %d: %.*s", MN_FMT(name),
	    name.n ? ". " : "", b->s->year, MN_FMT(l->name));
	mn_st_say(b, MN_ST_NOTE,
	    "Draft. Figures are counted by a program; what stands in a marked box is "
	    "missing, and a human has to write or confirm it. Take out the boxes before "
	    "it is published.");
	translated(b);
	mn_st_say(b, MN_ST_ITEM, "Whom it binds: %.*s", MN_FMT(l->who));
	if (l->due.n)
		mn_st_say(b, MN_ST_ITEM, "Due: %.*s", MN_FMT(l->due));
	if (l->note.n)
		mn_st_say(b, MN_ST_ITEM, "Note: %.*s", MN_FMT(l->note));
	mn_st_say(b, MN_ST_ITEM, "The year is the calendar year %d, as of the screening",
	    b->s->year);
	b->requirement = MN_S("sign-off");
	mn_st_gap(b, "Sign-off. %.*s", MN_FMT(l->sign_off));
	if (!l->prov.verified)
		mn_st_gap(b,
		    "The requirements were read in secondary sources (%.*s), not "
		    "in the law: have counsel compare them.",
		    MN_FMT(l->prov.source));
}

static void
requirement(struct mn_st_build *b, const struct mn_p_requirement *q)
{
	bool any = false;
	b->requirement = q->code;
	mn_st_say(b, MN_ST_HEAD, "%.*s  %.*s", MN_FMT(q->paragraph), MN_FMT(q->title));
	mn_st_say(b, MN_ST_LAW, "%.*s", MN_FMT(q->text));
	for (uint32_t i = 0; i < q->outputs.n; i++) {
		const char *missing = "";
		if (mn_st_output(b, q->outputs.v[i], &missing))
			any = true;
		else
			mn_st_gap(b, "Missing: %.*s.", MN_FMT(mn_st_word(b, missing)));
	}
	b->s->asked++;
	b->s->data += any;
	if (q->human.n)
		mn_st_gap(b, "To be written: %.*s", MN_FMT(q->human));
}

static void
back(struct mn_st_build *b)
{
	const struct mn_report *r = b->s->r;
	b->requirement = MN_S("annex");
	mn_st_say(b, MN_ST_HEAD, "Evidence index");
	mn_st_say(b, MN_ST_TEXT,
	    "evidence-index.csv names for each figure the requirement, the output and "
	    "the table it was counted in. The report of the same run (digest %.16s) "
	    "leads "
	    "from there to files and lines.",
	    r->digest);
	mn_st_say(b, MN_ST_NOTE,
	    "Results are screening indications; they neither establish forced labour nor "
	    "its absence. No supplier is named here, and numbers of workers below %lld "
	    "are not told.",
	    (long long)mn_pack_min_cell(r->pack, MN_AUD_PUBLIC));
}

/* ---- public ---- */

const struct mn_p_law *
mn_statement_law(const struct mn_report *r, struct mn_str code, struct mn_err *err)
{
	struct mn_str known[64];
	struct mn_buf all = mn_buf_new(4096);
	size_t n = 0;
	for (uint32_t i = 0; i < r->pack->n_law; i++) {
		if (mn_str_eq(r->pack->law[i].code, code)) {
			mn_buf_free(&all);
			return &r->pack->law[i];
		}
		if (n < countof(known))
			known[n++] = r->pack->law[i].code;
		mn_buf_fmt(&all, "%s%.*s", i ? ", " : "", MN_FMT(r->pack->law[i].code));
	}
	int near = mn_str_nearest(code, known, n);
	if (n == 0)
		mn_fail(err, MN_E_NOTFOUND,
		    "this run was made without packs of laws: screen again");
	else if (near >= 0)
		mn_fail(err, MN_E_NOTFOUND, "no law \"%.*s\"; did you mean %.*s?",
		    MN_FMT(mn_str_sub(code, 0, 40)), MN_FMT(known[near]));
	else
		mn_fail(err, MN_E_NOTFOUND, "no law \"%.*s\"; known: %.*s",
		    MN_FMT(mn_str_sub(code, 0, 40)), MN_FMT(mn_buf_str(&all)));
	mn_buf_free(&all);
	return NULL;
}

bool
mn_statement_build(const struct mn_report *r, const struct mn_p_law *law, int year,
    bool (*personal)(struct mn_str s), struct mn_arena *a, struct mn_statement *out,
    struct mn_err *err)
{
	struct mn_st_data *d = MN_NEW(a, struct mn_st_data, 1);
	*out = (struct mn_statement){
	    .r = r, .law = law, .year = year, .a = a, .personal = personal};
	struct mn_st_build b = {.s = out, .d = d};
	if (!mn_st_count(r, year, a, d, err))
		return false;
	front(&b);
	for (int64_t order = 1; order <= 1000; order++)
		for (uint32_t i = 0; i < r->pack->n_requirement; i++) {
			const struct mn_p_requirement *q = &r->pack->requirement[i];
			if (q->order == order && mn_str_eq(q->law, law->code))
				requirement(&b, q);
		}
	back(&b);
	if (mn_str_eq(law->code, MN_S("uk")))
		mn_st_registry(&b);
	return true;
}

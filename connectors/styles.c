/*
 * Formats of cells: whether a number is a day, a time, a share or just a number is said
 * by its format only.
 */
#include "manumit/base/limits.h"

#include "book.h"

#define CODES 8192 /* formats of numbers that a workbook defines itself */

struct code {
	uint64_t id;
	struct mn_style style;
};

struct reading {
	struct mn_book *b;
	struct mn_arena *a;
	struct mn_xml *xml;
	struct code *code;
	uint32_t n_code;
	bool in_cells; /* cellXfs: the formats that cells refer to */
};

/* ---- format codes ---- */

struct seen {
	bool day, clock, month_or_minute, percent, text, elapsed;
	size_t zeros, others;
};

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* "[h]", "[mm]": hours and minutes that go on past a day. Others are colours, countries
 * and conditions. */
static void
bracket(struct mn_str inner, struct seen *seen)
{
	bool same = inner.n > 0;
	for (size_t i = 1; i < inner.n; i++)
		same = same && lower(inner.p[i]) == lower(inner.p[0]);
	if (same && strchr("hms", lower(inner.p[0])))
		seen->clock = seen->elapsed = true;
}

static void
letter(struct mn_str code, size_t i, struct seen *seen)
{
	char c = lower(code.p[i]), next = i + 1 < code.n ? code.p[i + 1] : 0;
	switch (c) {
	case '0':
		seen->zeros++;
		return;
	case '%':
		seen->percent = true;
		return;
	case '@':
		seen->text = true;
		return;
	case 'y':
	case 'd':
		seen->day = true;
		return;
	case 'h':
	case 's':
		seen->clock = true;
		return;
	case 'm':
		seen->month_or_minute = true;
		return;
	case 'e': /* a year of an era, but not the exponent of 0.00E+00 */
		seen->day = seen->day || !(next == '+' || next == '-');
		seen->others++;
		return;
	default:
		seen->others++;
	}
}

/* The first section of a code, which is that of positive numbers. */
static void
scan(struct mn_str code, struct seen *seen)
{
	for (size_t i = 0; i < code.n && code.p[i] != ';'; i++) {
		struct mn_str rest = mn_str_sub(code, i + 1, code.n);
		char c = code.p[i];
		size_t stop;
		if (c == '\\' || c == '_' || c == '*') { /* the next one is no code */
			i++;
			seen->others += c == '\\';
		} else if (c == '"') {
			stop = mn_str_find_byte(rest, '"');
			i = stop == SIZE_MAX ? code.n : i + stop + 1;
			seen->others++;
		} else if (c == '[') {
			stop = mn_str_find_byte(rest, ']');
			bracket(mn_str_sub(rest, 0, stop), seen);
			i = stop == SIZE_MAX ? code.n : i + stop + 1;
		} else
			letter(code, i, seen);
	}
}

struct mn_style
mn_style_of_code(struct mn_str code)
{
	struct seen seen = {0};
	struct mn_style style = {0};
	if (mn_str_eq_ascii(mn_str_sub(code, 0, 7), MN_S("general")))
		return style;
	scan(code, &seen);
	/* m is the month, unless hours or seconds stand beside it and no day does. */
	bool day = seen.day || (seen.month_or_minute && !seen.clock);
	if (seen.text)
		return style;
	if (day)
		style = (struct mn_style){MN_SHOWS_DAY, seen.clock, 0};
	else if (seen.clock)
		style = (struct mn_style){MN_SHOWS_TIME, !seen.elapsed, 0};
	else if (seen.percent)
		style.shows = MN_SHOWS_PERCENT;
	else if (seen.zeros > 1 && seen.zeros < 32 && seen.others == 0)
		style.pad = (uint8_t)seen.zeros; /* numbers that are ids: "00000" */
	return style;
}

/* Formats every program knows by number; the others of that range are plain numbers. */
static struct mn_style
built_in(uint64_t id)
{
	static const struct {
		uint8_t from, to;
		struct mn_style style;
	} KNOWN[] = {{9, 10, {MN_SHOWS_PERCENT, false, 0}},
	    {14, 17, {MN_SHOWS_DAY, false, 0}}, {18, 21, {MN_SHOWS_TIME, true, 0}},
	    {22, 22, {MN_SHOWS_DAY, true, 0}}, {27, 31, {MN_SHOWS_DAY, false, 0}},
	    {32, 35, {MN_SHOWS_TIME, true, 0}}, {36, 36, {MN_SHOWS_DAY, false, 0}},
	    {45, 47, {MN_SHOWS_TIME, false, 0}}, {50, 58, {MN_SHOWS_DAY, false, 0}}};
	for (size_t i = 0; i < countof(KNOWN); i++)
		if (id >= KNOWN[i].from && id <= KNOWN[i].to)
			return KNOWN[i].style;
	return (struct mn_style){0};
}

/* ---- styles.xml ---- */

static void
add_code(struct reading *x, mn_xml_atts atts)
{
	uint64_t id;
	if (x->n_code < CODES && mn_str_u64(mn_xml_att(atts, "numFmtId"), &id))
		x->code[x->n_code++] =
		    (struct code){id, mn_style_of_code(mn_xml_att(atts, "formatCode"))};
}

static void
add_style(struct reading *x, mn_xml_atts atts)
{
	struct mn_book *b = x->b;
	uint64_t id = 0;
	if (b->n_style == MN_BOOK_STYLES) {
		mn_xml_refuse(
		    x->xml, MN_E_FILE_LIMIT, "it has more than 65,536 formats of cells");
		return;
	}
	mn_str_u64(mn_xml_att(atts, "numFmtId"), &id);
	struct mn_style style = built_in(id);
	for (uint32_t i = 0; i < x->n_code; i++)
		if (x->code[i].id == id)
			style = x->code[i].style;
	*MN_NEW(x->a, struct mn_style, 1) = style;
	b->n_style++;
}

static void
start(void *ctx, struct mn_str name, mn_xml_atts atts)
{
	struct reading *x = ctx;
	if (mn_xml_is(name, "numFmt"))
		add_code(x, atts);
	else if (mn_xml_is(name, "cellXfs"))
		x->in_cells = true;
	else if (x->in_cells && mn_xml_is(name, "xf"))
		add_style(x, atts);
}

static void
end(void *ctx, struct mn_str name)
{
	struct reading *x = ctx;
	if (mn_xml_is(name, "cellXfs"))
		x->in_cells = false;
}

bool
mn_styles_read(
    struct mn_book *b, struct mn_arena *a, const struct mn_entry *e, struct mn_err *err)
{
	static const struct mn_xml_events EVENTS = {.start = start, .end = end};
	struct mn_arena scratch = mn_arena_new(1u << 20, NULL), root = scratch;
	struct reading x = {.b = b, .a = a, .code = MN_NEW(&scratch, struct code, CODES)};
	/* One behind the other in the arena: nothing else is put there meanwhile. */
	b->style = MN_NEW(a, struct mn_style, 0);
	bool good = mn_book_part(b, e, &EVENTS, &x, &x.xml, err);
	mn_arena_free(root);
	return good;
}

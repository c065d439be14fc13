/*
 * Rows as programs write them, read without a parser: a row is taken whole, or it is as
 * if it had not been looked at and comes as events. tests/prop/prop_sheet.c shows that
 * both ways give the same.
 */
#include "sheet_impl.h"
#include "xml_plain.h"

/* What follows the element's name, up to its end tag; its text is no value. */
static bool
formula(struct mn_sheet *s, struct mn_plain *c)
{
	struct mn_plain_tag tag;
	struct mn_str ignored;
	if (!mn_plain_tag(c, &tag))
		return false;
	s->has_formula = true;
	return tag.empty || (mn_plain_text(c, MN_MAX_CELL, &s->text, &ignored) &&
				MN_PLAIN_WORD(c, "</f>"));
}

static bool
text_of(struct mn_sheet *s, struct mn_plain *c, struct mn_str *text)
{
	s->has_value = true;
	return mn_plain_text(c, MN_MAX_CELL, &s->text, text);
}

/* <is><t>text</t></is>, without the formats that parts of a text can have. */
static bool
inline_text(struct mn_sheet *s, struct mn_plain *c, struct mn_str *text)
{
	struct mn_plain_tag tag;
	return MN_PLAIN_WORD(c, "<t") && mn_plain_tag(c, &tag) && !tag.empty &&
	       text_of(s, c, text) && MN_PLAIN_WORD(c, "</t>") &&
	       MN_PLAIN_WORD(c, "</is>");
}

/* What is in a cell, and its end tag. */
static bool
content(struct mn_sheet *s, struct mn_plain *c, struct mn_str *text)
{
	for (;;) {
		mn_plain_blanks(c);
		bool good = false;
		if (MN_PLAIN_WORD(c, "</c>"))
			return true;
		if (MN_PLAIN_WORD(c, "<v>"))
			good = !s->has_value && text_of(s, c, text) &&
			       MN_PLAIN_WORD(c, "</v>");
		else if (MN_PLAIN_WORD(c, "<is>"))
			good = !s->has_value && inline_text(s, c, text);
		else if (MN_PLAIN_WORD(c, "<f"))
			good = !s->has_formula && formula(s, c);
		if (!good)
			return false;
	}
}

/* Behind "<c". */
static bool
cell(struct mn_sheet *s, struct mn_plain *c)
{
	struct mn_plain_tag tag;
	struct mn_str text = MN_STR_NONE;
	if (!mn_plain_tag(c, &tag))
		return false;
	mn_sheet_cell_begin(s);
	for (uint32_t i = 0; i < tag.n; i++)
		if (tag.name[i].n == 1)
			mn_sheet_cell_att(s, tag.name[i].p[0], tag.value[i]);
	if (!tag.empty && !content(s, c, &text))
		return false;
	/* Of a formula and a text with escapes one is lost in the room of both. */
	bool stays = text.p != s->text.p;
	if (!stays && s->has_formula)
		return false;
	mn_sheet_cell_end(s, text, stays);
	return true;
}

/* The number of a row; false: it may have two. */
static bool
number_of(const struct mn_plain_tag *tag, struct mn_str *out)
{
	*out = MN_STR_NONE;
	for (uint32_t i = 0; i < tag->n; i++) {
		if (mn_str_ends(tag->name[i], MN_S(":r")))
			return false;
		if (mn_str_eq(tag->name[i], MN_S("r")))
			*out = tag->value[i];
	}
	return true;
}

/* Behind "<row". */
static bool
row(struct mn_sheet *s, struct mn_plain *c)
{
	struct mn_plain_tag tag;
	struct mn_str number;
	if (!mn_plain_tag(c, &tag) || !number_of(&tag, &number))
		return false;
	mn_sheet_row_begin(s, number);
	while (!tag.empty) {
		mn_plain_blanks(c);
		if (MN_PLAIN_WORD(c, "</row>"))
			break;
		if (!MN_PLAIN_WORD(c, "<c") || !cell(s, c))
			return false;
	}
	mn_sheet_row_end(s);
	return true;
}

size_t
mn_sheet_plain(void *sheet, struct mn_str text)
{
	struct mn_sheet *s = sheet;
	struct mn_plain c = {text.p, text.p + text.n};
	struct mn_arena had = *s->a;
	uint64_t line = s->line;
	bool disorder = s->disorder;
	if (!s->in_data || s->in_row || s->in_cell || s->phonetic)
		return 0;
	mn_plain_blanks(&c);
	if (MN_PLAIN_WORD(&c, "<row") && row(s, &c))
		return (size_t)(c.p - text.p);
	*s->a = had;
	s->line = line;
	s->disorder = disorder;
	s->in_row = s->in_cell = s->in_value = false;
	return 0;
}

/* What a cell can hold, and how much room it takes. */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "xlsxw.h"

#define CUT " [cut: too long for a cell]"

static bool
hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* "_x0041_" stands for a character in a workbook, so as plain text it needs an escape
 * itself (ECMA-376 part 1, 22.9.2.19). */
static bool
escape_like(struct mn_str s)
{
	return s.n >= 7 && s.p[0] == '_' && s.p[1] == 'x' && hex(s.p[2]) && hex(s.p[3]) &&
	       hex(s.p[4]) && hex(s.p[5]) && s.p[6] == '_';
}

/* XML 1.0 has no other control characters than these, and no U+FFFE and U+FFFF. */
static uint32_t
allowed(uint32_t c)
{
	if (c == '\r')
		return '\n';
	bool control = c < 0x20 && c != '\t' && c != '\n';
	return control || c == 0xfffe || c == 0xffff ? 0xfffd : c;
}

/* Invalid bytes one by one, as mn_utf8_repair does; else one character. */
static uint32_t
next(struct mn_str *s)
{
	if (mn_utf8_valid(mn_str_sub(*s, 0, 4)) == 0) {
		*s = mn_str_sub(*s, 1, s->n);
		return 0xfffd;
	}
	return mn_utf8_next(s);
}

/* Most cells: nothing in them needs a look at each character. */
static bool
plain(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == 0xef ||
		    (c == '_' && i + 1 < s.n && s.p[i + 1] == 'x'))
			return false;
	}
	return s.n <= MN_XLSX_CELL && mn_utf8_valid(s) == s.n;
}

static void
slowly(struct mn_str s, struct mn_buf *out)
{
	char raw[4];
	size_t units = 0, at_mark = 0; /* characters as UTF-16 counts them */
	while (s.n && units <= MN_XLSX_CELL) {
		bool escape = escape_like(s);
		if (s.n > 1 && s.p[0] == '\r' && s.p[1] == '\n')
			s = mn_str_sub(s, 1, s.n);
		uint32_t c = allowed(next(&s));
		units += (escape ? 7u : 1u) + (c > 0xffff);
		mn_buf_add(
		    out, escape ? MN_S("_x005F_") : mn_str(raw, mn_utf8_put(c, raw)));
		if (units <= MN_XLSX_CELL - (sizeof CUT - 1))
			at_mark = out->n;
	}
	if (units > MN_XLSX_CELL) {
		out->n = at_mark;
		mn_buf_add(out, MN_S(CUT));
	}
}

void
mn_xlsxw_clean(struct mn_str s, struct mn_buf *out)
{
	mn_buf_clear(out);
	if (plain(s))
		mn_buf_add(out, s);
	else
		slowly(s, out);
	mn_buf_byte(out, 0);
}

/* ---- room ---- */

uint32_t
mn_xlsxw_text_lines(struct mn_str s, uint32_t width)
{
	uint32_t lines = 0, used = 0;
	for (struct mn_str rest = s; rest.n;) {
		unsigned char c = (unsigned char)rest.p[0];
		size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
		used += n == 3 && c >= 0xe3 ? 2 : 1;
		if (c == '\n') {
			lines += 1 + used / width;
			used = 0;
		}
		rest = mn_str_sub(rest, n, rest.n);
	}
	return lines + (used + width - 1) / width;
}

uint32_t
mn_xlsxw_lines(const struct mn_xlsxw_spec *s, const struct mn_val *v, uint32_t n)
{
	uint32_t most = 1;
	for (uint32_t i = 0; i < n && i < s->n_column; i++) {
		const struct mn_column *c = &s->column[i];
		unsigned style = v[i].style ? v[i].style : c->style;
		uint32_t lines = style == MN_ST_WRAP || style == MN_ST_FILL
				     ? mn_xlsxw_text_lines(v[i].text, c->width)
				     : 1;
		most = lines > most ? lines : most;
	}
	return most;
}

uint32_t
mn_xlsxw_width(const struct mn_xlsxw_spec *spec)
{
	uint32_t width = 0;
	for (uint32_t i = 0; i < spec->n_column; i++)
		width += spec->column[i].width;
	return width;
}

/* CSV cells: quoted where needed, harmless in a spreadsheet. */
#include "manumit/report/csvw.h"

/* "-12.5", "+3": a spreadsheet reads it as the number it is. */
static bool
is_number(struct mn_str s)
{
	size_t sign = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'), digits = 0, points = 0;
	for (size_t i = sign; i < s.n; i++) {
		digits += s.p[i] >= '0' && s.p[i] <= '9';
		points += s.p[i] == '.';
	}
	return digits > 0 && points <= 1 && sign + digits + points == s.n;
}

/* OWASP, CSV Injection: a cell beginning so is evaluated when the file is opened. */
static bool
is_formula(struct mn_str s)
{
	return s.n > 0 && strchr("=+-@\t\r", s.p[0]) && s.p[0] != 0 && !is_number(s);
}

static bool
needs_quotes(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

struct sink {
	struct mn_out *out; /* one of the two */
	struct mn_buf *buf;
};

static void
put(const struct sink *to, struct mn_str s)
{
	if (to->out)
		mn_out_write(to->out, s);
	else
		mn_buf_add(to->buf, s);
}

static void
put_doubled(const struct sink *to, struct mn_str s)
{
	for (;;) {
		size_t at = mn_str_find_byte(s, '"');
		if (at == SIZE_MAX)
			break;
		put(to, mn_str_sub(s, 0, at + 1));
		put(to, MN_S("\""));
		s = mn_str_sub(s, at + 1, s.n);
	}
	put(to, s);
}

static void
cell(const struct sink *to, struct mn_str s, bool first)
{
	bool quotes = needs_quotes(s);
	if (!first)
		put(to, MN_S(","));
	if (quotes)
		put(to, MN_S("\""));
	if (is_formula(s))
		put(to, MN_S("'"));
	put_doubled(to, s);
	if (quotes)
		put(to, MN_S("\""));
}

void
mn_csvw_cell(struct mn_out *o, struct mn_str s, bool first)
{
	cell(&(struct sink){.out = o}, s, first);
}

void
mn_csvw_cell_buf(struct mn_buf *b, struct mn_str s, bool first)
{
	cell(&(struct sink){.buf = b}, s, first);
}

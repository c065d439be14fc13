/*
 * Cutting and splitting delimited text. The cutter is a small automaton that follows
 * libcsv's own states, so both agree where a quoted cell ends; tests/unit/test_csv.c
 * holds them together.
 *
 * A quote inside an unquoted cell (3/4" pipe) is a character. A closing quote followed by
 * other text ("a"b) is damage: the record ends with its first line, because the quote may
 * have been the opening one of a later line.
 */
#include <csv.h>

#include "manumit/base/limits.h"
#include "manumit/connectors/csv.h"

/* ---- cutting ---- */

enum state { CELL_START, IN_PLAIN, IN_QUOTED, AFTER_QUOTE };

static bool
is_blank(char c, char delimiter)
{
	return (c == ' ' || c == '\t') && c != delimiter;
}

/* Length of the line at s[from], its end included; 0 when the end is not in s. */
static size_t
line_bytes(struct mn_str s, size_t from, bool last)
{
	for (size_t i = from; i < s.n; i++) {
		if (s.p[i] == '\n')
			return i + 1;
		if (s.p[i] != '\r')
			continue;
		if (i + 1 == s.n)
			return last ? i + 1 : 0;
		return i + 1 + (s.p[i + 1] == '\n');
	}
	return last ? s.n : 0;
}

/* One step over c; sets *damaged on text after a closing quote. */
static enum state
step(enum state st, char c, char delimiter, bool *spaces, bool *damaged)
{
	switch (st) {
	case CELL_START:
		if (c == delimiter || is_blank(c, delimiter))
			return CELL_START;
		return c == '"' ? IN_QUOTED : IN_PLAIN;
	case IN_PLAIN:
		return c == delimiter ? CELL_START : IN_PLAIN;
	case IN_QUOTED:
		*spaces = false;
		return c == '"' ? AFTER_QUOTE : IN_QUOTED;
	case AFTER_QUOTE:
		if (c == delimiter)
			return CELL_START;
		if (is_blank(c, delimiter)) {
			*spaces = true;
			return AFTER_QUOTE;
		}
		*damaged = c != '"' || *spaces;
		return IN_QUOTED;
	}
	return st;
}

size_t
mn_csv_cut(struct mn_str s, char delimiter, bool last, bool *open)
{
	enum state st = CELL_START;
	bool spaces = false, damaged = false;
	*open = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		/* The states in which most bytes are met, without a call. */
		if (st == IN_PLAIN && c != delimiter && c != '\n' && c != '\r')
			continue;
		if (st == IN_QUOTED && c != '"')
			continue;
		if (st == IN_PLAIN && c == delimiter) {
			st = CELL_START;
			continue;
		}
		if (st == CELL_START && (unsigned char)c > ',' && c != delimiter) {
			st = IN_PLAIN;
			continue;
		}
		if (st != IN_QUOTED && (c == '\n' || c == '\r'))
			return line_bytes(s, i, last);
		st = step(st, c, delimiter, &spaces, &damaged);
		if (damaged)
			return line_bytes(s, 0, last);
	}
	*open = st == IN_QUOTED;
	return last ? s.n : 0;
}

/* ---- splitting ---- */

struct mn_csv {
	struct csv_parser lib;
	struct mn_str cell[MN_MAX_COLUMNS];
	char delimiter;
	char *text; /* where the next cell's bytes go */
	uint32_t n;
	bool too_wide, ended;
};

static int
space_or_tab(unsigned char c)
{
	return c == ' ' || c == '\t';
}

static int
only_space(unsigned char c)
{
	return c == ' ';
}

struct mn_csv *
mn_csv_new(char delimiter, struct mn_err *err)
{
	struct mn_csv *p = mn_handle_new(sizeof *p);
	if (!p || csv_init(&p->lib, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		mn_handle_free(p);
		mn_fail(err, MN_E_NOMEM, "CSV parser");
		return NULL;
	}
	p->delimiter = delimiter;
	csv_set_delim(&p->lib, (unsigned char)delimiter);
	/* libcsv asks for blanks before it asks for the delimiter. */
	csv_set_space_func(&p->lib, delimiter == '\t' ? only_space : space_or_tab);
	return p;
}

static void
on_cell(void *bytes, size_t n, void *ctx)
{
	struct mn_csv *p = ctx;
	if (p->ended)
		return;
	if (p->n == MN_MAX_COLUMNS) {
		p->too_wide = true;
		return;
	}
	if (n)
		memcpy(p->text, bytes, n);
	p->cell[p->n++] = mn_str(p->text, n);
	p->text += n;
}

static void
on_row(int end, void *ctx)
{
	struct mn_csv *p = ctx;
	(void)end;
	p->ended = true;
}

/* Feeds the record. In strict mode libcsv stops at a quote inside a plain cell too; that
 * one byte is fed without strictness, so that only damage is refused. */
static bool
feed(struct mn_csv *p, struct mn_str s)
{
	while (s.n) {
		size_t done = csv_parse(&p->lib, s.p, s.n, on_cell, on_row, p);
		if (done == s.n)
			return true;
		if (csv_error(&p->lib) != CSV_EPARSE || p->lib.quoted)
			return false;
		csv_set_opts(&p->lib, 0);
		done += csv_parse(&p->lib, s.p + done, 1, on_cell, on_row, p);
		csv_set_opts(&p->lib, CSV_STRICT | CSV_STRICT_FINI);
		s = mn_str(s.p + done, s.n - done);
	}
	return true;
}

/* The cell at `at`, in the record's own copy: *cell, and where its delimiter or the end
 * is. NULL when a quote stands where only libcsv knows what to make of it. */
static char *
next_cell(struct mn_csv *p, char *at, char *end, struct mn_str *cell)
{
	while (at < end && is_blank(*at, p->delimiter))
		at++;
	if (at < end && *at == '"') {
		char *from = ++at, *to = from;
		for (;; at++) {
			if (at == end)
				return NULL;
			if (*at == '"' && (at + 1 == end || at[1] != '"'))
				break;
			at += *at == '"';
			*to++ = *at;
		}
		*cell = mn_str(from, (size_t)(to - from));
		for (at++; at < end && is_blank(*at, p->delimiter);)
			at++;
		return at == end || *at == p->delimiter ? at : NULL;
	}
	char *from = at;
	for (; at < end && *at != p->delimiter; at++)
		if (*at == '"')
			return NULL;
	char *to = at;
	while (to > from && is_blank(to[-1], p->delimiter))
		to--;
	*cell = mn_str(from, (size_t)(to - from));
	return at;
}

/* Well-formed records, cut in place as libcsv would cut them (tests/prop/prop_csv.c).
 * False: not one of these. */
static bool
parse_simple(struct mn_csv *p, char *at, size_t n, struct mn_csv_row *out)
{
	char *end = at + n, *begin = at;
	while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	p->n = 0;
	bool wide = false;
	for (bool more = end > at; more;) {
		struct mn_str cell;
		char *from = at;
		at = next_cell(p, at, end, &cell);
		if (!at)
			return false;
		more = at < end;
		/* Blanks alone are no cell, unless a delimiter is beside them. */
		if (!more && from == begin && cell.n == 0 &&
		    !memchr(from, '"', (size_t)(at - from)))
			break;
		wide = wide || p->n == MN_MAX_COLUMNS;
		if (!wide)
			p->cell[p->n++] = cell;
		at++;
	}
	*out = (struct mn_csv_row){.n = p->n, .too_wide = wide};
	return true;
}

static struct mn_str *
keep_cells(const struct mn_csv *p, struct mn_arena *a)
{
	struct mn_str *cell = MN_NEW(a, struct mn_str, p->n);
	if (p->n)
		memcpy(cell, p->cell, p->n * sizeof *cell);
	return cell;
}

void
mn_csv_parse(
    struct mn_csv *p, struct mn_str record, struct mn_arena *a, struct mn_csv_row *out)
{
	if (parse_simple(p, mn_arena_cstr(a, record), record.n, out)) {
		out->cell = keep_cells(p, a);
		return;
	}
	p->text = mn_arena_alloc(a, 1, 1, record.n + 1);
	p->n = 0;
	p->too_wide = p->ended = false;
	bool good = feed(p, record) && csv_fini(&p->lib, on_cell, on_row, p) == 0;
	if (!good) {
		/* Without strictness the end always succeeds and resets the parser. */
		p->ended = true;
		csv_set_opts(&p->lib, 0);
		csv_fini(&p->lib, on_cell, on_row, p);
		csv_set_opts(&p->lib, CSV_STRICT | CSV_STRICT_FINI);
	}
	*out = (struct mn_csv_row){keep_cells(p, a), p->n, p->too_wide, !good};
}

void
mn_csv_free(struct mn_csv *p)
{
	if (p)
		csv_free(&p->lib);
	mn_handle_free(p);
}

/* ---- guessing the delimiter ---- */

#define LOOK_RECORDS 64

/* Cells of one record, counted by the cutter's automaton. */
static unsigned
count_cells(struct mn_str record, char delimiter)
{
	enum state st = CELL_START;
	bool spaces = false, damaged = false;
	unsigned n = 1;
	for (size_t i = 0; i < record.n; i++) {
		enum state was = st;
		st = step(st, record.p[i], delimiter, &spaces, &damaged);
		n += record.p[i] == delimiter && was != IN_QUOTED;
	}
	return n;
}

/* The most records that agree in a number of cells > 1; among equals more cells win. */
static unsigned
agreement(struct mn_str head, char delimiter)
{
	unsigned cells[LOOK_RECORDS], n = 0, best = 0;
	while (head.n && n < LOOK_RECORDS) {
		bool open;
		size_t cut = mn_csv_cut(head, delimiter, true, &open);
		unsigned k = count_cells(mn_str(head.p, cut), delimiter);
		head = mn_str(head.p + cut, head.n - cut);
		if (k > 1)
			cells[n++] = k;
		else if (cut > 2)
			cells[n++] = 0;
	}
	for (unsigned i = 0; i < n; i++) {
		unsigned same = 0;
		for (unsigned j = 0; j < n; j++)
			same += cells[i] && cells[j] == cells[i];
		same = (same << 16) + (same ? cells[i] & 0xffff : 0);
		best = same > best ? same : best;
	}
	return best;
}

char
mn_csv_delimiter(struct mn_str head)
{
	static const char CANDIDATES[] = {',', ';', '\t', '|'};
	char best = ',';
	unsigned most = 0;
	for (size_t i = 0; i < countof(CANDIDATES); i++) {
		unsigned same = agreement(head, CANDIDATES[i]);
		if (same > most) {
			most = same;
			best = CANDIDATES[i];
		}
	}
	return best;
}

void
mn_csv_library(struct mn_buf *out)
{
	mn_buf_fmt(out, "libcsv %d.%d.%d", CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}

/*
 * Cutting delimited text into records, and guessing its delimiter. Most records are cut
 * by their quotes and line ends; for the others there is a small automaton that follows
 * libcsv's own states. Both agree with each other and with libcsv on where a quoted cell
 * ends; tests/unit/test_csv.c and tests/prop/prop_csv.c hold them together.
 *
 * A quote inside an unquoted cell (3/4" pipe) is a character. A closing quote followed by
 * other text ("a"b) is damage: the record ends with its first line, because the quote may
 * have been the opening one of a later line.
 */
#include "csv_impl.h"

/* ---- cutting ---- */

enum state { CELL_START, IN_PLAIN, IN_QUOTED, AFTER_QUOTE };

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
		if (c == delimiter || mn_csv_blank(c, delimiter))
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
		if (mn_csv_blank(c, delimiter)) {
			*spaces = true;
			return AFTER_QUOTE;
		}
		*damaged = c != '"' || *spaces;
		return IN_QUOTED;
	}
	return st;
}

/* Where the quoted cell that q is in ends: at the delimiter or end of line behind its
 * closing quote; NULL: not in sight, or not well-formed. */
static const char *
quoted_cell_end(const char *q, const char *end, char delimiter)
{
	while ((q = memchr(q, '"', (size_t)(end - q)))) {
		if (++q == end)
			return NULL;
		if (*q == '"') {
			q++;
			continue;
		}
		while (q < end && mn_csv_blank(*q, delimiter))
			q++;
		bool good = q < end && (*q == delimiter || *q == '\n' || *q == '\r');
		return good ? q : NULL;
	}
	return NULL;
}

#define NEAR 8192 /* bytes looked through for the end of a record that has one nearby */
#define CELLS_OVER_LINES 8 /* more in one record are a quote that nothing closes */

/* The record's bytes, found by its signs alone: what most records allow. 0: the automaton
 * has to tell. *line: the bytes of its first line, which holds no line end but its own.
 */
static size_t
cut_by_signs(struct mn_str s, char delimiter, size_t *line)
{
	const char *end = s.p + (s.n < NEAR ? s.n : NEAR), *cell = s.p, *at = s.p;
	const char *eol = NULL;
	for (unsigned over = 0; over <= CELLS_OVER_LINES;) {
		over += eol && eol < at;
		if (!eol || eol < at)
			eol = memchr(at, '\n', (size_t)(end - at));
		if (!eol)
			return 0;
		if (over == 0)
			*line = (size_t)(eol + 1 - s.p);
		const char *cr = memchr(at, '\r', (size_t)(eol - at));
		const char *quote = memchr(at, '"', (size_t)(eol - at)), *b = quote;
		if (cr && cr + 1 != eol)
			return 0;
		if (!quote)
			return (size_t)(eol + 1 - s.p);
		while (b > cell && mn_csv_blank(b[-1], delimiter))
			b--;
		at = quote + 1;
		if (b > cell && b[-1] != delimiter)
			continue; /* inside a plain cell */
		at = quoted_cell_end(at, end, delimiter);
		if (!at || *at == '\r')
			return at && at + 1 < end && at[1] == '\n'
				   ? (size_t)(at + 2 - s.p)
				   : 0;
		cell = ++at;
		if (at[-1] == '\n')
			return (size_t)(at - s.p);
	}
	return 0;
}

size_t
mn_csv_cut_line(struct mn_str s, char delimiter)
{
	size_t line = 0, n = s.n ? cut_by_signs(s, delimiter, &line) : 0;
	return n == line ? n : 0;
}

size_t
mn_csv_cut(struct mn_str s, char delimiter, bool last, bool *open)
{
	enum state st = CELL_START;
	size_t line, easily = s.n ? cut_by_signs(s, delimiter, &line) : 0;
	if (easily) {
		*open = false;
		return easily;
	}
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

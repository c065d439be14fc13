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
#include <endian.h>

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
		while (q < end && is_blank(*q, delimiter))
			q++;
		bool good = q < end && (*q == delimiter || *q == '\n' || *q == '\r');
		return good ? q : NULL;
	}
	return NULL;
}

#define NEAR 8192 /* bytes looked through for the end of a record that has one nearby */

/* The record's bytes, found by its signs alone: what most records allow. 0: the automaton
 * has to tell. */
static size_t
cut_by_signs(struct mn_str s, char delimiter)
{
	const char *end = s.p + (s.n < NEAR ? s.n : NEAR), *cell = s.p, *at = s.p;
	const char *eol = NULL;
	for (;;) {
		if (!eol || eol < at)
			eol = memchr(at, '\n', (size_t)(end - at));
		if (!eol)
			return 0;
		const char *cr = memchr(at, '\r', (size_t)(eol - at));
		const char *quote = memchr(at, '"', (size_t)(eol - at)), *b = quote;
		if (cr && cr + 1 != eol)
			return 0;
		if (!quote)
			return (size_t)(eol + 1 - s.p);
		while (b > cell && is_blank(b[-1], delimiter))
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
}

size_t
mn_csv_cut(struct mn_str s, char delimiter, bool last, bool *open)
{
	enum state st = CELL_START;
	size_t easily = s.n ? cut_by_signs(s, delimiter) : 0;
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

/* ---- well-formed records, cut as libcsv would cut them (tests/prop/prop_csv.c) ---- */

/* The signs of a record, eight bytes at a time. */
struct signs {
	const char *word, *end; /* the eight bytes at hand */
	uint64_t found;         /* bit 7 of each of them that is a sign */
	uint64_t delimiter;     /* eight of them */
};

#define EACH_BYTE 0x0101010101010101u

/* Bit 7 of each byte of w that is zero. */
static inline uint64_t
zero_bytes(uint64_t w)
{
	const uint64_t low = 0x7fu * EACH_BYTE;
	return ~(((w & low) + low) | w | low);
}

static inline void
look_at(struct signs *s, const char *word)
{
	uint64_t w = 0;
	if (s->end - word >= 8)
		memcpy(&w, word, 8);
	else
		for (size_t i = 0; word + i < s->end; i++)
			w |= (uint64_t)(unsigned char)word[i] << (8 * i);
	if (s->end - word >= 8)
		w = le64toh(w);
	s->word = word;
	s->found = zero_bytes(w ^ s->delimiter) | zero_bytes(w ^ ('"' * EACH_BYTE));
}

/* The next delimiter or quote, or the end. */
static inline const char *
next_sign(struct signs *s)
{
	while (!s->found) {
		if (s->end - s->word <= 8)
			return s->end;
		look_at(s, s->word + 8);
	}
	const char *at = s->word + __builtin_ctzll(s->found) / 8;
	s->found &= s->found - 1;
	return at;
}

/* The text of a quoted cell whose quotes are doubled, without their doubles. */
static struct mn_str
undoubled(const char *from, const char *to, struct mn_arena *a)
{
	char *text = mn_arena_alloc(a, 1, 1, (size_t)(to - from)), *p = text;
	for (; from < to; from++) {
		*p++ = *from;
		from += *from == '"';
	}
	return mn_str(text, (size_t)(p - text));
}

/* The cell behind the quote at from[-1]; where its delimiter or the end is, NULL when it
 * is damaged. */
static const char *
quoted_cell(const struct mn_csv *p, const char *from, const char *end,
    struct mn_str *cell, struct mn_arena *a)
{
	bool doubled = false;
	for (const char *at = from;
	     at < end && (at = memchr(at, '"', (size_t)(end - at))); at += 2) {
		if (at + 1 < end && at[1] == '"') {
			doubled = true;
			continue;
		}
		*cell =
		    doubled ? undoubled(from, at, a) : mn_str(from, (size_t)(at - from));
		for (at++; at < end && is_blank(*at, p->delimiter);)
			at++;
		return at == end || *at == p->delimiter ? at : NULL;
	}
	return NULL;
}

static inline void
keep_cell(struct mn_csv *p, struct mn_str cell)
{
	if (p->n == MN_MAX_COLUMNS)
		p->too_wide = true;
	else
		p->cell[p->n++] = cell;
}

/* False: not one of these, for a quote stands where only libcsv knows what it means. */
static bool
parse_well_formed(struct mn_csv *p, struct mn_str record, struct mn_arena *a)
{
	const char *at = record.p, *end = at + record.n;
	while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	struct signs s = {.end = end, .delimiter = (uint64_t)p->delimiter * EACH_BYTE};
	if (at == end)
		return true;
	look_at(&s, at);
	for (;;) {
		const char *to = next_sign(&s), *after = to;
		struct mn_str cell;
		while (at < to && is_blank(*at, p->delimiter))
			at++;
		bool quoted = to < end && *to == '"';
		if (quoted) {
			after = at == to ? quoted_cell(p, to + 1, end, &cell, a) : NULL;
			if (!after)
				return false;
			if (after < end)
				look_at(&s, after + 1);
		} else {
			while (to > at && is_blank(to[-1], p->delimiter))
				to--;
			cell = mn_str(at, (size_t)(to - at));
		}
		/* Blanks alone are no cell, unless a delimiter is beside them. */
		if (after < end || p->n || quoted || cell.n)
			keep_cell(p, cell);
		if (after == end)
			return true;
		at = after + 1;
	}
}

void
mn_csv_parse(
    struct mn_csv *p, struct mn_str record, struct mn_arena *a, struct mn_csv_row *out)
{
	struct mn_arena before = *a;
	p->n = 0;
	p->too_wide = p->ended = false;
	if (parse_well_formed(p, record, a)) {
		*out = (struct mn_csv_row){p->cell, p->n, p->too_wide, false};
		return;
	}
	*a = before;
	p->text = mn_arena_alloc(a, 1, 1, record.n + 1);
	p->n = 0;
	p->too_wide = false;
	bool good = feed(p, record) && csv_fini(&p->lib, on_cell, on_row, p) == 0;
	if (!good) {
		/* Without strictness the end always succeeds and resets the parser. */
		p->ended = true;
		csv_set_opts(&p->lib, 0);
		csv_fini(&p->lib, on_cell, on_row, p);
		csv_set_opts(&p->lib, CSV_STRICT | CSV_STRICT_FINI);
	}
	*out = (struct mn_csv_row){p->cell, p->n, p->too_wide, !good};
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

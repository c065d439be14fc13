/*
 * Splitting records into cells, by libcsv. Well-formed records, which are nearly all, are
 * split without copying them as libcsv would split them (tests/prop/prop_csv.c); where a
 * quote stands at an odd place libcsv does it.
 */
#include <csv.h>
#include <endian.h>

#include "csv_impl.h"

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
		for (at++; at < end && mn_csv_blank(*at, p->delimiter);)
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
		/* Nearly all: text without blanks round it, and a delimiter. */
		if (to < end && at < to && *to != '"' && mn_is_solid(*at) &&
		    mn_is_solid(to[-1])) {
			keep_cell(p, mn_str(at, (size_t)(to - at)));
			at = to + 1;
			continue;
		}
		while (at < to && mn_csv_blank(*at, p->delimiter))
			at++;
		bool quoted = to < end && *to == '"';
		if (quoted) {
			after = at == to ? quoted_cell(p, to + 1, end, &cell, a) : NULL;
			if (!after)
				return false;
			if (after < end)
				look_at(&s, after + 1);
		} else {
			while (to > at && mn_csv_blank(to[-1], p->delimiter))
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

void
mn_csv_library(struct mn_buf *out)
{
	mn_buf_fmt(out, "libcsv %d.%d.%d", CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}

bool
mn_csv_row_blank(const struct mn_csv_row *row)
{
	for (uint32_t i = 0; i < row->n; i++)
		if (mn_str_trim(row->cell[i]).n)
			return false;
	return true;
}

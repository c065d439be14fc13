/* Merged ranges, found in the bytes of a sheet. */
#include "manumit/base/buf.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "merges.h"

#define BLOCK 65536
#define WORD "mergeCell "
#define LOOK 128 /* bytes in which its reference stands */
#define MOST_ROW 1048576
#define MOST_COLUMN 16384

bool
mn_cell_name(struct mn_str *s, uint32_t *column, uint32_t *row)
{
	size_t i = 0;
	uint32_t c = 0, r = 0;
	for (; i < s->n && (s->p[i] & ~32) >= 'A' && (s->p[i] & ~32) <= 'Z'; i++) {
		c = c * 26 + (uint32_t)((s->p[i] & ~32) - 'A' + 1);
		if (c > MOST_COLUMN)
			return false;
	}
	if (c == 0)
		return false;
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++) {
		r = r * 10 + (uint32_t)(s->p[i] - '0');
		if (r > MOST_ROW)
			return false;
	}
	*column = c - 1;
	*row = r;
	*s = mn_str_sub(*s, i, s->n);
	return r > 0;
}

/* text begins behind the word. */
static void
add(struct mn_str text, struct mn_arena *a, struct mn_merges *out)
{
	struct mn_merge m;
	uint32_t last;
	size_t ref = mn_str_find(mn_str_sub(text, 0, LOOK), MN_S("ref="));
	if (ref == SIZE_MAX || out->n == MN_BOOK_MERGES)
		return;
	text = mn_str_sub(text, ref + 5, LOOK); /* its quote, too */
	if (!mn_cell_name(&text, &m.column, &m.top) || text.n == 0 || text.p[0] != ':')
		return;
	text = mn_str_sub(text, 1, text.n);
	if (!mn_cell_name(&text, &last, &m.bottom) || m.bottom <= m.top)
		return;
	*MN_NEW(a, struct mn_merge, 1) = m;
	out->n++;
}

/* Looks through all but the last bytes, which may hold half a range. */
static size_t
look(struct mn_str s, bool last, struct mn_arena *a, struct mn_merges *out)
{
	size_t at = 0;
	for (;;) {
		struct mn_str rest = mn_str_sub(s, at, s.n);
		size_t found = mn_str_find(rest, MN_S(WORD));
		if (found == SIZE_MAX) {
			size_t keep = sizeof WORD - 1;
			return rest.n > keep ? s.n - keep : at;
		}
		at += found;
		if (!last && s.n - at < LOOK + sizeof WORD)
			return at;
		at += sizeof WORD - 1;
		add(mn_str_sub(s, at, s.n), a, out);
	}
}

static int
by_place(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_merge *a = pa, *b = pb;
	(void)ctx;
	if (a->top != b->top)
		return a->top < b->top ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return (a->bottom > b->bottom) - (a->bottom < b->bottom);
}

/* Latin letters in UTF-16 are the same bytes with zeros between. */
static void
add_bytes(struct mn_buf *b, struct mn_str s)
{
	while (s.n) {
		size_t zero = mn_str_find_byte(s, 0);
		mn_buf_add(b, mn_str_sub(s, 0, zero));
		s = zero == SIZE_MAX ? MN_STR_NONE : mn_str_sub(s, zero + 1, s.n);
	}
}

static bool
scan(struct mn_part *p, struct mn_arena *a, struct mn_merges *out, struct mn_err *err)
{
	char block[BLOCK];
	struct mn_buf b = mn_buf_new(2 * BLOCK);
	ssize_t n;
	out->v = MN_NEW(a, struct mn_merge, 0);
	do {
		n = mn_part_read(p, block, sizeof block, err);
		if (n > 0)
			add_bytes(&b, mn_str(block, (size_t)n));
		size_t done = look(mn_buf_str(&b), n <= 0, a, out);
		if (done)
			memmove(b.p, b.p + done, b.n - done);
		b.n -= done;
	} while (n > 0);
	mn_buf_free(&b);
	return n == 0;
}

bool
mn_merges_read(const struct mn_archive *z, const struct mn_entry *e, struct mn_arena *a,
    struct mn_merges *out, struct mn_err *err)
{
	struct mn_part p;
	*out = (struct mn_merges){0};
	if (!mn_part_open(z, e, &p, err))
		return false;
	bool good = scan(&p, a, out, err);
	mn_part_close(&p);
	mn_sort(out->v, out->n, sizeof *out->v, by_place, NULL, *a);
	return good;
}

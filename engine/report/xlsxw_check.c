/*
 * A workbook read back: the parts of the archive inflate, their checksums are right, and
 * each sheet holds the bytes of its rows. The library copies rows through files of its
 * own without looking whether a write succeeded, so that a full disk could leave a hole.
 */
#include <stdio.h>
#include <zlib.h>

#include "xlsxw.h"

#define END_BYTES 22 /* of the record that ends an archive; ours has no comment */
#define WINDOW (64u << 10)

struct entry {
	struct mn_str name, packed;
	uint64_t bytes;
	uint32_t crc, method;
};

struct reading {
	const struct mn_xlsxw_part *part; /* NULL: not a sheet */
	uint64_t at, data;                /* in the part; where its rows begin */
	char end[12];                     /* what stands behind them */
	char tail[12];                    /* the last bytes so far */
	uint32_t crc;
};

static uint32_t
le(struct mn_str s, size_t at, unsigned bytes)
{
	uint32_t v = 0;
	for (unsigned i = 0; i < bytes && at + i < s.n; i++)
		v |= (uint32_t)(unsigned char)s.p[at + i] << (8 * i);
	return v;
}

/* Copies what of `s`, which stands at x->at, falls into [from, from + n). */
static void
catch_bytes(const struct reading *x, struct mn_str s, uint64_t from, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		if (from + i >= x->at && from + i - x->at < s.n)
			out[i] = s.p[from + i - x->at];
}

static void
took(struct reading *x, struct mn_str s)
{
	static const char BEGIN[] = "<sheetData>";
	if (x->at == 0) {
		size_t begin = mn_str_find(s, mn_str_c(BEGIN));
		x->data = begin == SIZE_MAX ? UINT64_MAX : begin + sizeof BEGIN - 1;
	}
	if (x->part && x->data != UINT64_MAX && x->part->data_bytes != UINT64_MAX)
		catch_bytes(x, s, x->data + x->part->data_bytes, sizeof x->end, x->end);
	if (s.n >= sizeof x->tail) {
		memcpy(x->tail, s.p + s.n - sizeof x->tail, sizeof x->tail);
	} else {
		memmove(x->tail, x->tail + s.n, sizeof x->tail - s.n);
		memcpy(x->tail + sizeof x->tail - s.n, s.p, s.n);
	}
	x->crc = (uint32_t)crc32(x->crc, (const Bytef *)s.p, (uInt)s.n);
	x->at += s.n;
}

static bool
inflate_all(struct reading *x, struct mn_str packed, char *window)
{
	z_stream z = {0};
	int status = inflateInit2(&z, -MAX_WBITS);
	z.next_in = (Bytef *)(uintptr_t)packed.p;
	while (status == Z_OK) {
		if (z.avail_in == 0) {
			size_t left =
			    packed.n - (size_t)((const char *)z.next_in - packed.p);
			z.avail_in = (uInt)(left < WINDOW ? left : WINDOW);
		}
		z.next_out = (Bytef *)window;
		z.avail_out = WINDOW;
		status = inflate(&z, Z_NO_FLUSH);
		took(x, mn_str(window, WINDOW - z.avail_out));
	}
	inflateEnd(&z);
	return status == Z_STREAM_END;
}

enum state { DAMAGED, SHORT, WHOLE };

static enum state
look(const struct entry *e, const struct mn_xlsxw_part *part, char *window)
{
	struct reading x = {.part = part, .crc = (uint32_t)crc32(0, NULL, 0)};
	if (e->method != Z_DEFLATED || !inflate_all(&x, e->packed, window) ||
	    x.at != e->bytes || x.crc != e->crc)
		return DAMAGED;
	if (!part)
		return WHOLE;
	bool rows = part->data_bytes == UINT64_MAX || part->data_bytes == 0 ||
		    memcmp(x.end, "</sheetData>", sizeof x.end) == 0;
	return rows && memcmp(x.tail, "</worksheet>", sizeof x.tail) == 0 ? WHOLE : SHORT;
}

/* The entry at *at of the central directory. */
static bool
read_entry(struct mn_str zip, size_t *at, struct entry *e)
{
	struct mn_str c = mn_str_sub(zip, *at, zip.n);
	if (c.n < 46 || le(c, 0, 4) != 0x02014b50)
		return false;
	size_t name = le(c, 28, 2), local = le(c, 42, 4);
	e->method = le(c, 10, 2);
	e->crc = le(c, 16, 4);
	e->bytes = le(c, 24, 4);
	e->name = mn_str_sub(c, 46, name);
	*at += 46 + name + le(c, 30, 2) + le(c, 32, 2);
	struct mn_str l = mn_str_sub(zip, local, zip.n);
	if (l.n < 30 || le(l, 0, 4) != 0x04034b50)
		return false;
	e->packed = mn_str_sub(l, 30 + le(l, 26, 2) + le(l, 28, 2), le(c, 20, 4));
	return e->packed.n == le(c, 20, 4);
}

/* "xl/worksheets/sheet12.xml" -> 12; 0: no sheet. */
static uint64_t
sheet_number(struct mn_str name)
{
	static const struct mn_str HEAD = MN_S("xl/worksheets/sheet"), END = MN_S(".xml");
	uint64_t n = 0;
	if (!mn_str_starts(name, HEAD) || !mn_str_ends(name, END))
		return 0;
	mn_str_u64(mn_str_sub(name, HEAD.n, name.n - HEAD.n - END.n), &n);
	return n;
}

bool
mn_xlsxw_check(const char *path, const char *name, const struct mn_xlsxw_part *part,
    uint32_t n, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	char *window = MN_NEW(&a, char, WINDOW);
	struct mn_str zip;
	if (!mn_file_map(path, &zip, err)) {
		mn_arena_free(root);
		return false;
	}
	struct mn_str end =
	    mn_str_sub(zip, zip.n > END_BYTES ? zip.n - END_BYTES : 0, zip.n);
	size_t at = le(end, 16, 4), entries = le(end, 10, 2);
	uint32_t sheets = 0;
	enum state state =
	    end.n == END_BYTES && le(end, 0, 4) == 0x06054b50 ? WHOLE : DAMAGED;
	for (size_t i = 0; state == WHOLE && i < entries; i++) {
		struct entry e;
		bool good = read_entry(zip, &at, &e);
		uint64_t number = good ? sheet_number(e.name) : 0;
		const struct mn_xlsxw_part *p =
		    number && number <= n ? &part[number - 1] : NULL;
		state = good ? look(&e, p, window) : DAMAGED;
		sheets += p != NULL;
	}
	mn_file_unmap(zip);
	mn_arena_free(root);
	if (state == SHORT)
		return mn_fail(err, MN_E_NOSPACE,
		    "%s: no space beside it for all rows of its sheets", name);
	return (state == WHOLE && sheets == n) ||
	       mn_fail(err, MN_E_IO, "%s: what was written does not read back", name);
}

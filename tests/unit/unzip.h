/* The parts of a workbook, for tests: an archive as libxlsxwriter writes it. */
#ifndef MN_TEST_UNZIP_H
#define MN_TEST_UNZIP_H

#include <zlib.h>

#include "manumit/base/arena.h"

#define UNZIP __attribute__((unused)) static

UNZIP uint32_t
unzip_le(struct mn_str s, size_t at, unsigned bytes)
{
	uint32_t v = 0;
	for (unsigned i = 0; i < bytes && at + i < s.n; i++)
		v |= (uint32_t)(unsigned char)s.p[at + i] << (8 * i);
	return v;
}

/* The text of a part, or p == NULL. */
UNZIP struct mn_str
unzip(struct mn_arena *a, struct mn_str zip, const char *part)
{
	size_t at = unzip_le(zip, zip.n - 22 + 16, 4);
	while (unzip_le(zip, at, 4) == 0x02014b50) {
		size_t packed = unzip_le(zip, at + 20, 4),
		       bytes = unzip_le(zip, at + 24, 4);
		size_t name = unzip_le(zip, at + 28, 2),
		       local = unzip_le(zip, at + 42, 4);
		if (mn_str_eq(mn_str_sub(zip, at + 46, name), mn_str_c(part))) {
			char *out = mn_arena_alloc(a, 1, 1, bytes + 1);
			size_t from = local + 30 + unzip_le(zip, local + 26, 2) +
				      unzip_le(zip, local + 28, 2);
			z_stream z = {.next_in = (Bytef *)(uintptr_t)(zip.p + from),
			    .avail_in = (uInt)packed,
			    .next_out = (Bytef *)out,
			    .avail_out = (uInt)bytes};
			bool good = inflateInit2(&z, -MAX_WBITS) == Z_OK &&
				    inflate(&z, Z_FINISH) == Z_STREAM_END;
			inflateEnd(&z);
			return good ? mn_str(out, bytes) : MN_STR_NONE;
		}
		at += 46 + name + unzip_le(zip, at + 30, 2) + unzip_le(zip, at + 32, 2);
	}
	return MN_STR_NONE;
}

/* How often it stands there. */
UNZIP size_t
unzip_count(struct mn_str text, const char *what)
{
	size_t n = 0, at;
	while ((at = mn_str_find(text, mn_str_c(what))) != SIZE_MAX) {
		text = mn_str_sub(text, at + 1, text.n);
		n++;
	}
	return n;
}

#endif

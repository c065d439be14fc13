/*
 * Workbooks: any bytes that begin like an archive, read as one; any other bytes become
 * the parts of an archive that is sound, parted at 0x1e: sheet, strings, styles,
 * workbook, second sheet. So the readers behind the archive are reached without having to
 * guess its checksums. The counts add up at every row, and what comes out is text.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/base/buf.h"
#include "manumit/connectors/tables.h"
#include "manumit/text/utf8.h"

#include "known.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define PARTS 5

/* ---- an archive of stored parts ---- */

static uint32_t
crc_of(struct mn_str s)
{
	uint32_t c = ~0u;
	for (size_t i = 0; i < s.n; i++) {
		c ^= (unsigned char)s.p[i];
		for (int k = 0; k < 8; k++)
			c = c >> 1 ^ (0xedb88320u & -(c & 1));
	}
	return ~c;
}

static void
little(struct mn_buf *b, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		mn_buf_byte(b, (char)(v >> 8 * i));
}

static void
fields(struct mn_buf *b, struct mn_str name, struct mn_str body)
{
	little(b, 20, 2);
	little(b, 0, 2); /* flags */
	little(b, 0, 2); /* stored */
	little(b, 0, 4); /* no time */
	little(b, crc_of(body), 4);
	little(b, (uint32_t)body.n, 4);
	little(b, (uint32_t)body.n, 4);
	little(b, (uint32_t)name.n, 2);
	little(b, 0, 2);
}

static void
add_part(struct mn_buf *zip, struct mn_buf *end, struct mn_str name, struct mn_str body)
{
	uint32_t at = (uint32_t)zip->n;
	mn_buf_add(zip, MN_S("PK\3\4"));
	fields(zip, name, body);
	mn_buf_add(zip, name);
	mn_buf_add(zip, body);
	mn_buf_add(end, MN_S("PK\1\2"));
	little(end, 20, 2);
	fields(end, name, body);
	little(end, 0, 2);
	little(end, 0, 4);
	little(end, 0, 4);
	little(end, at, 4);
	mn_buf_add(end, name);
}

static void
finish(struct mn_buf *zip, struct mn_buf *end, uint32_t parts)
{
	uint32_t at = (uint32_t)zip->n, size = (uint32_t)end->n;
	mn_buf_add(zip, mn_buf_str(end));
	mn_buf_add(zip, MN_S("PK\5\6"));
	little(zip, 0, 4);
	little(zip, parts, 2);
	little(zip, parts, 2);
	little(zip, size, 4);
	little(zip, at, 4);
	little(zip, 0, 2);
}

static void
wrap(struct mn_str s, struct mn_buf *zip)
{
	static const char *const NAMES[PARTS] = {"xl/worksheets/sheet1.xml",
	    "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
	    "xl/worksheets/sheet2.xml"};
	static const char BOOK[] =
	    "<workbook><sheets><sheet name='s'/></sheets></workbook>";
	struct mn_buf end = mn_buf_new(1u << 16);
	uint32_t n = 0;
	bool book = false;
	for (size_t i = 0; i < PARTS && s.p; i++) {
		struct mn_str part = mn_str_cut(&s, 0x1e);
		if (part.n == 0)
			continue;
		book = book || i == 3;
		add_part(zip, &end, mn_str_c(NAMES[i]), part);
		n++;
	}
	if (!book)
		add_part(zip, &end, mn_str_c(NAMES[3]), mn_str_c(BOOK));
	finish(zip, &end, n + !book);
	mn_buf_free(&end);
}

/* ---- reading ---- */

static void
read_table(const char *path, struct mn_str part, enum mn_kind kind)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	uint64_t line = 0;
	mn_rid last = 0;
	bool noted;
	int more = -1;
	struct mn_input *in =
	    mn_input_open_part(&a, mappings(), path, part, kind, &diag, &err);
	while (in && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1) {
		need(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		const struct mn_input_info *i = mn_input_info(in);
		need(i->rows == i->accepted + i->noted + i->quarantined);
		need(mn_rid_line(rec.rid) > line || kind == MN_K_WATCHLIST);
		line = mn_rid_line(rec.rid);
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			need(mn_utf8_valid(rec.v[f]) == rec.v[f].n);
	}
	need(more == 0 || err.code != MN_E_NONE);
	if (in)
		mn_input_close(in);
	mn_arena_free(root);
}

static void
read_all(const char *path)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_input_tables t;
	if (mn_tables_list(&a, mappings(), path, MN_KIND_ANY, &t, &err))
		for (uint32_t i = 0; i < t.n && i < 2; i++)
			read_table(path, t.v[i].part, t.v[i].kind);
	else
		need(err.code != MN_E_NONE);
	mn_arena_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_str s = mn_str((const char *)data, n);
	struct mn_buf zip = mn_buf_new((size_t)64 << 20);
	char path[64];
	if (mn_str_starts(s, MN_S("PK")))
		mn_buf_add(&zip, s);
	else
		wrap(s, &zip);
	int fd = memfd_create("book", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, zip.p ? zip.p : "", zip.n) == (ssize_t)zip.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	read_all(path);
	close(fd);
	mn_buf_free(&zip);
	return 0;
}

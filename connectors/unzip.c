/* zip archives that publishers put one table into; the entries are archive.c's. */
#include <errno.h>
#include <unistd.h>

#include "manumit/base/buf.h"

#include "archive.h"
#include "unpack.h"

#define BLOCK (1u << 16)
#define NAMED 5 /* files that a message names */

bool
mn_zip_begins(struct mn_str head)
{
	/* What programs that write workbooks and documents put first. */
	static const struct mn_str OFFICE[] = {MN_S("[Content_Types].xml"),
	    MN_S("_rels/"), MN_S("docProps/"), MN_S("xl/"), MN_S("mimetype")};
	if (!mn_str_starts(head, MN_S("PK\3\4")) || head.n < 30)
		return false;
	struct mn_str name = mn_str_sub(
	    head, 30, (unsigned char)head.p[26] | (size_t)(unsigned char)head.p[27] << 8);
	for (size_t i = 0; i < countof(OFFICE); i++)
		if (mn_str_starts(name, OFFICE[i]))
			return false;
	return !mn_str_ends(name, MN_S(".xml")) && !mn_str_ends(name, MN_S(".rels"));
}

/* ---- which one ---- */

static struct mn_str
base_name(struct mn_str name)
{
	for (size_t i = name.n; i-- > 0;)
		if (name.p[i] == '/')
			return mn_str_sub(name, i + 1, name.n);
	return name;
}

/* Neither a folder nor what a Mac keeps of its files. */
static bool
is_file(struct mn_str name)
{
	return !mn_str_ends(name, MN_S("/")) && !mn_str_starts(name, MN_S("__MACOSX/")) &&
	       !mn_str_starts(base_name(name), MN_S("."));
}

static bool
is_table(struct mn_str name)
{
	static const struct mn_str ENDS[] = {MN_S(".csv"), MN_S(".tsv"), MN_S(".txt"),
	    MN_S(".tab"), MN_S(".dat"), MN_S(".json"), MN_S(".jsonl"), MN_S(".ndjson"),
	    MN_S(".htm"), MN_S(".html"), MN_S(".xlsx")};
	for (size_t i = 0; i < countof(ENDS); i++)
		if (name.n > ENDS[i].n &&
		    mn_str_eq_ascii(
			mn_str_sub(name, name.n - ENDS[i].n, name.n), ENDS[i]))
			return true;
	return false;
}

/* The one file, else of several the one table; NULL and err. */
static const struct mn_entry *
the_one(const struct mn_archive *z, const char *path, struct mn_err *err)
{
	const struct mn_entry *file = NULL, *table = NULL;
	uint32_t files = 0, tables = 0;
	char room[400];
	struct mn_buf names = {room, 0, sizeof room, sizeof room, false};
	for (uint32_t i = 0; i < z->n; i++) {
		const struct mn_entry *e = &z->entry[i];
		if (!is_file(e->name))
			continue;
		if (files < NAMED)
			mn_buf_fmt(&names, "%s%.*s", files ? ", " : "",
			    MN_FMT(mn_str_sub(base_name(e->name), 0, 60)));
		file = e;
		files++;
		if (is_table(e->name)) {
			table = e;
			tables++;
		}
	}
	if (tables == 1 || files == 1)
		return tables == 1 ? table : file;
	if (files == 0)
		mn_fail(err, MN_E_FILE_ZIP, "%s: there is no file in it", path);
	else
		mn_fail(err, MN_E_FILE_ZIP, "%s: %u files: %.*s%s", path, files,
		    MN_FMT(mn_buf_str(&names)), files > NAMED ? " ..." : "");
	return NULL;
}

/* ---- unpacking ---- */

static bool
write_all(int to, const char *p, size_t n, const char *path, struct mn_err *err)
{
	while (n) {
		ssize_t w = write(to, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return mn_fail_errno(err, w < 0 ? errno : ENOSPC, "unpack", path);
		p += w;
		n -= (size_t)w;
	}
	return true;
}

static bool
inflate_to(const struct mn_archive *z, const struct mn_entry *e, int to, const char *path,
    char *block, struct mn_err *err)
{
	struct mn_part part;
	ssize_t n = -1;
	if (!mn_part_open(z, e, &part, err))
		return false;
	while ((n = mn_part_read(&part, block, BLOCK, err)) > 0)
		if (!write_all(to, block, (size_t)n, path, err))
			break;
	mn_part_close(&part);
	return n == 0;
}

static bool
hash_all(int from, const char *path, char *block, struct mn_sha256 *sha, uint64_t *bytes,
    struct mn_err *err)
{
	ssize_t n;
	*bytes = 0;
	while ((n = pread(from, block, BLOCK, (off_t)*bytes)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return mn_fail_errno(err, errno, "read", path);
		mn_sha256_add(sha, mn_str(block, (size_t)n));
		*bytes += (uint64_t)n;
	}
	return true;
}

bool
mn_unzip(int from, int to, const char *path, struct mn_sha256 *sha, uint64_t *bytes,
    struct mn_err *err)
{
	struct mn_arena a = mn_arena_new((size_t)64 << 20, NULL), root = a;
	struct mn_archive z;
	*bytes = 0;
	bool good = mn_archive_open(&a, from, mn_str_c(path), &z, err);
	if (good && !mn_archive_find(&z, MN_S("[Content_Types].xml")) &&
	    !mn_archive_find(&z, MN_S("mimetype"))) {
		char *block = mn_arena_alloc(&a, 1, 1, BLOCK);
		const struct mn_entry *e = the_one(&z, path, err);
		good = e && inflate_to(&z, e, to, path, block, err) &&
		       hash_all(from, path, block, sha, bytes, err);
	}
	if (good || z.zip)
		mn_archive_close(&z);
	mn_arena_free(root);
	return good;
}

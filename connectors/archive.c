/* ZIP archives: the home of libzip. */
#include <errno.h>
#include <unistd.h>
#include <zip.h>

#include "manumit/base/limits.h"

#include "archive.h"

#define END_MAGIC "PK\5\6"
#define END64_MAGIC "PK\6\7"
#define END_BYTES 22
#define TAIL_BYTES (65535 + END_BYTES) /* a comment may follow the end record */

static bool
damaged(const struct mn_archive *z, const char *how, struct mn_err *err)
{
	return mn_fail(err, MN_E_FILE_DAMAGED, "%.*s: %s", MN_FMT(z->file), how);
}

static bool
too_many(const struct mn_archive *z, struct mn_err *err)
{
	return mn_fail(err, MN_E_FILE_LIMIT, "%.*s: more than %d parts in the archive",
	    MN_FMT(z->file), MN_ZIP_ENTRIES);
}

/* ---- the end of the archive, before libzip makes room for what it claims ---- */

static uint64_t
little(const char *p, unsigned bytes)
{
	uint64_t v = 0;
	for (unsigned i = bytes; i-- > 0;)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static bool
read_at(int fd, char *to, size_t n, uint64_t at)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = pread(fd, to + done, n - done, (off_t)(at + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}

/* The number of entries that the ZIP64 record claims, whose place the locator names. */
static bool
count_64(int fd, struct mn_str locator, uint64_t *n)
{
	char record[40];
	*n = 0;
	if (locator.n < 16)
		return true;
	if (!read_at(fd, record, sizeof record, little(locator.p + 8, 8)))
		return false;
	*n = little(record + 32, 8);
	return true;
}

/* Any end record in the tail may be the one that libzip takes, so each has to be within
 * bounds. */
static bool
claims_are_bounded(
    const struct mn_archive *z, int fd, struct mn_str tail, struct mn_err *err)
{
	for (size_t i = 0; i + 4 <= tail.n; i++) {
		struct mn_str at = mn_str_sub(tail, i, tail.n);
		uint64_t n = 0;
		if (mn_str_starts(at, MN_S(END64_MAGIC)) && !count_64(fd, at, &n))
			return damaged(z, "the end of the archive leads nowhere", err);
		if (mn_str_starts(at, MN_S(END_MAGIC)) && at.n >= END_BYTES)
			n = little(at.p + 10, 2);
		if (n > MN_ZIP_ENTRIES && n != 0xffff)
			return too_many(z, err);
	}
	return true;
}

static bool
check_end(const struct mn_archive *z, int fd, struct mn_arena scratch, struct mn_err *err)
{
	off_t size = lseek(fd, 0, SEEK_END);
	if (size < END_BYTES || lseek(fd, 0, SEEK_SET) != 0)
		return damaged(z, "the file is cut off", err);
	size_t n = size < TAIL_BYTES ? (size_t)size : TAIL_BYTES;
	char *tail = mn_arena_alloc(&scratch, 1, 1, n);
	if (!read_at(fd, tail, n, (uint64_t)size - n))
		return mn_fail_errno(err, errno, "read", z->file.p);
	return claims_are_bounded(z, fd, mn_str(tail, n), err);
}

/* ---- entries ---- */

/* A name as a path below the archive. Nothing is unpacked, so a name cannot do harm here;
 * but no spreadsheet program writes one that leads out, and who does means harm. */
static bool
entry_name(struct mn_arena *a, const char *raw, struct mn_str *out)
{
	char *p = mn_arena_cstr(a, mn_str_c(raw));
	struct mn_str name = mn_str_c(p);
	for (size_t i = 0; i < name.n; i++)
		if (p[i] == '\\')
			p[i] = '/';
	*out = name;
	if (name.n > MN_ZIP_NAME || mn_str_starts(name, MN_S("/")) ||
	    (name.n > 1 && p[1] == ':'))
		return false;
	for (struct mn_str rest = name; rest.p;)
		if (mn_str_eq(mn_str_cut(&rest, '/'), MN_S("..")))
			return false;
	return true;
}

static bool
read_entry(struct mn_archive *z, struct mn_arena *a, uint64_t i, struct mn_entry *e,
    struct mn_err *err)
{
	struct zip_stat st;
	if (zip_stat_index(z->zip, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME))
		return damaged(z, "its table of contents cannot be read", err);
	*e = (struct mn_entry){.index = i,
	    .packed = st.valid & ZIP_STAT_COMP_SIZE ? st.comp_size : 0,
	    .locked = st.valid & ZIP_STAT_ENCRYPTION_METHOD &&
		      st.encryption_method != ZIP_EM_NONE,
	    .strange =
		!(st.valid & ZIP_STAT_COMP_METHOD) ||
		(st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)};
	if (entry_name(a, st.name, &e->name))
		return true;
	return mn_fail(err, MN_E_FILE_DAMAGED,
	    "%.*s: a part is named \"%.*s\", which leads out of the archive",
	    MN_FMT(z->file), MN_FMT(mn_str_sub(e->name, 0, 60)));
}

static bool
read_entries(struct mn_archive *z, struct mn_arena *a, struct mn_err *err)
{
	zip_int64_t n = zip_get_num_entries(z->zip, 0);
	if (n > MN_ZIP_ENTRIES)
		return too_many(z, err);
	struct mn_entry *e = MN_NEW(a, struct mn_entry, n > 0 ? (size_t)n : 0);
	z->entry = e;
	for (zip_int64_t i = 0; i < n; i++)
		if (!read_entry(z, a, (uint64_t)i, &e[z->n++], err))
			return false;
	return true;
}

static bool
open_zip(struct mn_archive *z, int fd, struct mn_err *err)
{
	int code = 0, own = dup(fd);
	if (own < 0)
		return mn_fail_errno(err, errno, "open", z->file.p);
	z->zip = zip_fdopen(own, 0, &code); /* takes the descriptor when it succeeds */
	if (z->zip)
		return true;
	close(own);
	return damaged(z, "the archive is cut off or damaged", err);
}

bool
mn_archive_open(struct mn_arena *a, int fd, struct mn_str file, struct mn_archive *out,
    struct mn_err *err)
{
	*out = (struct mn_archive){.file = mn_arena_str(a, file)};
	if (check_end(out, fd, *a, err) && open_zip(out, fd, err) &&
	    read_entries(out, a, err))
		return true;
	mn_archive_close(out);
	return false;
}

void
mn_archive_close(struct mn_archive *z)
{
	if (z->zip)
		zip_discard(z->zip);
	z->zip = NULL;
}

const struct mn_entry *
mn_archive_find(const struct mn_archive *z, struct mn_str name)
{
	for (uint32_t i = 0; i < z->n; i++)
		if (mn_str_eq_ascii(z->entry[i].name, name))
			return &z->entry[i];
	return NULL;
}

/* ---- reading one ---- */

bool
mn_part_open(const struct mn_archive *z, const struct mn_entry *e, struct mn_part *out,
    struct mn_err *err)
{
	*out = (struct mn_part){.archive = z, .entry = e};
	if (e->locked)
		return mn_fail(err, MN_E_FILE_LOCKED, "%.*s", MN_FMT(z->file));
	/* The other methods may ask for gigabytes of memory before the first byte. */
	if (e->strange)
		return damaged(z, "it is packed as no spreadsheet program packs", err);
	out->file = zip_fopen_index(z->zip, e->index, 0);
	return out->file || damaged(z, zip_strerror(z->zip), err);
}

/* Counted here, whatever the archive claims: bytes, and what each packed byte became. */
static bool
within(const struct mn_part *p, struct mn_err *err)
{
	const struct mn_archive *z = p->archive;
	bool bomb =
	    p->bytes > MN_ZIP_RATIO_FROM && p->bytes / MN_ZIP_RATIO > p->entry->packed;
	if (p->bytes <= MN_ZIP_BYTES && !bomb)
		return true;
	return mn_fail(err, MN_E_FILE_LIMIT, "%.*s: its part %.*s unpacks to %s",
	    MN_FMT(z->file), MN_FMT(p->entry->name),
	    bomb ? "hundreds of times its size, as no table does" : "more than 4 GiB");
}

ssize_t
mn_part_read(struct mn_part *p, char *to, size_t n, struct mn_err *err)
{
	zip_int64_t got = zip_fread(p->file, to, n);
	if (got < 0) {
		damaged(p->archive, zip_file_strerror(p->file), err);
		return -1;
	}
	p->bytes += (uint64_t)got;
	return within(p, err) ? (ssize_t)got : -1;
}

void
mn_part_close(struct mn_part *p)
{
	if (p->file)
		zip_fclose(p->file);
	p->file = NULL;
}

/*
 * External sort of byte records. Records fill one block; a full block is sorted by an
 * index of (first 8 key bytes, offset) and written as a run to an unlinked file; the end
 * is a heap over the runs. One block that never fills is sorted and read in place.
 *
 * Record: u32 key length, u32 value length, key, value.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "manumit/base/buf.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#define READ_BYTES (64u << 10) /* per run while merging, grown for larger records */
#define LEAST_READ (4u << 10)  /* the same when there are very many runs */
#define MAX_VALUE (8u << 20)   /* bytes a value */
#define WRITE_BYTES (256u << 10)
/* What an item costs beside its record: itself, and half of it while sorting. */
#define ITEM_BYTES (sizeof(struct item) + sizeof(struct item) / 2)
#define MAX_RUNS 4096

struct item {
	uint64_t prefix; /* first 8 bytes of the key, big-endian, zero-padded */
	uint64_t at;     /* offset of the record in the block */
};

struct run {
	off_t next, end; /* in the spill file */
	char *buf;
	size_t at, n, cap;
	const char *rec; /* current record, NULL at the end */
	uint64_t prefix;
};

struct mn_xsort {
	int fd; /* spill file, -1: nothing spilled */
	off_t spilled;
	char *dir;
	char *block;
	size_t n, cap;
	struct item *item;
	size_t n_item, cap_item;
	uint64_t count;
	struct run *run;
	uint32_t *heap;
	uint32_t n_run, n_heap;
	size_t have; /* bytes of the block that are there */
	size_t next; /* item to hand out when nothing was spilled */
	bool finished, pending;
};

static uint32_t
u32_at(const char *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static struct mn_str
key_of(const char *rec)
{
	return mn_str(rec + 8, u32_at(rec));
}

static struct mn_str
value_of(const char *rec)
{
	return mn_str(rec + 8 + u32_at(rec), u32_at(rec + 4));
}

static size_t
size_of(const char *rec)
{
	return 8 + (size_t)u32_at(rec) + u32_at(rec + 4);
}

static uint64_t
prefix_of(struct mn_str key)
{
	uint64_t v = 0;
	for (size_t i = 0; i < 8; i++)
		v = v << 8 | (i < key.n ? (unsigned char)key.p[i] : 0);
	return v;
}

static int
compare(uint64_t pa, const char *a, uint64_t pb, const char *b)
{
	if (pa != pb)
		return pa < pb ? -1 : 1;
	int c = mn_str_cmp(key_of(a), key_of(b));
	return c ? c : mn_str_cmp(value_of(a), value_of(b));
}

static int
by_record(const void *pa, const void *pb, const void *ctx)
{
	const struct item *a = pa, *b = pb;
	const char *block = ctx;
	return compare(a->prefix, block + a->at, b->prefix, block + b->at);
}

struct mn_xsort *
mn_xsort_new(const char *dir, size_t memory_bytes, struct mn_err *err)
{
	struct mn_xsort *s = calloc(1, sizeof *s);
	size_t n = strlen(dir) + 1;
	char *copy = malloc(n);
	if (!s || !copy) {
		free(s);
		free(copy);
		mn_fail(err, MN_E_NOMEM, "sorting");
		return NULL;
	}
	memcpy(copy, dir, n);
	s->dir = copy;
	s->fd = -1;
	s->cap = memory_bytes < (4u << 20) ? (4u << 20) : memory_bytes;
	return s;
}

static bool
grow_items(struct mn_xsort *s, struct mn_err *err)
{
	size_t cap = s->cap_item ? 2 * s->cap_item : 1024;
	struct item *p = realloc(s->item, cap * sizeof *p);
	if (!p)
		return mn_fail(err, MN_E_NOMEM, "sorting %llu records",
		    (unsigned long long)s->count);
	s->item = p;
	s->cap_item = cap;
	return true;
}

static bool
sort_block(struct mn_xsort *s, struct mn_err *err)
{
	/* Not mn_arena_new: running out of memory is an error here, not the end. */
	size_t n = (s->n_item / 2 + 2) * sizeof *s->item;
	char *p = malloc(n);
	if (!p)
		return mn_fail(err, MN_E_NOMEM, "sorting");
	mn_sort(s->item, s->n_item, sizeof *s->item, by_record, s->block,
	    (struct mn_arena){p, p + n, NULL});
	free(p);
	return true;
}

/* A file that never had a name, so that a run that is killed leaves nothing behind; where
 * the file system knows no such files, one whose name is gone at once. */
static int
open_nameless(const char *dir, char *template)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	fd = mkostemp(template, O_CLOEXEC);
	if (fd >= 0)
		unlink(template);
	return fd;
}

static bool
open_spill(struct mn_xsort *s, struct mn_err *err)
{
	char path[4096];
	size_t n = strlen(s->dir);
	if (n + 16 > sizeof path)
		return mn_fail(err, MN_E_NOINPUT, "%s: path too long", s->dir);
	memcpy(path, s->dir, n);
	memcpy(path + n, "/spill-XXXXXX", 14);
	s->run = s->run ? s->run : calloc(MAX_RUNS, sizeof *s->run);
	s->heap = s->heap ? s->heap : calloc(MAX_RUNS, sizeof *s->heap);
	if (!s->run || !s->heap)
		return mn_fail(err, MN_E_NOMEM, "sorting");
	s->fd = open_nameless(s->dir, path);
	return s->fd >= 0 || mn_fail_errno(err, errno, "create", path);
}

static bool
write_all(struct mn_xsort *s, struct mn_str bytes, struct mn_err *err)
{
	while (bytes.n) {
		ssize_t n = pwrite(s->fd, bytes.p, bytes.n, s->spilled);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return mn_fail_errno(err, n < 0 ? errno : 0, "write", s->dir);
		s->spilled += n;
		bytes = mn_str_sub(bytes, (size_t)n, bytes.n);
	}
	return true;
}

/* Writes the block as one run. */
static bool
spill(struct mn_xsort *s, struct mn_err *err)
{
	struct mn_buf out = mn_buf_new(WRITE_BYTES + 8 + MN_MAX_KEY + MAX_VALUE);
	if (s->fd < 0 && !open_spill(s, err))
		return false;
	if (s->n_run == MAX_RUNS)
		return mn_fail(
		    err, MN_E_DATA, "too much to sort: more than %d runs", MAX_RUNS);
	if (!sort_block(s, err))
		return false;
	struct run *r = &s->run[s->n_run++];
	bool good = true;
	r->next = s->spilled;
	for (size_t i = 0; good && i < s->n_item; i++) {
		const char *rec = s->block + s->item[i].at;
		mn_buf_add(&out, mn_str(rec, size_of(rec)));
		if (out.failed)
			good = mn_fail(err, MN_E_NOMEM, "sorting");
		if (good && out.n > WRITE_BYTES) {
			good = write_all(s, mn_buf_str(&out), err);
			mn_buf_clear(&out);
		}
	}
	good = good && write_all(s, mn_buf_str(&out), err);
	mn_buf_free(&out);
	r->end = s->spilled;
	s->n = s->n_item = 0;
	return good;
}

/* The block grows by doubling up to its ceiling, so a small sort stays small. */
static bool
make_room(struct mn_xsort *s, size_t want, struct mn_err *err)
{
	if (s->n_item && s->n + want + (s->n_item + 1) * ITEM_BYTES > s->cap &&
	    !spill(s, err))
		return false;
	if (s->n + want <= s->have)
		return true;
	size_t cap = s->have ? s->have : (64u << 10);
	while (cap < s->n + want && cap < s->cap)
		cap *= 2;
	cap = cap > s->cap ? s->cap : cap;
	cap = cap < want ? want : cap; /* only in an empty block */
	char *p = realloc(s->block, cap);
	if (!p)
		return mn_fail(err, MN_E_NOMEM, "sorting");
	s->block = p;
	s->have = cap;
	return true;
}

bool
mn_xsort_add(
    struct mn_xsort *s, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	size_t want = 8 + key.n + value.n;
	if (key.n > MN_MAX_KEY || value.n > MAX_VALUE || s->finished)
		return mn_fail(
		    err, MN_E_BUG, "sort record of %zu + %zu bytes", key.n, value.n);
	if (!make_room(s, want, err))
		return false;
	if (s->n_item == s->cap_item && !grow_items(s, err))
		return false;
	char *rec = s->block + s->n;
	uint32_t k = (uint32_t)key.n, v = (uint32_t)value.n;
	memcpy(rec, &k, 4);
	memcpy(rec + 4, &v, 4);
	if (k)
		memcpy(rec + 8, key.p, k);
	if (v)
		memcpy(rec + 8 + k, value.p, v);
	s->item[s->n_item++] = (struct item){prefix_of(key), s->n};
	s->n += want;
	s->count++;
	return true;
}

uint64_t
mn_xsort_count(const struct mn_xsort *s)
{
	return s->count;
}

static bool
read_more(struct mn_xsort *s, struct run *r, struct mn_err *err)
{
	memmove(r->buf, r->buf + r->at, r->n - r->at);
	r->n -= r->at;
	r->at = 0;
	size_t room = r->cap - r->n;
	off_t left = r->end - r->next;
	size_t want = (off_t)room < left ? room : (size_t)left;
	while (want) {
		ssize_t n = pread(s->fd, r->buf + r->n, want, r->next);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return mn_fail_errno(err, n < 0 ? errno : EIO, "read", s->dir);
		r->n += (size_t)n;
		r->next += n;
		want -= (size_t)n;
	}
	return true;
}

/* Makes the record at r->at whole in memory; rec is NULL past the last. */
static bool
load_record(struct mn_xsort *s, struct run *r, struct mn_err *err)
{
	r->rec = NULL;
	if (r->n - r->at < 8 && !read_more(s, r, err))
		return false;
	if (r->n - r->at < 8)
		return true;
	size_t want = size_of(r->buf + r->at);
	if (want > r->cap) {
		char *p = realloc(r->buf, want);
		if (!p)
			return mn_fail(err, MN_E_NOMEM, "sorting");
		r->buf = p;
		r->cap = want;
	}
	if (r->n - r->at < want && !read_more(s, r, err))
		return false;
	if (r->n - r->at < want)
		return mn_fail(err, MN_E_IO, "%s: spill file cut short", s->dir);
	r->rec = r->buf + r->at;
	r->prefix = prefix_of(key_of(r->rec));
	return true;
}

static bool
less(const struct mn_xsort *s, uint32_t a, uint32_t b)
{
	const struct run *x = &s->run[a], *y = &s->run[b];
	int c = compare(x->prefix, x->rec, y->prefix, y->rec);
	return c < 0 || (c == 0 && a < b);
}

static void
sift(struct mn_xsort *s, uint32_t i)
{
	for (;;) {
		uint32_t c = 2 * i + 1;
		if (c >= s->n_heap)
			return;
		if (c + 1 < s->n_heap && less(s, s->heap[c + 1], s->heap[c]))
			c++;
		if (!less(s, s->heap[c], s->heap[i]))
			return;
		uint32_t t = s->heap[i];
		s->heap[i] = s->heap[c];
		s->heap[c] = t;
		i = c;
	}
}

static bool
open_runs(struct mn_xsort *s, struct mn_err *err)
{
	size_t cap = s->cap / s->n_run;
	cap = cap > READ_BYTES ? READ_BYTES : cap < LEAST_READ ? LEAST_READ : cap;
	for (uint32_t i = 0; i < s->n_run; i++) {
		struct run *r = &s->run[i];
		r->cap = cap;
		r->buf = malloc(r->cap);
		if (!r->buf)
			return mn_fail(err, MN_E_NOMEM, "sorting");
		if (!load_record(s, r, err))
			return false;
		if (r->rec)
			s->heap[s->n_heap++] = i;
	}
	for (uint32_t i = s->n_heap / 2; i-- > 0;)
		sift(s, i);
	return true;
}

bool
mn_xsort_finish(struct mn_xsort *s, struct mn_err *err)
{
	if (s->finished)
		return true;
	s->finished = true;
	s->next = 0;
	if (s->n_run == 0)
		return sort_block(s, err);
	bool good = s->n_item == 0 || spill(s, err);
	free(s->block);
	free(s->item);
	s->block = NULL;
	s->item = NULL;
	return good && open_runs(s, err);
}

static int
next_merged(
    struct mn_xsort *s, struct mn_str *key, struct mn_str *value, struct mn_err *err)
{
	if (s->pending) {
		struct run *last = &s->run[s->heap[0]];
		last->at += size_of(last->rec);
		if (!load_record(s, last, err))
			return -1;
		if (!last->rec)
			s->heap[0] = s->heap[--s->n_heap];
		sift(s, 0);
		s->pending = false;
	}
	if (s->n_heap == 0)
		return 0;
	const char *rec = s->run[s->heap[0]].rec;
	*key = key_of(rec);
	*value = value_of(rec);
	s->pending = true;
	return 1;
}

int
mn_xsort_next(
    struct mn_xsort *s, struct mn_str *key, struct mn_str *value, struct mn_err *err)
{
	if (s->n_run)
		return next_merged(s, key, value, err);
	if (s->next == s->n_item)
		return 0;
	const char *rec = s->block + s->item[s->next++].at;
	*key = key_of(rec);
	*value = value_of(rec);
	return 1;
}

void
mn_xsort_free(struct mn_xsort *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->n_run; i++)
		free(s->run[i].buf);
	if (s->fd >= 0)
		close(s->fd);
	free(s->run);
	free(s->heap);
	free(s->block);
	free(s->item);
	free(s->dir);
	free(s);
}

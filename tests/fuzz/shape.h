/*
 * Shared by targets that read documents of one standard: bytes become JSON of any shape,
 * made of the standard's members and of texts that it knows, and rows are read from it.
 */
#ifndef MN_FUZZ_SHAPE_H
#define MN_FUZZ_SHAPE_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/base/buf.h"
#include "manumit/text/utf8.h"

#include "known.h"

struct bytes {
	const uint8_t *p;
	size_t n;
	const char *const *key, *const *text;
	unsigned keys, texts;
	struct mn_buf out;
};

static unsigned
next(struct bytes *b, unsigned below)
{
	if (b->n == 0)
		return 0;
	b->n--;
	return *b->p++ % below;
}

static void put_value(struct bytes *b, unsigned depth);

static void
put_members(struct bytes *b, unsigned depth)
{
	for (unsigned i = 0, n = next(b, 7); i < n; i++) {
		mn_buf_fmt(&b->out, "%s\"%s\":", i ? "," : "", b->key[next(b, b->keys)]);
		put_value(b, depth + 1);
	}
}

static void
put_value(struct bytes *b, unsigned depth)
{
	unsigned what = b->n == 0 || depth > 9 ? 3 : next(b, 9);
	switch (what) {
	case 0:
	case 1:
	case 2:
		mn_buf_byte(&b->out, '{');
		put_members(b, depth);
		mn_buf_byte(&b->out, '}');
		break;
	case 4:
		mn_buf_fmt(&b->out, "%d", (int)next(b, 256) - 9);
		break;
	case 5:
		mn_buf_fmt(&b->out, "%u.%u", next(b, 256), next(b, 256));
		break;
	case 6:
	case 7:
		mn_buf_byte(&b->out, '[');
		for (unsigned i = 0, n = next(b, 5); i < n; i++) {
			mn_buf_fmt(&b->out, i ? "," : "");
			put_value(b, depth + 1);
		}
		mn_buf_byte(&b->out, ']');
		break;
	case 3:
		mn_buf_fmt(&b->out, next(b, 2) ? "null" : "true");
		break;
	default:
		mn_buf_fmt(&b->out, "\"%s\"", b->text[next(b, b->texts)]);
		break;
	}
}

/* Reads the document as rows; each of them has to pass. may_refuse: nothing in it may be
 * what was asked for. */
static void
read_as(const char *path, enum mn_kind kind, bool may_refuse,
    bool (*passes)(const struct mn_record *rec))
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more = -1;
	struct mn_input *in = mn_input_open(&a, mappings(), path, kind, &diag, &err);
	need(in != NULL || may_refuse);
	while (in && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1) {
		need(passes(&rec));
		need(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			need(mn_utf8_valid(rec.v[f]) == rec.v[f].n);
	}
	if (in) {
		const struct mn_input_info *i = mn_input_info(in);
		need(more == 0 || err.code == MN_E_FILE_TOO_BAD);
		need(i->rows == i->accepted + i->noted + i->quarantined);
		mn_input_close(in);
	}
	mn_arena_free(root);
}

/* What was written, as a file without a name; its descriptor is the caller's to close. */
static int
as_file(const struct bytes *b, char path[64])
{
	int fd = memfd_create("document", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, b->out.p, b->out.n) == (ssize_t)b->out.n);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

#endif

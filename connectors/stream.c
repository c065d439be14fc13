/* Files as streams of text. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unpack.h"
#include "stream.h"

#define BLOCK (1u << 17) /* read at once: stays in the cache until it is looked at */
#define PIECE (1u << 16) /* decoded at once, as well */
#define TEXT_MOST ((size_t)64 << 20) /* ceiling of the window; records end at 1 MiB */

static ssize_t
read_block(int fd, void *p, size_t n)
{
	ssize_t got;
	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

/* An unlinked temporary file, readable by nobody else. */
static int
temporary(const char *path, struct mn_err *err)
{
	FILE *f = tmpfile();
	int fd = f ? dup(fileno(f)) : -1;
	if (fd < 0)
		mn_fail_errno(err, errno, "create temporary file for", path);
	if (f)
		fclose(f);
	return fd;
}

static bool
copy(int from, int to, const char *path, struct mn_err *err)
{
	char block[65536];
	ssize_t n;
	while ((n = read_block(from, block, sizeof block)) > 0)
		for (ssize_t done = 0, w; done < n; done += w)
			if ((w = write(to, block + done, (size_t)(n - done))) <= 0)
				return mn_fail_errno(
				    err, w < 0 ? errno : 0, "copy", path);
	if (n < 0 || lseek(to, 0, SEEK_SET) != 0)
		return mn_fail_errno(err, errno, "read", path);
	return true;
}

/* Copies a pipe to a file without a name. */
static int
spool(int from, const char *path, struct mn_err *err)
{
	int to = temporary(path, err);
	if (to >= 0 && !copy(from, to, path, err)) {
		close(to);
		return -1;
	}
	return to;
}

int
mn_stream_file(const char *path, struct mn_err *err)
{
	struct stat st;
	bool is_stdin = mn_str_eq(mn_str_c(path), MN_S("-"));
	int fd = is_stdin ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		mn_fail_errno(err, errno, "open", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (S_ISDIR(st.st_mode)) {
		mn_fail(err, MN_E_NOINPUT, "%s: is a directory", path);
		close(fd);
		return -1;
	}
	if (S_ISREG(st.st_mode) && !is_stdin)
		return fd;
	int copy = spool(fd, path, err);
	close(fd);
	return copy;
}

static bool
unpack(mn_unpacker *fn, int from, int to, const char *path, bool apart,
    char sha256[MN_HEX256_CHARS + 1], uint64_t *packed, struct mn_err *err)
{
	struct mn_sha256 h;
	mn_sha256_init(&h);
	if (apart ? !mn_unpack_apart(fn, from, to, path, &h, packed, err)
		  : !fn(from, to, path, &h, packed, err))
		return false;
	if (*packed)
		mn_sha256_hex(&h, sha256);
	return lseek(to, 0, SEEK_SET) == 0 || mn_fail_errno(err, errno, "read", path);
}

bool
mn_stream_unpack(const char *path, int *fd, bool apart, char sha256[MN_HEX256_CHARS + 1],
    uint64_t *packed, struct mn_err *err)
{
	char head[MN_UNPACK_HEAD];
	ssize_t n = read_block(*fd, head, sizeof head);
	bool good = n >= 0 && lseek(*fd, 0, SEEK_SET) == 0;
	struct mn_str begin = mn_str(head, n > 0 ? (size_t)n : 0);
	mn_unpacker *fn = mn_gzip_begins(begin)  ? mn_gunzip
			  : mn_zip_begins(begin) ? mn_unzip
						 : NULL;
	*packed = 0;
	if (good && !fn)
		return true;
	int to = good ? temporary(path, err) : -1;
	if (!good)
		mn_fail_errno(err, errno, "read", path);
	good = to >= 0 && unpack(fn, *fd, to, path, apart, sha256, packed, err);
	bool as_it_is = good && *packed == 0;
	if (to >= 0 && (!good || as_it_is))
		close(to);
	if (as_it_is)
		return lseek(*fd, 0, SEEK_SET) == 0 ||
		       mn_fail_errno(err, errno, "read", path);
	close(*fd);
	*fd = good ? to : -1;
	return good;
}

int
mn_stream_take(struct mn_stream *s, struct mn_err *err)
{
	int fd = s->fd;
	s->fd = -1;
	if (lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	mn_fail_errno(err, errno, "read", s->path);
	close(fd);
	return -1;
}

static bool
first_pass(struct mn_stream *s, bool unhashed, struct mn_err *err)
{
	struct mn_sha256 h;
	struct mn_sniff sniff;
	ssize_t n;
	mn_sha256_init(&h);
	mn_sniff_init(&sniff);
	while ((n = read_block(s->fd, s->raw.p, BLOCK)) > 0) {
		struct mn_str block = mn_str(s->raw.p, (size_t)n);
		if (s->bytes == 0) {
			s->n_head = block.n < sizeof s->head ? block.n : sizeof s->head;
			memcpy(s->head, block.p, s->n_head);
		}
		s->bytes += block.n;
		if (!unhashed)
			mn_sha256_add(&h, block);
		/* What a package holds is not text, however it goes on. */
		if (s->bytes == block.n || !mn_sniff_package(&sniff))
			mn_sniff_add(&sniff, block);
	}
	if (n < 0 || lseek(s->fd, 0, SEEK_SET) != 0)
		return mn_fail_errno(err, errno, "read", s->path);
	if (!unhashed)
		mn_sha256_hex(&h, s->sha256);
	struct mn_guess *g = &s->guess;
	if (mn_sniff_package(&sniff))
		*g = (struct mn_guess){.encoding = MN_ENC_UTF8,
		    .trust = MN_TRUST_CERTAIN,
		    .binary = true,
		    .why = "its format says so"};
	else
		mn_sniff_end(&sniff, g);
	if (s->said != MN_ENC_COUNT)
		*g = (struct mn_guess){.encoding = s->said,
		    .binary = mn_sniff_package(&sniff),
		    .ascii = g->ascii};
	return true;
}

static bool
new_decoder(struct mn_stream *s, struct mn_err *err)
{
	mn_decoder_free(s->decoder);
	s->decoder = mn_decoder_new(s->guess.encoding, err);
	if (s->decoder && s->guess.mixed)
		mn_decoder_mixed(s->decoder);
	return s->decoder != NULL;
}

bool
mn_stream_open(struct mn_stream *s, const char *path, int fd, bool unhashed,
    enum mn_encoding said, struct mn_err *err)
{
	*s = (struct mn_stream){.path = path,
	    .fd = fd,
	    .said = said,
	    .line = 1,
	    .raw = mn_buf_new(BLOCK),
	    .text = mn_buf_new(TEXT_MOST)};
	if (!mn_buf_room(&s->raw, BLOCK))
		return mn_fail(err, MN_E_NOMEM, "%s", path);
	if (!first_pass(s, unhashed, err))
		return false;
	return new_decoder(s, err);
}

/* What was added behind `had`, and what was left before it; nothing that was consumed. */
static void
take_back(struct mn_stream *s, size_t had)
{
	size_t from = had - (s->twice_left < had ? s->twice_left : had);
	from = from < s->at ? s->at : from;
	s->text.n = from + mn_utf8_take_back(s->text.p + from, s->text.n - from, s->eof,
			       &s->twice_left);
}

bool
mn_stream_fill(struct mn_stream *s, size_t n, struct mn_err *err)
{
	if (s->at > 0 && s->text.n - s->at < n && !s->eof) {
		memmove(s->text.p, s->text.p + s->at, s->text.n - s->at);
		s->text.n -= s->at;
		s->at = 0;
	}
	while (!s->eof && s->text.n - s->at < n) {
		ssize_t got = read_block(s->fd, s->raw.p, PIECE);
		if (got < 0)
			return mn_fail_errno(err, errno, "read", s->path);
		s->eof = got == 0;
		size_t had = s->text.n;
		mn_decoder_add(
		    s->decoder, mn_str(s->raw.p, (size_t)got), s->eof, &s->text);
		if (s->guess.twice && !s->text.failed)
			take_back(s, had);
		if (s->text.failed)
			return mn_fail(err, MN_E_NOMEM, "%s", s->path);
	}
	return true;
}

struct mn_str
mn_stream_text(const struct mn_stream *s)
{
	return mn_str_sub(mn_buf_str(&s->text), s->at, s->text.n);
}

/* Line ends in n bytes of p; CR LF is one, also when its LF is one of the `room` bytes
 * that follow. */
static uint64_t
line_ends(const char *p, size_t n, size_t room)
{
	uint64_t lines = 0;
	const char *end = p + n;
	for (const char *q = p; (q = memchr(q, '\n', (size_t)(end - q))); q++)
		lines++;
	for (const char *q = p; (q = memchr(q, '\r', (size_t)(end - q))); q++)
		lines += !(q + 1 < end + room && q[1] == '\n');
	return lines;
}

static void
consume(struct mn_stream *s, size_t n)
{
	s->at += n;
	s->consumed += n;
	if (s->guess.mixed && mn_decoder_stray(s->decoder, s->consumed))
		s->stray = true;
}

void
mn_stream_skip(struct mn_stream *s, size_t n)
{
	if (n)
		s->line += line_ends(s->text.p + s->at, n, s->text.n - s->at - n);
	consume(s, n);
}

void
mn_stream_skip_line(struct mn_stream *s, size_t n)
{
	s->line++;
	consume(s, n);
}

bool
mn_stream_rewind(struct mn_stream *s, struct mn_err *err)
{
	if (!new_decoder(s, err))
		return false;
	if (lseek(s->fd, 0, SEEK_SET) != 0)
		return mn_fail_errno(err, errno, "read", s->path);
	mn_buf_clear(&s->text);
	s->at = 0;
	s->consumed = 0;
	s->twice_left = 0;
	s->line = 1;
	s->eof = false;
	return true;
}

void
mn_stream_close(struct mn_stream *s)
{
	if (s->fd >= 0)
		close(s->fd);
	mn_decoder_free(s->decoder);
	mn_buf_free(&s->raw);
	mn_buf_free(&s->text);
	s->decoder = NULL;
	s->fd = -1;
	s->path = NULL;
}

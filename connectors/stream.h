/*
 * Private to the room: a file as a stream of records. First pass: size, SHA-256,
 * encoding. Second pass: UTF-8 text, cut into records with their line numbers. A gzip
 * file is unpacked before; only its digest and size are those of the packed bytes.
 */
#ifndef MN_CONNECTORS_STREAM_H
#define MN_CONNECTORS_STREAM_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"
#include "manumit/base/hash.h"
#include "manumit/text/decode.h"

struct mn_stream {
	const char *path;
	int fd;
	struct mn_decoder *decoder;
	struct mn_buf raw, text;
	size_t at;     /* consumed bytes of text */
	uint64_t line; /* line on which the byte at `at` stands, from 1 */
	bool eof;
	/* after mn_stream_open */
	char sha256[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	enum mn_encoding said; /* by the user; MN_ENC_COUNT: nothing */
	struct mn_guess guess; /* also of what was said */
	bool stray;            /* set when text with a stray byte is consumed */
	uint64_t consumed;     /* bytes of text */
	char head[512];        /* the first bytes as they are in the file */
	size_t n_head;
	size_t twice_left; /* of text encoded twice: bytes at its end still to be taken
			      back */
};

/* A descriptor of the file, for mn_stream_open; -1 err. "-" and pipes are copied to an
 * unlinked temporary file first, because they are read twice. */
int mn_stream_file(const char *path, struct mn_err *err);
/* If the file is packed by gzip, or a zip archive of one file, *fd becomes one of what is
 * in it, in a temporary file; sha256 and *packed: of the packed bytes (0: it is not
 * packed). apart: by a child. False, err, and *fd closed. */
bool mn_stream_unpack(const char *path, int *fd, bool apart,
    char sha256[MN_HEX256_CHARS + 1], uint64_t *packed, struct mn_err *err);
/* Takes the descriptor over, also when it fails. Unhashed: sha256 stays empty. said: the
 * encoding, or MN_ENC_COUNT to detect it. */
bool mn_stream_open(struct mn_stream *s, const char *path, int fd, bool unhashed,
    enum mn_encoding said, struct mn_err *err);
/* Makes at least n more bytes of text available unless the file ends before. */
bool mn_stream_fill(struct mn_stream *s, size_t n, struct mn_err *err);
/* What is available now. Borrowed until the next call. */
struct mn_str mn_stream_text(const struct mn_stream *s);
/* Consumes n bytes, counting lines (CR, LF and CR LF end one). */
void mn_stream_skip(struct mn_stream *s, size_t n);
/* The same when they are known to be one line and its end. */
void mn_stream_skip_line(struct mn_stream *s, size_t n);
/* The descriptor, at its beginning, taken out of the stream; -1 err. */
int mn_stream_take(struct mn_stream *s, struct mn_err *err);
/* Back to the first byte. */
bool mn_stream_rewind(struct mn_stream *s, struct mn_err *err);
void mn_stream_close(struct mn_stream *s);

#endif

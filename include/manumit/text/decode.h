/*
 * Foreign encodings to UTF-8 (ICU converters). Detection is by byte order mark, then by
 * validity as UTF-8, else Windows-1252; more guesses come with more formats, and a guess
 * is always reported. Thread rule: one converter, one thread.
 */
#ifndef MN_TEXT_DECODE_H
#define MN_TEXT_DECODE_H

#include "manumit/base/buf.h"
#include "manumit/base/err.h"

enum mn_encoding {
	MN_ENC_UTF8,
	MN_ENC_UTF8_BOM,
	MN_ENC_UTF16LE, /* with or without mark */
	MN_ENC_UTF16BE,
	MN_ENC_CP1252,
	MN_ENC_COUNT
};
/* "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "windows-1252". */
const char *mn_encoding_name(enum mn_encoding e);

/* Collects what is needed to name the encoding of a file that is seen in pieces. */
struct mn_sniff {
	unsigned char head[4];
	size_t n_head;      /* bytes in head */
	uint64_t bytes;     /* seen */
	uint64_t nul, ctrl; /* NUL bytes; control bytes other than \t \n \r \f 0x1A */
	char tail[4];       /* an unfinished character at the end of the last piece */
	size_t n_tail;
	bool bad_utf8;
};
void mn_sniff_init(struct mn_sniff *s);
void mn_sniff_add(struct mn_sniff *s, struct mn_str piece);
/* The encoding of what was seen; *binary is set when it does not look like text at all
 * (more than 1 in 64 bytes NUL or control, and no UTF-16 mark; or a zip, PDF, OLE head).
 */
enum mn_encoding mn_sniff_end(struct mn_sniff *s, bool *binary);

struct mn_decoder;
/* NULL and err only when the converter cannot be had. */
struct mn_decoder *mn_decoder_new(enum mn_encoding e, struct mn_err *err);
/* Appends the UTF-8 of piece to out; bytes that mean nothing become U+FFFD and are
 * counted. A mark at the very beginning is dropped. `last` flushes. */
void mn_decoder_add(
    struct mn_decoder *d, struct mn_str piece, bool last, struct mn_buf *out);
uint64_t mn_decoder_bad(const struct mn_decoder *d);
void mn_decoder_free(struct mn_decoder *d);
/* Appends name and version of the library, for `manumit doctor`. */
void mn_text_library(struct mn_buf *out);

#endif

/*
 * Foreign encodings to UTF-8 (ICU converters), and naming the encoding of a file. Naming
 * is conservative and says why: a mark, validity as UTF-8, what the file declares, and
 * only then what its letters look like in each encoding (guess.c). Windows-1252 wins
 * every tie. Thread rule: one converter, one thread.
 */
#ifndef MN_TEXT_DECODE_H
#define MN_TEXT_DECODE_H

#include "manumit/base/buf.h"
#include "manumit/base/err.h"

/* Windows code pages stand for the ISO 8859 parts they extend (1252: 8859-1, 1254:
 * 8859-9, 874: TIS-620). */
enum mn_encoding {
	MN_ENC_UTF8,
	MN_ENC_UTF8_BOM,
	MN_ENC_UTF16LE, /* with or without mark */
	MN_ENC_UTF16BE,
	MN_ENC_CP1252,
	MN_ENC_CP1250,
	MN_ENC_CP1251,
	MN_ENC_CP1253,
	MN_ENC_CP1254,
	MN_ENC_CP1255,
	MN_ENC_CP1256,
	MN_ENC_CP1257,
	MN_ENC_CP1258,
	MN_ENC_CP874,
	MN_ENC_KOI8R,
	MN_ENC_KOI8U,
	MN_ENC_CP437,
	MN_ENC_CP850,
	MN_ENC_CP852,
	MN_ENC_CP866,
	MN_ENC_MACROMAN,
	MN_ENC_ISO2,
	MN_ENC_ISO3,
	MN_ENC_ISO4,
	MN_ENC_ISO5,
	MN_ENC_ISO6,
	MN_ENC_ISO7,
	MN_ENC_ISO8,
	MN_ENC_ISO10,
	MN_ENC_ISO13,
	MN_ENC_ISO14,
	MN_ENC_ISO15,
	MN_ENC_GB18030,
	MN_ENC_BIG5,
	MN_ENC_CP932,
	MN_ENC_EUCJP,
	MN_ENC_EUCKR,
	MN_ENC_ISO2022JP,
	MN_ENC_COUNT
};
/* "UTF-8", "UTF-8 with BOM", "windows-1252", "GB18030", ... */
const char *mn_encoding_name(enum mn_encoding e);
/* By its name or a common other one ("latin1", "cp932", "gbk"), in any case and with or
 * without '-' and '_'. False: none; *nearest is the nearest known name or NULL. */
bool mn_encoding_find(struct mn_str name, enum mn_encoding *out, const char **nearest);

/* How sure the name of an encoding is. */
enum mn_trust {
	MN_TRUST_SAID,    /* by the user or the layout */
	MN_TRUST_CERTAIN, /* a mark, valid UTF-8, or nothing outside ASCII */
	MN_TRUST_LIKELY,
	MN_TRUST_GUESS
};
const char *mn_trust_name(enum mn_trust t); /* "given", "certain", "likely", "a guess" */

struct mn_guess {
	enum mn_encoding encoding;
	enum mn_trust trust;
	bool binary; /* no text at all: more than 1 in 64 bytes NUL or control and no
		      * UTF-16; or the head of a zip, PDF, OLE file */
	bool mixed;  /* UTF-8 with stray bytes, which are windows-1252 */
	bool ascii;  /* nothing outside ASCII */
	bool twice;  /* UTF-8 that was encoded as UTF-8 once more */
	char why[96];
};

#define MN_SNIFF_SAMPLE 32768

/* Collects what is needed to name the encoding of a file that is seen in pieces. */
struct mn_sniff {
	char head[1024];
	size_t n_head;
	uint64_t bytes;                /* seen */
	uint64_t nul[2], ctrl, escape; /* NULs by parity of their place; control bytes */
	uint64_t multi, bad;           /* well-formed UTF-8 characters, stray bytes */
	char tail[4]; /* an unfinished character at the end of the last piece */
	size_t n_tail;
	char sample[MN_SNIFF_SAMPLE]; /* lines with bytes outside ASCII */
	size_t n_sample;
};
void mn_sniff_init(struct mn_sniff *s);
void mn_sniff_add(struct mn_sniff *s, struct mn_str piece);
void mn_sniff_end(struct mn_sniff *s, struct mn_guess *out);
/* Does it begin as a zip, PDF, OLE or gzip file does? These are no text in any encoding.
 */
bool mn_sniff_package(const struct mn_sniff *s);

/* The encoding in which the sample's letters make most sense; guess->why says which
 * language they look like. Declared: what the file says of itself, or MN_ENC_COUNT. */
void mn_guess_letters(
    struct mn_str sample, enum mn_encoding declared, struct mn_guess *guess);

/* Is this UTF-8 sample text that was encoded twice? */
bool mn_utf8_is_twice(struct mn_str s);
/* Takes the second encoding of the n bytes at p back, in place, and gives how many are
 * left; *left of them, at the end, were not looked at, because the next piece may go on
 * with them (never when it is the last). */
size_t mn_utf8_take_back(char *p, size_t n, bool last, size_t *left);

struct mn_decoder;
/* NULL and err only when the converter cannot be had. */
struct mn_decoder *mn_decoder_new(enum mn_encoding e, struct mn_err *err);
/* Of UTF-8: a stray byte is read as windows-1252 and its place remembered. */
void mn_decoder_mixed(struct mn_decoder *d);
/* Appends the UTF-8 of piece to out; bytes that mean nothing become U+FFFD and are
 * counted. A mark at the very beginning is dropped. `last` flushes. */
void mn_decoder_add(
    struct mn_decoder *d, struct mn_str piece, bool last, struct mn_buf *out);
uint64_t mn_decoder_bad(const struct mn_decoder *d);
/* Was there a stray byte in the output before the place `to` (counted from the beginning
 * of the file)? Forgets those before it, so ask in order. */
bool mn_decoder_stray(struct mn_decoder *d, uint64_t to);
void mn_decoder_free(struct mn_decoder *d);
/* Appends name and version of the library, for `manumit doctor`. */
void mn_text_library(struct mn_buf *out);

#endif

/* Naming an encoding, and converting from it by ICU. */
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/uversion.h>

#include "manumit/base/arena.h"
#include "manumit/text/decode.h"
#include "manumit/text/utf8.h"

static const struct {
	const char *name, *icu; /* icu NULL: UTF-8, no converter */
} ENCODING[MN_ENC_COUNT] = {
    [MN_ENC_UTF8] = {"UTF-8", NULL},
    [MN_ENC_UTF8_BOM] = {"UTF-8 with BOM", NULL},
    [MN_ENC_UTF16LE] = {"UTF-16LE", "UTF-16LE"},
    [MN_ENC_UTF16BE] = {"UTF-16BE", "UTF-16BE"},
    /* ICU asks for this name because plain "windows-1252" is ambiguous there. */
    [MN_ENC_CP1252] = {"windows-1252", "ibm-5348_P100-1997"},
};

const char *
mn_encoding_name(enum mn_encoding e)
{
	return e < MN_ENC_COUNT ? ENCODING[e].name : "unknown";
}

/* ---- sniffing ---- */

void
mn_sniff_init(struct mn_sniff *s)
{
	*s = (struct mn_sniff){0};
}

/* The first byte past the ASCII text at the beginning; control bytes are counted. */
static void
count_controls(struct mn_sniff *s, struct mn_str piece)
{
	for (size_t i = 0; i < piece.n; i++) {
		unsigned char c = (unsigned char)piece.p[i];
		if (c >= 0x20)
			continue;
		if (c == 0)
			s->nul++;
		else if (c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a)
			s->ctrl++;
	}
}

/* How many bytes a character that starts with c has; 1 for anything odd. */
static size_t
wanted_bytes(unsigned char c)
{
	return c < 0xc2 || c > 0xf4 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* Completes the character left over from the last piece. */
static struct mn_str
finish_tail(struct mn_sniff *s, struct mn_str piece)
{
	while (
	    s->n_tail && piece.n && s->n_tail < wanted_bytes((unsigned char)s->tail[0])) {
		s->tail[s->n_tail++] = piece.p[0];
		piece = mn_str(piece.p + 1, piece.n - 1);
	}
	if (s->n_tail && s->n_tail == wanted_bytes((unsigned char)s->tail[0])) {
		if (mn_utf8_valid(mn_str(s->tail, s->n_tail)) != s->n_tail)
			s->bad_utf8 = true;
		s->n_tail = 0;
	}
	return piece;
}

void
mn_sniff_add(struct mn_sniff *s, struct mn_str piece)
{
	for (size_t i = 0; i < piece.n && s->n_head < sizeof s->head; i++)
		s->head[s->n_head++] = (unsigned char)piece.p[i];
	s->bytes += piece.n;
	count_controls(s, piece);
	if (s->bad_utf8)
		return;
	piece = finish_tail(s, piece);
	size_t good = mn_utf8_valid(piece), left = piece.n - good;
	if (left == 0)
		return;
	if (left < wanted_bytes((unsigned char)piece.p[good])) {
		memcpy(s->tail, piece.p + good, left);
		s->n_tail = left;
	} else {
		s->bad_utf8 = true;
	}
}

static bool
head_is(const struct mn_sniff *s, const char *magic, size_t n)
{
	return s->n_head >= n && memcmp(s->head, magic, n) == 0;
}

/* UTF-16 without a mark: ASCII at the head and a NUL beside at least every second byte
 * pair. Text in other scripts needs the mark. */
static bool
unmarked_utf16(const struct mn_sniff *s, unsigned low)
{
	return s->n_head == 4 && s->bytes % 2 == 0 && s->nul >= s->bytes / 4 &&
	       s->head[low] && s->head[low + 2] && !s->head[1 - low] && !s->head[3 - low];
}

enum mn_encoding
mn_sniff_end(struct mn_sniff *s, bool *binary)
{
	*binary = false;
	if (s->n_tail)
		s->bad_utf8 = true;
	if (head_is(s, "\xff\xfe", 2))
		return MN_ENC_UTF16LE;
	if (head_is(s, "\xfe\xff", 2))
		return MN_ENC_UTF16BE;
	if (unmarked_utf16(s, 0))
		return MN_ENC_UTF16LE;
	if (unmarked_utf16(s, 1))
		return MN_ENC_UTF16BE;
	*binary = s->nul + s->ctrl > s->bytes / 64 || head_is(s, "PK\x03\x04", 4) ||
		  head_is(s, "%PDF", 4) || head_is(s, "\xd0\xcf\x11\xe0", 4) ||
		  head_is(s, "\x1f\x8b", 2);
	if (head_is(s, "\xef\xbb\xbf", 3))
		return MN_ENC_UTF8_BOM;
	return s->bad_utf8 ? MN_ENC_CP1252 : MN_ENC_UTF8;
}

/* ---- converting ---- */

struct mn_decoder {
	enum mn_encoding enc;
	UConverter *from; /* NULL for UTF-8 */
	uint64_t bad;
	bool begun;   /* the place of a mark is behind us */
	char tail[4]; /* UTF-8 only: an unfinished character */
	size_t n_tail;
};

/* Called by ICU for bytes without meaning: counted, shown as U+FFFD. */
static void
bad_bytes(const void *ctx, UConverterToUnicodeArgs *args, const char *units, int32_t n,
    UConverterCallbackReason why, UErrorCode *err)
{
	static const UChar SHOWN[] = {0xfffd};
	struct mn_decoder *d;
	(void)units;
	(void)n;
	if (why > UCNV_IRREGULAR)
		return;
	memcpy(&d, &ctx, sizeof d);
	d->bad++;
	*err = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, SHOWN, 1, 0, err);
}

struct mn_decoder *
mn_decoder_new(enum mn_encoding e, struct mn_err *err)
{
	UErrorCode st = U_ZERO_ERROR;
	struct mn_decoder *d = mn_handle_new(sizeof *d);
	if (!d) {
		mn_fail(err, MN_E_NOMEM, "decoder");
		return NULL;
	}
	d->enc = e;
	if (!ENCODING[e].icu)
		return d;
	d->from = ucnv_open(ENCODING[e].icu, &st);
	if (U_SUCCESS(st))
		ucnv_setToUCallBack(d->from, bad_bytes, d, NULL, NULL, &st);
	if (U_SUCCESS(st))
		return d;
	mn_fail(err, MN_E_CONFIG, "no converter for %s: %s", ENCODING[e].name,
	    u_errorName(st));
	mn_decoder_free(d);
	return NULL;
}

/* Appends one UTF-16 unit string as UTF-8. In windows-1252 five bytes have no meaning;
 * ICU passes them as C1 controls. */
static void
add_units(struct mn_decoder *d, const UChar *u, size_t n, struct mn_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t c = u[i];
		if (c < 0x80) {
			mn_buf_byte(out, (char)c);
			continue;
		}
		if (d->enc == MN_ENC_CP1252 && c < 0xa0) {
			d->bad++;
			c = 0xfffd;
		}
		if ((c & 0xfc00) == 0xd800 && i + 1 < n)
			c = 0x10000 + ((c & 0x3ff) << 10) + (u[++i] & 0x3ffu);
		char b[4];
		size_t k = 0;
		if (c < 0x800) {
			b[k++] = (char)(0xc0 | c >> 6);
		} else if (c < 0x10000) {
			b[k++] = (char)(0xe0 | c >> 12);
			b[k++] = (char)(0x80 | (c >> 6 & 0x3f));
		} else {
			b[k++] = (char)(0xf0 | c >> 18);
			b[k++] = (char)(0x80 | (c >> 12 & 0x3f));
			b[k++] = (char)(0x80 | (c >> 6 & 0x3f));
		}
		b[k++] = (char)(0x80 | (c & 0x3f));
		mn_buf_add(out, mn_str(b, k));
	}
}

static void
add_converted(struct mn_decoder *d, struct mn_str piece, bool last, struct mn_buf *out)
{
	const char *p = piece.p ? piece.p : "", *end = p + piece.n;
	UErrorCode st;
	/* One place is kept free so that a surrogate pair never straddles two rounds. */
	UChar unit[2048], held = 0;
	do {
		UChar *u = unit, *stop = unit + countof(unit);
		st = U_ZERO_ERROR;
		if (held)
			*u++ = held;
		held = 0;
		ucnv_toUnicode(d->from, &u, stop, &p, end, NULL, last, &st);
		size_t n = (size_t)(u - unit), skip = 0;
		if (n && st == U_BUFFER_OVERFLOW_ERROR &&
		    (unit[n - 1] & 0xfc00) == 0xd800)
			held = unit[--n];
		if (n && !d->begun && unit[0] == 0xfeff)
			skip = 1;
		d->begun = d->begun || n > 0;
		add_units(d, unit + skip, n - skip, out);
	} while (st == U_BUFFER_OVERFLOW_ERROR);
}

/* Valid text is copied, an unfinished character at the end waits for the next piece. */
static void
add_utf8(struct mn_decoder *d, struct mn_str s, bool last, struct mn_buf *out)
{
	while (s.n) {
		size_t good = mn_utf8_valid(s);
		struct mn_str head = mn_str(s.p, good);
		if (!d->begun && mn_str_starts(head, MN_S("\xef\xbb\xbf")))
			head = mn_str_sub(head, 3, head.n);
		d->begun = d->begun || good > 0;
		mn_buf_add(out, head);
		s = mn_str(s.p + good, s.n - good);
		if (s.n == 0)
			return;
		if (!last && s.n < wanted_bytes((unsigned char)s.p[0])) {
			memcpy(d->tail, s.p, s.n);
			d->n_tail = s.n;
			return;
		}
		mn_buf_add(out, MN_S("\xef\xbf\xbd"));
		d->begun = true;
		d->bad++;
		s = mn_str(s.p + 1, s.n - 1);
	}
}

void
mn_decoder_add(struct mn_decoder *d, struct mn_str piece, bool last, struct mn_buf *out)
{
	if (d->from) {
		add_converted(d, piece, last, out);
		return;
	}
	/* A character cut between two pieces is put together in a few bytes of its own.
	 */
	while (d->n_tail && piece.n) {
		char joined[8];
		size_t n = d->n_tail;
		memcpy(joined, d->tail, n);
		joined[n++] = piece.p[0];
		piece = mn_str(piece.p + 1, piece.n - 1);
		d->n_tail = 0;
		add_utf8(d, mn_str(joined, n), last && piece.n == 0, out);
	}
	if (d->n_tail && last) {
		char rest[4];
		size_t n = d->n_tail;
		memcpy(rest, d->tail, n);
		d->n_tail = 0;
		add_utf8(d, mn_str(rest, n), true, out);
	}
	add_utf8(d, piece, last, out);
}

uint64_t
mn_decoder_bad(const struct mn_decoder *d)
{
	return d->bad;
}

void
mn_decoder_free(struct mn_decoder *d)
{
	if (d && d->from)
		ucnv_close(d->from);
	mn_handle_free(d);
}

void
mn_text_library(struct mn_buf *out)
{
	UVersionInfo v;
	char text[U_MAX_VERSION_STRING_LENGTH];
	u_getVersion(v);
	u_versionToString(v, text);
	mn_buf_fmt(out, "ICU %s", text);
}

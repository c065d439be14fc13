/* Converting to UTF-8 by ICU. */
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/uversion.h>

#include "manumit/base/arena.h"
#include "manumit/text/utf8.h"

#include "encoding.h"

/* Places remembered at once: a window of text has no more bytes. Past them, rows are read
 * as well, without the remark. */
#define MAX_STRAY ((size_t)4 << 20)

struct mn_decoder {
	UConverter *from; /* NULL for UTF-8 */
	uint64_t bad;
	bool single;         /* C1 controls stand for bytes without meaning */
	bool begun;          /* the place of a mark is behind us */
	bool mixed;          /* stray bytes of UTF-8 are windows-1252 */
	uint64_t out;        /* bytes written so far */
	struct mn_buf stray; /* uint64_t: places of stray bytes in the output */
	size_t stray_at;
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
	d->single = mn_encoding_row(e)->single;
	d->stray = mn_buf_new(MAX_STRAY * sizeof(uint64_t));
	if (!mn_encoding_row(e)->icu)
		return d;
	d->from = ucnv_open(mn_encoding_row(e)->icu, &st);
	if (U_SUCCESS(st))
		ucnv_setToUCallBack(d->from, bad_bytes, d, NULL, NULL, &st);
	if (U_SUCCESS(st))
		return d;
	mn_fail(err, MN_E_CONFIG, "no converter for %s: %s", mn_encoding_name(e),
	    u_errorName(st));
	mn_decoder_free(d);
	return NULL;
}

/* Appends one UTF-16 unit string as UTF-8. Bytes without meaning in a code page ICU
 * passes as C1 controls. */
static void
add_units(struct mn_decoder *d, const UChar *u, size_t n, struct mn_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t c = u[i];
		if (c < 0x80) {
			mn_buf_byte(out, (char)c);
			continue;
		}
		if (d->single && c >= 0x80 && c < 0xa0) {
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

/* A byte that is no UTF-8. */
static void
stray_byte(struct mn_decoder *d, unsigned char c, struct mn_buf *out)
{
	char text[4];
	uint32_t meant = d->mixed ? mn_cp1252_char(c) : 0xfffd;
	uint64_t at = d->out + out->n;
	d->bad += meant == 0xfffd;
	mn_buf_add(out, mn_str(text, mn_utf8_put(meant, text)));
	if (d->mixed && meant != 0xfffd)
		mn_buf_add(&d->stray, mn_str((const char *)&at, sizeof at));
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
		if (!last && s.n < mn_utf8_wanted((unsigned char)s.p[0])) {
			memcpy(d->tail, s.p, s.n);
			d->n_tail = s.n;
			return;
		}
		stray_byte(d, (unsigned char)s.p[0], out);
		d->begun = true;
		s = mn_str(s.p + 1, s.n - 1);
	}
}

void
mn_decoder_mixed(struct mn_decoder *d)
{
	d->mixed = true;
}

static void
add_any_utf8(struct mn_decoder *d, struct mn_str piece, bool last, struct mn_buf *out)
{
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

void
mn_decoder_add(struct mn_decoder *d, struct mn_str piece, bool last, struct mn_buf *out)
{
	size_t had = out->n;
	d->out -= had;
	if (d->from)
		add_converted(d, piece, last, out);
	else
		add_any_utf8(d, piece, last, out);
	d->out += out->n;
}

bool
mn_decoder_stray(struct mn_decoder *d, uint64_t to)
{
	bool any = false;
	uint64_t at;
	while (d->stray.n - d->stray_at >= sizeof at) {
		memcpy(&at, d->stray.p + d->stray_at, sizeof at);
		if (at >= to)
			break;
		any = true;
		d->stray_at += sizeof at;
	}
	/* What is behind is forgotten once it is most of what is kept. */
	if (d->stray_at > d->stray.n / 2) {
		d->stray.n -= d->stray_at;
		memmove(d->stray.p, d->stray.p + d->stray_at, d->stray.n);
		d->stray_at = 0;
	}
	return any;
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
	if (d)
		mn_buf_free(&d->stray);
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

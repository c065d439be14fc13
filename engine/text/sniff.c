/* Naming the encoding of a file: marks, validity, and what the file says of itself. What
 * only its letters can tell is left to guess.c. */
#include <endian.h>

#include <stdio.h>

#include "manumit/text/utf8.h"

#include "encoding.h"

void
mn_sniff_init(struct mn_sniff *s)
{
	memset(s, 0, offsetof(struct mn_sniff, sample));
	s->n_sample = 0;
}

/* ---- counting ---- */

#define EACH(c) (0x0101010101010101ULL * (c))

/* How many of the eight bytes at p are plain: neither below 0x20 nor from 0x80. */
static size_t
plain_bytes(const char *p)
{
	uint64_t word;
	memcpy(&word, p, 8);
	word = le64toh(word);
	/* Behind the first one that is not, bits may be wrong. */
	uint64_t odd = ((word - EACH(0x20)) | word) & EACH(0x80);
	return odd ? (size_t)__builtin_ctzll(odd) / 8 : 8;
}

/* NULs and controls other than TAB, LF, CR, FF and Ctrl-Z; ESC apart. */
static void
count_controls(struct mn_sniff *s, struct mn_str piece)
{
	for (size_t i = 0; i < piece.n; i++) {
		size_t plain = 8;
		while (piece.n - i >= 8 && (plain = plain_bytes(piece.p + i)) == 8)
			i += 8;
		i += plain < 8 ? plain : 0;
		if (i == piece.n)
			break;
		unsigned char c = (unsigned char)piece.p[i];
		if (c >= 0x20)
			continue;
		if (c == 0)
			s->nul[(s->bytes + i) & 1]++;
		else if (c == 0x1b)
			s->escape++;
		else if (c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a)
			s->ctrl++;
	}
}

static uint64_t
characters(struct mn_str valid)
{
	uint64_t n = 0;
	size_t i = 0;
	for (; valid.n - i >= 8; i += 8) {
		uint64_t word;
		memcpy(&word, valid.p + i, 8);
		word &= word << 1 & EACH(0x80);
		n += (word >> 7) * EACH(1) >> 56;
	}
	for (; i < valid.n; i++)
		n += (unsigned char)valid.p[i] >= 0xc0;
	return n;
}

/* Completes the character left over from the last piece. */
static struct mn_str
finish_tail(struct mn_sniff *s, struct mn_str piece)
{
	size_t want = s->n_tail ? mn_utf8_wanted((unsigned char)s->tail[0]) : 0;
	while (s->n_tail && s->n_tail < want && piece.n) {
		s->tail[s->n_tail++] = piece.p[0];
		piece = mn_str(piece.p + 1, piece.n - 1);
	}
	if (s->n_tail == 0 || s->n_tail < want)
		return piece;
	struct mn_str tail = mn_str(s->tail, s->n_tail);
	s->n_tail = 0;
	if (mn_utf8_valid(tail) == tail.n)
		s->multi++;
	else
		s->bad++;
	return piece;
}

static void
count_utf8(struct mn_sniff *s, struct mn_str piece)
{
	piece = finish_tail(s, piece);
	while (piece.n) {
		size_t good = mn_utf8_valid(piece);
		s->multi += characters(mn_str(piece.p, good));
		piece = mn_str(piece.p + good, piece.n - good);
		if (piece.n == 0)
			break;
		if (piece.n < mn_utf8_wanted((unsigned char)piece.p[0])) {
			memcpy(s->tail, piece.p, piece.n);
			s->n_tail = piece.n;
			break;
		}
		s->bad++;
		piece = mn_str(piece.p + 1, piece.n - 1);
	}
}

static size_t
first_high(struct mn_str s, size_t from)
{
	for (; s.n - from >= 8; from += 8) {
		uint64_t word;
		memcpy(&word, s.p + from, 8);
		if (word & EACH(0x80))
			break;
	}
	while (from < s.n && (unsigned char)s.p[from] < 0x80)
		from++;
	return from;
}

/* Lines with bytes outside ASCII, at most half of the room a piece, so that the sample
 * reaches over the file. */
static void
take_sample(struct mn_sniff *s, struct mn_str piece)
{
	size_t most = s->n_sample + (sizeof s->sample - s->n_sample) / 2, at = 0;
	while (s->n_sample < most && (at = first_high(piece, at)) < piece.n) {
		size_t from = at, to = at;
		while (from > 0 && piece.p[from - 1] != '\n' && at - from < 512)
			from--;
		while (to < piece.n && piece.p[to] != '\n' && to - at < 512)
			to++;
		/* A line cut at its beginning may start inside a character. */
		if (from > 0 && piece.p[from - 1] != '\n')
			from = at;
		struct mn_str line = mn_str_sub(piece, from, to - from);
		if (line.n >= most - s->n_sample)
			return;
		memcpy(s->sample + s->n_sample, line.p, line.n);
		s->n_sample += line.n;
		s->sample[s->n_sample++] = '\n';
		while (to < piece.n && piece.p[to] != '\n')
			to++;
		at = to;
	}
}

void
mn_sniff_add(struct mn_sniff *s, struct mn_str piece)
{
	size_t room = sizeof s->head - s->n_head, n = piece.n < room ? piece.n : room;
	if (n)
		memcpy(s->head + s->n_head, piece.p, n);
	s->n_head += n;
	count_controls(s, piece);
	take_sample(s, piece);
	count_utf8(s, piece);
	s->bytes += piece.n;
}

/* ---- naming ---- */

static bool
head_is(const struct mn_sniff *s, const char *magic, size_t n)
{
	return s->n_head >= n && memcmp(s->head, magic, n) == 0;
}

/* UTF-16 without a mark: delimiters and line ends alone give every 32nd byte a NUL, and
 * all of them in the high half of their unit. */
static bool
unmarked_utf16(const struct mn_sniff *s, unsigned high)
{
	return s->bytes % 2 == 0 && s->nul[high] > s->bytes / 32 &&
	       s->nul[1 - high] <= s->nul[high] / 64 && s->ctrl <= s->bytes / 256;
}

/* charset=NAME or encoding="NAME" near the beginning of a page or XML file. */
static enum mn_encoding
declared(const struct mn_sniff *s)
{
	static const struct mn_str KEYS[] = {MN_S("charset="), MN_S("encoding=")};
	struct mn_str head = mn_str_trim(mn_str(s->head, s->n_head));
	enum mn_encoding e;
	const char *nearest;
	for (size_t k = 0; k < countof(KEYS) && head.n && head.p[0] == '<'; k++) {
		size_t at = mn_str_find(head, KEYS[k]);
		if (at == SIZE_MAX)
			continue;
		struct mn_str name = mn_str_sub(head, at + KEYS[k].n, head.n);
		if (name.n && (name.p[0] == '"' || name.p[0] == '\''))
			name = mn_str_sub(name, 1, name.n);
		size_t n = 0;
		while (n < name.n && !strchr("\"' >;/?\r\n", name.p[n]))
			n++;
		if (mn_encoding_find(mn_str(name.p, n), &e, &nearest))
			return e;
	}
	return MN_ENC_COUNT;
}

/* Old programs of the Macintosh end lines with CR alone. */
static bool
of_macintosh(const struct mn_sniff *s)
{
	return memchr(s->head, '\r', s->n_head) && !memchr(s->head, '\n', s->n_head);
}

static void
name_it(struct mn_guess *g, enum mn_encoding e, enum mn_trust t, const char *why)
{
	g->encoding = e;
	g->trust = t;
	snprintf(g->why, sizeof g->why, "%s", why);
}

bool
mn_sniff_package(const struct mn_sniff *s)
{
	return head_is(s, "PK\x03\x04", 4) || head_is(s, "%PDF", 4) ||
	       head_is(s, "\xd0\xcf\x11\xe0", 4) || head_is(s, "\x1f\x8b", 2);
}

static bool
no_text(const struct mn_sniff *s)
{
	return s->nul[0] + s->nul[1] + s->ctrl > s->bytes / 64 || mn_sniff_package(s);
}

/* Well-formed characters are no accident when they outnumber stray bytes by far, or when
 * the stray bytes are Latin ones, whose text makes few such pairs. */
static bool
is_mixed(const struct mn_sniff *s, const struct mn_guess *g)
{
	return s->multi >= 4 * s->bad ||
	       (s->multi * 2 >= s->bad && g->encoding == MN_ENC_CP1252);
}

void
mn_sniff_end(struct mn_sniff *s, struct mn_guess *g)
{
	*g = (struct mn_guess){.encoding = MN_ENC_UTF8};
	s->bad += s->n_tail > 0;
	if (head_is(s, "\xff\xfe", 2)) {
		name_it(g, MN_ENC_UTF16LE, MN_TRUST_CERTAIN, "byte order mark");
	} else if (head_is(s, "\xfe\xff", 2)) {
		name_it(g, MN_ENC_UTF16BE, MN_TRUST_CERTAIN, "byte order mark");
	} else if (unmarked_utf16(s, 1)) {
		name_it(g, MN_ENC_UTF16LE, MN_TRUST_LIKELY, "a NUL in every other place");
	} else if (unmarked_utf16(s, 0)) {
		name_it(g, MN_ENC_UTF16BE, MN_TRUST_LIKELY, "a NUL in every other place");
	} else if (s->bad == 0) {
		g->binary = no_text(s);
		g->ascii = s->multi == 0;
		if (head_is(s, "\xef\xbb\xbf", 3))
			name_it(g, MN_ENC_UTF8_BOM, MN_TRUST_CERTAIN, "byte order mark");
		else if (s->escape > 1 && g->ascii)
			name_it(g, MN_ENC_ISO2022JP, MN_TRUST_LIKELY, "escape sequences");
		else
			name_it(g, MN_ENC_UTF8, MN_TRUST_CERTAIN,
			    g->ascii ? "nothing outside ASCII" : "valid UTF-8");
		g->twice = g->encoding != MN_ENC_ISO2022JP && !g->ascii &&
			   mn_utf8_is_twice(mn_str(s->sample, s->n_sample));
		if (g->twice)
			name_it(g, g->encoding, MN_TRUST_LIKELY,
			    "encoded twice, and taken back once");
	} else {
		g->binary = no_text(s);
		enum mn_encoding said = declared(s);
		bool mac = said == MN_ENC_COUNT && of_macintosh(s);
		mn_guess_letters(
		    mn_str(s->sample, s->n_sample), mac ? MN_ENC_MACROMAN : said, g);
		if (mac && g->encoding == MN_ENC_MACROMAN)
			name_it(g, g->encoding, MN_TRUST_LIKELY,
			    "lines end as on old Macintoshes");
		g->mixed = head_is(s, "\xef\xbb\xbf", 3) || is_mixed(s, g);
		if (g->mixed)
			name_it(g, MN_ENC_UTF8, MN_TRUST_LIKELY,
			    "UTF-8 with stray bytes, read as windows-1252");
	}
}

/*
 * Plain JSON without the library, for files of millions of small objects: no allocation a
 * value, no copy of a text without escapes. What is read here the library reads alike,
 * which tests/prop/prop_json.c shows; everything else is left to it.
 */
#include "json_impl.h"

#define PENDING 512 /* values of maps and lists that are not closed yet */
#define MOST 8192   /* values of a text */
#define DEEPEST 16
#define DIGITS 18   /* of a whole number: fits 64 bits */
#define FRACTION 40 /* bytes of another */
#define KEY_SETS 256

struct reader {
	const unsigned char *p, *end;
	struct mn_arena *a;
	uint32_t n, pending;
	struct mn_json stack[PENDING];
};

static bool value(struct reader *r, unsigned level, struct mn_json *out);

static void
blanks(struct reader *r)
{
	while (r->p < r->end &&
	       (*r->p == ' ' || *r->p == '\n' || *r->p == '\t' || *r->p == '\r'))
		r->p++;
}

/* The next byte that is no blank is taken if it is c. */
static bool
taken(struct reader *r, char c)
{
	blanks(r);
	if (r->p == r->end || *r->p != (unsigned char)c)
		return false;
	r->p++;
	return true;
}

/* ---- texts ---- */

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))
#define HAS_ZERO(x) (((x)-EACH(1)) & ~(x)&EACH(0x80))

/* Bytes of p that are ASCII letters of a text, by eights. */
static const unsigned char *
skip_letters(const unsigned char *p, const unsigned char *end)
{
	uint64_t w;
	for (; end - p >= 8; p += 8) {
		memcpy(&w, p, 8);
		uint64_t special = (w & EACH(0x80)) | HAS_ZERO(w ^ EACH('"')) |
				   HAS_ZERO(w ^ EACH('\\')) |
				   ((w - EACH(0x20)) & ~w & EACH(0x80));
		if (special)
			break;
	}
	while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* Bytes of the character at p, which is no ASCII; 0: none (Unicode 15, table 3-7). */
static size_t
character(const unsigned char *p, const unsigned char *end)
{
	unsigned char c = p[0], lo = 0x80, hi = 0xbf;
	size_t n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (c < 0xc2 || c > 0xf4 || (size_t)(end - p) < n)
		return 0;
	lo = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : lo;
	hi = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : hi;
	if (p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static int32_t
hex4(const unsigned char *p)
{
	int32_t v = 0;
	for (int i = 0; i < 4; i++) {
		unsigned char c = p[i], low = c | 0x20;
		int d = c >= '0' && c <= '9'       ? c - '0'
			: low >= 'a' && low <= 'f' ? low - 'a' + 10
						   : -1;
		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

/* Writes the character of the "\uXXXX" whose digits begin at p; half characters and NUL
 * are not plain. */
static char *
put_unicode(const unsigned char *p, char *to)
{
	int32_t c = hex4(p);
	if (c <= 0 || (c >= 0xd800 && c < 0xe000))
		return NULL;
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 0x3f));
	} else {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	}
	return to;
}

static bool
unescape(const unsigned char *p, const unsigned char *end, struct mn_arena *a,
    struct mn_json *out)
{
	static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
	char *beg = mn_arena_alloc(a, 1, 1, (size_t)(end - p)), *to = beg;
	while (p < end) {
		const unsigned char *next = memchr(p, '\\', (size_t)(end - p));
		size_t n = (size_t)((next ? next : end) - p);
		memcpy(to, p, n);
		to += n;
		p += n;
		if (!next)
			break;
		const char *which = memchr(FROM, p[1], sizeof FROM - 1);
		if (which) {
			*to++ = TO[which - FROM];
			p += 2;
		} else if (p[1] == 'u' && end - p >= 6 && (to = put_unicode(p + 2, to))) {
			p += 6;
		} else {
			return false;
		}
	}
	out->text = beg;
	out->n = (size_t)(to - beg);
	return true;
}

/* Behind the opening quote. */
static bool
text(struct reader *r, struct mn_json *out)
{
	const unsigned char *from = r->p, *p = from;
	bool escapes = false;
	for (;;) {
		p = skip_letters(p, r->end);
		if (p == r->end || *p < 0x20)
			return false;
		if (*p == '"')
			break;
		if (*p == '\\') {
			escapes = true;
			p += 2;
			if (p > r->end)
				return false;
			continue;
		}
		size_t n = character(p, r->end);
		if (n == 0)
			return false;
		p += n;
	}
	r->p = p + 1;
	out->type = MN_JSON_STR;
	if (escapes)
		return unescape(from, p, r->a, out);
	out->text = (const char *)from;
	out->n = (size_t)(p - from);
	return true;
}

/* ---- numbers and words ---- */

static bool
digits(struct reader *r)
{
	const unsigned char *from = r->p;
	while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
		r->p++;
	return r->p > from;
}

/* Does a value end here? */
static bool
ends(const struct reader *r)
{
	return r->p < r->end && memchr(",]} \n\r\t", *r->p, 7);
}

static bool
whole(const unsigned char *p, const unsigned char *end, bool minus, struct mn_json *out)
{
	int64_t v = 0;
	if (end - p > DIGITS || (minus && *p == '0'))
		return false;
	for (; p < end; p++)
		v = v * 10 + (*p - '0');
	out->type = MN_JSON_INT;
	out->whole = minus ? -v : v;
	return true;
}

static bool
number(struct reader *r, struct mn_json *out)
{
	const unsigned char *from = r->p;
	bool minus = *r->p == '-';
	r->p += minus;
	const unsigned char *first = r->p;
	if (!digits(r) || (*first == '0' && r->p - first > 1))
		return false;
	if (ends(r))
		return whole(first, r->p, minus, out);
	if (r->p == r->end || *r->p++ != '.' || !digits(r) || !ends(r))
		return false;
	out->type = MN_JSON_REAL;
	out->text = (const char *)from;
	out->n = (size_t)(r->p - from);
	return out->n <= FRACTION;
}

static bool
word(struct reader *r, const char *w, enum mn_json_type type, struct mn_json *out)
{
	size_t n = strlen(w);
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, w, n) != 0)
		return false;
	r->p += n;
	out->type = type;
	out->yes = w[0] == 't';
	return ends(r);
}

/* ---- maps and lists ---- */

/* Keys that share a number are compared with all before them. */
static bool
twice(const struct mn_json *child, uint32_t n)
{
	uint64_t seen[KEY_SETS / 64] = {0};
	for (uint32_t i = 0; i < n; i++) {
		const struct mn_json *c = &child[i];
		const unsigned char *k = (const unsigned char *)c->key;
		uint32_t m = c->key_n, h = m * 7;
		if (m)
			h += k[0] + k[m / 2] * 31u + k[m - 1] * 57u;
		h %= KEY_SETS;
		if (seen[h / 64] >> h % 64 & 1)
			for (uint32_t j = 0; j < i; j++)
				if (child[j].key_n == m &&
				    memcmp(child[j].key, c->key, m) == 0)
					return true;
		seen[h / 64] |= (uint64_t)1 << h % 64;
	}
	return false;
}

/* A value that has come to the top of the stack. */
static struct mn_json *
push(struct reader *r)
{
	if (r->pending == PENDING || ++r->n > MOST)
		return NULL;
	struct mn_json *c = &r->stack[r->pending++];
	*c = (struct mn_json){0};
	return c;
}

static bool
member(struct reader *r, unsigned level)
{
	struct mn_json name = {0}, *c = push(r);
	if (!c || !taken(r, '"') || !text(r, &name) || name.n > UINT32_MAX ||
	    !taken(r, ':'))
		return false;
	c->key = name.text;
	c->key_n = (uint32_t)name.n;
	return value(r, level, c);
}

static bool
item(struct reader *r, unsigned level)
{
	struct mn_json *c = push(r);
	return c && value(r, level, c);
}

/* Behind the opening bracket. */
static bool
group(struct reader *r, bool map, unsigned level, struct mn_json *out)
{
	char close = map ? '}' : ']';
	uint32_t from = r->pending;
	if (level == DEEPEST)
		return false;
	if (!taken(r, close)) {
		do {
			if (!(map ? member(r, level + 1) : item(r, level + 1)))
				return false;
		} while (taken(r, ','));
		if (!taken(r, close))
			return false;
	}
	out->type = map ? MN_JSON_MAP : MN_JSON_LIST;
	out->n = r->pending - from;
	out->child = MN_NEW(r->a, struct mn_json, out->n);
	if (out->n)
		memcpy(out->child, &r->stack[from], out->n * sizeof *out->child);
	r->pending = from;
	return !map || !twice(out->child, (uint32_t)out->n);
}

/* Recursion: DEEPEST. */
static bool
value(struct reader *r, unsigned level, struct mn_json *out)
{
	blanks(r);
	if (r->p == r->end)
		return false;
	switch (*r->p) {
	case '"':
		r->p++;
		return text(r, out);
	case '{':
	case '[':
		return group(r, *r->p++ == '{', level, out);
	case 't':
		return word(r, "true", MN_JSON_BOOL, out);
	case 'f':
		return word(r, "false", MN_JSON_BOOL, out);
	case 'n':
		return word(r, "null", MN_JSON_NULL, out);
	default:
		return number(r, out);
	}
}

struct mn_json *
mn_json_plain(struct mn_arena *a, struct mn_str s, size_t *used)
{
	struct reader r;
	struct mn_arena had = *a;
	const unsigned char *beg = (const unsigned char *)s.p;
	r.p = beg;
	r.end = beg + s.n;
	r.a = a;
	r.n = r.pending = 0;
	blanks(&r);
	struct mn_json_root *root = MN_NEW(a, struct mn_json_root, 1);
	if (r.p < r.end && (*r.p == '{' || *r.p == '[') && value(&r, 0, &root->v)) {
		*used = (size_t)(r.p - beg);
		return &root->v;
	}
	*a = had;
	return NULL;
}

/* Records: typed views, content keys, stored form. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"
#include "manumit/model/record.h"

#define VERSION 1

void
mn_record_clear(struct mn_record *r)
{
	/* For a size it knows the compiler writes a loop of its own, which takes twice
	 * the time of the library's; and that one takes twice the time for more than 2 KB
	 * at once. Each row is cleared. */
	size_t n = sizeof *r / 2;
	__asm__("" : "+r"(n));
	memset(r, 0, n);
	memset((char *)r + n, 0, sizeof *r - n);
}

bool
mn_record_day(const struct mn_record *r, enum mn_field f, int32_t *day)
{
	return r->v[f].n && mn_day_parse_iso(r->v[f], day);
}

bool
mn_record_count(const struct mn_record *r, enum mn_field f, int64_t *n)
{
	return r->v[f].n && mn_str_i64(r->v[f], n) && *n >= 0;
}

bool
mn_record_e4(const struct mn_record *r, enum mn_field f, int64_t *e4)
{
	return r->v[f].n && mn_str_decimal(r->v[f], 4, e4);
}

struct mn_str
mn_e4_text(struct mn_arena *a, int64_t e4)
{
	uint64_t u = e4 < 0 ? 0 - (uint64_t)e4 : (uint64_t)e4;
	struct mn_str s = mn_arena_fmt(a, "%s%llu.%04llu", e4 < 0 ? "-" : "",
	    (unsigned long long)(u / 10000), (unsigned long long)(u % 10000));
	while (s.n && s.p[s.n - 1] == '0')
		s.n--;
	return s.p[s.n - 1] == '.' ? mn_str_sub(s, 0, s.n - 1) : s;
}

bool
mn_record_q16(const struct mn_record *r, enum mn_field f, int64_t *q16)
{
	return r->v[f].n && mn_fx_parse(r->v[f], q16);
}

int
mn_record_choice(const struct mn_record *r, enum mn_field f)
{
	struct mn_str rest = mn_str_c(mn_field_def(f)->choices);
	if (r->v[f].n == 0)
		return -1;
	for (int i = 0; rest.p; i++)
		if (mn_str_eq(mn_str_cut(&rest, '|'), r->v[f]))
			return i;
	return -1;
}

int
mn_record_bool(const struct mn_record *r, enum mn_field f)
{
	if (mn_str_eq(r->v[f], MN_S("yes")))
		return 1;
	return mn_str_eq(r->v[f], MN_S("no")) ? 0 : -1;
}

struct mn_key
mn_record_key(const struct mn_record *r, uint32_t occurrence)
{
	struct mn_str part[2 * MN_F_COUNT + 1];
	char head[5] = {(char)r->kind, (char)(occurrence >> 24), (char)(occurrence >> 16),
	    (char)(occurrence >> 8), (char)occurrence};
	size_t n = 0;
	part[n++] = mn_str(head, sizeof head);
	for (unsigned f = 0; f < MN_F_COUNT; f++) {
		if (r->v[f].n == 0)
			continue;
		part[n++] = mn_str_c(mn_field_def((enum mn_field)f)->name);
		part[n++] = r->v[f];
	}
	return mn_hash128(part, n);
}

/* A field's number and length; returns what follows. */
static char *
put_head(char *p, unsigned field, size_t n)
{
	*p++ = (char)field;
	for (; n >= 0x80; n >>= 7)
		*p++ = (char)(0x80 | (n & 0x7f));
	*p++ = (char)n;
	return p;
}

/* Bytes of it. */
static inline size_t
head_bytes(size_t n)
{
	size_t bytes = 2;
	for (; n >= 0x80; n >>= 7)
		bytes++;
	return bytes;
}

/* Nearly all values are short, and a call would take longer than the copy. */
static inline char *
put_value(char *p, struct mn_str v)
{
	if (v.n > 16) {
		memcpy(p, v.p, v.n);
	} else if (v.n >= 8) {
		memcpy(p, v.p, 8);
		memcpy(p + v.n - 8, v.p + v.n - 8, 8);
	} else if (v.n >= 4) {
		memcpy(p, v.p, 4);
		memcpy(p + v.n - 4, v.p + v.n - 4, 4);
	} else {
		p[0] = v.p[0];
		p[v.n / 2] = v.p[v.n / 2];
		p[v.n - 1] = v.p[v.n - 1];
	}
	return p + v.n;
}

static size_t
get_length(struct mn_get *g)
{
	size_t n = 0;
	if (!g->bad && g->p < g->end && *g->p < 0x80)
		return *g->p++;
	for (unsigned shift = 0; shift < 35; shift += 7) {
		uint8_t b = mn_get_u8(g);
		n |= (size_t)(b & 0x7f) << shift;
		if (!(b & 0x80))
			return n;
	}
	g->bad = true;
	return 0;
}

/* Bit i: field f + i has a value, of the eight (at the end fewer) from f. */
static inline unsigned
filled_of_eight(const struct mn_record *r, unsigned f)
{
	const struct mn_str *v = &r->v[f];
	unsigned bits = 0;
	if (f + 8 <= MN_F_COUNT) {
		/* Most fields are empty. */
		if (!(v[0].n | v[1].n | v[2].n | v[3].n | v[4].n | v[5].n | v[6].n |
			v[7].n))
			return 0;
		return (v[0].n != 0) | (unsigned)(v[1].n != 0) << 1 |
		       (unsigned)(v[2].n != 0) << 2 | (unsigned)(v[3].n != 0) << 3 |
		       (unsigned)(v[4].n != 0) << 4 | (unsigned)(v[5].n != 0) << 5 |
		       (unsigned)(v[6].n != 0) << 6 | (unsigned)(v[7].n != 0) << 7;
	}
	for (unsigned i = 0; f + i < MN_F_COUNT; i++)
		bits |= (unsigned)(v[i].n != 0) << i;
	return bits;
}

/* The fields that have a value, in order, and the bytes of the stored form. */
static unsigned
filled(const struct mn_record *r, uint8_t field[MN_F_COUNT], size_t *bytes)
{
	unsigned n = 0;
	*bytes = 2; /* version, kind */
	for (unsigned f = 0; f < MN_F_COUNT; f += 8)
		for (unsigned bits = filled_of_eight(r, f); bits; bits &= bits - 1) {
			unsigned at = f + (unsigned)__builtin_ctz(bits);
			field[n++] = (uint8_t)at;
			*bytes += head_bytes(r->v[at].n) + r->v[at].n;
		}
	return n;
}

_Static_assert(MN_F_COUNT <= 256, "a field's number takes one byte");

static unsigned
encode(const struct mn_record *r, uint8_t field[MN_F_COUNT], struct mn_buf *out)
{
	size_t bytes;
	unsigned n = filled(r, field, &bytes);
	char *p = mn_buf_room(out, bytes);
	if (!p)
		return n;
	out->n += bytes;
	*p++ = VERSION;
	*p++ = (char)r->kind;
	for (unsigned i = 0; i < n; i++) {
		p = put_head(p, field[i], r->v[field[i]].n);
		p = put_value(p, r->v[field[i]]);
	}
	return n;
}

void
mn_record_encode(const struct mn_record *r, struct mn_buf *out)
{
	uint8_t field[MN_F_COUNT];
	encode(r, field, out);
}

void
mn_record_take(struct mn_record *r, struct mn_buf *out)
{
	uint8_t field[MN_F_COUNT];
	unsigned n = encode(r, field, out);
	for (unsigned i = 0; i < n; i++)
		r->v[field[i]] = MN_STR_NONE;
}

bool
mn_record_decode(
    struct mn_str bytes, mn_rid rid, struct mn_record *out, struct mn_err *err)
{
	struct mn_get g = mn_get(bytes);
	uint8_t version = mn_get_u8(&g), kind = mn_get_u8(&g);
	int last = -1;
	mn_record_clear(out);
	out->rid = rid;
	out->kind = (enum mn_kind)kind;
	g.bad = g.bad || version != VERSION || kind >= MN_K_COUNT;
	while (!g.bad && g.p < g.end) {
		int f = mn_get_u8(&g);
		size_t n = get_length(&g);
		if (g.bad || f <= last || f >= MN_F_COUNT || n == 0 ||
		    n > (size_t)(g.end - g.p)) {
			g.bad = true;
			break;
		}
		out->v[f] = mn_str((const char *)g.p, n);
		g.p += n;
		last = f;
	}
	return mn_get_done(&g) || mn_fail(err, MN_E_STORE, "damaged record");
}

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
	 * the time of the library's; each row is cleared twice. */
	size_t n = sizeof *r;
	__asm__("" : "+r"(n));
	memset(r, 0, n);
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

#define HEAD_MOST 11 /* bytes of a field's number and length */

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

static bool
none_of_eight(const struct mn_record *r, unsigned f)
{
	const struct mn_str *v = &r->v[f];
	return f + 8 <= MN_F_COUNT &&
	       !(v[0].n | v[1].n | v[2].n | v[3].n | v[4].n | v[5].n | v[6].n | v[7].n);
}

/* Records are written by the million and most are short, so they are put together here
 * and added in one piece; a value that does not fit is added by itself. */
void
mn_record_encode(const struct mn_record *r, struct mn_buf *out)
{
	char room[4096], *p = room, *end = room + sizeof room;
	*p++ = VERSION;
	*p++ = (char)r->kind;
	for (unsigned f = 0; f < MN_F_COUNT; f++) {
		/* Most fields are empty. */
		if (f % 8 == 0 && none_of_eight(r, f)) {
			f += 7;
			continue;
		}
		struct mn_str v = r->v[f];
		if (v.n == 0)
			continue;
		if ((size_t)(end - p) < HEAD_MOST + v.n) {
			mn_buf_add(out, mn_str(room, (size_t)(p - room)));
			p = room;
		}
		p = put_head(p, f, v.n);
		if ((size_t)(end - p) >= v.n) {
			memcpy(p, v.p, v.n);
			p += v.n;
			continue;
		}
		mn_buf_add(out, mn_str(room, (size_t)(p - room)));
		mn_buf_add(out, v);
		p = room;
	}
	mn_buf_add(out, mn_str(room, (size_t)(p - room)));
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

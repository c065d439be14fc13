/* Big-endian packing. */
#include "manumit/model/codec.h"

static void
put_bytes(struct mn_buf *b, uint64_t v, unsigned n)
{
	char raw[8];
	for (unsigned i = 0; i < n; i++)
		raw[i] = (char)(v >> (8 * (n - 1 - i)));
	mn_buf_add(b, mn_str(raw, n));
}

void
mn_put_u8(struct mn_buf *b, uint8_t v)
{
	mn_buf_byte(b, (char)v);
}

void
mn_put_u16(struct mn_buf *b, uint16_t v)
{
	put_bytes(b, v, 2);
}

void
mn_put_u32(struct mn_buf *b, uint32_t v)
{
	put_bytes(b, v, 4);
}

void
mn_put_u64(struct mn_buf *b, uint64_t v)
{
	put_bytes(b, v, 8);
}

void
mn_put_i64(struct mn_buf *b, int64_t v)
{
	put_bytes(b, (uint64_t)v ^ (uint64_t)1 << 63, 8);
}

void
mn_put_eid(struct mn_buf *b, struct mn_eid id)
{
	mn_put_u64(b, id.hi);
	mn_put_u64(b, id.lo);
}

void
mn_put_key(struct mn_buf *b, struct mn_key k)
{
	mn_put_u64(b, k.hi);
	mn_put_u64(b, k.lo);
}

void
mn_put_str(struct mn_buf *b, struct mn_str s)
{
	if (s.n > UINT32_MAX) {
		b->failed = true;
		return;
	}
	mn_put_u32(b, (uint32_t)s.n);
	mn_buf_add(b, s);
}

struct mn_get
mn_get(struct mn_str s)
{
	const unsigned char *p = (const unsigned char *)(s.p ? s.p : "");
	return (struct mn_get){p, p + s.n, false};
}

static uint64_t
get_bytes(struct mn_get *g, unsigned n)
{
	uint64_t v = 0;
	if (g->bad || (size_t)(g->end - g->p) < n) {
		g->bad = true;
		return 0;
	}
	for (unsigned i = 0; i < n; i++)
		v = v << 8 | *g->p++;
	return v;
}

uint16_t
mn_get_u16(struct mn_get *g)
{
	return (uint16_t)get_bytes(g, 2);
}

uint32_t
mn_get_u32(struct mn_get *g)
{
	return (uint32_t)get_bytes(g, 4);
}

uint64_t
mn_get_u64(struct mn_get *g)
{
	return get_bytes(g, 8);
}

int64_t
mn_get_i64(struct mn_get *g)
{
	uint64_t v = get_bytes(g, 8);
	return g->bad ? 0 : (int64_t)(v ^ (uint64_t)1 << 63);
}

struct mn_eid
mn_get_eid(struct mn_get *g)
{
	uint64_t hi = get_bytes(g, 8), lo = get_bytes(g, 8);
	return (struct mn_eid){hi, lo};
}

struct mn_key
mn_get_key(struct mn_get *g)
{
	uint64_t hi = get_bytes(g, 8), lo = get_bytes(g, 8);
	return (struct mn_key){hi, lo};
}

struct mn_str
mn_get_str(struct mn_get *g)
{
	uint32_t n = mn_get_u32(g);
	if (g->bad || (size_t)(g->end - g->p) < n) {
		g->bad = true;
		return MN_STR_NONE;
	}
	struct mn_str s = mn_str((const char *)g->p, n);
	g->p += n;
	return s;
}

bool
mn_get_done(const struct mn_get *g)
{
	return !g->bad && g->p == g->end;
}

/* One row of any section as bytes and back, by its descriptor. */
#include "pack_impl.h"

static void
encode_field(const struct mn_pfield *f, const void *row, struct mn_buf *out)
{
	switch ((enum mn_pshape)f->shape) {
	case MN_PS_STR:
		mn_put_str(out, mn_pget_str(row, f));
		break;
	case MN_PS_STRS: {
		struct mn_strs l = mn_pget_strs(row, f);
		mn_put_u32(out, l.n);
		for (uint32_t i = 0; i < l.n; i++)
			mn_put_str(out, l.v[i]);
		break;
	}
	case MN_PS_Q16:
	case MN_PS_INT:
		mn_put_i64(out, mn_pget_i64(row, f));
		break;
	case MN_PS_BOOL:
		mn_put_u8(out, mn_pget_bool(row, f));
		break;
	}
}

void
mn_prow_encode(const struct mn_psec *s, const void *row, struct mn_buf *out)
{
	for (size_t i = 0; i < mn_pfields(s); i++)
		encode_field(mn_pfield(s, i), row, out);
}

static struct mn_strs
decode_strs(struct mn_get *g, struct mn_arena *a)
{
	uint32_t n = mn_get_u32(g);
	/* Each item has at least its length: a count past that is a lie. */
	if (g->bad || n > (size_t)(g->end - g->p) / 4) {
		g->bad = true;
		return (struct mn_strs){NULL, 0};
	}
	struct mn_str *list = MN_NEW(a, struct mn_str, n);
	for (uint32_t i = 0; i < n; i++)
		list[i] = mn_get_str(g);
	return (struct mn_strs){list, n};
}

bool
mn_prow_decode(const struct mn_psec *s, struct mn_get *g, struct mn_arena *a, void *row)
{
	for (size_t i = 0; i < mn_pfields(s); i++) {
		const struct mn_pfield *f = mn_pfield(s, i);
		char *at = (char *)row + f->at;
		switch ((enum mn_pshape)f->shape) {
		case MN_PS_STR: {
			struct mn_str v = mn_get_str(g);
			memcpy(at, &v, sizeof v);
			break;
		}
		case MN_PS_STRS: {
			struct mn_strs v = decode_strs(g, a);
			memcpy(at, &v, sizeof v);
			break;
		}
		case MN_PS_Q16:
		case MN_PS_INT: {
			int64_t v = mn_get_i64(g);
			memcpy(at, &v, sizeof v);
			break;
		}
		case MN_PS_BOOL: {
			uint8_t v = mn_get_u8(g);
			g->bad |= v > 1;
			bool yes = v == 1;
			memcpy(at, &yes, sizeof yes);
			break;
		}
		}
	}
	return !g->bad;
}

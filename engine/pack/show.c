/* The rows of one pack file as text. */
#include <stdio.h>

#include "pack_impl.h"

struct showing {
	const struct mn_pack *p;
	uint32_t file;
	void (*fn)(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
	    struct mn_str value);
	void *ctx;
};

static struct mn_str
join(struct mn_strs l, const char *between, struct mn_arena *a)
{
	size_t n = 0, gap = strlen(between);
	for (uint32_t i = 0; i < l.n; i++)
		n += l.v[i].n + gap;
	char *out = MN_NEW(a, char, n), *p = out;
	for (uint32_t i = 0; i < l.n; i++) {
		if (i > 0) {
			memcpy(p, between, gap);
			p += gap;
		}
		if (l.v[i].n)
			memcpy(p, l.v[i].p, l.v[i].n);
		p += l.v[i].n;
	}
	return mn_str(out, (size_t)(p - out));
}

static struct mn_str
value_text(const struct mn_pfield *f, const void *row, struct mn_arena *a)
{
	switch ((enum mn_pshape)f->shape) {
	case MN_PS_STR:
		return mn_pget_str(row, f);
	case MN_PS_STRS:
		return join(mn_pget_strs(row, f), "; ", a);
	case MN_PS_Q16:
	case MN_PS_INT:
		return mn_pnumber_text(f, mn_pget_i64(row, f), MN_NEW(a, char, 32));
	case MN_PS_BOOL:
		break;
	}
	return mn_pget_bool(row, f) ? MN_S("true") : MN_S("false");
}

/* What an absent optional key stands for; such a value is not shown. */
static bool
is_absent(const struct mn_pfield *f, const void *row)
{
	if (f->flags & MN_PF_REQ)
		return false;
	switch ((enum mn_pshape)f->shape) {
	case MN_PS_STR:
		return mn_pget_str(row, f).n == 0;
	case MN_PS_STRS:
		return mn_pget_strs(row, f).n == 0;
	case MN_PS_Q16:
	case MN_PS_INT:
		return mn_pget_i64(row, f) == 0;
	case MN_PS_BOOL:
		break;
	}
	return !mn_pget_bool(row, f);
}

struct mn_str
mn_prow_name(
    const struct mn_psec *s, const void *row, uint32_t number, struct mn_arena *a)
{
	struct mn_str part[4];
	uint32_t n = 0;
	for (size_t i = 0; i < mn_pfields(s) && n < countof(part); i++)
		if (mn_pfield(s, i)->flags & MN_PF_KEY)
			part[n++] = mn_pget_str(row, mn_pfield(s, i));
	return n ? join((struct mn_strs){part, n}, "/", a)
		 : mn_arena_fmt(a, "%u", number);
}

static void
show_row(const struct showing *x, const struct mn_psec *s, const void *row,
    uint32_t number, struct mn_arena scratch)
{
	struct mn_str name =
	    s->key ? mn_prow_name(s, row, number, &scratch) : MN_STR_NONE;
	for (size_t i = 0; i < mn_pfields(s); i++) {
		const struct mn_pfield *f = mn_pfield(s, i);
		struct mn_arena rest = scratch;
		if (!is_absent(f, row))
			x->fn(x->ctx, mn_str_c(s->key), name, mn_str_c(f->key),
			    value_text(f, row, &rest));
	}
}

void
mn_pack_each(const struct mn_pack *p, uint32_t file,
    void (*fn)(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
	struct mn_str value),
    void *ctx, struct mn_arena scratch)
{
	struct showing x = {p, file, fn, ctx};
	if (file >= p->n_file)
		return;
	show_row(&x, mn_phead(), &p->file[file], 0, scratch);
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		uint32_t n, number = 0;
		mn_prows(p, s, &n);
		for (uint32_t i = 0; i < n; i++) {
			const struct mn_prov *prov = mn_prow(p, s, i);
			if (prov->pack == file)
				show_row(&x, mn_psection(s), prov, number++, scratch);
		}
	}
}

/* Rows reached through their descriptors, and places in messages. */
#include <stdio.h>
#include "manumit/base/fx.h"

#include "pack_impl.h"

const void *
mn_prows(const struct mn_pack *p, unsigned section, uint32_t *n)
{
	const struct mn_psec *s = mn_psection(section);
	const void *rows;
	memcpy(&rows, (const char *)p + s->at_rows, sizeof rows);
	memcpy(n, (const char *)p + s->at_n, sizeof *n);
	return rows;
}

void
mn_prows_set(struct mn_pack *p, unsigned section, const void *rows, uint32_t n)
{
	const struct mn_psec *s = mn_psection(section);
	memcpy((char *)p + s->at_rows, &rows, sizeof rows);
	memcpy((char *)p + s->at_n, &n, sizeof n);
}

const void *
mn_prow(const struct mn_pack *p, unsigned section, uint32_t row)
{
	uint32_t n;
	return (const char *)mn_prows(p, section, &n) + row * mn_psection(section)->size;
}

struct mn_str
mn_pget_str(const void *row, const struct mn_pfield *f)
{
	struct mn_str s;
	memcpy(&s, (const char *)row + f->at, sizeof s);
	return s;
}

struct mn_strs
mn_pget_strs(const void *row, const struct mn_pfield *f)
{
	struct mn_strs l;
	memcpy(&l, (const char *)row + f->at, sizeof l);
	return l;
}

int64_t
mn_pget_i64(const void *row, const struct mn_pfield *f)
{
	int64_t v;
	memcpy(&v, (const char *)row + f->at, sizeof v);
	return v;
}

bool
mn_pget_bool(const void *row, const struct mn_pfield *f)
{
	bool v;
	memcpy(&v, (const char *)row + f->at, sizeof v);
	return v;
}

struct mn_str
mn_pnumber_text(const struct mn_pfield *f, int64_t v, char out[32])
{
	if (f->shape == MN_PS_INT) {
		int n = snprintf(out, 32, "%lld", (long long)v);
		return mn_str(out, (size_t)n);
	}
	struct mn_str s = mn_fx_print(v, 4, out);
	while (s.n > 1 && s.p[s.n - 1] == '0')
		s.n--;
	if (s.n > 1 && s.p[s.n - 1] == '.')
		s.n--;
	return s;
}

struct mn_pplace
mn_pplace_of(const struct mn_pbuild *b, unsigned section, uint32_t row, const char *key)
{
	const struct mn_prov *at = mn_prow(&b->p, section, row);
	uint32_t before = 0;
	for (uint32_t i = 0; i < row; i++) {
		const struct mn_prov *other = mn_prow(&b->p, section, i);
		before += other->pack == at->pack;
	}
	return (struct mn_pplace){
	    .file = b->path[at->pack],
	    .section = mn_psection(section)->key,
	    .row = before,
	    .key = key,
	    .item = -1,
	};
}

struct mn_str
mn_pexcerpt(struct mn_str s)
{
	enum { MAX = 48 };
	if (s.n <= MAX)
		return s;
	s.n = MAX;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
		s.n--;
	return s;
}

/* The last part of a long path: what follows in the message must not be cut off. */
static struct mn_str
short_path(struct mn_str path)
{
	enum { MAX = 72 };
	if (path.n <= MAX)
		return path;
	size_t from = path.n - MAX;
	while (from < path.n && path.p[from] != '/')
		from++;
	if (from == path.n)
		for (from = path.n - MAX;
		     from < path.n && ((unsigned char)path.p[from] & 0xC0) == 0x80;)
			from++;
	return mn_str_sub(path, from, path.n);
}

bool
mn_pfail(struct mn_err *err, enum mn_code code, const struct mn_pplace *at,
    const char *fmt, ...)
{
	char what[512], row[16] = "", item[32] = "";
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	if (at->section)
		snprintf(row, sizeof row, "[%u]", at->row);
	if (at->item >= 0)
		snprintf(item, sizeof item, "[%lld]", (long long)at->item);
	bool path = at->section || at->key;
	return mn_fail(err, code, "%.*s: %s%s%s%s%s%s%s", MN_FMT(short_path(at->file)),
	    at->section ? at->section : "", row, at->section && at->key ? "." : "",
	    at->key ? at->key : "", item, path ? ": " : "", what);
}

bool
mn_pfail_absent(
    const struct mn_pbuild *b, unsigned section, const char *code, struct mn_err *err)
{
	uint32_t n;
	mn_prows(&b->p, section, &n);
	const char *key = mn_psection(section)->key;
	if (n == 0)
		return mn_fail(err, MN_E_PACK_MISSING,
		    "no pack has a section \"%s\" with rows", key);
	struct mn_pplace at = mn_pplace_of(b, section, n - 1, NULL);
	at.section = NULL;
	at.key = key;
	return mn_pfail(err, MN_E_PACK_MISSING, &at, "no row with code \"%s\"", code);
}

bool
mn_pwords_have(const char *words, struct mn_str s)
{
	for (struct mn_str rest = mn_str_c(words); rest.p;)
		if (mn_str_eq(mn_str_cut(&rest, '|'), s))
			return true;
	return false;
}

size_t
mn_pwords_add(const char *words, struct mn_str *out, size_t n, size_t max)
{
	for (struct mn_str rest = mn_str_c(words); rest.p && n < max;)
		out[n++] = mn_str_cut(&rest, '|');
	return n;
}

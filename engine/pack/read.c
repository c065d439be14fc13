/* A pack file into rows: types and keys are judged here, values in value.c. */
#include <stdio.h>
#include "manumit/base/fx.h"
#include "manumit/base/json.h"

#include "pack_impl.h"

/* Keys of the widest section and of the top of a file. */
enum { MAX_KEYS = 96 };

struct reading {
	struct mn_pbuild *b;
	uint16_t file; /* index of the file being read */
	struct mn_err *err;
};

/* ---- values ---- */

/* A JSON value as a message shows it. */
static struct mn_str
json_text(const struct mn_json *v, char *out, size_t size)
{
	struct mn_str s;
	int64_t i, q;
	bool yes;
	const char *type = mn_json_type_name(mn_json_type(v));
	int n;
	if (mn_json_str(v, &s))
		n = snprintf(out, size, "%s \"%.*s\"", type, MN_FMT(mn_pexcerpt(s)));
	else if (mn_json_int(v, &i))
		n = snprintf(out, size, "%s %lld", type, (long long)i);
	else if (mn_json_bool(v, &yes))
		n = snprintf(out, size, "%s", yes ? "true" : "false");
	else if (mn_json_q16(v, &q)) {
		char number[32];
		n = snprintf(
		    out, size, "%s %.*s", type, MN_FMT(mn_fx_print(q, 4, number)));
	} else
		n = snprintf(out, size, "%s", type);
	return mn_str(out, n < 0 ? 0 : (size_t)n);
}

static bool
wrong_type(const struct reading *r, const struct mn_json *v, const struct mn_pplace *at,
    const char *wanted)
{
	char have[96];
	return mn_pfail(r->err, MN_E_PACK_TYPE, at, "expected %s, found %.*s", wanted,
	    MN_FMT(json_text(v, have, sizeof have)));
}

static bool
read_strs(const struct reading *r, const struct mn_json *v, struct mn_pplace at,
    struct mn_strs *out)
{
	if (mn_json_type(v) != MN_JSON_LIST)
		return wrong_type(r, v, &at, "a list of strings");
	size_t n = mn_json_count(v);
	if (n > MN_PACK_ROWS)
		return mn_pfail(r->err, MN_E_PACK_RANGE, &at, "%zu items, at most %u", n,
		    MN_PACK_ROWS);
	struct mn_str *list = MN_NEW(r->b->a, struct mn_str, n);
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *item = mn_json_at(v, i);
		struct mn_str s;
		at.item = (int64_t)i;
		if (!mn_json_str(item, &s))
			return wrong_type(r, item, &at, "a string");
		list[i] = mn_arena_str(r->b->a, s);
	}
	*out = (struct mn_strs){list, (uint32_t)n};
	return true;
}

static bool
read_number(const struct reading *r, const struct mn_pfield *f, const struct mn_json *v,
    const struct mn_pplace *at, int64_t *out)
{
	enum mn_json_type t = mn_json_type(v);
	if (f->shape == MN_PS_INT)
		return mn_json_int(v, out) || wrong_type(r, v, at, "a whole number");
	if (t != MN_JSON_INT && t != MN_JSON_REAL)
		return wrong_type(r, v, at, "a number");
	return mn_json_q16(v, out) ||
	       mn_pfail(r->err, MN_E_PACK_RANGE, at, "the number is far too large");
}

static bool
read_value(const struct reading *r, const struct mn_pfield *f, const struct mn_json *v,
    const struct mn_pplace *at, char *row)
{
	struct mn_str s;
	struct mn_strs l;
	int64_t number;
	bool yes;
	switch ((enum mn_pshape)f->shape) {
	case MN_PS_STR:
		if (!mn_json_str(v, &s))
			return wrong_type(r, v, at, "a string");
		s = mn_arena_str(r->b->a, s);
		memcpy(row + f->at, &s, sizeof s);
		break;
	case MN_PS_STRS:
		if (!read_strs(r, v, *at, &l))
			return false;
		memcpy(row + f->at, &l, sizeof l);
		break;
	case MN_PS_Q16:
	case MN_PS_INT:
		if (!read_number(r, f, v, at, &number))
			return false;
		memcpy(row + f->at, &number, sizeof number);
		break;
	case MN_PS_BOOL:
		if (!mn_json_bool(v, &yes))
			return wrong_type(r, v, at, "true or false");
		memcpy(row + f->at, &yes, sizeof yes);
		break;
	}
	return true;
}

/* ---- keys ---- */

static bool
unknown_key(const struct reading *r, struct mn_pplace at, struct mn_str key,
    const struct mn_str *known, size_t n)
{
	int near = mn_str_nearest(key, known, n);
	if (near >= 0)
		return mn_pfail(r->err, MN_E_PACK_KEY, &at,
		    "unknown key \"%.*s\"; did you mean \"%.*s\"?",
		    MN_FMT(mn_pexcerpt(key)), MN_FMT(known[near]));
	char list[160] = "";
	size_t used = 0;
	for (size_t i = 0; i < n && used + known[i].n + 3 < sizeof list; i++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%.*s",
		    i ? ", " : "", MN_FMT(known[i]));
	return mn_pfail(r->err, MN_E_PACK_KEY, &at,
	    "unknown key \"%.*s\"; known keys: %s", MN_FMT(mn_pexcerpt(key)), list);
}

static bool
known_keys(const struct reading *r, const struct mn_json *map, const struct mn_pplace *at,
    const struct mn_str *known, size_t n)
{
	for (size_t i = 0; i < mn_json_count(map); i++) {
		struct mn_str key;
		bool found = false;
		mn_json_member(map, i, &key);
		for (size_t k = 0; k < n && !found; k++)
			found = mn_str_eq(key, known[k]);
		if (!found)
			return unknown_key(r, *at, key, known, n);
	}
	return true;
}

static size_t
section_keys(const struct mn_psec *s, struct mn_str out[MAX_KEYS])
{
	size_t n = 0;
	/* A row's own keys first: of two equally near names they are meant. */
	for (size_t i = mn_pfields(s); i-- > 0 && n < MAX_KEYS;)
		out[n++] = mn_str_c(mn_pfield(s, i)->key);
	return n;
}

static bool
read_fields(const struct reading *r, const struct mn_psec *s, const struct mn_json *map,
    const struct mn_pplace *at, char *row)
{
	for (size_t i = 0; i < mn_pfields(s); i++) {
		const struct mn_pfield *f = mn_pfield(s, i);
		const struct mn_json *v = mn_json_get(map, f->key);
		struct mn_pplace here = *at;
		here.key = f->key;
		if (!v && (f->flags & MN_PF_REQ))
			return mn_pfail(r->err, MN_E_PACK_MISSING, at,
			    "required key \"%s\" is missing", f->key);
		if (v && !read_value(r, f, v, &here, row))
			return false;
	}
	return mn_pvalue_check(s, row, at, r->err);
}

/* ---- rows ---- */

static bool
read_row(const struct reading *r, const struct mn_psec *s, const struct mn_json *v,
    const struct mn_pplace *at, char *row)
{
	struct mn_str known[MAX_KEYS];
	struct mn_prov *prov = (struct mn_prov *)(void *)row;
	if (mn_json_type(v) != MN_JSON_MAP)
		return wrong_type(r, v, at, "a map");
	prov->pack = r->file;
	return known_keys(r, v, at, known, section_keys(s, known)) &&
	       read_fields(r, s, v, at, row);
}

/* The rows follow those that earlier files brought. */
static bool
read_section(const struct reading *r, unsigned section, const struct mn_json *list)
{
	const struct mn_psec *s = mn_psection(section);
	struct mn_pplace at = {r->b->path[r->file], NULL, 0, s->key, -1};
	if (mn_json_type(list) != MN_JSON_LIST)
		return wrong_type(r, list, &at, "a list of rows");
	uint32_t have;
	const void *old = mn_prows(&r->b->p, section, &have);
	size_t more = mn_json_count(list);
	if (more > MN_PACK_ROWS - have)
		return mn_pfail(r->err, MN_E_PACK_RANGE, &at,
		    "%zu rows, at most %u in all files", more, MN_PACK_ROWS);
	char *rows = mn_arena_alloc(r->b->a, s->size, s->align, have + more);
	if (have)
		memcpy(rows, old, have * s->size);
	at.section = s->key;
	at.key = NULL;
	for (size_t i = 0; i < more; i++) {
		at.row = (uint32_t)i;
		if (!read_row(
			r, s, mn_json_at(list, i), &at, rows + (have + i) * s->size))
			return false;
	}
	mn_prows_set(&r->b->p, section, rows, have + (uint32_t)more);
	return true;
}

static bool
section_belongs(const struct reading *r, const struct mn_psec *s)
{
	struct mn_str kind = r->b->file[r->file].kind;
	if (mn_str_eq(mn_str_c(s->kind), MN_S("any")) ||
	    mn_str_eq(mn_str_c(s->kind), kind))
		return true;
	struct mn_pplace at = {r->b->path[r->file], NULL, 0, s->key, -1};
	return mn_pfail(r->err, MN_E_PACK_KEY, &at,
	    "this section belongs in a pack of kind \"%s\", not \"%.*s\"", s->kind,
	    MN_FMT(kind));
}

static bool
read_root(const struct reading *r, const struct mn_json *root)
{
	struct mn_pplace at = {r->b->path[r->file], NULL, 0, NULL, -1};
	struct mn_str known[MAX_KEYS];
	if (mn_json_type(root) != MN_JSON_MAP)
		return wrong_type(r, root, &at, "a map");
	size_t n = section_keys(mn_phead(), known);
	for (unsigned s = 0; s < MN_PSEC_COUNT && n < MAX_KEYS; s++)
		known[n++] = mn_str_c(mn_psection(s)->key);
	if (!known_keys(r, root, &at, known, n) ||
	    !read_fields(r, mn_phead(), root, &at, (char *)&r->b->file[r->file]))
		return false;
	at.key = "kind";
	if (mn_str_eq(r->b->file[r->file].kind, MN_S("tailoring")))
		return mn_pfail(r->err, MN_E_PACK_RANGE, &at,
		    "a tailoring file is no pack: give it with --tailor");
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		const struct mn_json *list = mn_json_get(root, mn_psection(s)->key);
		if (list &&
		    (!section_belongs(r, mn_psection(s)) || !read_section(r, s, list)))
			return false;
	}
	return true;
}

/* ---- the file ---- */

struct mn_pbuild *
mn_pbuild_new(struct mn_arena *a)
{
	struct mn_pbuild *b = MN_NEW(a, struct mn_pbuild, 1);
	b->a = a;
	b->p.file = b->file;
	return b;
}

bool
mn_pread_bytes(
    struct mn_pbuild *b, const char *path, struct mn_str text, struct mn_err *err)
{
	if (b->p.n_file == MN_PACK_FILES)
		return mn_fail(err, MN_E_PACK_RANGE, "%s: more than %u pack files", path,
		    MN_PACK_FILES);
	struct mn_json *root = mn_json_parse(text, path, err);
	if (!root)
		return false;
	struct reading r = {b, (uint16_t)b->p.n_file, err};
	struct mn_pack_file *f = &b->file[b->p.n_file];
	b->path[b->p.n_file] = mn_arena_str(b->a, mn_str_c(path));
	f->file = b->path[b->p.n_file];
	for (size_t i = f->file.n; i-- > 0;)
		if (f->file.p[i] == '/') {
			f->file = mn_str_sub(f->file, i + 1, f->file.n);
			break;
		}
	struct mn_sha256 h;
	mn_sha256_init(&h);
	mn_sha256_add(&h, text);
	mn_sha256_hex(&h, f->sha256);
	bool ok = read_root(&r, root);
	mn_json_free(root);
	b->p.n_file += ok;
	return ok;
}

/* Packs from a directory: read, checked, sorted. And the look-ups. */
#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "pack_impl.h"

/* ---- finishing ---- */

static int
cmp_country(const void *a, const void *b, const void *ctx)
{
	const struct mn_p_country *x = a, *y = b;
	(void)ctx;
	int c = mn_str_cmp(x->code, y->code);
	return c ? c : mn_str_cmp(x->series, y->series);
}

static int
cmp_violation(const void *a, const void *b, const void *ctx)
{
	const struct mn_p_violation *x = a, *y = b;
	(void)ctx;
	int c = mn_str_cmp(x->authority, y->authority);
	return c ? c : mn_str_cmp(x->violation, y->violation);
}

/* A sorted copy; codes are unique by now, so the order is total. */
static void
sort_section(struct mn_pbuild *b, unsigned section, mn_cmp_fn *cmp)
{
	const struct mn_psec *s = mn_psection(section);
	uint32_t n;
	const void *old = mn_prows(&b->p, section, &n);
	if (n == 0)
		return;
	void *rows = mn_arena_alloc(b->a, s->size, s->align, n);
	memcpy(rows, old, n * s->size);
	mn_sort(rows, n, s->size, cmp, NULL, *b->a);
	mn_prows_set(&b->p, section, rows, n);
}

const struct mn_pack *
mn_pseal(struct mn_pbuild *b)
{
	sort_section(b, MN_PSEC_country, cmp_country);
	sort_section(b, MN_PSEC_violation, cmp_violation);
	mn_pparam_fill(&b->p);
	return &b->p;
}

/* ---- reading ---- */

typedef bool read_fn(
    struct mn_pbuild *b, const char *path, struct mn_str text, struct mn_err *err);

static bool
read_file(struct mn_pbuild *b, const char *path, read_fn *read, struct mn_err *err)
{
	/* The text is needed until the rows are made, not longer. */
	struct mn_arena root = mn_arena_new(MN_MAX_PACK + (1u << 20), b->a->oom);
	struct mn_arena text_arena = root;
	struct mn_str text;
	bool ok = mn_file_read(&text_arena, path, MN_MAX_PACK, &text, err) &&
		  read(b, path, text, err);
	mn_arena_free(root);
	return ok;
}

/* What no longer fits together does not because of the tailoring. */
static bool
blame(struct mn_err *err)
{
	struct mn_err was = *err;
	return mn_fail(err, was.code, "with the numbers of the tailoring: %s", was.msg);
}

static const struct mn_pack *
finish(struct mn_pbuild *b, const char *const *tailor, uint32_t n, struct mn_err *err)
{
	for (uint32_t i = 0; i < n; i++)
		if (!read_file(b, tailor[i], mn_ptailor_bytes, err))
			return NULL;
	if (mn_pcheck(b, true, *b->a, err))
		return mn_pseal(b);
	if (n)
		blame(err);
	return NULL;
}

const struct mn_pack *
mn_pack_load(struct mn_arena *a, const char *dir, struct mn_err *err)
{
	return mn_pack_load_country(a, dir, NULL, NULL, 0, err);
}

const struct mn_pack *
mn_pack_load_tailored(struct mn_arena *a, const char *dir, const char *const *tailor,
    uint32_t n_tailor, struct mn_err *err)
{
	return mn_pack_load_country(a, dir, NULL, tailor, n_tailor, err);
}

/* A file of the directory; when the user chose a country pack, one that brings a series
 * of countries is left out as if it were not there. */
static bool
read_listed(struct mn_pbuild *b, const char *path, bool chosen, struct mn_err *err)
{
	const struct mn_pack before = b->p;
	if (!read_file(b, path, mn_pread_bytes, err))
		return false;
	if (!chosen || b->p.n_country_series == before.n_country_series)
		return true;
	if (!mn_pseries_alone(b, b->p.n_file - 1, err))
		return false;
	b->p = before;
	memset(&b->file[b->p.n_file], 0, sizeof b->file[0]);
	return true;
}

/* The user's own series, in the place of those that were left out. */
static bool
read_country(struct mn_pbuild *b, const char *path, struct mn_err *err)
{
	if (!read_file(b, path, mn_pread_bytes, err))
		return false;
	if (b->p.n_country_series == 0)
		return mn_fail(err, MN_E_PACK_MISSING,
		    "%s: a country pack has a section \"country_series\"; make one with "
		    "manumit pack import",
		    path);
	return mn_pseries_alone(b, b->p.n_file - 1, err);
}

const struct mn_pack *
mn_pack_load_country(struct mn_arena *a, const char *dir, const char *country,
    const char *const *tailor, uint32_t n_tailor, struct mn_err *err)
{
	struct mn_str *names;
	size_t n;
	if (!mn_dir_list(a, dir, &names, &n, err))
		return NULL;
	struct mn_pbuild *b = mn_pbuild_new(a);
	for (size_t i = 0; i < n; i++) {
		if (!mn_str_ends(names[i], MN_S(".json")) || names[i].p[0] == '.')
			continue;
		struct mn_str path = mn_arena_fmt(a, "%s/%.*s", dir, MN_FMT(names[i]));
		if (!read_listed(b, mn_arena_cstr(a, path), country != NULL, err))
			return NULL;
	}
	if (b->p.n_file == 0) {
		mn_fail(err, MN_E_PACK_MISSING, "%s: no pack (*.json) in this directory",
		    dir);
		return NULL;
	}
	if (country && !read_country(b, country, err))
		return NULL;
	return finish(b, tailor, n_tailor, err);
}

bool
mn_pack_check_file(struct mn_arena scratch, const char *path, struct mn_err *err)
{
	struct mn_pbuild *b = mn_pbuild_new(&scratch);
	return read_file(b, path, mn_pread_bytes, err) &&
	       mn_pcheck(b, false, scratch, err);
}

bool
mn_pack_check_bytes(
    struct mn_arena scratch, const char *path, struct mn_str text, struct mn_err *err)
{
	struct mn_pbuild *b = mn_pbuild_new(&scratch);
	return mn_pread_bytes(b, path, text, err) && mn_pcheck(b, false, scratch, err);
}

/* ---- look-ups ---- */

int
mn_pack_source_class(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_source_class; i++)
		if (mn_str_eq(p->source_class[i].code, code))
			return (int)i;
	return -1;
}

int
mn_pack_gate(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_gate; i++)
		if (mn_str_eq(p->gate[i].code, code))
			return (int)i;
	return -1;
}

const struct mn_p_gate_order *
mn_pack_gate_order(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_gate_order; i++)
		if (mn_str_eq(p->gate_order[i].code, code))
			return &p->gate_order[i];
	return NULL;
}

const struct mn_p_gate_region *
mn_pack_gate_region(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_gate_region; i++)
		if (mn_str_eq(p->gate_region[i].code, code))
			return &p->gate_region[i];
	return NULL;
}

const struct mn_p_country *
mn_pack_country(const struct mn_pack *p, struct mn_str series, struct mn_str alpha2)
{
	const struct mn_p_country want = {.code = alpha2, .series = series};
	for (uint32_t lo = 0, hi = p->n_country; lo < hi;) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = cmp_country(&p->country[mid], &want, NULL);
		if (c == 0)
			return &p->country[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

int64_t
mn_pack_context_rule(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_context_rule; i++)
		if (mn_str_eq(p->context_rule[i].code, code))
			return p->context_rule[i].value_q16;
	return 0;
}

/* Is `folded` what folding makes of an authority's code: letters small, anything else
 * between them one space? */
static bool
is_folded_code(struct mn_str code, struct mn_str folded)
{
	size_t k = 0;
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		bool upper = c >= 'A' && c <= 'Z';
		bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		char want = upper ? (char)(c + ('a' - 'A')) : letter ? c : ' ';
		if (want == ' ' && (k == 0 || folded.p[k - 1] == ' '))
			continue;
		if (k >= folded.n || folded.p[k] != want)
			return want == ' ' && k == folded.n && i + 1 == code.n && k > 0;
		k++;
	}
	return k == folded.n && k > 0;
}

const struct mn_p_authority *
mn_pack_authority(const struct mn_pack *p, struct mn_str folded)
{
	for (uint32_t i = 0; i < p->n_authority; i++) {
		const struct mn_p_authority *a = &p->authority[i];
		if (mn_str_eq(a->code, folded) || is_folded_code(a->code, folded))
			return a;
		for (uint32_t k = 0; k < a->names.n; k++)
			if (mn_str_eq(a->names.v[k], folded))
				return a;
	}
	return NULL;
}

static const struct mn_p_violation *
find_violation(const struct mn_pack *p, struct mn_str authority, struct mn_str code)
{
	const struct mn_p_violation want = {.authority = authority, .violation = code};
	for (uint32_t lo = 0, hi = p->n_violation; lo < hi;) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = cmp_violation(&p->violation[mid], &want, NULL);
		if (c == 0)
			return &p->violation[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* The code itself, else the longest beginning of it that the table has with '*' behind:
 * paragraphs of a regulation are many, and their section says what they are about. */
static const struct mn_p_violation *
find_longest(const struct mn_pack *p, struct mn_str authority, struct mn_str code)
{
	char room[MN_MAX_VIOLATION + 1];
	const struct mn_p_violation *v = find_violation(p, authority, code);
	size_t n = code.n < MN_MAX_VIOLATION ? code.n : MN_MAX_VIOLATION;
	for (; !v && n > 0; n--) {
		memcpy(room, code.p, n);
		room[n] = '*';
		v = find_violation(p, authority, mn_str(room, n + 1));
	}
	return v;
}

const struct mn_p_violation *
mn_pack_violation(const struct mn_pack *p, struct mn_str authority, struct mn_str code)
{
	const struct mn_p_violation *v = find_longest(p, authority, code);
	return v ? v : find_longest(p, MN_S("generic"), code);
}

int
mn_pack_strength(struct mn_str code)
{
	if (mn_str_eq(code, MN_S("none")))
		return MN_STRENGTH_NONE;
	if (code.n != 1)
		return -1;
	return code.p[0] == 'W'   ? MN_WEAK
	       : code.p[0] == 'M' ? MN_MEDIUM
	       : code.p[0] == 'S' ? MN_STRONG
				  : -1;
}

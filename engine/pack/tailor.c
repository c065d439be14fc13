/*
 * Tailoring files: numbers of packs replaced by the user's own, each with who, when and
 * why. What was replaced becomes rows of the pack itself, so it is stored, digested and
 * reported with it.
 *   {"tailoring": name, "reason": text, "author": text, "date": day, "set": [
 *     {"section": "strengths", "code": "S", "member": "nats", "value": 3.5,
 *      "reason": text of this one, optional}, ...]}
 */
#include "manumit/base/clock.h"
#include "manumit/base/file.h"
#include "manumit/base/json.h"

#include "pack_impl.h"

#define MAX_SET 4096u /* numbers of one file: all packs together have some thousands */

struct tailoring {
	struct mn_pbuild *b;
	struct mn_pack_file *file;
	struct mn_pplace at; /* in the tailoring file */
	struct mn_str reason, author, date;
	struct mn_err *err;
};

static const char *const TOP[] = {"tailoring", "reason", "author", "date", "set"};
static const char *const SET[] = {"section", "code", "member", "value", "reason"};

static bool
fail_near(const struct tailoring *t, const char *what, struct mn_str word,
    const struct mn_str *known, size_t n)
{
	int near = mn_str_nearest(word, known, n);
	/* Half of a long word is far from it by letters. */
	for (size_t i = 0; near < 0 && word.n > 2 && i < n; i++)
		near = mn_str_starts(known[i], word) ? (int)i : -1;
	char some[160] = "";
	size_t used = 0;
	/* Too far from all of them: the first few show what they look like. */
	for (size_t i = 0; near < 0 && i < n && used + known[i].n + 12 < sizeof some; i++)
		used += (size_t)snprintf(some + used, sizeof some - used, "%s%.*s",
		    i ? ", " : "; known: ", MN_FMT(known[i]));
	if (near >= 0)
		return mn_pfail(t->err, MN_E_PACK_REF, &t->at,
		    "no such %s: \"%.*s\"; nearest: \"%.*s\"", what,
		    MN_FMT(mn_pexcerpt(word)), MN_FMT(mn_pexcerpt(known[near])));
	return mn_pfail(t->err, MN_E_PACK_REF, &t->at, "no such %s: \"%.*s\"%s", what,
	    MN_FMT(mn_pexcerpt(word)), some);
}

static bool
known_keys(
    struct tailoring *t, const struct mn_json *map, const char *const *known, size_t n)
{
	struct mn_str have[8];
	for (size_t i = 0; i < n; i++)
		have[i] = mn_str_c(known[i]);
	for (size_t i = 0; i < mn_json_count(map); i++) {
		struct mn_str key;
		bool found = false;
		mn_json_member(map, i, &key);
		for (size_t k = 0; k < n; k++)
			found = found || mn_str_eq(have[k], key);
		if (!found)
			return fail_near(t, "key", key, have, n);
	}
	return true;
}

static bool
text(struct tailoring *t, const struct mn_json *map, const char *key, bool needed,
    struct mn_str *out)
{
	struct mn_str s = MN_STR_NONE;
	const struct mn_json *v = mn_json_get(map, key);
	t->at.key = key;
	if (v && !mn_json_str(v, &s))
		return mn_pfail(t->err, MN_E_PACK_TYPE, &t->at, "expected a string");
	if (s.n == 0 && needed)
		return mn_pfail(t->err, MN_E_PACK_MISSING, &t->at,
		    "required; a tailored number has its reason, author and date");
	if (s.n)
		*out = mn_arena_str(t->b->a, s);
	t->at.key = NULL;
	return true;
}

/* ---- what is meant ---- */

static bool
find_section(struct tailoring *t, struct mn_str name, unsigned *out)
{
	struct mn_str known[MN_PSEC_COUNT];
	size_t n = 0;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		if (s == MN_PSEC_tailored)
			continue;
		known[n++] = mn_str_c(mn_psection(s)->key);
		*out = s;
		if (mn_str_eq(known[n - 1], name))
			return true;
	}
	t->at.key = "section";
	return fail_near(t, "section", name, known, n);
}

/* By the name that `pack show` gives a row; rows without codes by their number. */
static bool
find_row(struct tailoring *t, unsigned section, struct mn_str code, void **out)
{
	uint32_t n;
	const char *rows = mn_prows(&t->b->p, section, &n);
	size_t size = mn_psection(section)->size;
	struct mn_arena scratch = *t->b->a;
	struct mn_str *known = MN_NEW(&scratch, struct mn_str, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		const void *row = rows + i * size;
		known[i] = mn_prow_name(mn_psection(section), row, i, &scratch);
		if (mn_str_eq(known[i], code)) {
			*out = (void *)(uintptr_t)row; /* ours: the build is not sealed */
			return true;
		}
	}
	t->at.key = "code";
	return fail_near(t, "code in this section", code, known, n);
}

static const struct mn_pfield *
find_member(struct tailoring *t, unsigned section, struct mn_str name)
{
	const struct mn_psec *s = mn_psection(section);
	struct mn_str known[48];
	size_t n = 0;
	for (size_t i = 0; i < mn_pfields(s) && n < countof(known); i++) {
		const struct mn_pfield *f = mn_pfield(s, i);
		if (f->shape != MN_PS_Q16 && f->shape != MN_PS_INT)
			continue;
		known[n++] = mn_str_c(f->key);
		if (mn_str_eq(known[n - 1], name))
			return f;
	}
	t->at.key = "member";
	if (n == 0)
		mn_pfail(t->err, MN_E_PACK_REF, &t->at,
		    "rows of this section have no numbers to set");
	else
		fail_near(t, "number in rows of this section", name, known, n);
	return NULL;
}

/* ---- one number ---- */

static bool
read_number(
    struct tailoring *t, const struct mn_pfield *f, const struct mn_json *v, int64_t *out)
{
	t->at.key = "value";
	if (f->shape == MN_PS_INT ? mn_json_int(v, out) : mn_json_q16(v, out))
		return true;
	return mn_pfail(t->err, MN_E_PACK_TYPE, &t->at, "expected %s",
	    f->shape == MN_PS_INT ? "a whole number" : "a number");
}

static struct mn_str
number_text(const struct tailoring *t, const struct mn_pfield *f, int64_t v)
{
	return mn_pnumber_text(f, v, MN_NEW(t->b->a, char, 32));
}

static bool
set_one(struct tailoring *t, const struct mn_json *v, struct mn_p_tailored *told)
{
	unsigned section;
	void *row = NULL;
	int64_t value;
	struct mn_str code = MN_STR_NONE;
	const struct mn_pfield *f;
	*told = (struct mn_p_tailored){.reason = t->reason,
	    .author = t->author,
	    .date = t->date,
	    .prov = {.source = t->author, .pack = (uint16_t)t->b->p.n_file}};
	if (mn_json_type(v) != MN_JSON_MAP)
		return mn_pfail(t->err, MN_E_PACK_TYPE, &t->at, "expected a map");
	if (!known_keys(t, v, SET, countof(SET)) ||
	    !text(t, v, "section", true, &told->section) ||
	    !text(t, v, "code", true, &code) ||
	    !text(t, v, "member", true, &told->member) ||
	    !text(t, v, "reason", false, &told->reason) ||
	    !find_section(t, told->section, &section) ||
	    !find_row(t, section, code, &row) ||
	    !(f = find_member(t, section, told->member)) ||
	    !read_number(t, f, mn_json_get(v, "value"), &value))
		return false;
	/* Who is protected by a minimum has no say in it. */
	if (section == MN_PSEC_param && mn_str_starts(code, MN_S("min_cell_")) &&
	    value < mn_pget_i64(row, f))
		return mn_pfail(t->err, MN_E_PACK_RANGE, &t->at,
		    "the smallest number of workers shown may be raised, not lowered");
	told->code = code;
	told->was = number_text(t, f, mn_pget_i64(row, f));
	told->value = number_text(t, f, value);
	memcpy((char *)row + f->at, &value, sizeof value);
	return mn_pvalue_check(mn_psection(section), row, &t->at, t->err);
}

static bool
append(struct tailoring *t, const struct mn_p_tailored *more, uint32_t n)
{
	uint32_t have;
	const struct mn_p_tailored *old = mn_prows(&t->b->p, MN_PSEC_tailored, &have);
	struct mn_p_tailored *all = MN_NEW(t->b->a, struct mn_p_tailored, have + n);
	if (have)
		memcpy(all, old, have * sizeof *all);
	memcpy(all + have, more, n * sizeof *all);
	mn_prows_set(&t->b->p, MN_PSEC_tailored, all, have + n);
	return true;
}

static bool
set_all(struct tailoring *t, const struct mn_json *list)
{
	size_t n = mn_json_count(list);
	t->at.key = "set";
	if (mn_json_type(list) != MN_JSON_LIST || n == 0 || n > MAX_SET)
		return mn_pfail(t->err, MN_E_PACK_TYPE, &t->at,
		    "expected a list of 1 to %u numbers to set", MAX_SET);
	struct mn_p_tailored *told = MN_NEW(t->b->a, struct mn_p_tailored, n);
	t->at.section = "set";
	for (size_t i = 0; i < n; i++) {
		t->at.row = (uint32_t)i;
		t->at.key = NULL;
		if (!set_one(t, mn_json_at(list, i), &told[i]))
			return false;
	}
	return append(t, told, (uint32_t)n);
}

/* ---- the file ---- */

static bool
read_top(struct tailoring *t, const struct mn_json *root)
{
	int32_t day_ok;
	struct mn_pack_file *f = t->file;
	if (mn_json_type(root) != MN_JSON_MAP)
		return mn_pfail(t->err, MN_E_PACK_TYPE, &t->at, "expected a map");
	if (!known_keys(t, root, TOP, countof(TOP)) ||
	    !text(t, root, "tailoring", true, &f->id) ||
	    !text(t, root, "reason", true, &t->reason) ||
	    !text(t, root, "author", true, &t->author) ||
	    !text(t, root, "date", true, &t->date))
		return false;
	t->at.key = "date";
	if (!mn_day_parse_iso(t->date, &day_ok))
		return mn_pfail(t->err, MN_E_PACK_RANGE, &t->at, "a day YYYY-MM-DD");
	f->kind = MN_S("tailoring");
	f->version = t->date;
	f->licence = MN_S("its author's");
	f->source = t->author;
	f->note = t->reason;
	t->at.key = NULL;
	return mn_pvalue_check(mn_phead(), f, &t->at, t->err) &&
	       set_all(t, mn_json_get(root, "set"));
}

bool
mn_ptailor_bytes(
    struct mn_pbuild *b, const char *path, struct mn_str bytes, struct mn_err *err)
{
	if (b->p.n_file == MN_PACK_FILES)
		return mn_fail(err, MN_E_PACK_RANGE, "%s: more than %u pack files", path,
		    MN_PACK_FILES);
	struct mn_json *root = mn_json_parse(bytes, path, err);
	if (!root)
		return false;
	uint32_t at = b->p.n_file;
	struct mn_sha256 h;
	struct tailoring t = {
	    b, &b->file[at], {.item = -1}, MN_STR_NONE, MN_STR_NONE, MN_STR_NONE, err};
	b->path[at] = t.at.file = mn_arena_str(b->a, mn_str_c(path));
	t.file->file = b->path[at];
	for (size_t i = t.file->file.n; i-- > 0;)
		if (t.file->file.p[i] == '/') {
			t.file->file = mn_str_sub(t.file->file, i + 1, t.file->file.n);
			break;
		}
	mn_sha256_init(&h);
	mn_sha256_add(&h, bytes);
	mn_sha256_hex(&h, t.file->sha256);
	bool good = read_top(&t, root);
	mn_json_free(root);
	b->p.n_file += good;
	return good;
}

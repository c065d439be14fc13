/* Names across rows: unique within their section, and references that lead somewhere. */
#include "manumit/base/sort.h"

#include "refs.h"

/* ---- sorted names ---- */

static const struct mn_pfield *
key_field(const struct mn_psec *s, size_t nth)
{
	for (size_t i = 0; i < mn_pfields(s); i++)
		if ((mn_pfield(s, i)->flags & MN_PF_KEY) && nth-- == 0)
			return mn_pfield(s, i);
	return NULL;
}

struct by_name {
	const struct mn_pack *p;
	unsigned section;
};

static int
cmp_name(const struct by_name *by, uint32_t a, uint32_t b)
{
	const struct mn_pfield *f;
	for (size_t i = 0; (f = key_field(mn_psection(by->section), i)); i++) {
		int c = mn_str_cmp(mn_pget_str(mn_prow(by->p, by->section, a), f),
		    mn_pget_str(mn_prow(by->p, by->section, b), f));
		if (c)
			return c;
	}
	return 0;
}

static int
cmp_rows(const void *a, const void *b, const void *ctx)
{
	uint32_t x, y;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	int c = cmp_name(ctx, x, y);
	return c ? c : (x > y) - (x < y);
}

static bool
duplicate(const struct mn_pbuild *b, unsigned section, uint32_t first, uint32_t again,
    struct mn_err *err)
{
	const struct mn_pfield *f = key_field(mn_psection(section), 0);
	const struct mn_pfield *more = key_field(mn_psection(section), 1);
	const void *row = mn_prow(&b->p, section, again);
	struct mn_pplace was = mn_pplace_of(b, section, first, NULL);
	struct mn_pplace at = mn_pplace_of(b, section, again, f->key);
	struct mn_str name = mn_pexcerpt(mn_pget_str(row, f));
	struct mn_str second = more ? mn_pexcerpt(mn_pget_str(row, more)) : MN_STR_NONE;
	return mn_pfail(err, MN_E_PACK_DUP, &at,
	    "\"%.*s%s%.*s\" is there already: %.*s: %s[%u]", MN_FMT(name),
	    more ? "/" : "", MN_FMT(second), MN_FMT(was.file), was.section, was.row);
}

bool
mn_pnames_build(struct mn_pnames *n, const struct mn_pbuild *b, struct mn_arena *a,
    struct mn_err *err)
{
	*n = (struct mn_pnames){.b = b};
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		uint32_t rows;
		mn_prows(&b->p, s, &rows);
		if (!rows || !key_field(mn_psection(s), 0))
			continue;
		uint32_t *order = MN_NEW(a, uint32_t, rows);
		for (uint32_t i = 0; i < rows; i++)
			order[i] = i;
		struct by_name by = {&b->p, s};
		mn_sort(order, rows, sizeof *order, cmp_rows, &by, *a);
		for (uint32_t i = 1; i < rows; i++)
			if (cmp_name(&by, order[i - 1], order[i]) == 0)
				return duplicate(b, s, order[i - 1], order[i], err);
		n->order[s] = order;
		n->n[s] = rows;
	}
	return true;
}

/* ---- references ---- */

/* The spine is fixed: eleven indicators, five channels. Their codes exist whether or not
 * this file brings the rows; check.c holds the rows to them. */
static bool
have_code(const struct mn_pnames *n, unsigned section, struct mn_str code)
{
	if (section == MN_PSEC_channel)
		return mn_channel_parse(code) >= 0;
	if (section == MN_PSEC_indicator) {
		for (unsigned i = 0; i < MN_INDICATORS; i++)
			if (mn_str_eq(code, mn_str_c(mn_indicator_code(i))))
				return true;
		return false;
	}
	const struct mn_pfield *f = key_field(mn_psection(section), 0);
	for (uint32_t lo = 0, hi = n->n[section]; lo < hi;) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = mn_str_cmp(
		    mn_pget_str(mn_prow(&n->b->p, section, n->order[section][mid]), f),
		    code);
		if (c == 0)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static bool
resolves(
    const struct mn_pnames *n, const struct mn_pfield *f, struct mn_str v, bool whole)
{
	if (f->words && mn_pwords_have(f->words, v))
		return true;
	bool elsewhere = false;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		if (!(f->refs & (UINT64_C(1) << s)))
			continue;
		if (have_code(n, s, v))
			return true;
		elsewhere |=
		    n->n[s] == 0 && s != MN_PSEC_indicator && s != MN_PSEC_channel;
	}
	return elsewhere && !whole;
}

/* All values that would have been right. */
static size_t
candidates(
    const struct mn_pnames *n, const struct mn_pfield *f, struct mn_str *out, size_t max)
{
	size_t k = f->words ? mn_pwords_add(f->words, out, 0, max) : 0;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		if (!(f->refs & (UINT64_C(1) << s)))
			continue;
		for (unsigned i = 0;
		     s == MN_PSEC_indicator && i < MN_INDICATORS && k < max; i++)
			out[k++] = mn_str_c(mn_indicator_code(i));
		for (unsigned i = 0; s == MN_PSEC_channel && i < MN_CHANNELS && k < max;
		     i++)
			out[k++] = mn_str_c(mn_channel_code(i));
		const struct mn_pfield *code = key_field(mn_psection(s), 0);
		if (s != MN_PSEC_indicator && s != MN_PSEC_channel)
			for (uint32_t i = 0; i < n->n[s] && k < max; i++)
				out[k++] = mn_pget_str(
				    mn_prow(&n->b->p, s, n->order[s][i]), code);
	}
	return k;
}

static bool
dangling(const struct mn_pnames *n, const struct mn_pfield *f, struct mn_str v,
    const struct mn_pplace *at, struct mn_err *err)
{
	struct mn_str have[512]; /* a suggestion: of more codes the first ones will do */
	char sections[96] = "";
	size_t used = 0;
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++)
		if ((f->refs & (UINT64_C(1) << s)) && used < sizeof sections)
			used += (size_t)snprintf(sections + used, sizeof sections - used,
			    "%s%s", used ? ", " : "", mn_psection(s)->key);
	int near = mn_str_nearest(v, have, candidates(n, f, have, countof(have)));
	if (near >= 0)
		return mn_pfail(err, MN_E_PACK_REF, at,
		    "\"%.*s\" is not in %s; nearest: \"%.*s\"", MN_FMT(mn_pexcerpt(v)),
		    sections, MN_FMT(mn_pexcerpt(have[near])));
	return mn_pfail(err, MN_E_PACK_REF, at, "\"%.*s\" is not in %s%s%s",
	    MN_FMT(mn_pexcerpt(v)), sections, f->words ? " nor one of " : "",
	    f->words ? f->words : "");
}

static bool
check_field(const struct mn_pnames *n, unsigned section, uint32_t row,
    const struct mn_pfield *f, bool whole, struct mn_err *err)
{
	const void *r = mn_prow(&n->b->p, section, row);
	bool one = f->shape == MN_PS_STR;
	struct mn_str single = one ? mn_pget_str(r, f) : MN_STR_NONE;
	struct mn_strs list =
	    one ? (struct mn_strs){&single, single.n > 0} : mn_pget_strs(r, f);
	for (uint32_t i = 0; i < list.n; i++) {
		if (resolves(n, f, list.v[i], whole))
			continue;
		struct mn_pplace at = mn_pplace_of(n->b, section, row, f->key);
		at.item = one ? -1 : (int64_t)i;
		return dangling(n, f, list.v[i], &at, err);
	}
	return true;
}

bool
mn_pnames_refs(const struct mn_pnames *n, bool whole, struct mn_err *err)
{
	for (unsigned s = 0; s < MN_PSEC_COUNT; s++) {
		uint32_t rows;
		mn_prows(&n->b->p, s, &rows);
		for (size_t i = 0; i < mn_pfields(mn_psection(s)); i++) {
			const struct mn_pfield *f = mn_pfield(mn_psection(s), i);
			for (uint32_t row = 0; f->refs && row < rows; row++)
				if (!check_field(n, s, row, f, whole, err))
					return false;
		}
	}
	return true;
}

/* ---- codes that the program asks for by name ---- */

/* Without them it would read a value as 0, which is to say low, or take another class. */
static const struct {
	unsigned section;
	const char *code;
} NEEDED[] = {
    {MN_PSEC_source_class, "unstated"},
    {MN_PSEC_source_class, "inspectorate"},
    {MN_PSEC_source_class, "fee_ledger"},
    {MN_PSEC_level, "workforce_base"},
    {MN_PSEC_level, "recruitment_direct"},
    {MN_PSEC_level, "recruitment_recruiter"},
    {MN_PSEC_level, "recruitment_licensed"},
    {MN_PSEC_level, "recruitment_conditional"},
    {MN_PSEC_level, "recruitment_unlicensed"},
};

bool
mn_pnames_needed(const struct mn_pnames *n, struct mn_err *err)
{
	for (size_t i = 0; i < countof(NEEDED); i++)
		if (!have_code(n, NEEDED[i].section, mn_str_c(NEEDED[i].code)))
			return mn_pfail_absent(
			    n->b, NEEDED[i].section, NEEDED[i].code, err);
	return true;
}

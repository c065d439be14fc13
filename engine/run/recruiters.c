/* Recruiters and agents of fee ledgers, each once. */
#include "manumit/base/limits.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "recruiters.h"

#define SLOTS_AT_FIRST 1024u

struct mn_recruiters
mn_recruiters_new(const struct mn_pack *p)
{
	struct mn_recruiters r = {.root = mn_arena_new((size_t)1 << 34, NULL),
	    .slots = SLOTS_AT_FIRST,
	    .fold = mn_buf_new(4 * (size_t)MN_MAX_CELL)};
	r.a = r.root;
	r.slot = MN_NEW(&r.a, struct mn_key, r.slots);
	r.words = mn_fee_words_new(p, &r.a);
	return r;
}

void
mn_recruiters_free(struct mn_recruiters *r)
{
	mn_buf_free(&r->fold);
	mn_arena_free(r->root);
}

static bool
is_free(struct mn_key k)
{
	return k.hi == 0 && k.lo == 0;
}

static struct mn_key *
slot_of(const struct mn_recruiters *r, struct mn_key k)
{
	uint32_t i = (uint32_t)(k.lo % r->slots);
	while (!is_free(r->slot[i]) && mn_key_cmp(r->slot[i], k) != 0)
		i = (i + 1) % r->slots;
	return &r->slot[i];
}

/* False: seen before. */
static bool
add(struct mn_recruiters *r, struct mn_key k)
{
	struct mn_key *s = slot_of(r, k);
	if (!is_free(*s))
		return false;
	*s = k;
	if (++r->n < r->slots / 2)
		return true;
	struct mn_recruiters bigger = *r;
	bigger.slots = 4 * r->slots;
	bigger.slot = MN_NEW(&bigger.a, struct mn_key, bigger.slots);
	for (uint32_t i = 0; i < r->slots; i++)
		if (!is_free(r->slot[i]))
			*slot_of(&bigger, r->slot[i]) = r->slot[i];
	*r = bigger;
	return true;
}

static bool
is_name(struct mn_recruiters *r, struct mn_str s)
{
	return s.n && mn_fee_payer(r->words, s, &r->fold) == 0;
}

static bool
fresh(struct mn_recruiters *r, const struct mn_record *rec)
{
	mn_buf_clear(&r->fold);
	mn_fold_name(rec->v[MN_F_NAME], &r->fold);
	struct mn_str part[] = {mn_buf_str(&r->fold), rec->v[MN_F_COUNTRY],
	    rec->v[MN_F_LICENCE_NO], rec->v[MN_F_PARENT], rec->v[MN_F_TIER]};
	return r->fold.n && add(r, mn_hash128(part, countof(part)));
}

static struct mn_record
entity(const struct mn_record *fee, uint32_t part, struct mn_str name)
{
	struct mn_record rec = {
	    .kind = MN_K_SUPPLIERS, .rid = mn_rid_part(fee->rid, part)};
	rec.v[MN_F_NAME] = mn_utf8_cut(name, MN_MAX_NAME);
	rec.v[MN_F_ROLE] = MN_S("recruiter");
	return rec;
}

uint32_t
mn_recruiters_of(
    struct mn_recruiters *r, const struct mn_record *fee, struct mn_record *out)
{
	static const struct mn_str TIER[MN_MAX_AGENT_TIERS] = {MN_S("2"), MN_S("3"),
	    MN_S("4"), MN_S("5"), MN_S("6"), MN_S("7"), MN_S("8"), MN_S("9")};
	struct mn_str said[] = {fee->v[MN_F_RECRUITER], fee->v[MN_F_RECRUITER_COUNTRY],
	    fee->v[MN_F_RECRUITER_LICENCE], fee->v[MN_F_AGENTS]};
	struct mn_key key = mn_hash128(said, countof(said));
	struct mn_str above = said[0], rest = said[3];
	uint32_t n = 0, tier = 0;
	/* Ledgers repeat their recruiter, row by row. */
	if (mn_key_cmp(key, r->last) == 0)
		return 0;
	r->last = key;
	if (is_name(r, above)) {
		out[n] = entity(fee, n + 1, above);
		out[n].v[MN_F_COUNTRY] = said[1];
		out[n].v[MN_F_LICENCE_NO] = said[2];
		n += fresh(r, &out[n]);
	}
	for (; rest.p && rest.n && tier < MN_MAX_AGENT_TIERS; tier++) {
		struct mn_str name = mn_str_trim(mn_str_cut(&rest, ';'));
		if (!is_name(r, name))
			continue;
		out[n] = entity(fee, n + 1, name);
		out[n].v[MN_F_PARENT] = mn_utf8_cut(above, MN_MAX_NAME);
		out[n].v[MN_F_TIER] = TIER[tier];
		n += fresh(r, &out[n]);
		above = name;
	}
	return n;
}

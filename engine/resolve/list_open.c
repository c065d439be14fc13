/* Checking, writing and mapping the image of a list. */
#include "manumit/base/fx.h"

#include "list_image.h"

static const size_t SIZE[MN_LS_COUNT] = {
    [MN_LS_TEXT] = 1,
    [MN_LS_TOKEN] = sizeof(struct mn_ltoken),
    [MN_LS_NAME] = sizeof(struct mn_lname),
    [MN_LS_USE] = sizeof(uint32_t),
    [MN_LS_ENTRY] = sizeof(struct mn_lentry),
    [MN_LS_ADDR] = sizeof(uint64_t),
    [MN_LS_KEY] = sizeof(struct mn_lkey),
    [MN_LS_POST] = sizeof(uint32_t),
    [MN_LS_BUCKET] = sizeof(uint32_t),
    [MN_LS_NEAR] = sizeof(struct mn_lnear),
};

static bool
bad(struct mn_err *err, const char *what)
{
	return mn_fail(err, MN_E_STORE, "compiled list: %s", what);
}

static bool
sections_inside(struct mn_str image, struct mn_err *err)
{
	const struct mn_lhead *h = (const void *)image.p;
	for (unsigned s = 0; s < MN_LS_COUNT; s++) {
		uint64_t bytes, end;
		if (h->sec[s].at % MN_LIST_ALIGN || h->sec[s].n > UINT32_MAX ||
		    __builtin_mul_overflow(h->sec[s].n, SIZE[s], &bytes) ||
		    __builtin_add_overflow(h->sec[s].at, bytes, &end) || end > image.n)
			return bad(err, "a section lies outside the file");
	}
	uint64_t key = h->sec[MN_LS_KEY].n;
	if (key == 0 || (key & (key - 1)) || h->sec[MN_LS_BUCKET].n < 2)
		return bad(err, "no table of keys");
	return true;
}

static bool
spans(uint64_t from, uint64_t n, uint64_t all)
{
	return from <= all && n <= all - from;
}

static bool
syllables_inside(const struct mn_ltoken *t)
{
	for (uint32_t i = 0; i < t->n_syl && i < MN_SYLLABLES; i++)
		if (t->syl[i] > t->n || (i && t->syl[i] < t->syl[i - 1]))
			return false;
	return t->n_syl <= MN_SYLLABLES;
}

static bool
names_inside(struct mn_str image, struct mn_err *err)
{
	const struct mn_lhead *h = (const void *)image.p;
	const struct mn_lname *l = mn_list_section(image, MN_LS_NAME);
	const struct mn_ltoken *t = mn_list_section(image, MN_LS_TOKEN);
	const uint32_t *use = mn_list_section(image, MN_LS_USE);
	for (uint64_t i = 0; i < h->sec[MN_LS_NAME].n; i++)
		if (!spans(l[i].use, l[i].n, h->sec[MN_LS_USE].n) ||
		    l[i].n > MN_NAME_TOKENS || l[i].entry >= h->sec[MN_LS_ENTRY].n ||
		    l[i].kind >= MN_ALIAS_COUNT || l[i].w_q16 < 0 ||
		    l[i].w_q16 > MN_NAME_TOKENS * MN_FX_ONE ||
		    !spans(l[i].raw, l[i].n_raw, h->sec[MN_LS_TEXT].n))
			return bad(err, "a name is damaged");
	for (uint64_t i = 0; i < h->sec[MN_LS_USE].n; i++)
		if (use[i] / 2 >= h->sec[MN_LS_TOKEN].n)
			return bad(err, "a word number is too great");
	for (uint64_t i = 0; i < h->sec[MN_LS_TOKEN].n; i++)
		if (!spans(t[i].text, t[i].n, h->sec[MN_LS_TEXT].n) ||
		    t[i].n > MN_TOKEN_BYTES || t[i].n_base > t[i].n ||
		    t[i].n_skel > MN_SKELETON || !syllables_inside(&t[i]) ||
		    t[i].cls >= MN_W_COUNT || t[i].script >= MN_SCRIPT_COUNT ||
		    t[i].w_q16 < 0 || t[i].w_q16 > MN_FX_ONE)
			return bad(err, "a word is damaged");
	return true;
}

static bool
entries_inside(struct mn_str image, struct mn_err *err)
{
	const struct mn_lhead *h = (const void *)image.p;
	const struct mn_lentry *e = mn_list_section(image, MN_LS_ENTRY);
	const uint64_t *addr = mn_list_section(image, MN_LS_ADDR);
	for (uint64_t i = 0; i < h->sec[MN_LS_ENTRY].n; i++) {
		if (e[i].addr == MN_LIST_NO_ADDR)
			continue;
		if (e[i].addr >= h->sec[MN_LS_ADDR].n)
			return bad(err, "an address is damaged");
		uint64_t v = addr[e[i].addr], words = v >> 32, numbers = (uint32_t)v;
		if (words > MN_ADDR_TOKENS || numbers > MN_ADDR_TOKENS ||
		    !spans(e[i].addr + 1u, words + numbers, h->sec[MN_LS_ADDR].n))
			return bad(err, "an address is damaged");
	}
	return true;
}

static bool
keys_inside(struct mn_str image, struct mn_err *err)
{
	const struct mn_lhead *h = (const void *)image.p;
	const struct mn_lkey *k = mn_list_section(image, MN_LS_KEY);
	const uint32_t *post = mn_list_section(image, MN_LS_POST);
	const uint32_t *bucket = mn_list_section(image, MN_LS_BUCKET);
	const struct mn_lnear *near = mn_list_section(image, MN_LS_NEAR);
	uint64_t free_keys = 0;
	for (uint64_t i = 0; i < h->sec[MN_LS_KEY].n; i++) {
		free_keys += k[i].hash == 0;
		if (!spans(k[i].post, k[i].n, h->sec[MN_LS_POST].n))
			return bad(err, "a posting lies outside");
	}
	for (uint64_t i = 0; i < h->sec[MN_LS_POST].n; i++)
		if (post[i] >= h->sec[MN_LS_NAME].n)
			return bad(err, "a name number is too great");
	for (uint64_t i = 0; i < h->sec[MN_LS_BUCKET].n; i++)
		if (bucket[i] > h->sec[MN_LS_NEAR].n || (i && bucket[i] < bucket[i - 1]))
			return bad(err, "a bucket lies outside");
	for (uint64_t i = 0; i < h->sec[MN_LS_NEAR].n; i++)
		if (near[i].token >= h->sec[MN_LS_TOKEN].n)
			return bad(err, "a word number is too great");
	/* A full table would make every search for a missing key endless. */
	return free_keys > 0 || bad(err, "the table of keys is full");
}

bool
mn_list_open(struct mn_str image, struct mn_list *out, struct mn_err *err)
{
	const struct mn_lhead *h = (const void *)image.p;
	if (image.n < sizeof *h || (uintptr_t)image.p % 8 ||
	    memcmp(h->magic, MN_LIST_MAGIC, sizeof h->magic) != 0)
		return bad(err, "not one, or of another version");
	if (!sections_inside(image, err) || !names_inside(image, err) ||
	    !entries_inside(image, err) || !keys_inside(image, err))
		return false;
	*out = (struct mn_list){.image = image,
	    .n_entry = (uint32_t)h->sec[MN_LS_ENTRY].n,
	    .n_name = (uint32_t)h->sec[MN_LS_NAME].n,
	    .n_token = (uint32_t)h->sec[MN_LS_TOKEN].n};
	return true;
}

bool
mn_list_is_of(const struct mn_list *l, const struct mn_matcher *m)
{
	const struct mn_lhead *h = (const void *)l->image.p;
	return memcmp(h->epoch, mn_analyst_epoch(m->analyst), sizeof h->epoch) == 0;
}

void
mn_list_count(const struct mn_list *l, struct mn_matcher *m)
{
	const struct mn_lhead *h = (const void *)l->image.p;
	const struct mn_ltoken *t = mn_list_section(l->image, MN_LS_TOKEN);
	for (uint32_t i = 0; i < l->n_token; i++)
		if (t[i].df)
			mn_freq_add(m->analyst, t[i].id, t[i].df);
	mn_freq_names(m->analyst, h->counted);
}

bool
mn_list_write(struct mn_str image, const char *path, struct mn_err *err)
{
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	mn_out_write(o, image);
	return mn_out_commit(o, false, NULL, err);
}

/* Both readers of JSON, side by side: what the plain one reads, the library reads alike.
 */
#ifndef MN_TEST_JSON_SAME_H
#define MN_TEST_JSON_SAME_H

#include "../../engine/base/json_impl.h"

static bool
json_same(const struct mn_json *a, const struct mn_json *b)
{
	struct mn_str s = MN_STR_NONE, t = MN_STR_NONE;
	char x[MN_JSON_NUMBER] = "", y[MN_JSON_NUMBER] = "";
	bool p = false, q = false;
	bool same = mn_json_type(a) == mn_json_type(b) &&
		    mn_json_count(a) == mn_json_count(b) &&
		    mn_json_str(a, &s) == mn_json_str(b, &t) && mn_str_eq(s, t) &&
		    mn_json_bool(a, &p) == mn_json_bool(b, &q) && p == q &&
		    mn_json_number(a, x) == mn_json_number(b, y) && strcmp(x, y) == 0;
	for (size_t i = 0; same && i < mn_json_count(a); i++) {
		struct mn_str k = MN_STR_NONE, l = MN_STR_NONE;
		const struct mn_json *c = mn_json_member(a, i, &k);
		const struct mn_json *d = mn_json_member(b, i, &l);
		same =
		    mn_str_eq(k, l) &&
		    (c ? json_same(c, d) : json_same(mn_json_at(a, i), mn_json_at(b, i)));
	}
	return same;
}

/* 0: not plain; 1: plain, and read alike; -1: the two disagree. */
static int
json_agree(struct mn_str text)
{
	struct mn_arena root = mn_arena_new((size_t)16 << 20, NULL), a = root;
	struct mn_json_fault fault;
	size_t used = 0, used_too = 0;
	bool twice = false;
	struct mn_json *plain = mn_json_plain(&a, text, &used);
	int agree = plain != NULL;
	if (plain) {
		struct mn_json *v = mn_json_parse_value(text, &used_too, &twice, &fault);
		if (!v || twice || used != used_too || !json_same(plain, v))
			agree = -1;
		mn_json_free(v);
		mn_json_free(plain);
	}
	/* All of the text, too: what follows the value matters there. */
	a = root;
	struct mn_json *all = mn_json_borrow(&a, text);
	struct mn_json *library = mn_json_parse(text, "", NULL);
	if (!all != !library || (all && !json_same(all, library)))
		agree = -1;
	mn_json_free(all);
	mn_json_free(library);
	mn_arena_free(root);
	return agree;
}

#endif

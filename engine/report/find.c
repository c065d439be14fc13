/* The entity that a user means. */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/report/view.h"
#include "manumit/text/fold.h"

#define LOOK_AT 20000 /* entities compared for a suggestion */
#define SUGGEST 3
#define COMPARE 64 /* mn_str_distance looks no further */

static bool
several(
    const struct mn_report *r, struct mn_str eids, struct mn_str what, struct mn_err *err)
{
	char hex[33];
	struct mn_buf b = mn_buf_new(1024);
	(void)r;
	for (size_t i = 0; i < eids.n / 16 && i < 4; i++) {
		struct mn_get g = mn_get(mn_str_sub(eids, 16 * i, 16));
		mn_eid_hex(mn_get_eid(&g), hex);
		mn_buf_fmt(&b, "%s%s", i ? ", " : "", hex);
	}
	mn_fail(err, MN_E_NOTFOUND, "\"%.*s\" is %zu entities; name one by its id: %.*s",
	    MN_FMT(what), eids.n / 16, MN_FMT(mn_buf_str(&b)));
	mn_buf_free(&b);
	return false;
}

/* 1 found, 0 not, -1 err (several, or the store). */
static int
by_key(const struct mn_report *r, char type, struct mn_str what, bool fold,
    struct mn_eid *out, struct mn_err *err)
{
	char room[MN_MAX_KEY];
	struct mn_buf key = {room, 0, sizeof room, sizeof room, false};
	struct mn_str eids;
	mn_buf_byte(&key, type);
	if (fold)
		mn_fold_name(what, &key);
	else
		mn_buf_add(&key, what);
	if (key.failed || key.n < 2)
		return 0;
	int found =
	    mn_reader_get(r->reader, MN_TAB_JOIN, mn_buf_str(&key), &eids, NULL, err);
	if (found != 1)
		return found;
	if (eids.n != 16)
		return several(r, eids, what, err) ? 1 : -1;
	struct mn_get g = mn_get(eids);
	*out = mn_get_eid(&g);
	return 1;
}

struct nearest {
	struct mn_str name[SUGGEST];
	unsigned distance[SUGGEST];
};

static void
consider(struct nearest *n, struct mn_str name, unsigned d)
{
	for (size_t i = 0; i < SUGGEST; i++) {
		if (n->name[i].n && n->distance[i] <= d)
			continue;
		for (size_t k = SUGGEST - 1; k > i; k--) {
			n->name[k] = n->name[k - 1];
			n->distance[k] = n->distance[k - 1];
		}
		n->name[i] = name;
		n->distance[i] = d;
		return;
	}
}

static bool
suggest(const struct mn_report *r, struct mn_str what, struct mn_arena scratch,
    struct mn_err *err)
{
	struct nearest near = {0};
	struct mn_buf want = mn_buf_new(4096), have = mn_buf_new(4096),
		      list = mn_buf_new(1024);
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_ENT, MN_STR_NONE, err);
	struct mn_str key, body, pos;
	mn_fold_name(what, &want);
	for (uint32_t i = 0;
	     scan && i < LOOK_AT && mn_scan_next(scan, &key, &body, &pos, err) == 1;
	     i++) {
		struct mn_arena a = scratch;
		struct mn_entity e;
		struct mn_get g = mn_get(key);
		if (!mn_entity_decode(mn_get_eid(&g), body, pos, &a, &e, err))
			break;
		mn_buf_clear(&have);
		mn_fold_name(e.rec.v[MN_F_NAME], &have);
		/* A part of the name is a better guess than a slip of the pen. */
		bool part = mn_str_find(mn_buf_str(&have), mn_buf_str(&want)) != SIZE_MAX;
		consider(&near, e.rec.v[MN_F_NAME],
		    part ? 1
			 : mn_str_distance(mn_str_sub(mn_buf_str(&want), 0, COMPARE),
			       mn_str_sub(mn_buf_str(&have), 0, COMPARE)));
	}
	for (size_t i = 0; i < SUGGEST; i++)
		if (near.name[i].n && near.distance[i] <= 2 + what.n / 2)
			mn_buf_fmt(
			    &list, "%s%.*s", list.n ? "; " : "", MN_FMT(near.name[i]));
	mn_fail(err, MN_E_NOTFOUND, "no entity \"%.*s\"%s%.*s", MN_FMT(what),
	    list.n ? "; nearest: " : "", MN_FMT(mn_buf_str(&list)));
	mn_scan_close(scan);
	mn_buf_free(&want);
	mn_buf_free(&have);
	mn_buf_free(&list);
	return false;
}

bool
mn_view_find(const struct mn_report *r, struct mn_str what, struct mn_arena scratch,
    struct mn_eid *out, struct mn_err *err)
{
	/* The user's id, a name, another name; then the id that reports print. */
	static const struct {
		char type;
		bool fold;
	} WAYS[] = {{'I', false}, {'M', true}, {'m', true}};
	char room[16];
	struct mn_buf key = {room, 0, sizeof room, sizeof room, false};
	for (size_t i = 0; i < countof(WAYS); i++) {
		int found = by_key(r, WAYS[i].type, what, WAYS[i].fold, out, err);
		if (found)
			return found == 1;
	}
	if (mn_eid_from_hex(what, out)) {
		mn_put_eid(&key, *out);
		int found = mn_reader_get(
		    r->reader, MN_TAB_ENT, mn_buf_str(&key), NULL, NULL, err);
		if (found)
			return found == 1;
	}
	return suggest(r, what, scratch, err);
}

/* Reading connectors/lists/lists.json. */
#include "manumit/base/clock.h"
#include "manumit/base/file.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/run/shipped.h"

static bool
bad(struct mn_err *err, const char *path, size_t i, const char *what)
{
	return mn_fail(err, MN_E_PACK_TYPE, "%s: lists[%zu]: %s", path, i, what);
}

static bool
text(struct mn_arena *a, const struct mn_json *row, const char *key, struct mn_str *out)
{
	struct mn_str s;
	if (!mn_json_str(mn_json_get(row, key), &s))
		return false;
	*out = mn_arena_str(a, s);
	return true;
}

static bool
read_instead(struct mn_arena *a, const struct mn_json *v, struct mn_shipped *s)
{
	size_t n = mn_json_count(v);
	struct mn_str *list = MN_NEW(a, struct mn_str, n + 1), layout;
	for (size_t i = 0; i < n; i++) {
		if (!mn_json_str(mn_json_at(v, i), &layout))
			return false;
		list[i] = mn_arena_str(a, layout);
	}
	s->instead = list;
	s->n_instead = (uint32_t)n;
	return true;
}

static bool
read_one(struct mn_arena *a, const char *dir, const struct mn_json *row, size_t i,
    const char *path, struct mn_shipped *s, struct mn_err *err)
{
	int32_t day;
	if (!text(a, row, "file", &s->file) || !text(a, row, "title", &s->title) ||
	    !text(a, row, "licence", &s->licence) || !text(a, row, "url", &s->url) ||
	    !text(a, row, "edition", &s->edition) ||
	    !text(a, row, "missing", &s->missing))
		return bad(err, path, i,
		    "texts are wanted: file, title, licence, url, edition, missing");
	if (mn_str_find_byte(s->file, '/') != SIZE_MAX)
		return bad(err, path, i, "file is a name in this folder, without /");
	if (!mn_day_parse_iso(s->edition, &day))
		return bad(err, path, i, "edition is a day, YYYY-MM-DD");
	if (!mn_json_int(mn_json_get(row, "stale_after_days"), &s->stale_after_days) ||
	    !mn_json_int(mn_json_get(row, "instead_from_rows"), &s->instead_from_rows))
		return bad(err, path, i,
		    "whole numbers are wanted: stale_after_days, instead_from_rows");
	if (!read_instead(a, mn_json_get(row, "instead"), s))
		return bad(err, path, i, "instead is a list of layouts");
	s->path = mn_arena_fmt(a, "%s/%.*s%c", dir, MN_FMT(s->file), 0).p;
	return true;
}

bool
mn_shipped_load(struct mn_arena *a, const char *share_dir, const struct mn_shipped **list,
    uint32_t *n, struct mn_err *err)
{
	const char *dir = mn_arena_fmt(a, "%s/connectors/lists%c", share_dir, 0).p;
	const char *path = mn_arena_fmt(a, "%s/lists.json%c", dir, 0).p;
	struct mn_str bytes;
	*list = NULL;
	*n = 0;
	if (!mn_path_exists(path))
		return true;
	if (!mn_file_read(a, path, MN_MAX_PACK, &bytes, err))
		return false;
	struct mn_json *root = mn_json_parse(bytes, path, err);
	const struct mn_json *rows = mn_json_get(root, "lists");
	size_t count = mn_json_count(rows);
	struct mn_shipped *s = MN_NEW(a, struct mn_shipped, count + 1);
	bool good = root != NULL;
	if (good && count > MN_MAX_SHIPPED)
		good = mn_fail(
		    err, MN_E_PACK_RANGE, "%s: more than %d lists", path, MN_MAX_SHIPPED);
	for (size_t i = 0; good && i < count; i++)
		good = read_one(a, dir, mn_json_at(rows, i), i, path, &s[i], err);
	mn_json_free(root);
	*list = s;
	*n = good ? (uint32_t)count : 0;
	return good;
}

bool
mn_shipped_replaced(const struct mn_shipped *s, struct mn_str layout, uint64_t rows)
{
	for (uint32_t i = 0; i < s->n_instead; i++)
		if (mn_str_eq(s->instead[i], layout))
			return rows >= (uint64_t)s->instead_from_rows;
	return false;
}

/* What is remembered of a source between runs: a small JSON file. */
#include "manumit/base/file.h"
#include "manumit/base/jsonw.h"
#include "manumit/base/limits.h"

#include "fetch_impl.h"

#define NEVER ((struct mn_when){MN_DAY_NONE, 0})

struct mn_fetch_state
mn_fetch_state_none(void)
{
	return (struct mn_fetch_state){.rows = -1,
	    .rows_before = -1,
	    .fetched = NEVER,
	    .checked = NEVER,
	    .changed = NEVER,
	    .failed = NEVER,
	    .not_before = NEVER};
}

enum type { TEXT, NUMBER, WHEN };
static const struct {
	const char *key;
	enum type type;
	size_t at;
} KEYS[] = {
    {"url", TEXT, offsetof(struct mn_fetch_state, url)},
    {"etag", TEXT, offsetof(struct mn_fetch_state, etag)},
    {"last_modified", TEXT, offsetof(struct mn_fetch_state, modified)},
    {"sha256", TEXT, offsetof(struct mn_fetch_state, sha256)},
    {"bytes", NUMBER, offsetof(struct mn_fetch_state, bytes)},
    {"rows", NUMBER, offsetof(struct mn_fetch_state, rows)},
    {"rows_before", NUMBER, offsetof(struct mn_fetch_state, rows_before)},
    {"fetched_at", WHEN, offsetof(struct mn_fetch_state, fetched)},
    {"checked_at", WHEN, offsetof(struct mn_fetch_state, checked)},
    {"changed_at", WHEN, offsetof(struct mn_fetch_state, changed)},
    {"failed_at", WHEN, offsetof(struct mn_fetch_state, failed)},
    {"error", TEXT, offsetof(struct mn_fetch_state, error)},
    {"not_before", WHEN, offsetof(struct mn_fetch_state, not_before)},
    {"signed_version", TEXT, offsetof(struct mn_fetch_state, version)},
    {"signed_timestamp", NUMBER, offsetof(struct mn_fetch_state, timestamp)},
};

static bool
read_when(struct mn_str s, struct mn_when *out)
{
	uint64_t h, m, sec;
	if (s.n != 20 || s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':' ||
	    s.p[19] != 'Z' || !mn_day_parse_iso(s, &out->day) ||
	    !mn_str_u64(mn_str_sub(s, 11, 2), &h) ||
	    !mn_str_u64(mn_str_sub(s, 14, 2), &m) ||
	    !mn_str_u64(mn_str_sub(s, 17, 2), &sec) || h > 23 || m > 59 || sec > 59)
		return false;
	out->second = (uint32_t)(h * 3600 + m * 60 + sec);
	return true;
}

static bool
read_value(struct mn_arena *a, const struct mn_json *v, enum type type, char *to)
{
	struct mn_str s;
	int64_t *number = (int64_t *)(void *)to;
	if (type == NUMBER)
		return mn_json_int(v, number) && *number >= -1;
	if (!mn_json_str(v, &s))
		return false;
	if (type == WHEN)
		return read_when(s, (struct mn_when *)(void *)to);
	*(struct mn_str *)(void *)to = mn_arena_str(a, s);
	return true;
}

/* Also of use for header values: no control characters. */
static bool
plain(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

static bool
sound(const struct mn_fetch_state *s)
{
	return s->etag.n < MN_HTTP_VALUE && plain(s->etag) && s->modified.n < 64 &&
	       plain(s->modified) && s->url.n < MN_HTTP_URL && plain(s->url) &&
	       (s->sha256.n == 0 || s->sha256.n == MN_HEX256_CHARS) && s->bytes >= 0 &&
	       s->timestamp >= 0;
}

bool
mn_fetch_state_read(struct mn_arena *a, struct mn_str text, const char *file,
    struct mn_fetch_state *out, struct mn_err *err)
{
	*out = mn_fetch_state_none();
	struct mn_json *root = mn_json_parse(text, file, err);
	if (!root)
		return false;
	bool good = mn_json_type(root) == MN_JSON_MAP;
	for (size_t i = 0; good && i < countof(KEYS); i++) {
		const struct mn_json *v = mn_json_get(root, KEYS[i].key);
		good = !v || read_value(a, v, KEYS[i].type, (char *)out + KEYS[i].at);
	}
	mn_json_free(root);
	return (good && sound(out)) ||
	       mn_fail(err, MN_E_DATA,
		   "%s: is damaged; remove it, and the source is fetched anew", file);
}

static void
print_value(struct mn_jsonw *w, const char *key, enum type type, const char *at)
{
	char moment[21];
	const struct mn_when *when = (const struct mn_when *)(const void *)at;
	const struct mn_str *s = (const struct mn_str *)(const void *)at;
	if (type == NUMBER)
		mn_jsonw_int(w, key, *(const int64_t *)(const void *)at);
	else if (type == WHEN && when->day != MN_DAY_NONE)
		mn_jsonw_str(w, key, mn_when_print(*when, moment));
	else if (type == TEXT && s->n)
		mn_jsonw_str(w, key, *s);
}

void
mn_fetch_state_print(const struct mn_fetch_state *s, struct mn_buf *out)
{
	struct mn_jsonw w = mn_jsonw_buf(out, true);
	mn_jsonw_map(&w, NULL);
	for (size_t i = 0; i < countof(KEYS); i++)
		print_value(&w, KEYS[i].key, KEYS[i].type, (const char *)s + KEYS[i].at);
	mn_jsonw_end_map(&w);
	mn_buf_byte(out, '\n');
}

bool
mn_fetch_state_load(
    struct mn_arena *a, const char *path, struct mn_fetch_state *out, struct mn_err *err)
{
	struct mn_str text;
	*out = mn_fetch_state_none();
	return !mn_path_exists(path) ||
	       (mn_file_read(a, path, MN_MAX_STATE, &text, err) &&
		   mn_fetch_state_read(a, text, path, out, err));
}

bool
mn_fetch_state_save(const char *path, const struct mn_fetch_state *s, struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(MN_MAX_STATE);
	struct mn_out *o = mn_out_open(path, 0644, err);
	mn_fetch_state_print(s, &b);
	if (o)
		mn_out_write(o, mn_buf_str(&b));
	bool good = o && mn_out_commit(o, false, NULL, err);
	mn_buf_free(&b);
	return good;
}

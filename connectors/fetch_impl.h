/* Private to the room: what a source says of fetching, and what is remembered. */
#ifndef MN_CONNECTORS_FETCH_IMPL_H
#define MN_CONNECTORS_FETCH_IMPL_H

#include "manumit/base/json.h"
#include "manumit/connectors/fetch.h"

struct mn_http;
struct mn_http_ask;
struct mn_map_source;

enum mn_fetch_format {
	MN_FETCH_CSV,
	MN_FETCH_JSONL,
	MN_FETCH_JSON,
	MN_FETCH_XLSX,
	MN_FETCH_HTML,
	MN_FETCH_XML,
	MN_FETCH_ZIP,
	MN_FETCH_GZ,
	MN_FETCH_COUNT /* none */
};
enum mn_fetch_format mn_fetch_format_by_name(struct mn_str name);
const char *mn_fetch_format_name(enum mn_fetch_format f); /* "csv": the extension too */
/* Whether a file that begins so may be of the format. */
bool mn_fetch_format_looks(enum mn_fetch_format f, struct mn_str head);

enum mn_page_by {
	MN_PAGE_NONE,
	MN_PAGE_NEXT,
	MN_PAGE_LINK,
	MN_PAGE_CURSOR,
	MN_PAGE_NUMBER,
	MN_PAGE_OFFSET
};
struct mn_map_page {
	enum mn_page_by by; /* MN_PAGE_NONE: no pages */
	struct mn_str items, next, parameter, size_parameter, total;
	int64_t start, size, most;
};

struct mn_map_fetch {
	struct mn_str url; /* empty: not fetched */
	struct mn_str file, agent, accept;
	enum mn_fetch_format format;
	const struct mn_str *host;
	uint32_t n_host;
	int64_t max_bytes, apart_ms, least_percent, most_percent;
	struct mn_str token_env, token_file, token_header, token_parameter;
	struct mn_map_page page;
};

/* Reads the object "fetch"; out is filled with defaults first. */
bool mn_fetch_read(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_fetch *out, struct mn_err *err);

/* What is remembered of a source between runs. */
struct mn_fetch_state {
	struct mn_str url, etag, modified, sha256, error, version;
	int64_t bytes, rows, rows_before, timestamp;
	struct mn_when fetched, checked, changed, failed, not_before;
};
/* Nothing remembered. */
struct mn_fetch_state mn_fetch_state_none(void);
bool mn_fetch_state_read(struct mn_arena *a, struct mn_str text, const char *file,
    struct mn_fetch_state *out, struct mn_err *err);
void mn_fetch_state_print(const struct mn_fetch_state *s, struct mn_buf *out);
/* The same with files; a missing one is nothing remembered. */
bool mn_fetch_state_load(
    struct mn_arena *a, const char *path, struct mn_fetch_state *out, struct mn_err *err);
bool mn_fetch_state_save(
    const char *path, const struct mn_fetch_state *s, struct mn_err *err);

/* Whether the file at `path` is what the source should give: its type, its layout, its
 * rows. `rows` is -1 where they cannot be counted. */
bool mn_fetch_check(const struct mn_mappings *m, const struct mn_map_source *s,
    const char *path, const struct mn_fetch_state *before, bool force, int64_t *rows,
    struct mn_err *err);

/* All pages of an API as JSON Lines into ask->fd. */
bool mn_pages_get(struct mn_http *h, const struct mn_http_ask *ask,
    const struct mn_map_page *page, const char *name, struct mn_err *err);
/* The value at a path such as "meta.next"; "" is the root. */
const struct mn_json *mn_json_path(const struct mn_json *root, struct mn_str path);

#endif

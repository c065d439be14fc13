/* Whether a download is the list it should be, before it replaces the last good one. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"

#include "fetch_impl.h"
#include "mapping_impl.h"

#define HEAD 1024
#define RATIO_ROWS 20 /* rows below which a share of last time's says nothing */

/* ---- formats, by how their files begin ---- */

static bool
looks_html(struct mn_str s)
{
	return s.n > 1 && s.p[0] == '<' &&
	       (mn_str_eq_ascii(mn_str_sub(s, 0, 9), MN_S("<!doctype")) ||
		   mn_str_eq_ascii(mn_str_sub(s, 0, 5), MN_S("<html")) ||
		   mn_str_eq_ascii(mn_str_sub(s, 0, 5), MN_S("<head")));
}

static bool
looks_zip(struct mn_str s)
{
	return mn_str_starts(s, MN_S("PK\x03\x04"));
}

static bool
looks_gz(struct mn_str s)
{
	return mn_str_starts(s, MN_S("\x1f\x8b"));
}

static bool
looks_text(struct mn_str s)
{
	return s.n > 0 && s.p[0] != '<' && !looks_zip(s) && !looks_gz(s) &&
	       !mn_str_starts(s, MN_S("%PDF"));
}

static bool
looks_jsonl(struct mn_str s)
{
	return s.n > 0 && s.p[0] == '{';
}

static bool
looks_json(struct mn_str s)
{
	return s.n > 0 && (s.p[0] == '{' || s.p[0] == '[');
}

static bool
looks_markup(struct mn_str s)
{
	return s.n > 0 && s.p[0] == '<';
}

static bool
looks_xml(struct mn_str s)
{
	return looks_markup(s) && !looks_html(s);
}

/* `counted`: what mn_input reads row by row. */
static const struct {
	struct mn_str name;
	bool (*looks)(struct mn_str head);
	bool counted;
} FORMATS[MN_FETCH_COUNT] = {
    [MN_FETCH_CSV] = {MN_S("csv"), looks_text, true},
    [MN_FETCH_JSONL] = {MN_S("jsonl"), looks_jsonl, true},
    [MN_FETCH_JSON] = {MN_S("json"), looks_json, true},
    [MN_FETCH_XLSX] = {MN_S("xlsx"), looks_zip, true},
    [MN_FETCH_HTML] = {MN_S("html"), looks_markup, true},
    [MN_FETCH_XML] = {MN_S("xml"), looks_xml, false},
    [MN_FETCH_ZIP] = {MN_S("zip"), looks_zip, true},
    [MN_FETCH_GZ] = {MN_S("gz"), looks_gz, true},
};

enum mn_fetch_format
mn_fetch_format_by_name(struct mn_str name)
{
	for (int f = 0; f < MN_FETCH_COUNT; f++)
		if (mn_str_eq_ascii(FORMATS[f].name, name))
			return (enum mn_fetch_format)f;
	return MN_FETCH_COUNT;
}

const char *
mn_fetch_format_name(enum mn_fetch_format f)
{
	return FORMATS[f].name.p;
}

bool
mn_fetch_format_looks(enum mn_fetch_format f, struct mn_str head)
{
	return FORMATS[f].looks(mn_str_trim(head));
}

/* ---- the checks ---- */

static bool
read_head(const char *path, char head[HEAD], struct mn_str *out, struct mn_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, head, HEAD) : -1;
	int number = errno;
	if (fd >= 0)
		close(fd);
	*out = mn_str(head, n > 0 ? (size_t)n : 0);
	return n >= 0 || mn_fail_errno(err, number, "read", path);
}

static bool
check_type(const struct mn_map_source *s, struct mn_str begin, struct mn_err *err)
{
	if (mn_str_trim(begin).n == 0)
		return mn_fail(
		    err, MN_E_DOWNLOAD, "%.*s: the file is empty", MN_FMT(s->id));
	if (mn_fetch_format_looks(s->fetch.format, begin))
		return true;
	return mn_fail(err, MN_E_DOWNLOAD,
	    "%.*s: the server sent %s where %s was expected", MN_FMT(s->id),
	    looks_html(mn_str_trim(begin)) ? "a web page" : "another kind of file",
	    mn_fetch_format_name(s->fetch.format));
}

/* Reads all of it as a run would. */
static bool
read_rows(const struct mn_mappings *m, const struct mn_map_source *s, const char *path,
    int64_t *rows, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 32, NULL), root = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err why = MN_ERR_NONE;
	struct mn_record rec;
	bool noted, known = false;
	int more = -1;
	struct mn_input *in = mn_input_open(&a, m, path, s->kind, &diag, &why);
	if (in)
		known = mn_str_eq(mn_input_info(in)->source, s->id);
	while (known && (more = mn_input_next(in, 0, &rec, &noted, &why)) == 1)
		;
	if (in) {
		*rows = (int64_t)mn_input_info(in)->rows;
		mn_input_close(in);
	}
	mn_arena_free(root);
	if (in && !known)
		return mn_fail(err, MN_E_DOWNLOAD,
		    "%.*s: its columns are not those of this source; the publisher may "
		    "have changed them (manumit check shows them)",
		    MN_FMT(s->id));
	/* The reader names the file by its temporary path, which says nothing here. */
	return more == 0 || mn_fail(err, MN_E_DOWNLOAD, "%.*s: cannot be read: %s",
				MN_FMT(s->id), mn_code_text(why.code));
}

static bool
check_rows(const struct mn_map_source *s, const struct mn_fetch_state *before, bool force,
    int64_t rows, struct mn_err *err)
{
	int64_t floor = s->row_floor > 1 ? s->row_floor : 1, was = before->rows;
	if (rows < floor)
		return mn_fail(err, MN_E_DOWNLOAD,
		    "%.*s: has %lld rows, and never had fewer than %lld", MN_FMT(s->id),
		    (long long)rows, (long long)floor);
	if (force || was < RATIO_ROWS)
		return true;
	if (rows * 100 < was * s->fetch.least_percent ||
	    rows * 100 > was * s->fetch.most_percent)
		return mn_fail(err, MN_E_DOWNLOAD,
		    "%.*s: has %lld rows, but had %lld last time; if that is right, "
		    "fetch "
		    "it once with -f",
		    MN_FMT(s->id), (long long)rows, (long long)was);
	return true;
}

bool
mn_fetch_check(const struct mn_mappings *m, const struct mn_map_source *s,
    const char *path, const struct mn_fetch_state *before, bool force, int64_t *rows,
    struct mn_err *err)
{
	char head[HEAD];
	struct mn_str begin;
	*rows = -1;
	if (!read_head(path, head, &begin, err) || !check_type(s, begin, err))
		return false;
	return !FORMATS[s->fetch.format].counted ||
	       (read_rows(m, s, path, rows, err) &&
		   check_rows(s, before, force, *rows, err));
}

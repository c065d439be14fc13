/* One source after another: get, check, put in place, remember. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/file.h"
#include "manumit/base/jsonw.h"

#include "fetch_job.h"

/* ---- paths ---- */

static const char *
at(struct mn_fetch_job *j, const char *dir, const char *suffix)
{
	return mn_arena_fmt(
	    j->a, "%s%s/%.*s%s%c", j->f->o.dir, dir, MN_FMT(j->s->id), suffix, 0)
	    .p;
}

static const char *
with_extension(struct mn_fetch_job *j, const char *dir, const char *number)
{
	const char *suffix = mn_arena_fmt(
	    j->a, "%s.%s%c", number, mn_fetch_format_name(j->s->fetch.format), 0)
				 .p;
	return at(j, dir, suffix);
}

/* ---- opening ---- */

struct mn_http_rules
mn_http_rules_usual(void)
{
	return (struct mn_http_rules){.connect_ms = 20000,
	    .total_ms = 3600000,
	    .low_bytes = 100,
	    .low_s = 30,
	    .tries = 4,
	    .backoff_ms = 2000,
	    .apart_ms = 1000,
	    .wait_most_s = MN_HTTP_WAIT_S};
}

static bool
make_dirs(struct mn_fetch *f, struct mn_err *err)
{
	static const char *const PARTS[] = {"", "/old", "/state", "/part"};
	for (size_t i = 0; i < countof(PARTS); i++) {
		struct mn_arena a = f->root;
		if (!mn_dir_make(
			mn_arena_fmt(&a, "%s%s%c", f->o.dir, PARTS[i], 0).p, err))
			return false;
	}
	return true;
}

struct mn_fetch *
mn_fetch_open(const struct mn_fetch_opts *o, struct mn_err *err)
{
	struct mn_fetch *f = mn_handle_new(sizeof *f);
	if (!f) {
		mn_fail(err, MN_E_NOMEM, "%s", o->dir);
		return NULL;
	}
	f->o = *o;
	f->o.http.inside = o->mirror != NULL;
	f->lock.fd = -1;
	f->root = mn_arena_new(16u << 20, NULL);
	struct mn_arena a = f->root;
	if (make_dirs(f, err) &&
	    mn_lock_file(mn_arena_fmt(&a, "%s/lock%c", o->dir, 0).p, &f->lock, err) &&
	    (o->offline || (f->h = mn_http_new(&f->o.http, err)) != NULL))
		return f;
	mn_fetch_close(f);
	return NULL;
}

void
mn_fetch_close(struct mn_fetch *f)
{
	if (!f)
		return;
	mn_http_free(f->h);
	mn_lock_release(&f->lock);
	mn_arena_free(f->root);
	mn_handle_free(f);
}

/* ---- getting ---- */

static bool
copy_file(const char *from, int to, uint64_t most, struct mn_err *err)
{
	char block[65536];
	ssize_t n = -1;
	uint64_t total = 0;
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || ftruncate(to, 0) != 0) {
		mn_fail_errno(err, errno, "open", from);
		if (fd >= 0)
			close(fd);
		return false;
	}
	while ((n = read(fd, block, sizeof block)) > 0 && total + (uint64_t)n <= most) {
		total += (uint64_t)n;
		for (ssize_t done = 0, w; done < n; done += w)
			if ((w = write(to, block + done, (size_t)(n - done))) <= 0) {
				mn_fail_errno(err, w < 0 ? errno : 0, "copy", from);
				close(fd);
				return false;
			}
	}
	close(fd);
	if (n > 0)
		return mn_fail(err, MN_E_POLICY, "%s: is larger than %llu bytes", from,
		    (unsigned long long)most);
	return n == 0 || mn_fail_errno(err, errno, "read", from);
}

/* The day of a file is when it was last written; its copy is not younger. */
static bool
get_offline(struct mn_fetch_job *j, struct mn_err *err)
{
	struct stat st;
	if (stat(j->url, &st) != 0)
		return mn_fail(err, MN_E_UNAVAILABLE,
		    "%.*s: there is no file %.*s in the directory of --offline",
		    MN_FMT(j->s->id), MN_FMT(j->s->fetch.file));
	if (!copy_file(j->url, j->fd, (uint64_t)j->s->fetch.max_bytes, err))
		return false;
	int64_t day = st.st_mtime / 86400;
	if (day < j->f->o.now.day)
		j->now.checked = (struct mn_when){(int32_t)day, 0};
	return true;
}

/* True and *same when the server says that nothing changed. */
static bool
get_online(struct mn_fetch_job *j, bool *same, struct mn_err *err)
{
	struct mn_http_answer answer = {.status = 0};
	bool good = j->s->fetch.page.by && !j->f->o.mirror
			? mn_pages_get(j->f->h, &j->ask, &j->s->fetch.page,
			      mn_arena_cstr(j->a, j->s->id), err)
			: mn_http_get(j->f->h, &j->ask, &answer, err);
	*same = answer.unchanged;
	if (good && !answer.unchanged) {
		j->now.etag = mn_arena_str(j->a, mn_str_c(answer.etag));
		j->now.modified = mn_arena_str(j->a, mn_str_c(answer.modified));
	}
	if (!good && answer.wait_s > 0) {
		uint64_t s = (uint64_t)j->f->o.now.second + answer.wait_s;
		/* Nobody may keep us away for longer than a day. */
		s = s < 2 * 86400 ? s : 2 * 86400;
		j->now.not_before = (struct mn_when){
		    j->f->o.now.day + (int32_t)(s / 86400), (uint32_t)(s % 86400)};
	}
	return good;
}

/* ---- signatures ---- */

static bool
get_signature(
    struct mn_fetch_job *j, struct mn_str *text, bool *there, struct mn_err *err)
{
	const char *path = mn_arena_fmt(j->a, "%s.minisig%c", j->url, 0).p;
	*there = true;
	if (j->f->o.offline) {
		*there = mn_path_exists(path);
		return !*there || mn_file_read(j->a, path, MN_MAX_SIGN, text, err);
	}
	const char *to = at(j, "/part", ".minisig");
	int fd = open(to, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return mn_fail_errno(err, errno, "create", to);
	struct mn_http_ask ask = {.url = path, .fd = fd, .most = MN_MAX_SIGN};
	struct mn_http_answer answer;
	bool good = mn_http_get(j->f->h, &ask, &answer, err);
	close(fd);
	if (!good && err->code == MN_E_UNAVAILABLE)
		*there = false;
	good = (good && mn_file_read(j->a, to, MN_MAX_SIGN, text, err)) || !*there;
	unlink(to);
	return good;
}

/* Publishers sign nothing; what comes from elsewhere is signed by whom the user trusts.
 * An unchanged file is looked at again, or a mirror could keep an old list alive for
 * ever. */
static bool
check_signature(struct mn_fetch_job *j, const char *path, struct mn_err *err)
{
	const struct mn_sign_keys *keys = j->f->o.keys;
	struct mn_sign_before before = {j->before.version, j->before.timestamp};
	struct mn_str text;
	struct mn_sign sign;
	bool there;
	if (!keys || keys->n == 0 || (!j->f->o.mirror && !j->f->o.offline))
		return true;
	if (!get_signature(j, &text, &there, err))
		return false;
	if (!there)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: comes without its signature %.*s.minisig, and keys are pinned",
		    MN_FMT(j->s->id), MN_FMT(j->s->fetch.file));
	const char *name = mn_arena_cstr(j->a, j->s->fetch.file);
	if (!mn_sign_parse(text, name, &sign, err) ||
	    !mn_sign_verify(
		keys, &sign, path, j->s->fetch.file, j->f->o.now.day, &before, err))
		return false;
	j->now.version = sign.version;
	j->now.timestamp = sign.timestamp;
	return true;
}

/* ---- putting in place ---- */

static void
rotate(struct mn_fetch_job *j)
{
	char from[16], to[16];
	if (j->f->o.keep == 0 || !mn_path_exists(j->path))
		return;
	for (uint32_t n = j->f->o.keep; n > 1; n--) {
		snprintf(from, sizeof from, ".%u", n - 1);
		snprintf(to, sizeof to, ".%u", n);
		rename(with_extension(j, "/old", from), with_extension(j, "/old", to));
	}
	const char *newest = with_extension(j, "/old", ".1");
	unlink(newest);
	/* A second name, so that the copy in use never lacks its own. */
	if (link(j->path, newest) != 0)
		rename(j->path, newest);
}

static bool
put_in_place(struct mn_fetch_job *j, struct mn_err *err)
{
	if (fsync(j->fd) != 0)
		return mn_fail_errno(err, errno, "fsync", j->part);
	rotate(j);
	if (rename(j->part, j->path) != 0)
		return mn_fail_errno(err, errno, "rename", j->path);
	unlink(j->part_state);
	return mn_dir_sync(j->f->o.dir, err);
}

static void
drop_part(struct mn_fetch_job *j)
{
	unlink(j->part);
	unlink(j->part_state);
}

/* A complete download: the same as before, or a good new one. */
static enum mn_fetch_outcome
take(struct mn_fetch_job *j, struct mn_err *err)
{
	char hex[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	int64_t rows;
	if (!check_signature(j, j->part, err) ||
	    !mn_file_sha256(j->part, hex, &bytes, err))
		return MN_FETCH_FAILED;
	if (j->fresh && mn_str_eq(mn_str_c(hex), j->before.sha256)) {
		drop_part(j);
		return MN_FETCH_SAME;
	}
	if (!mn_fetch_check(
		j->f->o.mappings, j->s, j->part, &j->before, j->f->o.force, &rows, err) ||
	    !put_in_place(j, err))
		return MN_FETCH_FAILED;
	j->now.sha256 = mn_arena_str(j->a, mn_str_c(hex));
	j->now.bytes = (int64_t)bytes;
	j->now.rows_before = j->before.rows;
	j->now.rows = rows;
	j->now.fetched = j->now.changed = j->f->o.now;
	return MN_FETCH_NEW;
}

static bool
too_early(const struct mn_fetch_job *j)
{
	struct mn_when t = j->before.not_before, now = j->f->o.now;
	return t.day != MN_DAY_NONE && !j->f->o.force && !j->f->o.offline &&
	       (t.day > now.day || (t.day == now.day && t.second > now.second));
}

static enum mn_fetch_outcome
get(struct mn_fetch_job *j, struct mn_err *err)
{
	char moment[21];
	bool same = false;
	if (too_early(j)) {
		mn_fail(err, MN_E_TRANSIENT,
		    "%.*s: its server asked to be left alone until %s", MN_FMT(j->s->id),
		    mn_when_print(j->before.not_before, moment).p);
		return MN_FETCH_FAILED;
	}
	j->fd = open(j->part, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (j->fd < 0) {
		mn_fail_errno(err, errno, "create", j->part);
		return MN_FETCH_FAILED;
	}
	bool good = mn_fetch_prepare(j, err) &&
		    (j->f->o.offline ? get_offline(j, err) : get_online(j, &same, err));
	enum mn_fetch_outcome outcome = MN_FETCH_FAILED;
	if (good && !same)
		outcome = take(j, err);
	else if (good && check_signature(j, j->path, err))
		outcome = MN_FETCH_SAME;
	close(j->fd);
	bool resumable = outcome == MN_FETCH_FAILED && err->code == MN_E_TRANSIENT &&
			 mn_path_exists(j->part_state);
	if (!resumable)
		drop_part(j);
	return outcome;
}

/* Writes down what became of it. */
static bool
remember(struct mn_fetch_job *j, enum mn_fetch_outcome outcome, const struct mn_err *why,
    struct mn_err *err)
{
	if (outcome == MN_FETCH_FAILED) {
		struct mn_when not_before = j->now.not_before;
		j->now = j->before;
		j->now.error = mn_str_c(why->msg);
		j->now.failed = j->f->o.now;
		if (not_before.day != MN_DAY_NONE)
			j->now.not_before = not_before;
	} else {
		/* The same bytes from an old file do not make the copy older. */
		if (outcome == MN_FETCH_SAME &&
		    j->now.checked.day < j->before.checked.day)
			j->now.checked = j->before.checked;
		j->now.error = MN_STR_NONE;
		j->now.url = mn_str_c(j->url);
		j->now.not_before = (struct mn_when){MN_DAY_NONE, 0};
	}
	return mn_fetch_state_save(j->state_path, &j->now, err);
}

static bool
same_file(const char *path, struct mn_str sha256)
{
	char hex[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	struct mn_err ignored;
	return mn_path_exists(path) && mn_file_sha256(path, hex, &bytes, &ignored) &&
	       mn_str_eq(mn_str_c(hex), sha256);
}

static bool
begin(struct mn_fetch_job *j, struct mn_err *err)
{
	j->state_path = at(j, "/state", ".json");
	j->part = at(j, "/part", "");
	j->part_state = at(j, "/part", ".json");
	j->path = with_extension(j, "", "");
	j->url = j->f->o.offline ? mn_arena_fmt(j->a, "%s/%.*s%c", j->f->o.offline,
				       MN_FMT(j->s->fetch.file), 0)
				       .p
				 : mn_fetch_address(j);
	if (!mn_fetch_state_load(j->a, j->state_path, &j->before, err))
		return false;
	j->fresh = j->before.sha256.n && same_file(j->path, j->before.sha256);
	j->now = j->before;
	j->now.not_before = (struct mn_when){MN_DAY_NONE, 0};
	j->now.checked = j->f->o.now;
	return true;
}

enum mn_fetch_outcome
mn_fetch_source(struct mn_fetch *f, size_t i, struct mn_err *err)
{
	struct mn_arena a = f->root;
	struct mn_fetch_job j = {
	    .f = f, .s = &f->o.mappings->source[i], .a = &a, .fd = -1};
	struct mn_err worse = MN_ERR_NONE;
	*err = MN_ERR_NONE;
	if (!begin(&j, err))
		return MN_FETCH_FAILED;
	enum mn_fetch_outcome outcome = get(&j, err);
	if (!remember(&j, outcome, err, &worse) && outcome != MN_FETCH_FAILED) {
		*err = worse;
		outcome = MN_FETCH_FAILED;
	}
	/* The arena held a token. */
	explicit_bzero(f->root.beg, (size_t)(a.beg - f->root.beg));
	return outcome;
}

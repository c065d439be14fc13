/* What is asked for a source: address, token, what is known already. */
#include <unistd.h>

#include "manumit/base/file.h"

#include "fetch_job.h"

/* {year} and {year-1} stand for years of today. */
const char *
mn_fetch_address(struct mn_fetch_job *j)
{
	struct mn_str u = j->s->fetch.url, year = MN_S("{year}"), last = MN_S("{year-1}");
	int y, m, d;
	if (j->f->o.mirror) {
		struct mn_str base = mn_str_c(j->f->o.mirror);
		while (base.n && base.p[base.n - 1] == '/')
			base.n--;
		return mn_arena_fmt(
		    j->a, "%.*s/%.*s%c", MN_FMT(base), MN_FMT(j->s->fetch.file), 0)
		    .p;
	}
	mn_day_civil(j->f->o.now.day, &y, &m, &d);
	for (int back = 0; back < 2; back++) {
		struct mn_str mark = back ? last : year;
		size_t p = mn_str_find(u, mark);
		if (p == SIZE_MAX)
			continue;
		struct mn_str tail = mn_str_sub(u, p + mark.n, u.n);
		u = mn_arena_fmt(j->a, "%.*s%d%.*s", MN_FMT(mn_str_sub(u, 0, p)),
		    y - back, MN_FMT(tail));
	}
	return mn_arena_cstr(j->a, u);
}

static bool
token(struct mn_fetch_job *j, struct mn_str *out, struct mn_err *err)
{
	const struct mn_map_fetch *s = &j->s->fetch;
	const char *env = s->token_env.n && j->f->o.env
			      ? j->f->o.env(mn_arena_cstr(j->a, s->token_env))
			      : NULL;
	*out = mn_str_trim(mn_str_c(env));
	if (out->n == 0 && s->token_file.n) {
		if (!mn_file_read(
			j->a, mn_arena_cstr(j->a, s->token_file), MN_MAX_SIGN, out, err))
			return false;
		*out = mn_str_trim(*out);
	}
	return out->n > 0 ||
	       mn_fail(err, MN_E_CONFIG,
		   "%.*s: wants a token; put it into the environment as %.*s",
		   MN_FMT(j->s->id), MN_FMT(s->token_env));
}

/* Mirrors are not shown the publisher's tokens. */
static bool
add_token(struct mn_fetch_job *j, struct mn_err *err)
{
	const struct mn_map_fetch *s = &j->s->fetch;
	struct mn_str value;
	if (j->f->o.mirror || (s->token_env.n == 0 && s->token_file.n == 0))
		return true;
	if (!token(j, &value, err))
		return false;
	if (s->token_parameter.n)
		j->ask.secret_query = mn_arena_fmt(
		    j->a, "%.*s=%.*s%c", MN_FMT(s->token_parameter), MN_FMT(value), 0)
					  .p;
	else if (s->token_header.n)
		j->ask.secret = mn_arena_fmt(
		    j->a, "%.*s: %.*s%c", MN_FMT(s->token_header), MN_FMT(value), 0)
				    .p;
	else
		j->ask.secret =
		    mn_arena_fmt(j->a, "Authorization: Bearer %.*s%c", MN_FMT(value), 0)
			.p;
	return true;
}

static const char *
text_or_null(struct mn_fetch_job *j, struct mn_str s)
{
	return s.n ? mn_arena_cstr(j->a, s) : NULL;
}

/* A part of the same file of the same address can be resumed. */
static void
find_part(struct mn_fetch_job *j)
{
	struct mn_fetch_state part;
	struct mn_err ignored;
	if (!j->s->fetch.page.by && mn_path_exists(j->part) &&
	    mn_fetch_state_load(j->a, j->part_state, &part, &ignored) && part.etag.n &&
	    mn_str_eq(part.url, mn_str_c(j->url)))
		j->ask.part = mn_arena_cstr(j->a, part.etag);
}

/* Before the first byte of a body: what it can be resumed with. */
static void
begun(void *ctx, const char *validator)
{
	struct mn_fetch_job *j = ctx;
	struct mn_fetch_state part = mn_fetch_state_none();
	struct mn_err ignored;
	part.url = mn_str_c(j->url);
	part.etag = mn_str_c(validator);
	if (validator)
		mn_fetch_state_save(j->part_state, &part, &ignored);
	else
		unlink(j->part_state);
}

bool
mn_fetch_prepare(struct mn_fetch_job *j, struct mn_err *err)
{
	const struct mn_map_fetch *s = &j->s->fetch;
	j->ask = (struct mn_http_ask){.url = j->url,
	    .agent = text_or_null(j, s->agent),
	    .accept = text_or_null(j, s->accept),
	    .host = j->f->o.mirror ? NULL : s->host,
	    .n_host = j->f->o.mirror ? 0 : s->n_host,
	    .apart_ms = (uint32_t)s->apart_ms,
	    .fd = j->fd,
	    .most = (uint64_t)s->max_bytes,
	    .begun = begun,
	    .ctx = j};
	find_part(j);
	if (j->fresh && !s->page.by && mn_str_eq(j->before.url, mn_str_c(j->url))) {
		j->ask.etag = text_or_null(j, j->before.etag);
		j->ask.modified = text_or_null(j, j->before.modified);
	}
	return add_token(j, err);
}

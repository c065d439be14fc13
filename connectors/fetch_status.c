/* What is known of the copies, without asking anybody. */
#include "manumit/base/file.h"

#include "fetch_impl.h"
#include "mapping_impl.h"

size_t
mn_fetch_sources(const struct mn_mappings *m)
{
	return m->n_source;
}

bool
mn_fetch_has(const struct mn_mappings *m, size_t i)
{
	return i < m->n_source && m->source[i].fetch.url.n > 0;
}

bool
mn_fetch_find(
    const struct mn_mappings *m, struct mn_str id, size_t *i, struct mn_err *err)
{
	struct mn_str name[1024];
	size_t n = 0;
	for (size_t k = 0; k < m->n_source; k++) {
		bool is = mn_str_eq(m->source[k].id, id);
		if (is && mn_fetch_has(m, k)) {
			*i = k;
			return true;
		}
		if (is)
			return mn_fail(err, MN_E_NOTFOUND,
			    "the source %.*s has no address to fetch it from (\"fetch\" "
			    "in "
			    "its file); get it from %.*s",
			    MN_FMT(id), MN_FMT(m->source[k].url));
		if (mn_fetch_has(m, k) && n < countof(name))
			name[n++] = m->source[k].id;
	}
	int at = mn_str_nearest(id, name, n);
	return mn_fail(err, MN_E_NOTFOUND, "there is no source \"%.*s\" to fetch%s%.*s",
	    MN_FMT(id), at < 0 ? "" : "; did you mean ", at < 0 ? 0 : (int)name[at].n,
	    at < 0 ? "" : name[at].p);
}

static int64_t
days_since(struct mn_when t, struct mn_when now)
{
	return t.day == MN_DAY_NONE ? -1 : t.day > now.day ? 0 : (int64_t)now.day - t.day;
}

bool
mn_fetch_status(struct mn_arena *a, const struct mn_mappings *m, size_t i,
    const char *dir, struct mn_when now, int64_t max_age, struct mn_fetch_status *out,
    struct mn_err *err)
{
	const struct mn_map_source *s = &m->source[i];
	struct mn_fetch_state st;
	const char *path =
	    mn_arena_fmt(a, "%s/state/%.*s.json%c", dir, MN_FMT(s->id), 0).p;
	if (!mn_fetch_state_load(a, path, &st, err))
		return false;
	*out = (struct mn_fetch_status){.source = s->id,
	    .title = s->title,
	    .url = s->fetch.url,
	    .kind = s->kind,
	    .path = mn_arena_fmt(a, "%s/%.*s.%s%c", dir, MN_FMT(s->id),
		mn_fetch_format_name(s->fetch.format), 0)
			.p,
	    .bytes = (uint64_t)st.bytes,
	    .rows = st.rows,
	    .rows_before = st.rows_before,
	    .fetched = st.fetched,
	    .checked = st.checked,
	    .changed = st.changed,
	    .error = st.error,
	    .version = st.version};
	memcpy(out->sha256, st.sha256.n ? st.sha256.p : "", st.sha256.n);
	out->there = st.fetched.day != MN_DAY_NONE && mn_path_exists(out->path);
	out->age = days_since(st.checked, now);
	int64_t usual = s->stale_after_days;
	out->limit = max_age >= 0 ? max_age : usual > 0 ? usual : MN_FETCH_MAX_AGE;
	out->stale = !out->there || out->age < 0 || out->age > out->limit;
	out->quiet = out->there && usual > 0 && days_since(st.changed, now) > usual;
	return true;
}

/* A generation made again, to see whether the same comes out. */
#include <stdio.h>
#include <sys/stat.h>

#include "manumit/run/decide.h"
#include "manumit/run/reproduce.h"
#include "manumit/run/run.h"

#define STATE_BYTES ((size_t)1 << 33)

struct candidate {
	const char *path;
	char sha256[MN_HEX256_CHARS + 1];
};

struct again {
	const struct mn_reproduce_opts *o;
	struct mn_arena *a;
	struct mn_reproduced *out;
	const struct mn_report *r; /* of the generation */
	const char *store;         /* the directory, or what lies inside a report */
	struct candidate *file;
	uint32_t n_file;
	struct mn_run_input *input;
	uint32_t n_input;
};

static void
lack(struct again *x, struct mn_str why)
{
	if (x->out->n_lacks < MN_REPRODUCE_LACKS)
		x->out->lacks[x->out->n_lacks++] = why;
}

/* ---- files ---- */

static bool
is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
add_file(struct again *x, const char *path, uint32_t room, struct mn_err *err)
{
	uint64_t bytes;
	if (x->n_file == room)
		return mn_fail(err, MN_E_USAGE, "%s: too many files to look at", path);
	struct candidate *c = &x->file[x->n_file++];
	c->path = path;
	return mn_file_sha256(path, c->sha256, &bytes, err);
}

#define FILES_MOST 10000

static bool
look_at_files(struct again *x, struct mn_err *err)
{
	x->file = MN_NEW(x->a, struct candidate, FILES_MOST);
	for (uint32_t i = 0; i < x->o->n_path; i++) {
		struct mn_str *name;
		size_t n;
		if (!is_folder(x->o->path[i])) {
			if (!add_file(x, x->o->path[i], FILES_MOST, err))
				return false;
			continue;
		}
		if (!mn_dir_list(x->a, x->o->path[i], &name, &n, err))
			return false;
		for (size_t k = 0; k < n; k++) {
			const char *path = mn_arena_fmt(
			    x->a, "%s/%.*s%c", x->o->path[i], MN_FMT(name[k]), 0)
					       .p;
			if (!is_folder(path) && !add_file(x, path, FILES_MOST, err))
				return false;
		}
	}
	return true;
}

static const char *
file_of(const struct again *x, const struct mn_source *s)
{
	for (uint32_t i = 0; i < x->n_file; i++)
		if (mn_str_eq(s->sha256, mn_str_c(x->file[i].sha256)))
			return x->file[i].path;
	return NULL;
}

/* The user's sources; lists that came along come along again, or the packs tell. */
static void
find_inputs(struct again *x)
{
	x->input = MN_NEW(x->a, struct mn_run_input, x->r->n_source + 1);
	for (uint32_t i = 0; i < x->r->n_source; i++) {
		const struct mn_source *s = &x->r->source[i];
		if (s->edition.n || mn_str_eq(s->layout, MN_S(MN_JOURNAL_LAYOUT)))
			continue;
		const char *path = file_of(x, s);
		if (!path) {
			lack(x, mn_arena_fmt(x->a,
				    "no file given has the content of %.*s (SHA-256 "
				    "%.16s...)",
				    MN_FMT(mn_source_base(s)), s->sha256.p));
			continue;
		}
		x->input[x->n_input++] =
		    (struct mn_run_input){.kind = s->kind, .path = path, .part = s->part};
		x->out->files++;
	}
}

/* ---- what else has to be as it was ---- */

static bool
compare_packs(struct again *x, struct mn_err *err)
{
	const char *dir = mn_arena_fmt(x->a, "%s/indicators%c", x->o->share_dir, 0).p;
	const struct mn_pack *was = x->r->pack,
			     *now = mn_pack_load_country(x->a, dir, x->o->country_pack,
				 x->o->tailor, x->o->n_tailor, err);
	if (!now)
		return false;
	for (uint32_t i = 0; i < was->n_file; i++) {
		const struct mn_pack_file *f = &was->file[i], *other = NULL;
		for (uint32_t k = 0; k < now->n_file; k++)
			if (mn_str_eq(now->file[k].id, f->id))
				other = &now->file[k];
		if (!other || strcmp(other->sha256, f->sha256) != 0)
			lack(x,
			    mn_arena_fmt(x->a,
				"the pack %.*s %.*s of that run is %s (its own numbers, "
				"if it was tailored)",
				MN_FMT(f->id), MN_FMT(f->version),
				other ? "another one now" : "not here"));
	}
	if (strcmp(x->r->version, MN_VERSION) != 0)
		lack(x, mn_arena_fmt(x->a, "that run was made by version %s, this is %s",
			    x->r->version, MN_VERSION));
	return true;
}

struct since {
	struct mn_str head; /* of the journal when the run began */
	bool after;
	uint32_t n; /* decisions and entries since */
};

static bool
count_since(void *ctx, const struct mn_journal_record *r)
{
	struct since *s = ctx;
	if (s->after &&
	    (mn_str_find(r->text, MN_S("\"kind\":\"decision\"")) != SIZE_MAX ||
		mn_str_find(r->text, MN_S("\"kind\":\"record\"")) != SIZE_MAX))
		s->n++;
	if (mn_str_eq(r->hash, s->head))
		s->after = true;
	return true;
}

static bool
compare_state(struct again *x, struct mn_err *err)
{
	struct since s = {.head = x->r->journal_head, .after = x->r->journal_head.n == 0};
	struct mn_state *state = mn_run_state_open(x->o->dir, err);
	bool good = state && mn_journal_each(state, count_since, &s, err);
	mn_state_close(state);
	if (good && s.n)
		lack(x,
		    mn_arena_fmt(x->a,
			"%u decisions or records were made since that run began", s.n));
	return good;
}

/* ---- the run ---- */

/* The state, with its decisions and records, copied for a store of its own. */
static bool
copy_state(struct again *x, const char *store, struct mn_err *err)
{
	struct mn_str state;
	struct mn_arena own = mn_arena_new(STATE_BYTES, NULL), b = own;
	const char *dir = x->store,
		   *from = mn_arena_fmt(x->a, "%s/state.mdb%c", dir, 0).p,
		   *lock = mn_arena_fmt(x->a, "%s/lock%c", dir, 0).p,
		   *to = mn_arena_fmt(x->a, "%s/state.mdb%c", store, 0).p;
	struct mn_lock held;
	bool good = mn_dir_make(store, err) && mn_lock_file(lock, &held, err);
	if (good) {
		struct mn_out *o = NULL;
		good = mn_file_read(&b, from, STATE_BYTES / 2, &state, err) &&
		       (o = mn_out_open(to, 0600, err)) != NULL;
		if (good) {
			mn_out_write(o, state);
			good = mn_out_commit(o, true, NULL, err);
		}
		mn_lock_release(&held);
	}
	mn_arena_free(own);
	return good;
}

static bool
run_again(struct again *x, const char *work, struct mn_err *err)
{
	struct mn_run_result result;
	const char *store = mn_arena_fmt(x->a, "%s/data%c", work, 0).p;
	struct mn_run_opts o = {.input = x->input,
	    .n_input = x->n_input,
	    .out = mn_arena_fmt(x->a, "%s/out%c", work, 0).p,
	    .data_dir = store,
	    .share_dir = x->o->share_dir,
	    .country_pack = x->o->country_pack,
	    .tailor = x->o->tailor,
	    .n_tailor = x->o->n_tailor,
	    .said = x->o->said,
	    .as_of = x->r->as_of,
	    .now = {.day = x->r->as_of},
	    .jobs = x->o->jobs,
	    .audience = x->r->audience,
	    .sensitivity = x->r->n_variant > 0,
	    .no_sandbox = x->o->no_sandbox,
	    .dossiers_from = MN_BANDS};
	for (uint32_t i = 0; i < x->r->n_source; i++)
		o.shipped = o.shipped || x->r->source[i].edition.n > 0;
	if (!copy_state(x, store, err) || !mn_run_screen(&o, &result, err))
		return false;
	memcpy(x->out->now, result.digest, sizeof x->out->now);
	x->out->same = strcmp(x->out->was, x->out->now) == 0;
	return true;
}

static bool
reproduce(struct again *x, struct mn_err *err)
{
	if (!look_at_files(x, err) || !compare_packs(x, err) || !compare_state(x, err))
		return false;
	find_inputs(x);
	if (x->out->n_lacks)
		return true;
	const char *work = mn_arena_fmt(x->a, "%s/audit.tmp%c", x->store, 0).p;
	struct mn_err ignored;
	bool good =
	    mn_dir_remove(work, err) && mn_dir_make(work, err) && run_again(x, work, err);
	mn_dir_remove(work, good ? err : &ignored);
	return good;
}

bool
mn_run_reproduce(const struct mn_reproduce_opts *o, struct mn_arena *a,
    struct mn_reproduced *out, struct mn_err *err)
{
	struct mn_report r;
	const char *connectors = mn_arena_fmt(a, "%s/connectors%c", o->share_dir, 0).p;
	const struct mn_mappings *m = mn_mappings_load(a, connectors, err);
	struct mn_gen *g = m ? mn_run_open(o->dir, o->generation, err) : NULL;
	*out = (struct mn_reproduced){.generation = o->generation};
	bool good = g && mn_report_open(&r, g, mn_mappings_countries(m), a, err);
	if (good) {
		const char *inner = mn_arena_fmt(a, "%s/store%c", o->dir, 0).p;
		struct again x = {.o = o,
		    .a = a,
		    .out = out,
		    .r = &r,
		    .store = mn_path_exists(inner) ? inner : o->dir};
		out->generation = r.generation;
		memcpy(out->was, r.digest, sizeof out->was);
		good = reproduce(&x, err);
		mn_report_close(&r);
	}
	mn_gen_close(g);
	return good;
}

/*
 * The frame of a run: locks, temporary directories, the stages one after another, and the
 * two renames at the end. Nothing that exists is touched before everything is ready.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/utf8.h"

#include "stages.h"

struct stage_row {
	const char *name;
	bool (*fn)(struct mn_run *r, uint64_t *rows, struct mn_err *err);
};

static const struct stage_row STAGES[] = {
    {"ingest", mn_run_ingest},
    {"index", mn_run_index},
    {"resolve", mn_run_resolve},
    {"match", mn_run_match},
    {"evidence", mn_run_evidence},
    {"edges", mn_run_edges},
    {"score", mn_run_score},
    {"spread", mn_run_spread},
    {"report", mn_run_report},
};

struct places {
	const char *out, *out_tmp, *data, *data_lock, *work;
	const char *store; /* where the generation is built: data, but of a copy */
	bool private_store;
	bool copy; /* for another audience: its generation is not published */
	struct mn_lock out_held, data_held;
};

/* ---- stages that only wrap a room's own ---- */

bool
mn_run_index(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	return mn_stage_index(&r->stage, err) &&
	       mn_gen_count(r->gen, MN_TAB_KEY, rows, err);
}

bool
mn_run_resolve(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	struct mn_stage *st = &r->stage;
	return mn_decided_rows(
		   st, r->decisions, &r->arena, &st->decided, &st->n_decided, err) &&
	       mn_stage_resolve(st, err) && mn_gen_count(r->gen, MN_TAB_ENT, rows, err);
}

bool
mn_run_match(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	return mn_stage_match(&r->stage, err) &&
	       mn_gen_count(r->gen, MN_TAB_MATCH, rows, err);
}

bool
mn_run_evidence(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	r->evidence = (struct mn_evidence_run){.stage = &r->stage,
	    .pack = r->pack,
	    .source = r->source,
	    .n_source = r->n_input,
	    .fees = r->fees,
	    .rates = &r->rates,
	    .audience = r->o->audience,
	    .surveys = r->surveys,
	    .decisions = r->decisions};
	return mn_stage_evidence(&r->evidence, err) &&
	       mn_gen_count(r->gen, MN_TAB_EV, rows, err);
}

static void
note(void *ctx, mn_rid rid, enum mn_code code, struct mn_str column, struct mn_str value,
    struct mn_str detail)
{
	struct mn_run *r = ctx;
	uint32_t src = mn_rid_src(rid);
	struct mn_issue issue = {.code = code,
	    .file = r->source[src].file,
	    .row = mn_rid_line(rid),
	    .column = column,
	    .value = value,
	    .detail = detail};
	mn_issues_add(&r->issues, src, &issue);
}

/* ---- the last stage: what the report says of the run, then the report ---- */

static bool
put_meta(struct mn_load *l, const char *key, struct mn_str value, struct mn_err *err)
{
	return mn_load_put(l, mn_str_c(key), value, MN_STR_NONE, err);
}

static struct mn_str
stages_json(struct mn_run *r)
{
	struct mn_buf b = mn_buf_new(1u << 16);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	mn_jsonw_list(&w, NULL);
	for (uint32_t i = 0; i < r->result->n_stage; i++) {
		const struct mn_stage_metric *m = &r->result->stage[i];
		mn_jsonw_map(&w, NULL);
		mn_jsonw_c(&w, "name", m->name);
		mn_jsonw_int(&w, "rows", (int64_t)m->rows);
		if (r->o->stats) {
			mn_jsonw_q16(
			    &w, "seconds", (int64_t)(m->wall_us * 65536 / 1000000), 3);
			mn_jsonw_q16(
			    &w, "cpu_seconds", (int64_t)(m->cpu_us * 65536 / 1000000), 3);
			mn_jsonw_int(&w, "peak_kib", (int64_t)m->peak_kib);
		}
		mn_jsonw_end_map(&w);
	}
	mn_jsonw_end_list(&w);
	struct mn_str s = mn_arena_str(&r->arena, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

/* Keys in byte order, as a load wants them. */
static bool
load_meta(struct mn_run *r, struct mn_err *err)
{
	char day[11];
	struct mn_load *l = mn_load_begin(r->gen, MN_TAB_META, err);
	struct mn_str audience = mn_str_c(mn_audience_name(r->o->audience));
	if (l && put_meta(l, "as_of", mn_day_print(r->o->as_of, day), err) &&
	    put_meta(l, "audience", audience, err) &&
	    put_meta(l, "config_sha256", mn_str_c(r->config_sha256), err) &&
	    put_meta(l, "journal_head",
		r->journal.n ? mn_str_c(r->journal.hash) : MN_STR_NONE, err) &&
	    (!r->o->sensitivity || put_meta(l, "sensitivity", MN_S("1"), err)) &&
	    put_meta(l, "stages", stages_json(r), err) &&
	    (!r->o->stats || put_meta(l, "stats", MN_S("1"), err)) &&
	    (!r->o->tender || put_meta(l, "tender", MN_S("1"), err)) &&
	    put_meta(l, "version", MN_S(MN_VERSION), err) &&
	    put_meta(l, "worker_key", mn_str_c(r->key_id), err))
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

static bool
load_sources(struct mn_run *r, struct mn_err *err)
{
	struct mn_load *l = mn_load_begin(r->gen, MN_TAB_SOURCE, err);
	struct mn_buf body = mn_buf_new(1u << 20);
	bool good = l != NULL;
	char raw[4];
	for (uint32_t i = 0; good && i < r->n_input; i++) {
		struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
		mn_put_u32(&key, i);
		mn_buf_clear(&body);
		mn_source_encode(&r->source[i], &body);
		good =
		    mn_load_put(l, mn_buf_str(&key), mn_buf_str(&body), MN_STR_NONE, err);
	}
	mn_buf_free(&body);
	if (good)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

bool
mn_run_report(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	struct mn_report report;
	const char *issues = mn_arena_fmt(&r->arena, "%s/issues.csv%c", r->out_tmp, 0).p;
	if (!mn_issues_finish(
		&r->issues, issues, r->source, r->n_input, r->n_own, r->result, err) ||
	    !load_meta(r, err) || !load_sources(r, err) ||
	    !mn_report_open(
		&report, r->gen, mn_mappings_countries(r->mappings), &r->arena, err))
		return false;
	report.jobs = r->o->jobs;
	report.messages = r->o->messages;
	report.dossiers_from = r->o->dossiers_from;
	report.dossiers_auto = r->o->dossiers_auto;
	memcpy(r->result->digest, report.digest, sizeof report.digest);
	bool good =
	    mn_report_render(&report, r->out_tmp, err) &&
	    (!r->o->compare || r->o->audience != MN_AUD_INTERNAL ||
		mn_run_compare(r, &report, err)); /* what changed is not for others */
	*rows = report.entities;
	mn_report_close(&report);
	/* The user's rows: those of lists that come along were not asked for. */
	for (uint32_t i = 0; i < r->n_own; i++) {
		r->result->rows += r->source[i].rows;
		r->result->accepted += r->source[i].accepted;
		r->result->noted += r->source[i].noted;
		r->result->quarantined += r->source[i].quarantined;
		r->result->unjoined += r->source[i].unjoined;
	}
	return good;
}

/* ---- the frame ---- */

static bool
run_stages(struct mn_run *r, struct mn_err *err)
{
	const struct mn_run_opts *o = r->o;
	for (size_t i = 0; i < countof(STAGES); i++) {
		struct mn_stage_metric *m = &r->result->stage[r->result->n_stage];
		uint64_t wall = mn_clock_us(), cpu = mn_clock_cpu_us();
		m->name = STAGES[i].name;
		if (o->progress)
			o->progress(o->progress_ctx, m->name, 0, false);
		if (!STAGES[i].fn(r, &m->rows, err))
			return false;
		m->wall_us = mn_clock_us() - wall;
		m->cpu_us = mn_clock_cpu_us() - cpu;
		m->peak_kib = mn_peak_kib();
		m->anon_kib = mn_anon_kib();
		r->result->n_stage++;
		if (o->progress)
			o->progress(o->progress_ctx, m->name, m->rows, true);
	}
	return true;
}

/* SHA-256 over everything that may change a result besides inputs and packs; names: where
 * the tables of words are. */
static bool
hash_config(struct mn_run *r, const char *names, struct mn_err *err)
{
	char day[11], model[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	struct mn_sha256 h;
	const char *path = mn_arena_fmt(&r->arena, "%s/model.json%c", names, 0).p;
	if (!mn_file_sha256(path, model, &bytes, err))
		return false;
	mn_sha256_init(&h);
	mn_sha256_add(&h, MN_S("as-of "));
	mn_sha256_add(&h, mn_day_print(r->o->as_of, day));
	mn_sha256_add(&h, MN_S(" "));
	mn_sha256_add(&h, mn_str_c(mn_audience_name(r->o->audience)));
	for (uint32_t i = 0; i < r->n_input; i++) {
		mn_sha256_add(&h, MN_S(" "));
		mn_sha256_add(&h, mn_str_c(mn_kind_name(r->input[i].kind)));
	}
	if (r->o->said.encoding) {
		mn_sha256_add(&h, MN_S(" encoding "));
		mn_sha256_add(&h, mn_str_c(r->o->said.encoding));
	}
	if (r->o->said.mapping) {
		char hex[MN_HEX256_CHARS + 1];
		if (!mn_file_sha256(r->o->said.mapping, hex, &bytes, err))
			return false;
		mn_sha256_add(&h, MN_S(" mapping "));
		mn_sha256_add(&h, mn_str_c(hex));
	}
	mn_sha256_add(&h, MN_S(" names "));
	mn_sha256_add(&h, mn_str_c(mn_analyst_epoch(r->matcher.analyst)));
	mn_sha256_add(&h, mn_str_c(model));
	mn_sha256_hex(&h, r->config_sha256);
	return true;
}

/* The user's inputs, behind them the lists that come along; entries of the store follow
 * when they have been read. */
static bool
list_inputs(struct mn_run *r, struct mn_err *err)
{
	const struct mn_run_opts *o = r->o;
	const struct mn_shipped *list = NULL;
	uint32_t n = 0;
	if (o->shipped && !mn_shipped_load(&r->arena, o->share_dir, &list, &n, err))
		return false;
	size_t room = (size_t)o->n_input + n + MN_K_COUNT; /* entries: a table a kind */
	struct mn_run_input *in = MN_NEW(&r->arena, struct mn_run_input, room);
	r->shipped = MN_NEW(&r->arena, const struct mn_shipped *, room);
	r->source = MN_NEW(&r->arena, struct mn_source, room);
	memcpy(in, o->input, o->n_input * sizeof *in);
	for (uint32_t i = 0; i < n; i++) {
		in[o->n_input + i] =
		    (struct mn_run_input){.kind = MN_K_WATCHLIST, .path = list[i].path};
		r->shipped[o->n_input + i] = &list[i];
	}
	r->input = in;
	r->n_own = o->n_input;
	r->n_input = o->n_input + n;
	return true;
}

/* A key beside what it protects protects nothing. */
static bool
load_key(struct mn_run *r, const struct places *p, struct mn_err *err)
{
	const char *path = r->o->worker_key;
	const char *const never[] = {p->data, p->out, p->out_tmp};
	if (!path) {
		mn_random(r->secret, sizeof r->secret);
		return true;
	}
	for (size_t i = 0; i < countof(never); i++)
		if (mn_path_below(path, never[i]))
			return mn_fail(err, MN_E_NOPERM,
			    "%s: the key of workers' pseudonyms would lie in %s, beside "
			    "the data; put it elsewhere",
			    path, never[i]);
	if (!mn_secret_file(path, r->secret, &r->result->key_made, err))
		return false;
	mn_secret_id(r->secret, r->key_id);
	return true;
}

static bool
prepare(struct mn_run *r, struct mn_err *err)
{
	const char *share = r->o->share_dir;
	const char *packs = mn_arena_fmt(&r->arena, "%s/indicators%c", share, 0).p;
	const char *connectors = mn_arena_fmt(&r->arena, "%s/connectors%c", share, 0).p;
	if (!list_inputs(r, err))
		return false;
	r->mappings = mn_mappings_load(&r->arena, connectors, err);
	if (r->mappings)
		r->mappings = mn_mappings_with(&r->arena, r->mappings, &r->o->said, err);
	if (r->mappings)
		r->mappings = mn_mappings_jobs(&r->arena, r->mappings, r->o->jobs);
	if (r->mappings && !r->o->no_sandbox)
		r->mappings = mn_mappings_apart(&r->arena, r->mappings);
	r->pack = r->mappings ? mn_pack_load_country(&r->arena, packs, r->o->country_pack,
				    r->o->tailor, r->o->n_tailor, err)
			      : NULL;
	const char *names = mn_arena_fmt(&r->arena, "%s/connectors/names%c", share, 0).p;
	return r->pack &&
	       mn_matcher_open(&r->matcher, &r->arena, names,
		   mn_mappings_countries(r->mappings), err) &&
	       hash_config(r, names, err);
}

static bool
run_in_generation(struct mn_run *r, struct mn_err *err)
{
	r->stage = (struct mn_stage){.gen = r->gen,
	    .work_dir = r->work_dir,
	    .sort_bytes = MN_SORT_BYTES,
	    .diag = &r->issues.diag,
	    .note = note,
	    .ctx = r,
	    .as_of = r->o->as_of,
	    .jobs = r->o->jobs,
	    .matcher = &r->matcher};
	r->rates = mn_rates_new();
	r->fees = mn_xsort_new(r->work_dir, MN_SORT_BYTES, err);
	r->surveys = mn_xsort_new(r->work_dir, MN_SORT_BYTES, err);
	r->rank = mn_xsort_new(r->work_dir, MN_SORT_BYTES, err);
	bool good = r->fees && r->surveys && r->rank &&
		    mn_issues_init(&r->issues, r->work_dir, MN_SORT_BYTES, err);
	if (good) {
		good = mn_run_state(r, err) && mn_pack_store(r->pack, r->gen, err) &&
		       run_stages(r, err);
		mn_issues_free(&r->issues);
	}
	mn_rates_free(&r->rates);
	mn_xsort_free(r->fees);
	mn_xsort_free(r->surveys);
	mn_xsort_free(r->rank);
	return good;
}

/* A report is replaced as a whole, so a folder with anything else in it is not one: what
 * the user put there would be gone. */
static bool
is_report(const char *dir, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(64u << 20, NULL), root = a;
	struct mn_str *name;
	size_t n;
	bool good = mn_dir_list(&a, dir, &name, &n, err) ||
		    mn_fail(err, MN_E_FOREIGN, "%s: it cannot be read as a folder", dir);
	for (size_t i = 0; good && i < n; i++)
		if (!mn_report_has(name[i]))
			good = mn_fail(err, MN_E_FOREIGN, "%s: \"%.*s\" is in it", dir,
			    MN_FMT(mn_utf8_cut(name[i], 60)));
	mn_arena_free(root);
	return good;
}

/* Opens OUT.tmp empty and ours; what a dead run left in it is removed. */
static bool
claim_out(struct places *p, bool force, struct mn_err *err)
{
	if (mn_path_exists(p->out) && !force)
		return mn_fail(err, MN_E_EXISTS, "%s", p->out);
	if (mn_path_exists(p->out) && !is_report(p->out, err))
		return false;
	if (!mn_dir_make(p->out_tmp, err) || !mn_lock_dir(p->out_tmp, &p->out_held, err))
		return false;
	struct mn_arena a = mn_arena_new(64u << 20, NULL), root = a;
	struct mn_str *name;
	size_t n;
	bool good = mn_dir_list(&a, p->out_tmp, &name, &n, err);
	for (size_t i = 0; good && i < n; i++)
		good = mn_dir_remove(
		    mn_arena_fmt(&a, "%s/%.*s%c", p->out_tmp, MN_FMT(name[i]), 0).p, err);
	mn_arena_free(root);
	return good;
}

static bool
claim_data(struct places *p, struct mn_err *err)
{
	return mn_dir_make(p->data, err) && mn_dir_make(p->store, err) &&
	       mn_lock_file(p->data_lock, &p->data_held, err);
}

static void
place(struct places *p, const struct mn_run_opts *o, struct mn_arena *a)
{
	struct mn_str out = mn_str_c(o->out);
	while (out.n > 1 && out.p[out.n - 1] == '/')
		out.n--;
	*p = (struct places){
	    .private_store = o->data_dir == NULL, .out_held.fd = -1, .data_held.fd = -1};
	p->out = mn_arena_cstr(a, out);
	p->out_tmp = mn_arena_fmt(a, "%s.tmp%c", p->out, 0).p;
	p->data = p->private_store ? mn_arena_fmt(a, "%s/store%c", p->out_tmp, 0).p
				   : o->data_dir;
	p->data_lock = mn_arena_fmt(a, "%s/lock%c", p->data, 0).p;
	p->work = p->out_tmp;
	p->copy = o->audience != MN_AUD_INTERNAL;
	p->store = p->copy ? mn_arena_fmt(a, "%s/store%c", p->out_tmp, 0).p : p->data;
}

/* A copy for others leaves things out, so it takes no generation's place, and the store
 * that it was made in does not go with it. That it was made is journalled. */
static bool
publish_copy(struct mn_run *r, struct places *p, struct mn_err *err)
{
	bool good = p->private_store || mn_run_journal(r, err);
	mn_gen_close(r->gen);
	r->gen = NULL;
	mn_lock_release(p->private_store ? &p->data_held : &(struct mn_lock){-1});
	return good && mn_dir_remove(p->store, err) &&
	       mn_dir_remove(
		   mn_arena_fmt(&r->arena, "%s/issues.csv%c", p->out_tmp, 0).p, err) &&
	       mn_tree_sync(p->out_tmp, err) && mn_dir_publish(p->out_tmp, p->out, err);
}

/* Order: the journal before everything, so that no generation is published of which it
 * does not know (it may know of one that was sealed and, for want of space, not
 * published); the generation first, the reports last, so that reports never name a
 * generation that is not there. A private store travels inside the reports' directory. */
static bool
publish(struct mn_run *r, struct places *p, struct mn_err *err)
{
	struct mn_gen *g = r->gen;
	if (p->copy)
		return publish_copy(r, p, err);
	/* A private store goes with its reports; a journal of it would tell nothing. */
	if (!p->private_store && !mn_run_journal(r, err))
		return false;
	mn_gen_keep(g, r->o->generations);
	r->gen = NULL;
	return mn_gen_publish(g, err) && mn_tree_sync(p->out_tmp, err) &&
	       mn_dir_publish(p->out_tmp, p->out, err);
}

static bool
run_between_locks(struct mn_run *r, struct places *p, struct mn_err *err)
{
	r->out_tmp = p->out_tmp;
	r->work_dir = p->work;
	r->data_dir = p->data;
	r->gen = mn_gen_create(p->store, err);
	if (!r->gen)
		return false;
	r->result->generation = p->copy ? 0 : mn_gen_number(r->gen);
	bool good = run_in_generation(r, err) && publish(r, p, err);
	mn_gen_close(r->gen);
	return good;
}

bool
mn_run_screen(const struct mn_run_opts *o, struct mn_run_result *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 34, NULL);
	struct mn_run r = {.o = o, .result = out, .arena = root};
	struct places p;
	*out = (struct mn_run_result){.worst = MN_LOW};
	place(&p, o, &r.arena);
	bool mine = false;
	bool good = prepare(&r, err) && load_key(&r, &p, err) &&
		    (mine = claim_out(&p, o->force, err)) && claim_data(&p, err) &&
		    run_between_locks(&r, &p, err);
	if (!good && mine) {
		struct mn_err ignored;
		mn_dir_remove(p.out_tmp, &ignored);
	}
	mn_matcher_close(&r.matcher);
	mn_lock_release(&p.data_held);
	mn_lock_release(&p.out_held);
	mn_arena_free(root);
	return good;
}

struct mn_gen *
mn_run_open(const char *dir, uint64_t number, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	const char *inner = mn_arena_fmt(&a, "%s/store%c", dir, 0).p;
	struct mn_gen *g = mn_gen_open(mn_path_exists(inner) ? inner : dir, number, err);
	mn_arena_free(root);
	return g;
}

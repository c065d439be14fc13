/* manifest.json: what went in, what came out, and the hashes of both. */
#include "manumit/base/clock.h"
#include "manumit/base/json.h"
#include "manumit/report/messages.h"
#include "manumit/report/report.h"

#include "coarse.h"
#include "annex.h"
#include "edition.h"

/* Which key made the pseudonyms of workers; the key is nowhere. */
static void
worker_key(struct mn_jsonw *w, const struct mn_report *r)
{
	if (!mn_view_shows(r, MN_SHOW_WORKINGS))
		return;
	if (r->worker_key.n)
		mn_jsonw_str(w, "worker_key", r->worker_key);
	else
		mn_jsonw_null(w, "worker_key");
}

static void
packs(struct mn_jsonw *w, const struct mn_report *r)
{
	const struct mn_pack *p = r->pack;
	mn_jsonw_list(w, "packs");
	for (uint32_t i = 0; i < p->n_file; i++) {
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "id", p->file[i].id);
		mn_jsonw_str(w, "version", p->file[i].version);
		mn_jsonw_c(w, "sha256", p->file[i].sha256);
		mn_jsonw_str(w, "licence", p->file[i].licence);
		mn_json_edition(w, r, p->file[i].edition, p->file[i].stale_after_days,
		    p->file[i].missing);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static void
inputs(struct mn_jsonw *w, const struct mn_report *r)
{
	mn_jsonw_list(w, "inputs");
	for (uint32_t i = 0; i < r->n_source; i++) {
		const struct mn_source *s = &r->source[i];
		if (s->edition.n == 0 && !mn_view_shows(r, MN_SHOW_INPUTS))
			continue;
		mn_jsonw_map(w, NULL);
		struct mn_str file = mn_source_base(s);
		mn_jsonw_str(
		    w, "file", mn_str_sub(file, 0, file.n - s->part.n - (s->part.n > 0)));
		if (s->part.n)
			mn_jsonw_str(w, "part", s->part);
		mn_jsonw_c(w, "kind", mn_kind_name(s->kind));
		mn_jsonw_str(w, "sha256", s->sha256);
		mn_jsonw_int(w, "bytes", (int64_t)s->bytes);
		mn_jsonw_str(w, "encoding", s->encoding);
		mn_jsonw_str(w, "delimiter", s->delimiter);
		mn_jsonw_str(w, "layout", s->layout);
		mn_jsonw_str(w, "licence", s->licence);
		mn_jsonw_bool(w, "comes_along", s->edition.n > 0);
		mn_json_edition(
		    w, r, s->edition, (int64_t)s->stale_after_days, s->missing);
		mn_jsonw_int(w, "rows", (int64_t)s->rows);
		mn_jsonw_int(w, "accepted", (int64_t)s->accepted);
		mn_jsonw_int(w, "noted", (int64_t)s->noted);
		mn_jsonw_int(w, "quarantined", (int64_t)s->quarantined);
		mn_jsonw_int(w, "unjoined", (int64_t)s->unjoined);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static void
counts(struct mn_jsonw *w, const struct mn_report *r)
{
	mn_jsonw_int(w, "entities", (int64_t)r->entities);
	mn_jsonw_map(w, "bands");
	for (unsigned b = 0; b < MN_BANDS; b++)
		mn_jsonw_int(w, mn_band_name(b), (int64_t)r->bands[b]);
	mn_jsonw_end_map(w);
	mn_jsonw_map(w, "gates");
	for (uint32_t i = 0; i < r->pack->n_gate; i++) {
		mn_jsonw_map_k(w, r->pack->gate[i].code);
		for (unsigned s = 0; s < MN_GATE_STATUS_COUNT; s++)
			mn_jsonw_int(w, mn_gate_status_name(s), (int64_t)r->gates[i][s]);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_map(w);
}

/* Pairs of this run on which something was decided; those that wait are in review.csv. */
static void
decisions(struct mn_jsonw *w, const struct mn_report *r)
{
	mn_jsonw_str(w, "journal_head", r->journal_head);
	mn_jsonw_map(w, "decisions");
	for (unsigned d = MN_DECIDED_NONE + 1; d < MN_DECIDED_COUNT; d++)
		mn_jsonw_int(w, mn_decided_name(d), (int64_t)r->decided[d]);
	mn_jsonw_end_map(w);
}

/* One stage as the run wrote it; times are there only when they were asked for. */
static void
stage(struct mn_jsonw *w, const struct mn_json *s)
{
	struct mn_str name = MN_STR_NONE;
	int64_t n;
	mn_jsonw_map(w, NULL);
	mn_json_str(mn_json_get(s, "name"), &name);
	mn_jsonw_str(w, "name", name);
	if (mn_json_int(mn_json_get(s, "rows"), &n))
		mn_jsonw_int(w, "rows", n);
	if (mn_json_q16(mn_json_get(s, "seconds"), &n))
		mn_jsonw_q16(w, "seconds", n, 3);
	if (mn_json_q16(mn_json_get(s, "cpu_seconds"), &n))
		mn_jsonw_q16(w, "cpu_seconds", n, 3);
	if (mn_json_int(mn_json_get(s, "peak_kib"), &n))
		mn_jsonw_int(w, "peak_kib", n);
	mn_jsonw_end_map(w);
}

static bool
stages(struct mn_jsonw *w, const struct mn_report *r, struct mn_err *err)
{
	struct mn_str text;
	int found =
	    mn_reader_get(r->reader, MN_TAB_META, MN_S("stages"), &text, NULL, err);
	if (found < 1)
		return found == 0;
	struct mn_json *list = mn_json_parse(text, "stages", err);
	if (!list)
		return false;
	mn_jsonw_list(w, "stages");
	for (size_t i = 0; i < mn_json_count(list); i++)
		stage(w, mn_json_at(list, i));
	mn_jsonw_end_list(w);
	mn_json_free(list);
	return true;
}

bool
mn_report_manifest(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	char day[11];
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_out *o =
	    mn_out_open(mn_arena_fmt(&a, "%s/manifest.json%c", dir, 0).p, 0644, err);
	mn_arena_free(root);
	if (!o)
		return false;
	struct mn_jsonw w = mn_jsonw_out(o, true);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "program", "manumit");
	mn_jsonw_c(&w, "version", r->version);
	mn_jsonw_str(&w, "as_of", mn_day_print(r->as_of, day));
	mn_jsonw_c(&w, "audience", mn_audience_name(r->audience));
	mn_jsonw_str(&w, "language", r->messages ? r->messages->language : MN_S("en"));
	mn_jsonw_int(&w, "minimum_cell", mn_view_min_cell(r));
	mn_jsonw_int(&w, "counts_rounded_to", mn_coarse_to(r));
	worker_key(&w, r);
	/* A copy for others has no generation of its own. */
	mn_jsonw_int(&w, "generation",
	    r->audience == MN_AUD_INTERNAL ? (int64_t)r->generation : 0);
	mn_jsonw_c(&w, "digest", r->digest);
	mn_jsonw_c(&w, "config_sha256", r->config_sha256);
	packs(&w, r);
	mn_json_tailoring(&w, r);
	inputs(&w, r);
	if (mn_view_shows(r, MN_SHOW_PORTFOLIO))
		counts(&w, r);
	bool workings = mn_view_shows(r, MN_SHOW_WORKINGS);
	if (workings) {
		decisions(&w, r);
		mn_json_sensitivity(&w, r);
		mn_json_inspected(&w, r);
	}
	bool good = !workings || stages(&w, r, err);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	if (good && !w.bad)
		return mn_out_commit(o, true, NULL, err);
	mn_out_abort(o);
	return good && mn_fail(err, MN_E_BUG, "manifest.json: malformed");
}

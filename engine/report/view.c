/* One generation, one entity at a time. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/report/messages.h"
#include "manumit/report/report.h"

#include "copy.h"
#include "fee_view.h"

static struct mn_str
meta(struct mn_report *r, const char *key, struct mn_err *err)
{
	struct mn_str v = MN_STR_NONE;
	mn_reader_get(r->reader, MN_TAB_META, mn_str_c(key), &v, NULL, err);
	return v;
}

static bool
read_meta(struct mn_report *r, struct mn_arena *a, struct mn_err *err)
{
	struct mn_str config = meta(r, "config_sha256", err),
		      as_of = meta(r, "as_of", err);
	if (!mn_day_parse_iso(as_of, &r->as_of))
		return mn_fail(err, MN_E_STORE, "generation %llu has no as-of day",
		    (unsigned long long)r->generation);
	if (config.n)
		memcpy(r->config_sha256, config.p,
		    config.n < MN_HEX256_CHARS ? config.n : MN_HEX256_CHARS);
	r->journal_head = mn_arena_str(a, meta(r, "journal_head", err));
	r->worker_key = mn_arena_str(a, meta(r, "worker_key", err));
	r->tender = meta(r, "tender", err).n > 0;
	if (meta(r, "sensitivity", err).n)
		r->n_variant = mn_variants(r->pack, a, &r->variant);
	r->version = mn_arena_cstr(a, meta(r, "version", err));
	/* Unknown is no reason to show more. */
	struct mn_str audience = meta(r, "audience", err);
	return mn_audience_by_name(audience, &r->audience) ||
	       mn_fail(err, MN_E_STORE, "generation %llu has no known audience",
		   (unsigned long long)r->generation);
}

static bool
read_sources(struct mn_report *r, struct mn_arena *a, struct mn_err *err)
{
	uint64_t n;
	struct mn_str key, body;
	int more = -1;
	if (!mn_gen_count(r->gen, MN_TAB_SOURCE, &n, err))
		return false;
	struct mn_source *s = MN_NEW(a, struct mn_source, n + 1);
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_SOURCE, MN_STR_NONE, err);
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1 &&
	       r->n_source < n)
		if (!mn_source_decode(body, &s[r->n_source++], err))
			break;
	mn_scan_close(scan);
	r->source = s;
	/* Citations look a source up by its number. */
	for (uint32_t i = 0; more == 0 && i < r->n_source; i++)
		if (s[i].src != i)
			return mn_fail(err, MN_E_STORE, "damaged source table");
	return more == 0;
}

static bool
count_cards(struct mn_report *r, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_CARD, MN_STR_NONE, err);
	struct mn_str key, body;
	struct mn_card c;
	int more = -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1) {
		struct mn_get g = mn_get(key);
		if (!mn_card_decode(mn_get_eid(&g), body, &c, err))
			break;
		r->entities++;
		r->bands[c.band]++;
		for (uint32_t i = 0; i < c.n_gate; i++)
			r->gates[i][c.gate[i]]++;
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
count_decisions(struct mn_report *r, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_GATE, MN_STR_NONE, err);
	struct mn_str key, body, pos;
	struct mn_gate_fact g;
	int more = -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1) {
		if (!mn_gate_decode(key, body, pos, &g, err))
			break;
		r->decided[g.decided]++;
	}
	mn_scan_close(scan);
	return more == 0;
}

static int
by_eid(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return mn_eid_cmp(*(const struct mn_eid *)a, *(const struct mn_eid *)b);
}

struct listing {
	struct mn_eid *eid;
	uint32_t n;
};

static bool
list_one(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct listing *l = ctx;
	if (place >= MN_LIST_ROWS)
		return false;
	l->eid[l->n++] = card->who;
	return true;
}

/* Who stands on the portfolio page, so that every link there leads somewhere. */
static bool
read_listed(struct mn_report *r, struct mn_arena *a, struct mn_err *err)
{
	struct listing l = {MN_NEW(a, struct mn_eid, 2 * MN_LIST_ROWS), 0};
	if (!mn_view_rank(r, 'A', list_one, &l, err) ||
	    !mn_view_rank(r, 'Q', list_one, &l, err))
		return false;
	mn_sort(l.eid, l.n, sizeof *l.eid, by_eid, NULL, *a);
	r->listed = l.eid;
	r->n_listed = l.n;
	r->memo = MN_NEW(a, struct mn_inherent_memo, 1);
	r->fee_memo = mn_fee_memo_new(a);
	return true;
}

/* ---- one entity ---- */

static struct mn_str
eid_key(struct mn_eid id, char room[16])
{
	struct mn_buf b = {room, 0, 16, 16, false};
	mn_put_eid(&b, id);
	return mn_buf_str(&b);
}

typedef bool row_fn(void *list, uint32_t n, struct mn_str key, struct mn_str body,
    struct mn_str pos, struct mn_err *err);

static bool
put_evidence(void *list, uint32_t n, struct mn_str key, struct mn_str body,
    struct mn_str pos, struct mn_err *err)
{
	return mn_evidence_decode(key, body, pos, (struct mn_evidence *)list + n, err);
}

static bool
put_gate(void *list, uint32_t n, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	return mn_gate_decode(key, body, pos, (struct mn_gate_fact *)list + n, err);
}

static bool
put_lens(void *list, uint32_t n, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	return mn_lens_stat_decode(key, body, pos, (struct mn_lens_stat *)list + n, err);
}

static bool
put_alike(void *list, uint32_t n, struct mn_str key, struct mn_str body,
    struct mn_str pos, struct mn_err *err)
{
	return mn_alike_decode(key, body, pos, (struct mn_alike *)list + n, err);
}

static bool
put_done(void *list, uint32_t n, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	return mn_done_decode(key, body, pos, (struct mn_done *)list + n, err);
}

/* All rows of one entity in a table keyed by entity first. */
static bool
gather(const struct mn_report *r, enum mn_table t, struct mn_str eid, size_t size,
    row_fn *fn, struct mn_arena *a, void **out, uint32_t *n, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r->reader, t, eid, err);
	struct mn_str key, body, pos;
	uint32_t cap = size > 1024 ? 1 : 8; /* most entities have none of what is large */
	char *list = mn_arena_alloc(a, size, 16, cap);
	int more = scan ? 1 : -1;
	*n = 0;
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1 &&
	       mn_str_starts(key, eid) && *n < MN_MAX_EVIDENCE) {
		if (*n == cap) {
			char *bigger = mn_arena_alloc(a, size, 16, 2 * (size_t)cap);
			memcpy(bigger, list, size * cap);
			list = bigger;
			cap *= 2;
		}
		if (!fn(list, *n, key, body, pos, err)) {
			more = -1;
			break;
		}
		++*n;
	}
	mn_scan_close(scan);
	*out = list;
	return more >= 0;
}

/* The rows that are alike, as the user named them. */
static bool
load_alike(const struct mn_report *r, struct mn_str eid, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err)
{
	void *alike;
	if (!gather(r, MN_TAB_LINK, eid, sizeof *v->alike, put_alike, a, &alike,
		&v->n_alike, err))
		return false;
	struct mn_view_row *row = MN_NEW(a, struct mn_view_row, v->n_alike);
	v->alike = alike;
	v->alike_row = row;
	for (uint32_t i = 0; i < v->n_alike; i++) {
		const struct mn_alike *x = &v->alike[i];
		mn_rid rid = x->refused ? x->other_rid : x->rid;
		char raw[8];
		struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
		struct mn_str body;
		struct mn_record rec;
		mn_put_u64(&key, rid);
		if (mn_reader_get(
			r->reader, MN_TAB_REC, mn_buf_str(&key), &body, NULL, err) < 1 ||
		    !mn_record_decode(body, rid, &rec, err))
			return mn_fail(err, MN_E_STORE, "a row alike is missing");
		row[i] = (struct mn_view_row){rec.v[MN_F_ID], rec.v[MN_F_NAME]};
	}
	return true;
}

static bool
load_done(const struct mn_report *r, struct mn_str eid, struct mn_arena *a,
    const struct mn_done **out, uint32_t *n, struct mn_err *err)
{
	void *done;
	if (!gather(
		r, MN_TAB_DONE, eid, sizeof(struct mn_done), put_done, a, &done, n, err))
		return false;
	mn_done_mark_last(done, *n);
	*n = mn_view_redact_done(r, done, *n, a);
	*out = done;
	return true;
}

static bool
load_rows(const struct mn_report *r, struct mn_str eid, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err)
{
	void *ev, *gate, *lens;
	if (!gather(
		r, MN_TAB_EV, eid, sizeof *v->ev, put_evidence, a, &ev, &v->n_ev, err) ||
	    !gather(r, MN_TAB_GATE, eid, sizeof *v->gate, put_gate, a, &gate, &v->n_gate,
		err) ||
	    !gather(r, MN_TAB_LENS, eid, sizeof *v->lens, put_lens, a, &lens, &v->n_lens,
		err) ||
	    !mn_view_fees(r, v->ent.id, a, v, err) || !load_alike(r, eid, a, v, err) ||
	    !load_done(r, eid, a, &v->done, &v->n_done, err))
		return false;
	v->ev = ev;
	v->gate = gate;
	v->lens = lens;
	return true;
}

/* Shares of rows come from the pure function; the card is the stored one. */
static void
score_rows(
    const struct mn_report *r, bool counterfactual, struct mn_arena *a, struct mn_view *v)
{
	struct mn_row_score *row = MN_NEW(a, struct mn_row_score, v->n_ev + 1);
	uint8_t *cell = MN_NEW(a, uint8_t, r->pack->n_cell + 1);
	struct mn_score_in in = {.pack = r->pack,
	    .inherent = &v->inherent,
	    .ev = v->ev,
	    .n_ev = v->n_ev,
	    .as_of = r->as_of,
	    .gate = v->card.gate,
	    .who = v->ent.id};
	struct mn_card again;
	int64_t all, clear;
	mn_score_entity(&in, &again, row, counterfactual, *a);
	mn_score_cells(&in, cell, &all, &clear);
	v->row = row;
	v->cell = cell;
}

void
mn_view_for_hearing(const struct mn_report *r, struct mn_arena *a, struct mn_view *v)
{
	mn_view_hush(r, a, v);
	score_rows(r, false, a, v);
}

/* What is about nobody but the user stands under no entity. */
static bool
load_own(struct mn_report *r, struct mn_arena *a, struct mn_err *err)
{
	char room[16];
	struct mn_str nobody = eid_key((struct mn_eid){0, 0}, room);
	if (!load_done(r, nobody, a, &r->own, &r->n_own, err))
		return false;
	mn_view_profile(r, a);
	return true;
}

/* What the run had to compare with, gate by gate. */
static bool
look(struct mn_report *r, struct mn_arena *a)
{
	struct mn_gate_ground *g = MN_NEW(a, struct mn_gate_ground, MN_MAX_GATES);
	mn_gate_grounds(r->pack, r->source, r->n_source, r->as_of, a, g);
	r->ground = g;
	return true;
}

bool
mn_report_open(struct mn_report *r, struct mn_gen *g, const struct mn_countries *c,
    struct mn_arena *a, struct mn_err *err)
{
	*r = (struct mn_report){.gen = g,
	    .countries = c,
	    .generation = mn_gen_number(g),
	    .dossiers_auto = true};
	r->reader = mn_reader_open(g, err);
	r->pack = r->reader ? mn_pack_open(a, r->reader, err) : NULL;
	if (r->pack && read_meta(r, a, err) && read_sources(r, a, err) && look(r, a) &&
	    count_cards(r, err) && mn_behind_count(r, err) && count_decisions(r, err) &&
	    read_listed(r, a, err) && load_own(r, a, err) &&
	    mn_gen_digest(g, r->digest, err))
		return true;
	mn_report_close(r);
	return false;
}

bool
mn_report_for(
    struct mn_report *r, enum mn_audience a, struct mn_arena *arena, struct mn_err *err)
{
	if (a == r->audience)
		return true;
	if (r->audience != MN_AUD_INTERNAL)
		return mn_fail(err, MN_E_STORE,
		    "generation %llu was made for audience %s and has not what %s may "
		    "see",
		    (unsigned long long)r->generation, mn_audience_name(r->audience),
		    mn_audience_name(a));
	r->audience = a;
	r->retold = true;
	r->profile = (struct mn_user_profile){.any = false};
	return load_own(r, arena, err);
}

void
mn_report_close(struct mn_report *r)
{
	mn_fee_memo_free(r->fee_memo);
	r->fee_memo = NULL;
	mn_reader_close(r->reader);
	r->reader = NULL;
}

bool
mn_view_load(const struct mn_report *r, struct mn_eid id, bool with_counterfactual,
    struct mn_arena *a, struct mn_view *out, struct mn_err *err)
{
	char room[16];
	struct mn_str key = eid_key(id, room), body, pos, card;
	*out = (struct mn_view){0};
	int found = mn_reader_get(r->reader, MN_TAB_ENT, key, &body, &pos, err);
	if (found == 1)
		found = mn_reader_get(r->reader, MN_TAB_CARD, key, &card, NULL, err);
	if (found == 0)
		return mn_fail(err, MN_E_NOTFOUND, "no such entity in this run");
	if (found < 0 || !mn_entity_decode(id, body, pos, a, &out->ent, err) ||
	    !mn_card_decode(id, card, &out->card, err) || !load_rows(r, key, a, out, err))
		return false;
	mn_inherent_of(r->pack, &out->ent, r->memo, a, &out->inherent);
	mn_inherent_age(r->pack, r->as_of, &out->inherent);
	if (r->retold)
		mn_view_retell(r, a, out);
	score_rows(r, with_counterfactual, a, out);
	mn_view_redact(r, a, out);
	return mn_view_behind(r, mn_report_in_detail(r, &out->card), a, out, err);
}

bool
mn_view_brief(const struct mn_report *r, const struct mn_card *card, struct mn_arena *a,
    struct mn_view *out, struct mn_err *err)
{
	char room[16];
	struct mn_str key = eid_key(card->who, room), body, pos;
	*out = (struct mn_view){.card = *card};
	int found = mn_reader_get(r->reader, MN_TAB_ENT, key, &body, &pos, err);
	if (found == 0)
		return mn_fail(err, MN_E_STORE, "a card without its entity");
	if (found != 1 || !mn_entity_decode(card->who, body, pos, a, &out->ent, err))
		return false;
	mn_view_redact(r, a, out);
	return mn_view_raise(r, out, err);
}

/* ---- lists ---- */

bool
mn_view_rank(const struct mn_report *r, char list,
    bool (*fn)(void *ctx, uint64_t place, const struct mn_card *card), void *ctx,
    struct mn_err *err)
{
	struct mn_scan *scan =
	    mn_scan_open(r->reader, MN_TAB_RANK, mn_str(&list, 1), err);
	struct mn_str key, body;
	struct mn_card c;
	uint64_t place = 0;
	int more = scan ? 1 : -1;
	while (more == 1 && (more = mn_scan_next(scan, &key, NULL, NULL, err)) == 1 &&
	       key.n > 17 && key.p[0] == list) {
		struct mn_str eid = mn_str_sub(key, key.n - 16, 16);
		struct mn_get g = mn_get(eid);
		int found = mn_reader_get(r->reader, MN_TAB_CARD, eid, &body, NULL, err);
		if (found != 1 || !mn_card_decode(mn_get_eid(&g), body, &c, err)) {
			more = -1;
			break;
		}
		if (!fn(ctx, place++, &c))
			break;
	}
	mn_scan_close(scan);
	return more >= 0;
}

struct mn_str
mn_view_cite(const struct mn_report *r, mn_rid rid, unsigned field, struct mn_arena *a)
{
	uint32_t src = mn_rid_src(rid);
	if (rid == MN_RID_NONE || src >= r->n_source)
		return MN_S("(no row)");
	if (!mn_view_shows(r, MN_SHOW_INPUTS))
		return MN_S("source on file");
	const struct mn_source *s = &r->source[src];
	struct mn_str column = field < MN_F_COUNT ? s->column[field] : MN_STR_NONE;
	return mn_arena_fmt(a, "%.*s:%llu%s%.*s", MN_FMT(mn_source_base(s)),
	    (unsigned long long)mn_rid_line(rid), column.n ? " " : "", MN_FMT(column));
}

const char *
mn_view_reason(
    const struct mn_report *r, const struct mn_evidence *e, const struct mn_row_score *s)
{
	if (e->indicator == MN_INDICATOR_NONE)
		return MN_SAY("listed, attached to no indicator");
	if (e->direction == MN_CLEAR)
		return s->e_q16 == 0 ? MN_SAY("clears nothing")
		       : s->used     ? MN_SAY("the best clear fact on this indicator")
				     : MN_SAY("a better clear fact counts");
	if (e->status == MN_WORKER_VERIFIED)
		return MN_SAY("remedied, verified by workers: weighs nothing");
	if (e->match_q16 < r->pack->k.attach_m)
		return MN_SAY("match below the threshold");
	if (e->strength == MN_STRENGTH_NONE)
		return MN_SAY("no strength: a question, not a weight");
	if (s->e_q16 == 0)
		return MN_SAY("weighs nothing any more");
	return s->used ? MN_SAY("counted")
		       : MN_SAY("same root source: counted once, by its best row");
}

int64_t
mn_view_min_cell(const struct mn_report *r)
{
	return mn_pack_min_cell(r->pack, r->audience);
}

uint32_t
mn_view_rows(const struct mn_report *r, const struct mn_evidence *e)
{
	bool few = e->kind == MN_K_FEES && (int64_t)e->workers < mn_view_min_cell(r);
	return few && e->direction == MN_ADVERSE ? 0 : e->rows;
}

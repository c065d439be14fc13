/*
 * review.csv: what waits for a person, and what `decide --from` reads back: list matches,
 * and suppliers that may be one. A person fills in the columns from `decision` to
 * `decided_on`; the last three name the pair by its content, so that the file can be read
 * back into any later run.
 */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/report/csvw.h"

#include "review.h"

const char *const MN_REVIEW_COLUMN[MN_REVIEW_COLUMNS] = {
#define MN_X(name) #name,
    MN_REVIEW(MN_X)
#undef MN_X
};

struct review {
	const struct mn_report *r;
	void (*fn)(void *ctx, const struct mn_str *cell);
	void *ctx;
	struct mn_buf said;
	struct mn_arena a; /* scratch, taken by value a row */
};

/* ---- cells ---- */

static struct mn_str
file_of(const struct mn_report *r, mn_rid rid)
{
	uint32_t src = mn_rid_src(rid);
	return src < r->n_source ? mn_source_base(&r->source[src]) : MN_STR_NONE;
}

static struct mn_str
line_of(mn_rid rid, char room[24])
{
	int n = snprintf(room, 24, "%llu", (unsigned long long)mn_rid_line(rid));
	return mn_str(room, (size_t)n);
}

/* Of a pair that no decision can bind (a licence as entered): empty. */
static struct mn_str
handle(struct mn_key k, char room[33])
{
	mn_key_hex(k, room);
	return k.hi == 0 && k.lo == 0 ? MN_STR_NONE : mn_str(room, 32);
}

/* ---- list matches ---- */

static bool
waits(const struct mn_gate_fact *g)
{
	bool by_name = g->basis == MN_BASIS_NAME || g->basis == MN_BASIS_NAME_COUNTRY ||
		       g->basis == MN_BASIS_SPELLING;
	/* Too little alike for an effect, enough for a look. */
	bool faint = by_name && g->p_q16 > 0 && g->status == MN_GATE_NO_MATCH;
	if (faint && g->decided != MN_DECIDED_DIFFERENT)
		return true;
	return g->status == MN_GATE_POSSIBLE || (g->status == MN_GATE_ENDED && by_name) ||
	       g->decided == MN_DECIDED_CONFLICT;
}

static bool record(
    const struct mn_report *r, mn_rid rid, struct mn_record *out, struct mn_err *err);

/* Of the listed entry; of a place in the supplier's own row, none. */
static struct mn_str
country_of(const struct mn_report *r, const struct mn_gate_fact *g)
{
	struct mn_record rec;
	struct mn_err err;
	if (g->own_field || !record(r, g->rid, &rec, &err))
		return MN_STR_NONE;
	return rec.v[MN_F_COUNTRY];
}

static void
entry_row(struct review *x, const struct mn_gate_fact *g, const struct mn_entity *e)
{
	char hex[33], day[11], line[24], key[3][33], p[32];
	const struct mn_report *r = x->r;
	mn_eid_hex(e->id, hex);
	mn_buf_clear(&x->said);
	mn_gate_decided_text(g, &x->said);
	const struct mn_str cell[MN_REVIEW_COLUMNS] = {
	    [MN_R_gate] = r->pack->gate[g->gate].code,
	    [MN_R_status] = mn_str_c(mn_gate_status_name(g->status)),
	    [MN_R_entity_id] = mn_str(hex, 32),
	    [MN_R_source_id] = e->rec.v[MN_F_ID],
	    [MN_R_name] = e->rec.v[MN_F_NAME],
	    [MN_R_country] = e->rec.v[MN_F_COUNTRY],
	    [MN_R_list] = g->list,
	    [MN_R_entry] = g->entry,
	    [MN_R_basis] = mn_str_c(mn_basis_name(g->basis)),
	    [MN_R_listed_on] = mn_day_print(g->listed_day, day),
	    [MN_R_file] = file_of(r, g->rid),
	    [MN_R_row] = line_of(g->rid, line),
	    [MN_R_question] = mn_view_gate_question(r, g, &x->a),
	    [MN_R_probability] = g->p_q16 ? mn_fx_print(g->p_q16, 4, p) : MN_STR_NONE,
	    [MN_R_listed_as] = g->listed_as,
	    [MN_R_why] = g->why,
	    [MN_R_pair] = MN_S("list"),
	    [MN_R_entry_country] = country_of(r, g),
	    [MN_R_state] =
		g->decided ? mn_str_c(mn_decided_name(g->decided)) : MN_S("waiting"),
	    [MN_R_state_note] = mn_buf_str(&x->said),
	    [MN_R_subject] = handle(g->subject, key[0]),
	    [MN_R_entry_key] = handle(g->entry_key, key[1]),
	    [MN_R_entry_print] = handle(g->entry_print, key[2]),
	};
	x->fn(x->ctx, cell);
}

static bool
one_entry(struct review *x, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	struct mn_arena scratch = x->a;
	struct mn_gate_fact g;
	struct mn_entity e;
	struct mn_str ent, members;
	if (!mn_gate_decode(key, body, pos, &g, err))
		return false;
	if (!waits(&g) || g.gate >= x->r->pack->n_gate)
		return true;
	if (mn_reader_get(x->r->reader, MN_TAB_ENT, mn_str_sub(key, 0, 16), &ent,
		&members, err) != 1 ||
	    !mn_entity_decode(g.who, ent, members, &scratch, &e, err))
		return false;
	entry_row(x, &g, &e);
	return true;
}

/* ---- suppliers that may be one ---- */

static bool
record(const struct mn_report *r, mn_rid rid, struct mn_record *out, struct mn_err *err)
{
	struct mn_str body;
	return mn_reader_row(r->reader, rid, &body, err) == 1 &&
	       mn_record_decode(body, rid, out, err);
}

/* The rows themselves are asked about, not the entities they are part of. The place is
 * the other row's, as it is the entry's of a list match. */
static bool
supplier_row(struct review *x, const struct mn_alike *m, struct mn_err *err)
{
	char hex[33], line[24], key[2][33], p[32];
	struct mn_record mine, other;
	if (!record(x->r, m->rid, &mine, err) || !record(x->r, m->other_rid, &other, err))
		return false;
	struct mn_str id = other.v[MN_F_ID];
	mn_eid_hex(m->who, hex);
	mn_buf_clear(&x->said);
	mn_buf_fmt(&x->said, "Are these two rows one supplier?%s%.*s%s",
	    id.n ? " (the other: " : "", MN_FMT(id), id.n ? ")" : "");
	const struct mn_str cell[MN_REVIEW_COLUMNS] = {
	    [MN_R_status] = MN_S("possible duplicate"),
	    [MN_R_entity_id] = mn_str(hex, 32),
	    [MN_R_source_id] = mine.v[MN_F_ID],
	    [MN_R_name] = mine.v[MN_F_NAME],
	    [MN_R_country] = mine.v[MN_F_COUNTRY],
	    [MN_R_entry] = other.v[MN_F_NAME],
	    [MN_R_basis] = mn_str_c(mn_basis_name(MN_BASIS_SPELLING)),
	    [MN_R_file] = file_of(x->r, m->other_rid),
	    [MN_R_row] = line_of(m->other_rid, line),
	    [MN_R_question] = mn_buf_str(&x->said),
	    [MN_R_probability] = mn_fx_print(m->p_q16, 4, p),
	    [MN_R_why] = m->reason,
	    [MN_R_pair] = MN_S("suppliers"),
	    [MN_R_entry_country] = other.v[MN_F_COUNTRY],
	    [MN_R_state] = MN_S("waiting"),
	    [MN_R_subject] = handle(m->handle, key[0]),
	    [MN_R_entry_key] = handle(m->other_handle, key[1]),
	};
	x->fn(x->ctx, cell);
	return true;
}

/* Does the other entity list this one as well? 1 yes, 0 no, -1 err. */
static int
said_by_other(const struct mn_report *r, const struct mn_alike *m, struct mn_err *err)
{
	char raw[17];
	struct mn_buf from = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str key, body, pos;
	mn_put_eid(&from, m->other);
	mn_put_u8(&from, true);
	struct mn_scan *scan =
	    mn_scan_open(r->reader, MN_TAB_LINK, mn_buf_str(&from), err);
	int more = scan ? 1 : -1, said = 0;
	while (more == 1 && !said &&
	       (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1 &&
	       mn_str_starts(key, mn_buf_str(&from))) {
		struct mn_alike y;
		if (!mn_alike_decode(key, body, pos, &y, err))
			more = -1;
		else
			said = y.standing == MN_ALIKE_OPEN &&
			       mn_eid_cmp(y.other, m->who) == 0;
	}
	mn_scan_close(scan);
	return more < 0 ? -1 : said;
}

/* A pair is in the lists of both entities and is asked about once, by the lesser one; by
 * the other where the lesser one's list was full. */
static bool
one_pair(struct review *x, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	struct mn_alike m;
	if (!mn_alike_decode(key, body, pos, &m, err))
		return false;
	if (m.standing != MN_ALIKE_OPEN)
		return true;
	if (mn_eid_cmp(m.who, m.other) > 0) {
		int said = said_by_other(x->r, &m, err);
		if (said)
			return said == 1;
	}
	return supplier_row(x, &m, err);
}

/* ---- the file ---- */

static bool
each(struct review *x, enum mn_table t,
    bool (*fn)(struct review *x, struct mn_str key, struct mn_str body, struct mn_str pos,
	struct mn_err *err),
    struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(x->r->reader, t, MN_STR_NONE, err);
	struct mn_str key, body, pos;
	int more = scan ? 1 : -1;
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1)
		if (!fn(x, key, body, pos, err))
			more = -1;
	mn_scan_close(scan);
	return more == 0;
}

bool
mn_review_each(const struct mn_report *r,
    void (*fn)(void *ctx, const struct mn_str *cell), void *ctx, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL);
	struct review x = {
	    .r = r, .fn = fn, .ctx = ctx, .said = mn_buf_new(MN_MAX_RECORD), .a = root};
	bool good =
	    each(&x, MN_TAB_GATE, one_entry, err) && each(&x, MN_TAB_LINK, one_pair, err);
	mn_buf_free(&x.said);
	mn_arena_free(root);
	return good;
}

static void
put(void *ctx, const struct mn_str *cell)
{
	struct mn_out *o = ctx;
	for (unsigned c = 0; c < MN_REVIEW_COLUMNS; c++)
		mn_csvw_cell(o, cell[c], c == 0);
	mn_out_c(o, "\n");
}

bool
mn_report_review(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_str head[MN_REVIEW_COLUMNS];
	struct mn_out *o =
	    mn_out_open(mn_arena_fmt(&a, "%s/review.csv%c", dir, 0).p, 0644, err);
	mn_arena_free(root);
	for (unsigned c = 0; c < MN_REVIEW_COLUMNS; c++)
		head[c] = mn_str_c(MN_REVIEW_COLUMN[c]);
	if (o)
		put(o, head);
	if (o && mn_review_each(r, put, o, err))
		return mn_out_commit(o, true, NULL, err);
	mn_out_abort(o);
	return false;
}

/*
 * review.csv: list matches that wait for a person, and what `decide --from` reads back. A
 * person fills in the columns from `decision` to `decided_on`; the last three name the
 * pair by its content, so that the file can be read back into any later run.
 */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/report/csvw.h"
#include "manumit/report/report.h"

static bool
waits(const struct mn_gate_fact *g)
{
	bool by_name = g->basis == MN_BASIS_NAME || g->basis == MN_BASIS_NAME_COUNTRY ||
		       g->basis == MN_BASIS_SPELLING;
	/* Too little alike for an effect, enough for a look. */
	bool faint = g->basis == MN_BASIS_SPELLING && g->status == MN_GATE_NO_MATCH;
	if (faint && g->decided != MN_DECIDED_DIFFERENT)
		return true;
	return g->status == MN_GATE_POSSIBLE || (g->status == MN_GATE_ENDED && by_name) ||
	       g->decided == MN_DECIDED_CONFLICT;
}

/* Of a pair that no decision can bind (a licence as entered): empty. */
static struct mn_str
handle(struct mn_key k, char room[33])
{
	mn_key_hex(k, room);
	return k.hi == 0 && k.lo == 0 ? MN_STR_NONE : mn_str(room, 32);
}

static void
row(struct mn_out *o, const struct mn_report *r, const struct mn_gate_fact *g,
    const struct mn_entity *e, struct mn_buf *said)
{
	char hex[33], day[11], line[24], key[3][33], p[32];
	uint32_t src = mn_rid_src(g->rid);
	mn_eid_hex(e->id, hex);
	int n =
	    snprintf(line, sizeof line, "%llu", (unsigned long long)mn_rid_line(g->rid));
	mn_buf_clear(said);
	mn_gate_decided_text(g, said);
	const struct mn_str cell[] = {
	    r->pack->gate[g->gate].code,
	    mn_str_c(mn_gate_status_name(g->status)),
	    mn_str(hex, 32),
	    e->rec.v[MN_F_ID],
	    e->rec.v[MN_F_NAME],
	    e->rec.v[MN_F_COUNTRY],
	    g->list,
	    g->entry,
	    mn_str_c(mn_basis_name(g->basis)),
	    mn_day_print(g->listed_day, day),
	    src < r->n_source ? mn_source_base(&r->source[src]) : MN_STR_NONE,
	    mn_str(line, (size_t)n),
	    r->pack->gate[g->gate].question,
	    g->p_q16 ? mn_fx_print(g->p_q16, 4, p) : MN_STR_NONE,
	    g->listed_as,
	    g->why,
	    MN_STR_NONE, /* decision */
	    MN_STR_NONE, /* reason */
	    MN_STR_NONE, /* expires */
	    MN_STR_NONE, /* decided_by */
	    MN_STR_NONE, /* decided_on */
	    g->decided ? mn_str_c(mn_decided_name(g->decided)) : MN_S("waiting"),
	    mn_buf_str(said),
	    handle(g->subject, key[0]),
	    handle(g->entry_key, key[1]),
	    handle(g->entry_print, key[2]),
	};
	for (size_t i = 0; i < countof(cell); i++)
		mn_csvw_cell(o, cell[i], i == 0);
	mn_out_c(o, "\n");
}

static bool
one(struct mn_out *o, const struct mn_report *r, struct mn_str key, struct mn_str body,
    struct mn_str pos, struct mn_arena a, struct mn_buf *said, struct mn_err *err)
{
	struct mn_gate_fact g;
	struct mn_entity e;
	struct mn_str ent, members;
	if (!mn_gate_decode(key, body, pos, &g, err))
		return false;
	if (!waits(&g) || g.gate >= r->pack->n_gate)
		return true;
	if (mn_reader_get(r->reader, MN_TAB_ENT, mn_str_sub(key, 0, 16), &ent, &members,
		err) != 1 ||
	    !mn_entity_decode(g.who, ent, members, &a, &e, err))
		return false;
	row(o, r, &g, &e, said);
	return true;
}

bool
mn_report_review(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	struct mn_out *o =
	    mn_out_open(mn_arena_fmt(&a, "%s/review.csv%c", dir, 0).p, 0644, err);
	struct mn_scan *scan =
	    o ? mn_scan_open(r->reader, MN_TAB_GATE, MN_STR_NONE, err) : NULL;
	struct mn_str key, body, pos;
	struct mn_buf said = mn_buf_new(MN_MAX_RECORD);
	int more = scan ? 1 : -1;
	if (scan)
		mn_out_c(o, "gate,status,entity_id,source_id,name,country,list,entry,"
			    "basis,listed_on,file,row,"
			    "question,probability,listed_as,why,decision,reason,expires,"
			    "decided_by,decided_on,"
			    "state,state_note,subject,entry_key,entry_print\n");
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1)
		if (!one(o, r, key, body, pos, a, &said, err))
			more = -1;
	mn_scan_close(scan);
	mn_buf_free(&said);
	mn_arena_free(root);
	if (more == 0)
		return mn_out_commit(o, true, NULL, err);
	mn_out_abort(o);
	return false;
}

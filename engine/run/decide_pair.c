/* The pair that a person means: an entity, and an entry it met or another supplier. */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "decide.h"

#define LISTED 4 /* candidates named in a message */

static bool
open_report(struct mn_deciding *x, struct mn_err *err)
{
	if (x->open)
		return true;
	if (!x->gen)
		x->gen = mn_gen_open(x->o->data_dir, 0, err);
	x->open =
	    x->gen && mn_report_open(&x->report, x->gen, x->o->countries, x->a, err);
	return x->open;
}

static bool
same_name(struct mn_str a, struct mn_str b)
{
	struct mn_buf x = mn_buf_new(MN_MAX_RECORD), y = mn_buf_new(MN_MAX_RECORD);
	mn_fold_name(a, &x);
	mn_fold_name(b, &y);
	bool same = x.n > 0 && mn_str_eq(mn_buf_str(&x), mn_buf_str(&y));
	mn_buf_free(&x);
	mn_buf_free(&y);
	return same;
}

static bool
means(const struct mn_gate_fact *g, struct mn_str what)
{
	struct mn_key key;
	if (mn_key_from_hex(what, &key) && mn_key_cmp(key, g->entry_key) == 0)
		return true;
	return (g->entry_id.n && mn_str_eq(g->entry_id, what)) ||
	       same_name(g->entry, what);
}

static void
describe(const struct mn_gate_fact *g, struct mn_buf *b)
{
	char hex[33];
	mn_key_hex(g->entry_key, hex);
	/* The key first: a long name must not push it out of the message. */
	mn_buf_fmt(b, "%s%s (%.*s, %.*s)", b->n ? "; " : "", hex,
	    MN_FMT(mn_utf8_cut(g->entry, 24)), MN_FMT(mn_utf8_cut(g->list, 20)));
}

/* The entry among those the entity met: 1 found, 0 none, -1 err when several. */
static int
entry_of(const struct mn_view *v, struct mn_str what, const struct mn_gate_fact **out,
    struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(MN_MAX_CELL);
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n_gate; i++) {
		const struct mn_gate_fact *g = &v->gate[i];
		if (!mn_gate_decidable(g) || !means(g, what) ||
		    (n && mn_key_cmp((*out)->entry_print, g->entry_print) == 0))
			continue;
		*out = g;
		if (n++ < LISTED)
			describe(g, &b);
	}
	if (n > 1)
		mn_fail(err, MN_E_NOTFOUND,
		    "\"%.*s\" is %u entries; name one by its key: %.*s",
		    MN_FMT(mn_utf8_cut(what, 40)), n, MN_FMT(mn_buf_str(&b)));
	mn_buf_free(&b);
	return n > 1 ? -1 : (int)n;
}

static bool
no_candidate(const struct mn_view *v, struct mn_str what, struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(MN_MAX_CELL);
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n_gate && n < LISTED; i++)
		if (mn_gate_decidable(&v->gate[i]) && n++ < LISTED)
			describe(&v->gate[i], &b);
	mn_fail(err, MN_E_NOTFOUND,
	    "\"%.*s\" is neither a list entry it met nor an entity%s%.*s",
	    MN_FMT(mn_utf8_cut(what, 24)), n ? "; it met " : "", MN_FMT(mn_buf_str(&b)));
	mn_buf_free(&b);
	return false;
}

static struct mn_str
keep(struct mn_deciding *x, struct mn_str s)
{
	return mn_arena_str(x->a, s);
}

static bool
pair_with_entry(struct mn_deciding *x, const struct mn_view *v,
    const struct mn_gate_fact *g, bool same, struct mn_decision *out, struct mn_err *err)
{
	if (g->basis == MN_BASIS_IDENTIFIER && !same)
		return mn_fail(err, MN_E_DATA,
		    "the identifiers of %.*s and %.*s agree; if one is wrong, correct "
		    "the "
		    "supplier's row",
		    MN_FMT(v->ent.rec.v[MN_F_NAME]), MN_FMT(g->entry));
	out->kind = MN_PAIR_LIST;
	out->subject = g->subject;
	out->entry = g->entry_key;
	out->print = g->entry_print;
	out->subject_name = keep(x, v->ent.rec.v[MN_F_NAME]);
	out->entry_name = keep(x, g->entry);
	out->list = keep(x, g->list);
	return true;
}

/* How well a row is what a person named: by its id, by its name, or only as one of the
 * entity's rows. */
static int
named(const struct mn_record *rec, struct mn_str what)
{
	if (rec->v[MN_F_ID].n && mn_str_eq(rec->v[MN_F_ID], what))
		return 2;
	return same_name(rec->v[MN_F_NAME], what);
}

/* The row of an entity that a person means. Rows are decided on, not what they were
 * merged into: the next run finds rows again, and two rows of one entity may be two. Of
 * rows named equally well the one with the least content is taken, wherever it stands. */
static bool
row_of(struct mn_deciding *x, const struct mn_view *v, struct mn_str what,
    struct mn_record *out, struct mn_err *err)
{
	int best = -1;
	for (uint32_t i = 0; i < v->ent.n_member; i++) {
		struct mn_str body;
		struct mn_record rec;
		if (mn_reader_row(x->report.reader, v->ent.member[i], &body, err) != 1 ||
		    !mn_record_decode(body, v->ent.member[i], &rec, err))
			return mn_fail(err, MN_E_STORE, "a row of the entity is missing");
		int how = named(&rec, what);
		if (how > best || (how == best && mn_key_cmp(mn_record_key(&rec, 0),
						      mn_record_key(out, 0)) < 0)) {
			best = how;
			*out = rec;
		}
	}
	return best >= 0 || mn_fail(err, MN_E_STORE, "an entity without rows");
}

/* The handles of both rows, or why nobody could tell the two apart by them. */
static bool
bind_rows(const struct mn_record row[2], bool one_entity, struct mn_decision *out,
    bool *swapped, struct mn_err *err)
{
	struct mn_key a[MN_HANDLES], b[MN_HANDLES];
	size_t n_a = mn_decision_subjects(&row[0], a);
	size_t n_b = mn_decision_subjects(&row[1], b);
	const struct mn_str *left = row[0].v, *right = row[1].v;
	if (n_a && n_b && mn_key_cmp(a[0], b[0]) != 0) {
		mn_decision_pair_suppliers(out, a[0], b[0]);
		*swapped = mn_key_cmp(out->subject, a[0]) != 0;
		return true;
	}
	if (one_entity)
		return mn_fail(err, MN_E_DATA, "\"%.*s\" is the entity itself",
		    MN_FMT(right[MN_F_NAME]));
	return mn_fail(err, MN_E_DATA,
	    "%.*s and %.*s have nothing that tells them apart; give them ids",
	    MN_FMT(left[MN_F_NAME]), MN_FMT(right[MN_F_NAME]));
}

static bool
pair_of_suppliers(struct mn_deciding *x, const struct mn_view *v, struct mn_str entity,
    struct mn_str what, struct mn_decision *out, struct mn_err *err)
{
	struct mn_arena scratch = *x->a;
	struct mn_record row[2];
	struct mn_view other;
	struct mn_eid id;
	struct mn_err unknown;
	bool swapped = false;
	if (!mn_view_find(&x->report, what, scratch, &id, &unknown))
		return no_candidate(v, what, err);
	if (!mn_view_load(&x->report, id, false, &scratch, &other, err) ||
	    !row_of(x, v, entity, &row[0], err) ||
	    !row_of(x, &other, what, &row[1], err) ||
	    !bind_rows(row, mn_eid_cmp(id, v->ent.id) == 0, out, &swapped, err))
		return false;
	/* They lie in the store, not in the scratch space that this arena lent. */
	out->subject_name = keep(x, row[swapped].v[MN_F_NAME]);
	out->entry_name = keep(x, row[!swapped].v[MN_F_NAME]);
	return true;
}

bool
mn_deciding_pair(struct mn_deciding *x, struct mn_str entity, struct mn_str candidate,
    bool same, struct mn_decision *out, struct mn_err *err)
{
	struct mn_arena scratch = mn_arena_new((size_t)1 << 30, NULL), root = scratch;
	const struct mn_gate_fact *g = NULL;
	struct mn_view v;
	struct mn_eid id;
	int found = -1;
	if (open_report(x, err) && mn_view_find(&x->report, entity, scratch, &id, err) &&
	    mn_view_load(&x->report, id, false, &scratch, &v, err))
		found = entry_of(&v, candidate, &g, err);
	bool good = found == 1   ? pair_with_entry(x, &v, g, same, out, err)
		    : found == 0 ? pair_of_suppliers(x, &v, entity, candidate, out, err)
				 : false;
	mn_arena_free(root);
	return good;
}

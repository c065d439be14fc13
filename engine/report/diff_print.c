/* A comparison in words, as JSON Lines, and as CSV. */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/jsonw.h"
#include "manumit/report/csvw.h"

#include "diff_impl.h"

struct print {
	const struct mn_report *was, *now;
	struct mn_buf *out;
	const struct mn_diff_counts *counts;
};

static const char *const WHAT[] = {
    "evidence new", "evidence gone", "evidence changed", "gate"};
static const char *const KIND[] = {"changed", "new", "gone", "united", "split"};
/* The same in a sentence; a name follows the last two. */
static const char *const KIND_TEXT[] = {
    "", "new", "no longer in the input", "now one with", "split from"};

static const struct mn_view *
seen(const struct mn_diff_entity *e)
{
	return e->now ? e->now : e->was;
}

/* What a cause did to the likelihood. */
static int64_t
effect(const struct mn_diff_entity *e, int cause)
{
	return e->p_q16[cause] - (cause ? e->p_q16[cause - 1] : e->was->card.p_q16);
}

static struct mn_str
band_of(const struct mn_card *c, char room[64])
{
	const char *note = mn_band_note_name(c->note);
	snprintf(room, 64, "%s%s%s", mn_band_name(c->band), *note ? ", " : "", note);
	return mn_str_c(room);
}

/* ---- text ---- */

static void
text_causes(const struct print *p, const struct mn_diff_entity *e)
{
	char dec[32];
	for (int c = 0; c < MN_CAUSE_COUNT; c++) {
		int64_t by = effect(e, c);
		unsigned before = c ? e->band[c - 1] : e->was->card.band;
		bool told = by != 0 || before != e->band[c];
		for (uint32_t i = 0; i < e->n_item; i++)
			told = told || e->item[i].cause == c;
		if (!told)
			continue;
		mn_buf_fmt(p->out, "    by %-8s likelihood %s%.*s",
		    mn_cause_name((unsigned)c), by >= 0 ? "+" : "",
		    MN_FMT(mn_fx_print(by, 4, dec)));
		if (before != e->band[c])
			mn_buf_fmt(p->out, ", band %s -> %s", mn_band_name(before),
			    mn_band_name(e->band[c]));
		mn_buf_byte(p->out, '\n');
		for (uint32_t i = 0; i < e->n_item; i++) {
			const struct mn_diff_item *x = &e->item[i];
			if (x->cause != c)
				continue;
			mn_buf_fmt(
			    p->out, "      %s: %.*s", WHAT[x->what], MN_FMT(x->text));
			if (x->what == MN_DIFF_GATE)
				mn_buf_fmt(p->out, " %s -> %s",
				    mn_gate_status_name(x->was),
				    mn_gate_status_name(x->now));
			if (x->cite.n)
				mn_buf_fmt(p->out, " (%.*s)", MN_FMT(x->cite));
			mn_buf_byte(p->out, '\n');
		}
	}
}

static void
text_name(const struct print *p, const struct mn_diff_entity *e)
{
	const struct mn_record *rec = &seen(e)->ent.rec;
	mn_buf_fmt(p->out, "  %.*s", MN_FMT(rec->v[MN_F_NAME]));
	if (rec->v[MN_F_COUNTRY].n)
		mn_buf_fmt(p->out, " (%.*s)", MN_FMT(rec->v[MN_F_COUNTRY]));
	if (rec->v[MN_F_ID].n)
		mn_buf_fmt(p->out, " %.*s", MN_FMT(rec->v[MN_F_ID]));
}

static bool
text_one(void *ctx, const struct mn_diff_entity *e)
{
	const struct print *p = ctx;
	char was[64], now[64], dec[2][32];
	text_name(p, e);
	if (e->kind != MN_DIFF_CHANGED) {
		mn_buf_fmt(p->out, ": %s", KIND_TEXT[e->kind]);
		if (e->other)
			mn_buf_fmt(p->out, " %.*s %.*s",
			    MN_FMT(e->other->ent.rec.v[MN_F_NAME]),
			    MN_FMT(e->other->ent.rec.v[MN_F_ID]));
		mn_buf_fmt(p->out, ", %.*s\n", MN_FMT(band_of(&seen(e)->card, was)));
		return !p->out->failed;
	}
	const struct mn_card *a = &e->was->card, *b = &e->now->card;
	struct mn_str before = band_of(a, was), after = band_of(b, now);
	if (mn_str_eq(before, after))
		mn_buf_fmt(p->out, ": stays %.*s", MN_FMT(after));
	else
		mn_buf_fmt(p->out, ": %.*s -> %.*s", MN_FMT(before), MN_FMT(after));
	mn_buf_fmt(p->out, ", likelihood %.*s -> %.*s\n",
	    MN_FMT(mn_fx_print(a->p_q16, 4, dec[0])),
	    MN_FMT(mn_fx_print(b->p_q16, 4, dec[1])));
	if (a->action != b->action)
		mn_buf_fmt(p->out, "    action: %s -> %s\n", mn_action_name(a->action),
		    mn_action_name(b->action));
	text_causes(p, e);
	return !p->out->failed;
}

static void
text_head(const struct print *p)
{
	char day[2][11];
	mn_buf_fmt(p->out, "generation %llu as of %.*s, against %llu as of %.*s\n",
	    (unsigned long long)p->now->generation,
	    MN_FMT(mn_day_print(p->now->as_of, day[0])),
	    (unsigned long long)p->was->generation,
	    MN_FMT(mn_day_print(p->was->as_of, day[1])));
}

static void
text_tail(const struct print *p)
{
	const struct mn_diff_counts *n = p->counts;
	bool any = false;
	mn_buf_fmt(p->out, "  what differs:");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		if (n->differs[c]) {
			mn_buf_fmt(p->out, "%s %s", any ? "," : "", mn_cause_name(c));
			any = true;
		}
	mn_buf_fmt(p->out, "%s\n", any ? "" : " nothing");
	mn_buf_fmt(p->out,
	    "  of %llu entities %llu changed (%llu bands up, %llu down), %llu new, %llu "
	    "gone",
	    (unsigned long long)n->entities, (unsigned long long)n->changed,
	    (unsigned long long)n->up, (unsigned long long)n->down,
	    (unsigned long long)n->came, (unsigned long long)n->went);
	if (n->united + n->split)
		mn_buf_fmt(p->out, ", %llu united with others, %llu split off",
		    (unsigned long long)n->united, (unsigned long long)n->split);
	mn_buf_fmt(
	    p->out, "; of %llu only the number moved\n", (unsigned long long)n->faded);
}

/* ---- JSON Lines ---- */

static void
json_generation(struct mn_jsonw *w, const char *key, const struct mn_report *r)
{
	char day[11];
	mn_jsonw_map(w, key);
	mn_jsonw_int(w, "generation", (int64_t)r->generation);
	mn_jsonw_str(w, "as_of", mn_day_print(r->as_of, day));
	mn_jsonw_c(w, "digest", r->digest);
	mn_jsonw_c(w, "version", r->version);
	mn_jsonw_end_map(w);
}

static void
json_head(const struct print *p)
{
	struct mn_jsonw w = mn_jsonw_buf(p->out, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "type", "header");
	json_generation(&w, "was", p->was);
	json_generation(&w, "now", p->now);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
}

static void
json_card(struct mn_jsonw *w, const char *key, const struct mn_view *v)
{
	if (!v) {
		mn_jsonw_null(w, key);
		return;
	}
	mn_jsonw_map(w, key);
	mn_jsonw_c(w, "band", mn_band_name(v->card.band));
	mn_jsonw_c(w, "band_note", mn_band_note_name(v->card.note));
	mn_jsonw_q16(w, "likelihood", v->card.p_q16, 4);
	mn_jsonw_c(w, "action", mn_action_name(v->card.action));
	mn_jsonw_end_map(w);
}

static void
json_causes(struct mn_jsonw *w, const struct mn_diff_entity *e)
{
	mn_jsonw_map(w, "causes");
	for (int c = 0; c < MN_CAUSE_COUNT && e->kind == MN_DIFF_CHANGED; c++) {
		mn_jsonw_map(w, mn_cause_name((unsigned)c));
		mn_jsonw_q16(w, "likelihood", effect(e, c), 6);
		mn_jsonw_c(w, "band", mn_band_name(e->band[c]));
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_map(w);
	mn_jsonw_list(w, "items");
	for (uint32_t i = 0; i < e->n_item; i++) {
		const struct mn_diff_item *x = &e->item[i];
		mn_jsonw_map(w, NULL);
		mn_jsonw_c(w, "what", WHAT[x->what]);
		mn_jsonw_c(w, "cause", mn_cause_name(x->cause));
		mn_jsonw_str(w, "text", x->text);
		mn_jsonw_str(w, "citation", x->cite);
		if (x->what == MN_DIFF_GATE) {
			mn_jsonw_c(w, "was", mn_gate_status_name(x->was));
			mn_jsonw_c(w, "now", mn_gate_status_name(x->now));
		}
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static bool
json_one(void *ctx, const struct mn_diff_entity *e)
{
	const struct print *p = ctx;
	const struct mn_entity *ent = &seen(e)->ent;
	struct mn_jsonw w = mn_jsonw_buf(p->out, false);
	char hex[33];
	mn_eid_hex(ent->id, hex);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "type", "entity");
	mn_jsonw_c(&w, "id", hex);
	mn_jsonw_str(&w, "source_id", ent->rec.v[MN_F_ID]);
	mn_jsonw_str(&w, "name", ent->rec.v[MN_F_NAME]);
	mn_jsonw_str(&w, "country", ent->rec.v[MN_F_COUNTRY]);
	mn_jsonw_c(&w, "kind", KIND[e->kind]);
	if (e->kind == MN_DIFF_CHANGED && mn_eid_cmp(e->was->ent.id, ent->id) != 0) {
		mn_eid_hex(e->was->ent.id, hex);
		mn_jsonw_c(&w, "was_id", hex);
	}
	if (e->other) {
		mn_eid_hex(e->other->ent.id, hex);
		mn_jsonw_map(&w, e->kind == MN_DIFF_SPLIT ? "split_from" : "united_with");
		mn_jsonw_c(&w, "id", hex);
		mn_jsonw_str(&w, "source_id", e->other->ent.rec.v[MN_F_ID]);
		mn_jsonw_str(&w, "name", e->other->ent.rec.v[MN_F_NAME]);
		mn_jsonw_end_map(&w);
	}
	json_card(&w, "was", e->was);
	json_card(&w, "now", e->now);
	json_causes(&w, e);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	return !p->out->failed;
}

static void
json_tail(const struct print *p)
{
	const struct mn_diff_counts *n = p->counts;
	struct mn_jsonw w = mn_jsonw_buf(p->out, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "type", "trailer");
	mn_jsonw_int(&w, "entities", (int64_t)n->entities);
	mn_jsonw_int(&w, "changed", (int64_t)n->changed);
	mn_jsonw_int(&w, "bands_up", (int64_t)n->up);
	mn_jsonw_int(&w, "bands_down", (int64_t)n->down);
	mn_jsonw_int(&w, "new", (int64_t)n->came);
	mn_jsonw_int(&w, "gone", (int64_t)n->went);
	mn_jsonw_int(&w, "united", (int64_t)n->united);
	mn_jsonw_int(&w, "split", (int64_t)n->split);
	mn_jsonw_int(&w, "only_number", (int64_t)n->faded);
	mn_jsonw_map(&w, "differs");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		mn_jsonw_bool(&w, mn_cause_name(c), n->differs[c]);
	mn_jsonw_end_map(&w);
	mn_jsonw_map(&w, "changed_by");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		mn_jsonw_int(&w, mn_cause_name(c), (int64_t)n->by_cause[c]);
	mn_jsonw_end_map(&w);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
}

/* ---- CSV: a row a change ---- */

static void
csv_row(const struct print *p, const struct mn_diff_entity *e, const char *what,
    const char *cause, struct mn_str was, struct mn_str now, struct mn_str text,
    struct mn_str cite)
{
	char hex[33];
	mn_eid_hex(seen(e)->ent.id, hex);
	const struct mn_record *rec = &seen(e)->ent.rec;
	struct mn_str cell[] = {mn_str_c(hex), rec->v[MN_F_ID], rec->v[MN_F_NAME],
	    rec->v[MN_F_COUNTRY], mn_str_c(what), mn_str_c(cause), was, now, text, cite};
	for (size_t i = 0; i < countof(cell); i++)
		mn_csvw_cell_buf(p->out, cell[i], i == 0);
	mn_buf_byte(p->out, '\n');
}

static bool
csv_one(void *ctx, const struct mn_diff_entity *e)
{
	const struct print *p = ctx;
	char was[64], now[64];
	if (e->kind != MN_DIFF_CHANGED) {
		/* What unites rows may be a row, a decision or a rule: no cause is said.
		 */
		bool is_new = e->now != NULL;
		struct mn_str band = band_of(&seen(e)->card, was);
		csv_row(p, e, KIND[e->kind], e->other ? "" : "input",
		    is_new ? MN_STR_NONE : band, is_new ? band : MN_STR_NONE,
		    e->other ? e->other->ent.rec.v[MN_F_NAME] : MN_STR_NONE, MN_STR_NONE);
		return !p->out->failed;
	}
	for (int c = 0; c < MN_CAUSE_COUNT; c++) {
		unsigned before = c ? e->band[c - 1] : e->was->card.band;
		if (before != e->band[c])
			csv_row(p, e, "band", mn_cause_name((unsigned)c),
			    mn_str_c(mn_band_name(before)),
			    mn_str_c(mn_band_name(e->band[c])), MN_STR_NONE, MN_STR_NONE);
	}
	struct mn_str a = band_of(&e->was->card, was), b = band_of(&e->now->card, now);
	if (e->was->card.band == e->now->card.band && !mn_str_eq(a, b))
		csv_row(p, e, "note", "", a, b, MN_STR_NONE, MN_STR_NONE);
	for (uint32_t i = 0; i < e->n_item; i++) {
		const struct mn_diff_item *x = &e->item[i];
		bool gate = x->what == MN_DIFF_GATE;
		csv_row(p, e, WHAT[x->what], mn_cause_name(x->cause),
		    gate ? mn_str_c(mn_gate_status_name(x->was)) : MN_STR_NONE,
		    gate ? mn_str_c(mn_gate_status_name(x->now)) : MN_STR_NONE, x->text,
		    x->cite);
	}
	return !p->out->failed;
}

static void
csv_head(const struct print *p)
{
	mn_buf_fmt(
	    p->out, "id,source_id,name,country,what,cause,was,now,text,citation\n");
}

static void
no_tail(const struct print *p)
{
	(void)p;
}

/* ---- */

static const struct {
	void (*head)(const struct print *p);
	bool (*one)(void *ctx, const struct mn_diff_entity *e);
	void (*tail)(const struct print *p);
} FORMATS[MN_DIFF_FORMATS] = {[MN_DIFF_TEXT] = {text_head, text_one, text_tail},
    [MN_DIFF_JSONL] = {json_head, json_one, json_tail},
    [MN_DIFF_CSV] = {csv_head, csv_one, no_tail}};

static bool
each_format(void *ctx, const struct mn_diff_entity *e)
{
	struct print *p = ctx;
	bool good = true;
	for (int f = 0; f < MN_DIFF_FORMATS; f++)
		if (p[f].out)
			good = FORMATS[f].one(&p[f], e) && good;
	return good;
}

bool
mn_diff_print(const struct mn_report *was, const struct mn_report *now,
    struct mn_buf *const out[MN_DIFF_FORMATS], struct mn_diff_counts *counts,
    struct mn_err *err)
{
	struct print p[MN_DIFF_FORMATS];
	for (int f = 0; f < MN_DIFF_FORMATS; f++) {
		p[f] = (struct print){was, now, out[f], counts};
		if (out[f])
			FORMATS[f].head(&p[f]);
	}
	if (!mn_diff_each(was, now, each_format, p, counts, err))
		return false;
	for (int f = 0; f < MN_DIFF_FORMATS; f++) {
		if (!out[f])
			continue;
		FORMATS[f].tail(&p[f]);
		if (out[f]->failed)
			return mn_fail(err, MN_E_NOMEM, "the comparison is too long");
	}
	return true;
}

/*
 * A small generation built with the store's own interface: three invented entities with
 * evidence, list entries and fee aggregates, scored with the shipped packs. Shared by the
 * tests of the report room.
 *
 *   Amberfen   BD facility S-1: findings of every status, fees of two corridors
 *   =Birchlea  DE supplier S-2: a name that is a formula; an ended and a possible entry
 *   Cinderwold no country, two rows taken for one, like Birchlea's, nothing known
 */
#ifndef MN_TEST_GEN_FIXTURE_H
#define MN_TEST_GEN_FIXTURE_H

#include <stdlib.h>
#include <unistd.h>

#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"
#include "manumit/report/report.h"
#include "manumit/text/fold.h"

#define GF __attribute__((unused)) static
#define GF_AS_OF "2026-11-01"
#define GF_ROWS 32
/* Longer than distances are measured. */
#define GF_LONG \
	"Cinderwold Orchards and Wyvernholt Dairies and Thistlemere Packing " \
	"Cooperative so"

static const struct mn_eid GF_A = {0x30, 1}, GF_B = {0x10, 2}, GF_C = {0x20, 3};

struct gen_row {
	struct mn_str key, body, pos;
};

struct gen_fix {
	struct mn_arena root, a;
	const struct mn_pack *pack;
	struct mn_gen *gen;
	struct mn_report r;
	char dir[128];
	int32_t as_of;
	struct gen_row row[MN_TAB_COUNT][GF_ROWS];
	size_t n[MN_TAB_COUNT];
	struct mn_evidence ev[GF_ROWS];
	size_t n_ev;
};

#define gf_ok(condition, err) \
	do { \
		if (!(condition)) \
			fail_msg("%s: %s", #condition, (err).msg); \
	} while (0)

GF void
gf_put(struct gen_fix *f, enum mn_table t, struct mn_buf *key, struct mn_buf *body,
    struct mn_buf *pos)
{
	assert_true(f->n[t] < GF_ROWS);
	f->row[t][f->n[t]++] = (struct gen_row){
	    mn_arena_str(&f->a, mn_buf_str(key)),
	    body ? mn_arena_str(&f->a, mn_buf_str(body)) : MN_STR_NONE,
	    pos ? mn_arena_str(&f->a, mn_buf_str(pos)) : MN_STR_NONE,
	};
	mn_buf_free(key);
	if (body)
		mn_buf_free(body);
	if (pos)
		mn_buf_free(pos);
}

/* Insertion sort: a load wants its keys in order. */
GF void
gf_load(struct gen_fix *f, enum mn_table t)
{
	struct mn_err err = MN_ERR_NONE;
	struct gen_row *row = f->row[t];
	for (size_t i = 1; i < f->n[t]; i++)
		for (size_t k = i; k > 0 && mn_str_cmp(row[k - 1].key, row[k].key) > 0;
		     k--) {
			struct gen_row swap = row[k];
			row[k] = row[k - 1];
			row[k - 1] = swap;
		}
	struct mn_load *l = mn_load_begin(f->gen, t, &err);
	gf_ok(l, err);
	for (size_t i = 0; i < f->n[t]; i++)
		gf_ok(mn_load_put(l, row[i].key, row[i].body, row[i].pos, &err), err);
	gf_ok(mn_load_end(l, &err), err);
}

GF struct mn_buf
gf_key(struct mn_eid id)
{
	struct mn_buf b = mn_buf_new(1024);
	mn_put_eid(&b, id);
	return b;
}

/* ---- rows ---- */

GF void
gf_meta(struct gen_fix *f, const char *name, const char *value)
{
	struct mn_buf key = mn_buf_new(256), body = mn_buf_new(65536);
	mn_buf_add(&key, mn_str_c(name));
	mn_buf_add(&body, mn_str_c(value));
	gf_put(f, MN_TAB_META, &key, &body, NULL);
}

GF void
gf_source(struct gen_fix *f, uint32_t src, enum mn_kind kind, const char *file,
    enum mn_field field, const char *column)
{
	struct mn_source s = {.src = src,
	    .kind = kind,
	    .file = mn_str_c(file),
	    .sha256 = MN_S("00ff"),
	    .encoding = MN_S("UTF-8"),
	    .delimiter = MN_S(","),
	    .bytes = 100,
	    .header_line = 1,
	    .rows = 4,
	    .accepted = 2,
	    .noted = 1,
	    .quarantined = 1};
	s.column[field] = mn_str_c(column);
	struct mn_buf key = mn_buf_new(16), body = mn_buf_new(65536);
	mn_put_u32(&key, src);
	mn_source_encode(&s, &body);
	gf_put(f, MN_TAB_SOURCE, &key, &body, NULL);
}

GF void
gf_join(struct gen_fix *f, char type, const char *text, bool fold, struct mn_eid id)
{
	struct mn_buf key = mn_buf_new(512), body = gf_key(id);
	mn_buf_byte(&key, type);
	if (fold)
		mn_fold_name(mn_str_c(text), &key);
	else
		mn_buf_add(&key, mn_str_c(text));
	gf_put(f, MN_TAB_JOIN, &key, &body, NULL);
}

GF void
gf_entity(struct gen_fix *f, struct mn_eid id, struct mn_record rec, uint32_t rows)
{
	mn_rid *member = MN_NEW(&f->a, mn_rid, rows);
	for (uint32_t i = 0; i < rows; i++)
		member[i] = mn_rid_make(0, 2 + id.lo + i);
	rec.rid = member[0];
	struct mn_entity e = {.id = id, .rec = rec, .member = member, .n_member = rows};
	struct mn_buf key = gf_key(id), body = mn_buf_new(4096), pos = mn_buf_new(256);
	mn_entity_encode(&e, &body, &pos);
	gf_put(f, MN_TAB_ENT, &key, &body, &pos);
}

GF void
gf_record(struct gen_fix *f, struct mn_record rec, uint64_t line)
{
	struct mn_buf key = mn_buf_new(16), body = mn_buf_new(4096);
	mn_put_u64(&key, mn_rid_make(0, line));
	mn_record_encode(&rec, &body);
	gf_put(f, MN_TAB_REC, &key, &body, NULL);
}

/* Said of `who`: the row on a line is one of its rows, or one of `other`'s. */
GF void
gf_alike(struct gen_fix *f, struct mn_eid who, uint32_t order, uint64_t line,
    const struct mn_eid *other, const char *reason)
{
	struct mn_alike x = {.who = who,
	    .refused = other != NULL,
	    .order = order,
	    .p_q16 = MN_Q16(.875),
	    .reason = mn_str_c(reason),
	    .rid = other ? mn_rid_make(0, 5) : mn_rid_make(0, line),
	    .other_rid = other ? mn_rid_make(0, line) : MN_RID_NONE};
	if (other)
		x.other = *other;
	struct mn_buf key = mn_buf_new(64), body = mn_buf_new(4096),
		      pos = mn_buf_new(256);
	mn_alike_sort_key(&x, &key);
	mn_alike_encode(&x, &body, &pos);
	gf_put(f, MN_TAB_LINK, &key, &body, &pos);
}

struct gf_finding {
	unsigned indicator;
	enum mn_direction direction;
	enum mn_strength strength;
	const char *class;
	enum mn_status status;
	uint64_t root;
	uint64_t line;
};

GF void
gf_evidence_of(
    struct gen_fix *f, struct mn_eid who, struct gf_finding x, uint32_t workers)
{
	int class = mn_pack_source_class(f->pack, mn_str_c(x.class));
	assert_true(class >= 0);
	struct mn_evidence e = {
	    .who = who,
	    .indicator = (uint8_t)x.indicator,
	    .direction = (uint8_t)x.direction,
	    .strength = (uint8_t)x.strength,
	    .source_class = (uint8_t) class,
	    .status = (uint8_t)x.status,
	    .imposed_by = MN_IMPOSED_PRIVATE,
	    .kind = MN_K_FINDINGS,
	    .event_day = f->as_of - 100,
	    .closed_day = x.status >= MN_CLOSED_ON_CLAIM ? f->as_of - 50 : MN_DAY_NONE,
	    .match_q16 = MN_FX_ONE,
	    .rows = 1,
	    .workers = workers,
	    .root = {0, x.root},
	    .key = {x.root, x.line},
	    .label = MN_S("what was found"),
	    .source = MN_S("invented source"),
	    .unannounced = true,
	    .offsite = true,
	    .supplier_paid = true,
	    .said_verified = x.status == MN_CLOSED_ON_CLAIM,
	    .verifier = x.status >= MN_CLOSED_ON_CLAIM ? MN_S("an auditor") : MN_STR_NONE,
	    .response = MN_S("we do not think so"),
	    .pack_row = MN_S("findings"),
	    .rid = mn_rid_make(1, x.line),
	    .field = MN_F_INDICATOR,
	};
	struct mn_buf key = mn_buf_new(512), body = mn_buf_new(4096),
		      pos = mn_buf_new(256);
	mn_evidence_sort_key(&e, &key);
	mn_evidence_encode(&e, &body, &pos);
	gf_put(f, MN_TAB_EV, &key, &body, &pos);
	f->ev[f->n_ev++] = e;
}

GF void
gf_evidence(struct gen_fix *f, struct mn_eid who, struct gf_finding x)
{
	gf_evidence_of(f, who, x, 0);
}

GF void
gf_fee_row(struct gen_fix *f, struct mn_fee_stat s)
{
	struct mn_buf key = mn_buf_new(512), body = mn_buf_new(4096),
		      pos = mn_buf_new(256);
	mn_fee_sort_key(&s, s.party, &key);
	mn_fee_encode(&s, &body, &pos);
	gf_put(f, MN_TAB_FEE, &key, &body, &pos);
}

/* One amount, 1234.56 paid and 234.56 given back. */
GF struct mn_str
gf_money(struct gen_fix *f, uint32_t workers)
{
	struct mn_fee_money m = {.currency = "NPR",
	    .payers = workers,
	    .owed_workers = workers,
	    .class_workers = {workers},
	    .by_class_e4 = {12345600},
	    .paid_e4 = 12345600,
	    .back_e4 = 2345600,
	    .owed_e4 = 10000000};
	struct mn_buf b = mn_buf_new(1024);
	mn_fee_money_add(&b, &m);
	struct mn_str s = mn_arena_str(&f->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

GF void
gf_fee(struct gen_fix *f, struct mn_eid who, enum mn_fee_scope scope,
    const char *recruiter, uint32_t workers)
{
	struct mn_fee_dist d = {
	    workers, workers, 0, 0, MN_Q16(2), MN_Q16(2.5), MN_Q16(3.25)};
	struct mn_fee_stat s = {.who = who,
	    .scope = (uint8_t)scope,
	    .party = mn_str_c(recruiter),
	    .workers = workers,
	    .payers = workers,
	    .owed_workers = workers,
	    .rows = workers,
	    .dist = {[MN_FEE_GROSS] = d, [MN_FEE_NET] = d},
	    .n_money = 1,
	    .money = gf_money(f, workers),
	    .rid = mn_rid_make(2, 2)};
	if (scope == MN_FEE_PAIR || scope == MN_FEE_CORRIDOR) {
		memcpy(s.origin, "NP", 3);
		memcpy(s.destination, "QA", 3);
	}
	gf_fee_row(f, s);
}

GF void
gf_gate(struct gen_fix *f, struct mn_eid who, const char *code, uint8_t status,
    const char *entry)
{
	int gate = mn_pack_gate(f->pack, mn_str_c(code));
	assert_true(gate >= 0);
	struct mn_gate_fact g = {.who = who,
	    .gate = (uint8_t)gate,
	    .status = status,
	    .basis = MN_BASIS_NAME_COUNTRY,
	    .listed_day = f->as_of - 700,
	    .ended_day = status == MN_GATE_ENDED ? f->as_of - 10 : MN_DAY_NONE,
	    .key = {7, f->n[MN_TAB_GATE]},
	    .list = MN_S("Invented list"),
	    .entry = mn_str_c(entry),
	    .citation = MN_S("Gazette 1"),
	    .rid = mn_rid_make(3, 5)};
	struct mn_buf key = mn_buf_new(512), body = mn_buf_new(4096),
		      pos = mn_buf_new(256);
	mn_gate_sort_key(&g, &key);
	mn_gate_encode(&g, &body, &pos);
	gf_put(f, MN_TAB_GATE, &key, &body, &pos);
}

/* ---- score ---- */

GF void
gf_gates_of(struct gen_fix *f, struct mn_eid who, uint8_t *status)
{
	struct mn_err err = MN_ERR_NONE;
	memset(status, MN_GATE_NOT_CHECKED, MN_MAX_GATES);
	for (size_t i = 0; i < f->n[MN_TAB_GATE]; i++) {
		const struct gen_row *row = &f->row[MN_TAB_GATE][i];
		struct mn_gate_fact g;
		gf_ok(mn_gate_decode(row->key, row->body, row->pos, &g, &err), err);
		if (mn_eid_cmp(g.who, who) == 0 && g.status > status[g.gate])
			status[g.gate] = g.status;
	}
}

GF void
gf_rank(struct gen_fix *f, char list, struct mn_str order, struct mn_eid id)
{
	struct mn_buf key = mn_buf_new(512);
	mn_buf_byte(&key, list);
	mn_buf_add(&key, order);
	mn_put_eid(&key, id);
	gf_put(f, MN_TAB_RANK, &key, NULL, NULL);
}

GF void
gf_card(struct gen_fix *f, struct mn_eid id)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_evidence ev[GF_ROWS];
	struct mn_entity e = {0};
	struct mn_inherent inherent;
	struct mn_card card;
	uint8_t gate[MN_MAX_GATES];
	struct mn_buf key = gf_key(id), body = mn_buf_new(4096), name = mn_buf_new(512);
	size_t n = 0;
	for (size_t i = 0; i < f->n_ev; i++)
		if (mn_eid_cmp(f->ev[i].who, id) == 0)
			ev[n++] = f->ev[i];
	for (size_t i = 0; i < f->n[MN_TAB_ENT]; i++) {
		const struct gen_row *row = &f->row[MN_TAB_ENT][i];
		if (mn_str_eq(row->key, mn_buf_str(&key)))
			gf_ok(mn_entity_decode(id, row->body, row->pos, &f->a, &e, &err),
			    err);
	}
	gf_gates_of(f, id, gate);
	mn_inherent_of(f->pack, &e, NULL, &f->a, &inherent);
	mn_inherent_age(f->pack, f->as_of, &inherent);
	struct mn_score_in in = {f->pack, &inherent, ev, n, f->as_of, gate, id};
	mn_score_entity(&in, &card, NULL, false, f->a);
	mn_card_encode(&card, &body);
	gf_put(f, MN_TAB_CARD, &key, &body, NULL);
	mn_fold_name(e.rec.v[MN_F_NAME], &name);
	mn_buf_byte(&name, 0);
	gf_rank(f, 'N', mn_buf_str(&name), id);
	mn_buf_free(&name);
}

/* ---- the three ---- */

GF void
gf_amberfen(struct gen_fix *f)
{
	static const struct gf_finding FINDINGS[] = {
	    {6, MN_ADVERSE, MN_STRONG, "inspectorate", MN_OPEN, 1, 2},
	    {6, MN_ADVERSE, MN_WEAK, "inspectorate", MN_OPEN, 1, 3}, /* same root */
	    {6, MN_ADVERSE, MN_MEDIUM, "ngo_media", MN_OPEN, 2, 4},
	    {7, MN_ADVERSE, MN_STRONG, "court", MN_CLOSED_ON_CLAIM, 3, 5},
	    {4, MN_ADVERSE, MN_STRONG, "inspectorate", MN_WORKER_VERIFIED, 4, 6},
	    {2, MN_CLEAR, MN_STRENGTH_NONE, "audit_unannounced", MN_OPEN, 5, 7},
	    {MN_INDICATOR_NONE, MN_ADVERSE, MN_WEAK, "inspectorate", MN_OPEN, 6, 8},
	};
	gf_entity(f, GF_A,
	    make_record(MN_K_SUPPLIERS, MN_F_ID, "S-1", MN_F_NAME, "Amberfen Gloves Ltd",
		MN_F_COUNTRY, "BD", MN_F_SECTOR, "garment manufacturing", MN_F_ROLE,
		"facility", MN_F_NONE),
	    1);
	for (size_t i = 0; i < countof(FINDINGS); i++)
		gf_evidence(f, GF_A, FINDINGS[i]);
	gf_fee(f, GF_A, MN_FEE_ENTITY, "", 23);
	gf_fee(f, GF_A, MN_FEE_PAIR, "Larkspur Recruiting", 20);
	gf_fee(f, GF_A, MN_FEE_PAIR, "Small Corridor Agency", 3);
	gf_join(f, 'I', "S-1", false, GF_A);
	gf_join(f, 'M', "Amberfen Gloves Ltd", true, GF_A);
	gf_rank(f, 'A', MN_S("\0\0\0\0\0\0\0\1"), GF_A);
}

GF void
gf_others(struct gen_fix *f)
{
	gf_entity(f, GF_B,
	    make_record(MN_K_SUPPLIERS, MN_F_ID, "S-2", MN_F_NAME, "=Birchlea(1)",
		MN_F_COUNTRY, "DE", MN_F_NONE),
	    1);
	gf_gate(f, GF_B, "G-EXCL", MN_GATE_ENDED, "Birchlea, once listed");
	gf_gate(f, GF_B, "G-OWN", MN_GATE_POSSIBLE, "");
	gf_gate(f, GF_B, "G-UFLPA", MN_GATE_NO_MATCH, "not waiting");
	gf_entity(f, GF_C, make_record(MN_K_SUPPLIERS, MN_F_NAME, GF_LONG, MN_F_NONE), 2);
	gf_record(f,
	    make_record(
		MN_K_SUPPLIERS, MN_F_NAME, "=Birchlea(1)", MN_F_ID, "S-2", MN_F_NONE),
	    4);
	gf_record(f, make_record(MN_K_SUPPLIERS, MN_F_NAME, GF_LONG, MN_F_NONE), 5);
	gf_record(f,
	    make_record(MN_K_SUPPLIERS, MN_F_NAME, "Cinderwald <Orchards>", MN_F_ID,
		"S-9", MN_F_NONE),
	    6);
	gf_alike(f, GF_C, 0, 5, NULL, "cinderwold=cinderwald (spelling)");
	gf_alike(f, GF_C, 1, 6, NULL, "cinderwold=cinderwald (spelling)");
	gf_alike(f, GF_C, 0, 4, &GF_B, "another town; birchlea");
	gf_join(f, 'I', "S-2", false, GF_B);
	gf_join(f, 'M', "Birchlea(1)", true, GF_B);
	gf_join(f, 'M', GF_LONG, true, GF_C);
	gf_rank(f, 'Q', MN_S("\0\0\0\0\0\0\0\1"), GF_C);
	gf_rank(f, 'Q', MN_S("\0\0\0\0\0\0\0\2"), GF_B);
}

GF void
gf_describe(struct gen_fix *f)
{
	gf_meta(f, "as_of", GF_AS_OF);
	gf_meta(f, "audience", "internal");
	gf_meta(f, "config_sha256",
	    "00000000000000000000000000000000000000000000000000000000000000aa");
	gf_meta(f, "stages", "[{\"name\":\"ingest\",\"rows\":16}]");
	gf_meta(f, "version", "9.9.9");
	gf_source(f, 0, MN_K_SUPPLIERS, "in/suppliers.csv", MN_F_NAME, "Supplier");
	gf_source(f, 1, MN_K_FINDINGS, "in/findings.csv", MN_F_INDICATOR, "Indicator");
	gf_source(f, 2, MN_K_FEES, "in/fees.csv", MN_F_AMOUNT, "Amount");
	gf_source(f, 3, MN_K_WATCHLIST, "in/list.csv", MN_F_NAME, "Name");
}

/* The generation is under construction, as it is when a run renders. */
GF void
gen_fix_begin(struct gen_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	const char *tmp = getenv("TMPDIR");
	memset(f, 0, sizeof *f);
	f->root = f->a = mn_arena_new((size_t)1 << 30, NULL);
	f->pack = shipped_packs(&f->a);
	assert_true(mn_day_parse_iso(MN_S(GF_AS_OF), &f->as_of));
	snprintf(f->dir, sizeof f->dir, "%s/manumit-report-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	f->gen = mn_gen_create(f->dir, &err);
	gf_ok(f->gen, err);
	gf_ok(mn_pack_store(f->pack, f->gen, &err), err);
	gf_describe(f);
	gf_amberfen(f);
	gf_others(f);
	gf_card(f, GF_A);
	gf_card(f, GF_B);
	gf_card(f, GF_C);
}

GF void
gen_fix_open(struct gen_fix *f)
{
	static const enum mn_table TABLES[] = {MN_TAB_META, MN_TAB_SOURCE, MN_TAB_REC,
	    MN_TAB_ENT, MN_TAB_JOIN, MN_TAB_LINK, MN_TAB_EV, MN_TAB_FEE, MN_TAB_GATE,
	    MN_TAB_CARD, MN_TAB_RANK};
	struct mn_err err = MN_ERR_NONE;
	const struct mn_countries *c =
	    mn_countries_new(&f->a, MN_STR_NONE, "countries", &err);
	gf_ok(c, err);
	for (size_t i = 0; i < countof(TABLES); i++)
		gf_load(f, TABLES[i]);
	gf_ok(mn_report_open(&f->r, f->gen, c, &f->a, &err), err);
}

GF void
gen_fix_end(struct gen_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	mn_report_close(&f->r);
	mn_gen_close(f->gen);
	gf_ok(mn_dir_remove(f->dir, &err), err);
	mn_arena_free(f->root);
}

/* An output file as text, in the fixture's arena. */
GF struct mn_str
gen_fix_read(struct gen_fix *f, const char *name)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	const char *path = mn_arena_fmt(&f->a, "%s/%s%c", f->dir, name, 0).p;
	gf_ok(mn_file_read(&f->a, path, 1u << 24, &text, &err), err);
	return text;
}

/* Fixture for cmocka: *state is a struct gen_fix, ready to render. */
GF int
gen_fix_setup(void **state)
{
	struct gen_fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	gen_fix_begin(f);
	gen_fix_open(f);
	*state = f;
	return 0;
}

GF int
gen_fix_teardown(void **state)
{
	gen_fix_end(*state);
	free(*state);
	return 0;
}

GF bool
gf_has(struct mn_str text, const char *part)
{
	return mn_str_find(text, mn_str_c(part)) != SIZE_MAX;
}

#endif

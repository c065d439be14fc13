/*
 * A small pack in memory with the constants and source classes of the scoring tables, and
 * rows of evidence to score with it. Shared by the tests of the score room.
 */
#ifndef MN_TEST_SCORE_FIXTURE_H
#define MN_TEST_SCORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/score/score.h"

#define FIX __attribute__((unused)) static
#define FIX_AS_OF 20000
#define FIX_Q(x) MN_Q16(x)

enum {
	FIX_COURT,
	FIX_INSPECTORATE,
	FIX_INTERVIEWS,
	FIX_SURVEY,
	FIX_GRIEVANCE,
	FIX_NGO,
	FIX_AUDIT_UNANNOUNCED,
	FIX_AUDIT_ANNOUNCED,
	FIX_SELF,
	FIX_CLASSES
};

enum { I01, I02, I03, I04, I05, I06, I07, I08, I09, I10, I11 };

static const struct mn_p_strength FIX_STRENGTH[] = {
    {.code = {"S", 1}, .nats_q16 = FIX_Q(4.0)},
    {.code = {"M", 1}, .nats_q16 = FIX_Q(2.0)},
    {.code = {"W", 1}, .nats_q16 = FIX_Q(0.8)},
};

#define FIX_S(lit) \
	{ \
		"" lit, sizeof(lit) - 1 \
	}
#define FIX_CLASS(text, q, clear, paid, k, better, cond, worker, unann) \
	{ \
		.code = FIX_S(text), .q_adverse_q16 = FIX_Q(q), \
		.q_clear_q16 = FIX_Q(clear), .q_clear_supplier_paid_q16 = FIX_Q(paid), \
		.kappa_q16 = FIX_Q(k), .kappa_better_q16 = FIX_Q(better), \
		.kappa_better_if = FIX_S(cond), .worker_sourced = worker, \
		.unannounced = unann \
	}
static const struct mn_p_source_class FIX_CLASS_ROWS[FIX_CLASSES] = {
    FIX_CLASS("court", 1.0, 0, 0, 0, 0, "", false, false),
    FIX_CLASS("inspectorate", .9, .6, .6, .1, .3, "unannounced", false, false),
    FIX_CLASS("offsite_interviews", .85, .6, .6, .3, .3, "", true, false),
    FIX_CLASS("worker_survey", .75, .5, .5, .3, .3, "", true, false),
    FIX_CLASS("grievance", .7, 0, 0, 0, 0, "", true, false),
    FIX_CLASS("ngo_media", .6, 0, 0, 0, 0, "", false, false),
    FIX_CLASS("audit_unannounced", .8, .5, .5, .15, .3, "offsite", false, true),
    FIX_CLASS("audit_announced", .7, .15, .05, .1, .1, "", false, false),
    FIX_CLASS("self_assessment", .8, 0, 0, 0, 0, "", false, false),
};

#define FIX_IND(text, w, months, sc, irr) \
	{ \
		.code = FIX_S(text), .omega_q16 = FIX_Q(w), .halflife_months = months, \
		.scale_q16 = FIX_Q(sc), .irremediability_q16 = FIX_Q(irr) \
	}
static const struct mn_p_indicator FIX_INDICATOR[] = {
    FIX_IND("I01", .6, 24, .6, .5),
    FIX_IND("I02", .6, 24, .6, .5),
    FIX_IND("I03", 1, 36, .9, .8),
    FIX_IND("I04", 1, 36, .7, .6),
    FIX_IND("I05", 1, 36, 1, 1),
    FIX_IND("I06", 1, 36, .8, .7),
    FIX_IND("I07", 1, 36, .7, .4),
    FIX_IND("I08", 1, 12, .7, .4),
    FIX_IND("I09", 1, 24, .8, .6),
    FIX_IND("I10", .6, 24, .8, .7),
    FIX_IND("I11", .6, 12, .6, .6),
};

#define FIX_CELL(r, s, c, w, months) \
	{ \
		.role = FIX_S(r), .subject = FIX_S(s), .source_class = FIX_S(c), \
		.weight_q16 = FIX_Q(w), .halflife_months = months \
	}
static const struct mn_p_cell FIX_CELLS[] = {
    FIX_CELL("any", "country", "any", .5, 0),
    FIX_CELL("any", "sector", "any", .5, 0),
    FIX_CELL("any", "good", "any", .5, 0),
    FIX_CELL("any", "workforce", "any", 1, 36),
    FIX_CELL("any", "recruitment", "any", 1, 36),
    FIX_CELL("any", "I01", "any", .6, 0),
    FIX_CELL("any", "I02", "any", .6, 0),
    FIX_CELL("any", "I03", "any", 1, 0),
    FIX_CELL("any", "I04", "any", 1, 0),
    FIX_CELL("any", "I05", "any", 1, 0),
    FIX_CELL("any", "I06", "any", 1, 0),
    FIX_CELL("any", "I07", "any", 1, 0),
    FIX_CELL("any", "I08", "any", 1, 0),
    FIX_CELL("any", "I09", "any", 1, 0),
    FIX_CELL("any", "I10", "any", .6, 0),
    FIX_CELL("any", "I11", "any", .6, 0),
    FIX_CELL("facility", "I06", "offsite_interviews", .5, 12),
    FIX_CELL("recruiter", "I09", "worker_survey", 1, 0),
};

static const struct mn_str FIX_AUTHORITY[] = {FIX_S("court"), FIX_S("inspectorate")};
static const struct mn_p_floor FIX_FLOOR[] = {
    {.code = FIX_S("authority-one"),
	.classes = {FIX_AUTHORITY, 2},
	.roots = 1,
	.band = FIX_S("high")},
    {.code = FIX_S("authority-two"),
	.classes = {FIX_AUTHORITY, 2},
	.roots = 2,
	.band = FIX_S("severe")},
};

static const struct mn_p_scope FIX_SCOPE[] = {
    {.workers_from = 0, .value_q16 = FIX_Q(.1)},
    {.workers_from = 10, .value_q16 = FIX_Q(.2)},
    {.workers_from = 250, .value_q16 = FIX_Q(.6)},
    {.workers_from = 5000, .value_q16 = FIX_Q(1.0)},
};

static const struct mn_p_gate FIX_GATE[] = {
    {.code = FIX_S("G-WRO")},
    {.code = FIX_S("G-LISTA")},
};

#define FIX_CHANNEL(text, w, l, m, h) \
	{ \
		.code = FIX_S(text), .weight_q16 = FIX_Q(w), .lo_q16 = FIX_Q(l), \
		.mid_q16 = FIX_Q(m), .hi_q16 = FIX_Q(h) \
	}
static const struct mn_p_channel FIX_CHANNELS[] = {
    FIX_CHANNEL("country", .5, .05, .5, .95),
    FIX_CHANNEL("sector", .35, .05, .4, .9),
    FIX_CHANNEL("good", .4, .1, .3, 1),
    FIX_CHANNEL("workforce", .35, 0, .3, 1),
    FIX_CHANNEL("recruitment", .35, 0, .3, 1),
};
/* h is whatever the sector says: lets a test name h. */
static const struct mn_p_channel FIX_CHANNELS_H[] = {
    FIX_CHANNEL("country", 0, 0, .5, 1),
    FIX_CHANNEL("sector", 1, 0, .5, 1),
    FIX_CHANNEL("good", 0, 0, .5, 1),
    FIX_CHANNEL("workforce", 0, 0, .5, 1),
    FIX_CHANNEL("recruitment", 0, 0, .5, 1),
};

FIX struct mn_pack
fix_pack(void)
{
	struct mn_pack p = {
	    .strength = FIX_STRENGTH,
	    .n_strength = countof(FIX_STRENGTH),
	    .source_class = FIX_CLASS_ROWS,
	    .n_source_class = FIX_CLASSES,
	    .indicator = FIX_INDICATOR,
	    .n_indicator = MN_INDICATORS,
	    .cell = FIX_CELLS,
	    .n_cell = countof(FIX_CELLS),
	    .floor = FIX_FLOOR,
	    .n_floor = countof(FIX_FLOOR),
	    .scope = FIX_SCOPE,
	    .n_scope = countof(FIX_SCOPE),
	    .gate = FIX_GATE,
	    .n_gate = countof(FIX_GATE),
	    .channel = FIX_CHANNELS,
	    .n_channel = MN_CHANNELS,
	    .k = {.A = FIX_Q(-4.0),
		.B = FIX_Q(3.2),
		.alpha = FIX_Q(-3.5),
		.delta = FIX_Q(1.5),
		.class_cap = FIX_Q(1.25),
		.unknown_halflife_factor = FIX_Q(2.0),
		.c_floor = FIX_Q(.1),
		.swing = FIX_Q(.25),
		.severe_p = FIX_Q(.75),
		.high_p = FIX_Q(.4),
		.elevated_p = FIX_Q(.12),
		.low_high = FIX_Q(.12),
		.low_c_all = FIX_Q(.5),
		.s_level_q = FIX_Q(.6),
		.attach_m = FIX_Q(.5)},
	    .strength_q16 = {0, FIX_Q(.8), FIX_Q(2.0), FIX_Q(4.0)},
	};
	return p;
}

/* All channels known and h = h_q16, given a pack with FIX_CHANNELS_H. */
FIX struct mn_inherent
fix_inherent(int64_t h_q16)
{
	struct mn_inherent in = {
	    .known = {true, true, true, true, true},
	    .x_q16 = {0, h_q16, 0, 0, 0},
	    .workers = -1,
	    .sector_workers = -1,
	    .sector_severity_q16 = -1,
	};
	return in;
}

/* An adverse row that is open, certain and of today; key and root are numbers. */
FIX struct mn_evidence
fix_adverse(unsigned indicator, unsigned strength, unsigned class, uint64_t root)
{
	static const struct mn_evidence NONE;
	struct mn_evidence e = NONE;
	e.indicator = (uint8_t)indicator;
	e.direction = MN_ADVERSE;
	e.strength = (uint8_t)strength;
	e.source_class = (uint8_t) class;
	e.status = MN_OPEN;
	e.imposed_by = MN_IMPOSED_UNKNOWN;
	e.event_day = FIX_AS_OF;
	e.closed_day = MN_DAY_NONE;
	e.match_q16 = MN_FX_ONE;
	e.rows = 1;
	e.root = (struct mn_key){0, root};
	e.key = (struct mn_key){root, indicator + 16 * class};
	return e;
}

FIX struct mn_evidence
fix_clear(unsigned indicator, unsigned class, uint64_t root)
{
	struct mn_evidence e = fix_adverse(indicator, MN_STRENGTH_NONE, class, root);
	e.direction = MN_CLEAR;
	e.key.hi += 1000000;
	return e;
}

/* What a test scores: a pack that it may change, the rows, the results. */
struct fix {
	struct mn_pack pack;
	struct mn_inherent inherent;
	struct mn_evidence ev[64];
	size_t n;
	uint8_t gate[MN_MAX_GATES];
	struct mn_arena arena;
	struct mn_card card;
	struct mn_row_score row[64];
};

FIX void
fix_begin(struct fix *f, int64_t h_q16)
{
	memset(f, 0, sizeof *f);
	f->pack = fix_pack();
	f->pack.channel = FIX_CHANNELS_H;
	f->inherent = fix_inherent(h_q16);
	f->gate[0] = f->gate[1] = MN_GATE_NO_MATCH;
	f->arena = mn_arena_new((size_t)1 << 22, NULL);
}

FIX void
fix_end(struct fix *f)
{
	mn_arena_free(f->arena);
}

FIX struct mn_evidence *
fix_add(struct fix *f, struct mn_evidence e)
{
	f->ev[f->n] = e;
	return &f->ev[f->n++];
}

FIX struct mn_score_in
fix_in(struct fix *f)
{
	return (struct mn_score_in){
	    .pack = &f->pack,
	    .inherent = &f->inherent,
	    .ev = f->ev,
	    .n_ev = f->n,
	    .as_of = FIX_AS_OF,
	    .gate = f->gate,
	    .who = {1, 2},
	};
}

FIX void
fix_score(struct fix *f)
{
	struct mn_score_in in = fix_in(f);
	mn_score_entity(&in, &f->card, f->row, true, f->arena);
}

#define assert_near(got_q16, want, tolerance) \
	do { \
		int64_t d_ = (got_q16)-FIX_Q(want); \
		if (d_ < 0) \
			d_ = -d_; \
		if (d_ > FIX_Q(tolerance)) \
			fail_msg("%s is %.5f, not %.5f", #got_q16, \
			    (double)(got_q16) / 65536.0, (double)(want)); \
	} while (0)

#endif

/*
 * What every renderer reads: a sealed generation with its packs and sources, and one
 * entity at a time with everything said about it. Renderers never score anew; they may
 * call the pure scoring function for shares of rows and counterfactuals.
 */
#ifndef MN_REPORT_VIEW_H
#define MN_REPORT_VIEW_H

#include "manumit/evidence/standing.h"
#include "manumit/model/alike.h"
#include "manumit/model/audience.h"
#include "manumit/model/done.h"
#include "manumit/model/fee.h"
#include "manumit/model/survey.h"
#include "manumit/model/source.h"
#include "manumit/report/behind.h"
#include "manumit/score/score.h"
#include "manumit/score/sensitivity.h"
#include "manumit/text/country.h"

struct mn_report {
	struct mn_gen *gen;
	struct mn_reader *reader;
	const struct mn_pack *pack;
	const struct mn_countries *countries;
	const struct mn_messages *messages; /* language of the pages; NULL: English */
	const struct mn_source *source;     /* by src */
	uint32_t n_source;
	uint64_t generation, entities;
	bool tender; /* the run was about lots of tenders and their bidders */
	int32_t as_of;
	const char *version;                     /* of the program */
	char digest[MN_HEX256_CHARS + 1];        /* of the generation */
	char config_sha256[MN_HEX256_CHARS + 1]; /* of the options that matter */
	enum mn_audience audience;
	bool retold; /* for another audience than the run's: cards are made again */
	/* Where the run scored again with each constant changed; else none. */
	const struct mn_variant *variant;
	uint32_t n_variant;
	enum mn_band dossiers_from; /* dossiers for entities of at least this band ... */
	bool dossiers_auto; /* ... or all up to MN_DOSSIERS_ALL, above that the listed */
	const struct mn_eid
	    *listed; /* on the portfolio page: first rows of both lists, sorted */
	uint32_t n_listed;
	uint32_t jobs; /* threads that render, 0 as 1; changes no byte */
	struct mn_inherent_memo *memo;
	const struct mn_gate_ground *ground; /* what each gate was compared with */
	struct mn_fee_memo *fee_memo; /* of fee rows of employers; NULL: none is kept */
	uint64_t bands[MN_BANDS];     /* entities by band */
	uint64_t gates[MN_MAX_GATES][MN_GATE_STATUS_COUNT];
	uint64_t decided[MN_DECIDED_COUNT]; /* list entries met, by what was decided */
	bool has_behind; /* something stands behind somebody, along edges */
	struct mn_str
	    worker_key; /* id of the key of pseudonyms; empty: of one run only */
	struct mn_str journal_head; /* of the store when the run began; empty: none */
	/* What the user did or is by itself, by table, each history in order. */
	const struct mn_done *own;
	uint32_t n_own;
	/* Where it imports, sells and buys publicly: codes with ';' between, "NONE"
	 * nowhere, empty unknown. */
	struct mn_user_profile {
		bool any; /* there is a profile */
		struct mn_str imports, sells, buys;
		struct mn_str supplies; /* public bodies there */
	} profile;
};

/* Opens a report on a generation: packs, sources, counts. Strings live in the arena. */
bool mn_report_open(struct mn_report *r, struct mn_gen *g, const struct mn_countries *c,
    struct mn_arena *a, struct mn_err *err);
void mn_report_close(struct mn_report *r);
/* Tells of an internal generation to somebody else: entities loaded from now on have the
 * card that a copy for that audience would have, and no more than it shows. Lists and
 * totals stay those of the run; they are for the outputs of a run. */
bool mn_report_for(
    struct mn_report *r, enum mn_audience a, struct mn_arena *arena, struct mn_err *err);

struct mn_view;
/* For pages of the office that the party they are about will come to read, because it has
 * to be heard: takes out what workers said and what tells who said it, keeps days, lists
 * and matches, and makes the card again. */
void mn_view_for_hearing(
    const struct mn_report *r, struct mn_arena *a, struct mn_view *v);

struct mn_view {
	struct mn_entity ent;
	struct mn_card card;
	struct mn_inherent inherent;
	const struct mn_evidence
	    *ev; /* in table order: indicator, direction, root, key */
	const struct mn_row_score *row;
	uint32_t n_ev;
	const struct mn_gate_fact *gate; /* list entries met, by gate */
	uint32_t n_gate;
	const struct mn_fee_stat *fee; /* as employer, then as recruiter, by scope */
	const struct mn_fee_stat *fee_exact; /* not rounded: to compare by, never told */
	const bool *fee_shown;               /* of each: may its numbers be shown? */
	const uint64_t *fee_money; /* of each: a bit for each amount that may be */
	uint32_t n_fee;
	const struct mn_lens_stat *lens; /* by survey, age, lens */
	uint32_t n_lens;
	/* Rows it was made of (when there are several), then rows alike but kept apart;
	 * and what the row in question says of itself. */
	const struct mn_alike *alike;
	const struct mn_view_row {
		struct mn_str id, name;
	} * alike_row;
	uint32_t n_alike;
	struct mn_view_behind behind; /* what edges lead to */
	const uint8_t *cell;          /* per pack cell, see mn_score_cells */
	const struct mn_done *done;   /* what was done, each history in order */
	uint32_t n_done;
};
/* Everything about one entity; NOTFOUND if there is none. with_counterfactual as in
 * mn_score_entity. */
bool mn_view_load(const struct mn_report *r, struct mn_eid id, bool with_counterfactual,
    struct mn_arena *a, struct mn_view *out, struct mn_err *err);

/* The entity and its card only: for tables of many. The rest of out is empty. */
bool mn_view_brief(const struct mn_report *r, const struct mn_card *card,
    struct mn_arena *a, struct mn_view *out, struct mn_err *err);

/* The entity a user means: 32 hex digits of an id, the user's id, or a name (exact after
 * folding; the one match). NOTFOUND lists the nearest names; a name of several entities
 * fails with their ids. */
bool mn_view_find(const struct mn_report *r, struct mn_str what, struct mn_arena scratch,
    struct mn_eid *out, struct mn_err *err);

/* Walks a ranked list ('A' act, 'Q' ask first, 'N' all by name): calls fn until it
 * returns false. Only the card is loaded. */
bool mn_view_rank(const struct mn_report *r, char list,
    bool (*fn)(void *ctx, uint64_t place, const struct mn_card *card), void *ctx,
    struct mn_err *err);

/* "fees.csv:12 amount": base name, line, column; escaping is the renderer's. */
struct mn_str mn_view_cite(
    const struct mn_report *r, mn_rid rid, unsigned field, struct mn_arena *a);
/* Why a row weighs what it weighs, in a few words; static. */
const char *mn_view_reason(
    const struct mn_report *r, const struct mn_evidence *e, const struct mn_row_score *s);
/* How many rows of its file a statement sums up; 0 where that would tell how few workers
 * of a fee ledger it is about. */
uint32_t mn_view_rows(const struct mn_report *r, const struct mn_evidence *e);
/* Does the reader of this report see that? */
bool mn_view_shows(const struct mn_report *r, enum mn_shown what);
/* Are the days of this entity withheld from the reader of this report? */
bool mn_view_days_withheld(const struct mn_report *r, const struct mn_view *v);
/* The supplier against its own interest: what it says of itself in a self-assessment. */
bool mn_view_is_admission(const struct mn_report *r, const struct mn_evidence *e);
/* What the row says of the check and of its closing, in words; may be empty. */
struct mn_str mn_view_about(
    const struct mn_report *r, const struct mn_evidence *e, struct mn_arena *a);
/* Why nothing clears here: the pack row of the setting, or the finding that says so
 * ("findings.csv:4 imposed_by"); empty: the setting is not imposed by the state. */
struct mn_str mn_view_state(
    const struct mn_report *r, const struct mn_view *v, struct mn_arena *a);
/* The indicator that weighs most, or MN_INDICATORS, and how many have weight. */
unsigned mn_view_strongest(const struct mn_card *c, unsigned *weighing);
/* On what an entity without evidence is ranked, in words: sector, good, place, and what
 * is unknown. */
struct mn_str mn_view_context(
    const struct mn_report *r, const struct mn_entity *e, struct mn_arena *a);
/* The same as a reason, where no statement weighs. */
struct mn_str mn_view_no_weight(
    const struct mn_report *r, const struct mn_view *v, struct mn_arena *a);
/* The name of its sector in the context pack; empty: unknown. */
struct mn_str mn_view_sector(
    const struct mn_report *r, const struct mn_entity *e, struct mn_arena *a);
/* Smallest number of workers that may be shown for the audience. */
int64_t mn_view_min_cell(const struct mn_report *r);

/* Questions to ask, most useful first: those of empty expected cells by weight, of gates
 * that are open or unchecked, of fees. Rows of p->question; returns how many. */
size_t mn_view_questions(const struct mn_report *r, const struct mn_view *v,
    const struct mn_p_question **out, size_t max);
/* "ask the supplier": the words for the pack's `ask`; static. */
const char *mn_view_whom(struct mn_str ask);

/* What a gate means for the user, a sentence or two a line: by the profile what concerns
 * it, without one all, each saying whom it concerns. */
struct mn_str mn_view_effect(
    const struct mn_report *r, uint32_t gate, struct mn_arena *a);
/* Why a gate is not applicable or not checked: a few words; empty otherwise. */
struct mn_str mn_view_gate_why(const struct mn_report *r, const struct mn_view *v,
    uint32_t gate, struct mn_arena *a);
/* What a person is asked about a fact that waits: of the region or order, else the
 * gate's, with the good that the entry is limited to. */
struct mn_str mn_view_gate_question(
    const struct mn_report *r, const struct mn_gate_fact *g, struct mn_arena *a);
/* The profile out of the user's own rows. */
void mn_view_profile(struct mn_report *r, struct mn_arena *a);

/* Does this remedy of the pack fit what is known of the entity? */
bool mn_view_remedy_fits(const struct mn_view *v, const struct mn_p_remedy *remedy);

#endif

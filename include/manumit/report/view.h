/*
 * What every renderer reads: a sealed generation with its packs and sources, and one
 * entity at a time with everything said about it. Renderers never score anew; they may
 * call the pure scoring function for shares of rows and counterfactuals.
 */
#ifndef MN_REPORT_VIEW_H
#define MN_REPORT_VIEW_H

#include "manumit/model/alike.h"
#include "manumit/model/fee.h"
#include "manumit/model/source.h"
#include "manumit/score/score.h"
#include "manumit/text/country.h"

enum mn_audience { MN_AUD_INTERNAL, MN_AUD_PUBLIC }; /* decides the minimum cell */

struct mn_report {
	struct mn_gen *gen;
	struct mn_reader *reader;
	const struct mn_pack *pack;
	const struct mn_countries *countries;
	const struct mn_source *source; /* by src */
	uint32_t n_source;
	uint64_t generation, entities;
	int32_t as_of;
	const char *version;                     /* of the program */
	char digest[MN_HEX256_CHARS + 1];        /* of the generation */
	char config_sha256[MN_HEX256_CHARS + 1]; /* of the options that matter */
	enum mn_audience audience;
	enum mn_band dossiers_from; /* dossiers for entities of at least this band ... */
	bool dossiers_auto; /* ... or all up to MN_DOSSIERS_ALL, above that the listed */
	const struct mn_eid
	    *listed; /* on the portfolio page: first rows of both lists, sorted */
	uint32_t n_listed;
	struct mn_inherent_memo *memo;
	uint64_t bands[MN_BANDS]; /* entities by band */
	uint64_t gates[MN_MAX_GATES][MN_GATE_STATUS_COUNT];
	uint64_t decided[MN_DECIDED_COUNT]; /* list entries met, by what was decided */
	struct mn_str journal_head; /* of the store when the run began; empty: none */
};

/* Opens a report on a generation: packs, sources, counts. Strings live in the arena. */
bool mn_report_open(struct mn_report *r, struct mn_gen *g, const struct mn_countries *c,
    struct mn_arena *a, struct mn_err *err);
void mn_report_close(struct mn_report *r);

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
	const struct mn_fee_stat *fee;
	uint32_t n_fee;
	/* Rows it was made of (when there are several), then rows alike but kept apart;
	 * and what the row in question says of itself. */
	const struct mn_alike *alike;
	const struct mn_view_row {
		struct mn_str id, name;
	} * alike_row;
	uint32_t n_alike;
	const uint8_t *cell; /* per pack cell, see mn_score_cells */
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
/* The supplier against its own interest: what it says of itself in a self-assessment. */
bool mn_view_is_admission(const struct mn_report *r, const struct mn_evidence *e);
/* What the row says of the check and of its closing, in words; may be empty. */
struct mn_str mn_view_about(
    const struct mn_report *r, const struct mn_evidence *e, struct mn_arena *a);
/* Why nothing clears here: the pack row of the setting, or the finding that says so
 * ("findings.csv:4 imposed_by"); empty: the setting is not imposed by the state. */
struct mn_str mn_view_state(
    const struct mn_report *r, const struct mn_view *v, struct mn_arena *a);
/* Smallest number of workers that may be shown for the audience. */
int64_t mn_view_min_cell(const struct mn_report *r);

/* May sums and counts of this group of workers be shown? */
bool mn_view_fee_shown(const struct mn_report *r, const struct mn_fee_stat *f);

/* Questions to ask, most useful first: those of empty expected cells by weight, of gates
 * that are open or unchecked, of fees. Rows of p->question; returns how many. */
size_t mn_view_questions(const struct mn_report *r, const struct mn_view *v,
    const struct mn_p_question **out, size_t max);
/* "ask the supplier": the words for the pack's `ask`; static. */
const char *mn_view_whom(struct mn_str ask);

/* Does this remedy of the pack fit what is known of the entity? */
bool mn_view_remedy_fits(const struct mn_view *v, const struct mn_p_remedy *remedy);

#endif

/*
 * Inherent facts: what is known of an entity before any finding, read from its own record
 * with the context pack. Scored on where the good is made and the site stands, never on
 * where the seller is registered. Pure.
 */
#ifndef MN_EVIDENCE_INHERENT_H
#define MN_EVIDENCE_INHERENT_H

#include "manumit/base/limits.h"
#include "manumit/model/card.h"
#include "manumit/model/entity.h"
#include "manumit/pack/pack.h"

/* A publication that a channel's value rests on: a file of the pack, and how much of the
 * channel hangs on it. */
#define MN_CHANNEL_SOURCES MN_MAX_SERIES
struct mn_channel_source {
	uint32_t file;
	int64_t weight_q16;
	int64_t below_q16, above_q16; /* the most by which its age may widen: what is
				       * known is no wider than what is not */
	int64_t stale_days;           /* past its stale_after_days; 0: not stale */
};

struct mn_inherent {
	bool known[MN_CHANNELS];
	int64_t x_q16[MN_CHANNELS]; /* 0..1, only where known */
	/* How far a known value may be off to either side, because a part of it is not
	 * known or its source is old; 0: not at all. The ends are within the channel's lo
	 * and hi, so that an unknown channel is never narrower. */
	int64_t below_q16[MN_CHANNELS], above_q16[MN_CHANNELS];
	int64_t ends_q16[MN_CHANNELS][2]; /* lo and hi before they were cut so */
	int64_t open_q16[MN_CHANNELS];    /* part of a known channel that is not known */
	int64_t stale_q16[MN_CHANNELS];   /* of below and above: for the age of sources */
	/* The pack row or rule that gave the value, for the report: e.g. "countries/BD".
	 */
	struct mn_str row[MN_CHANNELS];
	/* What of it is not known or was assumed, in words; "". */
	struct mn_str assumed[MN_CHANNELS];
	uint8_t field[MN_CHANNELS]; /* enum mn_field read, MN_F_NONE */
	struct mn_channel_source source[MN_CHANNELS][MN_CHANNEL_SOURCES];
	uint8_t n_source[MN_CHANNELS];
	int64_t workers;             /* exposed, -1 unknown */
	int64_t sector_workers;      /* usual for the sector, -1 unknown */
	int64_t sector_severity_q16; /* profile of the sector, -1 unknown */
	bool state_setting;  /* a state-imposed setting of the pack: nothing clears */
	bool state_possible; /* ... but region or city name another place than the address
			      */
	struct mn_str state_row; /* its pack row */
	enum mn_role role;
};

/* What texts of earlier entities were found to mean: lists repeat their sectors and
 * products. Zeroed to begin with; belongs to one pack; one thread. */
#define MN_MEMO_SLOTS 1024
#define MN_MEMO_BYTES 96 /* longer texts are looked up each time */

struct mn_inherent_memo {
	struct mn_memo_slot {
		char text[MN_MEMO_BYTES]; /* channel, country, text */
		uint32_t n;               /* 0: free */
		int32_t row[2];           /* of the pack, -1: none */
	} slot[MN_MEMO_SLOTS];
};

/* Slices in *out are static, of the pack, or in the arena. memo may be NULL; it changes
 * no result. */
void mn_inherent_of(const struct mn_pack *p, const struct mn_entity *e,
    struct mn_inherent_memo *memo, struct mn_arena *a, struct mn_inherent *out);
/* Widens known channels whose sources are older on that day than their pack says
 * (context rules stale_step and stale_most). */
void mn_inherent_age(const struct mn_pack *p, int32_t as_of, struct mn_inherent *in);
/* The value of a channel at an end of the interval: 0 lo, 1 what P rests on, 2 hi. */
int64_t mn_inherent_value(
    const struct mn_pack *p, const struct mn_inherent *in, unsigned channel, int end);

#endif

/*
 * Inherent facts: what is known of an entity before any finding, read from its own record
 * with the context pack. Scored on where the good is made and the site stands, never on
 * where the seller is registered. Pure.
 */
#ifndef MN_EVIDENCE_INHERENT_H
#define MN_EVIDENCE_INHERENT_H

#include "manumit/model/card.h"
#include "manumit/model/entity.h"
#include "manumit/pack/pack.h"

struct mn_inherent {
	bool known[MN_CHANNELS];
	int64_t x_q16[MN_CHANNELS]; /* 0..1, only where known */
	/* The pack row or rule that gave the value, for the report: e.g. "countries/BD".
	 */
	struct mn_str row[MN_CHANNELS];
	uint8_t field[MN_CHANNELS];  /* enum mn_field read, MN_F_NONE */
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

#endif

/* Private to the room: recruiters and agents that fee ledgers name, as entities. */
#ifndef MN_RUN_RECRUITERS_H
#define MN_RUN_RECRUITERS_H

#include "manumit/evidence/fees.h"
#include "manumit/model/record.h"

#define MN_MAX_AGENT_TIERS 8 /* agents of one row that become entities; chains have 3 */

struct mn_recruiters {
	struct mn_arena root, a;
	const struct mn_fee_words *words;
	struct mn_key *slot; /* names seen; zero: free */
	uint32_t n, slots;
	struct mn_buf fold;
	struct mn_key last; /* what the row before said */
};

struct mn_recruiters mn_recruiters_new(const struct mn_pack *p);
void mn_recruiters_free(struct mn_recruiters *r);
/* Fills out with a supplier record for each recruiter and agent that the fee row names
 * and no row did before: role recruiter, with licence number and country as the ledger
 * has them; agents with the one above them as parent, and their tier. Returns how many
 * (at most 1 + MN_MAX_AGENT_TIERS). Words that say only who paid ("agency", "self") are
 * no name. */
uint32_t mn_recruiters_of(
    struct mn_recruiters *r, const struct mn_record *fee, struct mn_record *out);

#endif

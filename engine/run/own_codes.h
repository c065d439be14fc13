/* Private to the room: the user's codes of findings, and what findings take from them. */
#ifndef MN_RUN_OWN_CODES_H
#define MN_RUN_OWN_CODES_H

#include "manumit/base/codes.h"
#include "manumit/base/err.h"
#include "manumit/model/record.h"
#include "manumit/pack/pack.h"

#include "folded.h"

#define MN_MAX_OWN_CODES 65536 /* checklists of audits have hundreds of questions */

struct mn_own_codes {
	const struct mn_pack *pack; /* knows the codes of the lenses */
	struct mn_folded known;
	struct mn_own_code {
		struct mn_str code, indicator, strength, description;
	} * v; /* by number of the code */
};

struct mn_own_codes mn_own_codes_new(const struct mn_pack *pack);
/* What is to be remarked of a row of the table, MN_E_NONE: nothing. Of rows that tell one
 * code differently the stronger counts, whatever their order. */
enum mn_code mn_own_codes_add(struct mn_own_codes *x, struct mn_record *rec);
/* Gives a finding the indicator that its code means, and what it leaves empty. False: the
 * code is none of the ILO's nor the name of one, none of the table and none of a lens. A
 * code of the table goes before the same code of a lens. */
bool mn_own_codes_apply(const struct mn_own_codes *x, struct mn_record *rec);
/* The known code nearest to a wrong one, of the ILO, the table or a lens; empty: none is
 * near. Lives as long as the table. */
struct mn_str mn_own_codes_nearest(const struct mn_own_codes *x, struct mn_str code);
void mn_own_codes_free(struct mn_own_codes *x);

#endif

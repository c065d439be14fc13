/*
 * Free text that looks like personal data. What a statement says in public is looked at
 * once more before it is written.
 */
#ifndef MN_CONNECTORS_PERSONAL_H
#define MN_CONNECTORS_PERSONAL_H

#include "manumit/base/str.h"

/* Does free text hold what looks like personal data: an e-mail address, a number of a
 * telephone or a paper, a day of birth? */
bool mn_cell_personal(struct mn_str s);

#endif

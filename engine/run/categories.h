/* Private to the room: the user's purchasing groups, and what suppliers take from them.
 */
#ifndef MN_RUN_CATEGORIES_H
#define MN_RUN_CATEGORIES_H

#include "manumit/model/record.h"

#include "folded.h"

#define MN_MAX_CATEGORIES 65536 /* purchasing groups; the largest schemes have 20,000 */

struct mn_categories {
	struct mn_folded name;
	struct mn_record *v; /* by number of the name */
	bool any;            /* a table of categories was given */
};

struct mn_categories mn_categories_new(void);
/* False: the group is there already, or there are too many. */
bool mn_categories_add(struct mn_categories *c, const struct mn_record *rec);
/* Fills what the row of a supplier leaves empty. False: its group is not in the table. */
bool mn_categories_apply(const struct mn_categories *c, struct mn_record *rec);
/* The fields that are taken over: the i-th, MN_F_NONE past the last. */
enum mn_field mn_categories_field(size_t i);
void mn_categories_free(struct mn_categories *c);

#endif

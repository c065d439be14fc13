/* Private to the room: the names of entities looked up in a compiled list. */
#ifndef MN_RESOLVE_LOOK_H
#define MN_RESOLVE_LOOK_H

#include "manumit/base/sort.h"
#include "manumit/resolve/list.h"
#include "manumit/resolve/resolve.h"

/* The fields of a record that name what it is about. */
struct mn_entry_name {
	enum mn_field field;
	enum mn_alias kind;
};
#define MN_ENTRY_NAMES_N 5
extern const struct mn_entry_name MN_ENTRY_NAMES[MN_ENTRY_NAMES_N];

/* Looks every name of every entity up. What reaches the band "possible" goes to found:
 * key = row of the list, entity, and the more alike the less; value = a mn_matched. */
bool mn_look_up_entities(const struct mn_stage *st, struct mn_reader *r,
    const struct mn_list *l, struct mn_crew *crew, struct mn_xsort *found,
    struct mn_err *err);

#endif

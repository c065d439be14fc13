/*
 * Private to the room: the names of a list on their way into it. They are analysed in
 * batches, by as many threads as the crew has, and arrive in the order in which they
 * came.
 */
#ifndef MN_RESOLVE_LIST_BATCH_H
#define MN_RESOLVE_LIST_BATCH_H

#include "list_image.h"

struct mn_batch;
/* crew NULL: names are analysed by m, in this thread. */
struct mn_batch *mn_batch_new(struct mn_list_build *to, struct mn_matcher *m,
    struct mn_crew *crew, struct mn_err *err);
void mn_batch_entry(
    struct mn_batch *b, uint64_t ref, struct mn_str country, struct mn_str address);
void mn_batch_name(struct mn_batch *b, enum mn_alias kind, struct mn_str name);
void mn_batch_finish(struct mn_batch *b);
void mn_batch_free(struct mn_batch *b); /* NULL is fine */

/* Where they arrive (list_build.c). */
void mn_list_add_entry(struct mn_list_build *b, uint64_t ref, const char country[4],
    const struct mn_address *a);
void mn_list_add_name(struct mn_list_build *b, enum mn_alias kind, struct mn_str name,
    const struct mn_names *n);

#endif

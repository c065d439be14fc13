/* Private to the room: one place that spells blocking keys. */
#ifndef MN_RESOLVE_KEYS_H
#define MN_RESOLVE_KEYS_H

#include "manumit/base/buf.h"

/* The key, borrowed from b until its next use; empty when text folds to nothing. suffix:
 * the country of N, n and R keys. */
struct mn_str mn_block_key_make(struct mn_buf *b, char type, struct mn_str text,
    struct mn_str suffix, void (*fold)(struct mn_str, struct mn_buf *));

#endif

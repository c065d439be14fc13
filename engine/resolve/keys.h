/* Private to the room: one place that spells blocking keys. */
#ifndef MN_RESOLVE_KEYS_H
#define MN_RESOLVE_KEYS_H

#include "manumit/base/buf.h"

/* The key, borrowed from b until its next use; empty when text folds to nothing. suffix:
 * the country of N, n and R keys. */
struct mn_str mn_block_key_make(struct mn_buf *b, char type, struct mn_str text,
    struct mn_str suffix, void (*fold)(struct mn_str, struct mn_buf *));

/* What names the organisation in a registration number with valid check digits: scheme
 * and root, in room; empty when the number is of no known scheme. */
#define MN_ROOT_BYTES 64
struct mn_str mn_block_root(
    struct mn_str number, struct mn_str country, char room[MN_ROOT_BYTES]);

#endif

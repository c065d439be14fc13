/* Similarity of two tokens (matching.md section 3). Pure, integers. */
#ifndef MN_RESOLVE_SIMILAR_H
#define MN_RESOLVE_SIMILAR_H

#include "manumit/resolve/pair.h"

/* Edit distance (insert, delete, substitute, adjacent transposition), both up to
 * MN_TOKEN_BYTES. */
uint32_t mn_edit(struct mn_str a, struct mn_str b);
/* Q16 similarity and how it came about; 0: none. chinese: both names are. */
int32_t mn_similar(
    const struct mn_token *a, const struct mn_token *b, bool chinese, uint8_t *kind);
static inline struct mn_str
mn_token_text(const struct mn_token *t)
{
	return mn_str(t->text, t->n);
}

#endif

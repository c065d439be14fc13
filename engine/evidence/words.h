/* Private to the room: where words of a folded text begin. */
#ifndef MN_EVIDENCE_WORDS_H
#define MN_EVIDENCE_WORDS_H

#include "manumit/base/str.h"

/* Chinese and its neighbours write without blanks (from U+3000 on). */
static inline bool
mn_unspaced(struct mn_str s, size_t at)
{
	return at < s.n && (unsigned char)s.p[at] >= 0xe3;
}

static inline bool
mn_word_begins(struct mn_str s, size_t at)
{
	return at == 0 || s.p[at - 1] == ' ' ||
	       (mn_unspaced(s, at) && ((unsigned char)s.p[at] & 0xc0) != 0x80);
}

#endif

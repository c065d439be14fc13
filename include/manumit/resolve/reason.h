/*
 * Why a pair has its probability, for people and for programs: both are written from the
 * same verdict, in a stable order. Pure but for the buffer; thread-safe.
 */
#ifndef MN_RESOLVE_REASON_H
#define MN_RESOLVE_REASON_H

#include "manumit/base/buf.h"
#include "manumit/base/jsonw.h"
#include "manumit/resolve/pair.h"

/* One line: rules first, then what agrees and what is left over. */
void mn_reason_short(const struct mn_party *a, const struct mn_party *b,
    const struct mn_verdict *v, struct mn_buf *out);
/* Lines "  ...": tokens aligned and how, tokens left over, every contribution to z, rules
 * applied. */
void mn_reason_text(const struct mn_model *m, const struct mn_party *a,
    const struct mn_party *b, const struct mn_verdict *v, struct mn_buf *out);
/* The members of an open JSON map: probability, band, tokens, left_over, contributions,
 * rules. */
void mn_reason_json(const struct mn_model *m, const struct mn_party *a,
    const struct mn_party *b, const struct mn_verdict *v, struct mn_jsonw *w);

#endif

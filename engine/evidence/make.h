/* Private to the room: what every kind of evidence shares. */
#ifndef MN_EVIDENCE_MAKE_H
#define MN_EVIDENCE_MAKE_H

#include "manumit/evidence/evidence.h"

/* A row with everything set that does not depend on its kind. */
struct mn_evidence mn_make_base(const struct mn_ev_in *in);
/* The source class of a code, folding surveys that asked too few into their else_class;
 * an unknown or missing code becomes "unstated" with a remark. */
uint8_t mn_make_class(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_str code, int64_t n_asked);
/* Root source: the first of the strings that is not empty (each framed with its own
 * kind), else class, entity and day (scoring.md section 2). */
struct mn_key mn_make_root(struct mn_str root, struct mn_str authority_case,
    struct mn_str reference, const struct mn_evidence *e);
/* The key of the n-th statement of a row, from the row's content key. */
struct mn_key mn_make_key(struct mn_key row, uint32_t n);
/* True, with a remark, when the day lies after the as-of day. */
bool mn_make_future(const struct mn_ev_in *in, const struct mn_ev_sink *sink, int32_t day,
    enum mn_field f);
/* The authority of an inspection row; NULL: none that a pack names. */
const struct mn_p_authority *mn_authority_of(
    const struct mn_pack *p, const struct mn_record *rec);
/* Status, closing day, and who verified it, with remarks. Of a row: its own word, else
 * closed where there is a closing day, else unknown. Verified only by workers' word. */
void mn_make_status(
    const struct mn_ev_in *in, const struct mn_ev_sink *sink, struct mn_evidence *e);

#endif

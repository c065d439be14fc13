/*
 * Edges of the supply graph, joined to entities: rows of edges, parents that supplier
 * rows name, and addresses that suppliers share. Reads REC and ENT, writes EDGE.
 */
#ifndef MN_EVIDENCE_EDGES_H
#define MN_EVIDENCE_EDGES_H

#include "manumit/model/edge.h"
#include "manumit/model/source.h"
#include "manumit/resolve/resolve.h"

/* The stage. Ends are joined as the rows of other tables are (mn_join_row): a row whose
 * ends may be several entities waits with a remark, one that names nobody of the run is
 * told. Of a file in a known layout, which describes the world and not the user's chain,
 * rows that concern nobody are told together. */
bool mn_stage_edges(const struct mn_stage *st, const struct mn_pack *p,
    const struct mn_source *source, uint32_t n_source, struct mn_err *err);

/* The number of the graph pack by that code; 0 when there is none: the rule is off. */
int64_t mn_edge_constant(const struct mn_pack *p, const char *code);

/* What tells one site from another: 1 and a key, or 0 when the address does not say
 * which house of which country it is. */
bool mn_edge_site(const struct mn_record *rec, struct mn_buf *room, struct mn_key *out);

#endif

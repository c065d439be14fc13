/*
 * Private to the room: JSON Lines, one object a line. A line becomes a row whose columns
 * are the paths of its values ("properties.name"); a path with several values gives a
 * cell as multi.h reads it. Lines that say something about another line (a sanction, an
 * address) are attached to it where the layout says so (mapping.h, attach).
 */
#ifndef MN_CONNECTORS_JSONL_H
#define MN_CONNECTORS_JSONL_H

#include "input_impl.h"

/* Does a file that begins so hold an object in its first line? */
bool mn_jsonl_begins(struct mn_str head);
/* Columns and layout from the first lines; reads what other lines have to be attached;
 * leaves the stream at the first line. */
bool mn_jsonl_header(struct mn_input *in, enum mn_kind kind, struct mn_err *err);
/* As mn_input_record. Lines without an object are quarantined on the way; lines that were
 * attached to others are counted as accepted, and skipped. */
int mn_jsonl_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err);

#endif

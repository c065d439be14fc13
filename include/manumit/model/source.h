/*
 * An input file as the run saw it: what citations refer to and the manifest lists.
 */
#ifndef MN_MODEL_SOURCE_H
#define MN_MODEL_SOURCE_H

#include "manumit/model/record.h"

struct mn_source {
	uint32_t src; /* number in rids */
	enum mn_kind kind;
	struct mn_str file; /* as the user named it; outputs print its last part */
	struct mn_str
	    part; /* sheet of a workbook with several: `file` ends in "#" and it */
	struct mn_str sha256, encoding, delimiter;
	uint64_t bytes, header_line;
	uint64_t rows, accepted, noted, quarantined;
	struct mn_str layout, title, licence, url; /* known layout, or empty */
	struct mn_str gates; /* codes of the gates a watchlist feeds, ';' between */
	struct mn_str column[MN_F_COUNT]; /* header cell a field came from, or empty */
};

void mn_source_encode(const struct mn_source *s, struct mn_buf *out);
bool mn_source_decode(struct mn_str bytes, struct mn_source *out, struct mn_err *err);
/* The last part of the path: what outputs print. */
struct mn_str mn_source_base(const struct mn_source *s);

#endif

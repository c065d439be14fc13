/*
 * An input file as the run saw it: what citations refer to and the manifest lists.
 */
#ifndef MN_MODEL_SOURCE_H
#define MN_MODEL_SOURCE_H

#include "manumit/model/record.h"

/* The layout of what `manumit record` kept: no file, its rows are the journal's records.
 */
#define MN_JOURNAL_LAYOUT "journal"

struct mn_source {
	uint32_t src; /* number in rids */
	enum mn_kind kind;
	struct mn_str file; /* as the user named it; outputs print its last part */
	struct mn_str
	    part; /* sheet of a workbook with several: `file` ends in "#" and it */
	struct mn_str sha256, encoding, delimiter;
	uint64_t bytes, header_line;
	uint64_t rows, accepted, noted, quarantined;
	uint64_t
	    unjoined; /* of the noted: about nobody of the run, or about whom of several
		       */
	struct mn_str layout, title, licence, url; /* known layout, or empty */
	/* Of a list that comes along: the day it is complete as of (ISO) and what it is
	 * known to lack; edition is empty for the user's own files. */
	struct mn_str edition, missing;
	uint64_t stale_after_days;
	struct mn_str gates; /* codes of the gates a watchlist feeds, ';' between */
	struct mn_str column[MN_F_COUNT]; /* header cell a field came from, or empty */
};

void mn_source_encode(const struct mn_source *s, struct mn_buf *out);
bool mn_source_decode(struct mn_str bytes, struct mn_source *out, struct mn_err *err);
/* Days from its edition to a day, and whether that is more than it keeps; false: a file
 * of the user, which has no edition. */
bool mn_source_age(const struct mn_source *s, int32_t as_of, int64_t *days, bool *stale);
/* The last part of the path: what outputs print. */
struct mn_str mn_source_base(const struct mn_source *s);

#endif

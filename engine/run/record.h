/* Private to the room: rows gathered before any is recorded. */
#ifndef MN_RUN_RECORD_PRIVATE_H
#define MN_RUN_RECORD_PRIVATE_H

#include "manumit/run/record.h"
#include "manumit/resolve/resolve.h"

#include "entries.h"

struct mn_recording {
	const struct mn_record_opts *o;
	struct mn_arena *a;
	struct mn_record_result *out;
	struct mn_recorded_row { /* a row of a file, encoded */
		struct mn_str rec, file;
		uint64_t line;
		bool dated; /* the file says recorded_on */
		struct mn_key thing, says;
		int32_t day;
		bool keep;
	} * row;
	uint32_t n, cap;
	struct mn_record_told *rejected, *told;
	uint32_t cap_rejected, cap_told;
	/* The current run, when there is one: its suppliers, gates and indicators. */
	struct mn_gen *gen;
	struct mn_reader *reader;
	const struct mn_pack *pack;
};

/* Reads all files. False: a file cannot be read at all. */
bool mn_recording_read(struct mn_recording *x, struct mn_err *err);
/* Looks at one row: normalises it, or rejects it with mn_recording_reject. Adds it.
 * False: only when the store cannot be read. */
bool mn_recording_row(struct mn_recording *x, const struct mn_record *rec,
    struct mn_str file, const struct mn_str *column, struct mn_err *err);
void mn_recording_reject(struct mn_recording *x, struct mn_record_told t);
void mn_recording_tell(struct mn_recording *x, struct mn_record_told t);
void mn_recording_add(
    struct mn_recording *x, const struct mn_record *rec, struct mn_str file, bool dated);

#endif

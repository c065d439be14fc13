/*
 * Private to the room: a ZIP archive out of parts in memory. The same parts give the same
 * bytes, whatever the day and the machine.
 */
#ifndef MN_REPORT_ZIPW_H
#define MN_REPORT_ZIPW_H

#include "manumit/base/buf.h"
#include "manumit/base/err.h"

struct mn_zip_part {
	const char *name; /* '/' between folders */
	struct mn_str content;
};
/* Appends the archive to out. what: "the Word document", for messages. */
bool mn_zip_make(const struct mn_zip_part *part, size_t n, const char *what,
    struct mn_buf *out, struct mn_err *err);

#endif

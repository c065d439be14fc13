/*
 * Files of old office programs: compound documents. They hold either an Excel file of
 * before 2007 or a workbook that is encrypted with a password; neither is read, and the
 * message says what to do.
 */
#include <unistd.h>

#include "format.h"

#define BLOCK 65536

static bool
begins(struct mn_str head)
{
	return mn_str_starts(head, MN_S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
}

/* Names in the document's directory are UTF-16. */
static bool
is_encrypted(int fd)
{
	static const char NAME[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g";
	char block[BLOCK + sizeof NAME];
	size_t kept = 0;
	ssize_t n;
	while ((n = read(fd, block + kept, BLOCK)) > 0) {
		struct mn_str seen = mn_str(block, kept + (size_t)n);
		if (mn_str_find(seen, mn_str(NAME, sizeof NAME)) != SIZE_MAX)
			return true;
		kept = seen.n < sizeof NAME ? seen.n : sizeof NAME - 1;
		memmove(block, block + seen.n - kept, kept);
	}
	return false;
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	(void)kind;
	if (is_encrypted(in->stream.fd))
		return mn_fail(err, MN_E_FILE_LOCKED, "%.*s", MN_FMT(in->info.file));
	return mn_fail(err, MN_E_FILE_XLS, "%.*s: an Excel file of before 2007 (.xls)",
	    MN_FMT(in->info.file));
}

static int
record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	(void)row;
	mn_fail(err, MN_E_FILE_XLS, "%.*s", MN_FMT(in->info.file));
	return -1;
}

const struct mn_format mn_format_ole = {.name = "old office document",
    .binary = true,
    .begins = begins,
    .header = header,
    .record = record};

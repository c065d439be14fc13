/*
 * Errors. A function that can fail returns bool (true = good) or a pointer and takes
 * `struct mn_err *err` last; it is filled where the fact is known. Severity, not the
 * function, decides what has to be given up.
 */
#ifndef MN_BASE_ERR_H
#define MN_BASE_ERR_H

#include "manumit/base/codes.h"
#include "manumit/base/str.h"

enum mn_sev { MN_OK, MN_NOTE, MN_ROW, MN_SOURCE, MN_RUN };

enum mn_code {
#define MN_X(code, sev, text, fix) MN_E_##code,
	MN_CODES(MN_X)
#undef MN_X
	    MN_E_COUNT
};

struct mn_err {
	enum mn_code code;
	enum mn_sev sev;
	uint32_t src;  /* which input, UINT32_MAX: none */
	uint64_t row;  /* line in the file, 0: none */
	uint32_t col;  /* column, 1-based, 0: none */
	char msg[240]; /* the particulars: file, value, what was expected */
};

#define MN_ERR_NONE ((struct mn_err){.code = MN_E_NONE, .src = UINT32_MAX})

/* Fills *err and returns false, so `return mn_fail(err, MN_E_IO, "%s: ...", path);`.
 * err may be NULL. The message is cut to fit, at a character boundary. */
bool mn_fail(struct mn_err *err, enum mn_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for a failed system call: picks NOINPUT, NOPERM, NOSPACE or IO by `number`
 * (an errno value; 0 means a short write) and adds its text. `what` is e.g. "open". */
bool mn_fail_errno(struct mn_err *err, int number, const char *what, const char *path);

/* The rows of the catalogue; static, NUL-terminated. */
const char *mn_code_name(enum mn_code code); /* "CELL_DATE" */
const char *mn_code_text(enum mn_code code);
const char *mn_code_fix(enum mn_code code);
enum mn_sev mn_code_sev(enum mn_code code);
const char *mn_sev_name(enum mn_sev sev); /* "note", "row", ... */
/* The exit status for an error that ended the run (sysexits.h where they fit). */
int mn_code_exit(enum mn_code code);

#endif

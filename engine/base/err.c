/* The message catalogue and error objects. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "manumit/base/diag.h"

struct code_row {
	const char *name, *text, *fix;
	enum mn_sev sev;
};

static const struct code_row CODES[MN_E_COUNT] = {
#define MN_X(code, sev, text, fix) {#code, text, fix, MN_##sev},
    MN_CODES(MN_X)
#undef MN_X
};

/* Exit statuses other than 65 (EX_DATAERR), by code. */
static const struct {
	enum mn_code code;
	int status;
} EXITS[] = {
    {MN_E_NONE, 0},
    {MN_E_USAGE, 64},
    {MN_E_NOINPUT, 66},
    {MN_E_NOTFOUND, 66},
    {MN_E_UNAVAILABLE, 69},
    {MN_E_BUG, 70},
    {MN_E_NOMEM, 71},
    {MN_E_EXISTS, 73},
    {MN_E_FOREIGN, 73},
    {MN_E_IO, 74},
    {MN_E_STORE, 74},
    {MN_E_LOCKED, 75},
    {MN_E_NOSPACE, 75},
    {MN_E_TRANSIENT, 75},
    {MN_E_POLICY, 76},
    {MN_E_SIGNATURE, 76},
    {MN_E_NOPERM, 77},
    {MN_E_CONFIG, 78},
    {MN_E_PACK_JSON, 78},
    {MN_E_PACK_KEY, 78},
    {MN_E_PACK_TYPE, 78},
    {MN_E_PACK_RANGE, 78},
    {MN_E_PACK_MISSING, 78},
    {MN_E_PACK_DUP, 78},
    {MN_E_PACK_REF, 78},
};

/* A character cut off by the end of the room is dropped whole. */
static void
end_at_character(char *s, size_t n)
{
	size_t at = n;
	while (at > 0 && ((unsigned char)s[at - 1] & 0xc0) == 0x80)
		at--;
	unsigned char lead = at > 0 ? (unsigned char)s[at - 1] : 0;
	size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
	if (at > 0 && n - (at - 1) < want)
		s[at - 1] = 0;
}

bool
mn_fail(struct mn_err *err, enum mn_code code, const char *fmt, ...)
{
	va_list ap;
	if (!err)
		return false;
	*err = (struct mn_err){.code = code, .sev = CODES[code].sev, .src = UINT32_MAX};
	va_start(ap, fmt);
	int n = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof err->msg)
		end_at_character(err->msg, sizeof err->msg - 1);
	return false;
}

bool
mn_fail_errno(struct mn_err *err, int number, const char *what, const char *path)
{
	enum mn_code code = MN_E_IO;
	if (number == ENOENT || number == ENOTDIR)
		code = MN_E_NOINPUT;
	else if (number == EACCES || number == EPERM || number == EROFS)
		code = MN_E_NOPERM;
	else if (number == ENOSPC || number == EDQUOT || number == EFBIG)
		code = MN_E_NOSPACE;
	return mn_fail(err, code, "%s: %s: %s", path, what,
	    number ? strerror(number) : "short write");
}

const char *
mn_code_name(enum mn_code code)
{
	return CODES[code].name;
}

const char *
mn_code_text(enum mn_code code)
{
	return CODES[code].text;
}

const char *
mn_code_fix(enum mn_code code)
{
	return CODES[code].fix;
}

enum mn_sev
mn_code_sev(enum mn_code code)
{
	return CODES[code].sev;
}

const char *
mn_sev_name(enum mn_sev sev)
{
	static const char *const NAMES[] = {"ok", "note", "row", "source", "run"};
	return NAMES[sev];
}

int
mn_code_exit(enum mn_code code)
{
	for (size_t i = 0; i < countof(EXITS); i++)
		if (EXITS[i].code == code)
			return EXITS[i].status;
	return 65;
}

void
mn_diag_emit(struct mn_diag *d, const struct mn_issue *issue)
{
	d->count[issue->code]++;
	if (d->emit)
		d->emit(d->ctx, issue);
}

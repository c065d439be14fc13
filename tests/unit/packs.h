/* The shipped packs, loaded once per test program. */
#ifndef TEST_PACKS_H
#define TEST_PACKS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/pack/pack.h"

#ifndef MN_SOURCE_DIR
#define MN_SOURCE_DIR "."
#endif

static inline const struct mn_pack *
shipped_packs(struct mn_arena *a)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_pack *p = mn_pack_load(a, MN_SOURCE_DIR "/indicators", &err);
	if (!p)
		fail_msg("%s", err.msg);
	return p;
}

/* A record of the kind from pairs of field and value, ended by MN_F_NONE. */
static inline struct mn_record
make_record(enum mn_kind kind, ...)
{
	struct mn_record r = {.kind = kind, .rid = mn_rid_make(0, 7)};
	va_list ap;
	va_start(ap, kind);
	for (int f; (f = va_arg(ap, int)) != MN_F_NONE;)
		r.v[f] = mn_str_c(va_arg(ap, const char *));
	va_end(ap);
	return r;
}

#endif

/* Private to the room: how rows of the tables of sections are written. */
#ifndef MN_PACK_SCHEMA_H
#define MN_PACK_SCHEMA_H

#include "pack_impl.h"

#define REQ MN_PF_REQ
#define KEY (MN_PF_KEY | MN_PF_REQ)
#define REF(section) (UINT64_C(1) << MN_PSEC_##section)

/* The key in the file is the member's name, without its unit _q16. */
#define STR(T, m, fl, ...) \
	{ \
		.key = #m, .at = offsetof(struct T, m), .shape = MN_PS_STR, \
		.flags = (fl), __VA_ARGS__ \
	}
#define LIST(T, m, fl, ...) \
	{ \
		.key = #m, .at = offsetof(struct T, m), .shape = MN_PS_STRS, \
		.flags = (fl), __VA_ARGS__ \
	}
#define INT(T, m, fl, lo, hi) \
	{ \
		.key = #m, .at = offsetof(struct T, m), .shape = MN_PS_INT, \
		.flags = (fl), .min = (lo), .max = (hi) \
	}
#define Q16(T, m, fl, lo, hi) \
	{ \
		.key = #m, .at = offsetof(struct T, m##_q16), .shape = MN_PS_Q16, \
		.flags = (fl), .min = MN_Q16(lo), .max = MN_Q16(hi) \
	}
#define BOOL(T, m, fl) \
	{ \
		.key = #m, .at = offsetof(struct T, m), .shape = MN_PS_BOOL, \
		.flags = (fl) \
	}
#define CODE(T, m) STR(T, m, KEY, .rule = MN_PR_CODE)

#define ROLES "supplier|facility|recruiter|employer"
#define STRENGTHS "S|M|W|none"
#define SIDES "involuntary|penalty"

#endif

/*
 * One row of input in canonical form. Values are normalised text (field.h), so reading a
 * typed value out of a record cannot fail in a way a user has to hear about again.
 */
#ifndef MN_MODEL_RECORD_H
#define MN_MODEL_RECORD_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"
#include "manumit/base/err.h"
#include "manumit/base/hash.h"
#include "manumit/model/field.h"

/* Where a record stands: source (16 bits) | line on which its row begins (40 bits) |
 * which record of the row (8 bits; one row of a list may name several entities). Never
 * leaves a generation, never enters a digest. */
typedef uint64_t mn_rid;
#define MN_RID_NONE UINT64_MAX
#define MN_RID_PARTS 256 /* records of one row */

static inline mn_rid
mn_rid_make(uint32_t src, uint64_t line)
{
	return (uint64_t)src << 48 | (line & 0xffffffffffULL) << 8;
}

/* The record number `part` (< MN_RID_PARTS) of the row whose first record stands at r. */
static inline mn_rid
mn_rid_part(mn_rid r, uint32_t part)
{
	return r | (part & 0xff);
}

/* Of a supplier: named by a row that is about something else (the recruiter of a fee), so
 * that nothing about it is a remark about the row. */
static inline bool
mn_rid_named(mn_rid r)
{
	return (r & 0xff) != 0;
}

static inline uint32_t
mn_rid_src(mn_rid r)
{
	return (uint32_t)(r >> 48);
}

static inline uint64_t
mn_rid_line(mn_rid r)
{
	return r >> 8 & 0xffffffffffULL;
}

struct mn_record {
	enum mn_kind kind;
	mn_rid rid;
	struct mn_str v[MN_F_COUNT]; /* borrowed; n == 0: empty or absent */
};

/* Makes it empty. */
void mn_record_clear(struct mn_record *r);

/* Typed views of canonical text; false when the field is empty. */
bool mn_record_day(const struct mn_record *r, enum mn_field f, int32_t *day);
bool mn_record_count(const struct mn_record *r, enum mn_field f, int64_t *n);
/* Number scaled by 10000 (money, coordinates). */
bool mn_record_e4(const struct mn_record *r, enum mn_field f, int64_t *e4);
/* Such a number as canonical text: "120000", "0.5". Owned by the arena. */
struct mn_str mn_e4_text(struct mn_arena *a, int64_t e4);
bool mn_record_q16(const struct mn_record *r, enum mn_field f, int64_t *q16);
/* Index of the value among the field's choices, or -1. */
int mn_record_choice(const struct mn_record *r, enum mn_field f);
/* yes 1, no 0, empty -1. */
int mn_record_bool(const struct mn_record *r, enum mn_field f);

/* Content key: h128(kind, every non-empty field but nothing of its position), plus the
 * occurrence number for identical rows of one run. */
struct mn_key mn_record_key(const struct mn_record *r, uint32_t occurrence);

/* Stored form: version, kind, then (field, length, bytes) in field order. rid is not part
 * of it. Decoding borrows from `bytes` and validates everything. */
void mn_record_encode(const struct mn_record *r, struct mn_buf *out);
/* The same, and no field has a value afterwards: costs less than to clear it. */
void mn_record_take(struct mn_record *r, struct mn_buf *out);
bool mn_record_decode(
    struct mn_str bytes, mn_rid rid, struct mn_record *out, struct mn_err *err);

#endif

/*
 * Big-endian packing of what is stored and sorted. Keys compare with memcmp in the order
 * of their fields. Readers validate: a store on disk is hostile input too; after the
 * first bad read `bad` is set and every later read gives zero.
 */
#ifndef MN_MODEL_CODEC_H
#define MN_MODEL_CODEC_H

#include "manumit/base/buf.h"
#include "manumit/base/hash.h"

void mn_put_u8(struct mn_buf *b, uint8_t v);
void mn_put_u16(struct mn_buf *b, uint16_t v);
void mn_put_u32(struct mn_buf *b, uint32_t v);
void mn_put_u64(struct mn_buf *b, uint64_t v);
void mn_put_i64(struct mn_buf *b, int64_t v); /* sign bit flipped: sorts right */
void mn_put_eid(struct mn_buf *b, struct mn_eid id);
void mn_put_key(struct mn_buf *b, struct mn_key k);
void mn_put_str(struct mn_buf *b, struct mn_str s); /* u32 length, bytes */

struct mn_get {
	const unsigned char *p, *end;
	bool bad;
};
struct mn_get mn_get(struct mn_str s);
static inline uint8_t
mn_get_u8(struct mn_get *g)
{
	if (!g->bad && g->p < g->end)
		return *g->p++;
	g->bad = true;
	return 0;
}

uint16_t mn_get_u16(struct mn_get *g);
uint32_t mn_get_u32(struct mn_get *g);
uint64_t mn_get_u64(struct mn_get *g);
int64_t mn_get_i64(struct mn_get *g);
struct mn_eid mn_get_eid(struct mn_get *g);
struct mn_key mn_get_key(struct mn_get *g);
struct mn_str mn_get_str(struct mn_get *g); /* borrowed */
/* True when everything was read and nothing was bad. */
bool mn_get_done(const struct mn_get *g);

#endif

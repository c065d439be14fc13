/*
 * What the files of inherent risk share: one entity at a time is read channel by channel.
 */
#ifndef MN_EVIDENCE_INHERENT_IMPL_H
#define MN_EVIDENCE_INHERENT_IMPL_H

#include "manumit/base/fx.h"
#include "manumit/evidence/inherent.h"

enum { MN_CH_COUNTRY, MN_CH_SECTOR, MN_CH_GOOD, MN_CH_WORKFORCE, MN_CH_RECRUITMENT };

struct mn_inherent_of {
	const struct mn_pack *p;
	const struct mn_record *rec;
	struct mn_inherent_memo *memo;
	struct mn_arena *a;
	struct mn_inherent *out;
};

/* ---- inherent.c ---- */
/* The channel is known: its value, the field it was read from and the row it has. */
void mn_channel_set(struct mn_inherent_of *c, int channel, int64_t x_q16, enum mn_field f,
    struct mn_str row);
/* The ends of a known channel; cut to those of the channel. */
void mn_channel_ends(
    struct mn_inherent_of *c, int channel, int64_t lo_q16, int64_t hi_q16);
/* What it rests on: how much of it, the value there, and between what it would lie if it
 * were not known. */
struct mn_channel_part {
	uint16_t pack;
	int64_t weight_q16, value_q16, lo_q16, hi_q16;
};
void mn_channel_source(
    struct mn_inherent_of *c, int channel, const struct mn_channel_part *part);
/* The same where the whole channel rests on one row of a pack. */
void mn_channel_whole(struct mn_inherent_of *c, int channel, uint16_t pack);
/* Folded text of a field, in the arena. */
struct mn_str mn_inherent_folded(struct mn_inherent_of *c, enum mn_field f);
/* Does the text contain the words, as whole words? Words without blanks round them (Han)
 * are looked for anywhere. */
size_t mn_behind_words(struct mn_str text, struct mn_str words, size_t from);
static inline bool
mn_has_words(struct mn_str text, struct mn_str words)
{
	return mn_behind_words(text, words, 0) > 0;
}
bool mn_has_any(struct mn_str text, const struct mn_strs *words);
/* The memo's slot for a text, holding it or free to be filled; NULL: not to be kept. */
struct mn_memo_slot *mn_inherent_remember(struct mn_inherent_of *c, char channel,
    struct mn_str country, struct mn_str text, bool *known);

/* ---- the channels, a file each ---- */
void mn_inherent_country(struct mn_inherent_of *c);
void mn_inherent_sector(struct mn_inherent_of *c);
void mn_inherent_good(struct mn_inherent_of *c);
void mn_inherent_workforce(struct mn_inherent_of *c);
void mn_inherent_recruitment(struct mn_inherent_of *c);

#endif

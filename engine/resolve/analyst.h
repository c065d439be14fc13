/* What analysis needs, and the units that segmentation hands to classification. */
#ifndef MN_RESOLVE_ANALYST_H
#define MN_RESOLVE_ANALYST_H

#include "manumit/resolve/name.h"

struct freq_slot {
	uint64_t id; /* 0: free */
	uint32_t df;
};

/* Room for the counts of some eight million words. */
#define MN_FREQ_BYTES ((size_t)1 << 29)

struct mn_freq {
	struct freq_slot *slot;
	uint64_t mask, used;
	uint64_t names; /* background and lists together */
	int64_t log_n1; /* log2(names + 1), Q16 */
	struct mn_arena *a;
};

struct mn_analyst {
	struct mn_arena root, own; /* of the frequencies, which grow with lists */
	const struct mn_oom *oom;
	bool shared; /* tables and frequencies belong to another */
	const struct mn_lexicon *lex;
	struct mn_roman *roman;
	struct mn_freq freq;
	char epoch[MN_HEX256_CHARS + 1];
	struct mn_buf scratch; /* romanised text of the unit at hand */
};

/* A piece of a name between split and token. */
struct unit {
	struct mn_str native; /* as split; simplified for Han */
	uint8_t script;
	bool bracket, glued, dotted;
	const struct mn_gloss *gloss; /* what a Han word stands for, or NULL */
	char latin;                   /* a letter spelled out in Thai, or 0 */
	bool known;                   /* a word of the lexicon */
};
#define UNITS_MAX 64

struct units {
	struct unit u[UNITS_MAX];
	uint32_t n;
	struct mn_split split;
	char simple[2 * MN_SPLIT_BYTES]; /* simplified Han */
	size_t used;
};

/* Splits a name and cuts scripts without blanks by the lexicon's words. */
void mn_units(struct mn_analyst *s, struct mn_str name, struct units *out);

/* Reads the background (token <tab> df; a line "# names <n>"). */
bool mn_freq_read(struct mn_analyst *s, const char *path, struct mn_err *err);
int32_t mn_freq_idf(const struct mn_freq *f, uint64_t id);
/* The identity of a token: of its concept or place when it has one. */
uint64_t mn_token_id(const struct mn_lexicon *x, const struct mn_token *t);

#endif

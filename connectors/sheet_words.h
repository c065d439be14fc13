/* Private to the room: names of sheets that say what they hold (sheets.json). */
#ifndef MN_CONNECTORS_SHEET_WORDS_H
#define MN_CONNECTORS_SHEET_WORDS_H

#include "mapping_impl.h"

/* A word of sheets.json, folded. */
struct mn_sheet_word {
	struct mn_str word;
	enum mn_kind kind;
};

/* {"fees": ["fees", "kosten"], ...}; a missing file is fine. */
bool mn_sheet_words_read(
    struct mn_mappings *m, struct mn_arena *a, const char *path, struct mn_err *err);
/* The kind that a folded name says, numbers behind it left out ("fees 2024"), or
 * MN_K_COUNT. */
enum mn_kind mn_map_sheet_kind(const struct mn_mappings *m, struct mn_str folded);

#endif

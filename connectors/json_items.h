/*
 * Private to the room: the lists of objects in a JSON text, and the objects of one of
 * them, one after another. Memory is bounded by one object, not by the file.
 */
#ifndef MN_CONNECTORS_JSON_ITEMS_H
#define MN_CONNECTORS_JSON_ITEMS_H

#include "manumit/base/json.h"

#include "json_scan.h"

#define MN_JSON_LISTS 32 /* lists told apart; their paths in files seen: up to 19 */

struct mn_json_list {
	struct mn_str path; /* as in json_scan.h */
	uint64_t n;         /* objects in it, over all its occurrences */
	uint32_t level;     /* maps and lists round it */
	bool in_list;       /* it occurs in objects of another list */
	bool bods;          /* the same of statements of BODS 0.4 */
	bool ocds; /* objects of it have a member only releases and records have */
};

struct mn_json_lists {
	struct mn_json_list list[MN_JSON_LISTS]; /* in the order of the text */
	uint32_t n;
};

/* Lists of objects up to the end or the damage; false: the file cannot be read. */
bool mn_json_survey(struct mn_stream *s, struct mn_json_lists *out, struct mn_arena *a,
    struct mn_err *err);
/* The same of a text at hand, which may be cut off. */
void mn_json_survey_text(
    struct mn_str text, struct mn_json_lists *out, struct mn_arena *a);

struct mn_items {
	struct mn_jscan scan;
	struct mn_str path;
	bool over;
	bool skim; /* items are only cut out: *out stays NULL */
	/* the item at hand */
	struct mn_str text;
	uint64_t n; /* its number, from 1 */
	uint64_t line, column;
	size_t bytes;          /* that it takes in the file; 0 of one that is BAD */
	struct mn_str pointer; /* in the arena of the call */
	char why[256];         /* BAD: the reason, with its place; ITEM: a remark or "" */
	bool too_long;         /* BAD, because of this */
};

enum mn_item {
	MN_ITEM_END,
	MN_ITEM,
	MN_ITEM_BAD, /* cannot be used; items go on unless the text is damaged */
	MN_ITEM_ERR
};

/* The stream stands at its first byte; path lives as long as x. */
void mn_items_begin(struct mn_items *x, struct mn_stream *s, struct mn_str path);
/* The next object of the list, to be freed with mn_json_free; it is borrowed from `a` and
 * until the next call. Larger ones than max bytes are BAD. */
enum mn_item mn_items_next(struct mn_items *x, size_t max, struct mn_arena *a,
    struct mn_json **out, struct mn_err *err);

/* The members of the map that a text is, up to its damage: names and values as they are
 * written, those of maps and lists empty. */
void mn_json_members(struct mn_str text,
    void (*member)(void *ctx, struct mn_str key, struct mn_str value), void *ctx);

#endif

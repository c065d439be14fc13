/*
 * A compiled list: the names of watchlists as flat arrays that are built once, read-only
 * afterwards and shared. Looking a name up touches the postings of its words, of words
 * spelled or sounding like them, of words run together, and of initials; the few best
 * candidates are then compared in full (pair.h). A name in Han of which nothing sure was
 * found is looked for by the characters that stand together.
 *
 * The image is one block of bytes without pointers. It can be kept in memory or written
 * to a file and mapped; a file is checked when it is opened, because a file on disk is
 * hostile too. It belongs to one epoch of tables and frequencies (mn_analyst_epoch):
 * other tables, other image.
 *
 * Thread rule: a list is immutable and shared; a finder belongs to one thread.
 */
#ifndef MN_RESOLVE_LIST_H
#define MN_RESOLVE_LIST_H

#include "manumit/base/file.h"
#include "manumit/model/record.h"
#include "manumit/resolve/match.h"

/* What a name of an entry is to it. */
enum mn_alias {
	MN_ALIAS_NAME,
	MN_ALIAS_OTHER,  /* another name of the same */
	MN_ALIAS_FORMER, /* no longer its name: P x .95 */
	MN_ALIAS_WEAK,   /* the list itself calls it weak: P x .95, never above .60 */
	MN_ALIAS_COUNT
};
const char *mn_alias_name(
    unsigned kind); /* "name", "alias", "former name", "weak alias" */

/* ---- building ---- */
struct mn_list_build;
/* Counts and weighs the names of the list with m's analyst, whose frequencies it extends
 * when it is finished. Names are analysed by the crew's threads; crew NULL: by m in this
 * one. The image is the same. Memory lives in arenas of its own. */
struct mn_list_build *mn_list_build_new(
    struct mn_matcher *m, struct mn_crew *crew, struct mn_err *err);
/* Begins an entry; ref is the caller's (a rid, a number) and comes back with matches. */
void mn_list_build_entry(
    struct mn_list_build *b, uint64_t ref, struct mn_str country, struct mn_str address);
/* One name of the entry begun last. Names without letters are left out. */
void mn_list_build_name(struct mn_list_build *b, enum mn_alias kind, struct mn_str name);
/* Both for a row of a watchlist, with every name that it has; ref is its rid. */
void mn_list_build_record(struct mn_list_build *b, const struct mn_record *rec);
/* Waits until every name given so far has been read: no thread works until the next one.
 * (A process must not be forked beside working threads.) */
void mn_list_build_rest(struct mn_list_build *b);
/* The image, borrowed until the build is freed. */
struct mn_str mn_list_build_finish(struct mn_list_build *b);
void mn_list_build_free(struct mn_list_build *b); /* NULL is fine */

/* ---- reading ---- */
struct mn_list {
	struct mn_str image;
	uint32_t n_entry, n_name, n_token;
};
/* Looks at an image and checks that every offset and number in it lies inside; STORE when
 * it is damaged or of another version. The image is borrowed. */
bool mn_list_open(struct mn_str image, struct mn_list *out, struct mn_err *err);
/* Was it built with these tables and this background? Another list must be built anew. */
bool mn_list_is_of(const struct mn_list *l, const struct mn_matcher *m);
/* Counts the list's words in m's frequencies, as building it would have: once, before the
 * first look-up of a list that was not built by m. */
void mn_list_count(const struct mn_list *l, struct mn_matcher *m);
/* Writes an image to a file, atomically. */
bool mn_list_write(struct mn_str image, const char *path, struct mn_err *err);

struct mn_match {
	uint32_t entry, name; /* numbers in the list */
	uint64_t ref;
	uint8_t kind;       /* enum mn_alias of the name that was hit */
	struct mn_str text; /* that name as the list writes it, owner: the image */
	int32_t p_q16;
	uint32_t rules;
};

struct mn_finder;
/* max: matches kept of a look-up, 1 to 48. NULL and err when there is no memory, or the
 * image belongs to another epoch than m's. */
struct mn_finder *mn_finder_new(const struct mn_list *l, const struct mn_matcher *m,
    uint32_t max, struct mn_err *err);
void mn_finder_free(struct mn_finder *f); /* NULL is fine */
/* The best entries for a name, each once with its best name, by falling P, then ref.
 * Returns how many; *out is valid until the next call. */
uint32_t mn_find(
    struct mn_finder *f, struct mn_profile *query, const struct mn_match **out);
/* The verdict behind a match: *right is filled with the list's name; for explanations. */
void mn_find_explain(struct mn_finder *f, struct mn_profile *query,
    const struct mn_match *m, struct mn_profile *right, struct mn_verdict *v);

#endif

/*
 * Sorting with total orders. mn_sort is a stable merge sort for arrays in memory;
 * mn_xsort sorts any amount of (key, value) byte records by key, then value, spilling
 * sorted runs to unnamed temporary files once its memory is full. Thread rule: one
 * sorter, one thread.
 */
#ifndef MN_BASE_SORT_H
#define MN_BASE_SORT_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

/* Comparators must be total: 0 only for records that are the same in every byte that can
 * reach an output. */
typedef int mn_cmp_fn(const void *a, const void *b, const void *ctx);

/* Sorts n elements of `size` bytes in place; scratch holds n * size bytes. */
void mn_sort(void *base, size_t n, size_t size, mn_cmp_fn *cmp, const void *ctx,
    struct mn_arena scratch);

struct mn_xsort;

/* A sorter that keeps up to memory_bytes and spills into files in `dir` (created 0600,
 * unlinked at once, so nothing is left behind after a kill). NULL and err on failure. */
struct mn_xsort *mn_xsort_new(const char *dir, size_t memory_bytes, struct mn_err *err);
/* Adds one record; key and value are copied. Keys up to 511 bytes, values up to 8 MiB. */
bool mn_xsort_add(
    struct mn_xsort *s, struct mn_str key, struct mn_str value, struct mn_err *err);
uint64_t mn_xsort_count(const struct mn_xsort *s);
/* Ends adding; afterwards mn_xsort_next yields the records in order. */
bool mn_xsort_finish(struct mn_xsort *s, struct mn_err *err);
/* The next record: 1 and borrowed slices (valid until the next call), 0 at the end, -1
 * with err on an I/O error. */
int mn_xsort_next(
    struct mn_xsort *s, struct mn_str *key, struct mn_str *value, struct mn_err *err);
void mn_xsort_free(struct mn_xsort *s); /* NULL is fine */

#endif

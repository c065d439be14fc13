/* Stable merge sort of arrays in memory. */
#include "manumit/base/sort.h"

#define RUN 12 /* elements sorted by insertion before merging */

struct sorting {
	size_t size;
	mn_cmp_fn *cmp;
	const void *ctx;
	char *tmp;
};

static void
insertion(const struct sorting *s, char *base, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		size_t j = i;
		memcpy(s->tmp, base + i * s->size, s->size);
		for (; j > 0 && s->cmp(s->tmp, base + (j - 1) * s->size, s->ctx) < 0; j--)
			memcpy(base + j * s->size, base + (j - 1) * s->size, s->size);
		memcpy(base + j * s->size, s->tmp, s->size);
	}
}

static void
merge(const struct sorting *s, char *base, size_t mid, size_t n)
{
	size_t size = s->size, i = 0, j = mid, k = 0;
	memcpy(s->tmp, base, mid * size);
	while (i < mid && j < n) {
		bool right = s->cmp(base + j * size, s->tmp + i * size, s->ctx) < 0;
		memcpy(base + k++ * size, right ? base + j++ * size : s->tmp + i++ * size,
		    size);
	}
	memcpy(base + k * size, s->tmp + i * size, (mid - i) * size);
}

static void
sort_range(const struct sorting *s, char *base, size_t n)
{
	if (n <= RUN) {
		insertion(s, base, n);
		return;
	}
	size_t mid = n / 2;
	sort_range(s, base, mid);
	sort_range(s, base + mid * s->size, n - mid);
	if (s->cmp(base + mid * s->size, base + (mid - 1) * s->size, s->ctx) < 0)
		merge(s, base, mid, n);
}

void
mn_sort(void *base, size_t n, size_t size, mn_cmp_fn *cmp, const void *ctx,
    struct mn_arena scratch)
{
	struct sorting s = {size, cmp, ctx, NULL};
	if (n < 2)
		return;
	s.tmp = mn_arena_alloc(&scratch, size, 16, n / 2 + 1);
	sort_range(&s, base, n);
}

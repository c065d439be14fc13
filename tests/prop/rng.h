/* The generator of the property tests: the same numbers everywhere from the same seed. */
#ifndef MN_TEST_RNG_H
#define MN_TEST_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

/* splitmix64 */
static uint64_t
next(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static unsigned
below(struct rng *r, unsigned n)
{
	return (unsigned)(next(r) % n);
}

static bool
chance(struct rng *r, unsigned percent)
{
	return below(r, 100) < percent;
}

#endif

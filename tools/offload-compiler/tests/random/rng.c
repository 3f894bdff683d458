// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Numbers: the same for the same seed, everywhere */
#include "random.h"

void rng_seed(struct rng *rng, uint64_t seed)
{
	rng->state = (seed + 1) * 0x9e3779b97f4a7c15ULL;
	if (!rng->state)
		rng->state = 1;
	for (int i = 0; i < 4; i++)
		rnd(rng, 1);
}

uint32_t rnd(struct rng *rng, uint32_t below)
{
	rng->state ^= rng->state >> 12;
	rng->state ^= rng->state << 25;
	rng->state ^= rng->state >> 27;
	return below ? (rng->state * 0x2545f4914f6cdd1dULL >> 32) % below : 0;
}

uint32_t rnd_from(struct rng *rng, uint32_t low, uint32_t high)
{
	return low + rnd(rng, high - low + 1);
}

bool one_in(struct rng *rng, uint32_t n)
{
	return !rnd(rng, n);
}

u128 ones(uint32_t bits)
{
	return bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0;
}

u128 rnd_bits(struct rng *rng, uint32_t bits)
{
	u128 value = 0;

	switch (rnd(rng, 6)) {
	case 0:
		return rnd(rng, 4) & ones(bits);
	case 1:
		return ones(bits) - (rnd(rng, 3) & ones(bits));
	case 2:
		return (u128)1 << rnd(rng, bits) & ones(bits);
	default:
		for (int i = 0; i < 4; i++)
			value = value << 32 | rnd(rng, UINT32_MAX);
		return value & ones(bits);
	}
}

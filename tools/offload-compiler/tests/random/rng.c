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

static uint64_t draw(struct rng *rng)
{
	rng->state ^= rng->state >> 12;
	rng->state ^= rng->state << 25;
	rng->state ^= rng->state >> 27;
	return rng->state * 0x2545f4914f6cdd1dULL;
}

uint32_t rnd(struct rng *rng, uint32_t below)
{
	uint32_t value = draw(rng) >> 32;

	return below ? value % below : 0;
}

uint32_t rnd_from(struct rng *rng, uint32_t low, uint32_t high)
{
	return low + rnd(rng, high - low + 1);
}

bool one_in(struct rng *rng, uint32_t n)
{
	return !rnd(rng, n);
}

/* Of 16 bits of a draw the ninth tells of which half a byte is. No branch: that
 * could not be predicted, and most of the time of a test goes by here.
 */
void rnd_bytes(struct rng *rng, uint8_t *to, uint32_t size)
{
	uint64_t bits = 0;

	for (uint32_t i = 0; i < size; i++, bits >>= 16) {
		if (i % 4 == 0)
			bits = draw(rng);
		to[i] = bits & (3 | -(bits >> 8 & 1));
	}
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

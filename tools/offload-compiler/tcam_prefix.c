// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A comparison as value and mask: a TCAM knows nothing else. */
#include "tcam_lower.h"

/* The @bits lowest set */
u128 mask_of(uint32_t bits)
{
	return bits >= 128 ? ~(u128)0 : ((u128)1 << bits) - 1;
}

/* How many low bits may vary in the largest prefix that starts at @lo and does
 * not reach past @hi
 */
static uint32_t free_bits(u128 lo, u128 hi, uint32_t bits)
{
	uint32_t free = 0;

	while (free < bits && !(lo & mask_of(free + 1)) &&
	       mask_of(free + 1) <= hi - lo)
		free++;
	return free;
}

/* The fewest prefixes that cover @lo to @hi, both included */
static void add_range(struct prefix_set *set, u128 lo, u128 hi, uint32_t bits)
{
	for (;;) {
		uint32_t free = free_bits(lo, hi, bits);

		set->prefix[set->num].value = lo;
		set->prefix[set->num].mask = mask_of(bits) & ~mask_of(free);
		set->num++;
		if (hi - lo == mask_of(free))
			return;
		lo += mask_of(free) + 1;
	}
}

/* Values below @limit; all of them if no value of @bits reaches it */
static void add_below(struct prefix_set *set, u128 limit, uint32_t bits)
{
	if (limit > mask_of(bits))
		add_range(set, 0, mask_of(bits), bits);
	else if (limit)
		add_range(set, 0, limit - 1, bits);
}

static void add_from(struct prefix_set *set, u128 limit, uint32_t bits)
{
	if (limit <= mask_of(bits))
		add_range(set, limit, mask_of(bits), bits);
}

static void add_above(struct prefix_set *set, u128 limit, uint32_t bits)
{
	if (limit < mask_of(bits))
		add_range(set, limit + 1, mask_of(bits), bits);
}

static void add_up_to(struct prefix_set *set, u128 limit, uint32_t bits)
{
	add_range(set, 0, limit < mask_of(bits) ? limit : mask_of(bits), bits);
}

/* The values of a field of @bits for which @cond holds, or does not */
void cond_prefixes(const struct cond *cond, uint32_t bits, bool holds,
		   struct prefix_set *set)
{
	static const enum compare inverse[] = {
		[COMPARE_EQ] = COMPARE_NE, [COMPARE_NE] = COMPARE_EQ,
		[COMPARE_LT] = COMPARE_GE, [COMPARE_GE] = COMPARE_LT,
		[COMPARE_LE] = COMPARE_GT, [COMPARE_GT] = COMPARE_LE,
	};

	set->num = 0;
	switch (holds ? cond->op : inverse[cond->op]) {
	case COMPARE_EQ:
		if (cond->value <= mask_of(bits))
			add_range(set, cond->value, cond->value, bits);
		break;
	case COMPARE_NE:
		add_below(set, cond->value, bits);
		add_above(set, cond->value, bits);
		break;
	case COMPARE_LT:
		add_below(set, cond->value, bits);
		break;
	case COMPARE_LE:
		add_up_to(set, cond->value, bits);
		break;
	case COMPARE_GT:
		add_above(set, cond->value, bits);
		break;
	case COMPARE_GE:
		add_from(set, cond->value, bits);
		break;
	}
}

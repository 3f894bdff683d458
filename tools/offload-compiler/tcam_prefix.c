// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A comparison as values and masks: a TCAM knows nothing else. */
#include "tcam_lower.h"

/* What is looked for: fields whose bits under the mask are from low to high, or
 * are not
 */
struct range {
	u128	mask, low, high;
	bool	inside;
};

/* The @bits lowest set */
u128 mask_of(uint32_t bits)
{
	return bits >= 128 ? ~(u128)0 : ((u128)1 << bits) - 1;
}

/* Of the values that start with @value, of which @bits are still open */
static void split(const struct range *range, u128 value, uint32_t bits,
		  uint32_t width, struct prefix_set *set)
{
	u128 last = value | (range->mask & mask_of(bits));
	bool all = value >= range->low && last <= range->high;
	bool none = value > range->high || last < range->low;

	if (all || none) {
		if (all != range->inside)
			return;
		set->prefix[set->num].value = value;
		set->prefix[set->num].mask = range->mask & mask_of(width) &
					     ~mask_of(bits);
		set->num++;
		return;
	}
	bits--;
	split(range, value, bits, width, set);
	if (range->mask >> bits & 1)
		split(range, value | (u128)1 << bits, bits, width, set);
}

void range_prefixes(u128 low, u128 high, uint32_t bits, struct prefix_set *set)
{
	struct range range = { mask_of(bits), low, high, true };

	set->num = 0;
	split(&range, 0, bits, bits, set);
}

void cond_prefixes(const struct cond *cond, uint32_t bits, bool holds,
		   struct prefix_set *set)
{
	u128 max = mask_of(bits), value = cond->value;
	struct range range = { .mask = cond->mask & max, .high = max,
			       .inside = holds };

	set->num = 0;
	switch (cond->op) {
	case COMPARE_EQ:
	case COMPARE_NE:
		range.low = value;
		range.high = value;
		range.inside = holds == (cond->op == COMPARE_EQ);
		break;
	case COMPARE_LT:		/* not the values from it on */
	case COMPARE_GE:
		range.low = value;
		range.inside = holds == (cond->op == COMPARE_GE);
		break;
	case COMPARE_LE:
	case COMPARE_GT:
		range.high = value;
		range.inside = holds == (cond->op == COMPARE_LE);
		break;
	}
	split(&range, 0, bits, bits, set);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
#include "cond_bdd.h"

/* (integer & mask) < value */
static uint32_t less(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		     u128 value, u128 mask)
{
	return value ? bdd_at_most(bdd, vars, bits, value - 1, mask) : BDD_FALSE;
}

static uint32_t compare(struct bdd *bdd, const struct cond *c,
			const uint32_t *vars, uint32_t bits)
{
	switch (c->op) {
	case COMPARE_EQ:
		return bdd_masked(bdd, vars, bits, c->value, c->mask);
	case COMPARE_NE:
		return bdd_not(bdd, bdd_masked(bdd, vars, bits, c->value,
					       c->mask));
	case COMPARE_LT:
		return less(bdd, vars, bits, c->value, c->mask);
	case COMPARE_LE:
		return bdd_at_most(bdd, vars, bits, c->value, c->mask);
	case COMPARE_GT:
		return bdd_not(bdd, bdd_at_most(bdd, vars, bits, c->value,
						c->mask));
	case COMPARE_GE:
		return bdd_not(bdd, less(bdd, vars, bits, c->value, c->mask));
	}
	return BDD_FALSE;
}

uint32_t cond_bdd(struct bdd *bdd, const struct cond *cond,
		  const struct field *fields, const struct cond_vars *vars)
{
	bool all = cond->type == COND_ALL;
	uint32_t f = all ? BDD_TRUE : BDD_FALSE, field_vars[MAX_KEY_BITS];

	if (cond->type == COND_COMPARE) {
		const struct field *field = &fields[cond->field];

		for (uint32_t i = 0; i < field->bits; i++)
			field_vars[i] = vars->var(vars, field->offset + i);
		return compare(bdd, cond, field_vars, field->bits);
	}
	for (uint32_t i = 0; i < cond->num_args; i++) {
		uint32_t g = cond_bdd(bdd, &cond->args[i], fields, vars);

		f = all ? bdd_and(bdd, f, g) : bdd_or(bdd, f, g);
	}
	return f;
}

uint32_t range_bdd(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		   u128 low, u128 high)
{
	return bdd_and(bdd, bdd_not(bdd, less(bdd, vars, bits, low, ~(u128)0)),
		       bdd_at_most(bdd, vars, bits, high, ~(u128)0));
}

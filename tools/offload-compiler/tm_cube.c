// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Covers of functions by cubes: an irredundant one after Minato, "Fast
 * Generation of Irredundant Sum-of-Products Forms from Binary Decision Diagrams"
 * (1992), then made smaller as long as that succeeds.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_cube.h"

void sop_add(struct sop *cubes, uint32_t cube)
{
	if (cubes->num == cubes->space) {
		cubes->space = cubes->space ? 2 * cubes->space : 16;
		cubes->cube = xrealloc(cubes->cube,
				       cubes->space * sizeof(*cubes->cube));
	}
	cubes->cube[cubes->num++] = cube;
}

void sop_free(struct sop *cubes)
{
	free(cubes->cube);
	*cubes = (struct sop){};
}

static uint32_t high_of(const struct bdd *bdd, uint32_t f, uint32_t var)
{
	return bdd_top(bdd, f) == var ? bdd_high(bdd, f) : f;
}

static uint32_t low_of(const struct bdd *bdd, uint32_t f, uint32_t var)
{
	return bdd_top(bdd, f) == var ? bdd_low(bdd, f) : f;
}

static uint32_t minus(struct bdd *bdd, uint32_t f, uint32_t g)
{
	return bdd_and(bdd, f, bdd_not(bdd, g));
}

/* The cubes from @first on get a literal; returns what they cover */
static uint32_t add_literal(struct bdd *bdd, struct sop *cubes,
			    uint32_t first, uint32_t literal, uint32_t covered)
{
	for (uint32_t i = first; i < cubes->num; i++)
		cubes->cube[i] = bdd_and(bdd, literal, cubes->cube[i]);
	return bdd_and(bdd, literal, covered);
}

static uint32_t irredundant(struct bdd *bdd, uint32_t lower, uint32_t upper,
			    struct sop *cubes)
{
	uint32_t var, l0, l1, u0, u1, c0, c1, both, first;

	if (lower == BDD_FALSE)
		return BDD_FALSE;
	if (upper == BDD_TRUE) {
		sop_add(cubes, BDD_TRUE);
		return BDD_TRUE;
	}
	var = smaller(bdd_top(bdd, lower), bdd_top(bdd, upper));
	l0 = low_of(bdd, lower, var);
	l1 = high_of(bdd, lower, var);
	u0 = low_of(bdd, upper, var);
	u1 = high_of(bdd, upper, var);
	first = cubes->num;
	c0 = irredundant(bdd, minus(bdd, l0, u1), u0, cubes);
	l0 = minus(bdd, l0, c0);
	c0 = add_literal(bdd, cubes, first, bdd_not(bdd, bdd_var(bdd, var)),
			 c0);
	first = cubes->num;
	c1 = irredundant(bdd, minus(bdd, l1, u0), u1, cubes);
	l1 = minus(bdd, l1, c1);
	c1 = add_literal(bdd, cubes, first, bdd_var(bdd, var), c1);
	both = irredundant(bdd, bdd_or(bdd, l0, l1), bdd_and(bdd, u0, u1),
			   cubes);
	return bdd_or(bdd, both, bdd_or(bdd, c0, c1));
}

void sop_cover(struct bdd *bdd, uint32_t lower, uint32_t upper,
		 struct sop *cubes)
{
	struct sop whole = {};

	cubes->num = 0;
	irredundant(bdd, lower, upper, cubes);
	if (cubes->num < 2)
		return;
	irredundant(bdd, upper, upper, &whole);
	sop_least(bdd, lower, upper, &whole, cubes);
	sop_free(&whole);
}

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The fewest cubes (ternary values) for a function; private to tm_*.c. */
#ifndef OFFLOAD_COMPILER_TM_CUBE_H
#define OFFLOAD_COMPILER_TM_CUBE_H

#include "bdd.h"

struct sop {			/* sum of products: this or that cube */
	uint32_t	*cube;		/* BDDs, conjunctions; to be freed */
	uint32_t	num, space;
};

void sop_add(struct sop *cubes, uint32_t cube);
void sop_free(struct sop *cubes);
/* Cubes that hold wherever @lower does, and nowhere that @upper does not. The
 * order of what made the functions does not matter.
 */
void sop_cover(struct bdd *bdd, uint32_t lower, uint32_t upper,
		 struct sop *cubes);
/* tm_prime.c: makes such @cubes the fewest that there can be, or leaves them if
 * it would take too long. @whole: a cover of @upper
 */
void sop_least(struct bdd *bdd, uint32_t lower, uint32_t upper,
		 const struct sop *whole, struct sop *cubes);

#endif /* OFFLOAD_COMPILER_TM_CUBE_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * Reduced ordered binary decision diagrams: sets of packets, by their bits.
 *
 * Bryant, "Graph-Based Algorithms for Boolean Function Manipulation" (1986).
 * A function is the index of a node; equal functions have equal indexes. Nodes
 * are never freed before the whole.
 */
#ifndef OFFLOAD_COMPILER_BDD_H
#define OFFLOAD_COMPILER_BDD_H

#include "oc.h"

#define BDD_FALSE	0U
#define BDD_TRUE	1U

struct bdd;

struct bdd *bdd_new(void);
void bdd_free(struct bdd *bdd);
/* What it has taken so far: the same wherever it is done, unlike time */
uint64_t bdd_work(const struct bdd *bdd);

uint32_t bdd_var(struct bdd *bdd, uint32_t var);
uint32_t bdd_not(struct bdd *bdd, uint32_t f);
uint32_t bdd_and(struct bdd *bdd, uint32_t f, uint32_t g);
uint32_t bdd_or(struct bdd *bdd, uint32_t f, uint32_t g);
uint32_t bdd_ite(struct bdd *bdd, uint32_t f, uint32_t g, uint32_t h);

/* There is a value of the variables from..to - 1 for which f holds */
uint32_t bdd_exists(struct bdd *bdd, uint32_t f, uint32_t from, uint32_t to);
/* Variables from..to - 1 count down by @by, and keep their order to the others */
uint32_t bdd_shift(struct bdd *bdd, uint32_t f, uint32_t from, uint32_t to,
		   uint32_t by);

/* The function in which a variable has a value */
uint32_t bdd_restrict(struct bdd *bdd, uint32_t f, uint32_t var, bool value);
/* Variables that f depends on, sorted; @vars grows as needed */
struct bdd_vars {
	uint32_t	*var;		/* to be freed */
	uint32_t	num, space;
};

void bdd_support(const struct bdd *bdd, uint32_t f, struct bdd_vars *vars);
/* The share of all packets for which f holds, 0 to 1 */
double bdd_density(const struct bdd *bdd, uint32_t f);
/* Which of two disjoint functions, not BDD_FALSE, holds for the lower packet,
 * all its variables an integer: < 0: f
 */
int bdd_compare(const struct bdd *bdd, uint32_t f, uint32_t g);

/* The node's variable, and its two functions; of no constant */
uint32_t bdd_top(const struct bdd *bdd, uint32_t f);
uint32_t bdd_low(const struct bdd *bdd, uint32_t f);
uint32_t bdd_high(const struct bdd *bdd, uint32_t f);

/* The integer in @bits variables, most significant first, against others */
uint32_t bdd_masked(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		    u128 value, u128 mask);
uint32_t bdd_at_most(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		     u128 value, u128 mask);	/* (integer & mask) <= value */

#endif /* OFFLOAD_COMPILER_BDD_H */

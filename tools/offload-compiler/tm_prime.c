// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The least cover of a function: all of its prime cubes by iterated consensus
 * (Quine 1955), then the fewest of them by branch and bound, as in McCluskey's
 * method. Both end early where they would take long.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_cube.h"

#define MAX_VARS	128
#define MAX_PRIMES	128	/* bits of a set */
#define MAX_START	48	/* cubes of a cover that is looked at */
#define MAX_REGIONS	256
#define MAX_BRANCHES	400

struct cube {			/* bit i: of vars.var[i] */
	u128	care, value;
	bool	lies_in_other;
};

struct least {
	struct bdd	*bdd;
	struct bdd_vars	vars;
	struct cube	primes[MAX_PRIMES];
	uint32_t	functions[MAX_PRIMES];
	uint32_t	num;
	bool		full;
	/* disjoint parts of what is to be covered, and the primes that do */
	struct region {
		uint32_t	function;
		u128		primes;
	} regions[MAX_REGIONS];
	uint32_t	num_regions;
	u128		best;
	uint32_t	best_num, branches;
};

static uint32_t index_of(const struct least *l, uint32_t var)
{
	uint32_t i = 0;

	while (i < l->vars.num && l->vars.var[i] != var)
		i++;
	return i;
}

static struct cube to_cube(const struct least *l, uint32_t f)
{
	struct cube cube = {};

	while (f != BDD_TRUE) {
		u128 bit = (u128)1 << index_of(l, bdd_top(l->bdd, f));
		bool high = bdd_low(l->bdd, f) == BDD_FALSE;

		cube.care |= bit;
		if (high)
			cube.value |= bit;
		f = high ? bdd_high(l->bdd, f) : bdd_low(l->bdd, f);
	}
	return cube;
}

static uint32_t to_function(const struct least *l, const struct cube *cube)
{
	uint32_t f = BDD_TRUE;

	for (uint32_t i = l->vars.num; i--;) {
		uint32_t var = bdd_var(l->bdd, l->vars.var[i]);

		if (cube->care >> i & 1)
			f = bdd_and(l->bdd, cube->value >> i & 1 ?
				    var : bdd_not(l->bdd, var), f);
	}
	return f;
}

static bool lies_in(const struct cube *a, const struct cube *b)
{
	return (a->care & b->care) == b->care &&
	       !((a->value ^ b->value) & b->care);
}

/* Unless it lies in another one */
static void add_prime(struct least *l, const struct cube *cube)
{
	for (uint32_t i = 0; i < l->num; i++)
		if (lies_in(cube, &l->primes[i]))
			return;
	for (uint32_t i = 0; i < l->num; i++)
		if (lies_in(&l->primes[i], cube))
			l->primes[i].lies_in_other = true;
	if (l->num == MAX_PRIMES)
		l->full = true;
	else
		l->primes[l->num++] = *cube;
}

static bool consensus(const struct cube *a, const struct cube *b,
		      struct cube *result)
{
	u128 bit = a->care & b->care & (a->value ^ b->value);

	if (!bit || bit & (bit - 1) || a->lies_in_other || b->lies_in_other)
		return false;
	result->care = (a->care | b->care) & ~bit;
	result->value = (a->value | b->value) & ~bit;
	result->lies_in_other = false;
	return true;
}

/* Of each pair once; those that are found come behind */
static void find_consensus(struct least *l)
{
	struct cube cube;

	for (uint32_t i = 0; i < l->num; i++)
		for (uint32_t j = 0; j < i && !l->full; j++)
			if (consensus(&l->primes[i], &l->primes[j], &cube))
				add_prime(l, &cube);
}

static void drop_others(struct least *l)
{
	uint32_t num = 0;

	for (uint32_t i = 0; i < l->num; i++)
		if (!l->primes[i].lies_in_other)
			l->primes[num++] = l->primes[i];
	l->num = num;
}

/* The widest first, then by what they ask for: the same whatever came first */
static int compare_cubes(const void *a, const void *b)
{
	const struct cube *x = a, *y = b;
	int p = __builtin_popcountll(x->care) +
		__builtin_popcountll(x->care >> 64);
	int q = __builtin_popcountll(y->care) +
		__builtin_popcountll(y->care >> 64);

	if (p != q)
		return p - q;
	if (x->care != y->care)
		return x->care < y->care ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static bool find_primes(struct least *l, const struct sop *cover)
{
	for (uint32_t i = 0; i < cover->num; i++) {
		struct cube cube = to_cube(l, cover->cube[i]);

		add_prime(l, &cube);
	}
	find_consensus(l);
	drop_others(l);
	qsort(l->primes, l->num, sizeof(*l->primes), compare_cubes);
	return !l->full;
}

/* Of one value of the variables for which f holds */
static u128 primes_at(const struct least *l, uint32_t f)
{
	u128 value = 0, set = 0;

	while (f > BDD_TRUE) {
		bool high = bdd_low(l->bdd, f) == BDD_FALSE;
		uint32_t i = index_of(l, bdd_top(l->bdd, f));

		if (high && i < l->vars.num)	/* else no prime has it */
			value |= (u128)1 << i;
		f = high ? bdd_high(l->bdd, f) : bdd_low(l->bdd, f);
	}
	for (uint32_t i = 0; i < l->num; i++)
		if (!((l->primes[i].value ^ value) & l->primes[i].care))
			set |= (u128)1 << i;
	return set;
}

/* What no other cube of a cover has; there is some for each */
static uint32_t own_part(const struct least *l, uint32_t lower,
			 const struct sop *cubes, uint32_t n)
{
	uint32_t part = bdd_and(l->bdd, lower, cubes->cube[n]);

	for (uint32_t i = 0; i < cubes->num; i++)
		if (i != n)
			part = bdd_ite(l->bdd, cubes->cube[i], BDD_FALSE, part);
	return part;
}

/* There are as many values of which no prime covers two: no need to look */
static bool is_least(const struct least *l, uint32_t lower,
		     const struct sop *cubes)
{
	u128 seen = 0;

	for (uint32_t i = 0; i < cubes->num; i++) {
		u128 set = primes_at(l, own_part(l, lower, cubes, i));

		if (seen & set)
			return false;
		seen |= set;
	}
	return true;
}

/* Parts of @lower in which the same primes hold */
static bool find_regions(struct least *l, uint32_t lower)
{
	for (uint32_t i = 0; i < l->num; i++)
		l->functions[i] = to_function(l, &l->primes[i]);
	l->regions[0] = (struct region){ .function = lower };
	l->num_regions = 1;
	for (uint32_t p = 0; p < l->num; p++)
		for (uint32_t i = 0, num = l->num_regions; i < num; i++) {
			struct region *r = &l->regions[i];
			uint32_t in = bdd_and(l->bdd, r->function,
					      l->functions[p]);

			if (in == BDD_FALSE)
				continue;
			if (in != r->function) {
				if (l->num_regions == MAX_REGIONS)
					return false;
				l->regions[l->num_regions++] = (struct region){
					bdd_ite(l->bdd, in, BDD_FALSE,
						r->function), r->primes };
				r->function = in;
			}
			r->primes |= (u128)1 << p;
		}
	return true;
}

static uint32_t count(u128 set)
{
	return __builtin_popcountll(set) + __builtin_popcountll(set >> 64);
}

/* The region that leaves the least choice; NULL: all are covered */
static const struct region *hardest(const struct least *l, u128 chosen)
{
	const struct region *found = NULL;

	for (uint32_t i = 0; i < l->num_regions; i++)
		if (!(l->regions[i].primes & chosen) &&
		    (!found || count(l->regions[i].primes) <
			       count(found->primes)))
			found = &l->regions[i];
	return found;
}

static void choose(struct least *l, u128 chosen, uint32_t num)
{
	const struct region *region = hardest(l, chosen);

	if (!region) {
		l->best = chosen;
		l->best_num = num;
		return;
	}
	for (uint32_t i = 0; i < l->num; i++) {
		if (num + 1 >= l->best_num || l->branches == MAX_BRANCHES)
			return;
		if (region->primes >> i & 1) {
			l->branches++;
			choose(l, chosen | (u128)1 << i, num + 1);
		}
	}
}

static void find_least(struct least *l, uint32_t lower, uint32_t upper,
		       const struct sop *whole, struct sop *cubes)
{
	bdd_support(l->bdd, upper, &l->vars);
	if (l->vars.num > MAX_VARS || !find_primes(l, whole) ||
	    is_least(l, lower, cubes) || !find_regions(l, lower))
		return;
	l->best_num = cubes->num;
	choose(l, 0, 0);
	if (l->best_num == cubes->num)
		return;
	cubes->num = 0;
	for (uint32_t i = 0; i < l->num; i++)
		if (l->best >> i & 1)
			sop_add(cubes, l->functions[i]);
}

void sop_least(struct bdd *bdd, uint32_t lower, uint32_t upper,
		 const struct sop *whole, struct sop *cubes)
{
	struct least *l;

	if (whole->num > MAX_START)
		return;
	l = xcalloc(1, sizeof(*l));
	l->bdd = bdd;
	find_least(l, lower, upper, whole, cubes);
	free(l->vars.var);
	free(l);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
#include <stdlib.h>
#include <string.h>

#include "bdd.h"

struct bdd_node {
	uint32_t	var, low, high;
};

struct cached {			/* of bdd_ite() */
	uint32_t	f, g, h, result;
};

struct bdd {
	struct bdd_node	*nodes;
	uint32_t	num, space;
	uint32_t	*table;		/* open addressing; 0: free */
	uint32_t	table_size;	/* a power of 2, above 2 * num */
	struct cached	*cache;
	uint32_t	walk;		/* of exists and shift */
	uint64_t	work;		/* nodes that were asked for */
};

#define CACHE_SIZE	(1U << 16)
#define CONSTANT_VAR	UINT32_MAX

static uint32_t mix(uint32_t a, uint32_t b, uint32_t c)
{
	uint64_t h = a * 0x9e3779b97f4a7c15ULL;

	h = (h ^ b) * 0xbf58476d1ce4e5b9ULL;
	h = (h ^ h >> 29 ^ c) * 0x94d049bb133111ebULL;
	return h >> 32;
}

struct bdd *bdd_new(void)
{
	struct bdd *bdd = xcalloc(1, sizeof(*bdd));

	bdd->space = 1024;
	bdd->nodes = xcalloc(bdd->space, sizeof(*bdd->nodes));
	bdd->nodes[BDD_FALSE].var = CONSTANT_VAR;
	bdd->nodes[BDD_TRUE].var = CONSTANT_VAR;
	bdd->num = 2;
	bdd->table_size = 4096;
	bdd->table = xcalloc(bdd->table_size, sizeof(*bdd->table));
	bdd->cache = xcalloc(CACHE_SIZE, sizeof(*bdd->cache));
	return bdd;
}

void bdd_free(struct bdd *bdd)
{
	if (!bdd)
		return;
	free(bdd->nodes);
	free(bdd->table);
	free(bdd->cache);
	free(bdd);
}

uint64_t bdd_work(const struct bdd *bdd)
{
	return bdd->work;
}

uint32_t bdd_top(const struct bdd *bdd, uint32_t f)
{
	return bdd->nodes[f].var;
}

uint32_t bdd_low(const struct bdd *bdd, uint32_t f)
{
	return bdd->nodes[f].low;
}

uint32_t bdd_high(const struct bdd *bdd, uint32_t f)
{
	return bdd->nodes[f].high;
}

static uint32_t *find_slot(struct bdd *bdd, uint32_t var, uint32_t low,
			   uint32_t high)
{
	uint32_t at = mix(var, low, high) & (bdd->table_size - 1);

	while (bdd->table[at]) {
		const struct bdd_node *n = &bdd->nodes[bdd->table[at]];

		if (n->var == var && n->low == low && n->high == high)
			break;
		at = (at + 1) & (bdd->table_size - 1);
	}
	return &bdd->table[at];
}

static void grow(struct bdd *bdd)
{
	bdd->space *= 2;
	bdd->nodes = xrealloc(bdd->nodes, bdd->space * sizeof(*bdd->nodes));
	free(bdd->table);
	bdd->table_size *= 2;
	bdd->table = xcalloc(bdd->table_size, sizeof(*bdd->table));
	for (uint32_t i = 2; i < bdd->num; i++) {
		const struct bdd_node *n = &bdd->nodes[i];

		*find_slot(bdd, n->var, n->low, n->high) = i;
	}
}

static uint32_t make(struct bdd *bdd, uint32_t var, uint32_t low, uint32_t high)
{
	uint32_t *slot;

	if (low == high)
		return low;
	bdd->work++;
	slot = find_slot(bdd, var, low, high);
	if (*slot)
		return *slot;
	if (bdd->num == bdd->space) {
		grow(bdd);
		slot = find_slot(bdd, var, low, high);
	}
	bdd->nodes[bdd->num] = (struct bdd_node){ var, low, high };
	*slot = bdd->num;
	return bdd->num++;
}

uint32_t bdd_var(struct bdd *bdd, uint32_t var)
{
	return make(bdd, var, BDD_FALSE, BDD_TRUE);
}

static uint32_t cofactor(const struct bdd *bdd, uint32_t f, uint32_t var,
			 bool high)
{
	const struct bdd_node *n = &bdd->nodes[f];

	if (n->var != var)
		return f;
	return high ? n->high : n->low;
}

uint32_t bdd_ite(struct bdd *bdd, uint32_t f, uint32_t g, uint32_t h)
{
	struct cached *cached;
	uint32_t var, low, high;

	if (f == BDD_TRUE || g == h)
		return g;
	if (f == BDD_FALSE)
		return h;
	if (g == BDD_TRUE && h == BDD_FALSE)
		return f;
	cached = &bdd->cache[mix(f, g, h) & (CACHE_SIZE - 1)];
	if (cached->f == f && cached->g == g && cached->h == h)
		return cached->result;
	var = bdd->nodes[f].var;
	if (bdd->nodes[g].var < var)
		var = bdd->nodes[g].var;
	if (bdd->nodes[h].var < var)
		var = bdd->nodes[h].var;
	low = bdd_ite(bdd, cofactor(bdd, f, var, false),
		      cofactor(bdd, g, var, false),
		      cofactor(bdd, h, var, false));
	high = bdd_ite(bdd, cofactor(bdd, f, var, true),
		       cofactor(bdd, g, var, true),
		       cofactor(bdd, h, var, true));
	*cached = (struct cached){ f, g, h, make(bdd, var, low, high) };
	return cached->result;
}

uint32_t bdd_not(struct bdd *bdd, uint32_t f)
{
	return bdd_ite(bdd, f, BDD_FALSE, BDD_TRUE);
}

uint32_t bdd_and(struct bdd *bdd, uint32_t f, uint32_t g)
{
	return bdd_ite(bdd, f, g, BDD_FALSE);
}

uint32_t bdd_or(struct bdd *bdd, uint32_t f, uint32_t g)
{
	return bdd_ite(bdd, f, BDD_TRUE, g);
}

/* The cache, too, remembers the results of one walk: its number is one that no
 * node has
 */
static struct cached *remembered(struct bdd *bdd, uint32_t f)
{
	struct cached *c = &bdd->cache[mix(f, bdd->walk, 0) & (CACHE_SIZE - 1)];

	if (c->f != f || c->g != bdd->walk || c->h != CONSTANT_VAR)
		*c = (struct cached){ f, bdd->walk, CONSTANT_VAR, CONSTANT_VAR };
	return c;
}

static uint32_t remember(struct bdd *bdd, uint32_t f, uint32_t result)
{
	remembered(bdd, f)->result = result;
	return result;
}

static uint32_t exists(struct bdd *bdd, uint32_t f, uint32_t from, uint32_t to)
{
	uint32_t var = bdd->nodes[f].var, low, high;

	if (f <= BDD_TRUE || var >= to)
		return f;
	low = remembered(bdd, f)->result;
	if (low != CONSTANT_VAR)
		return low;
	low = exists(bdd, bdd->nodes[f].low, from, to);
	high = exists(bdd, bdd->nodes[f].high, from, to);
	return remember(bdd, f, var >= from ? bdd_or(bdd, low, high) :
			make(bdd, var, low, high));
}

uint32_t bdd_exists(struct bdd *bdd, uint32_t f, uint32_t from, uint32_t to)
{
	bdd->walk++;
	return exists(bdd, f, from, to);
}

static uint32_t shift(struct bdd *bdd, uint32_t f, uint32_t from, uint32_t to,
		      uint32_t by)
{
	uint32_t var = bdd->nodes[f].var, low, high;

	if (f <= BDD_TRUE || var >= to)
		return f;
	low = remembered(bdd, f)->result;
	if (low != CONSTANT_VAR)
		return low;
	low = shift(bdd, bdd->nodes[f].low, from, to, by);
	high = shift(bdd, bdd->nodes[f].high, from, to, by);
	return remember(bdd, f, make(bdd, var >= from ? var - by : var, low,
				     high));
}

uint32_t bdd_shift(struct bdd *bdd, uint32_t f, uint32_t from, uint32_t to,
		   uint32_t by)
{
	bdd->walk++;
	return shift(bdd, f, from, to, by);
}

static uint32_t restricted(struct bdd *bdd, uint32_t f, uint32_t var, bool value)
{
	uint32_t top = bdd->nodes[f].var, low, high;

	if (top > var)		/* constants, too */
		return f;
	if (top == var)
		return value ? bdd->nodes[f].high : bdd->nodes[f].low;
	low = remembered(bdd, f)->result;
	if (low != CONSTANT_VAR)
		return low;
	low = restricted(bdd, bdd->nodes[f].low, var, value);
	high = restricted(bdd, bdd->nodes[f].high, var, value);
	return remember(bdd, f, make(bdd, top, low, high));
}

uint32_t bdd_restrict(struct bdd *bdd, uint32_t f, uint32_t var, bool value)
{
	bdd->walk++;
	return restricted(bdd, f, var, value);
}

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

struct seen {			/* nodes, open addressing; 0: free */
	uint32_t	*table;
	uint32_t	num, size;
};

static bool see(struct seen *seen, uint32_t f)
{
	struct seen old = *seen;
	uint32_t at;

	if (2 * seen->num >= seen->size) {
		seen->size = seen->size ? 2 * seen->size : 64;
		seen->table = xcalloc(seen->size, sizeof(*seen->table));
		seen->num = 0;
		for (uint32_t i = 0; i < old.size; i++)
			if (old.table[i])
				see(seen, old.table[i]);
		free(old.table);
	}
	at = mix(f, 0, 0) & (seen->size - 1);
	while (seen->table[at] && seen->table[at] != f)
		at = (at + 1) & (seen->size - 1);
	if (seen->table[at])
		return false;
	seen->table[at] = f;
	seen->num++;
	return true;
}

static void add_support(const struct bdd *bdd, uint32_t f, struct seen *seen,
			struct bdd_vars *vars)
{
	if (f <= BDD_TRUE || !see(seen, f))
		return;
	if (vars->num == vars->space) {
		vars->space = vars->space ? 2 * vars->space : 32;
		vars->var = xrealloc(vars->var,
				     vars->space * sizeof(*vars->var));
	}
	vars->var[vars->num++] = bdd->nodes[f].var;
	add_support(bdd, bdd->nodes[f].low, seen, vars);
	add_support(bdd, bdd->nodes[f].high, seen, vars);
}

void bdd_support(const struct bdd *bdd, uint32_t f, struct bdd_vars *vars)
{
	struct seen seen = {};
	uint32_t num = 0;

	add_support(bdd, f, &seen, vars);
	free(seen.table);
	if (!vars->num)
		return;
	qsort(vars->var, vars->num, sizeof(*vars->var), compare_numbers);
	for (uint32_t i = 0; i < vars->num; i++)
		if (!i || vars->var[i] != vars->var[i - 1])
			vars->var[num++] = vars->var[i];
	vars->num = num;
}

struct share {			/* of all packets, by node */
	uint32_t	f;
	double		of;
};

static int compare_nodes(const void *a, const void *b)
{
	return compare_numbers(&((const struct share *)a)->f,
			       &((const struct share *)b)->f);
}

static double share_of(const struct share *shares, uint32_t num, uint32_t f)
{
	struct share key = { .f = f }, *found;

	if (f <= BDD_TRUE)
		return f;
	found = bsearch(&key, shares, num, sizeof(*shares), compare_nodes);
	return found->of;
}

/* A node comes behind those that it leads to: they were made first */
double bdd_density(const struct bdd *bdd, uint32_t f)
{
	struct bdd_vars vars = {};
	struct seen seen = {};
	struct share *shares;
	uint32_t num = 0;
	double result;

	add_support(bdd, f, &seen, &vars);
	shares = xcalloc(seen.num + 1, sizeof(*shares));
	for (uint32_t i = 0; i < seen.size; i++)
		if (seen.table[i])
			shares[num++].f = seen.table[i];
	qsort(shares, num, sizeof(*shares), compare_nodes);
	for (uint32_t i = 0; i < num; i++)
		shares[i].of = (share_of(shares, i, bdd_low(bdd, shares[i].f)) +
				share_of(shares, i, bdd_high(bdd, shares[i].f))) / 2;
	result = share_of(shares, num, f);
	free(shares);
	free(seen.table);
	free(vars.var);
	return result;
}

int bdd_compare(const struct bdd *bdd, uint32_t f, uint32_t g)
{
	while (f > BDD_TRUE || g > BDD_TRUE) {
		uint32_t var = bdd->nodes[f].var < bdd->nodes[g].var ?
			       bdd->nodes[f].var : bdd->nodes[g].var;
		uint32_t f0 = cofactor(bdd, f, var, false);
		uint32_t g0 = cofactor(bdd, g, var, false);

		if (f0 == BDD_FALSE && g0 == BDD_FALSE) {
			f = cofactor(bdd, f, var, true);
			g = cofactor(bdd, g, var, true);
			continue;
		}
		if (f0 == BDD_FALSE || g0 == BDD_FALSE)
			return f0 == BDD_FALSE ? 1 : -1;
		f = f0;
		g = g0;
	}
	return 0;
}

uint32_t bdd_masked(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		    u128 value, u128 mask)
{
	uint32_t f = BDD_TRUE;

	for (uint32_t i = 0; i < bits; i++) {
		uint32_t var = bdd_var(bdd, vars[bits - 1 - i]);

		if (mask >> i & 1)
			f = bdd_and(bdd, f, value >> i & 1 ?
				    var : bdd_not(bdd, var));
	}
	return value & ~mask ? BDD_FALSE : f;
}

uint32_t bdd_at_most(struct bdd *bdd, const uint32_t *vars, uint32_t bits,
		     u128 value, u128 mask)
{
	uint32_t f = BDD_TRUE;

	if (bits < 128 && value >> bits)
		return BDD_TRUE;
	for (uint32_t i = 0; i < bits; i++) {
		uint32_t var = mask >> i & 1 ?
			       bdd_var(bdd, vars[bits - 1 - i]) : BDD_FALSE;

		f = value >> i & 1 ? bdd_ite(bdd, var, f, BDD_TRUE) :
				     bdd_ite(bdd, var, BDD_FALSE, f);
	}
	return f;
}

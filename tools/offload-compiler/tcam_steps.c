// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How many states one packet can take at most, from the limits of the parser:
 * the engine ends a parse that takes more than TCAM_MAX_STEPS, and this is why
 * it never ends one of ours.
 *
 * Two bounds of a node with its parts: one by the most elements of each loop,
 * and one by bytes, as each element takes a byte or more of its area, and no two
 * of them the same. The smaller one counts.
 */
#include <stdlib.h>

#include "tcam_lower.h"

#define MANY	(1ULL << 40)	/* enough: it is not added up any further */

struct cost {
	uint64_t	by_max;		/* states, by the most elements */
	uint64_t	fixed;		/* states, by bytes: fixed + each * bytes */
	uint64_t	each;
};

struct costs {
	struct lowering	*l;
	uint64_t	bytes;		/* in which elements can lie */
	struct cost	*visit;		/* of one visit, by step */
	struct cost	*path;		/* from it on, up to a limited node */
	bool		*known, *walked;
};

static uint64_t cap(uint64_t n)
{
	return n < MANY ? n : MANY;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static struct cost add(struct cost a, struct cost b, uint64_t times)
{
	return (struct cost){
		.by_max = cap(a.by_max + cap(b.by_max * times)),
		.fixed = cap(a.fixed + cap(b.fixed * times)),
		.each = larger(a.each, b.each),
	};
}

static struct cost worst(struct cost a, struct cost b)
{
	return (struct cost){
		.by_max = larger(a.by_max, b.by_max),
		.fixed = larger(a.fixed, b.fixed),
		.each = larger(a.each, b.each),
	};
}

static bool is_limited(const struct node *node)
{
	return node->counted || node->encap || node->repeat;
}

static const struct node *node_of(const struct costs *c, uint32_t step)
{
	return &c->l->parser->nodes[c->l->low->steps[step].node];
}

static struct cost visit_cost(struct costs *c, uint32_t step);

/* Nodes without a limit are on no cycle: the costliest way through them */
static struct cost path_cost(struct costs *c, uint32_t step)
{
	const struct step *steps = c->l->low->steps;
	uint32_t exit = step;
	struct cost on = {};
	struct target to;

	if (is_limited(node_of(c, step)) || c->walked[step])
		return c->path[step];
	c->walked[step] = true;
	while (node_of(c, step)->num_parts && steps[exit].type != STEP_NEXT)
		exit = steps[exit].after;
	for (uint32_t n = 0; lowered_edge(c->l->low, exit, n, &to); n++)
		if (to.type == TARGET_NODE &&
		    steps[to.index].type == STEP_VISIT &&
		    steps[to.index].context == steps[step].context)
			on = worst(on, path_cost(c, to.index));
	c->path[step] = add(visit_cost(c, step), on, 1);
	return c->path[step];
}

/* All that can be visited between two AGAINs */
static struct cost chain_cost(struct costs *c, uint32_t context)
{
	const struct lowered *low = c->l->low;
	struct cost path = {}, limited = {};
	uint64_t repeats = 0;

	for (uint32_t i = 0; i < low->num_steps; i++) {
		const struct node *node = node_of(c, i);

		if (low->steps[i].type != STEP_VISIT ||
		    low->steps[i].context != context)
			continue;
		path = worst(path, path_cost(c, i));
		if (node->repeat)
			limited = add(limited, visit_cost(c, i), node->repeat);
		repeats += node->repeat;
	}
	return add(limited, path, repeats + 1);
}

/* The elements of a LOOP or FLAG step, and the step itself */
static struct cost part_cost(struct costs *c, uint32_t index)
{
	const struct step *step = &c->l->low->steps[index];
	const struct part *part =
		&c->l->parser->nodes[step->node].parts[step->part];
	struct cost cost = { .by_max = 1, .fixed = 1 }, chain;

	if (step->type == STEP_OPEN ||
	    (step->type == STEP_FLAG && part->flags[step->flag].skip))
		return cost;
	chain = chain_cost(c, step->inner);
	if (step->type == STEP_FLAG)
		return add(cost, chain, 1);
	/* the last time round may be without a byte */
	cost = add(cost, cost, 1);
	cost.by_max = cap(part->max + 1 + cap(chain.by_max * (part->max + 1ULL)));
	cost.fixed = cap(cost.fixed + chain.fixed);
	cost.each = cap(1 + chain.fixed + chain.each);
	return cost;
}

static struct cost visit_cost(struct costs *c, uint32_t index)
{
	const struct step *step = &c->l->low->steps[index];
	const struct node *node = node_of(c, index);
	struct cost cost = { .by_max = c->l->nodes[step->node].num_stages };
	uint64_t each = 0;

	if (c->known[index])
		return c->visit[index];
	cost.fixed = cost.by_max;
	for (uint32_t i = step->after; node->num_parts &&
	     c->l->low->steps[i].type != STEP_NEXT; i = c->l->low->steps[i].after) {
		struct cost part = part_cost(c, i);

		cost = add(cost, part, 1);
		each = cap(each + part.each);	/* areas may overlap */
	}
	cost.by_max += !!node->num_parts;
	cost.fixed += !!node->num_parts;
	cost.each = each;
	if (node->overlay || !tcam_least(node)) {	/* others come there */
		cost.fixed = cap(cost.fixed + cap(each * c->bytes));
		cost.each = 0;
	}
	c->known[index] = true;
	c->visit[index] = cost;
	return cost;
}

static uint64_t total(const struct costs *c, struct cost cost)
{
	uint64_t by_bytes = cap(cost.fixed + cap(cost.each * c->bytes));

	return cost.by_max < by_bytes ? cost.by_max : by_bytes;
}

/* Of ordinary nodes so many are visited as the limits say, and between two of
 * them only such without a limit
 */
static uint64_t count_steps(struct costs *c)
{
	const struct parser *p = c->l->parser;
	uint64_t path = 0, counted = 0, encap = 0, repeated = 0, visits = 1;

	for (uint32_t i = 0; i < c->l->low->num_steps; i++) {
		const struct step *step = &c->l->low->steps[i];
		const struct node *node = node_of(c, i);
		uint64_t one;

		if (step->type != STEP_VISIT || step->depth)
			continue;
		path = larger(path, total(c, path_cost(c, i)));
		one = total(c, visit_cost(c, i));
		if (node->counted) {
			counted = larger(counted, one);
		} else if (node->encap) {
			encap = larger(encap, one);
		} else {
			repeated = cap(repeated + cap(one * node->repeat));
			visits += node->repeat;
		}
	}
	visits += p->max_nodes + p->max_encaps;
	/* one more: the visit that a limit refuses */
	return cap(cap(path * visits) + cap(counted * p->max_nodes) +
		   cap(encap * p->max_encaps) + repeated + 1);
}

/* The window starts at the first counted node: before that there is none */
static uint64_t element_bytes(const struct lowering *l)
{
	for (uint32_t i = 0; i < l->low->num_steps; i++) {
		const struct step *step = &l->low->steps[i];

		if (step->type == STEP_NEXT && !step->depth &&
		    !l->parser->nodes[step->node].counted)
			return MAX_BYTES + 1;
	}
	return l->parser->max_bytes + 1;
}

/* At most UINT32_MAX */
uint32_t tcam_steps(struct lowering *l)
{
	uint32_t num = l->low->num_steps;
	struct costs c = {
		.l = l, .bytes = element_bytes(l),
		.visit = xcalloc(num, sizeof(*c.visit)),
		.path = xcalloc(num, sizeof(*c.path)),
		.known = xcalloc(num, sizeof(*c.known)),
		.walked = xcalloc(num, sizeof(*c.walked)),
	};
	uint64_t steps = count_steps(&c);

	free(c.visit);
	free(c.path);
	free(c.known);
	free(c.walked);
	return steps < UINT32_MAX ? steps : UINT32_MAX;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How many states one packet can take at most, from the limits of the parser:
 * the engine ends a parse that takes more than TCAM_MAX_STEPS, and this is why
 * it never ends one of ours.
 *
 * Whatever passes made of the machine, its states stand behind visits and heads
 * of loops: a visit costs the longest chain of states up to the next visit or
 * head. How many visits there can be is told by the parser.
 *
 * Two bounds of a node with its parts: one by the most elements of each loop,
 * and one by bytes, as each element takes a byte or more of its area, and no two
 * of them the same. The smaller one counts.
 */
#include <stdlib.h>

#include "check.h"
#include "tm.h"

#define MANY	(1ULL << 40)	/* enough: it is not added up any further */

struct cost {
	uint64_t	by_max;		/* states, by the most elements */
	uint64_t	fixed;		/* states, by bytes: fixed + each * bytes */
	uint64_t	each;
};

struct costs {
	const struct tm_machine	*tm;
	const struct lowered *low;
	uint64_t	*chain;		/* states from one on, by state */
	uint32_t	*visits;	/* by node */
	uint64_t	*behind;	/* states behind it, by visit */
	uint64_t	head;		/* of a loop, and what is behind it */
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
	return &c->tm->parser->nodes[c->low->steps[step].node];
}

/* ---- chains ------------------------------------------------------------------- */

#define ON_THE_WAY	UINT64_MAX

static const struct tm_way *way_out(const struct tm_state *state, uint32_t n)
{
	if (n < state->num_ways)
		return &state->ways[n];
	n -= state->num_ways;
	return !state->loop || n > 1 ? NULL : n ? &state->exceeded :
						  &state->end;
}

/* The last visit on it, or NULL */
static const struct tm_op *visit_of(const struct tm_machine *tm,
				    const struct tm_way *way)
{
	const struct tm_ops *ops = &tm->ops[way->ops];

	for (uint32_t i = ops->num; i--; )
		if (ops->op[i].type == TCAM_VISIT)
			return &ops->op[i];
	return NULL;
}

static bool is_head(const struct tm_machine *tm, struct tm_target target)
{
	return !target.stop && tm->states[target.index].loop;
}

static uint64_t chain_from(struct costs *c, uint32_t index)
{
	const struct tm_state *state = &c->tm->states[index];
	const struct tm_way *way;
	uint64_t most = 0;

	if (c->chain[index])	/* on the way: a cycle without a visit */
		return c->chain[index] == ON_THE_WAY ? MANY : c->chain[index];
	c->chain[index] = ON_THE_WAY;
	for (uint32_t n = 0; (way = way_out(state, n)); n++)
		if (!way->target.stop && !is_head(c->tm, way->target) &&
		    !visit_of(c->tm, way))
			most = larger(most, chain_from(c, way->target.index));
	c->chain[index] = cap(most + 1);
	return c->chain[index];
}

static void add_behind(struct costs *c, const struct tm_way *way)
{
	const struct tm_op *visit = visit_of(c->tm, way);
	uint64_t *behind;

	if (!visit || way->target.stop || is_head(c->tm, way->target))
		return;
	behind = &c->behind[visit->which];
	*behind = larger(*behind, chain_from(c, way->target.index));
}

static void find_chains(struct costs *c)
{
	const struct tm_way *way;

	add_behind(c, &c->tm->start);
	for (uint32_t i = 0; i < c->tm->num_states; i++) {
		const struct tm_state *state = &c->tm->states[i];

		for (uint32_t n = 0; (way = way_out(state, n)); n++)
			add_behind(c, way);
		if (state->loop)
			c->head = larger(c->head, chain_from(c, i));
	}
}

/* ---- visits --------------------------------------------------------------------- */

static struct cost visit_cost(struct costs *c, uint32_t step);

/* Nodes without a limit are on no cycle: the costliest way through them */
static struct cost path_cost(struct costs *c, uint32_t step)
{
	const struct step *steps = c->low->steps;
	uint32_t exit = step;
	struct cost on = {};
	struct target to;

	if (is_limited(node_of(c, step)) || c->walked[step])
		return c->path[step];
	c->walked[step] = true;
	while (node_of(c, step)->num_parts && steps[exit].type != STEP_NEXT)
		exit = steps[exit].after;
	for (uint32_t n = 0; lowered_edge(c->low, exit, n, &to); n++)
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
	const struct lowered *low = c->low;
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

/* The elements of a LOOP or FLAG step, and the head itself */
static struct cost part_cost(struct costs *c, uint32_t index)
{
	const struct step *step = &c->low->steps[index];
	const struct part *part =
		&c->tm->parser->nodes[step->node].parts[step->part];
	struct cost chain;

	if (step->type == STEP_OPEN ||
	    (step->type == STEP_FLAG && part->flags[step->flag].skip))
		return (struct cost){};
	chain = chain_cost(c, step->inner);
	if (step->type == STEP_FLAG)
		return chain;
	/* the last time round may be without a byte */
	return (struct cost){
		.by_max = cap(cap(c->head + chain.by_max) * (part->max + 1ULL)),
		.fixed = cap(2 * c->head + chain.fixed),
		.each = cap(c->head + chain.fixed + chain.each),
	};
}

static struct cost visit_cost(struct costs *c, uint32_t index)
{
	const struct step *step = &c->low->steps[index];
	const struct node *node = node_of(c, index);
	struct cost cost = {};
	uint64_t each = 0;

	if (c->known[index])
		return c->visit[index];
	cost.by_max = c->behind[c->visits[step->node]];
	cost.fixed = cost.by_max;
	for (uint32_t i = step->after; node->num_parts &&
	     c->low->steps[i].type != STEP_NEXT; i = c->low->steps[i].after) {
		struct cost part = part_cost(c, i);

		cost = add(cost, part, 1);
		each = cap(each + part.each);	/* areas may overlap */
	}
	cost.each = each;
	if (node->overlay || !node_bounds(node).low) {	/* others come there */
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
	const struct parser *p = c->tm->parser;
	uint64_t path = 0, counted = 0, encap = 0, repeated = 0, visits = 1;

	for (uint32_t i = 0; i < c->low->num_steps; i++) {
		const struct step *step = &c->low->steps[i];
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
static uint64_t element_bytes(const struct costs *c)
{
	for (uint32_t i = 0; i < c->low->num_steps; i++) {
		const struct step *step = &c->low->steps[i];

		if (step->type == STEP_NEXT && !step->depth &&
		    !c->tm->parser->nodes[step->node].counted)
			return MAX_BYTES + 1;
	}
	return c->tm->parser->max_bytes + 1;
}

/* At most UINT32_MAX */
uint32_t tm_steps(struct tm_machine *tm, const struct lowered *low)
{
	const struct parser *parser = tm->parser;
	uint32_t num = low->num_steps;
	struct costs c = {
		.tm = tm, .low = low,
		.visits = xcalloc(parser->num_nodes, sizeof(*c.visits)),
		.chain = xcalloc(tm->num_states, sizeof(*c.chain)),
		.visit = xcalloc(num, sizeof(*c.visit)),
		.path = xcalloc(num, sizeof(*c.path)),
		.known = xcalloc(num, sizeof(*c.known)),
		.walked = xcalloc(num, sizeof(*c.walked)),
	};
	uint64_t steps;

	for (uint32_t i = 0; i < parser->num_nodes; i++)
		c.visits[i] = tm_visit(tm, &parser->nodes[i]);
	c.behind = xcalloc(tm->num_visits, sizeof(*c.behind));
	c.bytes = element_bytes(&c);
	find_chains(&c);
	steps = count_steps(&c);
	free(c.visits);
	free(c.chain);
	free(c.behind);
	free(c.visit);
	free(c.path);
	free(c.known);
	free(c.walked);
	return steps < UINT32_MAX ? steps : UINT32_MAX;
}

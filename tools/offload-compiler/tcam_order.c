// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The order of states that the engine asks for (tcam_format.h): whatever goes
 * on without advancing goes forward, and nothing goes back over an outer depth.
 *
 * So a node is followed by its parts, a part by its elements, and the nodes of
 * one depth are in topological order along the ways that do not advance. The
 * head of a loop is one of its elements here: nothing advances there.
 */
#include <stdlib.h>

#include "tcam_lower.h"

struct group {			/* a part's steps of one depth, and its LOOP */
	struct lowering	*l;
	uint32_t	head;		/* LOOP, or the first VISIT */
	uint32_t	*members;
	uint32_t	num_members;
	uint8_t		*state;		/* by step */
	uint32_t	*sorted;	/* the last one first */
	uint32_t	num_sorted;
};

enum { OUTSIDE, MEMBER, SEEN };

static void place_group(struct lowering *l, uint32_t head);

/* Bytes that every visit of @node has at least */
uint32_t tcam_least(const struct node *node)
{
	int64_t least = node->length.add;

	if (node->rest)
		return node->min_length;
	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct term *term = &node->length.terms[i];
		uint32_t bits = node->fields[term->field].bits;

		if (term->times < 0)
			least += (int64_t)mask_of(bits) * term->times;
	}
	return least > node->min_length ? least : node->min_length;
}

/* The step that @step's node leaves by */
static uint32_t exit_of(const struct lowered *low, uint32_t step)
{
	if (low->steps[step].type != STEP_VISIT ||
	    !low->parser->nodes[low->steps[step].node].num_parts)
		return step;
	while (low->steps[step].type != STEP_NEXT)
		step = low->steps[step].after;
	return step;
}

static bool stands(const struct lowered *low, uint32_t step)
{
	const struct node *node = &low->parser->nodes[low->steps[step].node];

	return low->steps[step].type == STEP_LOOP || node->overlay ||
	       !tcam_least(node);
}

/* The n-th step of the group that @step goes on to */
static bool group_edge(const struct group *g, uint32_t step, uint32_t n,
		       struct target *to)
{
	const struct lowered *low = g->l->low;

	if (!lowered_edge(low, exit_of(low, step), n, to))
		return false;
	if (to->type == TARGET_NODE && to->index != g->head &&
	    low->steps[to->index].type != STEP_VISIT)
		to->type = TARGET_STOP;		/* it leaves the group */
	return true;
}

static void add_member(struct group *g, uint32_t step)
{
	g->state[step] = MEMBER;
	g->members[g->num_members++] = step;
}

static void find_members(struct group *g)
{
	struct target to;

	add_member(g, g->head);
	for (uint32_t i = 0; i < g->num_members; i++)
		for (uint32_t n = 0; group_edge(g, g->members[i], n, &to); n++)
			if (to.type == TARGET_NODE &&
			    g->state[to.index] == OUTSIDE)
				add_member(g, to.index);
}

static void sort(struct group *g, uint32_t step)
{
	struct target to;

	g->state[step] = SEEN;
	if (stands(g->l->low, step))
		for (uint32_t n = 0; group_edge(g, step, n, &to); n++)
			if (to.type == TARGET_NODE &&
			    g->state[to.index] == MEMBER)
				sort(g, to.index);
	g->sorted[g->num_sorted++] = step;
}

static void place(struct lowering *l, uint32_t step)
{
	l->order[l->num_ordered++] = step;
}

static void place_node(struct lowering *l, uint32_t step)
{
	const struct step *steps = l->low->steps;
	struct target element;

	place(l, step);
	if (exit_of(l->low, step) == step)
		return;
	for (step = steps[step].after; steps[step].type != STEP_NEXT;
	     step = steps[step].after) {
		if (steps[step].type == STEP_LOOP) {
			place_group(l, step);
			continue;
		}
		place(l, step);
		if (steps[step].type == STEP_FLAG &&
		    lowered_edge(l->low, step, 1, &element))
			place_group(l, element.index);
	}
	place(l, step);
}

static void place_group(struct lowering *l, uint32_t head)
{
	uint32_t num = l->low->num_steps;
	struct group g = {
		.l = l, .head = head,
		.members = xcalloc(num, sizeof(*g.members)),
		.state = xcalloc(num, sizeof(*g.state)),
		.sorted = xcalloc(num, sizeof(*g.sorted)),
	};

	find_members(&g);
	for (uint32_t i = g.num_members; i--; )
		if (g.state[g.members[i]] == MEMBER)
			sort(&g, g.members[i]);
	for (uint32_t i = g.num_sorted; i--; ) {
		if (l->low->steps[g.sorted[i]].type == STEP_VISIT)
			place_node(l, g.sorted[i]);
		else
			place(l, g.sorted[i]);
	}
	free(g.members);
	free(g.state);
	free(g.sorted);
}

/* Fills @l->order with all steps, the root's first where nothing is against */
void tcam_order(struct lowering *l)
{
	l->order = xcalloc(l->low->num_steps, sizeof(*l->order));
	place_group(l, lowered_root(l->low));
}

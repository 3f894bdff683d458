// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What the generator has to know about a parse graph before it writes code. */
#include <stdlib.h>
#include <string.h>

#include "bpf.h"

/* ---- jumps back ------------------------------------------------------------ */

struct search {
	struct bpf_gen	*gen;
	bool		*seen;
	uint32_t	left;		/* steps that the search has left */
};

static void search(struct search *s, uint32_t from)
{
	struct target to;

	s->seen[from] = true;
	for (uint32_t n = 0; lowered_edge(s->gen->low, from, n, &to); n++) {
		if (to.type != TARGET_NODE)
			continue;
		s->gen->reached[to.index] = true;
		if (!s->seen[to.index])
			search(s, to.index);
	}
	s->gen->finish[from] = ++s->left;
}

/* To a step that the search had not left when it left this one */
bool bpf_is_back(const struct bpf_gen *gen, uint32_t from, uint32_t to)
{
	return gen->finish[to] >= gen->finish[from];
}

static void find_jumps(struct bpf_gen *gen)
{
	struct search s = { .gen = gen };
	uint32_t root = lowered_root(gen->low), i, n;
	struct target to;

	s.seen = xcalloc(gen->low->num_steps, sizeof(*s.seen));
	gen->reached[root] = gen->outputs;
	search(&s, root);
	for (i = 0; i < gen->low->num_steps; i++)
		for (n = 0; lowered_edge(gen->low, i, n, &to); n++)
			if (to.type == TARGET_NODE && s.seen[i] &&
			    bpf_is_back(gen, i, to.index))
				gen->again[to.index] = true;
	free(s.seen);
}

/* ---- what the program itself leaves to walk() ------------------------------- */

/* Loops in parts; and where the frame's length has to be known, which takes a
 * call of a helper or more
 */
bool bpf_leaves(const struct bpf_gen *gen, uint32_t to)
{
	const struct step *step = &gen->low->steps[to];
	const struct node *node = &gen->parser->nodes[step->node];
	uint32_t i;

	if (step->depth)
		return gen->again[to];
	for (i = 0; !gen->outputs && i < node->num_extracts; i++)
		if (bpf_must_clamp(gen->parser, &node->extracts[i]))
			return true;
	return node->rest;
}

/* Where a walk can start: where it is left, and where a jump back leads */
static void find_walks(struct bpf_gen *gen)
{
	struct target to;
	uint32_t i, n;

	for (i = 0; i <= gen->num_copies; i++) {
		const struct bpf_copy *copy = i < gen->num_copies ?
					      &gen->copies[i] : &gen->entry;

		if (gen->outputs || copy != &gen->entry)
			gen->walks[copy->step] = true;
		for (n = 0; lowered_edge(gen->low, copy->step, n, &to); n++)
			if (to.type == TARGET_NODE)
				gen->walks[to.index] = true;
	}
	for (i = 0; i < gen->low->num_steps; i++)
		gen->walks[i] |= gen->again[i];
}

/* ---- what may have come before --------------------------------------------- */

static bool writes_ipv6(const struct parser *parser, const struct node *node)
{
	uint32_t i;

	for (i = 0; i < node->num_extracts; i++) {
		uint16_t key = parser->outputs[node->extracts[i].output].key;

		if (key == PARSE_KEY_IPV6_SRC || key == PARSE_KEY_IPV6_DST)
			return true;
	}
	return false;
}

static void mark(bool *flag, bool value, bool *changed)
{
	if (value && !*flag) {
		*flag = true;
		*changed = true;
	}
}

static void pass_on(struct bpf_gen *gen, uint32_t from, uint32_t to,
		    bool *changed)
{
	const struct step *step = &gen->low->steps[from];
	const struct node *node = &gen->parser->nodes[step->node];
	bool visit = step->type == STEP_VISIT;
	bool counted = visit && node->counted;

	mark(&gen->first[to], gen->first[from] && !counted, changed);
	mark(&gen->later[to], gen->later[from] || counted, changed);
	mark(&gen->after_ipv6[to], gen->after_ipv6[from] ||
	     (visit && writes_ipv6(gen->parser, node)), changed);
}

static void find_history(struct bpf_gen *gen)
{
	bool changed = true;
	struct target to;
	uint32_t i, n;

	gen->first[lowered_root(gen->low)] = true;
	while (changed) {
		changed = false;
		for (i = 0; i < gen->low->num_steps; i++)
			for (n = 0; lowered_edge(gen->low, i, n, &to); n++)
				if (to.type == TARGET_NODE)
					pass_on(gen, i, to.index, &changed);
	}
}

/* Dots are not for C; neither are dollars for the names of nodes */
static char *label(const struct lowered *low, uint32_t step)
{
	char *name = lowered_name(low, step), *label, *dot;

	label = xasprintf("node_%s", name);
	while ((dot = strchr(label, '.')))
		*dot = '$';
	free(name);
	return label;
}

void bpf_graph(struct bpf_gen *gen)
{
	uint32_t i, num = gen->low->num_steps;

	gen->label = xcalloc(num, sizeof(*gen->label));
	for (i = 0; i < num; i++)
		gen->label[i] = label(gen->low, i);
	gen->reached = xcalloc(num, sizeof(bool));
	gen->first = xcalloc(num, sizeof(bool));
	gen->later = xcalloc(num, sizeof(bool));
	gen->after_ipv6 = xcalloc(num, sizeof(bool));
	gen->again = xcalloc(num, sizeof(bool));
	gen->walks = xcalloc(num, sizeof(bool));
	gen->finish = xcalloc(num, sizeof(*gen->finish));
	find_jumps(gen);
	bpf_copies(gen);
	find_walks(gen);
	find_history(gen);
}

void bpf_graph_free(struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->low->num_steps; i++)
		free(gen->label[i]);
	free(gen->label);
	free(gen->reached);
	free(gen->first);
	free(gen->later);
	free(gen->after_ipv6);
	free(gen->again);
	free(gen->walks);
	free(gen->finish);
	bpf_copies_free(gen);
}

/* ---- how many jumps back a packet can make --------------------------------- */

#define MANY	((uint64_t)1 << 40)	/* no sum or product overflows */

static uint64_t capped(uint64_t jumps)
{
	return jumps < MANY ? jumps : MANY;
}

static uint64_t element_jumps(const struct bpf_gen *gen, uint32_t context);

/* In the parts of one visit */
static uint64_t part_jumps(const struct bpf_gen *gen, uint32_t visit)
{
	const struct step *step = &gen->low->steps[visit];
	const struct node *node = &gen->parser->nodes[step->node];
	uint64_t jumps = 0;

	if (!node->num_parts)
		return 0;
	for (step++; step->type != STEP_NEXT; step++) {
		const struct part *part = &node->parts[step->part];

		if (step->type == STEP_LOOP)
			jumps += part->max *
				 (1 + element_jumps(gen, step->inner));
		else if (step->type == STEP_FLAG &&
			 !part->flags[step->flag].skip)
			jumps += element_jumps(gen, step->inner);
		jumps = capped(jumps);
	}
	return jumps;
}

/* From the first node of an element to its AGAIN. Only visits that .repeat
 * limits can make a loop of nodes; before, between and behind them each node is
 * visited once at most.
 */
static uint64_t element_jumps(const struct bpf_gen *gen, uint32_t context)
{
	uint64_t visits = 1, jumps = 0;
	bool loops = false;
	uint32_t i;

	for (i = 0; i < gen->low->num_steps; i++) {
		const struct step *step = &gen->low->steps[i];

		if (step->type != STEP_VISIT || step->context != context)
			continue;
		visits += gen->parser->nodes[step->node].repeat;
		loops |= gen->again[i];
		jumps = capped(jumps + gen->again[i] + part_jumps(gen, i));
	}
	return loops ? capped(visits * jumps) : jumps;
}

/*
 * Calls of walk() that suffice for any packet: one, and one for each jump back.
 *
 * Call a node limited that is counted, an encapsulation or has .repeat. There
 * are at most @visits visits of limited nodes, and one more that ends the parse
 * at its limit. check_loops() made sure that every loop has a limited node: so
 * before, between and behind these visits, no other node is visited twice. Of
 * the others, @others can be entered by a jump back: that many jumps back, and
 * the one into the limited node, for each of the visits and the one more. The
 * jumps inside of parts come on top, for each visit of their owner.
 */
uint64_t bpf_calls(const struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint64_t visits = parser->max_nodes, others = 0, in_parts = 0, most = 0;
	uint32_t i;

	for (i = 0; i < parser->num_nodes; i++) {
		const struct node *node = &parser->nodes[i];

		if (!node->counted && !node->encap)
			visits += node->repeat;
	}
	visits += parser->max_encaps;
	for (i = 0; i < gen->low->num_steps; i++) {
		const struct step *step = &gen->low->steps[i];
		const struct node *node = &parser->nodes[step->node];
		uint64_t jumps;

		if (step->type != STEP_VISIT || step->context)
			continue;
		jumps = part_jumps(gen, i);
		if (node->counted) {
			most = jumps > most ? jumps : most;
			continue;
		}
		others += !node->encap && !node->repeat && gen->again[i];
		in_parts = capped(in_parts + jumps *
				  (node->encap ? parser->max_encaps :
				   node->repeat ? node->repeat : visits + 1));
	}
	in_parts = capped(in_parts + most * parser->max_nodes);
	return 1 + (visits + 1) * (others + 1) + in_parts;
}

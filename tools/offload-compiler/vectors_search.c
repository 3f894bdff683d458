// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Ways that come to a step with a given count: of nodes, levels, visits, a
 * counter, or bytes since the window opened. A breadth-first search over pairs of
 * step and count; each pair keeps the first way to it, and what else it has used
 * up on that way, so that no other limit fires before. It knows no fields: the
 * builder says whether there is such a packet.
 */
#include <stdlib.h>
#include <string.h>

#include "vectors_search.h"

#define MAX_LENGTHS	128	/* of one node */
#define MAX_KEYS	(1 << 23)

struct state {			/* a step come to, before it is done */
	uint32_t	prev;		/* state + 1; 0: none */
	uint32_t	step, choice;	/* choice: of the step before */
	int32_t		length;		/* of the step before; -1: whatever */
	uint32_t	bytes;
	uint32_t	owner, owner_end;	/* of the node with parts */
	bool		counted, carried;	/* carried: a count over a level */
	uint8_t		nodes, encaps, jumps, inputs, inputs_known;
	uint8_t		visits[MAX_TRACKED];
	uint8_t		counters[MAX_COUNTERS];
	uint8_t		elements[MAX_DEPTH + 1];	/* of the loops it is in */
};

/* Ways of another level, with an element or none, or with a count from the level
 * before are told apart, too: they may go on in the loop, or go on counting
 */
static uint32_t key_of(const struct search *s, uint32_t step, uint32_t value,
		       uint32_t level, uint32_t kind)
{
	if (level >= s->levels)
		level = s->levels - 1;
	return ((step * (s->max + 1) + value) * s->levels + level) * NUM_KINDS +
	       kind;
}

static uint32_t value_of(const struct search *s, const struct state *state)
{
	switch (s->of) {
	case OF_NODES: return state->nodes;
	case OF_ENCAPS: return state->encaps;
	case OF_COUNTER: return state->counters[s->which];
	case OF_BYTES: return state->bytes;
	case OF_VISITS: return state->visits[0];
	case OF_JUMPS: return state->jumps;
	}
	return 0;
}

static void add_state(struct search *s, const struct state *state)
{
	uint32_t value = value_of(s, state);
	uint32_t *first;

	if (value > s->max)
		return;
	first = &s->first[key_of(s, state->step, value, state->encaps,
		!!state->elements[s->graph->low->steps[state->step].depth] +
		2 * state->carried)];
	if (*first)
		return;
	if (s->num == s->space) {
		s->space = 2 * s->space + 256;
		s->states = xrealloc(s->states, s->space * sizeof(*s->states));
	}
	s->states[s->num++] = *state;
	*first = s->num;
}

/* What a lookup's choice says of the inputs; false: not with those known */
static bool take_inputs(const struct search *s, struct state *state,
			uint32_t step, uint32_t choice)
{
	const struct entry *e = graph_entry(s->graph, step, choice);
	struct scope scope;
	uint32_t at = 0;

	if (!e || e->range || !graph_scope(s->graph, step, &scope))
		return true;
	for (uint32_t i = scope.lookup->num_key; i--;) {
		const struct operand *op = &scope.lookup->key[i];
		uint32_t bit;

		if (op->type == OPERAND_FIELD) {
			at += scope.fields[op->index].bits;
			continue;
		}
		bit = s->parser->inputs[op->index].bit;
		if (e->mask >> at & 1) {
			bool set = e->key >> at & 1;

			if (state->inputs_known & bit &&
			    !!(state->inputs & bit) != set)
				return false;
			state->inputs_known |= bit;
			state->inputs |= set ? bit : 0;
		}
		at++;
	}
	return true;
}

static bool count_actions(const struct search *s, struct state *state,
			  const struct node *node)
{
	for (uint32_t i = 0; node->encap && i < s->parser->num_counters; i++)
		if (s->parser->counters[i].encap_resets)
			state->counters[i] = 0;
	for (uint32_t i = 0; i < node->num_actions; i++) {
		const struct action *a = &node->actions[i];
		const struct counter *c = &s->parser->counters[a->counter];

		if (a->reset)
			state->counters[a->counter] = 0;
		else if (state->counters[a->counter] < c->max)
			state->counters[a->counter]++;
		else if (!c->saturate)
			return false;
	}
	return true;
}

/* The visit's limits; false: one ends the parse */
static bool count_visit(const struct search *s, struct state *state,
			uint32_t index)
{
	const struct node *node = &s->parser->nodes[index];

	if ((node->encap && state->encaps == s->parser->max_encaps) ||
	    (node->counted && state->nodes == s->parser->max_nodes))
		return false;
	for (uint32_t i = 0; node->repeat && i < s->num_tracked; i++)
		if (s->tracked[i] == index && state->visits[i]++ == node->repeat)
			return false;
	if (node->encap && s->of == OF_COUNTER)
		state->carried = state->counters[s->which];
	state->encaps += node->encap;
	state->nodes += node->counted;
	state->counted |= node->counted;
	return count_actions(s, state, node) &&
	       (!state->counted ||
		state->bytes + node->min_length <= s->parser->max_bytes);
}

/* An OPEN starts to count; false: the loop has no more elements */
static bool count_element(const struct search *s, struct state *state,
			  uint32_t step, uint32_t to)
{
	const struct step *st = &s->graph->low->steps[step];
	const struct part *part = &s->parser->nodes[st->node].parts[st->part];

	if (st->type == STEP_OPEN)
		state->elements[st->depth] = 0;
	if (st->type != STEP_LOOP || to == st->after)
		return true;
	return state->elements[st->depth]++ < part->max;
}

static void add_choices(struct search *s, const struct state *from,
			uint32_t step, int32_t length)
{
	uint32_t num = s->graph->num_choices[step];

	for (uint32_t i = 0; i < num; i++) {
		uint32_t c = (i * (2 * s->seed + 1) + s->seed) % num;
		struct target to = graph_target(s->graph, step, c);
		struct state state = *from;

		if (to.type == TARGET_STOP || !take_inputs(s, &state, step, c) ||
		    (s->graph->low->steps[step].type == STEP_LOOP && c == 1))
			continue;
		if (!count_element(s, &state, step, to.index))
			continue;
		if (s->of == OF_JUMPS && state.jumps < s->max)
			state.jumps += graph_is_back(s->graph, step, to.index);
		state.step = to.index;
		state.choice = c;
		state.length = length;
		add_state(s, &state);
	}
}

/* In bytes, one term at a time */
static void add_lengths(struct search *s, const struct state *from,
			const struct node *node)
{
	uint32_t step = s->states[from->prev - 1].step;
	bool inside = s->graph->low->steps[step].depth;

	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct term *t = &node->length.terms[i];
		uint32_t bits = node->fields[t->field].bits, num = 0;
		uint32_t last = bits > 16 ? UINT16_MAX : (1U << bits) - 1;

		for (uint32_t k = 0; k <= last && num < MAX_LENGTHS; k++) {
			int64_t length = node->length.add + (int64_t)k * t->times;
			struct state state = *from;

			if (length <= node->min_length)
				continue;
			if (length + state.bytes > s->max ||
			    (inside && length + state.bytes > state.owner_end))
				break;
			state.bytes += length;
			num++;
			add_choices(s, &state, step, length);
		}
	}
}

/* A length that can be, and not less than what is in the node */
static uint32_t whole_length(const struct node *node, uint32_t bytes)
{
	int64_t left = (int64_t)bytes - node->length.add;
	uint32_t times;

	if (node->rest || node->length.num_terms != 1 ||
	    node->length.terms[0].times <= 0 || left <= 0)
		return bytes;
	times = node->length.terms[0].times;
	return node->length.add + (left + times - 1) / times * times;
}

static uint32_t longest(const struct node *node)
{
	int64_t bytes = node->length.add;

	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct term *t = &node->length.terms[i];
		uint32_t bits = node->fields[t->field].bits;

		if (t->times > 0)
			bytes += (int64_t)t->times *
				 ((1 << (bits > 16 ? 16 : bits)) - 1);
	}
	return node->rest || bytes > RUN_MAX_FRAME ? RUN_MAX_FRAME :
	       bytes < node->min_length ? node->min_length : bytes;
}

static void expand(struct search *s, uint32_t n)
{
	struct state state = s->states[n];
	uint32_t step = state.step;
	const struct step *st = &s->graph->low->steps[step];
	const struct node *node = &s->parser->nodes[st->node];

	state.prev = n + 1;
	if (st->type == STEP_VISIT) {
		if (!count_visit(s, &state, st->node))
			return;
		if (state.counted && !node->overlay && !node->num_parts &&
		    s->of == OF_BYTES)
			add_lengths(s, &state, node);
		if (!st->depth) {
			state.owner = state.bytes;
			state.owner_end = state.bytes + longest(node);
		}
		if (state.counted && !(node->overlay && !node->num_parts))
			state.bytes += node->min_length;
		if (st->depth && state.counted && state.bytes > state.owner_end)
			return;
	}
	if (st->type == STEP_NEXT && !st->depth)
		state.bytes = state.owner + (node->overlay ? 0 :
			      whole_length(node, state.bytes - state.owner));
	add_choices(s, &state, step, -1);
}

void search_free(struct search *s)
{
	free(s->states);
	free(s->first);
}

void search_ways(struct search *s, struct vectors *v, enum quantity of,
		 uint32_t which, uint32_t max, uint32_t seed)
{
	struct state root = { .step = lowered_root(v->graph->low), .length = -1 };

	*s = (struct search){ .v = v, .graph = v->graph, .of = of,
			      .parser = v->graph->parser, .which = which,
			      .max = max, .seed = seed };
	s->levels = (uint64_t)v->graph->num_steps * (max + 1) *
		    (s->parser->max_encaps + 1) * NUM_KINDS > MAX_KEYS ?
		    1 : s->parser->max_encaps + 1;
	s->first = xcalloc((size_t)v->graph->num_steps * (max + 1) *
			   s->levels * NUM_KINDS, sizeof(*s->first));
	if (of == OF_VISITS)
		s->tracked[s->num_tracked++] = which;
	for (uint32_t i = 0; i < s->parser->num_nodes &&
	     s->num_tracked < MAX_TRACKED; i++)
		if (s->parser->nodes[i].repeat && (of != OF_VISITS || i != which))
			s->tracked[s->num_tracked++] = i;
	add_state(s, &root);
	for (uint32_t i = 0; i < s->num; i++)
		expand(s, i);
}

bool search_way(const struct search *s, uint32_t step, uint32_t value,
		uint32_t number, struct script *script)
{
	uint32_t at, n = 0;

	if (value > s->max)
		return false;
	at = s->first[key_of(s, step, value, number / NUM_KINDS,
			     number % NUM_KINDS)];
	if (!at)
		return false;
	script->len = NO_WISH;
	for (uint32_t i = at; s->states[i - 1].prev; i = s->states[i - 1].prev)
		n++;
	for (uint32_t i = 0; i < n; i++)
		script_add(script, 0, 0);
	while (s->states[at - 1].prev) {
		const struct state *state = &s->states[at - 1];
		struct pick *pick = &script->picks[--n];

		at = state->prev;
		pick->step = s->states[at - 1].step;
		pick->choice = state->choice;
		pick->length = state->length < 0 ? NO_WISH : state->length;
	}
	return true;
}

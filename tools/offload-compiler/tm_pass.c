// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What the passes over a machine share. */
#include <stdlib.h>
#include <string.h>

#include "tm_pass.h"

struct tm_way *tm_each_way(struct tm_machine *tm, struct tm_each *each)
{
	if (!each->started) {
		each->started = true;
		each->state = UINT32_MAX;
		return &tm->start;
	}
	if (each->state == UINT32_MAX)
		each->state = 0;
	for (; each->state < tm->num_states; each->state++) {
		struct tm_state *state = &tm->states[each->state];
		uint32_t own = state->loop ? 2 : 0, n = each->n++;

		if (!state->num_ways)
			own = 0;
		if (n < own)
			return n ? &state->exceeded : &state->end;
		if (n - own < state->num_ways)
			return &state->ways[n - own];
		each->n = 0;
	}
	return NULL;
}

void tm_move(struct tm_move *move, const struct tm_op *op)
{
	if (op->type == TCAM_OPEN && op->depth + 1 == move->depth)
		move->unknown = true;
	if (op->type == TCAM_ADVANCE && op->depth == move->depth)
		move->unknown = true;
	if (op->type == TCAM_SKIP && op->depth == move->depth)
		move->by += op->value;
}

bool tm_distance(const struct tm_machine *tm, uint32_t ops, uint32_t depth,
		 int64_t *by)
{
	const struct tm_ops *list = &tm->ops[ops];
	struct tm_move move = { .depth = depth };

	for (uint32_t i = 0; i < list->num; i++)
		tm_move(&move, &list->op[i]);
	*by = move.by;
	return !move.unknown;
}

uint32_t tm_shift(struct tm_machine *tm, uint32_t guard, int64_t bytes)
{
	return bytes ? bdd_shift(tm->bdd, guard, TM_INPUT(32), TM_MAX_BIT,
				 (uint32_t)(8 * bytes)) : guard;
}

bool tm_same_way(const struct tm_way *a, const struct tm_way *b)
{
	return a->ops == b->ops && a->target.stop == b->target.stop &&
	       a->target.index == b->target.index;
}

bool tm_leads_to(const struct tm_way *way, uint32_t state)
{
	return !way->target.stop && way->target.index == state;
}

/* As tm_add_way() and tm_add_state() expect it */
static uint32_t space_for(uint32_t num)
{
	uint32_t space = 1;

	while (space < num)
		space *= 2;
	return space;
}

void tm_join_ways(struct tm_machine *tm, struct tm_state *state)
{
	struct tm_state old = tm_copy(state);

	state->num_ways = 0;
	for (uint32_t i = 0; i < old.num_ways; i++)
		tm_add_way(tm, state, old.ways[i].guard, old.ways[i].ops,
			   old.ways[i].target);
	tm_state_free(&old);
}

struct tm_state tm_copy(const struct tm_state *state)
{
	struct tm_state copy = *state;

	copy.name = xstrdup(state->name);
	copy.ways = xcalloc(space_for(state->num_ways), sizeof(*copy.ways));
	memcpy(copy.ways, state->ways, state->num_ways * sizeof(*copy.ways));
	return copy;
}

void tm_state_free(struct tm_state *state)
{
	free(state->name);
	free(state->ways);
	*state = (struct tm_state){};
}

/* ---- states in order --------------------------------------------------------- */

struct sweep {
	uint32_t	*new_index;	/* UINT32_MAX: not seen */
	uint32_t	*order;
	uint32_t	num;
};

static void visit(struct sweep *s, const struct tm_way *way)
{
	if (way->target.stop || s->new_index[way->target.index] != UINT32_MAX)
		return;
	s->new_index[way->target.index] = s->num;
	s->order[s->num++] = way->target.index;
}

static const struct bdd *sorting;	/* qsort() has no argument for it */

static int compare_ways(const void *a, const void *b)
{
	return bdd_compare(sorting, ((const struct tm_way *)a)->guard,
			   ((const struct tm_way *)b)->guard);
}

static void sort_ways(const struct tm_machine *tm, struct tm_state *state)
{
	sorting = tm->bdd;
	if (state->num_ways)
		qsort(state->ways, state->num_ways, sizeof(*state->ways),
		      compare_ways);
}

static void keep(struct tm_machine *tm, const struct sweep *s)
{
	struct tm_state *states = xcalloc(space_for(s->num),
					  sizeof(*states));
	struct tm_way *way;

	for (uint32_t i = 0; i < s->num; i++) {
		states[i] = tm->states[s->order[i]];
		tm->states[s->order[i]] = (struct tm_state){};
	}
	for (uint32_t i = 0; i < tm->num_states; i++)
		tm_state_free(&tm->states[i]);
	free(tm->states);
	tm->states = states;
	tm->num_states = s->num;
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));)
		if (!way->target.stop)
			way->target.index = s->new_index[way->target.index];
}

/* By what their keys are, not by where they stood: breadth first */
void tm_sweep(struct tm_machine *tm)
{
	struct sweep s = {
		.new_index = xcalloc(tm->num_states + 1, sizeof(uint32_t)),
		.order = xcalloc(tm->num_states + 1, sizeof(uint32_t)),
	};

	memset(s.new_index, 0xff, tm->num_states * sizeof(uint32_t));
	visit(&s, &tm->start);
	for (uint32_t i = 0; i < s.num; i++) {
		struct tm_state *state = &tm->states[s.order[i]];

		sort_ways(tm, state);
		if (state->loop) {
			visit(&s, &state->end);
			visit(&s, &state->exceeded);
		}
		for (uint32_t n = 0; n < state->num_ways; n++)
			visit(&s, &state->ways[n]);
	}
	keep(tm, &s);
	free(s.new_index);
	free(s.order);
}

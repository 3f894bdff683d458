// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Operations as early as they can be, and equal states as one. A machine that
 * writes is a transducer: once what all ways of a state begin with is done on
 * the way to it, states that do the same look the same (Mohri, "Minimization
 * Algorithms for Sequential Transducers", 2000), however their source was
 * written.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_pass.h"

/* ---- push -------------------------------------------------------------------- */

/* The way that tells what could be common: those that only stop can do anything
 * that does not matter any more
 */
static const struct tm_ops *first_ops(const struct tm_machine *tm,
				      const struct tm_state *state)
{
	for (uint32_t i = 0; i < state->num_ways; i++)
		if (!state->ways[i].target.stop || state->ways[i].ops)
			return &tm->ops[state->ways[i].ops];
	return &tm->ops[0];
}

static bool begins_alike(const struct tm_machine *tm, const struct tm_way *way,
			 uint32_t num, const struct tm_op *op)
{
	const struct tm_ops *ops = &tm->ops[way->ops];

	if (way->target.stop && ops->num <= num)
		return tm_only_moves(op);
	return ops->num > num && !memcmp(&ops->op[num], op, sizeof(*op));
}

/* Which operations that all ways begin with can be done before the key is read */
static uint32_t common_ops(const struct tm_machine *tm, const struct tm_state *state,
			   const struct tm_ops *first, int64_t *by)
{
	struct tm_move move = { .depth = state->depth };
	uint32_t num = 0;

	*by = 0;
	for (; num < first->num; num++) {
		for (uint32_t i = 0; i < state->num_ways; i++)
			if (!begins_alike(tm, &state->ways[i], num,
					  &first->op[num]))
				return num;
		tm_move(&move, &first->op[num]);
		if (move.unknown)
			return num;
		*by = move.by;
	}
	return num;
}

static uint32_t ops_from(struct tm_machine *tm, uint32_t ops, uint32_t first)
{
	struct tm_ops list = tm->ops[ops];

	return first < list.num ?
	       tm_ops(tm, list.op + first, list.num - first) : 0;
}

static bool reaches_end(const struct tm_machine *tm, const struct tm_state *state,
			const bool *ends)
{
	for (uint32_t i = 0; i < state->num_ways; i++) {
		struct tm_target to = state->ways[i].target;

		if (to.stop || tm->states[to.index].loop || ends[to.index])
			return true;
	}
	return false;
}

/* States from which a way leads out of every cycle. From others the same could
 * be done over and over again, until an operation ends the parse: what they
 * begin with has no end, and is left where it is.
 */
static bool *find_ends(const struct tm_machine *tm)
{
	bool *ends = xcalloc(tm->num_states, sizeof(*ends));
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = tm->num_states; i--; )
			if (!ends[i] && reaches_end(tm, &tm->states[i], ends)) {
				ends[i] = true;
				changed = true;
			}
	}
	return ends;
}

static bool push_state(struct tm_machine *tm, uint32_t index, const bool *ends)
{
	struct tm_state *state = &tm->states[index];
	const struct tm_ops *first;
	uint32_t num, common;
	struct tm_way *way;
	int64_t by;

	if (state->loop || !state->num_ways || !ends[index])
		return false;
	first = first_ops(tm, state);
	num = common_ops(tm, state, first, &by);
	if (!num)
		return false;
	common = tm_ops(tm, first->op, num);
	for (uint32_t i = 0; i < state->num_ways; i++) {
		way = &state->ways[i];
		way->ops = ops_from(tm, way->ops, num);
		way->guard = tm_shift(tm, way->guard, by);
	}
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));)
		if (tm_leads_to(way, index))
			way->ops = tm_concat(tm, way->ops, common);
	tm_join_ways(tm, state);
	return true;
}

/* ---- states that do nothing ---------------------------------------------------- */

static bool skip_state(struct tm_machine *tm, uint32_t index)
{
	const struct tm_state *state = &tm->states[index];
	struct tm_way only, *way;

	if (state->loop || state->num_ways != 1)
		return false;
	only = state->ways[0];
	if (tm_leads_to(&only, index))
		return false;
	if (only.target.stop && tm_leads_to(&tm->start, index))
		return false;		/* there has to be one */
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));) {
		if (!tm_leads_to(way, index))
			continue;
		way->ops = tm_concat(tm, way->ops, only.ops);
		way->target = only.target;
	}
	tm->states[index].num_ways = 0;		/* nothing leads here */
	return true;
}

/* ---- equal states -------------------------------------------------------------- */

struct classes {
	uint32_t	*of;		/* by state: the first one like it */
	uint32_t	*next;
};

static struct tm_target class_of(const struct classes *c, struct tm_target to)
{
	if (!to.stop)
		to.index = c->of[to.index];
	return to;
}

static bool same_way(const struct classes *c, const struct tm_way *a,
		     const struct tm_way *b)
{
	struct tm_target x = class_of(c, a->target);
	struct tm_target y = class_of(c, b->target);

	return a->ops == b->ops && x.stop == y.stop && x.index == y.index;
}

/* The set of packets for which both do the same has to be all of them */
static bool same_ways(const struct tm_machine *tm, const struct classes *c,
		      const struct tm_state *a, const struct tm_state *b)
{
	for (uint32_t i = 0; i < a->num_ways; i++) {
		uint32_t covered = BDD_FALSE;

		for (uint32_t j = 0; j < b->num_ways; j++)
			if (same_way(c, &a->ways[i], &b->ways[j]))
				covered = bdd_or(tm->bdd, covered,
						 b->ways[j].guard);
		if (bdd_and(tm->bdd, a->ways[i].guard,
			    bdd_not(tm->bdd, covered)) != BDD_FALSE)
			return false;
	}
	return true;
}

static bool same_state(const struct tm_machine *tm, const struct classes *c,
		       const struct tm_state *a, const struct tm_state *b)
{
	if (!a->num_ways || !b->num_ways)
		return !a->num_ways && !b->num_ways;
	if (a->loop != b->loop || a->depth != b->depth)
		return false;
	if (a->loop && (a->need != b->need || a->max != b->max ||
			!same_way(c, &a->end, &b->end) ||
			!same_way(c, &a->exceeded, &b->exceeded)))
		return false;
	return same_ways(tm, c, a, b);
}

/* Moore's refinement: all are alike until they are seen to differ */
static bool refine(const struct tm_machine *tm, struct classes *c)
{
	bool changed = false;

	for (uint32_t i = 0; i < tm->num_states; i++) {
		c->next[i] = i;
		for (uint32_t j = 0; j < i; j++)
			if (c->next[j] == j && c->of[j] == c->of[i] &&
			    same_state(tm, c, &tm->states[i],
				       &tm->states[j])) {
				c->next[i] = j;
				break;
			}
		changed |= c->next[i] != c->of[i];
	}
	memcpy(c->of, c->next, tm->num_states * sizeof(*c->of));
	return changed;
}

static bool merge_states(struct tm_machine *tm)
{
	struct classes c = {
		.of = xcalloc(tm->num_states, sizeof(*c.of)),
		.next = xcalloc(tm->num_states, sizeof(*c.next)),
	};
	bool merged = false;
	struct tm_way *way;

	while (refine(tm, &c))
		;
	for (struct tm_each e = {}; (way = tm_each_way(tm, &e));)
		way->target = class_of(&c, way->target);
	for (uint32_t i = 0; i < tm->num_states; i++) {
		if (c.of[i] != i && tm->states[i].num_ways) {
			tm->states[i].num_ways = 0;
			merged = true;
		}
		tm_join_ways(tm, &tm->states[i]);
	}
	free(c.of);
	free(c.next);
	return merged;
}

/* ---- all three, until nothing changes ------------------------------------------- */

/**
 * tm_push() - the smallest machine that decides the same, one by one
 * @tm: machine; states that nothing leads to are left without ways
 */
void tm_push(struct tm_machine *tm)
{
	bool *ends = find_ends(tm), changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < tm->num_states; i++) {
			changed |= push_state(tm, i, ends);
			changed |= skip_state(tm, i);
		}
		changed |= merge_states(tm);
	}
	free(ends);
	tm_sweep(tm);
}

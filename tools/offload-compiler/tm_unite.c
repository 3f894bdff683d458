// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * States that look at one header, one after the other, are one state, as if its
 * source had a single lookup; what the target has no room for is split again, in
 * the best way (tm_split.c). So it makes no difference whether a key is looked up
 * at once or in pieces, or what is a condition and what an entry. Where that
 * takes more entries than the pieces of the source, these are kept.
 */
#include "tm_pass.h"

/* It is reached without a check or a move */
static bool is_part_of(const struct tm_machine *tm, const struct tm_state *state,
		       const struct tm_way *way)
{
	const struct tm_ops *ops = &tm->ops[way->ops];
	const struct tm_state *to;

	if (way->target.stop || state->loop)
		return false;
	to = &tm->states[way->target.index];
	if (to == state || to->loop || to->depth != state->depth)
		return false;
	for (uint32_t i = 0; i < ops->num; i++)
		if (ops->op[i].type >= TCAM_VISIT)
			return false;
	return true;
}

static void add_ways(struct tm_machine *tm, struct tm_state *state,
		     const struct tm_way *way)
{
	const struct tm_state *to = &tm->states[way->target.index];

	for (uint32_t i = 0; i < to->num_ways; i++)
		tm_add_way(tm, state,
			   bdd_and(tm->bdd, way->guard, to->ways[i].guard),
			   tm_concat(tm, way->ops, to->ways[i].ops),
			   to->ways[i].target);
}

static bool unite(struct tm_machine *tm, struct tm_state *state)
{
	struct tm_state old = tm_copy(state);
	bool changed = false;

	state->num_ways = 0;
	for (uint32_t i = 0; i < old.num_ways; i++) {
		const struct tm_way *way = &old.ways[i];

		if (is_part_of(tm, state, way)) {
			add_ways(tm, state, way);
			changed = true;
		} else {
			tm_add_way(tm, state, way->guard, way->ops,
				   way->target);
		}
	}
	tm_state_free(&old);
	return changed;
}

/**
 * tm_unite() - states that look at the same header are one
 * @tm: machine
 *
 * Return: whether there were any.
 */
bool tm_unite(struct tm_machine *tm)
{
	bool changed = false;

	for (uint32_t i = 0; i < tm->num_states; i++)
		while (unite(tm, &tm->states[i]))
			changed = true;
	return changed;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What two states have in common is there once: the first keeps the entries by
 * which it differs, and goes on to the second for everything else. It costs one
 * entry, and a step of the packets that take it.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_cube.h"
#include "tm_pass.h"

struct sharing {
	uint32_t	with;		/* UINT32_MAX: none */
	uint32_t	gain;		/* entries */
	struct tm_state	state;		/* what remains */
};

/* The packets for which both do the same, unless they only end alike */
static uint32_t agreement(struct tm_machine *tm, const struct tm_state *a,
			  const struct tm_state *b)
{
	uint32_t same = BDD_FALSE, ways = 0;

	for (uint32_t i = 0; i < a->num_ways; i++)
		for (uint32_t j = 0; j < b->num_ways; j++)
			if (tm_same_way(&a->ways[i], &b->ways[j]))
				ways += a->ways[i].target.stop &&
					!a->ways[i].ops ? 1 : 2;
	for (uint32_t i = 0; i < a->num_ways && ways > 1; i++)
		for (uint32_t j = 0; j < b->num_ways; j++)
			if (tm_same_way(&a->ways[i], &b->ways[j]))
				same = bdd_or(tm->bdd, same,
					      bdd_and(tm->bdd, a->ways[i].guard,
						      b->ways[j].guard));
	return same;
}

/* Where @a and @b agree, @a may match or not: as few entries as that allows */
static struct tm_state difference(struct tm_machine *tm, const struct tm_state *a,
				 uint32_t same, uint32_t index)
{
	struct tm_target there = { .index = index };
	struct tm_state rest = tm_copy(a);
	struct sop cubes = {};
	uint32_t taken = BDD_FALSE;

	rest.num_ways = 0;
	for (uint32_t i = 0; i < a->num_ways; i++) {
		const struct tm_way *way = &a->ways[i];
		uint32_t must = bdd_and(tm->bdd, way->guard,
					bdd_not(tm->bdd, same));
		uint32_t guard = BDD_FALSE;

		sop_cover(tm->bdd, must, way->guard, &cubes);
		for (uint32_t k = 0; k < cubes.num; k++)
			guard = bdd_or(tm->bdd, guard, cubes.cube[k]);
		taken = bdd_or(tm->bdd, taken, guard);
		if (guard != BDD_FALSE)
			tm_add_way(tm, &rest, guard, way->ops, way->target);
	}
	tm_add_way(tm, &rest, bdd_not(tm->bdd, taken), 0, there);
	sop_free(&cubes);
	return rest;
}

static bool can_share(const struct tm_machine *tm, uint32_t a, uint32_t b)
{
	const struct tm_state *x = &tm->states[a], *y = &tm->states[b];

	return a != b && !x->loop && !y->loop && x->depth == y->depth &&
	       x->num_ways > 1 && y->num_ways > 1;
}

static bool leads_to(const struct sharing *sharings, uint32_t from,
		     uint32_t to)
{
	while (from != to && sharings[from].with != UINT32_MAX)
		from = sharings[from].with;
	return from == to;
}

static void try_pair(struct tm_machine *tm, struct sharing *sharings, uint32_t a,
		     uint32_t b, bool eager)
{
	uint32_t same, before, after;
	struct sharing *s = &sharings[a];
	struct tm_state rest;

	if (!can_share(tm, a, b) || leads_to(sharings, b, a) ||
	    !tm_has_time(tm, 2))
		return;
	same = agreement(tm, &tm->states[a], &tm->states[b]);
	if (same == BDD_FALSE)
		return;
	rest = difference(tm, &tm->states[a], same, b);
	before = tm_cost(tm, &tm->states[a]);
	after = tm_cost(tm, &rest);
	if (after + s->gain >= before + (eager && s->with == UINT32_MAX) ||
	    !tm_place(tm, &rest, rest.cursor)) {
		tm_state_free(&rest);
		return;
	}
	tm_state_free(&s->state);
	*s = (struct sharing){ b, before - after, rest };
}

static bool apply(struct tm_machine *tm, struct sharing *sharings)
{
	bool shared = false;

	for (uint32_t i = 0; i < tm->num_states; i++) {
		struct tm_state old = tm->states[i];

		if (sharings[i].with == UINT32_MAX)
			continue;
		tm->states[i] = sharings[i].state;
		if (!tm_cursor_fit(tm)) {
			tm_state_free(&tm->states[i]);
			tm->states[i] = old;
			tm_cursor_fit(tm);	/* as before */
			continue;
		}
		tm_state_free(&old);
		shared = true;
	}
	return shared;
}

/**
 * tm_share() - let states go on in others instead of saying the same
 * @tm: machine
 * @eager: even if that takes as many entries: what only one still leads to then
 *	   may become part of it
 *
 * Small states first: the larger ones go on in them rather than they in larger
 * ones, and no circle comes about.
 *
 * Return: whether any does.
 */
bool tm_share(struct tm_machine *tm, bool eager)
{
	struct sharing *sharings = xcalloc(tm->num_states + 1,
					   sizeof(*sharings));
	bool shared;

	for (uint32_t i = 0; i < tm->num_states; i++)
		sharings[i].with = UINT32_MAX;
	for (uint32_t i = 0; i < tm->num_states; i++)
		for (uint32_t j = 0; j < tm->num_states; j++)
			try_pair(tm, sharings, i, j, eager);
	shared = apply(tm, sharings);
	if (shared)
		tm_sweep(tm);
	free(sharings);
	return shared;
}

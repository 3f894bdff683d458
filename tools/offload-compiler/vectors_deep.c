// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Each way out of each step, once more behind each number of jumps back that is
 * other code in a program, and behind one more.
 */
#include <stdlib.h>

#include "vectors_search.h"

struct deep {
	struct vectors	*v;
	struct search	search;
	uint32_t	jumps;		/* back */
	bool		*done;		/* by jumps, then edge */
};

/* The frame ends in the step's header, so deep down */
static void cut(const struct deep *d, uint32_t step)
{
	const struct built *built = builder_last(d->v->builder);
	char *purpose = xasprintf("%s: frame ends one short of its fixed header, %u jumps back",
				  cover_name(d->v->cover, step), d->jumps);

	if (built->out.read)
		vectors_cut(d->v, d->v->last, built->out.read - 1, purpose);
	free(purpose);
}

static bool *done(const struct deep *d, uint32_t step, uint32_t choice)
{
	const struct graph *graph = d->v->graph;

	return &d->done[(d->jumps - 1) * graph->num_edges + graph->edge[step] +
			choice];
}

static void try_edge(struct deep *d, const struct script *way, uint32_t step,
		     uint32_t choice)
{
	struct script script = {};

	script_copy(&script, way);
	script_add(&script, step, choice);
	if (vectors_try(d->v, &script, "%s: way out %u, %u jumps back",
			cover_name(d->v->cover, step), choice, d->jumps)) {
		*done(d, step, choice) = true;
		if (!choice)
			cut(d, step);
	}
	script_free(&script);
}

static void try_step(struct deep *d, uint32_t step, uint32_t number)
{
	const struct graph *graph = d->v->graph;
	struct script way = {};

	if (search_way(&d->search, step, d->jumps, number, &way))
		for (uint32_t c = 0; c < graph->num_choices[step]; c++)
			if (!*done(d, step, c))
				try_edge(d, &way, step, c);
	script_free(&way);
}

static void try_jumps(struct deep *d)
{
	for (uint32_t i = 0; i < d->v->graph->num_steps; i++)
		for (uint32_t n = 0; n < NUM_WAYS(&d->search); n++)
			try_step(d, i, n);
}

void plan_deep(struct vectors *v, uint32_t searches)
{
	struct deep d = { .v = v };

	d.done = xcalloc(DEEP_JUMPS * v->graph->num_edges, sizeof(*d.done));
	for (uint32_t seed = 0; seed < searches; seed++) {
		search_ways(&d.search, v, OF_JUMPS, 0, DEEP_JUMPS, seed);
		for (d.jumps = 1; d.jumps <= DEEP_JUMPS; d.jumps++)
			try_jumps(&d);
		search_free(&d.search);
	}
	free(d.done);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The entries of a state. Of two that match the first one counts, so that an
 * entry may be wider than its way wherever one before it matches: ways come in
 * the order of how much they match, and the one that would need most entries
 * comes last, as all that is left. Some of that one may come first as well, if the
 * others then are wider: what a check refuses, before what it lets pass.
 */
#include <stdlib.h>
#include <string.h>

#include "tm_cube.h"
#include "tm_memo.h"
#include "tm_pass.h"

#define MAX_LAST	4	/* ways that are tried as the last one */
#define MAX_EARLY	8	/* ways, and cubes of one that are tried as first ones */

struct order {			/* of a state's ways */
	uint32_t	way;
	uint32_t	alone;		/* entries if nothing came before */
	double		density;
	uint32_t	guard;
};

struct covering {
	struct tm_machine		*tm;
	const struct tm_state	*state;
	struct order		*order;
	uint32_t		num;
	struct sop		early;	/* cubes of the last way, to be first */
};

/* What a TCAM does by itself if no entry matches */
static bool is_no_match(const struct tm_way *way)
{
	return way->target.stop && way->target.index == PARSE_NO_MATCH &&
	       !way->ops;
}

static const struct bdd *sorting;	/* qsort() has no argument for it */

static int compare_orders(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->density != y->density)
		return x->density < y->density ? -1 : 1;
	return bdd_compare(sorting, x->guard, y->guard);
}

/* Most guards of a state that is tried are those of states before */
static uint32_t cubes_alone(struct tm_machine *tm, uint32_t guard)
{
	uint32_t *key = xcalloc(1, sizeof(*key));
	struct tm_known *known;
	struct sop cubes = {};

	*key = guard;
	known = tm_recall(&tm->covers, key, 1);
	if (known->at_least) {
		sop_cover(tm->bdd, guard, guard, &cubes);
		known->cost = cubes.num;
		known->at_least = false;
		sop_free(&cubes);
	}
	return known->cost;
}

static void make_order(struct covering *c)
{
	c->num = c->state->num_ways;
	c->order = xcalloc(c->num, sizeof(*c->order));
	for (uint32_t i = 0; i < c->num; i++) {
		uint32_t guard = c->state->ways[i].guard;

		c->order[i] = (struct order){ i, cubes_alone(c->tm, guard),
			bdd_density(c->tm->bdd, guard), guard };
	}
	sorting = c->tm->bdd;
	qsort(c->order, c->num, sizeof(*c->order), compare_orders);
}

static void add_rule(struct tm_cover *cover, uint32_t cube, uint32_t way)
{
	cover->rules = xrealloc(cover->rules,
				(cover->num + 1) * sizeof(*cover->rules));
	cover->rules[cover->num++] = (struct tm_rule){ cube, way };
}

/* All ways but @last in order, then that one, but for what is early */
static void cover_with(const struct covering *c, uint32_t last,
		       struct tm_cover *cover)
{
	struct bdd *bdd = c->tm->bdd;
	uint32_t before = BDD_FALSE;
	struct sop cubes = {};

	for (uint32_t i = 0; i < c->early.num; i++) {
		before = bdd_or(bdd, before, c->early.cube[i]);
		add_rule(cover, c->early.cube[i], c->order[last].way);
	}
	for (uint32_t i = 0; i < c->num; i++) {
		const struct order *o = &c->order[i];
		uint32_t upper = bdd_or(bdd, before, o->guard);

		if (i == last)
			continue;
		before = upper;
		if (o->alone == 1) {	/* a cube, and people can read it */
			add_rule(cover, o->guard, o->way);
			continue;
		}
		sop_cover(bdd, o->guard, upper, &cubes);
		for (uint32_t k = 0; k < cubes.num; k++)
			add_rule(cover, cubes.cube[k], o->way);
	}
	sop_free(&cubes);
	if (!is_no_match(&c->state->ways[c->order[last].way]))
		add_rule(cover, BDD_TRUE, c->order[last].way);
}

/* The way that would need most entries, but those @tried; c->num: none */
static uint32_t costliest(const struct covering *c, const uint32_t *tried,
			  uint32_t num)
{
	uint32_t found = c->num;

	for (uint32_t i = 0; i < c->num; i++) {
		bool known = false;

		for (uint32_t k = 0; k < num; k++)
			known |= tried[k] == i;
		if (!known && (found == c->num ||
			       c->order[i].alone >= c->order[found].alone))
			found = i;
	}
	return found;
}

/* False: no better than the best so far */
static bool try_cover(const struct covering *c, uint32_t last,
		      struct tm_cover *best)
{
	struct tm_cover cover = {};

	cover_with(c, last, &cover);
	if (best->num <= cover.num) {
		free(cover.rules);
		return false;
	}
	free(best->rules);
	*best = cover;
	return true;
}

/* Each cube of the last way that makes it better is first from then on */
static void try_early(struct covering *c, uint32_t last, struct tm_cover *best)
{
	uint32_t guard = c->order[last].guard;
	struct sop cubes = {};

	sop_cover(c->tm->bdd, guard, guard, &cubes);
	for (uint32_t i = 0; i < cubes.num && best->num > c->num; i++) {
		sop_add(&c->early, cubes.cube[i]);
		if (!try_cover(c, last, best))
			c->early.num--;
	}
	c->early.num = 0;
	sop_free(&cubes);
}

/* With an entry for each way there is nothing to be had */
static void try_last(struct covering *c, uint32_t last, struct tm_cover *best)
{
	try_cover(c, last, best);
	if (best->num > c->num && c->num <= MAX_EARLY &&
	    c->order[last].alone <= MAX_EARLY)
		try_early(c, last, best);
}

/**
 * tm_cover() - the entries of a state
 * @tm: machine
 * @state: of it, or one that may become one
 * @cover: result, highest priority first; rules are to be freed
 */
void tm_cover(struct tm_machine *tm, const struct tm_state *state,
	      struct tm_cover *cover)
{
	struct covering c = { .tm = tm, .state = state };
	uint32_t tried[MAX_LAST];

	*cover = (struct tm_cover){ .num = UINT32_MAX };
	make_order(&c);
	for (uint32_t n = 0; n < MAX_LAST && n < c.num; n++) {
		tried[n] = costliest(&c, tried, n);
		try_last(&c, tried[n], cover);
	}
	for (uint32_t i = 0; i < c.num; i++)
		if (is_no_match(&state->ways[c.order[i].way]))
			try_last(&c, i, cover);
	sop_free(&c.early);
	free(c.order);
}

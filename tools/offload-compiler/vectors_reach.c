// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Limits: nodes, levels, visits, counters and the window at their end and just
 * past it; parts with as many elements as there may be, and one more.
 */
#include <stdlib.h>
#include <string.h>

#include "vectors_search.h"

#define MAX_BYTE_COUNT	4096	/* window that is searched for */
#define MAX_NEAR	16	/* bytes beside the window's end */

static bool try_way(const struct search *s, uint32_t step, uint32_t value,
		    uint32_t which, uint32_t site, const char *what)
{
	struct twist twist = { .site = site, .any = !site };
	struct script script = {};
	bool good = search_way(s, step, value, which, &script);

	if (good) {
		script_add(&script, step, site ? CHOICE_ANY :
			   s->graph->okay_choice[step]);
		script.picks[script.num - 1].twist = &twist;
		good = vectors_try(s->v, &script, "%s: come to with %u %s",
				   cover_name(s->v->cover, step), value, what);
	}
	script_free(&script);
	return good;
}

/* A packet that comes to @step with @value, and ends there if @site says so */
static bool try_reach(const struct search *s, uint32_t step, uint32_t value,
		      uint32_t site, const char *what)
{
	bool good = false;

	for (uint32_t i = 0; i < NUM_WAYS(s) && !good; i++)
		good = try_way(s, step, value, i, site, what);
	return good;
}

static const struct node *visited(const struct search *s, uint32_t step)
{
	const struct step *st = &s->graph->low->steps[step];

	return st->type == STEP_VISIT ? &s->parser->nodes[st->node] : NULL;
}

static bool has_array(const struct search *s, const struct node *node)
{
	for (uint32_t i = 0; i < s->parser->num_arrays; i++) {
		const struct array *a = &s->parser->arrays[i];

		if (s->of == OF_ENCAPS ? a->index != INDEX_ENCAPS :
		    a->index != INDEX_COUNTER || a->counter != s->which)
			continue;
		for (uint32_t k = 0; k < node->num_extracts; k++)
			if (node->extracts[k].output == a->first)
				return true;
	}
	return false;
}

static bool has_count(const struct search *s, const struct node *node)
{
	for (uint32_t k = 0; k < node->num_extracts; k++)
		if (s->of == OF_COUNTER ?
		    node->extracts[k].type == EXTRACT_COUNTER &&
		    node->extracts[k].counter == s->which :
		    node->extracts[k].type == (s->of == OF_NODES ?
					       EXTRACT_NODES : EXTRACT_ENCAPS))
			return true;
	for (uint32_t k = 0; k < node->num_actions && s->of == OF_COUNTER; k++)
		if (node->actions[k].counter == s->which)
			return true;
	return has_array(s, node);
}

/* At every level: entering one may have reset a counter */
static void try_levels(const struct search *s, uint32_t step, uint32_t value,
		       const char *what)
{
	for (uint32_t i = 0; i < NUM_WAYS(s); i++)
		try_way(s, step, value, i, SITE_NONE, what);
}

/* @site at the limit, and no end one below; where the value shows, all values */
static void reach_limit(const struct search *s, uint32_t limit, uint32_t site,
			const char *what)
{
	for (uint32_t i = 0; i < s->graph->num_steps; i++) {
		const struct node *node = visited(s, i);

		if (!node)
			continue;
		for (uint32_t value = 0; has_count(s, node) && value < limit &&
		     s->seed < 2; value++)
			try_levels(s, i, value, what);
		if (has_count(s, node) && s->of == OF_COUNTER && s->seed < 2)
			try_levels(s, i, limit, what);
		if (!cover_is_site(s->v->cover, i, site) ||
		    cover_has_site(s->v->cover, i, site))
			continue;
		if (limit)
			try_reach(s, i, limit - 1, SITE_NONE, what);
		try_reach(s, i, limit, site, what);
	}
}

/* Just within the window, and just not; else as near as there is a way */
static void reach_end(const struct search *s, uint32_t step)
{
	const struct step *st = &s->graph->low->steps[step];
	const struct node *node = &s->parser->nodes[st->node];
	int64_t bytes = st->type == STEP_LOOP ?
			node->parts[st->part].need : node->min_length;
	int64_t edge = (int64_t)s->parser->max_bytes - bytes;
	bool in = false, out = false;

	for (int64_t i = 0; i < MAX_NEAR && !(in && out); i++) {
		const struct built *built = builder_last(s->v->builder);

		if (!in && edge - i >= 0 &&
		    try_reach(s, step, edge - i, SITE_NONE, "bytes"))
			in = built->before.pos[st->depth] -
			     built->before.origin == edge;
		if (!out && edge + 1 + i >= 0 &&
		    try_reach(s, step, edge + 1 + i, SITE_WINDOW, "bytes"))
			out = built->before.pos[st->depth] -
			      built->before.origin == edge + 1;
	}
}

static void plan_window(struct vectors *v, uint32_t seed)
{
	uint32_t max = v->graph->parser->max_bytes + MAX_NEAR;
	struct search s;

	if (v->graph->parser->max_bytes > MAX_BYTE_COUNT) {
		v->window_unsearched = true;
		return;
	}
	search_ways(&s, v, OF_BYTES, 0, max, seed);
	for (uint32_t i = 0; i < v->graph->num_steps; i++)
		if (cover_is_site(v->cover, i, SITE_WINDOW) &&
		    !cover_has_site(v->cover, i, SITE_WINDOW))
			reach_end(&s, i);
	search_free(&s);
}

void plan_limits(struct vectors *v)
{
	const struct parser *parser = v->graph->parser;
	struct search s;

	for (uint32_t seed = 0; seed < SEARCHES; seed++) {
		search_ways(&s, v, OF_NODES, 0, parser->max_nodes, seed);
		reach_limit(&s, parser->max_nodes, SITE_NODES, "nodes");
		search_free(&s);
		search_ways(&s, v, OF_ENCAPS, 0, parser->max_encaps, seed);
		reach_limit(&s, parser->max_encaps, SITE_ENCAPS,
			    "encapsulations");
		search_free(&s);
		for (uint32_t i = 0; i < parser->num_nodes; i++) {
			if (!parser->nodes[i].repeat)
				continue;
			search_ways(&s, v, OF_VISITS, i, parser->nodes[i].repeat, seed);
			reach_limit(&s, parser->nodes[i].repeat, SITE_REPEAT,
				    "visits");
			search_free(&s);
		}
		for (uint32_t i = 0; i < parser->num_counters; i++) {
			search_ways(&s, v, OF_COUNTER, i,
				    parser->counters[i].max, seed);
			reach_limit(&s, parser->counters[i].max, SITE_COUNTER,
				    "counted");
			search_free(&s);
		}
		plan_window(v, seed);
	}
}

/* ---- parts: as many elements as there may be, and one more ------------------------ */

static bool try_times(struct vectors *v, uint32_t loop,
		      const struct script *cycle, uint32_t times, uint32_t choice)
{
	struct script script = {};
	bool good;

	script_copy(&script, &v->reach[loop]);
	for (uint32_t i = 0; i < times; i++)
		for (uint32_t k = 0; k < cycle->num; k++)
			script_add(&script, cycle->picks[k].step,
				   cycle->picks[k].choice);
	script_add(&script, loop, choice);
	good = vectors_try(v, &script, "%s: %u elements%s",
			   cover_name(v->cover, loop), times,
			   choice ? " and one more" : "");
	script_free(&script);
	return good;
}

static void plan_loop(struct vectors *v, uint32_t loop)
{
	const struct step *s = &v->graph->low->steps[loop];
	uint32_t max = v->graph->parser->nodes[s->node].parts[s->part].max;
	bool full = false, over = false;

	for (uint32_t c = 2; c < v->graph->num_choices[loop]; c++) {
		struct script cycle = {};

		if (graph_cycle(v->graph, loop, c, &cycle)) {
			try_times(v, loop, &cycle, 0, 0);
			try_times(v, loop, &cycle, 1, 0);
			try_times(v, loop, &cycle, 2, 0);
			full = full || try_times(v, loop, &cycle, max, 0);
			over = over || try_times(v, loop, &cycle, max, 1);
		}
		script_free(&cycle);
	}
}

void plan_loops(struct vectors *v)
{
	for (uint32_t i = 0; i < v->graph->num_steps; i++)
		if (v->graph->low->steps[i].type == STEP_LOOP && v->reach[i].num)
			plan_loop(v, i);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Which ways are gone: every way out of every step; each together with every
 * way out of the step that it leads to; whole paths, the shortest first, as many
 * as asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "vectors.h"

#define WAYS	4	/* kept for each edge, should one not go on everywhere */

struct edge {			/* a way out of a step, and how to get there */
	struct script	ways[WAYS];
	uint32_t	num_ways;
	bool		*done;		/* by choice of the step behind it */
};

struct plan {
	struct vectors	*v;
	const struct graph *graph;
	struct edge	*edges;		/* the last one leads to the root */
	uint32_t	*queue, num_queued;
};

static bool is_exceeded(const struct graph *graph, uint32_t step,
			uint32_t choice)
{
	return graph->low->steps[step].type == STEP_LOOP && choice == 1;
}

static void choice_text(const struct graph *graph, uint32_t step,
			uint32_t choice, char text[64])
{
	const struct entry *e = graph_entry(graph, step, choice);
	enum step_type type = graph->low->steps[step].type;

	if (e && e->key >> 64)
		snprintf(text, 64, "entry 0x%llx%016llx",
			 (unsigned long long)(e->key >> 64),
			 (unsigned long long)e->key);
	else if (e)
		snprintf(text, 64, "%s 0x%llx", e->range ? "range" : "entry",
			 (unsigned long long)e->key);
	else
		snprintf(text, 64, "%s", type == STEP_FLAG ?
			 (choice ? "set" : "not set") :
			 type == STEP_LOOP && !choice ? "end" : "on");
}

static void keep_reach(struct vectors *v, uint32_t step,
		       const struct script *way)
{
	if (!v->reach[step].num)
		script_copy(&v->reach[step], way);
}

/* One step more than @way, which leads to @step */
static bool try_pair(struct plan *plan, struct edge *from,
		     const struct script *way, uint32_t step, uint32_t choice)
{
	const struct graph *graph = plan->graph;
	uint32_t number = graph->edge[step] + choice;
	struct edge *edge = &plan->edges[number];
	struct script script = {};
	struct target to = graph_target(graph, step, choice);
	char text[64];
	bool good;

	script_copy(&script, way);
	script_add(&script, step, choice);
	choice_text(graph, step, choice, text);
	good = vectors_try(plan->v, &script, "%s: %s",
			   cover_name(plan->v->cover, step), text);
	if (good) {
		from->done[choice] = true;
		plan->v->num_pairs++;
		if (!edge->num_ways && to.type == TARGET_NODE)
			plan->queue[plan->num_queued++] = number;
		if (edge->num_ways < WAYS && to.type == TARGET_NODE)
			script_copy(&edge->ways[edge->num_ways++], &script);
		if (to.type == TARGET_NODE)
			keep_reach(plan->v, to.index, &script);
	}
	script_free(&script);
	return good;
}

static uint32_t step_behind(const struct graph *graph, uint32_t number)
{
	uint32_t low = 0, high = graph->num_steps - 1;

	if (number == graph->num_edges)
		return lowered_root(graph->low);
	while (low < high) {
		uint32_t mid = (low + high + 1) / 2;

		if (graph->edge[mid] <= number)
			low = mid;
		else
			high = mid - 1;
	}
	return graph_target(graph, low, number - graph->edge[low]).index;
}

static void expand(struct plan *plan, uint32_t number)
{
	struct edge *edge = &plan->edges[number];
	uint32_t step = step_behind(plan->graph, number);
	uint32_t num = plan->graph->num_choices[step];

	if (!edge->done)
		edge->done = xcalloc(num, sizeof(bool));
	for (uint32_t c = 0; c < num; c++)
		for (uint32_t w = 0; w < edge->num_ways && !edge->done[c] &&
		     !is_exceeded(plan->graph, step, c); w++)
			try_pair(plan, edge, &edge->ways[w], step, c);
}

static void count_left(struct plan *plan, uint32_t number)
{
	struct edge *edge = &plan->edges[number];
	uint32_t step = step_behind(plan->graph, number);

	for (uint32_t c = 0; edge->done && c < plan->graph->num_choices[step]; c++)
		plan->v->pairs_left += !edge->done[c] &&
				       !is_exceeded(plan->graph, step, c);
}

void plan_pairs(struct vectors *v)
{
	uint32_t num = v->graph->num_edges + 1, i;
	struct plan plan = { .v = v, .graph = v->graph };

	plan.edges = xcalloc(num, sizeof(*plan.edges));
	plan.queue = xcalloc(num, sizeof(*plan.queue));
	plan.edges[num - 1].num_ways = 1;
	plan.edges[num - 1].ways[0].len = NO_WISH;
	plan.queue[plan.num_queued++] = num - 1;
	for (i = 0; i < plan.num_queued; i++)
		expand(&plan, plan.queue[i]);
	/* Again: there are other ways to some of them by now */
	for (i = 0; i < plan.num_queued; i++)
		expand(&plan, plan.queue[i]);
	for (i = 0; i < num; i++) {
		count_left(&plan, i);
		for (uint32_t w = 0; w < WAYS; w++)
			script_free(&plan.edges[i].ways[w]);
		free(plan.edges[i].done);
	}
	free(plan.edges);
	free(plan.queue);
}

/* ---- whole paths -------------------------------------------------------------- */

#define MAX_AGAIN	2	/* visits of one step on a path */
#define MAX_PREFIXES	8	/* kept in mind for each path asked for */

static bool is_again(const struct script *script, uint32_t step)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < script->num; i++)
		n += script->picks[i].step == step;
	return n >= MAX_AGAIN;
}

/* Each way out of the step that @from leads to; those that go on are queued */
static void extend(struct vectors *v, const struct script *from, uint32_t step,
		   struct script *queue, uint32_t *steps, uint32_t *num,
		   uint32_t max)
{
	for (uint32_t c = 0; c < v->graph->num_choices[step]; c++) {
		struct target to = graph_target(v->graph, step, c);
		struct script script = {};

		if (is_exceeded(v->graph, step, c) || v->num_paths == max)
			continue;
		script_copy(&script, from);
		script_add(&script, step, c);
		if (to.type == TARGET_NODE && (is_again(&script, to.index) ||
					       *num == MAX_PREFIXES * max)) {
			v->all_paths &= *num < MAX_PREFIXES * max;
		} else if (vectors_try(v, &script, "path")) {
			v->num_paths += to.type == TARGET_STOP;
			if (to.type == TARGET_NODE) {
				steps[*num] = to.index;
				queue[(*num)++] = script;
				continue;
			}
		}
		script_free(&script);
	}
}

void plan_paths(struct vectors *v, uint32_t max)
{
	struct script *queue = xcalloc(MAX_PREFIXES * (size_t)max + 1,
				       sizeof(*queue));
	uint32_t *steps = xcalloc(MAX_PREFIXES * (size_t)max + 1,
				  sizeof(*steps));
	uint32_t num = 1, i;

	queue[0].len = NO_WISH;
	steps[0] = lowered_root(v->graph->low);
	v->all_paths = true;
	for (i = 0; i < num && v->num_paths < max; i++) {
		extend(v, &queue[i], steps[i], queue, steps, &num, max);
		script_free(&queue[i]);
	}
	v->all_paths &= i == num;
	for (; i < num; i++)
		script_free(&queue[i]);
	free(queue);
	free(steps);
}

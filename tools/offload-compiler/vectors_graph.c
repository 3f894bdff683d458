// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The ways out of each step, and which of them come to a good end soon */
#include <stdlib.h>

#include "vectors.h"

#define FAR	(UINT32_MAX / 2)

static bool is_skip(const struct graph *graph, uint32_t step)
{
	const struct step *s = &graph->low->steps[step];

	return s->type == STEP_FLAG &&
	       graph->parser->nodes[s->node].parts[s->part].flags[s->flag].skip;
}

/**
 * graph_target() - where a way out leads
 * @graph: of the step
 * @step: which
 * @choice: below graph->num_choices[step]
 *
 * Return: a step as TARGET_NODE, or a stop.
 */
struct target graph_target(const struct graph *graph, uint32_t step,
			   uint32_t choice)
{
	struct target to = { .type = TARGET_STOP, .index = PARSE_FAIL };

	if (is_skip(graph, step))
		choice = 0;
	lowered_edge(graph->low, step, choice, &to);
	return to;
}

bool graph_scope(const struct graph *graph, uint32_t step, struct scope *scope)
{
	const struct step *s = &graph->low->steps[step];
	const struct node *node = &graph->parser->nodes[s->node];
	bool loop = s->type == STEP_LOOP;

	scope->lookup = lowered_lookup(graph->low, step);
	scope->fields = loop ? node->parts[s->part].fields : node->fields;
	scope->num_fields = loop ? node->parts[s->part].num_fields :
				   node->num_fields;
	scope->first = loop ? 2 : 0;
	return scope->lookup;
}

const struct entry *graph_entry(const struct graph *graph, uint32_t step,
				uint32_t choice)
{
	const struct map *map;
	struct scope scope;

	if (!graph_scope(graph, step, &scope) || scope.lookup->map < 0 ||
	    choice <= scope.first)
		return NULL;
	map = &graph->parser->maps[scope.lookup->map];
	choice -= scope.first + 1;
	return choice < map->num_exact ? &map->exact[choice] :
	       &map->ternary[choice - map->num_exact];
}

uint32_t graph_next_step(const struct graph *graph, uint32_t visit)
{
	const struct step *steps = graph->low->steps;
	uint32_t i = visit + 1;

	while (steps[i].type != STEP_NEXT)
		i++;
	return i;
}

static uint32_t count_choices(const struct graph *graph, uint32_t step)
{
	struct target to;
	uint32_t n = 0;

	while (lowered_edge(graph->low, step, n, &to))
		n++;
	return n + is_skip(graph, step);
}

static uint32_t cost(const struct graph *graph, uint32_t step, uint32_t choice)
{
	struct target to = graph_target(graph, step, choice);

	if (graph->low->steps[step].type == STEP_LOOP && choice == 1)
		return FAR;
	if (to.type == TARGET_NODE)
		return graph->to_okay[to.index] + 1;
	return to.index == PARSE_OKAY ? 1 : to.index == PARSE_FAIL ? 2000 : 1000;
}

/* Shortest ways to an okay, by relaxing until nothing changes */
static void find_okay(struct graph *graph)
{
	bool changed = true;

	for (uint32_t i = 0; i < graph->num_steps; i++)
		graph->to_okay[i] = FAR;
	while (changed) {
		changed = false;
		for (uint32_t i = graph->num_steps; i--;) {
			for (uint32_t c = 0; c < graph->num_choices[i]; c++) {
				uint32_t to = cost(graph, i, c);

				if (to >= graph->to_okay[i])
					continue;
				graph->to_okay[i] = to;
				graph->okay_choice[i] = c;
				changed = true;
			}
		}
	}
}

/* To another node first, if there is one: what it finds tells where it is */
static uint32_t far_choice(const struct graph *graph, uint32_t step)
{
	uint32_t best = graph->okay_choice[step], least = FAR;

	for (uint32_t c = 0; c < graph->num_choices[step]; c++) {
		struct target to = graph_target(graph, step, c);

		if (to.type == TARGET_STOP || to.index == step ||
		    cost(graph, step, c) >= least)
			continue;
		least = cost(graph, step, c);
		best = c;
	}
	return best;
}

/**
 * graph_cycle() - the shortest way from an element back to its LOOP
 * @graph: of both
 * @loop: step
 * @choice: the element
 * @cycle: empty; the picks from @loop to before @loop
 *
 * Return: false if there is none.
 */
bool graph_cycle(const struct graph *graph, uint32_t loop, uint32_t choice,
		       struct script *cycle)
{
	struct target to = graph_target(graph, loop, choice);
	uint32_t *from = xcalloc(graph->num_steps, sizeof(*from));
	uint32_t *by = xcalloc(graph->num_steps, sizeof(*by));
	uint32_t *queue = xcalloc(graph->num_steps, sizeof(*queue));
	uint32_t num = 0, i, length = 0;

	if (to.type == TARGET_NODE && to.index != graph->low->steps[loop].after) {
		queue[num++] = to.index;
		from[to.index] = loop + 1;
		by[to.index] = choice;
	}
	for (i = 0; i < num && !from[loop]; i++) {
		uint32_t step = queue[i];

		for (uint32_t c = 0; c < graph->num_choices[step]; c++) {
			to = graph_target(graph, step, c);
			if (to.type == TARGET_STOP || from[to.index] ||
			    (graph->low->steps[step].type == STEP_LOOP && c == 1))
				continue;
			queue[num++] = to.index;
			from[to.index] = step + 1;
			by[to.index] = c;
		}
	}
	for (i = loop; from[loop] && (!length || i != loop); i = from[i] - 1)
		length++;
	for (i = 0; i < length; i++)
		script_add(cycle, 0, 0);
	for (i = loop; length; i = from[i] - 1) {
		cycle->picks[--length].step = from[i] - 1;
		cycle->picks[length].choice = by[i];
	}
	free(from);
	free(by);
	free(queue);
	return cycle->num;
}

static void find_finish(struct graph *graph, uint32_t from, bool *seen,
			uint32_t *left)
{
	seen[from] = true;
	for (uint32_t c = 0; c < graph->num_choices[from]; c++) {
		struct target to = graph_target(graph, from, c);

		if (to.type == TARGET_NODE && !seen[to.index])
			find_finish(graph, to.index, seen, left);
	}
	graph->finish[from] = ++*left;
}

bool graph_is_back(const struct graph *graph, uint32_t from, uint32_t to)
{
	return graph->finish[to] >= graph->finish[from];
}

struct graph *graph_make(const struct lowered *low)
{
	struct graph *graph = xcalloc(1, sizeof(*graph));
	uint32_t num = low->num_steps, left = 0;
	bool *seen;

	graph->low = low;
	graph->parser = low->parser;
	graph->num_steps = num;
	graph->num_choices = xcalloc(num, sizeof(uint32_t));
	graph->edge = xcalloc(num, sizeof(uint32_t));
	graph->to_okay = xcalloc(num, sizeof(uint32_t));
	graph->okay_choice = xcalloc(num, sizeof(uint32_t));
	for (uint32_t i = 0; i < num; i++) {
		graph->num_choices[i] = count_choices(graph, i);
		graph->edge[i] = graph->num_edges;
		graph->num_edges += graph->num_choices[i];
	}
	find_okay(graph);
	graph->far_choice = xcalloc(num, sizeof(uint32_t));
	for (uint32_t i = 0; i < num; i++)
		graph->far_choice[i] = far_choice(graph, i);
	graph->finish = xcalloc(num, sizeof(uint32_t));
	seen = xcalloc(num, sizeof(*seen));
	find_finish(graph, lowered_root(low), seen, &left);
	free(seen);
	return graph;
}

void graph_free(struct graph *graph)
{
	if (!graph)
		return;
	free(graph->num_choices);
	free(graph->edge);
	free(graph->to_okay);
	free(graph->okay_choice);
	free(graph->far_choice);
	free(graph->finish);
	free(graph);
}

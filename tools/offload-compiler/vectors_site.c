// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Where a step can end the parse. Left out is what it cannot do whatever is
 * before it in the packet: a length that cannot be too small, a header that an
 * overlay has looked at.
 */
#include <stdlib.h>

#include "vectors.h"

#define LOTS	INT32_MAX

static int64_t field_max(const struct field *field)
{
	return field->bits >= 32 ? UINT32_MAX : (1LL << field->bits) - 1;
}

static int64_t least(const struct node *node, const struct length *length)
{
	int64_t bytes = length->add;

	for (uint32_t i = 0; i < length->num_terms; i++)
		if (length->terms[i].times < 0)
			bytes += length->terms[i].times *
				 field_max(&node->fields[length->terms[i].field]);
	return bytes;
}

/* Behind a counted node: the window is open. Found by spreading. */
static void spread_counted(const struct graph *graph, bool *counted)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < graph->num_steps; i++) {
			const struct step *s = &graph->low->steps[i];

			if (!counted[i] && (s->type != STEP_VISIT ||
			    !graph->parser->nodes[s->node].counted))
				continue;
			for (uint32_t c = 0; c < graph->num_choices[i]; c++) {
				struct target to = graph_target(graph, i, c);

				if (to.type == TARGET_STOP || counted[to.index])
					continue;
				counted[to.index] = true;
				changed = true;
			}
		}
	}
}

/*
 * How many bytes, from where the next step starts, a step leaves looked at; -1:
 * it may even start behind the end. @seen is the same from where this one
 * starts. The end is that of frame and window, or of the part's @area.
 */
static int64_t visit_leaves(const struct node *node, int64_t seen)
{
	int64_t most = seen > node->min_length ? seen : node->min_length;

	if (node->num_parts || node->overlay)
		return most;
	if (node->rest || node->length.num_terms || node->length.add > most)
		return -1;
	return most - node->length.add;
}

static int64_t step_leaves(const struct graph *graph, uint32_t step,
			   uint32_t choice, int64_t seen, bool area)
{
	const struct step *s = &graph->low->steps[step];
	const struct node *node = &graph->parser->nodes[s->node];
	const struct part *part = &node->parts[s->part];
	int64_t most = area ? 1 : seen;

	switch (s->type) {
	case STEP_VISIT:
		return visit_leaves(node, seen);
	case STEP_OPEN:
		return area || s->part ? -1 :
		       seen - (part->has_start ? part->start : node->min_length);
	case STEP_LOOP:
		return choice < 2 ? -1 : most > part->need ? most : part->need;
	case STEP_FLAG:
		return area ? 0 : !choice || !part->flags[s->flag].skip ? seen :
		       seen - (int64_t)part->flags[s->flag].size;
	case STEP_NEXT:
		break;
	}
	return -1;
}

/* By step: bytes from its start that lie before the end on every way to it */
static void find_seen(const struct graph *graph, int64_t *seen, bool area)
{
	bool changed = true;

	for (uint32_t i = 0; i < graph->num_steps; i++)
		seen[i] = LOTS;
	seen[lowered_root(graph->low)] = 0;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < graph->num_steps; i++) {
			for (uint32_t c = 0; seen[i] != LOTS &&
			     c < graph->num_choices[i]; c++) {
				struct target to = graph_target(graph, i, c);
				int64_t left = step_leaves(graph, i, c, seen[i],
							   area);

				left = left < -1 ? -1 : left;
				if (to.type == TARGET_STOP ||
				    left >= seen[to.index])
					continue;
				seen[to.index] = left;
				changed = true;
			}
		}
	}
}

/* Owner of the part that @step is in; false: it is in none */
static bool owner_of(const struct graph *graph, uint32_t step, uint32_t *owner)
{
	const struct step *steps = graph->low->steps;
	uint32_t depth = steps[step].depth;

	if (!depth)
		return false;
	if (steps[step].type == STEP_VISIT || steps[step].type == STEP_NEXT)
		step = lowered_parent(graph->low, step);
	while (steps[step].type != STEP_VISIT || steps[step].depth != depth - 1)
		step--;
	*owner = step;
	return true;
}

/* Its area ends in the frame, so what is in the area is in the frame */
static bool is_in_frame(const struct graph *graph, uint32_t step)
{
	uint32_t owner = step;

	while (owner_of(graph, owner, &owner))
		if (!graph->low->steps[owner].depth)
			return graph->parser->nodes[
				graph->low->steps[owner].node].rest;
	return false;
}

static bool may_overflow(const struct parser *parser, const struct node *node)
{
	for (uint32_t i = 0; i < node->num_actions; i++)
		if (!node->actions[i].reset &&
		    !parser->counters[node->actions[i].counter].saturate)
			return true;
	return false;
}

static void visit_sites(const struct graph *graph, uint32_t step, bool *sites,
			bool counted, int64_t seen, int64_t inside)
{
	const struct step *s = &graph->low->steps[step];
	const struct node *node = &graph->parser->nodes[s->node];
	bool fixed = !node->rest && !node->length.num_terms &&
		     node->length.add == (int64_t)node->min_length;
	bool looked_at = seen >= (int64_t)node->min_length;

	sites[SITE_ENCAPS] = node->encap;
	sites[SITE_NODES] = node->counted;
	sites[SITE_REPEAT] = node->repeat;
	sites[SITE_COUNTER] = may_overflow(graph->parser, node);
	sites[SITE_AREA] = s->depth && inside < (int64_t)node->min_length;
	sites[SITE_WINDOW] = counted && !looked_at;
	sites[SITE_TRUNCATED] = !looked_at;
	sites[SITE_SHORT] = !node->rest &&
			    least(node, &node->length) < node->min_length;
	sites[SITE_PAST] = s->depth && !node->rest && !fixed;
	for (uint32_t i = 0; i < node->num_conds; i++)
		sites[SITE_COND + i] = true;
}

static void open_sites(const struct graph *graph, uint32_t step, bool *sites)
{
	const struct step *s = &graph->low->steps[step];
	const struct node *node = &graph->parser->nodes[s->node];
	const struct part *part = &node->parts[s->part];

	sites[SITE_SHORT] = part->has_area ? least(node, &part->area) < 0 :
			    part->has_start && part->start > node->min_length;
	sites[SITE_PAST] = part->has_area;
}

static void loop_sites(const struct graph *graph, uint32_t step, bool *sites,
		       bool counted, int64_t seen)
{
	const struct step *s = &graph->low->steps[step];
	const struct part *part =
		&graph->parser->nodes[s->node].parts[s->part];

	sites[SITE_AREA] = part->need > 1;
	sites[SITE_TRUNCATED] = part->need && seen < (int64_t)part->need;
	sites[SITE_WINDOW] = sites[SITE_TRUNCATED] && counted;
}

/**
 * sites_find() - where steps can end a parse
 * @graph: of the parser
 * @sites: to be set, by step and site
 * @first: where those of a step start
 */
void sites_find(const struct graph *graph, bool *sites, const uint32_t *first)
{
	bool *counted = xcalloc(graph->num_steps, sizeof(bool));
	int64_t *seen = xcalloc(graph->num_steps, sizeof(int64_t));
	int64_t *inside = xcalloc(graph->num_steps, sizeof(int64_t));

	spread_counted(graph, counted);
	find_seen(graph, seen, false);
	find_seen(graph, inside, true);
	for (uint32_t i = 0; i < graph->num_steps; i++) {
		const struct step *s = &graph->low->steps[i];
		const struct part *part =
			&graph->parser->nodes[s->node].parts[s->part];

		if (s->type == STEP_VISIT)
			visit_sites(graph, i, &sites[first[i]], counted[i],
				    seen[i], inside[i]);
		else if (s->type == STEP_OPEN)
			open_sites(graph, i, &sites[first[i]]);
		else if (s->type == STEP_LOOP)
			loop_sites(graph, i, &sites[first[i]], counted[i],
				   seen[i]);
		else if (s->type == STEP_FLAG)
			sites[first[i] + SITE_AREA] = part->flags[s->flag].skip;
		if (is_in_frame(graph, i))
			sites[first[i] + SITE_TRUNCATED] = false;
	}
	free(counted);
	free(seen);
	free(inside);
}

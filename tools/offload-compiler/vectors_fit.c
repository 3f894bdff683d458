// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Areas and lengths that are too short or too long for what a script has in
 * them: a wish for the next start of the packet, or elements that fill them up.
 */
#include <string.h>

#include "vectors_build.h"

/* The part that a LOOP or FLAG, or an element at @depth, is in */
static uint32_t part_of(const struct builder *b, uint32_t i, uint32_t depth)
{
	const struct step *steps = b->graph->low->steps;

	while (steps[b->script->picks[i].step].type != STEP_OPEN ||
	       steps[b->script->picks[i].step].depth != depth)
		i--;
	return steps[b->script->picks[i].step].part;
}

static bool is_rest_element(const struct builder *b, uint32_t owner)
{
	const struct step *s =
		&b->graph->low->steps[b->script->picks[owner].step];

	return s->depth && b->graph->parser->nodes[s->node].rest;
}

enum solved fit_wish(struct pick *pick, int64_t *which, uint32_t bit,
		     int64_t bytes, bool exact)
{
	if (*which != NO_WISH &&
	    (!(pick->found >> bit & 1) || (exact ? *which == bytes : *which >= bytes)))
		return UNSOLVED;
	if (exact && pick->grown >> bit & 1)
		return UNSOLVED;
	*which = bytes;
	pick->found |= 1U << bit;
	return FOUND_WISH;
}

enum solved fit_end(struct here *h, uint32_t depth, int64_t end, bool exact)
{
	struct builder *b = h->b;
	uint32_t owner = h->regs.owner[depth];
	struct pick *pick = &b->script->picks[owner];
	uint32_t node = b->graph->low->steps[pick->step].node;
	uint32_t part = part_of(b, h->i, depth);
	const struct part *p = &b->graph->parser->nodes[node].parts[part];

	if (p->has_area)
		return fit_wish(pick, &pick->area[part], part + 1,
				end - h->regs.start[depth], exact);
	if (is_rest_element(b, owner))
		return fit_end(h, depth - 1, end, exact);
	return fit_wish(pick, &pick->length, 0, end - h->regs.pos[depth - 1],
			exact);
}

enum solved fit_longer(struct pick *pick)
{
	for (uint32_t bit = 0; bit <= MAX_PARTS; bit++) {
		int64_t *which = bit ? &pick->area[bit - 1] : &pick->length;

		if (!(pick->found >> bit & 1))
			continue;
		*which += 1;
		pick->grown |= 1U << bit;
		return FOUND_WISH;
	}
	return UNSOLVED;
}

/* ---- what fills an area up --------------------------------------------------------- */

static void insert(struct builder *b, uint32_t at, uint32_t num)
{
	struct script *script = b->script;

	script_reserve(script, script->num + num);
	memmove(&script->picks[at + num], &script->picks[at],
		(script->num - at) * sizeof(*script->picks));
	script->num += num;
	b->fixed += num;
}

/* An element that is always as long, and has nothing behind it */
static bool is_filler(const struct graph *graph, uint32_t loop, uint32_t choice,
		      int64_t gap, uint32_t *num)
{
	struct target to = graph_target(graph, loop, choice);
	const struct node *node;

	if (to.type != TARGET_NODE ||
	    graph->low->steps[to.index].type != STEP_VISIT)
		return false;
	node = &graph->parser->nodes[graph->low->steps[to.index].node];
	if (node->rest || node->num_parts || node->length.num_terms ||
	    node->overlay || node->length.add <= 0 ||
	    node->next.otherwise.type != TARGET_AGAIN || gap % node->length.add)
		return false;
	*num = gap / node->length.add;
	return true;
}

static enum solved longer_element(struct here *h, int64_t gap)
{
	const struct graph *graph = h->b->graph;
	uint32_t depth = graph->low->steps[h->b->script->picks[h->i].step].depth;

	for (uint32_t i = h->i; i--;) {
		struct pick *pick = &h->b->script->picks[i];
		const struct step *s = &graph->low->steps[pick->step];
		const struct node *node = &graph->parser->nodes[s->node];

		if (s->type == STEP_OPEN && s->depth == depth)
			break;
		if (s->type != STEP_VISIT || s->depth != depth || node->rest ||
		    !node->length.num_terms || pick->length != NO_WISH)
			continue;
		pick->length = node->min_length + gap;
		pick->found |= 1;
		return FOUND_WISH;
	}
	return UNSOLVED;
}

static enum solved fill(struct here *h, int64_t gap)
{
	struct builder *b = h->b;
	uint32_t loop = b->script->picks[h->i].step, num;

	if (h->i >= b->fixed)
		return UNSOLVED;
	for (uint32_t c = 2; c < b->graph->num_choices[loop]; c++) {
		if (!is_filler(b->graph, loop, c, gap, &num))
			continue;
		insert(b, h->i, 2 * num);
		for (uint32_t i = h->i; num--; i += 2) {
			b->script->picks[i] = script_pick(loop, c);
			b->script->picks[i + 1] =
				script_pick(graph_target(b->graph, loop, c).index, 0);
		}
		return FOUND_WISH;
	}
	return longer_element(h, gap);
}

/* Bytes of what the script still has in the part, at the least */
static int64_t elements_ahead(const struct here *h, uint32_t depth)
{
	const struct graph *graph = h->b->graph;
	int64_t bytes = 0;

	for (uint32_t i = h->i + 1; i < h->b->fixed; i++) {
		const struct step *s =
			&graph->low->steps[h->b->script->picks[i].step];

		if (s->depth < depth || (s->type == STEP_OPEN && s->depth == depth))
			break;
		if (s->type == STEP_VISIT && s->depth == depth)
			bytes += graph->parser->nodes[s->node].min_length;
	}
	return bytes;
}

enum solved fit_loop(struct here *h, uint32_t choice)
{
	const struct pick *pick = &h->b->script->picks[h->i];
	const struct step *s = &h->b->graph->low->steps[pick->step];
	const struct node *node = &h->b->graph->parser->nodes[s->node];
	const struct part *part = &node->parts[s->part];
	int64_t pos = h->regs.pos[s->depth], end = h->regs.end[s->depth];
	enum solved result;

	if (!choice) {
		result = fit_end(h, s->depth, pos, true);
		return result == UNSOLVED && end > pos ? fill(h, end - pos) :
							 result;
	}
	if (h->regs.count[s->depth] == part->max && choice != 1)
		return UNSOLVED;
	end = elements_ahead(h, s->depth);
	return fit_end(h, s->depth, pos + (part->need > end ? part->need :
					    end ? end : 1), false);
}

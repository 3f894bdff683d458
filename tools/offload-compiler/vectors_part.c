// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Why there is no packet, in parts: elements that always fit their area, or are
 * too long for so many of them.
 */
#include "vectors.h"

#define FAR		((int64_t)1 << 40)

static int64_t bound(const struct node *node, const struct length *length,
		     bool most)
{
	int64_t bytes = length->add;

	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *t = &length->terms[i];
		uint32_t bits = node->fields[t->field].bits;
		int64_t max = ((int64_t)1 << (bits > 32 ? 32 : bits)) - 1;

		if ((t->times > 0) == most)
			bytes += max * t->times;
	}
	return bytes;
}

static int64_t divisor(int64_t a, int64_t b)
{
	a = a < 0 ? -a : a;
	while (b) {
		int64_t c = a % b;

		a = b;
		b = c;
	}
	return a;
}

static int64_t divisor_of(const struct length *length, int64_t add)
{
	int64_t d = divisor(add, 0);

	for (uint32_t i = 0; i < length->num_terms; i++) {
		int64_t times = length->terms[i].times;

		d = divisor(d, times < 0 ? -times : times);
	}
	return d;
}

/* First byte of a part from its owner's first; false: not known */
static bool start_of(const struct node *node, uint32_t part, int64_t *start)
{
	*start = node->parts[part].has_start ? node->parts[part].start :
					       node->min_length;
	return node->parts[part].has_start || !part;
}

/* Nothing but the next element follows it */
static bool is_alone(const struct graph *graph, uint32_t visit, uint32_t loop)
{
	uint32_t step = visit;

	if (graph->parser->nodes[graph->low->steps[visit].node].num_parts)
		step = graph_next_step(graph, visit);
	for (uint32_t c = 0; c < graph->num_choices[step]; c++) {
		struct target to = graph_target(graph, step, c);

		if (to.type != TARGET_STOP && to.index != loop &&
		    to.index != graph->low->steps[loop].after)
			return false;
	}
	return true;
}

/* The elements that @loop leads to: the bytes that all their lengths, and its
 * area, are multiples of; 0: not known
 */
static int64_t grain(const struct graph *graph, uint32_t loop)
{
	const struct step *s = &graph->low->steps[loop];
	const struct node *owner = &graph->parser->nodes[s->node];
	const struct part *part = &owner->parts[s->part];
	int64_t start, d;

	if (!start_of(owner, s->part, &start) || (owner->rest && !part->has_area))
		return 0;
	d = part->has_area ? divisor_of(&part->area, part->area.add) :
			     divisor_of(&owner->length, owner->length.add - start);
	for (uint32_t c = 2; c < graph->num_choices[loop]; c++) {
		struct target to = graph_target(graph, loop, c);
		const struct node *node;

		if (to.type == TARGET_STOP || to.index == s->after)
			continue;
		node = &graph->parser->nodes[graph->low->steps[to.index].node];
		if (node->overlay || node->rest ||
		    !is_alone(graph, to.index, loop))
			return 0;
		d = divisor(divisor_of(&node->length, node->length.add), d);
	}
	return d;
}

/**
 * fits_always() - does what an element or a LOOP reads always fit its area?
 * @graph: of the step
 * @step: a VISIT inside a part, or a LOOP
 * @bytes: that it reads
 *
 * So it is if all that is in the area are multiples of as many bytes.
 */
bool fits_always(const struct graph *graph, uint32_t step, uint32_t bytes)
{
	const struct step *s = &graph->low->steps[step];
	uint32_t loop = step;

	if (s->type == STEP_VISIT)
		loop = lowered_parent(graph->low, step);
	if (!graph->low->steps[loop].depth ||
	    graph->low->steps[loop].type != STEP_LOOP)
		return false;
	return grain(graph, loop) >= (int64_t)bytes;
}

/* Can the area hold @part's most elements, of @least bytes each, and a byte? */
bool has_room(const struct graph *graph, uint32_t loop)
{
	const struct step *s = &graph->low->steps[loop];
	const struct node *owner = &graph->parser->nodes[s->node];
	const struct part *part = &owner->parts[s->part];
	int64_t area = FAR, least = FAR, start = owner->min_length;

	if (part->has_area)
		area = bound(owner, &part->area, true);
	else if (!owner->rest)
		area = bound(owner, &owner->length, true) -
		       (start_of(owner, s->part, &start) ? start :
			owner->min_length);
	for (uint32_t c = 2; c < graph->num_choices[loop]; c++) {
		struct target to = graph_target(graph, loop, c);
		const struct node *node;
		int64_t bytes;

		if (to.type == TARGET_STOP || to.index == s->after)
			continue;
		node = &graph->parser->nodes[graph->low->steps[to.index].node];
		bytes = node->overlay ? 1 : node->min_length;
		bytes = bytes ? bytes : 1;
		least = bytes < least ? bytes : least;
	}
	return part->max * least < area;
}

/* An area that is never longer than its owner, field by field */
bool area_fits_always(const struct graph *graph, uint32_t open)
{
	const struct step *s = &graph->low->steps[open];
	const struct node *owner = &graph->parser->nodes[s->node];
	const struct part *part = &owner->parts[s->part];
	int64_t start, left;

	if (owner->rest || !start_of(owner, s->part, &start))
		return false;
	left = owner->length.add - start - part->area.add;
	for (uint32_t i = 0; i < owner->num_fields; i++) {
		int64_t times = 0, max = owner->fields[i].bits > 32 ? FAR :
				((int64_t)1 << owner->fields[i].bits) - 1;

		for (uint32_t k = 0; k < owner->length.num_terms; k++)
			if (owner->length.terms[k].field == i)
				times += owner->length.terms[k].times;
		for (uint32_t k = 0; k < part->area.num_terms; k++)
			if (part->area.terms[k].field == i)
				times -= part->area.terms[k].times;
		if (times < 0)
			left += times * max;
	}
	return left >= 0;
}

/* A condition of the node asks for the opposite */
bool flag_is_asked_for(const struct graph *graph, uint32_t step, bool set)
{
	const struct step *s = &graph->low->steps[step];
	const struct node *node = &graph->parser->nodes[s->node];
	const struct flag *flag = &node->parts[s->part].flags[s->flag];

	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *c = &node->conds[i];
		bool covers = c->type == COND_COMPARE && c->op == COMPARE_EQ &&
			      c->field == flag->field &&
			      !(flag->mask & ~c->mask);

		if (covers && ((c->value & flag->mask) == flag->value) != set)
			return true;
	}
	return false;
}

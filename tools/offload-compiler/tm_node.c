// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What hangs on nodes, whatever states they become: visits, areas, actions. */
#include <stdlib.h>
#include <string.h>

#include "tm.h"

/* ---- lengths --------------------------------------------------------------- */

/* A shift is for nothing; what else a factor has needs a multiplier */
static uint32_t odd_factor(int32_t times)
{
	uint32_t factor = times < 0 ? -(uint32_t)times : (uint32_t)times;

	return factor >> __builtin_ctz(factor);
}

static void check_length(struct tm_machine *tm, const struct node *node,
			 const struct length *length)
{
	tm_fits(tm, node, "terms in a length", length->num_terms,
		tm->device->length_terms);
	for (uint32_t i = 0; i < length->num_terms; i++)
		tm_fits(tm, node, "as odd factor in a length",
			odd_factor(length->terms[i].times),
			tm->device->multiplier);
}

void tm_check_node(struct tm_machine *tm, const struct node *node)
{
	tm_fits(tm, node, "bytes of header", node->min_length, TCAM_MAX_NEED);
	if (tm->device->length_terms)
		check_length(tm, node, &node->length);
	else	/* each length is an entry, see tm_build.c */
		tm_fits(tm, node, "length that is what is left", node->rest, 0);
	for (uint32_t i = 0; i < node->num_parts; i++)
		if (node->parts[i].has_area)
			check_length(tm, node, &node->parts[i].area);
}

static void set_length(const struct node *node, const struct length *from,
		       struct tm_length *to)
{
	to->add = from->add;
	to->num = from->num_terms;
	for (uint32_t i = 0; i < from->num_terms; i++) {
		const struct term *term = &from->terms[i];
		const struct field *field = &node->fields[term->field];

		to->terms[i].offset = field->offset;
		to->terms[i].bits = field->bits;
		to->terms[i].times = term->times;
	}
}

/* ---- limits ---------------------------------------------------------------- */

static void add_rise(struct tm_visit *visit, uint32_t counter, uint32_t by)
{
	visit->rises[visit->num_rises++] = (struct tcam_rise){
		.counter = cpu_to_le16(counter), .by = cpu_to_le16(by),
	};
}

/* How far @node's actions take a counter above what it is: until they reset it.
 * What comes behind the reset is known, and either always right or never.
 */
static void add_rises(const struct tm_machine *tm, const struct node *node,
		      uint32_t counter, struct tm_visit *visit)
{
	uint32_t max = tm->parser->counters[counter].max, by = 0;
	bool reset = false;

	for (uint32_t i = 0; i < node->num_actions; i++) {
		const struct action *action = &node->actions[i];

		if (action->counter != counter)
			continue;
		if (!action->reset) {
			by++;
			continue;
		}
		if (by && !reset)
			add_rise(visit, counter, by);
		reset = true;
		by = 0;
	}
	if (by && !reset)
		add_rise(visit, counter, by);
	else if (by > max)
		add_rise(visit, counter, TCAM_MAX_COUNT + 1);
}

/* Repeat limits are of one node each, and in the order of nodes */
static uint32_t repeat_of(const struct tm_machine *tm, const struct node *node)
{
	uint32_t index = 0;

	if (!node->repeat)
		return TCAM_NO_REPEAT;
	for (const struct node *n = tm->parser->nodes; n < node; n++)
		index += !!n->repeat;
	return index;
}

/* But for the node's name */
static bool same_visit(const struct tm_visit *a, const struct tm_visit *b)
{
	struct tm_visit other = *b;

	other.node = a->node;
	return !memcmp(a, &other, sizeof(other));
}

uint32_t tm_visit(struct tm_machine *tm, const struct node *node)
{
	struct tm_visit visit;

	memset(&visit, 0, sizeof(visit));	/* padding, too: see above */
	visit.node = node;
	visit.flags = (node->counted ? TCAM_VISIT_COUNTED : 0) |
		      (node->encap ? TCAM_VISIT_ENCAP : 0) |
		      (node->rest ? TCAM_VISIT_REST : 0);
	visit.repeat = repeat_of(tm, node);
	visit.need = node->min_length;
	visit.least = node->min_length;
	set_length(node, &node->length, &visit.length);
	if (node->length.num_terms && !tm->device->length_terms)
		visit.length = (struct tm_length){ .add = node->min_length };
	for (uint32_t i = 0; i < tm->parser->num_counters; i++)
		if (!tm->parser->counters[i].saturate)
			add_rises(tm, node, i, &visit);
	for (uint32_t i = 0; i < tm->num_visits; i++)
		if (same_visit(&tm->visits[i], &visit))
			return i;
	tm->visits = xrealloc(tm->visits,
			      (tm->num_visits + 1) * sizeof(*tm->visits));
	memcpy(&tm->visits[tm->num_visits], &visit, sizeof(visit));
	return tm->num_visits++;
}

/* ---- areas ------------------------------------------------------------------ */

static enum tcam_from open_from(const struct node *node, uint32_t part)
{
	if (node->parts[part].has_start || !part)
		return TCAM_FROM_NODE;
	return node->parts[part - 1].type == PART_LOOP ? TCAM_FROM_END :
							 TCAM_FROM_BASE;
}

uint32_t tm_area(struct tm_machine *tm, const struct node *node, uint32_t index)
{
	const struct part *part = &node->parts[index];
	struct tm_area area;

	memset(&area, 0, sizeof(area));
	area.from = open_from(node, index);
	if (area.from == TCAM_FROM_NODE)
		area.start = part->has_start ? part->start : node->min_length;
	if (part->has_area) {
		area.flags = TCAM_AREA_LENGTH;
		set_length(node, &part->area, &area.length);
	}
	for (uint32_t i = 0; i < tm->num_areas; i++)
		if (!memcmp(&tm->areas[i], &area, sizeof(area)))
			return i;
	tm->areas = xrealloc(tm->areas,
			     (tm->num_areas + 1) * sizeof(*tm->areas));
	memcpy(&tm->areas[tm->num_areas], &area, sizeof(area));
	return tm->num_areas++;
}

/* ---- actions --------------------------------------------------------------- */

static void add_counts(const struct node *node, bool before,
		       struct buffer *ops)
{
	for (uint32_t i = 0; i < node->num_actions; i++) {
		const struct action *from = &node->actions[i];
		struct tm_op op = {
			.type = from->reset ? TCAM_COUNTER_RESET :
					      TCAM_COUNTER_INC,
			.counter = from->counter,
		};

		if (from->before == before)
			buffer_add(ops, &op, sizeof(op));
	}
}

static void set_index(const struct parser *parser, struct tm_op *op)
{
	for (uint32_t i = 0; i < parser->num_arrays; i++) {
		const struct array *array = &parser->arrays[i];

		if (array->first != op->output)
			continue;
		op->index = array->index == INDEX_ENCAPS ? TCAM_INDEX_ENCAPS :
							   TCAM_INDEX_COUNTER;
		if (array->index == INDEX_COUNTER)
			op->index_counter = array->counter;
		op->num = array->num;
		op->last = array->last;
	}
}

static void add_extract(const struct parser *parser, const struct node *node,
			const struct extract *from, uint32_t depth,
			struct buffer *ops)
{
	struct tm_op op = { .output = from->output };

	switch (from->type) {
	case EXTRACT_FIELD:
		op.type = TCAM_EXTRACT_FIELD;
		op.depth = depth;
		op.offset = node->fields[from->field].offset;
		op.bits = node->fields[from->field].bits;
		break;
	case EXTRACT_CONST:
		op.type = TCAM_EXTRACT_CONST;
		op.value = from->value;
		break;
	case EXTRACT_START:
		op.type = TCAM_EXTRACT_START;
		op.depth = depth;
		op.value = from->value;
		break;
	case EXTRACT_END:
		op.type = TCAM_EXTRACT_END;
		op.depth = depth;
		break;
	case EXTRACT_LENGTH:
		op.type = TCAM_EXTRACT_LENGTH;
		op.depth = depth;
		break;
	case EXTRACT_COUNTER:
		op.type = TCAM_EXTRACT_COUNTER;
		op.counter = from->counter;
		break;
	case EXTRACT_NODES:
		op.type = TCAM_EXTRACT_NODES;
		break;
	case EXTRACT_ENCAPS:
		op.type = TCAM_EXTRACT_ENCAPS;
		break;
	}
	set_index(parser, &op);
	buffer_add(ops, &op, sizeof(op));
}

/* What a visit does that has passed everything, as a list of operations */
uint32_t tm_actions(struct tm_machine *tm, const struct node *node, uint32_t depth)
{
	struct buffer ops = {};
	uint32_t list;

	add_counts(node, true, &ops);
	for (uint32_t i = 0; i < node->num_extracts; i++)
		add_extract(tm->parser, node, &node->extracts[i], depth, &ops);
	add_counts(node, false, &ops);
	list = tm_ops(tm, (const struct tm_op *)ops.data,
		      ops.size / sizeof(struct tm_op));
	buffer_free(&ops);
	return list;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What hangs on nodes, whatever states they become: lengths, actions, limits. */
#include <stdlib.h>

#include "tcam_lower.h"

struct tcam_value tcam_value(u128 value)
{
	return (struct tcam_value){ { cpu_to_le64((uint64_t)(value >> 64)),
				      cpu_to_le64((uint64_t)value) } };
}

/* ---- lengths --------------------------------------------------------------- */

/* A shift is for nothing; what else a factor has needs a multiplier */
static uint32_t odd_factor(int32_t times)
{
	uint32_t factor = times < 0 ? -(uint32_t)times : (uint32_t)times;

	return factor >> __builtin_ctz(factor);
}

void tcam_emit_length(struct lowering *l, const struct node *node,
		      const struct length *length, struct tcam_state *state)
{
	state->length_add = cpu_to_le32(length->add);
	state->first_term = cpu_to_le16(l->num_terms);
	state->num_terms = cpu_to_le16(length->num_terms);
	tcam_fits(l, node, "terms in a length", length->num_terms,
		  l->device->length_terms);
	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *from = &length->terms[i];
		const struct field *field = &node->fields[from->field];
		struct tcam_term term = {
			.offset = cpu_to_le32(field->offset),
			.times = cpu_to_le32(from->times),
			.bits = cpu_to_le32(field->bits),
		};

		tcam_fits(l, node, "as odd factor in a length",
			  odd_factor(from->times), l->device->multiplier);
		buffer_add(&l->terms, &term, sizeof(term));
		l->num_terms++;
	}
}

/* ---- actions --------------------------------------------------------------- */

static void add_action(struct lowering *l, const struct tcam_action *action)
{
	buffer_add(&l->actions, action, sizeof(*action));
	l->num_actions++;
}

static void emit_counts(struct lowering *l, const struct node *node,
			bool before)
{
	for (uint32_t i = 0; i < node->num_actions; i++) {
		const struct action *from = &node->actions[i];
		struct tcam_action action = {
			.type = cpu_to_le16(from->reset ? TCAM_COUNTER_RESET :
							  TCAM_COUNTER_INC),
			.counter = cpu_to_le16(from->counter),
		};

		if (from->before == before)
			add_action(l, &action);
	}
}

static void set_index(const struct parser *parser, uint32_t output,
		      struct tcam_action *action)
{
	for (uint32_t i = 0; i < parser->num_arrays; i++) {
		const struct array *array = &parser->arrays[i];

		if (array->first != output)
			continue;
		action->index = cpu_to_le16(array->index == INDEX_ENCAPS ?
					    TCAM_INDEX_ENCAPS :
					    TCAM_INDEX_COUNTER);
		if (array->index == INDEX_COUNTER)
			action->index_counter = cpu_to_le16(array->counter);
		action->num = cpu_to_le16(array->num);
		action->last = cpu_to_le16(array->last);
	}
}

static void emit_extract(struct lowering *l, const struct node *node,
			 const struct extract *from)
{
	static const enum tcam_action_type types[] = {
		[EXTRACT_FIELD] = TCAM_EXTRACT_FIELD,
		[EXTRACT_CONST] = TCAM_EXTRACT_CONST,
		[EXTRACT_START] = TCAM_EXTRACT_START,
		[EXTRACT_END] = TCAM_EXTRACT_END,
		[EXTRACT_LENGTH] = TCAM_EXTRACT_LENGTH,
		[EXTRACT_COUNTER] = TCAM_EXTRACT_COUNTER,
		[EXTRACT_NODES] = TCAM_EXTRACT_NODES,
		[EXTRACT_ENCAPS] = TCAM_EXTRACT_ENCAPS,
	};
	struct tcam_action action = {
		.type = cpu_to_le16(types[from->type]),
		.output = cpu_to_le16(from->output),
	};

	if (from->type == EXTRACT_FIELD) {
		const struct field *field = &node->fields[from->field];

		action.offset = cpu_to_le32(field->offset);
		action.bits = cpu_to_le32(field->bits);
	} else if (from->type == EXTRACT_CONST || from->type == EXTRACT_START) {
		action.value = tcam_value(from->value);
	} else if (from->type == EXTRACT_COUNTER) {
		action.counter = cpu_to_le16(from->counter);
	}
	set_index(l->parser, from->output, &action);
	add_action(l, &action);
}

static void emit_actions(struct lowering *l, const struct node *node,
			 struct node_plan *plan)
{
	tcam_fits(l, node, "extracts", node->num_extracts, l->device->extracts);
	plan->first_action = l->num_actions;
	emit_counts(l, node, true);
	for (uint32_t i = 0; i < node->num_extracts; i++)
		emit_extract(l, node, &node->extracts[i]);
	emit_counts(l, node, false);
	plan->num_actions = l->num_actions - plan->first_action;
	tcam_fits(l, node, "actions", plan->num_actions, TCAM_ENTRY_ACTIONS);
}

/* ---- limits ---------------------------------------------------------------- */

static void emit_repeat(struct lowering *l, const struct node *node,
			struct node_plan *plan)
{
	struct tcam_repeat repeat = { .limit = cpu_to_le32(node->repeat) };

	plan->repeat = node->repeat ? l->num_repeats : TCAM_NO_REPEAT;
	if (!node->repeat)
		return;
	buffer_add(&l->repeats, &repeat, sizeof(repeat));
	l->num_repeats++;
}

static void emit_rise(struct lowering *l, uint32_t counter, uint32_t by)
{
	struct tcam_rise rise = {
		.counter = cpu_to_le16(counter), .by = cpu_to_le16(by),
	};

	buffer_add(&l->rises, &rise, sizeof(rise));
	l->num_rises++;
}

/* How far @node's actions take a counter above what it is: until they reset it.
 * What comes behind the reset is known, and either always right or never.
 */
static void emit_counter_rises(struct lowering *l, const struct node *node,
			       uint32_t counter)
{
	uint32_t max = l->parser->counters[counter].max, by = 0;
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
			emit_rise(l, counter, by);
		reset = true;
		by = 0;
	}
	if (by && !reset)
		emit_rise(l, counter, by);
	else if (by > max)
		emit_rise(l, counter, TCAM_MAX_COUNT + 1);
}

void tcam_emit_rises(struct lowering *l, const struct node *node,
		     struct tcam_state *state)
{
	uint32_t first = l->num_rises;

	for (uint32_t i = 0; node->num_actions && i < l->parser->num_counters; i++)
		if (!l->parser->counters[i].saturate)
			emit_counter_rises(l, node, i);
	state->first_rise = cpu_to_le16(first);
	state->num_rises = cpu_to_le16(l->num_rises - first);
}

/* What all states of a node share */
void tcam_emit_node(struct lowering *l, uint32_t n)
{
	const struct node *node = &l->parser->nodes[n];
	struct node_plan *plan = &l->nodes[n];

	tcam_fits(l, node, "bytes of header", node->min_length, TCAM_MAX_NEED);
	emit_repeat(l, node, plan);
	emit_actions(l, node, plan);
}

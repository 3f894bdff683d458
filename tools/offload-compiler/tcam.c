// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Lowering a parser to the engine's TCAM (tcam_format.h): see tcam_lower.h for
 * the way it goes. What a target lacks is an error that says which resource, how
 * much is needed and how much there is.
 */
#include <stdlib.h>
#include <string.h>

#include "tcam_lower.h"

void tcam_fits(struct lowering *l, const struct node *node, const char *what,
	       uint32_t needed, uint32_t available)
{
	if (needed <= available)
		return;
	if (node)
		diag_error(l->path, node->line, node->name,
			   "node '%s' needs %u %s, target '%s' has %u",
			   node->name, needed, what, l->device->name, available);
	else
		diag_error(l->path, 0, NULL,
			   "parser '%s' needs %u %s, target '%s' has %u",
			   l->parser->name, needed, what, l->device->name,
			   available);
	l->failed = true;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void check_tables(struct lowering *l)
{
	const struct parser *parser = l->parser;
	const struct device *device = l->device;

	tcam_fits(l, NULL, "match tables", parser->num_tables, device->tables);
	for (uint32_t i = 0; i < parser->num_tables; i++)
		if (parser->tables[i].size > device->table_entries) {
			diag_error(l->path, 0, NULL,
				   "table '%s' needs %u entries, target '%s' has %u in a table",
				   parser->tables[i].name, parser->tables[i].size,
				   device->name, device->table_entries);
			l->failed = true;
		}
}

static void check_limits(struct lowering *l)
{
	const struct parser *parser = l->parser;
	const struct device *device = l->device;

	tcam_fits(l, NULL, "bytes of window (max_bytes)", parser->max_bytes,
		  device->window);
	tcam_fits(l, NULL, "outputs", parser->num_outputs,
		  smaller(device->outputs, PARSE_MAX_OUTPUTS));
	tcam_fits(l, NULL, "counters", parser->num_counters,
		  smaller(device->counters, TCAM_MAX_COUNTERS));
	tcam_fits(l, NULL, "levels of parts", l->low->depth - 1,
		  smaller(device->part_levels, TCAM_MAX_DEPTH - 1));
	check_tables(l);
}

static void check_sums(struct lowering *l)
{
	const struct device *device = l->device;

	tcam_fits(l, NULL, "TCAM states", l->num_states,
		  smaller(device->states, TCAM_MAX_STATES));
	tcam_fits(l, NULL, "TCAM entries", l->num_entries,
		  smaller(device->entries, TCAM_MAX_ENTRIES));
	tcam_fits(l, NULL, "steps for one packet", tcam_steps(l),
		  smaller(device->steps, TCAM_MAX_STEPS));
	tcam_fits(l, NULL, "repeat limits", l->num_repeats,
		  smaller(device->repeats, TCAM_MAX_REPEATS));
	tcam_fits(l, NULL, "length terms", l->num_terms, TCAM_MAX_TERMS);
	tcam_fits(l, NULL, "key parts", l->num_parts, TCAM_MAX_PARTS);
	tcam_fits(l, NULL, "checks of counters", l->num_rises, TCAM_MAX_RISES);
	tcam_fits(l, NULL, "actions", l->num_actions, TCAM_MAX_ACTIONS);
}

static void plan(struct lowering *l)
{
	const struct lowered *low = l->low;

	l->nodes = xcalloc(l->parser->num_nodes, sizeof(*l->nodes));
	for (uint32_t i = 0; i < l->parser->num_nodes; i++)
		tcam_plan_node(l, i);
	tcam_order(l);
	l->first_state = xcalloc(low->num_steps, sizeof(*l->first_state));
	for (uint32_t i = 0; i < l->num_ordered; i++) {
		const struct step *step = &low->steps[l->order[i]];

		l->first_state[l->order[i]] = l->num_states;
		l->num_states += step->type == STEP_VISIT ?
				 l->nodes[step->node].num_stages : 1;
	}
}

static void emit(struct lowering *l)
{
	for (uint32_t i = 0; i < l->parser->num_nodes; i++)
		tcam_emit_node(l, i);
	for (uint32_t i = 0; i < l->num_ordered && !l->failed; i++)
		tcam_emit_step(l, l->order[i]);
}

static void add_outputs(const struct parser *parser, struct buffer *blob)
{
	for (uint32_t i = 0; i < parser->num_outputs; i++) {
		const struct parse_output *from = &parser->outputs[i];
		struct tcam_output output = {
			.bits = cpu_to_le16(from->bits),
			.key = cpu_to_le16(from->key),
		};

		memcpy(output.name, from->name,
		       strnlen(from->name, TCAM_NAME_LEN - 1));
		buffer_add(blob, &output, sizeof(output));
	}
}

static void add_counters(const struct parser *parser, struct buffer *blob)
{
	for (uint32_t i = 0; i < parser->num_counters; i++) {
		const struct counter *from = &parser->counters[i];
		struct tcam_counter counter = {
			.max = cpu_to_le16(from->max),
			.flags = cpu_to_le16(from->encap_resets ?
					     TCAM_COUNTER_ENCAP_RESETS : 0),
		};

		memcpy(counter.name, from->name,
		       smaller(strlen(from->name), TCAM_NAME_LEN - 1));
		buffer_add(blob, &counter, sizeof(counter));
	}
}

static void assemble(const struct lowering *l, struct buffer *blob)
{
	const struct parser *parser = l->parser;
	const struct buffer *arrays[] = { &l->repeats, &l->states, &l->terms,
					  &l->parts, &l->rises, &l->entries,
					  &l->actions };
	struct tcam_header hdr = {
		.magic = cpu_to_le32(TCAM_MAGIC),
		.version = cpu_to_le32(TCAM_VERSION),
		.max_bytes = cpu_to_le32(parser->max_bytes),
		.max_nodes = cpu_to_le32(parser->max_nodes),
		.max_encaps = cpu_to_le32(parser->max_encaps),
		.start = cpu_to_le32(l->first_state[lowered_root(l->low)]),
		.num_outputs = cpu_to_le32(parser->num_outputs),
		.num_counters = cpu_to_le32(parser->num_counters),
		.num_repeats = cpu_to_le32(l->num_repeats),
		.num_states = cpu_to_le32(l->num_states),
		.num_terms = cpu_to_le32(l->num_terms),
		.num_parts = cpu_to_le32(l->num_parts),
		.num_rises = cpu_to_le32(l->num_rises),
		.num_entries = cpu_to_le32(l->num_entries),
		.num_actions = cpu_to_le32(l->num_actions),
	};
	size_t size = sizeof(hdr) +
		      parser->num_outputs * sizeof(struct tcam_output) +
		      parser->num_counters * sizeof(struct tcam_counter);

	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		size += arrays[i]->size;
	hdr.size = cpu_to_le32(size);
	buffer_add(blob, &hdr, sizeof(hdr));
	add_outputs(parser, blob);
	add_counters(parser, blob);
	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		if (arrays[i]->size)
			buffer_add(blob, arrays[i]->data, arrays[i]->size);
}

static struct tcam *load(const struct lowering *l, const struct buffer *blob)
{
	char err[128] = "";
	struct tcam *tcam = tcam_load(blob->data, blob->size, err, sizeof(err));

	if (!tcam)
		diag_error(l->path, 0, NULL,
			   "parser '%s': the device would refuse it: %s",
			   l->parser->name, err);
	return tcam;
}

static void lowering_free(struct lowering *l)
{
	struct buffer *arrays[] = { &l->repeats, &l->states, &l->terms,
				    &l->parts, &l->rises, &l->entries,
				    &l->actions };

	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		buffer_free(arrays[i]);
	for (uint32_t i = 0; l->nodes && i < l->parser->num_nodes; i++) {
		free(l->nodes[i].leaves);
		free(l->nodes[i].stages);
	}
	free(l->nodes);
	free(l->order);
	free(l->first_state);
	lowered_free(l->low);
}

struct tcam *tcam_lower(const char *path, const struct parser *parser,
			const struct device *device, struct buffer *blob)
{
	struct lowering l = { .path = path, .parser = parser,
			      .device = device };
	struct tcam *tcam = NULL;

	l.low = lower(path, parser);
	if (!l.low)
		return NULL;
	check_limits(&l);
	plan(&l);
	emit(&l);
	if (!l.failed)
		check_sums(&l);
	if (!l.failed) {
		assemble(&l, blob);
		tcam = load(&l, blob);
	}
	lowering_free(&l);
	return tcam;
}

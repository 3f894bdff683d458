// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Lowering a parser to the engine's TCAM (tcam_format.h).
 *
 * A node becomes one state. Its conditions become entries above those of its
 * lookup, each for values that fail; no extract hangs on them. Where conditions
 * and lookup do not fit one key, or where a condition has far fewer values that
 * hold than values that fail, the node becomes a chain of states, the later
 * ones holding at the same header.
 */
#include <stdlib.h>
#include <string.h>

#include "tcam_lower.h"

/* A state of its own is worth so many entries */
#define STATE_COST	2

struct key_part {
	uint32_t	type, offset, bits;
};

struct key {
	struct key_part	parts[TCAM_STATE_PARTS + 1];	/* one to be too many */
	uint32_t	num, bits;
};

struct step {			/* one state of a node */
	uint32_t	first_cond, end_cond;
	bool		positive;	/* the last condition by what holds */
	bool		lookup;		/* the node's last state */
};

struct lowering {
	const char		*path;
	const struct parser	*parser;
	const struct device	*device;
	struct step		**steps;	/* of each node */
	uint32_t		*first_state;	/* of each node, and one more */
	struct buffer		repeats, states, terms, parts, entries, extracts;
	uint32_t		num_repeats, num_terms, num_parts, num_entries,
				num_extracts;
	bool			failed;
};

static void check_fits(struct lowering *low, const struct node *node,
		       const char *what, uint32_t needed, uint32_t available)
{
	if (needed <= available)
		return;
	if (node)
		diag_error(low->path, node->line, node->name,
			   "node '%s' needs %u %s, target '%s' has %u",
			   node->name, needed, what, low->device->name,
			   available);
	else
		diag_error(low->path, 0, NULL,
			   "parser '%s' needs %u %s, target '%s' has %u",
			   low->parser->name, needed, what, low->device->name,
			   available);
	low->failed = true;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* ---- keys ------------------------------------------------------------------ */

static void key_add(struct key *key, uint32_t type, uint32_t offset,
		    uint32_t bits)
{
	if (key->num < TCAM_STATE_PARTS + 1)
		key->parts[key->num++] = (struct key_part){ type, offset, bits };
	key->bits += bits;
}

static uint32_t input_offset(const struct input *input)
{
	return __builtin_ctz(input->bit);
}

static void key_add_lookup(struct key *key, const struct parser *parser,
			   const struct node *node)
{
	if (node->next.map < 0)
		return;
	for (uint32_t i = 0; i < node->next.num_key; i++) {
		uint32_t index = node->next.key[i].index;

		if (node->next.key[i].type == OPERAND_INPUT)
			key_add(key, TCAM_PART_INPUT,
				input_offset(&parser->inputs[index]), 1);
		else
			key_add(key, TCAM_PART_FIELD, node->fields[index].offset,
				node->fields[index].bits);
	}
}

static bool key_find(const struct key *key, const struct field *field,
		     uint32_t *shift)
{
	*shift = key->bits;
	for (uint32_t i = 0; i < key->num; i++) {
		const struct key_part *part = &key->parts[i];

		*shift -= part->bits;
		if (part->type == TCAM_PART_FIELD &&
		    part->offset == field->offset && part->bits == field->bits)
			return true;
	}
	return false;
}

/* The key of one step: the lookup on top, then the conditions' fields that are
 * not in it yet
 */
static struct key step_key(const struct parser *parser, const struct node *node,
			   const struct step *step)
{
	struct key key = {};
	uint32_t shift;

	if (step->lookup)
		key_add_lookup(&key, parser, node);
	for (uint32_t i = step->first_cond; i < step->end_cond; i++) {
		const struct field *field = &node->fields[node->conds[i].field];

		if (!key_find(&key, field, &shift))
			key_add(&key, TCAM_PART_FIELD, field->offset,
				field->bits);
	}
	return key;
}

static bool step_fits(const struct lowering *low, const struct node *node,
		      const struct step *step)
{
	struct key key = step_key(low->parser, node, step);

	return key.bits <= smaller(low->device->key_bits, TCAM_MAX_KEY_BITS) &&
	       key.num <= smaller(low->device->key_parts, TCAM_STATE_PARTS);
}

/* ---- plan: which states a node needs --------------------------------------- */

static bool better_positive(const struct node *node, const struct cond *cond)
{
	struct prefix_set holds, fails;
	uint32_t bits = node->fields[cond->field].bits;

	cond_prefixes(cond, bits, true, &holds);
	cond_prefixes(cond, bits, false, &fails);
	return fails.num > holds.num + 1 + STATE_COST;
}

/* Returns the number of steps, which stand in @steps: at most one more than
 * the node has conditions
 */
static uint32_t plan_node(const struct lowering *low, const struct node *node,
			  struct step *steps)
{
	struct step step = {};
	uint32_t num = 0;

	for (uint32_t i = 0; i < node->num_conds; i++) {
		step.end_cond = i + 1;
		if (step.first_cond < i && !step_fits(low, node, &step)) {
			step.end_cond = i;
			steps[num++] = step;
			step = (struct step){ .first_cond = i,
					      .end_cond = i + 1 };
		}
		if (better_positive(node, &node->conds[i])) {
			step.positive = true;
			steps[num++] = step;
			step = (struct step){ .first_cond = i + 1,
					      .end_cond = i + 1 };
		}
	}
	step.lookup = true;
	if (step.first_cond < step.end_cond && !step_fits(low, node, &step)) {
		step.lookup = false;
		steps[num++] = step;
		step = (struct step){ .first_cond = step.end_cond,
				      .end_cond = step.end_cond,
				      .lookup = true };
	}
	steps[num++] = step;
	return num;
}

static void plan(struct lowering *low)
{
	const struct parser *parser = low->parser;

	low->steps = xcalloc(parser->num_nodes, sizeof(*low->steps));
	low->first_state = xcalloc(parser->num_nodes + 1,
				   sizeof(*low->first_state));
	for (uint32_t i = 0; i < parser->num_nodes; i++) {
		const struct node *node = &parser->nodes[i];

		low->steps[i] = xcalloc(node->num_conds + 1,
					sizeof(*low->steps[i]));
		low->first_state[i + 1] = low->first_state[i] +
			plan_node(low, node, low->steps[i]);
	}
}

/* ---- emitting -------------------------------------------------------------- */

struct goes {
	struct target	target;
	bool		leave;	/* perform the node's extracts, and advance */
	uint32_t	state;	/* of the target when not stopping */
};

static struct tcam_value make_value(u128 value)
{
	return (struct tcam_value){ { cpu_to_le64((uint64_t)(value >> 64)),
				      cpu_to_le64((uint64_t)value) } };
}

static void emit_entry(struct lowering *low, const struct node *node,
		       uint32_t first_extract, u128 value, u128 mask,
		       struct goes action)
{
	struct tcam_entry entry = {};
	uint32_t flags = 0;

	if (action.target.type == TARGET_STOP)
		flags = TCAM_ENTRY_STOP;
	else if (action.leave && !node->overlay)
		flags = TCAM_ENTRY_ADVANCE;
	entry.value = make_value(value);
	entry.mask = make_value(mask);
	entry.flags = cpu_to_le16(flags);
	entry.target = cpu_to_le16(action.target.type == TARGET_STOP ? action.target.index :
				   action.state);
	entry.first_extract = cpu_to_le16(first_extract);
	entry.num_extracts = cpu_to_le16(action.leave ? node->num_extracts : 0);
	buffer_add(&low->entries, &entry, sizeof(entry));
	low->num_entries++;
}

static struct goes leave_to(const struct lowering *low, struct target target)
{
	return (struct goes){
		.target = target, .leave = true,
		.state = target.type == TARGET_STOP ? 0 : low->first_state[target.index],
	};
}

static void emit_conds(struct lowering *low, const struct node *node,
		       const struct step *step, const struct key *key,
		       uint32_t first_extract, uint32_t next)
{
	for (uint32_t i = step->first_cond; i < step->end_cond; i++) {
		const struct cond *cond = &node->conds[i];
		const struct field *field = &node->fields[cond->field];
		bool holds = step->positive && i + 1 == step->end_cond;
		struct goes action = { .state = next };
		struct prefix_set set;
		uint32_t shift;

		key_find(key, field, &shift);
		cond_prefixes(cond, field->bits, holds, &set);
		if (!holds)
			action.target = (struct target){ true, cond->verdict };
		for (uint32_t j = 0; j < set.num; j++)
			emit_entry(low, node, first_extract,
				   set.prefix[j].value << shift,
				   set.prefix[j].mask << shift, action);
		if (holds)
			emit_entry(low, node, first_extract, 0, 0,
				   (struct goes){ .target = { true,
						    cond->verdict } });
	}
	if (!step->positive && !step->lookup)
		emit_entry(low, node, first_extract, 0, 0,
			   (struct goes){ .state = next });
}

static void emit_lookup(struct lowering *low, const struct node *node,
			const struct key *key, uint32_t first_extract)
{
	const struct map *map;
	uint32_t shift;

	if (node->next.map >= 0) {
		map = &low->parser->maps[node->next.map];
		shift = key->bits - map->bits;
		for (uint32_t i = 0; i < map->num_exact; i++)
			emit_entry(low, node, first_extract,
				   map->exact[i].key << shift,
				   mask_of(map->bits) << shift,
				   leave_to(low, map->exact[i].target));
		for (uint32_t i = 0; i < map->num_ternary; i++)
			emit_entry(low, node, first_extract,
				   map->ternary[i].key << shift,
				   map->ternary[i].mask << shift,
				   leave_to(low, map->ternary[i].target));
	}
	emit_entry(low, node, first_extract, 0, 0,
		   leave_to(low, node->next.otherwise));
}

static uint32_t emit_terms(struct lowering *low, const struct node *node)
{
	uint32_t first = low->num_terms;

	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct field *field = &node->fields[node->length.terms[i].field];
		struct tcam_term term = {
			.offset = cpu_to_le32(field->offset),
			.bits = cpu_to_le16(field->bits),
			.shift = cpu_to_le16(__builtin_ctz(node->length.terms[i].times)),
		};

		check_fits(low, node, "bits in a length term",
			   field->bits + __builtin_ctz(node->length.terms[i].times),
			   TCAM_MAX_TERM_BITS);
		buffer_add(&low->terms, &term, sizeof(term));
		low->num_terms++;
	}
	return first;
}

static uint32_t emit_extracts(struct lowering *low, const struct node *node)
{
	static const enum tcam_extract_type types[] = {
		[EXTRACT_FIELD] = TCAM_EXTRACT_FIELD,
		[EXTRACT_CONST] = TCAM_EXTRACT_CONST,
		[EXTRACT_START] = TCAM_EXTRACT_START,
		[EXTRACT_END] = TCAM_EXTRACT_END,
		[EXTRACT_LENGTH] = TCAM_EXTRACT_LENGTH,
	};
	uint32_t first = low->num_extracts;

	check_fits(low, node, "extracts", node->num_extracts,
		   low->device->extracts);
	for (uint32_t i = 0; i < node->num_extracts; i++) {
		const struct extract *from = &node->extracts[i];
		struct tcam_extract extract = {
			.type = cpu_to_le16(types[from->type]),
			.output = cpu_to_le16(from->output),
		};

		if (from->type == EXTRACT_FIELD) {
			const struct field *field = &node->fields[from->field];

			extract.offset = cpu_to_le32(field->offset);
			extract.bits = cpu_to_le32(field->bits);
		} else if (from->type == EXTRACT_CONST) {
			extract.value = make_value(from->value);
		}
		buffer_add(&low->extracts, &extract, sizeof(extract));
		low->num_extracts++;
	}
	return first;
}

static void emit_key(struct lowering *low, const struct node *node,
		     const struct key *key)
{
	check_fits(low, node, "bits of lookup key", key->bits,
		   smaller(low->device->key_bits, TCAM_MAX_KEY_BITS));
	check_fits(low, node, "parts of a lookup key", key->num,
		   smaller(low->device->key_parts, TCAM_STATE_PARTS));
	for (uint32_t i = 0; i < key->num; i++) {
		struct tcam_part part = {
			.offset = cpu_to_le32(key->parts[i].offset),
			.bits = cpu_to_le16(key->parts[i].bits),
			.type = cpu_to_le16(key->parts[i].type),
		};

		buffer_add(&low->parts, &part, sizeof(part));
		low->num_parts++;
	}
}

/* What all states of a node share */
static struct tcam_state node_state(const struct lowering *low,
				    const struct node *node)
{
	struct tcam_state state = {
		.flags = cpu_to_le16((node->counted ? TCAM_STATE_COUNTED : 0) |
				     (node->encap ? TCAM_STATE_ENCAP : 0)),
		.repeat = cpu_to_le16(node->repeat ? low->num_repeats :
				      TCAM_NO_REPEAT),
		.need = cpu_to_le32(node->min_length),
		.length_add = cpu_to_le32(node->length.add),
	};

	memcpy(state.name, node->name,
	       smaller(strlen(node->name), TCAM_NAME_LEN - 1));
	return state;
}

static void emit_repeat(struct lowering *low, const struct node *node)
{
	struct tcam_repeat repeat = { .limit = cpu_to_le32(node->repeat) };

	if (!node->repeat)
		return;
	buffer_add(&low->repeats, &repeat, sizeof(repeat));
	low->num_repeats++;
}

static void emit_node(struct lowering *low, uint32_t n)
{
	const struct node *node = &low->parser->nodes[n];
	uint32_t num = low->first_state[n + 1] - low->first_state[n];
	struct tcam_state state = node_state(low, node);
	uint32_t first_extract = emit_extracts(low, node);

	check_fits(low, node, "bytes of header", node->min_length,
		   TCAM_MAX_NEED);
	check_fits(low, node, "bytes of constant length", node->length.add,
		   TCAM_MAX_LENGTH_ADD);
	check_fits(low, node, "length terms", node->length.num_terms,
		   TCAM_STATE_TERMS);
	emit_repeat(low, node);
	state.first_term = cpu_to_le16(emit_terms(low, node));
	state.num_terms = cpu_to_le16(node->length.num_terms);
	for (uint32_t i = 0; i < num && !low->failed; i++) {
		const struct step *step = &low->steps[n][i];
		struct key key = step_key(low->parser, node, step);

		state.first_part = cpu_to_le16(low->num_parts);
		state.num_parts = cpu_to_le16(key.num);
		state.first_entry = cpu_to_le16(low->num_entries);
		emit_key(low, node, &key);
		if (low->failed)
			return;
		emit_conds(low, node, step, &key, first_extract,
			   low->first_state[n] + i + 1);
		if (step->lookup)
			emit_lookup(low, node, &key, first_extract);
		state.num_entries = cpu_to_le16(low->num_entries -
						le16_to_cpu(state.first_entry));
		buffer_add(&low->states, &state, sizeof(state));
		/* the holding states behind it neither count nor measure */
		state.flags = cpu_to_le16(TCAM_STATE_HOLD);
		state.repeat = cpu_to_le16(TCAM_NO_REPEAT);
		state.num_terms = 0;
	}
}

/* ---- the whole ------------------------------------------------------------- */

static void check_limits(struct lowering *low)
{
	const struct parser *parser = low->parser;
	const struct device *device = low->device;

	check_fits(low, NULL, "bytes of window (max_bytes)", parser->max_bytes,
		   device->window);
	check_fits(low, NULL, "outputs", parser->num_outputs,
		   smaller(device->outputs, PARSE_MAX_OUTPUTS));
	check_fits(low, NULL, "match tables", parser->num_tables,
		   device->tables);
	for (uint32_t i = 0; i < parser->num_tables; i++)
		if (parser->tables[i].size > device->table_entries) {
			diag_error(low->path, 0, NULL,
				   "table '%s' needs %u entries, target '%s' has %u in a table",
				   parser->tables[i].name, parser->tables[i].size,
				   device->name, device->table_entries);
			low->failed = true;
		}
}

static void check_sums(struct lowering *low)
{
	const struct device *device = low->device;

	check_fits(low, NULL, "TCAM states",
		   low->first_state[low->parser->num_nodes],
		   smaller(device->states, TCAM_MAX_STATES));
	check_fits(low, NULL, "TCAM entries", low->num_entries,
		   smaller(device->entries, TCAM_MAX_ENTRIES));
	check_fits(low, NULL, "repeat counters", low->num_repeats,
		   TCAM_MAX_REPEATS);
	check_fits(low, NULL, "length terms", low->num_terms, TCAM_MAX_TERMS);
	check_fits(low, NULL, "key parts", low->num_parts, TCAM_MAX_PARTS);
	check_fits(low, NULL, "extracts", low->num_extracts,
		   TCAM_MAX_EXTRACTS);
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

static void assemble(const struct lowering *low, struct buffer *blob)
{
	const struct parser *parser = low->parser;
	const struct buffer *arrays[] = { &low->repeats, &low->states,
					  &low->terms, &low->parts,
					  &low->entries, &low->extracts };
	struct tcam_header hdr = {
		.magic = cpu_to_le32(TCAM_MAGIC),
		.version = cpu_to_le32(TCAM_VERSION),
		.max_bytes = cpu_to_le32(parser->max_bytes),
		.max_nodes = cpu_to_le32(parser->max_nodes),
		.max_encaps = cpu_to_le32(parser->max_encaps),
		.start = cpu_to_le32(low->first_state[parser->root]),
		.num_outputs = cpu_to_le32(parser->num_outputs),
		.num_repeats = cpu_to_le32(low->num_repeats),
		.num_states = cpu_to_le32(low->first_state[parser->num_nodes]),
		.num_terms = cpu_to_le32(low->num_terms),
		.num_parts = cpu_to_le32(low->num_parts),
		.num_entries = cpu_to_le32(low->num_entries),
		.num_extracts = cpu_to_le32(low->num_extracts),
	};
	size_t size = sizeof(hdr) +
		      parser->num_outputs * sizeof(struct tcam_output);

	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		size += arrays[i]->size;
	hdr.size = cpu_to_le32(size);
	buffer_add(blob, &hdr, sizeof(hdr));
	add_outputs(parser, blob);
	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		if (arrays[i]->size)
			buffer_add(blob, arrays[i]->data, arrays[i]->size);
}

/* What the device's loader would refuse must not leave the compiler */
static bool loads(const struct lowering *low, const struct buffer *blob)
{
	char err[128] = "";
	struct tcam *tcam = tcam_load(blob->data, blob->size, err, sizeof(err));

	if (!tcam)
		diag_error(low->path, 0, NULL,
			   "parser '%s': the device would refuse it: %s",
			   low->parser->name, err);
	tcam_free(tcam);
	return tcam;
}

static void lowering_free(struct lowering *low)
{
	struct buffer *arrays[] = { &low->repeats, &low->states, &low->terms,
				    &low->parts, &low->entries,
				    &low->extracts };

	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		buffer_free(arrays[i]);
	for (uint32_t i = 0; low->steps && i < low->parser->num_nodes; i++)
		free(low->steps[i]);
	free(low->steps);
	free(low->first_state);
}

/* The payload of @parser for @device, at the end of an empty @blob. @path is
 * for diagnostics.
 */
bool tcam_lower(const char *path, const struct parser *parser,
		const struct device *device, struct buffer *blob)
{
	struct lowering low = { .path = path, .parser = parser,
				.device = device };

	if (!parser_is_plain("TCAM", parser))
		return false;
	check_limits(&low);
	plan(&low);
	for (uint32_t i = 0; i < parser->num_nodes && !low.failed; i++)
		emit_node(&low, i);
	if (!low.failed)
		check_sums(&low);
	if (!low.failed) {
		assemble(&low, blob);
		low.failed = !loads(&low, blob);
	}
	lowering_free(&low);
	return !low.failed;
}

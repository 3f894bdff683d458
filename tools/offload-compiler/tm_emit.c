// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A machine as a payload. States stand in breadth-first order from the start;
 * what none of them uses is not in it. Each list of actions is there once.
 */
#include <stdlib.h>
#include <string.h>

#include "tm.h"

#define NONE	UINT32_MAX

struct emit {
	struct tm_machine	*tm;
	uint32_t	*order;		/* states */
	uint32_t	num_ordered;
	uint32_t	*place;		/* of a state in it, or NONE */
	uint32_t	*first_action;	/* of a list of operations, or NONE */
	struct buffer	visits, areas, terms, rises, states, parts, entries,
			actions;
	uint32_t	num_terms, num_rises, num_parts, num_entries,
			num_actions;
};

static struct tcam_value to_value(u128 value)
{
	return (struct tcam_value){ { cpu_to_le64((uint64_t)(value >> 64)),
				      cpu_to_le64((uint64_t)value) } };
}

/* Of a name that is too long the end says more */
static void set_name(char to[TCAM_NAME_LEN], const char *name)
{
	size_t len = strlen(name);

	if (len < TCAM_NAME_LEN)
		memcpy(to, name, len);
	else
		snprintf(to, TCAM_NAME_LEN, "...%s",
			 name + len - (TCAM_NAME_LEN - 4));
}

/* One more node that asks for the same: "gre|icmp|...", as many as there is room
 * for
 */
static void add_name(char to[TCAM_NAME_LEN], const char *name)
{
	static const char more[] = "|...";
	const size_t room = TCAM_NAME_LEN - sizeof(more);
	size_t len = strlen(to);

	if (!len)
		set_name(to, name);
	else if (len >= strlen(more) && !strcmp(to + len - strlen(more), more))
		return;
	else if (len + 1 + strlen(name) > room)
		strcpy(to + smaller(len, room), more);
	else
		sprintf(to + len, "|%s", name);
}

/* ---- order -------------------------------------------------------------------- */

static void reach(struct emit *e, const struct tm_way *way)
{
	if (way->target.stop || e->place[way->target.index] != NONE)
		return;
	e->place[way->target.index] = e->num_ordered;
	e->order[e->num_ordered++] = way->target.index;
}

static void order_states(struct emit *e)
{
	const struct tm_machine *tm = e->tm;

	e->order = xcalloc(tm->num_states, sizeof(*e->order));
	e->place = xcalloc(tm->num_states, sizeof(*e->place));
	memset(e->place, 0xff, tm->num_states * sizeof(*e->place));
	reach(e, &tm->start);
	for (uint32_t i = 0; i < e->num_ordered; i++) {
		const struct tm_state *state = &tm->states[e->order[i]];

		for (uint32_t w = 0; w < state->num_ways; w++)
			reach(e, &state->ways[w]);
		if (!state->loop)
			continue;
		reach(e, &state->end);
		reach(e, &state->exceeded);
	}
}

/* ---- visits and areas ------------------------------------------------------------ */

static void emit_terms(struct emit *e, const struct tm_length *length)
{
	for (uint32_t i = 0; i < length->num; i++) {
		struct tcam_term term = {
			.offset = cpu_to_le32(length->terms[i].offset),
			.times = cpu_to_le32(length->terms[i].times),
			.bits = cpu_to_le32(length->terms[i].bits),
		};

		buffer_add(&e->terms, &term, sizeof(term));
	}
	e->num_terms += length->num;
}

static void emit_visits(struct emit *e)
{
	const struct parser *parser = e->tm->parser;
	char (*names)[TCAM_NAME_LEN] = xcalloc(parser->num_nodes,
					       sizeof(*names));

	for (uint32_t i = 0; i < parser->num_nodes; i++)
		add_name(names[tm_visit(e->tm, &parser->nodes[i])],
			 parser->nodes[i].name);
	for (uint32_t i = 0; i < e->tm->num_visits; i++) {
		const struct tm_visit *from = &e->tm->visits[i];
		struct tcam_visit visit = {
			.flags = cpu_to_le16(from->flags),
			.repeat = cpu_to_le16(from->repeat),
			.need = cpu_to_le32(from->need),
			.least = cpu_to_le32(from->least),
			.length_add = cpu_to_le32(from->length.add),
			.first_term = cpu_to_le16(e->num_terms),
			.num_terms = cpu_to_le16(from->length.num),
			.first_rise = cpu_to_le16(e->num_rises),
			.num_rises = cpu_to_le16(from->num_rises),
		};

		memcpy(visit.name, names[i], sizeof(visit.name));
		buffer_add(&e->visits, &visit, sizeof(visit));
		emit_terms(e, &from->length);
		if (from->num_rises)
			buffer_add(&e->rises, from->rises,
				   from->num_rises * sizeof(*from->rises));
		e->num_rises += from->num_rises;
	}
	free(names);
}

static void emit_areas(struct emit *e)
{
	for (uint32_t i = 0; i < e->tm->num_areas; i++) {
		const struct tm_area *from = &e->tm->areas[i];
		struct tcam_area area = {
			.flags = cpu_to_le16(from->flags),
			.from = cpu_to_le16(from->from),
			.start = cpu_to_le32(from->start),
			.length_add = cpu_to_le32(from->length.add),
			.first_term = cpu_to_le16(e->num_terms),
			.num_terms = cpu_to_le16(from->length.num),
		};

		buffer_add(&e->areas, &area, sizeof(area));
		emit_terms(e, &from->length);
	}
}

/* ---- actions ---------------------------------------------------------------------- */

static void emit_action(struct emit *e, const struct tm_op *op)
{
	struct tcam_action action = {
		.type = cpu_to_le16(op->type),
		.depth = cpu_to_le16(op->depth),
		.output = cpu_to_le16(op->output),
		.which = cpu_to_le16(op->which),
		.offset = cpu_to_le32(op->offset),
		.bits = cpu_to_le32(op->bits),
		.value = to_value(op->value),
		.counter = cpu_to_le16(op->counter),
		.index = cpu_to_le16(op->index),
		.index_counter = cpu_to_le16(op->index_counter),
		.num = cpu_to_le16(op->num),
		.last = cpu_to_le16(op->last),
	};

	buffer_add(&e->actions, &action, sizeof(action));
}

static void check_ops(struct tm_machine *tm, const struct tm_ops *ops)
{
	uint32_t extracts = 0;

	for (uint32_t i = 0; i < ops->num; i++)
		extracts += ops->op[i].type <= TCAM_EXTRACT_ENCAPS;
	tm_fits(tm, NULL, "extracts in one entry", extracts,
		tm->device->extracts);
	tm_fits(tm, NULL, "actions in one entry", ops->num,
		TCAM_ENTRY_ACTIONS);
}

/* The first of the list's actions; 0 if it is empty */
static uint32_t emit_ops(struct emit *e, uint32_t index)
{
	const struct tm_ops *ops = &e->tm->ops[index];

	if (!ops->num)
		return 0;
	if (e->first_action[index] != NONE)
		return e->first_action[index];
	check_ops(e->tm, ops);
	e->first_action[index] = e->num_actions;
	for (uint32_t i = 0; i < ops->num; i++)
		emit_action(e, &ops->op[i]);
	e->num_actions += ops->num;
	return e->first_action[index];
}

/* ---- states ------------------------------------------------------------------------- */

static void emit_entry(struct emit *e, u128 value, u128 mask,
		       const struct tm_way *way)
{
	uint32_t target = way->target.stop ? way->target.index :
					     e->place[way->target.index];
	struct tcam_entry entry = {
		.value = to_value(value), .mask = to_value(mask),
		.flags = cpu_to_le16(way->target.stop ? TCAM_ENTRY_STOP : 0),
		.target = cpu_to_le16(target),
		.first_action = cpu_to_le32(emit_ops(e, way->ops)),
		.num_actions = cpu_to_le16(e->tm->ops[way->ops].num),
	};

	buffer_add(&e->entries, &entry, sizeof(entry));
	e->num_entries++;
}

/* The place of a variable in the key, counted from its last bit */
static uint32_t key_bit(const struct tm_key *key, uint32_t var)
{
	uint32_t place = key->bits;

	for (uint32_t i = 0; i < key->num; i++) {
		const struct tm_key_part *part = &key->parts[i];

		place -= part->bits;
		/* the inputs' bit 0 is the lowest, a frame's the highest */
		if (part->input && var - TM_INPUT(part->offset) < part->bits)
			return place + var - TM_INPUT(part->offset);
		if (!part->input && var - TM_BIT(part->offset) < part->bits)
			return place + part->bits - 1 -
			       (var - TM_BIT(part->offset));
	}
	return 0;
}

static void emit_rule(struct emit *e, const struct tm_state *state,
		      const struct tm_key *key, const struct tm_rule *rule)
{
	const struct bdd *bdd = e->tm->bdd;
	u128 value = 0, mask = 0;
	uint32_t f = rule->cube;

	while (f != BDD_TRUE) {
		u128 bit = (u128)1 << key_bit(key, bdd_top(bdd, f));

		mask |= bit;
		if (bdd_low(bdd, f) == BDD_FALSE) {
			value |= bit;
			f = bdd_high(bdd, f);
		} else {
			f = bdd_low(bdd, f);
		}
	}
	emit_entry(e, value, mask, &state->ways[rule->way]);
}

static void emit_key(struct emit *e, const struct tm_key *key)
{
	for (uint32_t i = 0; i < key->num; i++) {
		struct tcam_part part = {
			.offset = cpu_to_le32(key->parts[i].offset),
			.bits = cpu_to_le16(key->parts[i].bits),
			.type = cpu_to_le16(key->parts[i].input ?
					    TCAM_PART_INPUT : TCAM_PART_FIELD),
		};

		buffer_add(&e->parts, &part, sizeof(part));
	}
	e->num_parts += key->num;
}

static void emit_state(struct emit *e, const struct tm_state *from)
{
	struct tcam_state state = {
		.flags = cpu_to_le16(from->loop ? TCAM_STATE_LOOP : 0),
		.depth = cpu_to_le16(from->depth),
		.why = cpu_to_le16(from->why),
		.max = cpu_to_le16(from->max),
		.need = cpu_to_le32(from->need),
		.first_part = cpu_to_le16(e->num_parts),
		.first_entry = cpu_to_le16(e->num_entries),
	};
	struct tm_cover cover;
	struct tm_key key;

	if (!tm_key_fit(e->tm, from, &key)) {
		tm_fits(e->tm, NULL, "parts of a lookup key", key.num,
			e->tm->device->key_parts);
		tm_fits(e->tm, NULL, "bits of lookup key", key.bits,
			e->tm->device->key_bits);
		e->tm->failed = true;
		return;
	}
	set_name(state.name, from->name);
	emit_key(e, &key);
	if (from->loop) {
		emit_entry(e, 0, 0, &from->end);
		emit_entry(e, 0, 0, &from->exceeded);
	}
	tm_cover(e->tm, from, &cover);
	for (uint32_t i = 0; i < cover.num; i++)
		emit_rule(e, from, &key, &cover.rules[i]);
	free(cover.rules);
	state.num_parts = cpu_to_le16(key.num);
	state.num_entries = cpu_to_le16(e->num_entries -
					le16_to_cpu(state.first_entry));
	buffer_add(&e->states, &state, sizeof(state));
}

/* ---- the whole ------------------------------------------------------------------------ */

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

static void add_repeats(const struct tm_machine *tm, struct buffer *blob)
{
	for (uint32_t i = 0; i < tm->num_repeats; i++) {
		struct tcam_repeat repeat = {
			.limit = cpu_to_le32(tm->repeats[i]),
		};

		buffer_add(blob, &repeat, sizeof(repeat));
	}
}

static void check_sums(const struct emit *e)
{
	const struct device *device = e->tm->device;
	const struct {
		const char	*what;
		uint32_t	needed, available;
	} sums[] = {
		{ "TCAM states", e->num_ordered,
		  smaller(device->states, TCAM_MAX_STATES) },
		{ "TCAM entries", e->num_entries,
		  smaller(device->entries, TCAM_MAX_ENTRIES) },
		{ "repeat limits", e->tm->num_repeats,
		  smaller(device->repeats, TCAM_MAX_REPEATS) },
		{ "kinds of visits", e->tm->num_visits, TCAM_MAX_VISITS },
		{ "kinds of areas", e->tm->num_areas, TCAM_MAX_AREAS },
		{ "length terms", e->num_terms, TCAM_MAX_TERMS },
		{ "checks of counters", e->num_rises, TCAM_MAX_RISES },
		{ "key parts", e->num_parts, TCAM_MAX_PARTS },
		{ "actions", e->num_actions, TCAM_MAX_ACTIONS },
	};

	for (size_t i = 0; i < ARRAY_SIZE(sums); i++)
		tm_fits(e->tm, NULL, sums[i].what, sums[i].needed,
			sums[i].available);
}

static void assemble(const struct emit *e, struct tcam_header *hdr,
		     struct buffer *blob)
{
	const struct tm_machine *tm = e->tm;
	const struct buffer *arrays[] = { &e->visits, &e->areas, &e->terms,
					  &e->rises, &e->states, &e->parts,
					  &e->entries, &e->actions };
	size_t start = blob->size;

	buffer_add(blob, hdr, sizeof(*hdr));
	add_outputs(tm->parser, blob);
	add_counters(tm->parser, blob);
	add_repeats(tm, blob);
	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		if (arrays[i]->size)
			buffer_add(blob, arrays[i]->data, arrays[i]->size);
	hdr->size = cpu_to_le32(blob->size - start);
	memcpy(blob->data + start, hdr, sizeof(*hdr));
}

static void emit_all(struct emit *e, struct buffer *blob)
{
	const struct tm_machine *tm = e->tm;
	const struct parser *parser = tm->parser;
	struct tcam_header hdr = {
		.magic = cpu_to_le32(TCAM_MAGIC),
		.version = cpu_to_le32(TCAM_VERSION),
		.max_bytes = cpu_to_le32(parser->max_bytes),
		.max_nodes = cpu_to_le32(parser->max_nodes),
		.max_encaps = cpu_to_le32(parser->max_encaps),
		.start = cpu_to_le32(e->place[tm->start.target.index]),
		.start_action = cpu_to_le32(emit_ops(e, tm->start.ops)),
		.start_actions = cpu_to_le32(tm->ops[tm->start.ops].num),
	};

	emit_visits(e);
	emit_areas(e);
	for (uint32_t i = 0; i < e->num_ordered && !tm->failed; i++)
		emit_state(e, &tm->states[e->order[i]]);
	if (!tm->failed)
		check_sums(e);
	if (tm->failed)
		return;
	hdr.num_outputs = cpu_to_le32(parser->num_outputs);
	hdr.num_counters = cpu_to_le32(parser->num_counters);
	hdr.num_repeats = cpu_to_le32(tm->num_repeats);
	hdr.num_visits = cpu_to_le32(tm->num_visits);
	hdr.num_areas = cpu_to_le32(tm->num_areas);
	hdr.num_terms = cpu_to_le32(e->num_terms);
	hdr.num_rises = cpu_to_le32(e->num_rises);
	hdr.num_states = cpu_to_le32(e->num_ordered);
	hdr.num_parts = cpu_to_le32(e->num_parts);
	hdr.num_entries = cpu_to_le32(e->num_entries);
	hdr.num_actions = cpu_to_le32(e->num_actions);
	assemble(e, &hdr, blob);
}

bool tm_emit(struct tm_machine *tm, struct buffer *blob)
{
	struct emit e = { .tm = tm };
	struct buffer *arrays[] = { &e.visits, &e.areas, &e.terms, &e.rises,
				    &e.states, &e.parts, &e.entries,
				    &e.actions };

	e.first_action = xcalloc(tm->num_ops, sizeof(*e.first_action));
	memset(e.first_action, 0xff, tm->num_ops * sizeof(*e.first_action));
	order_states(&e);
	emit_all(&e, blob);
	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++)
		buffer_free(arrays[i]);
	free(e.first_action);
	free(e.order);
	free(e.place);
	return !tm->failed;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* States and their entries, of one step of the parser after the other. */
#include <stdlib.h>
#include <string.h>

#include "tcam_lower.h"

/* What an entry does when it matches */
struct deed {
	struct target	target;		/* a verdict, or a state as TARGET_NODE */
	bool		advance;
	uint32_t	skip;
	const struct node_plan *plan;	/* perform its actions; or NULL */
};

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void emit_entry(struct lowering *l, u128 value, u128 mask,
		       const struct deed *deed)
{
	bool stop = deed->target.type == TARGET_STOP;
	struct tcam_entry entry = {
		.value = tcam_value(value), .mask = tcam_value(mask),
		.flags = cpu_to_le16(stop ? TCAM_ENTRY_STOP :
				     deed->advance ? TCAM_ENTRY_ADVANCE : 0),
		.target = cpu_to_le16(deed->target.index),
		.skip = cpu_to_le16(deed->skip),
	};

	if (deed->plan) {
		entry.first_action = cpu_to_le16(deed->plan->first_action);
		entry.num_actions = cpu_to_le16(deed->plan->num_actions);
	}
	buffer_add(&l->entries, &entry, sizeof(entry));
	l->num_entries++;
}

static void emit_default(struct lowering *l, struct target target)
{
	emit_entry(l, 0, 0, &(struct deed){ .target = target });
}

static struct target to_state(uint32_t state)
{
	return (struct target){ .type = TARGET_NODE, .index = state };
}

/* A resolved target of a step, as a state */
static struct target state_of(const struct lowering *l, struct target target)
{
	return target.type == TARGET_STOP ? target :
	       to_state(l->first_state[target.index]);
}

static struct target resolve(const struct lowering *l, uint32_t step,
			     struct target target)
{
	return state_of(l, lowered_target(l->low, step, target));
}

/* ---- one state ------------------------------------------------------------- */

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

static struct tcam_state new_state(const struct lowering *l, uint32_t step,
				   enum tcam_state_type type)
{
	char *name = lowered_name(l->low, step);
	struct tcam_state state = {
		.type = cpu_to_le16(type),
		.repeat = cpu_to_le16(TCAM_NO_REPEAT),
	};

	set_name(state.name, name);
	free(name);
	return state;
}

/* Before its entries; emit_state() comes behind them */
static void start_state(struct lowering *l, struct tcam_state *state,
			const struct node *node, const struct key *key)
{
	tcam_fits(l, node, "bits of lookup key", key->bits,
		  smaller(l->device->key_bits, TCAM_MAX_KEY_BITS));
	tcam_fits(l, node, "parts of a lookup key", key->num,
		  smaller(l->device->key_parts, TCAM_STATE_PARTS));
	state->first_part = cpu_to_le16(l->num_parts);
	state->num_parts = cpu_to_le16(key->num);
	state->first_entry = cpu_to_le16(l->num_entries);
	for (uint32_t i = 0; i < smaller(key->num, TCAM_STATE_PARTS); i++) {
		struct tcam_part part = {
			.offset = cpu_to_le32(key->parts[i].offset),
			.bits = cpu_to_le16(key->parts[i].bits),
			.type = cpu_to_le16(key->parts[i].type),
		};

		buffer_add(&l->parts, &part, sizeof(part));
		l->num_parts++;
	}
}

static void emit_state(struct lowering *l, struct tcam_state *state)
{
	state->num_entries = cpu_to_le16(l->num_entries -
					 le16_to_cpu(state->first_entry));
	buffer_add(&l->states, state, sizeof(*state));
}

/* ---- lookups --------------------------------------------------------------- */

/* @shift: bits of the key below those of the lookup */
static void emit_range(struct lowering *l, const struct entry *entry,
		       uint32_t bits, uint32_t shift, const struct deed *deed)
{
	struct prefix_set set;

	range_prefixes(entry->key, entry->mask, bits, &set);
	for (uint32_t i = 0; i < set.num; i++)
		emit_entry(l, set.prefix[i].value << shift,
			   set.prefix[i].mask << shift, deed);
}

static void emit_lookup(struct lowering *l, uint32_t step,
			const struct lookup *lookup, uint32_t shift,
			struct deed deed)
{
	const struct map *map = lookup->map < 0 ? NULL :
				&l->parser->maps[lookup->map];

	for (uint32_t i = 0; map && i < map->num_exact; i++) {
		deed.target = resolve(l, step, map->exact[i].target);
		emit_entry(l, map->exact[i].key << shift,
			   mask_of(map->bits) << shift, &deed);
	}
	for (uint32_t i = 0; map && i < map->num_ternary; i++) {
		const struct entry *entry = &map->ternary[i];

		deed.target = resolve(l, step, entry->target);
		if (entry->range)
			emit_range(l, entry, map->bits, shift, &deed);
		else
			emit_entry(l, entry->key << shift, entry->mask << shift,
				   &deed);
	}
	deed.target = resolve(l, step, lookup->otherwise);
	emit_entry(l, 0, 0, &deed);
}

static uint32_t lookup_bits(const struct lowering *l,
			    const struct lookup *lookup)
{
	return lookup->map < 0 ? 0 : l->parser->maps[lookup->map].bits;
}

/* ---- a node's visit -------------------------------------------------------- */

/* The state in which @leaf is the first; behind the last leaf: the last state */
static uint32_t leaf_state(const struct lowering *l, uint32_t step,
			   uint32_t leaf)
{
	const struct node_plan *plan = &l->nodes[l->low->steps[step].node];
	uint32_t i = 0;

	while (i + 1 < plan->num_stages && plan->stages[i].first_leaf < leaf)
		i++;
	return l->first_state[step] + i;
}

static void emit_leaf(struct lowering *l, uint32_t step,
		      const struct leaf *leaf, const struct key *key,
		      bool jump, struct target target)
{
	const struct node *node =
		&l->parser->nodes[l->low->steps[step].node];
	const struct field *field = &node->fields[leaf->cond->field];
	struct deed deed = { .target = target };
	struct prefix_set set;
	uint32_t shift;

	tcam_key_find(key, field, &shift);
	cond_prefixes(leaf->cond, field->bits, jump == leaf->jump_if, &set);
	for (uint32_t i = 0; i < set.num; i++)
		emit_entry(l, set.prefix[i].value << shift,
			   set.prefix[i].mask << shift, &deed);
}

static struct target jump_target(const struct lowering *l, uint32_t step,
				 const struct leaf *leaf)
{
	return leaf->jump.type == TARGET_STOP ? leaf->jump :
	       to_state(leaf_state(l, step, leaf->jump.index));
}

static void emit_leaves(struct lowering *l, uint32_t step,
			const struct stage *stage, const struct key *key,
			uint32_t next)
{
	const struct node_plan *plan = &l->nodes[l->low->steps[step].node];

	for (uint32_t i = stage->first_leaf; i < stage->end_leaf; i++) {
		const struct leaf *leaf = &plan->leaves[i];
		struct target jump = jump_target(l, step, leaf);

		if (stage->positive && i + 1 == stage->end_leaf) {
			emit_leaf(l, step, leaf, key, false, to_state(next));
			emit_default(l, jump);
			return;
		}
		emit_leaf(l, step, leaf, key, true, jump);
	}
	if (!stage->last)
		emit_default(l, to_state(next));
}

static void emit_last(struct lowering *l, uint32_t step, const struct key *key)
{
	const struct step *s = &l->low->steps[step];
	const struct node *node = &l->parser->nodes[s->node];
	struct deed deed = { .plan = &l->nodes[s->node],
			     .advance = !node->overlay };

	if (!node->num_parts) {
		emit_lookup(l, step, &node->next,
			    key->bits - lookup_bits(l, &node->next), deed);
		return;
	}
	deed.advance = false;
	deed.target = to_state(l->first_state[s->after]);
	emit_entry(l, 0, 0, &deed);
}

static void emit_visit(struct lowering *l, uint32_t step)
{
	const struct step *s = &l->low->steps[step];
	const struct node *node = &l->parser->nodes[s->node];
	const struct node_plan *plan = &l->nodes[s->node];
	struct tcam_state state = new_state(l, step, TCAM_STATE_VISIT);

	state.flags = cpu_to_le16((node->counted ? TCAM_STATE_COUNTED : 0) |
				  (node->encap ? TCAM_STATE_ENCAP : 0) |
				  (node->rest ? TCAM_STATE_REST : 0));
	state.depth = cpu_to_le16(s->depth);
	state.repeat = cpu_to_le16(plan->repeat);
	state.need = cpu_to_le32(node->min_length);
	state.least = cpu_to_le32(tcam_least(node));
	tcam_emit_length(l, node, &node->length, &state);
	tcam_emit_rises(l, node, &state);
	for (uint32_t i = 0; i < plan->num_stages; i++) {
		const struct stage *stage = &plan->stages[i];
		struct key key = tcam_stage_key(l->parser, s->node, plan, stage);

		start_state(l, &state, node, &key);
		emit_leaves(l, step, stage, &key, l->first_state[step] + i + 1);
		if (stage->last)
			emit_last(l, step, &key);
		emit_state(l, &state);
		/* the states behind it hold: they neither count nor measure */
		state.type = cpu_to_le16(TCAM_STATE_HOLD);
		state.flags = 0;
		state.repeat = cpu_to_le16(TCAM_NO_REPEAT);
		state.length_add = 0;
		state.num_terms = 0;
		state.num_rises = 0;
	}
}

/* ---- parts ----------------------------------------------------------------- */

/* A state that holds at the node, or the owner, of @step */
static struct tcam_state hold_state(const struct lowering *l, uint32_t step,
				    enum tcam_state_type type)
{
	const struct step *s = &l->low->steps[step];
	const struct node *node = &l->parser->nodes[s->node];
	struct tcam_state state = new_state(l, step, type);

	state.depth = cpu_to_le16(s->depth - (s->type != STEP_NEXT));
	state.need = cpu_to_le32(node->min_length);
	state.least = cpu_to_le32(tcam_least(node));
	return state;
}

static enum tcam_from open_from(const struct node *node, uint32_t part)
{
	if (node->parts[part].has_start || !part)
		return TCAM_FROM_NODE;
	return node->parts[part - 1].type == PART_LOOP ? TCAM_FROM_END :
							 TCAM_FROM_BASE;
}

static void emit_open(struct lowering *l, uint32_t step)
{
	const struct step *s = &l->low->steps[step];
	const struct node *node = &l->parser->nodes[s->node];
	const struct part *part = &node->parts[s->part];
	struct tcam_state state = hold_state(l, step, TCAM_STATE_OPEN);
	enum tcam_from from = open_from(node, s->part);
	struct key key = {};

	state.from = cpu_to_le16(from);
	if (from == TCAM_FROM_NODE)
		state.start = cpu_to_le32(part->has_start ? part->start :
							    node->min_length);
	if (part->has_area) {
		state.flags = cpu_to_le16(TCAM_STATE_AREA);
		tcam_emit_length(l, node, &part->area, &state);
	}
	start_state(l, &state, node, &key);
	emit_default(l, to_state(l->first_state[s->after]));
	emit_state(l, &state);
}

static void emit_loop(struct lowering *l, uint32_t step)
{
	const struct step *s = &l->low->steps[step];
	const struct node *node = &l->parser->nodes[s->node];
	const struct part *part = &node->parts[s->part];
	struct tcam_state state = new_state(l, step, TCAM_STATE_LOOP);
	struct key key = {};

	state.depth = cpu_to_le16(s->depth);
	state.need = cpu_to_le32(part->need);
	state.max = cpu_to_le16(part->max);
	tcam_key_lookup(&key, l->parser, &part->next, part->fields);
	start_state(l, &state, node, &key);
	emit_default(l, to_state(l->first_state[s->after]));
	emit_default(l, resolve(l, step, part->exceeded));
	emit_lookup(l, step, &part->next, 0, (struct deed){});
	emit_state(l, &state);
}

static void emit_flag(struct lowering *l, uint32_t step)
{
	const struct step *s = &l->low->steps[step];
	const struct node *node = &l->parser->nodes[s->node];
	const struct flag *flag = &node->parts[s->part].flags[s->flag];
	const struct field *field = &node->fields[flag->field];
	struct tcam_state state = hold_state(l, step, TCAM_STATE_HOLD);
	struct target after = to_state(l->first_state[s->after]);
	struct deed deed = { .target = after, .skip = flag->size };
	struct key key = { .num = 1, .bits = field->bits };

	key.parts[0] = (struct key_part){ TCAM_PART_FIELD, field->offset,
					  field->bits };
	if (!flag->skip) {
		struct target element = { .index = flag->node };

		deed.target = resolve(l, step, element);
		deed.skip = 0;
	}
	start_state(l, &state, node, &key);
	emit_entry(l, flag->value, flag->mask, &deed);
	emit_default(l, after);
	emit_state(l, &state);
}

static void emit_next(struct lowering *l, uint32_t step)
{
	const struct node *node =
		&l->parser->nodes[l->low->steps[step].node];
	struct tcam_state state = hold_state(l, step, TCAM_STATE_HOLD);
	struct key key = {};

	tcam_key_lookup(&key, l->parser, &node->next, node->fields);
	start_state(l, &state, node, &key);
	emit_lookup(l, step, &node->next, 0,
		    (struct deed){ .advance = !node->overlay });
	emit_state(l, &state);
}

void tcam_emit_step(struct lowering *l, uint32_t step)
{
	switch (l->low->steps[step].type) {
	case STEP_VISIT:
		emit_visit(l, step);
		break;
	case STEP_OPEN:
		emit_open(l, step);
		break;
	case STEP_LOOP:
		emit_loop(l, step);
		break;
	case STEP_FLAG:
		emit_flag(l, step);
		break;
	case STEP_NEXT:
		emit_next(l, step);
		break;
	}
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Which TCAM states a node needs for its conditions.
 *
 * Conditions become a list of leaves, comparisons in the order in which they
 * are made; each goes on with the next one or jumps, forward only. So a tree of
 * ALL and ANY costs one leaf a comparison, never a product. A leaf becomes
 * entries for the values that jump. Neighbours share a state, and the last ones
 * the state of the lookup, as long as the key holds their fields and no jump
 * leads in between. Where far fewer values stay than jump, the entries are
 * those that stay, and the state ends there.
 */
#include <stdlib.h>

#include "tcam_lower.h"

/* A state of its own is worth so many entries */
#define STATE_COST	2

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* ---- leaves ---------------------------------------------------------------- */

static uint32_t count_leaves(const struct cond *cond)
{
	uint32_t num = 0;

	if (cond->type == COND_COMPARE)
		return 1;
	for (uint32_t i = 0; i < cond->num_args; i++)
		num += count_leaves(&cond->args[i]);
	return num;
}

/* @stays: the outcome of @cond that goes on with the next leaf, wherever it
 * leads by itself
 */
static void add_leaves(struct node_plan *plan, const struct cond *cond,
		       struct target holds, struct target fails, bool stays)
{
	bool all = cond->type == COND_ALL;

	if (cond->type == COND_COMPARE) {
		plan->leaves[plan->num_leaves++] = (struct leaf){
			.cond = cond, .jump_if = !stays,
			.jump = stays ? fails : holds,
		};
		return;
	}
	for (uint32_t i = 0; i + 1 < cond->num_args; i++) {
		struct target next = { .index = plan->num_leaves +
						count_leaves(&cond->args[i]) };

		add_leaves(plan, &cond->args[i], all ? next : holds,
			   all ? fails : next, all);
	}
	add_leaves(plan, &cond->args[cond->num_args - 1], holds, fails, stays);
}

static void make_leaves(struct node_plan *plan, const struct node *node)
{
	uint32_t num = 0;

	for (uint32_t i = 0; i < node->num_conds; i++)
		num += count_leaves(&node->conds[i]);
	plan->leaves = xcalloc(num, sizeof(*plan->leaves));
	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];
		struct target next = { .index = plan->num_leaves +
						count_leaves(cond) };
		struct target stop = { TARGET_STOP, cond->verdict };

		add_leaves(plan, cond, next, stop, true);
	}
}

/* Whether another leaf than the one before it leads to @index */
static bool is_entered(const struct node_plan *plan, uint32_t index)
{
	for (uint32_t i = 0; i < plan->num_leaves; i++)
		if (plan->leaves[i].jump.type == TARGET_NODE &&
		    plan->leaves[i].jump.index == index)
			return true;
	return false;
}

/* ---- keys ------------------------------------------------------------------ */

static void key_add(struct key *key, uint32_t type, uint32_t offset,
		    uint32_t bits)
{
	if (key->num < TCAM_STATE_PARTS + 1)
		key->parts[key->num++] = (struct key_part){ type, offset, bits };
	key->bits += bits;
}

void tcam_key_lookup(struct key *key, const struct parser *parser,
		     const struct lookup *lookup, const struct field *fields)
{
	if (lookup->map < 0)
		return;
	for (uint32_t i = 0; i < lookup->num_key; i++) {
		uint32_t index = lookup->key[i].index;

		if (lookup->key[i].type == OPERAND_INPUT)
			key_add(key, TCAM_PART_INPUT,
				__builtin_ctz(parser->inputs[index].bit), 1);
		else
			key_add(key, TCAM_PART_FIELD, fields[index].offset,
				fields[index].bits);
	}
}

bool tcam_key_find(const struct key *key, const struct field *field,
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

/* The key of one stage: the lookup on top, then the leaves' fields that are not
 * in it yet
 */
struct key tcam_stage_key(const struct parser *parser, uint32_t n,
			  const struct node_plan *plan,
			  const struct stage *stage)
{
	const struct node *node = &parser->nodes[n];
	struct key key = {};
	uint32_t shift;

	if (stage->last && !node->num_parts)
		tcam_key_lookup(&key, parser, &node->next, node->fields);
	for (uint32_t i = stage->first_leaf; i < stage->end_leaf; i++) {
		const struct field *field =
			&node->fields[plan->leaves[i].cond->field];

		if (!tcam_key_find(&key, field, &shift))
			key_add(&key, TCAM_PART_FIELD, field->offset,
				field->bits);
	}
	return key;
}

/* ---- stages ---------------------------------------------------------------- */

static bool stage_fits(const struct lowering *l, uint32_t node,
		       const struct stage *stage)
{
	struct key key = tcam_stage_key(l->parser, node, &l->nodes[node],
					stage);

	return key.bits <= smaller(l->device->key_bits, TCAM_MAX_KEY_BITS) &&
	       key.num <= smaller(l->device->key_parts, TCAM_STATE_PARTS);
}

static bool better_positive(const struct node *node, const struct leaf *leaf)
{
	uint32_t bits = node->fields[leaf->cond->field].bits;
	struct prefix_set stays, jumps;

	cond_prefixes(leaf->cond, bits, !leaf->jump_if, &stays);
	cond_prefixes(leaf->cond, bits, leaf->jump_if, &jumps);
	return jumps.num > stays.num + 1 + STATE_COST;
}

/* Ends the stage and starts the next one at @leaf */
static void cut(struct node_plan *plan, struct stage *stage, uint32_t leaf)
{
	plan->stages[plan->num_stages++] = *stage;
	*stage = (struct stage){ .first_leaf = leaf, .end_leaf = leaf };
}

void tcam_plan_node(struct lowering *l, uint32_t n)
{
	const struct node *node = &l->parser->nodes[n];
	struct node_plan *plan = &l->nodes[n];
	struct stage stage = {};

	make_leaves(plan, node);
	plan->stages = xcalloc(plan->num_leaves + 1, sizeof(*plan->stages));
	for (uint32_t i = 0; i < plan->num_leaves; i++) {
		stage.end_leaf = i + 1;
		if (stage.first_leaf < i &&
		    (is_entered(plan, i) || !stage_fits(l, n, &stage))) {
			stage.end_leaf = i;
			cut(plan, &stage, i);
			stage.end_leaf = i + 1;
		}
		if (better_positive(node, &plan->leaves[i])) {
			stage.positive = true;
			cut(plan, &stage, i + 1);
		}
	}
	stage.last = true;
	if (stage.first_leaf < stage.end_leaf &&
	    (is_entered(plan, plan->num_leaves) ||
	     !stage_fits(l, n, &stage))) {
		stage.last = false;
		cut(plan, &stage, stage.end_leaf);
		stage.last = true;
	}
	plan->stages[plan->num_stages++] = stage;
}

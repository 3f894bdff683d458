// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * From flat steps to the largest machine: a state for each decision that a node
 * makes. A node has one for its conditions, which ends in its actions, and one
 * for its lookup; a loop and a flag are one each. What a node asks for before it
 * decides, and where its parts are, is operations of the ways that lead there.
 */
#include <stdlib.h>
#include <string.h>

#include "cond_bdd.h"
#include "tm.h"

#define MAX_LENGTHS	256	/* of one node, if a target computes none */

struct build {
	struct tm_machine		*tm;
	const struct lowered	*low;
	uint32_t		*first;		/* state of each step */
};

static const struct node *node_of(const struct build *b, uint32_t step)
{
	return &b->tm->parser->nodes[b->low->steps[step].node];
}

/* ---- ways --------------------------------------------------------------------- */

/* Constant, and its bits can be told from the end */
static bool ends_at(const struct node *node)
{
	return !node->rest && !node->length.num_terms &&
	       8 * node->length.add < TCAM_MAX_OFFSET / 2;
}

static void add_op(struct tm_machine *tm, uint32_t *ops,
		   enum tcam_action_type type, uint32_t depth, uint32_t which)
{
	struct tm_op op = { .type = type, .depth = depth, .which = which };

	*ops = tm_concat(tm, *ops, tm_ops(tm, &op, 1));
}

/* A way of its own to advance: what comes behind can tell how far */
static void add_skip(struct tm_machine *tm, uint32_t *ops, uint32_t depth,
		     uint32_t bytes)
{
	struct tm_op op = { .type = TCAM_SKIP, .depth = depth, .value = bytes };

	*ops = tm_concat(tm, *ops, tm_ops(tm, &op, !!bytes));
}

/* Behind the end of a node: its bits are in front of base then */
static bool advances_before(const struct node *node)
{
	return !node->overlay && ends_at(node);
}

static struct tm_target to_state(uint32_t state)
{
	return (struct tm_target){ .index = state };
}

/* What leads to a step: adds to *@ops what it asks for */
static struct tm_target enter(const struct build *b, uint32_t step,
			      uint32_t *ops)
{
	const struct step *s = &b->low->steps[step];
	const struct node *node = node_of(b, step);
	struct tm_machine *tm = b->tm;

	while (s->type == STEP_OPEN) {
		add_op(tm, ops, TCAM_OPEN, s->depth - 1,
		       tm_area(tm, node, s->part));
		step = s->after;
		s = &b->low->steps[step];
	}
	if (s->type == STEP_VISIT)
		add_op(tm, ops, TCAM_VISIT, s->depth, tm_visit(tm, node));
	else if (s->type == STEP_NEXT && advances_before(node))
		add_skip(tm, ops, s->depth, node->length.add);
	return to_state(b->first[step]);
}

/* A target of a lookup of @step, behind @ops */
static struct tm_way way_to(const struct build *b, uint32_t step,
			    struct target target, uint32_t ops)
{
	struct tm_way way = { .guard = BDD_TRUE };

	target = lowered_target(b->low, step, target);
	if (target.type == TARGET_STOP) {
		way.target = (struct tm_target){ true, target.index };
		return way;
	}
	way.target = enter(b, target.index, &ops);
	way.ops = ops;
	return way;
}

static struct tm_way way_after(const struct build *b, uint32_t step,
			       uint32_t ops)
{
	struct tm_way way = { .guard = BDD_TRUE };

	way.target = enter(b, b->low->steps[step].after, &ops);
	way.ops = ops;
	return way;
}

static void add_way(const struct build *b, struct tm_state *state,
		    uint32_t guard, struct tm_way way)
{
	tm_add_way(b->tm, state, guard, way.ops, way.target);
}

/* ---- lookups ------------------------------------------------------------------ */

/* Bits of a header, whose first is at @behind bits from base */
struct header_vars {
	struct cond_vars	vars;
	int32_t			behind;
};

static uint32_t header_var(const struct cond_vars *vars, uint32_t bit)
{
	return TM_BIT(((const struct header_vars *)vars)->behind + bit);
}

static uint32_t key_vars(const struct build *b, const struct lookup *lookup,
			 const struct field *fields, int32_t behind,
			 uint32_t vars[MAX_KEY_BITS])
{
	uint32_t bits = 0;

	for (uint32_t i = 0; i < lookup->num_key; i++) {
		uint32_t index = lookup->key[i].index;

		if (lookup->key[i].type == OPERAND_INPUT) {
			uint32_t bit = b->tm->parser->inputs[index].bit;

			vars[bits++] = TM_INPUT(__builtin_ctz(bit));
			continue;
		}
		for (uint32_t k = 0; k < fields[index].bits; k++)
			vars[bits++] = TM_BIT(behind + fields[index].offset + k);
	}
	return bits;
}

/* Adds a way for what is @left and matches; takes it from there */
static void add_match(const struct build *b, struct tm_state *state,
		      uint32_t *left, uint32_t match, struct tm_way way)
{
	struct bdd *bdd = b->tm->bdd;

	add_way(b, state, bdd_and(bdd, match, *left), way);
	*left = bdd_and(bdd, bdd_not(bdd, match), *left);
}

/* @ops: of all ways; @fields start @behind bits from base */
static void add_lookup(const struct build *b, uint32_t step,
		       struct tm_state *state, const struct lookup *lookup,
		       const struct field *fields, int32_t behind, uint32_t ops)
{
	const struct map *map = lookup->map < 0 ? NULL :
				&b->tm->parser->maps[lookup->map];
	uint32_t vars[MAX_KEY_BITS], bits = 0, left = BDD_TRUE;
	struct bdd *bdd = b->tm->bdd;

	if (map)
		bits = key_vars(b, lookup, fields, behind, vars);
	for (uint32_t i = 0; map && i < map->num_exact; i++) {
		const struct entry *e = &map->exact[i];

		add_match(b, state, &left,
			  bdd_masked(bdd, vars, bits, e->key, e->mask),
			  way_to(b, step, e->target, ops));
	}
	for (uint32_t i = 0; map && i < map->num_ternary; i++) {
		const struct entry *e = &map->ternary[i];

		add_match(b, state, &left, e->range ?
			  range_bdd(bdd, vars, bits, e->key, e->mask) :
			  bdd_masked(bdd, vars, bits, e->key, e->mask),
			  way_to(b, step, e->target, ops));
	}
	add_way(b, state, left, way_to(b, step, lookup->otherwise, ops));
}

/* ---- states -------------------------------------------------------------------- */

static void build_next(const struct build *b, uint32_t step,
		       struct tm_state *state)
{
	const struct node *node = node_of(b, step);
	bool before = advances_before(node);
	uint32_t ops = 0;

	if (!before && !node->overlay)
		add_op(b->tm, &ops, TCAM_ADVANCE, state->depth, 0);
	add_lookup(b, step, state, &node->next, node->fields,
		   before ? -8 * node->length.add : 0, ops);
}

/* ---- targets that do not compute lengths ---------------------------------------- */

struct known_length {		/* of a node, and when it has it */
	int64_t		bytes;
	uint32_t	guard;
};

struct known_lengths {
	struct known_length	length[MAX_LENGTHS];
	uint32_t		num;
	bool			full;
};

static void add_length(struct bdd *bdd, struct known_lengths *k, int64_t bytes,
		       uint32_t guard)
{
	uint32_t i = 0;

	while (i < k->num && k->length[i].bytes != bytes)
		i++;
	if (i == MAX_LENGTHS) {
		k->full = true;
		return;
	}
	if (i == k->num)
		k->length[k->num++] = (struct known_length){ bytes, BDD_FALSE };
	k->length[i].guard = bdd_or(bdd, k->length[i].guard, guard);
}

/* All values of its terms from the n-th on */
static void find_lengths(struct bdd *bdd, const struct node *node, uint32_t n,
			 int64_t bytes, uint32_t guard, struct known_lengths *k)
{
	const struct field *field;
	const struct term *term;
	uint32_t vars[MAX_KEY_BITS];

	if (n == node->length.num_terms) {
		add_length(bdd, k, bytes, guard);
		return;
	}
	term = &node->length.terms[n];
	field = &node->fields[term->field];
	for (uint32_t i = 0; i < field->bits; i++)
		vars[i] = TM_BIT(field->offset + i);
	for (uint64_t v = 0; v >> field->bits == 0 && !k->full; v++)
		find_lengths(bdd, node, n + 1, bytes + (int64_t)v * term->times,
			     bdd_and(bdd, guard, bdd_masked(bdd, vars,
							    field->bits, v,
							    ((u128)1 << field->bits) - 1)),
			     k);
}

/* Something at the node itself has to know its length */
static bool uses_length(const struct node *node, uint32_t depth)
{
	for (uint32_t i = 0; i < node->num_extracts; i++)
		if (node->extracts[i].type == EXTRACT_END ||
		    node->extracts[i].type == EXTRACT_LENGTH)
			return true;
	return depth || node->num_parts;
}

/* The ways behind a node of a length that is known, if @guard */
static void add_known(const struct build *b, uint32_t step,
		      struct tm_state *state, const struct tm_state *next,
		      const struct known_length *length, uint32_t guard)
{
	const struct node *node = node_of(b, step);
	struct tm_op set = { .type = TCAM_LENGTH, .depth = state->depth,
			     .value = length->bytes };
	uint32_t ops = tm_ops(b->tm, &set, uses_length(node, state->depth));

	ops = tm_concat(b->tm, ops, tm_actions(b->tm, node, state->depth));
	guard = bdd_and(b->tm->bdd, guard, length->guard);
	if (node->num_parts) {
		add_way(b, state, guard, way_after(b, step, ops));
		return;
	}
	for (uint32_t i = 0; i < next->num_ways; i++) {
		struct tm_way way = next->ways[i];
		uint32_t all = ops;

		if (!way.target.stop && !node->overlay)
			add_skip(b->tm, &all, state->depth, length->bytes);
		way.ops = tm_concat(b->tm, all, way.ops);
		add_way(b, state, bdd_and(b->tm->bdd, guard, way.guard), way);
	}
}

/* Conditions, length and lookup in one: @pass is where conditions hold */
static void build_lengths(const struct build *b, uint32_t step,
			  struct tm_state *state, uint32_t pass)
{
	const struct node *node = node_of(b, step);
	struct known_lengths *k = xcalloc(1, sizeof(*k));
	struct tm_state old = *state, next = { .depth = state->depth };
	struct tm_way bad = { .target = { true, PARSE_BAD_LENGTH } };
	struct bdd *bdd = b->tm->bdd;
	uint32_t right = BDD_FALSE;

	find_lengths(bdd, node, 0, node->length.add, BDD_TRUE, k);
	tm_fits(b->tm, node, "different lengths", k->full ? MAX_LENGTHS + 1 : 0,
		MAX_LENGTHS);
	for (uint32_t i = 0; i < k->num; i++)
		if (k->length[i].bytes >= node->min_length)
			right = bdd_or(bdd, right, k->length[i].guard);
	if (!node->num_parts)
		add_lookup(b, step, &next, &node->next, node->fields, 0, 0);
	state->ways = NULL;
	state->num_ways = 0;
	add_way(b, state, bdd_not(bdd, right), bad);
	for (uint32_t i = 0; i < old.num_ways; i++)	/* those that fail */
		add_way(b, state, bdd_and(bdd, right, old.ways[i].guard),
			old.ways[i]);
	for (uint32_t i = 0; i < k->num; i++)
		if (k->length[i].bytes >= node->min_length)
			add_known(b, step, state, &next, &k->length[i], pass);
	free(old.ways);
	free(next.ways);
	free(k);
}

static void build_visit(const struct build *b, uint32_t step,
			struct tm_state *state)
{
	const struct node *node = node_of(b, step);
	const struct header_vars vars = { .vars.var = header_var };
	uint32_t ops = tm_actions(b->tm, node, state->depth), left = BDD_TRUE;
	struct bdd *bdd = b->tm->bdd;
	struct tm_way way = { .ops = ops };

	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];
		uint32_t holds = cond_bdd(bdd, cond, node->fields, &vars.vars);
		struct tm_way fails = { .target = { true, cond->verdict } };

		add_match(b, state, &left, bdd_not(bdd, holds), fails);
	}
	if (node->length.num_terms && !b->tm->device->length_terms) {
		build_lengths(b, step, state, left);
		return;
	}
	if (node->num_parts) {
		way = way_after(b, step, ops);
	} else {
		if (advances_before(node))
			add_skip(b->tm, &way.ops, state->depth,
				 node->length.add);
		way.target = to_state(b->first[step] + 1);
	}
	add_way(b, state, left, way);
}

static void build_loop(const struct build *b, uint32_t step,
		       struct tm_state *state)
{
	const struct part *part =
		&node_of(b, step)->parts[b->low->steps[step].part];

	state->loop = true;
	state->need = part->need;
	state->max = part->max;
	state->end = way_after(b, step, 0);
	state->exceeded = way_to(b, step, part->exceeded, 0);
	add_lookup(b, step, state, &part->next, part->fields, 0, 0);
}

static void build_flag(const struct build *b, uint32_t step,
		       struct tm_state *state)
{
	const struct node *node = node_of(b, step);
	const struct step *s = &b->low->steps[step];
	const struct flag *flag = &node->parts[s->part].flags[s->flag];
	const struct cond is_set = {
		.type = COND_COMPARE, .field = flag->field,
		.op = COMPARE_EQ, .mask = flag->mask, .value = flag->value,
	};
	const struct header_vars vars = { .vars.var = header_var };
	uint32_t set = cond_bdd(b->tm->bdd, &is_set, node->fields, &vars.vars);
	uint32_t left = BDD_TRUE;
	struct tm_way way;

	if (flag->skip) {
		uint32_t ops = 0;

		add_skip(b->tm, &ops, s->depth, flag->size);
		way = way_after(b, step, ops);
	} else {
		way = way_to(b, step, (struct target){ .index = flag->node }, 0);
	}
	add_match(b, state, &left, set, way);
	add_way(b, state, left, way_after(b, step, 0));
}

/* ---- the whole ------------------------------------------------------------------- */

static uint32_t add_state(const struct build *b, uint32_t step,
			  const char *suffix, uint32_t depth)
{
	char *name = lowered_name(b->low, step);
	struct tm_state state = {
		.name = xasprintf("%s%s", name, suffix), .depth = depth,
		.why = TCAM_WHY_SHARED,
	};

	free(name);
	return tm_add_state(b->tm, &state);
}

/* All states come first, so that ways can name them; a node's lookup comes
 * behind its conditions
 */
static void add_states(struct build *b)
{
	b->first = xcalloc(b->low->num_steps, sizeof(*b->first));
	for (uint32_t i = 0; i < b->low->num_steps; i++) {
		const struct step *step = &b->low->steps[i];

		if (step->type == STEP_OPEN)
			continue;
		b->first[i] = add_state(b, i, "", step->depth -
					(step->type == STEP_FLAG));
		if (step->type == STEP_VISIT && !node_of(b, i)->num_parts)
			add_state(b, i, ".next", step->depth);
	}
}

static void build_step(const struct build *b, uint32_t step)
{
	struct tm_state *state = &b->tm->states[b->first[step]];

	switch (b->low->steps[step].type) {
	case STEP_VISIT:
		build_visit(b, step, state);
		if (!node_of(b, step)->num_parts)
			build_next(b, step, state + 1);
		break;
	case STEP_OPEN:
		break;
	case STEP_LOOP:
		build_loop(b, step, state);
		break;
	case STEP_FLAG:
		build_flag(b, step, state);
		break;
	case STEP_NEXT:
		build_next(b, step, state);
		break;
	}
}

static void add_repeats(struct tm_machine *tm)
{
	const struct parser *parser = tm->parser;

	tm->repeats = xcalloc(parser->num_nodes, sizeof(*tm->repeats));
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].repeat)
			tm->repeats[tm->num_repeats++] = parser->nodes[i].repeat;
}

/**
 * tm_build() - the machine that a parser is
 * @path: of its file, for diagnostics
 * @parser: checked by parser_check(); has to live as long as the machine
 * @device: what it is for; too
 * @low: its steps
 *
 * Return: to be freed with tm_free(); NULL after a diagnostic.
 */
struct tm_machine *tm_build(const char *path, const struct parser *parser,
			    const struct device *device, const struct lowered *low)
{
	struct build b = { .tm = tm_new(path, parser, device), .low = low };

	for (uint32_t i = 0; i < parser->num_nodes; i++)
		tm_check_node(b.tm, &parser->nodes[i]);
	add_repeats(b.tm);
	add_states(&b);
	for (uint32_t i = 0; i < low->num_steps; i++)
		build_step(&b, i);
	b.tm->start.guard = BDD_TRUE;
	b.tm->start.target = enter(&b, lowered_root(low), &b.tm->start.ops);
	free(b.first);
	if (!b.tm->failed)
		return b.tm;
	tm_free(b.tm);
	return NULL;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A parser as flat steps. A context is a place where nodes can be: 0 are the
 * ordinary nodes; each LOOP, and each FLAG with an element, has its own. In a
 * context it is known where AGAIN and DONE lead, and each node has its steps.
 */
#include <stdlib.h>
#include <string.h>

#include "lower.h"

#define NO_STEP	UINT32_MAX

struct context {
	uint32_t	depth;
	uint32_t	parent;		/* the LOOP or FLAG; not of context 0 */
	uint32_t	again, done;	/* steps */
	uint32_t	visits[MAX_NODES];	/* first step by node */
};

/* Every node that a context is entered at, and all that they go on to */
static void reach(const struct parser *parser, const struct lookup *entry,
		  bool reached[MAX_NODES])
{
	struct target to;

	for (uint32_t n = 0; lookup_target(parser, entry, n, &to); n++) {
		if (to.type != TARGET_NODE || reached[to.index])
			continue;
		reached[to.index] = true;
		reach(parser, &parser->nodes[to.index].next, reached);
	}
}

static struct step *add_step(struct lowered *low, enum step_type type,
			     uint32_t node, uint32_t context)
{
	struct step *step = &low->steps[low->num_steps++];

	*step = (struct step){
		.type = type, .node = node, .context = context,
		.depth = low->contexts[context].depth,
		.after = low->num_steps,
	};
	return step;
}

/* The context of the elements of the LOOP or FLAG that was just added */
static void add_context(struct lowered *low, struct step *step, uint32_t again,
			uint32_t done)
{
	low->contexts = xrealloc(low->contexts, (low->num_contexts + 1) *
				 sizeof(*low->contexts));
	low->contexts[low->num_contexts] = (struct context){
		.depth = step->depth, .parent = step - low->steps,
		.again = again, .done = done,
	};
	step->inner = low->num_contexts++;
}

static void add_part(struct lowered *low, uint32_t node, uint32_t context,
		     uint32_t index)
{
	const struct part *part = &low->parser->nodes[node].parts[index];
	bool loop = part->type == PART_LOOP;
	/* A sub-parser: what comes behind its one element is known */
	bool once = loop && part->max == 1 && part->exceeded.type == TARGET_DONE;
	uint32_t first = low->num_steps, num = loop ? 1 : part->num_flags;
	uint32_t done = first + 1 + num;

	for (uint32_t i = 0; i <= num; i++) {
		struct step *step = add_step(low, !i ? STEP_OPEN :
					     loop ? STEP_LOOP : STEP_FLAG,
					     node, context);

		step->part = index;
		step->depth++;
		if (step->type == STEP_LOOP)
			add_context(low, step, once ? done : first + 1, done);
		if (step->type != STEP_FLAG)
			continue;
		step->flag = i - 1;
		if (!part->flags[i - 1].skip)
			add_context(low, step, step->after, done);
	}
}

static uint32_t steps_of(const struct node *node)
{
	uint32_t num = 1 + !!node->num_parts;

	for (uint32_t i = 0; i < node->num_parts; i++)
		num += 1 + (node->parts[i].type == PART_LOOP ? 1 :
			    node->parts[i].num_flags);
	return num;
}

static bool add_node(struct lowered *low, uint32_t index, uint32_t context)
{
	const struct node *node = &low->parser->nodes[index];

	if (low->num_steps + steps_of(node) > MAX_STEPS)
		return false;
	low->contexts[context].visits[index] = low->num_steps;
	add_step(low, STEP_VISIT, index, context);
	for (uint32_t i = 0; i < node->num_parts; i++)
		add_part(low, index, context, i);
	if (node->num_parts)
		add_step(low, STEP_NEXT, index, context);
	return true;
}

/* Contexts that come about on the way are filled later */
static bool fill_context(struct lowered *low, uint32_t context)
{
	const struct parser *parser = low->parser;
	bool reached[MAX_NODES] = {};
	struct lookup entry = {
		.map = -1, .otherwise = { .index = parser->root },
	};

	if (context) {
		const struct step *step =
			&low->steps[low->contexts[context].parent];
		const struct part *part =
			&parser->nodes[step->node].parts[step->part];

		if (step->type == STEP_LOOP)
			entry = part->next;
		else
			entry.otherwise.index = part->flags[step->flag].node;
	}
	reach(parser, &entry, reached);
	for (uint32_t i = 0; i < parser->num_nodes; i++) {
		low->contexts[context].visits[i] = NO_STEP;
		if (reached[i] && !add_node(low, i, context))
			return false;
	}
	return true;
}

/**
 * lower() - make a parser flat
 * @path: of its file, for the diagnostic
 * @parser: checked by parser_check()
 *
 * Return: to be freed with lowered_free(); NULL after a diagnostic.
 */
struct lowered *lower(const char *path, const struct parser *parser)
{
	struct lowered *low = xcalloc(1, sizeof(*low));

	low->parser = parser;
	low->steps = xcalloc(MAX_STEPS, sizeof(*low->steps));
	low->contexts = xcalloc(1, sizeof(*low->contexts));
	low->num_contexts = 1;
	for (uint32_t i = 0; i < low->num_contexts; i++) {
		if (fill_context(low, i))
			continue;
		diag_error(parser->file ? parser->file : path, parser->line,
			   parser->name,
			   "parser %s has more than %d steps: the elements of parts are copied for every part and flag that leads to them; name them in fewer",
			   parser->name, MAX_STEPS);
		lowered_free(low);
		return NULL;
	}
	for (uint32_t i = 0; i < low->num_steps; i++)
		if (low->steps[i].depth >= low->depth)
			low->depth = low->steps[i].depth + 1;
	return low;
}

void lowered_free(struct lowered *low)
{
	if (!low)
		return;
	free(low->steps);
	free(low->contexts);
	free(low);
}

uint32_t lowered_root(const struct lowered *low)
{
	return low->contexts[0].visits[low->parser->root];
}

uint32_t lowered_parent(const struct lowered *low, uint32_t step)
{
	return low->contexts[low->steps[step].context].parent;
}

struct target lowered_target(const struct lowered *low, uint32_t step,
			     struct target target)
{
	const struct step *s = &low->steps[step];
	bool head = s->type == STEP_LOOP || s->type == STEP_FLAG;
	const struct context *context =
		&low->contexts[head ? s->inner : s->context];
	struct target to = { .type = TARGET_NODE };

	switch (target.type) {
	case TARGET_STOP:
		return target;
	case TARGET_NODE:
		to.index = context->visits[target.index];
		break;
	case TARGET_AGAIN:
		to.index = context->again;
		break;
	case TARGET_DONE:
		to.index = context->done;
		break;
	}
	return to;
}

const struct lookup *lowered_lookup(const struct lowered *low, uint32_t step)
{
	const struct step *s = &low->steps[step];
	const struct node *node = &low->parser->nodes[s->node];

	if (s->type == STEP_LOOP)
		return &node->parts[s->part].next;
	if (s->type == STEP_NEXT || (s->type == STEP_VISIT && !node->num_parts))
		return &node->next;
	return NULL;
}

static bool flag_edge(const struct lowered *low, uint32_t step, uint32_t n,
		      struct target *to)
{
	const struct step *s = &low->steps[step];
	const struct flag *flag =
		&low->parser->nodes[s->node].parts[s->part].flags[s->flag];

	if (flag->skip || n)
		return false;
	*to = (struct target){ .index = flag->node };
	*to = lowered_target(low, step, *to);
	return true;
}

bool lowered_edge(const struct lowered *low, uint32_t step, uint32_t n,
		  struct target *to)
{
	const struct lookup *lookup = lowered_lookup(low, step);
	const struct step *s = &low->steps[step];

	if (!lookup || s->type == STEP_LOOP) {
		*to = (struct target){ .index = s->after };
		if (!n--)
			return true;
	}
	if (s->type == STEP_FLAG)
		return flag_edge(low, step, n, to);
	if (s->type == STEP_LOOP) {
		*to = low->parser->nodes[s->node].parts[s->part].exceeded;
		*to = lowered_target(low, step, *to);
		if (!n--)
			return true;
	}
	if (!lookup || !lookup_target(low->parser, lookup, n, to))
		return false;
	*to = lowered_target(low, step, *to);
	return true;
}

char *lowered_name(const struct lowered *low, uint32_t step)
{
	const struct step *s = &low->steps[step];
	const char *node = low->parser->nodes[s->node].name;
	char *outer = NULL, *owner, *name;

	if (s->context)
		outer = lowered_name(low, low->contexts[s->context].parent);
	owner = outer ? xasprintf("%s.%s", outer, node) : xstrdup(node);
	free(outer);
	switch (s->type) {
	case STEP_VISIT:
		return owner;
	case STEP_OPEN:
		name = xasprintf("%s.open%u", owner, s->part);
		break;
	case STEP_LOOP:
		name = xasprintf("%s.loop%u", owner, s->part);
		break;
	case STEP_FLAG:
		name = xasprintf("%s.flag%u_%u", owner, s->part, s->flag);
		break;
	default:
		name = xasprintf("%s.next", owner);
		break;
	}
	free(owner);
	return name;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The visit of one node; the order is that of "Meaning of a visit" in oc.h. */
#include <stdlib.h>

#include "bpf.h"

/*
 * Would a counter pass its maximum? By two in one visit at most: a node acts on
 * it once before and once behind its extracts.
 */
static void counter_limits(struct bpf_gen *gen, const struct node *node)
{
	const struct parser *parser = gen->parser;
	uint32_t i, k, more[MAX_COUNTERS] = {};
	bool known[MAX_COUNTERS];	/* the counter is more[], not plus it */

	for (i = 0; i < parser->num_counters; i++)
		known[i] = node->encap && parser->counters[i].encap_resets;
	for (i = 0; i < node->num_actions; i++) {
		const struct action *action = &node->actions[i];
		const struct counter *counter;

		k = action->counter;
		counter = &parser->counters[k];
		known[k] |= action->reset;
		more[k] = action->reset ? 0 : more[k] + 1;
		if (counter->saturate || action->reset)
			continue;
		if (!known[k])
			buffer_printf(gen->c, "\tif (S.counter_%s + %u > %u)\n\t\tgoto stop_limit_counter;\n",
				      counter->name, more[k], counter->max);
		else if (more[k] > counter->max)
			buffer_printf(gen->c, "\tgoto stop_limit_counter;\n");
	}
}

static void reset_counters(struct bpf_gen *gen)
{
	uint32_t i;

	for (i = 0; i < gen->parser->num_counters; i++)
		if (gen->parser->counters[i].encap_resets &&
		    bpf_counter_matters(gen, i))
			buffer_printf(gen->c, "\tCLEAR(counter_%s);\n",
				      gen->parser->counters[i].name);
}

/* An uncounted node that may come first has no window yet: NO_WINDOW */
static void limits(struct bpf_gen *gen, const struct node *node, bool first,
		   bool later)
{
	const struct parser *parser = gen->parser;
	struct buffer *c = gen->c;

	if (node->encap)
		buffer_printf(c, "\tif (S.encaps >= %u)\n\t\tgoto stop_limit_encaps;\n",
			      parser->max_encaps);
	if (node->counted)
		buffer_printf(c, "\tif (S.nodes >= %u)\n\t\tgoto stop_limit_nodes;\n",
			      parser->max_nodes);
	if (node->repeat)
		buffer_printf(c, "\tif (S.visits_%s >= %u)\n\t\tgoto stop_limit_repeat;\n"
			      "\tCOUNT(visits_%s);\n", node->name,
			      node->repeat, node->name);
	counter_limits(gen, node);
	if (node->encap)
		buffer_printf(c, "\tCOUNT(encaps);\n");
	if (node->counted)
		buffer_printf(c, "\tCOUNT(nodes);\n");
	if (node->encap)
		reset_counters(gen);
	if (node->counted && first)
		buffer_printf(c, "%s\tSET(window, off + %u);\n",
			      later ? "\tif (S.window == NO_WINDOW)\n\t" : "",
			      parser->max_bytes);
}

/* Bytes that are to be read at off. @seen: there may be a window */
void bpf_bytes(struct bpf_gen *gen, uint32_t step, uint32_t size, bool seen)
{
	uint32_t depth = gen->low->steps[step].depth;
	struct buffer *c = gen->c;

	if (depth)
		buffer_printf(c, "\tif (off + %u > GET(end%u))\n\t\tgoto stop_bad_length;\n",
			      size, depth);
	if (seen)
		buffer_printf(c, "\tif ((long long)(S.window - off) < %u)\n\t\tgoto stop_window;\n",
			      size);
	buffer_printf(c, "\tif (off > %u)\n\t\tgoto stop_truncated;\n",
		      65535 - size);
	if (size)
		buffer_printf(c, "\tHEADER(%u);\n", size);
	else
		buffer_printf(c, "\tNO_HEADER();\n");
}

static bool may_be_negative(const struct length *length)
{
	uint32_t i;

	for (i = 0; i < length->num_terms; i++)
		if (length->terms[i].times < 0)
			return true;
	return length->add < 0;
}

static void length(struct bpf_gen *gen, uint32_t step, const struct node *node)
{
	uint32_t depth = gen->low->steps[step].depth;
	char *expr;

	if (node->rest && depth)
		expr = xasprintf("GET(end%u) - off", depth);
	else if (node->rest)
		expr = xstrdup("FRAME_LENGTH - off");
	else
		expr = bpf_length(node, &node->length);
	buffer_printf(gen->c, "\tlen = %s;\n", expr);
	free(expr);
	if (node->rest)
		return;
	if (node->length.num_terms || node->length.add < (int)node->min_length)
		buffer_printf(gen->c,
			      "\tif (%slen < %u)\n\t\tgoto stop_bad_length;\n",
			      may_be_negative(&node->length) ? "(long long)" : "",
			      node->min_length);
	if (depth && (node->length.num_terms ||
		      node->length.add > (int)node->min_length))
		buffer_printf(gen->c, "\tif (off + len > GET(end%u))\n\t\tgoto stop_bad_length;\n",
			      depth);
}

static void actions(struct bpf_gen *gen, const struct node *node, bool before)
{
	uint32_t i;

	for (i = 0; i < node->num_actions; i++) {
		const struct action *action = &node->actions[i];
		const struct counter *counter =
			&gen->parser->counters[action->counter];

		if (action->before != before ||
		    !bpf_counter_matters(gen, action->counter))
			continue;
		buffer_printf(gen->c, "\t");
		if (!action->reset && counter->saturate)
			buffer_printf(gen->c, "if (S.counter_%s < %u)\n\t\t",
				      counter->name, counter->max);
		buffer_printf(gen->c, "%s(counter_%s);\n",
			      action->reset ? "CLEAR" : "COUNT", counter->name);
	}
}

/* Written negated: the parse ends if the condition does not hold */
static void condition(struct bpf_gen *gen, const struct node *node,
		      const struct cond *cond)
{
	char *expr = bpf_cond(node, cond);

	buffer_printf(gen->c, "\tif (!(%s))", expr);
	if (cond->type == COND_COMPARE)
		buffer_printf(gen->c, "\t/* %s */",
			      node->fields[cond->field].name);
	buffer_printf(gen->c, "\n\t\tgoto %s;\n",
		      bpf_stop_label(cond->verdict));
	free(expr);
}

/* The owner of parts keeps its place for them and for STEP_NEXT */
static void leave(struct bpf_gen *gen, uint32_t step, const struct node *node)
{
	const struct step *s = &gen->low->steps[step];

	if (node->num_parts) {
		buffer_printf(gen->c, "\tSET(base%u, off);\n\tSET(len%u, len);\n\t",
			      s->depth, s->depth);
		bpf_go_on(gen, step);
		return;
	}
	bpf_key_variable(gen, step);
	buffer_printf(gen->c, "\toff += %szero;\n", node->overlay ? "" : "len + ");
	bpf_lookup(gen, step);
}

void bpf_visit(struct bpf_gen *gen, uint32_t step)
{
	const struct node *node =
		&gen->parser->nodes[gen->low->steps[step].node];
	bool first = gen->first[step], later = gen->later[step];
	uint32_t i;

	limits(gen, node, first, later);
	bpf_bytes(gen, step, node->min_length, node->counted || later);
	length(gen, step, node);
	for (i = 0; i < node->num_conds; i++)
		condition(gen, node, &node->conds[i]);
	actions(gen, node, true);
	for (i = 0; i < node->num_extracts; i++)
		bpf_extract(gen, step, &node->extracts[i]);
	actions(gen, node, false);
	leave(gen, step, node);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The visit of one node; the order is that of "Meaning of a visit" in oc.h. */
#include <stdlib.h>

#include "bpf.h"

/* Ends the parse if the count, and @more, is above @limit */
static void limit(struct bpf_gen *gen, uint32_t slot, const char *name,
		  uint32_t more, uint32_t limit, enum parse_verdict verdict)
{
	char *count;

	if (!bpf_may_exceed(gen, slot, more, limit))
		return;
	count = bpf_count(gen, slot, name);
	buffer_printf(gen->c, "\tif (%s + %u > %u)\n\t\tgoto %s;\n", count,
		      more, limit, bpf_stop_label(verdict));
	free(count);
}

static const char *counter_name(const struct counter *counter)
{
	static char name[NETPROG_NAME_LEN + 16];

	snprintf(name, sizeof(name), "counter_%s", counter->name);
	return name;
}

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
			limit(gen, gen->counter_slot[k], counter_name(counter),
			      more[k], counter->max, PARSE_LIMIT_COUNTER);
		else if (more[k] > counter->max)
			buffer_printf(gen->c, "\tgoto stop_limit_counter;\n");
	}
}

static void reset_counters(struct bpf_gen *gen)
{
	const struct parser *parser = gen->parser;
	uint32_t i;

	for (i = 0; i < parser->num_counters; i++)
		if (parser->counters[i].encap_resets &&
		    gen->counter_slot[i] != NO_SLOT)
			bpf_count_clear(gen, gen->counter_slot[i],
					counter_name(&parser->counters[i]));
}

static void limits(struct bpf_gen *gen, uint32_t step)
{
	uint32_t n = gen->low->steps[step].node;
	const struct parser *parser = gen->parser;
	const struct node *node = &parser->nodes[n];
	char visits[NETPROG_NAME_LEN + 16];

	snprintf(visits, sizeof(visits), "visits_%s", node->name);
	if (node->encap)
		limit(gen, SLOT_ENCAPS, "encaps", 1, parser->max_encaps,
		      PARSE_LIMIT_ENCAPS);
	if (node->counted)
		limit(gen, SLOT_NODES, "nodes", 1, parser->max_nodes,
		      PARSE_LIMIT_NODES);
	if (node->repeat)
		limit(gen, gen->visits_slot[n], visits, 1, node->repeat,
		      PARSE_LIMIT_REPEAT);
	counter_limits(gen, node);
	if (node->repeat)
		bpf_count_up(gen, gen->visits_slot[n], visits);
	if (node->encap)
		bpf_count_up(gen, SLOT_ENCAPS, "encaps");
	if (node->counted)
		bpf_count_up(gen, SLOT_NODES, "nodes");
	if (node->encap)
		reset_counters(gen);
}

/* An uncounted node that may come first has no window yet: NO_WINDOW */
static void open_window(struct bpf_gen *gen, uint32_t step,
			const struct node *node)
{
	if (node->counted && gen->first[step])
		buffer_printf(gen->c, "%s\tSET(window, off + %u);\n",
			      gen->later[step] ?
			      "\tif (S.window == NO_WINDOW)\n\t" : "",
			      gen->parser->max_bytes);
}

/* Bytes that are to be read at off. @seen: there may be a window */
void bpf_bytes(struct bpf_gen *gen, uint32_t step, uint32_t size, bool seen)
{
	uint32_t depth = gen->low->steps[step].depth;
	struct buffer *c = gen->c;

	if (gen->at) {
		bpf_quick_bytes(gen, size);
		return;
	}
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
}

static void check_length(struct bpf_gen *gen, uint32_t step,
			 const struct node *node)
{
	uint32_t depth = gen->low->steps[step].depth;

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

static void raise(struct bpf_gen *gen, uint32_t slot,
		  const struct counter *counter)
{
	char *count = bpf_count(gen, slot, counter_name(counter));

	if (counter->saturate)
		buffer_printf(gen->c, "\tif (%s < %u)\n\t", count,
			      counter->max);
	bpf_count_up(gen, slot, counter_name(counter));
	free(count);
}

static void actions(struct bpf_gen *gen, const struct node *node, bool before)
{
	uint32_t i;

	for (i = 0; i < node->num_actions; i++) {
		const struct action *action = &node->actions[i];
		const struct counter *counter =
			&gen->parser->counters[action->counter];
		uint32_t slot = gen->counter_slot[action->counter];

		if (action->before != before || slot == NO_SLOT)
			continue;
		if (action->reset)
			bpf_count_clear(gen, slot, counter_name(counter));
		else
			raise(gen, slot, counter);
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

/* walk() goes on with nothing but what the verifier does not know */
static void advance(struct bpf_gen *gen, const struct node *node)
{
	bool launder = !gen->at || gen->at->launder;

	if (!node->overlay || launder)
		buffer_printf(gen->c, "\toff += %s%s%s;\n",
			      node->overlay ? "" : "len",
			      !node->overlay && launder ? " + " : "",
			      launder ? "zero" : "");
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
	advance(gen, node);
	bpf_lookup(gen, step);
}

static void area(struct bpf_gen *gen, uint32_t step, const struct node *node)
{
	uint32_t depth = gen->low->steps[step].depth;

	if (depth)
		buffer_printf(gen->c, "\tif (off + %u > GET(end%u))\n\t\tgoto stop_bad_length;\n",
			      node->min_length, depth);
}

/* Of the program itself: as long as walk() may be needed, nothing is done */
static void quick_visit(struct bpf_gen *gen, uint32_t step,
			const struct node *node)
{
	bpf_quick_start(gen, node->min_length);
	bpf_bytes(gen, step, node->min_length, false);
	length(gen, step, node);
	bpf_quick_end(gen, node);
	limits(gen, step);
	area(gen, step, node);
	check_length(gen, step, node);
}

static void slow_visit(struct bpf_gen *gen, uint32_t step,
		       const struct node *node)
{
	limits(gen, step);
	open_window(gen, step, node);
	bpf_bytes(gen, step, node->min_length,
		  node->counted || gen->later[step]);
	length(gen, step, node);
	check_length(gen, step, node);
}

void bpf_visit(struct bpf_gen *gen, uint32_t step)
{
	const struct node *node =
		&gen->parser->nodes[gen->low->steps[step].node];
	uint32_t i;

	if (gen->at)
		quick_visit(gen, step, node);
	else
		slow_visit(gen, step, node);
	for (i = 0; i < node->num_conds; i++)
		condition(gen, node, &node->conds[i]);
	actions(gen, node, true);
	for (i = 0; i < node->num_extracts; i++)
		bpf_extract(gen, step, &node->extracts[i]);
	actions(gen, node, false);
	leave(gen, step, node);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Of what is there: it has to be used. What nothing refers to would change the
 * hash and mean nothing; the second of two equal names is such a thing, too.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"

struct used {
	bool	*maps;
	bool	inputs[MAX_KEY_BITS];
	bool	outputs[PARSE_MAX_OUTPUTS];
	bool	raised[MAX_COUNTERS], acted[MAX_COUNTERS], read[MAX_COUNTERS];
};

static void use_lookup(struct used *used, const struct lookup *lookup)
{
	if (lookup->map >= 0)
		used->maps[lookup->map] = true;
	for (uint32_t i = 0; i < lookup->num_key; i++)
		if (lookup->key[i].type == OPERAND_INPUT)
			used->inputs[lookup->key[i].index] = true;
}

static void use_node(struct used *used, const struct node *node)
{
	uint32_t i;

	use_lookup(used, &node->next);
	for (i = 0; i < node->num_parts; i++)
		if (node->parts[i].type == PART_LOOP)
			use_lookup(used, &node->parts[i].next);
	for (i = 0; i < node->num_actions; i++) {
		const struct action *a = &node->actions[i];

		used->acted[a->counter] = true;
		used->raised[a->counter] |= !a->reset;
	}
	for (i = 0; i < node->num_extracts; i++) {
		const struct extract *e = &node->extracts[i];

		used->outputs[e->output] = true;
		if (e->type == EXTRACT_COUNTER)
			used->read[e->counter] = true;
	}
}

/* An output of an array is used as soon as the first is */
static void use_arrays(const struct parser *p, struct used *used)
{
	for (uint32_t i = 0; i < p->num_arrays; i++) {
		const struct array *a = &p->arrays[i];

		for (uint32_t k = 1; k < a->num; k++)
			used->outputs[a->first + k] = used->outputs[a->first];
		if (a->index == INDEX_COUNTER)
			used->read[a->counter] = true;
	}
}

static void check_counters(const struct check *c, const struct used *used)
{
	for (uint32_t i = 0; i < c->parser->num_counters; i++) {
		const struct counter *counter = &c->parser->counters[i];
		const char *file = counter->file ? counter->file : c->path;

		if (!used->acted[i] && !used->read[i])
			diag_error(file, counter->line, counter->name,
				   "no node uses counter %s", counter->name);
		else if (!used->raised[i])
			diag_warning(file, counter->line, counter->name,
				     "counter %s is always 0: no node has INC(%s)",
				     counter->name, counter->name);
		else if (!used->read[i] && counter->saturate)
			diag_warning(file, counter->line, counter->name,
				     "counter %s does nothing: it ends no parse, no array has it as its index, and nothing extracts it",
				     counter->name);
	}
}

static void check_used(const struct check *c, const struct used *used)
{
	const struct parser *p = c->parser;
	uint32_t i;

	for (i = 0; i < p->num_maps; i++)
		if (!used->maps[i])
			diag_error(c->path, 0, NULL, "no node looks up in map %s",
				   p->maps[i].name);
	for (i = 0; i < p->num_outputs; i++)
		if (!used->outputs[i])
			diag_error(c->path, 0, NULL, "no node writes output %s",
				   p->outputs[i].name);
	for (i = 0; i < p->num_inputs; i++)
		if (!used->inputs[i])
			diag_error(c->path, 0, NULL, "no key has input %s",
				   p->inputs[i].name);
	check_counters(c, used);
}

/* From the root, by .next and into parts */
static void check_reached(const struct check *c)
{
	const struct parser *p = c->parser;
	bool reached[MAX_NODES] = {}, grown = true;
	struct target to;
	uint32_t i, k, n;

	reached[p->root] = true;
	while (grown) {
		grown = false;
		find_followers(p, reached);
		for (i = 0; i < p->num_nodes; i++)
			for (k = 0; reached[i] && k < p->nodes[i].num_parts; k++)
				for (n = 0; part_element(p,
				     &p->nodes[i].parts[k], n, &to); n++)
					if (to.type == TARGET_NODE &&
					    !reached[to.index])
						grown = reached[to.index] = true;
	}
	for (i = 0; i < p->num_nodes; i++)
		if (!reached[i])
			node_error(c, &p->nodes[i], p->nodes[i].line,
				   p->nodes[i].name, "no packet reaches node %s",
				   p->nodes[i].name);
}

void check_reach(const struct check *c)
{
	const struct parser *p = c->parser;
	struct used used = {};
	uint32_t i;

	used.maps = xcalloc(p->num_maps, sizeof(*used.maps));
	for (i = 0; i < p->num_nodes; i++)
		use_node(&used, &p->nodes[i]);
	use_arrays(p, &used);
	check_reached(c);
	check_used(c, &used);
	free(used.maps);
	for (i = 1; i < p->num_tables; i++)
		if (!strcmp(p->tables[i - 1].name, p->tables[i].name))
			diag_error(c->path, 0, NULL, "there are two tables %s",
				   p->tables[i].name);
}

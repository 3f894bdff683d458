// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* struct parser: ways through it, what holds, and its end */
#include <stdlib.h>
#include <string.h>

#include "oc.h"

bool lookup_target(const struct parser *p, const struct lookup *lookup,
		   uint32_t n, struct target *target)
{
	const struct map *map = lookup->map < 0 ? NULL : &p->maps[lookup->map];

	if (!n) {
		*target = lookup->otherwise;
		return true;
	}
	n--;
	if (map && n < map->num_exact) {
		*target = map->exact[n].target;
		return true;
	}
	n -= map ? map->num_exact : 0;
	if (map && n < map->num_ternary) {
		*target = map->ternary[n].target;
		return true;
	}
	return false;
}

bool part_element(const struct parser *p, const struct part *part, uint32_t n,
		  struct target *target)
{
	if (part->type == PART_LOOP)
		return lookup_target(p, &part->next, n, target);
	if (n >= part->num_flags)
		return false;
	*target = (struct target){ TARGET_NODE, part->flags[n].node };
	if (part->flags[n].skip)
		target->type = TARGET_AGAIN;
	return true;
}

void find_followers(const struct parser *p, bool *found)
{
	bool grown = true;
	struct target to;

	while (grown) {
		grown = false;
		for (uint32_t i = 0; i < p->num_nodes; i++)
			for (uint32_t n = 0; found[i] &&
			     lookup_target(p, &p->nodes[i].next, n, &to); n++)
				if (to.type == TARGET_NODE && !found[to.index])
					grown = found[to.index] = true;
	}
}

void find_elements(const struct parser *p, bool *elements)
{
	struct target to;

	memset(elements, 0, p->num_nodes * sizeof(*elements));
	for (uint32_t i = 0; i < p->num_nodes; i++)
		for (uint32_t k = 0; k < p->nodes[i].num_parts; k++)
			for (uint32_t n = 0; part_element(p,
				&p->nodes[i].parts[k], n, &to); n++)
				if (to.type == TARGET_NODE)
					elements[to.index] = true;
	find_followers(p, elements);
}

bool compare_holds(u128 a, enum compare op, u128 b)
{
	switch (op) {
	case COMPARE_EQ: return a == b;
	case COMPARE_NE: return a != b;
	case COMPARE_LT: return a < b;
	case COMPARE_LE: return a <= b;
	case COMPARE_GT: return a > b;
	case COMPARE_GE: return a >= b;
	}
	return false;
}

void cond_free(struct cond *cond)
{
	for (uint32_t i = 0; i < cond->num_args; i++)
		cond_free(&cond->args[i]);
	free(cond->args);
}

static void fields_free(struct field *fields, uint32_t num)
{
	for (uint32_t i = 0; i < num; i++)
		free(fields[i].name);
	free(fields);
}

static void part_free(struct part *part)
{
	fields_free(part->fields, part->num_fields);
	free(part->area.terms);
	free(part->next.key);
	free(part->flags);
}

static void node_free(struct node *node)
{
	uint32_t i;

	fields_free(node->fields, node->num_fields);
	for (i = 0; i < node->num_conds; i++)
		cond_free(&node->conds[i]);
	for (i = 0; i < node->num_parts; i++)
		part_free(&node->parts[i]);
	free(node->length.terms);
	free(node->conds);
	free(node->actions);
	free(node->extracts);
	free(node->parts);
	free(node->next.key);
	free(node->name);
	free(node->file);
}

static void lists_free(struct parser *parser)
{
	uint32_t i;

	for (i = 0; i < parser->num_maps; i++) {
		free(parser->maps[i].name);
		free(parser->maps[i].file);
		free(parser->maps[i].exact);
		free(parser->maps[i].ternary);
	}
	for (i = 0; i < parser->num_tables; i++) {
		free(parser->tables[i].name);
		free(parser->tables[i].file);
		free(parser->tables[i].outputs);
	}
	for (i = 0; i < parser->num_counters; i++) {
		free(parser->counters[i].name);
		free(parser->counters[i].file);
	}
	for (i = 0; i < parser->num_arrays; i++) {
		free(parser->arrays[i].name);
		free(parser->arrays[i].file);
	}
	for (i = 0; i < parser->num_inputs; i++)
		free(parser->inputs[i].name);
}

void parser_free(struct parser *parser)
{
	if (!parser)
		return;
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		node_free(&parser->nodes[i]);
	lists_free(parser);
	free(parser->nodes);
	free(parser->maps);
	free(parser->tables);
	free(parser->counters);
	free(parser->arrays);
	free(parser->inputs);
	free(parser->outputs);
	free(parser->name);
	free(parser->file);
	free(parser);
}

void program_list_free(struct program_list *list)
{
	for (uint32_t i = 0; i < list->num; i++)
		parser_free(list->parsers[i]);
	free(list->parsers);
	memset(list, 0, sizeof(*list));
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Canonical order: what was written in any order comes out in one. Lists that
 * others refer to by index are sorted through a permutation.
 */
#include <stdlib.h>
#include <string.h>

#include "oc.h"

static int compare_u128(u128 a, u128 b)
{
	return a < b ? -1 : a > b;
}

static int by_key(const void *a, const void *b)
{
	return compare_u128(((const struct entry *)a)->key,
			    ((const struct entry *)b)->key);
}

static int by_priority(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->priority != y->priority)
		return x->priority > y->priority ? -1 : 1;
	if (x->key != y->key)
		return compare_u128(x->key, y->key);
	return compare_u128(x->mask, y->mask);
}

static int by_output(const void *a, const void *b)
{
	const struct extract *x = a, *y = b;

	return x->output < y->output ? -1 : x->output > y->output;
}

static int by_term(const void *a, const void *b)
{
	const struct term *x = a, *y = b;

	if (x->field != y->field)
		return x->field < y->field ? -1 : 1;
	return x->times < y->times ? -1 : x->times > y->times;
}

static void sort(void *list, size_t num, size_t size,
		 int (*compare)(const void *, const void *))
{
	if (num)
		qsort(list, num, size, compare);
}

/* All named lists begin with the name: a pointer, or for outputs an array */
static const char *name_of(const void *item, bool array)
{
	return array ? item : *(char * const *)item;
}

/* Sorts by name; returns the new index by the old one, to be freed */
static uint32_t *sort_named(void *list, uint32_t num, size_t size, bool array)
{
	uint32_t *to = xcalloc(num, sizeof(*to));
	char *copy = xcalloc(num, size);

	for (uint32_t i = 0; i < num; i++) {
		const char *item = (char *)list + i * size;

		for (uint32_t k = 0; k < num; k++) {
			const char *other = (char *)list + k * size;
			int order = strcmp(name_of(other, array),
					   name_of(item, array));

			to[i] += order < 0 || (!order && k < i);
		}
		memcpy(copy + to[i] * size, item, size);
	}
	if (num)
		memcpy(list, copy, num * size);
	free(copy);
	return to;
}

/* One term a field, and none that is nothing */
static void merge_terms(struct length *length)
{
	uint32_t num = 0;

	sort(length->terms, length->num_terms, sizeof(*length->terms), by_term);
	for (uint32_t i = 0; i < length->num_terms; i++) {
		if (num && length->terms[num - 1].field == length->terms[i].field)
			length->terms[num - 1].times += length->terms[i].times;
		else
			length->terms[num++] = length->terms[i];
		if (!length->terms[num - 1].times)
			num--;
	}
	length->num_terms = num;
}

static void sort_fields(struct node *node)
{
	uint32_t *to = sort_named(node->fields, node->num_fields,
				  sizeof(*node->fields), false);

	for (uint32_t i = 0; i < node->length.num_terms; i++)
		node->length.terms[i].field = to[node->length.terms[i].field];
	for (uint32_t i = 0; i < node->num_conds; i++)
		node->conds[i].field = to[node->conds[i].field];
	for (uint32_t i = 0; i < node->num_extracts; i++)
		if (node->extracts[i].type == EXTRACT_FIELD)
			node->extracts[i].field = to[node->extracts[i].field];
	for (uint32_t i = 0; i < node->next.num_key; i++)
		if (node->next.key[i].type == OPERAND_FIELD)
			node->next.key[i].index = to[node->next.key[i].index];
	free(to);
	merge_terms(&node->length);
}

static void sort_outputs(struct parser *parser)
{
	uint32_t *to = sort_named(parser->outputs, parser->num_outputs,
				  sizeof(*parser->outputs), true);

	for (uint32_t i = 0; i < parser->num_nodes; i++) {
		struct node *node = &parser->nodes[i];

		for (uint32_t k = 0; k < node->num_extracts; k++)
			node->extracts[k].output = to[node->extracts[k].output];
		sort(node->extracts, node->num_extracts,
		     sizeof(*node->extracts), by_output);
	}
	for (uint32_t i = 0; i < parser->num_tables; i++)
		for (uint32_t k = 0; k < parser->tables[i].num_outputs; k++) {
			uint32_t *output = &parser->tables[i].outputs[k];

			*output = to[*output];
		}
	free(to);
}

static void sort_inputs(struct parser *parser)
{
	uint32_t *to = sort_named(parser->inputs, parser->num_inputs,
				  sizeof(*parser->inputs), false);

	for (uint32_t i = 0; i < parser->num_nodes; i++) {
		struct node *node = &parser->nodes[i];

		for (uint32_t k = 0; k < node->next.num_key; k++)
			if (node->next.key[k].type == OPERAND_INPUT)
				node->next.key[k].index = to[node->next.key[k].index];
	}
	free(to);
}

static void retarget(struct target *target, const uint32_t *to)
{
	if (target->type == TARGET_NODE)
		target->index = to[target->index];
}

static void sort_nodes(struct parser *parser)
{
	uint32_t *to = sort_named(parser->nodes, parser->num_nodes,
				  sizeof(*parser->nodes), false);

	parser->root = to[parser->root];
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		retarget(&parser->nodes[i].next.otherwise, to);
	for (uint32_t i = 0; i < parser->num_maps; i++) {
		struct map *map = &parser->maps[i];

		for (uint32_t k = 0; k < map->num_exact; k++)
			retarget(&map->exact[k].target, to);
		for (uint32_t k = 0; k < map->num_ternary; k++)
			retarget(&map->ternary[k].target, to);
		sort(map->exact, map->num_exact, sizeof(*map->exact), by_key);
		sort(map->ternary, map->num_ternary, sizeof(*map->ternary),
		     by_priority);
	}
	free(to);
}

static void sort_maps(struct parser *parser)
{
	uint32_t *to = sort_named(parser->maps, parser->num_maps,
				  sizeof(*parser->maps), false);

	for (uint32_t i = 0; i < parser->num_nodes; i++)
		if (parser->nodes[i].next.map >= 0)
			parser->nodes[i].next.map = to[parser->nodes[i].next.map];
	free(to);
}

void parser_sort(struct parser *parser)
{
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		sort_fields(&parser->nodes[i]);
	sort_outputs(parser);
	sort_inputs(parser);
	sort_maps(parser);
	sort_nodes(parser);
	free(sort_named(parser->tables, parser->num_tables,
			sizeof(*parser->tables), false));
}

static void node_free(struct node *node)
{
	for (uint32_t i = 0; i < node->num_fields; i++)
		free(node->fields[i].name);
	free(node->fields);
	free(node->length.terms);
	free(node->conds);
	free(node->extracts);
	free(node->next.key);
	free(node->name);
	free(node->file);
}

void parser_free(struct parser *parser)
{
	if (!parser)
		return;
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		node_free(&parser->nodes[i]);
	for (uint32_t i = 0; i < parser->num_maps; i++) {
		free(parser->maps[i].name);
		free(parser->maps[i].file);
		free(parser->maps[i].exact);
		free(parser->maps[i].ternary);
	}
	for (uint32_t i = 0; i < parser->num_tables; i++) {
		free(parser->tables[i].name);
		free(parser->tables[i].file);
		free(parser->tables[i].outputs);
	}
	for (uint32_t i = 0; i < parser->num_inputs; i++)
		free(parser->inputs[i].name);
	free(parser->nodes);
	free(parser->maps);
	free(parser->tables);
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

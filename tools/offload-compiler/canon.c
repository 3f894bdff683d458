// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Canonical order: what was written in any order comes out in one. Lists that
 * others refer to by index are sorted through a permutation.
 */
#include <stdlib.h>
#include <string.h>

#include "canon.h"

static int compare_u128(u128 a, u128 b)
{
	return a < b ? -1 : a > b;
}

static int compare_uint(uint32_t a, uint32_t b)
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
		return compare_uint(y->priority, x->priority);
	if (x->range != y->range)
		return x->range ? 1 : -1;
	if (x->key != y->key)
		return compare_u128(x->key, y->key);
	return compare_u128(x->mask, y->mask);
}

static int by_output(const void *a, const void *b)
{
	return compare_uint(((const struct extract *)a)->output,
			    ((const struct extract *)b)->output);
}

static int by_action(const void *a, const void *b)
{
	const struct action *x = a, *y = b;

	if (x->before != y->before)
		return x->before ? -1 : 1;
	return compare_uint(x->counter, y->counter);
}

static int by_field(const void *a, const void *b)
{
	return compare_uint(((const struct term *)a)->field,
			    ((const struct term *)b)->field);
}

static void sort(void *list, size_t num, size_t size,
		 int (*compare)(const void *, const void *))
{
	if (num)
		qsort(list, num, size, compare);
}

/* All named lists begin with the name: a pointer, or for outputs an array */
static int by_name(const void *a, const void *b)
{
	return strcmp(*(char * const *)a, *(char * const *)b);
}

/* NAME[2] stands before NAME[10] */
static int by_output_name(const void *a, const void *b)
{
	size_t x = strcspn(a, "["), y = strcspn(b, "[");
	int order = strncmp(a, b, x < y ? x : y);

	if (order || x != y)
		return order ? order : compare_uint(x, y);
	if (!((const char *)a)[x] || !((const char *)b)[x])
		return strcmp(a, b);
	return compare_uint(strtoul((const char *)a + x + 1, NULL, 10),
			    strtoul((const char *)b + x + 1, NULL, 10));
}

/* Returns the new index by the old one, to be freed */
static uint32_t *sort_named(void *list, uint32_t num, size_t size,
			    int (*compare)(const void *, const void *))
{
	uint32_t *to = xcalloc(num, sizeof(*to));
	char *copy = xcalloc(num, size);

	for (uint32_t i = 0; i < num; i++) {
		const char *item = (char *)list + i * size;

		for (uint32_t k = 0; k < num; k++) {
			int order = compare((char *)list + k * size, item);

			to[i] += order < 0 || (!order && k < i);
		}
		memcpy(copy + to[i] * size, item, size);
	}
	if (num)
		memcpy(list, copy, num * size);
	free(copy);
	return to;
}

/* ---- fields ---------------------------------------------------------------- */

/* One term a field, and none that is nothing */
static void merge_terms(struct length *length)
{
	uint32_t num = 0;

	sort(length->terms, length->num_terms, sizeof(*length->terms), by_field);
	for (uint32_t i = 0; i < length->num_terms; i++) {
		struct term *term = &length->terms[i];
		int64_t times = term->times;

		for (; i + 1 < length->num_terms &&
		     length->terms[i + 1].field == term->field; i++)
			times += length->terms[i + 1].times;
		if (!times)
			continue;
		if (times < -INT32_MAX || times > INT32_MAX)
			times = INT32_MAX;	/* too large in any case */
		length->terms[num++] = (struct term){ term->field, times };
	}
	length->num_terms = num;
}

typedef void field_fn(uint32_t *field, void *arg);

static void each_cond_field(struct cond *conds, uint32_t num, field_fn *fn,
			    void *arg)
{
	for (uint32_t i = 0; i < num; i++) {
		if (conds[i].type == COND_COMPARE)
			fn(&conds[i].field, arg);
		else
			each_cond_field(conds[i].args, conds[i].num_args, fn,
					arg);
	}
}

static void each_key_field(struct lookup *lookup, field_fn *fn, void *arg)
{
	for (uint32_t i = 0; i < lookup->num_key; i++)
		if (lookup->key[i].type == OPERAND_FIELD)
			fn(&lookup->key[i].index, arg);
}

static void each_term_field(struct length *length, field_fn *fn, void *arg)
{
	for (uint32_t i = 0; i < length->num_terms; i++)
		fn(&length->terms[i].field, arg);
}

/* All references to the node's own fields */
static void each_field(struct node *node, field_fn *fn, void *arg)
{
	uint32_t i, k;

	each_term_field(&node->length, fn, arg);
	each_cond_field(node->conds, node->num_conds, fn, arg);
	for (i = 0; i < node->num_extracts; i++)
		if (node->extracts[i].type == EXTRACT_FIELD)
			fn(&node->extracts[i].field, arg);
	for (i = 0; i < node->num_parts; i++) {
		each_term_field(&node->parts[i].area, fn, arg);
		for (k = 0; k < node->parts[i].num_flags; k++)
			fn(&node->parts[i].flags[k].field, arg);
	}
	each_key_field(&node->next, fn, arg);
}

static void renumber(uint32_t *field, void *to)
{
	*field = ((uint32_t *)to)[*field];
}

static void mark(uint32_t *field, void *used)
{
	((bool *)used)[*field] = true;
}

/* Terms and conditions may have gone, and with them what they read */
static void drop_unused_fields(struct node *node)
{
	uint32_t *to = xcalloc(node->num_fields, sizeof(*to)), num = 0;
	bool *used = xcalloc(node->num_fields, sizeof(*used));

	each_field(node, mark, used);
	for (uint32_t i = 0; i < node->num_fields; i++) {
		to[i] = num;
		if (used[i])
			node->fields[num++] = node->fields[i];
		else
			free(node->fields[i].name);
	}
	node->num_fields = num;
	each_field(node, renumber, to);
	free(used);
	free(to);
}

static void sort_fields(struct node *node)
{
	uint32_t *to = sort_named(node->fields, node->num_fields,
				  sizeof(*node->fields), by_name);

	each_field(node, renumber, to);
	free(to);
	merge_terms(&node->length);
	conds_sort(node);
	for (uint32_t i = 0; i < node->num_parts; i++) {
		struct part *part = &node->parts[i];

		merge_terms(&part->area);
		to = sort_named(part->fields, part->num_fields,
				sizeof(*part->fields), by_name);
		each_key_field(&part->next, renumber, to);
		free(to);
	}
	drop_unused_fields(node);
}

/* ---- lists of the parser ---------------------------------------------------- */

static void sort_outputs(struct parser *parser)
{
	uint32_t *to = sort_named(parser->outputs, parser->num_outputs,
				  sizeof(*parser->outputs), by_output_name);
	uint32_t i, k;

	for (i = 0; i < parser->num_nodes; i++) {
		struct node *node = &parser->nodes[i];

		for (k = 0; k < node->num_extracts; k++)
			renumber(&node->extracts[k].output, to);
		sort(node->extracts, node->num_extracts,
		     sizeof(*node->extracts), by_output);
	}
	for (i = 0; i < parser->num_tables; i++)
		for (k = 0; k < parser->tables[i].num_outputs; k++)
			renumber(&parser->tables[i].outputs[k], to);
	for (i = 0; i < parser->num_arrays; i++)
		renumber(&parser->arrays[i].first, to);
	free(to);
	free(sort_named(parser->arrays, parser->num_arrays,
			sizeof(*parser->arrays), by_name));
}

static void sort_counters(struct parser *parser)
{
	uint32_t *to = sort_named(parser->counters, parser->num_counters,
				  sizeof(*parser->counters), by_name);
	uint32_t i, k;

	for (i = 0; i < parser->num_nodes; i++) {
		struct node *node = &parser->nodes[i];

		for (k = 0; k < node->num_actions; k++)
			renumber(&node->actions[k].counter, to);
		sort(node->actions, node->num_actions, sizeof(*node->actions),
		     by_action);
		for (k = 0; k < node->num_extracts; k++)
			if (node->extracts[k].type == EXTRACT_COUNTER)
				renumber(&node->extracts[k].counter, to);
	}
	for (i = 0; i < parser->num_arrays; i++)
		if (parser->arrays[i].index == INDEX_COUNTER)
			renumber(&parser->arrays[i].counter, to);
	free(to);
}

static void each_lookup(struct parser *parser,
			void (*fn)(struct lookup *lookup, const uint32_t *to),
			const uint32_t *to)
{
	for (uint32_t i = 0; i < parser->num_nodes; i++) {
		struct node *node = &parser->nodes[i];

		fn(&node->next, to);
		for (uint32_t k = 0; k < node->num_parts; k++)
			if (node->parts[k].type == PART_LOOP)
				fn(&node->parts[k].next, to);
	}
}

static void renumber_inputs(struct lookup *lookup, const uint32_t *to)
{
	for (uint32_t i = 0; i < lookup->num_key; i++)
		if (lookup->key[i].type == OPERAND_INPUT)
			lookup->key[i].index = to[lookup->key[i].index];
}

static void renumber_map(struct lookup *lookup, const uint32_t *to)
{
	if (lookup->map >= 0)
		lookup->map = to[lookup->map];
}

static void retarget(struct target *target, const uint32_t *to)
{
	if (target->type == TARGET_NODE)
		target->index = to[target->index];
}

static void retarget_otherwise(struct lookup *lookup, const uint32_t *to)
{
	retarget(&lookup->otherwise, to);
}

static void sort_inputs(struct parser *parser)
{
	uint32_t *to = sort_named(parser->inputs, parser->num_inputs,
				  sizeof(*parser->inputs), by_name);

	each_lookup(parser, renumber_inputs, to);
	free(to);
}

static void sort_maps(struct parser *parser)
{
	uint32_t *to = sort_named(parser->maps, parser->num_maps,
				  sizeof(*parser->maps), by_name);

	each_lookup(parser, renumber_map, to);
	free(to);
}

static void retarget_flags(struct node *node, const uint32_t *to)
{
	for (uint32_t i = 0; i < node->num_parts; i++)
		for (uint32_t k = 0; k < node->parts[i].num_flags; k++) {
			struct flag *flag = &node->parts[i].flags[k];

			if (!flag->skip)
				flag->node = to[flag->node];
		}
}

static void sort_nodes(struct parser *parser)
{
	uint32_t *to = sort_named(parser->nodes, parser->num_nodes,
				  sizeof(*parser->nodes), by_name);
	uint32_t i, k;

	parser->root = to[parser->root];
	each_lookup(parser, retarget_otherwise, to);
	for (i = 0; i < parser->num_nodes; i++)
		retarget_flags(&parser->nodes[i], to);
	for (i = 0; i < parser->num_maps; i++) {
		struct map *map = &parser->maps[i];

		for (k = 0; k < map->num_exact; k++)
			retarget(&map->exact[k].target, to);
		for (k = 0; k < map->num_ternary; k++)
			retarget(&map->ternary[k].target, to);
		sort(map->exact, map->num_exact, sizeof(*map->exact), by_key);
		sort(map->ternary, map->num_ternary, sizeof(*map->ternary),
		     by_priority);
	}
	free(to);
}

void parser_sort(struct parser *parser)
{
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		sort_fields(&parser->nodes[i]);
	sort_outputs(parser);
	sort_counters(parser);
	sort_inputs(parser);
	sort_maps(parser);
	sort_nodes(parser);
	free(sort_named(parser->tables, parser->num_tables,
			sizeof(*parser->tables), by_name));
}

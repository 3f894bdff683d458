// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * One PARSER of the source: a struct parser of what it reaches from its root.
 * Names become indices when they are first met.
 */
#include <stdlib.h>
#include <string.h>

#include "source.h"

/* ---- references between the parts of a parser ----------------------------- */

/* The index in the parser's list of the source's item, appended when new */
static uint32_t intern(uint32_t *known, uint32_t *num, uint32_t index)
{
	uint32_t i;

	for (i = 0; i < *num; i++)
		if (known[i] == index)
			return i;
	known[(*num)++] = index;
	return i;
}

uint32_t builder_node(struct builder *b, const struct np_where *where,
		      const char *name)
{
	struct named_list *list = &b->src->lists[NODES];
	struct named *item = source_find(list, name);

	if (!item) {
		source_unknown(b->src, where, list, name);
		return 0;
	}
	item->used = true;
	return intern(b->nodes, &b->parser->num_nodes, item - list->items);
}

int32_t builder_map(struct builder *b, const struct np_where *where,
		    const char *name)
{
	struct named_list *list = &b->src->lists[MAPS];
	struct named *item = source_find(list, name);

	if (!item) {
		source_unknown(b->src, where, list, name);
		return -1;
	}
	item->used = true;
	return intern(b->maps, &b->parser->num_maps, item - list->items);
}

uint32_t builder_counter(struct builder *b, const struct np_where *where,
			 const char *name)
{
	struct named_list *list = &b->src->lists[COUNTERS];
	struct named *item = source_find(list, name);
	const struct np_counter *raw;
	struct counter *counter;
	uint32_t i;

	if (!item) {
		source_unknown(b->src, where, list, name);
		return 0;
	}
	for (i = 0; i < b->parser->num_counters; i++)
		if (!strcmp(b->parser->counters[i].name, name))
			return i;
	raw = item->raw;
	item->used = true;
	counter = &b->parser->counters[b->parser->num_counters++];
	*counter = (struct counter){
		.name = xstrdup(name), .max = raw->max,
		.saturate = raw->saturate, .encap_resets = raw->encap_resets,
		.file = xstrdup(source_file(b->src, &raw->where)),
		.line = raw->where.line,
	};
	return i;
}

/* NAME[0] to NAME[num - 1], which are there already */
static void add_array(struct builder *b, const char *name, uint32_t first,
		      const struct np_output *raw)
{
	const char *index = source_string(b->src, raw->index);
	struct parser *parser = b->parser;
	struct array *array;

	parser->arrays = xrealloc(parser->arrays, (parser->num_arrays + 1) *
						  sizeof(*parser->arrays));
	array = &parser->arrays[parser->num_arrays++];
	*array = (struct array){
		.name = xstrdup(name), .first = first, .num = raw->num,
		.index = INDEX_ENCAPS, .last = raw->last,
		.file = xstrdup(source_file(b->src, &raw->where)),
		.line = raw->where.line,
	};
	if (!strcmp(index, "ENCAPS"))
		return;
	array->index = INDEX_COUNTER;
	array->counter = builder_counter(b, &raw->where, index);
}

/* Is there room for what the name stands for? */
static bool output_fits(struct builder *b, const struct np_where *where,
			const char *name, uint32_t num)
{
	uint32_t left = PARSE_MAX_OUTPUTS - b->parser->num_outputs;

	if (num > left)
		source_error(b->src, where, name,
			     "one output too many: \"%s\" needs %u of %d, and %u are left",
			     name, num, PARSE_MAX_OUTPUTS, left);
	else if (strlen(name) + (num > 1 ? strlen("[63]") : 0) >=
		 NETPROG_NAME_LEN)
		source_error(b->src, where, name,
			     "the output's name is longer than %zu characters",
			     NETPROG_NAME_LEN - 1 -
			     (num > 1 ? strlen("[63]") : 0));
	else
		return true;
	return false;
}

static uint32_t find_output(const struct parser *parser, const char *name)
{
	uint32_t i;

	for (i = 0; i < parser->num_arrays; i++)
		if (!strcmp(parser->arrays[i].name, name))
			return parser->arrays[i].first;
	for (i = 0; i < parser->num_outputs; i++)
		if (!strcmp(parser->outputs[i].name, name))
			break;
	return i;
}

static void add_output(struct builder *b, const struct np_where *where,
		       const char *name, uint32_t bits)
{
	struct parse_output *output = &b->parser->outputs[b->parser->num_outputs];

	memcpy(output->name, name, strlen(name) + 1);
	output->key = parse_key_by_name(name);
	output->bits = output->key ? parse_key_bits(output->key) : bits;
	b->written[b->parser->num_outputs++] = *where;
}

/* What OUTPUT or OUTPUT_ARRAY says of a new output */
static void check_declared(struct builder *b, const char *name,
			   const struct np_output *raw)
{
	enum parse_key key = parse_key_by_name(name);

	if (key && raw->num)
		source_error(b->src, &raw->where, name,
			     "flow key \"%s\" cannot be an array", name);
	else if (key && raw->bits != parse_key_bits(key))
		source_error(b->src, &raw->where, name,
			     "flow key \"%s\" has %u bits", name,
			     parse_key_bits(key));
	else if (!raw->bits || raw->bits > MAX_KEY_BITS)
		source_error(b->src, &raw->where, name,
			     "output \"%s\" has %u bits: 1 to %d are possible",
			     name, raw->bits, MAX_KEY_BITS);
	if (raw->num == 1)
		source_error(b->src, &raw->where, name,
			     "array \"%s\" has one place: say OUTPUT(%s, %u)",
			     name, name, raw->bits);
}

uint32_t builder_output(struct builder *b, const struct np_where *where,
			const char *name)
{
	struct named *declared = source_find(&b->src->lists[OUTPUTS], name);
	uint32_t first = find_output(b->parser, name), bits = 0, num = 0;

	if (first < b->parser->num_outputs)
		return first;
	if (declared) {
		const struct np_output *raw = declared->raw;

		declared->used = true;
		check_declared(b, name, raw);
		bits = raw->bits && raw->bits <= MAX_KEY_BITS ? raw->bits : 1;
		num = raw->num;
	}
	if (!output_fits(b, where, name, num ? num : 1))
		return 0;
	if (!num)
		add_output(b, where, name, bits);
	for (uint32_t i = 0; i < num; i++) {
		char *item = xasprintf("%s[%u]", name, i);

		add_output(b, where, item, bits);
		free(item);
	}
	if (num)
		add_array(b, name, first, declared->raw);
	return first;
}

struct target builder_target(struct builder *b, const struct np_where *where,
			     const char *name)
{
	static const struct { const char *name; struct target target; } known[] = {
		{ "STOP_OKAY", { TARGET_STOP, PARSE_OKAY } },
		{ "STOP_FAIL", { TARGET_STOP, PARSE_FAIL } },
		{ "STOP_BAD_LENGTH", { TARGET_STOP, PARSE_BAD_LENGTH } },
		{ "STOP_NO_MATCH", { TARGET_STOP, PARSE_NO_MATCH } },
		{ "AGAIN", { .type = TARGET_AGAIN } },
		{ "DONE", { .type = TARGET_DONE } },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(name, known[i].name))
			return known[i].target;
	return (struct target){ TARGET_NODE, builder_node(b, where, name) };
}

/* ---- one parser -------------------------------------------------------------- */

static void convert_map(struct builder *b, uint32_t index)
{
	const struct named *item = &b->src->lists[MAPS].items[b->maps[index]];
	const struct np_entry *raw = item->raw;
	struct map *map = &b->parser->maps[index];

	map->name = xstrdup(item->name);
	map->exact = xcalloc(item->num, sizeof(*map->exact));
	map->ternary = xcalloc(item->num, sizeof(*map->ternary));
	if (item->num) {
		map->file = xstrdup(source_file(b->src, &raw->where));
		map->line = raw->where.line;
	}
	for (uint32_t i = 0; i < item->num; i++, raw++) {
		struct entry *e = raw->ternary ?
			&map->ternary[map->num_ternary++] :
			&map->exact[map->num_exact++];

		e->key = source_value(&raw->key);
		e->mask = source_value(&raw->mask);
		e->range = raw->ternary == 2;
		e->priority = raw->priority;
		e->line = raw->where.line;
		e->target = builder_target(b, &raw->where,
					   source_string(b->src, raw->target));
	}
}

static void set_map_width(struct parser *parser, const struct lookup *lookup,
			  const struct field *fields)
{
	uint32_t bits = 0;

	for (uint32_t i = 0; i < lookup->num_key; i++)
		bits += lookup->key[i].type == OPERAND_INPUT ? 1 :
			fields[lookup->key[i].index].bits;
	if (lookup->map >= 0)
		parser->maps[lookup->map].bits = bits;
}

/* The width of a map's key is that of the lookups in it */
static void set_map_widths(struct parser *parser)
{
	for (uint32_t i = parser->num_nodes; i-- > 0;) {
		const struct node *node = &parser->nodes[i];

		for (uint32_t k = 0; k < node->num_parts; k++)
			set_map_width(parser, &node->parts[k].next,
				      node->parts[k].fields);
		set_map_width(parser, &node->next, node->fields);
	}
	for (uint32_t i = 0; i < parser->num_maps; i++) {
		struct map *map = &parser->maps[i];

		for (uint32_t k = 0; k < map->num_exact; k++)
			map->exact[k].mask = map->bits < 128 ?
				((u128)1 << map->bits) - 1 : ~(u128)0;
	}
}

static void check_outputs(struct builder *b)
{
	for (uint32_t i = 0; i < b->parser->num_outputs; i++) {
		const struct parse_output *output = &b->parser->outputs[i];

		if (!output->bits)
			source_error(b->src, &b->written[i], output->name,
				     "nothing tells the width of output \"%s\"; say OUTPUT(%s, BITS)",
				     output->name, output->name);
	}
}

static void convert_table(struct builder *b, struct table *table,
			  struct named *item)
{
	const struct np_table *raw = item->raw;
	struct named outputs[PARSE_MAX_OUTPUTS] = {};
	struct named_list list = { .what = "output", .items = outputs };
	const struct np_name *keys;
	uint32_t num;

	for (; list.num < b->parser->num_outputs; list.num++)
		outputs[list.num].name = b->parser->outputs[list.num].name;
	keys = object_list(b->src->object, raw->keys, sizeof(*keys), &num);
	table->name = xstrdup(item->name);
	table->outputs = xcalloc(num, sizeof(*table->outputs));
	table->match = raw->match;
	table->owner = raw->owner;
	table->size = raw->size;
	table->file = xstrdup(source_file(b->src, &raw->where));
	table->line = raw->where.line;
	for (uint32_t i = 0; keys && i < num; i++) {
		const char *name = source_string(b->src, keys[i].name);
		struct named *output = source_find(&list, name);

		if (output)
			table->outputs[table->num_outputs++] = output - outputs;
		else
			source_unknown(b->src, &keys[i].where, &list, name);
	}
}

static void convert_tables(struct builder *b)
{
	struct named_list *list = &b->src->lists[TABLES];

	b->parser->tables = xcalloc(list->num, sizeof(*b->parser->tables));
	for (uint32_t i = 0; i < list->num; i++) {
		list->items[i].used = true;
		convert_table(b, &b->parser->tables[b->parser->num_tables++],
			      &list->items[i]);
	}
}

/* Nodes and maps are appended while those before them are converted */
static void convert_graph(struct builder *b)
{
	const struct named_list *nodes = &b->src->lists[NODES];
	uint32_t node = 0, map = 0;

	while (node < b->parser->num_nodes || map < b->parser->num_maps) {
		if (node < b->parser->num_nodes) {
			struct named *item = &nodes->items[b->nodes[node]];

			b->parser->nodes[node].name = xstrdup(item->name);
			source_node(b, &b->parser->nodes[node++], item->raw);
		} else {
			convert_map(b, map++);
		}
	}
}

/* An element is never counted, and followed by the next one if it names none */
static void convert_elements(struct builder *b)
{
	bool *elements = xcalloc(b->parser->num_nodes, sizeof(*elements));

	find_elements(b->parser, elements);
	for (uint32_t i = 0; i < b->parser->num_nodes; i++) {
		const struct named *item = &b->src->lists[NODES].items[b->nodes[i]];
		const struct np_next *next = &((struct np_node *)item->raw)->next;
		struct node *node = &b->parser->nodes[i];

		if (!elements[i])
			continue;
		node->counted = false;
		if (!next->map && !next->otherwise)
			node->next.otherwise.type = TARGET_AGAIN;
	}
	free(elements);
}

struct parser *source_parser(struct source *src, struct named *item)
{
	const struct np_parser *raw = item->raw;
	struct parser *parser = xcalloc(1, sizeof(*parser));
	struct builder b = { .src = src, .parser = parser };

	item->used = true;
	b.nodes = xcalloc(src->lists[NODES].num, sizeof(*b.nodes));
	b.maps = xcalloc(src->lists[MAPS].num, sizeof(*b.maps));
	parser->nodes = xcalloc(src->lists[NODES].num, sizeof(*parser->nodes));
	parser->maps = xcalloc(src->lists[MAPS].num, sizeof(*parser->maps));
	parser->counters = xcalloc(src->lists[COUNTERS].num,
				   sizeof(*parser->counters));
	parser->outputs = xcalloc(PARSE_MAX_OUTPUTS, sizeof(*parser->outputs));
	parser->name = xstrdup(item->name);
	parser->file = xstrdup(source_file(src, &raw->where));
	parser->line = raw->where.line;
	parser->max_bytes = raw->max_bytes;
	parser->max_nodes = raw->max_nodes;
	parser->max_encaps = raw->max_encaps;
	if (raw->root)
		parser->root = builder_node(&b, &raw->where,
					    source_string(src, raw->root));
	else
		source_error(src, &raw->where, NULL,
			     "parser \"%s\" has no ROOT(NODE)", item->name);
	convert_graph(&b);
	convert_tables(&b);
	check_outputs(&b);
	if (!src->failed) {
		convert_elements(&b);
		set_map_widths(parser);
		parser_sort(parser);
	}
	free(b.nodes);
	free(b.maps);
	return parser;
}


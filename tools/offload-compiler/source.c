// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The front end's second half: resolves the names in the object's lists and
 * builds a struct parser of what a PARSER reaches from its root.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "source.h"

const char *source_string(struct source *src, uint64_t address)
{
	const char *s = object_string(src->object, address);

	return s ? s : "";
}

const char *source_file(const struct source *src, const struct np_where *where)
{
	const char *file = object_string(src->object, where->file);

	return file ? file : src->path;
}

void source_error(struct source *src, const struct np_where *where,
		  const char *token, const char *fmt, ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	diag_error(source_file(src, where), where->line, token, "%s", text);
	src->failed = true;
}

/* Edits (insert, delete, replace a letter) from @a to @b */
static size_t distance(const char *a, const char *b)
{
	size_t row[NETPROG_NAME_LEN + 1], len = strlen(b);

	if (strlen(a) >= NETPROG_NAME_LEN || len >= NETPROG_NAME_LEN)
		return NETPROG_NAME_LEN;
	for (size_t k = 0; k <= len; k++)
		row[k] = k;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t k = 1; k <= len; k++) {
			size_t best = corner + (a[i - 1] != b[k - 1]);

			corner = row[k];
			if (row[k] + 1 < best)
				best = row[k] + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			row[k] = best;
		}
	}
	return row[len];
}

void source_unknown(struct source *src, const struct np_where *where,
		    const struct named_list *list, const char *name)
{
	size_t best = strlen(name) / 3 + 1;
	const char *meant = NULL;

	for (uint32_t i = 0; i < list->num; i++) {
		size_t edits = distance(name, list->items[i].name);

		if (edits > best || (edits == best && meant))
			continue;
		best = edits;
		meant = list->items[i].name;
	}
	if (meant)
		source_error(src, where, name,
			     "there is no %s \"%s\"; did you mean \"%s\"?",
			     list->what, name, meant);
	else
		source_error(src, where, name, "there is no %s \"%s\"",
			     list->what, name);
}

struct named *source_find(const struct named_list *list, const char *name)
{
	for (uint32_t i = 0; i < list->num; i++)
		if (!strcmp(list->items[i].name, name))
			return &list->items[i];
	return NULL;
}

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

uint32_t builder_output(struct builder *b, const struct np_where *where,
			const char *name)
{
	struct parser *parser = b->parser;
	struct parse_output *output;
	struct named *declared;
	uint32_t i;

	for (i = 0; i < parser->num_outputs; i++)
		if (!strcmp(parser->outputs[i].name, name))
			return i;
	if (i == PARSE_MAX_OUTPUTS || strlen(name) >= sizeof(output->name)) {
		source_error(b->src, where, name,
			     i == PARSE_MAX_OUTPUTS ?
			     "one output too many, %d at most" :
			     "the output's name is longer than %d characters",
			     i == PARSE_MAX_OUTPUTS ? PARSE_MAX_OUTPUTS :
			     NETPROG_NAME_LEN - 1);
		return 0;
	}
	output = &parser->outputs[i];
	memcpy(output->name, name, strlen(name) + 1);
	output->key = parse_key_by_name(name);
	declared = source_find(&b->src->lists[OUTPUTS], name);
	if (output->key)
		output->bits = parse_key_bits(output->key);
	if (declared) {
		const struct np_output *raw = declared->raw;

		declared->used = true;
		if (output->key && raw->bits != output->bits)
			source_error(b->src, &raw->where, name,
				     "flow key \"%s\" has %u bits", name,
				     output->bits);
		output->bits = raw->bits <= MAX_KEY_BITS ? raw->bits : 0;
	}
	b->written[i] = *where;
	parser->num_outputs++;
	return i;
}

struct target builder_target(struct builder *b, const struct np_where *where,
			     const char *name)
{
	static const struct { const char *name; enum parse_verdict verdict; }
	stops[] = {
		{ "STOP_OKAY", PARSE_OKAY },
		{ "STOP_FAIL", PARSE_FAIL },
		{ "STOP_BAD_LENGTH", PARSE_BAD_LENGTH },
		{ "STOP_NO_MATCH", PARSE_NO_MATCH },
	};
	struct target target = { .type = TARGET_STOP };

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (!strcmp(name, stops[i].name)) {
			target.index = stops[i].verdict;
			return target;
		}
	target.type = TARGET_NODE;
	target.index = builder_node(b, where, name);
	return target;
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

		e->key = (u128)raw->key.hi << 64 | raw->key.lo;
		e->mask = (u128)raw->mask.hi << 64 | raw->mask.lo;
		e->priority = raw->priority;
		e->line = raw->where.line;
		e->target = builder_target(b, &raw->where,
					   source_string(b->src, raw->target));
	}
}

/* The width of a map's key is that of the nodes that look up in it */
static void set_map_widths(struct parser *parser)
{
	for (uint32_t i = parser->num_nodes; i-- > 0;) {
		struct node *node = &parser->nodes[i];
		uint32_t bits = 0;

		for (uint32_t k = 0; k < node->next.num_key; k++)
			bits += node->next.key[k].type == OPERAND_INPUT ? 1 :
				node->fields[node->next.key[k].index].bits;
		if (node->next.map >= 0)
			parser->maps[node->next.map].bits = bits;
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

static struct parser *convert_parser(struct source *src, struct named *item)
{
	const struct np_parser *raw = item->raw;
	struct parser *parser = xcalloc(1, sizeof(*parser));
	struct builder b = { .src = src, .parser = parser };

	item->used = true;
	b.nodes = xcalloc(src->lists[NODES].num, sizeof(*b.nodes));
	b.maps = xcalloc(src->lists[MAPS].num, sizeof(*b.maps));
	parser->nodes = xcalloc(src->lists[NODES].num, sizeof(*parser->nodes));
	parser->maps = xcalloc(src->lists[MAPS].num, sizeof(*parser->maps));
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
	free(b.nodes);
	free(b.maps);
	if (!src->failed) {
		set_map_widths(parser);
		parser_sort(parser);
	}
	return parser;
}

/* ---- the object -------------------------------------------------------------- */

static const struct {
	const char	*what, *prefix;
	size_t		size;
} kinds[NUM_LISTS] = {
	[NODES] = { "node", "np_node_", sizeof(struct np_node) },
	[MAPS] = { "map", "np_map_", sizeof(struct np_entry) },
	[OUTPUTS] = { "OUTPUT", "np_output_", sizeof(struct np_output) },
	[TABLES] = { "table", "np_table_", sizeof(struct np_table) },
	[PARSERS] = { "parser", "np_parser_", sizeof(struct np_parser) },
};

static void collect(struct source *src, int kind,
		    const struct object_symbol *symbol)
{
	struct named_list *list = &src->lists[kind];
	struct named *item;

	list->items = xrealloc(list->items,
			       (list->num + 1) * sizeof(*list->items));
	item = &list->items[list->num++];
	*item = (struct named){
		.name = symbol->name + strlen(kinds[kind].prefix),
		.raw = object_at(src->object, symbol->address, symbol->size),
		.num = symbol->size / kinds[kind].size,
	};
	if (!item->raw || symbol->size % kinds[kind].size ||
	    (kind != MAPS && item->num != 1)) {
		diag_error(src->path, 0, NULL,
			   "%s \"%s\" has a strange size: not of this netprog.h",
			   kinds[kind].what, item->name);
		src->failed = true;
	} else if (strlen(item->name) >= NETPROG_NAME_LEN) {
		diag_error(src->path, 0, NULL,
			   "the name of %s \"%s\" is longer than %d characters",
			   kinds[kind].what, item->name, NETPROG_NAME_LEN - 1);
		src->failed = true;
	}
}

static void collect_all(struct source *src)
{
	const struct object_symbol *symbols;
	uint32_t num = object_symbols(src->object, &symbols);

	for (int kind = 0; kind < NUM_LISTS; kind++) {
		src->lists[kind].what = kinds[kind].what;
		for (uint32_t i = 0; i < num; i++)
			if (!strncmp(symbols[i].name, kinds[kind].prefix,
				     strlen(kinds[kind].prefix)))
				collect(src, kind, &symbols[i]);
	}
	if (src->lists[PARSERS].num)
		return;
	diag_error(src->path, 0, NULL,
		   "no program; a parser is PARSER(NAME) = { ROOT(NODE), ... }");
	src->failed = true;
}

/* Of the source itself: that a header of protocols is not used up is right */
static void warn_unused(struct source *src)
{
	const struct named_list *list = &src->lists[NODES];

	for (uint32_t i = 0; i < list->num; i++) {
		const struct np_node *raw = list->items[i].raw;

		if (!list->items[i].used &&
		    !strcmp(source_file(src, &raw->where), src->path))
			diag_warning(src->path, raw->where.line, NULL,
				     "node \"%s\" cannot be reached from the root",
				     list->items[i].name);
	}
}

bool source_read_object(const char *path, const struct buffer *object,
			struct program_list *list)
{
	struct source src = { .path = path };

	src.object = object_load(path, object->data, object->size);
	if (!src.object)
		return false;
	collect_all(&src);
	list->parsers = xcalloc(src.lists[PARSERS].num, sizeof(*list->parsers));
	for (uint32_t i = 0; !src.failed && i < src.lists[PARSERS].num; i++)
		list->parsers[list->num++] =
			convert_parser(&src, &src.lists[PARSERS].items[i]);
	if (!src.failed)
		warn_unused(&src);
	for (int kind = 0; kind < NUM_LISTS; kind++)
		free(src.lists[kind].items);
	object_free(src.object);
	return !src.failed;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The front end's second half: what the language left in the object, by name.
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

void source_unknown(struct source *src, const struct np_where *where,
		    const struct named_list *list, const char *name)
{
	size_t best = strlen(name) / 3 + 1;
	const char *meant = NULL;

	for (uint32_t i = 0; i < list->num; i++) {
		size_t edits = name_distance(name, list->items[i].name);

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

/* ---- the object -------------------------------------------------------------- */

static const struct {
	const char	*what, *prefix;
	size_t		size;
} kinds[NUM_LISTS] = {
	[NODES] = { "node", "np_node_", sizeof(struct np_node) },
	[MAPS] = { "map", "np_map_", sizeof(struct np_entry) },
	[OUTPUTS] = { "OUTPUT", "np_output_", sizeof(struct np_output) },
	[COUNTERS] = { "counter", "np_counter_", sizeof(struct np_counter) },
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
	} else if (!is_identifier(item->name)) {
		diag_error(src->path, 0, NULL,
			   "%s \"%s\" has a name that is none in C",
			   kinds[kind].what, item->name);
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
static void warn_unused(struct source *src, const struct named *item,
			const struct np_where *where, const char *fmt)
{
	if (!item->used && !strcmp(source_file(src, where), src->path))
		diag_warning(src->path, where->line, item->name, fmt,
			     item->name);
}

static void warn_all_unused(struct source *src)
{
	const struct named_list *list = &src->lists[NODES];
	uint32_t i;

	for (i = 0; i < list->num; i++)
		warn_unused(src, &list->items[i],
			    &((struct np_node *)list->items[i].raw)->where,
			    "node \"%s\" cannot be reached from the root");
	list = &src->lists[COUNTERS];
	for (i = 0; i < list->num; i++)
		warn_unused(src, &list->items[i],
			    &((struct np_counter *)list->items[i].raw)->where,
			    "nothing uses counter \"%s\"");
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
			source_parser(&src, &src.lists[PARSERS].items[i]);
	if (!src.failed)
		warn_all_unused(&src);
	for (int kind = 0; kind < NUM_LISTS; kind++)
		free(src.lists[kind].items);
	object_free(src.object);
	return !src.failed;
}

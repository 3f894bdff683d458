// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * From a document of XDP2 or kParser to a parser. It is converted twice: once
 * with all of its nodes, so that all faults are told, and if there are none,
 * once more from the root on, which is the parser.
 */
#include <stdlib.h>
#include <string.h>

#include "import.h"

/* What the dialects' programs do if a document does not say */
#define DEFAULT_NODES	10
#define DEFAULT_ENCAPS	1
#define DEFAULT_FRAMES	255

static const char * const named_lists[] = {
	"parse-nodes", "proto-tables", "tlv-nodes", "tlv-tables", "counters",
	"flag-fields-tables", "flag-fields-nodes", "metadata-list",
	"metadata-objects", "cond-exprs-list",
};

/* ---- the lists of the document ------------------------------------------ */

static void check_list(struct import *im, const char *list)
{
	const struct place *at = AT(AT_TEXT(""), list);
	json_t *item;
	size_t i, first;

	json_array_foreach(member_list(im->root, list), i, item) {
		const char *name = member_string(item, "name");

		if (!json_is_object(item))
			import_fault(im, AT_ITEM(at, i), "is not an object");
		else if (!name)
			import_fault(im, AT(AT_ITEM(at, i), "name"),
				     "is missing, empty or no string");
		else if (find_item(im, list, name, &first) && first != i)
			import_fault(im, AT(AT_ITEM(at, i), "name"),
				     "\"%s\" is /%s/%zu already", name, list,
				     first);
	}
}

/* Entries of tables that nothing looks up in are looked at, too */
static void check_table(struct import *im, json_t *table,
			const struct place *at, const char *nodes)
{
	json_t *ent;
	size_t i, index;

	if (!import_members(im, table, at, table_members))
		return;
	json_array_foreach(member_list(table, "ents"), i, ent) {
		const struct place *where = AT_ITEM(AT(at, "ents"), i);

		if (import_members(im, ent, where, entry_members) &&
		    member_string(ent, "node"))
			need_item(im, AT(where, "node"), nodes,
				  member_string(ent, "node"), &index);
	}
}

static void check_tables(struct import *im, const char *list, const char *nodes)
{
	json_t *table;
	size_t i;

	json_array_foreach(member_list(im->root, list), i, table)
		check_table(im, table, AT_ITEM(AT(AT_TEXT(""), list), i), nodes);
}

/* ---- the parser's object ------------------------------------------------ */

static json_t *only_parser(struct import *im, json_t *list)
{
	json_t *item, *first = json_array_get(list, 0);
	struct buffer names = {};
	size_t i;

	if (json_array_size(list) == 1)
		return first;
	buffer_add(&names, "", 0);
	json_array_foreach(list, i, item)
		if (member_string(item, "name"))
			buffer_printf(&names, " %s", member_string(item, "name"));
	import_fault(im, AT(AT_TEXT(""), "parsers"), list && first ?
		     "has several, say which with --parser:%s" :
		     "has no parser%s", names.data);
	buffer_free(&names);
	return NULL;
}

static bool find_config(struct import *im, const char *name)
{
	const struct place *at = AT(AT_TEXT(""), "parsers");
	json_t *list = member_list(im->root, "parsers");
	size_t index = 0;

	if (!list)
		return false;
	im->config = name ? need_item(im, at, "parsers", name, &index) :
			    only_parser(im, list);
	if (!im->config)
		return false;
	im->config_at = place_text(AT_ITEM(at, index));
	return import_members(im, im->config, AT_TEXT(im->config_at),
			      parser_members);
}

static uint32_t config_limit(struct import *im, const char *key, uint32_t min,
			     uint32_t max, uint32_t missing)
{
	uint32_t value = member_uint(im->config, key, missing);

	if (value >= min && value <= max)
		return value;
	import_fault(im, AT(AT_TEXT(im->config_at), key),
		     "is %u, but has to be %u to %u", value, min, max);
	return min;
}

/* All nodes count in both dialects, but a root does not in a CPR */
static void import_limits(struct import *im)
{
	struct parser *p = im->parser;
	uint32_t frames;

	p->max_bytes = im->max_bytes;
	p->max_nodes = config_limit(im, "max-nodes", 2, MAX_REPEAT + 1,
				    DEFAULT_NODES) - 1;
	p->max_encaps = config_limit(im, "max-encaps", 0, MAX_REPEAT,
				     DEFAULT_ENCAPS);
	frames = config_limit(im, "max-frames", 0, INT32_MAX, DEFAULT_FRAMES);
	frames += !frames;	/* the first is there in any case */
	im->num_frames = frames < p->max_encaps + 1 ? frames :
						      p->max_encaps + 1;
}

static bool does_something(json_t *node)
{
	return json_object_get(node, "metadata") ||
	       json_object_get(node, "counter-actions") ||
	       json_object_get(node, "handler");
}

/* A node that the parser itself names; NULL if it has no effect */
static json_t *exit_target(struct import *im, const char *key, size_t *index)
{
	const char *name = member_string(im->config, key);
	json_t *node;

	if (!name)
		return NULL;
	node = need_item(im, AT(AT_TEXT(im->config_at), key), "parse-nodes",
			 name, index);
	return does_something(node) ? node : NULL;
}

static void import_exits(struct import *im)
{
	struct item okay = { .type = ITEM_OKAY };
	size_t index;

	im->okay = -1;
	okay.obj = exit_target(im, "okay-target", &index);
	if (okay.obj)
		im->okay = intern_node(im, &okay, AT_ROOT("parse-nodes", index),
				       member_string(okay.obj, "name"), "");
	im->at_encap = exit_target(im, "encap-target", &index);
	free(im->at_encap_at);
	im->at_encap_at = im->at_encap ?
		place_text(AT_ROOT("parse-nodes", index)) : NULL;
	if (exit_target(im, "fail-target", &index))
		import_fault(im, AT(AT_TEXT(im->config_at), "fail-target"),
			     "cannot run: a parse that fails ends at once, and its verdict tells why");
}

/* ---- conversion --------------------------------------------------------- */

/* All nodes but those that the parser itself names */
static void add_all_nodes(struct import *im)
{
	static const char * const targets[] = {
		"root-node", "okay-target", "fail-target", "encap-target" };
	json_t *node;
	size_t i, k;

	json_array_foreach(member_list(im->root, "parse-nodes"), i, node) {
		struct item item = { .type = ITEM_NODE, .obj = node };
		const char *name = member_string(node, "name");

		for (k = 0; name && k < 4; k++)
			if (member_string(im->config, targets[k]) &&
			    !strcmp(member_string(im->config, targets[k]), name))
				break;
		if (name && k == 4)
			intern_node(im, &item, AT_ROOT("parse-nodes", i), name,
				    "");
	}
}

static void reset(struct import *im)
{
	for (uint32_t i = 0; im->parser && i < im->parser->num_nodes; i++)
		free(im->items[i].at);
	free(im->items);
	free(im->map_items);
	im->items = NULL;
	im->map_items = NULL;
	tlvs_free(im);
	outputs_free(im);
}

/* @all: for faults only, so a root that is missing is just one of them */
static void convert(struct import *im, bool all)
{
	struct item root = { .type = ITEM_ROOT };
	const char *name = member_string(im->config, "root-node");
	size_t index;

	im->parser = xcalloc(1, sizeof(*im->parser));
	im->parser->name = import_name(im, AT(AT_TEXT(im->config_at), "name"),
				       member_string(im->config, "name"), "");
	im->parser->file = place_file(im, AT_TEXT(im->config_at));
	import_limits(im);
	root.obj = need_item(im, AT(AT_TEXT(im->config_at), "root-node"),
			     "parse-nodes", name, &index);
	if (root.obj)
		intern_node(im, &root, AT_ROOT("parse-nodes", index), name, "");
	import_exits(im);
	if (all)
		add_all_nodes(im);
	for (uint32_t i = 0; i < im->parser->num_nodes; i++)
		import_node(im, i);
}

/* Tells all faults; NULL if there are any */
static struct parser *import_document(struct import *im, const char *parser)
{
	struct parser *made;

	for (size_t i = 0; i < sizeof(named_lists) / sizeof(*named_lists); i++)
		check_list(im, named_lists[i]);
	check_tables(im, "proto-tables", "parse-nodes");
	check_tables(im, "tlv-tables", "tlv-nodes");
	if (!find_config(im, parser) || !member_string(im->config, "name") ||
	    !member_string(im->config, "root-node"))
		return NULL;
	collect_names(im, im->root, AT_TEXT(""));
	convert(im, true);
	reset(im);
	parser_free(im->parser);
	im->parser = NULL;
	if (im->failed)
		return NULL;
	convert(im, false);
	reset(im);
	made = im->parser;
	im->parser = NULL;
	if (!im->failed) {
		parser_sort(made);
		if (parser_check(im->path, made))
			return made;
	}
	parser_free(made);
	return NULL;
}

static void import_free(struct import *im)
{
	for (uint32_t i = 0; i < im->num_told; i++)
		free(im->told[i]);
	for (uint32_t i = 0; i < im->num_names; i++) {
		free(im->names[i].name);
		free(im->names[i].at);
	}
	free(im->told);
	free(im->names);
	free(im->config_at);
	free(im->at_encap_at);
	json_decref(im->root);
}

struct parser *import_parser(const char *path, const void *data, size_t size,
			     const struct import_options *options)
{
	struct import im = { .path = path, .dialect = options->dialect };
	struct parser *parser = NULL;
	json_error_t err;

	im.max_bytes = options->max_bytes ? options->max_bytes : IMPORT_MAX_BYTES;
	im.root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &err);
	if (!im.root) {
		diag_error(path, 0, NULL, "is not JSON: %s at byte %d",
			   err.text, err.position);
		return NULL;
	}
	if (im.dialect == DIALECT_NONE)
		im.dialect = import_dialect(&im);
	if (im.dialect != DIALECT_NONE &&
	    import_members(&im, im.root, AT_TEXT(""), root_members))
		parser = import_document(&im, options->parser);
	import_free(&im);
	return parser;
}

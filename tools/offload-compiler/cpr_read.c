// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Reading a CPR back. Everything in it is checked; a fault is named by its
 * JSON pointer (RFC 6901). What has been read is written again and has to
 * give the same bytes: only canonical CPRs have a hash.
 */
#include <string.h>

#include "cpr_read.h"

/* Names first, so that what refers to them can be read in any order */
#define DEFINE_NAMES(list_name, type, max)				\
static json_t *names_of_##list_name(struct reader *r, json_t *root)	\
{									\
	struct parser *p = r->parser;					\
	json_t *list = get_list(r, root, "", #list_name, max), *item;	\
	size_t i;							\
									\
	p->list_name = xcalloc(json_array_size(list), sizeof(type));	\
	json_array_foreach(list, i, item) {				\
		p->list_name[i].name = xstrdup(get_name(r, item,	\
			sub_index("/" #list_name, i).s));		\
		p->num_##list_name++;					\
	}								\
	return list;							\
}

DEFINE_NAMES(nodes, struct node, MAX_NODES)
DEFINE_NAMES(maps, struct map, MAX_ENTRIES)
DEFINE_NAMES(tables, struct table, NETPROG_MAX_TABLES)

static void read_limits(struct reader *r, json_t *root)
{
	static const char * const keys[] = { "bytes", "encaps", "nodes", NULL };
	json_t *limits = json_object_get(root, "limits");
	struct parser *p = r->parser;

	if (!has_keys(r, limits, "/limits", keys))
		return;
	p->max_bytes = get_int(r, limits, "/limits", "bytes", 1, MAX_BYTES);
	p->max_nodes = get_int(r, limits, "/limits", "nodes", 1, MAX_REPEAT);
	p->max_encaps = get_int(r, limits, "/limits", "encaps", 0, MAX_REPEAT);
}

static void read_root(struct reader *r, json_t *root)
{
	static const char * const keys[] = {
		"counters", "cpr", "inputs", "kind", "limits", "maps", "name",
		"nodes", "outputs", "root", "tables", NULL };
	static const char * const kinds[] = { "parser" };
	struct parser *p = r->parser;
	json_t *nodes, *maps, *tables;
	uint32_t i;

	get_int(r, root, "", "cpr", CPR_VERSION, CPR_VERSION);
	if (r->failed || !has_keys(r, root, "", keys))
		return;
	get_word(r, root, "", "kind", kinds, 1);
	p->name = xstrdup(get_name(r, root, ""));
	read_limits(r, root);
	read_inputs(r, root);
	read_counters(r, root);
	read_outputs(r, root);
	nodes = names_of_nodes(r, root);
	maps = names_of_maps(r, root);
	tables = names_of_tables(r, root);
	if (r->failed)
		return;
	p->root = get_node(r, root, "", "root");
	for (i = 0; i < p->num_maps && !r->failed; i++)
		read_map(r, json_array_get(maps, i), sub_index("/maps", i).s,
			 &p->maps[i]);
	for (i = 0; i < p->num_nodes && !r->failed; i++)
		read_node(r, json_array_get(nodes, i),
			  sub_index("/nodes", i).s, &p->nodes[i]);
	for (i = 0; i < p->num_tables && !r->failed; i++)
		read_table(r, json_array_get(tables, i),
			   sub_index("/tables", i).s, &p->tables[i]);
}

static bool is_canonical(struct reader *r, const void *json, size_t size)
{
	struct buffer again = {};
	bool same;

	parser_sort(r->parser);
	same = cpr_write(r->parser, &again) && again.size == size &&
	       !memcmp(again.data, json, size);
	buffer_free(&again);
	if (!same)
		fault(r, "", "is not in canonical form (RFC 8785, lists in canonical order)");
	return same;
}

struct parser *cpr_read(const char *path, const void *json, size_t size)
{
	struct reader r = { .path = path };
	json_error_t err;
	json_t *root;

	root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &err);
	if (!root) {
		diag_error(path, 0, NULL, "is not JSON: %s at byte %d",
			   err.text, err.position);
		return NULL;
	}
	r.parser = xcalloc(1, sizeof(*r.parser));
	read_root(&r, root);
	json_decref(root);
	if (!r.failed && is_canonical(&r, json, size) &&
	    parser_check(path, r.parser))
		return r.parser;
	parser_free(r.parser);
	return NULL;
}

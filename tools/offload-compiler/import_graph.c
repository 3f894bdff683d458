// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Nodes and maps by the objects that they are made of; names; targets */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"

/* A name of a CPR: letters, digits and _, not too many of them */
char *import_name(struct import *im, const struct place *at, const char *name,
		  const char *suffix)
{
	char *own = xasprintf("%s%s%s", isdigit((unsigned char)*name) ? "_" : "",
			      name, suffix);

	for (char *c = own; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	if (strlen(own) >= NETPROG_NAME_LEN) {
		import_fault(im, at,
			     "makes a name of %zu characters, \"%s\": %d are possible",
			     strlen(own), own, NETPROG_NAME_LEN - 1);
		own[NETPROG_NAME_LEN - 1] = '\0';
	}
	return own;
}

static bool name_taken(const struct parser *p, bool map, const char *name)
{
	uint32_t num = map ? p->num_maps : p->num_nodes;

	for (uint32_t i = 0; i < num; i++)
		if (!strcmp(map ? p->maps[i].name : p->nodes[i].name, name))
			return true;
	return false;
}

/* What is made of one object twice gets a number the second time */
static char *new_name(struct import *im, bool map, const struct place *at,
		      const char *name, const char *suffix)
{
	char *own = import_name(im, at, name, suffix);

	for (uint32_t n = 2; name_taken(im->parser, map, own); n++) {
		char *numbered = xasprintf("%s_%u", suffix, n);

		free(own);
		own = import_name(im, at, name, numbered);
		free(numbered);
		if (strlen(own) == NETPROG_NAME_LEN - 1)
			break;		/* maybe cut: has its fault */
	}
	return own;
}

static bool same_item(const struct item *a, const struct item *b)
{
	return a->type == b->type && a->obj == b->obj &&
	       a->context == b->context && a->wild == b->wild;
}

uint32_t intern_node(struct import *im, const struct item *item,
		     const struct place *at, const char *name,
		     const char *suffix)
{
	struct parser *p = im->parser;
	uint32_t i = p->num_nodes;

	for (uint32_t k = 0; k < i; k++)
		if (same_item(&im->items[k], item))
			return k;
	im->items = xrealloc(im->items, (i + 1) * sizeof(*im->items));
	p->nodes = xrealloc(p->nodes, (i + 1) * sizeof(*p->nodes));
	im->items[i] = *item;
	im->items[i].at = place_text(at);
	p->nodes[i] = (struct node){
		.name = new_name(im, false, AT(at, "name"), name, suffix),
		.file = place_file(im, at),
		.next = { .map = -1 },
	};
	return p->num_nodes++;
}

struct target stop_okay(const struct import *im)
{
	if (im->okay >= 0)
		return (struct target){ TARGET_NODE, im->okay };
	return (struct target){ TARGET_STOP, PARSE_OKAY };
}

/* A level begins on the way to a node, so that it is a node of its own */
struct target import_target(struct import *im, const struct place *at,
			    const char *name, bool encap)
{
	struct item item = { .type = encap ? ITEM_ENCAP : ITEM_NODE };
	struct target to = { .type = TARGET_NODE };
	const char *suffix = encap ? "_encap" : "";
	size_t index;

	item.obj = need_item(im, at, "parse-nodes", name, &index);
	if (!item.obj)
		return (struct target){ TARGET_STOP, PARSE_FAIL };
	if (encap && im->at_encap) {
		item.type = ITEM_AT_ENCAP;
		suffix = "_at_encap";
	} else if (!encap && item.obj == im->items[0].obj) {
		suffix = "_inner";
	}
	to.index = intern_node(im, &item, AT_ROOT("parse-nodes", index), name, suffix);
	return to;
}

json_t *import_entries(struct import *im, json_t *obj, const struct place *at,
		       const char *tables, char **entries_at, const char **name)
{
	json_t *list = member_list(obj, "ents"), *table;
	size_t index;

	*name = member_string(obj, "table");
	*entries_at = NULL;
	if (*name && json_object_get(obj, "ents"))
		import_fault(im, at, "needs either table or ents");
	if (!*name) {
		*entries_at = list ? place_text(AT(at, "ents")) : NULL;
		return list;
	}
	table = need_item(im, AT(at, "table"), tables, *name, &index);
	list = member_list(table, "ents");
	if (list)
		*entries_at = place_text(AT(AT_ROOT(tables, index), "ents"));
	return list;
}

/* ---- maps --------------------------------------------------------------- */

void add_entry(struct import *im, struct map *map, const struct place *at,
	       u128 key, struct target target)
{
	for (uint32_t i = 0; i < map->num_exact; i++)
		if (map->exact[i].key == key) {
			import_fault(im, at, "is a second entry for the key 0x%llx",
				     (unsigned long long)key);
			return;
		}
	map->exact = xrealloc(map->exact,
			      (map->num_exact + 1) * sizeof(*map->exact));
	map->exact[map->num_exact++] = (struct entry){
		.key = key, .mask = ones(map->bits), .target = target,
	};
}

static struct target entry_target(struct import *im,
				  const struct map_item *item, json_t *ent,
				  const struct place *at)
{
	const char *name = member_string(ent, "node");

	if (!name)
		return (struct target){ TARGET_STOP, PARSE_FAIL };
	if (item->context >= 0)
		return import_tlv_target(im, AT(at, "node"), name,
					 item->context, false);
	return import_target(im, AT(at, "node"), name,
			     item->encap || member_bool(ent, "encap", false));
}

static void convert_entry(struct import *im, const struct map_item *item,
			  json_t *ent, const struct place *at, struct map *map)
{
	const struct place *nodes = AT(AT_TEXT(""), "parse-nodes");
	struct target target;
	json_t *node;
	size_t index;
	u128 key;

	if (!import_members(im, ent, at, entry_members))
		return;
	if (item->context >= 0 && member_bool(ent, "encap", false))
		import_fault(im, AT(at, "encap"), "a TLV is no encapsulation");
	target = entry_target(im, item, ent, at);
	if (item->context < 0 && member_string(ent, "node") &&
	    member_value(ent, "key", &key)) {
		node = find_item(im, "parse-nodes", member_string(ent, "node"),
				 &index);
		if (node)
			check_known(im, node, AT_ITEM(nodes, index), key,
				    item->bytes.len);
	}
	if (import_key_value(im, ent, at, "key", &item->bytes, &key))
		add_entry(im, map, at, key, target);
}

static bool same_map(const struct map_item *a, const struct map_item *b)
{
	return a->ents == b->ents && a->bytes.len == b->bytes.len &&
	       a->bytes.mask == b->bytes.mask &&
	       a->bytes.shift == b->bytes.shift && a->encap == b->encap &&
	       a->context == b->context;
}

int32_t append_map(struct import *im, const struct map_item *item,
		   const struct map *map)
{
	struct parser *p = im->parser;
	uint32_t i = p->num_maps++;

	im->map_items = xrealloc(im->map_items, (i + 1) * sizeof(*im->map_items));
	p->maps = xrealloc(p->maps, (i + 1) * sizeof(*p->maps));
	im->map_items[i] = *item;
	p->maps[i] = *map;
	return i;
}

char *map_name(struct import *im, const struct place *at, const char *name,
	       const char *suffix)
{
	return new_name(im, true, at, name, suffix);
}

int32_t import_map(struct import *im, const struct map_item *item,
		   const char *entries_at, const char *name, const char *suffix)
{
	const struct place *at = AT_TEXT(entries_at);
	struct map map = { .bits = key_bits(&item->bytes) };
	json_t *ent;
	size_t i;

	for (i = 0; i < im->parser->num_maps; i++)
		if (same_map(&im->map_items[i], item))
			return i;
	map.name = map_name(im, at, name, suffix);
	map.file = place_file(im, at);
	if (json_array_size(item->ents) > MAX_ENTRIES)
		import_fault(im, at, "has %zu entries, at most %u are possible",
			     json_array_size(item->ents), MAX_ENTRIES);
	else
		json_array_foreach(item->ents, i, ent)
			convert_entry(im, item, ent, AT_ITEM(at, i), &map);
	return append_map(im, item, &map);
}

void import_lookup(struct import *im, const struct bytes *bytes, json_t *obj,
		   const struct place *at, const struct lookup_of *of,
		   struct field **fields, uint32_t *num_fields,
		   struct lookup *next)
{
	struct map_item item = { .bytes = *bytes, .encap = of->encap,
				 .context = of->context };
	const char *table;
	char *entries_at;

	item.ents = import_entries(im, obj, at, of->context < 0 ?
				   "proto-tables" : "tlv-tables", &entries_at,
				   &table);
	if (!item.ents && !table && im->dialect == DIALECT_KPARSER)
		import_fault(im, at, "needs either table or ents");
	if (json_array_size(item.ents)) {
		import_key(bytes, fields, num_fields, next);
		next->map = import_map(im, &item, entries_at,
				       table ? table : of->owner,
				       table ? "" : of->suffix);
	}
	free(entries_at);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The canonical CPR: JSON by RFC 8785. All names are ASCII and all numbers are
 * integers of at most 32 bits, so that sorted keys and no white space are all
 * that the RFC asks for; what is wider is a hex string of fixed width. The
 * lists are in canonical order already (canon.c).
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cpr.h"

const char * const cpr_ops[CPR_NUM_OPS] = {
	[COMPARE_EQ] = "eq", [COMPARE_NE] = "ne", [COMPARE_LT] = "lt",
	[COMPARE_LE] = "le", [COMPARE_GT] = "gt", [COMPARE_GE] = "ge",
};

const char * const cpr_extracts[CPR_NUM_EXTRACTS] = {
	[EXTRACT_FIELD] = "field",
	[EXTRACT_CONST] = "constant",
	[EXTRACT_START] = "start",
	[EXTRACT_END] = "end",
	[EXTRACT_LENGTH] = "length",
	[EXTRACT_COUNTER] = "counter",
	[EXTRACT_NODES] = "nodes",
	[EXTRACT_ENCAPS] = "encaps",
};

const char * const cpr_actions[CPR_NUM_ACTIONS] = { "increment", "reset" };

const char * const cpr_overflows[CPR_NUM_OVERFLOWS] = { "drop", "last" };

const char * const cpr_matches[__NETPROG_MATCH_MAX] = {
	[NETPROG_MATCH_EXACT] = "exact",
	[NETPROG_MATCH_TERNARY] = "ternary",
	[NETPROG_MATCH_LPM] = "lpm",
};

const char * const cpr_owners[__NETPROG_OWNER_MAX] = {
	[NETPROG_OWNER_RAW] = "raw",
	[NETPROG_OWNER_NTUPLE] = "ntuple",
	[NETPROG_OWNER_FLOWER] = "flower",
	[NETPROG_OWNER_NFTABLES] = "nftables",
	[NETPROG_OWNER_ROUTE] = "route",
};

static json_t *value_json(u128 value, uint32_t bits)
{
	char hex[33];

	if (bits <= 32)
		return json_integer((json_int_t)value);
	for (int i = 31; i >= 0; i--, value >>= 4)
		hex[i] = "0123456789abcdef"[value & 15];
	hex[32] = '\0';
	return json_string(&hex[32 - (bits + 3) / 4]);
}

static json_t *target_json(const struct parser *p, const struct target *t)
{
	switch (t->type) {
	case TARGET_NODE:
		return json_pack("{ss}", "node", p->nodes[t->index].name);
	case TARGET_STOP:
		return json_pack("{ss}", "stop", parse_verdict_names[t->index]);
	case TARGET_AGAIN:
		return json_pack("{ss}", "part", "again");
	case TARGET_DONE:
		return json_pack("{ss}", "part", "done");
	}
	return NULL;
}

static json_t *fields_json(const struct field *fields, uint32_t num)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < num; i++)
		json_array_append_new(list, json_pack("{sssisi}",
			"name", fields[i].name, "offset", fields[i].offset,
			"bits", fields[i].bits));
	return list;
}

/* Of a node, or of the area of one of its parts */
static json_t *length_json(const struct node *node, const struct length *length)
{
	json_t *terms = json_array();

	for (uint32_t i = 0; i < length->num_terms; i++)
		json_array_append_new(terms, json_pack("{sssi}",
			"field", node->fields[length->terms[i].field].name,
			"times", length->terms[i].times));
	return json_pack("{siso}", "add", length->add, "terms", terms);
}

static json_t *node_length_json(const struct node *node)
{
	json_t *length = length_json(node, &node->length);

	json_object_set_new(length, "min", json_integer(node->min_length));
	json_object_set_new(length, "rest", json_boolean(node->rest));
	return length;
}

static json_t *cond_json(const struct node *node, const struct cond *cond)
{
	json_t *list = json_array();
	const struct field *f;

	for (uint32_t i = 0; i < cond->num_args; i++)
		json_array_append_new(list, cond_json(node, &cond->args[i]));
	if (cond->type != COND_COMPARE)
		return json_pack("{so}", cond->type == COND_ALL ? "all" : "any",
				 list);
	json_decref(list);
	f = &node->fields[cond->field];
	return json_pack("{sssossso}", "field", f->name,
			 "mask", value_json(cond->mask, f->bits),
			 "op", cpr_ops[cond->op],
			 "value", value_json(cond->value, f->bits));
}

static json_t *require_json(const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];
		json_t *item = cond_json(node, cond);

		json_object_set_new(item, "stop",
			json_string(parse_verdict_names[cond->verdict]));
		json_array_append_new(list, item);
	}
	return list;
}

static json_t *actions_json(const struct parser *p, const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_actions; i++) {
		const struct action *a = &node->actions[i];

		json_array_append_new(list, json_pack("{sbssss}",
			"before", a->before,
			"counter", p->counters[a->counter].name,
			"op", cpr_actions[a->reset]));
	}
	return list;
}

/* The array, if the output is one */
static const char *output_name(const struct parser *p, uint32_t output)
{
	for (uint32_t i = 0; i < p->num_arrays; i++)
		if (p->arrays[i].first == output)
			return p->arrays[i].name;
	return p->outputs[output].name;
}

static json_t *extract_json(const struct parser *p, const struct node *node,
			    const struct extract *e)
{
	json_t *item = json_pack("{ssss}", "output", output_name(p, e->output),
				 "type", cpr_extracts[e->type]);

	if (e->type == EXTRACT_FIELD)
		json_object_set_new(item, "field",
				    json_string(node->fields[e->field].name));
	if (e->type == EXTRACT_CONST)
		json_object_set_new(item, "value",
			value_json(e->value, p->outputs[e->output].bits));
	if (e->type == EXTRACT_START)
		json_object_set_new(item, "add",
				    json_integer((json_int_t)e->value));
	if (e->type == EXTRACT_COUNTER)
		json_object_set_new(item, "counter",
			json_string(p->counters[e->counter].name));
	return item;
}

static json_t *extracts_json(const struct parser *p, const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_extracts; i++)
		json_array_append_new(list,
			extract_json(p, node, &node->extracts[i]));
	return list;
}

static json_t *lookup_json(const struct parser *p, const struct lookup *lookup,
			   const struct field *fields)
{
	json_t *key = json_array();
	json_t *next;

	for (uint32_t i = 0; i < lookup->num_key; i++) {
		const struct operand *op = &lookup->key[i];

		json_array_append_new(key, op->type == OPERAND_INPUT ?
			json_pack("{ss}", "input", p->inputs[op->index].name) :
			json_pack("{ss}", "field", fields[op->index].name));
	}
	next = json_pack("{soso}", "key", key,
			 "otherwise", target_json(p, &lookup->otherwise));
	if (lookup->map >= 0)
		json_object_set_new(next, "map",
				    json_string(p->maps[lookup->map].name));
	return next;
}

static json_t *flag_json(const struct parser *p, const struct node *node,
			 const struct flag *flag)
{
	const struct field *f = &node->fields[flag->field];
	json_t *item = json_pack("{sssoso}", "field", f->name,
				 "mask", value_json(flag->mask, f->bits),
				 "value", value_json(flag->value, f->bits));

	if (flag->skip)
		json_object_set_new(item, "skip", json_integer(flag->size));
	else
		json_object_set_new(item, "node",
				    json_string(p->nodes[flag->node].name));
	return item;
}

static json_t *part_json(const struct parser *p, const struct node *node,
			 const struct part *part)
{
	json_t *flags = json_array(), *item;

	for (uint32_t i = 0; i < part->num_flags; i++)
		json_array_append_new(flags, flag_json(p, node, &part->flags[i]));
	if (part->type == PART_FLAGS) {
		item = json_pack("{ssso}", "type", "flags", "flags", flags);
	} else {
		json_decref(flags);
		item = json_pack("{sssisosisoso}", "type", "loop",
			"max", part->max,
			"exceeded", target_json(p, &part->exceeded),
			"need", part->need,
			"fields", fields_json(part->fields, part->num_fields),
			"next", lookup_json(p, &part->next, part->fields));
	}
	if (part->has_start)
		json_object_set_new(item, "start", json_integer(part->start));
	if (part->has_area)
		json_object_set_new(item, "area",
				    length_json(node, &part->area));
	return item;
}

static json_t *parts_json(const struct parser *p, const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_parts; i++)
		json_array_append_new(list, part_json(p, node, &node->parts[i]));
	return list;
}

static json_t *node_json(const struct parser *p, const struct node *node)
{
	return json_pack("{sssbsbsbsisosososososo so}", "name", node->name,
			 "overlay", node->overlay, "counted", node->counted,
			 "encap", node->encap, "repeat", node->repeat,
			 "fields", fields_json(node->fields, node->num_fields),
			 "length", node_length_json(node),
			 "require", require_json(node),
			 "actions", actions_json(p, node),
			 "extract", extracts_json(p, node),
			 "parts", parts_json(p, node),
			 "next", lookup_json(p, &node->next, node->fields));
}

static json_t *entry_json(const struct parser *p, const struct map *map,
			  const struct entry *e)
{
	return json_pack("{sososiso}",
		e->range ? "low" : "key", value_json(e->key, map->bits),
		e->range ? "high" : "mask", value_json(e->mask, map->bits),
		"priority", e->priority, "target", target_json(p, &e->target));
}

static json_t *map_json(const struct parser *p, const struct map *map)
{
	json_t *exact = json_array(), *ternary = json_array();

	for (uint32_t i = 0; i < map->num_exact; i++)
		json_array_append_new(exact, json_pack("{soso}",
			"key", value_json(map->exact[i].key, map->bits),
			"target", target_json(p, &map->exact[i].target)));
	for (uint32_t i = 0; i < map->num_ternary; i++)
		json_array_append_new(ternary,
				      entry_json(p, map, &map->ternary[i]));
	return json_pack("{sssisoso}", "name", map->name, "bits", map->bits,
			 "exact", exact, "ternary", ternary);
}

static json_t *table_json(const struct parser *p, const struct table *table)
{
	json_t *keys = json_array();

	for (uint32_t i = 0; i < table->num_outputs; i++)
		json_array_append_new(keys,
			json_string(p->outputs[table->outputs[i]].name));
	return json_pack("{sssossss si}", "name", table->name, "keys", keys,
			 "match", cpr_matches[table->match],
			 "owner", cpr_owners[table->owner],
			 "size", table->size);
}

static json_t *counters_json(const struct parser *p)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < p->num_counters; i++)
		json_array_append_new(list, json_pack("{sssisbsb}",
			"name", p->counters[i].name, "max", p->counters[i].max,
			"saturate", p->counters[i].saturate,
			"encap_resets", p->counters[i].encap_resets));
	return list;
}

static json_t *array_json(const struct parser *p, const struct array *array)
{
	json_t *index = array->index == INDEX_ENCAPS ? json_string("encaps") :
		json_pack("{ss}", "counter", p->counters[array->counter].name);

	return json_pack("{sssisisoss}", "name", array->name,
			 "bits", (int)p->outputs[array->first].bits,
			 "count", array->num, "index", index,
			 "overflow", cpr_overflows[array->last]);
}

/* Arrays stand where their outputs do, and both are in order */
static json_t *outputs_json(const struct parser *p)
{
	json_t *list = json_array();
	uint32_t array = 0, i = 0;

	while (i < p->num_outputs) {
		if (array < p->num_arrays && p->arrays[array].first == i) {
			json_array_append_new(list,
				array_json(p, &p->arrays[array]));
			i += p->arrays[array++].num;
			continue;
		}
		json_array_append_new(list, json_pack("{sssi}",
			"name", p->outputs[i].name,
			"bits", (int)p->outputs[i].bits));
		i++;
	}
	return list;
}

static json_t *parser_json(const struct parser *p)
{
	json_t *inputs = json_array(), *nodes = json_array();
	json_t *maps = json_array(), *tables = json_array();

	for (uint32_t i = 0; i < p->num_inputs; i++)
		json_array_append_new(inputs, json_string(p->inputs[i].name));
	for (uint32_t i = 0; i < p->num_nodes; i++)
		json_array_append_new(nodes, node_json(p, &p->nodes[i]));
	for (uint32_t i = 0; i < p->num_maps; i++)
		json_array_append_new(maps, map_json(p, &p->maps[i]));
	for (uint32_t i = 0; i < p->num_tables; i++)
		json_array_append_new(tables, table_json(p, &p->tables[i]));
	return json_pack("{sissssss s{sisisi}sosososososo}",
			 "cpr", CPR_VERSION, "kind", "parser", "name", p->name,
			 "root", p->nodes[p->root].name,
			 "limits", "bytes", p->max_bytes, "nodes", p->max_nodes,
			 "encaps", p->max_encaps, "inputs", inputs,
			 "counters", counters_json(p),
			 "outputs", outputs_json(p), "nodes", nodes,
			 "maps", maps, "tables", tables);
}

bool cpr_write(const struct parser *parser, struct buffer *json)
{
	json_t *root = parser_json(parser);
	char *text;

	text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS |
				JSON_ENSURE_ASCII);
	json_decref(root);
	if (!text) {
		diag_error(parser->name, 0, NULL,
			   "cannot be written as JSON: a name is not ASCII");
		return false;
	}
	buffer_add(json, text, strlen(text));
	free(text);
	return true;
}

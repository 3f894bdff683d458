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
};

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
	if (t->type == TARGET_STOP)
		return json_pack("{ss}", "stop", parse_verdict_names[t->index]);
	return json_pack("{ss}", "node", p->nodes[t->index].name);
}

static json_t *fields_json(const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_fields; i++)
		json_array_append_new(list, json_pack("{sssisi}",
			"name", node->fields[i].name,
			"offset", node->fields[i].offset,
			"bits", node->fields[i].bits));
	return list;
}

static json_t *length_json(const struct node *node)
{
	json_t *terms = json_array();

	for (uint32_t i = 0; i < node->length.num_terms; i++)
		json_array_append_new(terms, json_pack("{sssi}",
			"field", node->fields[node->length.terms[i].field].name,
			"shift", __builtin_ctz(node->length.terms[i].times)));
	return json_pack("{sisosi}", "add", node->length.add, "terms", terms,
			 "min", node->min_length);
}

static json_t *require_json(const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];
		const struct field *field = &node->fields[cond->field];

		json_array_append_new(list, json_pack("{sssssoss}",
			"field", field->name, "op", cpr_ops[cond->op],
			"value", value_json(cond->value, field->bits),
			"stop", parse_verdict_names[cond->verdict]));
	}
	return list;
}

static json_t *extract_json(const struct parser *p, const struct node *node)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < node->num_extracts; i++) {
		const struct extract *e = &node->extracts[i];
		const struct parse_output *out = &p->outputs[e->output];
		json_t *item = json_pack("{ssss}", "output", out->name,
					 "type", cpr_extracts[e->type]);

		if (e->type == EXTRACT_FIELD)
			json_object_set_new(item, "field",
				json_string(node->fields[e->field].name));
		if (e->type == EXTRACT_CONST)
			json_object_set_new(item, "value",
					    value_json(e->value, out->bits));
		json_array_append_new(list, item);
	}
	return list;
}

static json_t *next_json(const struct parser *p, const struct node *node)
{
	json_t *key = json_array();
	json_t *next;

	for (uint32_t i = 0; i < node->next.num_key; i++) {
		const struct operand *op = &node->next.key[i];

		json_array_append_new(key, op->type == OPERAND_INPUT ?
			json_pack("{ss}", "input", p->inputs[op->index].name) :
			json_pack("{ss}", "field",
				  node->fields[op->index].name));
	}
	next = json_pack("{soso}", "key", key,
			 "otherwise", target_json(p, &node->next.otherwise));
	if (node->next.map >= 0)
		json_object_set_new(next, "map",
				    json_string(p->maps[node->next.map].name));
	return next;
}

static json_t *node_json(const struct parser *p, const struct node *node)
{
	return json_pack("{sssbsbsbsisosososo so}", "name", node->name,
			 "overlay", node->overlay, "counted", node->counted,
			 "encap", node->encap, "repeat", node->repeat,
			 "fields", fields_json(node),
			 "length", length_json(node),
			 "require", require_json(node),
			 "extract", extract_json(p, node),
			 "next", next_json(p, node));
}

static json_t *map_json(const struct parser *p, const struct map *map)
{
	json_t *exact = json_array(), *ternary = json_array();

	for (uint32_t i = 0; i < map->num_exact; i++)
		json_array_append_new(exact, json_pack("{soso}",
			"key", value_json(map->exact[i].key, map->bits),
			"target", target_json(p, &map->exact[i].target)));
	for (uint32_t i = 0; i < map->num_ternary; i++) {
		const struct entry *e = &map->ternary[i];

		json_array_append_new(ternary, json_pack("{sososiso}",
			"key", value_json(e->key, map->bits),
			"mask", value_json(e->mask, map->bits),
			"priority", e->priority,
			"target", target_json(p, &e->target)));
	}
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

static json_t *parser_json(const struct parser *p)
{
	json_t *inputs = json_array(), *outputs = json_array();
	json_t *nodes = json_array(), *maps = json_array();
	json_t *tables = json_array();

	for (uint32_t i = 0; i < p->num_inputs; i++)
		json_array_append_new(inputs, json_string(p->inputs[i].name));
	for (uint32_t i = 0; i < p->num_outputs; i++)
		json_array_append_new(outputs, json_pack("{sssi}",
			"name", p->outputs[i].name,
			"bits", (int)p->outputs[i].bits));
	for (uint32_t i = 0; i < p->num_nodes; i++)
		json_array_append_new(nodes, node_json(p, &p->nodes[i]));
	for (uint32_t i = 0; i < p->num_maps; i++)
		json_array_append_new(maps, map_json(p, &p->maps[i]));
	for (uint32_t i = 0; i < p->num_tables; i++)
		json_array_append_new(tables, table_json(p, &p->tables[i]));
	return json_pack("{sissssss s{sisisi}sososososo}",
			 "cpr", CPR_VERSION, "kind", "parser", "name", p->name,
			 "root", p->nodes[p->root].name,
			 "limits", "bytes", p->max_bytes, "nodes", p->max_nodes,
			 "encaps", p->max_encaps,
			 "inputs", inputs, "outputs", outputs, "nodes", nodes,
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

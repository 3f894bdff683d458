// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What a parser has to be, wherever it comes from: its source (then lines are
 * known) or a CPR. Everything behind this may rely on it: no index is out of
 * range, no value wider than its place, and every parse ends. Here, the lists
 * of the parser; nodes, maps and the graph are in check_*.c.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static const char *file_of(const struct check *c, const char *file)
{
	return file ? file : c->path;
}

/* A flow-dissector program starts behind the root, at (n_proto, nhoff): all
 * that the root does has to be known then.
 */
static void check_root(const struct check *c)
{
	const struct parser *p = c->parser;
	const struct node *root = &p->nodes[p->root];
	bool good = root->next.num_key == 1 &&
		    root->next.key[0].type == OPERAND_FIELD &&
		    root->fields[root->next.key[0].index].bits == 16 &&
		    !root->counted && !root->overlay && !root->encap &&
		    !root->repeat && !root->rest && !root->length.num_terms &&
		    !root->num_conds && !root->num_actions && !root->num_parts;

	if (!good) {
		node_error(c, root, root->line, root->name,
			   "the root, %s, has to be an uncounted node of constant length without conditions, counters and parts, looked up by one field of 16 bits: parses also start behind it, at (n_proto, nhoff)",
			   root->name);
		return;
	}
	for (uint32_t i = 0; i < root->num_extracts; i++) {
		const struct extract *e = &root->extracts[i];
		uint16_t key = p->outputs[e->output].key;

		if (e->type == EXTRACT_FIELD && key == PARSE_KEY_N_PROTO &&
		    e->field == root->next.key[0].index)
			continue;
		if (e->type == EXTRACT_END && (key == PARSE_KEY_NHOFF ||
					       key == PARSE_KEY_THOFF))
			continue;
		node_error(c, root, e->line, p->outputs[e->output].name,
			   "the root can extract only what is known where a parse starts behind it: n_proto from its key, nhoff and thoff from its end");
	}
}

static void check_table(const struct check *c, const struct table *t)
{
	const char *file = file_of(c, t->file);

	if (!t->num_outputs)
		diag_error(file, t->line, t->name, "table %s has no key",
			   t->name);
	if (!t->size || t->size > INT32_MAX)
		diag_error(file, t->line, t->name,
			   "table %s has room for %u entries: .size has to be 1 to %d",
			   t->name, t->size, INT32_MAX);
	if (t->match >= __NETPROG_MATCH_MAX)
		diag_error(file, t->line, t->name,
			   "table %s: .match has to be EXACT, TERNARY or LPM",
			   t->name);
	if (t->owner >= __NETPROG_OWNER_MAX)
		diag_error(file, t->line, t->name,
			   "table %s: .owner has to be RAW, NTUPLE, FLOWER, NFTABLES or ROUTE",
			   t->name);
	for (uint32_t i = 0; i < t->num_outputs; i++)
		for (uint32_t k = 0; k < i; k++)
			if (t->outputs[i] == t->outputs[k])
				diag_error(file, t->line, t->name,
					   "table %s has the key %s twice",
					   t->name, c->parser->outputs[t->outputs[i]].name);
}

static void check_counter(const struct check *c, const struct counter *counter)
{
	if (!counter->max || counter->max > MAX_REPEAT)
		diag_error(file_of(c, counter->file), counter->line,
			   counter->name,
			   "counter %s counts to %u: .max has to be 1 to %d",
			   counter->name, counter->max, MAX_REPEAT);
}

/* Can all its places be written? */
static void check_array(const struct check *c, const struct array *array)
{
	const struct parser *p = c->parser;
	uint32_t most = array->index == INDEX_ENCAPS ? p->max_encaps :
			p->counters[array->counter].max;

	if (array->num > most + 1)
		diag_warning(file_of(c, array->file), array->line, array->name,
			     "array %s has %u places, but its index, %s, is at most %u",
			     array->name, array->num,
			     array->index == INDEX_ENCAPS ?
			     "the encapsulation level" :
			     p->counters[array->counter].name, most);
}

static void check_lists(const struct check *c)
{
	const struct parser *p = c->parser;
	uint32_t i;

	for (i = 0; i < p->num_counters; i++)
		check_counter(c, &p->counters[i]);
	for (i = 0; i < p->num_arrays; i++)
		check_array(c, &p->arrays[i]);
	for (i = 0; i < p->num_maps; i++)
		check_map(c, &p->maps[i]);
	for (i = 0; i < p->num_tables; i++)
		check_table(c, &p->tables[i]);
}

/* ---- how many there are ------------------------------------------------------ */

static void check_range(const struct check *c, const char *what,
			uint32_t value, uint32_t min, uint32_t max)
{
	const struct parser *p = c->parser;

	if (value < min || value > max)
		diag_error(file_of(c, p->file), p->line, what,
			   "%s is %u, but has to be %u to %u", what, value, min,
			   max);
}

static void check_count(const struct check *c, const struct node *node,
			uint32_t line, const char *what, uint32_t num,
			uint32_t max)
{
	if (num > max)
		node_error(c, node, line, node->name,
			   "node %s has %u %s, at most %u are possible",
			   node->name, num, what, max);
}

static void check_counts(const struct check *c, const struct node *node)
{
	check_count(c, node, node->line, "allowed visits", node->repeat,
		    MAX_REPEAT);
	check_count(c, node, node->line, "fields", node->num_fields, MAX_FIELDS);
	check_count(c, node, node->line, "terms", node->length.num_terms,
		    MAX_TERMS);
	check_count(c, node, node->line, "conditions", node->num_conds,
		    MAX_FIELDS);
	check_count(c, node, node->line, "operands", node->next.num_key,
		    MAX_FIELDS);
	check_count(c, node, node->line, "parts", node->num_parts, MAX_PARTS);
	for (uint32_t i = 0; i < node->num_parts; i++) {
		const struct part *part = &node->parts[i];

		check_count(c, node, part->line, "terms in an area",
			    part->area.num_terms, MAX_TERMS);
		check_count(c, node, part->line, "operands in a part",
			    part->next.num_key, MAX_FIELDS);
		check_count(c, node, part->line, "flags in a part",
			    part->num_flags, MAX_FLAGS);
	}
}

static void check_limits(const struct check *c)
{
	const struct parser *p = c->parser;
	uint32_t entries = 0;

	check_range(c, "max_bytes", p->max_bytes, 1, MAX_BYTES);
	check_range(c, "max_nodes", p->max_nodes, 1, MAX_REPEAT);
	check_range(c, "max_encaps", p->max_encaps, 0, MAX_REPEAT);
	check_range(c, "number of nodes", p->num_nodes, 1, MAX_NODES);
	check_range(c, "number of counters", p->num_counters, 0, MAX_COUNTERS);
	check_range(c, "number of tables", p->num_tables, 0,
		    NETPROG_MAX_TABLES);
	check_range(c, "number of outputs", p->num_outputs, 0,
		    PARSE_MAX_OUTPUTS);
	for (uint32_t i = 0; i < p->num_maps; i++)
		entries += p->maps[i].num_exact + p->maps[i].num_ternary;
	check_range(c, "number of entries", entries, 0, MAX_ENTRIES);
	for (uint32_t i = 0; i < p->num_nodes; i++)
		check_counts(c, &p->nodes[i]);
}

bool parser_check(const char *path, const struct parser *parser)
{
	struct check c = { .path = path, .parser = parser };
	unsigned int errors = diag_errors();

	check_limits(&c);
	if (diag_errors() != errors)
		return false;
	find_elements(parser, c.element);
	c.ordinary[parser->root] = true;
	find_followers(parser, c.ordinary);
	for (uint32_t i = 0; i < parser->num_nodes; i++)
		check_node(&c, &parser->nodes[i]);
	check_lists(&c);
	check_root(&c);
	check_roles(&c);
	check_depth(&c);
	check_loops(&c);
	check_advance(&c);
	check_reach(&c);
	return diag_errors() == errors;
}

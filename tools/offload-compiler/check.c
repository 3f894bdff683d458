// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What a parser has to be, wherever it comes from: its source (then lines are
 * known) or a CPR. Everything behind this may rely on it: no index is out of
 * range, no value wider than its place, and every parse ends.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* What a source may write as a stop; the others come about by themselves */
static bool may_be_written(uint32_t verdict)
{
	return verdict == PARSE_OKAY || verdict == PARSE_FAIL ||
	       verdict == PARSE_BAD_LENGTH || verdict == PARSE_NO_MATCH;
}

static u128 ones(uint32_t bits)
{
	return bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0;
}

static const char *file_of(const char *path, const char *file)
{
	return file ? file : path;
}

#define node_error(c, n, l, token, ...) \
	diag_error(file_of((c)->path, (n)->file), l, token, __VA_ARGS__)

/* ---- nodes ---------------------------------------------------------------- */

static void check_fields(const struct check *c, const struct node *node)
{
	for (uint32_t i = 0; i < node->num_fields; i++) {
		const struct field *f = &node->fields[i];

		if (!f->bits || f->bits > MAX_KEY_BITS)
			node_error(c, node, node->line, f->name,
				   "field %s of node %s is %u bits wide, 1 to %u are possible",
				   f->name, node->name, f->bits, MAX_KEY_BITS);
		else if (f->offset + f->bits > 8 * node->min_length)
			node_error(c, node, node->line, f->name,
				   "field %s of node %s ends at bit %u, behind its header of %u bits",
				   f->name, node->name, f->offset + f->bits,
				   8 * node->min_length);
	}
	if (node->min_length > MAX_MIN_LENGTH)
		node_error(c, node, node->line, node->name,
			   "the header of node %s has %u bytes, at most %u are possible",
			   node->name, node->min_length, MAX_MIN_LENGTH);
}

static void check_length(const struct check *c, const struct node *node)
{
	if (node->length.add > MAX_LENGTH_ADD)
		node_error(c, node, node->line, node->name,
			   "node %s has a constant length of %u bytes, at most %u are possible",
			   node->name, node->length.add, MAX_LENGTH_ADD);
	if (!node->length.num_terms &&
	    node->length.add < (int32_t)node->min_length)
		node_error(c, node, node->line, node->name,
			   "node %s is always shorter than its header: %u of %u bytes",
			   node->name, node->length.add, node->min_length);
	for (uint32_t i = 0; i < node->length.num_terms; i++) {
		const struct field *f = &node->fields[node->length.terms[i].field];

		if (f->bits > 20 || ((1LL << f->bits) - 1) *
		    llabs(node->length.terms[i].times) > TERM_MAX)
			node_error(c, node, node->line, f->name,
				   "the length of node %s adds %s * %d, which can be more than %u",
				   node->name, f->name,
				   node->length.terms[i].times, TERM_MAX);
	}
}

/* What no value of the field fulfils, or every one */
static void check_sense(const struct check *c, const struct node *node,
			const struct cond *cond, const struct field *f)
{
	u128 max = ones(f->bits);

	if ((cond->op == COMPARE_LT && !cond->value) ||
	    (cond->op == COMPARE_GT && cond->value == max))
		node_error(c, node, cond->line, f->name,
			   "no value of field %s fulfils this condition",
			   f->name);
	if ((cond->op == COMPARE_GE && !cond->value) ||
	    (cond->op == COMPARE_LE && cond->value == max))
		diag_warning(file_of(c->path, node->file), cond->line, f->name,
			     "every value of field %s fulfils this condition",
			     f->name);
}

static void check_conds(const struct check *c, const struct node *node)
{
	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];
		const struct field *f = &node->fields[cond->field];

		if (cond->value > ones(f->bits))
			node_error(c, node, cond->line, f->name,
				   "the value is wider than field %s, which has %u bits",
				   f->name, f->bits);
		else
			check_sense(c, node, cond, f);
		if (!may_be_written(cond->verdict))
			node_error(c, node, cond->line, f->name,
				   "a condition cannot end a parse that way");
	}
}

static void check_extract(const struct check *c, const struct node *node,
			  const struct extract *e)
{
	const struct parse_output *out = &c->parser->outputs[e->output];
	uint32_t bits = 16;	/* of offsets and lengths */

	if (e->type == EXTRACT_FIELD)
		bits = node->fields[e->field].bits;
	if (e->type == EXTRACT_CONST && e->value > ones(out->bits))
		node_error(c, node, e->line, out->name,
			   "the constant is wider than output %s, which has %u bits",
			   out->name, out->bits);
	else if (e->type != EXTRACT_CONST && bits > out->bits)
		node_error(c, node, e->line, out->name,
			   "%u bits are written to output %s, which has %u",
			   bits, out->name, out->bits);
}

static void check_extracts(const struct check *c, const struct node *node)
{
	for (uint32_t i = 0; i < node->num_extracts; i++) {
		const struct extract *e = &node->extracts[i];

		check_extract(c, node, e);
		if (i && e->output == e[-1].output)
			node_error(c, node, e->line,
				   c->parser->outputs[e->output].name,
				   "node %s writes output %s twice", node->name,
				   c->parser->outputs[e->output].name);
	}
}

static void check_next(const struct check *c, const struct node *node)
{
	const struct parser *p = c->parser;
	uint32_t bits = 0;

	for (uint32_t i = 0; i < node->next.num_key; i++)
		bits += node->next.key[i].type == OPERAND_INPUT ? 1 :
			node->fields[node->next.key[i].index].bits;
	if (node->next.otherwise.type == TARGET_STOP && !may_be_written(node->next.otherwise.index))
		node_error(c, node, node->line, node->name,
			   "node %s cannot end a parse that way", node->name);
	if (!node->next.num_key == (node->next.map >= 0))
		node_error(c, node, node->line, node->name,
			   "node %s has a map without a key, or a key without a map",
			   node->name);
	else if (node->next.map >= 0 && bits > MAX_KEY_BITS)
		node_error(c, node, node->line, node->name,
			   "the key of node %s has %u bits, at most %u are possible",
			   node->name, bits, MAX_KEY_BITS);
	else if (node->next.map >= 0 && bits != p->maps[node->next.map].bits)
		node_error(c, node, node->line, p->maps[node->next.map].name,
			   "the key of node %s has %u bits, but map %s is looked up with %u",
			   node->name, bits, p->maps[node->next.map].name,
			   p->maps[node->next.map].bits);
}

/* ---- maps ------------------------------------------------------------------ */

static void check_entry(const struct check *c, const struct map *map,
			const struct entry *e)
{
	const char *file = file_of(c->path, map->file);

	if (e->key > ones(map->bits) || e->mask > ones(map->bits))
		diag_error(file, e->line, NULL,
			   "the key is wider than the %u bits that map %s is looked up with",
			   map->bits, map->name);
	else if (e->key & ~e->mask)
		diag_error(file, e->line, NULL,
			   "the key has bits set that its mask leaves out, so it never matches");
	if (e->target.type == TARGET_STOP && !may_be_written(e->target.index))
		diag_error(file, e->line, NULL,
			   "an entry cannot end a parse that way");
}

static bool overlap(const struct entry *a, const struct entry *b)
{
	return !((a->key ^ b->key) & a->mask & b->mask);
}

/* All keys of @low match @high as well, and that comes first */
static bool hides(const struct entry *high, const struct entry *low)
{
	return (high->mask & low->mask) == high->mask && overlap(high, low);
}

static void check_hidden(const struct check *c, const struct map *map,
			 const struct entry *low)
{
	const struct entry *high = NULL;

	for (uint32_t i = 0; i < map->num_exact && !high; i++)
		if (hides(&map->exact[i], low))
			high = &map->exact[i];
	for (uint32_t i = 0; i < map->num_ternary && !high; i++)
		if (map->ternary[i].priority > low->priority &&
		    hides(&map->ternary[i], low))
			high = &map->ternary[i];
	if (high)
		diag_error(file_of(c->path, map->file), low->line, NULL,
			   "this entry of map %s never matches: that of line %u comes first",
			   map->name, high->line);
}

static void check_map(const struct check *c, const struct map *map)
{
	const char *file = file_of(c->path, map->file);

	for (uint32_t i = 0; i < map->num_exact; i++) {
		const struct entry *e = &map->exact[i];

		check_entry(c, map, e);
		if (i && e->key == e[-1].key)
			diag_error(file, e->line, NULL,
				   "map %s has two entries for this key: 0x%llx",
				   map->name, (unsigned long long)e->key);
	}
	for (uint32_t i = 0; i < map->num_ternary; i++) {
		const struct entry *e = &map->ternary[i];

		check_entry(c, map, e);
		check_hidden(c, map, e);
		for (uint32_t k = 0; k < i; k++)
			if (map->ternary[k].priority == e->priority &&
			    overlap(&map->ternary[k], e))
				diag_error(file, e->line, NULL,
					   "this entry of map %s overlaps that of line %u: give them different priorities",
					   map->name, map->ternary[k].line);
	}
}

/* ---- the whole --------------------------------------------------------------- */

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
		    !root->repeat && !root->length.num_terms && !root->num_conds;

	if (!good) {
		node_error(c, root, root->line, root->name,
			   "the root, %s, has to be an uncounted node of constant length without conditions, looked up by one field of 16 bits: parses also start behind it, at (n_proto, nhoff)",
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
	const char *file = file_of(c->path, t->file);

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

static void check_tables(const struct check *c)
{
	for (uint32_t i = 0; i < c->parser->num_tables; i++)
		check_table(c, &c->parser->tables[i]);
}

static void check_range(const struct check *c, const char *what,
			uint32_t value, uint32_t min, uint32_t max)
{
	const struct parser *p = c->parser;

	if (value < min || value > max)
		diag_error(file_of(c->path, p->file), p->line, what,
			   "%s is %u, but has to be %u to %u", what, value, min,
			   max);
}

static void check_counts(const struct check *c, const struct node *node)
{
	const struct { const char *what; uint32_t num, max; } counts[] = {
		{ "allowed visits", node->repeat, MAX_REPEAT },
		{ "fields", node->num_fields, MAX_FIELDS },
		{ "terms", node->length.num_terms, MAX_TERMS },
		{ "conditions", node->num_conds, MAX_FIELDS },
		{ "operands", node->next.num_key, MAX_FIELDS },
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		if (counts[i].num > counts[i].max)
			node_error(c, node, node->line, node->name,
				   "node %s has %u %s, at most %u are possible",
				   node->name, counts[i].num, counts[i].what,
				   counts[i].max);
}

static void check_limits(const struct check *c)
{
	const struct parser *p = c->parser;
	uint32_t entries = 0;

	check_range(c, "max_bytes", p->max_bytes, 1, MAX_BYTES);
	check_range(c, "max_nodes", p->max_nodes, 1, MAX_REPEAT);
	check_range(c, "max_encaps", p->max_encaps, 0, MAX_REPEAT);
	check_range(c, "number of nodes", p->num_nodes, 1, MAX_NODES);
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
	const struct check c = { .path = path, .parser = parser };
	unsigned int errors = diag_errors();
	uint32_t i;

	check_limits(&c);
	if (diag_errors() != errors)
		return false;
	for (i = 0; i < parser->num_nodes; i++) {
		check_fields(&c, &parser->nodes[i]);
		check_length(&c, &parser->nodes[i]);
		check_conds(&c, &parser->nodes[i]);
		check_extracts(&c, &parser->nodes[i]);
		check_next(&c, &parser->nodes[i]);
	}
	for (i = 0; i < parser->num_maps; i++)
		check_map(&c, &parser->maps[i]);
	check_root(&c);
	check_tables(&c);
	check_loops(&c);
	check_reach(&c);
	return diag_errors() == errors;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Of a node, but for its conditions and parts */
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* What a source may write as a stop; the others come about by themselves */
bool may_be_written(uint32_t verdict)
{
	return verdict == PARSE_OKAY || verdict == PARSE_FAIL ||
	       verdict == PARSE_BAD_LENGTH || verdict == PARSE_NO_MATCH;
}

void check_fields(const struct check *c, const struct node *node,
		  const char *owner, uint32_t line, const struct field *fields,
		  uint32_t num, uint32_t bytes)
{
	for (uint32_t i = 0; i < num; i++) {
		const struct field *f = &fields[i];
		uint64_t end = (uint64_t)f->offset + f->bits;

		if (!f->bits || f->bits > MAX_KEY_BITS)
			node_error(c, node, line, f->name,
				   "field %s of %s is %u bits wide, 1 to %u are possible",
				   f->name, owner, f->bits, MAX_KEY_BITS);
		else if (end > 8 * (uint64_t)bytes)
			node_error(c, node, line, f->name,
				   "field %s of %s ends at bit %llu, behind its header of %u bits",
				   f->name, owner, (unsigned long long)end,
				   8 * bytes);
	}
	if (bytes > MAX_MIN_LENGTH)
		node_error(c, node, line, node->name,
			   "the header of %s has %u bytes, at most %u are possible",
			   owner, bytes, MAX_MIN_LENGTH);
}

/* ---- lengths ------------------------------------------------------------------ */

struct bounds length_bounds(const struct node *node, const struct length *length)
{
	struct bounds b = { length->add, length->add };

	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *term = &length->terms[i];
		uint32_t bits = node->fields[term->field].bits;
		int64_t most = (int64_t)ones(bits < 31 ? bits : 31) *
			       term->times;

		*(most < 0 ? &b.low : &b.high) += most;
	}
	return b;
}

struct bounds node_bounds(const struct node *node)
{
	struct bounds b = length_bounds(node, &node->length);

	if (node->rest)
		b.high = UINT32_MAX;
	if (b.low < node->min_length)
		b.low = node->min_length;	/* else it is no visit */
	return b;
}

void check_terms(const struct check *c, const struct node *node,
		 const char *owner, uint32_t line, const struct length *length)
{
	if (length->add > MAX_LENGTH_ADD || length->add < -MAX_LENGTH_ADD)
		node_error(c, node, line, node->name,
			   "the length of %s adds the constant %d, but %d to %d are possible",
			   owner, length->add, -MAX_LENGTH_ADD, MAX_LENGTH_ADD);
	for (uint32_t i = 0; i < length->num_terms; i++) {
		const struct term *term = &length->terms[i];
		const struct field *f = &node->fields[term->field];

		if (f->bits > 20 || ((1LL << f->bits) - 1) *
		    llabs(term->times) > TERM_MAX)
			node_error(c, node, line, f->name,
				   "the length of %s adds %s * %d, which can be more than %u",
				   owner, f->name, term->times, TERM_MAX);
	}
}

static void check_length(const struct check *c, const struct node *node,
			 const char *owner)
{
	struct bounds b = length_bounds(node, &node->length);

	check_terms(c, node, owner, node->line, &node->length);
	if (node->rest && (node->length.add || node->length.num_terms))
		node_error(c, node, node->line, node->name,
			   "node %s has what is left and a length of its own, too",
			   node->name);
	else if (!node->rest && b.high < node->min_length)
		node_error(c, node, node->line, node->name,
			   "node %s is always shorter than its header: %lld of %u bytes",
			   node->name, (long long)b.high, node->min_length);
}

/* ---- extracts and actions ------------------------------------------------------ */

/* As wide as what is written */
static uint32_t extract_bits(const struct node *node, const struct extract *e)
{
	switch (e->type) {
	case EXTRACT_FIELD:
		return node->fields[e->field].bits;
	case EXTRACT_START:
	case EXTRACT_END:
	case EXTRACT_LENGTH:
		return 16;
	case EXTRACT_COUNTER:
	case EXTRACT_NODES:
	case EXTRACT_ENCAPS:
		return 8;
	case EXTRACT_CONST:
		break;
	}
	return 0;
}

static void check_extract(const struct check *c, const struct node *node,
			  const struct extract *e)
{
	const struct parse_output *out = &c->parser->outputs[e->output];
	uint32_t bits = extract_bits(node, e);

	if (e->type == EXTRACT_CONST && e->value > ones(out->bits))
		node_error(c, node, e->line, out->name,
			   "the constant is wider than output %s, which has %u bits",
			   out->name, out->bits);
	else if (bits > out->bits)
		node_error(c, node, e->line, out->name,
			   "%u bits are written to output %s, which has %u",
			   bits, out->name, out->bits);
	if (e->type == EXTRACT_START && e->value &&
	    e->value >= node->min_length)
		node_error(c, node, e->line, out->name,
			   "the offset of byte %u of node %s, whose header has %u bytes",
			   (uint32_t)e->value, node->name, node->min_length);
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

static void check_actions(const struct check *c, const struct node *node)
{
	for (uint32_t i = 1; i < node->num_actions; i++) {
		const struct action *a = &node->actions[i];
		const char *name = c->parser->counters[a->counter].name;

		if (a->counter == a[-1].counter && a->before == a[-1].before)
			node_error(c, node, a->line, name,
				   "node %s has two actions on counter %s %s its extracts; one there and one %s are possible",
				   node->name, name,
				   a->before ? "before" : "behind",
				   a->before ? "behind" : "before");
	}
}

/* ---- lookups -------------------------------------------------------------------- */

/* AGAIN and DONE have to have a part that they are about */
static void check_targets(const struct check *c, const struct node *node,
			  const char *owner, uint32_t line,
			  const struct lookup *lookup, bool part)
{
	const struct map *map = lookup->map < 0 ? NULL :
				&c->parser->maps[lookup->map];
	struct target to;

	for (uint32_t n = 0; lookup_target(c->parser, lookup, n, &to); n++) {
		const char *word = to.type == TARGET_AGAIN ? "AGAIN" : "DONE";
		const char *file = node_file(c, node);
		uint32_t at = line;

		if (to.type != TARGET_AGAIN && to.type != TARGET_DONE)
			continue;
		if (n) {
			file = map->file ? map->file : c->path;
			at = n - 1 < map->num_exact ? map->exact[n - 1].line :
			     map->ternary[n - 1 - map->num_exact].line;
		}
		if (part && to.type == TARGET_AGAIN)
			diag_error(file, at, word,
				   "%s looks up AGAIN, which does not advance: name an element, DONE or a STOP_*",
				   owner);
		if (!part && c->ordinary[node - c->parser->nodes])
			diag_error(file, at, word,
				   "%s is no element of a part, so it cannot go on to %s",
				   owner, word);
	}
}

void check_lookup(const struct check *c, const struct node *node,
		  const char *owner, uint32_t line,
		  const struct lookup *lookup, const struct field *fields)
{
	const struct map *map = lookup->map < 0 ? NULL :
				&c->parser->maps[lookup->map];
	uint32_t bits = 0;

	for (uint32_t i = 0; i < lookup->num_key; i++)
		bits += lookup->key[i].type == OPERAND_INPUT ? 1 :
			fields[lookup->key[i].index].bits;
	if (lookup->otherwise.type == TARGET_STOP &&
	    !may_be_written(lookup->otherwise.index))
		node_error(c, node, line, node->name,
			   "%s cannot end a parse that way", owner);
	if (!lookup->num_key == !!map)
		node_error(c, node, line, node->name,
			   "%s has a map without a key, or a key without a map",
			   owner);
	else if (map && bits > MAX_KEY_BITS)
		node_error(c, node, line, node->name,
			   "the key of %s has %u bits, at most %u are possible",
			   owner, bits, MAX_KEY_BITS);
	else if (map && bits != map->bits)
		node_error(c, node, line, map->name,
			   "the key of %s has %u bits, but map %s is looked up with %u",
			   owner, bits, map->name, map->bits);
	check_targets(c, node, owner, line, lookup, lookup != &node->next);
}

void check_node(const struct check *c, const struct node *node)
{
	char *owner = xasprintf("node %s", node->name);

	check_fields(c, node, owner, node->line, node->fields, node->num_fields,
		     node->min_length);
	check_length(c, node, owner);
	check_conds(c, node);
	check_extracts(c, node);
	check_actions(c, node);
	check_parts(c, node);
	check_lookup(c, node, owner, node->line, &node->next, node->fields);
	free(owner);
}

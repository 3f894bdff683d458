// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* One NODE of the source */
#include <stdlib.h>
#include <string.h>

#include "source.h"

/* Groups in groups, before they are put in canonical form */
#define MAX_SOURCE_DEPTH	16

static struct named input_names[] = {
	{ .name = "parse_1st_frag" },
	{ .name = "stop_at_flow_label" },
	{ .name = "stop_at_encap" },
};

static const uint32_t input_bits[] = {
	PARSE_IN_PARSE_1ST_FRAG,
	PARSE_IN_STOP_AT_FLOW_LABEL,
	PARSE_IN_STOP_AT_ENCAP,
};

static const struct named_list known_inputs = {
	.what = "input", .items = input_names, .num = 3,
};

static uint32_t add_input(struct builder *b, const struct np_key *key)
{
	const char *name = source_string(b->src, key->input);
	struct named *known = source_find(&known_inputs, name);
	struct parser *parser = b->parser;
	uint32_t i;

	if (!known) {
		source_unknown(b->src, &key->where, &known_inputs, name);
		return 0;
	}
	for (i = 0; i < parser->num_inputs; i++)
		if (!strcmp(parser->inputs[i].name, name))
			return i;
	parser->inputs = xrealloc(parser->inputs,
				  (i + 1) * sizeof(*parser->inputs));
	parser->inputs[i].name = xstrdup(name);
	parser->inputs[i].bit = input_bits[known - input_names];
	parser->num_inputs++;
	return i;
}

u128 source_value(const struct np_value *value)
{
	return (u128)value->hi << 64 | value->lo;
}

/* Only fields that something refers to are part of the parser */
uint32_t source_field(struct fields *fields, const struct np_field *field)
{
	struct source *src = fields->b->src;
	const char *name = source_string(src, field->name);
	const char *header = source_string(src, field->header);
	struct field *list = *fields->list;
	uint32_t i;

	if (strcmp(header, fields->header))
		source_error(src, &field->where, header,
			     "%s reads %s.%s, but its header is %s",
			     fields->owner, header, name,
			     *fields->header ? fields->header : "none");
	if (!is_identifier(name) || strlen(name) >= NETPROG_NAME_LEN)
		source_error(src, &field->where, name,
			     "\"%s\" is not the name of a field: one word of at most %d letters, digits and _",
			     name, NETPROG_NAME_LEN - 1);
	for (i = 0; i < *fields->num; i++)
		if (!strcmp(list[i].name, name))
			return i;
	list = xrealloc(list, (i + 1) * sizeof(*list));
	list[i] = (struct field){
		.name = xstrdup(name), .offset = field->offset,
		.bits = field->bits,
	};
	*fields->list = list;
	*fields->num = i + 1;
	return i;
}

void source_length(struct fields *fields, struct length *length,
		   const struct np_length *raw)
{
	const struct np_term *terms;
	uint32_t num;

	if (raw->given != NP_LENGTH_SUM)
		return;
	length->add = raw->add;
	terms = object_list(fields->b->src->object, raw->terms, sizeof(*terms),
			    &num);
	length->terms = xcalloc(num, sizeof(*length->terms));
	for (uint32_t i = 0; terms && i < num; i++) {
		length->terms[i].field = source_field(fields, &terms[i].field);
		length->terms[i].times = terms[i].times;
		length->num_terms++;
	}
}

/* Of a condition that ends a parse when it does not hold */
static enum parse_verdict source_verdict(struct builder *b,
					 const struct np_cond *raw)
{
	const char *stop = source_string(b->src, raw->otherwise);

	if (!*stop)
		return PARSE_FAIL;
	if (!strncmp(stop, "STOP_", strlen("STOP_")))
		return builder_target(b, &raw->where, stop).index;
	source_error(b->src, &raw->where, stop,
		     "a condition that does not hold ends the parse: STOP_*, not \"%s\"",
		     stop);
	return PARSE_FAIL;
}

static void convert_compare(struct fields *fields, struct cond *cond,
			    const struct np_cond *raw)
{
	u128 full = raw->field.bits < 128 ?
		    ((u128)1 << raw->field.bits) - 1 : ~(u128)0;

	cond->type = COND_COMPARE;
	cond->field = source_field(fields, &raw->field);
	cond->op = (enum compare)raw->op;
	cond->mask = raw->masked ? source_value(&raw->mask) : full;
	cond->value = source_value(&raw->value);
}

/* @depth: groups that the list is in */
static void convert_conds(struct fields *fields, uint64_t address,
			  struct cond **list, uint32_t *num, uint32_t depth)
{
	struct source *src = fields->b->src;
	const struct np_cond *raw;
	uint32_t n;

	raw = object_list(src->object, address, sizeof(*raw), &n);
	*list = xcalloc(n, sizeof(**list));
	for (uint32_t i = 0; raw && i < n; i++, raw++) {
		struct cond *cond = &(*list)[(*num)++];

		cond->line = raw->where.line;
		if (!depth)
			cond->verdict = source_verdict(fields->b, raw);
		else if (raw->otherwise)
			source_error(src, &raw->where, NULL,
				     "a condition in a group cannot have an .otherwise: give it to the outermost ANY or ALL");
		if (raw->op < NP_ALL) {
			convert_compare(fields, cond, raw);
			continue;
		}
		if (raw->op > NP_ANY)
			source_error(src, &raw->where, NULL,
				     "a condition of unknown kind: not of this netprog.h");
		cond->type = raw->op == NP_ALL ? COND_ALL : COND_ANY;
		if (depth == MAX_SOURCE_DEPTH)
			source_error(src, &raw->where, NULL,
				     "conditions are nested more than %d deep",
				     MAX_SOURCE_DEPTH);
		else
			convert_conds(fields, raw->list, &cond->args,
				      &cond->num_args, depth + 1);
		if (!cond->num_args && depth < MAX_SOURCE_DEPTH)
			source_error(src, &raw->where, NULL,
				     "a group without a condition: say ANY(REQUIRE { ... })");
	}
}

/* An output's width is declared, or that of the fields written to it */
static void set_width(struct builder *b, const struct np_extract *raw,
		      uint32_t output)
{
	struct parse_output *out = &b->parser->outputs[output];
	uint32_t bits = 0;

	switch (raw->type) {
	case NP_EXTRACT_FIELD:
		bits = raw->field.bits <= MAX_KEY_BITS ? raw->field.bits :
							 MAX_KEY_BITS;
		break;
	case NP_EXTRACT_START:
	case NP_EXTRACT_END:
	case NP_EXTRACT_LENGTH:
		bits = 16;
		break;
	case NP_EXTRACT_COUNTER:
	case NP_EXTRACT_NODES:
	case NP_EXTRACT_ENCAPS:
		bits = 8;
		break;
	}
	if (out->key || !bits || strchr(out->name, '[') ||
	    source_find(&b->src->lists[OUTPUTS], out->name))
		return;
	if (out->bits && out->bits != bits)
		source_error(b->src, &raw->where, out->name,
			     "output \"%s\" gets %u bits here and %u elsewhere; say OUTPUT(%s, BITS)",
			     out->name, bits, out->bits, out->name);
	out->bits = bits;
}

static void convert_extract(struct fields *fields, struct extract *e,
			    const struct np_extract *raw)
{
	struct builder *b = fields->b;
	const char *output = source_string(b->src, raw->output);
	const char *header = source_string(b->src, raw->field.header);

	if (raw->type > NP_EXTRACT_ENCAPS)
		source_error(b->src, &raw->where, NULL,
			     "an extract of unknown kind: not of this netprog.h");
	e->type = (enum extract_type)raw->type;
	e->line = raw->where.line;
	e->value = source_value(&raw->value);
	if (!is_identifier(output))
		source_error(b->src, &raw->where, output,
			     "\"%s\" is not the name of an output: an array's index tells the place",
			     output);
	e->output = builder_output(b, &raw->where, output);
	if (e->type == EXTRACT_FIELD)
		e->field = source_field(fields, &raw->field);
	if (e->type == EXTRACT_COUNTER)
		e->counter = builder_counter(b, &raw->where,
			source_string(b->src, raw->counter));
	/* OFFSET: where the field is, not what it holds */
	if (e->type == EXTRACT_START && *header &&
	    strcmp(header, fields->header))
		source_error(b->src, &raw->where, header,
			     "%s tells the offset of %s.%s, but its header is %s",
			     fields->owner, header,
			     source_string(b->src, raw->field.name),
			     *fields->header ? fields->header : "none");
	set_width(b, raw, e->output);
}

static void convert_extracts(struct fields *fields, struct node *node,
			     const struct np_node *raw)
{
	const struct np_extract *from;
	uint32_t num;

	from = object_list(fields->b->src->object, raw->extract, sizeof(*from),
			   &num);
	node->extracts = xcalloc(num, sizeof(*node->extracts));
	for (uint32_t i = 0; from && i < num; i++)
		convert_extract(fields, &node->extracts[node->num_extracts++],
				&from[i]);
}

static void convert_actions(struct builder *b, struct node *node,
			    const struct np_node *raw)
{
	const struct np_action *from;
	uint32_t num;

	from = object_list(b->src->object, raw->counters, sizeof(*from), &num);
	node->actions = xcalloc(num, sizeof(*node->actions));
	for (uint32_t i = 0; from && i < num; i++, from++)
		node->actions[node->num_actions++] = (struct action){
			.counter = builder_counter(b, &from->where,
				source_string(b->src, from->counter)),
			.before = from->before, .reset = from->reset,
			.line = from->where.line,
		};
}

void source_lookup(struct fields *fields, struct lookup *lookup,
		   const struct np_next *next)
{
	struct builder *b = fields->b;
	const char *otherwise = source_string(b->src, next->otherwise);
	const struct np_key *keys;
	uint32_t num;

	keys = object_list(b->src->object, next->key, sizeof(*keys), &num);
	lookup->key = xcalloc(num, sizeof(*lookup->key));
	for (uint32_t i = 0; keys && i < num; i++) {
		struct operand *op = &lookup->key[lookup->num_key++];

		op->type = keys[i].input ? OPERAND_INPUT : OPERAND_FIELD;
		op->index = keys[i].input ? add_input(b, &keys[i]) :
			source_field(fields, &keys[i].field);
	}
	lookup->map = next->map ? builder_map(b, &next->where,
				source_string(b->src, next->map)) : -1;
	if (next->map && !num)
		source_error(b->src, &next->where, "LOOKUP",
			     "a LOOKUP needs a .key = KEY { ... }");
	if (*otherwise)
		lookup->otherwise = builder_target(b, &next->where, otherwise);
	else
		lookup->otherwise = (struct target){ .type = TARGET_STOP,
			.index = next->map ? PARSE_NO_MATCH : PARSE_OKAY };
}

static void convert_header(struct builder *b, struct node *node,
			   const struct np_node *raw)
{
	const char *header = source_string(b->src, raw->header);

	if (!raw->header_given)
		source_error(b->src, &raw->next.where, NULL,
			     "node \"%s\" says neither HEADER(NAME) nor NO_HEADER",
			     node->name);
	if (raw->header_bits % 8)
		source_error(b->src, &raw->where, header,
			     "struct %s_bits has %u bits, not a multiple of 8",
			     header, raw->header_bits);
	node->min_length = raw->header_bits / 8;
}

void source_node(struct builder *b, struct node *node, const struct np_node *raw)
{
	char *owner = xasprintf("node \"%s\"", node->name);
	struct fields fields = {
		.b = b, .owner = owner,
		.header = source_string(b->src, raw->header),
		.list = &node->fields, .num = &node->num_fields,
	};

	node->file = xstrdup(source_file(b->src, &raw->where));
	node->line = raw->where.line;
	convert_header(b, node, raw);
	node->overlay = raw->overlay;
	node->counted = !raw->uncounted;
	node->encap = raw->encap;
	node->repeat = raw->repeat;
	node->rest = raw->length.given == NP_LENGTH_REST;
	source_length(&fields, &node->length, &raw->length);
	if (raw->length.given == NP_LENGTH_HEADER)
		node->length.add = (int32_t)node->min_length;
	convert_conds(&fields, raw->require, &node->conds, &node->num_conds, 0);
	convert_extracts(&fields, node, raw);
	convert_actions(b, node, raw);
	source_parts(&fields, node, raw->parts);
	source_lookup(&fields, &node->next, &raw->next);
	free(owner);
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* One NODE of the source */
#include <stdlib.h>
#include <string.h>

#include "source.h"

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

/* Only fields that something refers to are part of the parser */
static uint32_t add_field(struct builder *b, struct node *node,
			  const struct np_node *raw, const struct np_field *field)
{
	const char *name = source_string(b->src, field->name);
	const char *header = source_string(b->src, field->header);
	const char *own = source_string(b->src, raw->header);
	uint32_t i;

	if (strcmp(header, own))
		source_error(b->src, &field->where, header,
			     "node \"%s\" reads %s.%s, but its header is %s",
			     node->name, header, name, *own ? own : "none");
	if (strlen(name) >= NETPROG_NAME_LEN || strpbrk(name, "[].() "))
		source_error(b->src, &field->where, name,
			     "\"%s\" is not the name of a field", name);
	for (i = 0; i < node->num_fields; i++)
		if (!strcmp(node->fields[i].name, name))
			return i;
	node->fields = xrealloc(node->fields, (i + 1) * sizeof(*node->fields));
	node->fields[i] = (struct field){
		.name = xstrdup(name), .offset = field->offset,
		.bits = field->bits,
	};
	node->num_fields++;
	return i;
}

static void convert_length(struct builder *b, struct node *node,
			   const struct np_node *raw)
{
	const struct np_term *terms;
	uint32_t num;

	node->length.add = raw->length.given ? raw->length.add :
					       (int32_t)node->min_length;
	terms = object_list(b->src->object, raw->length.terms, sizeof(*terms),
			    &num);
	node->length.terms = xcalloc(num, sizeof(*node->length.terms));
	for (uint32_t i = 0; terms && i < num; i++) {
		node->length.terms[i].field = add_field(b, node, raw, &terms[i].field);
		node->length.terms[i].times = terms[i].times;
		node->length.num_terms++;
	}
}

static void convert_require(struct builder *b, struct node *node,
			    const struct np_node *raw)
{
	const struct np_cond *conds;
	uint32_t num;

	conds = object_list(b->src->object, raw->require, sizeof(*conds), &num);
	node->conds = xcalloc(num, sizeof(*node->conds));
	for (uint32_t i = 0; conds && i < num; i++) {
		const struct np_where *where = &conds[i].field.where;
		const char *stop = source_string(b->src, conds[i].otherwise);
		struct target target = { .type = TARGET_STOP, .index = PARSE_FAIL };
		struct cond *cond = &node->conds[node->num_conds++];

		if (*stop && strncmp(stop, "STOP_", 5))
			source_error(b->src, where, stop,
				     "a condition that does not hold ends the parse: STOP_*, not \"%s\"",
				     stop);
		else if (*stop)
			target = builder_target(b, where, stop);
		cond->field = add_field(b, node, raw, &conds[i].field);
		cond->op = conds[i].op;
		cond->value = (u128)conds[i].value.hi << 64 | conds[i].value.lo;
		cond->mask = ~(u128)0;
		cond->verdict = target.index;
		cond->line = where->line;
	}
}

/* An output's width is declared, or that of the fields written to it */
static void set_width(struct builder *b, const struct np_extract *raw,
		      uint32_t output)
{
	struct parse_output *out = &b->parser->outputs[output];
	uint32_t bits = raw->type == NP_EXTRACT_FIELD ? raw->field.bits :
			raw->type == NP_EXTRACT_CONST ? 0 : 16;

	if (out->key || source_find(&b->src->lists[OUTPUTS], out->name) || !bits)
		return;
	if (bits > MAX_KEY_BITS)
		bits = MAX_KEY_BITS;
	if (out->bits && out->bits != bits)
		source_error(b->src, &raw->where, out->name,
			     "output \"%s\" gets %u bits here and %u elsewhere; say OUTPUT(%s, BITS)",
			     out->name, bits, out->bits, out->name);
	out->bits = bits;
}

static void convert_extract(struct builder *b, struct node *node,
			    const struct np_node *raw)
{
	const struct np_extract *from;
	uint32_t num;

	from = object_list(b->src->object, raw->extract, sizeof(*from), &num);
	node->extracts = xcalloc(num, sizeof(*node->extracts));
	for (uint32_t i = 0; from && i < num; i++, from++) {
		struct extract *e = &node->extracts[node->num_extracts++];

		e->type = (enum extract_type)from->type;
		e->line = from->where.line;
		e->value = (u128)from->value.hi << 64 | from->value.lo;
		e->output = builder_output(b, &from->where,
					   source_string(b->src, from->output));
		if (e->type == EXTRACT_FIELD)
			e->field = add_field(b, node, raw, &from->field);
		set_width(b, from, e->output);
	}
}

static void convert_next(struct builder *b, struct node *node,
			 const struct np_node *raw)
{
	const struct np_next *next = &raw->next;
	const char *otherwise = source_string(b->src, next->otherwise);
	const struct np_key *keys;
	uint32_t num;

	keys = object_list(b->src->object, next->key, sizeof(*keys), &num);
	node->next.key = xcalloc(num, sizeof(*node->next.key));
	for (uint32_t i = 0; keys && i < num; i++) {
		struct operand *op = &node->next.key[node->next.num_key++];

		op->type = keys[i].input ? OPERAND_INPUT : OPERAND_FIELD;
		op->index = keys[i].input ? add_input(b, &keys[i]) :
			add_field(b, node, raw, &keys[i].field);
	}
	node->next.map = next->map ? builder_map(b, &next->where,
				source_string(b->src, next->map)) : -1;
	if (next->map && !num)
		source_error(b->src, &next->where, "LOOKUP",
			     "a LOOKUP needs a .key = KEY { ... }");
	if (*otherwise)
		node->next.otherwise = builder_target(b, &next->where, otherwise);
	else
		node->next.otherwise = (struct target){ .type = TARGET_STOP,
			.index = next->map ? PARSE_NO_MATCH : PARSE_OKAY };
}

void source_node(struct builder *b, struct node *node, const struct np_node *raw)
{
	node->file = xstrdup(source_file(b->src, &raw->where));
	node->line = raw->where.line;
	if (!raw->header_given)
		source_error(b->src, &raw->next.where, NULL,
			     "node \"%s\" says neither HEADER(NAME) nor NO_HEADER",
			     node->name);
	if (raw->header_bits % 8)
		source_error(b->src, &raw->where,
			     source_string(b->src, raw->header),
			     "struct %s_bits has %u bits, not a multiple of 8",
			     source_string(b->src, raw->header),
			     raw->header_bits);
	node->min_length = raw->header_bits / 8;
	node->overlay = raw->overlay;
	node->counted = !raw->uncounted;
	node->encap = raw->encap;
	node->repeat = raw->repeat;
	convert_length(b, node, raw);
	convert_require(b, node, raw);
	convert_extract(b, node, raw);
	convert_next(b, node, raw);
}

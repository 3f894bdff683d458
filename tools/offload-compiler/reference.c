// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The interpreter that defines what a parser means: "Meaning of a visit" in
 * oc.h, statement by statement. Written to be read, not to be fast.
 */
#include <string.h>

#include "oc.h"

struct walk {
	const struct parser	*parser;
	const uint8_t		*frame;
	uint32_t		len, inputs;
	uint32_t		base, origin;
	bool			counted;	/* origin is known */
	uint32_t		visits[MAX_NODES];
	struct parse_result	*res;
};

static u128 read_bits(const uint8_t *data, uint64_t offset, uint32_t bits)
{
	u128 value = 0;

	for (uint64_t i = offset; i < offset + bits; i++)
		value = value << 1 | (data[i / 8] >> (7 - i % 8) & 1);
	return value;
}

static u128 field_value(const struct walk *w, const struct node *node,
			uint32_t field)
{
	const struct field *f = &node->fields[field];

	return read_bits(w->frame, 8ULL * w->base + f->offset, f->bits);
}

static void write_output(struct parse_result *res, uint32_t output, u128 value)
{
	for (int i = PARSE_VALUE_BYTES - 1; i >= 0; i--, value >>= 8)
		res->value[output][i] = (uint8_t)value;
	res->present |= 1ULL << output;
}

/* Step 1 */
static enum parse_verdict count_visit(struct walk *w, const struct node *node)
{
	uint32_t *visits = &w->visits[node - w->parser->nodes];

	if (node->encap && w->res->encaps == w->parser->max_encaps)
		return PARSE_LIMIT_ENCAPS;
	if (node->counted && w->res->nodes == w->parser->max_nodes)
		return PARSE_LIMIT_NODES;
	if (node->repeat && *visits == node->repeat)
		return PARSE_LIMIT_REPEAT;
	w->res->encaps += node->encap;
	w->res->nodes += node->counted;
	*visits += !!node->repeat;
	if (node->counted && !w->counted) {
		w->counted = true;
		w->origin = w->base;
	}
	return PARSE_OKAY;
}

static bool cond_holds(u128 value, const struct cond *cond)
{
	switch (cond->op) {
	case COMPARE_EQ: return value == cond->value;
	case COMPARE_NE: return value != cond->value;
	case COMPARE_LT: return value < cond->value;
	case COMPARE_LE: return value <= cond->value;
	case COMPARE_GT: return value > cond->value;
	case COMPARE_GE: return value >= cond->value;
	}
	return false;
}

static uint64_t node_length(const struct walk *w, const struct node *node)
{
	uint64_t length = node->length.add;

	for (uint32_t i = 0; i < node->length.num_terms; i++)
		length += (uint64_t)field_value(w, node, node->length.terms[i].field) *
			  node->length.terms[i].times;
	return length;
}

/* Steps 2 to 5. PARSE_NUM_VERDICTS: the node passes; PARSE_OKAY is a way to
 * end, too.
 */
static enum parse_verdict check_node(const struct walk *w,
				     const struct node *node)
{
	uint64_t end = (uint64_t)w->base + node->min_length;

	if (w->counted && end - w->origin > w->parser->max_bytes)
		return PARSE_WINDOW;
	if (end > w->len)
		return PARSE_TRUNCATED;
	if (node_length(w, node) < node->min_length)
		return PARSE_BAD_LENGTH;
	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct cond *cond = &node->conds[i];

		if (!cond_holds(field_value(w, node, cond->field), cond))
			return cond->verdict;
	}
	return PARSE_NUM_VERDICTS;
}

static uint64_t clamp(uint64_t value, uint64_t max)
{
	return value < max ? value : max;
}

/* Step 6 */
static void extract(const struct walk *w, const struct node *node)
{
	uint64_t length = node_length(w, node);
	uint64_t frame = clamp(w->len, UINT16_MAX);

	for (uint32_t i = 0; i < node->num_extracts; i++) {
		const struct extract *e = &node->extracts[i];
		u128 value = 0;

		switch (e->type) {
		case EXTRACT_FIELD:
			value = field_value(w, node, e->field);
			break;
		case EXTRACT_CONST:
			value = e->value;
			break;
		case EXTRACT_START:
			value = clamp(w->base, frame);
			break;
		case EXTRACT_END:
			value = clamp(w->base + length, frame);
			break;
		case EXTRACT_LENGTH:
			value = clamp(length, UINT16_MAX);
			break;
		default:
			break;
		}
		write_output(w->res, e->output, value);
	}
}

static u128 lookup_key(const struct walk *w, const struct node *node)
{
	u128 key = 0;

	for (uint32_t i = 0; i < node->next.num_key; i++) {
		const struct operand *op = &node->next.key[i];

		if (op->type == OPERAND_INPUT)
			key = key << 1 |
			      !!(w->inputs & w->parser->inputs[op->index].bit);
		else if (node->fields[op->index].bits == 128)
			key = field_value(w, node, op->index);
		else
			key = key << node->fields[op->index].bits |
			      field_value(w, node, op->index);
	}
	return key;
}

/* Step 7 */
static struct target next_target(const struct walk *w, const struct node *node)
{
	const struct map *map;
	u128 key;

	if (node->next.map < 0)
		return node->next.otherwise;
	map = &w->parser->maps[node->next.map];
	key = lookup_key(w, node);
	for (uint32_t i = 0; i < map->num_exact; i++)
		if (map->exact[i].key == key)
			return map->exact[i].target;
	for (uint32_t i = 0; i < map->num_ternary; i++)
		if ((key & map->ternary[i].mask) == map->ternary[i].key)
			return map->ternary[i].target;
	return node->next.otherwise;
}

void reference_run(const struct parser *parser, const uint8_t *frame,
		   uint32_t len, uint32_t inputs, struct parse_result *res)
{
	struct walk w = { .parser = parser, .frame = frame, .len = len,
			  .inputs = inputs, .res = res };
	struct target at = { .index = parser->root };

	memset(res, 0, sizeof(*res));
	while (at.type == TARGET_NODE) {
		const struct node *node = &parser->nodes[at.index];

		res->verdict = count_visit(&w, node);
		if (res->verdict)
			return;
		res->verdict = check_node(&w, node);
		if (res->verdict != PARSE_NUM_VERDICTS)
			return;
		extract(&w, node);
		at = next_target(&w, node);
		if (!node->overlay)
			w.base += node_length(&w, node);
	}
	res->verdict = at.index;
}

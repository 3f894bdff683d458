// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Fields, constants, keys, lengths and conditions as C expressions.
 *
 * A field is read by loads that are aligned to the start of its header: the
 * verifier refuses others on the stack, where the header is when it was not in
 * the linear part of the packet. U8, BE16, BE32 and BE64 are the generated
 * file's loads at p + offset; their values are u64.
 */
#include <stdlib.h>

#include "bpf.h"

static const char *const loads[] = { [1] = "U8", [2] = "BE16", [4] = "BE32",
				     [8] = "BE64" };

/* The one aligned load that holds bytes @first to @last, 0 if there is none */
static uint32_t single_load(uint32_t readable, uint32_t first, uint32_t last)
{
	uint32_t size;

	for (size = 1; size <= 8; size *= 2)
		if (first / size == last / size &&
		    (first / size + 1) * size <= readable)
			return size;
	return 0;
}

/* The expression of bytes @first to @last, put together from pieces */
static char *pieces(uint32_t first, uint32_t last)
{
	struct buffer buf = {};
	uint32_t pos = first;

	while (pos <= last) {
		uint32_t size = 8, left;

		while (pos % size || pos + size - 1 > last)
			size /= 2;
		left = last - (pos + size - 1);
		buffer_printf(&buf, "%s%s%s(%u)", pos == first ? "(" : " | ",
			      last - first >= 8 ? "(u128)" : "", loads[size],
			      pos);
		if (left)
			buffer_printf(&buf, " << %u", 8 * left);
		pos += size;
	}
	buffer_printf(&buf, ")");
	return buf.data;
}

char *bpf_constant(u128 value)
{
	uint64_t high = value >> 64, low = value;

	if (high)
		return xasprintf("((u128)0x%llxULL << 64 | 0x%llxULL)",
				 (unsigned long long)high,
				 (unsigned long long)low);
	return low < 10 ? xasprintf("%u", (unsigned int)low) :
			  xasprintf("0x%llxULL", (unsigned long long)low);
}

static u128 ones(uint32_t bits)
{
	return bits < 128 ? ((u128)1 << bits) - 1 : ~(u128)0;
}

static char *masked(char *value, u128 mask)
{
	char *constant = bpf_constant(mask);
	char *expr = xasprintf("(%s & %s)", value, constant);

	free(value);
	free(constant);
	return expr;
}

static char *shift_and_mask(char *raw, uint32_t raw_bits, uint32_t shift,
			    uint32_t bits)
{
	char *shifted = shift ? xasprintf("(%s >> %u)", raw, shift) :
				xstrdup(raw);

	free(raw);
	return raw_bits == bits + shift ? shifted :
					  masked(shifted, ones(bits));
}

/* One byte more than a u128 holds: the first is not to be shifted out */
static char *seventeen_bytes(uint32_t first, uint32_t shift, uint32_t bits)
{
	char *rest = pieces(first + 1, first + 16);
	char *expr = xasprintf("((u128)U8(%u) << %u | %s >> %u)", first,
			       128 - shift, rest, shift);

	free(rest);
	return bits < 128 ? masked(expr, ones(bits)) : expr;
}

char *bpf_field(uint32_t readable, const struct field *field)
{
	uint32_t first = field->offset / 8;
	uint32_t end = field->offset + field->bits;
	uint32_t last = (end - 1) / 8;
	uint32_t size = single_load(readable, first, last);

	if (size) {
		uint32_t start = first / size * size;

		return shift_and_mask(xasprintf("%s(%u)", loads[size], start),
				      8 * size, 8 * (start + size) - end,
				      field->bits);
	}
	if (last - first == 16)
		return seventeen_bytes(first, 8 * (last + 1) - end,
				       field->bits);
	return shift_and_mask(pieces(first, last), 8 * (last - first + 1),
			      8 * (last + 1) - end, field->bits);
}

char *bpf_masked(uint32_t readable, const struct field *field, u128 mask)
{
	char *value = bpf_field(readable, field);

	return mask == ones(field->bits) ? value : masked(value, mask);
}

static uint32_t operand_bits(const struct operand *operand,
			     const struct field *fields)
{
	return operand->type == OPERAND_INPUT ? 1 : fields[operand->index].bits;
}

uint32_t bpf_key_bits(const struct lookup *lookup, const struct field *fields)
{
	uint32_t i, bits = 0;

	for (i = 0; i < lookup->num_key; i++)
		bits += operand_bits(&lookup->key[i], fields);
	return bits;
}

/* Operand @i of the key as one, with those that the header has behind it */
static uint32_t run_of_fields(const struct lookup *lookup, uint32_t i,
			      const struct field *fields, struct field *run)
{
	const struct operand *operand = &lookup->key[i];
	uint32_t n = 1;

	if (operand->type == OPERAND_INPUT)
		return 1;
	*run = fields[operand->index];
	for (; i + n < lookup->num_key; n++) {
		const struct field *next = &fields[operand[n].index];

		if (operand[n].type == OPERAND_INPUT || run->bits + next->bits > 64 ||
		    next->offset != run->offset + run->bits)
			break;
		run->bits += next->bits;
	}
	return n;
}

char *bpf_key(const struct parser *parser, const struct lookup *lookup,
	      const struct field *fields, uint32_t readable)
{
	uint32_t bits = bpf_key_bits(lookup, fields), i, n;
	bool wide = bits > 64;
	struct buffer buf = {};

	for (i = 0; i < lookup->num_key; i += n) {
		bool input = lookup->key[i].type == OPERAND_INPUT;
		struct field run = { .bits = 1 };
		uint32_t width;
		char *expr;

		n = run_of_fields(lookup, i, fields, &run);
		width = run.bits;
		expr = input ? xasprintf("((inputs & %u) != 0)",
					 parser->inputs[lookup->key[i].index].bit) :
			       bpf_field(readable, &run);
		bits -= width;
		if (wide && width <= 64)
			buffer_printf(&buf, "%sWIDE(%s)", i ? " | " : "", expr);
		else
			buffer_printf(&buf, "%s(%s)%s", i ? " | " : "",
				      wide ? "u128" : "u64", expr);
		if (bits)
			buffer_printf(&buf, " << %u", bits);
		free(expr);
	}
	return buf.data;
}

char *bpf_length(const struct node *node, const struct length *length)
{
	struct buffer buf = {};
	uint32_t i;

	buffer_printf(&buf, "%d", length->add);
	for (i = 0; i < length->num_terms; i++) {
		const struct term *term = &length->terms[i];
		char *field = bpf_field(node->min_length,
					&node->fields[term->field]);

		buffer_printf(&buf, " + ((u64)%s * %d)", field, term->times);
		free(field);
	}
	return buf.data;
}

static char *comparison(const struct node *node, const struct cond *cond)
{
	static const char *const ops[] = {
		[COMPARE_EQ] = "==", [COMPARE_NE] = "!=", [COMPARE_LT] = "<",
		[COMPARE_LE] = "<=", [COMPARE_GT] = ">", [COMPARE_GE] = ">=",
	};
	char *left = bpf_masked(node->min_length, &node->fields[cond->field],
				cond->mask);
	char *right = bpf_constant(cond->value);
	char *expr = xasprintf("%s %s %s", left, ops[cond->op], right);

	free(left);
	free(right);
	return expr;
}

char *bpf_cond(const struct node *node, const struct cond *cond)
{
	struct buffer buf = {};
	uint32_t i;

	if (cond->type == COND_COMPARE)
		return comparison(node, cond);
	for (i = 0; i < cond->num_args; i++) {
		char *arg = bpf_cond(node, &cond->args[i]);

		buffer_printf(&buf, "%s(%s)", !i ? "" :
			      cond->type == COND_ALL ? " && " : " || ", arg);
		free(arg);
	}
	return buf.data;
}

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Fields, constants and keys as C expressions.
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
static uint32_t single_load(const struct node *node, uint32_t first,
			    uint32_t last)
{
	uint32_t size;

	for (size = 1; size <= 8; size *= 2)
		if (first / size == last / size &&
		    (first / size + 1) * size <= node->min_length)
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

static char *shift_and_mask(char *raw, uint32_t raw_bits, uint32_t shift,
			    uint32_t bits)
{
	char *shifted = shift ? xasprintf("(%s >> %u)", raw, shift) :
				xstrdup(raw);
	char *mask, *masked;

	free(raw);
	if (raw_bits == bits + shift)
		return shifted;
	mask = bpf_constant(((u128)1 << bits) - 1);
	masked = xasprintf("(%s & %s)", shifted, mask);
	free(shifted);
	free(mask);
	return masked;
}

char *bpf_field(const struct node *node, const struct field *field)
{
	uint32_t first = field->offset / 8;
	uint32_t end = field->offset + field->bits;
	uint32_t last = (end - 1) / 8;
	uint32_t size = single_load(node, first, last);

	if (size) {
		uint32_t start = first / size * size;

		return shift_and_mask(xasprintf("%s(%u)", loads[size], start),
				      8 * size, 8 * (start + size) - end,
				      field->bits);
	}
	return shift_and_mask(pieces(first, last), 8 * (last - first + 1),
			      8 * (last + 1) - end, field->bits);
}

static uint32_t operand_bits(const struct node *node,
			     const struct operand *operand)
{
	return operand->type == OPERAND_INPUT ?
	       1 : node->fields[operand->index].bits;
}

uint32_t bpf_key_bits(const struct parser *parser, const struct node *node)
{
	uint32_t i, bits = 0;

	(void)parser;
	for (i = 0; i < node->next.num_key; i++)
		bits += operand_bits(node, &node->next.key[i]);
	return bits;
}

static char *operand_expr(const struct parser *parser, const struct node *node,
			  const struct operand *operand)
{
	if (operand->type == OPERAND_INPUT)
		return xasprintf("((inputs & %u) != 0)",
				 parser->inputs[operand->index].bit);
	return bpf_field(node, &node->fields[operand->index]);
}

char *bpf_key(const struct parser *parser, const struct node *node)
{
	uint32_t bits = bpf_key_bits(parser, node), i;
	const char *type = bits > 64 ? "u128" : "u64";
	struct buffer buf = {};

	for (i = 0; i < node->next.num_key; i++) {
		char *expr = operand_expr(parser, node, &node->next.key[i]);

		bits -= operand_bits(node, &node->next.key[i]);
		buffer_printf(&buf, "%s(%s)%s", i ? " | " : "", type, expr);
		if (bits)
			buffer_printf(&buf, " << %u", bits);
		free(expr);
	}
	return buf.data;
}

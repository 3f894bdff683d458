// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Pieces of a parser in words for people */
#include "text.h"

void text_value(FILE *out, u128 value)
{
	if (value >> 64)
		fprintf(out, "0x%llx%016llx", (unsigned long long)(value >> 64),
			(unsigned long long)value);
	else if (value < 256)
		fprintf(out, "%llu", (unsigned long long)value);
	else
		fprintf(out, "0x%04llx", (unsigned long long)value);
}

/* Masks are bits, not numbers */
static void text_mask(FILE *out, u128 mask)
{
	if (mask >> 64)
		text_value(out, mask);
	else
		fprintf(out, "0x%llx", (unsigned long long)mask);
}

static u128 ones(uint32_t bits)
{
	return bits >= 128 ? ~(u128)0 : ((u128)1 << bits) - 1;
}

static uint32_t operand_bits(const struct lookup *lookup,
			     const struct field *fields, uint32_t n)
{
	const struct operand *op = &lookup->key[n];

	return op->type == OPERAND_INPUT ? 1 : fields[op->index].bits;
}

const char *text_operand_name(const struct parser *parser,
			      const struct lookup *lookup,
			      const struct field *fields, uint32_t n)
{
	const struct operand *op = &lookup->key[n];

	return op->type == OPERAND_INPUT ? parser->inputs[op->index].name :
	       fields[op->index].name;
}

u128 text_operand_value(const struct lookup *lookup,
			const struct field *fields, uint32_t n, u128 key)
{
	uint32_t below = 0;

	for (uint32_t i = n + 1; i < lookup->num_key; i++)
		below += operand_bits(lookup, fields, i);
	return (below < 128 ? key >> below : 0) &
	       ones(operand_bits(lookup, fields, n));
}

static void text_masked(FILE *out, u128 value, u128 mask, u128 full)
{
	if (!mask) {
		fputc('*', out);
		return;
	}
	text_value(out, value);
	if (mask != full) {
		fputc('/', out);
		text_mask(out, mask);
	}
}

void text_entry(FILE *out, const struct lookup *lookup,
		const struct field *fields, const struct entry *entry)
{
	if (entry->range) {
		text_value(out, entry->key);
		fputc('-', out);
		text_value(out, entry->mask);
		return;
	}
	for (uint32_t i = 0; i < lookup->num_key; i++) {
		u128 full = ones(operand_bits(lookup, fields, i));
		u128 mask = text_operand_value(lookup, fields, i, entry->mask);

		if (i)
			fputs(", ", out);
		text_masked(out, text_operand_value(lookup, fields, i,
						    entry->key), mask, full);
	}
}

static void text_masked_field(FILE *out, const struct field *field, u128 mask,
			      const char *op, u128 value)
{
	fputs(field->name, out);
	if (~mask & ones(field->bits)) {
		fputs(" & ", out);
		text_mask(out, mask);
	}
	fprintf(out, " %s ", op);
	text_value(out, value);
}

void text_cond(FILE *out, const struct field *fields, const struct cond *cond)
{
	static const char *const ops[] = { "=", "!=", "<", "<=", ">", ">=" };

	if (cond->type == COND_COMPARE) {
		text_masked_field(out, &fields[cond->field], cond->mask,
				  ops[cond->op], cond->value);
		return;
	}
	fputc('(', out);
	for (uint32_t i = 0; i < cond->num_args; i++) {
		if (i)
			fputs(cond->type == COND_ALL ? " and " : " or ", out);
		text_cond(out, fields, &cond->args[i]);
	}
	fputc(')', out);
}

void text_flag(FILE *out, const struct field *fields, const struct flag *flag)
{
	text_masked_field(out, &fields[flag->field], flag->mask, "=",
			  flag->value);
}

const char *text_target(const struct parser *parser, struct target target)
{
	switch (target.type) {
	case TARGET_NODE: return parser->nodes[target.index].name;
	case TARGET_STOP: return parse_verdict_names[target.index];
	case TARGET_AGAIN: return "next element";
	case TARGET_DONE: return "end of the part";
	}
	return "";
}

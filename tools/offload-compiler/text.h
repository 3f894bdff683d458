/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Pieces of a parser in words for people, as `show` and `run` print them */
#ifndef OFFLOAD_COMPILER_TEXT_H
#define OFFLOAD_COMPILER_TEXT_H

#include "oc.h"

/* Up to 255 decimal, else hexadecimal */
void text_value(FILE *out, u128 value);

/* "6", "0x0800-0x0fff", "0x1000/0xf000"; of several operands "1, *, 6": * for
 * one that does not matter
 */
void text_entry(FILE *out, const struct lookup *lookup,
		const struct field *fields, const struct entry *entry);

/* The part of a key that belongs to operand @n */
u128 text_operand_value(const struct lookup *lookup,
			const struct field *fields, uint32_t n, u128 key);
const char *text_operand_name(const struct parser *parser,
			      const struct lookup *lookup,
			      const struct field *fields, uint32_t n);

/* "ihl >= 5", "flags & 0x06 != 0", "(a = 1 or b = 2)" */
void text_cond(FILE *out, const struct field *fields, const struct cond *cond);

/* "csum set", "flags & 0x3000 = 0x1000" */
void text_flag(FILE *out, const struct field *fields, const struct flag *flag);

/* "tcp", "no-match", "next element", "part done" */
const char *text_target(const struct parser *parser, struct target target);

#endif /* OFFLOAD_COMPILER_TEXT_H */

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Pure Extraction states": five headers
 * and no lookup.
 */
#include "parserhawk.h"

PARSER(extraction) = { ROOT(frame), .max_bytes = 64, .max_nodes = 8 };
STARTS_AT(first);

struct byte_bits { u8 value[8]; };

#define BYTE(node, following)						\
	NODE(node) = { HEADER(byte),					\
		       .extract = EXTRACT { FIELD(node, byte, value) },	\
		       .next = following }
BYTE(first, GO(second));
BYTE(second, GO(third));
BYTE(third, GO(fourth));
BYTE(fourth, GO(fifth));
BYTE(fifth, { .otherwise = STOP_OKAY });

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Multi-keys (diff pkt field)": one lookup
 * of fields of two headers. A key has fields of one header here, so that there
 * is a lookup at each of them.
 */
#include "parserhawk.h"

PARSER(two_fields) = { ROOT(frame), .max_bytes = 64, .max_nodes = 4 };
STARTS_AT(first);

struct byte_bits { u8 value[8]; };

NODE(first) = {
	HEADER(byte), .extract = EXTRACT { FIELD(first, byte, value) },
	.next = NEXT(byte, value, firsts, .otherwise = NAME(last)),
};

MAP(firsts) = { ON(0, second) };

NODE(second) = {
	HEADER(byte), .extract = EXTRACT { FIELD(second, byte, value) },
	.next = NEXT(byte, value, seconds, .otherwise = STOP_OKAY),
};

MAP(seconds) = { ON(0, third) };

NODE(third) = { HEADER(byte), .extract = EXTRACT { FIELD(third, byte, value) } };

NODE(last) = { HEADER(byte), .extract = EXTRACT { FIELD(second, byte, value) } };

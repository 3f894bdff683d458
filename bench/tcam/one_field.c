// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Multi-key (same pkt field)": two lookups
 * in one header, one after the other.
 */
#include "parserhawk.h"

PARSER(one_field) = { ROOT(frame), .max_bytes = 64, .max_nodes = 4 };
STARTS_AT(data);

struct data_bits { u8 a[8], b[4], rest[20]; };
struct llc_bits { u8 value[24]; };

NODE(data) = {
	HEADER(data), .overlay = 1,
	.extract = EXTRACT { FIELD(a, data, a), FIELD(b, data, b) },
	.next = NEXT(data, a, as, .otherwise = STOP_OKAY),
};

MAP(as) = { ON(0, before_llc) };

NODE(before_llc) = {
	HEADER(data), .uncounted = 1,
	.next = NEXT(data, b, bs, .otherwise = STOP_OKAY),
};

MAP(bs) = { ON(0, llc), ON(1, llc) };

NODE(llc) = { HEADER(llc), .extract = EXTRACT { FIELD(llc, llc, value) } };

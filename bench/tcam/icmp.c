// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* ParserHawk (SIGCOMM 2025), table 3, "Parse icmp" */
#include "parserhawk.h"

PARSER(icmp) = { ROOT(frame), .max_bytes = 64, .max_nodes = 4 };
STARTS_AT(icmp);

struct icmp_bits { u8 type_code[16], check[16]; };
struct data_bits { u8 value[16]; };

NODE(icmp) = {
	HEADER(icmp),
	.extract = EXTRACT {
		FIELD(type_code, icmp, type_code), FIELD(check, icmp, check),
	},
	.next = NEXT(icmp, type_code, types, .otherwise = STOP_OKAY),
};

MAP(types) = {
	ON_MASK(0x8200, 0xfe00, medium),
	ON_MASK(0x8400, 0xfc00, medium),
	ON_MASK(0x8800, 0xf800, medium),
};

NODE(medium) = { HEADER(data), .extract = EXTRACT { FIELD(data, data, value) } };

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* ParserHawk (SIGCOMM 2025), table 3, "Parse Ethernet" */
#include "parserhawk.h"

PARSER(ethernet) = { ROOT(frame), .max_bytes = 64, .max_nodes = 4 };
STARTS_AT(ethernet);

struct ethernet_bits { u8 pad[8], type[16]; };
struct llc_bits { u8 value[8]; };

NODE(ethernet) = {
	HEADER(ethernet),
	.extract = EXTRACT { FIELD(pad, ethernet, pad), FIELD(type, ethernet, type) },
	.next = NEXT(ethernet, type, types, .otherwise = STOP_OKAY),
};

MAP(types) = {
	ON_MASK(0, 0xfe00, llc, .priority = 2),
	ON_MASK(0, 0xfa00, llc, .priority = 1),
	ON(0x88cc, high), ON(0x8809, high),
};

NODE(llc) = { HEADER(llc), .extract = EXTRACT { FIELD(llc, llc, value) } };
NODE(high) = { NO_HEADER, .uncounted = 1 };

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Large tran key": a key of 33 bits, on a
 * device with room for 32.
 */
#include "parserhawk.h"

PARSER(large_key) = { ROOT(frame), .max_bytes = 64, .max_nodes = 4 };
STARTS_AT(wide);

struct wide_bits { u8 before[8], key[33], behind[7]; };
struct llc_bits { u8 value[24]; };

NODE(wide) = {
	HEADER(wide),
	.extract = EXTRACT { FIELD(key, wide, key) },
	.next = NEXT(wide, key, keys, .otherwise = STOP_OKAY),
};

MAP(keys) = { ON(0, llc), ON(1, llc) };

NODE(llc) = { HEADER(llc), .extract = EXTRACT { FIELD(llc, llc, value) } };

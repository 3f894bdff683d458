// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Two programs */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };

PARSER(one) = { ROOT(eth), .max_bytes = 64, .max_nodes = 2 };
PARSER(two) = { ROOT(eth), .max_bytes = 65, .max_nodes = 2 };
NODE(eth) = { HEADER(eth), .uncounted = 1,
	      .next = NEXT(eth, type, types, .otherwise = STOP_OKAY) };
MAP(types) = { ON(0x0800, STOP_FAIL) };

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What nothing is wrong with: the cases change its files */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };
struct ports_bits { u8 sport[16], dport[16]; };

PARSER(good) = { ROOT(eth), .max_bytes = 64, .max_nodes = 2 };
NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types) };
MAP(types) = { ON(0x0800, ports) };
NODE(ports) = {
	HEADER(ports),
	.extract = EXTRACT { FIELD(sport, ports, sport), FIELD(dport, ports, dport) },
};
TABLE(rules, .keys = KEYS { OUT(sport), OUT(dport) }, .size = 16);

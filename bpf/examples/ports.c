// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The smallest useful parser: the 4-tuple of TCP and UDP over IPv4. */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };
struct ipv4_bits { u8 version[4], ihl[4], tos[8], rest[56], protocol[8],
			check[16], saddr[32], daddr[32]; };
struct ports_bits { u8 sport[16], dport[16]; };

PARSER(ports) = { ROOT(eth), .max_bytes = 64, .max_nodes = 2 };

NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types) };
MAP(types) = { ON(0x0800, ipv4) };

NODE(ipv4) = {
	HEADER(ipv4),
	.length  = LENGTH(ipv4, ihl, .shift = 2),
	.require = REQUIRE { EQ(ipv4, version, 4) },
	.extract = EXTRACT { CONST(addr_proto, 0x0800), START(nhoff), END(thoff),
			     FIELD(ip_proto, ipv4, protocol),
			     FIELD(ipv4_src, ipv4, saddr), FIELD(ipv4_dst, ipv4, daddr) },
	.next    = NEXT(ipv4, protocol, protocols, .otherwise = STOP_OKAY),
};
MAP(protocols) = { ON(6, ports), ON(17, ports) };

NODE(ports) = { HEADER(ports), .extract = EXTRACT {
	FIELD(sport, ports, sport), FIELD(dport, ports, dport) } };

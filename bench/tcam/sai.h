/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What the SAI graphs of ParserHawk's table 3 have in common: a header of the
 * switch before the Ethernet header. IPv4 has 20 bytes, whatever it says.
 */
#ifndef _BENCH_SAI_H
#define _BENCH_SAI_H

#include "parserhawk.h"

#include <protocols/arp.h>
#include <protocols/ethernet.h>
#include <protocols/ipv4.h>
#include <protocols/ipv6.h>

STARTS_AT(packet_out);

struct packet_out_bits { u8 egress_port[32], submit[2], pad[6]; };

NODE(packet_out) = {
	HEADER(packet_out),
	.extract = EXTRACT {
		FIELD(egress_port, packet_out, egress_port),
		FIELD(submit, packet_out, submit),
	},
	.next = GO(ethernet),
};

NODE(ethernet) = {
	HEADER(eth),
	.extract = EXTRACT {
		FIELD(eth_dst, eth, dst), FIELD(eth_src, eth, src),
		FIELD(eth_type, eth, type),
	},
	.next = NEXT(eth, type, types, .otherwise = STOP_OKAY),
};

MAP(types) = { ON(0x0800, ipv4), ON(0x86dd, ipv6), ON(0x0806, arp) };

#define IPV4_FIELDS(p)							\
	FIELD(p##ttl, ipv4, ttl), FIELD(p##protocol, ipv4, protocol),	\
	FIELD(p##saddr, ipv4, saddr), FIELD(p##daddr, ipv4, daddr)

#define IPV6_FIELDS							\
	FIELD(ipv6_flow_label, ipv6, flow_label),			\
	FIELD(ipv6_nexthdr, ipv6, nexthdr),				\
	FIELD(ipv6_saddr, ipv6, saddr), FIELD(ipv6_daddr, ipv6, daddr)

NODE(arp) = {
	HEADER(arp),
	.extract = EXTRACT {
		FIELD(arp_op, arp, op), FIELD(arp_sha, arp, sha),
		FIELD(arp_spa, arp, spa), FIELD(arp_tha, arp, tha),
		FIELD(arp_tpa, arp, tpa),
	},
};

#endif /* _BENCH_SAI_H */

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The enterprise graph of Gibb, Varghese, Horowitz, McKeown, "Design
 * principles for packet parsers" (ANCS 2013).
 */
#include "gibb.h"

#include <protocols/ipv6.h>

PARSER(enterprise) = { ROOT(ethernet), .max_bytes = 256, .max_nodes = 8 };

MAP(types) = {
	VLANS, ON(0x0800, ipv4), ON(0x86dd, ipv6),
	ON(0x0806, arp), ON(0x8035, arp),
};

MAP(ipv4_protocols) = { ON(1, icmp), ON(6, tcp), ON(17, udp) };

NODE(ipv6) = {
	HEADER(ipv6),
	.extract = EXTRACT {
		FIELD(ipv6_class, ipv6, traffic_class),
		FIELD(flow_label, ipv6, flow_label),
		FIELD(ip_proto, ipv6, nexthdr),
		FIELD(ipv6_src, ipv6, saddr), FIELD(ipv6_dst, ipv6, daddr),
	},
	.next = NEXT(ipv6, nexthdr, ipv6_protocols, .otherwise = STOP_OKAY),
};

MAP(ipv6_protocols) = { ON(58, icmpv6), ON(6, tcp), ON(17, udp) };

NODE(icmpv6) = {
	HEADER(icmp),
	.extract = EXTRACT {
		FIELD(icmpv6_type, icmp, type), FIELD(icmpv6_code, icmp, code),
	},
};

NODE(udp) = {
	HEADER(udp),
	.extract = EXTRACT { FIELD(sport, udp, sport), FIELD(dport, udp, dport) },
};

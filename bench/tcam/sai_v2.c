// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* ParserHawk (SIGCOMM 2025), table 3, "Sai V2" */
#include "sai.h"

#include <protocols/icmp.h>
#include <protocols/tcp.h>
#include <protocols/udp.h>

PARSER(sai_v2) = { ROOT(frame), .max_bytes = 256, .max_nodes = 8 };

NODE(ipv4) = {
	HEADER(ipv4), .extract = EXTRACT { IPV4_FIELDS(ipv4_) },
	.next = NEXT(ipv4, protocol, protocols, .otherwise = STOP_OKAY),
};

MAP(protocols) = {
	ON(4, inner_ipv4), ON(17, udp), ON(6, tcp), ON(1, icmp),
};

NODE(ipv6) = {
	HEADER(ipv6), .extract = EXTRACT { IPV6_FIELDS },
	.next = NEXT(ipv6, nexthdr, ipv6_protocols, .otherwise = STOP_OKAY),
};

MAP(ipv6_protocols) = { ON(58, icmp), ON(6, tcp), ON(17, udp) };

NODE(inner_ipv4) = {
	HEADER(ipv4), .extract = EXTRACT { IPV4_FIELDS(inner_) },
	.next = NEXT(ipv4, protocol, inner_protocols, .otherwise = STOP_OKAY),
};

MAP(inner_protocols) = { ON(17, udp), ON(1, icmp), ON(6, tcp) };

NODE(udp) = {
	HEADER(udp),
	.extract = EXTRACT { FIELD(udp_sport, udp, sport), FIELD(udp_dport, udp, dport) },
};

NODE(tcp) = {
	HEADER(tcp),
	.extract = EXTRACT { FIELD(tcp_sport, tcp, sport), FIELD(tcp_dport, tcp, dport) },
};

/* With the four bytes behind the checksum */
NODE(icmp) = {
	HEADER(icmp_echo),
	.extract = EXTRACT {
		FIELD(icmp_type, icmp_echo, type), FIELD(icmp_code, icmp_echo, code),
	},
};

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Nodes of big.c: ICMP, neighbour discovery, IGMP */
#ifndef _BIG_CONTROL_H
#define _BIG_CONTROL_H

NODE(icmp) = {
	HEADER(icmp), .overlay = 1,
	.extract = EXTRACT { FIELD(icmp_type, icmp, type) },
	.next = NEXT(icmp, type, icmp_types, .otherwise = STOP_OKAY),
};

MAP(icmp_types) = {
	ON(ICMP_ECHO, icmp_echo), ON(ICMP_ECHO_REPLY, icmp_echo),
	ON(ICMP_UNREACHABLE, icmp_error), ON(ICMP_TIME_EXCEEDED, icmp_error),
	ON(ICMP_PARAMETER, icmp_error), ON(ICMP_REDIRECT, icmp_redirect),
};

NODE(icmp_echo) = {
	HEADER(icmp_echo), .extract = EXTRACT { FIELD(icmp_id, icmp_echo, id) },
};

NODE(icmp_error) = {
	HEADER(icmp_error), .length = LENGTH_REST,
	.parts = PARTS { SUBPARSER(error_ipv4) },
};

NODE(icmp_redirect) = {
	HEADER(icmp_redirect), .length = LENGTH_REST,
	.parts = PARTS { SUBPARSER(error_ipv4) },
};

/* The packet that an error is about, which was sent to error_*_dst */
NODE(error_ipv4) = {
	HEADER(ipv4), .length = IPV4_LENGTH,
	.require = REQUIRE { EQ(ipv4, version, 4) },
	.extract = EXTRACT {
		FIELD(error_ipv4_dst, ipv4, daddr),
		FIELD(error_proto, ipv4, protocol),
	},
	.next = NEXT(ipv4, protocol, error_protocols, .otherwise = AGAIN),
};

NODE(error_ipv6) = {
	HEADER(ipv6),
	.require = REQUIRE { EQ(ipv6, version, 6) },
	.extract = EXTRACT {
		FIELD(error_ipv6_dst, ipv6, daddr),
		FIELD(error_proto, ipv6, nexthdr),
	},
	.next = NEXT(ipv6, nexthdr, error_protocols, .otherwise = AGAIN),
};

MAP(error_protocols) = {
	ON(IPPROTO_TCP, error_ports), ON(IPPROTO_UDP, error_ports),
	ON(IPPROTO_SCTP, error_ports), ON(IPPROTO_UDPLITE, error_ports),
};

NODE(error_ports) = {
	HEADER(ports), .extract = EXTRACT { FIELD(error_dport, ports, dport) },
};

NODE(icmpv6) = {
	HEADER(icmpv6), .overlay = 1,
	.extract = EXTRACT { FIELD(icmp_type, icmpv6, type) },
	.next = NEXT(icmpv6, type, icmpv6_types, .otherwise = STOP_OKAY),
};

MAP(icmpv6_types) = {
	ON_RANGE(ICMPV6_UNREACHABLE, ICMPV6_ERROR_MAX, icmpv6_error),
	ON(ICMPV6_ECHO, icmpv6_echo), ON(ICMPV6_ECHO_REPLY, icmpv6_echo),
	ON(ND_ROUTER_SOLICIT, nd_router_solicit),
	ON(ND_ROUTER_ADVERT, nd_router_advert),
	ON(ND_NEIGHBOUR_SOLICIT, nd_solicit),
	ON(ND_NEIGHBOUR_ADVERT, nd_advert),
	ON(ND_REDIRECT, nd_redirect),
};

NODE(icmpv6_echo) = {
	HEADER(icmpv6_echo),
	.extract = EXTRACT { FIELD(icmp_id, icmpv6_echo, id) },
};

NODE(icmpv6_error) = {
	HEADER(icmpv6_error), .length = LENGTH_REST,
	.parts = PARTS { SUBPARSER(error_ipv6) },
};

#define ND_OPTIONS							\
	TLVS(nd_opt, type, nd_options, .max = 32, OTHERWISE(NAME(nd_option)))

NODE(nd_router_solicit) = {
	HEADER(nd_router_solicit), .length = LENGTH_REST,
	.parts = PARTS { ND_OPTIONS },
};

NODE(nd_router_advert) = {
	HEADER(nd_router_advert), .length = LENGTH_REST,
	.parts = PARTS { ND_OPTIONS },
};

NODE(nd_solicit) = {
	HEADER(nd_solicit), .length = LENGTH_REST,
	.extract = EXTRACT { FIELD(nd_target, nd_solicit, target) },
	.parts = PARTS { ND_OPTIONS },
};

NODE(nd_advert) = {
	HEADER(nd_advert), .length = LENGTH_REST,
	.extract = EXTRACT { FIELD(nd_target, nd_advert, target) },
	.parts = PARTS { ND_OPTIONS },
};

NODE(nd_redirect) = {
	HEADER(nd_redirect), .length = LENGTH_REST,
	.extract = EXTRACT { FIELD(nd_target, nd_redirect, target) },
	.parts = PARTS { ND_OPTIONS },
};

MAP(nd_options) = {
	ON(ND_OPT_SOURCE, nd_lladdr), ON(ND_OPT_TARGET, nd_lladdr),
	ON(ND_OPT_PREFIX, nd_prefix), ON(ND_OPT_MTU, nd_mtu),
};

NODE(nd_option) = { HEADER(nd_opt), .length = ND_OPT_LENGTH };

NODE(nd_lladdr) = {
	HEADER(nd_lladdr), .length = ND_LLADDR_LENGTH,
	.extract = EXTRACT { FIELD(nd_lladdr, nd_lladdr, address) },
};

NODE(nd_prefix) = {
	HEADER(nd_prefix), .length = ND_PREFIX_LENGTH,
	.require = REQUIRE { LE(nd_prefix, prefix_len, 128) },
};

NODE(nd_mtu) = {
	HEADER(nd_mtu), .length = ND_MTU_LENGTH,
	.require = REQUIRE { GE(nd_mtu, mtu, 1280) },
};

NODE(igmp) = {
	HEADER(igmp), .overlay = 1,
	.next = NEXT(igmp, type, igmp_types, .otherwise = NAME(igmp_group)),
};

MAP(igmp_types) = {
	ON(IGMP_QUERY, igmp_query), ON(IGMP_REPORT_V3, igmp_report),
};

NODE(igmp_group) = {
	HEADER(igmp), .extract = EXTRACT { FIELD(igmp_group, igmp, group) },
};

/* Version 3 if there is more than version 2 has */
NODE(igmp_query) = {
	HEADER(igmp), .length = LENGTH_REST,
	.extract = EXTRACT { FIELD(igmp_group, igmp, group) },
	.parts = PARTS { SUBPARSER(igmp_query_v3) },
};

NODE(igmp_query_v3) = {
	HEADER(igmp_query), .length = IGMP_QUERY_LENGTH,
	.parts = PARTS { ARRAY(igmp_source, .max = 64) },
};

/* The first group. How many there are is known, how long they are is not */
NODE(igmp_report) = {
	HEADER(igmp_report), .length = LENGTH_REST,
	.parts = PARTS { SUBPARSER(igmp_record) },
};

NODE(igmp_record) = {
	HEADER(igmp_group), .length = IGMP_GROUP_LENGTH,
	.extract = EXTRACT { FIELD(igmp_group, igmp_group, group) },
	.parts = PARTS {
		ARRAY(igmp_source, .max = 64,
		      .area = LENGTH(igmp_group, num_sources, .shift = 2)),
	},
};

NODE(igmp_source) = { HEADER(igmp_source) };

#endif /* _BIG_CONTROL_H */

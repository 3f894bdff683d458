/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Nodes of big.c: IPv4 and IPv6 with options and extension headers */
#ifndef _BIG_IP_H
#define _BIG_IP_H

/* ---- IPv4 ------------------------------------------------------------ */

#define IP_PROTOCOLS							\
	ON(IPPROTO_TCP, tcp), ON(IPPROTO_UDP, udp),			\
	ON(IPPROTO_UDPLITE, udp_lite), ON(IPPROTO_SCTP, sctp),		\
	ON(IPPROTO_ICMP, icmp), ON(IPPROTO_ICMPV6, icmpv6),		\
	ON(IPPROTO_IGMP, igmp), ON(IPPROTO_ESP, esp), ON(IPPROTO_AH, ah), \
	ON(IPPROTO_GRE, gre), ON(IPPROTO_L2TP, l2tpv3),			\
	ON(IPPROTO_IPIP, enter_ipv4), ON(IPPROTO_IPV6, enter_ipv6),	\
	ON(IPPROTO_MPLS, mpls)

NODE(ipv4) = {
	HEADER(ipv4), .length = IPV4_LENGTH,
	.require = REQUIRE { EQ(ipv4, version, 4) },
	.extract = EXTRACT {
		CONST(addr_proto, ETH_P_IP), END(thoff),
		FIELD(ipv4_src, ipv4, saddr), FIELD(ipv4_dst, ipv4, daddr),
		FIELD(ip_proto, ipv4, protocol),
		FIELD(ip_protos, ipv4, protocol),
	},
	.parts = PARTS { TLVS(ipv4_opt_type, type, ipv4_options, .max = 40,
			      OTHERWISE(NAME(ipv4_option))) },
	.next = LOOKUP(ipv4_protocols,
		       .key = KEY { OF(ipv4, mf), OF(ipv4, frag_off),
				    OF(ipv4, protocol) },
		       .otherwise = NAME(ipv4_later)),
};

#define IPV4_MF		(1 << 21)
#define IPV4_FRAG_OFF	(0x1fff << 8)
MAP(ipv4_protocols) = {
	IP_PROTOCOLS,
	ON_MASK(0, IPV4_MF | IPV4_FRAG_OFF, STOP_OKAY),
	ON_MASK(IPV4_MF, IPV4_MF | IPV4_FRAG_OFF, first_fragment),
};

NODE(ipv4_later) = {
	NO_HEADER, .overlay = 1, .extract = EXTRACT { CONST(is_frag, 1) },
};

NODE(first_fragment) = {
	NO_HEADER, .overlay = 1,
	.extract = EXTRACT { CONST(is_frag, 1), CONST(is_first_frag, 1) },
};

MAP(ipv4_options) = {
	ON(IPV4_OPT_EOL, DONE), ON(IPV4_OPT_NOP, ipv4_nop),
	ON(IPV4_OPT_RR, ipv4_route), ON(IPV4_OPT_LSRR, ipv4_route),
	ON(IPV4_OPT_SSRR, ipv4_route), ON(IPV4_OPT_RA, ipv4_alert),
};

NODE(ipv4_nop) = { HEADER(ipv4_opt_type) };

NODE(ipv4_option) = {
	HEADER(ipv4_opt), .length = IPV4_OPT_LENGTH,
	.counters = COUNTERS { INC(options, .before = 1) },
	.extract = EXTRACT { COUNT(num_options, options) },
};

NODE(ipv4_route) = {
	HEADER(ipv4_route), .length = IPV4_ROUTE_LENGTH,
	.require = REQUIRE { GE(ipv4_route, pointer, 4) },
};

NODE(ipv4_alert) = {
	HEADER(ipv4_alert), .length = IPV4_ALERT_LENGTH,
	.extract = EXTRACT { FIELD(router_alert, ipv4_alert, value) },
};

/* ---- IPv6 ------------------------------------------------------------ */

NODE(ipv6) = {
	HEADER(ipv6),
	.require = REQUIRE { EQ(ipv6, version, 6) },
	.extract = EXTRACT {
		CONST(addr_proto, ETH_P_IPV6), END(thoff),
		FIELD(ipv6_src, ipv6, saddr), FIELD(ipv6_dst, ipv6, daddr),
		FIELD(flow_label, ipv6, flow_label),
		FIELD(ip_proto, ipv6, nexthdr),
		FIELD(ip_protos, ipv6, nexthdr),
	},
	.next = NEXT(ipv6, nexthdr, ipv6_protocols, .otherwise = STOP_OKAY),
};

#define IPV6_PROTOCOLS							\
	IP_PROTOCOLS,							\
	ON(IPPROTO_ROUTING, ipv6_routing),				\
	ON(IPPROTO_FRAGMENT, ipv6_fragment),				\
	ON(IPPROTO_DSTOPTS, ipv6_destination),				\
	ON(IPPROTO_MH, ipv6_mobility), ON(IPPROTO_HIP, hip),		\
	ON(IPPROTO_SHIM6, shim6), ON(IPPROTO_ETHERNET, enter_ethernet)

/* Hop-by-hop options come first or not at all: RFC 8200 4.1 */
MAP(ipv6_protocols) = {
	IPV6_PROTOCOLS, ON(IPPROTO_HOPOPTS, ipv6_hop_by_hop),
};

MAP(ipv6_more) = { IPV6_PROTOCOLS, ON(IPPROTO_HOPOPTS, STOP_FAIL) };

#define IPV6_OPTIONS							\
	TLVS(ipv6_tlv_type, type, ipv6_options, .max = 64,		\
	     OTHERWISE(NAME(ipv6_option)))

NODE(ipv6_hop_by_hop) = {
	HEADER(ipv6_opt), .length = IPV6_OPT_LENGTH,
	.extract = EXTRACT { FIELD(ip_proto, ipv6_opt, nexthdr), END(thoff) },
	.parts = PARTS { IPV6_OPTIONS },
	.next = NEXT(ipv6_opt, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

NODE(ipv6_destination) = {
	HEADER(ipv6_opt), .length = IPV6_OPT_LENGTH,
	.extract = EXTRACT { FIELD(ip_proto, ipv6_opt, nexthdr), END(thoff) },
	.parts = PARTS { IPV6_OPTIONS },
	.next = NEXT(ipv6_opt, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

MAP(ipv6_options) = {
	ON(IPV6_TLV_PAD1, ipv6_pad1), ON(IPV6_TLV_PADN, ipv6_padn),
	ON(IPV6_TLV_ROUTER_ALERT, ipv6_alert), ON(IPV6_TLV_JUMBO, ipv6_jumbo),
};

NODE(ipv6_pad1) = { HEADER(ipv6_tlv_type) };
NODE(ipv6_padn) = { HEADER(ipv6_tlv), .length = IPV6_TLV_LENGTH };

/* One that is unknown, and says to drop the packet then: RFC 8200 4.2 */
NODE(ipv6_option) = {
	HEADER(ipv6_tlv), .length = IPV6_TLV_LENGTH,
	.require = REQUIRE { EQ(ipv6_tlv, type, 0, MASK(0xc0)) },
	.counters = COUNTERS { INC(options, .before = 1) },
	.extract = EXTRACT { COUNT(num_options, options) },
};

NODE(ipv6_alert) = {
	HEADER(ipv6_alert), .length = IPV6_ALERT_LENGTH,
	.extract = EXTRACT { FIELD(router_alert, ipv6_alert, value) },
};

NODE(ipv6_jumbo) = {
	HEADER(ipv6_jumbo), .length = IPV6_JUMBO_LENGTH,
	.require = REQUIRE { GT(ipv6_jumbo, payload_len, 0xffff) },
};

NODE(ipv6_routing) = {
	HEADER(ipv6_routing), .overlay = 1,
	.next = NEXT(ipv6_routing, type, ipv6_routings,
		     .otherwise = NAME(ipv6_route)),
};

MAP(ipv6_routings) = { ON(IPV6_ROUTING_SRH, srh) };

NODE(ipv6_route) = {
	HEADER(ipv6_routing), .length = IPV6_ROUTING_LENGTH,
	.extract = EXTRACT {
		FIELD(ip_proto, ipv6_routing, nexthdr), END(thoff),
	},
	.next = NEXT(ipv6_routing, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

NODE(srh) = {
	HEADER(srh), .length = SRH_LENGTH,
	.extract = EXTRACT { FIELD(ip_proto, srh, nexthdr), END(thoff) },
	.counters = COUNTERS { RESET(segments, .before = 1) },
	.parts = PARTS {
		ARRAY(segment, .area = SRH_SEGMENTS_LENGTH, .max = 16),
		TLVS(srh_tlv_type, type, srh_tlvs, .max = 16,
		     OTHERWISE(NAME(srh_tlv))),
	},
	.next = NEXT(srh, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

NODE(segment) = {
	HEADER(srh_segment),
	.extract = EXTRACT { FIELD(srv6_segments, srh_segment, address) },
	.counters = COUNTERS { INC(segments) },
};

MAP(srh_tlvs) = { ON(SRH_TLV_PAD1, srh_pad1), ON(SRH_TLV_HMAC, srh_hmac) };

NODE(srh_pad1) = { HEADER(srh_tlv_type) };
NODE(srh_tlv) = { HEADER(srh_tlv), .length = SRH_TLV_LENGTH };

NODE(srh_hmac) = {
	HEADER(srh_hmac), .length = SRH_HMAC_LENGTH,
	.require = REQUIRE { EQ(srh_hmac, reserved, 0) },
};

NODE(ipv6_fragment) = {
	HEADER(ipv6_frag),
	.extract = EXTRACT {
		CONST(is_frag, 1), FIELD(ip_proto, ipv6_frag, nexthdr),
		END(thoff),
	},
	.next = NEXT(ipv6_frag, frag_off, ipv6_fragments,
		     .otherwise = STOP_OKAY),
};

MAP(ipv6_fragments) = { ON(0, first_fragment) };

NODE(ipv6_mobility) = { HEADER(ipv6_mobility), .length = IPV6_MOBILITY_LENGTH };

NODE(hip) = {
	HEADER(hip), .length = HIP_LENGTH,
	.require = REQUIRE { EQ(hip, zero, 0), EQ(hip, one, 1) },
};

NODE(shim6) = {
	HEADER(shim6), .length = SHIM6_LENGTH,
	.require = REQUIRE { EQ(shim6, payload, 1, .otherwise = STOP_OKAY) },
	.extract = EXTRACT { FIELD(ip_proto, shim6, nexthdr), END(thoff) },
	.next = NEXT(shim6, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

NODE(ah) = {
	HEADER(ah), .length = AH_LENGTH,
	.extract = EXTRACT {
		FIELD(spi, ah, spi), FIELD(ip_proto, ah, nexthdr), END(thoff),
	},
	.next = NEXT(ah, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

NODE(esp) = { HEADER(esp), .extract = EXTRACT { FIELD(spi, esp, spi) } };

#endif /* _BIG_IP_H */

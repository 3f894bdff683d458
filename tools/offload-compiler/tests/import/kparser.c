// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What kparser.json means: it gives the same CPR. Fields are named by their
 * offset and width, as an import names them.
 */
#include <netprog.h>

struct ether_bits { u8 skip[96], f96_16[16]; };
struct vlan_bits { u8 f0_16[16], f16_16[16]; };
struct ip_bits { u8 f0_4[4], skip[4]; };
struct ipv4_bits {
	u8 skip0[4], f4_4[4], skip1[8], f16_16[16], skip2[16], f48_16[16],
	   f64_8[8], f72_8[8], skip3[16], f96_64[64];
};
struct ipv6_bits { u8 skip0[48], f48_8[8], skip1[8], f64_128[128], f192_128[128]; };
struct hop_bits { u8 f0_8[8], f8_8[8]; };
struct gre_bits {
	union {
		u8 f0_16[16];
		struct { u8 f0_1[1], skip0[1], f2_1[1], f3_1[1], skip1[12]; };
	};
	u8 f16_16[16];
};
struct key_bits { u8 f0_32[32]; };
struct gue_bits {
	u8 skip0[2], f2_1[1], f3_5[5], skip1[9], f17_3[3], skip2[11], f31_1[1];
};
struct group_bits { u8 skip[32], f32_32[32]; };
struct tcp_bits { u8 f0_32[32], skip0[64], f96_4[4], skip1[60]; };
struct udp_bits {
	union {
		u8 f0_32[32];
		struct { u8 skip0[16], f16_16[16]; };
	};
	u8 skip1[32];
};
struct vxlan_bits { u8 skip0[4], f4_1[1], skip1[59]; };
struct byte_bits { u8 f0_8[8]; };
struct tlv_bits { u8 f0_8[8], f8_8[8]; };
struct tlv4_bits { u8 f0_8[8], f8_8[8], f16_16[16]; };
struct tlv6_bits { u8 f0_8[8], f8_8[8], f16_32[32]; };
struct tlv10_bits { u8 f0_8[8], f8_8[8], f16_32[32], skip[32]; };
struct tlv18_bits { u8 f0_8[8], f8_8[8], skip0[64], f80_32[32], skip1[32]; };

PARSER(everything) = {
	ROOT(ether), .max_bytes = 512, .max_nodes = 15, .max_encaps = 2,
};

COUNTER(vlans, .max = 4, .saturate = 1, .encap_resets = 1);
OUTPUT_ARRAY(vlan_tci, 16, 4, vlans);
OUTPUT_ARRAY(v4_addrs, 64, 2, ENCAPS, .last = 1);
OUTPUT_ARRAY(addrs_v6_0, 128, 2, ENCAPS, .last = 1);
OUTPUT_ARRAY(addrs_v6_1, 128, 2, ENCAPS, .last = 1);
OUTPUT_ARRAY(ipv4_at, 16, 2, ENCAPS, .last = 1);
OUTPUT_ARRAY(outer, 8, 2, ENCAPS, .last = 1);
OUTPUT_ARRAY(ports, 32, 2, ENCAPS, .last = 1);
OUTPUT(encaps, 16);
OUTPUT(nodes, 16);
OUTPUT(num_vlans, 16);

/* okay-target and encap-target */
NODE(okay) = {
	NO_HEADER, .uncounted = 1,
	.extract = EXTRACT { ENCAPS(encaps), NODES(nodes),
			     COUNT(num_vlans, vlans) },
};
#define ENCAP(n, inner)							\
	NODE(n##_at_encap) = { NO_HEADER, .uncounted = 1,		\
			       .extract = EXTRACT { CONST(outer, 1) },	\
			       .next = GO(n##_encap) };			\
	NODE(n##_encap) = { NO_HEADER, .uncounted = 1, .encap = 1,	\
			    .next = GO(inner) }
ENCAP(ether, ether_inner);
ENCAP(ip, ip);
ENCAP(ipv4, ipv4);
ENCAP(ipv6, ipv6);
ENCAP(vlan, vlan);

NODE(ether) = {
	HEADER(ether), .uncounted = 1,
	.next = NEXT(ether, f96_16, ether_types, .otherwise = NAME(okay)),
};
NODE(ether_inner) = {
	HEADER(ether),
	.next = NEXT(ether, f96_16, ether_types, .otherwise = NAME(okay)),
};
MAP(ether_types) = {
	ON(0x0800, ip), ON(0x86dd, ip), ON(0x8100, vlan), ON(0x6558, ether_inner),
};

NODE(vlan) = {
	HEADER(vlan),
	.extract = EXTRACT { FIELD(vlan_tci, vlan, f0_16) },
	.counters = COUNTERS { INC(vlans) },
	.next = NEXT(vlan, f16_16, ether_types, .otherwise = STOP_FAIL),
};

NODE(ip) = {
	HEADER(ip), .overlay = 1,
	.next = NEXT(ip, f0_4, ip_next, .otherwise = STOP_FAIL),
};
MAP(ip_next) = { ON(4, ipv4), ON(6, ipv6) };

NODE(ipv4) = {
	HEADER(ipv4), .length = LENGTH(ipv4, f4_4, .shift = 2),
	.require = REQUIRE {
		ANY(REQUIRE {
			EQ(ipv4, f48_16, 0, MASK(0x3fff)),
			ALL(REQUIRE { NE(ipv4, f48_16, 0, MASK(0x2000)),
				      GE(ipv4, f16_16, 28) }),
		}),
		GE(ipv4, f64_8, 1),
	},
	.extract = EXTRACT { FIELD(v4_addrs, ipv4, f96_64), START(ipv4_at) },
	.parts = PARTS {
		TLVS(byte, f0_8, ipv4_tlvs, .max = 8, .exceeded = DONE,
		     OTHERWISE(NAME(ipv4_skip))),
	},
	.next = NEXT(ipv4, f72_8, ip_protocols, .otherwise = NAME(okay)),
};
MAP(ipv4_tlvs) = {
	ON(0, DONE), ON(1, ipv4_pad1), ON(148, router_alert_len),
};
NODE(ipv4_pad1) = { HEADER(byte) };
NODE(ipv4_skip) = { HEADER(tlv), .length = LENGTH(tlv, f8_8) };
NODE(router_alert_len) = {
	HEADER(tlv), .overlay = 1,
	.next = NEXT(tlv, f8_8, router_alert_len, .otherwise = NAME(ipv4_skip)),
};
MAP(router_alert_len) = { ON(4, router_alert) };
NODE(router_alert) = {
	HEADER(tlv4), .length = LENGTH(tlv4, f8_8),
	.extract = EXTRACT { FIELD(router_alert, tlv4, f16_16) },
};
MAP(ip_protocols) = {
	ON(0, hop_by_hop), ON(4, ipv4_at_encap), ON(6, tcp), ON(17, udp),
	ON(41, ipv6_at_encap), ON(47, gre),
};

NODE(ipv6) = {
	HEADER(ipv6),
	.extract = EXTRACT { FIELD(addrs_v6_0, ipv6, f64_128),
			     FIELD(addrs_v6_1, ipv6, f192_128) },
	.next = NEXT(ipv6, f48_8, ip_protocols, .otherwise = NAME(okay)),
};

NODE(hop_by_hop) = {
	HEADER(hop), .length = LENGTH(hop, f8_8, .shift = 3, .add = 8),
	.parts = PARTS {
		TLVS(byte, f0_8, hop_by_hop_options, .max = 4,
		     OTHERWISE(NAME(unknown_option))),
	},
	.next = NEXT(hop, f0_8, ip_protocols, .otherwise = NAME(okay)),
};
MAP(hop_by_hop_options) = {
	ON(0, hop_by_hop_pad1), ON(1, hop_by_hop_skip), ON(0xc2, jumbo_len),
};
NODE(hop_by_hop_pad1) = { HEADER(byte) };
NODE(hop_by_hop_skip) = { HEADER(tlv), .length = LENGTH(tlv, f8_8, .add = 2) };
NODE(unknown_option) = {
	HEADER(tlv), .length = LENGTH(tlv, f8_8, .add = 2),
	.extract = EXTRACT { FIELD(unknown_option, tlv, f0_8) },
};
NODE(jumbo_len) = {
	HEADER(tlv), .overlay = 1,
	.next = NEXT(tlv, f8_8, jumbo_len, .otherwise = NAME(unknown_option)),
};
MAP(jumbo_len) = { ON_RANGE(4, 255, jumbo) };
NODE(jumbo) = {
	HEADER(tlv6), .length = LENGTH(tlv6, f8_8, .add = 2),
	.require = REQUIRE { GE(tlv6, f16_32, 65536) },
	.extract = EXTRACT { FIELD(jumbo_length, tlv6, f16_32) },
};

NODE(gre) = {
	HEADER(gre),
	.length = LENGTH_SUM(4, TERM(gre, f0_1, 2), TERM(gre, f2_1, 2),
			     TERM(gre, f3_1, 2)),
	.require = REQUIRE { EQ(gre, f0_16, 0, MASK(7)) },
	.extract = EXTRACT { HEADER_LENGTH(gre_length) },
	.parts = PARTS {
		FLAG_FIELDS(FLAG_SKIP(gre, f0_1, 4), FLAG(gre, f2_1, gre_key),
			    FLAG_SKIP(gre, f3_1, 4)),
	},
	.next = NEXT(gre, f16_16, ether_types_2, .otherwise = NAME(okay)),
};
NODE(gre_key) = { HEADER(key), .extract = EXTRACT { FIELD(gre_key, key, f0_32) } };
MAP(ether_types_2) = {
	ON(0x0800, ip_at_encap), ON(0x86dd, ip_at_encap),
	ON(0x8100, vlan_at_encap), ON(0x6558, ether_at_encap),
};

/* The fields start where another field says: behind a part that is skipped */
NODE(gue) = {
	HEADER(gue), .length = LENGTH(gue, f3_5, .shift = 2, .add = 4),
	.parts = PARTS {
		ARRAY(DONE, .start = START_AT(0), .max = 1, .exceeded = DONE,
		      .area = LENGTH(gue, f2_1, .shift = 2, .add = 4)),
		FLAG_FIELDS(FLAG_EQ(gue, f17_3, 7, 3, gue_group),
			    FLAG_SKIP(gue, f31_1, 4)),
	},
	.next = GO(payload),
};
NODE(gue_group) = {
	HEADER(group), .extract = EXTRACT { FIELD(gue_group, group, f32_32) },
};

NODE(udp) = {
	HEADER(udp),
	.extract = EXTRACT { FIELD(ports, udp, f0_32) },
	.next = NEXT(udp, f16_16, udp_next, .otherwise = NAME(payload)),
};
MAP(udp_next) = { ON(4789, vxlan), ON(6080, gue) };
NODE(vxlan) = {
	HEADER(vxlan),
	.next = NEXT(vxlan, f4_1, vxlan_next, .otherwise = STOP_FAIL),
};
MAP(vxlan_next) = { ON(1, ether_at_encap) };
NODE(payload) = {
	NO_HEADER, .extract = EXTRACT { START(payload_at) }, .next = GO(okay),
};

NODE(tcp) = {
	HEADER(tcp), .length = LENGTH(tcp, f96_4, .shift = 2),
	.extract = EXTRACT { FIELD(ports, tcp, f0_32) },
	.parts = PARTS {
		TLVS(byte, f0_8, tcp_tlvs, .max = 20, OTHERWISE(DONE)),
	},
	.next = GO(okay),
};
MAP(tcp_tlvs) = {
	ON(0, DONE), ON(1, tcp_pad1), ON(2, mss_len), ON(5, sack),
	ON(8, timestamp_len),
};
NODE(tcp_pad1) = { HEADER(byte) };
NODE(tcp_skip) = { HEADER(tlv), .length = LENGTH(tlv, f8_8) };

/* A TLV that is too short for its node is unknown */
#define LONG_ENOUGH(n, bytes)						\
	NODE(n##_len) = {						\
		HEADER(tlv), .overlay = 1,				\
		.next = NEXT(tlv, f8_8, n##_len, .otherwise = DONE),	\
	};								\
	MAP(n##_len) = { ON_RANGE(bytes, 255, n) }
LONG_ENOUGH(mss, 4);
LONG_ENOUGH(timestamp, 10);
LONG_ENOUGH(sack_1, 10);
LONG_ENOUGH(sack_2, 18);
NODE(mss) = {
	HEADER(tlv4), .length = LENGTH(tlv4, f8_8),
	.extract = EXTRACT { FIELD(mss, tlv4, f16_16) },
};
NODE(timestamp) = {
	HEADER(tlv10), .length = LENGTH(tlv10, f8_8),
	.extract = EXTRACT { FIELD(tsval, tlv10, f16_32) },
};
NODE(sack) = {
	HEADER(tlv), .overlay = 1, .length = LENGTH(tlv, f8_8),
	.next = NEXT(tlv, f8_8, sack_next, .otherwise = NAME(tcp_skip)),
};
MAP(sack_next) = { ON(10, sack_1_len), ON(18, sack_2_len) };
NODE(sack_1) = {
	HEADER(tlv10), .length = LENGTH(tlv10, f8_8),
	.extract = EXTRACT { FIELD(sack_left, tlv10, f16_32) },
};
NODE(sack_2) = {
	HEADER(tlv18), .length = LENGTH(tlv18, f8_8),
	.extract = EXTRACT { FIELD(sack_left, tlv18, f80_32) },
};

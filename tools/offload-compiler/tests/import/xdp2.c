// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What xdp2.json means: it gives the same CPR. Fields are named by their offset
 * and width, as an import names them.
 */
#include <netprog.h>

struct ether_bits { u8 skip[96], f96_16[16]; };
struct vlan_bits { u8 skip[4], f4_12[12], f16_16[16]; };
struct ip_bits { u8 f0_4[4], skip[4]; };
struct ipv4_bits {
	u8 skip0[4], f4_4[4], skip1[40];
	union {
		u8 f48_16[16];
		struct { u8 skip2[2], f50_1[1], skip3[13]; };
	};
	u8 skip4[8], f72_8[8], skip5[16], f96_64[64];
};
struct ipv6_bits {
	u8 skip0[12], f12_20[20], skip1[16], f48_8[8], skip2[8], f64_128[128],
	   f192_128[128];
};
struct gre_bits { u8 f0_1[1], skip0[1], f2_1[1], f3_1[1], skip1[12], f16_16[16]; };
struct key_bits { u8 f0_32[32]; };
struct tcp_bits { u8 f0_32[32], skip0[64], f96_4[4], skip1[60]; };
struct udp_bits { u8 f0_32[32], skip[32]; };
struct byte_bits { u8 f0_8[8]; };
struct tlv_bits { u8 f0_8[8], f8_8[8]; };
struct mss_bits { u8 f0_8[8], f8_8[8], f16_16[16]; };
struct sack_bits { u8 f0_8[8], f8_8[8], f16_64[64]; };

PARSER(everything) = {
	ROOT(ether_node), .max_bytes = 512, .max_nodes = 9, .max_encaps = 4,
};

COUNTER(counter_1, .max = 2, .encap_resets = 1);
OUTPUT_ARRAY(md_16, 16, 2, counter_1, .last = 1);
OUTPUT_ARRAY(md_18, 8, 2, counter_1, .last = 1);
OUTPUT(md_0, 16);
OUTPUT(is_fragment, 8);
OUTPUT(label, 32);
OUTPUT(level, 8);

NODE(ether_node) = {
	HEADER(ether), .uncounted = 1,
	.next = NEXT(ether, f96_16, ether_table, .otherwise = STOP_OKAY),
};
MAP(ether_table) = {
	ON(0x0800, ip_node), ON(0x86dd, ip_node), ON(0x8100, vlan_node),
};

NODE(vlan_node) = {
	HEADER(vlan),
	.extract = EXTRACT { FIELD(md_16, vlan, f4_12), CONST(md_18, 1),
			     COUNT(md_0, counter_1) },
	.counters = COUNTERS { INC(counter_1) },
	.next = NEXT(vlan, f16_16, ether_table, .otherwise = STOP_FAIL),
};

NODE(ip_node) = {
	HEADER(ip), .overlay = 1,
	.next = NEXT(ip, f0_4, ip_table, .otherwise = STOP_FAIL),
};
MAP(ip_table) = { ON(4, ipv4_node), ON(6, ipv6_node) };

NODE(ipv4_node) = {
	HEADER(ipv4), .length = LENGTH(ipv4, f4_4, .shift = 2),
	.require = REQUIRE { EQ(ipv4, f48_16, 0, MASK(0x1fff),
				.otherwise = STOP_OKAY) },
	.extract = EXTRACT { FIELD(addrs_v4_addrs, ipv4, f96_64),
			     FIELD(is_fragment, ipv4, f50_1), START(l3_off) },
	.next = NEXT(ipv4, f72_8, protocol_table, .otherwise = STOP_OKAY),
};
MAP(protocol_table) = {
	ON(4, ipv4_in_ip_node), ON(6, tcp_node), ON(17, udp_node),
	ON(47, gre_node),
};

NODE(ipv6_node) = {
	HEADER(ipv6),
	.extract = EXTRACT { FIELD(addrs_v6_addrs_0, ipv6, f64_128),
			     FIELD(addrs_v6_addrs_1, ipv6, f192_128),
			     FIELD(label, ipv6, f12_20) },
	.next = NEXT(ipv6, f48_8, protocol_table, .otherwise = STOP_OKAY),
};

/* A level begins in a node of its own */
NODE(ipv4_in_ip_node) = { NO_HEADER, .overlay = 1, .next = GO(ipv4_node_encap) };
NODE(ipv4_node_encap) = {
	NO_HEADER, .uncounted = 1, .encap = 1, .next = GO(ipv4_node),
};

NODE(gre_node) = {
	HEADER(gre),
	.length = LENGTH_SUM(4, TERM(gre, f0_1, 2), TERM(gre, f2_1, 2),
			     TERM(gre, f3_1, 2)),
	.parts = PARTS {
		FLAG_FIELDS(FLAG_SKIP(gre, f0_1, 4), FLAG(gre, f2_1, gre_key_node),
			    FLAG_SKIP(gre, f3_1, 4)),
	},
	.next = NEXT(gre, f16_16, ether_table_2, .otherwise = STOP_OKAY),
};
NODE(gre_key_node) = {
	HEADER(key), .extract = EXTRACT { FIELD(gre_key, key, f0_32) },
};
MAP(ether_table_2) = {
	ON(0x0800, ip_node_encap), ON(0x86dd, ip_node_encap),
	ON(0x8100, vlan_node_encap),
};
NODE(ip_node_encap) = {
	NO_HEADER, .uncounted = 1, .encap = 1, .next = GO(ip_node),
};
NODE(vlan_node_encap) = {
	NO_HEADER, .uncounted = 1, .encap = 1, .next = GO(vlan_node),
};

NODE(udp_node) = {
	HEADER(udp), .extract = EXTRACT { FIELD(ports, udp, f0_32) },
};

NODE(tcp_node) = {
	HEADER(tcp), .length = LENGTH(tcp, f96_4, .shift = 2),
	.extract = EXTRACT { FIELD(ports, tcp, f0_32), HEADER_LENGTH(l4_len),
			     ENCAPS(level) },
	.parts = PARTS {
		TLVS(byte, f0_8, tcp_node_tlvs, .max = 16, .exceeded = DONE,
		     OTHERWISE(NAME(tcp_unknown))),
	},
};
MAP(tcp_node_tlvs) = {
	ON(0, DONE), ON(1, tcp_node_pad1), ON(2, tcp_mss_len), ON(5, tcp_sack),
};
NODE(tcp_node_pad1) = { HEADER(byte) };
NODE(tcp_unknown) = {
	HEADER(tlv), .length = LENGTH(tlv, f8_8),
	.extract = EXTRACT { FIELD(unknown, tlv, f0_8) },
};

/* A TLV that is too short for its node is unknown */
NODE(tcp_mss_len) = {
	HEADER(tlv), .overlay = 1,
	.next = NEXT(tlv, f8_8, tcp_mss_len, .otherwise = NAME(tcp_unknown)),
};
MAP(tcp_mss_len) = { ON_RANGE(4, 255, tcp_mss) };
NODE(tcp_mss) = {
	HEADER(mss), .length = LENGTH(mss, f8_8),
	.extract = EXTRACT { FIELD(mss, mss, f16_16) },
};

NODE(tcp_sack) = {
	HEADER(tlv), .overlay = 1, .length = LENGTH(tlv, f8_8),
	.next = NEXT(tlv, f8_8, tcp_sack_next, .otherwise = NAME(tcp_unknown)),
};
MAP(tcp_sack_next) = { ON(10, tcp_sack_1_len) };
NODE(tcp_sack_1_len) = {
	HEADER(tlv), .overlay = 1,
	.next = NEXT(tlv, f8_8, tcp_sack_1_len, .otherwise = NAME(tcp_unknown)),
};
MAP(tcp_sack_1_len) = { ON_RANGE(10, 255, tcp_sack_1) };
NODE(tcp_sack_1) = {
	HEADER(sack), .length = LENGTH(sack, f8_8),
	.extract = EXTRACT { FIELD(sack, sack, f16_64) },
};

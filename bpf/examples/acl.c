// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A parser that does a little more: VLAN tags in a loop, keys of two fields,
 * ternary entries, an input, a node that overlays another, outputs of its own,
 * and a match table over them.
 */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };
struct vlan_bits { u8 pcp[3], dei[1], vid[12], type[16]; };
struct ipv6_bits {
	u8 version[4], class[8], label[20], len[16], nexthdr[8], hops[8];
	u8 saddr[128], daddr[128];
};
struct tcp_bits {
	u8 sport[16], dport[16], seq[32], ack[32];
	u8 offset[4], reserved[4], flags[8], window[16], check[16], urgent[16];
};

PARSER(acl) = { ROOT(eth), .max_bytes = 128, .max_nodes = 4 };

/* Frames with one tag or two; a third is one visit too many */
NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types) };
NODE(vlan) = {
	HEADER(vlan), .uncounted = 1, .repeat = 2,
	.extract = EXTRACT { FIELD(vlan_id, vlan, vid) },
	.next    = NEXT(vlan, type, types),
};
MAP(types) = { ON(0x8100, vlan), ON(0x88a8, vlan), ON(0x86dd, ipv6) };

/* The key is the label, whether to stop at one, and the protocol. The value
 * of an entry is put together in the same order: 20 bits, 1 bit, 8 bits.
 */
#define LABEL_STOP_PROTO(label, stop, proto) \
	((label) << 9 | (stop) << 8 | (proto))

NODE(ipv6) = {
	HEADER(ipv6),
	.require = REQUIRE { EQ(ipv6, version, 6), GT(ipv6, hops, 0) },
	.extract = EXTRACT {
		CONST(addr_proto, 0x86dd), START(nhoff), END(thoff),
		FIELD(ip_proto, ipv6, nexthdr),
		FIELD(ipv6_src, ipv6, saddr), FIELD(ipv6_dst, ipv6, daddr),
	},
	.next = LOOKUP(ipv6_next, .key = KEY {
			OF(ipv6, label), INPUT(stop_at_flow_label),
			OF(ipv6, nexthdr) },
		       .otherwise = NAME(labelled)),
};
MAP(ipv6_next) = {
	/* Whatever the label, while nobody asks to stop at it */
	ON_MASK(LABEL_STOP_PROTO(0, 0, 6), LABEL_STOP_PROTO(0, 1, 255), tcp),
	/* There is no label to stop at */
	ON_MASK(LABEL_STOP_PROTO(0, 1, 6), LABEL_STOP_PROTO(0xfffff, 1, 255),
		tcp),
};

/* Reads nothing and does not move: an overlay without a header */
NODE(labelled) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(stopped, 1) },
};
OUTPUT(stopped, 1);

NODE(tcp) = {
	HEADER(tcp), .length = LENGTH(tcp, offset, .shift = 2),
	.extract = EXTRACT {
		FIELD(sport, tcp, sport), FIELD(dport, tcp, dport),
		FIELD(tcp_flags, tcp, flags), HEADER_LENGTH(tcp_length),
	},
};

TABLE(acl, .keys = KEYS { OUT(vlan_id), OUT(ipv6_src), OUT(dport), OUT(tcp_flags) },
      .match = TERNARY, .size = 64, .owner = RAW);

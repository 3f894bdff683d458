// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The datacenter graph of Gibb, Varghese, Horowitz, McKeown, "Design
 * principles for packet parsers" (ANCS 2013); its VXLAN port is theirs.
 */
#include "gibb.h"

#include <protocols/gre.h>

PARSER(datacenter) = { ROOT(ethernet), .max_bytes = 256, .max_nodes = 12 };

MAP(types) = {
	VLANS, ON(0x0800, ipv4), ON(0x0806, arp), ON(0x8035, arp),
};

MAP(ipv4_protocols) = { ON(1, icmp), ON(6, tcp), ON(17, udp), ON(47, gre) };

NODE(udp) = {
	HEADER(udp),
	.extract = EXTRACT { FIELD(sport, udp, sport), FIELD(dport, udp, dport) },
	.next = NEXT(udp, dport, udp_ports, .otherwise = STOP_OKAY),
};

MAP(udp_ports) = { ON(65535, vxlan) };

struct vxlan_bits {
	u8 flags[8], reserved[24], vni[24], reserved2[8];
};

NODE(vxlan) = {
	HEADER(vxlan),
	.extract = EXTRACT { FIELD(vxlan_vni, vxlan, vni) },
	.next = GO(inner),
};

COUNTER(gres, .max = 3, .saturate = 1);
OUTPUT_ARRAY(gre_proto, 16, 3, gres);

/* Of four bytes, whatever its flags say */
NODE(gre) = {
	HEADER(gre), .repeat = 3,
	.extract = EXTRACT { FIELD(gre_proto, gre, protocol) },
	.counters = COUNTERS { INC(gres) },
	.next = LOOKUP(gre_protocols,
		       .key = KEY { OF(gre, key), OF(gre, protocol) },
		       .otherwise = STOP_OKAY),
};

#define WITH_KEY(protocol)	(1 << 16 | (protocol))
MAP(gre_protocols) = { ON(WITH_KEY(0x6558), nvgre), ON(WITH_KEY(0x6559), gre) };

struct nvgre_bits {
	u8 tni[24], reserved[8];
};

NODE(nvgre) = {
	HEADER(nvgre),
	.extract = EXTRACT { FIELD(nvgre_tni, nvgre, tni) },
	.next = GO(inner),
};

/* What is in it is not parsed */
NODE(inner) = {
	HEADER(eth),
	.extract = EXTRACT {
		FIELD(inner_dst, eth, dst), FIELD(inner_src, eth, src),
		FIELD(inner_type, eth, type),
	},
};

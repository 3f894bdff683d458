/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * What the two graphs of Gibb et al. have in common. A header with a length
 * field has an upper limit there; no entry is made for lengths beyond. Here
 * they are "bad-length", as those below the least already are.
 */
#ifndef _BENCH_GIBB_H
#define _BENCH_GIBB_H

#include <netprog.h>

#include <protocols/ethernet.h>
#include <protocols/icmp.h>
#include <protocols/ipv4.h>
#include <protocols/tcp.h>
#include <protocols/udp.h>
#include <protocols/vlan.h>

struct arp_fixed_bits {
	u8 hrd[16], pro[16], hln[8], pln[8], op[16];
};

struct arp_ipv4_bits {
	u8 sha[48], spa[32], tha[48], tpa[32];
};

#define VLANS								\
	ON(0x8100, vlan), ON(0x9100, vlan), ON(0x9200, vlan), ON(0x9300, vlan)

/* Those of the frame: the flow dissector may start behind it, so that the root
 * cannot extract them
 */
NODE(ethernet) = {
	HEADER(eth), .uncounted = 1,
	.extract = EXTRACT { FIELD(n_proto, eth, type) },
	.next = NEXT(eth, type, types, .otherwise = STOP_OKAY),
};

COUNTER(vlans, .max = 2, .saturate = 1);
OUTPUT_ARRAY(vlan_pcp, 3, 2, vlans);
OUTPUT_ARRAY(vlan_vid, 12, 2, vlans);
OUTPUT_ARRAY(vlan_type, 16, 2, vlans);

NODE(vlan) = {
	HEADER(vlan), .uncounted = 1, .repeat = 2,
	.extract = EXTRACT {
		FIELD(vlan_pcp, vlan, pcp), FIELD(vlan_vid, vlan, vid),
		FIELD(vlan_type, vlan, type),
	},
	.counters = COUNTERS { INC(vlans) },
	.next = NEXT(vlan, type, types, .otherwise = STOP_OKAY),
};

/* Lengths up to 32 bytes; ports only in first fragments */
NODE(ipv4) = {
	HEADER(ipv4), .length = IPV4_LENGTH,
	.require = REQUIRE { LE(ipv4, ihl, 8, .otherwise = STOP_BAD_LENGTH) },
	.extract = EXTRACT {
		FIELD(ipv4_dscp, ipv4, dscp), FIELD(ipv4_ecn, ipv4, ecn),
		FIELD(ipv4_df, ipv4, df), FIELD(ipv4_mf, ipv4, mf),
		FIELD(ipv4_ttl, ipv4, ttl), FIELD(ip_proto, ipv4, protocol),
		FIELD(ipv4_src, ipv4, saddr), FIELD(ipv4_dst, ipv4, daddr),
	},
	.next = LOOKUP(ipv4_protocols,
		       .key = KEY { OF(ipv4, frag_off), OF(ipv4, protocol) },
		       .otherwise = STOP_OKAY),
};

/* Up to 24 bytes */
NODE(tcp) = {
	HEADER(tcp), .length = TCP_LENGTH,
	.require = REQUIRE { LE(tcp, doff, 6, .otherwise = STOP_BAD_LENGTH) },
	.extract = EXTRACT { FIELD(sport, tcp, sport), FIELD(dport, tcp, dport) },
};

NODE(icmp) = {
	HEADER(icmp),
	.extract = EXTRACT {
		FIELD(icmp_type, icmp, type), FIELD(icmp_code, icmp, code),
	},
};

/* ARP and RARP */
NODE(arp) = {
	HEADER(arp_fixed),
	.extract = EXTRACT { FIELD(arp_op, arp_fixed, op) },
	.next = NEXT(arp_fixed, pro, arp_protocols, .otherwise = STOP_OKAY),
};

MAP(arp_protocols) = { ON(0x0800, arp_ipv4) };

NODE(arp_ipv4) = {
	HEADER(arp_ipv4),
	.extract = EXTRACT {
		FIELD(arp_sha, arp_ipv4, sha), FIELD(arp_spa, arp_ipv4, spa),
		FIELD(arp_tha, arp_ipv4, tha), FIELD(arp_tpa, arp_ipv4, tpa),
	},
};

#endif /* _BENCH_GIBB_H */

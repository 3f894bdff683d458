/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* IPv4, IPv6 and its extension headers */
#ifndef _PROTOCOLS_IP_H
#define _PROTOCOLS_IP_H

#define IPPROTO_HOPOPTS		0
#define IPPROTO_ICMP		1
#define IPPROTO_IPIP		4
#define IPPROTO_TCP		6
#define IPPROTO_UDP		17
#define IPPROTO_DCCP		33
#define IPPROTO_IPV6		41
#define IPPROTO_ROUTING		43
#define IPPROTO_FRAGMENT	44
#define IPPROTO_GRE		47
#define IPPROTO_ESP		50
#define IPPROTO_AH		51
#define IPPROTO_ICMPV6		58
#define IPPROTO_DSTOPTS		60
#define IPPROTO_SCTP		132
#define IPPROTO_UDPLITE		136
#define IPPROTO_MPLS		137

struct ipv4_bits {
	u8 version[4], ihl[4], tos[8], tot_len[16];
	u8 id[16], reserved[1], df[1], mf[1], frag_off[13];
	u8 ttl[8], protocol[8], check[16];
	u8 saddr[32], daddr[32];
};

struct ipv6_bits {
	u8 version[4], traffic_class[8], flow_label[20];
	u8 payload_len[16], nexthdr[8], hop_limit[8];
	u8 saddr[128], daddr[128];
};

struct ipv6_opt_bits {		/* hop-by-hop, destination, routing */
	u8 nexthdr[8], len[8];	/* in units of 8 bytes, without the first */
};

struct ipv6_frag_bits {
	u8 nexthdr[8], reserved[8], frag_off[13], reserved2[2], more[1];
	u8 id[32];
};

#endif /* _PROTOCOLS_IP_H */

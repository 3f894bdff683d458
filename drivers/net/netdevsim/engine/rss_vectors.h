/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The verification suite of Microsoft's RSS: the key, the flows and their
 * hashes with ports (TCP) and without.
 */
#ifndef _NSIM_ENGINE_RSS_VECTORS_H
#define _NSIM_ENGINE_RSS_VECTORS_H

#include "engine.h"
#include "compat.h"

static const u8 rss_vector_key[RSS_KEY_SIZE] = {
	0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2,
	0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0,
	0xd0, 0xca, 0x2b, 0xcb, 0xae, 0x7b, 0x30, 0xb4,
	0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c,
	0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
};

static const struct rss_vector {
	u16	addr_proto;
	u8	src[16], dst[16];
	u16	sport, dport;
	u32	l4_hash, l3_hash;
} rss_vectors[] = {
	{ ETH_P_IP, { 66, 9, 149, 187 }, { 161, 142, 100, 80 },
	  2794, 1766, 0x51ccc178, 0x323e8fc2 },
	{ ETH_P_IP, { 199, 92, 111, 2 }, { 65, 69, 140, 83 },
	  14230, 4739, 0xc626b0ea, 0xd718262a },
	{ ETH_P_IP, { 24, 19, 198, 95 }, { 12, 22, 207, 184 },
	  12898, 38024, 0x5c2b394a, 0xd2d0a5de },
	{ ETH_P_IP, { 38, 27, 205, 30 }, { 209, 142, 163, 6 },
	  48228, 2217, 0xafc7327f, 0x82989176 },
	{ ETH_P_IP, { 153, 39, 163, 191 }, { 202, 188, 127, 2 },
	  44251, 1303, 0x10e828a2, 0x5d1809c5 },
	{ ETH_P_IPV6,			/* 3ffe:2501:200:1fff::7 */
	  { 0x3f, 0xfe, 0x25, 0x01, 0x02, 0x00, 0x1f, 0xff, [15] = 7 },
	  { 0x3f, 0xfe, 0x25, 0x01, 0x02, 0x00, 0x00, 0x03, [15] = 1 },
	  2794, 1766, 0x40207d3d, 0x2cc18cd5 },
	{ ETH_P_IPV6,			/* 3ffe:501:8::260:97ff:fe40:efab */
	  { 0x3f, 0xfe, 0x05, 0x01, 0x00, 0x08, 0x00, 0x00,
	    0x02, 0x60, 0x97, 0xff, 0xfe, 0x40, 0xef, 0xab },
	  { 0xff, 0x02, [15] = 1 },
	  14230, 4739, 0xdde51bbf, 0x0f0c461c },
	{ ETH_P_IPV6,			/* 3ffe:1900:4545:3:200:f8ff:fe21:67cf */
	  { 0x3f, 0xfe, 0x19, 0x00, 0x45, 0x45, 0x00, 0x03,
	    0x02, 0x00, 0xf8, 0xff, 0xfe, 0x21, 0x67, 0xcf },
	  { 0xfe, 0x80, [8] = 0x02, 0x00, 0xf8, 0xff, 0xfe, 0x21, 0x67, 0xcf },
	  44251, 38024, 0x02d1feef, 0x4b61e985 },
};

static inline void rss_vector_keys(const struct rss_vector *vector,
				   struct bpf_flow_keys *keys)
{
	memset(keys, 0, sizeof(*keys));
	keys->addr_proto = vector->addr_proto;
	keys->ip_proto = IPPROTO_TCP;
	keys->sport = htons(vector->sport);
	keys->dport = htons(vector->dport);
	if (vector->addr_proto == ETH_P_IP) {
		memcpy(&keys->ipv4_src, vector->src, 4);
		memcpy(&keys->ipv4_dst, vector->dst, 4);
	} else {
		memcpy(keys->ipv6_src, vector->src, 16);
		memcpy(keys->ipv6_dst, vector->dst, 16);
	}
}

#endif /* _NSIM_ENGINE_RSS_VECTORS_H */

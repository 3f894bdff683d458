/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Neighbour discovery of IPv6, which is ICMPv6: RFC 4861 4 */
#ifndef _PROTOCOLS_IPV6_ND_H
#define _PROTOCOLS_IPV6_ND_H

#define ND_ROUTER_SOLICIT	133
#define ND_ROUTER_ADVERT	134
#define ND_NEIGHBOUR_SOLICIT	135
#define ND_NEIGHBOUR_ADVERT	136
#define ND_REDIRECT		137

struct nd_router_solicit_bits {
	u8 type[8], code[8], check[16], reserved[32];
};

struct nd_router_advert_bits {
	u8 type[8], code[8], check[16];
	u8 hop_limit[8], managed[1], other[1], reserved[6], lifetime[16];
	u8 reachable[32], retransmit[32];
};

struct nd_solicit_bits {
	u8 type[8], code[8], check[16], reserved[32], target[128];
};

struct nd_advert_bits {
	u8 type[8], code[8], check[16];
	u8 router[1], solicited[1], override[1], reserved[29];
	u8 target[128];
};

struct nd_redirect_bits {
	u8 type[8], code[8], check[16], reserved[32];
	u8 target[128], destination[128];
};

/* Options fill the rest of the packet, in units of 8 bytes */
struct nd_opt_bits {
	u8 type[8], len[8];
};
#define ND_OPT_LENGTH		LENGTH(nd_opt, len, .shift = 3)

#define ND_OPT_SOURCE		1
#define ND_OPT_TARGET		2
#define ND_OPT_PREFIX		3
#define ND_OPT_MTU		5

struct nd_lladdr_bits {		/* source and target, of Ethernet: RFC 2464 6 */
	u8 type[8], len[8], address[48];
};
#define ND_LLADDR_LENGTH	LENGTH(nd_lladdr, len, .shift = 3)

struct nd_prefix_bits {
	u8 type[8], len[8], prefix_len[8];
	u8 on_link[1], autonomous[1], reserved[6];
	u8 valid[32], preferred[32], reserved2[32], prefix[128];
};
#define ND_PREFIX_LENGTH	LENGTH(nd_prefix, len, .shift = 3)

struct nd_mtu_bits {
	u8 type[8], len[8], reserved[16], mtu[32];
};
#define ND_MTU_LENGTH		LENGTH(nd_mtu, len, .shift = 3)

#endif /* _PROTOCOLS_IPV6_ND_H */

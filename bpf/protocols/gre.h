/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* GRE: RFC 2784 with the key and sequence number of RFC 2890; version 1 is
 * RFC 2637 (PPTP), in which the key holds the payload length and call id.
 */
#ifndef _PROTOCOLS_GRE_H
#define _PROTOCOLS_GRE_H

#define GRE_BASE_BITS						\
	u8 csum[1], routing[1], key[1], seq[1], strict[1];	\
	u8 recursion[3], ack[1], flags[4], version[3];		\
	u8 protocol[16]

struct gre_bits {
	GRE_BASE_BITS;
};

struct gre_key_bits {		/* key, no checksum */
	GRE_BASE_BITS;
	u8 key_id[32];
};

struct gre_csum_key_bits {	/* checksum and key */
	GRE_BASE_BITS;
	u8 checksum[16], reserved[16], key_id[32];
};

#define PPP_IP		0x0021
#define PPP_IPV6	0x0057

struct ppp_bits {		/* RFC 1662 3.1, nothing compressed */
	u8 address[8], control[8], protocol[16];
};

#endif /* _PROTOCOLS_GRE_H */

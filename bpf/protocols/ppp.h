/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* PPP: RFC 1661 2, with the address and control of RFC 1662 3.1, nothing
 * compressed; LCP: RFC 1661 5
 */
#ifndef _PROTOCOLS_PPP_H
#define _PROTOCOLS_PPP_H

struct ppp_bits {
	u8 protocol[16];
};

struct ppp_hdlc_bits {		/* address 0xff, control 3 */
	u8 address[8], control[8], protocol[16];
};

#define PPP_IP			0x0021
#define PPP_IPV6		0x0057
#define PPP_MPLS_UC		0x0281
#define PPP_MPLS_MC		0x0283
#define PPP_LCP			0xc021

#define PPP_ADDRESS_CONTROL	0xff03	/* where ppp_hdlc's may be left out */

/* A protocol is odd, and even in its first byte: RFC 1661 2 */
#define PPP_PROTOCOL		0x0001
#define PPP_PROTOCOL_MASK	0x0101

struct lcp_bits {
	u8 code[8], id[8], len[16];
};

#endif /* _PROTOCOLS_PPP_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* IPv4: RFC 791 3.1; DSCP and ECN: RFC 2474, RFC 3168 */
#ifndef _PROTOCOLS_IPV4_H
#define _PROTOCOLS_IPV4_H

#include "ip_protocols.h"

struct ipv4_bits {
	u8 version[4], ihl[4], dscp[6], ecn[2], tot_len[16];
	u8 id[16], reserved[1], df[1], mf[1], frag_off[13];
	u8 ttl[8], protocol[8], check[16];
	u8 saddr[32], daddr[32];
};
#define IPV4_LENGTH		LENGTH(ipv4, ihl, .shift = 2)

/* Options. EOL and NOP are one byte, the length of others counts from type. */
struct ipv4_opt_type_bits {
	u8 type[8];
};

struct ipv4_opt_bits {
	u8 type[8], len[8];
};
#define IPV4_OPT_LENGTH		LENGTH(ipv4_opt, len)

#define IPV4_OPT_EOL		0
#define IPV4_OPT_NOP		1
#define IPV4_OPT_RR		7	/* record route */
#define IPV4_OPT_TS		68
#define IPV4_OPT_LSRR		131	/* loose source route */
#define IPV4_OPT_SSRR		137	/* strict source route */
#define IPV4_OPT_RA		148	/* router alert: RFC 2113 */

struct ipv4_route_bits {	/* RR, LSRR, SSRR; addresses follow */
	u8 type[8], len[8], pointer[8];
};
#define IPV4_ROUTE_LENGTH	LENGTH(ipv4_route, len)

struct ipv4_alert_bits {
	u8 type[8], len[8], value[16];
};
#define IPV4_ALERT_LENGTH	LENGTH(ipv4_alert, len)

#endif /* _PROTOCOLS_IPV4_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Protocol numbers of IPv4 and next headers of IPv6, as IANA assigns them. IP
 * in IP (RFC 2003, RFC 4213, RFC 2473) has no header of its own: IPPROTO_IPIP
 * and IPPROTO_IPV6 lead to the inner one.
 */
#ifndef _PROTOCOLS_IP_PROTOCOLS_H
#define _PROTOCOLS_IP_PROTOCOLS_H

struct ip_version_bits {	/* what IPv4 and IPv6 begin with */
	u8 version[4], rest[4];
};

#define IPPROTO_HOPOPTS		0
#define IPPROTO_ICMP		1
#define IPPROTO_IGMP		2
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
#define IPPROTO_NONE		59	/* nothing follows */
#define IPPROTO_DSTOPTS		60
#define IPPROTO_L2TP		115
#define IPPROTO_SCTP		132
#define IPPROTO_MH		135
#define IPPROTO_UDPLITE		136
#define IPPROTO_MPLS		137
#define IPPROTO_HIP		139
#define IPPROTO_SHIM6		140
#define IPPROTO_ETHERNET	143	/* in SRv6: RFC 8986 4.9 */

#endif /* _PROTOCOLS_IP_PROTOCOLS_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* IPv6: RFC 8200 3 */
#ifndef _PROTOCOLS_IPV6_H
#define _PROTOCOLS_IPV6_H

#include "ip_protocols.h"

struct ipv6_bits {
	u8 version[4], traffic_class[8], flow_label[20];
	u8 payload_len[16], nexthdr[8], hop_limit[8];
	u8 saddr[128], daddr[128];
};

#endif /* _PROTOCOLS_IPV6_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* UDP-Lite: RFC 3828 3.1 */
#ifndef _PROTOCOLS_UDP_LITE_H
#define _PROTOCOLS_UDP_LITE_H

struct udp_lite_bits {
	u8 sport[16], dport[16], coverage[16], check[16];
};

#endif /* _PROTOCOLS_UDP_LITE_H */

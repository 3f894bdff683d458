/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* UDP: RFC 768 */
#ifndef _PROTOCOLS_UDP_H
#define _PROTOCOLS_UDP_H

#include "udp_ports.h"

struct udp_bits {
	u8 sport[16], dport[16], len[16], check[16];
};

#endif /* _PROTOCOLS_UDP_H */

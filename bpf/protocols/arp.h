/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* ARP (RFC 826) and RARP (RFC 903) for IPv4 over Ethernet */
#ifndef _PROTOCOLS_ARP_H
#define _PROTOCOLS_ARP_H

struct arp_bits {
	u8 hrd[16], pro[16], hln[8], pln[8], op[16];
	u8 sha[48], spa[32], tha[48], tpa[32];
};

#endif /* _PROTOCOLS_ARP_H */

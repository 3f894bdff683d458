/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Ethernet, VLAN tags, MPLS and ARP */
#ifndef _PROTOCOLS_ETHERNET_H
#define _PROTOCOLS_ETHERNET_H

#define ETH_P_IP	0x0800
#define ETH_P_ARP	0x0806
#define ETH_P_TEB	0x6558	/* an Ethernet frame, in GRE and Geneve */
#define ETH_P_RARP	0x8035
#define ETH_P_8021Q	0x8100
#define ETH_P_IPV6	0x86dd
#define ETH_P_MPLS_UC	0x8847
#define ETH_P_MPLS_MC	0x8848
#define ETH_P_PPP	0x880b	/* in GRE version 1 */
#define ETH_P_8021AD	0x88a8

struct eth_bits {
	u8 dst[48], src[48], type[16];
};

struct vlan_bits {		/* what follows the tag's own EtherType */
	u8 pcp[3], dei[1], vid[12], type[16];
};

struct mpls_bits {		/* RFC 3032 2.1 */
	u8 label[20], tc[3], bottom[1], ttl[8];
};

struct arp_bits {		/* RFC 826, for IPv4 over Ethernet */
	u8 hrd[16], pro[16], hln[8], pln[8], op[16];
	u8 sha[48], spa[32], tha[48], tpa[32];
};

#endif /* _PROTOCOLS_ETHERNET_H */

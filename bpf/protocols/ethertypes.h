/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* EtherTypes, as IEEE assigns them */
#ifndef _PROTOCOLS_ETHERTYPES_H
#define _PROTOCOLS_ETHERTYPES_H

#define ETH_P_IP	0x0800
#define ETH_P_ARP	0x0806
#define ETH_P_BATMAN	0x4305
#define ETH_P_TEB	0x6558	/* an Ethernet frame, in GRE and Geneve */
#define ETH_P_RARP	0x8035
#define ETH_P_8021Q	0x8100
#define ETH_P_IPV6	0x86dd
#define ETH_P_PPP	0x880b	/* in GRE version 1 */
#define ETH_P_MPLS_UC	0x8847
#define ETH_P_MPLS_MC	0x8848
#define ETH_P_PPP_DISC	0x8863
#define ETH_P_PPP_SES	0x8864
#define ETH_P_8021AD	0x88a8
#define ETH_P_TIPC	0x88ca
#define ETH_P_LLDP	0x88cc
#define ETH_P_MACSEC	0x88e5
#define ETH_P_1588	0x88f7	/* PTP */
#define ETH_P_PRP	0x88fb
#define ETH_P_CFM	0x8902
#define ETH_P_FCOE	0x8906
#define ETH_P_HSR	0x892f
#define ETH_P_NSH	0x894f
#define ETH_P_802_3_MAX	0x05dc	/* up to here it is a length: 802.3, 3.2.6 */

#endif /* _PROTOCOLS_ETHERTYPES_H */

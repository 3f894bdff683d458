/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Tunnels over UDP: VXLAN (RFC 7348) and Geneve (RFC 8926) */
#ifndef _PROTOCOLS_UDP_TUNNEL_H
#define _PROTOCOLS_UDP_TUNNEL_H

#define VXLAN_PORT	4789
#define GENEVE_PORT	6081

struct vxlan_bits {
	u8 reserved[4], has_vni[1], reserved2[27];
	u8 vni[24], reserved3[8];
};

struct geneve_bits {
	u8 version[2], opt_len[6], oam[1], critical[1], reserved[6];
	u8 protocol[16];
	u8 vni[24], reserved2[8];
};

#endif /* _PROTOCOLS_UDP_TUNNEL_H */

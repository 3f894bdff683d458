/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* VXLAN-GPE: draft-ietf-nvo3-vxlan-gpe-12 3 */
#ifndef _PROTOCOLS_VXLAN_GPE_H
#define _PROTOCOLS_VXLAN_GPE_H

struct vxlan_gpe_bits {
	u8 reserved[2], version[2], has_vni[1], has_next[1], bum[1], oam[1];
	u8 reserved2[16], next[8];
	u8 vni[24], reserved3[8];
};

#define GPE_IPV4		1
#define GPE_IPV6		2
#define GPE_ETHERNET		3
#define GPE_NSH			4

#endif /* _PROTOCOLS_VXLAN_GPE_H */

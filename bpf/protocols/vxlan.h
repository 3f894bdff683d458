/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* VXLAN: RFC 7348 5 */
#ifndef _PROTOCOLS_VXLAN_H
#define _PROTOCOLS_VXLAN_H

struct vxlan_bits {
	u8 reserved[4], has_vni[1], reserved2[27];
	u8 vni[24], reserved3[8];
};

#endif /* _PROTOCOLS_VXLAN_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* VLAN tags, customer's (802.1Q) and service (802.1ad): IEEE 802.1Q, 9.6. What
 * follows the tag's own EtherType.
 */
#ifndef _PROTOCOLS_VLAN_H
#define _PROTOCOLS_VLAN_H

struct vlan_bits {
	u8 pcp[3], dei[1], vid[12], type[16];
};

#endif /* _PROTOCOLS_VLAN_H */

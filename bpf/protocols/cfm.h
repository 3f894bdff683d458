/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Connectivity fault management: IEEE 802.1Q, 21.4 */
#ifndef _PROTOCOLS_CFM_H
#define _PROTOCOLS_CFM_H

struct cfm_bits {
	u8 level[3], version[5], opcode[8], flags[8], first_tlv[8];
};

#endif /* _PROTOCOLS_CFM_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Ethernet: IEEE 802.3, 3.1.1; a type up to ETH_P_802_3_MAX is a length */
#ifndef _PROTOCOLS_ETHERNET_H
#define _PROTOCOLS_ETHERNET_H

#include "ethertypes.h"

struct eth_bits {
	u8 dst[48], src[48], type[16];
};

#endif /* _PROTOCOLS_ETHERNET_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* batman-adv, version 15: include/uapi/linux/batadv_packet.h */
#ifndef _PROTOCOLS_BATMAN_ADV_H
#define _PROTOCOLS_BATMAN_ADV_H

#define BATADV_VERSION		15
#define BATADV_BCAST		0x01
#define BATADV_UNICAST		0x40

struct batadv_bits {
	u8 type[8], version[8], ttl[8];
};

struct batadv_unicast_bits {	/* an Ethernet frame follows */
	u8 type[8], version[8], ttl[8], ttvn[8], dst[48];
};

struct batadv_bcast_bits {	/* here, too */
	u8 type[8], version[8], ttl[8], reserved[8], sequence[32], origin[48];
};

#endif /* _PROTOCOLS_BATMAN_ADV_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* LLDP: IEEE 802.1AB, 8 */
#ifndef _PROTOCOLS_LLDP_H
#define _PROTOCOLS_LLDP_H

struct lldp_tlv_bits {
	u8 type[7], len[9];
};
#define LLDP_TLV_LENGTH		LENGTH(lldp_tlv, len, .add = 2)

#define LLDP_END		0
#define LLDP_CHASSIS		1
#define LLDP_PORT		2
#define LLDP_TTL		3
#define LLDP_ORGANIZATION	127

struct lldp_id_bits {		/* of chassis and port */
	u8 type[7], len[9], subtype[8];
};
#define LLDP_ID_LENGTH		LENGTH(lldp_id, len, .add = 2)

struct lldp_ttl_bits {
	u8 type[7], len[9], seconds[16];
};
#define LLDP_TTL_LENGTH		LENGTH(lldp_ttl, len, .add = 2)

struct lldp_org_bits {
	u8 type[7], len[9], oui[24], subtype[8];
};
#define LLDP_ORG_LENGTH		LENGTH(lldp_org, len, .add = 2)

#endif /* _PROTOCOLS_LLDP_H */

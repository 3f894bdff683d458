/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Extension headers of IPv6: RFC 8200 4; their list: RFC 7045 4. AH and ESP are
 * in files of their own, segment routing in srv6.h.
 */
#ifndef _PROTOCOLS_IPV6_EXT_H
#define _PROTOCOLS_IPV6_EXT_H

struct ipv6_opt_bits {		/* hop-by-hop, destination, routing, mobility */
	u8 nexthdr[8], len[8];	/* in units of 8 bytes, without the first */
};
#define IPV6_OPT_LENGTH		LENGTH(ipv6_opt, len, .shift = 3, .add = 8)

/* Options of hop-by-hop and destination headers. PAD1 is one byte. */
struct ipv6_tlv_type_bits {
	u8 type[8];
};

struct ipv6_tlv_bits {
	u8 type[8], len[8];
};
#define IPV6_TLV_LENGTH		LENGTH(ipv6_tlv, len, .add = 2)

#define IPV6_TLV_PAD1		0
#define IPV6_TLV_PADN		1
#define IPV6_TLV_ROUTER_ALERT	5	/* RFC 2711 */
#define IPV6_TLV_JUMBO		194	/* RFC 2675 */

struct ipv6_alert_bits {
	u8 type[8], len[8], value[16];
};
#define IPV6_ALERT_LENGTH	LENGTH(ipv6_alert, len, .add = 2)

struct ipv6_jumbo_bits {
	u8 type[8], len[8], payload_len[32];
};
#define IPV6_JUMBO_LENGTH	LENGTH(ipv6_jumbo, len, .add = 2)

struct ipv6_routing_bits {
	u8 nexthdr[8], len[8], type[8], segments_left[8];
};
#define IPV6_ROUTING_LENGTH	LENGTH(ipv6_routing, len, .shift = 3, .add = 8)

#define IPV6_ROUTING_MIPV6	2	/* RFC 6275 6.4 */
#define IPV6_ROUTING_SRH	4

struct ipv6_frag_bits {
	u8 nexthdr[8], reserved[8], frag_off[13], reserved2[2], more[1];
	u8 id[32];
};

struct ipv6_mobility_bits {	/* RFC 6275 6.1 */
	u8 nexthdr[8], len[8], type[8], reserved[8], check[16];
};
#define IPV6_MOBILITY_LENGTH	LENGTH(ipv6_mobility, len, .shift = 3, .add = 8)

struct hip_bits {		/* host identity protocol: RFC 7401 5.1 */
	u8 nexthdr[8], len[8], zero[1], type[7];
	u8 version[4], reserved[3], one[1], check[16], controls[16];
	u8 sender[128], receiver[128];
};
#define HIP_LENGTH		LENGTH(hip, len, .shift = 3, .add = 8)

struct shim6_bits {		/* a payload extension: RFC 5533 5.2 */
	u8 nexthdr[8], len[8], payload[1], context_tag[47];
};
#define SHIM6_LENGTH		LENGTH(shim6, len, .shift = 3, .add = 8)

#endif /* _PROTOCOLS_IPV6_EXT_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Segment routing header of IPv6: RFC 8754 2. The segments' number is
 * last_entry + 1; TLVs fill what is left.
 */
#ifndef _PROTOCOLS_SRV6_H
#define _PROTOCOLS_SRV6_H

struct srh_bits {
	u8 nexthdr[8], len[8], type[8], segments_left[8];
	u8 last_entry[8], flags[8], tag[16];
};
#define SRH_LENGTH		LENGTH(srh, len, .shift = 3, .add = 8)
#define SRH_SEGMENTS_LENGTH	LENGTH(srh, last_entry, .times = 16, .add = 16)

struct srh_segment_bits {
	u8 address[128];
};

struct srh_tlv_type_bits {
	u8 type[8];
};

struct srh_tlv_bits {
	u8 type[8], len[8];
};
#define SRH_TLV_LENGTH		LENGTH(srh_tlv, len, .add = 2)

#define SRH_TLV_PAD1		0
#define SRH_TLV_PADN		4
#define SRH_TLV_HMAC		5

struct srh_hmac_bits {		/* RFC 8754 2.1.2; the HMAC follows */
	u8 type[8], len[8], d[1], reserved[15], key_id[32];
};
#define SRH_HMAC_LENGTH		LENGTH(srh_hmac, len, .add = 2)

#endif /* _PROTOCOLS_SRV6_H */

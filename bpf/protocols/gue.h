/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Generic UDP encapsulation: draft-ietf-intarea-gue-09 3.1; its extensions:
 * draft-ietf-intarea-gue-extensions-06 3. Variant 1 is an IP packet without a
 * header: its first two bits are those of the versions 4 and 6.
 */
#ifndef _PROTOCOLS_GUE_H
#define _PROTOCOLS_GUE_H

struct gue_bits {
	u8 variant[2], control[1], hlen[5], protocol[8];
	u8 group[1], security[3], fragment[1], transform[1], remote_csum[1];
	u8 csum[1], nat[1], alternate_csum[1], reserved[6];
};
#define GUE_LENGTH		LENGTH(gue, hlen, .shift = 2, .add = 4)

/* The optional fields, in this order; security 1 to 4: bytes */
struct gue_group_bits {
	u8 id[32];
};
#define GUE_SECURITY_1		8
#define GUE_SECURITY_2		16
#define GUE_SECURITY_3		32
#define GUE_SECURITY_4		40

struct gue_fragment_bits {
	u8 frag_off[13], reserved[2], more[1], protocol[8], id[40];
};

struct gue_csum_bits {
	u8 check[16], coverage[16];
};

#endif /* _PROTOCOLS_GUE_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* IP authentication header: RFC 4302 2 */
#ifndef _PROTOCOLS_AH_H
#define _PROTOCOLS_AH_H

struct ah_bits {
	u8 nexthdr[8], len[8], reserved[16], spi[32], sequence[32];
};
#define AH_LENGTH		LENGTH(ah, len, .shift = 2, .add = 8)

#endif /* _PROTOCOLS_AH_H */

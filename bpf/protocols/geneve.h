/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Geneve: RFC 8926 3.4, options 3.5 */
#ifndef _PROTOCOLS_GENEVE_H
#define _PROTOCOLS_GENEVE_H

struct geneve_bits {
	u8 version[2], opt_len[6], oam[1], critical[1], reserved[6];
	u8 protocol[16];
	u8 vni[24], reserved2[8];
};
#define GENEVE_LENGTH		LENGTH(geneve, opt_len, .shift = 2, .add = 8)

struct geneve_opt_bits {
	u8 class[16], critical[1], type[7], reserved[3], len[5];
};
#define GENEVE_OPT_LENGTH	LENGTH(geneve_opt, len, .shift = 2, .add = 4)

#endif /* _PROTOCOLS_GENEVE_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Network service header: RFC 8300 2 */
#ifndef _PROTOCOLS_NSH_H
#define _PROTOCOLS_NSH_H

struct nsh_bits {
	u8 version[2], oam[1], unassigned[1], ttl[6], len[6];
	u8 unassigned2[4], md_type[4], next[8];
	u8 spi[24], si[8];
};
#define NSH_LENGTH		LENGTH(nsh, len, .shift = 2)

#define NSH_IPV4		1
#define NSH_IPV6		2
#define NSH_ETHERNET		3
#define NSH_NSH			4
#define NSH_MPLS		5

struct nsh_md1_bits {		/* md_type 1, behind the header */
	u8 context[128];
};

/* md_type 2, behind the header. Padded to words: words * 4 + odd bytes of it
 * are not padding.
 */
struct nsh_md2_bits {
	u8 class[16], type[8], unassigned[1], words[5], odd[2];
};
#define NSH_MD2_LENGTH		LENGTH(nsh_md2, words, .shift = 2, .add = 4)
#define NSH_MD2_PADDED_LENGTH	LENGTH(nsh_md2, words, .shift = 2, .add = 8)

#endif /* _PROTOCOLS_NSH_H */

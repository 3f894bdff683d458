/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* RoCEv2: InfiniBand Architecture 1.2.1, annex A17; the base transport header
 * 9.2, extended ones 9.3
 */
#ifndef _PROTOCOLS_ROCE_H
#define _PROTOCOLS_ROCE_H

struct bth_bits {
	u8 opcode[8], solicited[1], migrated[1], pad[2], version[4], pkey[16];
	u8 fecn[1], becn[1], reserved[6], dest_qp[24];
	u8 ack[1], reserved2[7], psn[24];
};

#define BTH_RC_WRITE_ONLY	0x0a
#define BTH_RC_ACK		0x11
#define BTH_TRANSPORT		0xe0	/* of an opcode */
#define BTH_UD			0x60

struct reth_bits {
	u8 address[64], rkey[32], len[32];
};

struct aeth_bits {
	u8 syndrome[8], msn[24];
};

struct deth_bits {
	u8 qkey[32], reserved[8], src_qp[24];
};

#endif /* _PROTOCOLS_ROCE_H */

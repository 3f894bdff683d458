/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* SCTP: RFC 9260 3 */
#ifndef _PROTOCOLS_SCTP_H
#define _PROTOCOLS_SCTP_H

struct sctp_bits {
	u8 sport[16], dport[16], tag[32], check[32];
};

struct sctp_chunk_bits {	/* the length is without padding to words */
	u8 type[8], flags[8], len[16];
};

#define SCTP_DATA		0
#define SCTP_INIT		1

struct sctp_data_bits {
	u8 type[8], flags[8], len[16];
	u8 tsn[32], stream[16], sequence[16], protocol[32];
};

struct sctp_init_bits {
	u8 type[8], flags[8], len[16];
	u8 tag[32], window[32], out_streams[16], in_streams[16], tsn[32];
};

#endif /* _PROTOCOLS_SCTP_H */

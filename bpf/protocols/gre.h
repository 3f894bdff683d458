/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* GRE: RFC 2784 2 with the key and sequence number of RFC 2890 2 and the flags
 * of RFC 1701; version 1 is PPTP: RFC 2637 4.1, in which the key holds the
 * length of the payload and the call's id
 */
#ifndef _PROTOCOLS_GRE_H
#define _PROTOCOLS_GRE_H

struct gre_bits {
	u8 csum[1], routing[1], key[1], seq[1], strict[1];
	u8 recursion[3], ack[1], flags[4], version[3];
	u8 protocol[16];
};
#define GRE_LENGTH							\
	LENGTH_SUM(4, TERM(gre, csum, 2), TERM(gre, key, 2), TERM(gre, seq, 2))
#define GRE_V1_LENGTH							\
	LENGTH_SUM(4, TERM(gre, csum, 2), TERM(gre, key, 2),		\
		   TERM(gre, seq, 2), TERM(gre, ack, 2))

/* The optional fields, in this order */
struct gre_csum_bits {
	u8 check[16], reserved[16];
};

struct gre_key_bits {
	u8 key[32];
};

struct gre_call_bits {		/* of version 1 */
	u8 payload_len[16], call_id[16];
};

struct gre_seq_bits {
	u8 sequence[32];
};

struct gre_ack_bits {		/* of version 1 */
	u8 ack[32];
};

/* The header with a key, without a checksum and with it, for parsers that do
 * not go through the optional fields
 */
struct gre_with_key_bits {
	u8 csum[1], routing[1], key[1], seq[1], strict[1];
	u8 recursion[3], ack[1], flags[4], version[3];
	u8 protocol[16], key_id[32];
};
#define GRE_WITH_KEY_LENGTH	LENGTH(gre_with_key, seq, .shift = 2, .add = 8)

struct gre_with_csum_key_bits {
	u8 csum[1], routing[1], key[1], seq[1], strict[1];
	u8 recursion[3], ack[1], flags[4], version[3];
	u8 protocol[16], check[16], reserved[16], key_id[32];
};
#define GRE_WITH_CSUM_KEY_LENGTH					\
	LENGTH(gre_with_csum_key, seq, .shift = 2, .add = 12)

#endif /* _PROTOCOLS_GRE_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* L2TP: version 2 RFC 2661 3.1, version 3 RFC 3931 4.1 */
#ifndef _PROTOCOLS_L2TP_H
#define _PROTOCOLS_L2TP_H

struct l2tp_bits {
	u8 control[1], has_len[1], reserved[2], has_seq[1], reserved2[1];
	u8 has_offset[1], priority[1], reserved3[4], version[4];
};

/* Version 2: length, if it is there, ids, Ns and Nr, if they are, and the size
 * of what lies before the payload, if it is
 */
#define L2TP_LENGTH							\
	LENGTH_SUM(6, TERM(l2tp, has_len, 1), TERM(l2tp, has_seq, 2))

struct l2tp_len_bits {
	u8 len[16];
};

struct l2tp_ids_bits {
	u8 tunnel[16], session[16];
};

struct l2tp_seq_bits {
	u8 ns[16], nr[16];
};

struct l2tp_offset_bits {
	u8 size[16];
};
#define L2TP_OFFSET_LENGTH	LENGTH(l2tp_offset, size, .add = 2)

/* Version 3: what follows the id is agreed on by the session's ends */
struct l2tpv3_bits {		/* over IP; 0: control */
	u8 session[32];
};

struct l2tpv3_udp_bits {
	u8 control[1], reserved[11], version[4], reserved2[16];
	u8 session[32];
};

#endif /* _PROTOCOLS_L2TP_H */

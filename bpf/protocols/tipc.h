/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* TIPC 2: net/tipc/msg.h, the words that all messages have */
#ifndef _PROTOCOLS_TIPC_H
#define _PROTOCOLS_TIPC_H

struct tipc_bits {
	u8 version[3], user[4], hdr_words[4], non_seq[1], dest_droppable[1];
	u8 src_droppable[1], syn[1], size[17];
	u8 type[3], error[4], reroutes[4], lookup_scope[2], reserved[3];
	u8 bcast_ack[16];
	u8 link_ack[16], link_seq[16];
	u8 prev_node[32];
};

#endif /* _PROTOCOLS_TIPC_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * The headers of the small pairs of parsers on which Leapfrog (PLDI 2022) and
 * Octopus (CAV 2026) are measured, as far as they are described there: each pair
 * is NAME.c and NAME_other.c. Behind both there is the same Ethernet header.
 */
#ifndef _BENCH_PACKETS_H
#define _BENCH_PACKETS_H

#include <netprog.h>

#include <protocols/ethernet.h>

struct label_bits {
	u8 label[20], tc[3], bottom[1], ttl[8];
};

struct ip_bits {
	u8 before[72], protocol[8], behind[80];
};

struct ports_bits {
	u8 sport[16], dport[16];
};

struct udp_bits {
	u8 sport[16], dport[16], len[16], check[16];
};

struct tcp_bits {
	u8 sport[16], dport[16], seq[32], ack_seq[32], flags[16], window[16];
	u8 check[16], urgent[16];
};

#endif

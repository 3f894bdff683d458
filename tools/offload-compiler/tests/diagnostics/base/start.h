/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* A parser up to its node "first", which each case says */
#include <netprog.h>

struct eth_bits { u8 dst[48], src[48], type[16]; };
struct word_bits { u8 a[8], b[8], c[16]; };

PARSER(test) = { ROOT(eth), .max_bytes = 64, .max_nodes = 4 };
NODE(eth) = { HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types) };
MAP(types) = { ON(0x0800, first) };

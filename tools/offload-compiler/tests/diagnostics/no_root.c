// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A parser that starts nowhere */
#include <netprog.h>

struct word_bits { u8 a[8]; };
PARSER(test) = { .where = NP_WHERE, .max_bytes = 64, .max_nodes = 4 };
NODE(lonely) = { HEADER(word) };

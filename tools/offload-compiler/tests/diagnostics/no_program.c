// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Only a node */
#include <netprog.h>

struct word_bits { u8 a[8]; };
NODE(lonely) = { HEADER(word) };

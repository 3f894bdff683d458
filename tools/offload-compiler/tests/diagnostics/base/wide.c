// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A key of 34 bits: a string of nine digits in the CPR */
#include "start.h"

struct wide_bits { u8 low[34], rest[6]; };
NODE(first) = { HEADER(wide), .next = NEXT(wide, low, wides, .otherwise = STOP_OKAY) };
MAP(wides) = { ON_MASK(0x300000000, 0x3ffffffff, STOP_FAIL) };

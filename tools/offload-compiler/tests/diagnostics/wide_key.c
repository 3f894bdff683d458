// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Two fields that make a key of 136 bits */
#include "base/start.h"

struct wide_bits { u8 high[8], low[128]; };
NODE(first) = {
	HEADER(wide),
	.next = LOOKUP(both, .key = KEY { OF(wide, high), OF(wide, low) }),
};
MAP(both) = { ON_MASK_WIDE(1, 0, 1, 0, first) };

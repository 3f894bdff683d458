// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A part behind any packet */
#include "base/start.h"

NODE(first) = {
	HEADER(word), .length = LENGTH_REST,
	.parts = PARTS { ARRAY(item, .start = START_AT(70000), .max = 4) },
};
NODE(item) = { HEADER(word) };

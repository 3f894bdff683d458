// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A part of no flags */
#include "base/start.h"

NODE(first) = {
	HEADER(word), .length = LENGTH_REST,
	.parts = PARTS { FLAG_FIELDS() },
};

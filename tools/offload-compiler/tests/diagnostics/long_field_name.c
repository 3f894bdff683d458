// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 32 letters */
#include "base/start.h"

struct names_bits { u8 abcdefghijklmnopqrstuvwxyzabcdef[8]; };
NODE(first) = {
	HEADER(names),
	.extract = EXTRACT { FIELD(out, names, abcdefghijklmnopqrstuvwxyzabcdef) },
};

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 32 letters */
#include "base/start.h"

NODE(first) = {
	HEADER(word),
	.extract = EXTRACT { FIELD(abcdefghijklmnopqrstuvwxyzabcdef, word, a) },
};

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 65 comparisons */
#include "base/start.h"

#define FOUR(n)	NE(word, c, (n)), NE(word, c, (n) + 1), NE(word, c, (n) + 2), NE(word, c, (n) + 3)
#define SIXTEEN(n) FOUR(n), FOUR((n) + 4), FOUR((n) + 8), FOUR((n) + 12)

NODE(first) = {
	HEADER(word),
	.require = REQUIRE {
		ANY(REQUIRE { SIXTEEN(0), SIXTEEN(16), SIXTEEN(32), SIXTEEN(48) }),
		NE(word, a, 1),
	},
};

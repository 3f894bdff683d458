// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 17 groups in each other */
#include "base/start.h"

#define IN(x)	ANY(REQUIRE { EQ(word, a, 1), ALL(REQUIRE { EQ(word, b, 2), x }) })

NODE(first) = {
	HEADER(word),
	.require = REQUIRE { IN(IN(IN(IN(IN(IN(IN(IN(ANY(REQUIRE { EQ(word, c, 3) }))))))))) },
};

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 81 nodes that each have a limit of visits */
#include "start.h"

#define N(n, to) NODE(n) = { HEADER(word), .repeat = 2, .next = NEXT(word, c, to) }
#define THREE(n, to) N(n##0, n##s); N(n##1, n##s); N(n##2, n##s); \
	MAP(n##s) = { ON(0, to##0), ON(1, to##1), ON(2, to##2) }
#define NINE(n, to) THREE(n##0, n##1); THREE(n##1, n##2); THREE(n##2, to##0)
#define MORE(n, to) NINE(n##0, n##1); NINE(n##1, n##2); NINE(n##2, to##0)

MORE(x, y); MORE(y, z); MORE(z, x);
NODE(first) = { HEADER(word), .next = GO(x000) };

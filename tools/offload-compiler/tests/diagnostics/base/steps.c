// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 16 * 16 * 16 copies of an element */
#include "start.h"

#define TWO(n)	FLAG_EQ(word, a, 1, 1, n), FLAG_EQ(word, a, 2, 2, n)
#define EIGHT(n) TWO(n), TWO(n), TWO(n), TWO(n)
#define SIXTEEN(n) .parts = PARTS { FLAG_FIELDS(EIGHT(n), EIGHT(n)) }

NODE(first) = { HEADER(word), .length = LENGTH_REST, SIXTEEN(outer) };
NODE(outer) = { HEADER(word), .length = LENGTH(word, b, .add = 4), SIXTEEN(inner) };
NODE(inner) = { HEADER(word), .length = LENGTH(word, b, .add = 4), SIXTEEN(last) };
NODE(last) = { HEADER(word) };

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* 255 * 255 * 255 elements, in each of four visits */
#include "start.h"

#define ALL_OF(n) .parts = PARTS { ARRAY(n, .max = 255) }
#define SOME .length = LENGTH(word, b, .add = 4)

NODE(first) = { HEADER(word), .length = LENGTH_REST, ALL_OF(outer) };
NODE(outer) = { HEADER(word), SOME, ALL_OF(inner) };
NODE(inner) = { HEADER(word), SOME, ALL_OF(last) };
NODE(last) = { HEADER(word) };

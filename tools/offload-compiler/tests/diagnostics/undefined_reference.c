// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What the linker would look for */
#include "base/start.h"

extern const char elsewhere[];
NODE(first) = { HEADER(word), .next = { .otherwise = elsewhere, .where = NP_WHERE } };

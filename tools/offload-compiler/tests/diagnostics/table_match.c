// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A way of matching that there is not */
#include "base/start.h"

NODE(first) = { HEADER(word), .extract = EXTRACT { FIELD(out, word, c) } };
TABLE(rules, .keys = KEYS { OUT(out) }, .size = 8, .match = 3);

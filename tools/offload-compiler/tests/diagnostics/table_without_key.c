// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Nothing to match */
#include "base/start.h"

NODE(first) = { HEADER(word), .extract = EXTRACT { FIELD(out, word, c) } };
TABLE(rules, .size = 8);

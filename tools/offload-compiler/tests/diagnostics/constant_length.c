// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Longer than a packet */
#include "base/start.h"

NODE(first) = { HEADER(word), .length = LENGTH_IS(70000) };

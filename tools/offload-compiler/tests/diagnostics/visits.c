// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* More visits than can be counted */
#include "base/start.h"

NODE(first) = { HEADER(word), .repeat = 256 };

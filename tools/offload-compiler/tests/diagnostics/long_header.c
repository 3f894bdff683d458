// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* More bytes than a fixed header may have */
#include "base/start.h"

struct long_bits { u8 all[257 * 8]; };
NODE(first) = { HEADER(long) };

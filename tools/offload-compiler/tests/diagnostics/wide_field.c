// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A field of more bits than a key */
#include "base/start.h"

struct wide_bits { u8 all[136]; };
NODE(first) = { HEADER(wide), .extract = EXTRACT { FIELD(out, wide, all) } };

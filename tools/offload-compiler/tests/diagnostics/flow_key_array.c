// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Ports of which there is one */
#include "base/start.h"

NODE(first) = { HEADER(word), .extract = EXTRACT { FIELD(sport, word, c) } };
OUTPUT_ARRAY(sport, 16, 4, ENCAPS);

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* What only assembly calls so */
#include "base/start.h"

static struct np_node first __asm__("np_node_first.one") NP_IN("node") = { HEADER(word) };

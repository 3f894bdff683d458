// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A node that is none */
#include "base/start.h"

NODE(first) = { HEADER(word), .next = GO(second) };
static u32 np_node_second NP_IN("node") = 1;

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* One address of two, without its family */
#include "start.h"

NODE(first) = { HEADER(eth), .extract = EXTRACT { CONST(ipv4_src, 1) } };

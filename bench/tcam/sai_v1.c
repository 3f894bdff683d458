// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* ParserHawk (SIGCOMM 2025), table 3, "Sai V1" */
#include "sai.h"

PARSER(sai_v1) = { ROOT(frame), .max_bytes = 256, .max_nodes = 8 };

NODE(ipv4) = { HEADER(ipv4), .extract = EXTRACT { IPV4_FIELDS(ipv4_) } };
NODE(ipv6) = { HEADER(ipv6), .extract = EXTRACT { IPV6_FIELDS } };

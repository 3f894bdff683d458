// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Parse MPLS + unroll loop": two nodes for
 * two labels, for a device without counters. What comes behind a second label
 * that is not the last is not said there; here the parse ends.
 */
#include "mpls.h"

PARSER(mpls_unrolled) = { ROOT(frame), .max_bytes = 64, .max_nodes = 8 };
STARTS_AT(first);

NODE(first) = {
	HEADER(label), .extract = EXTRACT { FIELD(first, label, label) },
	.next = NEXT(label, bottom, firsts),
};

MAP(firsts) = { ON(0, second), ON(1, bottom) };

NODE(second) = {
	HEADER(label), .extract = EXTRACT { FIELD(second, label, label) },
	.next = NEXT(label, bottom, seconds),
};

MAP(seconds) = { ON(0, STOP_OKAY), ON(1, bottom) };

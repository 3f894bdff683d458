// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Parse MPLS": a loop over at most two
 * labels. A third one is an error there, too.
 */
#include "mpls.h"

PARSER(mpls) = { ROOT(frame), .max_bytes = 64, .max_nodes = 8 };
STARTS_AT(mpls);

COUNTER(labels, .max = 2, .saturate = 1);
OUTPUT_ARRAY(label, 20, 2, labels);

NODE(mpls) = {
	HEADER(label), .repeat = 2,
	.extract = EXTRACT { FIELD(label, label, label) },
	.counters = COUNTERS { INC(labels) },
	.next = NEXT(label, bottom, bottoms),
};

MAP(bottoms) = { ON(0, mpls), ON(1, bottom) };

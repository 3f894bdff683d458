// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* MPLS labels one by one, then UDP */
#include "packets.h"

PARSER(mpls) = { ROOT(ethernet), .max_bytes = 254, .max_nodes = 8,
		 .max_encaps = 32 };

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types),
};

MAP(types) = { ON(0x8847, label) };

NODE(label) = {
	HEADER(label), .encap = 1, .uncounted = 1,
	.next = NEXT(label, bottom, bottoms),
};

MAP(bottoms) = { ON(0, label), ON(1, udp) };

NODE(udp) = {
	HEADER(udp), .encap = 1, .uncounted = 1,
	.extract = EXTRACT { FIELD(len, udp, len), FIELD(check, udp, check) },
};

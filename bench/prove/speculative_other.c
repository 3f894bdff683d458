// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Two labels at once; what the second may be is the first half of UDP */
#include "packets.h"

PARSER(mpls) = { ROOT(ethernet), .max_bytes = 254, .max_nodes = 8,
		 .max_encaps = 32 };

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types),
};

MAP(types) = { ON(0x8847, label) };

/* Counts the first of the two */
NODE(label) = {
	HEADER(label), .overlay = 1, .encap = 1, .uncounted = 1,
	.next = GO(labels),
};

struct labels_bits {
	u8 label[20], tc[3], bottom[1], ttl[8];
	u8 label2[20], tc2[3], bottom2[1], ttl2[8];
};

NODE(labels) = {
	HEADER(labels), .encap = 1, .uncounted = 1,
	.next = LOOKUP(bottoms,
		       .key = KEY { OF(labels, bottom), OF(labels, bottom2) }),
};

MAP(bottoms) = { ON(0, label), ON(1, udp), ON_MASK(2, 2, udp_rest) };

NODE(udp) = {
	HEADER(udp), .encap = 1, .uncounted = 1,
	.extract = EXTRACT { FIELD(len, udp, len), FIELD(check, udp, check) },
};

struct udp_rest_bits {
	u8 len[16], check[16];
};

NODE(udp_rest) = {
	HEADER(udp_rest), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(len, udp_rest, len), FIELD(check, udp_rest, check),
	},
};

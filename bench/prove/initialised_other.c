// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A VLAN tag, or none: both are set first, and then written over */
#include "packets.h"

#include <protocols/vlan.h>

PARSER(tagged) = { ROOT(ethernet), .max_bytes = 128, .max_nodes = 8 };

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types),
};

MAP(types) = { ON(0x8100, set_tagged), ON(0x0800, set_untagged) };

#define SET(node, header, then)						\
	NODE(node) = {							\
		header, .overlay = 1, .uncounted = 1,			\
		.extract = EXTRACT { CONST(vid, 0), CONST(pcp, 0) },	\
		.next = GO(then),					\
	}
SET(set_tagged, HEADER(vlan), vlan);
SET(set_untagged, NO_HEADER, ip);

NODE(vlan) = {
	HEADER(vlan), .uncounted = 1,
	.extract = EXTRACT { FIELD(vid, vlan, vid), FIELD(pcp, vlan, pcp) },
	.next = NEXT(vlan, type, types_behind),
};

MAP(types_behind) = { ON(0x0800, ip) };

NODE(ip) = {
	HEADER(ip), .uncounted = 1, .next = NEXT(ip, protocol, protocols),
};

MAP(protocols) = { ON(17, udp) };

NODE(udp) = {
	HEADER(udp), .uncounted = 1,
	.extract = EXTRACT { FIELD(sport, udp, sport), FIELD(dport, udp, dport) },
};

// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* IP, then UDP or TCP */
#include "packets.h"

PARSER(ip) = { ROOT(ethernet), .max_bytes = 128, .max_nodes = 8 };

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types),
};

MAP(types) = { ON(0x0800, ip) };

NODE(ip) = {
	HEADER(ip), .uncounted = 1,
	.next = NEXT(ip, protocol, protocols, .otherwise = NAME(tcp)),
};

MAP(protocols) = { ON(17, udp) };

NODE(udp) = {
	HEADER(udp), .uncounted = 1,
	.extract = EXTRACT { FIELD(len, udp, len), FIELD(check, udp, check) },
};

NODE(tcp) = {
	HEADER(tcp), .uncounted = 1,
	.extract = EXTRACT { FIELD(seq, tcp, seq), FIELD(check, tcp, check) },
};

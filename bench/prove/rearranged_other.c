// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* IP with the ports, which UDP and TCP have both; then what is left of them */
#include "packets.h"

PARSER(ip) = { ROOT(ethernet), .max_bytes = 128, .max_nodes = 8 };

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1, .next = NEXT(eth, type, types),
};

MAP(types) = { ON(0x0800, ip_ports) };

struct ip_ports_bits {
	u8 before[72], protocol[8], behind[80], sport[16], dport[16];
};

NODE(ip_ports) = {
	HEADER(ip_ports), .uncounted = 1,
	.next = NEXT(ip_ports, protocol, protocols, .otherwise = NAME(tcp_rest)),
};

MAP(protocols) = { ON(17, udp_rest) };

struct udp_rest_bits {
	u8 len[16], check[16];
};

NODE(udp_rest) = {
	HEADER(udp_rest), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(len, udp_rest, len), FIELD(check, udp_rest, check),
	},
};

struct tcp_rest_bits {
	u8 seq[32], ack_seq[32], flags[16], window[16], check[16], urgent[16];
};

NODE(tcp_rest) = {
	HEADER(tcp_rest), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(seq, tcp_rest, seq), FIELD(check, tcp_rest, check),
	},
};

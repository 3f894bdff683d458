// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * ParserHawk (SIGCOMM 2025), table 3, "Dash V2": an IPv4 header with its
 * options, of 0 to 40 bytes. They are told by where they end.
 */
#include "parserhawk.h"

#include <protocols/ipv4.h>

PARSER(dash_v2) = { ROOT(frame), .max_bytes = 64, .max_nodes = 4 };
STARTS_AT(ipv4);

NODE(ipv4) = {
	HEADER(ipv4), .length = IPV4_LENGTH,
	.extract = EXTRACT {
		FIELD(ttl, ipv4, ttl), FIELD(protocol, ipv4, protocol),
		FIELD(saddr, ipv4, saddr), FIELD(daddr, ipv4, daddr),
		END(options_end),
	},
};

OUTPUT(options_end, 16);

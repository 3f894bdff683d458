/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* ICMPv6: RFC 4443 2.1, errors 3, echo 4 */
#ifndef _PROTOCOLS_ICMPV6_H
#define _PROTOCOLS_ICMPV6_H

struct icmpv6_bits {
	u8 type[8], code[8], check[16];
};

#define ICMPV6_UNREACHABLE	1
#define ICMPV6_ERROR_MAX	127
#define ICMPV6_ECHO		128
#define ICMPV6_ECHO_REPLY	129

struct icmpv6_echo_bits {
	u8 type[8], code[8], check[16], id[16], sequence[16];
};

struct icmpv6_error_bits {	/* the packet that it is about follows */
	u8 type[8], code[8], check[16], unused[32];
};

struct icmpv6_too_big_bits {
	u8 type[8], code[8], check[16], mtu[32];
};

#endif /* _PROTOCOLS_ICMPV6_H */

/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* ICMP: RFC 792. Errors hold the beginning of the packet they are about. */
#ifndef _PROTOCOLS_ICMP_H
#define _PROTOCOLS_ICMP_H

struct icmp_bits {
	u8 type[8], code[8], check[16];
};

#define ICMP_ECHO_REPLY		0
#define ICMP_UNREACHABLE	3
#define ICMP_REDIRECT		5
#define ICMP_ECHO		8
#define ICMP_TIME_EXCEEDED	11
#define ICMP_PARAMETER		12

struct icmp_echo_bits {
	u8 type[8], code[8], check[16], id[16], sequence[16];
};

struct icmp_error_bits {	/* the MTU: RFC 1191 4 */
	u8 type[8], code[8], check[16], unused[16], mtu[16];
};

struct icmp_redirect_bits {
	u8 type[8], code[8], check[16], gateway[32];
};

#endif /* _PROTOCOLS_ICMP_H */

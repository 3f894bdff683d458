/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What the flow keys want of a transport header */
#ifndef _PROTOCOLS_TRANSPORT_H
#define _PROTOCOLS_TRANSPORT_H

struct ports_bits {		/* TCP, SCTP, DCCP, UDP-Lite; the SPI of ESP */
	u8 sport[16], dport[16];
};

struct udp_bits {		/* without length and checksum */
	u8 sport[16], dport[16];
};
#define UDP_LENGTH	8

struct ah_bits {		/* RFC 4302 2 */
	u8 nexthdr[8], len[8], reserved[16], spi_high[16], spi_low[16];
};

struct icmp_bits {
	u8 type[8], code[8];
};

#endif /* _PROTOCOLS_TRANSPORT_H */

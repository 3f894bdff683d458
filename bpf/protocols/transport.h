/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* What struct bpf_flow_keys has of a transport header: the ports of TCP, UDP,
 * UDP-Lite, SCTP and DCCP, the SPI of ESP and AH in their place
 */
#ifndef _PROTOCOLS_TRANSPORT_H
#define _PROTOCOLS_TRANSPORT_H

struct ports_bits {
	u8 sport[16], dport[16];
};

struct ah_ports_bits {
	u8 nexthdr[8], len[8], reserved[16], spi_high[16], spi_low[16];
};

#endif /* _PROTOCOLS_TRANSPORT_H */

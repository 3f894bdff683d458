/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* The packets that all measurements share */
#ifndef BENCH_PACKETS_H
#define BENCH_PACKETS_H

#include <linux/types.h>
#include <stddef.h>

#define ETH(type)	2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, (type) >> 8, (type) & 255
#define IPV4(proto)	0x45, 0, 0, 60, 0, 1, 0x40, 0, 64, proto, 0, 0, \
			10, 0, 0, 1, 10, 0, 0, 2
#define IPV6(next)	0x60, 0, 0, 0, 0, 40, next, 64, \
			0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, \
			0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2
#define TCP		0x30, 0x39, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 1, 0, \
			0, 0, 0, 0
#define UDP(port)	0x30, 0x39, (port) >> 8, (port) & 255, 0, 40, 0, 0
/* MSS, NOP, window scale, NOP, NOP, timestamps: 20 bytes; the header has 40 */
#define TCP_OPTIONS	0x30, 0x39, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0xa0, 0x02, \
			1, 0, 0, 0, 0, 0, 2, 4, 5, 0xb4, 1, 3, 3, 7, 1, 1, \
			8, 10, 0, 0, 0, 1, 0, 0, 0, 0
/* Two segments, the last of them 2001:db8::2 */
#define SRV6(next)	next, 4, 4, 1, 1, 0, 0, 0, \
			0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, \
			0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2
/* Nine options in 22 bytes: router alert, an unknown one, padding */
#define HOP_BY_HOP(next) next, 2, 5, 2, 0, 0, 0x1e, 2, 0, 0, 0, 0, 0, 0, 0, 0, \
			1, 6, 0, 0, 0, 0, 0, 0
/* 17 options in 40 bytes: MSS, SACK permitted, timestamps, window scale, NOPs
 * and a SACK block
 */
#define TCP_FULL	0x30, 0x39, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0xf0, 0x02, \
			1, 0, 0, 0, 0, 0, 2, 4, 5, 0xb4, 4, 2, \
			8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 3, 3, 7, \
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, \
			5, 10, 0, 0, 0, 1, 0, 0, 0, 9
/* One option of 4 bytes */
#define GENEVE		2, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 2, 3, 1, 0, 0, 0, 9
#define PAYLOAD		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16

static const __u8 ipv4_tcp[] = { ETH(0x0800), IPV4(6), TCP, PAYLOAD };
static const __u8 ipv6_udp[] = { ETH(0x86dd), IPV6(17), UDP(53), PAYLOAD };
static const __u8 vlan_dstopt[] = { ETH(0x8100), 0, 5, 0x86, 0xdd, IPV6(60),
				    17, 0, 1, 4, 0, 0, 0, 0, UDP(53), PAYLOAD };
static const __u8 gre[] = { ETH(0x0800), IPV4(47), 0, 0, 8, 0, IPV4(6), TCP,
			    PAYLOAD };
static const __u8 vxlan[] = { ETH(0x0800), IPV4(17), UDP(4789),
			      8, 0, 0, 0, 0, 0, 7, 0, ETH(0x0800), IPV4(6), TCP,
			      PAYLOAD };

static const __u8 tcp_options[] = { ETH(0x0800), IPV4(6), TCP_OPTIONS, PAYLOAD };
static const __u8 srv6[] = { ETH(0x86dd), IPV6(43), SRV6(6), TCP, PAYLOAD };
static const __u8 geneve[] = { ETH(0x0800), IPV4(17), UDP(6081), GENEVE,
			       ETH(0x0800), IPV4(6), TCP, PAYLOAD };

static const __u8 deep[] = { ETH(0x8100), 0, 5, 0x86, 0xdd, IPV6(47),
			     0, 0, 8, 0, IPV4(17), UDP(4789),
			     8, 0, 0, 0, 0, 0, 7, 0, ETH(0x0800), IPV4(41),
			     IPV6(6), TCP, PAYLOAD };
static const __u8 options[] = { ETH(0x86dd), IPV6(0), HOP_BY_HOP(6), TCP_FULL,
				PAYLOAD };

static const struct packet {
	const char	*name;
	const __u8	*data;
	size_t		size;
} packets[] = {
	{ "eth/ipv4/tcp", ipv4_tcp, sizeof(ipv4_tcp) },
	{ "eth/ipv6/udp", ipv6_udp, sizeof(ipv6_udp) },
	{ "eth/vlan/ipv6/dstopt/udp", vlan_dstopt, sizeof(vlan_dstopt) },
	{ "eth/ipv4/gre/ipv4/tcp", gre, sizeof(gre) },
	{ "eth/ipv4/udp/vxlan/eth/ipv4/tcp", vxlan, sizeof(vxlan) },
	{ "eth/ipv4/tcp+options", tcp_options, sizeof(tcp_options) },
	{ "eth/ipv6/srv6/tcp", srv6, sizeof(srv6) },
	{ "eth/ipv4/udp/geneve/eth/ipv4/tcp", geneve, sizeof(geneve) },
	{ "ipv6/gre/ipv4/vxlan/ipv4/ipv6/tcp", deep, sizeof(deep) },
	{ "eth/ipv6/tcp, 26 options", options, sizeof(options) },
};

#define NUM_PACKETS	(sizeof(packets) / sizeof(packets[0]))

#endif /* BENCH_PACKETS_H */

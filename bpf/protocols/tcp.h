/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* TCP: RFC 9293 3.1 */
#ifndef _PROTOCOLS_TCP_H
#define _PROTOCOLS_TCP_H

struct tcp_bits {
	u8 sport[16], dport[16], seq[32], ack[32];
	u8 doff[4], flags[12], window[16], check[16], urgent[16];
};
#define TCP_LENGTH		LENGTH(tcp, doff, .shift = 2)

#define TCP_FIN			0x001
#define TCP_SYN			0x002
#define TCP_RST			0x004
#define TCP_PSH			0x008
#define TCP_ACK			0x010
#define TCP_URG			0x020
#define TCP_ECE			0x040
#define TCP_CWR			0x080
#define TCP_AE			0x100	/* RFC 9768 */

/* Options: RFC 9293 3.2. EOL and NOP are one byte, the length of others counts
 * from kind.
 */
struct tcp_opt_kind_bits {
	u8 kind[8];
};

struct tcp_opt_bits {
	u8 kind[8], len[8];
};
#define TCP_OPT_LENGTH		LENGTH(tcp_opt, len)

#define TCP_OPT_EOL		0
#define TCP_OPT_NOP		1
#define TCP_OPT_MSS		2
#define TCP_OPT_WSCALE		3	/* RFC 7323 2 */
#define TCP_OPT_SACK_PERMITTED	4	/* RFC 2018 */
#define TCP_OPT_SACK		5
#define TCP_OPT_TIMESTAMP	8	/* RFC 7323 3 */
#define TCP_OPT_MPTCP		30	/* RFC 8684 3 */

struct tcp_mss_bits {
	u8 kind[8], len[8], mss[16];
};
#define TCP_MSS_LENGTH		LENGTH(tcp_mss, len)

struct tcp_wscale_bits {
	u8 kind[8], len[8], shift[8];
};
#define TCP_WSCALE_LENGTH	LENGTH(tcp_wscale, len)

struct tcp_sack_bits {		/* of the option, behind kind and length */
	u8 left[32], right[32];
};

struct tcp_timestamp_bits {
	u8 kind[8], len[8], value[32], echo[32];
};
#define TCP_TIMESTAMP_LENGTH	LENGTH(tcp_timestamp, len)

struct tcp_mptcp_bits {
	u8 kind[8], len[8], subtype[4], version[4];
};
#define TCP_MPTCP_LENGTH	LENGTH(tcp_mptcp, len)

#endif /* _PROTOCOLS_TCP_H */

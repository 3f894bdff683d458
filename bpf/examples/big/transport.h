/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Nodes of big.c: TCP, UDP and others with ports */
#ifndef _BIG_TRANSPORT_H
#define _BIG_TRANSPORT_H

NODE(tcp) = {
	HEADER(tcp), .length = TCP_LENGTH,
	.require = REQUIRE {
		/* Not both SYN and FIN, nor SYN and RST */
		ANY(REQUIRE {
			EQ(tcp, flags, 0, MASK(TCP_SYN)),
			EQ(tcp, flags, 0, MASK(TCP_FIN | TCP_RST)),
		}),
	},
	.counters = COUNTERS { RESET(sack_blocks, .before = 1) },
	.extract = EXTRACT {
		FIELD(sport, tcp, sport), FIELD(dport, tcp, dport),
		FIELD(tcp_flags, tcp, flags),
	},
	.parts = PARTS { TLVS(tcp_opt_kind, kind, tcp_options, .max = 40,
			      OTHERWISE(NAME(tcp_option))) },
};

MAP(tcp_options) = {
	ON(TCP_OPT_EOL, DONE), ON(TCP_OPT_NOP, tcp_nop),
	ON(TCP_OPT_MSS, tcp_mss),
	ON(TCP_OPT_WSCALE, tcp_wscale), ON(TCP_OPT_SACK, tcp_sack),
	ON(TCP_OPT_SACK_PERMITTED, tcp_option),
	ON(TCP_OPT_TIMESTAMP, tcp_timestamp), ON(TCP_OPT_MPTCP, tcp_mptcp),
};

NODE(tcp_nop) = { HEADER(tcp_opt_kind) };

NODE(tcp_option) = {
	HEADER(tcp_opt), .length = TCP_OPT_LENGTH,
	.counters = COUNTERS { INC(options, .before = 1) },
	.extract = EXTRACT { COUNT(num_options, options) },
};

NODE(tcp_mss) = {
	HEADER(tcp_mss), .length = TCP_MSS_LENGTH,
	.require = REQUIRE { EQ(tcp_mss, len, 4) },
	.extract = EXTRACT { FIELD(tcp_mss, tcp_mss, mss) },
};

NODE(tcp_wscale) = {
	HEADER(tcp_wscale), .length = TCP_WSCALE_LENGTH,
	.require = REQUIRE { EQ(tcp_wscale, len, 3) },
	.extract = EXTRACT { FIELD(tcp_wscale, tcp_wscale, shift) },
};

NODE(tcp_sack) = {
	HEADER(tcp_opt), .length = TCP_OPT_LENGTH,
	.parts = PARTS { ARRAY(tcp_sack_block, .max = 4) },
};

NODE(tcp_sack_block) = {
	HEADER(tcp_sack),
	.extract = EXTRACT { FIELD(tcp_sack_left, tcp_sack, left) },
	.counters = COUNTERS { INC(sack_blocks) },
};

NODE(tcp_timestamp) = {
	HEADER(tcp_timestamp), .length = TCP_TIMESTAMP_LENGTH,
	.require = REQUIRE { EQ(tcp_timestamp, len, 10) },
	.extract = EXTRACT { FIELD(tcp_timestamp, tcp_timestamp, value) },
};

NODE(tcp_mptcp) = {
	HEADER(tcp_mptcp), .length = TCP_MPTCP_LENGTH,
	.require = REQUIRE { LE(tcp_mptcp, subtype, 8) },
};

NODE(udp) = {
	HEADER(udp),
	.require = REQUIRE {		/* 0: a jumbogram, RFC 2675 4 */
		ANY(REQUIRE { EQ(udp, len, 0), GE(udp, len, 8) }),
	},
	.extract = EXTRACT {
		FIELD(sport, udp, sport), FIELD(dport, udp, dport),
	},
	.next = NEXT(udp, dport, udp_ports, .otherwise = STOP_OKAY),
};

MAP(udp_ports) = {
	ON_RANGE(PTP_EVENT_PORT, PTP_GENERAL_PORT, ptp), ON(QUIC_PORT, quic),
	ON(L2TP_PORT, l2tp), ON(GTP_U_PORT, gtp), ON(ESP_PORT, esp_in_udp),
	ON(VXLAN_PORT, vxlan), ON(VXLAN_GPE_PORT, vxlan_gpe),
	ON(ROCE_PORT, bth), ON(GUE_PORT, gue), ON(GENEVE_PORT, geneve),
	ON(FOU_GRE_PORT, gre), ON(FOU_IPIP_PORT, enter_ipv4),
};

NODE(udp_lite) = {
	HEADER(udp_lite),
	.require = REQUIRE {		/* RFC 3828 3.1 */
		ANY(REQUIRE {
			EQ(udp_lite, coverage, 0), GE(udp_lite, coverage, 8),
		}),
	},
	.extract = EXTRACT {
		FIELD(sport, udp_lite, sport), FIELD(dport, udp_lite, dport),
	},
};

NODE(sctp) = {
	HEADER(sctp),
	.extract = EXTRACT {
		FIELD(sport, sctp, sport), FIELD(dport, sctp, dport),
		FIELD(sctp_tag, sctp, tag),
	},
	.next = GO(sctp_chunk),
};

/* The first one: an INIT is alone, a packet's tag is of the others */
NODE(sctp_chunk) = {
	HEADER(sctp_chunk), .overlay = 1,
	.require = REQUIRE { GE(sctp_chunk, len, 4) },
	.next = NEXT(sctp_chunk, type, sctp_chunks, .otherwise = STOP_OKAY),
};

MAP(sctp_chunks) = { ON(SCTP_INIT, sctp_init), ON(SCTP_DATA, sctp_data) };

NODE(sctp_init) = {
	HEADER(sctp_init), .length = LENGTH(sctp_init, len),
	.extract = EXTRACT { FIELD(sctp_tag, sctp_init, tag) },
};

NODE(sctp_data) = { HEADER(sctp_data), .length = LENGTH(sctp_data, len) };

/* An SPI that begins like a keepalive is not looked at */
NODE(esp_in_udp) = {
	HEADER(esp_keepalive), .overlay = 1,
	.next = NEXT(esp_keepalive, byte, esp_keepalives,
		     .otherwise = NAME(esp_or_ike)),
};

MAP(esp_keepalives) = { ON(ESP_KEEPALIVE, STOP_OKAY) };

NODE(esp_or_ike) = {
	HEADER(non_esp), .overlay = 1,
	.next = NEXT(non_esp, marker, non_esp_markers, .otherwise = NAME(esp)),
};

MAP(non_esp_markers) = { ON(0, STOP_OKAY) };

NODE(quic) = {
	HEADER(quic), .length = QUIC_LENGTH,
	.require = REQUIRE { EQ(quic, long_form, 1, .otherwise = STOP_OKAY) },
	.extract = EXTRACT { FIELD(quic_version, quic, version) },
	.next = GO(quic_scid),
};

NODE(quic_scid) = { HEADER(quic_scid), .length = QUIC_SCID_LENGTH };

NODE(bth) = {
	HEADER(bth),
	.require = REQUIRE { EQ(bth, version, 0) },
	.extract = EXTRACT { FIELD(roce_qp, bth, dest_qp) },
	.next = NEXT(bth, opcode, bth_opcodes, .otherwise = STOP_OKAY),
};

MAP(bth_opcodes) = {
	ON(BTH_RC_WRITE_ONLY, reth), ON(BTH_RC_ACK, aeth),
	ON_MASK(BTH_UD, BTH_TRANSPORT, deth),
};

NODE(reth) = { HEADER(reth) };
NODE(aeth) = { HEADER(aeth) };
NODE(deth) = { HEADER(deth) };

#endif /* _BIG_TRANSPORT_H */

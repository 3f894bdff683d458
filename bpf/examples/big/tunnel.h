/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Nodes of big.c: Tunnels, and how what they carry is entered */
#ifndef _BIG_TUNNEL_H
#define _BIG_TUNNEL_H

/* ---- what tunnels carry ----------------------------------------------
 * stop_at_encap is the first part of the keys, so that the entries without it
 * look as they do elsewhere.
 */
NODE(enter_ipv4) = {
	NO_HEADER, .overlay = 1, .encap = 1,
	.extract = EXTRACT { CONST(is_encap, 1), CONST(n_proto, ETH_P_IP) },
	.next = LOOKUP(entered_ipv4, .key = KEY { INPUT(stop_at_encap) }),
};

MAP(entered_ipv4) = { ON(0, ipv4), ON(1, STOP_OKAY) };

NODE(enter_ipv6) = {
	NO_HEADER, .overlay = 1, .encap = 1,
	.extract = EXTRACT { CONST(is_encap, 1), CONST(n_proto, ETH_P_IPV6) },
	.next = LOOKUP(entered_ipv6, .key = KEY { INPUT(stop_at_encap) }),
};

MAP(entered_ipv6) = { ON(0, ipv6), ON(1, STOP_OKAY) };

NODE(enter_ethernet) = {
	HEADER(eth), .encap = 1,
	.extract = EXTRACT {
		CONST(is_encap, 1), FIELD(n_proto, eth, type), END(thoff),
	},
	.next = LOOKUP(entered_ethernet,
		       .key = KEY { INPUT(stop_at_encap), OF(eth, type) }),
};

MAP(entered_ethernet) = {
	ETHERNET_TYPES,
	ON_RANGE(0, ETH_P_802_3_MAX, STOP_OKAY),
	ON_MASK(1 << 16, 1 << 16, STOP_OKAY),
};

/* By EtherType, in GRE, Geneve and so on */
MAP(tunnel_types) = {
	ON(ETH_P_IP, enter_ipv4), ON(ETH_P_IPV6, enter_ipv6),
	ON(ETH_P_TEB, enter_ethernet), ON(ETH_P_NSH, nsh),
	ON(ETH_P_MPLS_UC, mpls), ON(ETH_P_MPLS_MC, mpls), ON(ETH_P_PPP, ppp),
};

/* By what a packet begins with, in GTP-U */
NODE(tunnel_ip) = {
	HEADER(ip_version), .overlay = 1,
	.next = NEXT(ip_version, version, tunnel_ips, .otherwise = STOP_OKAY),
};

MAP(tunnel_ips) = { ON(4, enter_ipv4), ON(6, enter_ipv6) };

/* ---- GRE ------------------------------------------------------------- */

NODE(gre) = {
	HEADER(gre), .overlay = 1,
	.require = REQUIRE { EQ(gre, routing, 0, .otherwise = STOP_OKAY) },
	.next = NEXT(gre, version, gre_versions, .otherwise = STOP_OKAY),
};

MAP(gre_versions) = { ON(0, gre_v0), ON(1, gre_v1) };

NODE(gre_v0) = {
	HEADER(gre), .length = GRE_LENGTH,
	.extract = EXTRACT { END(thoff) },
	.parts = PARTS {
		FLAG_FIELDS(FLAG_SKIP(gre, csum, 4), FLAG(gre, key, gre_key),
			    FLAG(gre, seq, gre_seq)),
	},
	.next = NEXT(gre, protocol, tunnel_types, .otherwise = STOP_OKAY),
};

NODE(gre_key) = {
	HEADER(gre_key), .extract = EXTRACT { FIELD(gre_key, gre_key, key) },
};

NODE(gre_seq) = { HEADER(gre_seq) };

NODE(gre_v1) = {
	HEADER(gre), .length = GRE_V1_LENGTH,
	.require = REQUIRE {
		EQ(gre, key, 1), EQ(gre, protocol, ETH_P_PPP),
	},
	.extract = EXTRACT { END(thoff) },
	.parts = PARTS {
		FLAG_FIELDS(FLAG_SKIP(gre, csum, 4), FLAG(gre, key, gre_call),
			    FLAG(gre, seq, gre_seq), FLAG(gre, ack, gre_ack)),
	},
	.next = GO(ppp),
};

NODE(gre_call) = {
	HEADER(gre_call),
	.extract = EXTRACT { FIELD(gre_key, gre_call, call_id) },
};

NODE(gre_ack) = { HEADER(gre_ack) };

/* ---- tunnels over UDP ------------------------------------------------ */

NODE(vxlan) = {
	HEADER(vxlan),
	.require = REQUIRE { EQ(vxlan, has_vni, 1, .otherwise = STOP_OKAY) },
	.extract = EXTRACT { FIELD(vni, vxlan, vni), END(thoff) },
	.next = GO(enter_ethernet),
};

NODE(vxlan_gpe) = {
	HEADER(vxlan_gpe),
	.require = REQUIRE {
		EQ(vxlan_gpe, version, 0, .otherwise = STOP_OKAY),
		EQ(vxlan_gpe, has_next, 1, .otherwise = STOP_OKAY),
	},
	.extract = EXTRACT { FIELD(vni, vxlan_gpe, vni), END(thoff) },
	.next = NEXT(vxlan_gpe, next, vxlan_gpe_protocols,
		     .otherwise = STOP_OKAY),
};

MAP(vxlan_gpe_protocols) = {
	ON(GPE_IPV4, enter_ipv4), ON(GPE_IPV6, enter_ipv6),
	ON(GPE_ETHERNET, enter_ethernet), ON(GPE_NSH, nsh),
};

NODE(geneve) = {
	HEADER(geneve), .length = GENEVE_LENGTH,
	.require = REQUIRE { EQ(geneve, version, 0, .otherwise = STOP_OKAY) },
	.extract = EXTRACT { FIELD(vni, geneve, vni), END(thoff) },
	.parts = PARTS { ARRAY(geneve_option, .max = 63) },
	.next = NEXT(geneve, protocol, tunnel_types, .otherwise = STOP_OKAY),
};

NODE(geneve_option) = {
	HEADER(geneve_opt), .length = GENEVE_OPT_LENGTH,
	.counters = COUNTERS { INC(options, .before = 1) },
	.extract = EXTRACT {
		FIELD(geneve_class, geneve_opt, class),
		COUNT(num_options, options),
	},
};

NODE(nsh) = {
	HEADER(nsh), .overlay = 1,
	.require = REQUIRE { EQ(nsh, version, 0), GE(nsh, len, 2) },
	.extract = EXTRACT { FIELD(nsh_path, nsh, spi) },
	.next = NEXT(nsh, md_type, nsh_md_types),
};

MAP(nsh_md_types) = { ON(1, nsh_fixed), ON(2, nsh_variable) };

NODE(nsh_fixed) = {
	HEADER(nsh), .length = NSH_LENGTH,
	.require = REQUIRE { EQ(nsh, len, 6) },
	.extract = EXTRACT { END(thoff) },
	.parts = PARTS { SUBPARSER(nsh_context) },
	.next = NEXT(nsh, next, nsh_protocols, .otherwise = STOP_OKAY),
};

NODE(nsh_context) = { HEADER(nsh_md1) };

NODE(nsh_variable) = {
	HEADER(nsh), .length = NSH_LENGTH,
	.extract = EXTRACT { END(thoff) },
	.parts = PARTS { TLVS(nsh_md2, odd, nsh_paddings, .max = 62,
			      OTHERWISE(NAME(nsh_padded))) },
	.next = NEXT(nsh, next, nsh_protocols, .otherwise = STOP_OKAY),
};

MAP(nsh_paddings) = { ON(0, nsh_option) };

NODE(nsh_option) = { HEADER(nsh_md2), .length = NSH_MD2_LENGTH };
NODE(nsh_padded) = { HEADER(nsh_md2), .length = NSH_MD2_PADDED_LENGTH };

MAP(nsh_protocols) = {
	ON(NSH_IPV4, enter_ipv4), ON(NSH_IPV6, enter_ipv6),
	ON(NSH_ETHERNET, enter_ethernet), ON(NSH_NSH, nsh), ON(NSH_MPLS, mpls),
};

/* By its first two bits, the variant, it is GUE or an IP packet */
NODE(gue) = {
	HEADER(ip_version), .overlay = 1,
	.next = NEXT(ip_version, version, gue_variants),
};

MAP(gue_variants) = {
	ON_RANGE(0, 3, gue_header), ON(4, enter_ipv4), ON(6, enter_ipv6),
};

NODE(gue_header) = {
	HEADER(gue), .length = GUE_LENGTH,
	.extract = EXTRACT { END(thoff) },
	.parts = PARTS {
		FLAG_FIELDS(FLAG(gue, group, gue_group),
			    FLAG_EQ_SKIP(gue, security, 7, 1, GUE_SECURITY_1),
			    FLAG_EQ_SKIP(gue, security, 7, 2, GUE_SECURITY_2),
			    FLAG_EQ_SKIP(gue, security, 7, 3, GUE_SECURITY_3),
			    FLAG_EQ_SKIP(gue, security, 7, 4, GUE_SECURITY_4),
			    FLAG(gue, fragment, gue_fragment),
			    FLAG_SKIP(gue, transform, 4),
			    FLAG_SKIP(gue, remote_csum, 4),
			    FLAG(gue, csum, gue_csum)),
	},
	.next = LOOKUP(gue_protocols,
		       .key = KEY { OF(gue, control), OF(gue, protocol) },
		       .otherwise = STOP_OKAY),
};

MAP(gue_protocols) = {
	ON(IPPROTO_IPIP, enter_ipv4), ON(IPPROTO_IPV6, enter_ipv6),
	ON(IPPROTO_GRE, gre), ON(IPPROTO_MPLS, mpls),
};

NODE(gue_group) = {
	HEADER(gue_group), .extract = EXTRACT { FIELD(vni, gue_group, id) },
};

NODE(gue_fragment) = {
	HEADER(gue_fragment), .extract = EXTRACT { CONST(is_frag, 1) },
};

NODE(gue_csum) = { HEADER(gue_csum) };

/* ---- L2TP ------------------------------------------------------------ */

NODE(l2tp) = {
	HEADER(l2tp), .overlay = 1,
	.next = NEXT(l2tp, version, l2tp_versions, .otherwise = STOP_OKAY),
};

MAP(l2tp_versions) = { ON(2, l2tp_v2), ON(3, l2tpv3_udp) };

NODE(l2tp_v2) = {
	HEADER(l2tp), .length = L2TP_LENGTH,
	.extract = EXTRACT { END(thoff) },
	.parts = PARTS {
		FLAG_FIELDS(FLAG_SKIP(l2tp, has_len, 2),
			    FLAG_EQ(l2tp, version, 15, 2, l2tp_ids),
			    FLAG_SKIP(l2tp, has_seq, 4)),
	},
	.next = LOOKUP(l2tp_payload,
		       .key = KEY { OF(l2tp, control), OF(l2tp, has_offset) },
		       .otherwise = STOP_OKAY),
};

MAP(l2tp_payload) = { ON(0, ppp), ON(1, l2tp_offset) };

NODE(l2tp_ids) = {
	HEADER(l2tp_ids),
	.extract = EXTRACT { FIELD(l2tp_session, l2tp_ids, session) },
};

NODE(l2tp_offset) = {
	HEADER(l2tp_offset), .length = L2TP_OFFSET_LENGTH, .next = GO(ppp),
};

NODE(l2tpv3) = {
	HEADER(l2tpv3),
	.extract = EXTRACT { FIELD(l2tp_session, l2tpv3, session) },
};

NODE(l2tpv3_udp) = {
	HEADER(l2tpv3_udp),
	.require = REQUIRE {
		EQ(l2tpv3_udp, control, 0, .otherwise = STOP_OKAY),
	},
	.extract = EXTRACT { FIELD(l2tp_session, l2tpv3_udp, session) },
};

/* ---- GTP-U ----------------------------------------------------------- */

NODE(gtp) = {
	HEADER(gtp),
	.require = REQUIRE {
		EQ(gtp, version, 1, .otherwise = STOP_OKAY),
		EQ(gtp, gtp, 1, .otherwise = STOP_OKAY),
	},
	.extract = EXTRACT { FIELD(gtp_teid, gtp, teid), END(thoff) },
	.next = LOOKUP(gtp_payload,
		       .key = KEY { OF(gtp, type), OF(gtp, has_ext),
				    OF(gtp, has_seq), OF(gtp, has_npdu) },
		       .otherwise = STOP_OKAY),
};

MAP(gtp_payload) = {
	ON(GTP_G_PDU << 3, tunnel_ip),
	ON_MASK(GTP_G_PDU << 3 | 4, GTP_G_PDU << 3 | 4, gtp_extended),
	ON_MASK(GTP_G_PDU << 3, GTP_G_PDU << 3 | 4, gtp_numbered),
};

/* The type of an extension that is not there has no meaning */
NODE(gtp_numbered) = {
	HEADER(gtp_opt), .length = LENGTH_IS(4), .next = GO(tunnel_ip),
};

NODE(gtp_extended) = { HEADER(gtp_opt), .next = GO(gtp_extension) };

/* How long they are together is not known, so they are no part of gtp */
NODE(gtp_extension) = {
	HEADER(gtp_ext_type), .overlay = 1,
	.next = NEXT(gtp_ext_type, type, gtp_extensions,
		     .otherwise = NAME(gtp_other)),
};

MAP(gtp_extensions) = {
	ON(0, gtp_end), ON(GTP_EXT_PDU_SESSION, gtp_pdu_session),
};

NODE(gtp_end) = {
	HEADER(gtp_ext_type), .extract = EXTRACT { END(thoff) },
	.next = GO(tunnel_ip),
};

NODE(gtp_pdu_session) = {
	HEADER(gtp_pdu_session), .length = GTP_PDU_SESSION_LENGTH,
	.extract = EXTRACT { FIELD(gtp_qfi, gtp_pdu_session, qfi) },
	.next = GO(gtp_extension),
};

NODE(gtp_other) = {
	HEADER(gtp_ext), .length = GTP_EXT_LENGTH, .next = GO(gtp_extension),
};

#endif /* _BIG_TUNNEL_H */

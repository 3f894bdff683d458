/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Nodes of big.c: Ethernet and what is beside IP on it; MPLS; PPP */
#ifndef _BIG_LINK_H
#define _BIG_LINK_H

/* ---- links ----------------------------------------------------------- */

#define ETHERNET_TYPES							\
	ON(ETH_P_8021Q, vlan), ON(ETH_P_8021AD, vlan),			\
	ON(ETH_P_IP, ipv4), ON(ETH_P_IPV6, ipv6),			\
	ON(ETH_P_ARP, arp), ON(ETH_P_RARP, arp),			\
	ON(ETH_P_MPLS_UC, mpls), ON(ETH_P_MPLS_MC, mpls),		\
	ON(ETH_P_PPP_DISC, pppoe_discovery), ON(ETH_P_PPP_SES, pppoe),	\
	ON(ETH_P_MACSEC, macsec), ON(ETH_P_LLDP, lldp),			\
	ON(ETH_P_1588, ptp), ON(ETH_P_CFM, cfm),			\
	ON(ETH_P_HSR, hsr), ON(ETH_P_PRP, hsr),				\
	ON(ETH_P_BATMAN, batman), ON(ETH_P_FCOE, fcoe),			\
	ON(ETH_P_TIPC, tipc), ON(ETH_P_NSH, nsh)

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(n_proto, eth, type), END(nhoff), END(thoff),
	},
	.next = NEXT(eth, type, ethernet_types),
};

MAP(ethernet_types) = {
	ETHERNET_TYPES,
	ON_RANGE(0, ETH_P_802_3_MAX, STOP_OKAY),	/* a length, then LLC */
};

NODE(vlan) = {
	HEADER(vlan),
	.extract = EXTRACT {
		FIELD(n_proto, vlan, type), END(thoff),
		FIELD(vlan_ids, vlan, vid),
	},
	.counters = COUNTERS { INC(vlans) },
	.next = NEXT(vlan, type, ethernet_types),
};

NODE(hsr) = {
	HEADER(hsr),
	.extract = EXTRACT { FIELD(n_proto, hsr, type), END(thoff) },
	.next = NEXT(hsr, type, ethernet_types),
};

NODE(arp) = {
	HEADER(arp),
	.require = REQUIRE {
		EQ(arp, hrd, 1), EQ(arp, pro, ETH_P_IP),
		EQ(arp, hln, 6), EQ(arp, pln, 4),
		ANY(REQUIRE {			/* ARP, then RARP */
			ALL(REQUIRE { GE(arp, op, 1), LE(arp, op, 2) }),
			EQ(arp, op, 3), EQ(arp, op, 4),
		}),
	},
	.extract = EXTRACT { FIELD(arp_op, arp, op) },
};

NODE(macsec) = {
	HEADER(macsec), .length = MACSEC_LENGTH,
	.require = REQUIRE { EQ(macsec, version, 0) },
	.extract = EXTRACT { FIELD(macsec_pn, macsec, pn), END(thoff) },
	.parts = PARTS {
		FLAG_FIELDS(FLAG(macsec, has_sci, macsec_sci)),
	},
	.next = LOOKUP(macsec_payload,
		       .key = KEY { OF(macsec, encrypted),
				    OF(macsec, changed) },
		       .otherwise = STOP_OKAY),
};

NODE(macsec_sci) = {
	HEADER(macsec_sci),
	.extract = EXTRACT { FIELD(macsec_system, macsec_sci, system) },
};

MAP(macsec_payload) = { ON(0, macsec_type) };

NODE(macsec_type) = {
	HEADER(macsec_type),
	.extract = EXTRACT { FIELD(n_proto, macsec_type, type), END(thoff) },
	.next = NEXT(macsec_type, type, ethernet_types),
};

NODE(lldp) = {
	NO_HEADER, .length = LENGTH_REST,
	.parts = PARTS { TLVS(lldp_tlv, type, lldp_tlvs, .max = 64,
			      OTHERWISE(NAME(lldp_tlv))) },
};

MAP(lldp_tlvs) = {
	ON(LLDP_END, DONE), ON(LLDP_CHASSIS, lldp_id), ON(LLDP_PORT, lldp_id),
	ON(LLDP_TTL, lldp_ttl), ON(LLDP_ORGANIZATION, lldp_org),
};

NODE(lldp_tlv) = { HEADER(lldp_tlv), .length = LLDP_TLV_LENGTH };

NODE(lldp_id) = {
	HEADER(lldp_id), .length = LLDP_ID_LENGTH,
	.require = REQUIRE { LE(lldp_id, subtype, 7) },
};

NODE(lldp_ttl) = {
	HEADER(lldp_ttl), .length = LLDP_TTL_LENGTH,
	.extract = EXTRACT { FIELD(lldp_ttl, lldp_ttl, seconds) },
};

NODE(lldp_org) = { HEADER(lldp_org), .length = LLDP_ORG_LENGTH };

NODE(ptp) = {
	HEADER(ptp), .length = LENGTH(ptp, len),
	.require = REQUIRE { EQ(ptp, version, 2) },
	.extract = EXTRACT { FIELD(ptp_sequence, ptp, sequence) },
};

NODE(cfm) = {
	HEADER(cfm), .extract = EXTRACT { FIELD(cfm_opcode, cfm, opcode) },
};

NODE(batman) = {
	HEADER(batadv), .overlay = 1,
	.require = REQUIRE { EQ(batadv, version, BATADV_VERSION) },
	.next = NEXT(batadv, type, batman_types, .otherwise = STOP_OKAY),
};

MAP(batman_types) = {
	ON(BATADV_UNICAST, batman_unicast), ON(BATADV_BCAST, batman_broadcast),
};

NODE(batman_unicast) = {
	HEADER(batadv_unicast),
	.extract = EXTRACT { FIELD(batman_node, batadv_unicast, dst) },
	.next = GO(enter_ethernet),
};

NODE(batman_broadcast) = {
	HEADER(batadv_bcast),
	.extract = EXTRACT { FIELD(batman_node, batadv_bcast, origin) },
	.next = GO(enter_ethernet),
};

NODE(fcoe) = { HEADER(fcoe), .next = GO(fibre_channel) };

NODE(fibre_channel) = {
	HEADER(fc), .extract = EXTRACT { FIELD(fc_d_id, fc, d_id), END(thoff) },
};

NODE(tipc) = {
	HEADER(tipc), .length = LENGTH(tipc, hdr_words, .shift = 2),
	.require = REQUIRE { EQ(tipc, version, 2) },
	.extract = EXTRACT { FIELD(tipc_node, tipc, prev_node) },
};

/* ---- MPLS ------------------------------------------------------------ */

NODE(mpls) = {
	HEADER(mpls),
	.extract = EXTRACT { FIELD(mpls_labels, mpls, label), END(thoff) },
	.counters = COUNTERS { INC(labels) },
	.next = NEXT(mpls, bottom, mpls_bottom),
};

MAP(mpls_bottom) = { ON(0, mpls), ON(1, mpls_payload) };

/* Nothing says what it is, but what it begins with: RFC 4928 3 */
NODE(mpls_payload) = {
	HEADER(ip_version), .overlay = 1,
	.next = NEXT(ip_version, version, mpls_payloads,
		     .otherwise = STOP_OKAY),
};

MAP(mpls_payloads) = {
	ON(0, pseudowire), ON(1, pseudowire_channel),
	ON(4, enter_ipv4), ON(6, enter_ipv6),
};

NODE(pseudowire) = { HEADER(pw), .next = GO(enter_ethernet) };

NODE(pseudowire_channel) = {
	HEADER(pw_channel),
	.require = REQUIRE { EQ(pw_channel, version, 0) },
	.next = NEXT(pw_channel, type, pseudowire_channels,
		     .otherwise = STOP_OKAY),
};

MAP(pseudowire_channels) = {
	ON(PW_CHANNEL_IPV4, enter_ipv4), ON(PW_CHANNEL_IPV6, enter_ipv6),
};

/* ---- PPP ------------------------------------------------------------- */

NODE(pppoe_discovery) = {
	HEADER(pppoe), .length = LENGTH(pppoe, len, .add = 6),
	.require = REQUIRE { EQ(pppoe, version, 1), EQ(pppoe, type, 1) },
	.extract = EXTRACT { FIELD(pppoe_session, pppoe, session) },
	.parts = PARTS { TLVS(pppoe_tag, type, pppoe_tags, .max = 16,
			      OTHERWISE(NAME(pppoe_tag))) },
};

MAP(pppoe_tags) = { ON(PPPOE_TAG_END, DONE) };

NODE(pppoe_tag) = {
	HEADER(pppoe_tag), .length = PPPOE_TAG_LENGTH,
	.counters = COUNTERS { INC(options, .before = 1) },
	.extract = EXTRACT { COUNT(num_options, options) },
};

NODE(pppoe) = {
	HEADER(pppoe),
	.require = REQUIRE {
		EQ(pppoe, version, 1), EQ(pppoe, type, 1), EQ(pppoe, code, 0),
	},
	.extract = EXTRACT { FIELD(pppoe_session, pppoe, session), END(thoff) },
	.next = GO(ppp),
};

/* Address and control, if they are there, look as a protocol of their own */
NODE(ppp) = {
	HEADER(ppp), .extract = EXTRACT { END(thoff) },
	.next = NEXT(ppp, protocol, ppp_protocols),
};

MAP(ppp_protocols) = {
	ON(PPP_ADDRESS_CONTROL, ppp),
	ON(PPP_IP, enter_ipv4), ON(PPP_IPV6, enter_ipv6),
	ON(PPP_MPLS_UC, mpls), ON(PPP_MPLS_MC, mpls), ON(PPP_LCP, lcp),
	ON_MASK(PPP_PROTOCOL, PPP_PROTOCOL_MASK, STOP_OKAY),
};

NODE(lcp) = { HEADER(lcp), .length = LENGTH(lcp, len) };

#endif /* _BIG_LINK_H */

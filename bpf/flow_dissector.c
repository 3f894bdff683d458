// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The reference parser: struct bpf_flow_keys as net/core/flow_dissector.c
 * (Linux 6.12) finds them, and the inner frames of VXLAN and Geneve, which it
 * does not look for.
 *
 * What is counted: the kernel allows a packet 16 visits to "a network header
 * and the protocol behind it" or "one more IPv6 extension header". The nodes
 * more_* stand for the latter; Ethernet and outer VLAN tags do not count,
 * because software may find them already taken off.
 *
 * thoff is the end of what has been parsed so far, nhoff the first network
 * header, and n_proto, ip_proto and addresses are the innermost ones.
 *
 * Where this differs from the kernel's dissector is listed, with the reason,
 * in Documentation/networking/netprog/flow-dissector.rst.
 */
#include <netprog.h>

#include "protocols/arp.h"
#include "protocols/batman_adv.h"
#include "protocols/ethernet.h"
#include "protocols/fcoe.h"
#include "protocols/geneve.h"
#include "protocols/gre.h"
#include "protocols/hsr.h"
#include "protocols/icmp.h"
#include "protocols/ipv4.h"
#include "protocols/ipv6.h"
#include "protocols/ipv6_ext.h"
#include "protocols/l2tp.h"
#include "protocols/mpls.h"
#include "protocols/ppp.h"
#include "protocols/pppoe.h"
#include "protocols/ptp.h"
#include "protocols/tipc.h"
#include "protocols/transport.h"
#include "protocols/udp.h"
#include "protocols/vlan.h"
#include "protocols/vxlan.h"

PARSER(flow_dissector) = {
	ROOT(ethernet), .max_bytes = 512, .max_nodes = 16, .max_encaps = 16,
};

/* ---- link layer ---------------------------------------------------------- */

#define NETWORK_PROTOCOLS			\
	ON(ETH_P_IP, ipv4),			\
	ON(ETH_P_IPV6, ipv6),			\
	ON(ETH_P_ARP, arp),			\
	ON(ETH_P_RARP, arp),			\
	ON(ETH_P_MPLS_UC, mpls),		\
	ON(ETH_P_MPLS_MC, mpls),		\
	ON(ETH_P_PPP_SES, pppoe),		\
	ON(ETH_P_BATMAN, batman),		\
	ON(ETH_P_HSR, hsr),			\
	ON(ETH_P_PRP, hsr),			\
	ON(ETH_P_TIPC, tipc),			\
	ON(ETH_P_FCOE, fcoe),			\
	ON(ETH_P_1588, ptp),			\
	ON(ETH_P_CFM, STOP_OKAY)

NODE(ethernet) = {
	HEADER(eth), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(n_proto, eth, type), END(nhoff), END(thoff),
	},
	.next = NEXT(eth, type, ethernet_types),
};

/* More tags than that are left to the kernel's dissector */
NODE(vlan) = {
	HEADER(vlan), .uncounted = 1, .repeat = 4,
	.extract = EXTRACT {
		FIELD(n_proto, vlan, type), END(nhoff), END(thoff),
		FIELD(vlan_id, vlan, vid),
	},
	.next = NEXT(vlan, type, ethernet_types),
};

MAP(ethernet_types) = {
	NETWORK_PROTOCOLS, ON(ETH_P_8021Q, vlan), ON(ETH_P_8021AD, vlan),
};

/* Ends at the bottom of the stack: nothing says what lies below */
NODE(mpls) = {
	HEADER(mpls), .repeat = 7,
	.extract = EXTRACT { END(thoff), FIELD(mpls_label, mpls, label) },
	.next = NEXT(mpls, bottom, mpls_bottom),
};

MAP(mpls_bottom) = { ON(0, mpls), ON(1, STOP_OKAY) };

NODE(arp) = {
	HEADER(arp),
	.require = REQUIRE {
		EQ(arp, hrd, 1), EQ(arp, pro, ETH_P_IP),
		EQ(arp, hln, 6), EQ(arp, pln, 4),
		GE(arp, op, 1), LE(arp, op, 2),
	},
	.extract = EXTRACT {
		FIELD(arp_op, arp, op),
		FIELD(arp_spa, arp, spa), FIELD(arp_tpa, arp, tpa),
	},
};

/* A session; discovery has no flows */
NODE(pppoe) = {
	HEADER(pppoe_session),
	.require = REQUIRE {
		EQ(pppoe_session, version, 1), EQ(pppoe_session, type, 1),
		EQ(pppoe_session, code, 0),
	},
	.extract = EXTRACT {
		FIELD(pppoe_session, pppoe_session, session), END(thoff),
	},
	.next = NEXT(pppoe_session, protocol, pppoe_protocols),
};

MAP(pppoe_protocols) = {
	ON(PPP_IP, pppoe_ipv4), ON(PPP_IPV6, pppoe_ipv6),
	ON(PPP_MPLS_UC, ip_mpls), ON(PPP_MPLS_MC, pppoe_mpls_mc),
	ON_MASK(PPP_PROTOCOL, PPP_PROTOCOL_MASK, STOP_OKAY),
};

NODE(pppoe_ipv4) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(n_proto, ETH_P_IP) }, .next = GO(ipv4),
};

NODE(pppoe_ipv6) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(n_proto, ETH_P_IPV6) }, .next = GO(ipv6),
};

NODE(pppoe_mpls_mc) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(n_proto, ETH_P_MPLS_MC) }, .next = GO(mpls),
};

/* Of batman-adv, unicast alone: it carries an Ethernet frame */
NODE(batman) = {
	HEADER(batadv_unicast),
	.require = REQUIRE {
		EQ(batadv_unicast, version, BATADV_VERSION),
		EQ(batadv_unicast, type, BATADV_UNICAST),
	},
	.next = GO(batman_ethernet),
};

NODE(batman_ethernet) = {
	HEADER(eth), .uncounted = 1, .encap = 1,
	.extract = EXTRACT {
		CONST(is_encap, 1), FIELD(n_proto, eth, type), END(thoff),
	},
	.next = LOOKUP(inner_types,
		       .key = KEY { INPUT(stop_at_encap), OF(eth, type) }),
};

NODE(hsr) = {
	HEADER(hsr),
	.extract = EXTRACT { FIELD(n_proto, hsr, type), END(thoff) },
	.next    = NEXT(hsr, type, inner_vlan_types),
};

NODE(tipc) = { HEADER(tipc) };

NODE(fcoe) = { HEADER(fcoe), .next = GO(fibre_channel) };

NODE(fibre_channel) = {
	HEADER(fc), .uncounted = 1,
	.extract = EXTRACT { END(thoff) },
};

NODE(ptp) = { HEADER(ptp), .extract = EXTRACT { END(thoff) } };

/* ---- IPv4 ------------------------------------------------------------------ */

#define IP_PROTOCOLS				\
	ON(IPPROTO_TCP, ports),			\
	ON(IPPROTO_UDP, udp),			\
	ON(IPPROTO_DCCP, ports),		\
	ON(IPPROTO_ESP, ports),			\
	ON(IPPROTO_AH, ah),			\
	ON(IPPROTO_SCTP, ports),		\
	ON(IPPROTO_UDPLITE, ports),		\
	ON(IPPROTO_L2TP, l2tpv3),		\
	ON(IPPROTO_ICMP, icmp),			\
	ON(IPPROTO_ICMPV6, icmp)

NODE(ipv4) = {
	HEADER(ipv4), .overlay = 1,
	.length  = IPV4_LENGTH,
	.extract = EXTRACT {
		CONST(addr_proto, ETH_P_IP),
		FIELD(ipv4_src, ipv4, saddr), FIELD(ipv4_dst, ipv4, daddr),
		FIELD(ip_proto, ipv4, protocol), END(thoff),
	},
	.next = LOOKUP(ipv4_fragment,
		       .key = KEY { OF(ipv4, mf), OF(ipv4, frag_off) },
		       .otherwise = NAME(ipv4_later)),
};

MAP(ipv4_fragment) = { ON(0, ipv4_protocol), ON(1 << 13, ipv4_first) };

NODE(ipv4_later) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(is_frag, 1) },
};

NODE(ipv4_first) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(is_frag, 1), CONST(is_first_frag, 1) },
	.next = LOOKUP(ipv4_first_fragment, .key = KEY { INPUT(parse_1st_frag) }),
};

MAP(ipv4_first_fragment) = { ON(0, STOP_OKAY), ON(1, ipv4_protocol) };

NODE(ipv4_protocol) = {
	HEADER(ipv4), .uncounted = 1,
	.length = IPV4_LENGTH,
	.next   = NEXT(ipv4, protocol, ipv4_protocols, .otherwise = STOP_OKAY),
};

MAP(ipv4_protocols) = {
	IP_PROTOCOLS,
	ON(IPPROTO_IPIP, encap_ipv4), ON(IPPROTO_IPV6, encap_ipv6),
	ON(IPPROTO_GRE, gre), ON(IPPROTO_MPLS, ip_mpls),
};

/* ---- IPv6 ------------------------------------------------------------------ */

NODE(ipv6) = {
	HEADER(ipv6), .overlay = 1,
	.extract = EXTRACT {
		CONST(addr_proto, ETH_P_IPV6),
		FIELD(ipv6_src, ipv6, saddr), FIELD(ipv6_dst, ipv6, daddr),
		FIELD(ip_proto, ipv6, nexthdr), END(thoff),
	},
	.next = NEXT(ipv6, flow_label, ipv6_no_label,
		     .otherwise = NAME(ipv6_label)),
};

MAP(ipv6_no_label) = { ON(0, ipv6_protocol) };

/* A label of 0 leaves that of an outer header in place */
NODE(ipv6_label) = {
	HEADER(ipv6), .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { FIELD(flow_label, ipv6, flow_label) },
	.next = LOOKUP(ipv6_labelled, .key = KEY { INPUT(stop_at_flow_label) }),
};

MAP(ipv6_labelled) = { ON(0, ipv6_protocol), ON(1, STOP_OKAY) };

NODE(ipv6_protocol) = {
	HEADER(ipv6), .uncounted = 1,
	.next = NEXT(ipv6, nexthdr, ipv6_protocols, .otherwise = STOP_OKAY),
};

MAP(ipv6_protocols) = {
	IP_PROTOCOLS,
	ON(IPPROTO_HOPOPTS, ipv6_opt), ON(IPPROTO_ROUTING, ipv6_opt),
	ON(IPPROTO_DSTOPTS, ipv6_opt), ON(IPPROTO_FRAGMENT, ipv6_frag),
	ON(IPPROTO_IPIP, encap_ipv4), ON(IPPROTO_IPV6, encap_ipv6),
	ON(IPPROTO_GRE, gre), ON(IPPROTO_MPLS, ip_mpls),
};

NODE(ipv6_opt) = {
	HEADER(ipv6_opt), .uncounted = 1,
	.length  = IPV6_OPT_LENGTH,
	.extract = EXTRACT { FIELD(ip_proto, ipv6_opt, nexthdr), END(thoff) },
	.next    = NEXT(ipv6_opt, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

NODE(ipv6_frag) = {
	HEADER(ipv6_frag), .overlay = 1, .uncounted = 1,
	.extract = EXTRACT {
		CONST(is_frag, 1),
		FIELD(ip_proto, ipv6_frag, nexthdr), END(thoff),
	},
	.next = NEXT(ipv6_frag, frag_off, ipv6_fragment,
		     .otherwise = STOP_OKAY),
};

MAP(ipv6_fragment) = { ON(0, ipv6_first) };

NODE(ipv6_first) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(is_first_frag, 1) },
	.next = LOOKUP(ipv6_first_fragment, .key = KEY { INPUT(parse_1st_frag) }),
};

MAP(ipv6_first_fragment) = { ON(0, STOP_OKAY), ON(1, ipv6_frag_protocol) };

NODE(ipv6_frag_protocol) = {
	HEADER(ipv6_frag), .uncounted = 1,
	.next = NEXT(ipv6_frag, nexthdr, ipv6_more, .otherwise = STOP_OKAY),
};

/* Behind an extension header each protocol is one more visit. The ports are
 * read in the same visit as the last extension header.
 */
MAP(ipv6_more) = {
	IP_PROTOCOLS,
	ON(IPPROTO_HOPOPTS, more_opt), ON(IPPROTO_ROUTING, more_opt),
	ON(IPPROTO_DSTOPTS, more_opt), ON(IPPROTO_FRAGMENT, more_frag),
	ON(IPPROTO_IPIP, more_ipv4), ON(IPPROTO_IPV6, more_ipv6),
	ON(IPPROTO_GRE, more_gre), ON(IPPROTO_MPLS, more_mpls),
};

NODE(more_opt)	= { NO_HEADER, .overlay = 1, .next = GO(ipv6_opt) };
NODE(more_frag)	= { NO_HEADER, .overlay = 1, .next = GO(ipv6_frag) };
NODE(more_ipv4)	= { NO_HEADER, .overlay = 1, .next = GO(encap_ipv4) };
NODE(more_ipv6)	= { NO_HEADER, .overlay = 1, .next = GO(encap_ipv6) };
NODE(more_gre)	= { NO_HEADER, .overlay = 1, .next = GO(gre) };
NODE(more_mpls)	= { NO_HEADER, .overlay = 1, .next = GO(ip_mpls) };

/* ---- transport --------------------------------------------------------------- */

NODE(ports) = {
	HEADER(ports), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(sport, ports, sport), FIELD(dport, ports, dport),
	},
};

NODE(ah) = {
	HEADER(ah_ports), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(sport, ah_ports, spi_high), FIELD(dport, ah_ports, spi_low),
	},
};

NODE(icmp) = {
	HEADER(icmp), .uncounted = 1,
	.extract = EXTRACT {
		FIELD(icmp_type, icmp, type), FIELD(icmp_code, icmp, code),
	},
};

NODE(l2tpv3) = {
	HEADER(l2tpv3), .uncounted = 1,
	.extract = EXTRACT { FIELD(l2tpv3_session, l2tpv3, session) },
};

/* Of a header that is cut, the ports are good */
NODE(udp) = {
	HEADER(ports), .uncounted = 1,
	.length  = LENGTH_IS(sizeof(struct udp_bits) / 8),
	.extract = EXTRACT {
		FIELD(sport, ports, sport), FIELD(dport, ports, dport),
	},
	.next = LOOKUP(udp_tunnels,
		       .key = KEY { INPUT(stop_at_encap), OF(ports, dport) },
		       .otherwise = STOP_OKAY),
};

MAP(udp_tunnels) = { ON(VXLAN_PORT, vxlan), ON(GENEVE_PORT, geneve) };

/* ---- tunnels --------------------------------------------------------------------
 * Where one is entered stop_at_encap is the first part of the key, so that the
 * entries without it look as they do elsewhere.
 */
#define AT_ENCAP	(1 << 16)

NODE(encap_ipv4) = {
	NO_HEADER, .overlay = 1, .uncounted = 1, .encap = 1,
	.extract = EXTRACT {
		CONST(is_encap, 1), CONST(n_proto, ETH_P_IP), START(thoff),
	},
	.next = LOOKUP(inner_ipv4, .key = KEY { INPUT(stop_at_encap) }),
};

MAP(inner_ipv4) = { ON(0, ipv4), ON(1, STOP_OKAY) };

NODE(encap_ipv6) = {
	NO_HEADER, .overlay = 1, .uncounted = 1, .encap = 1,
	.extract = EXTRACT {
		CONST(is_encap, 1), CONST(n_proto, ETH_P_IPV6), START(thoff),
	},
	.next = LOOKUP(inner_ipv6, .key = KEY { INPUT(stop_at_encap) }),
};

MAP(inner_ipv6) = { ON(0, ipv6), ON(1, STOP_OKAY) };

/* The kernel does not call this an encapsulation; PPPoE has it, too */
NODE(ip_mpls) = {
	NO_HEADER, .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { CONST(n_proto, ETH_P_MPLS_UC) },
	.next = GO(mpls),
};

#define INNER_PROTOCOLS						\
	NETWORK_PROTOCOLS,					\
	ON(ETH_P_8021Q, inner_vlan), ON(ETH_P_8021AD, inner_vlan)

NODE(inner_ethernet) = {
	HEADER(eth), .uncounted = 1,
	.extract = EXTRACT { FIELD(n_proto, eth, type), END(thoff) },
	.next = LOOKUP(inner_types,
		       .key = KEY { INPUT(stop_at_encap), OF(eth, type) }),
};

MAP(inner_types) = {
	INNER_PROTOCOLS, ON_MASK(AT_ENCAP, AT_ENCAP, STOP_OKAY),
};

NODE(inner_vlan) = {
	HEADER(vlan),
	.extract = EXTRACT { FIELD(n_proto, vlan, type), END(thoff) },
	.next = NEXT(vlan, type, inner_vlan_types),
};

MAP(inner_vlan_types) = { INNER_PROTOCOLS };

/* Routing and versions above 1 are not looked into, as in the kernel */
NODE(gre) = {
	HEADER(gre), .overlay = 1, .uncounted = 1,
	.next = LOOKUP(gre_kinds,
		       .key = KEY { OF(gre, routing), OF(gre, version),
				    OF(gre, csum), OF(gre, key) },
		       .otherwise = STOP_OKAY),
};

#define GRE_CSUM	(1 << 1)
#define GRE_KEY		(1 << 0)
#define GRE_V1		(1 << 2)
MAP(gre_kinds) = {
	ON(0, gre_plain), ON(GRE_CSUM, gre_plain),
	ON(GRE_KEY, gre_key), ON(GRE_CSUM | GRE_KEY, gre_csum_key),
	ON(GRE_V1, gre_v1), ON(GRE_V1 | GRE_CSUM, gre_v1),
	ON(GRE_V1 | GRE_KEY, pptp), ON(GRE_V1 | GRE_CSUM | GRE_KEY, pptp),
};

NODE(gre_plain) = {
	HEADER(gre), .uncounted = 1, .encap = 1,
	.length  = LENGTH_SUM(4, TERM(gre, csum, 2), TERM(gre, seq, 2)),
	.extract = EXTRACT {
		CONST(is_encap, 1), FIELD(n_proto, gre, protocol), END(thoff),
	},
	.next = LOOKUP(gre_protocols,
		       .key = KEY { INPUT(stop_at_encap), OF(gre, protocol) }),
};

NODE(gre_key) = {
	HEADER(gre_with_key), .uncounted = 1, .encap = 1,
	.length  = GRE_WITH_KEY_LENGTH,
	.extract = EXTRACT {
		CONST(is_encap, 1), FIELD(n_proto, gre_with_key, protocol),
		END(thoff), FIELD(gre_key, gre_with_key, key_id),
	},
	.next = LOOKUP(gre_protocols,
		       .key = KEY { INPUT(stop_at_encap),
				    OF(gre_with_key, protocol) }),
};

NODE(gre_csum_key) = {
	HEADER(gre_with_csum_key), .uncounted = 1, .encap = 1,
	.length  = GRE_WITH_CSUM_KEY_LENGTH,
	.extract = EXTRACT {
		CONST(is_encap, 1),
		FIELD(n_proto, gre_with_csum_key, protocol), END(thoff),
		FIELD(gre_key, gre_with_csum_key, key_id),
	},
	.next = LOOKUP(gre_protocols,
		       .key = KEY { INPUT(stop_at_encap),
				    OF(gre_with_csum_key, protocol) }),
};

MAP(gre_protocols) = {
	INNER_PROTOCOLS,
	ON(ETH_P_TEB, inner_ethernet), ON(AT_ENCAP | ETH_P_TEB, inner_ethernet),
	ON_MASK(AT_ENCAP, AT_ENCAP, STOP_OKAY),
};

/* Version 1 without a key is not PPTP */
NODE(gre_v1) = {
	HEADER(gre), .overlay = 1, .uncounted = 1,
	.extract = EXTRACT { FIELD(n_proto, gre, protocol) },
};

NODE(pptp) = {
	HEADER(gre), .uncounted = 1,
	.length  = GRE_V1_LENGTH,
	.extract = EXTRACT { FIELD(n_proto, gre, protocol) },
	.next    = NEXT(gre, protocol, pptp_protocols, .otherwise = STOP_OKAY),
};

MAP(pptp_protocols) = { ON(ETH_P_PPP, ppp) };

NODE(ppp) = {
	HEADER(ppp_hdlc), .uncounted = 1,
	.extract = EXTRACT { CONST(is_encap, 1), END(thoff) },
	.next = LOOKUP(ppp_protocols,
		       .key = KEY { INPUT(stop_at_encap), OF(ppp_hdlc, protocol) }),
};

MAP(ppp_protocols) = {
	ON(PPP_IP, encap_ipv4), ON(AT_ENCAP | PPP_IP, encap_ipv4),
	ON(PPP_IPV6, encap_ipv6), ON(AT_ENCAP | PPP_IPV6, encap_ipv6),
	ON_MASK(AT_ENCAP, AT_ENCAP, STOP_OKAY),
};

/* The outer ports are not those of the inner flow */
NODE(vxlan) = {
	HEADER(vxlan), .uncounted = 1, .encap = 1,
	.require = REQUIRE { EQ(vxlan, has_vni, 1, .otherwise = STOP_OKAY) },
	.extract = EXTRACT {
		CONST(is_encap, 1), CONST(sport, 0), CONST(dport, 0),
		FIELD(vni, vxlan, vni), END(thoff),
	},
	.next = GO(inner_ethernet),
};

NODE(geneve) = {
	HEADER(geneve), .uncounted = 1, .encap = 1,
	.length  = GENEVE_LENGTH,
	.require = REQUIRE { EQ(geneve, version, 0, .otherwise = STOP_OKAY) },
	.extract = EXTRACT {
		CONST(is_encap, 1), CONST(sport, 0), CONST(dport, 0),
		FIELD(vni, geneve, vni), END(thoff),
		FIELD(n_proto, geneve, protocol),
	},
	.next = LOOKUP(gre_protocols,
		       .key = KEY { INPUT(stop_at_encap),
				    OF(geneve, protocol) }),
};

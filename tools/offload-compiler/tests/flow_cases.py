# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""What the reference parser has to find in one packet of each kind.

The expectations are written by hand, from the formats of the headers. A case
in which the kernel's dissector gives something else says what, and names the
reason: a key of WHY, which is the list in flow-dissector.rst.
"""
from dataclasses import dataclass, field

from packets import *

FIRST, LABEL, ENCAP = 1, 2, 4	# the flags parse_1st_frag, stop_at_...

WHY = {
    "udp-tunnel": "the kernel does not look into UDP",
    "udp-tunnel-bad": "an inner frame that cannot be parsed is dropped",
    "first-fragment-ports": "the kernel reads no ports of a first fragment",
    "cut-transport": "a transport header that is cut is dropped",
    "cut-mpls": "thoff stays at the label that is cut",
    "cut-inner-ethernet": "thoff and encap tell of the GRE header",
    "past-the-end": "a tunnel behind the end of the frame is not entered",
    "vlan-uncounted": "VLAN tags do not count towards the limit",
    "left-to-kernel": "the kernel's dissector takes over",
}


def flow(thoff, n_proto=0, ip_proto=0, addresses=("-", "-"), sport=0, dport=0,
         result="ok", nhoff=14, frag=0, first=0, encap=0, label=0):
    return {"result": result, "nhoff": str(nhoff), "thoff": str(thoff),
            "n_proto": f"{n_proto:04x}", "ip_proto": str(ip_proto),
            "frag": str(frag), "first": str(first), "encap": str(encap),
            "src": addresses[0], "dst": addresses[1], "sport": str(sport),
            "dport": str(dport), "label": f"{label:x}"}


@dataclass
class Case:
    name: str
    frame: bytes
    expect: dict
    flags: int = 0
    kernel: dict = field(default_factory=dict)	# what differs there
    why: str = None


V4, V6, IN4, IN_6 = (A4, B4), (A6, B6), (C4, D4), (C6, D6)
CASES = []


def case(name, frame, expect, flags=0, why=None, **kernel):
    CASES.append(Case(name, frame, expect, flags,
                      {k: str(v) for k, v in kernel.items()}, why))


T, U = tcp(1000, 80), udp(1000, 53)
INNER4 = ip4(TCP, T, *IN4)
INNER6 = ip6(UDP, U, *IN_6)

# ---- transport
for name, proto, body in (("tcp", TCP, T), ("udp", UDP, U),
                          ("sctp", SCTP, ports(1000, 53, bytes(8))),
                          ("dccp", DCCP, ports(1000, 53, bytes(8))),
                          ("udplite", UDPLITE, U)):
    dport = 80 if proto == TCP else 53
    case(f"ipv4_{name}", eth(IP, ip4(proto, body)), flow(34, IP, proto, V4, 1000, dport))
    case(f"ipv6_{name}", eth(IPV6, ip6(proto, body)),
         flow(54, IPV6, proto, V6, 1000, dport))
case("esp_spi_is_ports", eth(IP, ip4(ESP, esp(0x00010002))), flow(34, IP, ESP, V4, 1, 2))
case("ah_spi_is_ports", eth(IP, ip4(AH, ah(TCP, 0x00010002, T))),
     flow(34, IP, AH, V4, 1, 2))
case("icmp", eth(IP, ip4(ICMP, icmp())), flow(34, IP, ICMP, V4))
case("icmpv6", eth(IPV6, ip6(ICMP6, icmp(128))), flow(54, IPV6, ICMP6, V6))
case("unknown_ip_protocol", eth(IP, ip4(253, T)), flow(34, IP, 253, V4))
case("no_next_header", eth(IPV6, ip6(59)), flow(54, IPV6, 59, V6))
case("tcp_ports_only", eth(IP, ip4(TCP, ports(1, 2))), flow(34, IP, TCP, V4, 1, 2))
case("tcp_cut_in_ports", eth(IP, ip4(TCP, b"\1\2\3")),
     flow(34, IP, TCP, V4, result="drop"), why="cut-transport", result="ok")
case("tcp_missing", eth(IP, ip4(TCP)),
     flow(34, IP, TCP, V4, result="drop"), why="cut-transport", result="ok")
case("icmp_missing", eth(IPV6, ip6(ICMP6)),
     flow(54, IPV6, ICMP6, V6, result="drop"), why="cut-transport", result="ok")
case("ah_cut", eth(IP, ip4(AH, b"\6\1\0\0\0\1")),
     flow(34, IP, AH, V4, result="drop"), why="cut-transport", result="ok")

# ---- link layer
case("unknown_ethertype", eth(0x88b5, T), flow(14, 0x88b5, result="drop"))
case("length_field", eth(60, bytes(60)), flow(14, 60, result="drop"))
case("vlan", eth(VLAN, vlan(5, IP, ip4(TCP, T))),
     flow(38, IP, TCP, V4, 1000, 80, nhoff=18))
case("qinq", eth(QINQ, vlan(5, VLAN, vlan(6, IPV6, ip6(TCP, T)))),
     flow(62, IPV6, TCP, V6, 1000, 80, nhoff=22))
case("four_tags", eth(VLAN, vlan(1, VLAN, vlan(2, VLAN, vlan(3, QINQ, vlan(
    4, IP, ip4(UDP, U)))))), flow(50, IP, UDP, V4, 1000, 53, nhoff=30))
case("five_tags", eth(VLAN, vlan(1, VLAN, vlan(2, VLAN, vlan(3, VLAN, vlan(
    4, VLAN, vlan(5, IP, ip4(UDP, U))))))),
    flow(30, VLAN, nhoff=30, result="continue"), why="left-to-kernel",
    result="ok", thoff=54, n_proto="0800", ip_proto=17, src=A4, dst=B4,
    sport=1000, dport=53)
case("vlan_cut", eth(VLAN, b"\0\5\x08"), flow(14, VLAN, result="drop"))
case("vlan_unknown", eth(VLAN, vlan(5, 0x88b5)), flow(18, 0x88b5, nhoff=18, result="drop"))
case("arp_request", eth(ARP, arp(1)), flow(14, ARP))
case("arp_reply", eth(ARP, arp(2)), flow(14, ARP))
case("arp_other_op", eth(ARP, arp(3)), flow(14, ARP, result="drop"))
case("arp_op_0", eth(ARP, arp(0)), flow(14, ARP, result="drop"))
case("arp_not_ethernet", eth(ARP, arp(hrd=6)), flow(14, ARP, result="drop"))
case("arp_not_ipv4", eth(ARP, arp(pro=IPV6)), flow(14, ARP, result="drop"))
case("arp_wrong_hln", eth(ARP, arp(hln=8)), flow(14, ARP, result="drop"))
case("arp_wrong_pln", eth(ARP, arp(pln=16)), flow(14, ARP, result="drop"))
case("arp_cut", eth(ARP, arp()[:27]), flow(14, ARP, result="drop"))
case("rarp_request", eth(RARP, arp(3)), flow(14, RARP, result="drop"))
case("mpls_one_label", eth(MPLS, mpls(16, inner=ip4(TCP, T))), flow(18, MPLS))
case("mpls_three_labels", eth(MPLS_MC, mpls(16, 7, 18)), flow(26, MPLS_MC))
case("mpls_seven_labels", eth(MPLS, mpls(*range(16, 23))), flow(42, MPLS))
case("mpls_eight_labels", eth(MPLS, mpls(*range(16, 24))),
     flow(42, MPLS, result="continue"), why="left-to-kernel", result="ok", thoff=46)
case("mpls_cut", eth(MPLS, mpls(16, 17)[:6]), flow(18, MPLS, result="drop"),
     why="cut-mpls", thoff=20)

# ---- IPv4
case("ipv4_options", eth(IP, ip4(TCP, T, options=bytes(40))),
     flow(74, IP, TCP, V4, 1000, 80))
case("ipv4_ihl_too_small", eth(IP, ip4(TCP, T, ihl=4)), flow(14, IP, result="drop"))
case("ipv4_version_not_looked_at", eth(IP, ip4(TCP, T, version=7)),
     flow(34, IP, TCP, V4, 1000, 80))
case("ipv4_cut", eth(IP, ip4(TCP)[:19]), flow(14, IP, result="drop"))
case("ipv4_options_cut", eth(IP, ip4(TCP, options=bytes(40))[:30]),
     flow(44, IP, TCP, V4, result="drop"), why="cut-transport", result="ok")
case("ipv4_first_fragment", eth(IP, ip4(TCP, T, more=1)),
     flow(34, IP, TCP, V4, frag=1, first=1))
case("ipv4_first_fragment_parsed", eth(IP, ip4(TCP, T, more=1)),
     flow(34, IP, TCP, V4, 1000, 80, frag=1, first=1), FIRST,
     why="first-fragment-ports", sport=0, dport=0)
case("ipv4_middle_fragment", eth(IP, ip4(TCP, T, more=1, frag=100)),
     flow(34, IP, TCP, V4, frag=1), FIRST)
case("ipv4_last_fragment", eth(IP, ip4(TCP, T, frag=100)),
     flow(34, IP, TCP, V4, frag=1))
case("ipv4_first_fragment_gre", eth(IP, ip4(GRE, gre(IPV6, ip6(59)), more=1)),
     flow(78, IPV6, 59, V6, frag=1, first=1, encap=1), FIRST)
case("ipv6_header_in_ipv4_is_unknown", eth(IP, ip4(HOP, opt6(TCP, T))),
     flow(34, IP, HOP, V4))

# ---- IPv6
case("ipv6_label", eth(IPV6, ip6(TCP, T, label=0xbeeef)),
     flow(54, IPV6, TCP, V6, 1000, 80, label=0xbeeef))
case("ipv6_stop_at_label", eth(IPV6, ip6(TCP, T, label=0xbeeef)),
     flow(54, IPV6, TCP, V6, label=0xbeeef), LABEL)
case("ipv6_no_label_to_stop_at", eth(IPV6, ip6(TCP, T)),
     flow(54, IPV6, TCP, V6, 1000, 80), LABEL)
case("ipv6_cut", eth(IPV6, ip6(TCP)[:39]), flow(14, IPV6, result="drop"))
for name, header in (("hop_by_hop", HOP), ("routing", ROUTING), ("destination", DST)):
    case(f"ipv6_{name}", eth(IPV6, ip6(header, opt6(TCP, T, units=2))),
         flow(78, IPV6, TCP, V6, 1000, 80))
case("ipv6_options_cut", eth(IPV6, ip6(HOP, b"\6")),
     flow(54, IPV6, HOP, V6, result="drop"))
case("ipv6_options_past_the_end", eth(IPV6, ip6(HOP, opt6(GRE, units=9)[:20])),
     flow(74, IPV6, GRE, V6, result="drop"))
case("ipv6_three_headers", eth(IPV6, ip6(HOP, opt6(DST, opt6(ROUTING, opt6(UDP, U))))),
     flow(78, IPV6, UDP, V6, 1000, 53))
case("ipv6_first_fragment", eth(IPV6, ip6(FRAG, frag6(TCP, T))),
     flow(62, IPV6, TCP, V6, frag=1, first=1))
case("ipv6_first_fragment_parsed", eth(IPV6, ip6(FRAG, frag6(TCP, T))),
     flow(62, IPV6, TCP, V6, 1000, 80, frag=1, first=1), FIRST,
     why="first-fragment-ports", sport=0, dport=0)
case("ipv6_atomic_fragment", eth(IPV6, ip6(FRAG, frag6(UDP, U, more=0))),
     flow(62, IPV6, UDP, V6, frag=1, first=1))
case("ipv6_later_fragment", eth(IPV6, ip6(FRAG, frag6(TCP, T, offset=9))),
     flow(62, IPV6, TCP, V6, frag=1), FIRST)
case("ipv6_fragment_cut", eth(IPV6, ip6(FRAG, frag6(TCP)[:7])),
     flow(54, IPV6, FRAG, V6, result="drop"))
case("ipv6_options_then_fragment", eth(IPV6, ip6(DST, opt6(FRAG, frag6(TCP, T)))),
     flow(70, IPV6, TCP, V6, frag=1, first=1))
case("ipv6_fragment_then_options",
     eth(IPV6, ip6(FRAG, frag6(DST, opt6(ICMP6, icmp(128))))),
     flow(70, IPV6, ICMP6, V6, frag=1, first=1), FIRST)


def options(number, proto, inner):
    for _ in range(number):
        inner, proto = opt6(proto, inner), DST
    return inner


# ---- limits: 16 visits
case("sixteen_headers", eth(IPV6, ip6(DST, options(16, TCP, T))),
     flow(182, IPV6, TCP, V6, 1000, 80))
case("seventeen_headers", eth(IPV6, ip6(DST, options(17, TCP, T))),
     flow(182, IPV6, DST, V6))
case("sixteen_headers_then_ipip", eth(IPV6, ip6(DST, options(16, IPIP, INNER4))),
     flow(182, IPV6, IPIP, V6))
case("fifteen_headers_then_ipip", eth(IPV6, ip6(DST, options(15, IPIP, INNER4))),
     flow(174, IP, IPIP, V6, encap=1))
case("fourteen_headers_then_ipip", eth(IPV6, ip6(DST, options(14, IPIP, INNER4))),
     flow(186, IP, TCP, IN4, 1000, 80, encap=1))


def nested(number):
    inner = INNER4
    for _ in range(number - 1):
        inner = ip4(IPIP, inner)
    return eth(IP, inner)


case("sixteen_ipv4", nested(16), flow(334, IP, TCP, IN4, 1000, 80, encap=1))
case("seventeen_ipv4", nested(17), flow(334, IP, IPIP, V4, encap=1))
case("tags_do_not_count",
     eth(VLAN, vlan(5, IPV6, ip6(DST, options(16, TCP, T)))),
     flow(186, IPV6, TCP, V6, 1000, 80, nhoff=18), why="vlan-uncounted",
     thoff=178, ip_proto=DST, sport=0, dport=0)
case("behind_the_window", eth(IPV6, ip6(DST, opt6(DST, opt6(TCP, T), units=60))),
     flow(542, IPV6, DST, V6, result="continue"), why="left-to-kernel",
     result="ok", thoff=550, ip_proto=TCP, sport=1000, dport=80)

# ---- tunnels over IP
case("ipip", eth(IP, ip4(IPIP, INNER4)), flow(54, IP, TCP, IN4, 1000, 80, encap=1))
case("ipip_stop", eth(IP, ip4(IPIP, INNER4)), flow(34, IP, IPIP, V4, encap=1), ENCAP)
case("6in4", eth(IP, ip4(IN6, INNER6)), flow(74, IPV6, UDP, IN_6, 1000, 53, encap=1))
case("6in4_stop", eth(IP, ip4(IN6, INNER6)), flow(34, IPV6, IN6, V4, encap=1), ENCAP)
case("4in6", eth(IPV6, ip6(IPIP, INNER4)), flow(74, IP, TCP, IN4, 1000, 80, encap=1))
case("6in6", eth(IPV6, ip6(IN6, INNER6)), flow(94, IPV6, UDP, IN_6, 1000, 53, encap=1))
case("outer_label_stays", eth(IPV6, ip6(IN6, INNER6, label=7)),
     flow(94, IPV6, UDP, IN_6, 1000, 53, encap=1, label=7))
case("inner_label", eth(IPV6, ip6(IN6, ip6(TCP, T, *IN_6, label=9), label=7)),
     flow(94, IPV6, TCP, IN_6, 1000, 80, encap=1, label=9))
case("ipip_inner_cut", eth(IP, ip4(IPIP, INNER4[:10])),
     flow(34, IP, IPIP, V4, encap=1, result="drop"))
case("ipip_behind_the_end", eth(IP, ip4(IN6, options=bytes(40))[:30]),
     flow(44, IP, IN6, V4, result="drop"), why="past-the-end", n_proto="86dd", encap=1)
case("ipip_behind_the_end_stop", eth(IP, ip4(IN6, options=bytes(40))[:30]),
     flow(44, IP, IN6, V4, result="drop"), ENCAP, why="past-the-end", result="ok",
     n_proto="86dd", encap=1)
case("ipip_inner_fragment", eth(IP, ip4(IPIP, ip4(TCP, T, *IN4, frag=9))),
     flow(54, IP, TCP, IN4, frag=1, encap=1))
case("mpls_in_ip", eth(IP, ip4(IPMPLS, mpls(16, 17))), flow(42, MPLS, IPMPLS, V4))
case("mpls_in_ip6_behind_options", eth(IPV6, ip6(DST, opt6(IPMPLS, mpls(16)))),
     flow(66, MPLS, IPMPLS, V6))

# ---- GRE
for name, fields in (("", {}), ("_csum", {"csum": 1}), ("_key", {"key": 7}),
                     ("_seq", {"seq": 1}), ("_csum_key", {"csum": 1, "key": 7}),
                     ("_csum_seq", {"csum": 1, "seq": 1}),
                     ("_key_seq", {"key": 7, "seq": 1}),
                     ("_all", {"csum": 1, "key": 7, "seq": 1})):
    size = 4 + 4 * len(fields)
    case(f"gre{name}", eth(IP, ip4(GRE, gre(IP, INNER4, **fields))),
         flow(54 + size, IP, TCP, IN4, 1000, 80, encap=1))
    case(f"gre{name}_stop", eth(IPV6, ip6(GRE, gre(IPV6, INNER6, **fields))),
         flow(54 + size, IPV6, GRE, V6, encap=1), ENCAP)
case("gre_routing", eth(IP, ip4(GRE, gre(IP, INNER4, routing=1))), flow(34, IP, GRE, V4))
case("gre_version_2", eth(IP, ip4(GRE, gre(IP, INNER4, version=2))), flow(34, IP, GRE, V4))
case("gre_unknown_protocol", eth(IP, ip4(GRE, gre(0x88b5, T))),
     flow(38, 0x88b5, GRE, V4, encap=1, result="drop"))
case("gre_unknown_protocol_stop", eth(IP, ip4(GRE, gre(0x88b5, T))),
     flow(38, 0x88b5, GRE, V4, encap=1), ENCAP)
case("gre_cut", eth(IP, ip4(GRE, gre(IP)[:3])), flow(34, IP, GRE, V4, result="drop"))
case("gre_key_cut", eth(IP, ip4(GRE, gre(IPV6, key=7)[:7])),
     flow(34, IP, GRE, V4, result="drop"), why="cut-inner-ethernet", n_proto="86dd")
case("gre_ethernet", eth(IP, ip4(GRE, gre(TEB, eth(IP, INNER4)))),
     flow(72, IP, TCP, IN4, 1000, 80, encap=1))
case("gre_ethernet_stop", eth(IP, ip4(GRE, gre(TEB, eth(IP, INNER4), key=7))),
     flow(56, IP, GRE, V4, encap=1), ENCAP)
case("gre_ethernet_vlan", eth(IP, ip4(GRE, gre(TEB, eth(VLAN, vlan(9, IP, INNER4))))),
     flow(76, IP, TCP, IN4, 1000, 80, encap=1))
case("gre_ethernet_cut", eth(IP, ip4(GRE, gre(TEB, eth(IP)[:13]))),
     flow(38, TEB, GRE, V4, encap=1, result="drop"), why="cut-inner-ethernet",
     thoff=34, encap=0)
case("gre_mpls", eth(IP, ip4(GRE, gre(MPLS, mpls(16)))),
     flow(42, MPLS, GRE, V4, encap=1))
case("gre_arp", eth(IP, ip4(GRE, gre(ARP, arp()))), flow(38, ARP, GRE, V4, encap=1))
case("gre_vlan", eth(IP, ip4(GRE, gre(QINQ, vlan(1, IPV6, INNER6)))),
     flow(82, IPV6, UDP, IN_6, 1000, 53, encap=1))
case("gre_in_gre", eth(IP, ip4(GRE, gre(IP, ip4(GRE, gre(IPV6, INNER6), *IN4)))),
     flow(102, IPV6, UDP, IN_6, 1000, 53, encap=1))
case("gre_behind_options", eth(IPV6, ip6(HOP, opt6(GRE, gre(IP, INNER4)))),
     flow(86, IP, TCP, IN4, 1000, 80, encap=1))
case("pptp", eth(IP, ip4(GRE, gre(PPP, ppp(0x21, INNER4), key=7, version=1))),
     flow(66, IP, TCP, IN4, 1000, 80, encap=1))
case("pptp_all", eth(IP, ip4(GRE, gre(PPP, ppp(0x57, INNER6), key=7, seq=1, ack=1,
                                      csum=1, version=1))),
     flow(98, IPV6, UDP, IN_6, 1000, 53, encap=1))
case("pptp_stop", eth(IP, ip4(GRE, gre(PPP, ppp(0x57, INNER6), key=7, version=1))),
     flow(46, IPV6, GRE, V4, encap=1), ENCAP)
case("pptp_other", eth(IP, ip4(GRE, gre(PPP, ppp(0xc021), key=7, version=1))),
     flow(46, PPP, GRE, V4, encap=1, result="drop"))
case("pptp_other_stop", eth(IP, ip4(GRE, gre(PPP, ppp(0xc021), key=7, version=1))),
     flow(46, PPP, GRE, V4, encap=1), ENCAP)
case("pptp_no_key", eth(IP, ip4(GRE, gre(PPP, ppp(0x21, INNER4), version=1))),
     flow(34, PPP, GRE, V4))
case("pptp_not_ppp", eth(IP, ip4(GRE, gre(IPV6, INNER6, key=7, version=1))),
     flow(34, IPV6, GRE, V4))
case("pptp_cut", eth(IP, ip4(GRE, gre(PPP, b"\xff\3\0", key=7, version=1))),
     flow(34, PPP, GRE, V4, result="drop"))

# ---- tunnels over UDP: the kernel stays outside
OUTER = {"why": "udp-tunnel", "thoff": 34, "n_proto": "0800", "ip_proto": UDP,
         "src": A4, "dst": B4, "sport": 5000, "encap": 0}
VX, GN = {**OUTER, "dport": 4789}, {**OUTER, "dport": 6081}


def over_udp(dport, inner):
    return eth(IP, ip4(UDP, udp(5000, dport, inner)))


case("vxlan", over_udp(4789, vxlan(42, eth(IP, INNER4))),
     flow(84, IP, TCP, IN4, 1000, 80, encap=1), **VX)
case("vxlan_ipv6", over_udp(4789, vxlan(42, eth(IPV6, INNER6))),
     flow(104, IPV6, UDP, IN_6, 1000, 53, encap=1), **VX)
case("vxlan_vlan", over_udp(4789, vxlan(42, eth(VLAN, vlan(3, IP, INNER4)))),
     flow(88, IP, TCP, IN4, 1000, 80, encap=1), **VX)
case("vxlan_arp_has_no_ports", over_udp(4789, vxlan(42, eth(ARP, arp()))),
     flow(64, ARP, UDP, V4, encap=1), **VX)
case("vxlan_stop", over_udp(4789, vxlan(42, eth(IP, INNER4))),
     flow(34, IP, UDP, V4, 5000, 4789), ENCAP)
case("vxlan_without_vni", over_udp(4789, vxlan(42, eth(IP, INNER4), flags=0)),
     flow(34, IP, UDP, V4, 5000, 4789))
case("vxlan_cut", over_udp(4789, b"\10\0\0\0"),
     flow(34, IP, UDP, V4, 5000, 4789, result="drop"), why="udp-tunnel-bad", result="ok")
case("vxlan_inner_unknown", over_udp(4789, vxlan(42, eth(0x88b5))),
     flow(64, 0x88b5, UDP, V4, encap=1, result="drop"),
     **{**VX, "why": "udp-tunnel-bad", "result": "ok"})
case("geneve", over_udp(6081, geneve(TEB, 42, eth(IP, INNER4))),
     flow(84, IP, TCP, IN4, 1000, 80, encap=1), **GN)
case("geneve_options", over_udp(6081, geneve(TEB, 42, eth(IPV6, INNER6), bytes(20))),
     flow(124, IPV6, UDP, IN_6, 1000, 53, encap=1), **GN)
case("geneve_ipv6", over_udp(6081, geneve(IPV6, 42, INNER6)),
     flow(90, IPV6, UDP, IN_6, 1000, 53, encap=1), **GN)
case("geneve_version_1", over_udp(6081, geneve(TEB, 42, eth(IP, INNER4), version=1)),
     flow(34, IP, UDP, V4, 5000, 6081))
case("geneve_stop", over_udp(6081, geneve(IP, 42, INNER4)),
     flow(34, IP, UDP, V4, 5000, 6081), ENCAP)
case("vxlan_in_gre", eth(IP, ip4(GRE, gre(IP, ip4(UDP, udp(5000, 4789, vxlan(
    42, eth(IPV6, INNER6))), *IN4)))),
    flow(128, IPV6, UDP, IN_6, 1000, 53, encap=1), why="udp-tunnel",
    thoff=58, n_proto="0800", src=C4, dst=D4, sport=5000, dport=4789)

# ---- PPPoE
case("pppoe", eth(PPPOE, pppoe(0x21, INNER4)), flow(42, IP, TCP, IN4, 1000, 80))
case("pppoe_ipv6_behind_vlan", eth(VLAN, vlan(1, PPPOE, pppoe(0x57, INNER6))),
     flow(66, IPV6, UDP, IN_6, 1000, 53, nhoff=18))
case("pppoe_mpls", eth(PPPOE, pppoe(0x281, mpls(16))), flow(26, MPLS))
case("pppoe_mpls_multicast", eth(PPPOE, pppoe(0x283, mpls(16, 17))), flow(30, MPLS_MC))
case("pppoe_lcp", eth(PPPOE, pppoe(0xc021, bytes(4))), flow(22, PPPOE))
case("pppoe_no_protocol", eth(PPPOE, pppoe(0x0100)), flow(22, PPPOE, result="drop"))
case("pppoe_compressed_protocol", eth(PPPOE, pppoe(0x2145, INNER4)),
     flow(22, PPPOE, result="drop"))
case("pppoe_version_2", eth(PPPOE, pppoe(0x21, INNER4, version=2)),
     flow(14, PPPOE, result="drop"))
case("pppoe_type_2", eth(PPPOE, pppoe(0x21, INNER4, kind=2)),
     flow(14, PPPOE, result="drop"))
case("pppoe_code", eth(PPPOE, pppoe(0x21, INNER4, code=9)), flow(14, PPPOE, result="drop"))
case("pppoe_cut", eth(PPPOE, pppoe(0x21)[:7]), flow(14, PPPOE, result="drop"))

# ---- other links
case("batman", eth(BATMAN, batman(eth(IP, INNER4))),
     flow(58, IP, TCP, IN4, 1000, 80, encap=1))
case("batman_vlan", eth(BATMAN, batman(eth(VLAN, vlan(1, IPV6, INNER6)))),
     flow(82, IPV6, UDP, IN_6, 1000, 53, encap=1))
case("batman_stop", eth(BATMAN, batman(eth(0x88b5))), flow(38, 0x88b5, encap=1), ENCAP)
case("batman_inner_unknown", eth(BATMAN, batman(eth(0x88b5))),
     flow(38, 0x88b5, encap=1, result="drop"))
case("batman_broadcast", eth(BATMAN, batman(eth(IP, INNER4), kind=1)),
     flow(14, BATMAN, result="drop"))
case("batman_version_14", eth(BATMAN, batman(eth(IP, INNER4), version=14)),
     flow(14, BATMAN, result="drop"))
case("batman_inner_cut", eth(BATMAN, batman(eth(IP)[:13])), flow(14, BATMAN, result="drop"))
case("hsr", eth(HSR, hsr(IP, INNER4)), flow(40, IP, TCP, IN4, 1000, 80))
case("prp_ipv6", eth(PRP, hsr(IPV6, INNER6)), flow(60, IPV6, UDP, IN_6, 1000, 53))
case("hsr_vlan", eth(HSR, hsr(VLAN, vlan(1, IP, INNER4))), flow(44, IP, TCP, IN4, 1000, 80))
case("hsr_unknown", eth(HSR, hsr(0x88b5)), flow(20, 0x88b5, result="drop"))
case("hsr_cut", eth(HSR, hsr(IP)[:5]), flow(14, HSR, result="drop"))
case("hsr_in_gre", eth(IP, ip4(GRE, gre(HSR, hsr(IP, INNER4)))),
     flow(64, IP, TCP, IN4, 1000, 80, encap=1))
case("tipc", eth(TIPC, bytes(16)), flow(14, TIPC))
case("tipc_cut", eth(TIPC, bytes(15)), flow(14, TIPC, result="drop"))
case("fcoe", eth(FCOE, fcoe()), flow(52, FCOE))
case("fcoe_cut", eth(FCOE, fcoe()[:37]), flow(14, FCOE, result="drop"))
case("ptp", eth(PTP, bytes(34)), flow(48, PTP))
case("ptp_cut", eth(PTP, bytes(33)), flow(14, PTP, result="drop"))
case("cfm", eth(CFM, b"\xa0\1\0\4"), flow(14, CFM))
case("l2tpv3", eth(IP, ip4(L2TP, bytes(4))), flow(34, IP, L2TP, V4))
case("l2tpv3_cut", eth(IP, ip4(L2TP, bytes(3))),
     flow(34, IP, L2TP, V4, result="drop"), why="cut-transport", result="ok")

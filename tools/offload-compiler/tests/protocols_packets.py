# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Packets of all protocols, made by scapy. Where it has no layer for a header,
that is given as bytes, from the standard.

Fields have values of their own, so that two that are mixed up show.
"""
from scapy.contrib.geneve import GENEVE, GeneveOptions
from scapy.contrib.gtp import GTP_U_Header, GTPPDUSessionContainer
from scapy.contrib.igmp import IGMP
from scapy.contrib.igmpv3 import IGMPv3, IGMPv3gr, IGMPv3mq, IGMPv3mr
from scapy.contrib.lldp import (LLDPDU, LLDPDUChassisID, LLDPDUEndOfLLDPDU,
                                LLDPDUGenericOrganisationSpecific, LLDPDUPortID,
                                LLDPDUSystemName, LLDPDUTimeToLive)
from scapy.contrib.mpls import EoMCW, MPLS
from scapy.contrib.nsh import NSH
from scapy.contrib.roce import AETH, BTH
from scapy.layers.inet import (ICMP, IP, TCP, UDP, IPOption, IPOption_LSRR, IPOption_NOP,
                               IPOption_Router_Alert, IPOption_RR, IPerror, TCPerror)
from scapy.layers.inet6 import *
from scapy.layers.ipsec import AH, ESP
from scapy.layers.l2 import ARP, GRE, Dot1AD, Dot1Q, Ether, GRE_PPTP
from scapy.layers.l2tp import L2TP
from scapy.layers.ppp import PPP_LCP_Configure, PPPoE, PPPoED, PPPoETag, PPPoED_Tags
from scapy.layers.sctp import SCTP, SCTPChunkData, SCTPChunkInit
from scapy.layers.vxlan import VXLAN
from scapy.packet import Raw

LLDPDU.LAYER_CONFIGURATION = {}
A4, B4, C4, D4 = "192.0.2.1", "198.51.100.2", "10.1.0.1", "10.2.0.2"
A6, B6, C6, D6 = "2001:db8::1", "2001:db8:1::2", "fd00:1::1", "fd00:2::2"
MAC = {"src": "02:00:00:00:00:0a", "dst": "02:00:00:00:00:0b"}
DATA = Raw(bytes(range(1, 41)))

PACKETS = {}	# name: frame


def packet(name, *layers):
    """Ethernet and the layers, one behind the other"""
    whole = layers[0]
    for layer in layers[1:]:
        whole = whole / layer
    PACKETS[name] = bytes(whole)


def eth(**fields):
    return Ether(**MAC, **fields)


def ip4(**fields):
    return eth() / IP(src=A4, dst=B4, id=0x1234, tos=0xb9, ttl=63, **fields)


def ip6(**fields):
    return eth() / IPv6(src=A6, dst=B6, tc=0xb9, fl=0x54321, hlim=63, **fields)


def hexa(text):
    return Raw(bytes.fromhex(text.replace(" ", "")))


def ppp(protocol):
    """scapy would leave out its first byte"""
    return hexa(f"{protocol:04x}")


def inner4():
    return IP(src=C4, dst=D4) / TCP(sport=1000, dport=80) / DATA


def inner6():
    return IPv6(src=C6, dst=D6) / UDP(sport=1000, dport=9) / DATA


def over_udp(port):
    return ip4() / UDP(sport=50000, dport=port)


# ---- links
packet("arp", eth(), ARP(op=2, hwsrc=MAC["src"], hwdst=MAC["dst"], psrc=A4, pdst=B4))
packet("rarp", eth(type=0x8035), ARP(op=3, hwsrc=MAC["src"], hwdst=MAC["dst"],
                                     psrc=A4, pdst=B4))
packet("vlan", eth(), Dot1Q(prio=5, id=1, vlan=0x123), inner4())
packet("qinq", eth(), Dot1AD(prio=3, vlan=0x456), Dot1Q(vlan=0x123), inner6())
packet("mpls", eth(type=0x8847), MPLS(label=0x12345, cos=5, s=0, ttl=61),
       MPLS(label=17, cos=2, s=1, ttl=62), inner4())
packet("pseudowire", eth(type=0x8847), MPLS(label=1000, s=1, ttl=62),
       EoMCW(seq=0x1234), eth(), inner4())
packet("pseudowire_flags", eth(type=0x8847), MPLS(label=1001, s=1, ttl=62),
       hexa("0a 6a 1234"), DATA)
packet("pseudowire_channel", eth(type=0x8847), MPLS(label=1000, s=1, ttl=62),
       hexa("10 00 0021"), inner4())
packet("pppoe", eth(), PPPoE(sessionid=0x1234), ppp(0x21), inner4())
packet("pppoe_ipv6", eth(), PPPoE(sessionid=0x1234), ppp(0x57), inner6())
packet("pppoe_lcp", eth(), PPPoE(sessionid=0x1234), ppp(0xc021), PPP_LCP_Configure(id=0x56))
packet("pppoe_discovery", eth(type=0x8863), PPPoED(code=9, sessionid=0x1234),
       PPPoED_Tags(tag_list=[PPPoETag(tag_type=0x0101, tag_value=b"net"),
                             PPPoETag(tag_type=0x0104, tag_value=b"cookie"),
                             PPPoETag(tag_type=0)]))
packet("macsec", eth(type=0x88e5), hexa("2d 17 12345678 0200000000aa 0102"), DATA)
packet("macsec_clear", eth(type=0x88e5), hexa("21 00 12345678 0200000000aa 0102 0800"),
       inner4(), Raw(bytes(16)))
packet("lldp", Ether(src=MAC["src"], dst="01:80:c2:00:00:0e"),
       LLDPDUChassisID(subtype=4, id=MAC["src"]), LLDPDUPortID(subtype=7, id=b"port7"),
       LLDPDUTimeToLive(ttl=0x1234),
       LLDPDUGenericOrganisationSpecific(org_code=0x00120f, subtype=1,
                                         data=b"\1\2\3\4\5"),
       LLDPDUSystemName(system_name=b"name"), LLDPDUEndOfLLDPDU())
PTP = "12 12 0036 07 05 0200 0102030405060708 11121314 2122232425262728 3132 4142 05 7f"
packet("ptp", eth(type=0x88f7), hexa("10" + PTP[2:].replace("0200", "0400")), hexa("010203040506 11121314"), DATA)
packet("ptp_udp", over_udp(319), hexa(PTP), hexa("010203040506 11121314"))
packet("hsr", eth(type=0x892f), hexa("10 46 1234 0800"), inner4())
packet("cfm", eth(type=0x8902), hexa("a0 01 85 46 01020304 1112"), DATA, DATA)
packet("batman", eth(type=0x4305), hexa("40 0f 32 07 0200000000aa"), eth(), inner4())
packet("batman_broadcast", eth(type=0x4305), hexa("01 0f 32 00 12345678 0200000000aa"),
       eth(), inner4())
packet("fcoe", eth(type=0x8906), hexa("00" * 13 + "2e" + "06 010203 00 040506 08 290000"
                                      "07 00 1234 5678 9abc 00000011"), DATA,
       hexa("01020304 41000000"))
packet("tipc", eth(type=0x88ca), hexa("44d4 0028 6a5a 1234 5678 9abc 01020304"),
       Raw(bytes(24)))

# ---- IPv4 and IPv6
packet("ipv4_options", ip4(flags="MF", options=[
    IPOption_NOP(), IPOption_Router_Alert(alert=0x1234),
    IPOption_RR(pointer=8, routers=["192.0.2.7", "0.0.0.0"])]), TCP(sport=1, dport=2))
packet("ipv4_fragment", ip4(frag=0x1555, proto=17), DATA)
packet("ipv4_source_route", ip4(options=[IPOption_LSRR(pointer=4, routers=["192.0.2.7"])]),
       UDP(sport=1, dport=2))
packet("ipv4_timestamp", ip4(options=[IPOption(b"\x44\x08\5\0" + bytes(4))]),
       UDP(sport=1, dport=2))
packet("ipip", ip4(), inner4())
packet("6in4", ip4(), inner6())
packet("4in6", ip6(), inner4())
packet("6in6", ip6(), inner6())
packet("ipv6_hop_by_hop", ip6(), IPv6ExtHdrHopByHop(options=[
    RouterAlert(value=2), Pad1(), PadN(optdata=b"\0" * 3)]), UDP(sport=1, dport=2))
packet("ipv6_jumbo", ip6(plen=0), IPv6ExtHdrHopByHop(options=[
    Jumbo(jumboplen=0x10020)]), UDP(sport=1, dport=2, len=0))
packet("ipv6_destination", ip6(), IPv6ExtHdrDestOpt(options=[PadN(optdata=b"\0" * 4)]),
       TCP(sport=1, dport=2))
packet("ipv6_option", ip6(), IPv6ExtHdrDestOpt(options=[
    HBHOptUnknown(otype=0x1e, optdata=b"1234")]), TCP(sport=1, dport=2))
packet("ipv6_routing", ip6(), IPv6ExtHdrRouting(type=2, segleft=1, addresses=[C6]),
       TCP(sport=1, dport=2))
packet("ipv6_fragment", ip6(), IPv6ExtHdrFragment(offset=0x1555, m=1, id=0x12345678, nh=6),
       DATA)
packet("ipv6_mobility", ip6(), MIP6MH_BU(seq=0x1234, flags="A", mhtime=5))
packet("ipv6_hip", ip6(nh=139), hexa("3b 04 01 21 1234 5678" + "11" * 16 + "22" * 16))
packet("ipv6_shim6", ip6(nh=140), hexa("06 00 92 34567890ab"), TCP(sport=1, dport=2))
packet("srv6", ip6(), IPv6ExtHdrSegmentRouting(
    segleft=1, addresses=[C6, D6, B6], tag=0x1234, protected=1,
    tlv_objects=[
        IPv6ExtHdrSegmentRoutingTLV(type=5, len=22, value=bytes.fromhex("8000 12345678")
                                    + bytes(range(16))),
        IPv6ExtHdrSegmentRoutingTLVPad1(),
        IPv6ExtHdrSegmentRoutingTLV(type=4, len=5, value=bytes(5))]), inner4())
packet("ah", ip4(), AH(nh=6, payloadlen=4, spi=0x12345678, seq=0x9abcdef0, icv=bytes(12)),
       TCP(sport=1000, dport=80))
packet("esp", ip4(), ESP(spi=0x12345678, seq=0x9abcdef0, data=bytes(40)))
packet("esp_in_udp", over_udp(4500), ESP(spi=0x12345678, seq=0x9abcdef0, data=bytes(40)))
packet("ike_in_udp", over_udp(4500), hexa("00000000"), DATA)
packet("esp_keepalive", over_udp(4500), hexa("ff"))

# ---- transport and control
packet("tcp", ip4(), TCP(
    sport=40000, dport=443, seq=0x12345678, ack=0x9abcdef0, flags="SAU", reserved=5,
    window=0x1234, urgptr=0x5678, options=[
        ("MSS", 1460), ("SAckOK", b""), ("Timestamp", (0x11121314, 0x21222324)),
        ("NOP", None), ("WScale", 7)]))
packet("tcp_sack", ip6(), TCP(
    sport=40000, dport=443, flags="A", options=[
        ("NOP", None), ("NOP", None), ("SAck", (0x100, 0x200, 0x300, 0x400)),
        (30, bytes.fromhex("0181 0102030405060708"))]))
packet("udp", ip4(), UDP(sport=40000, dport=9), DATA)
packet("udp_lite", ip4(proto=136), hexa("9c40 0009 0014 1234"), DATA)
packet("sctp", ip4(), SCTP(sport=40000, dport=3868, tag=0x12345678), SCTPChunkInit(
    init_tag=0x11121314, a_rwnd=0x21222324, n_out_streams=0x3132, n_in_streams=0x4142,
    init_tsn=0x51525354))
packet("sctp_data", ip4(), SCTP(sport=40000, dport=9, tag=0x12345678), SCTPChunkData(
    tsn=0x11121314, stream_id=0x2122, stream_seq=0x3132, proto_id=0x41424344,
    data=b"12345"))
packet("icmp_echo", ip4(), ICMP(id=0x1234, seq=0x5678), DATA)
packet("icmp_unreachable", ip4(), ICMP(type=3, code=4, nexthopmtu=0x0514),
       IPerror(src=C4, dst=D4), TCPerror(sport=1000, dport=80))
packet("icmp_redirect", ip4(), ICMP(type=5, code=1, gw=D4),
       IPerror(src=C4, dst=D4), TCPerror(sport=1000, dport=80))
packet("icmpv6_echo", ip6(), ICMPv6EchoRequest(id=0x1234, seq=0x5678), DATA)
packet("icmpv6_unreachable", ip6(), ICMPv6DestUnreach(code=3),
       IPerror6(src=C6, dst=D6), TCPerror(sport=1000, dport=80))
packet("icmpv6_too_big", ip6(), ICMPv6PacketTooBig(mtu=0x12345678),
       IPerror6(src=C6, dst=D6), TCPerror(sport=1000, dport=80))
packet("nd_router_solicit", ip6(), ICMPv6ND_RS(res=0x12345678),
       ICMPv6NDOptSrcLLAddr(lladdr=MAC["src"]))
packet("nd_router_advert", ip6(), ICMPv6ND_RA(
    chlim=63, M=1, O=0, routerlifetime=0x1234, reachabletime=0x11121314,
    retranstimer=0x21222324),
       ICMPv6NDOptMTU(mtu=0x31323334), ICMPv6NDOptPrefixInfo(
           prefixlen=56, L=1, A=0, validlifetime=0x41424344,
           preferredlifetime=0x51525354, res2=0x61626364, prefix="2001:db8:5::"),
       ICMPv6NDOptRDNSS(lifetime=60, dns=[C6]), ICMPv6NDOptSrcLLAddr(lladdr=MAC["src"]))
packet("nd_solicit", ip6(), ICMPv6ND_NS(tgt=C6, res=0x12345678),
       ICMPv6NDOptSrcLLAddr(lladdr=MAC["src"]))
packet("nd_advert", ip6(), ICMPv6ND_NA(tgt=C6, R=1, S=0, O=1, res=0x12345678),
       ICMPv6NDOptDstLLAddr(lladdr=MAC["dst"]))
packet("nd_redirect", ip6(), ICMPv6ND_Redirect(tgt=C6, dst=D6, res=0x12345678))
packet("igmp", ip4(), IGMP(type=0x16, mrcode=20, gaddr="224.1.2.3"))
packet("igmp_query", ip4(), IGMPv3(type=0x11, mrcode=20), IGMPv3mq(
    gaddr="224.1.2.3", s=1, qrv=3, qqic=125, srcaddrs=[C4, D4]))
packet("igmp_report", ip4(), IGMPv3(type=0x22), IGMPv3mr(records=[
    IGMPv3gr(rtype=1, maddr="224.1.2.3", srcaddrs=[C4, D4]),
    IGMPv3gr(rtype=4, maddr="224.1.2.4")]))
packet("quic", over_udp(443), hexa("c3 00000001 08 0102030405060708 05 1112131415"
                                   "00 4489 01020304"), Raw(bytes(1200)))
packet("roce_ack", over_udp(4791), BTH(opcode=0x11, solicited=1, migreq=0, padcount=2,
                                       version=0, pkey=0x1234, fecn=1, becn=0,
                                       dqpn=0x123456, ackreq=1, psn=0x654321),
       AETH(syndrome=0x1f, msn=0x345678), Raw(bytes(4)))
packet("roce_write", over_udp(4791), BTH(opcode=0x0a, dqpn=0x123456, psn=0x654321),
       hexa("0102030405060708 11121314 00000028"), DATA, Raw(bytes(4)))
packet("roce_datagram", over_udp(4791), BTH(opcode=0x64, dqpn=0x123456, psn=0x654321),
       hexa("80010000 00 123456"), DATA, Raw(bytes(4)))

# ---- tunnels
packet("gre", ip4(), GRE(), inner4())
packet("gre_all", ip4(), GRE(chksum_present=1, key_present=1, seqnum_present=1,
                             recursion_control=5, key=0x12345678, seqence_number=0x9abcdef0),
       inner6())
packet("gre_key", ip4(), GRE(key_present=1, key=0x12345678), eth(), inner4())
packet("gre_csum_key", ip6(), GRE(chksum_present=1, key_present=1, key=0x12345678),
       inner4())
packet("pptp", ip4(), GRE_PPTP(call_id=0x1234, seqnum_present=1, seqence_number=0x11121314,
                               acknum_present=1, ack_number=0x21222324),
       hexa("ff03"), ppp(0x21), inner4())
packet("l2tp", over_udp(1701), L2TP(hdr="length+sequence+offset", tunnel_id=0x1234,
                                    session_id=0x5678, ns=0x1112, nr=0x2122, offset=4),
       hexa("0000 ff03"), ppp(0x21), inner4())
packet("l2tp_plain", over_udp(1701), hexa("0002 1234 5678"), hexa("ff03"), ppp(0x57), inner6())
packet("l2tp_control", over_udp(1701), hexa("c802 0014 1234 0000 0001 0002"
                                            "8008 0000 0000 0006"))
packet("l2tpv3", ip4(proto=115), hexa("12345678"), DATA)
packet("l2tpv3_udp", over_udp(1701), hexa("0003 0000 12345678"), DATA)
packet("gtp_u", over_udp(2152), GTP_U_Header(teid=0x12345678), inner4())
packet("gtp_u_all", over_udp(2152), GTP_U_Header(
    teid=0x12345678, E=1, S=1, PN=1, seq=0x1234, npdu=0x56, next_ex=0x85),
       GTPPDUSessionContainer(type=0, QFI=0x25, P=0, R=1, NextExtHdr=0), inner4())
packet("gtp_u_numbered", over_udp(2152), GTP_U_Header(teid=0x12345678, S=1, seq=0x1234),
       inner6())
packet("gtp_u_pdcp", over_udp(2152), hexa("34 ff 0060 12345678 0000 00 c0 01 1234 00"),
       inner4())
packet("gtp_u_echo", over_udp(2152), GTP_U_Header(gtp_type=1, S=1, seq=0x1234))
packet("geneve", over_udp(6081), GENEVE(
    vni=0x123456, critical=1, proto=0x6558, options=[
        GeneveOptions(classid=0x0102, type=0x83, data=b"\x11\x12\x13\x14"),
        GeneveOptions(classid=0x0107, type=0x04, data=bytes(8))]), eth(), inner4())
packet("geneve_ipv6", over_udp(6081), GENEVE(vni=0x123456, proto=0x86dd), inner6())
packet("vxlan", over_udp(4789), VXLAN(vni=0x123456), eth(), inner4())
packet("vxlan_gpe", over_udp(4790), hexa("0d 0000 03 123456 00"), eth(), inner4())
packet("vxlan_gpe_nsh", over_udp(4790), hexa("0c 0000 04 123456 00"),
       NSH(ttl=0x2a, spi=0x123456, si=0xfe, context_header=bytes(range(1, 17))), inner4())
packet("nsh_tlv", eth(type=0x894f), hexa("2a 87 02 02 123456 fe"
                                         "0102 03 06 313233343536 0000"
                                         "0102 04 04 31323334"), inner6())
packet("gue", over_udp(6080), hexa("01 04 8000 12345678"), inner4())
packet("gue_all", over_udp(6080), hexa("0a 29 af00 12345678"), Raw(bytes(16)),
       hexa("0001 29 1122334455"), Raw(bytes(8)), hexa("1234 0010"), inner6())
packet("gue_direct", over_udp(6080), inner6())
packet("fou_ipip", over_udp(8888), inner4())
packet("fou_gre", over_udp(7777), GRE(), inner4())
packet("ip_mpls", ip4(proto=137), MPLS(label=0, s=1), inner4())

# ---- one more than big.c allows
packet("five_tags", eth(), *(Dot1Q(vlan=0x100 + i) for i in range(5)), inner4())
packet("five_tunnels", ip4(), *(IP(src=C4, dst=D4) for _ in range(4)), inner4())
packet("nine_labels", eth(type=0x8847), *(MPLS(label=16 + i, s=i == 8) for i in range(9)),
       inner4())
packet("seventeen_segments", ip6(), IPv6ExtHdrSegmentRouting(
    addresses=[f"fd00:3::{i}" for i in range(17)]), inner4())

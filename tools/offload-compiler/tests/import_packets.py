# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Packets for the parsers in import/: name, frame, verdict, some outputs (None:
not written)."""
import struct

from packets import (GRE, HOP, IN6, IP, IPIP, IPV6, TCP, TEB, UDP, VLAN, eth, ip4,
                     ip6, vlan)


def tcp(options=b"", inner=b""):
    options += b"\0" * (-len(options) % 4)
    return struct.pack("!HHIIBBHHH", 1000, 80, 1, 2, 5 + len(options) // 4 << 4,
                       16, 100, 0, 0) + options + inner


def udp(port, inner=b""):
    return struct.pack("!HHHH", 1000, port, 8 + len(inner), 0) + inner


def gre(flags, proto, fields=b"", inner=b""):
    return struct.pack("!HH", flags, proto) + fields + inner


def hop(proto, options, inner=b"", units=None):
    options += b"\0" * (-(2 + len(options)) % 8)
    units = (2 + len(options)) // 8 - 1 if units is None else units
    return bytes([proto, units]) + options + inner


def gue(control, words, flags, fields=b""):
    """@control is the bit that moves the fields by four bytes here"""
    return bytes([control << 5 | words, 0]) + struct.pack("!H", flags) + fields


PORTS = 1000 << 16 | 80
MSS, NOP, EOL = b"\2\4\5\264", b"\1", b"\0"
TIMESTAMP = b"\x08\x0a" + struct.pack("!II", 7, 8)
SACK1 = b"\x05\x0a" + struct.pack("!II", 9, 10)
SACK2 = b"\x05\x12" + struct.pack("!IIII", 9, 10, 11, 12)
KEY = struct.pack("!I", 0x1234)
T4, T6 = ip4(TCP, tcp()), ip6(TCP, tcp())
A = 0xc0000201c6336402

KPARSER = [
    ("tcp", eth(IP, T4), "okay",
     {"v4_addrs[0]": A, "ipv4_at[0]": 14, "ports[0]": PORTS, "ports[1]": None,
      "nodes": 3, "encaps": 0, "num_vlans": 0, "mss": None}),
    ("tcp_over_ipv6", eth(IPV6, T6), "okay",
     {"addrs_v6_0[0]": 0x20010db8000000000000000000000001,
      "addrs_v6_1[0]": 0x20010db8000100000000000000000002, "ports[0]": PORTS}),
    ("unknown_ethertype_is_okay", eth(0x1234), "okay", {"nodes": 0}),
    ("unknown_type_behind_a_vlan_fails", eth(VLAN, vlan(5, 0x1234)), "fail",
     {"vlan_tci[0]": 5, "nodes": None}),
    ("wrong_version_fails", eth(IP, ip4(TCP, version=5)), "fail", {}),
    ("vlans_are_an_array", eth(VLAN, vlan(1, VLAN, vlan(2, IP, T4))), "okay",
     {"vlan_tci[0]": 1, "vlan_tci[1]": 2, "vlan_tci[2]": None, "num_vlans": 2}),
    ("fifth_vlan_is_dropped", eth(VLAN, vlan(1, VLAN, vlan(2, VLAN, vlan(
        3, VLAN, vlan(4, VLAN, vlan(5, IP, T4)))))), "okay",
     {"vlan_tci[3]": 4, "num_vlans": 4}),
    # conditions
    ("first_fragment_holds", eth(IP, ip4(TCP, tcp(), more=1)), "okay", {"ports[0]": PORTS}),
    ("short_first_fragment_fails", eth(IP, ip4(TCP, b"1234567", more=1)), "fail",
     {"v4_addrs[0]": None}),
    ("later_fragment_fails", eth(IP, ip4(TCP, tcp(), frag=3)), "fail", {}),
    ("gre_version_1_fails", eth(IP, ip4(GRE, gre(1, IP))), "fail", {"gre_length": None}),
    # IPv4 options: unknown ones are passed over
    ("router_alert", eth(IP, ip4(TCP, tcp(), options=b"\x94\4\0\7")), "okay",
     {"router_alert": 7, "ports[0]": PORTS}),
    ("router_alert_of_other_length_is_unknown",
     eth(IP, ip4(TCP, tcp(), options=b"\x94\5\0\7\0\0\0\0")), "okay",
     {"router_alert": None, "ports[0]": PORTS}),
    ("nops_then_router_alert", eth(IP, ip4(TCP, tcp(), options=b"\1\1\1\1\x94\4\0\7")), "okay",
     {"router_alert": 7}),
    ("option_behind_the_end_of_options",
     eth(IP, ip4(TCP, tcp(), options=b"\0\0\0\0\x94\4\0\7")), "okay",
     {"router_alert": None, "ports[0]": PORTS}),
    ("ninth_option_goes_on_behind_them",
     eth(IP, ip4(TCP, tcp(), options=8 * NOP + b"\x94\4\0\7")), "okay",
     {"router_alert": None, "ports[0]": PORTS}),
    ("option_past_the_header", eth(IP, ip4(TCP, tcp(), options=b"\x44\5\0\0")), "bad-length",
     {"ports[0]": None}),
    ("option_of_no_length", eth(IP, ip4(TCP, tcp(), options=b"\x44\0\0\0")), "bad-length", {}),
    # hop-by-hop options: unknown ones have a wildcard node
    ("pad1_and_padn", eth(IPV6, ip6(HOP, hop(TCP, b"\0\1\1\0", tcp()))), "okay",
     {"unknown_option": None, "ports[0]": PORTS}),
    ("jumbo", eth(IPV6, ip6(HOP, hop(TCP, b"\xc2\4\0\1\0\0", tcp()))), "okay",
     {"jumbo_length": 65536, "ports[0]": PORTS}),
    ("jumbo_below_its_minimum", eth(IPV6, ip6(HOP, hop(TCP, b"\xc2\4\0\0\xff\xff", tcp()))),
     "fail", {"jumbo_length": None}),
    ("short_jumbo_is_unknown", eth(IPV6, ip6(HOP, hop(TCP, b"\xc2\3\0\1\0\0", tcp()))), "okay",
     {"jumbo_length": None, "unknown_option": 0xc2}),
    ("wildcard_option", eth(IPV6, ip6(HOP, hop(TCP, b"\5\2\0\0\0\0", tcp()))), "okay",
     {"unknown_option": 5, "ports[0]": PORTS}),
    ("fifth_option_is_too_many", eth(IPV6, ip6(HOP, hop(TCP, b"\0\0\0\0\0\0", tcp()))),
     "limit-loop", {"ports[0]": None}),
    # TCP options: unknown ones end them
    ("mss", eth(IP, ip4(TCP, tcp(MSS))), "okay", {"mss": 1460}),
    ("short_mss_ends_the_options", eth(IP, ip4(TCP, tcp(b"\2\3\0\1" + MSS))), "okay",
     {"mss": None}),
    ("timestamp_behind_nops", eth(IP, ip4(TCP, tcp(NOP + NOP + TIMESTAMP))), "okay",
     {"tsval": 7, "mss": None}),
    ("unknown_option_ends_the_options", eth(IP, ip4(TCP, tcp(b"\xfd\4\0\0" + MSS))), "okay",
     {"mss": None}),
    ("one_sack_block", eth(IP, ip4(TCP, tcp(SACK1))), "okay", {"sack_left": 9}),
    ("last_of_two_sack_blocks", eth(IP, ip4(TCP, tcp(SACK2 + MSS))), "okay",
     {"sack_left": 11, "mss": 1460}),
    ("sack_of_other_length_is_passed_over",
     eth(IP, ip4(TCP, tcp(b"\x05\x06\0\0\0\0" + NOP + NOP + MSS))), "okay",
     {"sack_left": None, "mss": 1460}),
    # flag fields
    ("gre_without_fields", eth(IP, ip4(GRE, gre(0, IP, inner=T4))), "okay",
     {"gre_key": None, "gre_length": 4, "ports[1]": PORTS}),
    ("gre_key_alone", eth(IP, ip4(GRE, gre(0x2000, IP, KEY, T4))), "okay",
     {"gre_key": 0x1234, "gre_length": 8, "ports[1]": PORTS}),
    ("gre_key_behind_checksum",
     eth(IP, ip4(GRE, gre(0xb000, IP, bytes(4) + KEY + bytes(4), T4))), "okay",
     {"gre_key": 0x1234, "gre_length": 16, "ports[1]": PORTS}),
    ("gre_key_cut", eth(IP, ip4(GRE, gre(0x2000, IP, b"\0"))), "truncated",
     {"gre_key": None}),
    ("gue_field_of_a_value", eth(IP, ip4(UDP, udp(6080, gue(0, 2, 0x3000, bytes(4) + KEY)))),
     "okay", {"gue_group": 0x1234, "payload_at": 54}),
    ("gue_field_of_another_value",
     eth(IP, ip4(UDP, udp(6080, gue(0, 2, 0x1000, bytes(4) + KEY)))), "okay",
     {"gue_group": None, "payload_at": 54}),
    ("gue_fields_start_later",
     eth(IP, ip4(UDP, udp(6080, gue(1, 3, 0x3000, bytes(8) + KEY)))), "okay",
     {"gue_group": 0x1234, "payload_at": 58}),
    ("gue_field_past_the_header", eth(IP, ip4(UDP, udp(6080, gue(0, 1, 0x3000, bytes(8))))),
     "bad-length", {"gue_group": None}),
    ("gue_field_behind_another",
     eth(IP, ip4(UDP, udp(6080, gue(0, 2, 0x3001, bytes(12))))), "bad-length",
     {"gue_group": 0}),
    # encapsulation: frames, and a node on the way
    ("inner_frame", eth(IP, ip4(IPIP, ip4(TCP, tcp(), src="192.0.2.2"))), "okay",
     {"v4_addrs[0]": A, "v4_addrs[1]": A + (1 << 32), "ports[0]": None, "ports[1]": PORTS,
      "outer[0]": 1, "outer[1]": None, "encaps": 1, "nodes": 4}),
    ("second_inner_level_overwrites_the_last_frame",
     eth(IP, ip4(IPIP, ip4(IN6, T6))), "okay",
     {"outer[0]": 1, "outer[1]": 1, "ports[1]": PORTS, "encaps": 2,
      "addrs_v6_0[1]": 0x20010db8000000000000000000000001}),
    ("third_inner_level", eth(IP, ip4(IPIP, ip4(IPIP, ip4(IPIP, T4)))), "limit-encaps",
     {"encaps": None, "outer[1]": 1}),
    ("vxlan", eth(IP, ip4(UDP, udp(4789, b"\x08" + bytes(7) + eth(IP, T4)))), "okay",
     {"encaps": 1, "ports[0]": 1000 << 16 | 4789, "ports[1]": PORTS, "ipv4_at[1]": 64}),
    ("vxlan_without_a_network", eth(IP, ip4(UDP, udp(4789, bytes(8)))), "fail", {}),
    ("counter_is_reset_at_an_encapsulation",
     eth(VLAN, vlan(1, IP, ip4(GRE, gre(0, VLAN, inner=vlan(2, IP, T4))))), "okay",
     {"vlan_tci[0]": 2, "vlan_tci[1]": None, "num_vlans": 1}),
    ("ethernet_in_ethernet", eth(TEB, eth(TEB, eth(IP, T4))), "okay",
     {"nodes": 5, "encaps": 0}),
    ("node_too_many", eth(TEB, b"".join(15 * [eth(TEB)]) + eth(IP)), "limit-nodes", {}),
    ("wildcard_of_udp", eth(IP, ip4(UDP, udp(53, b"1234"))), "okay", {"payload_at": 42}),
    ("cut_header", eth(IP, ip4(TCP, tcp()[:19])), "truncated", {"ports[0]": None}),
]

XDP2 = [
    ("tcp", eth(IP, T4), "okay",
     {"addrs_v4_addrs": A, "is_fragment": 0, "l3_off": 14, "ports": PORTS, "l4_len": 20,
      "level": 0}),
    ("first_fragment", eth(IP, ip4(UDP, udp(53), more=1)), "okay",
     {"is_fragment": 1, "ports": 1000 << 16 | 53}),
    ("later_fragment_is_okay", eth(IP, ip4(TCP, tcp(), frag=3)), "okay",
     {"is_fragment": None, "ports": None}),
    ("flow_label_without_what_stands_before", eth(IPV6, ip6(TCP, tcp(), label=0x54321)), "okay",
     {"label": 0x54321, "ports": PORTS}),
    ("vlan_ids", eth(VLAN, vlan(0xe005, VLAN, vlan(6, IP, T4))), "okay",
     {"md_16[0]": 5, "md_16[1]": 6, "md_18[0]": 1, "md_18[1]": 1, "md_0": 1}),
    ("third_vlan_is_a_counter_too_high",
     eth(VLAN, vlan(1, VLAN, vlan(2, VLAN, vlan(3, IP, T4)))), "limit-counter",
     {"md_16[1]": 2, "md_0": 1}),
    ("options", eth(IP, ip4(TCP, tcp(NOP + NOP + SACK1 + MSS))), "okay",
     {"sack": 9 << 32 | 10, "mss": 1460, "l4_len": 36, "unknown": None}),
    ("unknown_option_has_a_wildcard", eth(IP, ip4(TCP, tcp(TIMESTAMP + MSS))), "okay",
     {"unknown": 8, "mss": 1460}),
    ("sack_without_an_entry_has_a_wildcard", eth(IP, ip4(TCP, tcp(SACK2 + MSS))), "okay",
     {"unknown": 5, "sack": None, "mss": 1460}),
    ("short_mss_has_a_wildcard", eth(IP, ip4(TCP, tcp(b"\2\3\0" + NOP + MSS))), "okay",
     {"unknown": 2, "mss": 1460}),
    ("options_behind_the_limit_are_passed_over",
     eth(IP, ip4(TCP, tcp(16 * NOP + MSS))), "okay", {"mss": None, "ports": PORTS}),
    ("option_past_the_header", eth(IP, ip4(TCP, tcp(b"\2\5\0\0"))), "bad-length", {}),
    ("gre_key_behind_checksum",
     eth(IP, ip4(GRE, gre(0xa000, IP, bytes(4) + KEY, T4))), "okay",
     {"gre_key": 0x1234, "level": 1, "l3_off": 46}),
    ("ip_in_ip", eth(IP, ip4(IPIP, T4)), "okay", {"level": 1, "ports": PORTS}),
    ("fifth_level", eth(IP, ip4(IPIP, ip4(IPIP, ip4(GRE, gre(0, IP, inner=ip4(
        GRE, gre(0, IP, inner=ip4(IPIP)))))))), "limit-nodes", {"level": None}),
    ("wrong_version_fails", eth(IP, ip4(TCP, version=5)), "fail", {}),
    ("unknown_protocol_is_okay", eth(IP, ip4(200)), "okay", {"ports": None}),
]

PACKETS = {"kparser": KPARSER, "xdp2": XDP2}

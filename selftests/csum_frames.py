#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""csum_frames.py HOW [NAME...]: sends the frames below, or those, from tx0 to rx0

HOW is how the checksum gets into the frame:
	right	it is sent with it
	wrong	it is sent with another
	asked	the device has to sum (packet(7), PACKET_VNET_HDR)
Prints a line a frame: its name; what rx0 counted it as, ok, bad or none; and who
summed it: device, driver, or nobody.
"""
import socket
import struct
import sys

from nics.inet import ones
from ports import Counted

SOL_PACKET, PACKET_VNET_HDR = 263, 15
TCP, UDP, IPIP, IPV6, GRE, HBH, ROUTING, DST = 6, 17, 4, 41, 47, 0, 43, 60
IP, VLAN, QINQ, IP6, MPLS = 0x0800, 0x8100, 0x88a8, 0x86dd, 0x8847
A, B, C = (socket.inet_aton(f"192.0.2.{i}") for i in (1, 2, 3))
A6, B6, C6 = (socket.inet_pton(socket.AF_INET6, f"2001:db8::{i}") for i in (1, 2, 3))


def csum(data):
    return ones(data) ^ 0xffff


class Sender:
    """Builds frames, innermost header first, with the sum as HOW says."""

    def __init__(self, how):
        self.how = how
        self.behind = 0         # bytes from csum_start to the end
        self.offset = 0         # of the checksum behind csum_start

    def transport(self, proto, saddr, daddr, payload):
        length = len(payload) + (20 if proto == TCP else 8)
        pseudo = saddr + daddr + struct.pack("!II", length, proto)

        def header(check):
            if proto == TCP:
                return struct.pack("!HHIIBBHHH", 1000, 2000, 1, 0, 0x50, 0x10, 512, check, 0)
            return struct.pack("!HHHH", 1000, 2000, length, check)

        check = csum(pseudo + header(0) + payload) or 0xffff
        if self.how == "wrong":
            check ^= 0x0100
        if self.how == "asked":
            check = csum(pseudo) ^ 0xffff
        self.behind, self.offset = length, 16 if proto == TCP else 6
        return header(check) + payload

    def tcp(self, saddr=A, daddr=B, payload=b"x" * 101):
        return self.transport(TCP, saddr, daddr, payload)

    def udp(self, saddr=A, daddr=B, payload=b"x" * 100):
        return self.transport(UDP, saddr, daddr, payload)

    def udp_zero(self):
        """Its sum is 0, so has to be sent as 0xffff"""
        header = struct.pack("!HHHH", 1000, 2000, 10, 0)
        payload = struct.pack("!H", csum(A + B + struct.pack("!II", 10, UDP) + header))
        return self.udp(A, B, payload)


def ip4(proto, payload, options=b"", daddr=B):
    header = struct.pack("!BBHHHBBH4s4s", 0x45 + len(options) // 4, 0,
                         20 + len(options) + len(payload), 1, 0, 64, proto, 0,
                         A, daddr) + options
    return header[:10] + struct.pack("!H", csum(header)) + header[12:] + payload


def ip6(proto, payload, daddr=B6, saddr=A6):
    return struct.pack("!IHBB", 6 << 28, len(payload), proto, 64) + saddr + daddr + payload


def opts(proto, options):
    """Hop-by-hop and destination options, a multiple of 8 bytes with these two"""
    return bytes([proto, len(options) // 8]) + options


def srh(proto):
    return bytes([proto, 4, 4, 1, 1, 0, 0, 0]) + B6 + C6


def eth(proto, payload, *tags):
    tags = b"".join(struct.pack("!HH", tpid, 5) for tpid in tags)
    return bytes.fromhex("ffffffffffff020000000001") + tags + struct.pack("!H", proto) + payload


ROUTER_ALERT = bytes([148, 4, 0, 0])
LSRR, SSRR = (bytes([kind, 7, 4]) + B + bytes(1) for kind in (131, 137))
PAD6 = bytes([1, 4, 0, 0, 0, 0])
HOME = bytes([1, 2, 0, 0, 201, 16]) + C6
VXLAN = struct.pack("!HHHHII", 3000, 4789, 0, 0, 0x08000000, 5 << 8)


def vxlan(inner):
    return VXLAN[:4] + struct.pack("!H", 16 + len(inner)) + VXLAN[6:] + inner


# Devices that parse know these ...
COMMON = {
    "tcp4": lambda s: eth(IP, ip4(TCP, s.tcp())),
    "udp4": lambda s: eth(IP, ip4(UDP, s.udp())),
    "tcp6": lambda s: eth(IP6, ip6(TCP, s.tcp(A6, B6))),
    "udp6": lambda s: eth(IP6, ip6(UDP, s.udp(A6, B6))),
    "udp4_sum_is_zero": lambda s: eth(IP, ip4(UDP, s.udp_zero())),
    "tcp4_no_data": lambda s: eth(IP, ip4(TCP, s.tcp(payload=b""))),
    "vlan_tcp4": lambda s: eth(IP, ip4(TCP, s.tcp()), VLAN),
    "vlan_udp6": lambda s: eth(IP6, ip6(UDP, s.udp(A6, B6)), VLAN),
    "router_alert_tcp4": lambda s: eth(IP, ip4(TCP, s.tcp(), ROUTER_ALERT)),
    "hop_by_hop_tcp6": lambda s: eth(IP6, ip6(HBH, opts(TCP, PAD6) + s.tcp(A6, B6))),
    "destination_options_udp6": lambda s: eth(IP6, ip6(DST, opts(UDP, PAD6) + s.udp(A6, B6))),
}
# ... and fail with these
EXOTIC = {
    "stacked_vlans_tcp4": lambda s: eth(IP, ip4(TCP, s.tcp()), QINQ, VLAN),
    "lsrr_tcp4": lambda s: eth(IP, ip4(TCP, s.tcp(), LSRR, C)),
    "ssrr_udp4": lambda s: eth(IP, ip4(UDP, s.udp(), SSRR, C)),
    "srh_tcp6": lambda s: eth(IP6, ip6(ROUTING, srh(TCP) + s.tcp(A6, B6), C6)),
    "srh_udp6": lambda s: eth(IP6, ip6(ROUTING, srh(UDP) + s.udp(A6, B6), C6)),
    "srh_behind_options_tcp6": lambda s: eth(IP6, ip6(HBH, opts(ROUTING, PAD6) + srh(TCP) +
                                                      s.tcp(A6, B6), C6)),
    "home_address_udp6": lambda s: eth(IP6, ip6(DST, opts(UDP, HOME) + s.udp(C6, B6))),
    "mpls_tcp4": lambda s: eth(MPLS, bytes([0, 1, 1, 64]) + ip4(TCP, s.tcp())),
    "ipip_tcp4": lambda s: eth(IP, ip4(IPIP, ip4(TCP, s.tcp()))),
    "sit_tcp6": lambda s: eth(IP, ip4(IPV6, ip6(TCP, s.tcp(A6, B6)))),
    "ip6ip6_udp6": lambda s: eth(IP6, ip6(IPV6, ip6(UDP, s.udp(A6, B6)))),
    "gre_tcp4": lambda s: eth(IP, ip4(GRE, struct.pack("!HH", 0, IP) + ip4(TCP, s.tcp()))),
    "vxlan_tcp4": lambda s: eth(IP, ip4(UDP, vxlan(eth(IP, ip4(TCP, s.tcp()))))),
}


def who(counters, names):
    return "+".join(text for name, text in names.items() if counters[name]) or "nobody"


def main():
    how = sys.argv[1]
    counted = Counted()
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    sock.bind(("tx0", 0))
    frames = COMMON | EXOTIC
    for name in sys.argv[2:] or frames:
        sender = Sender(how)
        frame = frames[name](sender)
        start = len(frame) - sender.behind if how == "asked" else 0
        sock.send(struct.pack("=BBHHHH", how == "asked", 0, 0, 0, start,
                              sender.offset if start else 0) + frame)
        rx, tx = counted.more()
        print(name, who(rx, {f"rx_csum_{v}": v for v in ("ok", "bad", "none")}),
              who(tx, {"tx_csum": "device", "tx_csum_sw": "driver"}))


if __name__ == "__main__":
    main()

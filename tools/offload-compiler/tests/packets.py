#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Packets, byte for byte the same in every run.

packets.py --demo OUT.pcap	200 packets of eight flows
packets.py --cases OUT.pcap	one packet of each test case of flow_cases.py
packets.py --nested OUT.pcap	headers within headers, up to what a parser allows
packets.py --random N SEED OUT.pcap	those, mutated and cut

As a module: builders of headers. Each returns bytes and takes what follows it,
so that a packet reads from the outside in: eth(ip4(tcp(1000, 80))).
"""
import ipaddress
import random
import struct
import sys

MAC_A, MAC_B = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
A4, B4, C4, D4 = "192.0.2.1", "198.51.100.2", "10.1.0.1", "10.2.0.2"
A6, B6, C6, D6 = "2001:db8::1", "2001:db8:1::2", "fd00:1::1", "fd00:2::2"
IP, ARP, TEB, RARP, VLAN, IPV6 = 0x0800, 0x0806, 0x6558, 0x8035, 0x8100, 0x86dd
MPLS, MPLS_MC, PPP, QINQ = 0x8847, 0x8848, 0x880b, 0x88a8
BATMAN, PPPOE, TIPC, PTP, PRP, CFM, FCOE, HSR = (0x4305, 0x8864, 0x88ca, 0x88f7, 0x88fb,
                                                 0x8902, 0x8906, 0x892f)
HOP, ICMP, IPIP, TCP, UDP, DCCP, IN6, ROUTING, FRAG = 0, 1, 4, 6, 17, 33, 41, 43, 44
GRE, ESP, AH, ICMP6, DST, SCTP, UDPLITE, IPMPLS = 47, 50, 51, 58, 60, 132, 136, 137
L2TP = 115


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def eth(proto, inner=b""):
    return MAC_B + MAC_A + struct.pack("!H", proto) + inner


def vlan(vid, proto, inner=b""):
    """What follows the tag's EtherType"""
    return struct.pack("!HH", vid, proto) + inner


def mpls(*labels, inner=b""):
    """The last label is the bottom of the stack"""
    last = len(labels) - 1
    return b"".join(struct.pack("!I", label << 12 | (i == last) << 8 | 64)
                    for i, label in enumerate(labels)) + inner


def arp(op=1, hrd=1, pro=IP, hln=6, pln=4):
    return (struct.pack("!HHBBH", hrd, pro, hln, pln, op) + MAC_A
            + ipaddress.ip_address(A4).packed + bytes(6)
            + ipaddress.ip_address(B4).packed)


def ip4(proto, inner=b"", src=A4, dst=B4, frag=0, more=0, options=b"", ihl=None,
        version=4):
    words = 5 + len(options) // 4
    head = struct.pack("!BBHHHBBH", version << 4 | (words if ihl is None else ihl),
                       0, 4 * words + len(inner), 1, more << 13 | frag, 64, proto, 0)
    head += ipaddress.ip_address(src).packed + ipaddress.ip_address(dst).packed + options
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + inner


def ip6(proto, inner=b"", src=A6, dst=B6, label=0):
    return (struct.pack("!IHBB", 6 << 28 | label, len(inner), proto, 64)
            + ipaddress.ip_address(src).packed + ipaddress.ip_address(dst).packed
            + inner)


def opt6(proto, inner=b"", units=0):
    """Hop-by-hop or destination options (PadN), or a routing header"""
    pad = 8 * units + 4		# Pad1 behind the 255th
    return struct.pack("!BBBB", proto, units, 1, min(pad, 255)) + bytes(pad) + inner


def frag6(proto, inner=b"", offset=0, more=1):
    return struct.pack("!BBHI", proto, 0, offset << 3 | more, 7) + inner


def ports(sport, dport, inner=b""):
    return struct.pack("!HH", sport, dport) + inner


def tcp(sport, dport, inner=b""):
    return struct.pack("!HHIIBBHHH", sport, dport, 1, 1, 5 << 4, 0x18, 512, 0, 0) + inner


def udp(sport, dport, inner=b""):
    return struct.pack("!HHHH", sport, dport, 8 + len(inner), 0) + inner


def icmp(kind=8, code=0, inner=b""):
    return struct.pack("!BBHHH", kind, code, 0, 1, 1) + inner


def esp(spi, inner=b""):
    return struct.pack("!II", spi, 1) + inner


def ah(proto, spi, inner=b""):
    return struct.pack("!BBHII", proto, 1, 0, spi, 1) + inner


def gre(proto, inner=b"", csum=None, key=None, seq=None, ack=None, routing=0, version=0):
    """csum, key, seq and ack are there when they are not None"""
    flags = ((csum is not None) << 15 | routing << 14 | (key is not None) << 13
             | (seq is not None) << 12 | (ack is not None) << 7 | version)
    fields = b"" if csum is None else struct.pack("!HH", csum, 0)
    fields += b"".join(struct.pack("!I", f) for f in (key, seq, ack) if f is not None)
    return struct.pack("!HH", flags, proto) + fields + inner


def ppp(proto, inner=b""):
    return struct.pack("!BBH", 0xff, 3, proto) + inner


def pppoe(proto, inner=b"", version=1, kind=1, code=0):
    return struct.pack("!BBHHH", version << 4 | kind, code, 7, 2 + len(inner), proto) + inner


def batman(inner=b"", kind=0x40, version=15):
    return struct.pack("!BBBB6s", kind, version, 50, 1, MAC_A) + inner


def hsr(proto, inner=b""):
    return struct.pack("!HHH", 6 + len(inner), 1, proto) + inner


def fcoe(inner=b""):
    return bytes(13) + b"\x2e" + bytes(24) + inner


def vxlan(vni, inner=b"", flags=8):
    return struct.pack("!II", flags << 24, vni << 8) + inner


def geneve(proto, vni, inner=b"", options=b"", version=0):
    return struct.pack("!BBHI", version << 6 | len(options) // 4, 0, proto,
                       vni << 8) + options + inner


def write_pcap(path, frames):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for i, frame in enumerate(frames):
            out.write(struct.pack("<IIII", 1700000000, i, len(frame), len(frame)) + frame)


def read_pcap(path):
    """The frames of a capture as write_pcap and `vectors` write it"""
    with open(path, "rb") as file:
        file.read(24)
        while head := file.read(16):
            yield file.read(struct.unpack("<IIII", head)[2])


def demo_flows():
    data = bytes(range(64))
    web = tcp(40000, 80, data)
    return [
        (50, eth(IP, ip4(TCP, tcp(40000, 443, data)))),
        (40, eth(IPV6, ip6(TCP, tcp(40001, 443, data), label=0x12345))),
        (30, eth(IP, ip4(UDP, udp(40002, 53, data), C4, D4))),
        (20, eth(IPV6, ip6(HOP, opt6(UDP, udp(40003, 5353, data)), C6, D6))),
        (20, eth(VLAN, vlan(100, IP, ip4(SCTP, ports(40004, 3868, data), C4, D4)))),
        (15, eth(IP, ip4(GRE, gre(IP, ip4(TCP, web, C4, D4), key=7)))),
        (15, eth(IPV6, ip6(IPIP, ip4(UDP, udp(40005, 4500, data), D4, C4)))),
        (10, eth(IP, ip4(UDP, udp(50000, 4789, vxlan(42, eth(
            IPV6, ip6(TCP, web, C6, D6))))))),
    ]


def demo():
    """The flows dealt out in turn until each has sent its packets"""
    left = demo_flows()
    while left:
        yield from (frame for _, frame in left)
        left = [(n - 1, frame) for n, frame in left if n > 1]


def nested():
    """1 to 20 times the same header, so that a loop goes as far as it can"""
    kinds = (
        (IP, lambda inner: ip4(IPIP, inner)),
        (IP, lambda inner: ip4(GRE, gre(IP, inner))),
        (IP, lambda inner: ip4(UDP, udp(5, 4789, vxlan(42, eth(IP, inner))))),
        (IP, lambda inner: ip4(IN6, ip6(IPIP, inner))),
        (IPV6, lambda inner: ip6(IN6, inner)),
        (VLAN, lambda inner: vlan(1, VLAN, inner)),
        (BATMAN, lambda inner: batman(eth(BATMAN, inner))),
        (HSR, lambda inner: hsr(HSR, inner)),
    )
    last = {IP: ip4(TCP, tcp(1, 80)), IPV6: ip6(UDP, udp(1, 80)),
            VLAN: vlan(1, IP, ip4(TCP, tcp(1, 80))),
            BATMAN: batman(eth(IP, ip4(TCP, tcp(1, 80)))),
            HSR: hsr(IP, ip4(TCP, tcp(1, 80)))}
    for proto, wrap in kinds:
        inner = last[proto]
        for _ in range(20):
            inner = wrap(inner)
            yield eth(proto, inner)
            yield eth(proto, inner)[:-11]
    inner = tcp(1, 80)
    for count in range(20):
        yield eth(IPV6, ip6(DST if count else TCP, inner))
        yield eth(MPLS, mpls(*range(16, 17 + count), inner=last[IP]))
        inner = opt6(DST if count else TCP, inner)


def mutated(frames, number, seed):
    rng = random.Random(seed)
    for _ in range(number):
        frame = bytearray(rng.choice(frames))
        for _ in range(rng.choice((0, 1, 1, 2, 4))):
            at = rng.randrange(12, len(frame))
            frame[at] = rng.choice((rng.randrange(256), frame[at] ^ 1 << rng.randrange(8)))
        if rng.random() < .25:
            del frame[rng.randrange(14, len(frame) + 1):]
        yield bytes(frame)


def main(argv):
    if len(argv) == 3 and argv[1] == "--demo":
        write_pcap(argv[2], demo())
    elif len(argv) == 3 and argv[1] == "--cases":
        from flow_cases import CASES
        write_pcap(argv[2], (case.frame for case in CASES))
    elif len(argv) == 3 and argv[1] == "--nested":
        write_pcap(argv[2], nested())
    elif len(argv) == 5 and argv[1] == "--random":
        from flow_cases import CASES
        write_pcap(argv[4], mutated([case.frame for case in CASES],
                                    int(argv[2]), int(argv[3])))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))

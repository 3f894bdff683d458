# SPDX-License-Identifier: GPL-2.0
"""Frames that ask for a checksum as a virtual machine would: through a packet
socket with PACKET_VNET_HDR, so the kernel knows of them what the header says."""

import struct
from dataclasses import dataclass

from inet import ones
from kinds import LSRR, ip4

PORT = 21000
IPIP, GRE, DCCP, UDPLITE = 4, 47, 33, 136


def ipv4(proto, payload, dst="10.0.0.2", options=b"", frag=0):
    head = struct.pack("!BBHHHBBH4s4s", 0x45 + len(options) // 4, 0,
                       20 + len(options) + len(payload), 1, frag, 64, proto, 0,
                       ip4("10.0.0.1"), ip4(dst)) + options
    return head[:10] + struct.pack("!H", 0xffff - ones(head)) + head[12:] + payload


def pseudo(proto, length, dst="10.0.0.2"):
    return ones(ip4("10.0.0.1") + ip4(dst) + struct.pack("!HH", proto, length))


def transport(proto, port, data, final="10.0.0.2", sums=True):
    """UDP, TCP, or what has the port numbers and the sum where these have them;
    the field has the sum of the pseudo header"""
    length = len(data) + (20 if proto == 6 else 8)
    start = pseudo(proto, length, final) if sums else 0
    if proto == 6:
        return struct.pack("!HHIIBBHHH", port, port, 1, 1, 0x50, 0x10, 999, start, 0) + data
    return struct.pack("!HHHH", port, port, length, start) + data


@dataclass
class Injected:
    what: str
    shows: str
    ether: int			# type
    packet: bytes		# behind the Ethernet header
    start: int			# what csum_start says, in the packet
    offset: int
    gso: int = 0
    hdr_len: int = 0
    port: int = 0
    # What the field held before, if the sum is not one that tshark knows
    pseudo: int = None
    without = ""

    @property
    def name(self):
        return f"injected, {self.what}"

    def frame(self, src, dst):
        # struct virtio_net_hdr: NEEDS_CSUM; TCPV4, if it is to be segmented
        header = struct.pack("=BBHHHH", 1, 1 if self.gso else 0, 14 + self.hdr_len,
                             self.gso, 14 + self.start, self.offset)
        return header + dst + src + struct.pack("!H", self.ether) + self.packet


def injected():
    text = b"a packet of another kernel "
    port = iter(range(PORT, PORT + 100)).__next__

    def inner(what, shows, outer, between, proto, offset):
        number = port()
        packet = ipv4(proto, transport(proto, number, text))
        return Injected(what, shows, 0x800, ipv4(outer, between + packet),
                        20 + len(between) + 20, offset, port=number)

    yield inner("TCP in IPIP", "ip:ip:tcp", IPIP, b"", 6, 16)
    yield inner("UDP in IPIP", "ip:ip:udp", IPIP, b"", 17, 6)
    yield inner("TCP in GRE", "ip:gre:ip:tcp", GRE, struct.pack("!HH", 0, 0x800), 6, 16)

    # UDP around a packet, as a tunnel has it that this kernel knows nothing of
    number = port()
    inside = ipv4(17, transport(17, number, text))
    yield Injected("UDP in unknown UDP", "ip:udp", 0x800,
                   ipv4(17, struct.pack("!HHHH", number, number, 8 + len(inside), 0) + inside),
                   20 + 8 + 20, 6, port=number, pseudo=pseudo(17, 8 + len(text)))

    number = port()
    packet = transport(17, number, text)
    yield Injected("a fragment", "ip", 0x800, ipv4(17, packet[:-3], frag=0x2000), 20, 6,
                   port=number, pseudo=pseudo(17, len(packet)))
    for what, proto in (("DCCP", DCCP), ("UDP-Lite", UDPLITE)):
        number = port()
        packet = transport(proto, number, text)
        yield Injected(what, "ip", 0x800, ipv4(proto, packet), 20, 6,
                       port=number, pseudo=pseudo(proto, len(packet)))

    number = port()
    yield Injected("UDP in MPLS", "mpls.*ip:udp", 0x8847,
                   struct.pack("!I", 100 << 12 | 1 << 8 | 64) +
                   ipv4(17, transport(17, number, text)), 4 + 20, 6, port=number)
    routed = LSRR[:3] + ip4("10.0.243.2") + LSRR[7:]
    number = port()
    yield Injected("UDP with a source route", "ip:udp", 0x800,
                   ipv4(17, transport(17, number, text, "10.0.243.2"), options=routed),
                   28, 6, port=number)
    number = port()
    yield Injected("large TCP with a source route", "ip:tcp", 0x800,
                   ipv4(6, transport(6, number, bytes(5001), "10.0.243.2"),
                        options=routed),
                   28, 16, gso=1400, hdr_len=48, port=number)


INJECTED = list(injected())
# Refused by send(): where the sum starts, and where it is, of a frame of 60 bytes
BAD = ((60, 16), (58, 2), (0xfff0, 0xfff0), (14, 0xffff))

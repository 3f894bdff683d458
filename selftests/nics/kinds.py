# SPDX-License-Identifier: GPL-2.0
"""What is sent between the two interfaces, and where a sum may be wrong.

Side 1 sends to side 2. Network P has the addresses 10.0.P.{1,2} and
fd00:P::{1,2}; those of F0 and above are local to side 2, behind a route."""

import socket
import struct
from dataclasses import dataclass

TCP, UDP, SCTP = "TCP", "UDP", "SCTP"

# Network, device, how it is made; {x}: this side, {y}: the other one
DEVICES = (
    (0, "nic", None),
    (1, "vlan", "link nic type vlan id 5"),
    (2, "svlan", "link nic type vlan proto 802.1ad id 6"),
    (3, "qinq", "link svlan type vlan id 7"),
    (4, "vxlan", "type vxlan id 1 local 10.0.0.{x} remote 10.0.0.{y} dstport 4789 noudpcsum"),
    (5, "vxlan_csum", "type vxlan id 2 local 10.0.0.{x} remote 10.0.0.{y} dstport 4789 udpcsum"),
    (6, "vxlan_v6", "type vxlan id 3 local fd00:0::{x} remote fd00:0::{y} dstport 4789"),
    (7, "geneve", "type geneve id 4 remote 10.0.0.{y} udpcsum"),
    (8, "gre", "type gre local 10.0.0.{x} remote 10.0.0.{y}"),
    (9, "gre_csum", "type gre local 10.0.0.{x} remote 10.0.0.{y} key 9 csum"),
    (10, "ipip", "type ipip local 10.0.0.{x} remote 10.0.0.{y}"),
    (11, "sit", "type sit local 10.0.0.{x} remote 10.0.0.{y}"),
    (12, "ip6gre", "type ip6gre local fd00:0::{x} remote fd00:0::{y}"),
    (13, "ip6tnl", "type ip6tnl mode any local fd00:0::{x} remote fd00:0::{y}"),
)
# Final addresses on side 2, and how side 1 gets there
ROUTES = (
    (0xf0, "fd00:f0::2", "encap seg6 mode inline segs fd00:0::2 dev nic"),
    (0xf1, "fd00:f1::2", "encap seg6 mode encap segs fd00:0::2,fd00:f2::2 dev nic"),
    (0xf1, "10.0.241.2", "encap seg6 mode encap segs fd00:0::2,fd00:f2::2 dev nic"),
    (0xf2, "fd00:f2::2", "via fd00:0::2 dev nic"),
    (0xf3, "10.0.243.2", "via 10.0.0.2 dev nic"),
)
IPV6_HOPOPTS, IPV6_RTHDR, IPV6_DSTOPTS = 54, 57, 59
SO_NO_CHECK, UDP_NO_CHECK6_TX, UDP_NO_CHECK6_RX = 11, 101, 102
PAD = b"\0\0\1\4\0\0\0\0"	# an options header of one PadN


def ip4(text):
    return socket.inet_pton(socket.AF_INET, text)


def ip6(text):
    return socket.inet_pton(socket.AF_INET6, text)


LSRR = bytes((131, 7, 4)) + ip4("10.0.0.2") + b"\1"
RECORD = bytes((7, 7, 4, 0, 0, 0, 0, 1))
# Version 0, two segments: the last one is taken from connect() or sendto()
SRH = bytes((0, 4, 4, 1, 1, 0, 0, 0)) + bytes(16) + ip6("fd00:0::2")
NO_SUM = ("IPv4 without a sum", "IPv6 without a sum")


@dataclass
class Kind:
    what: str			# "IPv4 in VXLAN"
    proto: str
    host: str			# of side 2
    shows: str			# what tshark's frame.protocols has to hold
    options: tuple = ()		# setsockopt() of the sender
    port: int = 0
    sizes: tuple = ()
    without: str = ""		# tshark's words for "no sum" that are right here: 3, or 4 of IPv6

    @property
    def name(self):
        return f"{self.proto}, {self.what}"

    @property
    def family(self):
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET


# What tshark shows of a device, in front of the addresses
SHOWN = {"nic": "^eth:ethertype", "vlan": "eth:ethertype:vlan:ethertype",
         "svlan": "ieee8021ad:ethertype", "qinq": "ieee8021ad:ethertype:vlan:ethertype",
         "gre": "ip:gre", "gre_csum": "ip:gre", "ipip": ":ip", "sit": ":ip",
         "ip6gre": "ipv6:ipv6.dstopts:gre", "ip6tnl": "ipv6:ipv6.dstopts",
         "geneve": "udp:geneve:eth:ethertype"}
VXLAN = "udp:vxlan:eth:ethertype"


def plain_kinds():
    """TCP and UDP with both families over each device"""
    for network, dev, _ in DEVICES:
        for version, host in ((4, f"10.0.{network}.2"), (6, f"fd00:{network:x}::2")):
            if (dev, version) in (("ipip", 6), ("sit", 4)):
                continue
            where = "" if dev == "nic" else f" over {dev}"
            shows = SHOWN.get(dev, VXLAN) + (":ip:" if version == 4 else ":ipv6:")
            for transport in (TCP, UDP):
                yield Kind(f"IPv{version}{where}", transport, host, shows,
                           without="3" if dev == "vxlan" else "")


def routed_kinds():
    for transport in (TCP, UDP):
        yield Kind("SRv6 inline", transport, "fd00:f0::2", "ipv6.routing")
        yield Kind("IPv6 in SRv6", transport, "fd00:f1::2", "ipv6.routing.*ipv6:")
        yield Kind("IPv4 in SRv6", transport, "10.0.241.2", "ipv6.routing.*ip:")
        yield Kind("SRv6 of a socket", transport, "fd00:f2::2", "ipv6.routing",
                   ((socket.IPPROTO_IPV6, IPV6_RTHDR, SRH),))
        yield Kind("hop-by-hop options", transport, "fd00:0::2", "ipv6.hopopts",
                   ((socket.IPPROTO_IPV6, IPV6_HOPOPTS, PAD),))
        yield Kind("destination options", transport, "fd00:0::2", "ipv6.dstopts",
                   ((socket.IPPROTO_IPV6, IPV6_DSTOPTS, PAD),))
        yield Kind("IPv4 record route", transport, "10.0.0.2", "ip:",
                   ((socket.IPPROTO_IP, socket.IP_OPTIONS, RECORD),))
    # The kernel takes the first hop for the address that UDP sums: only injected
    yield Kind("IPv4 source route", TCP, "10.0.243.2", "ip:",
               ((socket.IPPROTO_IP, socket.IP_OPTIONS, LSRR),))


def other_kinds():
    for host, version in (("10.0.0.2", 4), ("fd00:0::2", 6)):
        yield Kind(f"IPv{version}", SCTP, host, ":sctp")
        yield Kind(f"IPv{version} fragments", UDP, host, ":udp", sizes=(4001,))
        yield Kind(f"IPv{version}, sum is zero", UDP, host, ":udp", sizes=(0,))
    yield Kind(NO_SUM[0], UDP, "10.0.0.2", ":udp",
               ((socket.SOL_SOCKET, SO_NO_CHECK, 1),), without="3")
    # The sum that is left to the device is that of GRE
    yield Kind("IPv4 without a sum over gre_csum", UDP, "10.0.9.2", "ip:gre:ip:udp",
               ((socket.SOL_SOCKET, SO_NO_CHECK, 1),), without="3")
    yield Kind(NO_SUM[1], UDP, "fd00:0::2", ":udp",
               ((socket.IPPROTO_UDP, UDP_NO_CHECK6_TX, 1),
                (socket.IPPROTO_UDP, UDP_NO_CHECK6_RX, 1)), without="4")


KINDS = [*plain_kinds(), *routed_kinds(), *other_kinds()]
for number, kind in enumerate(KINDS):
    kind.port = 20000 + number
    kind.sizes = kind.sizes or ((101, 12001) if kind.proto != UDP else (1, 101, 1001))

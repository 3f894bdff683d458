#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""csum_fuzz.py SEED COUNT: the same frames out of tx0 as each kind of device

Tags, labels, tunnels, options and extension headers at random, of which a third
have some bytes changed, or a csum_start of their own. Prints a line for each of
the two devices that parse: how many frames rx0 found right from the device that is
told csum_start, and of these how many it found wrong from this one.
"""
import random
import socket
import struct
import sys

from csum_frames import (A, A6, B, B6, C, C6, DST, GRE, HBH, IP, IP6, IPIP, IPV6, MPLS,
                         PACKET_VNET_HDR, QINQ, ROUTING, SOL_PACKET, TCP, UDP, VLAN, Sender,
                         eth, ip4, ip6, vxlan)
from ports import Counted

KNOB = "/sys/kernel/debug/netdevsim/netdevsim1/ports/0/csum"


def ip_options(rand):
    """Options, and where they send the packet"""
    options, last = b"", B
    for _ in range(rand.choice((0, 0, 1, 2))):
        kind = rand.choice((1, 148, 68, 131, 137))
        if kind == 1:
            options += bytes([1])
        elif kind == 148:
            options += bytes([148, 4, 0, 0])
        elif kind == 68:
            options += bytes([68, 8, 5, 0]) + bytes(4)
        elif not {131, 137} & set(options):
            hops = rand.randrange(1, 3)
            pointer = rand.choice((4, 4 * hops, 4 * hops + 4))
            options += bytes([kind, 3 + 4 * hops, pointer]) + A * (hops - 1) + C
            last = C if pointer < 4 * hops + 4 else last
    return options + bytes(-len(options) % 4), last


def ext_options(rand, home):
    options = b""
    for _ in range(rand.randrange(3)):
        options += bytes([5, 2, 0, 0]) if rand.random() < .5 else bytes(1)
    if home:
        options += bytes([201, 16]) + C6
    pad = -(2 + len(options)) % 8
    if pad:
        options += bytes([1, pad - 2]) + bytes(pad - 2) if pad > 1 else bytes(1)
    return options


def ext_headers(rand):
    """(type, bytes without the type of the next) each, source and destination"""
    headers, saddr, daddr = [], A6, B6
    for kind in rand.sample((HBH, DST, ROUTING, DST), rand.choice((0, 0, 1, 2, 3))):
        if kind == ROUTING:
            left = rand.randrange(3)
            rtype = rand.choice((0, 4))
            hops = [C6, A6] if rtype == 4 else [A6, C6]
            headers.append((kind, bytes([4, rtype, left, rtype // 4, 0, 0, 0]) + b"".join(hops)))
            daddr = C6 if left else daddr
        else:
            home = kind == DST and rand.random() < .2
            options = ext_options(rand, home)
            headers.append((kind, bytes([(2 + len(options)) // 8 - 1]) + options))
            saddr = C6 if home else saddr
    return headers, saddr, daddr


def network(rand, version, transport, payload):
    """payload(saddr, daddr) behind an IP header"""
    if version == 4:
        options, last = ip_options(rand)
        return ip4(transport, payload(A, last), options)
    headers, saddr, daddr = ext_headers(rand)
    data = payload(saddr, daddr)
    for kind, header in reversed(headers):
        data = bytes([transport]) + header + data
        transport = kind
    return ip6(transport, data)


def packet(rand, sender, depth=0):
    """IP version and bytes of a packet, with tunnels in it or without"""
    version, inner = rand.choice((4, 6)), 0
    if depth < 2 and rand.random() < .25:
        inner, data = packet(rand, sender, depth + 1)
    if not inner:
        transport = rand.choice((TCP, UDP))
        return version, network(rand, version, transport, lambda saddr, daddr: sender.transport(
            transport, saddr, daddr, rand.randbytes(rand.randrange(60))))
    ethertype = IP if inner == 4 else IP6
    kind = rand.choice(("ip", "gre", "vxlan"))
    if kind == "ip":
        return version, network(rand, version, IPIP if inner == 4 else IPV6, lambda *_: data)
    if kind == "gre":
        return version, network(rand, version, GRE,
                                lambda *_: struct.pack("!HHI", 0x2000, ethertype, 1) + data)
    return version, network(rand, version, UDP, lambda *_: vxlan(eth(ethertype, data)))


def message(rand):
    """A frame and the virtio_net_hdr in front of it"""
    sender = Sender("asked")
    version, data = packet(rand, sender)
    ethertype = IP if version == 4 else IP6
    if rand.random() < .1:
        ethertype, data = MPLS, bytes([0, 1, 1, 64]) + data
    tags = rand.choice(((), (), (VLAN,), (QINQ, VLAN), (VLAN, VLAN, VLAN)))
    frame = bytearray(eth(ethertype, data, *tags))
    start, offset = len(frame) - sender.behind, sender.offset
    if rand.random() < .3:
        for _ in range(rand.randrange(1, 4)):
            frame[rand.randrange(12, min(start + 20, len(frame)))] = rand.choice((0, 1, 4, 6, 41, 43, 60, 255))
    if rand.random() < .1:
        start, offset = rand.choice(((start + rand.randrange(-20, 20), offset),
                                     (rand.randrange(65536), offset),
                                     (start, rand.randrange(65536))))
    linear = rand.choice((0, 0, 14, start & 0xff))
    return struct.pack("=BBHHHH", 1, 0, linear, 0, start % 65536, offset) + frame


def verdicts(sock, counted, mode, messages):
    with open(KNOB, "w") as knob:
        knob.write(mode)
    out = []
    for data in messages:
        try:
            sock.send(data)
        except OSError:
            out.append("refused")
            continue
        rx, _ = counted.more()
        out.append(next((v for v in ("ok", "bad", "none") if rx["rx_csum_" + v]), "dropped"))
    return out


def main():
    rand, count = random.Random(int(sys.argv[1])), int(sys.argv[2])
    messages = [message(rand) for _ in range(count)]
    counted = Counted()
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    sock.bind(("tx0", 0))
    told = verdicts(sock, counted, "generic", messages)
    print("told", *(f"{told.count(v)} {v}" for v in ("ok", "bad", "none", "dropped", "refused")))
    for mode in ("legacy", "legacy-unchecked"):
        got = verdicts(sock, counted, mode, messages)
        wrong = [i for i in range(count) if told[i] == "ok" and got[i] != "ok"]
        print(mode, told.count("ok"), len(wrong))
        if mode == "legacy":
            for i in wrong[:3]:
                print("#", got[i], messages[i].hex())


main()

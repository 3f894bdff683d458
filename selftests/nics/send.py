#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""send.py DIR MODEL...: in the booted kernel, the Nth pair of interfaces of
`vm --nics`, each in a netns, and every kind of packet between them. Writes to
DIR/MODEL.sent what arrived: a line "arrived NAME" or "lost NAME: why" for a kind.

The environment's PATIENCE is for how many seconds a packet may take."""

import errno
import os
import socket
import subprocess
import sys
import time

from inet import ones
from inject import BAD, INJECTED, Injected
from kinds import (DEVICES, KINDS, ROUTES, SCTP, TCP, UDP, UDP_NO_CHECK6_RX,
                   UDP_NO_CHECK6_TX)
from netns import enter, interface, mac, run
from wrong import MODEL

PATIENCE = float(os.environ.get("PATIENCE", 30))
PACKET_VNET_HDR, SOL_PACKET = 15, 263


def sysctl(path, value):
    with open(f"/proc/sys/net/{path}", "w", encoding="ascii") as knob:
        knob.write(str(value))


def addresses(side):
    """`ip -batch` of one side"""
    other = 3 - side
    for network, dev, how in DEVICES:
        if how:
            link, _, kind = how.rpartition("type ")
            yield f"link add {link}name {dev} type {kind}".format(x=side, y=other)
        yield f"link set {dev} up"
        yield f"addr add 10.0.{network}.{side}/24 dev {dev}"
        yield f"addr add fd00:{network:x}::{side}/64 dev {dev} nodad"
    for network, host, how in ROUTES:
        width = 128 if ":" in host else 32
        if side == 2:
            yield f"addr add {host}/{width} dev nic" + (" nodad" if width == 128 else "")
        else:
            yield f"route add {host}/{width} {how}"


def set_up(number, netns, side):
    run("ip", "netns", "add", netns)
    run("ip", "link", "set", interface(mac(number, side)), "netns", netns, "name", "nic")
    enter(netns)
    for conf in ("all", "default", "nic"):
        sysctl(f"ipv4/conf/{conf}/accept_source_route", 1)
        sysctl(f"ipv6/conf/{conf}/seg6_enabled", 1)
    sysctl("ipv4/ip_forward", 1)
    run("ip", "link", "set", "lo", "up")
    if netns.startswith("vmxnet3"):
        # It drops tags of 802.1ad that it was not told of, and takes off the
        # others, too, which the driver calls 802.1q
        run("ethtool", "-K", "nic", "rxvlan", "off")
        run("ip", "link", "set", "nic", "promisc", "on")
    run("ip", "link", "set", "nic", "up")
    run("ip", "-batch", "-", stdin="\n".join(addresses(side)) + "\n")
    enter(None)


def wait_for_carrier(netns):
    end = time.monotonic() + 60
    while " UP " not in (state := subprocess.check_output(
            ["ip", "-n", netns, "-br", "link", "show", "nic"], text=True)):
        if time.monotonic() > end:
            sys.exit(f"send.py: {netns}: no carrier: {state}")


def make(kind, netns, options=()):
    """A socket of the kind in the netns"""
    types = {TCP: (socket.SOCK_STREAM, 0), UDP: (socket.SOCK_DGRAM, 0),
             SCTP: (socket.SOCK_STREAM, socket.IPPROTO_SCTP)}
    enter(netns)
    sock = socket.socket(kind.family, *types[kind.proto])
    enter(None)
    for option in options:
        sock.setsockopt(*option)
    return sock


def read(sock, size):
    data = b""
    while len(data) < size:
        part = sock.recv(65536)
        if not part:
            raise OSError("closed")
        data += part
    return data


def payload(kind, size, source):
    """Its bytes; of size 0: two that make the sum zero"""
    if size:
        return (kind.name.encode() + b" ") * (size // len(kind.name)) + bytes(size % len(kind.name))
    sport, dport = source.getsockname()[1], kind.port
    here, there = (socket.inet_pton(kind.family, sock) for sock in
                   (source.getsockname()[0], kind.host))
    head = b"".join(n.to_bytes(2, "big") for n in (17, 10, sport, dport, 10))
    return (0xffff - ones(here + there + head)).to_bytes(2, "big")


def stream(kind, client, server, patience):
    server.listen()
    client.settimeout(patience)
    client.connect((kind.host, kind.port))
    server.settimeout(patience)
    peer, _ = server.accept()
    peer.settimeout(patience)
    for size in kind.sizes:
        data = payload(kind, size, client)
        client.sendall(data)
        if read(peer, len(data)) != data:
            raise OSError("other bytes arrived")
        peer.sendall(data[::-1])
        if read(client, len(data)) != data[::-1]:
            raise OSError("other bytes came back")
    peer.close()


def datagrams(kind, client, server, patience):
    client.connect((kind.host, kind.port))
    client.settimeout(patience)
    server.settimeout(patience)
    for size in kind.sizes:
        data = payload(kind, size, client)
        client.send(data)
        got, sender = server.recvfrom(65536)
        if got != data:
            raise OSError("other bytes arrived")
        server.sendto(data[::-1], sender)
        if client.recv(65536) != data[::-1]:
            raise OSError("other bytes came back")


def exchange(model, kind, left, right):
    """A kind's line: all of it has to arrive, and to come back"""
    patience = min(PATIENCE, 1) if kind.name in MODEL.get(model, {}) else PATIENCE
    accepts = [o for o in kind.options if o[1] in (UDP_NO_CHECK6_RX, UDP_NO_CHECK6_TX)]
    with make(kind, left, kind.options) as client, make(kind, right, accepts) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((kind.host, kind.port))
        try:
            (datagrams if kind.proto == UDP else stream)(kind, client, server, patience)
        except OSError as error:
            return f"lost {kind.name}: {error}"
    return f"arrived {kind.name}"


def packet_socket(netns):
    enter(netns)
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    enter(None)
    sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    sock.bind(("nic", 0))
    return sock


def inject(netns, number):
    """Sends to nobody, who does not answer; yields how the bad ones fared"""
    ends = [bytes.fromhex(mac(number, side).replace(":", "")) for side in (1, 3)]
    with packet_socket(netns) as sock:
        for packet in INJECTED:
            sock.send(packet.frame(*ends))
        for start, offset in BAD:
            bad = Injected("bad", "", 0x800, bytes(46), start - 14, offset)
            try:
                sock.send(bad.frame(*ends))
                yield f"sent {start} {offset}"
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                yield f"refused {start} {offset}"


def main(out, models):
    for number, model in enumerate(models, 1):
        started = time.monotonic()
        sides = [f"{model}-{side}" for side in (1, 2)]
        for side, netns in enumerate(sides, 1):
            set_up(number, netns, side)
        for netns in sides:
            wait_for_carrier(netns)
        results = [*inject(sides[0], number)]
        results += [exchange(model, kind, *sides) for kind in KINDS]
        with open(f"{out}/{model}.sent", "w", encoding="ascii") as file:
            print(*results, sep="\n", file=file)
        print(f"# {model}: {time.monotonic() - started:.0f} s")


main(sys.argv[1], sys.argv[2:])

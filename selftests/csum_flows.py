#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""csum_flows.py SECONDS [NAME...]: flows between sockets of netns tx and rx

All of them, or those, each of which is lost after so many seconds of silence.
Prints a line a flow: its name; sent or lost; clean, or bad if tx0 or rx0 counted
a wrong sum; and who summed what tx0 sent: device, driver or both.
"""
import os
import socket
import struct
import sys
import threading

from ports import Counted, enter

SCTP = 132
IPV6_RTHDR, IPV6_HOPOPTS, IPV6_DSTOPTS, UDP_SEGMENT, SOL_UDP = 57, 54, 59, 103, 17
DATA = os.urandom(100001)
SECONDS = float(sys.argv[1])


def sockets(addr, kind, proto=0):
    """One in rx that has the address, one in tx"""
    family = socket.AF_INET6 if ":" in addr else socket.AF_INET
    pair = []
    for netns in ("rx", "tx"):
        enter(netns)
        pair.append(socket.socket(family, kind, proto))
        pair[-1].settimeout(SECONDS)
    pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    pair[0].bind((addr, 7000))
    return pair


def receive(listener, got):
    try:
        conn, _ = listener.accept()
        conn.settimeout(SECONDS)
        while len(got) < len(DATA):
            part = conn.recv(65536)
            if not part:
                break
            got += part
        conn.close()
    except OSError:
        pass


def stream(addr, *options, proto=0):
    listener, client = sockets(addr, socket.SOCK_STREAM, proto)
    listener.listen()
    got = bytearray()
    thread = threading.Thread(target=receive, args=(listener, got))
    thread.start()
    try:
        for option in options:
            client.setsockopt(*option)
        client.connect((addr, 7000))
        client.sendall(DATA)
    except OSError:
        pass
    thread.join()
    listener.close()
    client.close()
    return got == DATA


def datagrams(addr, *options, size=1200, whole=1200):
    server, client = sockets(addr, socket.SOCK_DGRAM)
    for option in options:
        client.setsockopt(*option)
    client.sendto(DATA[:whole], (addr, 7000))
    try:
        parts = [server.recv(65536) for _ in range(0, whole, size)]
    except OSError:
        parts = []
    server.close()
    client.close()
    return b"".join(parts) == DATA[:whole]


PAD6 = bytes([0, 0, 1, 4, 0, 0, 0, 0])
LSRR = (socket.IPPROTO_IP, socket.IP_OPTIONS,
        bytes([131, 7, 4]) + socket.inet_aton("192.0.2.2") + bytes(1))
HOP = (socket.IPPROTO_IPV6, IPV6_HOPOPTS, PAD6)
DST = (socket.IPPROTO_IPV6, IPV6_DSTOPTS, PAD6)
SRH = (socket.IPPROTO_IPV6, IPV6_RTHDR, bytes([0, 4, 4, 1, 1, 0, 0, 0]) + bytes(16) +
       socket.inet_pton(socket.AF_INET6, "2001:db8::2"))
GSO = (SOL_UDP, UDP_SEGMENT, struct.pack("=i", 1000))

FLOWS = {
    "tcp4": lambda: stream("192.0.2.2"),
    "tcp6": lambda: stream("2001:db8::2"),
    "udp4": lambda: datagrams("192.0.2.2"),
    "udp6": lambda: datagrams("2001:db8::2"),
    "udp4_gso": lambda: datagrams("192.0.2.2", GSO, size=1000, whole=20000),
    "udp6_gso": lambda: datagrams("2001:db8::2", GSO, size=1000, whole=20000),
    "udp4_fragments": lambda: datagrams("192.0.2.2", size=5000, whole=5000),
    "udp6_fragments": lambda: datagrams("2001:db8::2", size=5000, whole=5000),
    "sctp4": lambda: stream("192.0.2.2", proto=SCTP),
    "tcp6_hop_by_hop": lambda: stream("2001:db8::2", HOP),
    "udp6_destination_options": lambda: datagrams("2001:db8::2", DST),
    "tcp4_lsrr": lambda: stream("192.0.7.2", LSRR),
    "tcp6_srh": lambda: stream("2001:db8:7::2", SRH),
    "udp6_srh": lambda: datagrams("2001:db8:7::2", SRH),
    "tcp6_srh_inserted": lambda: stream("2001:db8:8::2"),
    "tcp4_vlan": lambda: stream("192.0.3.2"),
    "tcp6_vlan": lambda: stream("2001:db8:3::2"),
    "tcp4_stacked_vlans": lambda: stream("192.0.4.2"),
    "tcp4_ipip": lambda: stream("192.0.10.2"),
    "tcp6_sit": lambda: stream("2001:db8:11::2"),
    "tcp4_gre": lambda: stream("192.0.12.2"),
    "udp4_gre_sum": lambda: datagrams("192.0.13.2"),
    "tcp4_gre_sum": lambda: stream("192.0.13.2"),
    "tcp4_vxlan": lambda: stream("192.0.14.2"),
    "tcp4_vxlan_sum": lambda: stream("192.0.15.2"),
}


counted = Counted()
for flow in sys.argv[2:] or FLOWS:
    arrived = FLOWS[flow]()
    rx, tx = counted.more()
    bad = rx["rx_csum_bad"] + tx["rx_csum_bad"]
    who = [text for name, text in (("tx_csum", "device"), ("tx_csum_sw", "driver"))
           if tx[name]]
    print(flow, "sent" if arrived else "lost", "bad" if bad else "clean",
          "+".join(who) or "nobody", flush=True)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""nonlinear.py DEV LINEAR SPORT COUNT [options]

Sends COUNT frames eth/ipv4/tcp of 6000 bytes out of DEV, with options or without, of which
only the first LINEAR bytes lie in the linear part of the skb: a packet socket
with a virtio_net_hdr says so by its hdr_len (packet(7), PACKET_VNET_HDR).
"""
import socket
import struct
import sys

SOL_PACKET, PACKET_VNET_HDR = 263, 15

dev, linear, sport, count = sys.argv[1], *map(int, sys.argv[2:5])
# Router alert; two of padding and timestamps
ip_options = bytes([148, 4, 0, 0]) if "options" in sys.argv[5:] else b""
tcp_options = bytes([1, 1, 8, 10]) + bytes(range(8)) if ip_options else b""
ip = struct.pack("!BBHHHBBH4s4s", 0x45 + len(ip_options) // 4, 0, 5986, 1, 0, 64, 6, 0,
                 socket.inet_aton("192.0.2.1"), socket.inet_aton("198.51.100.2"))
tcp = struct.pack("!HHIIBBHHH", sport, 443, 0, 0, 0x50 + 4 * len(tcp_options),
                  0x10, 0, 0, 0)
frame = bytes.fromhex("ffffffffffff020000000001" "0800") + ip + ip_options + \
    tcp + tcp_options
frame += bytes(6000 - len(frame))
vnet = struct.pack("=BBHHHH", 0, 0, linear, 0, 0, 0)

sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
sock.bind((dev, 0))
for _ in range(count):
    sock.send(vnet + frame)

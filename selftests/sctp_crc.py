#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Whose word for the CRC of SCTP is taken; prints good|NAME|TEXT or bad|NAME|TEXT.

A tun device hands in the first packet of an association, at times with the request
of a guest for a checksum, which is not its CRC. The answer, or the count of wrong
CRCs, tells what was thought of it. The network namespace is its own.
"""
import fcntl
import os
import select
import socket
import struct
import subprocess
import sys

from nics.inet import ones

TUNSETIFF, IFF_TUN, IFF_NO_PI, IFF_VNET_HDR = 0x400454ca, 1, 0x1000, 0x4000
NEEDS_CSUM = 1
PORT, TAG = 5000, 0x1234
OURS, THEIRS = "10.9.0.1", "10.9.0.2"
INIT, INIT_ACK = 1, 2
SECONDS = 30


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return struct.pack("<I", crc ^ 0xffffffff)


def first_packet(port, right):
    chunk = struct.pack("!BBHIIHHI", INIT, 0, 20, TAG, 65536, 1, 1, 1)
    sctp = struct.pack("!HHII", port, PORT, 0, 0) + chunk
    crc = crc32c(sctp) if right else b"\1\2\3\4"
    sctp = sctp[:8] + crc + sctp[12:]
    addresses = socket.inet_aton(THEIRS) + socket.inet_aton(OURS)
    start = struct.pack("!BBHHHBB", 0x45, 0, 20 + len(sctp), port, 0x4000, 64,
                        socket.IPPROTO_SCTP)
    check = ones(start + b"\0\0" + addresses) ^ 0xffff
    return start + struct.pack("!H", check) + addresses + sctp


def wrong_crcs():
    with open("/proc/net/sctp/snmp", encoding="ascii") as counters:
        return dict(line.split() for line in counters)["SctpChecksumErrors"]


class Tun:
    def __init__(self):
        self.fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self.fd, TUNSETIFF, struct.pack("16sH", b"tun0", IFF_TUN | IFF_NO_PI |
                                                    IFF_VNET_HDR))
        ip("addr", "add", OURS + "/24", "dev", "tun0")
        ip("link", "set", "tun0", "up")

    def receive(self, port, right, flags):
        start, offset = (20, 8) if flags else (0, 0)
        header = struct.pack("=BBHHHH", flags, 0, 0, 0, start, offset)
        os.write(self.fd, header + first_packet(port, right))

    def answered(self, port):
        """Whether there was an answer to that port, with the right CRC."""
        while True:
            try:
                packet = os.read(self.fd, 65536)[10:]
            except BlockingIOError:
                return False
            sctp = packet[20:]
            if packet[9] != socket.IPPROTO_SCTP or sctp[2:4] != struct.pack("!H", port):
                continue
            return (sctp[12] == INIT_ACK and
                    crc32c(sctp[:8] + b"\0\0\0\0" + sctp[12:]) == sctp[8:12])


def ip(*args):
    subprocess.run(["ip", *args], check=True)


def verdict(name, good, text):
    print(("good" if good else "bad") + f"|{name}|{text}")
    return good


def handed_in(tun, number, name, right, flags):
    """Received at once: write() returns when the packet is through the stack."""
    before = wrong_crcs()
    tun.receive(6000 + number, right, flags)
    select.select([tun.fd], [], [], SECONDS if right else 0)
    answered, counted = tun.answered(6000 + number), wrong_crcs() != before
    return verdict(name, answered == right and counted != right,
                   f"answered {answered}, counted as wrong {counted}")


def talk(name, address):
    """An association whose CRCs nobody makes, if the device is to make them."""
    before = wrong_crcs()
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP)
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP)
    for end in server, client:
        end.settimeout(SECONDS)
    server.bind((address, PORT + 1))
    server.listen()
    client.connect((address, PORT + 1))
    accepted, _ = server.accept()
    accepted.settimeout(SECONDS)
    client.sendall(b"x" * 1000)
    data = accepted.recv(2000)
    for end in client, accepted, server:
        end.close()
    return verdict(name, len(data) == 1000 and wrong_crcs() == before,
                   f"{len(data)} bytes")


def main():
    ip("link", "set", "lo", "up")
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP)
    tun = Tun()
    server.bind((OURS, PORT))
    server.listen()
    cases = (("right_crc_accepted", True, 0), ("wrong_crc_dropped", False, 0),
             ("right_crc_with_checksum_to_be_made_accepted", True, NEEDS_CSUM),
             ("wrong_crc_with_checksum_to_be_made_dropped", False, NEEDS_CSUM))
    good = [handed_in(tun, number, *case) for number, case in enumerate(cases)]
    good.append(talk("crc_left_to_loopback_accepted", "127.0.0.1"))
    return 0 if all(good) else 1


sys.exit(main())

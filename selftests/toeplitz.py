#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""toeplitz.py KEY QUEUES < TRACE: computes each record's hash and queue anew.

KEY as ethtool writes it; the table is the default one for that many queues.
"""
import ipaddress
import sys


def toeplitz(key, data):
    key_bits = int.from_bytes(key, "big")
    width, result = len(key) * 8, 0
    for i in range(len(data) * 8):
        if data[i // 8] >> (7 - i % 8) & 1:
            result ^= key_bits >> (width - 32 - i) & 0xffffffff
    return result


def main():
    key = bytes(int(byte, 16) for byte in sys.argv[1].split(":"))
    queues, records = int(sys.argv[2]), 0
    for line in sys.stdin:
        field = dict(word.split("=") for word in line.split() if "=" in word)
        data = (ipaddress.ip_address(field["src"]).packed +
                ipaddress.ip_address(field["dst"]).packed)
        if "l4" in line.split():
            data += int(field["sport"]).to_bytes(2, "big")
            data += int(field["dport"]).to_bytes(2, "big")
        want = toeplitz(key, data)
        if int(field["hash"], 16) != want or int(field["queue"]) != want % 128 % queues:
            sys.exit(f"hash {want:#010x} queue {want % 128 % queues} wanted: {line}")
        records += 1
    if not records:
        sys.exit("no records")


main()

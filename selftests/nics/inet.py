# SPDX-License-Identifier: GPL-2.0
"""The Internet checksum, RFC 1071"""

import struct


def ones(data, start=0):
    """The sum; not inverted"""
    data += b"\0" * (len(data) % 2)
    total = start + sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total

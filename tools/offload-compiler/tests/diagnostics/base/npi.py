# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""An image as its sections, and back"""
import struct

HEADER, SECTION = struct.Struct("<8sIIII"), struct.Struct("<IIII32s")


def sections(image):
    """[type, program, target, data] of each."""
    found = []
    for i in range(HEADER.unpack_from(image)[2]):
        kind, program, at, size, target = SECTION.unpack_from(
            image, HEADER.size + SECTION.size * i)
        found.append([kind, program, target, bytes(image[at:at + size])])
    return found


def packed(found):
    start = HEADER.size + SECTION.size * len(found)
    table, body = b"", b""
    for kind, program, target, data in found:
        body += bytes(-len(body) % 8)
        table += SECTION.pack(kind, program, start + len(body), len(data), target)
        body += data
    return HEADER.pack(b"NPIMAGE\n", 1, len(found), start + len(body), 0) + table + body

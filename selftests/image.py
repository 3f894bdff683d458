#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""image.py CHANGE IN OUT [ARG]: an image that differs from another in one way.

	target NAME	the device payload and its proof are for another target
	payload		the device payload is text, of which nothing is proved
	kind N		the program is of another kind
	proof		the proof is of another payload
	hash		one bit of the stamped hash is wrong
	table N		the program has a match table t of N entries
"""
import struct
import sys

HDR = struct.Struct("<8sIIII")
SEC = struct.Struct("<IIII32s")
PROGRAM, CPR, PAYLOAD, TABLES, SIGNATURE, PROOF = 1, 2, 3, 4, 5, 6
DESC_KIND, DESC_HASH = 32, 32 + 4 + 16 + 4
PROOF_RESERVED, PROOF_PAYLOAD = 20, 16 + 4 + 4 + 32 + 64


class Image:
    def __init__(self, data):
        self.magic, self.version, num, size, self.reserved = HDR.unpack_from(data)
        self.sections = []      # [type, program, target, data]
        for i in range(num):
            kind, prog, at, size, target = SEC.unpack_from(data, HDR.size + i * SEC.size)
            self.sections.append([kind, prog, target, bytearray(data[at:at + size])])

    def find(self, kind):
        return next(s for s in self.sections if s[0] == kind)

    def pack(self):
        at = HDR.size + SEC.size * len(self.sections)
        table, body = b"", b""
        for kind, prog, target, data in self.sections:
            body += bytes(-(at + len(body)) % 8)
            table += SEC.pack(kind, prog, at + len(body), len(data), target)
            body += data
        return HDR.pack(self.magic, self.version, len(self.sections),
                        at + len(body), self.reserved) + table + body


def change(image, how, arg):
    if how == "target":
        for kind in (PAYLOAD, PROOF):
            image.find(kind)[2] = arg.encode().ljust(32, b"\0")
    elif how == "payload":
        image.find(PAYLOAD)[3] = bytearray(b"this is no code")
        image.sections.remove(image.find(PROOF))
    elif how == "proof":
        image.find(PROOF)[3][PROOF_PAYLOAD] ^= 1
    elif how == "kind":
        struct.pack_into("<I", image.find(PROGRAM)[3], DESC_KIND, int(arg))
    elif how == "hash":
        image.find(PROGRAM)[3][DESC_HASH] ^= 1
    elif how == "table":
        image.sections = [s for s in image.sections if s[0] != TABLES]
        at = 1 + max(i for i, s in enumerate(image.sections) if s[0] != SIGNATURE)
        image.sections.insert(at, [TABLES, 0, bytes(32), bytearray(
            struct.pack("<32sIIII", b"t", 0, 0, 32, int(arg)))])
    else:
        sys.exit(__doc__)


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    with open(sys.argv[2], "rb") as f:
        image = Image(f.read())
    change(image, sys.argv[1], sys.argv[4] if len(sys.argv) > 4 else None)
    with open(sys.argv[3], "wb") as f:
        f.write(image.pack())


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""fetch_fuzzed.py FIRMWARE IMAGE: bad images by the hundred.

Cuts the image behind each of its bytes, lengthens it, and sets each field of
header, section table and descriptor to values that cannot be right. Every
fetch has to fail, with an errno and a sentence of extack.
"""
import os
import struct
import sys

from genl import Family, Refused, attr, uapi
from image import HDR, PROGRAM, PROOF, PROOF_PAYLOAD, PROOF_RESERVED, SEC

DEVLINK = uapi("devlink.h", "DEVLINK_")
HANDLE = (attr(DEVLINK["DEVLINK_ATTR_BUS_NAME"], "netdevsim") +
          attr(DEVLINK["DEVLINK_ATTR_DEV_NAME"], "netdevsim2"))


def fetch(family, name):
    family.call(DEVLINK["DEVLINK_CMD_RELOAD"], HANDLE +
                attr(DEVLINK["DEVLINK_ATTR_RELOAD_ACTION"],
                     bytes([DEVLINK["DEVLINK_RELOAD_ACTION_PARSER_FETCH"]])) +
                attr(DEVLINK["DEVLINK_ATTR_RELOAD_FILE_NAME"], name))


def cuts(good):
    for size in range(len(good)):
        yield f"cut to {size} bytes", good[:size]
    yield "one byte more", good + b"\0"


def words(good):
    """(what, offset) of the 32-bit fields that are read by the kernel"""
    num = struct.unpack_from("<I", good, 12)[0]
    for name, at in (("version", 8), ("num_sections", 12), ("size", 16), ("reserved", 20)):
        yield name, at
    for i in range(num):
        at = HDR.size + i * SEC.size
        for j, name in enumerate(("type", "program", "offset", "size")):
            yield f"section {i} {name}", at + 4 * j
        kind, _, start, _, _ = SEC.unpack_from(good, at)
        if kind == PROGRAM:
            yield "kind", start + 32
            yield "hash_len", start + 52
        if kind == PROOF:
            yield "proof reserved", start + PROOF_RESERVED
            yield "proof payload", start + PROOF_PAYLOAD


def fields(good):
    for i in range(8):
        yield f"magic byte {i}", good[:i] + bytes([good[i] ^ 1]) + good[i + 1:]
    for name, at in words(good):
        right, = struct.unpack_from("<I", good, at)
        for value in {0xffffffff, 0x80000000, 0x7fffffff, right + 1, right ^ 0x100}:
            if value != right:
                yield f"{name} {value:#x}", good[:at] + struct.pack("<I", value & 0xffffffff) + good[at + 4:]


def main():
    folder, name = sys.argv[1:]
    with open(os.path.join(folder, name), "rb") as f:
        good = f.read()
    family, wrong, tried = Family("devlink"), [], 0
    for what, data in [*cuts(good), *fields(good)]:
        with open(os.path.join(folder, "fuzzed.npi"), "wb") as f:
            f.write(data)
        tried += 1
        try:
            fetch(family, "fuzzed.npi")
            wrong.append(f"{what}: accepted")
        except Refused as e:
            if not e.text:
                wrong.append(f"{what}: errno {e.errno} without a sentence")
    print("\n".join(wrong))
    print(f"{tried} images, {len(wrong)} wrong answers")
    sys.exit(bool(wrong))


main()

# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Images with one thing wrong in each"""
import os
import struct
import subprocess
import sys

sys.path.append("base")
from npi import packed, sections

OC = os.environ["OC"]
HEADER, SECTION = 24, 48
subprocess.run([OC, "build", "base/good.c", "-o", ".", "--validate", "none"], check=True, stdout=subprocess.DEVNULL)
with open("good.npi", "rb") as file:
    GOOD = file.read()


def field(section, at):
    """Where a member of a section table's entry is."""
    return HEADER + SECTION * section + at


TYPE, PROGRAM, OFFSET, SIZE, TARGET = 0, 4, 8, 12, 16


def read32(at):
    return struct.unpack_from("<I", GOOD, at)[0]


def data(section, at):
    return read32(field(section, OFFSET)) + at


def put(at, value):
    new = value if isinstance(value, bytes) else struct.pack("<I", value)
    return GOOD[:at] + new + GOOD[at + len(new):]


def longer(image, more):
    image += more
    return image[:16] + struct.pack("<I", len(image)) + image[20:]


NAMES, CPR, TABLES, PAYLOAD, PROOF = range(5)
# Behind the first section that does not fill its last eight bytes
gap = next(end for end in (read32(field(n, OFFSET)) + read32(field(n, SIZE))
                           for n in range(PAYLOAD)) if end % 8)
CASES = {
    "short": GOOD[:23],
    "magic": put(7, b"\r"),
    "version": put(8, 2),
    "size": GOOD + b"\0",
    "reserved": put(20, 1),
    "no-sections": put(12, 0),
    "many-sections": put(12, 65),
    "table-cut": longer(put(12, 64)[:HEADER + 5 * SECTION], b""),
    "large": longer(GOOD, bytes(4 * 1024 * 1024)),
    "tail": longer(GOOD, b"\0\0\0\0\0\0\0\1"),
    "unaligned": put(field(CPR, OFFSET), read32(field(CPR, OFFSET)) + 1),
    "overlapping": put(field(CPR, OFFSET), read32(field(NAMES, OFFSET))),
    "behind-the-end": put(field(PROOF, SIZE), len(GOOD)),
    "gap-not-zero": put(gap, b"\1"),
    "program-number": put(field(CPR, PROGRAM), 8),
    "target-of-cpr": put(field(CPR, TARGET), b"x"),
    "descriptor-size": put(field(NAMES, SIZE), read32(field(NAMES, SIZE)) - 4),
    "cpr-empty": put(field(CPR, SIZE), 0),
    "target-missing": put(field(PAYLOAD, TARGET), bytes(32)),
    "signature-first": put(field(CPR, TYPE), 5),
    "type-unknown": put(field(CPR, TYPE), 7),
    "tables-size": put(field(TABLES, SIZE), read32(field(TABLES, SIZE)) - 1),
    "table-owner": put(data(TABLES, 32), 99),
    "name-not-ended": put(data(NAMES, 0), b"x" * 32),
    "kind-unknown": put(data(NAMES, 32), 9),
    "algorithm-missing": put(data(NAMES, 36), bytes(16)),
    "digest-length": put(data(NAMES, 52), 65),
    "descriptor-reserved": put(data(NAMES, 132), 1),
    "payload-empty": put(field(PAYLOAD, SIZE), 0),
    "other-program": put(field(PAYLOAD, PROGRAM), 1),
    "proof-size": put(field(PROOF, SIZE), read32(field(PROOF, SIZE)) - 8),
    "proof-target-missing": put(field(PROOF, TARGET), bytes(32)),
    "proof-of-no-payload": put(field(PROOF, TARGET), b"x"),
    "proof-twice": packed([*sections(GOOD), sections(GOOD)[PROOF]]),
    "proof-method": put(data(PROOF, 0), b"x" * 16),
    "proof-tool": put(data(PROOF, 24), bytes(32)),
    "proof-reserved": put(data(PROOF, 20), 1),
    "cpr-missing": put(field(CPR, TYPE), struct.pack("<I", 3) +
                       GOOD[field(CPR, PROGRAM):field(CPR, TARGET)] + b"x"),
    "digest-wrong": put(data(NAMES, 56), b"\0\0\0\0"),
    "digest-unknown": put(data(NAMES, 36), b"md4\0\0\0"),
}

for name, image in CASES.items():
    with open(name + ".npi", "wb") as out:
        out.write(image)
    sys.stdout.flush()
    subprocess.run([OC, "hash", name + ".npi"], check=False, stderr=subprocess.STDOUT)

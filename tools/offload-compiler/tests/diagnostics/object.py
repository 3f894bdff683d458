# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""What a compiler that is no clang could leave: object files with one thing wrong"""
import os
import struct
import subprocess
import sys

OC, ROOT = os.environ["OC"], os.environ["ROOT"]
CLANG = os.environ.get("CLANG") or "clang-19"
GOOD = subprocess.run([CLANG, "-target", "bpfel", "-nostdinc", "-I", ROOT + "/bpf/include",
                       "-c", "-o", "-", "base/good.c"], check=True,
                      stdout=subprocess.PIPE).stdout
SYMTAB, REL = 2, 9
SH_TYPE, SH_OFFSET, SH_INFO = 4, 24, 44


def headers():
    start, = struct.unpack_from("<Q", GOOD, 40)
    size, num = struct.unpack_from("<HH", GOOD, 58)
    return [start + size * n for n in range(num)]


def section(kind):
    """Where the header of the first section of this type is"""
    return next(at for at in headers() if struct.unpack_from("<I", GOOD, at + SH_TYPE)[0] == kind)


def of_data(at):
    """The relocations of the section that nodes are in, not of debug information"""
    info, = struct.unpack_from("<I", GOOD, at + SH_INFO)
    flags, = struct.unpack_from("<Q", GOOD, headers()[info] + 8)
    return flags & 2


def put(at, form, value):
    return GOOD[:at] + struct.pack(form, value) + GOOD[at + struct.calcsize(form):]


rel = next(at for at in headers() if of_data(at) and
           struct.unpack_from("<I", GOOD, at + SH_TYPE)[0] == REL)
first, = struct.unpack_from("<Q", GOOD, rel + SH_OFFSET)
CASES = {
    "not_elf": b"int main(void)",
    "other_machine": put(18, "<H", 62),
    "no_symbols": put(section(SYMTAB) + SH_TYPE, "<I", 1),
    "relocation_type": put(first + 8, "<I", 10),
    "relocation_symbol": put(first + 12, "<I", 99999),
    "relocation_place": put(first, "<Q", 1 << 40),
    "relocated_section": put(rel + SH_INFO, "<I", 999),
}

with open("clang", "w", encoding="ascii") as script:
    script.write('#!/bin/sh\nexec cat "$OBJECT"\n')
os.chmod("clang", 0o755)
for name, content in CASES.items():
    with open(name, "wb") as out:
        out.write(content)
    sys.stdout.write(name + ": ")
    sys.stdout.flush()
    subprocess.run([OC, "hash", "base/good.c"], check=False, stderr=subprocess.STDOUT,
                   env={**os.environ, "CLANG": "./clang", "OBJECT": name})

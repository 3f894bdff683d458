#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""table.py CSUM FOLDER: instructions per packet, counted by callgrind.

before  skb_csum_hwoffload_help() for a device of NETIF_F_IP_CSUM and
        NETIF_F_IPV6_CSUM, as 6.12.117 has it; with the sum behind extension headers
core    the same for NETIF_F_HW_CSUM: what is left in the core
plain   skb_csum_hwoffload_legacy_check() of a driver whose device knows TCP and
        UDP behind plain headers; + means that software has to sum
all     of one whose device knows whatever can be described
sum     the sum by software, of frames of 1514 bytes; longest_tcp6 has no payload
"""
import glob
import os
import re
import subprocess
import sys

CALLS = 1000
COLUMNS = ("before", "core", "plain", "all", "sum")
PROGRAM, FOLDER = sys.argv[1:]


def counted():
    """Instructions of each call by packet and column, in the order of the run."""
    out = os.path.join(FOLDER, "csum.callgrind")
    for old in glob.glob(out + "*"):
        os.remove(old)
    subprocess.run(["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + out,
                    PROGRAM], check=True)
    counts = {}
    for number in range(1, len(glob.glob(out + ".*")) + 1):
        with open(f"{out}.{number}", encoding="ascii") as dump:
            text = dump.read()
        name = re.search(r"^desc: Trigger: Client Request: (\w+) (\w+) (\w+)$", text, re.M)
        total = int(re.search(r"^(?:summary|totals): (\d+)", text, re.M)[1])
        counts.setdefault(name[1], {})[name[2]] = (total, name[3] == "no")
    return counts


def cell(of, column):
    total, refused = of[column]
    return f"{(total - of['nothing'][0]) / CALLS:8.0f}" + (" +"[refused])


def main():
    print(f"{'instructions':18}" + "".join(f"{column:>8} " for column in COLUMNS))
    for packet, of in counted().items():
        print(f"{packet:18}" + "".join(cell(of, column) for column in COLUMNS))
    print(__doc__[__doc__.index("\n"):], end="")


main()

# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""What tshark makes of packets: for each, the list of all fields, in order."""
import json
import subprocess
from dataclasses import dataclass

# What no packet tells: where a pseudowire is, what foo over UDP carries. GUE is not
# known to tshark, but that it can be an IP packet
DECODE_AS = ["mpls.label==1000,pwethcw", "mpls.label==1001,pwmcw",
             "udp.port==8888,ip", "udp.port==7777,gre", "udp.port==6080,ip"]


@dataclass
class Field:
    name: str
    show: str
    at: int		# bytes from the start of the frame
    size: int
    mask: int		# in those bytes; 0: all of them
    value: int

    @property
    def bits(self):
        """Offset in the frame and width, both in bits"""
        if not self.mask:
            return 8 * self.at, 8 * self.size
        low = (self.mask & -self.mask).bit_length() - 1
        return (8 * (self.at + self.size) - self.mask.bit_length(),
                self.mask.bit_length() - low)


def walk(pairs):
    """NAME_raw: [hex, position, size, mask, type] comes before NAME: shown"""
    raw = {}
    for name, what in pairs:
        if name.endswith("_raw") and isinstance(what, list):
            raw[name[:-4]] = what
            continue
        shown = what if isinstance(what, str) else ""
        if name in raw and isinstance(raw[name][0], str):
            text, at, size, mask = raw.pop(name)[:4]
            yield Field(name, shown, at, size, mask, int(text or "0", 16))
        if isinstance(what, list) and what and isinstance(what[0], tuple):
            yield from walk(what)


def dissect(pcap):
    """The fields of each packet"""
    options = [word for rule in DECODE_AS for word in ("-d", rule)]
    done = subprocess.run(["tshark", "-r", pcap, "-T", "json", "-x", *options],
                          capture_output=True, text=True, check=True)
    return [list(walk(dict(dict(packet)["_source"])["layers"]))
            for packet in json.loads(done.stdout, object_pairs_hook=list)]

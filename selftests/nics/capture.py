# SPDX-License-Identifier: GPL-2.0
"""Captures: the bytes, and what tshark says of every sum in them."""

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as tree
from collections import defaultdict
from dataclasses import dataclass

FIELDS = ("ip", "tcp", "udp", "icmp", "icmpv6", "igmp", "sctp", "gre")
PREFERENCES = ("ip.check_checksum:TRUE", "tcp.check_checksum:TRUE",
               "udp.check_checksum:TRUE", "sctp.checksum:CRC 32c",
               "ip.defragment:TRUE", "ipv6.defragment:TRUE",
               "tcp.desegment_tcp_streams:FALSE", "gui.max_tree_depth:100")


GENEVE = "6081"		# its destination port


@dataclass
class Frame:
    number: int
    protocols: str
    status: dict	# of FIELDS: statuses, outer first: 0 bad, 1 good, 3 none
    ports: set
    fragments: list	# frame numbers of the parts, if this is the last of them
    raw: bytes

    def __str__(self):
        return f"frame {self.number}: {self.protocols}"

    @property
    def forth(self):
        """From the first interface to the second"""
        return self.raw[11] == 1


def read_pcap(path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"\xd4\xc3\xb2\xa1":
        raise ValueError(f"{path}: not a capture of a little endian machine")
    at, frames = 24, []
    while at + 16 <= len(data):
        size = struct.unpack_from("<8xI", data, at)[0]
        frames.append(data[at + 16:at + 16 + size])
        at += 16 + size
    return frames


def write_pcap(path, frames):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for number, raw in enumerate(frames):
            file.write(struct.pack("<IIII", number, 0, len(raw), len(raw)) + raw)


def tshark(path, *args):
    preferences = [word for p in PREFERENCES for word in ("-o", p)]
    done = subprocess.run(["tshark", "-n", "-r", path, *preferences, *args],
                          capture_output=True, text=True, check=False)
    if done.returncode:	# else it only says what it thinks of root
        sys.exit(f"tshark: {path}: {done.stderr}")
    return done.stdout


def own_ports(lists):
    """Of pairs of ports, but those of Geneve: its source port is made of the flow,
    and may be any, that of a kind as well"""
    pairs = (pair for ports in lists for pair in zip(ports[::2], ports[1::2]))
    return {int(port) for pair in pairs if GENEVE not in pair for port in pair}


def dissect(path):
    """A Frame for each packet"""
    fields = ["frame.number", "frame.protocols", *(f"{f}.checksum.status" for f in FIELDS),
              "tcp.port", "udp.port", "sctp.port", "tcp.checksum", "tcp.checksum_calculated",
              "ip.fragment", "ipv6.fragment"]
    out = tshark(path, "-T", "fields", "-E", "separator=|",
                 *(word for field in fields for word in ("-e", field)))
    raws, frames = read_pcap(path), []
    for line in out.splitlines():
        number, protocols, *lists = line.split("|")
        lists = [part.split(",") if part else [] for part in lists]
        status = dict(zip(FIELDS, lists))
        # Zero as it is written for UDP, by skb_checksum_help() and devices: the
        # same sum to whoever verifies it, tshark wants RFC 1624's zero
        if lists[-4] == ["0xffff"] and lists[-3] == ["0x0000"]:
            status["tcp"] = ["1"]
        ports = own_ports(lists[len(FIELDS):len(FIELDS) + 3])
        quoted = re.search("(?<=:icmp|cmpv6):ip", protocols)
        if quoted:	# what an error quotes is cut off, and not of this packet
            own = protocols[:quoted.start()].split(":")
            ports, status = set(), {f: said[:own.count(f)] for f, said in status.items()}
        frames.append(Frame(int(number), protocols, status, ports,
                            [int(n) for n in lists[-1] or lists[-2]], raws[int(number) - 1]))
    return frames


def sums_at(path, numbers):
    """Frame number -> (field, which of these, its place) of each sum"""
    wanted = ",".join(map(str, numbers))
    places = {}
    for packet in tree.fromstring(tshark(path, "-T", "pdml", "-Y", f"frame.number in {{{wanted}}}")):
        seen = defaultdict(int)
        frame, places_here = 0, []
        for field in packet.iter("field"):
            name = field.get("name")
            if name == "frame.number":
                frame = int(field.get("show"))
            proto, _, rest = name.partition(".")
            if proto in FIELDS and rest == "checksum":
                if int(field.get("show"), 16):
                    places_here.append((proto, seen[proto], int(field.get("pos"))))
                seen[proto] += 1
        places[frame] = places_here
    return places

# SPDX-License-Identifier: GPL-2.0
"""The two ports, tx0 in netns tx and rx0 in netns rx, and what they count."""
import ctypes
import fcntl
import socket
import struct

from nics.netns import enter

SIOCETHTOOL, ETHTOOL_GSTRINGS, ETHTOOL_GSTATS, ETH_SS_STATS = 0x8946, 0x1b, 0x1d, 1


class Port:
    def __init__(self, side):
        enter(side)
        self.dev = side + "0"
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        text = self.ethtool(struct.pack("=III", ETHTOOL_GSTRINGS, ETH_SS_STATS, 0))
        num = struct.unpack_from("=I", text, 8)[0]
        self.names = [text[12 + 32 * i:][:32].rstrip(b"\0").decode() for i in range(num)]

    def ethtool(self, command):
        """With room for 256 names or counters behind it"""
        data = ctypes.create_string_buffer(command, len(command) + 32 * 256)
        fcntl.ioctl(self.sock, SIOCETHTOOL,
                    struct.pack("=16sQ16x", self.dev.encode(), ctypes.addressof(data)))
        return data.raw

    def counters(self):
        data = self.ethtool(struct.pack("=II", ETHTOOL_GSTATS, len(self.names)))
        return dict(zip(self.names, struct.unpack_from(f"={len(self.names)}Q", data, 8)))


class Counted:
    """What both have counted since the last time"""

    def __init__(self):
        self.ports = Port("rx"), Port("tx")
        self.last = self.now()

    def now(self):
        return [port.counters() for port in self.ports]

    def more(self):
        last, self.last = self.last, self.now()
        return [{name: now[name] - before[name] for name in now}
                for before, now in zip(last, self.last)]

# SPDX-License-Identifier: GPL-2.0
"""Just enough generic netlink to send what no user tool would send."""
import errno
import os
import re
import socket
import struct

NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
NLMSGERR_ATTR_MSG = 1
CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 3, 1, 2
CTRL_ATTR_MCAST_GROUPS = 7
SOL_NETLINK, NETLINK_ADD_MEMBERSHIP = 270, 1
NETLINK_CAP_ACK, NETLINK_EXT_ACK = 10, 11


def attr(kind, data):
    if isinstance(data, str):
        data = data.encode() + b"\0"
    return struct.pack("=HH", len(data) + 4, kind) + data + bytes(-len(data) % 4)


def attrs(data):
    at, found = 0, []
    while at + 4 <= len(data):
        size, kind = struct.unpack_from("=HH", data, at)
        found.append((kind & 0x3fff, data[at + 4:at + size]))
        at += size + 3 & ~3
    return found


class Refused(Exception):
    """The kernel's answer: errno and what extack says, '' if nothing."""
    def __init__(self, number, text):
        super().__init__(f"{errno.errorcode.get(number, number)}: {text}")
        self.errno, self.text = number, text


class Family:
    def __init__(self, name, group=None):
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
        self.sock.bind((0, 0))
        self.sock.setsockopt(SOL_NETLINK, NETLINK_EXT_ACK, 1)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_CAP_ACK, 1)
        self.seq, self.id = 0, 16
        reply = self.call(CTRL_CMD_GETFAMILY, attr(CTRL_ATTR_FAMILY_NAME, name))
        fields = dict(reply[0])
        self.id = struct.unpack("=H", fields[CTRL_ATTR_FAMILY_ID])[0]
        if group:
            self.join(fields[CTRL_ATTR_MCAST_GROUPS], group)

    def join(self, groups, name):
        for _, group in attrs(groups):
            fields = dict(attrs(group))
            if fields[1] == name.encode() + b"\0":
                number, = struct.unpack("=I", fields[2])
                self.sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, number)
                return
        raise KeyError(name)

    def send(self, cmd, payload, flags):
        self.seq += 1
        body = struct.pack("=BBH", cmd, 1, 0) + payload
        self.sock.send(struct.pack("=IHHII", 16 + len(body), self.id,
                                   NLM_F_REQUEST | flags, self.seq, 0) + body)

    def messages(self):
        """(type, seq, payload) of one datagram"""
        data, at = self.sock.recv(1 << 16), 0
        while at + 16 <= len(data):
            size, kind, flags, seq, _ = struct.unpack_from("=IHHII", data, at)
            yield kind, flags, seq, data[at + 16:at + size]
            at += size + 3 & ~3

    def call(self, cmd, payload=b"", dump=False):
        """Attribute lists of the replies; raises Refused"""
        self.send(cmd, payload, NLM_F_DUMP if dump else NLM_F_ACK)
        replies = []
        while True:
            for kind, flags, seq, data in self.messages():
                if seq != self.seq:
                    continue
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    number, = struct.unpack_from("=i", data)
                    if number:
                        skip = 20 if kind == NLMSG_ERROR else 4
                        text = dict(attrs(data[skip:])).get(NLMSGERR_ATTR_MSG, b"")
                        raise Refused(-number, text.rstrip(b"\0").decode())
                    return replies
                replies.append(attrs(data[4:]))

    def notification(self, timeout):
        """(command, attributes) of the next one, None when none comes"""
        self.sock.settimeout(timeout)
        try:
            while True:
                for kind, _, seq, data in self.messages():
                    if kind == self.id and seq == 0:
                        return data[0], attrs(data[4:])
        except (TimeoutError, socket.timeout):
            return None


def uapi(header, prefix):
    """{name: value} of the enumerators with a prefix, in a UAPI header"""
    top = os.environ["NETPROG_LINUX"]
    text = open(f"{top}/include/uapi/linux/{header}").read()
    text = re.sub(r"/\*.*?\*/|^#.*?$", "", text, flags=re.S | re.M)
    found = {}
    for body in re.findall(r"enum\s*\w*\s*\{(.*?)\}", text, flags=re.S):
        value = -1
        for item in body.split(","):
            item = item.strip()
            if not item:
                continue
            name, _, given = (part.strip() for part in item.partition("="))
            if given:
                try:
                    value = int(given, 0)
                except ValueError:
                    if given not in found:
                        continue
                    value = found[given]
            else:
                value += 1
            found[name] = value
    return {name: value for name, value in found.items() if name.startswith(prefix)}

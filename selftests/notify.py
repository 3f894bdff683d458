#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""notify.py STATE: waits for a netprog-change-ntf of rx0 with that state."""
import socket
import struct
import sys
import time

from genl import Family, uapi

N = uapi("netdev.h", "NETDEV_")
want = N["NETDEV_NETPROG_STATE_" + sys.argv[1].upper().replace("-", "_")]
rx0 = socket.if_nametoindex("rx0")
family = Family("netdev", group="mgmt")
print("ready", flush=True)
end = time.monotonic() + 10
while time.monotonic() < end:
    heard = family.notification(1)
    if not heard or heard[0] != N["NETDEV_CMD_NETPROG_CHANGE_NTF"]:
        continue
    fields = {k: struct.unpack("=I", v)[0] for k, v in heard[1] if len(v) == 4}
    print(fields)
    if (fields[N["NETDEV_A_NETPROG_IFINDEX"]] == rx0 and
            fields.get(N["NETDEV_A_NETPROG_STATE"]) == want):
        sys.exit(0)
sys.exit("not heard")

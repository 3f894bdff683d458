#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""frame.py DEV HEX...: sends one frame out of DEV."""
import socket
import sys

sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
sock.bind((sys.argv[1], 0))
sock.send(bytes.fromhex("".join(sys.argv[2:])))

# SPDX-License-Identifier: GPL-2.0
"""Network namespaces, and the interfaces of `vm --nics`, in the booted kernel."""

import ctypes
import os
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
home = os.open("/proc/self/ns/net", os.O_RDONLY)


def run(*command, stdin=""):
    subprocess.run(command, input=stdin, text=True, check=True)


def enter(netns):
    fd = os.open(f"/run/netns/{netns}", os.O_RDONLY) if netns else home
    if libc.setns(fd, 0):
        raise OSError(ctypes.get_errno(), f"setns({netns})")


def mac(number, side):
    return f"02:00:00:00:{number:02x}:{side:02x}"


def interface(address):
    for name in os.listdir("/sys/class/net"):
        with open(f"/sys/class/net/{name}/address", encoding="ascii") as file:
            if file.read().strip() == address:
                return name
    sys.exit(f"send.py: no interface {address}: no driver for it?")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Bad requests to devlink and netdev; prints good|NAME|TEXT or bad|NAME|TEXT."""
import errno
import socket
import struct

from genl import Family, Refused, attr, uapi

D = uapi("devlink.h", "DEVLINK_")
N = uapi("netdev.h", "NETDEV_")
HANDLE = (attr(D["DEVLINK_ATTR_BUS_NAME"], "netdevsim") +
          attr(D["DEVLINK_ATTR_DEV_NAME"], "netdevsim2"))


def u8(value):
    return bytes([value])


def u32(value):
    return struct.pack("=I", value)


def fetch(*extra, name="a.npi"):
    payload = HANDLE + attr(D["DEVLINK_ATTR_RELOAD_ACTION"],
                            u8(D["DEVLINK_RELOAD_ACTION_PARSER_FETCH"]))
    if name is not None:
        payload += attr(D["DEVLINK_ATTR_RELOAD_FILE_NAME"], name)
    return D["DEVLINK_CMD_RELOAD"], payload + b"".join(extra)


def devlink_cases():
    file_name = D["DEVLINK_ATTR_RELOAD_FILE_NAME"]
    yield "fetch_without_file", fetch(name=None), errno.EINVAL, "needs a file name"
    yield "fetch_empty_file", fetch(name=""), errno.EINVAL, "empty"
    yield "fetch_not_terminated", fetch(attr(file_name, b"a.npi"), name=None), errno.EINVAL, ""
    yield "fetch_long_name", fetch(name="x" * 300), None, ""
    yield "fetch_dotdot", fetch(name="x/../../a.npi"), errno.EINVAL, '".."'
    yield ("fetch_with_netns", fetch(attr(D["DEVLINK_ATTR_NETNS_PID"], u32(1))),
           errno.EINVAL, "namespace")
    yield ("file_with_reinit", (D["DEVLINK_CMD_RELOAD"], HANDLE +
           attr(D["DEVLINK_ATTR_RELOAD_ACTION"], u8(D["DEVLINK_RELOAD_ACTION_DRIVER_REINIT"])) +
           attr(file_name, "a.npi")), errno.EINVAL, "")
    yield ("action_unknown", (D["DEVLINK_CMD_RELOAD"], HANDLE +
           attr(D["DEVLINK_ATTR_RELOAD_ACTION"], u8(200))), None, "")
    yield ("parser_unknown", (D["DEVLINK_CMD_PARSER_GET"], HANDLE +
           attr(D["DEVLINK_ATTR_PARSER_NAME"], "nonesuch")), errno.ENOENT, "no program")


def netdev_cases(ifindex):
    get = N["NETDEV_CMD_NETPROG_GET"]
    kind, index = N["NETDEV_A_NETPROG_KIND"], N["NETDEV_A_NETPROG_IFINDEX"]
    yield "get_without_kind", (get, attr(index, u32(ifindex))), errno.EINVAL, ""
    yield "get_without_ifindex", (get, attr(kind, u32(0))), errno.EINVAL, ""
    yield "get_kind_unknown", (get, attr(index, u32(ifindex)) + attr(kind, u32(77))), None, ""
    yield "get_no_device", (get, attr(index, u32(9999)) + attr(kind, u32(0))), errno.ENODEV, ""
    lo = socket.if_nametoindex("lo")
    yield "get_device_without_programs", (get, attr(index, u32(lo)) + attr(kind, u32(0))), errno.EOPNOTSUPP, ""
    yield "get_short_ifindex", (get, attr(index, b"\1") + attr(kind, u32(0))), None, ""


def attempt(family, name, request, number, text):
    try:
        family.call(*request)
        print(f"bad|{name}|accepted")
    except Refused as e:
        right = (number is None or e.errno == number) and text in e.text
        print(f"{'good' if right else 'bad'}|{name}|{e}")


def main():
    devlink, netdev = Family("devlink"), Family("netdev")
    for case in devlink_cases():
        attempt(devlink, *case)
    for case in netdev_cases(socket.if_nametoindex("rx0")):
        attempt(netdev, *case)


main()

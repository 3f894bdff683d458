# SPDX-License-Identifier: GPL-2.0
"""What is known to leave with a wrong sum: kind -> why. verify.py wants each to
be wrong, so that no entry stays that hides nothing."""

from inject import INJECTED

# net_tx_pkt of QEMU, below both: it sums nothing but TCP and UDP right behind
# an IP header, with the addresses that are in there, wherever the driver says
# that the sum starts and is. A backend that takes a vnet header would do it.
NET_TX_PKT = dict.fromkeys((
    "TCP, IPv4 over gre_csum", "TCP, IPv6 over gre_csum",
    "UDP, IPv4 without a sum over gre_csum",
    "TCP, SRv6 inline", "TCP, SRv6 of a socket", "UDP, SRv6 inline",
    "TCP, IPv4 source route", "other",
    *(kind.name for kind in INJECTED)), "QEMU's net_tx_pkt takes no csum_start")

# On any kernel: the fault of QEMU's model
MODEL = {
    "rtl8139": {"UDP, IPv4, sum is zero": "the model leaves zero, which is none"},
    "e1000e": NET_TX_PKT,
    "vmxnet3": NET_TX_PKT,
}

# On the kernel without our patches: rtl8139 finds an IPv4 header right behind the
# addresses, and the driver says TCP or UDP after the byte where IPv4 has it
DROPS = "the driver drops it"
ROUTE = "the pseudo header is made of the next hop's address"
BASE = {
    "rtl8139": {
        "TCP, IPv4 over svlan": "the device does not look behind the tag",
        "UDP, IPv4 over svlan": "the device does not look behind the tag",
        "TCP, IPv4 source route": ROUTE,
        "injected, UDP with a source route": ROUTE,
        "injected, large TCP with a source route": ROUTE,
        "injected, TCP in IPIP": DROPS,
        "injected, UDP in IPIP": DROPS,
        "injected, TCP in GRE": DROPS,
        "injected, DCCP": DROPS,
        "injected, UDP-Lite": DROPS,
        "injected, UDP in unknown UDP": "the device sums the outer UDP",
        "injected, a fragment": "the device takes it for a whole packet",
    },
    # Small ones are right: the driver makes the pseudo header for TSO
    "e1000": {
        "TCP, IPv4 source route": ROUTE,
        "injected, large TCP with a source route": ROUTE,
    },
}

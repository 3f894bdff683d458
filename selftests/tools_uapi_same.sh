#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The user tools were built with the numbers that the kernel was built with:
# the headers in their trees are those of build/linux.
. "$(dirname "$0")/tools.inc"

top=$(cd "$(dirname "$0")/.." && pwd)

# The header without its comments; 'make headers_install' renames the guard
bare() { sed 's/_UAPI_LINUX_/_LINUX_/' "$1" | gcc -fpreprocessed -dD -E -P -; }

same()
{
	diff <(bare "$top/build/linux/include/uapi/linux/$2") \
		<(bare "$top/build/$1/$2") && echo same
}

check "devlink_of_iproute2" 0 same same iproute2/include/uapi/linux devlink.h
check "netprog_of_iproute2" 0 same same iproute2/include/uapi/linux netprog.h
check "netdev_of_ethtool" 0 same same ethtool/uapi/linux netdev.h
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# 'ethtool --show-netprog' of what runs no network program.
. "$(dirname "$0")/tools.inc"

check "help" 0 "--show-netprog DEVNAME" ethtool --help
check "device_not_given" 1 "bad command line argument" ethtool --show-netprog
check "device_missing" 1 "no network device 'nodev'" \
	ethtool --show-netprog nodev
check "device_without_programs" 1 "device 'lo' cannot run network programs" \
	ethtool --show-netprog lo
check "extra_word" 1 "unexpected parameter 'more'" \
	ethtool --show-netprog lo more
check "wildcard_without_devices" 0 "" ethtool --show-netprog '*'
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# 'devlink dev parser show' without any program, and of what is no device.
. "$(dirname "$0")/tools.inc"

programs() { devlink -j dev parser show | tr -d '[:space:]'; }

check "json_without_programs" 0 '{"parser":{}}' programs
check "device_missing" 1 "No such device" \
	devlink dev parser show netdevsim/netdevsim99
check "device_missing_json" 1 "No such device" \
	devlink -j dev parser show netdevsim/netdevsim99
check "device_malformed" 1 "bus_name/dev_name" devlink dev parser show nodev
check "extra_word" 1 'Unknown option "more"' \
	devlink dev parser show netdevsim/netdevsim99 more
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A parser with every construct (bpf/examples/big.c) on both sides: the device
# takes it, the gate opens, and the device does the work for every packet.
. "$(dirname "$0")/lib.sh"
setup 4
check program_loads load_big
check device_takes_it fetch big.npi
check it_is_shown sh -c "devlink -N rx dev parser show $dut | grep -q big"
check kernel_takes_it attach big
check rxhash_on rx ethtool -K rx0 rxhash on
check gate_opens gate_is on match
send 64 64
check device_hashes_all eventually stat_is hashed 64
check software_hashes_none stat_is fallback 0
check kernel_gives_it_up detach big
check off_afterwards gate_is "off [requested on]" "device only"
tap_end

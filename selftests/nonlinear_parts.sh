#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Options of IPv4 and TCP that are not in the linear part of an skb, or across
# its end, are parsed all the same: a parser with every construct gives a flow one
# hash wherever they lie.
. "$(dirname "$0")/lib.sh"
setup
options=options
. "$(dirname "$0")/nonlinear.inc"
check program_loads load_big
check device_takes_it fetch big.npi
check kernel_takes_it attach big
check rxhash_on rx ethtool -K rx0 rxhash on

# Ends in headers, in kinds and lengths of options, and behind all of them
check device_one_hash one_hash device 70 14 36 59 61 65 5000
check device_other_flow_other_hash other_hash
check rxhash_off rx ethtool -K rx0 rxhash off
check software_one_hash one_hash software 70 14 36 59 61 65 5000
check software_other_flow_other_hash other_hash
tap_end

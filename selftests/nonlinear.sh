#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Headers that are not in the linear part of an skb are parsed all the same, by
# the kernel's program (bpf_skb_load_bytes) and by the device: a flow has one
# hash wherever its bytes lie.
. "$(dirname "$0")/lib.sh"
setup
both_run_a
. "$(dirname "$0")/nonlinear.inc"
check device_one_hash one_hash device 54 14 20 34 36 38 5000
check device_other_flow_other_hash other_hash
check rxhash_off rx ethtool -K rx0 rxhash off
check software_one_hash one_hash software 54 14 20 34 36 38 5000
check software_other_flow_other_hash other_hash
tap_end

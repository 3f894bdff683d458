#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Headers that are not in the linear part of an skb are parsed all the same, by
# the kernel's program (bpf_skb_load_bytes) and by the device: a flow has one
# hash wherever its bytes lie.
. "$(dirname "$0")/lib.sh"
setup
both_run_a
for side in tx rx; do
	ip -n $side link set ${side}0 mtu 9000 || give_up "no large frames"
done

# hashes SPORT LINEAR...: of frames with so many linear bytes each, by one table
hashes() {
	local sport=$1 pid linear; shift
	rx flows rx0 $((2 * $#)) > /tmp/flows 2> /tmp/ready & pid=$!
	eventually grep -q ready /tmp/ready || return 1
	for linear in "$@"; do
		tx python3 "$here/nonlinear.py" tx0 "$linear" "$sport" 2 || return 1
	done
	wait $pid || { cat /tmp/ready /tmp/flows; return 1; }
	tail -n +2 /tmp/flows | awk '/ > / { print $2, $4 }'
}
# one_hash BY: all frames of a flow, however split, have the same
one_hash() {
	local got; got=$(hashes 40000 54 14 20 34 36 38 5000) || { echo "$got"; return 1; }
	[ "$(wc -l <<< "$got")" = 1 ] && [[ $got == 0x*" $1" ]] || { echo "$got"; cat /tmp/flows; false; }
}
# The twin: another port, so the bytes behind the linear part do count
other_hash() {
	local a b; a=$(hashes 40000 14) && b=$(hashes 40001 14) || return 1
	[ "$a" != "$b" ] || { echo "$a for both"; false; }
}

check device_one_hash one_hash device
check device_other_flow_other_hash other_hash
check rxhash_off rx ethtool -K rx0 rxhash off
check software_one_hash one_hash software
check software_other_flow_other_hash other_hash
tap_end

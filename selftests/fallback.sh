#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Off means that software does the work, with the same result; the counters
# tell which did it, and each packet is counted once.
. "$(dirname "$0")/lib.sh"
setup
both_run_a

# counts HASHED FALLBACK: what 50 packets of 10 flows add
counts() {
	local hashed fallback
	hashed=$(stat hashed) fallback=$(stat fallback)
	send 50 10
	eventually seen_is $((hashed + fallback + 50)) || { rx ethtool -S rx0; return 1; }
	stat_is hashed $((hashed + $1)) && stat_is fallback $((fallback + $2))
}
# flow_table: keys and packets of each flow, and who hashed it, as the stack sees
flow_table() {
	local pid
	rx flows rx0 50 > /tmp/flows 2> /tmp/ready & pid=$!
	eventually grep -q ready /tmp/ready || { cat /tmp/ready; return 1; }
	send 50 10
	wait $pid || { cat /tmp/ready; return 1; }
}
by() { flow_table && [ "$(grep -c " $1 " /tmp/flows)" = 10 ] || { cat /tmp/flows; false; }; }
flow_keys() { sed -E -n 's/^( *[0-9]+) .* (0800.*)/\1 \2/p' /tmp/flows; }

check device_counts counts 50 0
check device_hashes_all_flows by device
flow_keys > /tmp/keys-device
check rxhash_off rx ethtool -K rx0 rxhash off
check software_counts counts 0 50
check software_hashes_all_flows by software
flow_keys > /tmp/keys-software
check same_flows diff /tmp/keys-device /tmp/keys-software
check ten_flows test "$(wc -l < /tmp/keys-software)" = 10
check rxhash_on rx ethtool -K rx0 rxhash on
check device_again counts 50 0
check other_program fetch b.npi
check software_after_mismatch counts 0 50
check no_verdict_without_program stat_is no_match 0
check first_program fetch a.npi

# What the parser does not know is software's, and says why
no_match() {
	local n before; before=$(stat no_match) n=$(stat fallback)
	tx python3 "$here/frame.py" tx0 ffffffffffff020000000001 88b5 $(printf '00%.0s' {1..46})
	eventually stat_is fallback $((n + 1)) > /dev/null
	stat_is no_match $((before + 1))
}
check no_match_counted no_match
truncated() {
	local n before; before=$(stat truncated) n=$(stat fallback)
	tx python3 "$here/frame.py" tx0 ffffffffffff020000000001 0800 45000014
	eventually stat_is fallback $((n + 1)) > /dev/null
	stat_is truncated $((before + 1))
}
check truncated_counted truncated
tap_end

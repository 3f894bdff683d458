#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Fetches at once, and a device that goes away in the middle of them.
. "$(dirname "$0")/lib.sh"
setup
both_run_a

two_at_once() {
	local i pids=() ok=0
	for i in 1 2 3 4; do
		fetch a.npi & pids+=($!)
		fetch b.npi & pids+=($!)
	done
	for i in "${pids[@]}"; do wait "$i" && ok=$((ok + 1)); done
	echo "$ok of 8 fetches succeeded"
	[ $ok = 8 ]
}
check all_of_parallel_fetches_succeed two_at_once
check one_of_them_won fetch a.npi
check gate_is_right gate_is on match

# The device is deleted while it is given programs; what is left to do is
# refused as for any device that is not there
gone_in_the_middle() {
	fetch_until_gone > /tmp/gone 2>&1 &
	local pid=$!
	eventually grep -q fetched /tmp/gone && echo 2 > /sys/bus/netdevsim/del_device
	wait $pid
	grep -qE "No such device|not found|No devlink|reply" /tmp/gone || { tail -n 3 /tmp/gone; false; }
}
fetch_until_gone() { while fetch a.npi; do echo fetched; done; }
check gone_in_the_middle gone_in_the_middle
check device_comes_back sh -c 'echo "2 1 4" > /sys/bus/netdevsim/new_device'
check no_program_in_new_device sh -c "! devlink dev parser show $dut | grep -q ports"
check fetch_into_new_device devlink dev reload "$dut" action parser-fetch a.npi
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# No packet is ever handled by a device program that is not the kernel's.
#
# Senders on all CPUs while programs are attached, detached, replaced and
# fetched and the device moves between namespaces, at random. The engine waits
# between reading the active pointer and using it, and then asks which program
# is attached at that moment (the audit knob): every difference is counted.
#
# To see this test fail, take out either of
#	the synchronize_net() of netprog_hold_all(), net/core/netprog.c
#	the comparison of generations in nsim_netprog_desc_valid(),
#	drivers/net/netdevsim/netprog_rx.c
# SECONDS_LONG=N is for how long; SEED=N repeats a run's order of changes.
. "$(dirname "$0")/lib.sh"
setup
both_run_a
ip netns add other
RANDOM=${SEED:-$((SRANDOM % 32768))}
echo "# SEED=${SEED:-$RANDOM}"
knob audit 1
knob rx_delay_us 2000

in_dut() { ip netns exec "$dut_ns" "$@"; }
dut_ns=rx
changes=0

pick() { local list=(a b); echo "${list[RANDOM % 2]}"; }
move() {
	local to=other
	[ $dut_ns = rx ] || to=rx
	ip -n $dut_ns link set rx0 netns $to && dut_ns=$to
	ip -n $to link set rx0 up
	ip netns exec $to ethtool -K rx0 rxhash on
}
# Needs that no other namespace has one
root_program() {
	ip netns exec rx bpftool prog detach pinned "$pins/a" flow_dissector
	ip netns exec other bpftool prog detach pinned "$pins/a" flow_dissector
	bpftool prog attach pinned "$pins/$1" flow_dissector &&
		bpftool prog detach pinned "$pins/$1" flow_dissector
}
change_once() {
	case $((RANDOM % 8)) in
	0|1|2) in_dut bpftool prog attach pinned "$pins/$(pick)" flow_dissector ;;
	3) in_dut bpftool prog detach pinned "$pins/$(pick)" flow_dissector ;;
	4|5) fetch "$(pick).npi" ;;
	6) root_program "$(pick)" ;;
	7) move ;;
	esac > /dev/null 2>&1
	changes=$((changes + 1))
}
change_for() {
	local end=$((SECONDS + $1))
	while [ $SECONDS -lt $end ]; do change_once; done
}

for cpu in $(seq 0 $(($(nproc) - 1))); do
	tx taskset -c "$cpu" traffic tx0 0 64 > /dev/null &
done
# A debug kernel makes some twenty changes in that time, none of which may have
# come between a packet's two looks: then again
for round in 1 2 3 4 5 6; do
	change_for "${SECONDS_LONG:-20}"
	[ $dut_ns = rx ] || move
	[ "$(stat stale)" -eq 0 ] || break
done
pkill_own() { jobs -p | xargs -r kill; }
pkill_own
knob rx_delay_us 0

echo "# $round rounds, $changes changes, $(stat audited) audits, $(stat hashed) hashed," \
	"$(stat fallback) fallbacks, $(stat stale) stale"
check device_did_work test "$(stat hashed)" -gt 100
check software_did_work test "$(stat fallback)" -gt 100
check audit_looked test "$(stat audited)" -ge "$(stat hashed)"
check stale_descriptors_were_seen test "$(stat stale)" -gt 0
check no_packet_by_a_program_not_the_kernel_s stat_is mismatch 0
tap_end

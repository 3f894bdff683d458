#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames of every kind with a checksum to do, out of a device that sums from
# csum_start on, out of one that parses with the driver's help, and out of that
# without help: there all those fail that devices of its kind get wrong, and no
# others. The receiver counts, and reads frames on its own: it is first shown
# what is right and what is wrong.
. "$(dirname "$0")/lib.sh"
link_devices 1

# verdicts HOW MODE: of all frames, for the checks that follow
verdicts() {
	csum_mode tx "$2" && python3 "$here/csum_frames.py" "$1" > /tmp/frames &&
		[ "$(wc -l < /tmp/frames)" = 24 ]
}
# frames_are COUNTED BY NAME...: of the last verdicts; no name: of all
frames_are() {
	local want="$1 $2" got name; shift 2
	[ $# -gt 0 ] || set -- $(cut -d' ' -f1 /tmp/frames)
	for name in "$@"; do
		got=$(sed -n "s/^$name //p" /tmp/frames)
		[ "$got" = "$want" ] || { echo "$name: $got, not $want"; return 1; }
	done
}
common="tcp4 udp4 tcp6 udp6 udp4_sum_is_zero tcp4_no_data vlan_tcp4 vlan_udp6
	router_alert_tcp4 hop_by_hop_tcp6 destination_options_udp6"
exotic="stacked_vlans_tcp4 lsrr_tcp4 ssrr_udp4 srh_tcp6 srh_udp6
	srh_behind_options_tcp6 home_address_udp6 mpls_tcp4 ipip_tcp4 sit_tcp6
	ip6ip6_udp6 gre_tcp4 vxlan_tcp4"

check frames_with_their_sum verdicts right generic
check right_ones_are_counted_right frames_are ok nobody
check frames_with_another_sum verdicts wrong generic
check wrong_ones_are_counted_wrong frames_are bad nobody

check device_that_is_told verdicts asked generic
check it_sums_all_frames frames_are ok device

check device_that_parses verdicts asked legacy
for name in $common; do
	check "device_sums_$name" frames_are ok device $name
done
for name in $exotic; do
	check "driver_sums_$name" frames_are ok driver $name
done

check device_that_parses_without_help verdicts asked legacy-unchecked
check it_sums_what_it_knows frames_are ok device $common
for name in $exotic; do
	check "it_fails_with_$name" frames_are bad device $name
done

# The device's mode
mode_is() { [ "$(cat "$(csum_knob tx)")" = "$1" ]; }
refused unknown_mode "Invalid argument" csum_mode tx legacy-unchecke
refused empty_mode "Invalid argument" csum_mode tx ""
refused long_mode "Invalid argument" csum_mode tx "$(printf '%064d' 0)"
check mode_stays mode_is legacy-unchecked
check mode_is_each_port_s_own test "$(cat "$(csum_knob rx)")" = generic
tap_end

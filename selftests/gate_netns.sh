#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Namespaces: the device moves, the namespace dies, the initial namespace's
# program overrides all others.
. "$(dirname "$0")/lib.sh"
setup
both_run_a
ip netns add other

other_is() { [ "$(ip netns exec other ethtool -k rx0 | sed -n 's/^receive-hashing: //p')" = "$1" ]; }
check moved_away ip -n rx link set rx0 netns other
check off_where_no_program_is other_is "off [requested on]"
check other_program ip netns exec other bpftool prog attach pinned "$pins/b" flow_dissector
check off_with_other_program other_is "off [requested on]"
check same_program ip netns exec other bpftool prog attach pinned "$pins/a" flow_dissector
check on_in_new_netns other_is on
check old_netns_does_not_matter detach a
check still_on_in_new_netns other_is on
check moved_back ip -n other link set rx0 netns rx
check off_after_move_back gate_is "off [requested on]" "device only"

# While a namespace has a program of its own the initial one cannot get any
refused root_program_refused "failed prog attach" \
	bpftool prog attach pinned "$pins/a" flow_dissector
ip netns exec other bpftool prog detach pinned "$pins/a" flow_dissector
check root_program bpftool prog attach pinned "$pins/a" flow_dissector
check on_by_root_program gate_is on match
check root_program_gone bpftool prog detach pinned "$pins/a" flow_dissector
check off_without_root_program gate_is "off [requested on]" "device only"

# A netns dies with a program attached: its devlink instance and its ports go
# to the initial namespace, which runs none
attach a
check on_before_exit gate_is on match
ip -n rx link set rx0 netns other
ip netns exec other bpftool prog attach pinned "$pins/a" flow_dissector
ip -n other link set rx0 netns rx
check netns_with_program_deleted ip netns del other
check on_after_exit_of_other gate_is on match
tap_end

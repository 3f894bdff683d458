#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The feature is on exactly while kernel and device run the same program, for
# each way in which the kernel's program can change.
. "$(dirname "$0")/lib.sh"
setup

check off_by_default gate_is "off" none
refused request_without_programs "Could not change any device features" \
	rx ethtool -K rx0 rxhash on
check requested_without_programs gate_is "off [requested on]" none
check fetch_alone fetch a.npi
check device_only gate_is "off [requested on]" "device only"
check attach_same attach a
check match gate_is on match
refused attach_twice_rejected "" attach a
check still_match gate_is on match
check detach detach a
check off_after_detach gate_is "off [requested on]" "device only"
check attach_other attach b
check mismatch gate_is "off [requested on]" mismatch
check replace_by_same attach a
check on_after_replace gate_is on match
check replace_by_other attach b
check off_after_replace gate_is "off [requested on]" mismatch
check fetch_other fetch b.npi
check on_after_fetch gate_is on match
check fetch_first_again fetch a.npi
check off_after_fetch gate_is "off [requested on]" mismatch
check replace_by_untagged attach untagged
check untagged_is_no_program gate_is "off [requested on]" "device only"
check tagged_again attach a
check on_again gate_is on match
check user_turns_off rx ethtool -K rx0 rxhash off
check off_but_match gate_is off match
check user_turns_on rx ethtool -K rx0 rxhash on
check on_by_user gate_is on match
detach a

# A device that lies about its hash is never believed to match
knob lie_hash 1
check fetch_with_lie fetch a.npi
check attach_with_lie attach a
check lie_is_mismatch gate_is "off [requested on]" mismatch
knob lie_hash 0
check fetch_without_lie fetch a.npi
check truth_is_match gate_is on match
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What ethtool shows and sets of checksums: the two names of what devices could
# that know IPv4 and IPv6 alone are still there, for scripts that read them, and
# can no more be set; and a feature that is off is not used.
. "$(dirname "$0")/lib.sh"
link_devices 1

# feature_of SIDE NAME STATE
feature_of() {
	local got
	got=$(ip netns exec "$1" ethtool -k "${1}0" | sed -n "s/^\t*$2: //p")
	[ "$got" = "$3" ] || { echo "$2: $got"; false; }
}
set_tx() { tx ethtool -K tx0 "$@"; }
frames() { python3 "$here/csum_frames.py" "$1" "${@:2}" > /tmp/frames; cat /tmp/frames; }
# frame_is "NAME COUNTED BY": of one that is asked for
frame_is() { [ "$(frames asked "${1%% *}")" = "$1" ] || { cat /tmp/frames; false; }; }

check generic_is_on feature_of tx tx-checksum-ip-generic on
check ipv4_is_off_and_fixed feature_of tx tx-checksum-ipv4 "off [fixed]"
check ipv6_is_off_and_fixed feature_of tx tx-checksum-ipv6 "off [fixed]"
for name in ipv4 ipv6; do
	refused "${name}_cannot_be_set" "Could not change any device features" set_tx tx-checksum-$name on
	check "${name}_is_still_off" feature_of tx tx-checksum-$name "off [fixed]"
	check "${name}_off_is_nothing_to_do" set_tx tx-checksum-$name off
done
check generic_is_still_on feature_of tx tx-checksum-ip-generic on

check device_sums frame_is "tcp6 ok device"
check tx_off set_tx tx off
check generic_is_off feature_of tx tx-checksum-ip-generic off
check tso_goes_with_it feature_of tx tx-tcp-segmentation "off [requested on]"
check stack_sums frame_is "tcp6 ok nobody"
check tx_on set_tx tx on
check tso_is_back feature_of tx tx-tcp6-segmentation on
check device_sums_again frame_is "tcp6 ok device"

check rx_off rx ethtool -K rx0 rx off
check nothing_is_counted frame_is "tcp6 nobody device"
check rx_on rx ethtool -K rx0 rx on
check counted_again frame_is "tcp6 ok device"
tap_end

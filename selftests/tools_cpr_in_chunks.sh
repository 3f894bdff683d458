#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The CPR of the reference parser is longer than a netlink message: devlink
# puts it together from its chunks, and its digest is the hash.
. "$(dirname "$0")/lib.sh"
setup
built=$(mktemp -d)

build() { offload-compiler build "$top/bpf/flow_dissector.c" -o "$built"; }
shown() { devlink -N rx -j dev parser show "$dut" | jq -cj '.parser[][0].cpr'; }
digest() { shown | sha256sum | cut -d' ' -f1; }
announced() { devlink -N rx -j dev parser show "$dut" | jq -r '.parser[][0].hash'; }

check build build
cp "$built/flow_dissector.npi" "$firmware/dissector.npi"
check longer_than_a_page [ "$(wc -c < "$built/flow_dissector.cpr.json")" -gt 4096 ]
check fetch fetch dissector.npi
check shown_without_error devlink -N rx -j dev parser show "$dut"
check same_bytes cmp <(shown) "$built/flow_dissector.cpr.json"
check digest_is_the_hash [ "sha256:$(digest)" = "$(announced)" ]
rm -r "$built" "$firmware/dissector.npi"
tap_end

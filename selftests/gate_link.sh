#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The same for programs attached by a bpf_link: create, update, close.
. "$(dirname "$0")/lib.sh"
setup
fetch a.npi
rx ethtool -K rx0 rxhash on > /dev/null 2>&1

coproc link { rx fdlink "$pins/a"; }
answer() { local line; read -r -t 10 line <&"${link[0]}" && [ "$line" = "${1:-ok}" ]; }
order() { echo "$*" >&"${link[1]}"; answer; }

check link_created answer
check on_after_create gate_is on match
check updated_to_other order update "$pins/b"
check off_after_update gate_is "off [requested on]" mismatch
check updated_back order update "$pins/a"
check on_after_update gate_is on match
eval "exec ${link[1]}>&-"
check off_after_close eventually gate_is "off [requested on]" "device only"
tap_end

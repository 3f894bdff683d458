#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What the tools show of a program is what the compiler wrote: its hash, and
# with -j the CPR, byte for byte.
. "$(dirname "$0")/lib.sh"
setup
cpr=$helpers/a/ports.cpr.json
hash=sha256:$(sha256sum "$cpr" | cut -d' ' -f1)

parser() { devlink -N rx "$@" dev parser show "$dut"; }
netprog() { rx ethtool "$@" --show-netprog rx0; }
program() { parser -j | jq -r ".parser[\"$dut\"][0].$1"; }
kind() { netprog --json | jq -r ".[] | select(.kind == \"parser\") | $1"; }
is() { [ "$("${@:2}")" = "$1" ] || { "${@:2}"; false; }; }
same_cpr() { cmp <(parser -j | jq -cj ".parser[\"$dut\"][0].cpr") "$cpr"; }
performed() { fetch a.npi | tr -s '[:space:]' ' '; }

check nothing_before_a_fetch is "" parser
check nothing_before_a_fetch_json is '{"parser":{}}' parser -j
check state_none is none kind .state
check no_name_no_hash is "false false" kind '"\(has("name")) \(has("device-hash"))"'

check action_performed is "reload_actions_performed: parser_fetch " performed
check devlink_name is ports program name
check devlink_hash is "$hash" program hash
check devlink_text_has_hash eval 'parser | grep -qF "hash $hash"'
check devlink_cpr_size is "$(command stat -c %s "$cpr")" program cpr_size
check devlink_cpr_is_the_compiler_s same_cpr
check ethtool_name is ports kind .name
check ethtool_device_hash is "$hash" kind '."device-hash"'
check ethtool_device_only is device-only kind .state
check ethtool_text eval 'netprog | grep -qx "    state:        device only"'

attach a
check ethtool_kernel_hash is "$hash" kind '."kernel-hash"'
check ethtool_match is match kind .state
fetch b.npi > /dev/null
check ethtool_mismatch is mismatch kind .state
check limits_agree is "$(program max_bytes)" kind '."max-bytes"'
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A fetch that fails says why and leaves everything as it was: the program
# runs on, the feature stays on, the device is not marked reload_failed.
. "$(dirname "$0")/lib.sh"
setup
both_run_a

untouched() { gate_is on match && devlink -N rx dev parser show "$dut" | grep -q ports; }
bad() {	# bad NAME TEXT FILE
	refused "$1" "$2" fetch "$3"
	check "$1_untouched" untouched
}

bad file_missing "No file missing.npi in /lib/firmware" missing.npi
bad absolute_path "not relative" /run/firmware/a.npi
bad path_out_of_firmware '".."' ../firmware/a.npi
: > "$firmware/empty.npi"
bad empty_file "" empty.npi
knob fail_fetch 5
bad device_fails "User setup the fetch to fail" a.npi
knob fail_fetch 0
knob max_tcam_entries 2
bad tcam_too_small "TCAM entries, the limit is 2" b.npi
knob max_tcam_entries 16384
knob max_window 32
bad window_too_small "the limit is 32" b.npi
knob max_window 2048
python3 "$here/image.py" target "$firmware/b.npi" "$firmware/target.npi" elsewhere
bad unknown_target "no payload for target netdevsim" target.npi
python3 "$here/image.py" payload "$firmware/b.npi" "$firmware/payload.npi"
bad payload_not_code "Payload: " payload.npi
python3 "$here/image.py" proof "$firmware/b.npi" "$firmware/proof.npi"
bad proof_of_another_payload "proof is of another CPR or payload" proof.npi
python3 "$here/image.py" kind "$firmware/b.npi" "$firmware/kind.npi" 1
bad kind_not_supported "Device runs parsers" kind.npi
python3 "$here/image.py" hash "$firmware/b.npi" "$firmware/hash.npi"
bad hash_flipped "" hash.npi
python3 "$here/image.py" table "$firmware/b.npi" "$firmware/table.npi" 5000
bad table_too_large "Table t has 5000 entries, the limit is 4096" table.npi
python3 "$here/image.py" table "$firmware/b.npi" "$firmware/table.npi" 4096
check table_that_fits fetch table.npi
check good_fetch_after_all fetch a.npi
check on_after_all gate_is on match
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Images cut at every byte and with each field wrong: see fetch_fuzzed.py
. "$(dirname "$0")/lib.sh"
setup
both_run_a
check images_refused rx python3 "$here/fetch_fuzzed.py" "$firmware" a.npi
check program_runs_on gate_is on match
check good_fetch_afterwards fetch a.npi
check on_afterwards gate_is on match
tap_end

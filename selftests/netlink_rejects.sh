#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Requests that no user tool sends: each is refused with errno and a sentence.
. "$(dirname "$0")/lib.sh"
setup
both_run_a
rx python3 "$here/netlink_rejects.py" > /tmp/rejects 2>&1
told $? /tmp/rejects
check program_runs_on gate_is on match
tap_end

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Listeners of netdev's mgmt group hear of each change of either side.
. "$(dirname "$0")/lib.sh"
setup
fetch a.npi
listen() { rx python3 "$here/notify.py" "$1" > /tmp/heard 2>&1 & listener=$!; eventually grep -q ready /tmp/heard; }
heard() { wait $listener; status=$?; check "$1" test $status = 0; sed "s/^/# /" /tmp/heard; }

listen match; attach a
heard attach_is_heard
listen mismatch; fetch b.npi
heard fetch_is_heard
listen device-only; detach a
heard detach_is_heard
listen mismatch; attach a
heard attach_other_is_heard
tap_end

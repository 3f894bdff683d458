#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Listeners of netdev's mgmt group hear of each change of either side.
. "$(dirname "$0")/lib.sh"
setup
fetch a.npi
listen() { rx python3 "$here/notify.py" "$1" > /tmp/heard 2>&1 & listener=$!; eventually grep -q ready /tmp/heard; }
heard() { wait $listener || { cat /tmp/heard; false; }; }

listen match; attach a
check attach_is_heard heard
listen mismatch; fetch b.npi
check fetch_is_heard heard
listen device-only; detach a
check detach_is_heard heard
listen mismatch; attach a
check attach_other_is_heard heard
tap_end

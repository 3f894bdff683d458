#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The page tutorial.rst: its commands in this kernel and those that lead to them.
# Those that compare bodies (#) take long here; the host's tests run them.
. "$(dirname "$0")/lib.sh"
cleanup
trap 'rm -rf /tmp/tutorial; rm -f /run/bpf/parcel; cleanup' EXIT

# As deep as the page's build/parcel, in a place that can be written to
mkdir -p /tmp/tutorial/build/parcel
ln -s "$top/scripts" /tmp/tutorial/scripts
cd /tmp/tutorial/build/parcel || give_up "no folder to work in"
"$top/tools/offload-compiler/tests/page.py" \
	"$top/Documentation/networking/netprog/tutorial.rst" '$' 'vm#' > /tmp/tutorial/tap
cat /tmp/tutorial/tap
echo "1..$(grep -cE '^(not )?ok ' /tmp/tutorial/tap)"
! grep -q '^not ok' /tmp/tutorial/tap

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What is said of a checksum says nothing about the CRC of SCTP.
. "$(dirname "$0")/lib.sh"
unshare -n python3 "$here/sctp_crc.py" > /tmp/sctp_crc 2>&1
status=$?
while IFS='|' read -r verdict name text; do
	check "$name: $text" test "$verdict" = good
done < <(grep '|' /tmp/sctp_crc)
check all_were_tried test $status = 0
grep -v '|' /tmp/sctp_crc | sed 's/^/# /'
tap_end

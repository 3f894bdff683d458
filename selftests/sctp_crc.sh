#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What is said of a checksum says nothing about the CRC of SCTP.
. "$(dirname "$0")/lib.sh"
unshare -n python3 "$here/sctp_crc.py" > /tmp/sctp_crc 2>&1
told $? /tmp/sctp_crc
tap_end

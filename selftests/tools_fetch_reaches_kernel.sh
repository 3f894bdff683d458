#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every right spelling of a fetch is sent to the kernel, which knows no such
# device.
. "$(dirname "$0")/tools.inc"

reload() { devlink dev reload netdevsim/netdevsim99 "$@"; }

check "dash" 1 "No such device" reload action parser-fetch a.npi
check "underscore" 1 "No such device" reload action parser_fetch a.npi
check "word_file" 1 "No such device" reload action parser_fetch file a.npi
check "file_first" 1 "No such device" reload file a.npi action parser_fetch
check "file_named_like_an_option" 1 "No such device" \
	reload action parser_fetch file limit
tap_end
